/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-invoice-file.h"
#include "kab-print-file.h"

#include <glib/gi18n-lib.h>

/* Whoever waits longer than this, in milliseconds, may want to wait no more. */
#define SLOW 1000

struct _KabInvoiceFile {
    GObject parent_instance;

    KabDataPage *page; /* (nullable): until it goes */
    KabInvoiceUse use;
    char *title;            /* (owned) (nullable): what the printer's queue calls it */
    GCancellable *download; /* (owned) (nullable): while it is on its way */
    guint slow_id;
    gboolean slow;
    GtkWindow *printer; /* (nullable): asks where to print */
};

G_DEFINE_FINAL_TYPE(KabInvoiceFile, kab_invoice_file, G_TYPE_OBJECT)

enum {
    CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
tell_changed(KabInvoiceFile *self)
{
    if (self->page != NULL)
        g_signal_emit(self, signals[CHANGED], 0);
}

static gboolean
on_slow(gpointer data)
{
    KabInvoiceFile *self = data;

    self->slow_id = 0;
    self->slow = TRUE;
    tell_changed(self);
    return G_SOURCE_REMOVE;
}

static void
end_download(KabInvoiceFile *self)
{
    g_clear_object(&self->download);
    g_clear_handle_id(&self->slow_id, g_source_remove);
    self->slow = FALSE;
    tell_changed(self);
}

static void
on_printed(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabInvoiceFile) self = data;
    g_autoptr(GError) error = NULL;
    gboolean printed = kab_print_file_finish(result, &error);

    self->printer = NULL;
    if (self->page == NULL)
        return;
    if (printed)
        kab_data_page_say(self->page, _("Sent to the printer"));
    else if (!g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kab_data_page_fail_change(self->page, error);
}

static void
print(KabInvoiceFile *self, GFile *file)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self->page));

    if (self->printer == NULL)
        self->printer = kab_print_file_async(GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL, file,
                                             self->title, on_printed, g_object_ref(self));
}

static void
use_file(KabInvoiceFile *self, GFile *file)
{
    g_autofree char *uri = g_file_get_uri(file);

    switch (self->use) {
    case KAB_INVOICE_OPEN:
        gtk_widget_activate_action(GTK_WIDGET(self->page), "win.open-uri", "s", uri);
        break;
    case KAB_INVOICE_PRINT:
        print(self, file);
        break;
    case KAB_INVOICE_SAVE:
    default:
        kab_data_page_add_toast(self->page, kab_document_file_make_toast(file));
        break;
    }
}

static void
on_downloaded(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabInvoiceFile) self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GFile) file = kab_document_file_download_finish(result, &error);

    if (self->page == NULL)
        return;
    end_download(self);
    if (file != NULL)
        use_file(self, file);
    else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kab_data_page_say(self->page, _("Not downloaded"));
    else
        kab_data_page_fail_change(self->page, error);
}

static void
kab_invoice_file_finalize(GObject *object)
{
    g_free(KAB_INVOICE_FILE(object)->title);
    G_OBJECT_CLASS(kab_invoice_file_parent_class)->finalize(object);
}

static void
kab_invoice_file_class_init(KabInvoiceFileClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_invoice_file_finalize;
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_INVOICE_FILE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_invoice_file_init(KabInvoiceFile *self G_GNUC_UNUSED)
{
}

KabInvoiceFile *
kab_invoice_file_new(KabDataPage *page)
{
    KabInvoiceFile *self = g_object_new(KAB_TYPE_INVOICE_FILE, NULL);

    self->page = page;
    return self;
}

void
kab_invoice_file_get(KabInvoiceFile *self, const KabOrder *order, gboolean base, KabInvoiceUse use,
                     const char *path)
{
    const char *number = order->number != NULL ? order->number : order->id.text;
    g_autofree char *name = g_strconcat(number, ".pdf", NULL);

    if (self->download != NULL)
        return;
    self->use = use;
    g_free(self->title);
    self->title = g_strdup_printf(_("Invoice %s"), order->number != NULL ? order->number : "");
    self->download = g_cancellable_new();
    self->slow_id = g_timeout_add(SLOW, on_slow, self);
    /* An order's invoice has its order's id. */
    kab_document_file_download_async(
        kab_data_page_get_client(self->page), kab_document_id_of(order->id.text), base, name,
        use == KAB_INVOICE_SAVE ? KAB_DOCUMENT_TO_DOWNLOADS : KAB_DOCUMENT_TO_CACHE, path,
        self->download, on_downloaded, g_object_ref(self));
    tell_changed(self);
}

gboolean
kab_invoice_file_is_busy(KabInvoiceFile *self)
{
    return self->download != NULL;
}

gboolean
kab_invoice_file_is_slow(KabInvoiceFile *self)
{
    return self->slow;
}

void
kab_invoice_file_cancel(KabInvoiceFile *self)
{
    g_cancellable_cancel(self->download);
}

void
kab_invoice_file_stop(KabInvoiceFile *self)
{
    GtkWindow *printer = g_steal_pointer(&self->printer);

    self->page = NULL;
    g_clear_handle_id(&self->slow_id, g_source_remove);
    if (self->download != NULL)
        g_cancellable_cancel(self->download);
    g_clear_object(&self->download);
    if (printer != NULL)
        gtk_window_destroy(printer);
}
