/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_BASKET_WRITER (kab_basket_writer_get_type())

/**
 * KabBasketWriter:
 *
 * Sends changes of the basket one after another, so that the last one entered is the last one to
 * arrive. Of several changes of one product that wait, only the newest is sent.
 */
G_DECLARE_FINAL_TYPE(KabBasketWriter, kab_basket_writer, KAB, BASKET_WRITER, GObject)

KabBasketWriter *kab_basket_writer_new(KabClient *client);

/** kab_basket_writer_set: @quantity of a product shall stand in the basket; 0 takes it out. */
void kab_basket_writer_set(KabBasketWriter *self, KabProductId product_id, KabQuantity quantity);

/** kab_basket_writer_is_busy: whether changes are on their way. */
gboolean kab_basket_writer_is_busy(KabBasketWriter *self);

/** kab_basket_writer_stop: gives up what is on its way; no signal comes after this. */
void kab_basket_writer_stop(KabBasketWriter *self);

G_END_DECLS
