/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-audit.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define SELECT_HEAD \
    "SELECT id, hash, mark, (SELECT max(id) FROM audit) FROM audit_head WHERE one = 1"
#define INSERT_ENTRY                                                         \
    "INSERT INTO audit (id, at, who, address, action, object, detail, hash)" \
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
#define UPSERT_HEAD                                                            \
    "INSERT INTO audit_head (one, id, hash, mark) VALUES (1, $1, $2, $3)"      \
    " ON CONFLICT (one) DO UPDATE SET id = excluded.id, hash = excluded.hash," \
    " mark = excluded.mark"
#define COLUMNS "id, at, who, address, action, object, detail"
#define SELECT_PAGE                                                            \
    "SELECT " COLUMNS " FROM audit WHERE id < $1 AND ($2 IS NULL OR who = $2)" \
    " AND ($3 IS NULL OR action = $3) ORDER BY id DESC LIMIT $4"
/* The newest entries only: the log is long, and what is asked for is of late. */
#define WAS_TOLD                                                                       \
    "SELECT EXISTS (SELECT 1 FROM audit WHERE id > (SELECT max(id) FROM audit) - 1000" \
    " AND at >= $1 AND who = $2 AND address = $3 AND action = $4 AND object = $5"      \
    " AND detail = $6)"
#define HAS_HASH "SELECT 1 FROM audit WHERE hash = $1"
#define SELECT_UNTIL "SELECT " COLUMNS ", hash FROM audit WHERE id <= $1 ORDER BY id"

void
kab_audit_entry_free(KabAuditEntry *entry)
{
    if (entry == NULL)
        return;
    g_free(entry->who);
    g_free(entry->address);
    g_free(entry->action);
    g_free(entry->object);
    g_free(entry->detail);
    g_free(entry);
}

/* Texts follow their lengths, so that no two entries read alike. */
static void
append_text(GString *bytes, const char *text)
{
    g_string_append_printf(bytes, "%" G_GSIZE_FORMAT ":%s", strlen(text), text);
}

static char *
hash_entry(KabSeal *seal, const char *before, const KabAuditEntry *entry)
{
    g_autoptr(GString) bytes = g_string_new("entry");

    append_text(bytes, before);
    g_string_append_printf(bytes, "%" PRId64 ":%" G_GINT64_FORMAT ":", entry->id, entry->at);
    append_text(bytes, entry->who);
    append_text(bytes, entry->address);
    append_text(bytes, entry->action);
    append_text(bytes, entry->object);
    append_text(bytes, entry->detail);
    return kab_seal_mark(seal, bytes->str, bytes->len);
}

/* An entry's hash alone would let somebody cut off the end. */
static char *
mark_head(KabSeal *seal, gint64 id, const char *hash)
{
    g_autofree char *text = g_strdup_printf("head:%" G_GINT64_FORMAT ":%s", id, hash);

    return kab_seal_mark(seal, text, strlen(text));
}

typedef struct {
    gint64 id;
    gint64 last; /* the number of the last entry there is */
    char *hash;  /* (owned) */
    char *mark;  /* (owned) (nullable) */
} Head;

static void
head_clear(Head *head)
{
    g_free(head->hash);
    g_free(head->mark);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Head, head_clear)

static gboolean
load_head(KabDb *db, Head *head, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_HEAD, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        head->id = kab_rows_get_int(rows, 0);
        head->hash = kab_rows_dup_text(rows, 1);
        head->mark = kab_rows_dup_text(rows, 2);
        head->last = kab_rows_get_int(rows, 3);
    } else {
        head->hash = g_strdup("");
    }
    return kab_error_pass(error, &local);
}

gboolean
kab_audit_was_told(KabDb *db, const KabActor *actor, const char *action, const char *object,
                   const char *detail, KabTime since, gboolean *out, GError **error)
{
    gint64 told = 0;
    gboolean asked =
        kab_db_get_int(db, WAS_TOLD,
                       KAB_BIND(kab_int(since), kab_text(actor->who), kab_text(actor->address),
                                kab_text(action), kab_text(object), kab_text(detail)),
                       NULL, &told, error);

    *out = told != 0;
    return asked;
}

gboolean
kab_audit_add(KabDb *db, KabSeal *seal, const KabActor *actor, const char *action,
              const char *object, const char *detail, GError **error)
{
    g_auto(Head) head = {0};
    g_autofree char *hash = NULL;
    g_autofree char *mark = NULL;
    KabAuditEntry entry = {
        .at = kab_time_now(),
        .who = (char *)actor->who,
        .address = (char *)actor->address,
        .action = (char *)action,
        .object = (char *)(object != NULL ? object : ""),
        .detail = (char *)(detail != NULL ? detail : ""),
    };

    if (!load_head(db, &head, error))
        return FALSE;
    entry.id = head.id + 1;
    hash = hash_entry(seal, head.hash, &entry);
    mark = mark_head(seal, entry.id, hash);
    return kab_db_run(db, INSERT_ENTRY,
                      KAB_BIND(kab_int(entry.id), kab_int(entry.at), kab_text(entry.who),
                               kab_text(entry.address), kab_text(entry.action),
                               kab_text(entry.object), kab_text(entry.detail), kab_text(hash)),
                      error) &&
           kab_db_run(db, UPSERT_HEAD, KAB_BIND(kab_int(entry.id), kab_text(hash), kab_text(mark)),
                      error);
}

static KabAuditEntry *
read_entry(KabRows *rows)
{
    KabAuditEntry *entry = g_new0(KabAuditEntry, 1);

    entry->id = kab_rows_get_int(rows, 0);
    entry->at = kab_rows_get_int(rows, 1);
    entry->who = kab_rows_dup_text(rows, 2);
    entry->address = kab_rows_dup_text(rows, 3);
    entry->action = kab_rows_dup_text(rows, 4);
    entry->object = kab_rows_dup_text(rows, 5);
    entry->detail = kab_rows_dup_text(rows, 6);
    return entry;
}

GPtrArray *
kab_audit_list(KabDb *db, const char *who, const char *action, const char *before, guint limit,
               char **next, GError **error)
{
    g_autoptr(GPtrArray) entries =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_audit_entry_free);
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    gint64 below = G_MAXINT64;

    *next = NULL;
    if (before != NULL && !g_ascii_string_to_signed(before, 10, 0, G_MAXINT64, &below, NULL)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("“after” must be what “next” was on the page before"));
        return NULL;
    }
    rows = kab_db_query(db, SELECT_PAGE,
                        KAB_BIND(kab_int(below), kab_text(who), kab_text(action), kab_int(limit)),
                        error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(entries, read_entry(rows));
    if (!kab_error_pass(error, &local))
        return NULL;
    if (entries->len == limit)
        *next = g_strdup_printf("%" PRId64,
                                ((KabAuditEntry *)g_ptr_array_index(entries, limit - 1))->id);
    return g_steal_pointer(&entries);
}

static gboolean
refuse(GError **error, gint64 id)
{
    g_set_error(
        error, KAB_ERROR, KAB_ERROR_CORRUPT,
        _("The audit log was changed from outside: entry %" PRId64 " is not what was written"), id);
    return FALSE;
}

/* The hash of the entry @until, and how many there are up to it. */
static gboolean
verify_entries(KabDb *db, KabSeal *seal, gint64 until, char **hash, gint64 *count, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_UNTIL, KAB_BIND(kab_int(until)), error);
    g_autoptr(GError) local = NULL;

    *count = 0;
    *hash = g_strdup("");
    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        g_autoptr(KabAuditEntry) entry = read_entry(rows);
        char *expected = hash_entry(seal, *hash, entry);

        g_free(*hash);
        *hash = expected;
        (*count)++;
        if (entry->id != *count || strcmp(expected, kab_rows_get_text(rows, 7)) != 0)
            return refuse(error, entry->id);
    }
    return kab_error_pass(error, &local);
}

gboolean
kab_audit_begin(KabDb *db, KabSeal *seal, GError **error)
{
    g_auto(Head) head = {0};
    g_autoptr(KabTransaction) transaction = NULL;

    if (!load_head(db, &head, error))
        return FALSE;
    if (head.mark != NULL)
        return TRUE;
    transaction = kab_db_begin(db, error);
    g_clear_pointer(&head.hash, g_free);
    if (transaction == NULL || !load_head(db, &head, error))
        return FALSE;
    return (head.mark != NULL || kab_audit_add(db, seal, KAB_ACTOR_SERVICE, KAB_AUDIT_SETTING,
                                               "audit", "begun", error)) &&
           kab_transaction_commit(transaction, error);
}

static gboolean
goes_on(KabDb *db, const char *known, GError **error)
{
    gboolean found = known == NULL;
    gint64 one;

    if (known != NULL &&
        !kab_db_get_int(db, HAS_HASH, KAB_BIND(kab_text(known)), &found, &one, error))
        return FALSE;
    if (!found)
        g_set_error(error, KAB_ERROR, KAB_ERROR_CORRUPT,
                    _("This is another audit log: it has no entry %.*s"),
                    kab_error_clip(known, 200), known);
    return found;
}

/* What is added meanwhile is not looked at: nobody has to wait for this. */
gboolean
kab_audit_verify(KabDb *db, KabSeal *seal, const char *known, gint64 *count, char **last,
                 GError **error)
{
    g_auto(Head) head = {0};
    g_autofree char *hash = NULL;
    g_autofree char *mark = NULL;

    *last = NULL;
    if (!load_head(db, &head, error) ||
        !verify_entries(db, seal, head.mark != NULL ? head.id : G_MAXINT64, &hash, count, error))
        return FALSE;
    mark = mark_head(seal, *count, hash);
    if (head.id == *count && head.last == *count && g_strcmp0(head.mark, mark) == 0) {
        *last = g_steal_pointer(&hash);
        return goes_on(db, known, error);
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_CORRUPT,
                _("The audit log was changed from outside: what followed entry %" PRId64
                  " is not what was written"),
                MIN(*count, head.id));
    return FALSE;
}
