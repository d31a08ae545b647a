/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-order-status.h"

#include <string.h>

#define N_EVENTS KAB_ORDER_N_EVENTS

/* The life of an order, written down a second time: a row for each status, a column for each event
 * (place, take, offer, confirm, refuse, proceed, decline, complete, note), -: not allowed. The
 * letters of the statuses: D(raft), N(ew), M: awaiting the manager, P: awaiting the partner, I(n
 * progress), R(efused), C(ompleted). */
static const char letters[] = "DNMPIRC";
static const char *const by_partner[KAB_ORDER_N_STATUSES] = {
    "N--------", /* D */
    "----R----", /* N */
    "----R----", /* M */
    "---IR----", /* P */
    "----R----", /* I */
    "---------", /* R */
    "---------", /* C */
};
static const char *const by_base[KAB_ORDER_N_STATUSES] = {
    "---------", /* D */
    "-MP--IRCM", /* N */
    "-MP--IRCM", /* M */
    "-MP--IRCP", /* P */
    "-MP--IRCI", /* I */
    "-MP--IRCR", /* R */
    "-------CC", /* C */
};

static void
test_table(void)
{
    for (int from = 0; from < KAB_ORDER_N_STATUSES; from++) {
        for (int event = 0; event < N_EVENTS; event++) {
            for (int by = KAB_ORDER_BY_PARTNER; by <= KAB_ORDER_BY_BASE; by++) {
                const char *const *table = by == KAB_ORDER_BY_PARTNER ? by_partner : by_base;
                KabOrderStatus to = KAB_ORDER_N_STATUSES;
                gboolean allowed = kab_order_status_after(
                    (KabOrderStatus)from, (KabOrderEvent)event, (KabOrderActor)by, &to);
                char found = allowed ? letters[to] : '-';

                if (found != table[from][event])
                    g_error("%c, event %d, actor %d: %c", letters[from], event, by, found);
                if (!allowed)
                    g_assert_cmpint(to, ==, KAB_ORDER_N_STATUSES);
                g_assert_cmpint(allowed, ==,
                                kab_order_status_after((KabOrderStatus)from, (KabOrderEvent)event,
                                                       (KabOrderActor)by, NULL));
            }
        }
    }
}

static void
visit(KabOrderStatus from, gboolean seen[KAB_ORDER_N_STATUSES])
{
    seen[from] = TRUE;
    for (int event = 0; event < N_EVENTS; event++) {
        for (int by = KAB_ORDER_BY_PARTNER; by <= KAB_ORDER_BY_BASE; by++) {
            KabOrderStatus to;

            if (kab_order_status_after(from, (KabOrderEvent)event, (KabOrderActor)by, &to) &&
                !seen[to])
                visit(to, seen);
        }
    }
}

/* Every status can come about, and from every one before the end both ends can be reached. Only the
 * base leaves "Refused", when a refusal came too late. */
static void
test_reachable(void)
{
    for (int from = 0; from < KAB_ORDER_N_STATUSES; from++) {
        gboolean seen[KAB_ORDER_N_STATUSES] = {FALSE};
        gboolean final = from == KAB_ORDER_COMPLETED;

        visit((KabOrderStatus)from, seen);
        for (int event = 0; event < N_EVENTS; event++)
            if (from == KAB_ORDER_REFUSED)
                g_assert_false(kab_order_status_after(KAB_ORDER_REFUSED, (KabOrderEvent)event,
                                                      KAB_ORDER_BY_PARTNER, NULL));
        for (int to = 0; to < KAB_ORDER_N_STATUSES; to++) {
            if (from == KAB_ORDER_DRAFT)
                g_assert_true(seen[to]);
            if (final)
                g_assert_cmpint(seen[to], ==, to == from);
            else if (to == KAB_ORDER_REFUSED || to == KAB_ORDER_COMPLETED)
                g_assert_true(seen[to]);
            else if (to == KAB_ORDER_DRAFT || (to == KAB_ORDER_NEW && from > KAB_ORDER_NEW))
                g_assert_cmpint(seen[to], ==, to == from); /* no way back */
        }
    }
}

/* Whatever the client order's status becomes, an order that the base has can follow it: a message
 * of the base that is refused would leave the two ends apart. */
static void
test_base_is_followed(void)
{
    for (int from = KAB_ORDER_AWAITING_MANAGER; from <= KAB_ORDER_IN_PROGRESS; from++) {
        for (int status = 0; status < KAB_CLIENT_N_STATUSES; status++) {
            for (int confirmed = 0; confirmed <= 1; confirmed++) {
                /* "Awaiting your confirmation" is left by the partner's own word only. */
                if (from == KAB_ORDER_AWAITING_PARTNER && confirmed)
                    continue;
                g_assert_true(kab_order_status_after(
                    (KabOrderStatus)from,
                    kab_client_status_to_event((KabClientStatus)status, confirmed),
                    KAB_ORDER_BY_BASE, NULL));
            }
        }
    }
}

static void
test_client(void)
{
    for (int from = 0; from < KAB_CLIENT_N_STATUSES; from++) {
        for (int to = 0; to < KAB_CLIENT_N_STATUSES; to++) {
            gboolean final = from == KAB_CLIENT_CLOSED || from == KAB_CLIENT_CANCELLED;

            g_assert_cmpint(
                kab_client_status_may_become((KabClientStatus)from, (KabClientStatus)to), ==,
                from == to || (!final && to != KAB_CLIENT_OTHER));
        }
    }
    g_assert_cmpint(kab_client_status_to_event(KAB_CLIENT_ON_APPROVAL, TRUE), ==, KAB_ORDER_TAKE);
    g_assert_cmpint(kab_client_status_to_event(KAB_CLIENT_TO_FULFIL, FALSE), ==, KAB_ORDER_OFFER);
    g_assert_cmpint(kab_client_status_to_event(KAB_CLIENT_TO_FULFIL, TRUE), ==, KAB_ORDER_PROCEED);
    g_assert_cmpint(kab_client_status_to_event(KAB_CLIENT_CLOSED, FALSE), ==, KAB_ORDER_COMPLETE);
    g_assert_cmpint(kab_client_status_to_event(KAB_CLIENT_CANCELLED, TRUE), ==, KAB_ORDER_DECLINE);
    g_assert_cmpint(kab_client_status_to_event(KAB_CLIENT_OTHER, TRUE), ==, KAB_ORDER_NOTE);
}

static void
test_names(void)
{
    g_autoptr(GError) error = NULL;
    KabOrderStatus status;
    KabClientStatus client;

    for (int i = 0; i < KAB_ORDER_N_STATUSES; i++) {
        g_assert_true(
            kab_order_status_from_nick(kab_order_status_to_nick((KabOrderStatus)i), &status, NULL));
        g_assert_cmpint(status, ==, i);
        g_assert_cmpstr(kab_order_status_to_title((KabOrderStatus)i), !=, "");
    }
    for (int i = 0; i < KAB_CLIENT_N_STATUSES; i++) {
        g_assert_true(kab_client_status_from_nick(kab_client_status_to_nick((KabClientStatus)i),
                                                  &client, NULL));
        g_assert_cmpint(client, ==, i);
        g_assert_cmpstr(kab_client_status_to_title((KabClientStatus)i), !=, "");
    }
    g_assert_cmpstr(kab_order_status_to_title(KAB_ORDER_NEW), ==, "New");
    g_assert_false(kab_order_status_from_nick("New", &status, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_assert_false(kab_order_status_from_nick(NULL, &status, NULL));
    g_assert_false(kab_client_status_from_nick("", &client, NULL));
}

static void
test_states(void)
{
    const char *const *states = kab_order_state_list();

    g_assert_cmpuint(g_strv_length((char **)states), ==, 10);
    g_assert_cmpstr(states[0], ==, "Ожидается согласование");
    g_assert_cmpstr(kab_order_state_to_title(states[0]), ==, "Approval is expected");
    g_assert_cmpstr(kab_order_state_to_title("У директора"), ==, "У директора");
    g_assert_null(kab_order_state_to_title(NULL));
    g_assert_cmpstr(states[9], ==, "Закрыт");
}

/* What real bases write: names of values and what people see of them (УТ 11, its OData, specs). */
static void
test_status_words(void)
{
    static const struct {
        const char *text;
        KabClientStatus status;
    } rows[] = {
        {"НеСогласован", KAB_CLIENT_ON_APPROVAL},
        {"Не согласован", KAB_CLIENT_ON_APPROVAL},
        {"На согласовании", KAB_CLIENT_ON_APPROVAL},
        {"КОбеспечению", KAB_CLIENT_TO_FULFIL},
        {"К обеспечению", KAB_CLIENT_TO_FULFIL},
        {"КОтгрузке", KAB_CLIENT_TO_FULFIL},
        {"к  ОТГРУЗКЕ ", KAB_CLIENT_TO_FULFIL},
        {"К выполнению", KAB_CLIENT_TO_FULFIL},
        {"КВыполнению", KAB_CLIENT_TO_FULFIL},
        {"Закрыт", KAB_CLIENT_CLOSED},
        {"ЗАКРЫТ", KAB_CLIENT_CLOSED},
        {"Отменён", KAB_CLIENT_CANCELLED},
        {"Отклонен", KAB_CLIENT_CANCELLED},
        {"to-fulfil", KAB_CLIENT_TO_FULFIL},
        {"Закрыто", KAB_CLIENT_OTHER},
        {"", KAB_CLIENT_OTHER},
        {"К", KAB_CLIENT_OTHER},
        {NULL, KAB_CLIENT_OTHER},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpint(kab_client_status_from_text(rows[i].text), ==, rows[i].status);
}

static void
test_state_words(void)
{
    static const struct {
        const char *text;
        int state;
    } rows[] = {
        {"ОжидаетсяСогласование", 0},
        {"Ожидается согласование", 0},
        {"ОжидаетсяАвансДоОбеспечения", 1},
        {"Ожидается аванс (до обеспечения)", 1},
        {"Ожидается аванс", 1},
        {"ГотовКОбеспечению", 2},
        {"ОжидаетсяПредоплатаДоОтгрузки", 3},
        {"Ожидается предоплата (до отгрузки)", 3},
        {"ОжидаетсяОбеспечение", 4},
        {"ожидается  обеспечение", 4},
        {"ГотовКОтгрузке", 5},
        {"ВПроцессеОтгрузки", 6},
        {"В процессе отгрузки", 6},
        {"ОжидаетсяОплатаПослеОтгрузки", 7},
        {"Ожидается оплата", 7},
        {"ГотовКЗакрытию", 8},
        {"Закрыт", 9},
        {"Ожидается", -1},
        {"", -1},
        {NULL, -1},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_cmpstr(kab_order_state_from_text(rows[i].text), ==,
                        rows[i].state < 0 ? NULL : kab_order_state_list()[rows[i].state]);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/order-status/table", test_table);
    g_test_add_func("/order-status/reachable", test_reachable);
    g_test_add_func("/order-status/base-is-followed", test_base_is_followed);
    g_test_add_func("/order-status/client", test_client);
    g_test_add_func("/order-status/names", test_names);
    g_test_add_func("/order-status/states", test_states);
    g_test_add_func("/order-status/status-words", test_status_words);
    g_test_add_func("/order-status/state-words", test_state_words);
    return g_test_run();
}
