/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-kind.h"

#include <string.h>

static const char *const kinds[] = {
    KAB_KIND_GROUP,        KAB_KIND_PRICE_TYPE,   KAB_KIND_WAREHOUSE,     KAB_KIND_PARTNER,
    KAB_KIND_USER,         KAB_KIND_PRODUCT,      KAB_KIND_PRICE,         KAB_KIND_STOCK,
    KAB_KIND_ORDER,        KAB_KIND_CLIENT_ORDER, KAB_KIND_COMMENT,       KAB_KIND_DOCUMENT_REQUEST,
    KAB_KIND_DOCUMENT,     KAB_KIND_TASK,         KAB_KIND_TASK_DECISION, KAB_KIND_USER_STATE,
    KAB_KIND_MAIL_ACCOUNT, KAB_KIND_PICTURE,
};

int
kab_kind_get_rank(const char *kind)
{
    for (gsize i = 0; kind != NULL && i < G_N_ELEMENTS(kinds); i++)
        if (strcmp(kinds[i], kind) == 0)
            return (int)i;
    return -1;
}
