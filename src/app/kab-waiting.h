/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

G_BEGIN_DECLS

#define KAB_TYPE_WAITING (kab_waiting_get_type())

/**
 * KabWaiting:
 *
 * Counts what waits for who is signed in, whatever page is shown: orders to confirm, and tasks. It
 * counts anew whenever the portal tells that one has changed.
 */
G_DECLARE_FINAL_TYPE(KabWaiting, kab_waiting, KAB, WAITING, GObject)

/** kab_waiting_new: (transfer full): it counts at once */
KabWaiting *kab_waiting_new(KabSession *session);

/** kab_waiting_count: counts now. */
void kab_waiting_count(KabWaiting *self);

G_END_DECLS
