/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json.h"
#include "kab-order-store.h"
#include "kab-portal-changes.h"
#include "kab-time.h"
#include "kab-wire-order.h"

#include <glib/gi18n-lib.h>

#define MAX_ORDERS 10

#define SELECT_LAST "SELECT coalesce(max(seq), 0) FROM change WHERE partner_id = $1"
#define SELECT_CHANGES                                                               \
    "SELECT seq, kind, object_id, at FROM change WHERE partner_id = $1 AND seq > $2" \
    " AND (kind <> 'task' OR $3 <> 0) AND (kind <> 'basket' OR object_id = $4)"      \
    " ORDER BY seq LIMIT $5"
#define SELECT_LAST_NUM "SELECT coalesce(max(num), 0) FROM change"
#define SELECT_GOODS "SELECT seq FROM goods_change WHERE id = 1"
#define SELECT_PARTNERS "SELECT partner_id, max(num) FROM change WHERE num > $1 GROUP BY partner_id"
#define SELECT_VISIT "SELECT seq, at FROM user_seen WHERE user_id = $1 AND partner_id = $2"
#define COUNT_KIND "SELECT count(*) FROM change WHERE partner_id = $1 AND seq > $2 AND kind = $3"
/* What was written about an order is news of the order. */
#define COUNT_ORDERS                                                     \
    "SELECT count(DISTINCT object_id) FROM change WHERE partner_id = $1" \
    " AND seq > $2 AND kind IN ('order', 'comment')"
#define SELECT_ORDERS                                                       \
    "SELECT json_group_array(object_id) FROM (SELECT object_id FROM change" \
    " WHERE partner_id = $1 AND seq > $2 AND kind IN ('order', 'comment')"  \
    " GROUP BY object_id ORDER BY max(seq) DESC LIMIT $3)"
#define UPSERT_VISIT                                                               \
    "INSERT INTO user_seen (user_id, partner_id, seq, at) VALUES ($1, $2, $3, $4)" \
    " ON CONFLICT (user_id, partner_id) DO UPDATE SET"                             \
    " seq = max(seq, excluded.seq), at = excluded.at"

static void
add_change(JsonArray *changes, KabRows *rows)
{
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "seq", kab_rows_get_int(rows, 0));
    json_object_set_string_member(object, "kind", kab_rows_get_text(rows, 1));
    json_object_set_string_member(object, "id", kab_rows_get_text(rows, 2));
    kab_json_set_time(object, "at", kab_rows_get_int(rows, 3));
    json_array_add_object_element(changes, object);
}

JsonArray *
kab_portal_changes_list(KabDb *db, const KabUser *user, gint64 after, guint limit, gint64 *seq,
                        GError **error)
{
    g_autoptr(JsonArray) changes = json_array_new();
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    gint64 last = 0;

    /* Before the list: what comes in between is in both, and not in neither. */
    if (!kab_db_get_int(db, SELECT_LAST, KAB_BIND(kab_text(user->partner_id.text)), NULL, seq,
                        error))
        return NULL;
    if (after < 0)
        return g_steal_pointer(&changes);
    rows = kab_db_query(db, SELECT_CHANGES,
                        KAB_BIND(kab_text(user->partner_id.text), kab_int(after),
                                 kab_int(kab_role_may(user->role, KAB_RIGHT_TASKS)),
                                 kab_text(user->id.text), kab_int(limit)),
                        error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        add_change(changes, rows);
        last = kab_rows_get_int(rows, 0);
    }
    if (!kab_error_pass(error, &local))
        return NULL;
    if (json_array_get_length(changes) == limit)
        *seq = last;
    else
        *seq = MAX(*seq, last);
    return g_steal_pointer(&changes);
}

gboolean
kab_portal_changes_tell(KabDb *db, gint64 *num, KabPortalTell tell, gpointer data, GError **error)
{
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    gint64 last = *num;

    if (*num < 0)
        return kab_db_get_int(db, SELECT_LAST_NUM, KAB_BIND_NONE, NULL, num, error);
    rows = kab_db_query(db, SELECT_PARTNERS, KAB_BIND(kab_int(*num)), error);
    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        tell(kab_rows_get_text(rows, 0), data);
        last = MAX(last, kab_rows_get_int(rows, 1));
    }
    *num = last;
    return kab_error_pass(error, &local);
}

gboolean
kab_portal_changes_count_goods(KabDb *db, gint64 *n, GError **error)
{
    return kab_db_get_int(db, SELECT_GOODS, KAB_BIND_NONE, NULL, n, error);
}

/* Whether the user was here before; @seq and @at say how far and when. */
static gboolean
find_visit(KabDb *db, const KabUser *user, gint64 *seq, KabTime *at, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_VISIT,
                     KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text)), error);
    g_autoptr(GError) local = NULL;

    *seq = -1;
    *at = 0;
    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        *seq = kab_rows_get_int(rows, 0);
        *at = kab_rows_get_int(rows, 1);
    }
    return kab_error_pass(error, &local);
}

static gboolean
add_orders(KabDb *db, const KabUser *user, gint64 seq, JsonObject *object, GError **error)
{
    g_autofree char *ids = NULL;
    g_autoptr(GPtrArray) orders = NULL;
    JsonArray *items;

    if (!kab_db_get_text(
            db, SELECT_ORDERS,
            KAB_BIND(kab_text(user->partner_id.text), kab_int(seq), kab_int(MAX_ORDERS)), &ids,
            error))
        return FALSE;
    orders = kab_order_store_list_ids(db, user->partner_id.text, ids, error);
    if (orders == NULL)
        return FALSE;
    items = json_array_sized_new(orders->len);
    for (guint i = 0; i < orders->len; i++) {
        g_autoptr(JsonNode) node = kab_wire_order_to_json(orders->pdata[i], KAB_ORDER_HEAD);

        json_array_add_object_element(items, json_node_dup_object(node));
    }
    json_object_set_array_member(object, "orders", items);
    return TRUE;
}

JsonNode *
kab_portal_visits_load(KabDb *db, const KabUser *user, GError **error)
{
    static const char *const kinds[][2] = {{"news", "n_news"}, {"document", "n_documents"}};
    g_autoptr(JsonObject) object = json_object_new();
    gint64 n_orders;
    gint64 seq;
    KabTime at;

    if (!find_visit(db, user, &seq, &at, error))
        return NULL;
    if (seq < 0)
        return kab_json_node_take(g_steal_pointer(&object));
    json_object_set_int_member(object, "seq", seq);
    kab_json_set_time(object, "at", at);
    if (!kab_db_get_int(db, COUNT_ORDERS, KAB_BIND(kab_text(user->partner_id.text), kab_int(seq)),
                        NULL, &n_orders, error))
        return NULL;
    json_object_set_int_member(object, "n_orders", n_orders);
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        gint64 n;

        if (!kab_db_get_int(
                db, COUNT_KIND,
                KAB_BIND(kab_text(user->partner_id.text), kab_int(seq), kab_text(kinds[i][0])),
                NULL, &n, error))
            return NULL;
        json_object_set_int_member(object, kinds[i][1], n);
    }
    if (!add_orders(db, user, seq, object, error))
        return NULL;
    return kab_json_node_take(g_steal_pointer(&object));
}

gboolean
kab_portal_visits_note(KabDb *db, const KabUser *user, gint64 seq, GError **error)
{
    gint64 last;

    if (!kab_db_get_int(db, SELECT_LAST, KAB_BIND(kab_text(user->partner_id.text)), NULL, &last,
                        error))
        return FALSE;
    return kab_db_run(db, UPSERT_VISIT,
                      KAB_BIND(kab_text(user->id.text), kab_text(user->partner_id.text),
                               kab_int(MIN(seq, last)), kab_int(kab_time_now())),
                      error);
}
