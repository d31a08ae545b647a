/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-comment-store.h"
#include "kab-error.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

#define FIRST "50000000-0000-4000-8000-000000000001"
#define SECOND "50000000-0000-4000-8000-000000000002"
#define THIRD "50000000-0000-4000-8000-000000000003"

static char *
place(TestPair *test)
{
    char *id = test_pair_place(test, test->a2);

    test_pair_exchange(test);
    return id;
}

/* What an end answers to a comment; with @base, the manager writes it. */
static JsonNode *
write_comment(TestPair *test, gboolean base, const char *order_id, const char *id, const char *text,
              guint expected)
{
    g_autofree char *path = g_strdup_printf("/api/v1/comments/%s/%s", order_id, id);
    g_autofree char *body = g_strdup_printf("{'text': '%s'}", text);

    return base ? test_pair_base(test, test->manager, "PUT", path, body, expected)
                : test_pair_portal(test, test->a2, "PUT", path, body, expected);
}

/* All comments on the order as "author: text|author: text", the same at both ends. */
static void
assert_comments(TestPair *test, const char *order_id, const char *expected)
{
    g_autofree char *path = g_strconcat("/api/v1/comments/", order_id, NULL);

    for (int base = 0; base <= 1; base++) {
        g_autoptr(JsonNode) list =
            base ? test_pair_base(test, test->manager, "GET", path, NULL, 200)
                 : test_pair_portal(test, test->viewer, "GET", path, NULL, 200);
        g_autoptr(GString) found = g_string_new(NULL);

        for (guint i = 0; i < test_json_length(list, "items"); i++) {
            g_autofree char *author = g_strdup_printf("items/%u/author", i);
            g_autofree char *text = g_strdup_printf("items/%u/text", i);

            g_string_append_printf(found, "%s%s: %s", i > 0 ? "|" : "",
                                   test_json_text(list, author), test_json_text(list, text));
        }
        g_assert_cmpstr(found->str, ==, expected);
    }
}

static void
test_both_ways(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);

    json_node_unref(write_comment(test, FALSE, id, FIRST, "Когда?", 200));
    test_pair_exchange(test);
    json_node_unref(write_comment(test, TRUE, id, SECOND, "Завтра", 200));
    test_pair_exchange(test);
    assert_comments(test, id, "alfa-buyer: Когда?|manager: Завтра");
    json_node_unref(write_comment(test, FALSE, id, THIRD, "Спасибо", 200));
    test_pair_exchange(test);
    assert_comments(test, id, "alfa-buyer: Когда?|manager: Завтра|alfa-buyer: Спасибо");
}

#define FREEZE "DROP TABLE IF EXISTS frozen; CREATE TABLE frozen AS SELECT * FROM queue"
#define THAW "DELETE FROM queue; INSERT INTO queue SELECT * FROM frozen"

/* Sent twice by the desktop, and sent twice by the portal: one comment. */
static void
test_twice_is_once(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(JsonNode) first = write_comment(test, FALSE, id, FIRST, "Когда?", 200);
    g_autoptr(JsonNode) again = write_comment(test, FALSE, id, FIRST, "Когда?", 200);
    g_autoptr(JsonNode) other = write_comment(test, FALSE, id, FIRST, "Другое", 409);

    g_assert_true(json_node_equal(first, again));
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 1);
    g_assert_true(kab_db_script(test->portal, FREEZE, NULL));
    test_pair_run(kab_pair_get_portal(test->pair));
    g_assert_true(kab_db_script(test->portal, THAW, NULL));
    test_pair_exchange(test);
    assert_comments(test, id, "alfa-buyer: Когда?");
    /* What is there already is not sent any more either. */
    json_node_unref(write_comment(test, FALSE, id, FIRST, "Когда?", 200));
    test_pair_assert_queues_empty(test);
}

static void
test_what_cannot_be(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autofree char *path = g_strdup_printf("/api/v1/comments/%s/%s", id, FIRST);
    g_autofree char *nowhere = g_strdup_printf("/api/v1/comments/%s/%s", TEST_NOWHERE, FIRST);
    g_autofree char *theirs = g_strdup_printf("/api/v1/comments/%s", id);
    g_autofree char *long_text = g_strnfill(4001, 'c');
    g_autoptr(JsonNode) draft = NULL;

    json_node_unref(write_comment(test, FALSE, id, FIRST, "", 400));
    json_node_unref(write_comment(test, FALSE, id, FIRST, "  ", 400));
    json_node_unref(write_comment(test, FALSE, id, FIRST, long_text, 400));
    json_node_unref(write_comment(test, FALSE, id, "nonsense", "Когда?", 400));
    json_node_unref(test_pair_portal(test, test->viewer, "PUT", path, "{'text': 'Когда?'}", 403));
    json_node_unref(test_pair_portal(test, test->b, "PUT", path, "{'text': 'Когда?'}", 404));
    json_node_unref(test_pair_portal(test, test->b, "GET", theirs, NULL, 404));
    json_node_unref(test_pair_portal(test, test->a, "PUT", nowhere, "{'text': 'Когда?'}", 404));
    json_node_unref(test_pair_base(test, test->manager, "PUT", nowhere, "{'text': 'а'}", 404));
    json_node_unref(
        test_pair_portal(test, test->a2, "PUT", path, "{'text': 'а', 'by_base': true}", 400));
    test_pair_fill(test, test->a2);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), test->a2, "POST",
                                   "/api/v1/orders", "{}", "draft", &draft),
                     ==, 200);
    json_node_unref(write_comment(test, FALSE, test_json_text(draft, "id"), FIRST, "Когда?", 409));
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM order_comment"), ==, 0);
    test_pair_assert_queues_empty(test);
}

/* Neither end keeps a comment on nothing, and says so in a sentence, not in the storage's words. */
static void
test_order_is_not_there(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) body =
        test_json_parse("{'order_id': '" TEST_NOWHERE "', 'author': 'Иван', 'text': 'Когда?',"
                        " 'at': '2026-01-31T12:00:00Z'}");
    const KabMessage message = {.kind = (char *)"comment",
                                .id = (char *)FIRST,
                                .version = 1,
                                .body = json_node_get_object(body)};

    for (int base = 0; base <= 1; base++) {
        KabDb *db = base ? test->base : test->portal;
        g_autoptr(KabTransaction) part = kab_db_begin(db, NULL);
        g_autoptr(GError) error = NULL;

        g_assert_false(base ? kab_comment_apply_at_base(NULL, db, &message, &error)
                            : kab_comment_apply_at_portal(NULL, db, &message, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
        g_assert_cmpstr(error->message, ==, "There is no order " TEST_NOWHERE);
    }
}

/* An order has an end of its comments: a program that has gone mad does not fill the storage. */
static void
test_too_many(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autoptr(JsonNode) refused = NULL;

    g_assert_true(kab_db_run(
        test->portal,
        "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
        " INSERT INTO order_comment (id, order_id, by_base, author, at, text)"
        " SELECT printf('60000000-0000-4000-8000-%012d', i), $1, 0, 'a', i, 'b' FROM n",
        KAB_BIND(kab_text(id)), NULL));
    refused = write_comment(test, FALSE, id, FIRST, "Когда?", 413);
    g_assert_nonnull(strstr(test_json_text(refused, "detail"), "1000"));
}

/* The base says whose word it is by the way it came, not by what is written in it. */
static void
test_nobody_speaks_for_the_other(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = place(test);
    g_autofree char *text = g_strdup_printf(
        "{'order_id': '%s', 'author': 'Мария', 'at': '2026-01-01T00:00:00Z', 'text': 'а'}", id);
    g_autoptr(JsonNode) body = test_json_parse(text);
    KabMessage message = {.kind = (char *)"comment", .id = (char *)FIRST, .version = 1};
    g_autoptr(KabTransaction) part = kab_db_begin(test->base, NULL);
    g_autoptr(GPtrArray) comments = NULL;
    const KabComment *comment;
    g_autoptr(GError) error = NULL;

    message.body = json_node_get_object(body);
    kab_comment_apply_at_base(NULL, test->base, &message, &error);
    g_assert_no_error(error);
    comments = kab_comment_store_list(test->base, id, &error);
    g_assert_no_error(error);
    comment = g_ptr_array_index(comments, 0);
    g_assert_false(comment->by_base);
    json_object_set_boolean_member(message.body, "by_base", TRUE);
    g_assert_false(kab_comment_apply_at_base(NULL, test->base, &message, &error));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/comments/both-ways", test_both_ways);
    PAIR_TEST("/comments/twice", test_twice_is_once);
    PAIR_TEST("/comments/what-cannot-be", test_what_cannot_be);
    PAIR_TEST("/comments/no-order", test_order_is_not_there);
    PAIR_TEST("/comments/too-many", test_too_many);
    PAIR_TEST("/comments/whose", test_nobody_speaks_for_the_other);
    return g_test_run();
}
