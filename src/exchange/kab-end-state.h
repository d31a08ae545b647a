/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/**
 * kab_end_load_state:
 * @end: an end
 * @db: a connection
 * @error: return location
 *
 * How the exchange of an end stands, as its administrator wants to know it: the queue, the last
 * run and the one under way, the other end, and what somebody has to look after. It stands still
 * if something waits and nothing was taken for the minutes of the setting "exchange.alarm".
 *
 * Returns: (transfer full) (nullable)
 */
KabExchangeState *kab_end_load_state(KabEnd *end, KabDb *db, GError **error);

G_END_DECLS
