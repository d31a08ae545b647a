/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define KAB_TYPE_NOTIFIER (kab_notifier_get_type())

/**
 * KabNotifier:
 *
 * Tells a person by desktop notifications that an order or a task waits, which a click on them
 * opens, and an administrator that the exchange stands still. Of orders and tasks, what the person
 * is looking at is not told.
 */
G_DECLARE_FINAL_TYPE(KabNotifier, kab_notifier, KAB, NOTIFIER, GObject)

/**
 * kab_notifier_new:
 * @window: the window that shows the pages
 * @session: whose portal it listens to; nothing is told of one without pages of a partner
 * @preferences: (nullable): where notifications can be switched off
 *
 * Returns: (transfer full): the notifier
 */
KabNotifier *kab_notifier_new(GtkWindow *window, KabSession *session, GSettings *preferences);

/** kab_notifier_leave: the window closes: says what is not sent yet. */
void kab_notifier_leave(KabNotifier *self);

G_END_DECLS
