/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-goods.h"
#include "kab-json.h"
#include "kab-partner.h"
#include "kab-product.h"

G_BEGIN_DECLS

/* Bodies of the messages about goods and partners; an object's id stands beside its body.
 * In what desktops get, groups and products have their "id" in them; it is read from there
 * when the decoder is given no id. All encoders return (transfer full); all decoders return
 * (transfer full) (nullable) with %KAB_ERROR_INVALID. */

JsonNode *kab_wire_group_to_json(const KabGroup *group);
KabGroup *kab_wire_group_from_json(const char *id, JsonObject *object, GError **error);

JsonNode *kab_wire_price_type_to_json(const KabPriceType *price_type);
KabPriceType *kab_wire_price_type_from_json(const char *id, JsonObject *object, GError **error);

JsonNode *kab_wire_warehouse_to_json(const KabWarehouse *warehouse);
KabWarehouse *kab_wire_warehouse_from_json(const char *id, JsonObject *object, GError **error);

JsonNode *kab_wire_partner_to_json(const KabPartner *partner);
KabPartner *kab_wire_partner_from_json(const char *id, JsonObject *object, GError **error);

JsonNode *kab_wire_product_to_json(const KabProduct *product);
KabProduct *kab_wire_product_from_json(const char *id, JsonObject *object, GError **error);

/** kab_wire_get_bound: a quantity that is not negative and can be ordered; 0 if it is not there. */
KabQuantity kab_wire_get_bound(KabFields *fields, const char *name);

/**
 * kab_wire_picture_to_json:
 * @file: a picture
 *
 * Returns: (transfer full): the file itself, in base64
 */
JsonNode *kab_wire_picture_to_json(GBytes *file);

/**
 * kab_wire_picture_from_json:
 * @object: an object from outside
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Returns: (transfer full) (nullable): a picture, as kab_picture_check() wants it
 */
GBytes *kab_wire_picture_from_json(JsonObject *object, GError **error);

/**
 * kab_wire_prices_to_json:
 * @prices: (array length=n_prices): all prices of a product
 * @n_prices: how many
 */
JsonNode *kab_wire_prices_to_json(const KabPrice *prices, guint n_prices);

/** kab_wire_prices_from_json: (element-type KabPrice) */
GArray *kab_wire_prices_from_json(JsonObject *object, GError **error);

/**
 * kab_wire_stocks_to_json:
 * @stocks: (array length=n_stocks): the stock of a product in all warehouses
 * @n_stocks: how many
 */
JsonNode *kab_wire_stocks_to_json(const KabStock *stocks, guint n_stocks);

/** kab_wire_stocks_from_json: (element-type KabStock) */
GArray *kab_wire_stocks_from_json(JsonObject *object, GError **error);

G_END_DECLS
