/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-document-store.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>

#define SELECT                                                                         \
    "SELECT d.id, d.kind, d.partner_id, d.order_id, o.number, d.from_date, d.to_date," \
    " d.revision, d.state, d.error, d.asked_by, d.asked_at, d.issued_at, d.file_name," \
    " d.media_type, d.size, d.part FROM document d LEFT JOIN orders o ON o.id = d.order_id"
#define SELECT_ONE SELECT " WHERE d.id = $1"
#define SELECT_ORDER SELECT " WHERE d.order_id = $1 ORDER BY d.kind, d.part"
#define SELECT_ACTS                                                 \
    SELECT " WHERE d.partner_id = $1 AND d.kind = 'reconciliation'" \
           " ORDER BY d.asked_at DESC, d.id DESC LIMIT $2"
#define SELECT_PREPARING SELECT " WHERE d.state = 'preparing' ORDER BY d.asked_at, d.id LIMIT $1"
#define SELECT_FILE "SELECT file FROM document WHERE id = $1 AND file IS NOT NULL"
#define DELETE_ONE "DELETE FROM document WHERE id = $1"
#define UPSERT                                                                               \
    "INSERT INTO document (id, kind, partner_id, order_id, from_date, to_date, revision,"    \
    " state, error, asked_by, asked_at, issued_at, file_name, media_type, size, file, part)" \
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"   \
    " ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, state = excluded.state,"  \
    " error = excluded.error, asked_by = excluded.asked_by, asked_at = excluded.asked_at,"   \
    " issued_at = excluded.issued_at, file_name = excluded.file_name,"                       \
    " media_type = excluded.media_type, size = excluded.size, file = excluded.file"

gboolean
kab_document_store_put(KabDb *db, const KabDocument *document, GBytes *file, GError **error)
{
    gint64 size = file != NULL ? (gint64)g_bytes_get_size(file) : 0;

    return kab_db_run(
        db, UPSERT,
        KAB_BIND(kab_text(document->id.text), kab_text(kab_document_kind_to_nick(document->kind)),
                 kab_text(document->partner_id.text), kab_text_or_null(document->order_id.text),
                 kab_text_or_null(document->from.text), kab_text_or_null(document->to.text),
                 kab_int(document->revision), kab_text(kab_document_state_to_nick(document->state)),
                 kab_text_or_null(document->error), kab_text_or_null(document->asked_by),
                 kab_int(document->asked_at), kab_int(document->issued_at),
                 kab_text_or_null(document->file_name), kab_text_or_null(document->media_type),
                 kab_int(size), kab_blob(file), kab_int(MAX(document->part, 1))),
        error);
}

gboolean
kab_document_store_delete(KabDb *db, const char *id, GError **error)
{
    return kab_db_run(db, DELETE_ONE, KAB_BIND(kab_text(id)), error);
}

static KabDocument *
read_document(KabRows *rows, GError **error)
{
    g_autoptr(KabDocument) document = g_new0(KabDocument, 1);

    document->id = kab_document_id_of(kab_rows_get_text(rows, 0));
    document->partner_id = kab_partner_id_of(kab_rows_get_text(rows, 2));
    document->order_id = kab_order_id_of(kab_rows_get_text(rows, 3));
    document->order_number = kab_rows_dup_text(rows, 4);
    document->from = kab_date_of(kab_rows_get_text(rows, 5));
    document->to = kab_date_of(kab_rows_get_text(rows, 6));
    document->revision = kab_rows_get_int(rows, 7);
    document->error = kab_rows_dup_text(rows, 9);
    document->asked_by = kab_rows_dup_text(rows, 10);
    document->asked_at = kab_rows_get_int(rows, 11);
    document->issued_at = kab_rows_get_int(rows, 12);
    document->file_name = kab_rows_dup_text(rows, 13);
    document->media_type = kab_rows_dup_text(rows, 14);
    document->size = kab_rows_get_int(rows, 15);
    document->part = (int)kab_rows_get_int(rows, 16);
    if (!kab_document_kind_from_nick(kab_rows_get_text(rows, 1), &document->kind, error) ||
        !kab_document_state_from_nick(kab_rows_get_text(rows, 8), &document->state, error))
        return NULL;
    return g_steal_pointer(&document);
}

/* Takes the rows, which may be NULL with the error set. */
static GPtrArray *
read_documents(KabRows *taken, GError **error)
{
    g_autoptr(KabRows) rows = taken;
    g_autoptr(GPtrArray) documents =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_document_free);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (local == NULL && kab_rows_next(rows, &local)) {
        KabDocument *document = read_document(rows, &local);

        if (document != NULL)
            g_ptr_array_add(documents, document);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&documents) : NULL;
}

KabDocument *
kab_document_store_find(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GPtrArray) found =
        read_documents(kab_db_query(db, SELECT_ONE, KAB_BIND(kab_text(id)), error), error);

    return found != NULL && found->len > 0 ? g_ptr_array_steal_index(found, 0) : NULL;
}

KabDocument *
kab_document_store_load(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabDocument *document = kab_document_store_find(db, id, &local);

    if (document == NULL && local == NULL)
        local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no document %.40s"), id);
    kab_error_pass(error, &local);
    return document;
}

GBytes *
kab_document_store_get_file(KabDb *db, const char *id, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_FILE, KAB_BIND(kab_text(id)), error);

    return rows != NULL && kab_rows_next(rows, error) ? kab_rows_dup_blob(rows, 0) : NULL;
}

GPtrArray *
kab_document_store_list_order(KabDb *db, const char *order_id, GError **error)
{
    return read_documents(kab_db_query(db, SELECT_ORDER, KAB_BIND(kab_text(order_id)), error),
                          error);
}

GPtrArray *
kab_document_store_list_acts(KabDb *db, const char *partner_id, guint limit, GError **error)
{
    return read_documents(
        kab_db_query(db, SELECT_ACTS, KAB_BIND(kab_text(partner_id), kab_int(limit)), error),
        error);
}

GPtrArray *
kab_document_store_list_preparing(KabDb *db, guint limit, GError **error)
{
    return read_documents(kab_db_query(db, SELECT_PREPARING, KAB_BIND(kab_int(limit)), error),
                          error);
}
