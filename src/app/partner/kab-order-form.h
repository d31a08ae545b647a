/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-order.h"

G_BEGIN_DECLS

#define KAB_TYPE_ORDER_FORM (kab_order_form_get_type())

/**
 * KabOrderForm:
 *
 * What the partner enters beside the lines of an order: contacts, delivery, wished date, shipping
 * warehouse, comment.
 */
G_DECLARE_FINAL_TYPE(KabOrderForm, kab_order_form, KAB, ORDER_FORM, AdwBin)

/**
 * kab_order_form_load:
 * @self: a form
 * @page: the page that it stands on: its connection is used, and it tells what goes wrong; it must
 *   live as long
 *
 * Fetches what can be chosen in the form.
 */
void kab_order_form_load(KabOrderForm *self, KabDataPage *page);

/** kab_order_form_prefill: @user's telephone and e-mail, where nothing is entered. */
void kab_order_form_prefill(KabOrderForm *self, const KabUser *user);

/** kab_order_form_set_order: shows what stands in @order. */
void kab_order_form_set_order(KabOrderForm *self, const KabOrder *order);

/** kab_order_form_clear_wishes: forgets what was entered for one order alone. */
void kab_order_form_clear_wishes(KabOrderForm *self);

/**
 * kab_order_form_take:
 * @self: a form
 * @details: where what is entered goes
 * @error: return location: %KAB_ERROR_INVALID; the row is marked and has the focus
 *
 * Returns: whether what is entered is right
 */
gboolean kab_order_form_take(KabOrderForm *self, KabOrder *details, GError **error);

G_END_DECLS
