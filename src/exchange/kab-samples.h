/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-time.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How the exchange stood, minute by minute, for two days: what the plots of the console show. */

/**
 * kab_samples_take:
 * @db: a connection outside a transaction
 * @now: the present moment
 * @error: return location
 *
 * Notes how the queue stands, once a minute however often it is called, and forgets what is older
 * than two days.
 *
 * Returns: whether it is stored
 */
gboolean kab_samples_take(KabDb *db, KabTime now, GError **error);

/**
 * kab_samples_list:
 * @db: a connection
 * @since: from this moment on
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the minutes in order, each with "at", "waiting", "failed",
 *   "age_s": how many seconds the oldest entry had waited, and "messages": how many went through
 *   the journal since the minute before
 */
JsonArray *kab_samples_list(KabDb *db, KabTime since, GError **error);

G_END_DECLS
