/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-portal-orders.h"
#include "kab-wire-order.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define UPSERT_INVOICE                                                  \
    "INSERT INTO invoice (order_id, revision, pdf) VALUES ($1, $2, $3)" \
    " ON CONFLICT (order_id) DO UPDATE SET revision = excluded.revision, pdf = excluded.pdf"
#define SELECT_REVISION "SELECT revision FROM orders WHERE id = $1"
#define DELETE_INVOICE "DELETE FROM invoice WHERE order_id = $1"

gboolean
kab_portal_build_order(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                       GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabOrder) order = kab_order_store_find(db, id, &local);
    g_autoptr(JsonNode) node = NULL;

    *body = NULL;
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    if (order == NULL)
        return TRUE;
    node = kab_wire_order_to_json(order, KAB_ORDER_TO_BASE);
    *body = json_node_dup_object(node);
    return TRUE;
}

static void
replace(char **to, char **from)
{
    g_free(*to);
    *to = g_steal_pointer(from);
}

/* What the base says of the order; whose it is and what the partner decided stays ours. */
static void
take_contents(KabOrder *order, KabOrder *told)
{
    GArray *lines = order->lines;

    replace(&order->number, &told->number);
    replace(&order->state, &told->state);
    replace(&order->manager, &told->manager);
    if (told->client_status == KAB_CLIENT_CANCELLED && told->reason != NULL)
        replace(&order->reason, &told->reason);
    order->revision = told->revision;
    order->client_status = told->client_status;
    order->paid_percent = told->paid_percent;
    order->shipped_percent = told->shipped_percent;
    order->lines = told->lines;
    told->lines = lines;
    order->total = told->total;
}

/* A decision counts for the revision that it was made on: the manager's change makes it void. Until
 * the base has heard of a refusal, what it says of the status is older than the refusal; when it
 * has heard of it and goes on all the same (the goods are on their way), the order goes on. */
static void
take_status(KabOrder *order, const KabOrder *told)
{
    gboolean heard =
        told->decision == order->decision && told->decided_revision == order->decided_revision;
    KabOrderEvent event =
        kab_client_status_to_event(order->client_status, kab_order_is_confirmed(order));

    if (order->status == KAB_ORDER_REFUSED && !heard)
        return;
    kab_order_status_after(order->status, event, KAB_ORDER_BY_BASE, &order->status);
}

gboolean
kab_portal_apply_client_order(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                              GError **error)
{
    g_autoptr(KabOrder) order = kab_order_store_load(db, message->id, error);
    g_autoptr(KabOrder) told = NULL;
    g_autoptr(JsonNode) had = NULL;
    g_autoptr(JsonNode) has = NULL;
    KabOrderStatus before;

    if (order == NULL)
        return FALSE;
    if (message->body == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("A client order cannot be taken away; cancel it"));
        return FALSE;
    }
    told = kab_wire_order_from_json(message->body, KAB_ORDER_TO_PORTAL, error);
    if (told == NULL)
        return FALSE;
    before = order->status;
    had = kab_wire_order_to_json(order, KAB_ORDER_ALL);
    take_contents(order, told);
    take_status(order, told);
    has = kab_wire_order_to_json(order, KAB_ORDER_ALL);
    if (json_node_equal(had, has))
        return TRUE; /* told once more */
    return kab_order_store_save(
        db, order, order->manager != NULL ? order->manager : "base",
        before != order->status ? kab_order_status_to_nick(order->status) : "changed", error);
}

/* An invoice is of a revision of its order: before that is here, it would be of another one. */
gboolean
kab_portal_need_client_order(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                             KabReference *missing, GError **error)
{
    JsonNode *node =
        message->body != NULL ? json_object_get_member(message->body, "revision") : NULL;
    /* What is no number, the decoder will refuse. */
    gint64 revision = node != NULL && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_int(node) : 0;
    gboolean found;
    gint64 here;

    return kab_db_get_int(db, SELECT_REVISION, KAB_BIND(kab_text(message->id)), &found, &here,
                          error) &&
           (!found || here >= revision ||
            kab_end_miss(KAB_KIND_CLIENT_ORDER, message->id, missing));
}

gboolean
kab_portal_apply_invoice(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                         GError **error)
{
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GBytes) pdf = NULL;
    const char *encoded;
    gint64 revision;
    gsize size;
    guchar *bytes;

    if (message->body == NULL)
        return kab_db_run(db, DELETE_INVOICE, KAB_BIND(kab_text(message->id)), error);
    order = kab_order_store_load(db, message->id, error);
    if (order == NULL)
        return FALSE;
    {
        KabFields fields = KAB_FIELDS_INIT(message->body);

        revision = kab_fields_need_int(&fields, "revision", 0, G_MAXINT64);
        encoded = kab_fields_need_text(&fields, "pdf", KAB_MESSAGES_MAX_BYTES);
        if (!kab_fields_finish(&fields, error))
            return FALSE;
    }
    bytes = g_base64_decode(encoded, &size);
    pdf = g_bytes_new_take(bytes, size);
    if (size < 5 || memcmp(bytes, "%PDF-", 5) != 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("The invoice is not a PDF"));
        return FALSE;
    }
    return kab_db_run(db, UPSERT_INVOICE,
                      KAB_BIND(kab_text(message->id), kab_int(revision), kab_blob(pdf)), error);
}
