/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-wire-history.h"

#include "kab-order.h"

#define MAX_NAME 1000

JsonObject *
kab_wire_history_note(const KabHistoryEntry *entry)
{
    JsonObject *note = json_object_new();

    kab_json_set_text(note, "number", entry->number);
    kab_json_set_text(note, "state", entry->state);
    if (entry->lines > 0)
        json_object_set_int_member(note, "lines", entry->lines);
    if (entry->shipped >= 0)
        json_object_set_int_member(note, "shipped_percent", entry->shipped);
    if (entry->paid >= 0)
        json_object_set_int_member(note, "paid_percent", entry->paid);
    return note;
}

static void
note_from_json(KabHistoryEntry *entry, KabFields *fields)
{
    entry->number = kab_fields_dup_text(fields, "number", 100);
    entry->state = kab_fields_dup_text(fields, "state", MAX_NAME);
    /* Some of the order before, and some of the one after. */
    entry->lines = kab_fields_get_int(fields, "lines", 0, 2 * KAB_ORDER_MAX_LINES, 0);
    entry->shipped = (int)kab_fields_get_int(fields, "shipped_percent", 0, 100, -1);
    entry->paid = (int)kab_fields_get_int(fields, "paid_percent", 0, 100, -1);
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
        note_from_json(entry, &fields);
        kab_fields_finish(&fields, NULL);
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
    note_from_json(entry, &fields);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&entry) : NULL;
}
