/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-journal.h"
#include "kab-kind.h"
#include "kab-queue-admin.h"
#include "kab-queue.h"
#include "kab-run.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

#define EXCHANGE "/api/v1/exchange"

static void
set(KabEnd *end, KabDb *db, const char *name, const char *value)
{
    g_autoptr(GError) error = NULL;

    kab_settings_set(kab_end_get_settings(end), db, KAB_ACTOR_SERVICE, name, value, NULL, &error);
    g_assert_no_error(error);
}

/* An answer of the portal that is of no interest. */
static void
portal(TestPair *test, const char *method, const char *path, const char *body, guint expected)
{
    g_autoptr(JsonNode) answer = test_pair_portal(test, test->admin, method, path, body, expected);
}

static gint64
portal_count(TestPair *test, const char *method, const char *path, const char *body)
{
    g_autoptr(JsonNode) answer = test_pair_portal(test, test->admin, method, path, body, 200);

    return test_json_int(answer, "count");
}

static void
test_run_by_hand(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autoptr(JsonNode) run = test_pair_run_by_hand(test, test->admin);
    g_autoptr(JsonNode) state = NULL;

    g_assert_cmpint(test_json_int(run, "sent"), ==, 1);
    g_assert_cmpint(test_json_int(run, "done"), ==, 1);
    g_assert_cmpint(test_json_int(run, "total"), ==, 1);
    g_assert_cmpstr(test_json_text(run, "cause"), ==, "by hand");
    state = test_pair_portal(test, test->admin, "GET", EXCHANGE, NULL, 200);
    g_assert_false(json_object_has_member(json_node_get_object(state), "run"));
    portal(test, "DELETE", EXCHANGE "/run", NULL, 409);
    portal(test, "GET", EXCHANGE "/runs/nonsense", NULL, 404);
}

static void
test_paused(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) state = NULL;
    g_autoptr(JsonNode) run = NULL;
    g_autoptr(JsonNode) later = NULL;
    g_autofree char *id = NULL;

    portal(test, "PUT", EXCHANGE "/pause", NULL, 204);
    id = test_pair_place(test, test->a);
    state = test_pair_portal(test, test->admin, "GET", EXCHANGE, NULL, 200);
    g_assert_nonnull(test_json_text(state, "paused_at"));
    g_assert_cmpstr(test_json_text(state, "paused_by"), ==, "admin");
    run = test_pair_run_by_hand(test, test->admin);
    g_assert_cmpint(test_json_int(run, "sent"), ==, 0);
    g_assert_nonnull(test_json_text(run, "error"));
    portal(test, "DELETE", EXCHANGE "/pause", NULL, 204);
    later = test_pair_run_by_hand(test, test->admin);
    g_assert_cmpint(test_json_int(later, "sent"), ==, 1);
}

/* The base refuses an order of a product that it does not know. */
static void
place_unknown(TestPair *test)
{
    g_autofree char *id = test_pair_place(test, test->a);

    g_assert_true(kab_db_run(test->portal, "UPDATE order_line SET product_id = '" TEST_NOWHERE "'",
                             KAB_BIND_NONE, NULL));
    {
        g_autoptr(JsonNode) run = test_pair_run_by_hand(test, test->admin);

        g_assert_cmpint(test_json_int(run, "rejected"), ==, 1);
    }
}

static void
test_retry_and_discard(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    place_unknown(test);
    g_assert_cmpint(portal_count(test, "GET", EXCHANGE "/queue/count?state=failed", NULL), ==, 1);
    g_assert_cmpint(portal_count(test, "GET", EXCHANGE "/queue/count?kind=invoice", NULL), ==, 0);
    g_assert_cmpint(portal_count(test, "POST", EXCHANGE "/queue/retry", "{'state': 'failed'}"), ==,
                    1);
    g_assert_cmpint(portal_count(test, "GET", EXCHANGE "/queue/count?state=waiting", NULL), ==, 1);
    g_assert_cmpint(portal_count(test, "POST", EXCHANGE "/queue/discard", "{'kind': 'order'}"), ==,
                    1);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 0);
    g_assert_cmpint(test_pair_count(test->portal,
                                    "SELECT count(*) FROM journal WHERE peer = 'admin'"
                                    " AND what = 'discard'"),
                    ==, 1);
    portal(test, "POST", EXCHANGE "/queue/discard", "{'everything': true}", 400);
    portal(test, "POST", EXCHANGE "/queue/discard", "{}", 400);
    portal(test, "POST", EXCHANGE "/queue/discard", "{'kind': null}", 400);
    portal(test, "POST", EXCHANGE "/queue/discard", "{'state': 'lost'}", 400);
    g_assert_cmpint(portal_count(test, "POST", EXCHANGE "/queue/discard", "{'all': true}"), ==, 0);
}

static void
test_journal_entry(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) failed = NULL;
    g_autoptr(JsonNode) entry = NULL;
    g_autofree char *path = NULL;

    place_unknown(test);
    failed =
        test_pair_portal(test, test->admin, "GET", EXCHANGE "/journal?outcome=error", NULL, 200);
    g_assert_cmpuint(test_json_length(failed, "items"), ==, 1);
    path = g_strdup_printf(EXCHANGE "/journal/%d", (int)test_json_int(failed, "items/0/id"));
    entry = test_pair_portal(test, test->admin, "GET", path, NULL, 200);
    g_assert_nonnull(strstr(test_json_text(entry, "request"), TEST_NOWHERE));
    g_assert_nonnull(strstr(test_json_text(entry, "answer"), "rejected"));
    g_assert_cmpstr(test_json_text(entry, "objects/0/outcome"), ==, "rejected");
    portal(test, "GET", EXCHANGE "/journal/999999", NULL, 404);
    portal(test, "GET", EXCHANGE "/journal?since=yesterday", NULL, 400);
}

/* The base polls a portal that cannot reach it. */
static void
let_base_pull(TestPair *test)
{
    set(kab_pair_get_portal(test->pair), test->portal, "exchange.address", "");
    set(kab_pair_get_base(test->pair), test->base, "exchange.pull", "true");
}

static KabRunResult *
run_base(TestPair *test)
{
    g_autoptr(GError) error = NULL;
    KabRunResult *result = kab_run(kab_pair_get_base(test->pair), "test", NULL, NULL, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(result->error, ==, NULL);
    return result;
}

static void
test_pull(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) first = NULL;
    g_autoptr(KabRunResult) second = NULL;
    g_autoptr(KabOrder) order = NULL;
    g_autofree char *id = NULL;
    const KabJournalFilter story = {0};

    let_base_pull(test);
    id = test_pair_place(test, test->a);
    first = run_base(test);
    g_assert_cmpint(first->received, ==, 1);
    order = test_pair_client_order(test, id);
    g_assert_cmpuint(order->lines->len, ==, 2);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 0);

    /* Its number comes back with the same run or the next. */
    second = run_base(test);
    test_pair_assert_queues_empty(test);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
    {
        g_autoptr(JsonArray) at_portal = NULL;
        KabJournalFilter of_order = story;

        of_order.object_id = id;
        of_order.kind = KAB_KIND_ORDER;
        at_portal = kab_journal_list(test->portal, &of_order, NULL, 100, NULL, NULL);
        g_assert_cmpuint(json_array_get_length(at_portal), ==, 2);
        g_assert_cmpstr(
            json_object_get_string_member(json_array_get_object_element(at_portal, 0), "outcome"),
            ==, "fetched");
        g_assert_cmpstr(
            json_object_get_string_member(json_array_get_object_element(at_portal, 1), "outcome"),
            ==, "applied");
    }
}

/* The acknowledgement is lost: what was fetched comes again and changes nothing. */
static void
test_pull_again(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) first = NULL;
    g_autoptr(KabRunResult) again = NULL;
    g_autofree char *id = NULL;

    let_base_pull(test);
    id = test_pair_place(test, test->a);
    g_assert_true(kab_db_script(test->portal,
                                "CREATE TABLE saved AS SELECT * FROM queue;"
                                "CREATE TRIGGER lost AFTER DELETE ON queue BEGIN"
                                " INSERT INTO queue SELECT * FROM saved; DELETE FROM saved; END",
                                NULL));
    first = run_base(test);
    g_assert_cmpint(first->received, ==, 1);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 0);
    again = run_base(test);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders"), ==, 1);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM journal_object WHERE"
                                                " outcome = 'duplicate'"),
                    ==, 1);
}

static void
test_pull_rejected(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autofree char *bad = NULL;
    g_autofree char *good = NULL;

    let_base_pull(test);
    bad = test_pair_place(test, test->a);
    g_assert_true(kab_db_run(test->portal, "UPDATE order_line SET product_id = '" TEST_NOWHERE "'",
                             KAB_BIND_NONE, NULL));
    good = test_pair_place(test, test->b);
    result = run_base(test);
    g_assert_cmpint(result->received, ==, 1);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue WHERE"
                                                  " state = 'failed' AND error LIKE '%product%'"),
                    ==, 1);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders"), ==, 1);
}

/* The portal's paused queue gives nothing away. */
static void
test_pull_paused(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) none = NULL;
    g_autoptr(KabRunResult) one = NULL;
    g_autofree char *id = NULL;

    let_base_pull(test);
    g_assert_true(kab_queue_pause(test->portal, "anna", NULL));
    id = test_pair_place(test, test->a);
    none = run_base(test);
    g_assert_cmpint(none->received, ==, 0);
    g_assert_true(kab_queue_resume(test->portal, "anna", NULL));
    one = run_base(test);
    g_assert_cmpint(one->received, ==, 1);
}

/* A portal that was set back to an old copy sends an order again: the base, which has it, tells it
 * once more what became of it. */
static void
test_portal_set_back(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = test_pair_place(test, test->a);
    g_autoptr(GError) error = NULL;

    kab_db_script(test->portal,
                  "CREATE TABLE old_orders AS SELECT * FROM orders;"
                  "CREATE TABLE old_queue AS SELECT * FROM queue",
                  &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
    kab_db_script(test->portal,
                  "UPDATE orders SET (status, number, client_status, revision) ="
                  " (SELECT status, number, client_status, revision FROM old_orders);"
                  "DELETE FROM inbox WHERE kind = 'client-order';"
                  "INSERT INTO queue SELECT * FROM old_queue",
                  &error);
    g_assert_no_error(error);
    test_pair_assert_status(test, test->a, id, "new");
    test_pair_exchange(test);
    test_pair_assert_status(test, test->a, id, "awaiting-manager");
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM orders"), ==, 1);
}

/* A user of a partner that the portal has lost waits for the partner, which is sent first. */
static void
test_lost_partner_is_sent_again(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(kab_db_run(test->portal, "DELETE FROM partner", KAB_BIND_NONE, NULL));
    g_assert_true(kab_db_script(
        test->base,
        "INSERT INTO queue (kind, rank, object_id, version, state, created_at, next_attempt_at)"
        " SELECT 'user', 4, user_id, 9000000000000, 'waiting', 1, 1 FROM publication LIMIT 1",
        &error));
    g_assert_no_error(error);
    {
        g_autoptr(KabRunResult) result = run_base(test);

        g_assert_cmpint(result->sent, ==, 2);
    }
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM partner"), ==, 1);
    test_pair_exchange(test);
}

/* Whoever holds the base's key must not make itself an administrator of the portal. */
static void
test_base_makes_no_administrators(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *body = g_strdup(
        "{'messages': [{'kind': 'user', 'id': '" TEST_NOWHERE "', 'version': 1, 'body': {'login':"
        " 'evil', 'name': 'Evil', 'role': 'administrator', 'active': true}}]}");
    g_autofree char *ex = test_pair_session(test->portal, "EX");
    g_autoptr(JsonNode) answer =
        test_pair_portal(test, ex, "POST", "/exchange/v1/messages", body, 200);

    g_assert_cmpstr(test_json_text(answer, "answers/0/outcome"), ==, "rejected");
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM user WHERE login = 'evil'"),
                    ==, 0);
    {
        g_autofree char *id = NULL;
        g_autofree char *removal = NULL;
        g_autoptr(JsonNode) refused = NULL;

        kab_db_get_text(test->portal, "SELECT id FROM user WHERE login = 'admin'", KAB_BIND_NONE,
                        &id, NULL);
        removal = g_strdup_printf(
            "{'messages': [{'kind': 'user', 'id': '%s', 'version': 9000000000000}]}", id);
        refused = test_pair_portal(test, ex, "POST", "/exchange/v1/messages", removal, 200);
        g_assert_cmpstr(test_json_text(refused, "answers/0/outcome"), ==, "rejected");
        g_assert_cmpint(
            test_pair_count(test->portal, "SELECT count(*) FROM user WHERE login = 'admin'"), ==,
            1);
    }
}

/* An exchange that is refused is seen at the end that refuses, too. */
static void
test_refusals_are_journalled(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *ex = test_pair_session(test->portal, "EX");
    g_autoptr(JsonNode) refused =
        test_pair_portal(test, ex, "POST", "/exchange/v1/messages", "{'messages': 5}", 400);

    g_assert_cmpint(test_pair_count(test->portal,
                                    "SELECT count(*) FROM journal WHERE direction = 'incoming'"
                                    " AND http_status = 400 AND outcome = 'error'"
                                    " AND error IS NOT NULL"),
                    ==, 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/exchange/run-by-hand", test_run_by_hand);
    PAIR_TEST("/exchange/paused", test_paused);
    PAIR_TEST("/exchange/retry-and-discard", test_retry_and_discard);
    PAIR_TEST("/exchange/journal-entry", test_journal_entry);
    PAIR_TEST("/exchange/pull", test_pull);
    PAIR_TEST("/exchange/pull-again", test_pull_again);
    PAIR_TEST("/exchange/pull-rejected", test_pull_rejected);
    PAIR_TEST("/exchange/pull-paused", test_pull_paused);
    PAIR_TEST("/exchange/set-back", test_portal_set_back);
    PAIR_TEST("/exchange/lost-partner", test_lost_partner_is_sent_again);
    PAIR_TEST("/exchange/no-administrators", test_base_makes_no_administrators);
    PAIR_TEST("/exchange/refusals", test_refusals_are_journalled);
    return g_test_run();
}
