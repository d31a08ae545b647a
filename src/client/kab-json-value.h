/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSON for people to look at and to edit. */

/**
 * KabJsonType:
 * @KAB_JSON_OBJECT: an object: its members are its children
 * @KAB_JSON_ARRAY: an array: its items are its children
 * @KAB_JSON_TEXT: a text
 * @KAB_JSON_OTHER: a number, true, false or null
 */
typedef enum {
    KAB_JSON_OBJECT,
    KAB_JSON_ARRAY,
    KAB_JSON_TEXT,
    KAB_JSON_OTHER,
} KabJsonType;

/**
 * KabJsonValue:
 * @type: what it is
 * @name: (owned) (nullable): the member's name; %NULL for an item of an array and for the whole
 * @text: (owned) (nullable): the value, of a text without its quotes
 * @children: (owned) (nullable) (element-type KabJsonValue): of an object or an array
 *
 * A value and what lies in it.
 */
typedef struct {
    KabJsonType type;
    char *name;
    char *text;
    GPtrArray *children;
} KabJsonValue;

void kab_json_value_free(KabJsonValue *value);

/**
 * kab_json_value_parse:
 * @text: JSON, an object or an array
 * @error: return location: %KAB_ERROR_INVALID; the message says what is wrong and in which line
 *
 * Returns: (transfer full) (nullable): the value
 */
KabJsonValue *kab_json_value_parse(const char *text, GError **error);

/** kab_json_make_pretty: (transfer full): a member on each line; @text as it is if it is no JSON.
 */
char *kab_json_make_pretty(const char *text);

/**
 * kab_json_find_message:
 * @text: (nullable): a batch of messages, as a journal keeps it
 * @id: an object
 *
 * Returns: (transfer full) (nullable): the message about the object, a member on each line; %NULL
 *   if there is none, or if the text is not whole
 */
char *kab_json_find_message(const char *text, const char *id);

/**
 * kab_json_make_message:
 * @payload: (nullable): JSON with kind, id and body, as kab_client_get_payload_finish() gives it
 * @version: the version that it shall have
 *
 * Returns: (transfer full) (nullable): a message, a member on each line
 */
char *kab_json_make_message(const char *payload, gint64 version);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabJsonValue, kab_json_value_free)

G_END_DECLS
