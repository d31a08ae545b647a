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
 * @request: (nullable): the request's text; secrets are taken out before it is kept
 * @answer: (nullable): the answer's text; secrets are taken out before it is kept
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

/** kab_journal_dup_text: (transfer full): the beginning of a body, as much as a journal keeps. */
char *kab_journal_dup_text(GBytes *body);

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
 * KabJournalFilter:
 * @object_id: (nullable): only what concerns this object
 * @kind: (nullable): only what concerns objects of this kind
 * @direction: (nullable): "incoming" or "outgoing"
 * @outcome: (nullable): "error": what failed, whole or for one of its objects; "ok": the rest
 * @since: only from this moment on; 0: from the beginning
 * @until: only before this moment; 0: to the end
 * @newest_first: whether kab_journal_list() begins with the newest even with @object_id
 *
 * Which entries are meant; without any of it, all of them.
 */
typedef struct {
    const char *object_id;
    const char *kind;
    const char *direction;
    const char *outcome;
    KabTime since;
    KabTime until;
    gboolean newest_first;
} KabJournalFilter;

/**
 * kab_journal_list:
 * @db: a connection
 * @filter: (nullable): which entries
 * @after: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (optional) (nullable) (transfer full): where the next page begins; %NULL at the end
 * @error: return location: %KAB_ERROR_INVALID for @after or @filter
 *
 * The newest first; the story of one object, with @object_id, the oldest first, unless
 * @newest_first.
 *
 * Returns: (transfer full) (nullable): the entries as JSON objects: id, at, direction, peer, what,
 *   run_id, http_status, duration_ms, outcome, error (of the whole, or of the first object
 *   that was not taken), objects (how many), failed (how many of them were not taken); in a story,
 * of the object: kind, version, attempt, outcome, error
 */
JsonArray *kab_journal_list(KabDb *db, const KabJournalFilter *filter, const char *after,
                            guint limit, char **next, GError **error);

/**
 * kab_journal_follow:
 * @db: a connection
 * @filter: (nullable): which entries
 * @last: (inout): the entry after which to look; the last one that was looked at
 * @error: return location
 *
 * The order of @filter does not count.
 *
 * Returns: (transfer full) (nullable): what has come since, the oldest first, a hundred at most
 */
JsonArray *kab_journal_follow(KabDb *db, const KabJournalFilter *filter, gint64 *last,
                              GError **error);

/** kab_journal_get_last: where kab_journal_follow() begins if only news are wanted. */
gboolean kab_journal_get_last(KabDb *db, const KabJournalFilter *filter, gint64 *last,
                              GError **error);

/**
 * kab_journal_load:
 * @db: a connection
 * @id: the number of an entry
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the entry as a JSON object, with the texts of request and
 *   answer and its objects
 */
JsonObject *kab_journal_load(KabDb *db, const char *id, GError **error);

/**
 * kab_journal_forget:
 * @db: a connection outside a transaction
 * @before: a moment
 * @more: (out): whether there may be more of it
 * @error: return location
 *
 * Removes some of the entries from before @before, as many as do not hold up others who write. For
 * a day after a gap of more than a day nothing is removed: the clock may be wrong.
 *
 * Returns: whether it is stored
 */
gboolean kab_journal_forget(KabDb *db, KabTime before, gboolean *more, GError **error);

G_END_DECLS
