/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-journal.h"
#include "kab-json.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define FOLLOW_MAX 100
#define DAY_MS G_GINT64_CONSTANT(86400000)
#define FORGET_ENTRIES 200
#define FORGET_OBJECTS 2000
#define PEER_MAX 300
#define ERROR_MAX 4000

#define INSERT_ENTRY                                                                             \
    "INSERT INTO journal (at, direction, peer, what, run_id, http_status, duration_ms, outcome," \
    " error, request, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
#define INSERT_OBJECT                                                                            \
    "INSERT INTO journal_object (journal_id, kind, object_id, version, attempt, outcome, error)" \
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
#define ENTRY_COLUMNS                                                                             \
    "j.id, j.at, j.direction, j.peer, j.what, j.run_id, j.http_status, j.duration_ms, j.outcome," \
    " j.error"
#define COUNT_OBJECTS "(SELECT count(*) FROM journal_object o WHERE o.journal_id = j.id)"
#define COUNT_FAILED                                                   \
    "(SELECT count(*) FROM journal_object o WHERE o.journal_id = j.id" \
    " AND o.outcome IN ('rejected', 'error'))"
#define FIRST_OBJECT(column) \
    "(SELECT o." column " FROM journal_object o WHERE o.journal_id = j.id ORDER BY o.rowid LIMIT 1)"
/* What went wrong as a whole, or else with the first of the objects. */
#define SUMMARY_COLUMNS                                                                         \
    "j.id, j.at, j.direction, j.peer, j.what, j.run_id, j.http_status, j.duration_ms,"          \
    " j.outcome, coalesce(j.error, (SELECT o.error FROM journal_object o"                       \
    " WHERE o.journal_id = j.id AND o.outcome IN ('rejected', 'error') AND o.error IS NOT NULL" \
    " ORDER BY o.rowid LIMIT 1)), " COUNT_OBJECTS ", " COUNT_FAILED                             \
    ", " FIRST_OBJECT("kind") ", " FIRST_OBJECT("object_id")
#define HAS_FAILED                                                   \
    "(j.outcome = 'error' OR EXISTS (SELECT 1 FROM journal_object o" \
    " WHERE o.journal_id = j.id AND o.outcome IN ('rejected', 'error')))"
#define MATCHES                                                                       \
    "($1 IS NULL OR EXISTS (SELECT 1 FROM journal_object o WHERE o.journal_id = j.id" \
    " AND o.kind = $1)) AND ($2 IS NULL OR j.direction = $2)"                         \
    " AND ($3 IS NULL OR ($3 = 'error') = " HAS_FAILED ") AND j.at >= $4 AND j.at < $5"
#define SELECT_NEWEST                                                           \
    "SELECT " SUMMARY_COLUMNS " FROM journal j WHERE " MATCHES " AND j.id < $6" \
    " ORDER BY j.id DESC LIMIT $7"
#define SELECT_OLDEST                                                           \
    "SELECT " SUMMARY_COLUMNS " FROM journal j WHERE " MATCHES " AND j.id > $6" \
    " ORDER BY j.id LIMIT $7"
#define STORY                                                                                 \
    "SELECT j.id, j.at, j.direction, j.peer, j.what, j.run_id, j.http_status, j.duration_ms," \
    " o.outcome, coalesce(o.error, j.error), o.kind, o.version, o.attempt, o.rowid,"          \
    " o.object_id"                                                                            \
    " FROM journal_object o JOIN journal j ON j.id = o.journal_id"                            \
    " WHERE o.object_id = $1 AND ($2 IS NULL OR o.kind = $2)"                                 \
    " AND ($3 IS NULL OR j.direction = $3)"                                                   \
    " AND ($4 IS NULL OR ($4 = 'error') = (o.outcome IN ('rejected', 'error')))"              \
    " AND j.at >= $5 AND j.at < $6"
#define SELECT_STORY STORY " AND o.rowid > $7 ORDER BY o.rowid LIMIT $8"
#define SELECT_STORY_NEWEST STORY " AND o.rowid < $7 ORDER BY o.rowid DESC LIMIT $8"
#define SELECT_LAST "SELECT coalesce(max(id), 0) FROM journal"
#define SELECT_LAST_EVENT "SELECT coalesce(max(rowid), 0) FROM journal_object"
#define SELECT_ONE                             \
    "SELECT " ENTRY_COLUMNS ", " COUNT_OBJECTS \
    ", j.request, j.answer FROM journal j WHERE j.id = $1"
#define SELECT_OBJECTS                                         \
    "SELECT kind, object_id, version, attempt, outcome, error" \
    " FROM journal_object WHERE journal_id = $1 ORDER BY rowid"
#define DELETE_OLD \
    "DELETE FROM journal WHERE id IN (SELECT id FROM journal WHERE at < $1 ORDER BY at LIMIT $2)"
#define SELECT_GAP                                        \
    "SELECT (SELECT max(at) FROM journal WHERE at < $1)," \
    " (SELECT min(at) FROM journal WHERE at >= $1)"
#define DELETE_OLD_OBJECTS                                                               \
    "DELETE FROM journal_object WHERE rowid IN (SELECT o.rowid FROM journal_object o"    \
    " WHERE o.journal_id IN (SELECT id FROM journal WHERE at < $1 ORDER BY at LIMIT $2)" \
    " LIMIT $3)"

/* Values of members whose names tell that they are secret, whatever they are; a text that was cut
 * may end in one. */
#define SECRET_NAME "password|secret|token|authorization|api.?key|пароль|секрет"
#define SECRET                                                                          \
    "(\"[^\"]{0,40}?(?:" SECRET_NAME ")[^\"]{0,40}\"\\s*+:\\s*+)"                       \
    "(?:\"(?:[^\"\\\\]++|\\\\.)*+(?:\"|\\\\?$)|\\[[^\\]]*+(?:\\]|$)|\\{[^}]*+(?:\\}|$)" \
    "|[^\\s\",\\[\\]{}]++)"

static GRegex *
make_regex(const char *pattern)
{
    g_autoptr(GError) error = NULL;
    GRegex *regex = g_regex_new(pattern, G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, &error);

    if (regex == NULL)
        g_critical("%s", error->message);
    return regex;
}

static char *
take_secrets_out(char *taken)
{
    static GRegex *name;
    static GRegex *secret;
    g_autofree char *text = taken;
    char *kept;

    if (g_once_init_enter(&name))
        g_once_init_leave(&name, make_regex(SECRET_NAME));
    if (g_once_init_enter(&secret))
        g_once_init_leave(&secret, make_regex(SECRET));
    if (!g_regex_match(name, text, 0, NULL)) /* most texts: the quick look */
        return g_steal_pointer(&text);
    kept = g_regex_replace(secret, text, -1, 0, "\\1\"•••\"", 0, NULL);
    return kept != NULL ? kept : g_strdup("•••");
}

/* The text, or its beginning up to a whole character, without secrets. */
static char *
prepare(const char *text)
{
    const char *end;

    if (text == NULL)
        return NULL;
    if (strlen(text) <= KAB_JOURNAL_TEXT_MAX)
        return take_secrets_out(g_strdup(text));
    end = g_utf8_find_prev_char(text, text + KAB_JOURNAL_TEXT_MAX);
    text = take_secrets_out(g_strndup(text, (gsize)(end - text)));
    {
        g_autofree char *kept = (char *)text;

        return g_strconcat(kept, "…", NULL);
    }
}

char *
kab_journal_dup_text(GBytes *body)
{
    gsize size;
    const char *bytes = g_bytes_get_data(body, &size);

    return g_utf8_make_valid(bytes != NULL ? bytes : "",
                             (gssize)MIN(size, KAB_JOURNAL_TEXT_MAX + 1));
}

/* What comes from outside may be of any length. */
static char *
clip(const char *text, int max)
{
    return text != NULL ? g_strndup(text, (gsize)kab_error_clip(text, max)) : NULL;
}

gboolean
kab_journal_add(KabDb *db, const KabJournalEntry *entry, gint64 *id, GError **error)
{
    g_autofree char *request = prepare(entry->request);
    g_autofree char *answer = prepare(entry->answer);
    g_autofree char *peer = clip(entry->peer, PEER_MAX);
    g_autofree char *why = clip(entry->error, ERROR_MAX);

    if (!kab_db_run(
            db, INSERT_ENTRY,
            KAB_BIND(kab_int(entry->at), kab_text(entry->incoming ? "incoming" : "outgoing"),
                     kab_text(peer), kab_text(entry->what), kab_text(entry->run_id),
                     kab_int(entry->http_status), kab_int(entry->duration_ms),
                     kab_text(entry->outcome), kab_text(why), kab_text(request), kab_text(answer)),
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
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "id", kab_rows_get_int(rows, 0));
    kab_json_set_time(object, "at", kab_rows_get_int(rows, 1));
    kab_json_set_text(object, "direction", kab_rows_get_text(rows, 2));
    kab_json_set_text(object, "peer", kab_rows_get_text(rows, 3));
    kab_json_set_text(object, "what", kab_rows_get_text(rows, 4));
    kab_json_set_text(object, "run_id", kab_rows_get_text(rows, 5));
    json_object_set_int_member(object, "http_status", kab_rows_get_int(rows, 6));
    json_object_set_int_member(object, "duration_ms", kab_rows_get_int(rows, 7));
    kab_json_set_text(object, "outcome", kab_rows_get_text(rows, 8));
    kab_json_set_text(object, "error", kab_rows_get_text(rows, 9));
    return object;
}

static JsonObject *
read_summary(KabRows *rows)
{
    JsonObject *object = read_entry(rows);

    json_object_set_int_member(object, "objects", kab_rows_get_int(rows, 10));
    json_object_set_int_member(object, "failed", kab_rows_get_int(rows, 11));
    if (kab_rows_get_int(rows, 10) == 1) { /* it is all about this one */
        kab_json_set_text(object, "kind", kab_rows_get_text(rows, 12));
        kab_json_set_text(object, "object", kab_rows_get_text(rows, 13));
    }
    return object;
}

static JsonObject *
read_event(KabRows *rows)
{
    JsonObject *object = read_entry(rows);

    kab_json_set_text(object, "kind", kab_rows_get_text(rows, 10));
    kab_json_set_text(object, "object", kab_rows_get_text(rows, 14));
    json_object_set_int_member(object, "version", kab_rows_get_int(rows, 11));
    json_object_set_int_member(object, "attempt", kab_rows_get_int(rows, 12));
    return object;
}

/* Takes the rows, which may be NULL with @error set; @cursor is the column to go on from. */
static JsonArray *
read_all(KabRows *taken, JsonObject *(*read)(KabRows *rows), int cursor, gint64 *last,
         GError **error)
{
    g_autoptr(KabRows) rows = taken;
    g_autoptr(JsonArray) array = json_array_new();
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        *last = kab_rows_get_int(rows, cursor);
        json_array_add_object_element(array, read(rows));
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&array) : NULL;
}

static gboolean
check_filter(const KabJournalFilter *filter, GError **error)
{
    const char *direction = filter->direction;
    const char *outcome = filter->outcome;

    if (direction != NULL && strcmp(direction, "incoming") != 0 &&
        strcmp(direction, "outgoing") != 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("A direction is incoming or outgoing"));
        return FALSE;
    }
    if (outcome != NULL && strcmp(outcome, "ok") != 0 && strcmp(outcome, "error") != 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("An outcome is ok or error"));
        return FALSE;
    }
    return TRUE;
}

static KabTime
get_until(const KabJournalFilter *filter)
{
    return filter->until != 0 ? filter->until : G_MAXINT64;
}

static JsonArray *
list_story(KabDb *db, const char *sql, const KabJournalFilter *filter, guint limit, gint64 *last,
           GError **error)
{
    return read_all(kab_db_query(db, sql,
                                 KAB_BIND(kab_text(filter->object_id), kab_text(filter->kind),
                                          kab_text(filter->direction), kab_text(filter->outcome),
                                          kab_int(filter->since), kab_int(get_until(filter)),
                                          kab_int(*last), kab_int(limit)),
                                 error),
                    read_event, 13, last, error);
}

static JsonArray *
list_entries(KabDb *db, const char *sql, const KabJournalFilter *filter, guint limit, gint64 *last,
             GError **error)
{
    return read_all(
        kab_db_query(db, sql,
                     KAB_BIND(kab_text(filter->kind), kab_text(filter->direction),
                              kab_text(filter->outcome), kab_int(filter->since),
                              kab_int(get_until(filter)), kab_int(*last), kab_int(limit)),
                     error),
        read_summary, 0, last, error);
}

JsonArray *
kab_journal_list(KabDb *db, const KabJournalFilter *filter, const char *after, guint limit,
                 char **next, GError **error)
{
    const KabJournalFilter everything = {0};
    gint64 last = 0;
    JsonArray *array;

    if (next != NULL)
        *next = NULL;
    if (filter == NULL)
        filter = &everything;
    if (!check_filter(filter, error))
        return NULL;
    if (after != NULL && !g_ascii_string_to_signed(after, 10, 1, G_MAXINT64, &last, NULL)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("“after” is not from a page of this list"));
        return NULL;
    }
    if ((filter->object_id == NULL || filter->newest_first) && after == NULL)
        last = G_MAXINT64;
    array = filter->object_id != NULL
                ? list_story(db, filter->newest_first ? SELECT_STORY_NEWEST : SELECT_STORY, filter,
                             limit, &last, error)
                : list_entries(db, SELECT_NEWEST, filter, limit, &last, error);
    if (next != NULL && array != NULL && json_array_get_length(array) == limit)
        *next = g_strdup_printf("%" PRId64, last);
    return array;
}

JsonArray *
kab_journal_follow(KabDb *db, const KabJournalFilter *filter, gint64 *last, GError **error)
{
    const KabJournalFilter everything = {0};

    if (filter == NULL)
        filter = &everything;
    if (!check_filter(filter, error))
        return NULL;
    return filter->object_id != NULL
               ? list_story(db, SELECT_STORY, filter, FOLLOW_MAX, last, error)
               : list_entries(db, SELECT_OLDEST, filter, FOLLOW_MAX, last, error);
}

gboolean
kab_journal_get_last(KabDb *db, const KabJournalFilter *filter, gint64 *last, GError **error)
{
    const char *sql = filter->object_id != NULL ? SELECT_LAST_EVENT : SELECT_LAST;

    return kab_db_get_int(db, sql, KAB_BIND_NONE, NULL, last, error);
}

static gboolean
add_objects(KabDb *db, gint64 id, JsonObject *entry, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_OBJECTS, KAB_BIND(kab_int(id)), error);
    JsonArray *array = json_array_new();
    g_autoptr(GError) local = NULL;

    json_object_set_array_member(entry, "objects", array);
    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        JsonObject *object = json_object_new();

        kab_json_set_text(object, "kind", kab_rows_get_text(rows, 0));
        kab_json_set_text(object, "id", kab_rows_get_text(rows, 1));
        json_object_set_int_member(object, "version", kab_rows_get_int(rows, 2));
        json_object_set_int_member(object, "attempt", kab_rows_get_int(rows, 3));
        kab_json_set_text(object, "outcome", kab_rows_get_text(rows, 4));
        kab_json_set_text(object, "error", kab_rows_get_text(rows, 5));
        json_array_add_object_element(array, object);
    }
    return kab_error_pass(error, &local);
}

JsonObject *
kab_journal_load(KabDb *db, const char *text, GError **error)
{
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(JsonObject) entry = NULL;
    g_autoptr(GError) local = NULL;
    gint64 id = 0;

    g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL);
    rows = kab_db_query(db, SELECT_ONE, KAB_BIND(kab_int(id)), error);
    if (rows == NULL)
        return NULL;
    if (!kab_rows_next(rows, &local)) {
        if (local == NULL)
            local = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                                        _("There is no such entry in the journal"));
        kab_error_pass(error, &local);
        return NULL;
    }
    entry = read_entry(rows);
    kab_json_set_text(entry, "request", kab_rows_get_text(rows, 11));
    kab_json_set_text(entry, "answer", kab_rows_get_text(rows, 12));
    return add_objects(db, id, entry, error) ? g_steal_pointer(&entry) : NULL;
}

/* Whether the clock has jumped ahead, so that everything looks old: the present began not a day
 * ago, and more than a day after what was before. */
static gboolean
look_at_clock(KabDb *db, KabTime before, gboolean *jumped, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_GAP, KAB_BIND(kab_int(before)), error);
    g_autoptr(GError) local = NULL;
    KabTime now = kab_time_now();

    *jumped = FALSE;
    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local) && !kab_rows_is_null(rows, 0)) {
        KabTime past = kab_rows_get_int(rows, 0);
        KabTime present = kab_rows_is_null(rows, 1) ? now : kab_rows_get_int(rows, 1);

        *jumped = present - past > DAY_MS && now - present < DAY_MS;
    }
    return kab_error_pass(error, &local);
}

/* One entry may be of a thousand objects: those go first. */
gboolean
kab_journal_forget(KabDb *db, KabTime before, gboolean *more, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    gboolean jumped;
    gint64 n;

    *more = FALSE;
    if (transaction == NULL || !look_at_clock(db, before, &jumped, error))
        return FALSE;
    if (jumped)
        return TRUE;
    if (!kab_db_run(db, DELETE_OLD_OBJECTS,
                    KAB_BIND(kab_int(before), kab_int(FORGET_ENTRIES), kab_int(FORGET_OBJECTS)),
                    error))
        return FALSE;
    n = kab_db_get_changes(db);
    *more = n == FORGET_OBJECTS;
    if (!*more) {
        if (!kab_db_run(db, DELETE_OLD, KAB_BIND(kab_int(before), kab_int(FORGET_ENTRIES)), error))
            return FALSE;
        *more = kab_db_get_changes(db) == FORGET_ENTRIES;
    }
    return kab_transaction_commit(transaction, error);
}
