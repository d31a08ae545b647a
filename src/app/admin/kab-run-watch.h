/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-exchange.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_RUN_WATCH (kab_run_watch_get_type())

/**
 * KabRunWatch:
 *
 * Starts a run at a service, or finds one under way, and asks how far it is until it has ended. The
 * run itself is the service's: it goes on if nobody watches it.
 */
G_DECLARE_FINAL_TYPE(KabRunWatch, kab_run_watch, KAB, RUN_WATCH, GObject)

/** kab_run_watch_new: (transfer full): watches nothing yet. */
KabRunWatch *kab_run_watch_new(KabClient *client);

/** kab_run_watch_start: "Run the exchange now"; nothing if a run is being watched. */
void kab_run_watch_start(KabRunWatch *self);

/**
 * kab_run_watch_follow:
 * @self: a watch
 * @run: (transfer full): a run that somebody else or the schedule started
 *
 * Watches @run; nothing if a run is being watched.
 */
void kab_run_watch_follow(KabRunWatch *self, KabRunResult *run);

/** kab_run_watch_stop: asks the service to stop the run; it has ended when "ended" says so. */
void kab_run_watch_stop(KabRunWatch *self);

/** kab_run_watch_set_active: asks only while it is active, that is while somebody looks. */
void kab_run_watch_set_active(KabRunWatch *self, gboolean active);

/** kab_run_watch_is_busy: whether a run is under way, or asked for. */
gboolean kab_run_watch_is_busy(KabRunWatch *self);

/** kab_run_watch_is_stopping: whether the run was asked to stop and has not ended yet. */
gboolean kab_run_watch_is_stopping(KabRunWatch *self);

/** kab_run_watch_get_run: (nullable) (transfer none): the run as it was last heard of */
const KabRunResult *kab_run_watch_get_run(KabRunWatch *self);

/** kab_run_watch_give_up: forgets the run; no signal comes after this. */
void kab_run_watch_give_up(KabRunWatch *self);

G_END_DECLS
