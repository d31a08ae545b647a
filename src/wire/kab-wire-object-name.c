/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-wire-object-name.h"

#define MAX_TEXT 4000

JsonNode *
kab_wire_object_name_to_json(const KabObjectName *name)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "name", name->name);
    kab_json_set_text(object, "number", name->number);
    kab_json_set_time(object, "at", name->at);
    if (*name->total.currency != '\0') {
        kab_json_set_text(object, "currency", name->total.currency);
        kab_json_set_sum(object, "total", name->total);
    }
    return kab_json_node_take(object);
}

KabObjectName *
kab_wire_get_object_name(KabFields *fields)
{
    JsonObject *object = kab_fields_get_object(fields, "name");
    KabFields parts = KAB_FIELDS_INIT(object);
    g_autoptr(KabObjectName) name = NULL;
    GError *error = NULL;
    char currency[KAB_CURRENCY_SIZE];

    if (object == NULL)
        return NULL;
    name = g_new0(KabObjectName, 1);
    name->name = kab_fields_dup_text(&parts, "name", MAX_TEXT);
    name->number = kab_fields_dup_text(&parts, "number", MAX_TEXT);
    name->at = kab_fields_get_time(&parts, "at");
    kab_fields_get_currency(&parts, "currency", currency);
    if (*currency != '\0')
        name->total = kab_fields_need_sum(&parts, "total", currency);
    if (kab_fields_finish(&parts, &error))
        return g_steal_pointer(&name);
    kab_fields_fail(fields, error);
    return NULL;
}
