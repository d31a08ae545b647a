/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-journal.h"
#include "kab-client-queue.h"
#include "kab-error.h"
#include "kab-json-value.h"
#include "test-pair.h"

#include <gio/gio.h>
#include <string.h>

/* What the console asks, of the services themselves. */

static void
on_got(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    *(GAsyncResult **)data = g_object_ref(result);
}

static GAsyncResult *
wait(GAsyncResult **result)
{
    while (*result == NULL)
        g_main_context_iteration(NULL, TRUE);
    return g_steal_pointer(result);
}

static KabClient *
connect_as(const char *address, const char *token)
{
    g_autoptr(GError) error = NULL;
    KabClient *client = kab_client_new(address, &error);
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;

    g_assert_no_error(error);
    kab_client_resume_async(client, token, NULL, on_got, &result);
    got = wait(&result);
    kab_client_sign_in_finish(client, got, &error);
    g_assert_no_error(error);
    return client;
}

static KabFoundObject *
find_of_kind(KabClient *client, const char *kind, const char *text, GError **error)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;

    kab_client_find_object_async(client, kind, text, NULL, on_got, &result);
    got = wait(&result);
    return kab_client_find_object_finish(client, got, error);
}

static KabFoundObject *
find(KabClient *client, const char *text, GError **error)
{
    return find_of_kind(client, NULL, text, error);
}

static KabPage *
find_queue(KabClient *client, const KabClientQueueFilter *filter)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;
    KabPage *page;

    kab_client_list_queue_async(client, filter, NULL, 10, NULL, on_got, &result);
    got = wait(&result);
    page = kab_client_list_queue_finish(client, got, &error);
    g_assert_no_error(error);
    return page;
}

static KabPage *
list_causes(KabClient *client)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;
    KabPage *page;

    kab_client_list_causes_async(client, NULL, on_got, &result);
    got = wait(&result);
    page = kab_client_list_causes_finish(client, got, &error);
    g_assert_no_error(error);
    return page;
}

static char *
get_payload(KabClient *client, const char *kind, const char *id, GError **error)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;

    kab_client_get_payload_async(client, kind, id, NULL, on_got, &result);
    got = wait(&result);
    return kab_client_get_payload_finish(client, got, error);
}

static gboolean
put(KabClient *client, const char *kind, const char *id, GError **error)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;

    kab_client_put_queue_async(client, kind, id, NULL, on_got, &result);
    got = wait(&result);
    return kab_client_put_queue_finish(client, got, error);
}

/* @id: (nullable): the story of an object; NULL: the whole journal */
static KabPage *
list_journal(KabClient *client, const char *id)
{
    const KabJournalQuery query = {.object_id = id};
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;
    KabPage *page;

    kab_client_list_journal_async(client, &query, NULL, 100, NULL, on_got, &result);
    got = wait(&result);
    page = kab_client_list_journal_finish(client, got, &error);
    g_assert_no_error(error);
    return page;
}

/* The whole journal: what is about one object calls it by its name. */
static void
check_journal(KabClient *client, const char *kind)
{
    g_autoptr(KabPage) page = list_journal(client, NULL);
    gboolean named = FALSE;

    for (guint i = 0; i < page->items->len; i++) {
        const KabJournalItem *item = g_ptr_array_index(page->items, i);

        named |= item->n_objects == 1 && g_strcmp0(item->kind, kind) == 0 && item->name != NULL;
    }
    g_assert_true(named);
}

static char *
resend(KabClient *client, gint64 id, const char *message)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *detail = NULL;
    char *outcome;

    kab_client_resend_async(client, id, message, "Once more", NULL, on_got, &result);
    got = wait(&result);
    outcome = kab_client_resend_finish(client, got, &detail, &error);
    g_assert_no_error(error);
    return outcome;
}

/* An order that has not left the portal: where it is, and what is told of it. */
static void
test_waiting(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) portal = connect_as(kab_pair_get_portal_address(test->pair), test->admin);
    g_autofree char *id = test_pair_place(test, test->a);
    const KabClientQueueFilter filter = {.object_id = id};
    g_autoptr(KabFoundObject) found = NULL;
    g_autoptr(KabPage) queue = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *payload = NULL;
    g_autofree char *message = NULL;

    found = find(portal, id, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(found->id, ==, id);
    g_assert_cmpstr(found->kind, ==, "order");
    g_assert_null(found->number);  /* the base gives it */
    g_assert_nonnull(found->name); /* until then it is known by its partner, time and sum */
    g_assert_cmpint(found->name->at, !=, 0);
    g_assert_cmpstr(found->name->total.currency, ==, "RUB");
    g_assert_null(find(portal, "14", &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_clear_error(&error);
    queue = find_queue(portal, &filter);
    g_assert_cmpuint(queue->items->len, ==, 1);
    g_assert_cmpstr(((KabQueueEntry *)queue->items->pdata[0])->kind, ==, "order");
    g_assert_cmpint(((KabQueueEntry *)queue->items->pdata[0])->name->at, ==, found->name->at);
    payload = get_payload(portal, "order", id, &error);
    g_assert_no_error(error);
    message = kab_json_make_message(payload, 1);
    g_assert_nonnull(strstr(message, TEST_HAMMER));
    g_assert_null(get_payload(portal, "product", TEST_HAMMER, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

/* It has arrived: it has a number, both ends tell of it, and it can be queued once more. */
static void
test_arrived(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) portal = connect_as(kab_pair_get_portal_address(test->pair), test->admin);
    g_autoptr(KabClient) base = connect_as(kab_pair_get_base_address(test->pair), test->base_admin);
    g_autofree char *id = test_pair_place(test, test->a);
    const KabClientQueueFilter filter = {.object_id = id};
    g_autoptr(KabFoundObject) found = NULL;
    g_autoptr(KabFoundObject) said = NULL;
    g_autoptr(KabFoundObject) product = NULL;
    g_autoptr(KabFoundObject) at_portal = NULL;
    g_autoptr(KabPage) of_portal = NULL;
    g_autoptr(KabPage) of_base = NULL;
    g_autoptr(KabPage) queue = NULL;
    g_autoptr(GError) error = NULL;

    test_pair_exchange(test);
    product = find_of_kind(base, "product", TEST_HAMMER, &error);
    g_assert_no_error(error);
    g_assert_nonnull(product->name);
    at_portal = find_of_kind(portal, "product", TEST_HAMMER, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(at_portal->name->name, ==, product->name->name);
    /* However long a name is, what is about it can be seen. */
    g_assert_true(kab_db_script(
        test->base, "UPDATE product SET name = replace(hex(zeroblob(2500)), '0', 'Ж')", &error));
    kab_found_object_free(product);
    product = find_of_kind(base, "product", TEST_HAMMER, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(strlen(product->name->name), <=, 400);
    found = find(base, id, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(found->kind, ==, "client-order");
    g_assert_nonnull(found->number);
    /* "0000-000001": without prefix and zeros */
    said = find(portal, found->number + strlen(found->number) - 1, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(said->id, ==, id);
    g_assert_cmpstr(said->number, ==, found->number);
    check_journal(portal, "order");
    check_journal(base, "order");
    of_portal = list_journal(portal, id);
    of_base = list_journal(base, id);
    g_assert_cmpuint(of_portal->items->len, >=, 2);
    g_assert_cmpuint(of_base->items->len, >=, 2);
    g_assert_cmpstr(((KabJournalItem *)of_base->items->pdata[0])->outcome, ==, "applied");
    g_assert_nonnull(((KabJournalItem *)of_base->items->pdata[0])->name);
    g_assert_true(put(base, "client-order", id, &error));
    g_assert_no_error(error);
    g_assert_true(put(base, "client-order", id, &error)); /* sent twice */
    queue = find_queue(base, &filter);
    g_assert_cmpuint(queue->items->len, ==, 1);
    g_assert_false(put(base, "client-order", TEST_NOWHERE, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
}

/* Why entries have failed, and a copy of one that the base has had before. */
static void
test_causes(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) base = connect_as(kab_pair_get_base_address(test->pair), test->base_admin);
    g_autofree char *id = test_pair_place(test, test->a);
    g_autoptr(KabPage) none = NULL;
    g_autoptr(KabPage) causes = NULL;
    g_autoptr(KabPage) story = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *payload = NULL;
    g_autofree char *message = NULL;
    g_autofree char *outcome = NULL;
    const KabJournalItem *sent = NULL;
    KabQueueCause *cause;

    test_pair_exchange(test);
    none = list_causes(base);
    g_assert_cmpuint(none->items->len, ==, 0);
    g_assert_true(put(base, "client-order", id, &error));
    g_assert_true(kab_db_script(
        test->base, "UPDATE queue SET state = 'failed', error = 'The disk is full'", &error));
    g_assert_no_error(error);
    causes = list_causes(base);
    g_assert_cmpuint(causes->items->len, ==, 1);
    cause = g_ptr_array_index(causes->items, 0);
    g_assert_cmpstr(cause->error, ==, "The disk is full");
    g_assert_cmpstr(cause->object_id, ==, id);
    g_assert_cmpint(cause->count, ==, 1);
    g_assert_nonnull(cause->name);
    g_assert_nonnull(cause->name->number);
    story = list_journal(base, id);
    for (guint i = 0; i < story->items->len; i++)
        if (g_strcmp0(((KabJournalItem *)story->items->pdata[i])->what, "POST messages") == 0 &&
            !((KabJournalItem *)story->items->pdata[i])->incoming)
            sent = story->items->pdata[i];
    g_assert_nonnull(sent);
    payload = get_payload(base, "client-order", id, &error);
    g_assert_no_error(error);
    message = kab_json_make_message(payload, sent->version);
    outcome = resend(base, sent->id, message);
    g_assert_cmpstr(outcome, ==, "duplicate");
}

static void
check_called(KabClient *client, const char *kind, const char *text, const char *found_kind,
             const char *id)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabFoundObject) found = find_of_kind(client, kind, text, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(found->id, ==, id);
    g_assert_cmpstr(found->kind, ==, found_kind);
    g_assert_nonnull(found->name);
}

static void
check_refused(KabClient *client, const char *kind, const char *text, KabError code,
              const char *said)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(find_of_kind(client, kind, text, &error));
    g_assert_error(error, KAB_ERROR, code);
    g_assert_cmpstr(error->message, ==, said);
}

/* Both ends mean the same. */
static void
check_alike(KabClient *portal, KabClient *base, const char *kind, const char *text,
            const char *same)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabFoundObject) found = find_of_kind(portal, kind, text, &error);

    g_assert_no_error(error);
    check_called(portal, NULL, same, kind, found->id);
    check_called(base, kind, text, kind, found->id);
    check_called(base, NULL, same, kind, found->id);
}

/* Objects are found by what people call them, at both ends alike. */
static void
test_called(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) portal = connect_as(kab_pair_get_portal_address(test->pair), test->admin);
    g_autoptr(KabClient) base = connect_as(kab_pair_get_base_address(test->pair), test->base_admin);
    KabClient *const ends[] = {portal, base};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        check_called(ends[i], "product", "MLT-1", "product", TEST_HAMMER);
        check_called(ends[i], "stock", "mlt-1", "stock", TEST_HAMMER);
        check_called(ends[i], NULL, "Молоток слесарный", "product", TEST_HAMMER);
        check_called(ends[i], "group", "молотки", "group", TEST_HAMMERS);
        check_called(ends[i], NULL, "Молотки", "group", TEST_HAMMERS);
        check_refused(ends[i], "product", "Молотки", KAB_ERROR_NOT_FOUND,
                      "Product “Молотки”: nothing is called so here");
        check_refused(ends[i], NULL, "Кувалда", KAB_ERROR_NOT_FOUND,
                      "Nothing here has the number, article, name, INN or login “Кувалда”");
        check_refused(ends[i], "picture", "Кувалда", KAB_ERROR_INVALID,
                      "Picture: objects of this kind are found by their ID only");
        check_refused(ends[i], "order", "Кувалда", KAB_ERROR_NOT_FOUND,
                      "There is no order with the number Кувалда here");
    }
    check_alike(portal, base, "partner", "альфа", "Альфа");
    check_alike(portal, base, "user", "Alfa-Head", "alfa-head@partner.example");
}

/* Words of the name will do, if one object alone has them; else those that have them are told. */
static void
test_words(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) portal = connect_as(kab_pair_get_portal_address(test->pair), test->admin);
    g_autoptr(KabClient) base = connect_as(kab_pair_get_base_address(test->pair), test->base_admin);
    KabClient *const ends[] = {portal, base};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        check_called(ends[i], NULL, "слесарн мол", "product", TEST_HAMMER);
        check_called(ends[i], "price", "Слесарный", "price", TEST_HAMMER);
        check_called(ends[i], "group", "молот", "group", TEST_HAMMERS);
        check_refused(ends[i], NULL, "т о", KAB_ERROR_INVALID,
                      "Product “т о”: say which one is meant:\nLMP-4 · Лампа светодиодная\n"
                      "MLT-1 · Молоток слесарный\nRED-5 · Редкость\nTPR-2 · Топор туристический");
    }
    check_alike(portal, base, "partner", "льфа", "Альфа");
}

/* Of two that are called so the one that is still there is meant. */
static void
test_called_twice(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) base = connect_as(kab_pair_get_base_address(test->pair), test->base_admin);
    g_autoptr(GError) error = NULL;

    kab_db_script(test->base,
                  "UPDATE product SET article = 'MLT-1', code = '00-7' WHERE article = 'TPR-2'",
                  &error);
    g_assert_no_error(error);
    check_called(base, "product", "00-7", "product", TEST_AXE);
    check_refused(base, "product", "MLT-1", KAB_ERROR_INVALID,
                  "Product “MLT-1”: several are called so here, only the ID tells them apart");
    check_refused(base, NULL, "MLT-1", KAB_ERROR_INVALID,
                  "Product “MLT-1”: several are called so here, only the ID tells them apart");
    kab_db_script(test->base, "UPDATE product SET deleted = 1 WHERE code = '00-7'", &error);
    g_assert_no_error(error);
    check_called(base, "product", "MLT-1", "product", TEST_HAMMER);
    check_called(base, "product", "00-7", "product", TEST_AXE);
    /* An offer has an article of its own, and is one more of its product's otherwise. */
    kab_db_script(test->base, "UPDATE offer SET article = 'MLT-1-L' WHERE id = '" TEST_HAMMER "'",
                  &error);
    g_assert_no_error(error);
    check_called(base, "price", "mlt-1-l", "price", TEST_HAMMER);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/client-console/waiting", test_waiting);
    PAIR_TEST("/client-console/arrived", test_arrived);
    PAIR_TEST("/client-console/called", test_called);
    PAIR_TEST("/client-console/words", test_words);
    PAIR_TEST("/client-console/called-twice", test_called_twice);
    PAIR_TEST("/client-console/causes", test_causes);
    return g_test_run();
}
