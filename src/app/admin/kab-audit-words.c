/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-audit-words.h"
#include "kab-user.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct {
    const char *word;
    const char *text; /* a msgid */
} words[] = {
    /* Who, and where from. */
    {"exchange", NC_("audit", "exchange")},
    {"service", NC_("audit", "the service itself")},
    {"the other end", NC_("audit", "the other end")},
    /* Signing in. */
    {"sign-in", NC_("audit", "sign-in")},
    {"right", NC_("audit", "not allowed to the role")},
    {"token", NC_("audit", "with a key")},
    {"unknown Client ID", NC_("audit", "unknown Client ID")},
    {"wrong password, or not active", NC_("audit", "wrong password, or not active")},
    {"unknown login", NC_("audit", "unknown login")},
    {"too many attempts", NC_("audit", "too many attempts")},
    {"may not use HTTP services", NC_("audit", "may not use HTTP services")},
    /* Users, passwords, codes, sessions, keys. */
    {"activated", NC_("audit", "activated")},
    {"deactivated", NC_("audit", "deactivated")},
    {"deleted", NC_("audit", "deleted")},
    {"active", NC_("audit", "active")},
    {"no e-mail", NC_("audit", "no e-mail")},
    {"not any more", NC_("audit", "not any more")},
    {"invited again", NC_("audit", "invited again")},
    {"password reset", NC_("audit", "password reset")},
    {"contact changed", NC_("audit", "contact person changed")},
    {"partner added", NC_("audit", "partner added")},
    {"sees all warehouses", NC_("audit", "sees all warehouses")},
    {"set", NC_("audit", "set")},
    {"taken away", NC_("audit", "taken away")},
    {"sent", NC_("audit", "sent")},
    {"printed", NC_("audit", "printed")},
    {"asked for", NC_("audit", "asked for")},
    {"asked for nobody", NC_("audit", "asked for somebody who gets none")},
    {"asked for too often", NC_("audit", "asked for too often")},
    {"ended", NC_("audit", "ended")},
    {"all ended", NC_("audit", "all ended")},
    {"created", NC_("audit", "created")},
    {"revoked", NC_("audit", "revoked")},
    /* Settings and what else is set. */
    {"audit", NC_("audit", "log of actions")},
    {"begun", NC_("audit", "begun")},
    {"on", NC_("audit", "takes part in the exchange")},
    {"off", NC_("audit", "takes no part in the exchange")},
    {"no meaning", NC_("audit", "no meaning")},
    {"no role", NC_("audit", "no role")},
    {"none", NC_("audit", "none")},
    /* News and segments. */
    {"published", NC_("audit", "published")},
    {"removed", NC_("audit", "removed")},
    {"group", NC_("audit", "Product group")},
    {"manufacturer", NC_("audit", "Manufacturer")},
    {"category", NC_("audit", "Category")},
    {"kind", NC_("audit", "Goods or services")},
};

const char *
kab_audit_word(const char *word)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(words[i].word, word))
            return g_dpgettext2(GETTEXT_PACKAGE, "audit", words[i].text);
    return word;
}

const char *
kab_audit_after(const char *text, const char *prefix)
{
    return g_str_has_prefix(text, prefix) ? text + strlen(prefix) : NULL;
}

char *
kab_audit_dup_role(const char *nick)
{
    KabRole role;

    return g_strdup(kab_role_from_nick(nick, &role, NULL) ? kab_role_to_title(role)
                                                          : kab_audit_word(nick));
}
