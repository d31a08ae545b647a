/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-run-watch.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_QUEUE_HEAD (kab_queue_head_get_type())

/**
 * KabQueueHead:
 *
 * What stands above the entries of a queue: what hinders the exchange, how many entries there are,
 * its runs, and the menu of what can be done with the queue.
 */
G_DECLARE_FINAL_TYPE(KabQueueHead, kab_queue_head, KAB, QUEUE_HEAD, AdwBin)

/** kab_queue_head_set_watch: to be called once: the runs of @watch are shown. */
void kab_queue_head_set_watch(KabQueueHead *self, KabRunWatch *watch);

/** kab_queue_head_set_state: @base: whether it is the base's queue, or the portal's */
void kab_queue_head_set_state(KabQueueHead *self, const KabExchangeState *state, gboolean base);

G_END_DECLS
