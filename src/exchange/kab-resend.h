/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * KabResend:
 * @incoming: whether this end takes it, and not the other one
 * @message: the copy, as it was edited, with its body
 * @who: who edited it
 * @reason: why
 */
typedef struct {
    gboolean incoming;
    KabMessage *message;
    const char *who;
    const char *reason;
} KabResend;

/**
 * kab_resend:
 * @end: this end
 * @db: a connection outside a transaction
 * @resend: what is sent
 * @cancellable: (nullable): to stop it
 * @error: return location: as kab_link_send(), storage
 *
 * Sends an edited copy of a message that was not taken to the end that did not take it. If it is
 * taken now, the entry of the queue that waited with that version is done. The journal keeps the
 * copy, who edited it and why.
 *
 * Returns: (transfer full) (nullable): what that end did with it
 */
KabAnswer *kab_resend(KabEnd *end, KabDb *db, const KabResend *resend, GCancellable *cancellable,
                      GError **error);

G_END_DECLS
