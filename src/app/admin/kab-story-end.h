/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-story-data.h"

G_BEGIN_DECLS

#define KAB_TYPE_STORY_END (kab_story_end_get_type())

/**
 * KabStoryEnd:
 *
 * Where an object is at one end, what blocks it there, and the cure beside it.
 */
G_DECLARE_FINAL_TYPE(KabStoryEnd, kab_story_end, KAB, STORY_END, AdwBin)

/**
 * kab_story_end_new:
 * @page: the page that it is on
 * @client: a connection to the end
 * @base: whether the end is a base, and not a portal
 * @kind: the object's kind, as any end calls it
 * @id: the object
 *
 * Returns: (transfer floating): shows nothing yet
 */
KabStoryEnd *kab_story_end_new(KabDataPage *page, KabClient *client, gboolean base,
                               const char *kind, const char *id);

/**
 * kab_story_end_load:
 * @self: an end
 * @cancellable: stops it
 *
 * Asks the end. It emits "loaded" with the error, or %NULL, once everything is known.
 */
void kab_story_end_load(KabStoryEnd *self, GCancellable *cancellable);

/** kab_story_end_get_data: (transfer none): what the end knows of the object */
KabStoryData *kab_story_end_get_data(KabStoryEnd *self);

/** kab_story_end_is_moving: whether a run is under way, so that all this may change soon. */
gboolean kab_story_end_is_moving(KabStoryEnd *self);

/** kab_story_end_is_base: whether the end is a base, and not a portal. */
gboolean kab_story_end_is_base(KabStoryEnd *self);

G_END_DECLS
