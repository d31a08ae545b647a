/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-error.h"
#include "kab-journal.h"
#include "kab-kind.h"
#include "kab-queue.h"
#include "kab-run.h"
#include "kab-scheduler.h"
#include "test-folder.h"
#include "test-raw.h"

#include <string.h>

static void
assert_result(const KabRunResult *result, gint64 sent, gint64 rejected, gint64 failed)
{
    g_assert_cmpint(result->sent, ==, sent);
    g_assert_cmpint(result->rejected, ==, rejected);
    g_assert_cmpint(result->failed, ==, failed);
}

static void
test_sends_in_order(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(KabRunResult) again = NULL;
    g_autofree char *received = NULL;
    g_autofree char *expected =
        g_strdup_printf("group %s\norder %s\n", end_fixture_id(2), end_fixture_id(1));

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    end_fixture_put(fixture, KAB_KIND_GROUP, 2, "two");
    result = end_fixture_run(fixture);
    assert_result(result, 2, 0, 0);
    g_assert_null(result->error);
    ASSERT_QUEUE(fixture, "");
    again = end_fixture_run(fixture);
    assert_result(again, 0, 0, 0);
    received = test_peer_dup_received(fixture->peer);
    g_assert_cmpstr(received, ==, expected);
    g_assert_cmpuint(test_peer_count_requests(fixture->peer), ==, 1);
}

/* What the other end does, and where the one entry stands then. */
typedef struct {
    guint status;
    const char *type;
    const char *body;
    const char *queue;
    gboolean later;
} Refusal;

static const Refusal refusals[] = {
    {500, "application/problem+json", "{\"code\":\"failed\",\"detail\":\"Ой\"}",
     "order 1 waiting 1\n", TRUE},
    {502, "text/html", "<html>Bad Gateway</html>", "order 1 waiting 0\n", FALSE},
    {503, "text/plain", "", "order 1 waiting 0\n", FALSE},
    {504, "text/plain", "", "order 1 waiting 0\n", FALSE},
    {429, "text/plain", "", "order 1 waiting 0\n", FALSE},
    {200, "text/html", "<html>Sign in to the Wi-Fi</html>", "order 1 waiting 1\n", TRUE},
    {200, "application/json", "{\"answers\":[]}", "order 1 waiting 1\n", TRUE},
    {200, "application/json", "{}", "order 1 waiting 1\n", TRUE},
    {200, "application/json", "{\"answers\":[{\"kind\":\"order\"}]}", "order 1 waiting 1\n", TRUE},
    {200, "application/json",
     "{\"answers\":[{\"kind\":\"order\",\"id\":\"x\",\"version\":1,\"outcome\":\"applied\"}]}",
     "order 1 waiting 1\n", TRUE},
    {204, "text/plain", "", "order 1 waiting 0\n", FALSE},
    {302, "text/plain", "", "order 1 waiting 0\n", FALSE},
    {400, "application/problem+json", "{\"code\":\"invalid\",\"detail\":\"No\"}",
     "order 1 failed 1\n", FALSE},
    {413, "text/html", "<html>too large</html>", "order 1 failed 1\n", FALSE},
    {422, "text/plain", "", "order 1 failed 1\n", FALSE},
    {401, "text/plain", "", "order 1 waiting 0\n", FALSE},
    {403, "text/plain", "", "order 1 waiting 0\n", FALSE},
    {404, "text/plain", "", "order 1 waiting 0\n", FALSE},
};

static void
test_refusals(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        const Refusal *row = &refusals[i];
        g_autoptr(KabRunResult) result = NULL;
        g_autoptr(KabQueueEntry) entry = NULL;
        KabTime now;

        g_test_message("%u %s", row->status, row->body);
        end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
        test_peer_answer(fixture->peer, row->status, row->type, row->body);
        now = kab_time_now();
        result = end_fixture_run(fixture);
        assert_result(result, 0, 0, 1);
        ASSERT_QUEUE(fixture, row->queue);
        entry = end_fixture_dup_entry(fixture, 1);
        g_assert_nonnull(entry->error);
        if (row->later) {
            g_assert_cmpint(entry->next_attempt_at, >=, now);
            g_assert_cmpint(entry->next_attempt_at, <=, now + 3600000);
        }
        if (entry->state == KAB_QUEUE_FAILED)
            g_assert_null(result->error);
        else
            g_assert_nonnull(result->error);
    }
}

static void
test_attempts_end(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const expected[] = {"order 1 waiting 1\n", "order 1 failed 2\n",
                                           "order 1 failed 2\n"};

    end_fixture_set(fixture, "exchange.attempts", "2");
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    test_peer_answer(fixture->peer, 500, "text/plain", "");
    for (gsize i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autoptr(KabRunResult) result = NULL;

        end_fixture_forget_times(fixture);
        result = end_fixture_run(fixture);
        ASSERT_QUEUE(fixture, expected[i]);
    }
    g_assert_cmpuint(test_peer_count_requests(fixture->peer), ==, 2);
}

static void
test_connection_is_cut(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const replies[] = {
        "",
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"answ",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n{\"ans",
        "nonsense\r\n\r\n",
    };

    end_fixture_set(fixture, "exchange.attempts", "100");
    for (gsize i = 0; i < G_N_ELEMENTS(replies); i++) {
        g_autofree char *folder = g_strdup_printf("%s/%zu", fixture->folder, i);
        g_autoptr(KabRunResult) result = NULL;
        TestRawServer *raw;

        g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
        raw = test_raw_server_start(folder, replies[i]);
        end_fixture_set(fixture, "exchange.address", test_raw_server_get_address(raw));
        if (i == 0)
            end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
        end_fixture_forget_times(fixture);
        result = end_fixture_run(fixture);
        g_assert_nonnull(result->error);
        /* Nobody answered: no fault of the order. */
        ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
        test_raw_server_stop(raw);
    }
}

static void
test_nobody_there(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(JsonArray) story = NULL;
    JsonObject *entry;

    end_fixture_set(fixture, "exchange.address", "unix:/nowhere/at/all");
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    end_fixture_put(fixture, KAB_KIND_ORDER, 2, "two");
    result = end_fixture_run(fixture);
    g_assert_nonnull(strstr(result->error, "/nowhere/at/all"));
    ASSERT_QUEUE(fixture, "order 1 waiting 0\norder 2 waiting 0\n");
    story = end_fixture_list_story(fixture, 1);
    g_assert_cmpuint(json_array_get_length(story), ==, 1);
    entry = json_array_get_object_element(story, 0);
    g_assert_cmpint(json_object_get_int_member(entry, "http_status"), ==, 0);
    g_assert_cmpstr(json_object_get_string_member(entry, "outcome"), ==, "error");
}

static void
test_not_connected_yet(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    end_fixture_set(fixture, "exchange.password", "");
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    g_assert_null(kab_run(fixture->end, "test", NULL, NULL, NULL, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
    ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
}

static void
test_token_ends_in_between(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    for (guint i = 1; i <= 2; i++) {
        g_autoptr(KabRunResult) result = NULL;

        end_fixture_put(fixture, KAB_KIND_ORDER, i, "one");
        result = end_fixture_run(fixture);
        assert_result(result, 1, 0, 0);
        test_peer_end_tokens(fixture->peer);
    }
    ASSERT_QUEUE(fixture, "");
}

/* The token ends when the request is there already: it is asked for anew, once. */
static void
end_token(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages G_GNUC_UNUSED,
          gsize bytes G_GNUC_UNUSED, KabHttpResponse *response, gpointer data)
{
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    guint *n = data;

    if ((*n)++ == 0)
        kab_http_response_set_bytes(response, 401, "text/plain", none);
}

static void
test_token_is_renewed(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    guint n = 0;

    test_peer_set_func(fixture->peer, end_token, &n);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    result = end_fixture_run(fixture);
    assert_result(result, 1, 0, 0);
    g_assert_cmpuint(test_peer_count_tokens(fixture->peer), ==, 2);
}

static void
test_wrong_secret_costs_no_attempt(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(KabRunResult) later = NULL;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    test_peer_set_accepts(fixture->peer, FALSE);
    result = end_fixture_run(fixture);
    g_assert_nonnull(result->error);
    ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
    test_peer_set_accepts(fixture->peer, TRUE);
    later = end_fixture_run(fixture);
    assert_result(later, 1, 0, 0);
}

/* Refuses as too big what holds thing number 3. */
static void
refuse_third(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages, gsize bytes G_GNUC_UNUSED,
             KabHttpResponse *response, gpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = g_error_new_literal(KAB_ERROR, KAB_ERROR_RANGE, "Too big for me");

    for (guint i = 0; i < messages->len; i++)
        if (strcmp(((KabMessage *)g_ptr_array_index(messages, i))->id, end_fixture_id(3)) == 0)
            kab_http_response_set_error(response, error);
}

static void
test_the_one_refused_is_found(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(KabQueueEntry) entry = NULL;

    test_peer_set_func(fixture->peer, refuse_third, NULL);
    for (guint i = 1; i <= 20; i++)
        end_fixture_put(fixture, KAB_KIND_ORDER, i, "one");
    result = end_fixture_run(fixture);
    g_assert_cmpint(result->sent, ==, 19);
    g_assert_null(result->error);
    ASSERT_QUEUE(fixture, "order 3 failed 1\n");
    entry = end_fixture_dup_entry(fixture, 3);
    g_assert_nonnull(strstr(entry->error, "Too big for me"));
    g_assert_cmpuint(test_peer_count_requests(fixture->peer), <, 12);
}

/* Fails in one way or another, as long as thing number 3 is in it. */
static void
choke_on_third(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages, gsize bytes G_GNUC_UNUSED,
               KabHttpResponse *response, gpointer data)
{
    g_autoptr(GBytes) none = g_bytes_new_static("", 0);
    const guint *status = data;

    for (guint i = 0; i < messages->len; i++)
        if (strcmp(((KabMessage *)g_ptr_array_index(messages, i))->id, end_fixture_id(3)) == 0)
            kab_http_response_set_bytes(response, *status, "text/plain", none);
}

/* Whatever the other end does about one message: the others arrive in the same run, and keep their
 * attempts; the one uses up its own. */
static void
test_the_one_to_blame_is_found(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const guint statuses[] = {500, 409, 200};

    end_fixture_set(fixture, "exchange.attempts", "2");
    for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++) {
        guint status = statuses[i];

        g_test_message("%u", status);
        test_peer_set_func(fixture->peer, choke_on_third, &status);
        for (guint k = 1; k <= 50; k++)
            end_fixture_put(fixture, KAB_KIND_ORDER, k, "one");
        {
            g_autoptr(KabRunResult) result = end_fixture_run(fixture);

            g_assert_cmpint(result->sent, ==, 49);
            g_assert_null(result->error);
            ASSERT_QUEUE(fixture, "order 3 waiting 1\n");
        }
        end_fixture_forget_times(fixture);
        {
            g_autoptr(KabRunResult) result = end_fixture_run(fixture);

            ASSERT_QUEUE(fixture, "order 3 failed 2\n");
        }
    }
}

/* When silence goes on and "ping" is answered, it is looked into: the one message makes way for the
 * others, and never fails for it. */
static void
test_silence_is_looked_into(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    guint status = 504;

    end_fixture_set(fixture, "exchange.attempts", "1");
    test_peer_set_func(fixture->peer, choke_on_third, &status);
    for (guint k = 1; k <= 50; k++)
        end_fixture_put(fixture, KAB_KIND_ORDER, k, "one");
    for (int i = 0; i < 4; i++) {
        g_autoptr(KabRunResult) result = end_fixture_run(fixture);

        g_assert_nonnull(result->error);
        g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM queue WHERE attempts = 0"
                                                 " AND state = 'waiting'"),
                        ==, 50);
    }
    {
        g_autoptr(KabRunResult) result = end_fixture_run(fixture);

        g_assert_cmpint(result->sent, ==, 49);
        ASSERT_QUEUE(fixture, "order 3 waiting 1\n");
    }
}

/* An end that is out of order does not use up everybody's attempts. */
static void
test_nobody_is_to_blame(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;

    test_peer_answer(fixture->peer, 500, "text/plain", "");
    for (guint i = 1; i <= 100; i++)
        end_fixture_put(fixture, KAB_KIND_ORDER, i, "one");
    result = end_fixture_run(fixture);
    g_assert_nonnull(result->error);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM queue WHERE attempts = 0"), ==,
                    97);
    g_assert_cmpuint(test_peer_count_requests(fixture->peer), <, 15);
}

static void
count_bytes(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages, gsize bytes,
            KabHttpResponse *response G_GNUC_UNUSED, gpointer data)
{
    gsize *most = data;

    if (messages->len > 1)
        *most = MAX(*most, bytes);
}

static void
test_batches_are_bounded(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *big = g_strnfill(300 * 1024, 'x');
    g_autofree char *huge = g_strnfill(3 * 1024 * 1024, 'x');
    g_autoptr(KabRunResult) result = NULL;
    gsize most = 0;

    test_peer_set_func(fixture->peer, count_bytes, &most);
    for (guint i = 0; i < 12; i++)
        end_fixture_put(fixture, KAB_KIND_ORDER, i, i == 5 ? huge : big);
    result = end_fixture_run(fixture);
    assert_result(result, 12, 0, 0);
    g_assert_cmpuint(test_peer_count_requests(fixture->peer), >=, 4);
    g_assert_cmpuint(most, >, 800 * 1024);
    g_assert_cmpuint(most, <=, 1024 * 1024 + 4096);
}

static void
outcome_by_thing(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages, gsize bytes G_GNUC_UNUSED,
                 KabHttpResponse *response, gpointer data G_GNUC_UNUSED)
{
    static const KabOutcome outcomes[] = {KAB_OUTCOME_APPLIED, KAB_OUTCOME_DUPLICATE,
                                          KAB_OUTCOME_STALE, KAB_OUTCOME_REJECTED,
                                          KAB_OUTCOME_RETRY};
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)kab_answer_free);

    for (guint i = 0; i < messages->len; i++) {
        const KabMessage *message = g_ptr_array_index(messages, i);
        KabAnswer *answer = g_new0(KabAnswer, 1);

        answer->kind = g_strdup(message->kind);
        answer->id = g_strdup(message->id);
        answer->version = message->version;
        answer->outcome = outcomes[i];
        answer->detail = g_strdup(kab_outcome_to_nick(outcomes[i]));
        g_ptr_array_add(answers, answer);
    }
    kab_http_response_set_json(response, 200, kab_wire_answers_to_json(answers));
}

static void
test_an_answer_per_message(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(KabQueueEntry) rejected = NULL;

    test_peer_set_func(fixture->peer, outcome_by_thing, NULL);
    for (guint i = 0; i < 5; i++)
        end_fixture_put(fixture, KAB_KIND_ORDER, i, "one");
    result = end_fixture_run(fixture);
    assert_result(result, 3, 1, 1);
    g_assert_null(result->error);
    ASSERT_QUEUE(fixture, "order 3 failed 1\norder 4 waiting 1\n");
    rejected = end_fixture_dup_entry(fixture, 3);
    g_assert_cmpstr(rejected->error, ==, "rejected");
}

static void
test_what_cannot_be_built(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(KabQueueEntry) entry = NULL;
    g_autofree char *received = NULL;
    g_autofree char *expected = g_strdup_printf("order %s\n", end_fixture_id(2));

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "cannot be built");
    end_fixture_put(fixture, KAB_KIND_ORDER, 2, "two");
    end_fixture_put(fixture, KAB_KIND_DOCUMENT, 3, "nobody builds documents here");
    result = end_fixture_run(fixture);
    assert_result(result, 1, 2, 0);
    ASSERT_QUEUE(fixture, "order 1 failed 1\ndocument 3 failed 1\n");
    entry = end_fixture_dup_entry(fixture, 1);
    g_assert_cmpstr(entry->error, ==, "The thing is not ready");
    received = test_peer_dup_received(fixture->peer);
    g_assert_cmpstr(received, ==, expected);
}

/* Changed while the other end works on it. */
static void
change_now(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages, gsize bytes G_GNUC_UNUSED,
           KabHttpResponse *response G_GNUC_UNUSED, gpointer data)
{
    EndFixture *fixture = data;
    KabMessage *message = g_ptr_array_index(messages, 0);
    g_auto(KabEndDb) db = KAB_END_DB_INIT(fixture->end, NULL);

    if (strcmp(json_object_get_string_member(message->body, "text"), "one") == 0) {
        g_assert_true(kab_db_run(db.db, "UPDATE thing SET text = 'two'", KAB_BIND_NONE, NULL));
        g_assert_true(kab_queue_put(db.db, KAB_KIND_ORDER, message->id, NULL));
    }
}

static void
test_change_during_the_run_is_sent(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;

    test_peer_set_func(fixture->peer, change_now, fixture);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    result = end_fixture_run(fixture);
    assert_result(result, 2, 0, 0);
    ASSERT_QUEUE(fixture, "");
    g_assert_cmpuint(test_peer_count_requests(fixture->peer), ==, 2);
}

static void
test_two_at_once(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabEnd) other = end_fixture_open(fixture->folder, KAB_SIDE_PORTAL);
    g_autoptr(GError) error = NULL;
    int lock = kab_end_lock_run(other, &error);

    g_assert_no_error(error);
    g_assert_true(kab_end_is_running(fixture->end));
    g_assert_true(kab_end_is_running(other));
    g_assert_null(kab_run(fixture->end, "test", NULL, NULL, NULL, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_BUSY);
    g_clear_error(&error);
    g_assert_null(kab_run(other, "test", NULL, NULL, NULL, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_BUSY);
    kab_end_unlock_run(other, lock);
    g_assert_false(kab_end_is_running(fixture->end));
    kab_run_result_free(end_fixture_run(fixture));
}

static void
cancel_now(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages G_GNUC_UNUSED,
           gsize bytes G_GNUC_UNUSED, KabHttpResponse *response G_GNUC_UNUSED, gpointer data)
{
    g_cancellable_cancel(data);
}

static void
test_cancelled(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(GError) error = NULL;

    test_peer_set_func(fixture->peer, cancel_now, cancellable);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    result = kab_run(fixture->end, "test", cancellable, NULL, NULL, &error);
    g_assert_no_error(error);
    g_assert_nonnull(result->error);
    ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
}

static void
test_story_of_one_object(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const outcomes[] = {"error", "applied", "applied"};
    static const int attempts[] = {1, 2, 1};
    g_autoptr(JsonArray) story = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(outcomes); i++) {
        g_autoptr(KabRunResult) result = NULL;

        if (i == 0)
            test_peer_answer(fixture->peer, 500, "text/plain", "");
        else
            test_peer_set_func(fixture->peer, NULL, NULL);
        if (i != 1)
            end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
        end_fixture_put(fixture, KAB_KIND_ORDER, 2, "another");
        end_fixture_forget_times(fixture);
        result = end_fixture_run(fixture);
    }
    story = end_fixture_list_story(fixture, 1);
    g_assert_cmpuint(json_array_get_length(story), ==, G_N_ELEMENTS(outcomes));
    for (guint i = 0; i < G_N_ELEMENTS(outcomes); i++) {
        JsonObject *entry = json_array_get_object_element(story, i);

        g_assert_cmpstr(json_object_get_string_member(entry, "outcome"), ==, outcomes[i]);
        g_assert_cmpint(json_object_get_int_member(entry, "attempt"), ==, attempts[i]);
        g_assert_cmpstr(json_object_get_string_member(entry, "direction"), ==, "outgoing");
        g_assert_true(json_object_has_member(entry, "run_id"));
    }
}

static void
test_secrets_are_not_written(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *token = NULL;
    g_autofree char *login_and_password = g_strdup_printf("%s:%s", "client", END_FIXTURE_PASSWORD);
    g_autofree char *basic =
        g_base64_encode((const guchar *)login_and_password, strlen(login_and_password));

    for (guint i = 0; i < 4; i++) {
        g_autoptr(KabRunResult) result = NULL;

        if (i == 1)
            test_peer_answer(fixture->peer, 500, "text/plain", "");
        else
            test_peer_set_func(fixture->peer, NULL, NULL);
        test_peer_set_accepts(fixture->peer, i != 2);
        end_fixture_put(fixture, KAB_KIND_ORDER, i, "a text that is written");
        result = end_fixture_run(fixture);
    }
    token = test_peer_get_token(fixture->peer);
    g_assert_true(test_folder_holds(fixture->folder, "a text that is written"));
    g_assert_false(test_folder_holds(fixture->folder, END_FIXTURE_PASSWORD));
    g_assert_false(test_folder_holds(fixture->folder, basic));
    g_assert_false(test_folder_holds(fixture->folder, "token-of-the-peer"));
}

static void
test_old_journal_is_forgotten(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) first = NULL;
    g_autoptr(KabRunResult) second = NULL;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    first = end_fixture_run(fixture);
    g_assert_true(kab_db_script(fixture->db,
                                "UPDATE journal SET at = at - 86400000 * 31;"
                                "INSERT INTO journal (at, direction, peer, what, http_status,"
                                " duration_ms, outcome) SELECT at + 86400000 * 28, 'outgoing', '',"
                                " '', 0, 0, 'ok' FROM journal;"
                                "UPDATE run SET started_at = started_at - 86400000 * 31",
                                NULL));
    second = end_fixture_run(fixture);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal"), ==, 1);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM run"), ==, 1);
}

typedef struct {
    GMutex lock;
    GCond cond;
    guint n;
} Arrival;

static void
note_arrival(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages, gsize bytes G_GNUC_UNUSED,
             KabHttpResponse *response G_GNUC_UNUSED, gpointer data)
{
    Arrival *arrival = data;

    g_mutex_lock(&arrival->lock);
    arrival->n += messages->len;
    g_cond_signal(&arrival->cond);
    g_mutex_unlock(&arrival->lock);
}

/* With "exchange.push" nobody has to press a button. */
static void
test_pushed_as_soon_as_queued(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    Arrival arrival = {0};
    KabScheduler *scheduler;
    gint64 end = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;

    test_peer_set_func(fixture->peer, note_arrival, &arrival);
    end_fixture_set(fixture, "exchange.push", "true");
    scheduler = kab_scheduler_start(fixture->end);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    kab_end_nudge(fixture->end);
    g_mutex_lock(&arrival.lock);
    while (arrival.n == 0)
        g_assert_true(g_cond_wait_until(&arrival.cond, &arrival.lock, end));
    g_mutex_unlock(&arrival.lock);
    kab_scheduler_stop(scheduler);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    END_TEST("/run/order", test_sends_in_order);
    END_TEST("/run/refusals", test_refusals);
    END_TEST("/run/attempts", test_attempts_end);
    END_TEST("/run/cut", test_connection_is_cut);
    END_TEST("/run/nobody-there", test_nobody_there);
    END_TEST("/run/not-connected", test_not_connected_yet);
    END_TEST_TOKENS("/run/token-ends", test_token_ends_in_between);
    END_TEST_TOKENS("/run/token-renewed", test_token_is_renewed);
    END_TEST_TOKENS("/run/wrong-secret", test_wrong_secret_costs_no_attempt);
    END_TEST("/run/halving", test_the_one_refused_is_found);
    END_TEST("/run/to-blame", test_the_one_to_blame_is_found);
    END_TEST("/run/silence", test_silence_is_looked_into);
    END_TEST("/run/nobody-to-blame", test_nobody_is_to_blame);
    END_TEST("/run/batches", test_batches_are_bounded);
    END_TEST("/run/answers", test_an_answer_per_message);
    END_TEST("/run/unbuilt", test_what_cannot_be_built);
    END_TEST("/run/changed-meanwhile", test_change_during_the_run_is_sent);
    END_TEST("/run/two-at-once", test_two_at_once);
    END_TEST("/run/cancelled", test_cancelled);
    END_TEST("/run/story", test_story_of_one_object);
    END_TEST_TOKENS("/run/secrets", test_secrets_are_not_written);
    END_TEST("/run/journal-days", test_old_journal_is_forgotten);
    END_TEST("/run/push", test_pushed_as_soon_as_queued);
    return g_test_run();
}
