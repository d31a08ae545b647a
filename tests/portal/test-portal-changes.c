/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-http-feed.h"
#include "kab-portal-changes.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

#define NEWS "60000000-0000-4000-8000-00000000000"

static gint64
newest(TestPair *test, const char *token)
{
    g_autoptr(JsonNode) answer = test_pair_portal(test, token, "GET", "/api/v1/changes", NULL, 200);

    g_assert_cmpuint(test_json_length(answer, "items"), ==, 0);
    return test_json_int(answer, "seq");
}

/* What changed after @after, as "kind:id;kind:id;". */
static char *
changes(TestPair *test, const char *token, gint64 after)
{
    g_autofree char *path = g_strdup_printf("/api/v1/changes?after=%" G_GINT64_FORMAT, after);
    g_autoptr(JsonNode) answer = test_pair_portal(test, token, "GET", path, NULL, 200);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < test_json_length(answer, "items"); i++) {
        g_autofree char *kind = g_strdup_printf("items/%u/kind", i);
        g_autofree char *id = g_strdup_printf("items/%u/id", i);

        g_string_append_printf(text, "%s:%s;", test_json_text(answer, kind),
                               test_json_text(answer, id));
    }
    return g_string_free(text, FALSE);
}

static void
add_news(TestPair *test, const char *id, const char *title, guint expected)
{
    g_autofree char *body =
        g_strdup_printf("{'id': '%s', 'title': '%s', 'text': 'Первая\\nвторая'}", id, title);

    json_node_unref(test_pair_portal(test, test->admin, "POST", "/api/v1/news", body, expected));
}

/* A partner sees its own changes, in order, each object once; another partner sees none of them. */
static void
test_own(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    gint64 before = newest(test, test->a);
    g_autofree char *first = test_pair_place(test, test->a2);
    g_autofree char *second = test_pair_place(test, test->a2);
    g_autofree char *seen = NULL;
    g_autofree char *colleague = NULL;
    g_autofree char *expected = g_strdup_printf("order:%s;order:%s;", first, second);
    g_autofree char *then = NULL;
    g_autofree char *all = NULL;
    g_autofree char *other = changes(test, test->b, before);

    seen = changes(test, test->a, before);
    colleague = changes(test, test->viewer, before);
    g_assert_cmpstr(seen, ==, expected);
    g_assert_cmpstr(colleague, ==, expected);
    g_assert_cmpstr(other, ==, "");
    /* The first one changes once more: it is the last now. */
    test_pair_exchange(test);
    test_pair_set_status(test, first, KAB_CLIENT_TO_FULFIL);
    then = changes(test, test->a, newest(test, test->a));
    g_assert_cmpstr(then, ==, "");
    test_pair_exchange(test);
    all = changes(test, test->a, before);
    g_assert_nonnull(strstr(all, first));
    g_assert_true(strstr(all, first) == g_strrstr(all, first) || strstr(all, "document:") != NULL);
    g_assert_true(strstr(all, second) < strstr(all, first));
}

static void
test_bad(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const wrong[] = {"-1", "x", "1.5", "9223372036854775808", "1%201"};

    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *path = g_strconcat("/api/v1/changes?after=", wrong[i], NULL);

        json_node_unref(test_pair_portal(test, test->a, "GET", path, NULL, 400));
    }
    json_node_unref(test_pair_portal(test, test->a, "PUT", "/api/v1/visit", "{'seq': -1}", 400));
    json_node_unref(test_pair_portal(test, test->a, "PUT", "/api/v1/visit", "{'seq': '1'}", 400));
    json_node_unref(test_pair_portal(test, test->a, "GET", "/api/v1/live", NULL, 400));
    json_node_unref(test_pair_portal(test, test->admin, "GET", "/api/v1/live", NULL, 403));
}

/* Whoever knows more than there is learns that the data are older. */
static void
test_set_back(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *order = test_pair_place(test, test->a2);
    gint64 now = newest(test, test->a);
    g_autofree char *path = g_strdup_printf("/api/v1/changes?after=%" G_GINT64_FORMAT, now + 100);
    g_autoptr(JsonNode) answer = test_pair_portal(test, test->a, "GET", path, NULL, 200);

    g_assert_cmpint(test_json_int(answer, "seq"), ==, now);
    g_assert_cmpuint(test_json_length(answer, "items"), ==, 0);
}

static void
note(TestPair *test, const char *token, gint64 seq)
{
    g_autofree char *body = g_strdup_printf("{'seq': %" G_GINT64_FORMAT "}", seq);

    json_node_unref(test_pair_portal(test, token, "PUT", "/api/v1/visit", body, 204));
}

/* What came between two visits of this user, and of nobody else. */
static void
test_visit(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) never = test_pair_portal(test, test->a, "GET", "/api/v1/visit", NULL, 200);
    g_autofree char *order = NULL;
    g_autoptr(JsonNode) one = NULL;
    g_autoptr(JsonNode) none = NULL;
    g_autoptr(JsonNode) other = NULL;
    g_autoptr(JsonNode) written = NULL;
    g_autofree char *path = NULL;

    g_assert_cmpuint(json_object_get_size(json_node_get_object(never)), ==, 0);
    note(test, test->a, newest(test, test->a));
    order = test_pair_place(test, test->a2);
    add_news(test, NEWS "1", "Склад закрыт", 200);
    one = test_pair_portal(test, test->a, "GET", "/api/v1/visit", NULL, 200);
    g_assert_cmpint(test_json_int(one, "n_orders"), ==, 1);
    g_assert_cmpint(test_json_int(one, "n_news"), ==, 1);
    g_assert_cmpstr(test_json_text(one, "orders/0/id"), ==, order);
    g_assert_cmpstr(test_json_text(one, "orders/0/status"), ==, "new");
    note(test, test->b, 0);
    other = test_pair_portal(test, test->b, "GET", "/api/v1/visit", NULL, 200);
    g_assert_cmpint(test_json_int(other, "n_orders"), ==, 0);
    g_assert_cmpint(test_json_int(other, "n_news"), ==, 1);
    g_assert_cmpuint(test_json_length(other, "orders"), ==, 0);
    note(test, test->a, G_MAXINT64); /* as much as there is */
    note(test, test->a, 0);          /* it does not shrink */
    none = test_pair_portal(test, test->a, "GET", "/api/v1/visit", NULL, 200);
    g_assert_cmpint(test_json_int(none, "n_orders"), ==, 0);
    g_assert_cmpint(test_json_int(none, "n_news"), ==, 0);
    /* What somebody has written about an order is news of it. */
    path = g_strdup_printf("/api/v1/comments/%s/%s", order, NEWS "2");
    json_node_unref(
        test_pair_portal(test, test->a2, "PUT", path, "{'text': 'Когда привезёте?'}", 200));
    written = test_pair_portal(test, test->a, "GET", "/api/v1/visit", NULL, 200);
    g_assert_cmpint(test_json_int(written, "n_orders"), ==, 1);
    g_assert_cmpstr(test_json_text(written, "orders/0/id"), ==, order);
}

static void
test_news(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *longest = g_strnfill(200, 'n');
    g_autofree char *longer = g_strnfill(201, 'n');
    g_autoptr(JsonNode) list = NULL;
    g_autoptr(JsonNode) page = NULL;
    g_autoptr(JsonNode) rest = NULL;
    g_autofree char *next = NULL;
    g_autofree char *path = NULL;

    add_news(test, NEWS "1", "Склад закрыт", 200);
    add_news(test, NEWS "1", "Склад закрыт", 200);
    add_news(test, NEWS "1", "Склад открыт", 409);
    add_news(test, NEWS "2", longest, 200);
    add_news(test, NEWS "3", longer, 400);
    add_news(test, NEWS "3", " ", 400);
    add_news(test, NEWS "3", "a\\nb", 400);
    add_news(test, "nonsense", "Склад", 400);
    json_node_unref(test_pair_portal(test, test->a, "POST", "/api/v1/news",
                                     "{'id': '" NEWS "4', 'title': 'Я'}", 403));
    list = test_pair_portal(test, test->b, "GET", "/api/v1/news", NULL, 200);
    g_assert_cmpuint(test_json_length(list, "items"), ==, 2);
    g_assert_cmpstr(test_json_text(list, "items/0/title"), ==, longest);
    g_assert_cmpstr(test_json_text(list, "items/1/text"), ==, "Первая\nвторая");
    page = test_pair_portal(test, test->b, "GET", "/api/v1/news?limit=1", NULL, 200);
    next = g_uri_escape_string(test_json_text(page, "next"), NULL, FALSE);
    path = g_strconcat("/api/v1/news?limit=1&after=", next, NULL);
    rest = test_pair_portal(test, test->b, "GET", path, NULL, 200);
    g_assert_cmpstr(test_json_text(rest, "items/0/id"), ==, NEWS "1");
    json_node_unref(
        test_pair_portal(test, test->admin, "DELETE", "/api/v1/news/" NEWS "1", NULL, 204));
    json_node_unref(
        test_pair_portal(test, test->admin, "DELETE", "/api/v1/news/" NEWS "1", NULL, 404));
    g_assert_cmpint(
        test_pair_count(test->portal, "SELECT count(*) FROM audit WHERE action = 'news'"), ==, 3);
}

typedef struct {
    KabHttpFeed *feed;
    guint told;
} Ear;

static void
on_text(Ear *ear, const char *text)
{
    g_assert_cmpstr(text, ==, "{\"changed\":true}");
    ear->told++;
}

static void
on_opened(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    Ear *ear = data;
    g_autoptr(GError) error = NULL;

    ear->feed = kab_http_feed_open_finish(result, &error);
    g_assert_no_error(error);
    g_signal_connect_swapped(ear->feed, "text", G_CALLBACK(on_text), ear);
}

static gboolean
on_late(gpointer data G_GNUC_UNUSED)
{
    g_assert_not_reached();
}

static void
wait_told(Ear *ear, guint more_than)
{
    guint late = g_timeout_add_seconds(20, on_late, NULL);

    while (ear->told <= more_than)
        g_main_context_iteration(NULL, TRUE);
    g_source_remove(late);
}

static KabHttpClient *
listen(TestPair *test, const char *token, Ear *ear)
{
    KabHttpClient *client = test_pair_client(test);
    g_autofree char *authorization = g_strconcat("Bearer ", token, NULL);
    const KabHttpCall call = {
        .method = "GET", .path = "/api/v1/live", .authorization = authorization};

    memset(ear, 0, sizeof *ear);
    kab_http_feed_open_async(client, NULL, &call, NULL, on_opened, ear);
    return client;
}

/* Who listens is told, whichever way the change comes: by a desktop, by the exchange, by a command
 * of another process, which only the database knows of. */
static void
test_live(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    Ear a;
    Ear b;
    g_autoptr(KabHttpClient) client_a = listen(test, test->a, &a);
    g_autoptr(KabHttpClient) client_b = listen(test, test->b, &b);
    g_autofree char *order = NULL;
    guint told;
    gint64 seq;

    while (a.feed == NULL || b.feed == NULL)
        g_main_context_iteration(NULL, TRUE);
    told = a.told;
    order = test_pair_place(test, test->a2);
    wait_told(&a, told);
    test_pair_exchange(test);
    seq = newest(test, test->a);
    told = a.told;
    g_assert_true(kab_db_run(test->portal, "UPDATE orders SET comment = 'x' WHERE id = $1",
                             KAB_BIND(kab_text(order)), NULL));
    g_assert_cmpint(newest(test, test->a), ==, seq + 1);
    wait_told(&a, told);
    /* Of Alfa's order Beta was told nothing, and its numbers do not show that there was something.
     */
    g_assert_cmpint(newest(test, test->b), ==, 0);
    told = b.told;
    add_news(test, NEWS "1", "Склад закрыт", 200);
    wait_told(&b, told);
    g_assert_cmpint(newest(test, test->b), ==, 1);
    kab_http_feed_close(a.feed);
    kab_http_feed_close(b.feed);
    g_clear_object(&a.feed);
    g_clear_object(&b.feed);
}

static gint64
count_goods(TestPair *test, const char *token)
{
    g_autoptr(JsonNode) answer = test_pair_portal(test, token, "GET", "/api/v1/changes", NULL, 200);

    return test_json_int(answer, "goods");
}

/* Prices, stock and products are one number, whoever asks; a change of it is told to all. */
static void
test_goods(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const changes[] = {
        "UPDATE price SET minor = minor + 1 WHERE product_id = $1",
        "UPDATE stock SET quantity = quantity + 1 WHERE product_id = $1",
        "UPDATE product SET name = 'Молоток новый' WHERE id = $1",
        "DELETE FROM price WHERE product_id = $1",
    };
    gint64 before = count_goods(test, test->a);
    Ear a;
    Ear b;
    g_autoptr(KabHttpClient) client_a = listen(test, test->a, &a);
    g_autoptr(KabHttpClient) client_b = listen(test, test->b, &b);

    g_assert_cmpint(count_goods(test, test->b), ==, before);
    /* Whoever comes to others who listen already is told of nothing but changes. */
    while (a.feed == NULL || b.feed == NULL)
        g_main_context_iteration(NULL, TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        guint told_a = a.told;
        guint told_b = b.told;

        g_assert_true(kab_db_run(test->portal, changes[i], KAB_BIND(kab_text(TEST_HAMMER)), NULL));
        g_assert_cmpint(count_goods(test, test->a), >, before);
        before = count_goods(test, test->a);
        if (i > 0) /* the first one is told at once, the others some seconds later */
            continue;
        wait_told(&a, told_a);
        wait_told(&b, told_b);
    }
    kab_http_feed_close(a.feed);
    kab_http_feed_close(b.feed);
    g_clear_object(&a.feed);
    g_clear_object(&b.feed);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal/changes/own", test_own);
    PAIR_TEST("/portal/changes/bad", test_bad);
    PAIR_TEST("/portal/changes/set-back", test_set_back);
    PAIR_TEST("/portal/changes/visit", test_visit);
    PAIR_TEST("/portal/changes/news", test_news);
    PAIR_TEST("/portal/changes/live", test_live);
    PAIR_TEST("/portal/changes/goods", test_goods);
    return g_test_run();
}
