/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-wire-goods.h"
#include "kab-wire-order.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME 1000
#define MAX_TEXT 4000
#define MAX_CURRENCIES 100
/* Of orders: more than anybody has, and a hundred of them can be added. */
#define MAX_COUNT G_GINT64_CONSTANT(1000000000000)

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
        kab_json_set_sum(object, "ordered_price", line->ordered_price);
        kab_json_set_quantity(object, "quantity", line->quantity);
        kab_json_set_sum(object, "price", line->price);
        kab_json_set_sum(object, "sum", line->sum);
        if (line->step.milli > 0)
            kab_json_set_quantity(object, "step", line->step);
        if (line->shipped.milli != 0)
            kab_json_set_quantity(object, "shipped", line->shipped);
        if (line->paid.minor != 0)
            kab_json_set_sum(object, "paid", line->paid);
        if (*line->seen_price.currency != '\0') {
            kab_json_set_sum(object, "seen_price", line->seen_price);
            json_object_set_string_member(object, "seen_currency", line->seen_price.currency);
        }
        json_array_add_object_element(array, object);
    }
    return array;
}

static void
partner_to_json(const KabOrder *order, JsonObject *object)
{
    kab_json_set_text(object, "partner_id", order->partner_id.text);
    kab_json_set_text(object, "partner_name", order->partner_name);
    kab_json_set_text(object, "user_id", order->user_id.text);
    kab_json_set_text(object, "user_name", order->user_name);
    kab_json_set_text(object, "comment", order->comment);
    kab_json_set_text(object, "phone", order->phone);
    kab_json_set_text(object, "email", order->email);
    kab_json_set_text(object, "address", order->address);
    kab_json_set_text(object, "wished_date", order->wished_date.text);
    json_object_set_boolean_member(object, "over_limit", order->over_limit);
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
    kab_json_set_text(object, "client_status_text", order->client_status_text);
    kab_json_set_text(object, "state", order->state);
    kab_json_set_text(object, "manager", order->manager);
    kab_json_set_text(object, "ship_date", order->ship_date.text);
}

/* What is counted from the lines, for those who do not count. */
static void
progress_to_json(const KabOrder *order, JsonObject *object)
{
    kab_json_set_sum(object, "paid", order->paid);
    kab_json_set_sum(object, "shipped", order->shipped);
    json_object_set_int_member(object, "paid_percent", kab_order_get_paid_percent(order));
    json_object_set_int_member(object, "shipped_percent", kab_order_get_shipped_percent(order));
}

/* Whether it is for a desktop, with the lines. */
static gboolean
has_all(KabOrderFields fields)
{
    return (fields & KAB_ORDER_CONTENTS) && (fields & KAB_ORDER_PORTAL);
}

JsonNode *
kab_wire_order_to_json(const KabOrder *order, KabOrderFields fields)
{
    JsonObject *object = json_object_new();

    if (fields & KAB_ORDER_PORTAL) {
        kab_json_set_text(object, "id", order->id.text);
        json_object_set_int_member(object, "version", order->version);
        json_object_set_string_member(object, "status", kab_order_status_to_nick(order->status));
        kab_json_set_text(object, "name", order->name);
        json_object_set_boolean_member(object, "has_invoice", order->has_invoice);
        if (order->held)
            json_object_set_string_member(object, "approver", kab_role_to_nick(order->approver));
    }
    if (fields & KAB_ORDER_PARTNER)
        partner_to_json(order, object);
    if (fields & KAB_ORDER_DECISION) {
        json_object_set_string_member(object, "decision", kab_decision_to_nick(order->decision));
        json_object_set_int_member(object, "decision_attempt", order->decision_attempt);
        json_object_set_int_member(object, "decided_revision", order->decided_revision);
        json_object_set_string_member(object, "decision_result",
                                      kab_decision_result_to_nick(order->decision_result));
        kab_json_set_text(object, "reason", order->reason);
    }
    if (fields & KAB_ORDER_BASE)
        base_to_json(order, object);
    if (fields & KAB_ORDER_TOTAL || has_all(fields))
        progress_to_json(order, object);
    if (fields & (KAB_ORDER_CONTENTS | KAB_ORDER_TOTAL)) {
        kab_json_set_text(object, "currency", order->total.currency);
        kab_json_set_sum(object, "total", order->total);
    }
    if (fields & KAB_ORDER_CONTENTS) {
        json_object_set_boolean_member(object, "vat_on_top", order->vat_on_top);
        if (order->vat_on_top)
            kab_json_set_sum(object, "vat", order->vat);
        kab_json_set_text(object, "warehouse_id", order->warehouse_id.text);
        kab_json_set_text(object, "warehouse_name", order->warehouse_name);
        json_object_set_array_member(object, "lines", lines_to_json(order));
    }
    return kab_json_node_take(object);
}

static gboolean
line_from_json(KabOrder *order, JsonObject *object, const char *currency, gboolean desktop,
               KabMoney *sum, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabOrderLine *line = kab_order_add_line(order);

    kab_fields_need_id(&fields, "product_id", line->product_id.text);
    line->article = kab_fields_dup_text(&fields, "article", MAX_NAME);
    line->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_NAME));
    line->unit = kab_fields_dup_text(&fields, "unit", MAX_NAME);
    line->vat = kab_fields_dup_text(&fields, "vat", MAX_NAME);
    line->ordered = kab_fields_need_quantity(&fields, "ordered");
    line->ordered_price = kab_fields_need_sum(&fields, "ordered_price", currency);
    line->quantity = kab_fields_need_quantity(&fields, "quantity");
    line->price = kab_fields_need_sum(&fields, "price", currency);
    line->step = kab_wire_get_bound(&fields, "step");
    *sum = kab_fields_need_sum(&fields, "sum", currency);
    line->shipped = kab_fields_get_quantity(&fields, "shipped");
    line->paid = kab_fields_get_sum(&fields, "paid", currency);
    if (desktop) {
        char seen[KAB_CURRENCY_SIZE];

        kab_fields_get_currency(&fields, "seen_currency", seen);
        line->seen_price = kab_fields_get_sum(&fields, "seen_price", seen);
    }
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
contents_from_json(KabOrder *order, KabFields *fields, gboolean desktop, GError **error)
{
    char currency[KAB_CURRENCY_SIZE];
    g_autoptr(GArray) sums = g_array_new(FALSE, FALSE, sizeof(KabMoney));
    JsonArray *lines;
    KabMoney total;
    KabMoney vat;

    kab_fields_need_currency(fields, "currency", currency);
    total = kab_fields_need_sum(fields, "total", currency);
    lines = kab_fields_need_array(fields, "lines", KAB_ORDER_MAX_LINES);
    kab_fields_get_id(fields, "warehouse_id", order->warehouse_id.text);
    order->warehouse_name = kab_fields_dup_text(fields, "warehouse_name", MAX_NAME);
    order->vat_on_top = kab_fields_get_boolean(fields, "vat_on_top", FALSE);
    vat = kab_fields_get_sum(fields, "vat", currency);
    order->total = kab_money_new(0, currency);
    for (guint i = 0; lines != NULL && i < json_array_get_length(lines); i++) {
        KabMoney sum;

        if (!line_from_json(order, json_array_get_object_element(lines, i), currency, desktop, &sum,
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
    return lines == NULL || (sum_is_right(order->vat, vat, "vat", error) &&
                             sum_is_right(order->total, total, "total", error));
}

static void
partner_from_json(KabOrder *order, KabFields *fields)
{
    kab_fields_get_id(fields, "partner_id", order->partner_id.text);
    order->partner_name = kab_fields_dup_text(fields, "partner_name", MAX_NAME);
    kab_fields_get_id(fields, "user_id", order->user_id.text);
    order->user_name = kab_fields_dup_text(fields, "user_name", MAX_NAME);
    order->comment = kab_fields_dup_text(fields, "comment", MAX_TEXT);
    order->phone = kab_fields_dup_text(fields, "phone", 100);
    order->email = kab_fields_dup_text(fields, "email", 320);
    order->address = kab_fields_dup_text(fields, "address", MAX_TEXT);
    order->wished_date = kab_fields_get_date(fields, "wished_date");
    order->over_limit = kab_fields_get_boolean(fields, "over_limit", FALSE);
    order->created_at = kab_fields_get_time(fields, "created_at");
    order->placed_at = kab_fields_get_time(fields, "placed_at");
}

/* A base may write what it likes for status and state: what is not known is kept as it is. */
static void
status_from_json(KabOrder *order, KabFields *fields)
{
    const char *text = kab_fields_need_text(fields, "client_status", MAX_NAME);
    const char *own = kab_fields_get_text(fields, "client_status_text", MAX_NAME);
    const char *state = kab_fields_get_text(fields, "state", MAX_NAME);
    const char *known = kab_order_state_from_text(state);

    order->client_status = kab_client_status_from_text(text);
    if (order->client_status == KAB_CLIENT_OTHER)
        order->client_status_text = g_strdup(own != NULL ? own : text);
    order->state = g_strdup(known != NULL ? known : state);
}

static void
base_from_json(KabOrder *order, KabFields *fields)
{
    order->number = kab_fields_dup_text(fields, "number", 100);
    order->revision = kab_fields_need_int(fields, "revision", 0, G_MAXINT64);
    status_from_json(order, fields);
    order->manager = kab_fields_dup_text(fields, "manager", MAX_NAME);
    order->ship_date = kab_fields_get_date(fields, "ship_date");
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
        kab_fields_fail(fields, g_steal_pointer(&error));
    order->name = kab_fields_dup_text(fields, "name", KAB_ORDER_MAX_NAME);
    order->has_invoice = kab_fields_get_boolean(fields, "has_invoice", FALSE);
    nick = kab_fields_get_text(fields, "approver", 40);
    order->held = nick != NULL;
    if (nick != NULL && !kab_role_from_nick(nick, &order->approver, &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
}

/* What was counted from the lines has to be what they give: nobody shall set it and be told that
 * all is well. */
static void
check_progress(const KabOrder *order, KabFields *fields)
{
    int paid = kab_order_get_paid_percent(order);
    int shipped = kab_order_get_shipped_percent(order);

    kab_fields_skip(fields, "paid");
    kab_fields_skip(fields, "shipped");
    if (kab_fields_get_int(fields, "paid_percent", 0, 100, paid) != paid ||
        kab_fields_get_int(fields, "shipped_percent", 0, 100, shipped) != shipped)
        kab_fields_fail(fields,
                        g_error_new_literal(KAB_ERROR, KAB_ERROR_INVALID,
                                            _("What is paid and shipped is told line by line")));
}

static void
total_from_json(KabOrder *order, KabFields *fields)
{
    char currency[KAB_CURRENCY_SIZE];

    kab_fields_get_currency(fields, "currency", currency);
    order->total = kab_fields_get_sum(fields, "total", currency);
    order->paid = kab_fields_get_sum(fields, "paid", currency);
    order->shipped = kab_fields_get_sum(fields, "shipped", currency);
    kab_fields_skip(fields, "paid_percent");
    kab_fields_skip(fields, "shipped_percent");
}

static void
decision_from_json(KabOrder *order, KabFields *fields)
{
    const char *nick = kab_fields_need_text(fields, "decision", 40);
    GError *error = NULL;

    if (*nick != '\0' && !kab_decision_from_nick(nick, &order->decision, &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
    order->decision_attempt = kab_fields_need_int(fields, "decision_attempt", 0, G_MAXINT64);
    order->decided_revision = kab_fields_need_int(fields, "decided_revision", 0, G_MAXINT64);
    nick = kab_fields_get_text(fields, "decision_result", 40);
    if (nick != NULL && !kab_decision_result_from_nick(nick, &order->decision_result, &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
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
    if ((wanted & KAB_ORDER_CONTENTS) &&
        !contents_from_json(order, &fields, has_all(wanted), error)) {
        g_clear_error(&fields.error);
        return NULL;
    }
    if (wanted & KAB_ORDER_TOTAL)
        total_from_json(order, &fields);
    else if (has_all(wanted))
        check_progress(order, &fields);
    if (!kab_fields_finish(&fields, error))
        return NULL;
    return g_steal_pointer(&order);
}

JsonNode *
kab_wire_order_totals_to_json(GArray *totals)
{
    JsonObject *object = json_object_new();
    JsonArray *array = json_array_sized_new(totals->len);
    gint64 count = 0;

    for (guint i = 0; i < totals->len; i++) {
        const KabOrderTotal *total = &g_array_index(totals, KabOrderTotal, i);
        JsonObject *entry = json_object_new();

        json_object_set_int_member(entry, "count", total->count);
        json_object_set_string_member(entry, "currency", total->total.currency);
        kab_json_set_sum(entry, "total", total->total);
        json_array_add_object_element(array, entry);
        count += total->count;
    }
    json_object_set_int_member(object, "count", count);
    json_object_set_array_member(object, "totals", array);
    return kab_json_node_take(object);
}

GArray *
kab_wire_order_totals_from_json(JsonObject *object, GError **error)
{
    g_autoptr(GArray) totals = g_array_new(FALSE, FALSE, sizeof(KabOrderTotal));
    KabFields fields = KAB_FIELDS_INIT(object);
    JsonArray *array = kab_fields_need_array(&fields, "totals", MAX_CURRENCIES);

    kab_fields_skip(&fields, "count");
    if (!kab_fields_finish(&fields, error))
        return NULL;
    for (guint i = 0; i < json_array_get_length(array); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        char currency[KAB_CURRENCY_SIZE];
        KabOrderTotal total;

        total.count = kab_fields_need_int(&entry, "count", 0, MAX_COUNT);
        kab_fields_need_currency(&entry, "currency", currency);
        total.total = kab_fields_need_sum(&entry, "total", currency);
        if (!kab_fields_finish(&entry, error))
            return NULL;
        g_array_append_val(totals, total);
    }
    return g_steal_pointer(&totals);
}
