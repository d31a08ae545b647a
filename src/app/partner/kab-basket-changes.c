/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket-page-private.h"
#include "kab-client-basket.h"
#include "kab-skipped-dialog.h"

#include <glib/gi18n-lib.h>

/* A line that was removed stands there again at once; the portal's answer comes after it. */
static void
restore_line(KabBasketPage *self, const KabOrderLine *removed)
{
    KabOrderLine *line = kab_order_find_line(self->basket, removed->product_id);

    kab_basket_page_forget_key(self);
    if (line == NULL)
        kab_order_append_line(self->basket, removed);
    else
        line->quantity.milli = line->ordered.milli = line->quantity.milli + removed->quantity.milli;
    line = kab_order_find_line(self->basket, removed->product_id);
    if (kab_order_recount(self->basket, NULL))
        kab_basket_page_show(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
    kab_outbox_set(self->outbox, line, line->quantity);
}

/* Waits for changes that are on their way, but not for a connection. */
void
kab_basket_page_want(KabBasketPage *self, Submit submit)
{
    if (!kab_outbox_is_busy(self->outbox) || kab_outbox_is_waiting(self->outbox)) {
        kab_basket_page_carry_out(self, submit);
        return;
    }
    self->wanted = submit;
    kab_basket_page_update_buttons(self);
}

void
kab_basket_page_restore(KabBasketPage *self, const KabOrder *removed)
{
    if (self->basket == NULL || !kab_basket_page_is_idle(self))
        return;
    if (removed->lines->len == 1) {
        restore_line(self, kab_order_get_line(removed, 0));
        return;
    }
    g_clear_pointer(&self->cleared, kab_order_free);
    self->cleared = kab_order_copy(removed);
    kab_basket_page_want(self, SUBMIT_RESTORE);
}

static void
take_change(KabBasketPage *self, KabBasketChange *change)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));

    kab_basket_page_forget_key(self);
    kab_basket_page_take(self, g_steal_pointer(&change->basket));
    if (change->skipped->len > 0 && GTK_IS_WINDOW(root))
        gtk_window_present(kab_skipped_dialog_new(GTK_WINDOW(root), change->skipped));
}

static void
on_replaced(GObject *source, GAsyncResult *result, gpointer data)
{
    KabBasketPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabBasketChange) change =
        kab_client_basket_change_finish(KAB_CLIENT(source), result, &error);
    g_autoptr(KabOrder) cleared = NULL;
    gboolean clear;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    clear = self->pending == SUBMIT_CLEAR;
    cleared = g_steal_pointer(&self->cleared);
    self->pending = SUBMIT_NOTHING;
    kab_basket_page_update_buttons(self);
    if (change == NULL) {
        /* What was to be put back can be put back once more. */
        if (!clear && cleared != NULL)
            kab_line_undo_push_all(self->undo, cleared);
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    take_change(self, change);
    if (clear)
        kab_line_undo_push_all(self->undo, cleared);
}

static void
on_accepted(GObject *source, GAsyncResult *result, gpointer data)
{
    KabBasketPage *self = data;
    g_autoptr(GError) error = NULL;
    KabOrder *basket = kab_client_basket_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->pending = SUBMIT_NOTHING;
    kab_basket_page_update_buttons(self);
    if (basket == NULL)
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    else
        kab_basket_page_take(self, basket);
}

/* All lines at once: none, or what was there before on top of what is there now. */
void
kab_basket_page_send_change(KabBasketPage *self, Submit submit)
{
    KabClient *client = kab_data_page_get_client(KAB_DATA_PAGE(self));
    GCancellable *cancellable = kab_data_page_get_cancellable(KAB_DATA_PAGE(self));
    g_autoptr(GArray) wishes = NULL;

    self->pending = submit;
    kab_basket_page_update_buttons(self);
    if (submit == SUBMIT_ACCEPT) {
        kab_client_accept_prices_async(client, cancellable, on_accepted, self);
        return;
    }
    if (submit == SUBMIT_CLEAR) {
        g_clear_pointer(&self->cleared, kab_order_free);
        self->cleared = kab_order_copy(self->basket);
        wishes = kab_basket_wishes_new();
    } else {
        for (guint i = 0; i < self->basket->lines->len; i++)
            kab_order_append_line(self->cleared, kab_order_get_line(self->basket, i));
        wishes = kab_basket_wishes_of(self->cleared);
    }
    kab_client_replace_basket_async(client, wishes, cancellable, on_replaced, self);
}

static void
on_change(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabBasketPage *self = KAB_BASKET_PAGE(widget);

    if (self->basket != NULL && self->basket->lines->len > 0)
        kab_basket_page_want(self,
                             g_str_equal(name, "basket.clear") ? SUBMIT_CLEAR : SUBMIT_ACCEPT);
}

static void
on_undo(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    kab_line_undo_pop(KAB_BASKET_PAGE(widget)->undo);
}

void
kab_basket_page_install_changes(GtkWidgetClass *widget_class)
{
    gtk_widget_class_install_action(widget_class, "basket.clear", NULL, on_change);
    gtk_widget_class_install_action(widget_class, "basket.accept-prices", NULL, on_change);
    gtk_widget_class_install_action(widget_class, "basket.undo", NULL, on_undo);
    /* Not for the whole window: a text that is being written has an undo of its own. */
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "basket.undo",
                                        NULL);
}
