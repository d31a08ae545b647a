/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-documents.h"
#include "kab-document-file.h"
#include "kab-save-file.h"

#include <glib/gi18n-lib.h>

typedef struct {
    KabDocumentPlace place;
    char *path; /* (nullable) */
    char *name;
} Job;

static void
job_free(gpointer data)
{
    Job *job = data;

    g_free(job->path);
    g_free(job->name);
    g_free(job);
}

static void
on_saved(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    GFile *file = kab_save_file_finish(result, &error);

    if (file == NULL) {
        g_prefix_error(&error, "%s", _("The document could not be saved: "));
        g_task_return_error(task, error);
    } else {
        g_task_return_pointer(task, file, g_object_unref);
    }
}

static void
on_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    g_autoptr(GBytes) bytes =
        kab_client_get_document_file_finish(KAB_CLIENT(source), result, &error);
    GCancellable *cancellable = g_task_get_cancellable(task);
    Job *job = g_task_get_task_data(task);

    if (bytes == NULL)
        g_task_return_error(task, error);
    else if (job->path != NULL)
        kab_save_file_as_async(job->path, bytes, cancellable, on_saved, g_steal_pointer(&task));
    else if (job->place == KAB_DOCUMENT_TO_CACHE)
        kab_save_file_to_cache_async(job->name, bytes, cancellable, on_saved,
                                     g_steal_pointer(&task));
    else
        kab_save_file_async(NULL, job->name, bytes, cancellable, on_saved, g_steal_pointer(&task));
}

void
kab_document_file_download_async(KabClient *client, KabDocumentId id, gboolean base,
                                 const char *name, KabDocumentPlace place, const char *path,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
    GTask *task = g_task_new(NULL, cancellable, callback, data);
    Job *job = g_new0(Job, 1);

    job->place = place;
    job->path = g_strdup(path);
    job->name = g_strdup(name);
    g_task_set_task_data(task, job, job_free);
    if (base)
        kab_client_get_client_invoice_async(client, kab_order_id_of(id.text), cancellable, on_got,
                                            task);
    else
        kab_client_get_document_file_async(client, id, cancellable, on_got, task);
}

GFile *
kab_document_file_download_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

AdwToast *
kab_document_file_make_toast(GFile *file)
{
    g_autofree char *path = g_file_get_path(file);
    g_autofree char *uri = g_file_get_uri(file);
    g_autofree char *text = g_markup_printf_escaped(_("Saved to %s"), path);
    AdwToast *toast = adw_toast_new(text);

    adw_toast_set_button_label(toast, _("Open"));
    adw_toast_set_action_name(toast, "win.open-uri");
    adw_toast_set_action_target(toast, "s", uri);
    return toast;
}
