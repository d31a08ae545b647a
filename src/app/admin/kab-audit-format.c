/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-audit-format.h"
#include "kab-audit-user.h"
#include "kab-audit-words.h"
#include "kab-format.h"
#include "kab-kind-title.h"
#include "kab-setting-titles.h"
#include "kab-words-group.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#define ARROW " -> "
#define COMMAND_LINE "command line: "
#define OWN_ROLE "own role: "
#define CONTACT_ROLE "contact role: "

typedef char *(*Describe)(const KabAuditItem *item);

static char *
name_client_id(const char *id)
{
    return g_strdup_printf(C_("audit", "Client ID %s"), id);
}

static char *
describe_word(const KabAuditItem *item)
{
    return g_strdup(kab_audit_word(item->detail));
}

static char *
describe_login(const KabAuditItem *item)
{
    return g_strdup(item->object);
}

/* Signing in and out, and what was refused. */

/* People sign in themselves: their login is said already. */
static char *
describe_signed(const KabAuditItem *item)
{
    if (g_str_equal(item->detail, "token"))
        return name_client_id(item->object);
    return g_strdup(g_str_equal(item->object, item->who) ? "" : item->object);
}

static char *
describe_program(const KabAuditItem *item)
{
    return g_str_equal(item->detail, "token") ? g_strdup(kab_audit_word(item->detail))
                                              : kab_format_program(item->detail);
}

static char *
describe_refused(const KabAuditItem *item)
{
    return g_str_equal(item->detail, "token") && !g_str_equal(item->object, "unknown Client ID")
               ? name_client_id(item->object)
               : g_strdup(kab_audit_word(item->object));
}

/* Keys: whose, and which. A key that was made was once told by its user's login alone. */

static const char *
find_owner(const KabAuditItem *item)
{
    const char *made = kab_audit_after(item->detail, "created: ");
    const char *revoked = kab_audit_after(item->detail, "revoked: ");

    if (g_str_equal(item->detail, "revoked"))
        return "";
    return made != NULL ? made : revoked != NULL ? revoked : item->detail;
}

static char *
describe_key(const KabAuditItem *item)
{
    const char *owner = find_owner(item);

    return *owner != '\0' ? g_strdup(owner) : name_client_id(item->object);
}

static char *
describe_key_change(const KabAuditItem *item)
{
    g_autofree char *id = name_client_id(item->object);

    return kab_format_join(
        kab_audit_word(g_str_has_prefix(item->detail, "revoked") ? "revoked" : "created"),
        *find_owner(item) != '\0' ? id : "", NULL);
}

/* Settings, and what else is set: roles, predefined values, object kinds. */

/* Of a predefined value "unit: box" its kind, and @text. NULL: it is none. */
static char *
find_word_kind(const char *object, const char **text)
{
    const char *colon = strstr(object, ": ");
    char *kind = colon != NULL ? g_strndup(object, (gsize)(colon - object)) : NULL;

    if (kind == NULL || kab_words_group_get_title(kind) == NULL) {
        g_free(kind);
        return NULL;
    }
    *text = colon + strlen(": ");
    return kind;
}

static char *
describe_base_role(const char *text, gboolean own)
{
    g_autofree char *role = own ? kab_audit_dup_role(text) : g_strdup(text);

    if (*role == '\0')
        return g_strdup(C_("audit", "contact persons without a role"));
    return g_strdup_printf(own ? C_("audit", "role of own users: %s")
                               : C_("audit", "role of contact persons: %s"),
                           role);
}

static char *
describe_set_object(const KabAuditItem *item)
{
    const char *own = kab_audit_after(item->object, OWN_ROLE);
    const char *contact = kab_audit_after(item->object, CONTACT_ROLE);
    const char *text = NULL;
    g_autofree char *kind = find_word_kind(item->object, &text);

    if (own != NULL || contact != NULL)
        return describe_base_role(own != NULL ? own : contact, own != NULL);
    if (kind != NULL)
        return g_strdup_printf(C_("audit", "%s “%s”"), kab_words_group_get_title(kind), text);
    if (kab_kind_title_of(item->object) != item->object)
        return g_strdup_printf(C_("audit", "object kind: %s"), kab_kind_title_of(item->object));
    if (g_str_equal(item->object, "audit"))
        return g_strdup(kab_audit_word(item->object));
    return g_strdup(kab_setting_title(item->object));
}

static char *
describe_value(const char *name, const char *value)
{
    return g_strdup(*value != '\0' ? kab_setting_value_title(name, value)
                                   : C_("audit", "not entered"));
}

static char *
describe_values(const KabAuditItem *item)
{
    const char *arrow = strstr(item->detail, ARROW);
    g_autofree char *before = g_strndup(item->detail, (gsize)(arrow - item->detail));
    g_autofree char *was = describe_value(item->object, before);
    g_autofree char *is = describe_value(item->object, arrow + strlen(ARROW));

    return g_strdup_printf("%s → %s", was, is);
}

static char *
describe_set(const KabAuditItem *item)
{
    const char *text = NULL;
    g_autofree char *kind = find_word_kind(item->object, &text);

    if (*item->detail == '\0')
        return g_strdup(C_("audit", "replaced")); /* a secret */
    if (kind != NULL && !g_str_equal(item->detail, "no meaning"))
        return kab_words_group_show_meaning(kind, item->detail);
    if (kab_audit_after(item->object, OWN_ROLE) != NULL ||
        kab_audit_after(item->object, CONTACT_ROLE) != NULL)
        return kab_audit_dup_role(item->detail);
    return strstr(item->detail, ARROW) != NULL ? describe_values(item) : describe_word(item);
}

/* Prices, limits and segments. */

/* What the exchange brought has no more of a name. */
static char *
describe_priced(const KabAuditItem *item)
{
    return g_strdup(g_str_equal(item->object, "exchange") ? "" : item->object);
}

/* Sums were written with the decimal point of the service: the reader's takes its place. Behind a
 * sum and a no-break space stands its currency, so that no article is taken for one. */
static char *
localise_sums(char *text)
{
    const char point = *localeconv()->decimal_point == ',' ? ',' : '.';

    for (char *p = text; *p != '\0'; p++)
        if ((*p == '.' || *p == ',') && g_ascii_isdigit(p[1]) && g_ascii_isdigit(p[2]) &&
            g_str_has_prefix(p + 3, "\xc2\xa0"))
            *p = point;
    return text;
}

/* "limit 5.00 ₽, debt 3.00 ₽, overdue 0.00 ₽"; NULL if it is something else. */
static char *
describe_limits(const char *detail)
{
    const char *limit = kab_audit_after(detail, "limit ");
    const char *debt = limit != NULL ? strstr(limit, ", debt ") : NULL;
    const char *overdue = debt != NULL ? strstr(debt, ", overdue ") : NULL;
    g_autofree char *limit_text = NULL;
    g_autofree char *debt_text = NULL;

    if (overdue == NULL)
        return NULL;
    limit_text = g_strndup(limit, (gsize)(debt - limit));
    debt += strlen(", debt ");
    debt_text = g_strndup(debt, (gsize)(overdue - debt));
    return g_strdup_printf(C_("audit", "credit limit: %s, debt: %s, overdue: %s"),
                           kab_audit_word(limit_text), debt_text, overdue + strlen(", overdue "));
}

static char *
describe_price(const KabAuditItem *item)
{
    char *limits = describe_limits(item->detail);
    char ending[2];
    guint n;

    if (limits != NULL)
        return localise_sums(limits);
    if (sscanf(item->detail, "prices of %9u products", &n) == 1)
        return g_strdup_printf(
            g_dngettext(GETTEXT_PACKAGE, "prices of %u product", "prices of %u products", n), n);
    if (sscanf(item->detail, "%9u price%1[s]", &n, ending) == 2)
        return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u price", "%u prices", n), n);
    if (strstr(item->detail, ARROW) != NULL) {
        g_auto(GStrv) parts = g_strsplit(item->detail, ARROW, -1);

        return localise_sums(g_strjoinv(" → ", parts));
    }
    return g_strdup_printf(C_("audit", "price type: %s"), item->detail);
}

/* The names are told with how many products there are; once they were not. */
static char *
describe_segment(const KabAuditItem *item)
{
    const char *colon = strstr(item->detail, ": ");
    const char *told = colon != NULL ? colon + strlen(": ") : item->object;
    const char *equals = strstr(told, " = ");
    g_autofree char *attribute = NULL;

    if (equals == NULL)
        return g_strdup(told);
    attribute = g_strndup(told, (gsize)(equals - told));
    return g_strdup_printf("%s: %s", kab_audit_word(attribute), equals + strlen(" = "));
}

static char *
describe_segment_size(const KabAuditItem *item)
{
    return kab_format_products((guint)g_ascii_strtoull(item->detail, NULL, 10));
}

/* News: a title is told since a log tells more than ids. */

static const char *
find_news_title(const KabAuditItem *item)
{
    const char *title = kab_audit_after(item->detail, "published: ");

    return title != NULL ? title : kab_audit_after(item->detail, "removed: ");
}

static char *
describe_news(const KabAuditItem *item)
{
    const char *title = find_news_title(item);

    return g_strdup(title != NULL ? title : item->object);
}

static char *
describe_news_change(const KabAuditItem *item)
{
    return g_strdup(
        kab_audit_word(g_str_has_prefix(item->detail, "published") ? "published" : "removed"));
}

/* What is written down; the first one is what a filter of everything is called. */
static const struct {
    const char *action;
    const char *title;
    Describe object;
    Describe detail;
} actions[] = {
    {NULL, NC_("audit", "All actions"), NULL, NULL},
    {"sign-in", NC_("audit", "Signed in"), describe_signed, describe_program},
    {"sign-out", NC_("audit", "Signed out"), describe_signed, describe_word},
    {"refused", NC_("audit", "Refused"), describe_refused, describe_word},
    {"password", NC_("audit", "Password"), describe_login, describe_word},
    {"code", NC_("audit", "Code for a password"), describe_login, describe_word},
    {"session", NC_("audit", "Session"), describe_login, describe_word},
    {"user", NC_("audit", "User"), kab_audit_describe_person, kab_audit_describe_user},
    {"key", NC_("audit", "Key"), describe_key, describe_key_change},
    {"setting", NC_("audit", "Setting"), describe_set_object, describe_set},
    {"price", NC_("audit", "Price"), describe_priced, describe_price},
    {"news", NC_("audit", "News"), describe_news, describe_news_change},
    {"segment", NC_("audit", "Segment"), describe_segment, describe_segment_size},
};

const char *
kab_audit_format_nth_action(guint n)
{
    return n < G_N_ELEMENTS(actions) ? actions[n].action : NULL;
}

const char **
kab_audit_format_list_actions(void)
{
    const char **titles = g_new0(const char *, G_N_ELEMENTS(actions) + 1);

    for (gsize i = 0; i < G_N_ELEMENTS(actions); i++)
        titles[i] = g_dpgettext2(GETTEXT_PACKAGE, "audit", actions[i].title);
    return titles;
}

/* 0 for an action that this version does not know. */
static gsize
find_action(const char *action)
{
    for (gsize i = 1; i < G_N_ELEMENTS(actions); i++)
        if (g_str_equal(actions[i].action, action))
            return i;
    return 0;
}

/* @item with texts that are there: what was left out is empty. */
static KabAuditItem
complete(const KabAuditItem *item)
{
    KabAuditItem whole = *item;
    char **texts[] = {&whole.who, &whole.address, &whole.object, &whole.detail};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if (*texts[i] == NULL)
            *texts[i] = (char *)"";
    return whole;
}

/* Nobody, a person, a program, the other end, or somebody at the service's own machine. Of who sent
 * something the address stands behind the login. */
static char *
describe_who(const char *who)
{
    const char *account = kab_audit_after(who, COMMAND_LINE);

    if (*who == '\0')
        return g_strdup(_("Nobody"));
    if (account != NULL)
        return g_strdup_printf(_("command line: %s"), account);
    if (g_str_has_prefix(who, "unix:"))
        return g_strdup(kab_audit_word("the other end"));
    if (strstr(who, ", ") != NULL)
        return kab_format_peer(who);
    /* Any other word may be somebody's login. */
    return g_strdup(
        g_str_equal(who, "exchange") || g_str_equal(who, "service") ? kab_audit_word(who) : who);
}

char *
kab_audit_format_title(const KabAuditItem *item)
{
    const KabAuditItem whole = complete(item);
    gsize i = find_action(whole.action);
    g_autofree char *who = describe_who(whole.who);
    g_autofree char *object = i != 0 ? actions[i].object(&whole) : g_strdup(whole.object);

    return kab_format_join(
        who, i != 0 ? g_dpgettext2(GETTEXT_PACKAGE, "audit", actions[i].title) : whole.action,
        object, NULL);
}

char *
kab_audit_format_text(const KabAuditItem *item)
{
    const KabAuditItem whole = complete(item);
    gsize i = find_action(whole.action);
    g_autofree char *moment = kab_format_moment(whole.at);
    g_autofree char *detail = i != 0 ? actions[i].detail(&whole) : g_strdup(whole.detail);

    return kab_format_join(moment, kab_audit_word(kab_format_address(whole.address)), detail, NULL);
}
