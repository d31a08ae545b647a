/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-field-title.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What people enter. */
static const struct {
    const char *name;
    const char *title;
} titles[] = {
    {"address", N_("Address")},
    {"article", N_("Article")},
    {"comment", N_("Comment")},
    {"currency", N_("Currency")},
    {"email", N_("E-mail")},
    {"inn", N_("INN")},
    {"kpp", N_("KPP")},
    {"login", N_("Login")},
    {"name", N_("Name")},
    {"number", N_("Number")},
    {"password", N_("Password")},
    {"phone", N_("Phone")},
    {"price", N_("Price")},
    {"quantity", N_("Quantity")},
    {"reason", N_("Reason")},
    {"role", N_("Role")},
    {"text", N_("Text")},
    {"title", N_("Title")},
    {"unit", N_("Unit")},
    {"value", N_("Value")},
    {"warehouse_id", N_("Warehouse")},
    {"wished_date", N_("Wished date")},
};

const char *
kab_field_say(const char *name, char said[KAB_FIELD_SAID_SIZE])
{
    const char *title = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(titles); i++)
        if (strcmp(titles[i].name, name) == 0)
            title = g_dgettext(GETTEXT_PACKAGE, titles[i].title);
    if (title != NULL)
        g_snprintf(said, KAB_FIELD_SAID_SIZE, "%s (“%s”)", title, name);
    else
        g_snprintf(said, KAB_FIELD_SAID_SIZE, "“%s”", name);
    return said;
}
