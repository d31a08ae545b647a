/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-error.h"
#include "kab-journal.h"
#include "kab-kind.h"
#include "kab-queue-admin.h"
#include "kab-queue.h"
#include "kab-samples.h"

#include <string.h>

/* Orders 1 and 2 and group 3 have failed, order 4 waits for its next attempt, order 5 is being
 * sent. */
static void
fill(EndFixture *fixture)
{
    g_autoptr(GPtrArray) claimed = NULL;
    KabTime now = kab_time_now();

    for (guint i = 1; i <= 4; i++)
        end_fixture_put(fixture, i == 3 ? KAB_KIND_GROUP : KAB_KIND_ORDER, i, "one");
    claimed = kab_queue_claim(fixture->db, kab_time_now() + 1, 10, NULL);
    for (guint i = 0; i < 4; i++) {
        const KabQueueEntry *entry = g_ptr_array_index(claimed, i);

        if (strcmp(entry->object_id, end_fixture_id(4)) == 0)
            g_assert_true(
                kab_queue_retry_later(fixture->db, entry, "not now", 3, now + 600000, NULL));
        else
            g_assert_true(kab_queue_fail(fixture->db, entry,
                                         strcmp(entry->kind, "group") == 0 ? "other" : "no", NULL));
    }
    end_fixture_put(fixture, KAB_KIND_ORDER, 5, "one");
    g_ptr_array_unref(kab_queue_claim(fixture->db, kab_time_now() + 1, 10, NULL));
    ASSERT_QUEUE(fixture, "group 3 failed 1\norder 1 failed 1\norder 2 failed 1\n"
                          "order 4 waiting 1\norder 5 processing 0\n");
}

static gint64
count(EndFixture *fixture, const KabQueueFilter *filter)
{
    g_autoptr(GError) error = NULL;
    gint64 n;

    kab_queue_count(fixture->db, filter, &n, &error);
    g_assert_no_error(error);
    return n;
}

static void
test_filters(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        KabQueueFilter filter;
        gint64 listed;
        gint64 counted;
    } rows[] = {
        {{NULL, NULL, NULL, NULL}, 5, 4},
        {{"order", NULL, NULL, NULL}, 4, 3},
        {{NULL, NULL, "failed", NULL}, 3, 3},
        {{NULL, NULL, "failed", "no"}, 2, 2},
        {{"group", NULL, "waiting", NULL}, 0, 0},
        {{NULL, NULL, "processing", NULL}, 1, 0},
        {{"nonsense' OR 1", NULL, NULL, NULL}, 0, 0},
    };

    fill(fixture);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) list =
            kab_queue_list(fixture->db, &rows[i].filter, NULL, 100, NULL, NULL);

        g_test_message("%zu", i);
        g_assert_cmpint(list->len, ==, rows[i].listed);
        g_assert_cmpint(count(fixture, &rows[i].filter), ==, rows[i].counted);
    }
}

static void
test_bad_cursor(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const cursors[] = {"", "x", "1", "1.x", "-1.5", "1.2.3"};

    for (gsize i = 0; i < G_N_ELEMENTS(cursors); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(kab_queue_list(fixture->db, NULL, cursors[i], 10, NULL, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

static void
test_retry(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    const KabQueueFilter failed_orders = {.kind = "order", .state = "failed"};
    const KabQueueFilter one = {.object_id = end_fixture_id(4)};
    g_autofree char *id = g_strdup(one.object_id);
    KabQueueFilter waiting = one;
    gint64 n;

    fill(fixture);
    g_assert_true(kab_queue_retry(fixture->db, &failed_orders, "anna", &n, NULL));
    g_assert_cmpint(n, ==, 2);
    waiting.object_id = id;
    g_assert_true(kab_queue_retry(fixture->db, &waiting, "anna", &n, NULL));
    g_assert_cmpint(n, ==, 1);
    ASSERT_QUEUE(fixture, "group 3 failed 1\norder 1 waiting 0\norder 2 waiting 0\n"
                          "order 4 waiting 0\norder 5 processing 0\n");
    g_assert_true(kab_queue_count_due(fixture->db, kab_time_now(), &n, NULL));
    g_assert_cmpint(n, ==, 4);
}

static void
test_discard_is_journalled(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    const KabQueueFilter failed = {.state = "failed"};
    g_autoptr(JsonArray) story = NULL;
    g_autoptr(JsonArray) other = NULL;
    JsonObject *last;
    gint64 n;

    fill(fixture);
    g_assert_true(kab_queue_discard(fixture->db, &failed, "anna", &n, NULL));
    g_assert_cmpint(n, ==, 3);
    ASSERT_QUEUE(fixture, "order 4 waiting 1\norder 5 processing 0\n");
    story = end_fixture_list_story(fixture, 1);
    g_assert_cmpuint(json_array_get_length(story), ==, 1);
    last = json_array_get_object_element(story, 0);
    g_assert_cmpstr(json_object_get_string_member(last, "peer"), ==, "anna");
    g_assert_cmpstr(json_object_get_string_member(last, "what"), ==, "discard");
    g_assert_cmpstr(json_object_get_string_member(last, "outcome"), ==, "discarded");
    g_assert_cmpstr(json_object_get_string_member(last, "error"), ==, "no");
    other = end_fixture_list_story(fixture, 4);
    g_assert_cmpuint(json_array_get_length(other), ==, 0);

    /* What a run is sending is the run's; nothing done is nothing told. */
    g_assert_true(kab_queue_discard(fixture->db, &(KabQueueFilter){.object_id = end_fixture_id(5)},
                                    "anna", &n, NULL));
    g_assert_cmpint(n, ==, 0);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal"), ==, 1);
}

static void
test_paused(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabExchangeState) state = NULL;
    gboolean paused;

    g_assert_true(kab_queue_is_paused(fixture->db, &paused, NULL));
    g_assert_false(paused);
    g_assert_true(kab_queue_pause(fixture->db, "anna", NULL));
    g_assert_true(kab_queue_pause(fixture->db, "boris", NULL));
    g_assert_true(kab_queue_is_paused(fixture->db, &paused, NULL));
    g_assert_true(paused);
    state = kab_queue_get_state(fixture->db, NULL);
    g_assert_cmpstr(state->paused_by, ==, "anna");
    g_assert_cmpint(state->paused_at, >, 0);
    g_assert_true(kab_queue_resume(fixture->db, "boris", NULL));
    g_assert_true(kab_queue_resume(fixture->db, "boris", NULL));
    g_assert_true(kab_queue_is_paused(fixture->db, &paused, NULL));
    g_assert_false(paused);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal WHERE peer = 'anna'"
                                             " AND what = 'pause'"),
                    ==, 1);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal WHERE peer = 'boris'"
                                             " AND what = 'resume'"),
                    ==, 1);
}

/* An order that waits for a group says so, is not tried before, and is as soon as the group is
 * gone from the queue, whichever way. */
static void
test_waits_for_another(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    for (int discarded = 0; discarded <= 1; discarded++) {
        g_autofree char *group = g_strdup(end_fixture_id(1));
        g_autoptr(GPtrArray) claimed = NULL;
        g_autoptr(KabQueueEntry) entry = NULL;
        gint64 n;

        end_fixture_put(fixture, KAB_KIND_GROUP, 1, "one");
        end_fixture_put(fixture, KAB_KIND_ORDER, 2, "two");
        claimed = kab_queue_claim(fixture->db, kab_time_now() + 1, 10, NULL);
        g_assert_true(kab_queue_fail(fixture->db, g_ptr_array_index(claimed, 0), "bad", NULL));
        g_assert_true(kab_queue_wait_for(fixture->db, g_ptr_array_index(claimed, 1),
                                         "it waits for the group", 3, "group", group, NULL));
        g_assert_true(kab_queue_wake(fixture->db, NULL));
        entry = end_fixture_dup_entry(fixture, 2);
        g_assert_cmpstr(entry->waits_kind, ==, "group");
        g_assert_cmpstr(entry->waits_id, ==, group);
        g_assert_cmpstr(entry->error, ==, "it waits for the group");
        g_assert_true(kab_queue_count_due(fixture->db, kab_time_now() + 100, &n, NULL));
        g_assert_cmpint(n, ==, 0);
        if (discarded) {
            g_assert_true(kab_queue_discard(fixture->db, &(KabQueueFilter){.kind = "group"}, "anna",
                                            &n, NULL));
        } else {
            g_assert_true(kab_queue_done(fixture->db, g_ptr_array_index(claimed, 0), NULL));
            g_assert_true(kab_queue_wake(fixture->db, NULL));
        }
        g_assert_true(kab_queue_count_due(fixture->db, kab_time_now(), &n, NULL));
        g_assert_cmpint(n, ==, 1);
        g_assert_true(kab_db_run(fixture->db, "DELETE FROM queue", KAB_BIND_NONE, NULL));
    }
}

static void
test_waits_in_vain(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) claimed = NULL;

    end_fixture_put(fixture, KAB_KIND_ORDER, 2, "two");
    claimed = kab_queue_claim(fixture->db, kab_time_now() + 1, 10, NULL);
    g_assert_true(kab_queue_wait_for(fixture->db, g_ptr_array_index(claimed, 0), "it waits", 1,
                                     "group", end_fixture_id(1), NULL));
    ASSERT_QUEUE(fixture, "order 2 failed 1\n");
}

/* What was put off while the clock was years ahead is not lost when it is set right. */
static void
test_clock_set_back(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) claimed = NULL;
    g_autoptr(GPtrArray) again = NULL;
    KabTime far = kab_time_now() + G_GINT64_CONSTANT(86400000) * 365;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    claimed = kab_queue_claim(fixture->db, kab_time_now() + 1, 10, NULL);
    g_assert_true(
        kab_queue_retry_later(fixture->db, g_ptr_array_index(claimed, 0), "no", 3, far, NULL));
    again = kab_queue_claim(fixture->db, kab_time_now(), 10, NULL);
    g_assert_cmpuint(again->len, ==, 1);
}

/* What has failed waits for a person: how long says nothing of how the exchange goes. */
static void
test_waiting_longest(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabTime now = kab_time_now();
    g_autoptr(JsonArray) minutes = NULL;
    JsonObject *minute;

    fill(fixture);
    g_assert_true(kab_db_run(fixture->db,
                             "UPDATE queue SET created_at = $1 - CASE state WHEN 'failed' THEN"
                             " 7200000 WHEN 'processing' THEN 120000 ELSE 60000 END",
                             KAB_BIND(kab_int(now - now % 60000)), NULL));
    g_assert_true(kab_samples_take(fixture->db, now, NULL));
    minutes = kab_samples_list(fixture->db, now - 3600000, now, NULL);
    g_assert_cmpuint(json_array_get_length(minutes), ==, 2);
    minute = json_array_get_object_element(minutes, 0);
    g_assert_cmpint(json_object_get_int_member(minute, "waiting"), ==, 2);
    g_assert_cmpint(json_object_get_int_member(minute, "failed"), ==, 3);
    g_assert_cmpint(json_object_get_int_member(minute, "age_s"), ==, 120);
}

/* Nothing but failures: nothing waits. */
static void
test_only_failures(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabTime now = kab_time_now();
    g_autoptr(JsonArray) minutes = NULL;

    fill(fixture);
    g_assert_true(
        kab_db_run(fixture->db, "DELETE FROM queue WHERE state <> 'failed'", KAB_BIND_NONE, NULL));
    g_assert_true(kab_samples_take(fixture->db, now, NULL));
    minutes = kab_samples_list(fixture->db, now - 3600000, now, NULL);
    g_assert_cmpint(json_object_get_int_member(json_array_get_object_element(minutes, 0), "age_s"),
                    ==, 0);
}

/* What went through is told of the minute in which it did, and at once. */
static void
test_minutes(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        int seconds; /* after the whole minute */
        gboolean send;
        gboolean note;
        int minutes[3]; /* how many in each minute, the present one last; -1: no such minute */
    } steps[] = {
        {0, FALSE, TRUE, {0, 0, -1}},
        {44, TRUE, FALSE, {0, 1, -1}},
        {61, FALSE, TRUE, {0, 1, 0}},
        {75, TRUE, FALSE, {0, 1, 1}},
    };
    KabTime begin = kab_time_now() / 60000 * 60000;

    for (gsize i = 0; i < G_N_ELEMENTS(steps); i++) {
        KabTime now = begin + steps[i].seconds * 1000;
        g_autoptr(JsonArray) minutes = NULL;

        if (steps[i].send)
            g_assert_true(kab_db_script(
                fixture->db,
                "INSERT INTO journal (at, direction, peer, what, http_status, duration_ms, outcome)"
                " VALUES (0, 'outgoing', '', '', 200, 0, 'ok');"
                "INSERT INTO journal_object (journal_id, kind, object_id, version, attempt, outcome)"
                " SELECT max(id), 'group', 'a', 1, 1, 'ok' FROM journal",
                NULL));
        if (steps[i].note)
            g_assert_true(kab_samples_take(fixture->db, now, NULL));
        minutes = kab_samples_list(fixture->db, begin - 3600000, now, NULL);
        for (guint j = 0; j < 3; j++) {
            JsonObject *minute;

            g_assert_true((steps[i].minutes[j] < 0) == (json_array_get_length(minutes) <= j));
            if (steps[i].minutes[j] < 0)
                break;
            minute = json_array_get_object_element(minutes, j);
            g_assert_cmpint(json_object_get_int_member(minute, "messages"), ==,
                            steps[i].minutes[j]);
        }
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    END_TEST("/queue-admin/filters", test_filters);
    END_TEST("/queue-admin/cursor", test_bad_cursor);
    END_TEST("/queue-admin/retry", test_retry);
    END_TEST("/queue-admin/discard", test_discard_is_journalled);
    END_TEST("/queue-admin/paused", test_paused);
    END_TEST("/queue-admin/waits", test_waits_for_another);
    END_TEST("/queue-admin/waits-in-vain", test_waits_in_vain);
    END_TEST("/queue-admin/clock-set-back", test_clock_set_back);
    END_TEST("/queue-admin/waiting-longest", test_waiting_longest);
    END_TEST("/queue-admin/only-failures", test_only_failures);
    END_TEST("/queue-admin/minutes", test_minutes);
    return g_test_run();
}
