/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"

G_BEGIN_DECLS

/** KAB_QUEUE_COLUMNS: what kab_queue_read() expects, in this order. */
#define KAB_QUEUE_COLUMNS                                                                       \
    "id, kind, object_id, version, state, attempts, created_at, next_attempt_at, error, rank, " \
    "waits_kind, waits_id"

/**
 * kab_queue_read:
 * @rows: (transfer full) (nullable): rows of %KAB_QUEUE_COLUMNS; %NULL if the error is set
 * @last_rank: (out) (optional): the rank of the last entry
 * @error: return location
 *
 * Returns: (transfer full) (nullable) (element-type KabQueueEntry): the entries
 */
GPtrArray *kab_queue_read(KabRows *rows, gint64 *last_rank, GError **error);

G_END_DECLS
