/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-basket.h"
#include "kab-json.h"

G_BEGIN_DECLS

/** kab_wire_skipped_to_json: (transfer full): @skipped: (element-type KabSkipped) */
JsonArray *kab_wire_skipped_to_json(GPtrArray *skipped);

/**
 * kab_wire_skipped_from_json:
 * @array: (nullable): objects from outside or of the own database
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable) (element-type KabSkipped): what they say
 */
GPtrArray *kab_wire_skipped_from_json(JsonArray *array, GError **error);

/** kab_wire_basket_change_to_json: (transfer full): what desktops get of many wishes at once. */
JsonNode *kab_wire_basket_change_to_json(const KabBasketChange *change);

/** kab_wire_basket_change_from_json: (transfer full) (nullable): %KAB_ERROR_INVALID */
KabBasketChange *kab_wire_basket_change_from_json(JsonObject *object, GError **error);

/**
 * kab_wire_wishes_from_json:
 * @fields: the object that has them
 * @name: the member: an array of objects with product_id and quantity
 *
 * Returns: (transfer full) (element-type KabBasketWish): at most %KAB_ORDER_MAX_LINES wishes
 */
GArray *kab_wire_wishes_from_json(KabFields *fields, const char *name);

G_END_DECLS
