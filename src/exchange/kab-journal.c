/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-journal.h"
#include "kab-json.h"

#include <string.h>

#define INSERT_ENTRY                                                                             \
    "INSERT INTO journal (at, direction, peer, what, run_id, http_status, duration_ms, outcome," \
    " error, request, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
#define INSERT_OBJECT                                                                            \
    "INSERT INTO journal_object (journal_id, kind, object_id, version, attempt, outcome, error)" \
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
#define SELECT_NEWEST                                                                     \
    "SELECT at, direction, peer, what, run_id, http_status, duration_ms, outcome, error," \
    " NULL, NULL, NULL FROM journal ORDER BY id DESC LIMIT $1"
#define SELECT_STORY                                                                               \
    "SELECT j.at, j.direction, j.peer, j.what, j.run_id, j.http_status, j.duration_ms, o.outcome," \
    " coalesce(o.error, j.error), o.kind, o.version, o.attempt"                                    \
    " FROM journal_object o JOIN journal j ON j.id = o.journal_id"                                 \
    " WHERE o.object_id = $1 ORDER BY j.id LIMIT $2"
#define DELETE_OLD "DELETE FROM journal WHERE at < $1"

/* The text, or its beginning up to a whole character. */
static char *
cut(const char *text)
{
    const char *end;

    if (text == NULL || strlen(text) <= KAB_JOURNAL_TEXT_MAX)
        return g_strdup(text);
    end = g_utf8_find_prev_char(text, text + KAB_JOURNAL_TEXT_MAX);
    return end != NULL ? g_strdup_printf("%.*s…", (int)(end - text), text) : g_strdup("…");
}

gboolean
kab_journal_add(KabDb *db, const KabJournalEntry *entry, gint64 *id, GError **error)
{
    g_autofree char *request = cut(entry->request);
    g_autofree char *answer = cut(entry->answer);

    if (!kab_db_run(db, INSERT_ENTRY,
                    KAB_BIND(kab_int(entry->at),
                             kab_text(entry->incoming ? "incoming" : "outgoing"),
                             kab_text(entry->peer), kab_text(entry->what), kab_text(entry->run_id),
                             kab_int(entry->http_status), kab_int(entry->duration_ms),
                             kab_text(entry->outcome), kab_text(entry->error), kab_text(request),
                             kab_text(answer)),
                    error))
        return FALSE;
    *id = kab_db_get_last_id(db);
    return TRUE;
}

gboolean
kab_journal_add_object(KabDb *db, gint64 id, const char *kind, const char *object_id,
                       gint64 version, int attempt, const char *outcome, const char *why,
                       GError **error)
{
    return kab_db_run(db, INSERT_OBJECT,
                      KAB_BIND(kab_int(id), kab_text(kind), kab_text(object_id), kab_int(version),
                               kab_int(attempt), kab_text(outcome), kab_text(why)),
                      error);
}

static JsonObject *
read_entry(KabRows *rows)
{
    static const char *const texts[] = {NULL, "direction", "peer",    "what", "run_id",
                                        NULL, NULL,        "outcome", "error"};
    JsonObject *object = json_object_new();

    kab_json_set_time(object, "at", kab_rows_get_int(rows, 0));
    for (int i = 0; i < (int)G_N_ELEMENTS(texts); i++)
        if (texts[i] != NULL)
            kab_json_set_text(object, texts[i], kab_rows_get_text(rows, i));
    json_object_set_int_member(object, "http_status", kab_rows_get_int(rows, 5));
    json_object_set_int_member(object, "duration_ms", kab_rows_get_int(rows, 6));
    if (!kab_rows_is_null(rows, 9)) {
        kab_json_set_text(object, "kind", kab_rows_get_text(rows, 9));
        json_object_set_int_member(object, "version", kab_rows_get_int(rows, 10));
        json_object_set_int_member(object, "attempt", kab_rows_get_int(rows, 11));
    }
    return object;
}

JsonArray *
kab_journal_list(KabDb *db, const char *object_id, guint limit, GError **error)
{
    g_autoptr(JsonArray) array = json_array_new();
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;

    if (object_id != NULL)
        rows = kab_db_query(db, SELECT_STORY, KAB_BIND(kab_text(object_id), kab_int(limit)), error);
    else
        rows = kab_db_query(db, SELECT_NEWEST, KAB_BIND(kab_int(limit)), error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        json_array_add_object_element(array, read_entry(rows));
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return g_steal_pointer(&array);
}

gboolean
kab_journal_forget(KabDb *db, KabTime before, GError **error)
{
    return kab_db_run(db, DELETE_OLD, KAB_BIND(kab_int(before)), error);
}
