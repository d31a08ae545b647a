/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-settings.h"

G_BEGIN_DECLS

/* When the exchange runs by itself: by a schedule, or as soon as something is queued. Each end runs
 * by what it has itself. */

/** KAB_SETUP_SCHEDULE: what is proposed where nothing is entered, as people write it. */
#define KAB_SETUP_SCHEDULE "05:00"

/** kab_setup_share_runs: whether an end with these settings runs by itself. */
gboolean kab_setup_share_runs(const KabSettingList *settings);

/**
 * kab_setup_share_async:
 * @base: a connection to a base, whose settings are entered
 * @portal: (nullable): a connection to its portal
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Lets the portal run by itself as the base does, unless it has a schedule of its own, or the base
 * asks it for what it has.
 */
void kab_setup_share_async(KabClient *base, KabClient *portal, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);

/** kab_setup_share_finish: @runs: (out): whether the base runs by itself; %FALSE on error */
gboolean kab_setup_share_finish(GAsyncResult *result, gboolean *runs, GError **error);

G_END_DECLS
