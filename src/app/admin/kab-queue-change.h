/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-exchange.h"
#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_QUEUE_CHANGE (kab_queue_change_get_type())

/**
 * KabQueueChange:
 *
 * What a person does with entries of a queue, one thing at a time: retries, discards, queues by
 * hand. It asks before it discards, says on the page what came of it, and lets a single object be
 * brought back. It emits "changed" when it becomes busy or free, and "ended" when something was
 * done, or could not be done, with the error.
 */
G_DECLARE_FINAL_TYPE(KabQueueChange, kab_queue_change, KAB, QUEUE_CHANGE, GObject)

/**
 * kab_queue_change_new:
 * @page: the page, which outlives it or calls kab_queue_change_give_up()
 * @client: a connection to the end whose queue it is
 *
 * Returns: (transfer full): nothing is under way
 */
KabQueueChange *kab_queue_change_new(KabDataPage *page, KabClient *client);

/** kab_queue_change_is_busy: whether something is under way, or being asked. */
gboolean kab_queue_change_is_busy(KabQueueChange *self);

/** kab_queue_change_retry: the entries that @filter means are due at once, with all attempts. */
void kab_queue_change_retry(KabQueueChange *self, const KabClientQueueFilter *filter);

/** kab_queue_change_discard: the entries that @filter means leave the queue, if the person wants.
 */
void kab_queue_change_discard(KabQueueChange *self, const KabClientQueueFilter *filter);

/** kab_queue_change_put: queues an object by hand. */
void kab_queue_change_put(KabQueueChange *self, const char *kind, const char *id);

/** kab_queue_change_add: asks for an object and queues it; @base: whether the queue is a base's */
void kab_queue_change_add(KabQueueChange *self, gboolean base);

/** kab_queue_change_pause: pauses the queue, or lets it go on. */
void kab_queue_change_pause(KabQueueChange *self, gboolean paused);

/** kab_queue_change_give_up: closes what it asks; no signal comes after this. */
void kab_queue_change_give_up(KabQueueChange *self);

G_END_DECLS
