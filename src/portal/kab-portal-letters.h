/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-letter.h"
#include "kab-order.h"
#include "kab-task.h"

G_BEGIN_DECLS

/* Letters in the database: what is to be sent, and what became of it. */

/**
 * kab_portal_letters_queue:
 * @db: a connection inside the transaction of what the letter tells
 * @kind: what it is about
 * @user_id: whom it goes to
 * @object_id: (nullable): the order or the task that it is about
 * @error: return location
 *
 * A letter that still waits is not doubled; a user without an e-mail gets none. Where there is no
 * mail account, letters with a code wait for one, and there are no others: what they tell stands at
 * the portal anyhow. Call kab_end_nudge() after the transaction.
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_letters_queue(KabDb *db, KabLetterKind kind, KabUserId user_id,
                                  const char *object_id, GError **error);

/**
 * kab_portal_letters_pretend:
 * @db: a connection inside a transaction
 * @error: return location
 *
 * Writes a letter to nobody, and undoes it: it takes as long as kab_portal_letters_queue(), so that
 * nobody learns from the time of an answer who has got a letter.
 *
 * Returns: whether it could be written
 */
gboolean kab_portal_letters_pretend(KabDb *db, GError **error);

/**
 * kab_portal_letters_queue_order:
 * @db: a connection inside a transaction
 * @order: an order that waits for its partner
 * @error: return location
 *
 * To whoever placed it, if that user may still decide on it; otherwise to the partner's heads.
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_letters_queue_order(KabDb *db, const KabOrder *order, GError **error);

/** kab_portal_letters_queue_task: to all who may decide @task, which are its partner's people. */
gboolean kab_portal_letters_queue_task(KabDb *db, const KabTask *task, GError **error);

/**
 * kab_portal_letters_list:
 * @db: a connection
 * @state: (nullable): only letters in this state (its nick)
 * @after: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (nullable) (transfer full): where the next page begins; %NULL at the end
 * @error: return location: %KAB_ERROR_INVALID for @state and @after
 *
 * Returns: (transfer full) (nullable) (element-type KabLetter): letters, newest first
 */
GPtrArray *kab_portal_letters_list(KabDb *db, const char *state, const char *after, guint limit,
                                   char **next, GError **error);

/** kab_portal_letters_load: (transfer full) (nullable): a letter, %KAB_ERROR_NOT_FOUND. */
KabLetter *kab_portal_letters_load(KabDb *db, const char *id, GError **error);

/**
 * kab_portal_letters_retry:
 * @db: a connection
 * @id: a letter
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_STATE if it was sent or dropped
 *
 * Gives a letter that failed or waits all its attempts, the first of them now.
 *
 * Returns: whether it will be tried
 */
gboolean kab_portal_letters_retry(KabDb *db, const char *id, GError **error);

/** kab_portal_letters_retry_all: the same for all that failed or wait; @n tells how many. */
gboolean kab_portal_letters_retry_all(KabDb *db, gint64 *n, GError **error);

/**
 * kab_portal_letters_drop:
 * @db: a connection
 * @id: a letter
 * @why: why it is not needed
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_STATE unless it failed or waits
 *
 * Returns: whether it will not be sent
 */
gboolean kab_portal_letters_drop(KabDb *db, const char *id, const char *why, GError **error);

/**
 * kab_portal_letters_find_problem:
 * @db: a connection
 * @user_id: a user
 * @out: (out) (nullable) (transfer full): why the last letter with a code was not delivered, if it
 *   was not
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_letters_find_problem(KabDb *db, KabUserId user_id, char **out, GError **error);

/** kab_portal_letters_list_alarms: a #KabAlarmFunc: letters that wait or failed. */
gboolean kab_portal_letters_list_alarms(KabDb *db, GPtrArray *alarms, GError **error);

/* For the postman alone. */

/** kab_portal_letters_release: gives back what a process that died was sending. */
gboolean kab_portal_letters_release(KabDb *db, GError **error);

/** kab_portal_letters_forget: takes away what was queued before @before and does not wait. */
gboolean kab_portal_letters_forget(KabDb *db, KabTime before, GError **error);

/** kab_portal_letters_has_due: tells whether a letter is due @now. */
gboolean kab_portal_letters_has_due(KabDb *db, KabTime now, gboolean *out, GError **error);

/**
 * kab_portal_letters_take:
 * @db: a connection inside a transaction
 * @now: the present moment
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the next letter that is due, now being sent; %NULL without
 *   @error set if none is
 */
KabLetter *kab_portal_letters_take(KabDb *db, KabTime now, GError **error);

/** kab_portal_letters_note: stores what became of a letter that was taken. */
gboolean kab_portal_letters_note(KabDb *db, const KabLetter *letter, GError **error);

/**
 * kab_portal_letters_postpone:
 * @db: a connection
 * @now: the present moment
 * @until: when the mail server may be tried again
 * @why: why not now
 * @error: return location
 *
 * No letter that is due now is tried before @until; that counts as no attempt.
 *
 * Returns: whether it is stored
 */
gboolean kab_portal_letters_postpone(KabDb *db, KabTime now, KabTime until, const char *why,
                                     GError **error);

/** kab_portal_letters_hurry: all that wait are due: the mail account was changed. */
gboolean kab_portal_letters_hurry(KabDb *db, GError **error);

G_END_DECLS
