/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-orders.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-invoice-file.h"
#include "kab-line-list.h"
#include "kab-order-page.h"
#include "kab-page-view.h"
#include "kab-percent-row.h"
#include "kab-reflow.h"
#include "kab-refuse-dialog.h"
#include "kab-spinner.h"
#include "kab-status-badge.h"
#include "kab-value-row.h"

#include <glib/gi18n-lib.h>

struct _KabOrderPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkLabel *name_label;
    GtkLabel *date_label;
    KabStatusBadge *badge;
    GtkLabel *total_label;
    GtkLabel *hint_label;
    GtkWidget *place_button;
    GtkWidget *delete_button;
    GtkWidget *confirm_button;
    GtkWidget *refuse_button;
    GtkWidget *invoice_button;
    GtkLabel *why_label;
    GtkSpinner *spinner;
    KabValueRow *state_row;
    KabValueRow *manager_row;
    KabValueRow *reason_row;
    KabPercentRow *paid_row;
    KabPercentRow *shipped_row;
    KabValueRow *phone_row;
    KabValueRow *email_row;
    KabValueRow *delivery_row;
    KabValueRow *comment_row;
    KabLineList *line_list;

    KabOrderId id;
    KabOrder *order;   /* (owned) (nullable) */
    GtkWindow *dialog; /* (nullable): asks why the order is refused */
    gboolean busy;
};

G_DEFINE_FINAL_TYPE(KabOrderPage, kab_order_page, KAB_TYPE_DATA_PAGE)

static const char *const hints[KAB_ORDER_N_STATUSES] = {
    [KAB_ORDER_DRAFT] = N_("Saved, not placed yet."),
    [KAB_ORDER_NEW] = N_("Placed. The next exchange takes it to the company."),
    [KAB_ORDER_AWAITING_MANAGER] = N_("The company has it. The manager is looking at it."),
    [KAB_ORDER_AWAITING_PARTNER] = N_("The manager has checked it. Confirm it or refuse it."),
    [KAB_ORDER_IN_PROGRESS] = N_("You have confirmed it. The company is working on it."),
    [KAB_ORDER_REFUSED] = N_("Nothing more will be done about it."),
    [KAB_ORDER_COMPLETED] = N_("Paid and shipped."),
};

static gboolean
is_changed(const KabOrder *order)
{
    for (guint i = 0; order->revision > 0 && i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        if (line->ordered.milli != line->quantity.milli)
            return TRUE;
    }
    return FALSE;
}

/* Why a button that people look for is not there; NULL if none is missing. */
static const char *
explain(const KabOrder *order)
{
    gboolean open = order->status != KAB_ORDER_DRAFT && order->status != KAB_ORDER_REFUSED &&
                    order->status != KAB_ORDER_COMPLETED;

    if (open && order->shipped_percent > 0)
        return _("Shipping has begun: the order can no longer be refused.");
    if (open && !order->has_invoice)
        return _("There is no invoice yet.");
    return NULL;
}

static void
update_buttons(KabOrderPage *self)
{
    const KabUser *user = kab_client_get_user(kab_data_page_get_client(KAB_DATA_PAGE(self)));
    gboolean may = user == NULL || kab_role_may(user->role, KAB_RIGHT_ORDER);
    const KabOrder *order = self->order;
    const char *why = explain(order);
    const struct {
        const char *action;
        GtkWidget *button;
        gboolean can;
    } rows[] = {
        {"order.place", self->place_button, may && kab_order_can(order, KAB_ORDER_PLACE)},
        {"order.delete", self->delete_button, may && order->status == KAB_ORDER_DRAFT},
        {"order.confirm", self->confirm_button, may && kab_order_can(order, KAB_ORDER_CONFIRM)},
        {"order.refuse", self->refuse_button, may && kab_order_can(order, KAB_ORDER_REFUSE)},
        {"order.download-invoice", self->invoice_button, order->has_invoice},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gtk_widget_set_visible(rows[i].button, rows[i].can);
        gtk_widget_action_set_enabled(GTK_WIDGET(self), rows[i].action, rows[i].can && !self->busy);
    }
    gtk_label_set_text(self->why_label, why != NULL ? why : "");
    gtk_widget_set_visible(GTK_WIDGET(self->why_label), why != NULL);
    kab_spinner_set(self->spinner, self->busy);
}

static void
show_details(KabOrderPage *self)
{
    const KabOrder *order = self->order;
    gboolean has_address = order->address != NULL && *order->address != '\0';

    kab_value_row_set_value(self->state_row, order->state);
    kab_value_row_set_value(self->manager_row, order->manager);
    kab_value_row_set_value(self->reason_row, order->reason);
    kab_percent_row_set_percent(self->paid_row, order->paid_percent);
    kab_percent_row_set_percent(self->shipped_row, order->shipped_percent);
    kab_value_row_set_value(self->phone_row, order->phone);
    kab_value_row_set_value(self->email_row, order->email);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(self->delivery_row),
                                  has_address ? _("Delivery") : _("Pickup"));
    kab_value_row_set_value(self->delivery_row,
                            has_address ? order->address : _("from the warehouse"));
    kab_value_row_set_value(self->comment_row, order->comment);
}

static void
show_order(KabOrderPage *self)
{
    const KabOrder *order = self->order;
    g_autofree char *name = kab_format_order_name(order);
    g_autofree char *date = kab_format_order_date(order);
    g_autofree char *total = kab_money_format(order->total);
    g_autofree char *hint = NULL;

    kab_data_page_set_title(KAB_DATA_PAGE(self), name);
    gtk_label_set_text(self->name_label, name);
    gtk_label_set_text(self->date_label, date);
    gtk_label_set_text(self->total_label, total);
    kab_status_badge_set_order(self->badge, order->status);
    hint = g_strjoin(" ", g_dgettext(GETTEXT_PACKAGE, hints[order->status]),
                     is_changed(order) ? _("The manager has changed what is marked below.") : NULL,
                     NULL);
    gtk_label_set_text(self->hint_label, hint);
    show_details(self);
    kab_line_list_set_order(self->line_list, order);
    update_buttons(self);
}

static void
set_busy(KabOrderPage *self, gboolean busy)
{
    self->busy = busy;
    if (self->order != NULL)
        update_buttons(self);
}

static void
take_order(KabOrderPage *self, KabOrder *order)
{
    g_clear_pointer(&self->order, kab_order_free);
    self->order = order;
    show_order(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

static void
on_order_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_client_order_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (order == NULL)
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
    else
        take_order(self, order);
}

static void
kab_order_page_load(KabDataPage *page)
{
    KabOrderPage *self = KAB_ORDER_PAGE(page);

    kab_client_get_order_async(kab_data_page_get_client(page), self->id,
                               kab_data_page_begin_load(page), on_order_got, self);
}

static void
on_order_changed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_client_order_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (order != NULL) {
        take_order(self, order);
        kab_data_page_say(KAB_DATA_PAGE(self), kab_order_status_to_title(order->status));
        return;
    }
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_CONFLICT))
        kab_data_page_say(KAB_DATA_PAGE(self),
                          _("The manager has changed the order meanwhile. Look at it once more."));
    else
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_CONFLICT) ||
        g_error_matches(error, KAB_ERROR, KAB_ERROR_STATE))
        kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
decide(KabOrderPage *self, KabDecision decision, const char *reason)
{
    set_busy(self, TRUE);
    kab_client_decide_order_async(
        kab_data_page_get_client(KAB_DATA_PAGE(self)), self->id, decision, self->order->revision,
        reason, kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_order_changed, self);
}

static void
on_confirm(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    decide(KAB_ORDER_PAGE(widget), KAB_DECISION_CONFIRM, NULL);
}

static void
on_refuse_response(KabOrderPage *self, const char *response, AdwMessageDialog *dialog)
{
    g_autofree char *reason = kab_refuse_dialog_dup_reason(dialog);

    self->dialog = NULL;
    if (g_str_equal(response, "refuse"))
        decide(self, KAB_DECISION_REFUSE, reason);
}

static void
on_refuse(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabOrderPage *self = KAB_ORDER_PAGE(widget);
    GtkRoot *root = gtk_widget_get_root(widget);

    if (self->dialog != NULL)
        return;
    self->dialog = GTK_WINDOW(
        kab_refuse_dialog_new(GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL, self->order));
    g_signal_connect_object(self->dialog, "response", G_CALLBACK(on_refuse_response), self,
                            G_CONNECT_SWAPPED);
    gtk_window_present(self->dialog);
}

static void
on_place(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabOrderPage *self = KAB_ORDER_PAGE(widget);

    set_busy(self, TRUE);
    kab_client_place_order_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->id,
                                 kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                 on_order_changed, self);
}

static void
on_order_deleted(GObject *source, GAsyncResult *result, gpointer data)
{
    KabOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    gboolean deleted = kab_client_delete_order_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (!deleted) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    kab_data_page_say(KAB_DATA_PAGE(self), _("Draft deleted"));
    gtk_widget_activate_action(GTK_WIDGET(self), "win.back", NULL);
}

static void
on_delete(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabOrderPage *self = KAB_ORDER_PAGE(widget);

    set_busy(self, TRUE);
    kab_client_delete_order_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->id,
                                  kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                  on_order_deleted, self);
}

static void
on_invoice_saved(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GFile) file = kab_invoice_file_download_finish(result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (file == NULL)
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    else
        kab_data_page_add_toast(KAB_DATA_PAGE(self), kab_invoice_file_make_toast(file));
}

static void
download_invoice(KabOrderPage *self, const char *path)
{
    if (self->busy || self->order == NULL)
        return;
    set_busy(self, TRUE);
    kab_invoice_file_download_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->order,
                                    path, kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                    on_invoice_saved, self);
}

static void
on_download_invoice(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                    GVariant *parameter G_GNUC_UNUSED)
{
    download_invoice(KAB_ORDER_PAGE(widget), NULL);
}

static void
on_lines_more(KabOrderPage *self)
{
    kab_line_list_set_order(self->line_list, self->order);
}

static void
kab_order_page_dispose(GObject *object)
{
    KabOrderPage *self = KAB_ORDER_PAGE(object);
    GtkWindow *dialog = g_steal_pointer(&self->dialog);

    if (dialog != NULL) {
        g_signal_handlers_disconnect_by_data(dialog, self);
        gtk_window_destroy(dialog);
    }
    g_clear_pointer(&self->order, kab_order_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_ORDER_PAGE);
    G_OBJECT_CLASS(kab_order_page_parent_class)->dispose(object);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, name_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, date_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, badge);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, total_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, hint_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, place_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, delete_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, confirm_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, refuse_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, invoice_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, why_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, state_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, manager_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, reason_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, paid_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, shipped_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, phone_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, email_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, delivery_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, comment_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, line_list);
}

static void
kab_order_page_class_init(KabOrderPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_order_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_order_page_load;

    g_type_ensure(KAB_TYPE_LINE_LIST);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_PERCENT_ROW);
    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_STATUS_BADGE);
    g_type_ensure(KAB_TYPE_VALUE_ROW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-order-page.ui");
    bind_children(widget_class);
    gtk_widget_class_bind_template_callback(widget_class, on_lines_more);

    gtk_widget_class_install_action(widget_class, "order.confirm", NULL, on_confirm);
    gtk_widget_class_install_action(widget_class, "order.refuse", NULL, on_refuse);
    gtk_widget_class_install_action(widget_class, "order.place", NULL, on_place);
    gtk_widget_class_install_action(widget_class, "order.delete", NULL, on_delete);
    gtk_widget_class_install_action(widget_class, "order.download-invoice", NULL,
                                    on_download_invoice);
}

static void
kab_order_page_init(KabOrderPage *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_order_page_new(KabClient *client, KabOrderId id)
{
    KabOrderPage *self = g_object_new(KAB_TYPE_ORDER_PAGE, "client", client, NULL);

    self->id = id;
    return KAB_DATA_PAGE(self);
}

void
kab_order_page_save_invoice_to(KabOrderPage *self, const char *path)
{
    download_invoice(self, path);
}
