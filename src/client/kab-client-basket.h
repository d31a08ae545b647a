/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-basket.h"
#include "kab-client.h"

G_BEGIN_DECLS

/* What changes many lines of the basket at once; one at a time: kab-client-catalogue.h. */

/** kab_client_accept_prices_async: the prices of now are those that the user knows: no line of the
 * basket is repriced then. Finish with kab_client_basket_finish(). */
void kab_client_accept_prices_async(KabClient *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_replace_basket_async:
 * @self: a connection to a portal
 * @wishes: (element-type KabBasketWish): what shall stand in the basket; none to empty it
 *
 * The same again is the same as once.
 */
void kab_client_replace_basket_async(KabClient *self, GArray *wishes, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_repeat_order_async:
 * @self: a connection to a portal
 * @id: an order in any status
 * @key: what makes a repeated call one call: see kab_client_submit_basket_async()
 *
 * Puts what was ordered there into the basket, on top of what is there.
 */
void kab_client_repeat_order_async(KabClient *self, KabOrderId id, const char *key,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data);

/** kab_client_basket_change_finish: (transfer full): the basket, and what is not in it */
KabBasketChange *kab_client_basket_change_finish(KabClient *self, GAsyncResult *result,
                                                 GError **error);

G_END_DECLS
