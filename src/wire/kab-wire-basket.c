/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-wire-basket.h"
#include "kab-wire-order.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME 1000

JsonArray *
kab_wire_skipped_to_json(GPtrArray *skipped)
{
    JsonArray *array = json_array_sized_new(skipped->len);

    for (guint i = 0; i < skipped->len; i++) {
        const KabSkipped *one = g_ptr_array_index(skipped, i);
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "product_id", one->product_id.text);
        kab_json_set_text(object, "name", one->name);
        json_object_set_string_member(object, "reason", kab_skip_reason_to_nick(one->reason));
        json_array_add_object_element(array, object);
    }
    return array;
}

static KabSkipped *
read_skipped(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    GError *local = NULL;
    KabProductId id;
    const char *name;
    KabSkipReason reason = KAB_SKIP_NOT_SOLD;

    kab_fields_need_id(&fields, "product_id", id.text);
    name = kab_fields_get_text(&fields, "name", MAX_NAME);
    if (!kab_skip_reason_from_nick(kab_fields_need_text(&fields, "reason", 40), &reason, &local))
        kab_fields_fail(&fields, local);
    return kab_fields_finish(&fields, error) ? kab_skipped_new(id, name, reason) : NULL;
}

GPtrArray *
kab_wire_skipped_from_json(JsonArray *array, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)kab_skipped_free);

    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabSkipped *skipped = read_skipped(json_array_get_object_element(array, i), error);

        if (skipped == NULL)
            return NULL;
        g_ptr_array_add(list, skipped);
    }
    return g_steal_pointer(&list);
}

JsonNode *
kab_wire_basket_change_to_json(const KabBasketChange *change)
{
    JsonObject *object = json_object_new();

    json_object_set_member(object, "basket", kab_wire_order_to_json(change->basket, KAB_ORDER_ALL));
    json_object_set_array_member(object, "skipped", kab_wire_skipped_to_json(change->skipped));
    return kab_json_node_take(object);
}

KabBasketChange *
kab_wire_basket_change_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabBasketChange) change = g_new0(KabBasketChange, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    JsonObject *basket = kab_fields_get_object(&fields, "basket");
    JsonArray *skipped = kab_fields_need_array(&fields, "skipped", KAB_ORDER_MAX_LINES);

    if (!kab_fields_finish(&fields, error))
        return NULL;
    if (basket == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("%s is missing"), "basket");
        return NULL;
    }
    change->basket = kab_wire_order_from_json(basket, KAB_ORDER_ALL, error);
    if (change->basket == NULL)
        return NULL;
    change->skipped = kab_wire_skipped_from_json(skipped, error);
    return change->skipped != NULL ? g_steal_pointer(&change) : NULL;
}

GArray *
kab_wire_wishes_from_json(KabFields *fields, const char *name)
{
    JsonArray *lines = kab_fields_need_array(fields, name, KAB_ORDER_MAX_LINES);
    GArray *wishes = kab_basket_wishes_new();

    for (guint i = 0; lines != NULL && i < json_array_get_length(lines); i++) {
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(lines, i));
        KabProductId id;
        KabQuantity quantity;
        GError *local = NULL;

        kab_fields_need_id(&entry, "product_id", id.text);
        quantity = kab_fields_need_quantity(&entry, "quantity");
        if (!kab_fields_finish(&entry, &local) || !kab_quantity_check_order(quantity, &local)) {
            g_prefix_error(&local, _("Line %u: "), i + 1);
            kab_fields_fail(fields, local);
            break;
        }
        kab_basket_wishes_add(wishes, id, quantity, NULL);
    }
    return wishes;
}
