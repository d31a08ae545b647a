/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** KAB_QUANTITY_ONE: one unit, in the thousandths that quantities are kept in. */
#define KAB_QUANTITY_ONE G_GINT64_CONSTANT(1000)

/** KAB_QUANTITY_MAX: the most of one product that a line may hold: a thousand million units. */
#define KAB_QUANTITY_MAX (G_GINT64_CONSTANT(1000000000) * KAB_QUANTITY_ONE)

/**
 * KabQuantity:
 * @milli: thousandths of the product's unit
 */
typedef struct {
    gint64 milli;
} KabQuantity;

/**
 * kab_quantity_parse:
 * @text: a decimal number, such as "22,25"
 * @out: (out): the quantity; may be negative (stock)
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Returns: whether @text is a number that fits
 */
gboolean kab_quantity_parse(const char *text, KabQuantity *out, GError **error);

/**
 * kab_quantity_check_order:
 * @quantity: what somebody wants to order
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it is greater than zero and at most %KAB_QUANTITY_MAX
 */
gboolean kab_quantity_check_order(KabQuantity quantity, GError **error);

/**
 * kab_quantity_add:
 * @a: a quantity
 * @b: a quantity
 * @out: (out): their sum
 * @error: return location: %KAB_ERROR_RANGE
 *
 * Returns: %FALSE on error
 */
gboolean kab_quantity_add(KabQuantity a, KabQuantity b, KabQuantity *out, GError **error);

/**
 * kab_quantity_round_step:
 * @quantity: a quantity, not negative
 * @step: a step; 0 or less: none
 * @up: whether to round up
 *
 * Returns: the multiple of @step that is nearest in that direction, never more than
 *   %KAB_QUANTITY_MAX; @quantity itself if it is one
 */
KabQuantity kab_quantity_round_step(KabQuantity quantity, KabQuantity step, gboolean up);

/**
 * kab_quantity_format:
 * @quantity: a quantity
 *
 * For people, after the conventions of the current locale; whole numbers have no point.
 *
 * Returns: (transfer full): the text
 */
char *kab_quantity_format(KabQuantity quantity);

/**
 * kab_quantity_format_number:
 * @quantity: a quantity
 *
 * For files and scripts: "22.25".
 *
 * Returns: (transfer full): the text
 */
char *kab_quantity_format_number(KabQuantity quantity);

G_END_DECLS
