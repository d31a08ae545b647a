/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-wire-history.h"

#include "kab-order.h"

#define MAX_NAME 1000

static JsonNode *
change_to_json(const KabOrderLine *line)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "article", line->article);
    json_object_set_string_member(object, "name", line->name);
    kab_json_set_text(object, "unit", line->unit);
    kab_json_set_quantity(object, "before", line->ordered);
    kab_json_set_sum(object, "price_before", line->ordered_price);
    kab_json_set_quantity(object, "quantity", line->quantity);
    kab_json_set_sum(object, "price", line->price);
    return kab_json_node_take(object);
}

static void
set_changes(JsonObject *note, const KabOrder *changes)
{
    JsonArray *array;

    if (changes == NULL || changes->lines->len == 0)
        return;
    array = json_array_new();
    for (guint i = 0; i < changes->lines->len; i++)
        json_array_add_element(array, change_to_json(kab_order_get_line(changes, i)));
    json_object_set_string_member(note, "currency", kab_order_get_line(changes, 0)->price.currency);
    json_object_set_array_member(note, "changes", array);
}

static gboolean
change_from_json(KabOrder *changes, JsonObject *object, const char *currency, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabOrderLine *line = kab_order_add_line(changes);

    line->article = kab_fields_dup_text(&fields, "article", MAX_NAME);
    line->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_NAME));
    line->unit = kab_fields_dup_text(&fields, "unit", MAX_NAME);
    line->ordered = kab_fields_need_quantity(&fields, "before");
    line->ordered_price = kab_fields_need_sum(&fields, "price_before", currency);
    line->quantity = kab_fields_need_quantity(&fields, "quantity");
    line->price = kab_fields_need_sum(&fields, "price", currency);
    return kab_fields_finish(&fields, error);
}

/* What became of the lines; %FALSE if that cannot be read. */
static gboolean
take_changes(KabHistoryEntry *entry, JsonArray *array, const char *currency, GError **error)
{
    if (array == NULL || json_array_get_length(array) == 0)
        return TRUE;
    entry->changes = kab_order_new();
    for (guint i = 0; i < json_array_get_length(array); i++)
        if (!change_from_json(entry->changes, json_array_get_object_element(array, i), currency,
                              error))
            return FALSE;
    return TRUE;
}

JsonObject *
kab_wire_history_note(const KabHistoryEntry *entry)
{
    JsonObject *note = json_object_new();

    kab_json_set_text(note, "number", entry->number);
    kab_json_set_text(note, "state", entry->state);
    if (entry->lines > 0)
        json_object_set_int_member(note, "lines", entry->lines);
    set_changes(note, entry->changes);
    if (entry->ship_date != NULL)
        json_object_set_string_member(note, "ship_date", entry->ship_date);
    kab_json_set_text(note, "warehouse", entry->warehouse);
    if (entry->shipped >= 0)
        json_object_set_int_member(note, "shipped_percent", entry->shipped);
    if (entry->paid >= 0)
        json_object_set_int_member(note, "paid_percent", entry->paid);
    return note;
}

static gboolean
note_from_json(KabHistoryEntry *entry, KabFields *fields, GError **error)
{
    char currency[KAB_CURRENCY_SIZE];
    JsonArray *changes;

    entry->number = kab_fields_dup_text(fields, "number", 100);
    entry->state = kab_fields_dup_text(fields, "state", MAX_NAME);
    /* Some of the order before, and some of the one after. */
    entry->lines = kab_fields_get_int(fields, "lines", 0, 2 * KAB_ORDER_MAX_LINES, 0);
    if (kab_fields_get_text(fields, "ship_date", 40) != NULL)
        entry->ship_date = g_strdup(kab_fields_get_date(fields, "ship_date").text);
    entry->warehouse = kab_fields_dup_text(fields, "warehouse", MAX_NAME);
    entry->shipped = (int)kab_fields_get_int(fields, "shipped_percent", 0, 100, -1);
    entry->paid = (int)kab_fields_get_int(fields, "paid_percent", 0, 100, -1);
    kab_fields_get_currency(fields, "currency", currency);
    changes = kab_fields_get_array(fields, "changes", KAB_HISTORY_MAX_CHANGES);
    return kab_fields_finish(fields, error) && take_changes(entry, changes, currency, error);
}

void
kab_wire_history_take_note(KabHistoryEntry *entry, const char *note)
{
    g_autoptr(GBytes) bytes = note != NULL ? g_bytes_new_static(note, strlen(note)) : NULL;
    g_autoptr(JsonNode) node = bytes != NULL ? kab_json_parse(bytes, NULL) : NULL;

    if (node == NULL)
        return;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        fields.lenient = TRUE;
        if (!note_from_json(entry, &fields, NULL))
            g_clear_pointer(&entry->changes, kab_order_free);
    }
}

JsonNode *
kab_wire_history_to_json(const KabHistoryEntry *entry)
{
    JsonObject *object = kab_wire_history_note(entry);

    kab_json_set_time(object, "at", entry->at);
    json_object_set_string_member(object, "who", entry->who != NULL ? entry->who : "");
    json_object_set_boolean_member(object, "by_base", entry->by_base);
    json_object_set_string_member(object, "what", entry->what);
    return kab_json_node_take(object);
}

KabHistoryEntry *
kab_wire_history_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabHistoryEntry) entry = kab_history_entry_new();
    KabFields fields = KAB_FIELDS_INIT(object);

    entry->at = kab_fields_need_time(&fields, "at");
    entry->who = kab_fields_dup_text(&fields, "who", MAX_NAME);
    entry->by_base = kab_fields_get_boolean(&fields, "by_base", FALSE);
    entry->what = g_strdup(kab_fields_need_text(&fields, "what", 40));
    return note_from_json(entry, &fields, error) ? g_steal_pointer(&entry) : NULL;
}
