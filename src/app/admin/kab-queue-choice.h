/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-exchange.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_QUEUE_CHOICE (kab_queue_choice_get_type())

/**
 * KabQueueChoice:
 *
 * Which entries of a queue are shown: by state, by kind, and those that failed because of one
 * cause. It emits "changed".
 */
G_DECLARE_FINAL_TYPE(KabQueueChoice, kab_queue_choice, KAB, QUEUE_CHOICE, AdwBin)

/** kab_queue_choice_set_base: offers what a base sends, or what a portal sends. */
void kab_queue_choice_set_base(KabQueueChoice *self, gboolean base);

/** kab_queue_choice_get_filter: what is chosen; its texts are the widget's, until it changes. */
KabClientQueueFilter kab_queue_choice_get_filter(KabQueueChoice *self);

/** kab_queue_choice_is_all: whether everything is shown. */
gboolean kab_queue_choice_is_all(KabQueueChoice *self);

/** kab_queue_choice_set_cause: shows what of @kind failed because of @error. */
void kab_queue_choice_set_cause(KabQueueChoice *self, const char *kind, const char *error);

/** kab_queue_choice_clear: shows everything. */
void kab_queue_choice_clear(KabQueueChoice *self);

G_END_DECLS
