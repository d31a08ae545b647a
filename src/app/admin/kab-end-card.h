/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_END_CARD (kab_end_card_get_type())

/**
 * KabEndCard:
 *
 * How one end of the exchange stands: whether it is available and whether the other end answers it,
 * its runs, its queue, the last day as plots, the latest failures.
 *
 * Signal: "loaded" with the error of a load, or %NULL.
 */
G_DECLARE_FINAL_TYPE(KabEndCard, kab_end_card, KAB, END_CARD, AdwBin)

/**
 * kab_end_card_set_up:
 * @self: a new card
 * @client: the connection to the end
 * @base: whether it is the base, and not the portal
 */
void kab_end_card_set_up(KabEndCard *self, KabClient *client, gboolean base);

/** kab_end_card_load: asks the end anew. */
void kab_end_card_load(KabEndCard *self, GCancellable *cancellable);

G_END_DECLS
