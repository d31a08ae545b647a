/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-http-server.h"

G_BEGIN_DECLS

/**
 * KabLive:
 *
 * Tells the desktops that listen to a portal, within a quarter of a second, that something of their
 * partner's has changed, whichever program changed it. A thread of its own.
 */
typedef struct _KabLive KabLive;

/** kab_live_start: (transfer full): for the portal @end and its @server, which have to outlive it.
 */
KabLive *kab_live_start(KabEnd *end, KabHttpServer *server);

/** kab_live_stop: (transfer full) (nullable): ends it; the end is stopped with it. */
void kab_live_stop(KabLive *self);

G_END_DECLS
