/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabLetterKind:
 * @KAB_LETTER_INVITATION: to a user who has no password yet
 * @KAB_LETTER_RESET: to a user who has forgotten the password
 * @KAB_LETTER_PASSWORD_CHANGED: to a user whose password was changed
 * @KAB_LETTER_ORDER: an order waits for the user
 * @KAB_LETTER_TASK: a task waits for the user
 */
typedef enum {
    KAB_LETTER_INVITATION,
    KAB_LETTER_RESET,
    KAB_LETTER_PASSWORD_CHANGED,
    KAB_LETTER_ORDER,
    KAB_LETTER_TASK,
} KabLetterKind;

/** KAB_N_LETTER_KINDS: how many values #KabLetterKind has. */
#define KAB_N_LETTER_KINDS (KAB_LETTER_TASK + 1)

/**
 * KabLetterState:
 * @KAB_LETTER_WAITING: will be sent
 * @KAB_LETTER_SENDING: is being sent
 * @KAB_LETTER_SENT: the mail server took it
 * @KAB_LETTER_FAILED: the mail server will not take it; waits for a person
 * @KAB_LETTER_DROPPED: was not needed any more when its turn came
 */
typedef enum {
    KAB_LETTER_WAITING,
    KAB_LETTER_SENDING,
    KAB_LETTER_SENT,
    KAB_LETTER_FAILED,
    KAB_LETTER_DROPPED,
} KabLetterState;

/** KAB_N_LETTER_STATES: how many values #KabLetterState has. */
#define KAB_N_LETTER_STATES (KAB_LETTER_DROPPED + 1)

/**
 * KabLetter:
 * @id: the letter
 * @kind: what it is about
 * @user_id: whom it goes to
 * @user_name: (nullable): that user's name, if the user is still there
 * @email: (nullable): where it went, or would go now
 * @object_id: (nullable): the order or the task that it is about
 * @state: how far it is
 * @attempts: how many times it was tried
 * @created_at: when it was queued
 * @next_attempt_at: when it may be tried next
 * @sent_at: when the mail server took it; 0 if it has not
 * @error: (nullable): why it was not sent, or was dropped
 *
 * A letter to a user. Its text is made when it is sent, and kept nowhere.
 */
typedef struct {
    char id[KAB_ID_SIZE];
    KabLetterKind kind;
    KabUserId user_id;
    char *user_name;
    char *email;
    char *object_id;
    KabLetterState state;
    int attempts;
    KabTime created_at;
    KabTime next_attempt_at;
    KabTime sent_at;
    char *error;
} KabLetter;

void kab_letter_free(KabLetter *letter);

/** kab_letter_kind_to_nick: its name in storage and on the wire. */
const char *kab_letter_kind_to_nick(KabLetterKind kind);

/** kab_letter_kind_from_nick: whether there is such a kind, %KAB_ERROR_INVALID. */
gboolean kab_letter_kind_from_nick(const char *nick, KabLetterKind *out, GError **error);

/** kab_letter_kind_to_title: its name for people, translated. */
const char *kab_letter_kind_to_title(KabLetterKind kind);

/** kab_letter_state_to_nick: its name in storage and on the wire. */
const char *kab_letter_state_to_nick(KabLetterState state);

/** kab_letter_state_from_nick: whether there is such a state, %KAB_ERROR_INVALID. */
gboolean kab_letter_state_from_nick(const char *nick, KabLetterState *out, GError **error);

/** kab_letter_state_to_title: its name for people, translated. */
const char *kab_letter_state_to_title(KabLetterState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabLetter, kab_letter_free)

G_END_DECLS
