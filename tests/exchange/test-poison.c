/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-queue.h"
#include "kab-run.h"

#include <string.h>

/* Ten thousand messages, of which ten are wrong, and one is a monster. Fewer under a sanitizer,
 * which looks at the stack whenever memory is asked for. */
#ifdef __SANITIZE_ADDRESS__
#define N_MESSAGES 2000
#else
#define N_MESSAGES 10000
#endif
#define N_WRONG 10
#define WRONG (N_MESSAGES / N_WRONG / 2)
#define IS_WRONG(i) ((i) % (N_MESSAGES / N_WRONG) == WRONG)
#define MONSTER (N_MESSAGES / 3)

/* Queues them all, of one kind, in the order of their numbers. */
static void
put_all(EndFixture *fixture, const char *monster)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTransaction) transaction = kab_db_begin(fixture->db, &error);

    g_assert_no_error(error);
    for (guint i = 0; i < N_MESSAGES; i++) {
        const char *id = end_fixture_id(i);
        const char *text = i == MONSTER ? monster : IS_WRONG(i) ? "wrong" : "good";

        kab_db_run(fixture->db, "INSERT INTO thing (id, text) VALUES ($1, $2)",
                   KAB_BIND(kab_text(id), kab_text(text)), &error);
        g_assert_no_error(error);
        kab_queue_put(fixture->db, KAB_KIND_PRODUCT, id, &error);
        g_assert_no_error(error);
    }
    kab_transaction_commit(transaction, &error);
    g_assert_no_error(error);
}

static gboolean
is_wrong(const KabMessage *message)
{
    return strcmp(json_object_get_string_member(message->body, "text"), "wrong") == 0;
}

static void
reject_wrong(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages, gsize bytes G_GNUC_UNUSED,
             KabHttpResponse *response, gpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)kab_answer_free);

    for (guint i = 0; i < messages->len; i++) {
        const KabMessage *message = g_ptr_array_index(messages, i);
        KabAnswer *answer = g_new0(KabAnswer, 1);

        answer->kind = g_strdup(message->kind);
        answer->id = g_strdup(message->id);
        answer->version = message->version;
        answer->outcome = is_wrong(message) ? KAB_OUTCOME_REJECTED : KAB_OUTCOME_APPLIED;
        answer->detail = is_wrong(message) ? g_strdup("There is no such unit") : NULL;
        g_ptr_array_add(answers, answer);
    }
    kab_http_response_set_json(response, 200, kab_wire_answers_to_json(answers));
}

/* An end that knows no answers per message: one that is wrong spoils its batch. */
static void
refuse_batch(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages, gsize bytes G_GNUC_UNUSED,
             KabHttpResponse *response, gpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error =
        g_error_new_literal(KAB_ERROR, KAB_ERROR_INVALID, "There is no such unit");

    for (guint i = 0; i < messages->len && response->status == 0; i++)
        if (is_wrong(g_ptr_array_index(messages, i)))
            kab_http_response_set_error(response, error);
}

/* That each of the good ones came, and came once; the wrong ones may have come more often. */
static void
assert_good_came_once(EndFixture *fixture)
{
    g_autofree char *received = test_peer_dup_received(fixture->peer);
    g_auto(GStrv) lines = g_strsplit(received, "\n", -1);
    g_autofree guint *times = g_new0(guint, N_MESSAGES);

    for (guint i = 0; *lines[i] != '\0'; i++) {
        guint64 number = g_ascii_strtoull(strrchr(lines[i], '-') + 1, NULL, 10);

        g_assert_true(g_str_has_prefix(lines[i], KAB_KIND_PRODUCT " "));
        g_assert_cmpuint(number, <, N_MESSAGES);
        times[number]++;
    }
    for (guint i = 0; i < N_MESSAGES; i++)
        g_assert_cmpuint(times[i], ==, i != MONSTER);
}

/* That what is left of the queue has failed and says why: the monster in the words @monster. */
static void
assert_left(EndFixture *fixture, const char *monster)
{
    g_autoptr(GPtrArray) entries = end_fixture_list(fixture);
    guint n_monsters = monster != NULL;

    g_assert_cmpuint(entries->len, ==, N_WRONG + n_monsters);
    for (guint i = 0; i < entries->len; i++) {
        const KabQueueEntry *entry = g_ptr_array_index(entries, i);
        int number = atoi(entry->object_id + 24);

        g_assert_cmpint(entry->state, ==, KAB_QUEUE_FAILED);
        g_assert_cmpint(entry->attempts, ==, 1);
        g_assert_nonnull(entry->error);
        g_assert_true(number == MONSTER || IS_WRONG(number));
        g_assert_nonnull(
            strstr(entry->error, number == MONSTER ? monster : "There is no such unit"));
    }
}

/* That the last thing the journal tells of thing number @i is @outcome, with @why in its words. */
static void
assert_told(EndFixture *fixture, guint i, const char *outcome, const char *why)
{
    g_autoptr(JsonArray) story = end_fixture_list_story(fixture, i);
    guint n = json_array_get_length(story);
    JsonObject *last;

    g_assert_cmpuint(n, >, 0);
    last = json_array_get_object_element(story, n - 1);
    g_assert_cmpstr(json_object_get_string_member(last, "outcome"), ==, outcome);
    if (why != NULL)
        g_assert_nonnull(strstr(json_object_get_string_member(last, "error"), why));
}

/* What the builder is told to make, and what its entry says then. */
typedef struct {
    const char *text;
    const char *why;
} Monster;

static const Monster deep = {"deep", "nested too deeply"};
static const Monster huge = {"huge", "100 MiB"};
static const Monster not_utf8 = {"not UTF-8", "UTF-8"};

static void
test_monster(EndFixture *fixture, gconstpointer data)
{
    const Monster *monster = data;
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(KabRunResult) again = NULL;
    g_autoptr(KabRunResult) mended = NULL;
    guint n_requests;

    put_all(fixture, monster->text);
    test_peer_set_func(fixture->peer, reject_wrong, NULL);
    result = end_fixture_run(fixture);
    g_assert_cmpint(result->sent, ==, N_MESSAGES - N_WRONG - 1);
    g_assert_cmpint(result->rejected, ==, N_WRONG + 1);
    g_assert_cmpint(result->failed, ==, 0);
    g_assert_cmpint(result->done, ==, N_MESSAGES);
    g_assert_null(result->error);
    assert_good_came_once(fixture);
    assert_left(fixture, monster->why);
    assert_told(fixture, MONSTER, "error", monster->why);
    assert_told(fixture, WRONG, "rejected", "There is no such unit");
    assert_told(fixture, MONSTER + 1, "applied", NULL);

    /* They wait for a person, who mends one of them. */
    n_requests = test_peer_count_requests(fixture->peer);
    again = end_fixture_run(fixture);
    g_assert_cmpint(again->total, ==, 0);
    g_assert_cmpuint(test_peer_count_requests(fixture->peer), ==, n_requests);
    assert_left(fixture, monster->why);
    end_fixture_put(fixture, KAB_KIND_PRODUCT, MONSTER, "good");
    mended = end_fixture_run(fixture);
    g_assert_cmpint(mended->sent, ==, 1);
    assert_left(fixture, NULL);
    assert_told(fixture, MONSTER, "applied", NULL);
}

static void
test_refused_batches(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;

    put_all(fixture, "good");
    test_peer_set_func(fixture->peer, refuse_batch, NULL);
    result = end_fixture_run(fixture);
    g_assert_cmpint(result->sent, ==, N_MESSAGES - N_WRONG);
    g_assert_cmpint(result->rejected + result->failed, ==, N_WRONG);
    g_assert_null(result->error);
    assert_left(fixture, NULL);
    assert_told(fixture, WRONG, "error", "There is no such unit");
    /* In its batch of a thousand each wrong one is found by halves: twice ten requests. */
    g_assert_cmpuint(test_peer_count_requests(fixture->peer), <=, N_MESSAGES / 1000 + N_WRONG * 20);
}

#define MONSTER_TEST(path, monster) \
    g_test_add(path, EndFixture, monster, end_fixture_set_up, test_monster, end_fixture_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    MONSTER_TEST("/poison/deep", &deep);
    MONSTER_TEST("/poison/huge", &huge);
    MONSTER_TEST("/poison/not-utf-8", &not_utf8);
    END_TEST("/poison/refused-batches", test_refused_batches);
    return g_test_run();
}
