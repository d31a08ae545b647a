/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-orders.h"
#include "kab-base-partners.h"
#include "kab-base-settlement.h"
#include "kab-error.h"
#include "paper-fixture.h"
#include "test-json.h"
#include "test-pair.h"

/* What partners owe, and the books that say why. */

static KabPartner *
load_partner(TestPair *test)
{
    g_autoptr(GError) error = NULL;
    KabPartner *partner = kab_base_partners_load(test->base, "Альфа", &error);

    g_assert_no_error(error);
    return partner;
}

/* Sets what @fields name. */
static gboolean
set_limits(TestPair *test, gint64 limit, gint64 debt, gint64 overdue, const char *currency,
           KabLimitsFields fields, GError **error)
{
    const KabLimits limits = {
        .has_limit = limit >= 0,
        .credit_limit = kab_money_new(MAX(limit, 0), currency),
        .debt = kab_money_new(debt, currency),
        .overdue = kab_money_new(overdue, currency),
    };
    g_autoptr(KabPartner) partner = load_partner(test);

    return kab_base_partners_set_limits(test->base, partner->id, &limits, fields, error);
}

/* The debt is what the books say, at both ends. */
static void
assert_debt(TestPair *test, gint64 debt, gint64 overdue)
{
    static const char *const sums[] = {"SELECT debt FROM partner WHERE name = 'Альфа'",
                                       "SELECT overdue FROM partner WHERE name = 'Альфа'"};
    KabDb *const ends[] = {test->portal, test->base};

    test_pair_exchange(test);
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_assert_cmpint(test_pair_count(ends[i], sums[0]), ==, debt);
        g_assert_cmpint(test_pair_count(ends[i], sums[1]), ==, overdue);
    }
    g_assert_cmpint(test_pair_count(test->base,
                                    "SELECT sum(CASE kind WHEN 'payment' THEN -minor ELSE minor"
                                    " END) FROM settlement"),
                    ==, debt);
}

/* An order of Alfa, a hammer for 100.50 and two axes for 333.33 each, that is to be fulfilled. */
static char *
place(TestPair *test)
{
    char *id = test_pair_place(test, test->a);

    test_pair_exchange(test);
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    return id;
}

static gboolean
set_progress(TestPair *test, const char *id, gint64 shipped, gint64 paid, GError **error)
{
    g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);
    g_autoptr(KabOrder) order = NULL;

    kab_order_get_line(wanted, 1)->shipped.milli = shipped * KAB_QUANTITY_ONE;
    kab_order_get_line(wanted, 1)->paid.minor = paid;
    order = kab_base_orders_set(test->base, wanted, "Мария", error);
    return order != NULL;
}

/* Each of the limits stays what it was unless it is named. */
static void
test_field_by_field(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        KabLimitsFields field;
        gint64 limit;
        gint64 debt;
        gint64 overdue;
    } rows[] = {
        {KAB_LIMITS_CREDIT | KAB_LIMITS_DEBT | KAB_LIMITS_OVERDUE, 9000, 800, 70},
        {KAB_LIMITS_CREDIT, 5000, 800, 70},
        {KAB_LIMITS_DEBT, 5000, 900, 70},
        {KAB_LIMITS_OVERDUE, 5000, 900, 60},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabPartner) partner = NULL;
        KabLimitsFields field = rows[i].field;
        g_autoptr(GError) error = NULL;

        set_limits(test, field & KAB_LIMITS_CREDIT ? rows[i].limit : 1,
                   field & KAB_LIMITS_DEBT ? rows[i].debt : 2,
                   field & KAB_LIMITS_OVERDUE ? rows[i].overdue : 3, "RUB", field, &error);
        g_assert_no_error(error);
        partner = load_partner(test);
        g_assert_true(partner->limits.has_limit);
        g_assert_cmpint(partner->limits.credit_limit.minor, ==, rows[i].limit);
        assert_debt(test, rows[i].debt, rows[i].overdue);
    }
    g_assert_true(set_limits(test, -1, 0, 0, "RUB", KAB_LIMITS_CREDIT, NULL));
    {
        g_autoptr(KabPartner) partner = load_partner(test);

        g_assert_false(partner->limits.has_limit);
    }
    assert_debt(test, 900, 60);
}

/* What is paid is no longer overdue, as far as it is not owed any more; what is shipped is not
 * overdue yet. */
static void
test_overdue_shrinks(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        gint64 shipped;
        gint64 paid;
        gint64 debt;
        gint64 overdue;
    } rows[] = {
        {0, 300, 700, 600},   {0, 600, 400, 400}, {1, 600, 33733, 400}, {1, 33933, 400, 400},
        {1, 33983, 350, 350}, {1, 34383, -50, 0}, {2, 34383, 33283, 0}, /* an advance is used up,
                                                                           and nothing becomes
                                                                           overdue by itself */
    };
    g_autofree char *id = place(test);

    g_assert_true(
        set_limits(test, -1, 1000, 600, "RUB", KAB_LIMITS_DEBT | KAB_LIMITS_OVERDUE, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;

        set_progress(test, id, rows[i].shipped, rows[i].paid, &error);
        g_assert_no_error(error);
        assert_debt(test, rows[i].debt, rows[i].overdue);
    }
}

/* A partner's books are kept in one currency, that of the first entry. */
static void
test_one_currency(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(GError) error = NULL;
    gint64 version;

    g_assert_true(
        set_limits(test, 100000, 500, 0, "EUR", KAB_LIMITS_CREDIT | KAB_LIMITS_DEBT, NULL));
    test_pair_exchange(test);
    version = test_pair_count(test->base, "SELECT version FROM orders");
    for (int paid = 0; paid <= 1; paid++) {
        g_assert_false(set_progress(test, id, 1 - paid, paid * 100, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
        g_clear_error(&error);
    }
    g_assert_cmpint(test_pair_count(test->base, "SELECT version FROM orders"), ==, version);
    assert_debt(test, 500, 0);
    g_assert_false(set_limits(test, 1, 1, 1, "RUB", KAB_LIMITS_CREDIT, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_false(set_limits(test, 1, 1, -1, "EUR", KAB_LIMITS_OVERDUE, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    assert_debt(test, 500, 0);
}

static GBytes *
draw_act(TestPair *test, const char *from, const char *to)
{
    g_autoptr(KabPartner) partner = load_partner(test);
    const KabDocument document = {.kind = KAB_DOCUMENT_RECONCILIATION,
                                  .partner_id = partner->id,
                                  .from = kab_date_of(from),
                                  .to = kab_date_of(to),
                                  .issued_at = 1769860800000};
    g_autoptr(GError) error = NULL;
    GBytes *act = kab_base_settlement_draw_act(test->base, &document, &error);

    g_assert_no_error(error);
    return act;
}

#define AGE_BOOKS "UPDATE settlement SET at = 1768478400000" /* 15 January 2026 */

/* A debt that comes from outside is a correction of today: what the partner was told of January
 * stays, and today's act says where the difference comes from. */
static void
test_correction(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(GBytes) told = NULL;
    g_autoptr(GBytes) again = NULL;
    g_autoptr(GBytes) today = NULL;
    g_autofree char *text = NULL;

    g_assert_true(set_progress(test, id, 2, 6666, NULL));
    g_assert_true(kab_db_script(test->base, AGE_BOOKS, NULL));
    told = draw_act(test, "2026-01-01", "2026-01-31");
    g_assert_true(set_limits(test, -1, 70000, 0, "RUB", KAB_LIMITS_DEBT, NULL));
    assert_debt(test, 70000, 0);
    again = draw_act(test, "2026-01-01", "2026-01-31");
    g_assert_true(g_bytes_equal(told, again));
    today = draw_act(test, "2026-02-01", "2036-12-31");
    text = paper_extract(today);
    if (text == NULL) {
        g_test_skip("pdftotext is not here");
        return;
    }
    paper_assert_shows(text, "600,00"); /* opening */
    paper_assert_shows(text, "Корректировка долга");
    paper_assert_shows(text, "100,00");
    paper_assert_shows(text, "700,00");
    /* The same debt once more corrects nothing. */
    g_assert_true(set_limits(test, -1, 70000, 0, "RUB", KAB_LIMITS_DEBT, NULL));
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM settlement"), ==, 3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/settlement/field-by-field", test_field_by_field);
    PAIR_TEST("/settlement/overdue", test_overdue_shrinks);
    PAIR_TEST("/settlement/one-currency", test_one_currency);
    PAIR_TEST("/settlement/correction", test_correction);
    return g_test_run();
}
