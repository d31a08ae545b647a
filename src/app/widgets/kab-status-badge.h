/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"
#include "kab-queue-entry.h"
#include "kab-task.h"
#include "kab-user.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_STATUS_BADGE (kab_status_badge_get_type())

/**
 * KabStatusBadge:
 *
 * A status as a coloured word; the colour says nothing that the word does not.
 */
G_DECLARE_FINAL_TYPE(KabStatusBadge, kab_status_badge, KAB, STATUS_BADGE, AdwBin)

/** kab_status_badge_set_order: shows the status of an order at the portal. */
void kab_status_badge_set_order(KabStatusBadge *self, KabOrderStatus status);

/** kab_status_badge_set_client_order: shows the status of a client order at the base. */
void kab_status_badge_set_client_order(KabStatusBadge *self, const KabOrder *order);

/** kab_status_badge_set_queue: shows the state of a queue entry. */
void kab_status_badge_set_queue(KabStatusBadge *self, KabQueueState state);

/** kab_status_badge_set_task: shows the state of a task. */
void kab_status_badge_set_task(KabStatusBadge *self, KabTaskState state);

/** kab_status_badge_set_outcome: shows an outcome of the journal. */
void kab_status_badge_set_outcome(KabStatusBadge *self, const char *outcome);

/** kab_status_badge_set_user: shows how far a user is. */
void kab_status_badge_set_user(KabStatusBadge *self, KabUserState state);

/** kab_status_badge_set_quiet: shows @text, which is nothing that anybody waits for. */
void kab_status_badge_set_quiet(KabStatusBadge *self, const char *text);

/** kab_status_badge_get_text: the word that is shown. */
const char *kab_status_badge_get_text(KabStatusBadge *self);

G_END_DECLS
