/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"

G_BEGIN_DECLS

/** KAB_MESSAGES_MAX: the most messages in one batch. */
#define KAB_MESSAGES_MAX 1000

/** KAB_MESSAGE_MAX_VERSION: the greatest version; all JSON readers agree on integers up to it. */
#define KAB_MESSAGE_MAX_VERSION G_GINT64_CONSTANT(9007199254740991)

/** KAB_MESSAGES_MAX_BYTES: the biggest batch that an end accepts. */
#define KAB_MESSAGES_MAX_BYTES (16 * 1024 * 1024)

/**
 * KabMessage:
 * @kind: what kind of object it is about
 * @id: the object
 * @version: the object's version; grows with every change
 * @body: (nullable): the object as it is; %NULL if it is no more
 * @text: (nullable): the text of @body, for those who send it
 *
 * One object on its way to the other end.
 */
typedef struct {
    char *kind;
    char *id;
    gint64 version;
    JsonObject *body;
    char *text;
} KabMessage;

/**
 * KabOutcome:
 * @KAB_OUTCOME_APPLIED: taken
 * @KAB_OUTCOME_DUPLICATE: this version is there already
 * @KAB_OUTCOME_STALE: a newer version is there already
 * @KAB_OUTCOME_REJECTED: it will not be taken; a person has to look
 * @KAB_OUTCOME_RETRY: it cannot be taken now, but may be later
 * @KAB_OUTCOME_WAITS: it refers to an object that is not there yet
 *
 * What the other end did with a message.
 */
typedef enum {
    KAB_OUTCOME_APPLIED,
    KAB_OUTCOME_DUPLICATE,
    KAB_OUTCOME_STALE,
    KAB_OUTCOME_REJECTED,
    KAB_OUTCOME_RETRY,
    KAB_OUTCOME_WAITS,
} KabOutcome;

/**
 * KabAnswer:
 * @kind: as in the message
 * @id: as in the message
 * @version: as in the message
 * @outcome: what became of it
 * @detail: (nullable): why it was not taken, in a sentence for an administrator
 * @waits_kind: (nullable): the kind of the object that it waits for
 * @waits_id: (nullable): that object
 */
typedef struct {
    char *kind;
    char *id;
    gint64 version;
    KabOutcome outcome;
    char *detail;
    char *waits_kind;
    char *waits_id;
} KabAnswer;

void kab_message_free(KabMessage *message);
void kab_answer_free(KabAnswer *answer);

/** kab_outcome_to_nick: its name in storage and on the wire. */
const char *kab_outcome_to_nick(KabOutcome outcome);

/** kab_wire_messages_to_json: (element-type KabMessage) */
JsonNode *kab_wire_messages_to_json(GPtrArray *messages);

/**
 * kab_wire_messages_to_bytes:
 * @messages: (element-type KabMessage): messages that have their texts, not their bodies; their
 *   kinds and ids are this program's own
 *
 * Returns: (transfer full): the text of kab_wire_messages_to_json()
 */
GBytes *kab_wire_messages_to_bytes(GPtrArray *messages);

/**
 * kab_wire_messages_from_json:
 * @object: a batch from outside
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Checks the envelopes; the bodies are for those who apply them.
 *
 * Returns: (transfer full) (nullable) (element-type KabMessage): the messages, in order
 */
GPtrArray *kab_wire_messages_from_json(JsonObject *object, GError **error);

/** kab_wire_answers_to_json: (element-type KabAnswer) */
JsonNode *kab_wire_answers_to_json(GPtrArray *answers);

/** kab_wire_answers_to_bytes: (transfer full): the text of kab_wire_answers_to_json(), with a NUL
 * behind it. */
GBytes *kab_wire_answers_to_bytes(GPtrArray *answers);

/** kab_wire_answers_from_json: (transfer full) (nullable) (element-type KabAnswer) */
GPtrArray *kab_wire_answers_from_json(JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabMessage, kab_message_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabAnswer, kab_answer_free)

G_END_DECLS
