/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-basket.h"
#include "kab-document-file.h"
#include "kab-draft-undo.h"
#include "kab-order-export.h"
#include "kab-order-page-private.h"
#include "kab-skipped-dialog.h"

#include <glib/gi18n-lib.h>

static GtkWindow *
get_window(KabOrderPage *self)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));

    return GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL;
}

/* The order once more. */

static void
show_basket(KabOrderPage *self)
{
    gtk_widget_activate_action(GTK_WIDGET(self), "win.show-basket", NULL);
}

static void
on_repeated(GObject *source, GAsyncResult *result, gpointer data)
{
    KabOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabBasketChange) change =
        kab_client_basket_change_finish(KAB_CLIENT(source), result, &error);
    GtkWindow *dialog;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    kab_order_page_set_busy(self, FALSE);
    if (change == NULL) {
        kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
        return;
    }
    g_clear_pointer(&self->repeat_key, g_free);
    kab_data_page_tell_basket(KAB_DATA_PAGE(self), change->basket->lines->len);
    if (change->skipped->len == 0) {
        kab_data_page_say(KAB_DATA_PAGE(self), _("Added to the basket"));
        show_basket(self);
        return;
    }
    dialog = kab_skipped_dialog_new(get_window(self), change->skipped);
    g_signal_connect_object(dialog, "response", G_CALLBACK(show_basket), self, G_CONNECT_SWAPPED);
    gtk_window_present(dialog);
}

void
kab_order_page_repeat(KabOrderPage *self)
{
    if (self->repeat_key == NULL) {
        char key[KAB_ID_SIZE];

        kab_id_fill_random(key);
        self->repeat_key = g_strdup(key);
    }
    kab_order_page_set_busy(self, TRUE);
    kab_client_repeat_order_async(
        kab_data_page_get_client(KAB_DATA_PAGE(self)), self->id, self->repeat_key,
        kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_repeated, self);
}

static void
on_repeat(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabOrderPage *self = KAB_ORDER_PAGE(widget);

    if (self->order == NULL || self->busy)
        return;
    kab_data_page_finish_typing(KAB_DATA_PAGE(self));
    if (kab_order_page_is_edited(self))
        kab_order_page_save_draft(self, KAB_ORDER_THEN_REPEAT);
    else
        kab_order_page_repeat(self);
}

/* Drafts that are not wanted. */

static void
on_order_deleted(GObject *source, GAsyncResult *result, gpointer data)
{
    KabOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    gboolean deleted = kab_client_delete_order_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    kab_order_page_set_busy(self, FALSE);
    if (!deleted) {
        kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
        return;
    }
    kab_data_page_set_edited(KAB_DATA_PAGE(self), FALSE);
    kab_data_page_add_toast(
        KAB_DATA_PAGE(self),
        kab_draft_undo_make_toast(KAB_CLIENT(source), self->order, get_window(self)));
    gtk_widget_activate_action(GTK_WIDGET(self), "win.back", NULL);
}

static void
on_delete(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabOrderPage *self = KAB_ORDER_PAGE(widget);

    kab_order_page_set_busy(self, TRUE);
    kab_client_delete_order_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->id,
                                  kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                  on_order_deleted, self);
}

/* The invoice. */

static void
on_invoice_changed(KabOrderPage *self)
{
    kab_order_page_set_busy(self, kab_invoice_file_is_busy(self->invoice));
    kab_order_page_update_head(self);
}

static void
get_invoice(KabOrderPage *self, KabInvoiceUse use, const char *path)
{
    if (!self->busy && self->order != NULL)
        kab_invoice_file_get(self->invoice, self->order, FALSE, use, path);
}

static void
on_invoice(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    get_invoice(KAB_ORDER_PAGE(widget),
                g_str_equal(name, "order.open-invoice")    ? KAB_INVOICE_OPEN
                : g_str_equal(name, "order.print-invoice") ? KAB_INVOICE_PRINT
                                                           : KAB_INVOICE_SAVE,
                NULL);
}

static void
on_cancel(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    kab_invoice_file_cancel(KAB_ORDER_PAGE(widget)->invoice);
}

void
kab_order_page_save_invoice_to(KabOrderPage *self, const char *path)
{
    get_invoice(self, KAB_INVOICE_SAVE, path);
}

/* A file for a spreadsheet. */

static void
on_exported(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GFile) file = kab_table_save_finish(result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    kab_order_page_set_busy(self, FALSE);
    if (file != NULL)
        kab_data_page_add_toast(KAB_DATA_PAGE(self), kab_document_file_make_toast(file));
    else
        kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
}

static void
on_export(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabOrderPage *self = KAB_ORDER_PAGE(widget);
    gboolean xlsx = g_str_equal(g_variant_get_string(parameter, NULL), "xlsx");
    g_autofree char *file_name = NULL;

    if (self->order == NULL || self->busy)
        return;
    file_name = kab_order_export_make_name(self->order);
    kab_order_page_set_busy(self, TRUE);
    kab_table_save_async(kab_order_export_make_table(self->order),
                         xlsx ? KAB_TABLE_XLSX : KAB_TABLE_CSV, file_name,
                         kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_exported, self);
}

static void
on_undo(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    kab_draft_box_undo(KAB_ORDER_PAGE(widget)->draft_box);
}

void
kab_order_page_install_actions(GtkWidgetClass *widget_class)
{
    gtk_widget_class_install_action(widget_class, "order.repeat", NULL, on_repeat);
    gtk_widget_class_install_action(widget_class, "order.delete", NULL, on_delete);
    gtk_widget_class_install_action(widget_class, "order.download-invoice", NULL, on_invoice);
    gtk_widget_class_install_action(widget_class, "order.open-invoice", NULL, on_invoice);
    gtk_widget_class_install_action(widget_class, "order.print-invoice", NULL, on_invoice);
    gtk_widget_class_install_action(widget_class, "order.cancel", NULL, on_cancel);
    gtk_widget_class_install_action(widget_class, "order.export", "s", on_export);
    gtk_widget_class_install_action(widget_class, "order.undo", NULL, on_undo);
    /* Not for the whole window: a text that is being written has an undo of its own. */
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "order.undo",
                                        NULL);
}

void
kab_order_page_start_actions(KabOrderPage *self)
{
    self->invoice = kab_invoice_file_new(KAB_DATA_PAGE(self));
    g_signal_connect_object(self->invoice, "changed", G_CALLBACK(on_invoice_changed), self,
                            G_CONNECT_SWAPPED);
}

void
kab_order_page_stop_actions(KabOrderPage *self)
{
    if (self->invoice != NULL)
        kab_invoice_file_stop(self->invoice);
    g_clear_object(&self->invoice);
    g_clear_pointer(&self->repeat_key, g_free);
}
