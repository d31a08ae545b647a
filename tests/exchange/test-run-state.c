/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-breaker.h"
#include "kab-end-state.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-object-kinds.h"
#include "kab-outgoing.h"
#include "kab-queue-admin.h"
#include "kab-queue.h"
#include "kab-run-log.h"
#include "kab-run.h"
#include "kab-scheduler.h"

#include <string.h>

static gboolean
is_held(EndFixture *fixture, KabTime at)
{
    g_autoptr(GError) error = NULL;
    gboolean held;

    kab_breaker_is_held(fixture->db, at, &held, &error);
    g_assert_no_error(error);
    return held;
}

static KabExchangeState *
get_state(EndFixture *fixture)
{
    g_autoptr(GError) error = NULL;
    KabExchangeState *state = kab_queue_get_state(fixture->db, &error);

    g_assert_no_error(error);
    return state;
}

/* Since when it does not answer is kept over all failures, and gone with the first answer. */
static void
test_silence_is_told(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabTime began = kab_time_now();
    KabTime since = 0;

    end_fixture_set(fixture, "exchange.address", "unix:/nowhere/at/all");
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    for (int i = 0; i < 3; i++) {
        g_autoptr(KabRunResult) result = end_fixture_run(fixture);
        g_autoptr(KabExchangeState) state = get_state(fixture);

        g_assert_cmpint(state->failing_since, >=, began);
        g_assert_cmpstr(state->failure, ==, result->error);
        if (i > 0)
            g_assert_cmpint(state->failing_since, ==, since);
        since = state->failing_since;
        g_assert_cmpint(state->held_until, >=, kab_time_now());
        g_assert_true(is_held(fixture, kab_time_now()));
    }
    end_fixture_set(fixture, "exchange.address", test_peer_get_address(fixture->peer));
    {
        g_autoptr(KabRunResult) result = end_fixture_run(fixture);
        g_autoptr(KabExchangeState) state = get_state(fixture);

        g_assert_cmpint(result->sent, ==, 1);
        g_assert_cmpint(state->failing_since, ==, 0);
        g_assert_null(state->failure);
        g_assert_false(is_held(fixture, kab_time_now()));
    }
}

static void
test_hold_doubles(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const gint64 holds[] = {1000,  2000,   4000,   8000,   16000, 32000,
                                   64000, 128000, 256000, 300000, 300000};

    for (gsize i = 0; i < G_N_ELEMENTS(holds); i++) {
        KabTime now;

        g_assert_true(kab_breaker_fail(fixture->db, 1, "no", 0, NULL));
        now = kab_time_now();
        g_assert_true(is_held(fixture, now + holds[i] - 900));
        g_assert_false(is_held(fixture, now + holds[i]));
    }
    /* What the other end asks for counts if it is more; but not for ever. */
    g_assert_true(kab_breaker_fail(fixture->db, 1, "no", 1800, NULL));
    g_assert_true(is_held(fixture, kab_time_now() + 1799000));
    g_assert_true(kab_breaker_fail(fixture->db, 1, "no", 10000000, NULL));
    g_assert_false(is_held(fixture, kab_time_now() + 3600001));
    /* A clock that was set back by a day holds nothing. */
    g_assert_false(is_held(fixture, kab_time_now() - 86400000));
}

static void
ask_to_wait(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages G_GNUC_UNUSED,
            gsize bytes G_GNUC_UNUSED, KabHttpResponse *response, gpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = g_error_new_literal(KAB_ERROR, KAB_ERROR_BUSY, "Not now");

    kab_http_response_set_error(response, error);
}

/* 503 says that it is no fault of the entry, which keeps its attempts. */
static void
test_busy_is_no_fault(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;

    test_peer_set_func(fixture->peer, ask_to_wait, NULL);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    result = end_fixture_run(fixture);
    g_assert_nonnull(strstr(result->error, "Not now"));
    ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
    g_assert_true(is_held(fixture, kab_time_now()));
}

/* Full jitter: anything from a second on to the ceiling, which doubles. */
static void
test_backoff(void)
{
    static const gint64 ceilings[] = {10000,  20000,   40000,   80000,   160000, 320000,
                                      640000, 1280000, 2560000, 3600000, 3600000};
    KabTime low[G_N_ELEMENTS(ceilings)];
    KabTime high[G_N_ELEMENTS(ceilings)] = {0};

    for (gsize i = 0; i < G_N_ELEMENTS(ceilings); i++) {
        low[i] = G_MAXINT64;
        for (int n = 0; n < 2000; n++) {
            KabTime now = kab_time_now();
            gint64 wait = kab_outgoing_next_attempt((int)i, 0) - now;

            low[i] = MIN(low[i], wait);
            high[i] = MAX(high[i], wait);
        }
        g_assert_cmpint(low[i], >=, 999);
        g_assert_cmpint(low[i], <, 1000 + ceilings[i] / 10);
        g_assert_cmpint(high[i], >, ceilings[i] * 9 / 10);
        g_assert_cmpint(high[i], <=, ceilings[i] + 1000);
    }
    g_assert_cmpint(kab_outgoing_next_attempt(0, 60), >=, kab_time_now() + 60000);
    g_assert_cmpint(kab_outgoing_next_attempt(100, G_MAXUINT), <=, kab_time_now() + 7200000);
}

static void
test_paused_queue_is_not_sent(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) paused = NULL;
    g_autoptr(KabRunResult) result = NULL;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    g_assert_true(kab_queue_pause(fixture->db, "anna", NULL));
    paused = end_fixture_run(fixture);
    g_assert_cmpint(paused->sent, ==, 0);
    g_assert_nonnull(paused->error);
    g_assert_cmpuint(test_peer_count_requests(fixture->peer), ==, 0);
    ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
    /* A pause is no fault of the other end. */
    g_assert_false(is_held(fixture, kab_time_now()));
    g_assert_true(kab_queue_resume(fixture->db, "anna", NULL));
    result = end_fixture_run(fixture);
    g_assert_cmpint(result->sent, ==, 1);
}

static void
note_progress(gint64 done, gint64 total, gpointer data)
{
    g_string_append_printf(data, "%d/%d ", (int)done, (int)total);
}

/* What a window asks for, while the run is under way: the row tells the same as the callback. */
static void
test_progress(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *big = g_strnfill(400 * 1024, 'x');
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(KabRunResult) kept = NULL;
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < 5; i++)
        end_fixture_put(fixture, KAB_KIND_ORDER, i, big);
    result = kab_run(fixture->end, "by hand", NULL, note_progress, seen, &error);
    g_assert_no_error(error);
    g_assert_true(g_str_has_suffix(seen->str, "5/5 "));
    kept = kab_run_load(fixture->db, result->id, &error);
    g_assert_no_error(error);
    g_assert_cmpint(kept->done, ==, 5);
    g_assert_cmpint(kept->total, ==, 5);
    g_assert_cmpint(kept->sent, ==, 5);
    g_assert_cmpint(kept->ended_at, >=, kept->started_at);
    g_assert_cmpstr(kept->cause, ==, "by hand");
    g_assert_null(kab_run_load(fixture->db, "nonsense", &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
}

/* Stops the run from outside when its first batch has come. */
static void
stop_run(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages G_GNUC_UNUSED, gsize bytes G_GNUC_UNUSED,
         KabHttpResponse *response G_GNUC_UNUSED, gpointer data)
{
    EndFixture *fixture = data;
    g_autoptr(KabEnd) other = end_fixture_open(fixture->folder, KAB_SIDE_PORTAL);
    g_autoptr(GError) error = NULL;

    kab_run_stop(other, "anna", &error);
    g_assert_no_error(error);
}

/* The other process does not share our memory: it asks through the database. */
static void
test_stopped_by_another_process(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(GError) error = NULL;
    gint64 left;

    g_assert_false(kab_run_stop(fixture->end, "anna", &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
    for (guint i = 0; i < 1500; i++)
        end_fixture_put(fixture, KAB_KIND_ORDER, i, "one");
    test_peer_set_func(fixture->peer, stop_run, fixture);
    result = end_fixture_run(fixture);
    g_assert_nonnull(strstr(result->error, "anna"));
    g_assert_cmpint(result->sent, ==, 1000);
    left = end_fixture_int(fixture, "SELECT count(*) FROM queue WHERE state = 'waiting'");
    g_assert_cmpint(left, ==, 500);
    g_assert_false(is_held(fixture, kab_time_now()));
}

/* Orders wait for group 9; anything else is taken. */
static void
want_group(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages, gsize bytes G_GNUC_UNUSED,
           KabHttpResponse *response, gpointer data)
{
    gboolean *has_group = data;
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)kab_answer_free);

    for (guint i = 0; i < messages->len; i++) {
        const KabMessage *message = g_ptr_array_index(messages, i);
        KabAnswer *answer = g_new0(KabAnswer, 1);

        answer->kind = g_strdup(message->kind);
        answer->id = g_strdup(message->id);
        answer->version = message->version;
        answer->outcome = KAB_OUTCOME_APPLIED;
        if (strcmp(message->kind, KAB_KIND_GROUP) == 0)
            *has_group = TRUE;
        if (strcmp(message->kind, KAB_KIND_ORDER) == 0 && !*has_group) {
            answer->outcome = KAB_OUTCOME_WAITS;
            answer->detail = g_strdup("It waits for the group");
            answer->waits_kind = g_strdup(KAB_KIND_GROUP);
            answer->waits_id = g_strdup(end_fixture_id(9));
        }
        g_ptr_array_add(answers, answer);
    }
    kab_http_response_set_json(response, 200, kab_wire_answers_to_json(answers));
}

/* The other end has lost what an order refers to: it is sent again before the order, in one run,
 * though nobody queued it. */
static void
test_what_is_missing_is_sent(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    gboolean has_group = FALSE;

    end_fixture_put(fixture, KAB_KIND_GROUP, 9, "nine");
    g_assert_true(kab_db_run(fixture->db, "DELETE FROM queue", KAB_BIND_NONE, NULL));
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    end_fixture_put(fixture, KAB_KIND_ORDER, 2, "two");
    test_peer_set_func(fixture->peer, want_group, &has_group);
    result = end_fixture_run(fixture);
    g_assert_null(result->error);
    g_assert_cmpint(result->sent, ==, 3);
    ASSERT_QUEUE(fixture, "");
}

static void
test_what_nobody_has_fails(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(KabQueueEntry) entry = NULL;
    gboolean has_group = FALSE;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    end_fixture_put(fixture, KAB_KIND_PRODUCT, 2, "two");
    test_peer_set_func(fixture->peer, want_group, &has_group);
    result = end_fixture_run(fixture);
    ASSERT_QUEUE(fixture, "order 1 failed 1\n");
    entry = end_fixture_dup_entry(fixture, 1);
    g_assert_cmpstr(entry->error, ==, "It waits for the group");
}

typedef gboolean (*Condition)(EndFixture *fixture);

/* Waits for what a thread of the end does, at most 20 s. */
static void
wait_until(EndFixture *fixture, Condition condition)
{
    gint64 until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;

    while (!condition(fixture)) {
        g_assert_cmpint(g_get_monotonic_time(), <, until);
        g_usleep(2000);
    }
}

static gboolean
queue_is_empty(EndFixture *fixture)
{
    return end_fixture_int(fixture, "SELECT count(*) FROM queue") == 0;
}

static gboolean
no_run_is_open(EndFixture *fixture)
{
    return end_fixture_int(fixture, "SELECT count(*) FROM run WHERE ended_at IS NULL") == 0;
}

/* With no schedule and no push: the scheduler finds what the killed run has left. */
static void
test_killed_run_is_taken_over(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabRunResult dead = {
        .id = (char *)end_fixture_id(77), .cause = (char *)"push", .started_at = kab_time_now()};
    g_autoptr(GPtrArray) claimed = NULL;
    g_autoptr(KabRunResult) closed = NULL;
    KabScheduler *scheduler;
    gint64 began;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    g_assert_true(kab_run_note_begin(fixture->db, &dead, NULL));
    claimed = kab_queue_claim(fixture->db, kab_time_now() + 1, 10, NULL);
    ASSERT_QUEUE(fixture, "order 1 processing 0\n");
    began = g_get_monotonic_time();
    scheduler = kab_scheduler_start(fixture->end);
    wait_until(fixture, queue_is_empty);
    g_assert_cmpint(g_get_monotonic_time() - began, <, 5 * G_USEC_PER_SEC);
    wait_until(fixture, no_run_is_open);
    kab_scheduler_stop(scheduler);
    closed = kab_run_load(fixture->db, end_fixture_id(77), NULL);
    g_assert_cmpint(closed->ended_at, >, 0);
    g_assert_nonnull(closed->error);
}

/* "Run the exchange now" by way of the scheduler: pressed twice it is one run, which can be asked
 * after from the beginning. */
static void
test_requested(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) run = NULL;
    KabScheduler *scheduler;
    char id[KAB_ID_SIZE];
    char again[KAB_ID_SIZE];

    kab_id_fill_random(id);
    kab_id_fill_random(again);
    g_assert_true(kab_end_request_run(fixture->end, id));
    g_assert_false(kab_end_request_run(fixture->end, again));
    g_assert_cmpstr(id, ==, again);
    g_assert_true(kab_end_take_request(fixture->end, again));
    g_assert_false(kab_end_has_request(fixture->end));

    scheduler = kab_scheduler_start(fixture->end);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    g_assert_true(kab_end_request_run(fixture->end, id));
    g_assert_true(kab_run_request(fixture->db, id, NULL));
    kab_end_nudge(fixture->end);
    wait_until(fixture, queue_is_empty);
    wait_until(fixture, no_run_is_open);
    kab_scheduler_stop(scheduler);
    run = kab_run_load(fixture->db, id, NULL);
    g_assert_cmpstr(run->cause, ==, "by hand");
    g_assert_cmpint(run->sent, ==, 1);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM run"), ==, 1);
}

static gboolean
ran_twice(EndFixture *fixture)
{
    return end_fixture_int(fixture, "SELECT count(*) FROM run WHERE cause = 'schedule'"
                                    " AND ended_at IS NOT NULL") >= 2;
}

static void
test_scheduled(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabScheduler *scheduler;
    KabTime next;

    end_fixture_set(fixture, "exchange.schedule", "00:01");
    scheduler = kab_scheduler_start(fixture->end);
    wait_until(fixture, ran_twice);
    next = kab_end_get_next_run(fixture->end);
    g_assert_cmpint(next, >, kab_time_now() - 1000);
    g_assert_cmpint(next, <=, kab_time_now() + 1000);
    kab_scheduler_stop(scheduler);
}

static KabTime
get_still_since(EndFixture *fixture)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabExchangeState) state = kab_end_load_state(fixture->end, fixture->db, &error);

    g_assert_no_error(error);
    return state->still_since;
}

/* Everything in the queue has waited for ten minutes, and nothing was taken since. */
static void
age_queue(EndFixture *fixture)
{
    KabTime then = kab_time_now() - G_GINT64_CONSTANT(600000);

    g_assert_true(
        kab_db_run(fixture->db, "UPDATE queue SET created_at = $1", KAB_BIND(kab_int(then)), NULL));
    g_assert_true(kab_db_run(fixture->db, "UPDATE exchange_state SET through_at = $1",
                             KAB_BIND(kab_int(then - 1)), NULL));
}

static void
test_standstill(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    end_fixture_set(fixture, "exchange.alarm", "5");
    g_assert_cmpint(get_still_since(fixture), ==, 0); /* nothing waits */
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    g_assert_cmpint(get_still_since(fixture), ==, 0); /* not for long yet */
    age_queue(fixture);
    g_assert_cmpint(get_still_since(fixture), >, kab_time_now() - 660000);
    g_assert_cmpint(get_still_since(fixture), <, kab_time_now() - 540000);
    end_fixture_set(fixture, "exchange.alarm", "0");
    g_assert_cmpint(get_still_since(fixture), ==, 0);
    end_fixture_set(fixture, "exchange.alarm", "5");
    {
        g_autoptr(KabRunResult) result = end_fixture_run(fixture);

        g_assert_cmpint(result->sent, ==, 1);
    }
    /* Others wait as long, but something was taken just now. */
    end_fixture_put(fixture, KAB_KIND_ORDER, 2, "two");
    g_assert_true(kab_db_run(fixture->db, "UPDATE queue SET created_at = $1",
                             KAB_BIND(kab_int(kab_time_now() - 600000)), NULL));
    g_assert_cmpint(get_still_since(fixture), ==, 0);
}

static void
set_kind(EndFixture *fixture, gboolean enabled)
{
    g_autoptr(GError) error = NULL;

    kab_object_kinds_set(fixture->end, fixture->db, KAB_ACTOR_SERVICE, KAB_KIND_PRODUCT, enabled,
                         &error);
    g_assert_no_error(error);
}

/* What takes no part stays in the queue, whether it was there before or came later, and holds up
 * nothing else; then it goes. */
static void
test_kind_that_takes_no_part(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) left = NULL;
    g_autoptr(GPtrArray) none = NULL;

    end_fixture_put(fixture, KAB_KIND_PRODUCT, 1, "before");
    set_kind(fixture, FALSE);
    set_kind(fixture, FALSE); /* twice */
    end_fixture_put(fixture, KAB_KIND_PRODUCT, 1, "changed");
    end_fixture_put(fixture, KAB_KIND_PRODUCT, 2, "later");
    end_fixture_put(fixture, KAB_KIND_ORDER, 3, "an order");
    {
        g_autoptr(KabRunResult) result = end_fixture_run(fixture);

        g_assert_cmpint(result->sent, ==, 1);
    }
    left = end_fixture_list(fixture);
    g_assert_cmpuint(left->len, ==, 2);
    age_queue(fixture);
    g_assert_cmpint(get_still_since(fixture), ==, 0); /* nobody is called for it */
    set_kind(fixture, TRUE);
    {
        g_autoptr(KabRunResult) result = end_fixture_run(fixture);

        g_assert_cmpint(result->sent, ==, 2);
    }
    none = end_fixture_list(fixture);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_false(kab_object_kinds_set(fixture->end, fixture->db, KAB_ACTOR_SERVICE, "nonsense",
                                        TRUE, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    END_TEST("/run-state/silence", test_silence_is_told);
    END_TEST("/run-state/standstill", test_standstill);
    END_TEST("/run-state/kind-off", test_kind_that_takes_no_part);
    END_TEST("/run-state/hold", test_hold_doubles);
    END_TEST("/run-state/busy", test_busy_is_no_fault);
    g_test_add_func("/run-state/backoff", test_backoff);
    END_TEST("/run-state/paused", test_paused_queue_is_not_sent);
    END_TEST("/run-state/progress", test_progress);
    END_TEST("/run-state/stopped", test_stopped_by_another_process);
    END_TEST("/run-state/missing", test_what_is_missing_is_sent);
    END_TEST("/run-state/nobody-has", test_what_nobody_has_fails);
    END_TEST("/run-state/taken-over", test_killed_run_is_taken_over);
    END_TEST("/run-state/requested", test_requested);
    END_TEST("/run-state/scheduled", test_scheduled);
    return g_test_run();
}
