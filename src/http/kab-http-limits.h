/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabHttpLimits:
 * @connections: how many there are at most at a time
 * @per_client: how many of them one address may have; 0: any number
 * @head_ms: within which a request's head has to be there
 * @stall_ms: how long a body or an answer may stand still; both have twice that, and the time that
 *   their length takes at 16 KB/s
 * @idle_ms: how long a connection is kept for another request
 *
 * What one client may take. A member that is 0, but for @per_client, has its usual value.
 */
typedef struct {
    guint connections;
    guint per_client;
    guint head_ms;
    guint stall_ms;
    guint idle_ms;
} KabHttpLimits;

/** KAB_HTTP_PER_CLIENT: the usual bound for a service that its clients reach themselves. */
#define KAB_HTTP_PER_CLIENT 200

G_END_DECLS
