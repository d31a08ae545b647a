/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-http-client.h"

G_BEGIN_DECLS

/**
 * KabLink:
 *
 * How one end calls the other, after its settings. It belongs to the thread that made it.
 */
typedef struct _KabLink KabLink;

/**
 * kab_link_open:
 * @end: this end
 * @db: a connection
 * @error: return location: %KAB_ERROR_STATE if address or secrets are not entered yet
 *
 * Does not call yet.
 *
 * Returns: (transfer full) (nullable): the link
 */
KabLink *kab_link_open(KabEnd *end, KabDb *db, GError **error);

void kab_link_close(KabLink *link);

/** kab_link_get_address: the other end's address, for journals. */
const char *kab_link_get_address(KabLink *link);

/**
 * kab_link_send:
 * @link: a link
 * @method: the method
 * @path: the path below the other end's service, such as "/exchange/v1/messages"
 * @body: (nullable): JSON
 * @cancellable: (nullable): to stop it
 * @error: return location: those of %KAB_HTTP_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Signs in by itself; a token that has ended is renewed once.
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status
 */
KabHttpAnswer *kab_link_send(KabLink *link, const char *method, const char *path, GBytes *body,
                             GCancellable *cancellable, GError **error);

/**
 * kab_link_check:
 * @link: a link
 * @ms: (out): how long the answer took
 * @cancellable: (nullable): to stop it
 * @error: return location; the message says what is wrong and where
 *
 * "Check integration".
 *
 * Returns: whether the service is available
 */
gboolean kab_link_check(KabLink *link, gint64 *ms, GCancellable *cancellable, GError **error);

/**
 * kab_link_explain:
 * @link: a link
 * @path: what was asked for
 * @answer: an answer that is not what was asked for
 *
 * Returns: (transfer full): what is wrong, with the address, for an administrator
 */
GError *kab_link_explain(KabLink *link, const char *path, const KabHttpAnswer *answer);

/**
 * kab_link_is_retryable:
 * @error: (nullable): why there was no answer
 * @status: otherwise, the answer's HTTP status
 *
 * The one place that decides which failures are tried again: what may go by itself.
 *
 * Returns: whether another attempt makes sense
 */
gboolean kab_link_is_retryable(const GError *error, guint status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabLink, kab_link_close)

G_END_DECLS
