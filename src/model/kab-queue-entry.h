/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-object-name.h"
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
 * @waits_kind: (nullable): the kind of the object that the other end has to have before
 * @waits_id: (nullable): that object
 * @name: (nullable): how people know the object
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
    char *waits_kind;
    char *waits_id;
    KabObjectName *name;
} KabQueueEntry;

void kab_queue_entry_free(KabQueueEntry *entry);

/**
 * KabRunResult:
 * @id: (nullable): the run
 * @cause: (nullable): why it ran: "by hand", "schedule", "push"
 * @started_at: when it began
 * @ended_at: when it ended; 0 while it is under way
 * @done: entries that are through
 * @total: entries that were due when it began, or more if more came
 * @sent: objects that the other end has now, applied or known there already
 * @rejected: objects that the other end will not take
 * @failed: objects that could not be delivered in this run
 * @received: objects fetched from the other end's queue and applied
 * @error: (nullable): why the run ended early
 *
 * What one run of the exchange did, or has done so far.
 */
typedef struct {
    char *id;
    char *cause;
    KabTime started_at;
    KabTime ended_at;
    gint64 done;
    gint64 total;
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
 * @oldest_at: when the oldest entry that has not failed was queued; 0: there is none
 * @last_run_at: when the last run ended; 0 if there was none
 * @last_error: (nullable): why the last run ended early
 * @running: whether a run is under way
 * @run: (nullable): the run that is under way
 * @connected: whether the other end's address and secrets are entered
 * @paused_at: since when nothing is sent; 0: the queue is not paused
 * @paused_by: (nullable): who paused it
 * @failing_since: since when the other end does not answer as it should; 0: it does
 * @failure: (nullable): what is wrong with it, in a sentence
 * @held_until: until when the other end is left alone; 0: it is not
 * @next_run_at: when the schedule runs next; 0: it is off or not known
 * @still_since: since when nothing was taken although something waits, if that is too long; or 0
 * @version: (nullable): of the end's program
 * @alarms: (element-type utf8) (nullable): what somebody has to look after, a sentence each
 *
 * How one end's exchange stands.
 */
typedef struct {
    gint64 counts[KAB_QUEUE_N_STATES];
    KabTime oldest_at;
    KabTime last_run_at;
    char *last_error;
    gboolean running;
    KabRunResult *run;
    gboolean connected;
    KabTime paused_at;
    char *paused_by;
    KabTime failing_since;
    char *failure;
    KabTime held_until;
    KabTime next_run_at;
    KabTime still_since;
    char *version;
    GPtrArray *alarms;
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
