/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document-fixture.h"
#include "kab-base-documents.h"
#include "kab-error.h"
#include "kab-portal-documents.h"
#include "kab-wire-document.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

static void
test_invoice(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_place(test);
    g_autofree char *nothing = NULL;
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;
    g_autoptr(JsonNode) asked = NULL;

    json_node_unref(documents_ask(test, test->a2, "invoice", id, 409));
    documents_assert_state(test, id, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_NOT_ISSUED, NULL);
    nothing = documents_download(test, test->a2, id);
    g_assert_null(nothing);
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    /* It is there without being asked for, and stays: the base need not be there any more. */
    documents_assert_state(test, id, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_READY, NULL);
    first = documents_download(test, test->viewer, id);
    g_assert_true(g_str_has_prefix(first, "%PDF-"));
    documents_set(test, "organisation.name", "");
    second = documents_download(test, test->a, id);
    g_assert_cmpstr(first, ==, second);
    asked = documents_ask(test, test->a2, "invoice", id, 200);
    g_assert_cmpstr(test_json_text(asked, "state"), ==, "ready");
    test_pair_assert_queues_empty(test);
}

/* An invoice of another revision is none. When the base cannot issue one, it says why, and when it
 * can again, whoever asks gets it. */
static void
test_invoice_of_a_changed_order(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);
    g_autofree char *old = documents_download(test, test->a, id);
    g_autofree char *none = NULL;
    g_autofree char *new = NULL;

    g_assert_nonnull(old);
    documents_set(test, "organisation.name", "");
    test_pair_set_quantity(test, id, 1, 1);
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_FAILED,
                           "organisation.name");
    none = documents_download(test, test->a, id);
    g_assert_null(none);

    for (int i = 0; i < 2; i++) {
        g_autoptr(JsonNode) asked = documents_ask(test, test->a2, "invoice", id, 200);

        g_assert_cmpstr(test_json_text(asked, "state"), ==, "preparing");
        g_assert_cmpstr(test_json_text(asked, "asked_by"), ==, "alfa-buyer");
    }
    documents_assert_state(test, id, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_PREPARING, NULL);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 1);
    documents_set(test, "organisation.name", "ООО «Склад»");
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_READY, NULL);
    new = documents_download(test, test->a, id);
    g_assert_cmpstr(new, !=, old);

    test_pair_set_status(test, id, KAB_CLIENT_ON_APPROVAL);
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_NOT_ISSUED, NULL);
    g_free(none);
    none = documents_download(test, test->a, id);
    g_assert_null(none);
}

/* The organisation moved to another bank: the invoice is issued again, for the same revision. */
static void
test_invoice_again(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);
    g_autofree char *old = documents_download(test, test->a, id);
    g_autofree char *new = NULL;
    g_autoptr(KabOrder) order = test_pair_client_order(test, id);
    g_autoptr(KabDocument) issued = NULL;
    g_autoptr(KabDocument) failed = NULL;
    g_autoptr(GError) error = NULL;

    documents_set(test, "organisation.bank-name", "Другой банк");
    issued = kab_base_documents_issue_again(test->base, order, &error);
    g_assert_no_error(error);
    g_assert_cmpint(issued->state, ==, KAB_DOCUMENT_READY);
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_READY, NULL);
    new = documents_download(test, test->a, id);
    g_assert_cmpstr(new, !=, old);

    documents_set(test, "organisation.account", "");
    failed = kab_base_documents_issue_again(test->base, order, &error);
    g_assert_no_error(error);
    g_assert_cmpint(failed->state, ==, KAB_DOCUMENT_FAILED);
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_FAILED,
                           "organisation.account");

    order->client_status = KAB_CLIENT_ON_APPROVAL;
    g_assert_null(kab_base_documents_issue_again(test->base, order, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
}

/* The portal has the new order and not yet its invoice: it does not show the one before. */
static void
test_old_invoice_is_not_shown(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);
    g_autofree char *none = NULL;

    test_pair_set_quantity(test, id, 1, 1);
    g_assert_true(kab_db_script(test->base, "DELETE FROM queue WHERE kind = 'document'", NULL));
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_NOT_ISSUED, NULL);
    none = documents_download(test, test->a, id);
    g_assert_null(none);
}

static void
test_files_that_are_none(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);
    g_autofree char *filling = g_strnfill(KAB_DOCUMENT_MAX_BYTES, ' ');
    g_autofree char *huge = g_strconcat("%PDF-", filling, NULL);
    const struct {
        KabDocumentKind kind;
        const char *name;
        const char *text;
        KabError code;
    } rows[] = {
        {KAB_DOCUMENT_WAYBILL, "a.pdf", DOCUMENTS_PDF,
         KAB_ERROR_STATE}, /* nothing is shipped yet */
        {KAB_DOCUMENT_INVOICE, "a.pdf", DOCUMENTS_PDF, KAB_ERROR_INVALID},
        {KAB_DOCUMENT_RECONCILIATION, "a.pdf", DOCUMENTS_PDF, KAB_ERROR_INVALID},
        {KAB_DOCUMENT_WAYBILL, "a.exe", "MZ", KAB_ERROR_INVALID},
        {KAB_DOCUMENT_WAYBILL, "pdf", DOCUMENTS_PDF, KAB_ERROR_INVALID},
        {KAB_DOCUMENT_WAYBILL, "a.pdf", DOCUMENTS_XML, KAB_ERROR_INVALID},
        {KAB_DOCUMENT_WAYBILL, "a.xml", DOCUMENTS_PDF, KAB_ERROR_INVALID},
        {KAB_DOCUMENT_WAYBILL, "a.pdf", "", KAB_ERROR_INVALID},
        {KAB_DOCUMENT_WAYBILL, "a.pdf", huge, KAB_ERROR_RANGE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;

        if (i == 1)
            documents_ship(test, id, 0);
        g_assert_null(
            documents_attach(test, id, rows[i].kind, 0, rows[i].name, rows[i].text, &error));
        g_assert_error(error, KAB_ERROR, (int)rows[i].code);
    }
    test_pair_assert_queues_empty(test);
}

#define ACTS "{'kind': 'reconciliation', 'from': '%s', 'to': '%s'}"

static JsonNode *
ask_act(TestPair *test, const char *token, const char *from, const char *to, guint expected)
{
    g_autofree char *body = g_strdup_printf(ACTS, from, to);

    return test_pair_portal(test, token, "POST", "/api/v1/documents", body, expected);
}

static void
test_act(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);
    g_autofree char *first = NULL;
    g_autofree char *act_id = NULL;

    json_node_unref(ask_act(test, test->a2, "2026-12-31", "2026-01-01", 400));
    json_node_unref(ask_act(test, test->a2, "2010-01-01", "2026-01-01", 400));
    json_node_unref(ask_act(test, test->a2, "", "", 400));
    json_node_unref(ask_act(test, test->viewer, "2026-01-01", "2036-12-31", 403));
    for (int i = 0; i < 2; i++) {
        g_autoptr(JsonNode) asked = ask_act(test, test->a2, "2026-01-01", "2036-12-31", 200);
        g_autoptr(JsonNode) acts = NULL;
        g_autofree char *file = NULL;

        g_assert_cmpstr(test_json_text(asked, "state"), ==, "preparing");
        g_free(act_id);
        act_id = g_strdup(test_json_text(asked, "id"));
        test_pair_exchange(test);
        acts = test_pair_portal(test, test->viewer, "GET", "/api/v1/documents", NULL, 200);
        g_assert_cmpuint(test_json_length(acts, "items"), ==, 1);
        g_assert_cmpstr(test_json_text(acts, "items/0/state"), ==, "ready");
        file = documents_download(test, test->a, act_id);
        g_assert_true(g_str_has_prefix(file, "%PDF-"));
        /* What was shipped since stands in the act that is asked for anew. */
        if (i == 0)
            first = g_steal_pointer(&file);
        else
            g_assert_cmpstr(file, !=, first);
        documents_ship(test, id, 0);
    }
    {
        g_autoptr(JsonNode) theirs =
            test_pair_portal(test, test->b, "GET", "/api/v1/documents", NULL, 200);
        g_autofree char *none = documents_download(test, test->b, act_id);

        g_assert_cmpuint(test_json_length(theirs, "items"), ==, 0);
        g_assert_null(none);
    }
}

#define FREEZE "DROP TABLE IF EXISTS frozen; CREATE TABLE frozen AS SELECT * FROM queue"
#define THAW "DELETE FROM queue; INSERT INTO queue SELECT * FROM frozen"

/* The answer to the request was lost: it comes again, and is answered again. */
static void
test_request_comes_twice(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);

    documents_ship(test, id, 0);
    json_node_unref(documents_ask(test, test->a2, "upd", id, 200));
    g_assert_true(kab_db_script(test->portal, FREEZE, NULL));
    test_pair_exchange(test);
    g_assert_true(kab_db_script(test->portal, THAW, NULL));
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM document WHERE kind = 'upd'"),
                    ==, 1);
    documents_assert_state(test, id, KAB_DOCUMENT_UPD, KAB_DOCUMENT_PREPARING, NULL);
    kab_document_free(
        documents_attach(test, id, KAB_DOCUMENT_UPD, 0, "upd.pdf", DOCUMENTS_PDF, NULL));
    test_pair_exchange(test);
    g_assert_true(kab_db_script(test->portal, THAW, NULL));
    test_pair_run(kab_pair_get_portal(test->pair));
    g_assert_cmpint(
        test_pair_count(test->base, "SELECT count(*) FROM queue WHERE kind = 'document'"), ==, 1);
    test_pair_exchange(test);
    documents_assert_state(test, id, KAB_DOCUMENT_UPD, KAB_DOCUMENT_READY, NULL);
}

static char *
get_id(KabDb *db, const char *sql)
{
    char *id = NULL;

    g_assert_true(kab_db_get_text(db, sql, KAB_BIND_NONE, &id, NULL));
    g_assert_nonnull(id);
    return id;
}

/* A base that has something mixed up gives nobody another partner's paper. */
static void
test_mixed_up_base(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);
    g_autofree char *beta = get_id(test->base, "SELECT id FROM partner WHERE name = 'Бета'");
    const char *const changes[][2] = {{"partner_id", beta},       {"order_id", TEST_NOWHERE},
                                      {"kind", "waybill"},        {"state", "not-issued"},
                                      {"kind", "reconciliation"}, {"file", "bm90IGEgcGRm"},
                                      {"state", "nonsense"},      {"media_type", "text/html"}};

    for (gsize i = 0; i <= G_N_ELEMENTS(changes); i++) {
        g_autoptr(KabTransaction) part = kab_db_begin(test->portal, NULL);
        KabMessage message = {.kind = (char *)"document", .id = id, .version = 1};
        g_autoptr(JsonObject) body = NULL;
        g_autoptr(GError) error = NULL;
        gboolean done;

        g_assert_true(kab_base_build_document(NULL, test->base, id, &body, NULL));
        if (i > 0)
            json_object_set_string_member(body, changes[i - 1][0], changes[i - 1][1]);
        message.body = body;
        done = kab_portal_apply_document(NULL, test->portal, &message, &error);
        g_test_message("%s: %s", i > 0 ? changes[i - 1][1] : "as it is",
                       error != NULL ? error->message : "taken");
        g_assert_cmpint(done, ==, i == 0);
        g_assert_true(done || error->domain == KAB_ERROR);
    }
}

/* Nor does the base believe a portal that asks for what is not its partner's. */
static void
test_mixed_up_portal(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = documents_offer(test);
    g_autofree char *beta = get_id(test->base, "SELECT id FROM partner WHERE name = 'Бета'");
    const char *const changes[][2] = {{"partner_id", beta},
                                      {"partner_id", TEST_NOWHERE},
                                      {"order_id", TEST_NOWHERE},
                                      {"kind", "upd"},
                                      {"kind", "nonsense"}};
    gint64 before = test_pair_count(test->base, "SELECT count(*) FROM document");

    g_assert_true(kab_db_script(test->portal, "DELETE FROM document", NULL));
    json_node_unref(documents_ask(test, test->a2, "invoice", id, 200));
    for (gsize i = 0; i <= G_N_ELEMENTS(changes); i++) {
        g_autoptr(KabTransaction) part = kab_db_begin(test->base, NULL);
        KabMessage message = {.kind = (char *)"document-request", .id = id, .version = 1};
        g_autoptr(JsonObject) body = NULL;
        g_autoptr(GError) error = NULL;
        gboolean done;

        g_assert_true(kab_portal_build_document_request(NULL, test->portal, id, &body, NULL));
        if (i > 0)
            json_object_set_string_member(body, changes[i - 1][0], changes[i - 1][1]);
        message.body = body;
        done = kab_base_apply_document_request(NULL, test->base, &message, &error);
        g_assert_cmpint(done, ==, i == 0);
        g_assert_true(done || error->domain == KAB_ERROR);
    }
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM document"), ==, before);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/documents/invoice", test_invoice);
    PAIR_TEST("/documents/changed-order", test_invoice_of_a_changed_order);
    PAIR_TEST("/documents/invoice-again", test_invoice_again);
    PAIR_TEST("/documents/old-invoice", test_old_invoice_is_not_shown);
    PAIR_TEST("/documents/no-files", test_files_that_are_none);
    PAIR_TEST("/documents/act", test_act);
    PAIR_TEST("/documents/request-twice", test_request_comes_twice);
    PAIR_TEST("/documents/mixed-up-base", test_mixed_up_base);
    PAIR_TEST("/documents/mixed-up-portal", test_mixed_up_portal);
    return g_test_run();
}
