/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * KabHttpLive:
 *
 * The WebSockets (RFC 6455) of a server, over which it tells clients that something has changed.
 * What it is, they ask for: so every right is checked where it always is. It belongs to the
 * server's thread.
 */
typedef struct _KabHttpLive KabHttpLive;

/**
 * kab_http_live_new:
 * @max: how many there may be
 * @count: where their number is kept, atomically
 *
 * Returns: (transfer full): without any
 */
KabHttpLive *kab_http_live_new(guint max, int *count);

/** kab_http_live_free: (transfer full) (nullable): ends all of them. */
void kab_http_live_free(KabHttpLive *self);

/**
 * kab_http_live_begin:
 * @self: a server's WebSockets
 * @message: a paused request for one
 * @topic: what this client may be told of
 * @error: return location: %KAB_ERROR_INVALID if it is no such request, %KAB_ERROR_BUSY if there
 *   are too many
 *
 * Answers 101; the connection is told of @topic until one of the two ends it, or its time is over:
 * the client comes again then and is looked at anew.
 *
 * Returns: whether the request is answered; the message goes on by itself once it is unpaused
 */
gboolean kab_http_live_begin(KabHttpLive *self, SoupServerMessage *message, const char *topic,
                             GError **error);

/** kab_http_live_tell: sends @text to everybody who listens to @topic; %NULL for all. */
void kab_http_live_tell(KabHttpLive *self, const char *topic, const char *text);

G_END_DECLS
