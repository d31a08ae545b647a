/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk-compare.h"

#include "kab-order-store.h"
#include "test-folder.h"
#include "test-pair.h"

#include <string.h>

#define REVISION 2
#define TOTAL 43383
#define SHIPPED 10050
#define PAID 5000

#define CHECK "SELECT integrity_check FROM pragma_integrity_check LIMIT 1"
#define COUNT_STRAY "SELECT count(*) FROM pragma_foreign_key_check"
#define COUNT_QUEUE "SELECT count(*) FROM queue"
#define COUNT_ORDERS "SELECT count(*) FROM orders"
#define SELECT_HISTORY "SELECT group_concat(what) FROM (SELECT what FROM order_history ORDER BY id)"
#define HISTORY "placed,approved,to-fulfil,confirm,to-fulfil"
#define COUNT_COMMENTS "SELECT count(*) FROM order_comment WHERE text = 'Срочно' AND by_base = 0"
#define COUNT_TASKS                                                      \
    "SELECT count(*) FROM task WHERE state = 'finished' AND attempt = 1" \
    " AND variant = 'approve' AND decided_by IS NOT NULL"
#define COUNT_DOCUMENTS "SELECT count(*) FROM document WHERE state = 'ready'"
#define COUNT_FILES                                                             \
    "SELECT count(*) FROM document d LEFT JOIN orders o ON o.id = d.order_id"   \
    " WHERE size = length(file) AND substr(file, 1, 5) = CAST('%PDF-' AS BLOB)" \
    " AND d.revision = coalesce(o.revision, 0)"
#define SELECT_DEBT "SELECT sum(debt) FROM partner"

static KabDb *
open_end(const char *folder, const char *name)
{
    g_autofree char *path = test_folder_path(folder, name);
    g_autoptr(GError) error = NULL;
    KabDb *db = kab_db_open(path, &error);

    if (db == NULL)
        disk_wrong("%s", error->message);
    return db;
}

static void
compare_text(KabDb *db, const char *end, const char *sql, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *value = NULL;

    if (!kab_db_get_text(db, sql, KAB_BIND_NONE, &value, &error))
        disk_wrong("%s: %s: %s", end, sql, error->message);
    else if (g_strcmp0(value, expected) != 0)
        disk_wrong("%s: %s: %s", end, sql, value);
}

static void
compare_count(KabDb *db, const char *end, const char *sql, gint64 expected)
{
    g_autoptr(GError) error = NULL;
    gint64 value = -1;

    if (!kab_db_get_int(db, sql, KAB_BIND_NONE, NULL, &value, &error))
        disk_wrong("%s: %s: %s", end, sql, error->message);
    else if (value != expected)
        disk_wrong("%s: %s: %" G_GINT64_FORMAT, end, sql, value);
}

static void
check_whole(KabDb *db, const char *end)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *said = NULL;

    if (!kab_db_get_text(db, CHECK, KAB_BIND_NONE, &said, &error))
        disk_wrong("%s: %s", end, error->message);
    else if (g_strcmp0(said, "ok") != 0)
        disk_wrong("%s: the database is damaged: %s", end, said);
    compare_count(db, end, COUNT_STRAY, 0);
    compare_count(db, end, COUNT_QUEUE, 0);
    compare_count(db, end, COUNT_ORDERS, 1);
    compare_count(db, end, COUNT_COMMENTS, 1);
    compare_count(db, end, COUNT_TASKS, 1);
    compare_count(db, end, COUNT_DOCUMENTS, 2);
    compare_count(db, end, SELECT_DEBT, SHIPPED - PAID);
}

static void
compare_line(const KabOrder *order, const char *end, const char *product, gint64 price)
{
    guint found = 0;

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        if (strcmp(line->product_id.text, product) != 0)
            continue;
        found++;
        if (line->quantity.milli != KAB_QUANTITY_ONE || line->price.minor != price ||
            line->sum.minor != price)
            disk_wrong("%s: the line “%s” is another", end, line->name);
    }
    if (found != 1)
        disk_wrong("%s: %u lines with the product %s", end, found, product);
}

/* The order as the whole exchange leaves it, at either end. */
static void
check_order(KabDb *db, const char *end, const char *id)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) order = kab_order_store_load(db, id, &error);

    if (order == NULL) {
        disk_wrong("%s: lost: %s", end, error->message);
        return;
    }
    if (g_strcmp0(order->number, "0000-000001") != 0)
        disk_wrong("%s: the number is %s", end, order->number);
    if (order->revision != REVISION || order->total.minor != TOTAL || order->lines->len != 2)
        disk_wrong("%s: the change is lost: revision %" G_GINT64_FORMAT, end, order->revision);
    compare_line(order, end, TEST_HAMMER, 10050);
    compare_line(order, end, TEST_AXE, 33333);
    if (order->shipped.minor != SHIPPED || order->paid.minor != PAID)
        disk_wrong("%s: what was shipped and paid is lost", end);
    if (order->decision_result != KAB_DECISION_TAKEN || order->decision != KAB_DECISION_CONFIRM ||
        order->decided_revision != REVISION)
        disk_wrong("%s: the decision is lost", end);
    if (order->client_status != KAB_CLIENT_TO_FULFIL || order->status != KAB_ORDER_IN_PROGRESS)
        disk_wrong("%s: the order stands as “%s”, “%s”", end,
                   kab_order_status_to_nick(order->status),
                   kab_client_status_to_nick(order->client_status));
}

void
disk_compare(const char *folder, const char *placed)
{
    g_autoptr(KabDb) portal = open_end(folder, "portal/portal.db");
    g_autoptr(KabDb) base = open_end(folder, "base/base.db");

    if (portal == NULL || base == NULL)
        return;
    check_whole(portal, "portal");
    check_whole(base, "base");
    check_order(portal, "portal", placed);
    check_order(base, "base", placed);
    compare_text(base, "base", SELECT_HISTORY, HISTORY);
    compare_count(portal, "portal", COUNT_FILES, 2);
}
