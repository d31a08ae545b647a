/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabHttpDeadline:
 *
 * Ends a call that goes on for too long, however it drips: a time-out is for bytes that do not come
 * at all.
 */
typedef struct _KabHttpDeadline KabHttpDeadline;

/**
 * kab_http_deadline_begin:
 * @seconds: how long the call may take
 * @outer: (nullable): what the caller ends it with
 * @blocks: whether the call blocks this thread; otherwise the thread-default context is run
 *
 * Returns: (transfer full): the deadline, for kab_http_deadline_end()
 */
KabHttpDeadline *kab_http_deadline_begin(guint seconds, GCancellable *outer, gboolean blocks);

/** kab_http_deadline_get_cancellable: (transfer none): for the call; cancelled by either. */
GCancellable *kab_http_deadline_get_cancellable(KabHttpDeadline *self);

/**
 * kab_http_deadline_end:
 * @self: (transfer full): a deadline
 *
 * Returns: whether it was the deadline that ended the call
 */
gboolean kab_http_deadline_end(KabHttpDeadline *self);

G_END_DECLS
