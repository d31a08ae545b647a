/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-journal.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

#define KAB_TYPE_STORY_DATA (kab_story_data_get_type())

/**
 * KabStoryData:
 *
 * What one end knows of an object: its entry in the queue, all that the journal tells of it, its
 * name, and how the exchange stands. It emits "loaded" with the error, or
 * %NULL, once all of that is known.
 */
G_DECLARE_FINAL_TYPE(KabStoryData, kab_story_data, KAB, STORY_DATA, GObject)

/** kab_story_data_new: (transfer full): knows nothing yet; @kind, @id: the object */
KabStoryData *kab_story_data_new(KabClient *client, const char *kind, const char *id);

/** kab_story_data_load: asks; what is under way has to be cancelled before. */
void kab_story_data_load(KabStoryData *self, GCancellable *cancellable);

/** kab_story_data_get_state: (nullable) (transfer none): how the exchange stands */
const KabExchangeState *kab_story_data_get_state(KabStoryData *self);

/** kab_story_data_get_entry: (nullable) (transfer none): its entry; of several one of its own kind
 * before others of its id, and one that failed before others */
const KabQueueEntry *kab_story_data_get_entry(KabStoryData *self);

/** kab_story_data_get_events: (transfer none) (element-type KabJournalItem): the oldest first */
GPtrArray *kab_story_data_get_events(KabStoryData *self);

/** kab_story_data_dup_events: (transfer full) (element-type KabJournalItem): the same, copied */
GPtrArray *kab_story_data_dup_events(KabStoryData *self);

/** kab_story_data_get_last: (nullable) (transfer none): the newest of the events that are
 * about an object of this kind: what came of its price says nothing of a product */
const KabJournalItem *kab_story_data_get_last(KabStoryData *self);

/** kab_story_data_get_name: (nullable) (transfer none): how people know it, if the end has it */
const KabObjectName *kab_story_data_get_name(KabStoryData *self);

G_END_DECLS
