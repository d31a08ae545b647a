/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabQueueState:
 * @KAB_QUEUE_WAITING: will be sent by a run
 * @KAB_QUEUE_PROCESSING: a run is sending it
 * @KAB_QUEUE_FAILED: waits for a person: all attempts are used up, or the other end rejected it
 */
typedef enum {
    KAB_QUEUE_WAITING,
    KAB_QUEUE_PROCESSING,
    KAB_QUEUE_FAILED,
} KabQueueState;

/** KAB_QUEUE_N_STATES: how many values #KabQueueState has. */
#define KAB_QUEUE_N_STATES (KAB_QUEUE_FAILED + 1)

/**
 * KabQueueEntry:
 * @id: grows with the order of queueing
 * @kind: the kind of the object
 * @object_id: the object
 * @version: its version
 * @state: where the entry stands
 * @attempts: how often it was sent in vain
 * @created_at: when it was queued
 * @next_attempt_at: when it may be sent
 * @error: (nullable): why the last attempt was in vain
 */
typedef struct {
    gint64 id;
    char *kind;
    char *object_id;
    gint64 version;
    KabQueueState state;
    int attempts;
    KabTime created_at;
    KabTime next_attempt_at;
    char *error;
} KabQueueEntry;

void kab_queue_entry_free(KabQueueEntry *entry);

/**
 * KabRunResult:
 * @sent: objects that the other end has now, applied or known there already
 * @rejected: objects that the other end will not take
 * @failed: objects that could not be delivered in this run
 * @received: objects fetched from the other end's queue and applied
 * @error: (nullable): why the run ended early
 *
 * What one run of the exchange did.
 */
typedef struct {
    gint64 sent;
    gint64 rejected;
    gint64 failed;
    gint64 received;
    char *error;
} KabRunResult;

void kab_run_result_free(KabRunResult *result);

/**
 * KabExchangeState:
 * @counts: entries of the queue by #KabQueueState
 * @oldest_at: when the oldest entry was queued; 0 for an empty queue
 * @last_run_at: when the last run ended; 0 if there was none
 * @last_error: (nullable): why the last run ended early
 * @running: whether a run is under way
 * @connected: whether the other end's address and secrets are entered
 *
 * How one end's exchange stands.
 */
typedef struct {
    gint64 counts[KAB_QUEUE_N_STATES];
    KabTime oldest_at;
    KabTime last_run_at;
    char *last_error;
    gboolean running;
    gboolean connected;
} KabExchangeState;

void kab_exchange_state_free(KabExchangeState *state);

/**
 * kab_queue_state_to_nick:
 * @state: a state
 *
 * Returns: its name in storage and on the wire
 */
const char *kab_queue_state_to_nick(KabQueueState state);

/**
 * kab_queue_state_from_nick:
 * @nick: (nullable): a name in storage or on the wire
 * @out: (out): the state
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether there is such a state
 */
gboolean kab_queue_state_from_nick(const char *nick, KabQueueState *out, GError **error);

/**
 * kab_queue_state_to_title:
 * @state: a state
 *
 * Returns: its name for people, translated
 */
const char *kab_queue_state_to_title(KabQueueState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabQueueEntry, kab_queue_entry_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabRunResult, kab_run_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabExchangeState, kab_exchange_state_free)

G_END_DECLS
