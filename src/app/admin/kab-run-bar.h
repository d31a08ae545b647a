/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-run-watch.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_RUN_BAR (kab_run_bar_get_type())

/**
 * KabRunBar:
 *
 * "Run the exchange now" with what the last run did, or how far the run under way is with "Cancel";
 * beside it the menu #KabRunBar:menu-model, named #KabRunBar:menu-name.
 */
G_DECLARE_FINAL_TYPE(KabRunBar, kab_run_bar, KAB, RUN_BAR, AdwBin)

/** kab_run_bar_set_watch: to be called once; the bar shows the run of @watch, and starts it. */
void kab_run_bar_set_watch(KabRunBar *self, KabRunWatch *watch);

/** kab_run_bar_set_state: shows when it ran and runs next, and whether it can run. */
void kab_run_bar_set_state(KabRunBar *self, const KabExchangeState *state);

G_END_DECLS
