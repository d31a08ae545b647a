/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-audit-user.h"
#include "kab-audit-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ARROW " -> "

/* "buyer for Romashka" is in words what it says; so are a role, a state and an e-mail. */
static char *
describe_token(const char *token)
{
    const char *partner = strstr(token, " for ");
    g_autofree char *nick = partner != NULL ? g_strndup(token, (gsize)(partner - token)) : NULL;
    KabRole role;

    if (nick != NULL && kab_role_from_nick(nick, &role, NULL))
        return g_strdup_printf(C_("audit", "%s for %s"), kab_role_to_title(role),
                               partner + strlen(" for "));
    return kab_audit_dup_role(token);
}

static void
add(GString *text, const char *separator, char *taken)
{
    g_autofree char *token = taken;

    g_string_append_printf(text, "%s%s", text->len > 0 ? separator : "", token);
}

/* @skipped: what is said elsewhere */
static char *
describe_tokens(const char *list, const char *skipped)
{
    g_auto(GStrv) tokens = g_strsplit(list, ", ", -1);
    GString *text = g_string_new(NULL);

    for (guint i = 0; tokens[i] != NULL; i++)
        if (!g_str_equal(tokens[i], skipped))
            add(text, ", ", describe_token(tokens[i]));
    return g_string_free(text, FALSE);
}

/* Only what is another: the rest is as it was. NULL if that cannot be told. */
static char *
describe_difference(const char *was, const char *is)
{
    g_auto(GStrv) before = g_strsplit(was, ", ", -1);
    g_auto(GStrv) now = g_strsplit(is, ", ", -1);
    GString *text;

    if (g_strv_length(before) != g_strv_length(now))
        return NULL;
    text = g_string_new(NULL);
    for (guint i = 0; now[i] != NULL; i++) {
        g_autofree char *old = describe_token(before[i]);
        g_autofree char *new = describe_token(now[i]);

        if (!g_str_equal(before[i], now[i]))
            add(text, ", ", g_strdup_printf("%s → %s", old, new));
    }
    return g_string_free(text, FALSE);
}

static char *
describe_change(const KabAuditItem *item)
{
    const char *arrow = strstr(item->detail, ARROW);
    const char *is = arrow + strlen(ARROW);
    g_autofree char *was = g_strndup(item->detail, (gsize)(arrow - item->detail));
    g_autofree char *now = describe_tokens(is, item->object);
    g_autofree char *before = NULL;
    char *difference;

    if (g_str_equal(was, "new"))
        return g_strdup_printf(C_("audit", "created: %s"), now);
    difference = describe_difference(was, is);
    if (difference != NULL)
        return difference;
    before = describe_tokens(was, item->object);
    return g_strdup_printf("%s → %s", before, now);
}

/* "Romashka: buyer": what somebody is for another partner, or is not any more. NULL: not that. */
static char *
describe_membership(const char *detail)
{
    const char *colon = g_strrstr(detail, ": ");
    g_autofree char *partner = NULL;
    g_autofree char *role = NULL;

    if (colon == NULL || (!kab_role_from_nick(colon + strlen(": "), &(KabRole){0}, NULL) &&
                          !g_str_equal(colon, ": not any more")))
        return NULL;
    partner = g_strndup(detail, (gsize)(colon - detail));
    role = kab_audit_dup_role(colon + strlen(": "));
    return g_strdup_printf(C_("audit", "for %s: %s"), partner, role);
}

static char *
describe_published(const char *nick)
{
    g_autofree char *role = kab_audit_dup_role(nick);

    return g_strdup_printf(C_("audit", "published as: %s"), role);
}

char *
kab_audit_describe_user(const KabAuditItem *item)
{
    const char *detail = item->detail;
    const char *role = kab_audit_after(detail, "published: ");
    const char *partner = kab_audit_after(detail, "contact added: ");
    const char *warehouses =
        g_str_equal(detail, "sees all warehouses") ? NULL : kab_audit_after(detail, "sees ");
    char *membership;

    if (role != NULL || kab_role_from_nick(detail, &(KabRole){0}, NULL))
        return describe_published(role != NULL ? role : detail);
    if (partner != NULL)
        return g_strdup_printf(C_("audit", "contact person of %s added"), partner);
    if (warehouses != NULL)
        return g_strdup_printf(C_("audit", "sees the warehouses: %s"), warehouses);
    if (kab_audit_after(detail, "contact changed: ") != NULL)
        return g_strdup(kab_audit_word("contact changed"));
    if (strstr(detail, ARROW) != NULL)
        return describe_change(item);
    membership = describe_membership(detail);
    return membership != NULL ? membership : g_strdup(kab_audit_word(detail));
}

/* A contact person without an e-mail is known by the id, which says nothing. */
char *
kab_audit_describe_person(const KabAuditItem *item)
{
    const char *name = kab_audit_after(item->detail, "contact changed: ");

    return g_strdup(name != NULL ? name : item->object);
}
