/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-order-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
kab_order_query_check(const KabOrderQuery *query, GError **error)
{
    KabOrderStatus status;
    KabClientStatus client_status;

    if (query->status != NULL && !kab_order_status_from_nick(query->status, &status, error))
        return FALSE;
    if (query->client_status != NULL &&
        !kab_client_status_from_nick(query->client_status, &client_status, error))
        return FALSE;
    if (query->text != NULL && g_utf8_strlen(query->text, -1) > KAB_ORDER_QUERY_MAX) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("A text to search for has at most %d characters"), KAB_ORDER_QUERY_MAX);
        return FALSE;
    }
    if (*query->from.text != '\0' && *query->to.text != '\0' &&
        strcmp(query->from.text, query->to.text) > 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("The first day is after the last one"));
        return FALSE;
    }
    return TRUE;
}

gboolean
kab_order_query_is_all(const KabOrderQuery *query)
{
    return query->status == NULL && query->client_status == NULL && query->text == NULL &&
           *query->from.text == '\0' && *query->to.text == '\0';
}
