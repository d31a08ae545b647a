/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-journal.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/* Where an object is, and what blocks it, as one end knows it. */

/** kab_story_sends: whether an end sends objects of @kind: the base, or the portal. */
gboolean kab_story_sends(gboolean base, const char *kind);

/** kab_story_kind_at: (transfer none): what that end calls the object: an order of the portal is a
 * client order at the base */
const char *kab_story_kind_at(gboolean base, const char *kind);

/**
 * KabStoryCure:
 * @KAB_STORY_RETRY: give the entry all its attempts again
 * @KAB_STORY_EDIT: edit a copy and send that
 * @KAB_STORY_RUN: run the exchange now
 * @KAB_STORY_RESUME: let the queue go on
 * @KAB_STORY_DISCARD: take it out of the queue
 * @KAB_STORY_PUT: queue it by hand
 * @KAB_STORY_SETTINGS: mend what the end is told of the other one
 *
 * What can be done about it.
 */
typedef enum {
    KAB_STORY_RETRY = 1 << 0,
    KAB_STORY_EDIT = 1 << 1,
    KAB_STORY_RUN = 1 << 2,
    KAB_STORY_RESUME = 1 << 3,
    KAB_STORY_DISCARD = 1 << 4,
    KAB_STORY_PUT = 1 << 5,
    KAB_STORY_SETTINGS = 1 << 6,
} KabStoryCure;

/**
 * KabStoryVerdict:
 * @icon_name: a picture of it
 * @css: its style class: "error", "warning", "success" or "dim-label"
 * @title: (owned): where the object is
 * @text: (owned) (nullable): what blocks it
 * @cures: what can be done
 *
 * What there is to say of an object at one end.
 */
typedef struct {
    const char *icon_name;
    const char *css;
    char *title;
    char *text;
    KabStoryCure cures;
} KabStoryVerdict;

void kab_story_verdict_clear(KabStoryVerdict *verdict);

/**
 * kab_story_judge:
 * @base: whether the end is the base
 * @kind: what the end calls the object
 * @state: how its exchange stands
 * @entry: (nullable): the object's entry in its queue
 * @last: (nullable): the last that its journal tells of the object
 * @verdict: (out caller-allocates): what there is to say
 */
void kab_story_judge(gboolean base, const char *kind, const KabExchangeState *state,
                     const KabQueueEntry *entry, const KabJournalItem *last,
                     KabStoryVerdict *verdict);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KabStoryVerdict, kab_story_verdict_clear)

G_END_DECLS
