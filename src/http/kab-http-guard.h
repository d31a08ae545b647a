/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-http-limits.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * KabHttpGuard:
 *
 * Counts and times the connections of a server, and ends those that take too much. It belongs to
 * the server's thread.
 */
typedef struct _KabHttpGuard KabHttpGuard;

/**
 * kab_http_guard_new:
 * @soup: the server, before it listens
 * @limits: what is allowed
 *
 * The time runs on the thread-default context.
 *
 * Returns: (transfer full): the guard, which has to go after the server
 */
KabHttpGuard *kab_http_guard_new(SoupServer *soup, const KabHttpLimits *limits);

/** kab_http_guard_free: (transfer full) (nullable): frees it. */
void kab_http_guard_free(KabHttpGuard *self);

/**
 * kab_http_guard_check_head:
 * @self: a guard
 * @message: a request whose head is there
 * @text: (out): what is wrong with it, in words
 *
 * Returns: 0, or the HTTP status to refuse it with: 414, 431 or 503
 */
guint kab_http_guard_check_head(KabHttpGuard *self, SoupServerMessage *message, const char **text);

/** kab_http_guard_hold: no time runs for @message while the service works on it. */
void kab_http_guard_hold(KabHttpGuard *self, SoupServerMessage *message);

/** kab_http_guard_release: the answer to @message is on its way: its time runs. */
void kab_http_guard_release(KabHttpGuard *self, SoupServerMessage *message);

/** kab_http_guard_leave: the connection of @message becomes a WebSocket: it is counted still, but
 * its time is another's affair. */
void kab_http_guard_leave(KabHttpGuard *self, SoupServerMessage *message);

/** kab_http_guard_get_connections: how many connections there may be. */
guint kab_http_guard_get_connections(KabHttpGuard *self);

G_END_DECLS
