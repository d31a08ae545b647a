/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_SETUP_WINDOW (kab_setup_window_get_type())

/**
 * KabSetupWindow:
 *
 * The exchange set-up assistant ("Мастер настройки обмена"): connects a portal and a base, a step
 * after the other, each of which is saved and checked before the next. Of who administers both
 * ends, it makes the exchange users and what they sign in with by itself.
 */
G_DECLARE_FINAL_TYPE(KabSetupWindow, kab_setup_window, KAB, SETUP_WINDOW, AdwWindow)

/** kab_setup_window_new: @portal: (nullable): the portal, of who administers that too */
KabSetupWindow *kab_setup_window_new(GtkWindow *parent, KabClient *portal, KabClient *base);

G_END_DECLS
