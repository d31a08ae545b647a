/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-commerceml-parse.h"
#include "kab-commerceml.h"
#include "kab-import-pictures.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* The notes of a large exchange belong into a temporary file, not into memory, where connections
 * keep theirs otherwise. Setting this drops all temporary tables. */
#define NOTES_IN_FILE "PRAGMA temp_store = FILE; PRAGMA temp.cache_size = -8000"
#define NOTES_IN_MEMORY "PRAGMA temp_store = MEMORY"

static gboolean
count_document(KabCommerceml *cml, G_GNUC_UNUSED gpointer data, G_GNUC_UNUSED GError **error)
{
    cml->documents++;
    return TRUE;
}

static gboolean
read_part(KabCommerceml *cml, G_GNUC_UNUSED gpointer data, GError **error)
{
    const char *name = kab_xml_reader_get_name(cml->reader);
    gboolean taken;

    if (strcmp(name, "Классификатор") == 0)
        return kab_commerceml_read_classifier(cml, error);
    if (strcmp(name, "Каталог") == 0)
        return kab_commerceml_read_catalogue(cml, error);
    if (strcmp(name, "ПакетПредложений") == 0 || strcmp(name, "ИзмененияПакетаПредложений") == 0)
        return kab_commerceml_read_package(cml, error);
    if (strcmp(name, "Контрагенты") == 0)
        return kab_commerceml_read_partners(cml, error);
    if (strcmp(name, "Документ") == 0)
        return count_document(cml, NULL, error);
    if (strcmp(name, "Контейнер") == 0)
        return kab_commerceml_each(cml, "Документ", count_document, NULL, error);
    return kab_commerceml_read_classifier_part(cml, &taken, error);
}

static gboolean
read_file(KabCommerceml *cml, KabImportStream *stream, const KabImportFile *file, GError **error)
{
    g_autoptr(KabXmlReader) reader = NULL;
    gint64 n_cut;
    gboolean ok;

    if (!kab_import_stream_open(stream, file, error))
        return FALSE;
    reader = kab_xml_reader_new(stream, file->label, error);
    if (reader == NULL)
        return FALSE;
    cml->reader = reader;
    ok = kab_commerceml_each(cml, NULL, read_part, NULL, error) &&
         kab_xml_reader_finish(reader, error);
    n_cut = kab_xml_reader_get_n_cut(reader);
    if (ok && n_cut > 0)
        kab_import_result_warn(cml->result,
                               _("“%s”: %" PRId64 " texts longer than %d bytes were cut"),
                               file->label, n_cut, KAB_XML_TEXT_MAX);
    cml->reader = NULL;
    return ok;
}

static gboolean
import_files(KabDb *db, const GPtrArray *files, const GPtrArray *pictures, KabImportStream *stream,
             GCancellable *cancellable, KabImportResult *result, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabIntake) intake = NULL;
    KabCommerceml cml = {.result = result};

    if (transaction == NULL)
        return FALSE;
    intake = kab_intake_begin(db, result, error);
    if (intake == NULL)
        return FALSE;
    cml.intake = intake;
    for (guint i = 0; i < files->len; i++)
        if (!read_file(&cml, stream, files->pdata[i], error))
            return FALSE;
    if (cml.documents > 0)
        kab_import_result_warn(result,
                               _("Orders and other documents that were passed over: "
                                 "%" PRId64),
                               cml.documents);
    return kab_import_pictures_store(intake, pictures, stream, error) &&
           kab_intake_finish(intake, error) &&
           !g_cancellable_set_error_if_cancelled(cancellable, error) &&
           kab_transaction_commit(transaction, error);
}

static gboolean
import_paths(KabDb *db, const char *const *paths, KabImportProgressFunc progress, gpointer data,
             GCancellable *cancellable, KabImportResult *result, GError **error)
{
    g_autoptr(GPtrArray) pictures = g_ptr_array_new_with_free_func(kab_import_file_free);
    g_autoptr(GPtrArray) files = kab_import_files_list(paths, pictures, cancellable, error);
    g_autoptr(KabImportStream) stream = kab_import_stream_new(cancellable);
    gint64 total = 0;

    if (files == NULL || !kab_commerceml_order_files(files, stream, result, error))
        return FALSE;
    for (guint i = 0; i < files->len; i++)
        total += ((const KabImportFile *)files->pdata[i])->size;
    kab_import_stream_watch(stream, total, progress, data);
    return import_files(db, files, pictures, stream, cancellable, result, error);
}

gboolean
kab_commerceml_import(KabDb *db, const char *const *paths, KabImportProgressFunc progress,
                      gpointer data, GCancellable *cancellable, KabImportResult *out,
                      GError **error)
{
    gboolean ok;

    *out = (KabImportResult){0};
    if (!kab_db_script(db, NOTES_IN_FILE, error))
        return FALSE;
    ok = import_paths(db, paths, progress, data, cancellable, out, error);
    if (!ok)
        kab_import_result_clear(out);
    /* After a failure that failure is what is to be told. */
    return kab_db_script(db, NOTES_IN_MEMORY, ok ? error : NULL) && ok;
}
