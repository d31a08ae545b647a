/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

G_BEGIN_DECLS

#define KAB_TYPE_EXCHANGE_WATCH (kab_exchange_watch_get_type())

/**
 * KabExchangeWatch:
 *
 * Looks every minute, whatever page is shown, whether the exchange of the ends that somebody
 * administers goes on: whether an end answers at all, and whether anything is taken although
 * something waits.
 */
G_DECLARE_FINAL_TYPE(KabExchangeWatch, kab_exchange_watch, KAB, EXCHANGE_WATCH, GObject)

/** kab_exchange_watch_new: (transfer full): it looks at once; nothing of who is no administrator */
KabExchangeWatch *kab_exchange_watch_new(KabSession *session);

/** kab_exchange_watch_look: looks now, and a minute later again. */
void kab_exchange_watch_look(KabExchangeWatch *self);

G_END_DECLS
