/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-kind-title.h"

#include <glib/gi18n-lib.h>

static const struct {
    const char *kind;
    const char *title; /* msgid */
} kinds[] = {
    {"group", N_("Product group")},
    {"price-type", N_("Price type")},
    {"warehouse", N_("Warehouse")},
    {"partner", N_("Partner")},
    {"user", N_("User")},
    {"product", N_("Product")},
    {"price", N_("Price")},
    {"stock", N_("Stock")},
    {"order", N_("Order")},
    {"client-order", N_("Client order")},
    {"comment", N_("Comment")},
    {"document", N_("Document")},
    {"document-request", N_("Document request")},
    {"task", N_("Task")},
    {"task-decision", N_("Task decision")},
    {"user-state", N_("User state")},
    {"mail-account", N_("Mail account")},
    {"picture", N_("Picture")},
};

const char *
kab_kind_title_of(const char *kind)
{
    for (gsize i = 0; kind != NULL && i < G_N_ELEMENTS(kinds); i++)
        if (g_str_equal(kind, kinds[i].kind))
            return g_dgettext(GETTEXT_PACKAGE, kinds[i].title);
    return kind;
}

const char *
kab_kind_title_nth(guint n)
{
    return n < G_N_ELEMENTS(kinds) ? kinds[n].kind : NULL;
}
