/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-json.h"
#include "kab-kind.h"
#include "kab-order-need.h"

#define SELECT_ORDER "SELECT 1 FROM orders WHERE id = $1"

gboolean
kab_order_need(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
               KabReference *missing, GError **error)
{
    const char *text = message->body != NULL ? kab_json_get_text(message->body, "order_id") : NULL;
    char order_id[KAB_ID_SIZE];
    gboolean found;
    gint64 unused;

    /* What is no id, the decoder will refuse. */
    return text == NULL || !kab_id_fill_parsed(text, order_id, NULL) ||
           (kab_db_get_int(db, SELECT_ORDER, KAB_BIND(kab_text(order_id)), &found, &unused,
                           error) &&
            (found || kab_end_miss(KAB_KIND_ORDER, order_id, missing)));
}
