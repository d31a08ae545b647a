/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"
#include "kab-object-name.h"
#include "kab-time.h"

G_BEGIN_DECLS

/**
 * KabMinute:
 * @at: when
 * @waiting: how many entries waited
 * @failed: how many had failed
 * @age_s: how long the oldest one had waited, in seconds
 * @messages: how many messages went through since the minute before
 *
 * How an end's exchange stood.
 */
typedef struct {
    KabTime at;
    gint64 waiting;
    gint64 failed;
    gint64 age_s;
    gint64 messages;
} KabMinute;

/** kab_client_get_history_async: the minutes of the last day. */
void kab_client_get_history_async(KabClient *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_history_finish: (transfer full) (nullable) (element-type KabMinute) */
GArray *kab_client_get_history_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * KabJournalObject:
 * @kind: (owned): its kind
 * @id: the object
 * @version: its version
 * @attempt: which attempt it was; 0 for incoming ones
 * @outcome: (owned): what became of it
 * @error: (owned) (nullable): why it was not taken
 * @name: (owned) (nullable): how people know it
 */
typedef struct {
    char *kind;
    char id[KAB_ID_SIZE];
    gint64 version;
    gint64 attempt;
    char *outcome;
    char *error;
    KabObjectName *name;
} KabJournalObject;

/**
 * KabJournalItem:
 * @id: grows with time
 * @at: when it began
 * @incoming: whether the other end asked
 * @peer: (owned): who the other side was
 * @what: (owned): what was asked
 * @run_id: (owned) (nullable): the run
 * @http_status: the answer's status; 0 if there was none
 * @duration_ms: how long it took
 * @outcome: (owned): "ok" or "error"; in the story of an object, what became of that
 * @error: (owned) (nullable): what went wrong, with the whole or with the first of its objects
 * @kind: (owned) (nullable): of the object, in its story; of the only one that it was about
 * @name: (owned) (nullable): how people know the only object that it was about; not in a story
 * @version: of the object, in its story
 * @attempt: which attempt it was, in the story of an object; 0 for incoming ones
 * @n_objects: how many objects it was about; not in a story
 * @n_failed: how many of them were not taken; not in a story
 * @objects: (owned) (nullable) (element-type KabJournalObject): of a whole entry
 * @request: (owned) (nullable): its text, of a whole entry
 * @answer: (owned) (nullable): its text, of a whole entry
 *
 * A request between the ends, as one of them saw it.
 */
typedef struct {
    gint64 id;
    KabTime at;
    gboolean incoming;
    char *peer;
    char *what;
    char *run_id;
    gint64 http_status;
    gint64 duration_ms;
    char *outcome;
    char *error;
    char *kind;
    KabObjectName *name;
    gint64 version;
    gint64 attempt;
    gint64 n_objects;
    gint64 n_failed;
    GPtrArray *objects;
    char *request;
    char *answer;
} KabJournalItem;

void kab_journal_item_free(KabJournalItem *item);

/** kab_journal_item_copy: (transfer full): without the objects and the texts of a whole entry */
KabJournalItem *kab_journal_item_copy(const KabJournalItem *item);

/**
 * KabJournalQuery:
 * @object_id: (nullable): only the story of this object, the oldest first unless @newest_first
 * @kind: (nullable): only what concerns objects of this kind
 * @direction: (nullable): "incoming" or "outgoing"
 * @outcome: (nullable): "error" or "ok"
 * @since: only from this moment on; 0: from the beginning
 * @until: only before this moment; 0: to the end
 * @newest_first: whether the story of an object begins with the newest, as any other list
 */
typedef struct {
    const char *object_id;
    const char *kind;
    const char *direction;
    const char *outcome;
    KabTime since;
    KabTime until;
    gboolean newest_first;
} KabJournalQuery;

/** kab_client_list_journal_async: a page of an end's journal, the newest first. */
void kab_client_list_journal_async(KabClient *self, const KabJournalQuery *query, const char *after,
                                   guint limit, GCancellable *cancellable,
                                   GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_journal_finish: (transfer full) (nullable): a page of #KabJournalItem */
KabPage *kab_client_list_journal_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_get_journal_async: an entry with its texts and objects. */
void kab_client_get_journal_async(KabClient *self, gint64 id, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_journal_finish: (transfer full) (nullable) */
KabJournalItem *kab_client_get_journal_finish(KabClient *self, GAsyncResult *result,
                                              GError **error);

/**
 * kab_client_resend_async:
 * @self: a connection
 * @id: the entry of the journal in which the message was not taken
 * @message: the edited copy: a JSON object with kind, id, version and body
 * @reason: why it was edited
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Sends the copy to the end that did not take it. %KAB_ERROR_INVALID if @message is no JSON object.
 */
void kab_client_resend_async(KabClient *self, gint64 id, const char *message, const char *reason,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data);

/**
 * kab_client_resend_finish:
 * @self: a connection
 * @result: what the callback got
 * @detail: (out) (nullable) (transfer full): why it was not taken now either, in a sentence
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what became of it, such as "applied"
 */
char *kab_client_resend_finish(KabClient *self, GAsyncResult *result, char **detail,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabJournalItem, kab_journal_item_free)

G_END_DECLS
