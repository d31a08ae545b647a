/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-fixture.h"
#include "kab-base-documents.h"
#include "kab-error.h"
#include "test-json.h"

/* Papers that go with goods: one for each shipment of the order. */

static void
attach(TestPair *test, const char *id, int part, const char *text)
{
    g_autoptr(GError) error = NULL;

    kab_document_free(
        documents_attach(test, id, KAB_DOCUMENT_WAYBILL, part, "waybill.pdf", text, &error));
    g_assert_no_error(error);
}

/* The file of this part, as the portal gives it. */
static void
assert_file(TestPair *test, const char *id, guint part, const char *name, const char *text)
{
    g_autoptr(GPtrArray) documents = documents_list(test, id, KAB_DOCUMENT_WAYBILL);
    const KabDocument *document = g_ptr_array_index(documents, part - 1);
    g_autofree char *file = documents_download(test, test->viewer, document->id.text);

    g_assert_cmpstr(document->file_name, ==, name);
    g_assert_cmpstr(file, ==, text);
}

/* As many as @n, the same at both ends. */
static void
assert_count(TestPair *test, gint64 n)
{
    KabDb *const ends[] = {test->portal, test->base};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++)
        g_assert_cmpint(
            test_pair_count(ends[i], "SELECT count(*) FROM document WHERE kind = 'waybill'"), ==,
            n);
}

static void
test_waybill(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);
    g_autoptr(KabDocument) waiting = NULL;
    g_autoptr(KabDocument) declined = NULL;
    g_autoptr(KabDocument) attached = NULL;
    g_autofree char *file = NULL;
    g_autoptr(GError) error = NULL;

    json_node_unref(documents_ask(test, test->a2, "waybill", id, 409));
    documents_ship(test, id, 0);
    json_node_unref(documents_ask(test, test->a2, "waybill", id, 200));
    test_pair_exchange(test);
    waiting = documents_find(test, id, KAB_DOCUMENT_WAYBILL);
    g_assert_cmpint(waiting->state, ==, KAB_DOCUMENT_PREPARING);
    g_assert_cmpint(
        test_pair_count(test->base, "SELECT count(*) FROM document WHERE state = 'preparing'"), ==,
        1);

    declined = kab_base_documents_decline(test->base, waiting->id.text, "Ещё не подписана", &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_WAYBILL, KAB_DOCUMENT_FAILED, "Ещё не подписана");

    json_node_unref(documents_ask(test, test->a2, "waybill", id, 200));
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_WAYBILL, KAB_DOCUMENT_PREPARING, NULL);
    attached =
        documents_attach(test, id, KAB_DOCUMENT_WAYBILL, 0, "Накладная.PDF", DOCUMENTS_PDF, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_WAYBILL, KAB_DOCUMENT_READY, NULL);
    file = documents_download(test, test->viewer, waiting->id.text);
    g_assert_cmpstr(file, ==, DOCUMENTS_PDF);
    g_assert_null(kab_base_documents_decline(test->base, waiting->id.text, "Поздно", &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
    test_pair_assert_queues_empty(test);
}

/* Nobody asked for it, and it comes; a better one takes its place. */
static void
test_comes_by_itself(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);

    documents_ship(test, id, 0);
    documents_assert_states(test, id, KAB_DOCUMENT_WAYBILL, "N");
    attach(test, id, 0, "%PDF-first");
    test_pair_exchange(test);
    assert_file(test, id, 1, "waybill-0000-000001.pdf", "%PDF-first");
    attach(test, id, 1, "%PDF-better");
    test_pair_exchange(test);
    assert_file(test, id, 1, "waybill-0000-000001.pdf", "%PDF-better");
    /* There may be another one to ask for. */
    documents_assert_states(test, id, KAB_DOCUMENT_WAYBILL, "RN");
    assert_count(test, 1);
}

/* The second shipment's paper stands beside the first one's, whether somebody asks for it or not.
 */
static void
test_second_shipment(TestPair *test, gconstpointer data)
{
    gboolean asked = GPOINTER_TO_INT(data);
    g_autofree char *id = documents_offer(test);

    documents_ship(test, id, 0);
    attach(test, id, 0, "%PDF-first");
    test_pair_exchange(test);
    documents_ship(test, id, 1);
    for (int i = 0; asked && i < 2; i++) {
        g_autoptr(JsonNode) second = documents_ask(test, test->a2, "waybill", id, 200);

        g_assert_cmpint(test_json_int(second, "part"), ==, 2);
        g_assert_cmpstr(test_json_text(second, "state"), ==, "preparing");
    }
    test_pair_exchange(test);
    documents_assert_states(test, id, KAB_DOCUMENT_WAYBILL, asked ? "RP" : "RN");
    assert_file(test, id, 1, "waybill-0000-000001.pdf", "%PDF-first");
    attach(test, id, 0, "%PDF-second");
    test_pair_exchange(test);
    documents_assert_states(test, id, KAB_DOCUMENT_WAYBILL, "RRN");
    assert_file(test, id, 1, "waybill-0000-000001.pdf", "%PDF-first");
    assert_file(test, id, 2, "waybill-0000-000001-2.pdf", "%PDF-second");
    assert_count(test, 2);
    test_pair_assert_queues_empty(test);
}

static void
test_asked(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    test_second_shipment(test, GINT_TO_POINTER(TRUE));
}

static void
test_unasked(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    test_second_shipment(test, GINT_TO_POINTER(FALSE));
}

/* Somebody asks while the paper is on its way: it is the one that is asked for. */
static void
test_crossed(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);

    documents_ship(test, id, 0);
    attach(test, id, 0, "%PDF-first");
    json_node_unref(documents_ask(test, test->a2, "waybill", id, 200));
    test_pair_exchange(test);
    documents_assert_states(test, id, KAB_DOCUMENT_WAYBILL, "RN");
    assert_file(test, id, 1, "waybill-0000-000001.pdf", "%PDF-first");
    assert_count(test, 1);
    test_pair_assert_queues_empty(test);
}

/* What was declined may be asked for again, and what comes unasked then is that one. */
static void
test_declined(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);
    g_autoptr(GPtrArray) documents = NULL;

    documents_ship(test, id, 0);
    attach(test, id, 0, "%PDF-first");
    test_pair_exchange(test);
    json_node_unref(documents_ask(test, test->a2, "waybill", id, 200));
    test_pair_exchange(test);
    documents = documents_list(test, id, KAB_DOCUMENT_WAYBILL);
    kab_document_free(kab_base_documents_decline(
        test->base, ((KabDocument *)g_ptr_array_index(documents, 1))->id.text, "Нечего", NULL));
    test_pair_exchange(test);
    documents_assert_states(test, id, KAB_DOCUMENT_WAYBILL, "RF");
    attach(test, id, 0, "%PDF-second");
    test_pair_exchange(test);
    documents_assert_states(test, id, KAB_DOCUMENT_WAYBILL, "RRN");
    assert_count(test, 2);
}

static void
test_too_many(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const int parts[] = {-1, KAB_DOCUMENT_MAX_PARTS + 1};
    g_autofree char *id = documents_offer(test);

    documents_ship(test, id, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(documents_attach(test, id, KAB_DOCUMENT_WAYBILL, parts[i], "waybill.pdf",
                                       DOCUMENTS_PDF, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
    assert_count(test, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/document-parts/waybill", test_waybill);
    PAIR_TEST("/document-parts/by-itself", test_comes_by_itself);
    PAIR_TEST("/document-parts/asked", test_asked);
    PAIR_TEST("/document-parts/unasked", test_unasked);
    PAIR_TEST("/document-parts/crossed", test_crossed);
    PAIR_TEST("/document-parts/declined", test_declined);
    PAIR_TEST("/document-parts/too-many", test_too_many);
    return g_test_run();
}
