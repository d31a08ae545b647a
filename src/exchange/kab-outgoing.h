/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/**
 * KabOutgoing:
 * @end: this end
 * @db: a connection
 * @peer: the other end, for the journal
 * @run_id: (nullable): the run
 * @attempts: how often an entry may be tried
 * @result: what was done so far
 *
 * How entries of the queue become messages, and what an answer to a message does to its entry: the
 * same whether this end sends them or the other end fetches them.
 */
typedef struct {
    KabEnd *end;
    KabDb *db;
    const char *peer;
    const char *run_id;
    gint64 attempts;
    KabRunResult *result;
} KabOutgoing;

/**
 * KabMessages:
 * @entries: (element-type KabQueueEntry): not owned
 * @messages: (element-type KabMessage): of the same length, with their texts
 * @next: the first entry that is not in it
 *
 * What goes into one batch.
 */
typedef struct {
    GPtrArray *entries;
    GPtrArray *messages;
    guint next;
} KabMessages;

void kab_messages_clear(KabMessages *self);

/**
 * kab_outgoing_build:
 * @self: what is sent
 * @entries: (element-type KabQueueEntry): entries in the order of sending
 * @from: where the batch begins
 * @out: (out): as many messages as go into one batch
 * @error: return location: storage only
 *
 * An entry whose object cannot be sent fails at once and is not among them.
 *
 * Returns: %FALSE on error
 */
gboolean kab_outgoing_build(const KabOutgoing *self, GPtrArray *entries, guint from,
                            KabMessages *out, GError **error);

/**
 * kab_outgoing_note:
 * @self: what was sent
 * @entry: an entry
 * @answer: what the other end did with its message
 * @error: return location
 *
 * To be followed by kab_queue_wake(), in the same transaction.
 *
 * Returns: whether it is stored
 */
gboolean kab_outgoing_note(const KabOutgoing *self, const KabQueueEntry *entry,
                           const KabAnswer *answer, GError **error);

/**
 * kab_outgoing_next_attempt:
 * @attempts: how often it was tried before
 * @retry_after: seconds that the other end asks to wait
 *
 * Exponential backoff with full jitter above one second, after what the other end asked for.
 *
 * Returns: when it may be tried again
 */
KabTime kab_outgoing_next_attempt(int attempts, guint retry_after);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KabMessages, kab_messages_clear)

G_END_DECLS
