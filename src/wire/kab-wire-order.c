/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-wire-order.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME 1000
#define MAX_TEXT 4000

static JsonArray *
lines_to_json(const KabOrder *order)
{
    JsonArray *array = json_array_sized_new(order->lines->len);

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "product_id", line->product_id.text);
        kab_json_set_text(object, "article", line->article);
        json_object_set_string_member(object, "name", line->name);
        kab_json_set_text(object, "unit", line->unit);
        kab_json_set_text(object, "vat", line->vat);
        kab_json_set_quantity(object, "ordered", line->ordered);
        kab_json_set_quantity(object, "quantity", line->quantity);
        kab_json_set_sum(object, "price", line->price);
        kab_json_set_sum(object, "sum", line->sum);
        json_array_add_object_element(array, object);
    }
    return array;
}

static void
partner_to_json(const KabOrder *order, JsonObject *object)
{
    kab_json_set_text(object, "partner_id", order->partner_id.text);
    kab_json_set_text(object, "partner_name", order->partner_name);
    kab_json_set_text(object, "user_name", order->user_name);
    kab_json_set_text(object, "comment", order->comment);
    kab_json_set_text(object, "phone", order->phone);
    kab_json_set_text(object, "email", order->email);
    kab_json_set_text(object, "address", order->address);
    kab_json_set_time(object, "created_at", order->created_at);
    kab_json_set_time(object, "placed_at", order->placed_at);
}

static void
base_to_json(const KabOrder *order, JsonObject *object)
{
    kab_json_set_text(object, "number", order->number);
    json_object_set_int_member(object, "revision", order->revision);
    json_object_set_string_member(object, "client_status",
                                  kab_client_status_to_nick(order->client_status));
    kab_json_set_text(object, "state", order->state);
    kab_json_set_text(object, "manager", order->manager);
    json_object_set_int_member(object, "paid_percent", order->paid_percent);
    json_object_set_int_member(object, "shipped_percent", order->shipped_percent);
}

JsonNode *
kab_wire_order_to_json(const KabOrder *order, KabOrderFields fields)
{
    JsonObject *object = json_object_new();

    if (fields & KAB_ORDER_PORTAL) {
        kab_json_set_text(object, "id", order->id.text);
        json_object_set_int_member(object, "version", order->version);
        json_object_set_string_member(object, "status", kab_order_status_to_nick(order->status));
        json_object_set_boolean_member(object, "has_invoice", order->has_invoice);
    }
    if (fields & KAB_ORDER_PARTNER)
        partner_to_json(order, object);
    if (fields & KAB_ORDER_DECISION) {
        json_object_set_string_member(object, "decision", kab_decision_to_nick(order->decision));
        json_object_set_int_member(object, "decided_revision", order->decided_revision);
        kab_json_set_text(object, "reason", order->reason);
    }
    if (fields & KAB_ORDER_BASE)
        base_to_json(order, object);
    if (fields & (KAB_ORDER_CONTENTS | KAB_ORDER_TOTAL)) {
        kab_json_set_text(object, "currency", order->total.currency);
        kab_json_set_sum(object, "total", order->total);
    }
    if (fields & KAB_ORDER_CONTENTS)
        json_object_set_array_member(object, "lines", lines_to_json(order));
    return kab_json_node_take(object);
}

static gboolean
line_from_json(KabOrder *order, JsonObject *object, const char *currency, KabMoney *sum,
               GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabOrderLine *line = kab_order_add_line(order);

    kab_fields_need_id(&fields, "product_id", line->product_id.text);
    line->article = kab_fields_dup_text(&fields, "article", MAX_NAME);
    line->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_NAME));
    line->unit = kab_fields_dup_text(&fields, "unit", MAX_NAME);
    line->vat = kab_fields_dup_text(&fields, "vat", MAX_NAME);
    line->ordered = kab_fields_need_quantity(&fields, "ordered");
    line->quantity = kab_fields_need_quantity(&fields, "quantity");
    line->price = kab_fields_need_sum(&fields, "price", currency);
    *sum = kab_fields_need_sum(&fields, "sum", currency);
    return kab_fields_finish(&fields, error);
}

static gboolean
sum_is_right(KabMoney counted, KabMoney told, const char *name, GError **error)
{
    g_autofree char *expected = NULL;
    g_autofree char *found = NULL;

    if (counted.minor == told.minor)
        return TRUE;
    expected = kab_money_format_number(counted);
    found = kab_money_format_number(told);
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("%s: the sum is %s, but %s was told"), name,
                expected, found);
    return FALSE;
}

/* The other end's arithmetic has to be ours: what differs by a kopeck is refused, not hidden. */
static gboolean
contents_from_json(KabOrder *order, KabFields *fields, GError **error)
{
    char currency[KAB_CURRENCY_SIZE];
    g_autoptr(GArray) sums = g_array_new(FALSE, FALSE, sizeof(KabMoney));
    JsonArray *lines;
    KabMoney total;

    kab_fields_need_currency(fields, "currency", currency);
    total = kab_fields_need_sum(fields, "total", currency);
    lines = kab_fields_need_array(fields, "lines", KAB_ORDER_MAX_LINES);
    order->total = kab_money_new(0, currency);
    for (guint i = 0; lines != NULL && i < json_array_get_length(lines); i++) {
        KabMoney sum;

        if (!line_from_json(order, json_array_get_object_element(lines, i), currency, &sum,
                            error)) {
            g_prefix_error(error, _("Line %u: "), i + 1);
            return FALSE;
        }
        g_array_append_val(sums, sum);
    }
    if (!kab_order_recount(order, error))
        return FALSE;
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        if (!sum_is_right(line->sum, g_array_index(sums, KabMoney, i), line->name, error))
            return FALSE;
    }
    return lines == NULL || sum_is_right(order->total, total, "total", error);
}

static void
partner_from_json(KabOrder *order, KabFields *fields)
{
    kab_fields_get_id(fields, "partner_id", order->partner_id.text);
    order->partner_name = kab_fields_dup_text(fields, "partner_name", MAX_NAME);
    order->user_name = kab_fields_dup_text(fields, "user_name", MAX_NAME);
    order->comment = kab_fields_dup_text(fields, "comment", MAX_TEXT);
    order->phone = kab_fields_dup_text(fields, "phone", 100);
    order->email = kab_fields_dup_text(fields, "email", 320);
    order->address = kab_fields_dup_text(fields, "address", MAX_TEXT);
    order->created_at = kab_fields_get_time(fields, "created_at");
    order->placed_at = kab_fields_get_time(fields, "placed_at");
}

static void
base_from_json(KabOrder *order, KabFields *fields)
{
    const char *nick;
    GError *error = NULL;

    order->number = kab_fields_dup_text(fields, "number", 100);
    order->revision = kab_fields_need_int(fields, "revision", 0, G_MAXINT64);
    nick = kab_fields_need_text(fields, "client_status", 40);
    if (*nick != '\0' && !kab_client_status_from_nick(nick, &order->client_status, &error))
        kab_fields_fail(fields, error);
    order->state = kab_fields_dup_text(fields, "state", MAX_NAME);
    order->manager = kab_fields_dup_text(fields, "manager", MAX_NAME);
    order->paid_percent = (int)kab_fields_get_int(fields, "paid_percent", 0, 100, 0);
    order->shipped_percent = (int)kab_fields_get_int(fields, "shipped_percent", 0, 100, 0);
}

static void
portal_from_json(KabOrder *order, KabFields *fields)
{
    const char *nick;
    GError *error = NULL;

    kab_fields_get_id(fields, "id", order->id.text);
    order->version = kab_fields_get_int(fields, "version", 0, G_MAXINT64, 0);
    nick = kab_fields_get_text(fields, "status", 40);
    if (nick != NULL && !kab_order_status_from_nick(nick, &order->status, &error))
        kab_fields_fail(fields, error);
    order->has_invoice = kab_fields_get_boolean(fields, "has_invoice", FALSE);
}

static void
decision_from_json(KabOrder *order, KabFields *fields)
{
    const char *nick = kab_fields_need_text(fields, "decision", 40);
    GError *error = NULL;

    if (*nick != '\0' && !kab_decision_from_nick(nick, &order->decision, &error))
        kab_fields_fail(fields, error);
    order->decided_revision = kab_fields_need_int(fields, "decided_revision", 0, G_MAXINT64);
    order->reason = kab_fields_dup_text(fields, "reason", MAX_TEXT);
}

KabOrder *
kab_wire_order_from_json(JsonObject *object, KabOrderFields wanted, GError **error)
{
    g_autoptr(KabOrder) order = kab_order_new();
    KabFields fields = KAB_FIELDS_INIT(object);

    if (wanted & KAB_ORDER_PORTAL)
        portal_from_json(order, &fields);
    if (wanted & KAB_ORDER_PARTNER)
        partner_from_json(order, &fields);
    if (wanted & KAB_ORDER_DECISION)
        decision_from_json(order, &fields);
    if (wanted & KAB_ORDER_BASE)
        base_from_json(order, &fields);
    if ((wanted & KAB_ORDER_CONTENTS) && !contents_from_json(order, &fields, error)) {
        g_clear_error(&fields.error);
        return NULL;
    }
    if (wanted & KAB_ORDER_TOTAL) {
        char currency[KAB_CURRENCY_SIZE];

        kab_fields_get_currency(&fields, "currency", currency);
        order->total = kab_fields_get_sum(&fields, "total", currency);
    }
    if (!kab_fields_finish(&fields, error))
        return NULL;
    return g_steal_pointer(&order);
}
