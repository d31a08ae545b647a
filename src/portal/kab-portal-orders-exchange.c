/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-alarms.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-history.h"
#include "kab-order-store.h"
#include "kab-portal-letters.h"
#include "kab-portal-orders.h"
#include "kab-portal-words.h"
#include "kab-wire-order.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

/* Whether the base, when it told this, knew the partner's last decision. */
static gboolean
is_heard(const KabOrder *order, const KabOrder *told)
{
    return told->decision_attempt >= order->decision_attempt;
}

/* What the base says of the order; whose it is, and what the partner decided and the base has not
 * heard of yet, stays ours. */
static void
take_contents(KabOrder *order, KabOrder *told)
{
    GArray *lines = order->lines;

    replace(&order->number, &told->number);
    replace(&order->state, &told->state);
    replace(&order->client_status_text, &told->client_status_text);
    replace(&order->manager, &told->manager);
    replace(&order->warehouse_name, &told->warehouse_name);
    if (is_heard(order, told)) {
        replace(&order->reason, &told->reason);
        order->decision = told->decision;
        order->decision_attempt = told->decision_attempt;
        order->decided_revision = told->decided_revision;
        order->decision_result = told->decision_result;
    } else if (told->client_status == KAB_CLIENT_CANCELLED && told->reason != NULL) {
        replace(&order->reason, &told->reason);
    }
    order->revision = told->revision;
    order->client_status = told->client_status;
    order->warehouse_id = told->warehouse_id;
    order->ship_date = told->ship_date;
    order->lines = told->lines;
    told->lines = lines;
    order->vat_on_top = told->vat_on_top;
    order->vat = told->vat;
    order->total = told->total;
    order->paid = told->paid;
    order->shipped = told->shipped;
}

/* A status that is not known leaves the order as it is, unless that is a refusal which the base
 * answered it did not take: the order goes on. One that was cancelled does not begin again. */
static KabOrderEvent
find_event(const KabOrder *order, KabClientStatus before)
{
    KabOrderEvent event =
        kab_client_status_to_event(order->client_status, kab_order_is_confirmed(order));

    if (event == KAB_ORDER_NOTE && order->status == KAB_ORDER_REFUSED &&
        before != KAB_CLIENT_CANCELLED &&
        (order->decision_result == KAB_DECISION_OUTDATED ||
         order->decision_result == KAB_DECISION_SHIPPED))
        return kab_order_is_shipping(order) ? KAB_ORDER_PROCEED : KAB_ORDER_TAKE;
    return event;
}

/* A decision counts for the revision that it was made on: the manager's change makes it void. Until
 * the base has heard of a refusal, what it says of the status is older than the refusal; when it
 * has heard of it and goes on all the same (the goods are on their way), the order goes on. */
static void
take_status(KabOrder *order, const KabOrder *told, KabClientStatus before)
{
    if (order->status == KAB_ORDER_REFUSED && !is_heard(order, told))
        return;
    kab_order_status_after(order->status, find_event(order, before), KAB_ORDER_BY_BASE,
                           &order->status);
}

/* The lines that the manager changed, added or cancelled since the order was told of last. */
static void
note_changes(KabHistoryEntry *entry, const KabOrder *before, const KabOrder *told)
{
    g_autoptr(GHashTable) lines = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < before->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(before, i);

        g_hash_table_insert(lines, line->product_id.text, line);
    }
    for (guint i = 0; i < told->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(told, i);
        const KabOrderLine *was = g_hash_table_lookup(lines, line->product_id.text);

        if (was == NULL || was->quantity.milli != line->quantity.milli ||
            was->price.minor != line->price.minor)
            kab_history_entry_add_change(entry, was, line);
        g_hash_table_remove(lines, line->product_id.text);
    }
    /* What is left is gone; in the order in which it stood there. */
    for (guint i = 0; i < before->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(before, i);

        if (g_hash_table_contains(lines, line->product_id.text))
            kab_history_entry_add_change(entry, line, NULL);
    }
}

/* What there is to tell of @told for whoever looks at the order's history. */
static KabHistoryEntry *
describe_change(const KabOrder *order, const KabOrder *told)
{
    KabHistoryEntry *entry = kab_history_entry_new();
    int shipped = kab_order_get_shipped_percent(told);
    int paid = kab_order_get_paid_percent(told);

    entry->by_base = TRUE;
    entry->who = g_strdup(told->manager != NULL ? told->manager : "base");
    if (g_strcmp0(order->number, told->number) != 0)
        entry->number = g_strdup(told->number);
    if (g_strcmp0(order->state, told->state) != 0)
        entry->state = g_strdup(told->state);
    note_changes(entry, order, told);
    if (strcmp(order->ship_date.text, told->ship_date.text) != 0)
        entry->ship_date = g_strdup(told->ship_date.text);
    if (told->warehouse_name != NULL && g_strcmp0(order->warehouse_name, told->warehouse_name) != 0)
        entry->warehouse = g_strdup(told->warehouse_name);
    if (kab_order_get_shipped_percent(order) != shipped)
        entry->shipped = shipped;
    if (kab_order_get_paid_percent(order) != paid)
        entry->paid = paid;
    return entry;
}

gboolean
kab_portal_orders_take(KabDb *db, KabOrder *order, KabOrder *told, GError **error)
{
    g_autoptr(JsonNode) had = kab_wire_order_to_json(order, KAB_ORDER_ALL);
    g_autoptr(JsonNode) has = NULL;
    g_autoptr(KabHistoryEntry) entry = describe_change(order, told);
    KabOrderStatus before = order->status;
    KabClientStatus client_before = order->client_status;
    gint64 revision_before = order->revision;

    take_contents(order, told);
    take_status(order, told, client_before);
    has = kab_wire_order_to_json(order, KAB_ORDER_ALL);
    if (json_node_equal(had, has))
        return TRUE; /* told once more */
    entry->what =
        g_strdup(before != order->status ? kab_order_status_to_nick(order->status) : "changed");
    return kab_alarms_note_words(db, order, error) &&
           kab_order_store_save(db, order, NULL, NULL, error) &&
           kab_order_history_add(db, order->id, entry, error) &&
           (order->status != KAB_ORDER_AWAITING_PARTNER ||
            (before == order->status && revision_before == order->revision) ||
            kab_portal_letters_queue_order(db, order, error));
}

gboolean
kab_portal_apply_client_order(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                              GError **error)
{
    g_autoptr(KabOrder) order = kab_order_store_load(db, message->id, error);
    g_autoptr(KabOrder) told = NULL;

    if (order == NULL)
        return FALSE;
    if (message->body == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("A client order cannot be taken away; cancel it"));
        return FALSE;
    }
    told = kab_wire_order_from_json(message->body, KAB_ORDER_TO_PORTAL, error);
    return told != NULL && kab_order_check_lines(told, error) &&
           kab_portal_words_translate(db, told, error) &&
           kab_portal_orders_take(db, order, told, error);
}
