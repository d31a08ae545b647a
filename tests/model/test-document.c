/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-document.h"
#include "kab-error.h"

#include <string.h>

#define ORDER "90000000-0000-4000-8000-000000000001"
#define PARTNER "70000000-0000-4000-8000-000000000001"

static KabDocument
make(KabDocumentKind kind, const char *order_id, const char *from, const char *to)
{
    return (KabDocument){.kind = kind,
                         .partner_id = kab_partner_id_of(PARTNER),
                         .order_id = kab_order_id_of(order_id),
                         .from = kab_date_of(from),
                         .to = kab_date_of(to)};
}

/* Both ends call it alike, and no two alike. */
static void
test_ids(void)
{
    const KabDocument documents[] = {
        make(KAB_DOCUMENT_INVOICE, ORDER, NULL, NULL),
        make(KAB_DOCUMENT_WAYBILL, ORDER, NULL, NULL),
        make(KAB_DOCUMENT_UPD, ORDER, NULL, NULL),
        make(KAB_DOCUMENT_RECONCILIATION, NULL, "2026-01-01", "2026-02-01"),
        make(KAB_DOCUMENT_RECONCILIATION, NULL, "2026-01-01", "2026-02-02"),
    };

    for (gsize i = 0; i < G_N_ELEMENTS(documents); i++) {
        KabDocumentId id = kab_document_find_id(&documents[i]);
        KabDocumentId parsed;

        g_assert_true(kab_document_id_parse(id.text, &parsed, NULL));
        for (gsize k = 0; k < G_N_ELEMENTS(documents); k++)
            g_assert_cmpint(strcmp(id.text, kab_document_find_id(&documents[k]).text) == 0, ==,
                            i == k);
    }
    g_assert_cmpstr(kab_document_find_id(&documents[0]).text, ==, ORDER);
}

static void
test_check(void)
{
    static const struct {
        KabDocumentKind kind;
        const char *order_id;
        const char *from;
        const char *to;
        gboolean right;
    } rows[] = {
        {KAB_DOCUMENT_INVOICE, ORDER, NULL, NULL, TRUE},
        {KAB_DOCUMENT_INVOICE, NULL, NULL, NULL, FALSE},
        {KAB_DOCUMENT_UPD, NULL, "2026-01-01", "2026-02-01", FALSE},
        {KAB_DOCUMENT_RECONCILIATION, NULL, "2026-01-01", "2026-01-01", TRUE},
        {KAB_DOCUMENT_RECONCILIATION, NULL, "2016-01-01", "2026-12-31", TRUE},
        {KAB_DOCUMENT_RECONCILIATION, NULL, "2015-12-31", "2026-12-31", FALSE},
        {KAB_DOCUMENT_RECONCILIATION, NULL, "2026-01-02", "2026-01-01", FALSE},
        {KAB_DOCUMENT_RECONCILIATION, NULL, NULL, "2026-01-01", FALSE},
        {KAB_DOCUMENT_RECONCILIATION, NULL, "2026-01-01", NULL, FALSE},
        {KAB_DOCUMENT_RECONCILIATION, ORDER, NULL, NULL, FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const KabDocument document = make(rows[i].kind, rows[i].order_id, rows[i].from, rows[i].to);

        g_assert_cmpint(kab_document_check(&document, NULL), ==, rows[i].right);
    }
}

/* An invoice when the order is to be fulfilled, papers on shipping when goods left. */
static void
test_of_order(void)
{
    for (int status = 0; status < KAB_CLIENT_N_STATUSES; status++) {
        for (int shipped = 0; shipped <= 1; shipped++) {
            g_autoptr(KabOrder) order = kab_order_new();
            gboolean invoice = status == KAB_CLIENT_TO_FULFIL || status == KAB_CLIENT_CLOSED;

            kab_order_add_line(order)->shipped.milli = shipped;
            order->client_status = (KabClientStatus)status;
            g_assert_cmpint(kab_document_check_order(KAB_DOCUMENT_INVOICE, order, NULL), ==,
                            invoice);
            g_assert_cmpint(kab_document_check_order(KAB_DOCUMENT_WAYBILL, order, NULL), ==,
                            shipped);
            g_assert_cmpint(kab_document_check_order(KAB_DOCUMENT_UPD, order, NULL), ==, shipped);
        }
    }
}

/* Papers of shipments have parts: the first is called as if there were none. */
static void
test_parts(void)
{
    static const struct {
        KabDocumentKind kind;
        int part;
        gboolean right;
    } rows[] = {
        {KAB_DOCUMENT_INVOICE, 0, TRUE},   {KAB_DOCUMENT_INVOICE, 1, TRUE},
        {KAB_DOCUMENT_INVOICE, 2, FALSE},  {KAB_DOCUMENT_WAYBILL, 0, TRUE},
        {KAB_DOCUMENT_WAYBILL, 2, TRUE},   {KAB_DOCUMENT_UPD, KAB_DOCUMENT_MAX_PARTS, TRUE},
        {KAB_DOCUMENT_WAYBILL, -1, FALSE}, {KAB_DOCUMENT_UPD, KAB_DOCUMENT_MAX_PARTS + 1, FALSE},
    };
    KabDocument first = make(KAB_DOCUMENT_WAYBILL, ORDER, NULL, NULL);
    KabDocument second = first;
    KabDocument other = make(KAB_DOCUMENT_UPD, ORDER, NULL, NULL);
    g_autofree char *title = NULL;
    g_autofree char *name = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        KabDocument document = make(rows[i].kind, ORDER, NULL, NULL);

        document.part = rows[i].part;
        g_assert_cmpint(kab_document_check(&document, NULL), ==, rows[i].right);
    }
    first.part = 1;
    g_assert_cmpstr(kab_document_find_id(&first).text, ==, kab_document_find_id(&second).text);
    second.part = other.part = 2;
    g_assert_cmpstr(kab_document_find_id(&second).text, !=, kab_document_find_id(&first).text);
    g_assert_cmpstr(kab_document_find_id(&second).text, !=, kab_document_find_id(&other).text);
    title = kab_document_make_title(&second);
    g_assert_cmpstr(title, ==, "Waybill 2");
    name = kab_document_make_file_name(&second);
    g_assert_cmpstr(name, ==, "waybill-" ORDER "-2.pdf");
}

/* What is asked for is the one that is not there yet, or the next. */
static void
test_next_part(void)
{
    KabDocument papers[] = {make(KAB_DOCUMENT_WAYBILL, ORDER, NULL, NULL),
                            make(KAB_DOCUMENT_UPD, ORDER, NULL, NULL),
                            make(KAB_DOCUMENT_WAYBILL, ORDER, NULL, NULL)};
    g_autoptr(GPtrArray) documents = g_ptr_array_new();

    g_assert_null(kab_document_find_part(documents, KAB_DOCUMENT_WAYBILL));
    g_assert_cmpint(kab_document_next_part(documents, KAB_DOCUMENT_WAYBILL), ==, 1);
    for (gsize i = 0; i < G_N_ELEMENTS(papers); i++) {
        papers[i].part = i == 2 ? 2 : 1;
        papers[i].state = KAB_DOCUMENT_READY;
        g_ptr_array_add(documents, &papers[i]);
    }
    g_assert_null(kab_document_find_part(documents, KAB_DOCUMENT_WAYBILL));
    g_assert_cmpint(kab_document_next_part(documents, KAB_DOCUMENT_WAYBILL), ==, 3);
    g_assert_cmpint(kab_document_next_part(documents, KAB_DOCUMENT_UPD), ==, 2);
    papers[2].state = KAB_DOCUMENT_FAILED;
    g_assert_true(kab_document_find_part(documents, KAB_DOCUMENT_WAYBILL) == &papers[2]);
    g_assert_null(kab_document_find_part(documents, KAB_DOCUMENT_UPD));
    for (int kind = 0; kind < KAB_N_DOCUMENT_KINDS; kind++)
        g_assert_cmpint(kab_document_kind_has_parts((KabDocumentKind)kind), ==,
                        kind == KAB_DOCUMENT_WAYBILL || kind == KAB_DOCUMENT_UPD);
}

static void
test_file_names(void)
{
    KabDocument act = make(KAB_DOCUMENT_RECONCILIATION, NULL, "2026-01-01", "2026-02-01");
    KabDocument upd = make(KAB_DOCUMENT_UPD, ORDER, NULL, NULL);
    g_autofree char *act_name = kab_document_make_file_name(&act);
    g_autofree char *nameless = kab_document_make_file_name(&upd);
    g_autofree char *named = NULL;

    g_assert_cmpstr(act_name, ==, "reconciliation-2026-01-01-2026-02-01.pdf");
    g_assert_cmpstr(nameless, ==, "upd-" ORDER ".pdf");
    upd.order_number = (char *)"../НФ 7\"\r\n";
    upd.media_type = (char *)"application/xml";
    named = kab_document_make_file_name(&upd);
    g_assert_true(g_str_has_prefix(named, "upd-.._"));
    g_assert_true(g_str_has_suffix(named, ".xml"));
    g_assert_null(strpbrk(named, "/\"\r\n \\"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/document/ids", test_ids);
    g_test_add_func("/document/check", test_check);
    g_test_add_func("/document/of-order", test_of_order);
    g_test_add_func("/document/parts", test_parts);
    g_test_add_func("/document/next-part", test_next_part);
    g_test_add_func("/document/file-names", test_file_names);
    return g_test_run();
}
