/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-inbox.h"
#include "kab-journal.h"
#include "kab-kind.h"

typedef struct {
    const char *kind;
    guint thing;
    gint64 version;
    const char *text; /* (nullable): no body */
} Row;

static GPtrArray *
make_messages(const Row *rows, guint n)
{
    GPtrArray *messages = g_ptr_array_new_with_free_func((GDestroyNotify)kab_message_free);

    for (guint i = 0; i < n; i++) {
        KabMessage *message = g_new0(KabMessage, 1);

        message->kind = g_strdup(rows[i].kind);
        message->id = g_strdup(end_fixture_id(rows[i].thing));
        message->version = rows[i].version;
        if (rows[i].text != NULL) {
            message->body = json_object_new();
            json_object_set_string_member(message->body, "text", rows[i].text);
        }
        g_ptr_array_add(messages, message);
    }
    return messages;
}

/* Outcomes of the messages, with blanks between. */
static char *
deliver(EndFixture *fixture, const Row *rows, guint n, GError **error)
{
    g_autoptr(GPtrArray) messages = make_messages(rows, n);
    GBytes *told = NULL;
    const KabInboxSource source = {.peer = "EX, test", .what = "POST messages", .text = "{}"};
    g_autoptr(GPtrArray) answers =
        kab_inbox_apply(fixture->end, fixture->db, messages, &source, &told, error);
    GString *text;

    g_clear_pointer(&told, g_bytes_unref);
    if (answers == NULL)
        return NULL;
    g_assert_cmpuint(answers->len, ==, n);
    text = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        const KabAnswer *answer = g_ptr_array_index(answers, i);

        g_assert_cmpstr(answer->id, ==, end_fixture_id(rows[i].thing));
        g_assert_cmpint(answer->version, ==, rows[i].version);
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               kab_outcome_to_nick(answer->outcome));
    }
    return g_string_free(text, FALSE);
}

#define ASSERT_DELIVERED(fixture, expected, ...)                                         \
    G_STMT_START                                                                         \
    {                                                                                    \
        const Row rows_[] = {__VA_ARGS__};                                               \
        g_autofree char *outcomes_ = deliver(fixture, rows_, G_N_ELEMENTS(rows_), NULL); \
        g_assert_cmpstr(outcomes_, ==, expected);                                        \
    }                                                                                    \
    G_STMT_END

#define CHANGES "SELECT coalesce(sum(changes), 0) FROM thing"

static void
test_twice_is_once(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    for (int i = 0; i < 3; i++)
        ASSERT_DELIVERED(fixture, i == 0 ? "applied" : "duplicate",
                         {KAB_KIND_CLIENT_ORDER, 1, 10, "one"});
    ASSERT_DELIVERED(fixture, "applied duplicate", {KAB_KIND_CLIENT_ORDER, 2, 7, "two"},
                     {KAB_KIND_CLIENT_ORDER, 2, 7, "two"});
    g_assert_cmpint(end_fixture_int(fixture, CHANGES), ==, 2);
}

static void
test_old_and_late_is_stale(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = NULL;

    ASSERT_DELIVERED(fixture, "applied stale applied", {KAB_KIND_CLIENT_ORDER, 1, 10, "new"},
                     {KAB_KIND_CLIENT_ORDER, 1, 9, "old"}, {KAB_KIND_CLIENT_ORDER, 1, 11, "newer"});
    ASSERT_DELIVERED(fixture, "stale", {KAB_KIND_CLIENT_ORDER, 1, 10, "new"});
    kab_db_get_text(fixture->db, "SELECT text FROM thing", KAB_BIND_NONE, &text, NULL);
    g_assert_cmpstr(text, ==, "newer");
}

static void
test_bad_one_does_not_hold_up_others(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    ASSERT_DELIVERED(fixture, "applied rejected retry rejected rejected applied",
                     {KAB_KIND_CLIENT_ORDER, 1, 1, "one"}, {KAB_KIND_CLIENT_ORDER, 2, 1, "bad"},
                     {KAB_KIND_CLIENT_ORDER, 3, 1, "later"}, {"nonsense", 4, 1, "four"},
                     {KAB_KIND_ORDER, 5, 1, "not for us"}, {KAB_KIND_CLIENT_ORDER, 6, 1, "six"});
    g_assert_cmpint(end_fixture_int(fixture, CHANGES), ==, 2);
    /* What was not taken may come again. */
    ASSERT_DELIVERED(fixture, "applied applied", {KAB_KIND_CLIENT_ORDER, 2, 1, "good now"},
                     {KAB_KIND_CLIENT_ORDER, 3, 1, "now"});
}

static void
test_storage_error_applies_nothing(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    const Row rows[] = {{KAB_KIND_CLIENT_ORDER, 1, 1, "one"},
                        {KAB_KIND_CLIENT_ORDER, 2, 1, "disk full"}};
    g_autoptr(GError) error = NULL;

    g_assert_null(deliver(fixture, rows, G_N_ELEMENTS(rows), &error));
    g_assert_error(error, KAB_DB_ERROR, KAB_DB_ERROR_FULL);
    g_assert_cmpint(end_fixture_int(fixture, CHANGES), ==, 0);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM inbox"), ==, 0);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal"), ==, 0);
    ASSERT_DELIVERED(fixture, "applied", {KAB_KIND_CLIENT_ORDER, 1, 1, "one"});
}

static void
test_taken_away(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = NULL;

    ASSERT_DELIVERED(fixture, "applied applied stale", {KAB_KIND_CLIENT_ORDER, 1, 1, "one"},
                     {KAB_KIND_CLIENT_ORDER, 1, 2, NULL}, {KAB_KIND_CLIENT_ORDER, 1, 1, "one"});
    kab_db_get_text(fixture->db, "SELECT text FROM thing", KAB_BIND_NONE, &text, NULL);
    g_assert_cmpstr(text, ==, "gone");
}

static void
test_empty_batch(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *outcomes = deliver(fixture, NULL, 0, NULL);

    g_assert_cmpstr(outcomes, ==, "");
}

static void
test_story_in_the_journal(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonArray) story = NULL;
    static const char *const outcomes[] = {"applied", "duplicate", "rejected"};
    JsonObject *last;

    ASSERT_DELIVERED(fixture, "applied", {KAB_KIND_CLIENT_ORDER, 1, 1, "one"});
    ASSERT_DELIVERED(fixture, "duplicate applied", {KAB_KIND_CLIENT_ORDER, 1, 1, "one"},
                     {KAB_KIND_CLIENT_ORDER, 2, 1, "another"});
    ASSERT_DELIVERED(fixture, "rejected", {KAB_KIND_CLIENT_ORDER, 1, 2, "bad"});
    story = end_fixture_list_story(fixture, 1);
    g_assert_cmpuint(json_array_get_length(story), ==, 3);
    for (guint i = 0; i < 3; i++)
        g_assert_cmpstr(
            json_object_get_string_member(json_array_get_object_element(story, i), "outcome"), ==,
            outcomes[i]);
    last = json_array_get_object_element(story, 2);
    g_assert_cmpstr(json_object_get_string_member(last, "direction"), ==, "incoming");
    g_assert_cmpstr(json_object_get_string_member(last, "peer"), ==, "EX, test");
    g_assert_cmpstr(json_object_get_string_member(last, "error"), ==, "The thing is bad");
    g_assert_cmpint(json_object_get_int_member(last, "version"), ==, 2);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    END_TEST("/inbox/twice", test_twice_is_once);
    END_TEST("/inbox/stale", test_old_and_late_is_stale);
    END_TEST("/inbox/bad-one", test_bad_one_does_not_hold_up_others);
    END_TEST("/inbox/storage-error", test_storage_error_applies_nothing);
    END_TEST("/inbox/taken-away", test_taken_away);
    END_TEST("/inbox/empty", test_empty_batch);
    END_TEST("/inbox/story", test_story_in_the_journal);
    return g_test_run();
}
