/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/**
 * KAB_PORTAL_JOIN_PRICE:
 * @partner: whose price, as SQL
 * @quantity: how much of the product, as SQL
 *
 * A join that adds to the product p its price r for a quantity: of the partner's price type the one
 * with the greatest least quantity that is reached; none, if none is.
 */
#define KAB_PORTAL_JOIN_PRICE(partner, quantity)                                               \
    " LEFT JOIN price r ON r.product_id = p.id AND r.price_type_id ="                          \
    " (SELECT price_type_id FROM partner WHERE id = " partner ")"                              \
    " AND r.min_quantity = (SELECT max(t.min_quantity) FROM price t WHERE t.product_id = p.id" \
    " AND t.price_type_id = r.price_type_id AND t.min_quantity <= " quantity ")"

/** KAB_PORTAL_LEAST_QUANTITY: the least quantity of p that the price type of r has a price for. */
#define KAB_PORTAL_LEAST_QUANTITY                                        \
    "(SELECT min(m.min_quantity) FROM price m WHERE m.product_id = p.id" \
    " AND m.price_type_id = r.price_type_id)"

/** KAB_PORTAL_SEES_WAREHOUSE: whether @partner sees the stock s, as SQL. */
#define KAB_PORTAL_SEES_WAREHOUSE(partner)                                         \
    "(NOT EXISTS (SELECT 1 FROM partner_warehouse WHERE partner_id = " partner ")" \
    " OR s.warehouse_id IN (SELECT warehouse_id FROM partner_warehouse"            \
    " WHERE partner_id = " partner "))"
