/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-config.h"
#include "kab-main-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_WINDOW (kab_window_get_type())

/**
 * KabWindow:
 *
 * The application's window: sign-in, or the pages of who is signed in; messages, the connection's
 * banner, and in a demo the bar that switches between people.
 */
G_DECLARE_FINAL_TYPE(KabWindow, kab_window, KAB, WINDOW, AdwApplicationWindow)

/**
 * kab_window_new:
 * @app: (nullable): the application
 * @config: what to connect to; copied
 */
KabWindow *kab_window_new(GtkApplication *app, const KabAppConfig *config);

/**
 * kab_window_present:
 * @self: a new window
 *
 * Shows it with its content as soon as that is there, and without it when that takes long: one
 * picture, instead of three in a row that nobody can read.
 */
void kab_window_present(KabWindow *self);

/** kab_window_get_session: (transfer none) (nullable): whose pages are shown */
KabSession *kab_window_get_session(KabWindow *self);

/** kab_window_get_main_view: (transfer none) (nullable): the pages; %NULL before the sign-in */
KabMainView *kab_window_get_main_view(KabWindow *self);

G_END_DECLS
