/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-order-history.h"
#include "kab-wire-history.h"

#include "kab-error.h"

#define INSERT_HISTORY                                                   \
    "INSERT INTO order_history (order_id, at, who, what, by_base, note)" \
    " VALUES ($1, $2, $3, $4, $5, $6)"
/* An order that changes for ever must not grow for ever. */
#define DELETE_OLD                                            \
    "DELETE FROM order_history WHERE order_id = $1 AND id <=" \
    " (SELECT id FROM order_history WHERE order_id = $1"      \
    " ORDER BY id DESC LIMIT 1 OFFSET $2)"
#define SELECT_HISTORY                                       \
    "SELECT at, who, what, by_base, note FROM order_history" \
    " WHERE order_id = $1 ORDER BY id DESC LIMIT $2"

gboolean
kab_order_history_add(KabDb *db, KabOrderId id, const KabHistoryEntry *entry, GError **error)
{
    g_autoptr(JsonNode) note = kab_json_node_take(kab_wire_history_note(entry));
    g_autofree char *text =
        json_object_get_size(json_node_get_object(note)) > 0 ? kab_json_to_text(note) : NULL;

    return kab_db_run(db, INSERT_HISTORY,
                      KAB_BIND(kab_text(id.text), kab_int(kab_time_now()),
                               kab_text(entry->who != NULL ? entry->who : ""),
                               kab_text(entry->what), kab_int(entry->by_base),
                               kab_text_or_null(text)),
                      error) &&
           kab_db_run(db, DELETE_OLD, KAB_BIND(kab_text(id.text), kab_int(KAB_ORDER_HISTORY_MAX)),
                      error);
}

GPtrArray *
kab_order_history_list(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GPtrArray) entries =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_history_entry_free);
    g_autoptr(KabRows) rows = kab_db_query(
        db, SELECT_HISTORY, KAB_BIND(kab_text(id), kab_int(KAB_ORDER_HISTORY_MAX)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabHistoryEntry *entry = kab_history_entry_new();

        entry->at = kab_rows_get_int(rows, 0);
        entry->who = kab_rows_dup_text(rows, 1);
        entry->what = kab_rows_dup_text(rows, 2);
        entry->by_base = kab_rows_get_int(rows, 3) != 0;
        kab_wire_history_take_note(entry, kab_rows_get_text(rows, 4));
        g_ptr_array_add(entries, entry);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&entries) : NULL;
}
