/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-access.h"
#include "kab-base-orders.h"
#include "kab-document-store.h"
#include "kab-host.h"
#include "kab-order-store.h"
#include "kab-queue.h"
#include "kab-users.h"
#include "test-folder.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* The data of the versions before: exchange 2, portal 1, base 2. A released script is never
 * changed, so those of today make them. */

#define PARTNER "70000000-0000-4000-8000-000000000001"
#define PRODUCT "10000000-0000-4000-8000-00000000000"
#define USER "80000000-0000-4000-8000-000000000001"

/* Paid and shipped to a third; the portal has its invoice. */
#define HALF "90000000-0000-4000-8000-000000000001"
/* Placed, and in the portal's queue. */
#define NEW "90000000-0000-4000-8000-000000000002"
/* Offered; its invoice is in the base's queue. */
#define OFFERED "90000000-0000-4000-8000-000000000003"
/* Refused when it had been shipped, so it goes on. */
#define LATE "90000000-0000-4000-8000-000000000004"
/* Paid, shipped and closed. */
#define CLOSED "90000000-0000-4000-8000-000000000005"
/* Refused in time. */
#define REFUSED "90000000-0000-4000-8000-000000000006"
/* Refused, which the base has not heard: it is in the portal's queue. */
#define UNHEARD "90000000-0000-4000-8000-000000000007"

/* An order of two lines: one for 100.50, two for 333.33 each. */
#define ORDER(id, number, revision, decision, decided, status, client, paid, shipped)                  \
    "INSERT INTO orders VALUES ('" id "', '" PARTNER "', 'Альфа', 'Иван', " number                     \
    ", 3, " revision ", '" decision "', " decided ", NULL, '" status "', '" client                     \
    "', 'Закрыт', 'Мария',"                                                                 \
    " NULL, NULL, NULL, NULL, 1000, 2000, " paid ", " shipped ", 'RUB', 76716);"                       \
    "INSERT INTO order_line VALUES ('" id "', 0, '" PRODUCT "1', 'A', 'Молоток', 'шт', '22'," \
    " 1000, 1000, 10050, 10050);"                                                                      \
    "INSERT INTO order_line VALUES ('" id "', 1, '" PRODUCT "2', NULL, 'Топор', 'шт', NULL,"    \
    " 3000, 2000, 33333, 66666);"

/* What both ends have. */
static const char both[] =
    ORDER(HALF, "'0000-000001'", "2", "confirm", "2", "in-progress", "to-fulfil", "33", "33")
        ORDER(OFFERED, "'0000-000003'", "1", "none", "0", "awaiting-partner", "to-fulfil", "0", "0")
            ORDER(LATE, "'0000-000004'", "1", "refuse", "1", "in-progress", "to-fulfil", "0", "100")
                ORDER(CLOSED, "'0000-000005'", "1", "confirm", "1", "completed", "closed", "100",
                      "100") ORDER(REFUSED, "'0000-000006'", "1", "refuse", "1", "refused",
                                   "cancelled", "0", "0");

static const char portal_only[] =
    "INSERT INTO order_history (order_id, at, who, what) VALUES ('" HALF
    "', 1000, 'Иван', 'placed'),"
    " ('" HALF "', 2000, 'base', 'awaiting-manager'), ('" HALF
    "', 3000, 'Мария', 'changed');" ORDER(NEW, "NULL", "0", "none", "0", "new", "on-approval", "0",
                                          "0")
        ORDER(
            UNHEARD, "'0000-000007'", "1", "refuse", "1", "refused", "to-fulfil", "0",
            "0") "INSERT INTO partner (id, name) VALUES ('" PARTNER "', 'Альфа');"
                 "INSERT INTO idempotency VALUES ('" USER "', 'key', '" NEW "', 2000);"
                 "INSERT INTO invoice VALUES ('" HALF "', 2, CAST('%PDF-half' AS BLOB));"
                 "INSERT INTO invoice VALUES ('" CLOSED "', 1, CAST('%PDF-closed' AS BLOB));"
                 "INSERT INTO inbox VALUES ('invoice', '" HALF "', 17, 1000);"
                 "INSERT INTO price VALUES ('" PRODUCT "1', 't', 10050, 'RUB');"
                 "INSERT INTO stock VALUES ('" PRODUCT "1', 'w', 7000);"
                 "UPDATE exchange_version SET value = 21;"
                 "INSERT INTO queue (kind, rank, object_id, version, state, created_at, next_attempt_at)"
                 " VALUES ('order', 8, '" NEW "', 20, 'waiting', 1000, 1000),"
                 " ('order', 8, '" UNHEARD "', 21, 'waiting', 1000, 1000);";

static const char base_only[] = ORDER(
    UNHEARD, "'0000-000007'", "1", "none", "0", "awaiting-partner", "to-fulfil", "0",
    "0") "INSERT INTO partner (id, source_id, name) VALUES ('" PARTNER "', 'alfa', 'Альфа');"
         "INSERT INTO product (id, source_id, catalogue_id, name, kind) VALUES"
         " ('" PRODUCT "1', 'a', 'c', 'Молоток', 'Товар'), ('" PRODUCT
         "2', 'b', 'c', 'Топор', 'Товар');"
         "UPDATE product SET unit_code = '9999', vat = '17' WHERE id = '" PRODUCT "2';"
         "INSERT INTO price VALUES ('" PRODUCT "1', 't', 10050, 'RUB', 'шт');"
         "INSERT INTO stock VALUES ('" PRODUCT "1', 'w', 7000);"
         "INSERT INTO counter VALUES ('client-order', 7);"
         "INSERT INTO setting VALUES ('organisation.name', 'ООО «Склад»'),"
         " ('organisation.inn', '7707083893'), ('organisation.bic', '044525225'),"
         " ('organisation.bank-name', 'Банк'), ('organisation.account', '40702810938000000001'),"
         " ('organisation.corr-account', '30101810400000000225');"
         "UPDATE exchange_version SET value = 31;"
         "INSERT INTO queue (kind, rank, object_id, version, state, created_at, next_attempt_at)"
         " VALUES ('invoice', 10, '" OFFERED "', 30, 'waiting', 1000, 1000);"
         "INSERT INTO queue (kind, rank, object_id, version, state, created_at, next_attempt_at,"
         " waits_kind, waits_id)"
         " VALUES ('invoice', 10, '" LATE "', 31, 'waiting', 1000, 1000, 'invoice', '" OFFERED
         "');";

static void
run_script(KabDb *db, const char *component, int version)
{
    g_autofree char *path =
        g_strdup_printf("/org/kabinet/%s/migrations/%03d.sql", component, version);
    g_autofree char *note =
        g_strdup_printf("INSERT INTO schema_version (component, version) VALUES ('%s', %d)"
                        " ON CONFLICT (component) DO UPDATE SET version = excluded.version",
                        component, version);
    g_autoptr(GBytes) script = g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_nonnull(script);
    kab_db_script(db, g_bytes_get_data(script, NULL), &error);
    g_assert_no_error(error);
    g_assert_true(kab_db_script(db, note, NULL));
}

/* The data of one end as they were. */
static void
make_old(const char *folder, const char *name, int version, const char *own)
{
    g_autofree char *data = test_folder_path(folder, name);
    g_autofree char *file = g_strconcat(name, ".db", NULL);
    g_autofree char *path = test_folder_path(data, file);
    g_autoptr(KabDb) db = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(g_mkdir_with_parents(data, 0700), ==, 0);
    db = kab_db_open(path, &error);
    g_assert_no_error(error);
    kab_access_migrate(db, path, &error);
    g_assert_no_error(error);
    run_script(db, "exchange", 1);
    run_script(db, "exchange", 2);
    for (int i = 1; i <= version; i++)
        run_script(db, name, i);
    kab_db_script(db, both, &error);
    g_assert_no_error(error);
    kab_db_script(db, own, &error);
    g_assert_no_error(error);
}

/* The scripts are known when ends were opened once. */
static void
learn_scripts(void)
{
    char *folder = test_folder_new();

    for (int side = KAB_SIDE_PORTAL; side <= KAB_SIDE_BASE; side++)
        kab_end_close(kab_host_open_end((KabSide)side, folder, NULL));
    test_folder_remove(folder);
}

static void
set_up(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    KabUser user = {.id = kab_user_id_of(USER),
                    .partner_id = kab_partner_id_of(PARTNER),
                    .login = (char *)"ivan",
                    .name = (char *)"Иван",
                    .role = KAB_ROLE_HEAD,
                    .active = TRUE};

    memset(test, 0, sizeof *test);
    learn_scripts();
    test->folder = test_folder_new();
    make_old(test->folder, "portal", 1, portal_only);
    make_old(test->folder, "base", 2, base_only);
    test->pair = kab_pair_start(test->folder, &error);
    g_assert_no_error(error);
    test->portal = kab_end_take_db(kab_pair_get_portal(test->pair), &error);
    test->base = kab_end_take_db(kab_pair_get_base(test->pair), &error);
    g_assert_no_error(error);
    kab_users_put(test->portal, &user, &error);
    g_assert_no_error(error);
    test->a = test_pair_session(test->portal, "ivan");
}

static KabOrder *
load(KabDb *db, const char *id)
{
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_order_store_load(db, id, &error);

    g_assert_no_error(error);
    return order;
}

/* What was stored is what the lines give: the first change must find no difference. */
static void
assert_counted(const KabOrder *order)
{
    g_autoptr(KabOrder) counted = kab_order_copy(order);

    g_assert_true(kab_order_recount(counted, NULL));
    g_assert_cmpint(order->total.minor, ==, counted->total.minor);
    g_assert_cmpint(order->paid.minor, ==, counted->paid.minor);
    g_assert_cmpint(order->shipped.minor, ==, counted->shipped.minor);
}

static void
test_orders(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *id;
        KabDecisionResult result;
        gint64 paid;
        gint64 shipped;
    } rows[] = {
        /* A third of 1 and of 2 pieces: 0.330 and 0.660. */
        {HALF, KAB_DECISION_TAKEN, 3317 + 22000, 3317 + 22000},
        {OFFERED, KAB_DECISION_UNHEARD, 0, 0},
        {LATE, KAB_DECISION_SHIPPED, 0, 76716},
        {CLOSED, KAB_DECISION_TAKEN, 76716, 76716},
        {REFUSED, KAB_DECISION_TAKEN, 0, 0},
    };
    KabDb *const dbs[] = {test->portal, test->base};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        for (gsize k = 0; k < G_N_ELEMENTS(dbs); k++) {
            g_autoptr(KabOrder) order = load(dbs[k], rows[i].id);

            g_assert_cmpuint(order->lines->len, ==, 2);
            g_assert_cmpint(kab_order_get_line(order, 1)->ordered.milli, ==, 3000);
            g_assert_cmpint(kab_order_get_line(order, 1)->ordered_price.minor, ==, 33333);
            g_assert_cmpint(order->total.minor, ==, 76716);
            g_assert_cmpint(order->decision_result, ==, rows[i].result);
            g_assert_cmpint(order->decision_attempt, ==, order->decision != KAB_DECISION_NONE);
            g_assert_false(order->vat_on_top);
            g_assert_cmpint(order->paid.minor, ==, rows[i].paid);
            g_assert_cmpint(order->shipped.minor, ==, rows[i].shipped);
            assert_counted(order);
        }
    }
}

/* Who placed an order not long ago is still known, so that nobody approves an own one. */
static void
test_author(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabOrder) order = load(test->portal, NEW);

    g_assert_cmpstr(order->user_id.text, ==, USER);
    g_assert_cmpint(order->decision_result, ==, KAB_DECISION_UNHEARD);
}

#define SELECT_BOOKS                                                             \
    "SELECT sum(CASE kind WHEN 'shipment' THEN minor END) || ' ' ||"             \
    " coalesce(sum(CASE kind WHEN 'payment' THEN minor END), 0) FROM settlement" \
    " WHERE order_id = $1 AND partner_id = '" PARTNER "' AND at = 2000 AND currency = 'RUB'"

/* What was shipped and not paid is what the partner owes; the books say why, as of the day when the
 * orders were placed. */
static void
test_debt(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *id;
        gint64 shipped;
        gint64 paid;
    } rows[] = {{HALF, 3317 + 22000, 3317 + 22000}, {LATE, 76716, 0}, {CLOSED, 76716, 76716}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *expected = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                                                    rows[i].shipped, rows[i].paid);
        g_autofree char *found = NULL;

        g_assert_true(kab_db_get_text(test->base, SELECT_BOOKS, KAB_BIND(kab_text(rows[i].id)),
                                      &found, NULL));
        g_assert_cmpstr(found, ==, expected);
    }
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM settlement"), ==, 5);
    g_assert_cmpint(test_pair_count(test->base, "SELECT debt FROM partner"), ==,
                    76716 + 3317 + 22000 - 3317 - 22000);
    g_assert_cmpint(
        test_pair_count(test->base, "SELECT count(*) FROM partner WHERE currency = 'RUB'"), ==, 1);
}

static char *
download(TestPair *test, const char *id)
{
    g_autofree char *path = g_strdup_printf("/api/v1/documents/%s/file", id);
    g_autoptr(JsonNode) file = test_pair_portal(test, test->a, "GET", path, NULL, 200);

    return g_strdup(json_node_get_string(file));
}

static void
test_documents(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *half = download(test, HALF);
    g_autofree char *closed = download(test, CLOSED);
    g_autoptr(KabDocument) document = kab_document_store_find(test->portal, HALF, NULL);

    g_assert_cmpstr(half, ==, "%PDF-half");
    g_assert_cmpstr(closed, ==, "%PDF-closed");
    g_assert_cmpint(document->state, ==, KAB_DOCUMENT_READY);
    g_assert_cmpint(document->revision, ==, 2);
    g_assert_cmpint(document->size, ==, 9);
    g_assert_cmpstr(document->file_name, ==, "invoice-0000-000001.pdf");
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM document"), ==, 2);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM document"), ==, 5);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM document WHERE file_name ="
                                                " 'invoice-0000-000003.pdf' AND part = 1"),
                    ==, 1);
}

/* What was kept of an order's history is told still, and by whom it was done. */
static void
test_history(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) page =
        test_pair_portal(test, test->a, "GET", "/api/v1/orders/" HALF "/history", NULL, 200);

    g_assert_cmpuint(test_json_length(page, "items"), ==, 3);
    g_assert_cmpstr(test_json_text(page, "items/0/who"), ==, "Мария");
    g_assert_cmpstr(test_json_text(page, "items/2/what"), ==, "placed");
    g_assert_cmpint(
        test_pair_count(test->portal, "SELECT count(*) FROM order_history WHERE by_base = 1"), ==,
        2);
}

static void
test_queue(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabQueueEntry) offered = kab_queue_find(test->base, "document", OFFERED, NULL);
    g_autoptr(KabQueueEntry) late = kab_queue_find(test->base, "document", LATE, NULL);

    g_assert_cmpint(offered->version, ==, 30);
    g_assert_cmpstr(late->waits_kind, ==, "document");
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM queue"), ==, 3);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 2);
    g_assert_cmpint(
        test_pair_count(test->portal, "SELECT version FROM inbox WHERE kind = 'document'"), ==, 17);
}

/* And then the two go on with each other as if nothing had happened. */
static void
test_goes_on(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabOrder) order = NULL;
    g_autofree char *offered = NULL;
    g_autofree char *late = NULL;
    g_autofree char *half = NULL;

    test_pair_exchange(test);
    order = load(test->base, NEW);
    g_assert_cmpstr(order->number, ==, "0000-000008");
    g_assert_cmpint(test_pair_count(test->portal, "SELECT debt FROM partner"), ==, 76716);
    g_assert_cmpstr(order->user_id.text, ==, USER);
    test_pair_assert_status(test, test->a, NEW, "awaiting-manager");
    test_pair_assert_status(test, test->a, UNHEARD, "refused");
    kab_order_free(order);
    order = load(test->portal, UNHEARD);
    g_assert_cmpint(order->decision_result, ==, KAB_DECISION_TAKEN);
    offered = download(test, OFFERED);
    g_assert_true(g_str_has_prefix(offered, "%PDF-1"));
    late = download(test, LATE);
    g_assert_true(g_str_has_prefix(late, "%PDF-1"));
    /* The rest is paid, and the debt is gone. */
    for (int i = 0; i < 2; i++) {
        g_autoptr(KabOrder) wanted = load(test->base, i == 0 ? HALF : LATE);
        g_autoptr(KabOrder) paid = NULL;

        g_assert_true(kab_order_set_percents(wanted, 100, 100, NULL));
        paid = kab_base_orders_set(test->base, wanted, "Мария", NULL);
        g_assert_nonnull(paid);
    }
    g_assert_cmpint(test_pair_count(test->base, "SELECT debt FROM partner"), ==, 0);
    test_pair_exchange(test);
    test_pair_set_quantity(test, OFFERED, 1, 3);
    test_pair_exchange(test);
    half = download(test, OFFERED);
    g_assert_cmpstr(half, !=, offered);
}

/* The copies that were made hold the data as they were. */
static void
test_copies(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *path;
        const char *sql;
    } rows[] = {
        {"portal/portal.db.before-exchange-3", "SELECT shipped_percent FROM orders"
                                               " WHERE number = '0000-000001'"},
        {"portal/portal.db.before-portal-2", "SELECT 33 FROM invoice WHERE revision = 2"},
        {"base/base.db.before-exchange-3", "SELECT paid_percent FROM orders"
                                           " WHERE number = '0000-000001'"},
        {"base/base.db.before-base-3", "SELECT 33 FROM counter WHERE value = 7"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = test_folder_path(test->folder, rows[i].path);
        g_autoptr(GError) error = NULL;
        g_autoptr(KabDb) copy = NULL;

        g_assert_true(g_file_test(path, G_FILE_TEST_EXISTS));
        copy = kab_db_open(path, &error);
        g_assert_no_error(error);
        g_assert_cmpint(test_pair_count(copy, rows[i].sql), ==, 33);
    }
}

/* Prices are for any quantity, and nobody knows how old the stock is. */
static void
test_goods(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    KabDb *const ends[] = {test->portal, test->base};

    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        g_assert_cmpint(test_pair_count(ends[i], "SELECT minor FROM price WHERE min_quantity = 0"),
                        ==, 10050);
        g_assert_cmpint(test_pair_count(ends[i], "SELECT quantity + as_of FROM stock"), ==, 7000);
    }
    /* What was not known is listed. */
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM product WHERE"
                                                " unit_word = '9999' AND vat_word = '17'"),
                    ==, 1);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM product WHERE"
                                                " unit_word IS NULL AND vat_word IS NULL"),
                    ==, 1);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM product WHERE step IS NULL"),
                    ==, 2);
}

#define ADD(path, function) g_test_add(path, TestPair, NULL, set_up, function, test_pair_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/upgrade/orders", test_orders);
    ADD("/upgrade/author", test_author);
    ADD("/upgrade/debt", test_debt);
    ADD("/upgrade/documents", test_documents);
    ADD("/upgrade/history", test_history);
    ADD("/upgrade/queue", test_queue);
    ADD("/upgrade/goods", test_goods);
    ADD("/upgrade/goes-on", test_goes_on);
    ADD("/upgrade/copies", test_copies);
    return g_test_run();
}
