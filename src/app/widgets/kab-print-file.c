/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-print-file.h"

#include <glib/gi18n-lib.h>
#include <gtk/gtkunixprint.h>

/* GtkPrintOperation draws pages; a PDF that is there already it would have to be able to read. The
 * dialog and the job below it hand the file to the printing system, which takes PDF. */

typedef struct {
    GFile *file; /* (owned) */
    char *title; /* (owned) */
} Job;

static void
job_free(gpointer data)
{
    Job *job = data;

    g_object_unref(job->file);
    g_free(job->title);
    g_free(job);
}

static void
on_job_done(GtkPrintJob *print_job G_GNUC_UNUSED, gpointer data, const GError *error)
{
    g_autoptr(GTask) task = data;

    if (error != NULL)
        g_task_return_error(task, g_error_copy(error));
    else
        g_task_return_boolean(task, TRUE);
}

static void
send_job(GTask *task, GtkPrintUnixDialog *dialog)
{
    const Job *job = g_task_get_task_data(task);
    GtkPrinter *printer = gtk_print_unix_dialog_get_selected_printer(dialog);
    g_autofree char *path = g_file_get_path(job->file);
    g_autoptr(GtkPrintSettings) settings = gtk_print_unix_dialog_get_settings(dialog);
    g_autoptr(GtkPrintJob) print_job = NULL;
    GError *error = NULL;

    if (printer == NULL || !gtk_printer_accepts_pdf(printer)) {
        g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                                _("This printer does not take PDF: open the invoice and print it "
                                  "from there"));
        return;
    }
    print_job = gtk_print_job_new(job->title, printer, settings,
                                  gtk_print_unix_dialog_get_page_setup(dialog));
    if (!gtk_print_job_set_source_file(print_job, path, &error)) {
        g_task_return_error(task, error);
        return;
    }
    gtk_print_job_send(print_job, on_job_done, g_object_ref(task), NULL);
}

static void
on_response(GtkDialog *dialog, int response, gpointer data)
{
    g_autoptr(GTask) task = data;

    g_signal_handlers_disconnect_by_data(dialog, task);
    if (response == GTK_RESPONSE_OK)
        send_job(task, GTK_PRINT_UNIX_DIALOG(dialog));
    else
        g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "not wanted");
    if (response != GTK_RESPONSE_NONE)
        gtk_window_destroy(GTK_WINDOW(dialog));
}

/* Destroyed from outside. */
static void
on_destroy(GtkDialog *dialog, gpointer data)
{
    on_response(dialog, GTK_RESPONSE_NONE, data);
}

GtkWindow *
kab_print_file_async(GtkWindow *parent, GFile *file, const char *title,
                     GAsyncReadyCallback callback, gpointer data)
{
    GtkWidget *dialog = gtk_print_unix_dialog_new(title, parent);
    GTask *task = g_task_new(NULL, NULL, callback, data);
    Job *job = g_new0(Job, 1);

    job->file = g_object_ref(file);
    job->title = g_strdup(title);
    g_task_set_task_data(task, job, job_free);
    gtk_print_unix_dialog_set_manual_capabilities(
        GTK_PRINT_UNIX_DIALOG(dialog), GTK_PRINT_CAPABILITY_COPIES | GTK_PRINT_CAPABILITY_COLLATE |
                                           GTK_PRINT_CAPABILITY_GENERATE_PDF);
    gtk_window_set_destroy_with_parent(GTK_WINDOW(dialog), TRUE);
    gtk_window_set_modal(GTK_WINDOW(dialog), TRUE);
    g_signal_connect(dialog, "response", G_CALLBACK(on_response), task);
    g_signal_connect(dialog, "destroy", G_CALLBACK(on_destroy), task);
    gtk_window_present(GTK_WINDOW(dialog));
    return GTK_WINDOW(dialog);
}

gboolean
kab_print_file_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
