/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-dialog-fit.h"
#include "kab-report-dialog.h"
#include "kab-report-end.h"
#include "kab-save-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Mail programs take no longer addresses than this; the rest is in the clipboard. */
#define MAX_LETTER 1500

struct _KabReportDialog {
    AdwWindow parent_instance;

    AdwToastOverlay *toasts;
    GtkTextView *words_view;
    GtkTextView *collected_view;

    GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabReportDialog, kab_report_dialog, ADW_TYPE_WINDOW)

static char *
dup_text(GtkTextView *view)
{
    GtkTextBuffer *buffer = gtk_text_view_get_buffer(view);
    GtkTextIter start;
    GtkTextIter end;

    gtk_text_buffer_get_bounds(buffer, &start, &end);
    return gtk_text_buffer_get_text(buffer, &start, &end, FALSE);
}

static char *
dup_report(KabReportDialog *self)
{
    g_autofree char *words = g_strstrip(dup_text(self->words_view));
    g_autofree char *collected = dup_text(self->collected_view);

    return *words != '\0' ? g_strconcat(words, "\n\n", collected, NULL)
                          : g_steal_pointer(&collected);
}

static void
say(KabReportDialog *self, const char *text)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);

    adw_toast_overlay_add_toast(self->toasts, adw_toast_new(markup));
}

static void
copy(KabReportDialog *self)
{
    g_autofree char *report = dup_report(self);

    gdk_clipboard_set_text(gtk_widget_get_clipboard(GTK_WIDGET(self)), report);
}

static void
on_copy(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    copy(KAB_REPORT_DIALOG(widget));
    say(KAB_REPORT_DIALOG(widget), _("Copied"));
}

static void
on_saved(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabReportDialog *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GFile) file = kab_save_file_finish(result, &error);
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (file == NULL) {
        say(self, error->message);
        return;
    }
    path = g_file_get_parse_name(file);
    text = g_strdup_printf(_("Saved as %s"), path);
    say(self, text);
}

static void
on_save(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabReportDialog *self = KAB_REPORT_DIALOG(widget);
    g_autofree char *report = dup_report(self);
    g_autoptr(GBytes) bytes = g_bytes_new(report, strlen(report));

    kab_save_file_async(NULL, _("Kabinet report.txt"), bytes, self->cancellable, on_saved, self);
}

static void
on_mailed(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabReportDialog *self = data;
    g_autoptr(GError) error = NULL;
    gboolean done = g_app_info_launch_default_for_uri_finish(result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (!done)
        say(self, _("No mail program is there. The report is copied: paste it into a letter."));
}

/* A long report does not fit into the address of a letter: it is pasted then. */
static void
on_mail(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabReportDialog *self = KAB_REPORT_DIALOG(widget);
    g_autofree char *report = dup_report(self);
    g_autofree char *subject = g_uri_escape_string(_("A problem with Kabinet"), NULL, FALSE);
    g_autofree char *body = g_uri_escape_string(
        strlen(report) <= MAX_LETTER ? report : _("(The report is copied: paste it here.)"), NULL,
        FALSE);
    g_autofree char *uri = g_strdup_printf("mailto:?subject=%s&body=%s", subject, body);

    copy(self);
    g_app_info_launch_default_for_uri_async(uri, NULL, self->cancellable, on_mailed, self);
}

static void
kab_report_dialog_dispose(GObject *object)
{
    KabReportDialog *self = KAB_REPORT_DIALOG(object);

    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_REPORT_DIALOG);
    G_OBJECT_CLASS(kab_report_dialog_parent_class)->dispose(object);
}

static void
kab_report_dialog_class_init(KabReportDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_report_dialog_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/kab-report-dialog.ui");
    gtk_widget_class_bind_template_child(widget_class, KabReportDialog, toasts);
    gtk_widget_class_bind_template_child(widget_class, KabReportDialog, words_view);
    gtk_widget_class_bind_template_child(widget_class, KabReportDialog, collected_view);
    gtk_widget_class_install_action(widget_class, "report.copy", NULL, on_copy);
    gtk_widget_class_install_action(widget_class, "report.save", NULL, on_save);
    gtk_widget_class_install_action(widget_class, "report.mail", NULL, on_mail);
}

static void
kab_report_dialog_init(KabReportDialog *self)
{
    self->cancellable = g_cancellable_new();
    gtk_widget_init_template(GTK_WIDGET(self));
    gtk_widget_grab_focus(GTK_WIDGET(self->words_view));
}

static void
on_end_reported(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autofree char *text = kab_report_end_finish(result);
    GtkTextBuffer *buffer;
    GtkTextIter last;

    if (text == NULL) /* the dialog is gone */
        return;
    buffer = gtk_text_view_get_buffer(KAB_REPORT_DIALOG(data)->collected_view);
    gtk_text_buffer_get_end_iter(buffer, &last);
    gtk_text_buffer_insert(buffer, &last, text, -1);
}

void
kab_report_dialog_add_end(KabReportDialog *self, KabClient *client, const char *title)
{
    kab_report_end_async(client, title, self->cancellable, on_end_reported, self);
}

KabReportDialog *
kab_report_dialog_new(GtkWindow *parent, const char *collected)
{
    KabReportDialog *self = g_object_new(KAB_TYPE_REPORT_DIALOG, "transient-for", parent, NULL);

    kab_dialog_fit(GTK_WINDOW(self));
    gtk_text_buffer_set_text(gtk_text_view_get_buffer(self->collected_view), collected, -1);
    return self;
}
