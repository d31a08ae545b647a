/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-order-status.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What bases of 1C write for the status and the state of a client order: names of values, as data
 * services give them, and synonyms, as people see them, of 1C:Trade Management 11 and its kin. They
 * are compared by their letters alone: no case, no spaces, no signs. */

static const struct {
    const char *text;
    KabClientStatus status;
} statuses[] = {
    {"Не согласован", KAB_CLIENT_ON_APPROVAL},
    {"На согласовании", KAB_CLIENT_ON_APPROVAL},
    {"К обеспечению", KAB_CLIENT_TO_FULFIL},
    {"К отгрузке", KAB_CLIENT_TO_FULFIL},
    {"К выполнению", KAB_CLIENT_TO_FULFIL},
    {"Согласован", KAB_CLIENT_TO_FULFIL},
    {"Закрыт", KAB_CLIENT_CLOSED},
    {"Отменен", KAB_CLIENT_CANCELLED},
    {"Отклонен", KAB_CLIENT_CANCELLED},
    {"on-approval", KAB_CLIENT_ON_APPROVAL},
    {"to-fulfil", KAB_CLIENT_TO_FULFIL},
    {"closed", KAB_CLIENT_CLOSED},
    {"cancelled", KAB_CLIENT_CANCELLED},
};

/* The enumeration СостоянияЗаказовКлиентов, in its order. */
static const char *const states[] = {
    "Ожидается согласование",
    "Ожидается аванс (до обеспечения)",
    "Готов к обеспечению",
    "Ожидается предоплата (до отгрузки)",
    "Ожидается обеспечение",
    "Готов к отгрузке",
    "В процессе отгрузки",
    "Ожидается оплата (после отгрузки)",
    "Готов к закрытию",
    "Закрыт",
    NULL,
};

/* What they are called in the language of who reads; in Russian as above. */
static const char *const state_titles[] = {
    NC_("state", "Approval is expected"),
    NC_("state", "Advance payment is expected (before supply)"),
    NC_("state", "Ready for supply"),
    NC_("state", "Prepayment is expected (before shipping)"),
    NC_("state", "Supply is expected"),
    NC_("state", "Ready to be shipped"),
    NC_("state", "Being shipped"),
    NC_("state", "Payment is expected (after shipping)"),
    NC_("state", "Ready to be closed"),
    NC_("state", "Closed"),
};
G_STATIC_ASSERT(G_N_ELEMENTS(state_titles) == G_N_ELEMENTS(states) - 1);

/* Shorter words that are in use for them. */
static const struct {
    const char *text;
    guint state;
} short_states[] = {
    {"Ожидается аванс", 1},
    {"Ожидается предоплата", 3},
    {"Ожидается оплата", 7},
};

/* The letters of @text in lower case, ё as е. */
static char *
fold(const char *text)
{
    g_autofree char *lower = g_utf8_strdown(text, -1);
    GString *letters = g_string_new(NULL);

    for (const char *p = lower; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (g_unichar_isalnum(c))
            g_string_append_unichar(letters, c == 0x451 ? 0x435 : c);
    }
    return g_string_free(letters, FALSE);
}

static gboolean
is_same(const char *folded, const char *text)
{
    g_autofree char *other = fold(text);

    return strcmp(folded, other) == 0;
}

KabClientStatus
kab_client_status_from_text(const char *text)
{
    g_autofree char *folded = fold(text != NULL ? text : "");

    for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++)
        if (is_same(folded, statuses[i].text))
            return statuses[i].status;
    return KAB_CLIENT_OTHER;
}

const char *
kab_order_state_from_text(const char *text)
{
    g_autofree char *folded = fold(text != NULL ? text : "");

    for (guint i = 0; states[i] != NULL; i++)
        if (is_same(folded, states[i]))
            return states[i];
    for (gsize i = 0; i < G_N_ELEMENTS(short_states); i++)
        if (is_same(folded, short_states[i].text))
            return states[short_states[i].state];
    return NULL;
}

const char *
kab_order_state_to_title(const char *state)
{
    for (guint i = 0; state != NULL && states[i] != NULL; i++)
        if (strcmp(states[i], state) == 0)
            return g_dpgettext2(GETTEXT_PACKAGE, "state", state_titles[i]);
    return state;
}

const char *const *
kab_order_state_list(void)
{
    return states;
}
