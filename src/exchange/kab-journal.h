/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-time.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** KAB_JOURNAL_TEXT_MAX: the most bytes kept of a request or an answer. */
#define KAB_JOURNAL_TEXT_MAX 65536

/**
 * KabJournalEntry:
 * @at: when it began
 * @incoming: %TRUE for what the other end asked, %FALSE for what this end asked
 * @peer: who the other side was
 * @what: what was asked, such as "POST /exchange/v1/messages"
 * @run_id: (nullable): the run that asked
 * @http_status: the answer's status; 0 if there was no answer
 * @duration_ms: how long it took
 * @outcome: "ok" or "error"
 * @error: (nullable): what went wrong, in a sentence
 * @request: (nullable): the request's text, without secrets
 * @answer: (nullable): the answer's text, without secrets
 *
 * A request between the ends. None of the texts is owned.
 */
typedef struct {
    KabTime at;
    gboolean incoming;
    const char *peer;
    const char *what;
    const char *run_id;
    guint http_status;
    gint64 duration_ms;
    const char *outcome;
    const char *error;
    const char *request;
    const char *answer;
} KabJournalEntry;

/**
 * kab_journal_add:
 * @db: a connection, best inside the transaction of what is told of
 * @entry: what happened; its texts are cut at %KAB_JOURNAL_TEXT_MAX
 * @id: (out): the entry, for kab_journal_add_object()
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean kab_journal_add(KabDb *db, const KabJournalEntry *entry, gint64 *id, GError **error);

/**
 * kab_journal_add_object:
 * @db: a connection
 * @id: an entry
 * @kind: an object of the request
 * @object_id: the object
 * @version: its version
 * @attempt: which attempt it was, from 1; 0 for incoming ones
 * @outcome: what became of it
 * @why: (nullable): why it was not applied
 * @error: return location
 *
 * Returns: whether it is stored
 */
gboolean kab_journal_add_object(KabDb *db, gint64 id, const char *kind, const char *object_id,
                                gint64 version, int attempt, const char *outcome, const char *why,
                                GError **error);

/**
 * kab_journal_list:
 * @db: a connection
 * @object_id: (nullable): only what concerns this object, oldest first; otherwise newest first
 * @limit: how many at most
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the entries as JSON objects: at, direction, peer, what,
 *   run_id, http_status, duration_ms, outcome, error; with @object_id also kind, version, attempt
 */
JsonArray *kab_journal_list(KabDb *db, const char *object_id, guint limit, GError **error);

/** kab_journal_forget: removes the entries from before @before. */
gboolean kab_journal_forget(KabDb *db, KabTime before, GError **error);

G_END_DECLS
