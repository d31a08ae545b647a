/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_CLIENT_ORDER_FORM (kab_client_order_form_get_type())

/**
 * KabClientOrderForm:
 *
 * What the manager decides about a client order as a whole: status, state, manager, reason, day of
 * shipping, how much is paid and shipped. It emits "changed" when the manager enters something.
 */
G_DECLARE_FINAL_TYPE(KabClientOrderForm, kab_client_order_form, KAB, CLIENT_ORDER_FORM, AdwBin)

/** kab_client_order_form_set_order: shows how @order stands. */
void kab_client_order_form_set_order(KabClientOrderForm *self, const KabOrder *order);

/**
 * kab_client_order_form_take:
 * @self: a form
 * @order: the order that it shows; what is entered becomes part of it
 * @error: return location: %KAB_ERROR_INVALID, and the row is marked
 *
 * Returns: whether everything could be taken
 */
gboolean kab_client_order_form_take(KabClientOrderForm *self, KabOrder *order, GError **error);

G_END_DECLS
