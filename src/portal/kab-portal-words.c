/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-order-store.h"
#include "kab-portal-orders.h"
#include "kab-portal-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SELECT_MEANING "SELECT meaning FROM word WHERE kind = $1 AND text = $2"
#define SELECT_ALL                                                                       \
    "SELECT kind, text, meaning, (SELECT count(*) FROM unmapped u WHERE u.kind = w.kind" \
    " AND u.text = w.text) FROM word w UNION ALL"                                        \
    " SELECT kind, text, NULL, count(*) FROM unmapped u WHERE NOT EXISTS"                \
    " (SELECT 1 FROM word w WHERE w.kind = u.kind AND w.text = u.text)"                  \
    " GROUP BY kind, text ORDER BY 1 DESC, 2 LIMIT 500"
#define SELECT_ORDERS "SELECT object_id FROM unmapped WHERE kind = $1 AND text = $2"

static gboolean
find_meaning(KabDb *db, const char *kind, const char *text, char **meaning, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_MEANING, KAB_BIND(kab_text(kind), kab_text(text)), error);
    g_autoptr(GError) local = NULL;

    *meaning = NULL;
    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local))
        *meaning = kab_rows_dup_text(rows, 0);
    return kab_error_pass(error, &local);
}

gboolean
kab_portal_words_translate(KabDb *db, KabOrder *order, GError **error)
{
    g_autofree char *status = NULL;
    g_autofree char *state = NULL;

    if (order->client_status == KAB_CLIENT_OTHER && order->client_status_text != NULL &&
        !find_meaning(db, "status", order->client_status_text, &status, error))
        return FALSE;
    if (order->state != NULL && *order->state != '\0' &&
        kab_order_state_from_text(order->state) == NULL &&
        !find_meaning(db, "state", order->state, &state, error))
        return FALSE;
    if (status != NULL && kab_client_status_from_nick(status, &order->client_status, NULL))
        g_clear_pointer(&order->client_status_text, g_free);
    if (state != NULL) {
        g_free(order->state);
        order->state = g_steal_pointer(&state);
    }
    return TRUE;
}

static gboolean
check(const char *kind, const char *meaning, GError **error)
{
    KabClientStatus status;

    if (strcmp(kind, "status") == 0)
        return kab_client_status_from_nick(meaning, &status, error);
    if (g_strv_contains(kab_order_state_list(), meaning))
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("There is no state “%.*s”"),
                kab_error_clip(meaning, 40), meaning);
    return FALSE;
}

static GPtrArray *
list_orders(KabDb *db, const char *kind, const char *text, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_ORDERS, KAB_BIND(kab_text(kind), kab_text(text)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(ids, kab_rows_dup_text(rows, 0));
    return kab_error_pass(error, &local) ? g_steal_pointer(&ids) : NULL;
}

/* Taken back, the orders stay as they are until the base tells of them again. */
static gboolean
apply(KabDb *db, const char *kind, const char *text, const char *meaning, GError **error)
{
    g_autoptr(GPtrArray) ids = NULL;

    if (meaning == NULL)
        return TRUE;
    ids = list_orders(db, kind, text, error);
    for (guint i = 0; ids != NULL && i < ids->len; i++) {
        g_autoptr(KabOrder) order = kab_order_store_load(db, g_ptr_array_index(ids, i), error);
        g_autoptr(KabOrder) told = order != NULL ? kab_order_copy(order) : NULL;

        if (order == NULL || !kab_portal_words_translate(db, told, error) ||
            !kab_portal_orders_take(db, order, told, error))
            return FALSE;
    }
    return ids != NULL;
}

static const char *const kinds[] = {"status", "state", NULL};

const KabWordClass kab_portal_words = {kinds, SELECT_ALL, check, apply};
