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
 * @now: the present moment
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the minutes in order, the present one as it is so far, each
 *   with "at", "waiting", "failed",
 *   "age_s": how many seconds the oldest entry had waited at its end, and "messages": how many
 *   went through the journal in it
 */
JsonArray *kab_samples_list(KabDb *db, KabTime since, KabTime now, GError **error);

G_END_DECLS
