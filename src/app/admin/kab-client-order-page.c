/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange.h"
#include "kab-client-order-form.h"
#include "kab-client-order-page.h"
#include "kab-comment-list.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-goods-dialog.h"
#include "kab-invoice-file.h"
#include "kab-keys.h"
#include "kab-line-list.h"
#include "kab-notice.h"
#include "kab-order-details.h"
#include "kab-page-view.h"
#include "kab-reflow.h"
#include "kab-shrink.h"
#include "kab-spinner.h"
#include "kab-status-badge.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabClientOrderPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkWidget *form;
    GtkLabel *name_label;
    GtkLabel *date_label;
    KabStatusBadge *badge;
    GtkWidget *exchange_button;
    GtkWidget *cancel_button;
    GtkLabel *total_label;
    KabNotice *limit_notice;
    KabNotice *approval_notice;
    KabClientOrderForm *order_form;
    KabLineList *line_list;
    KabOrderDetails *details;
    KabCommentList *comment_list;
    GtkLabel *changed_label;
    GtkSpinner *spinner;

    KabOrderId id;
    KabInvoiceFile *invoice; /* (owned) */
    GtkWindow *dialog;       /* (nullable): a product is being looked for */
    KabOrder *order;         /* (owned) (nullable): as the manager wants it */
    gboolean changed;        /* something is entered and not saved */
    gboolean saving;
    gboolean setting; /* the form is being filled by the program */
};

G_DEFINE_FINAL_TYPE(KabClientOrderPage, kab_client_order_page, KAB_TYPE_DATA_PAGE)

static const char *const invoice_actions[] = {
    "client-order.download-invoice", "client-order.open-invoice", "client-order.print-invoice"};

static void
update_buttons(KabClientOrderPage *self)
{
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "client-order.save", !self->saving);
    kab_data_page_freeze(KAB_DATA_PAGE(self), self->form, self->saving);
    kab_spinner_set(self->spinner, self->saving);
    kab_data_page_set_edited(KAB_DATA_PAGE(self), self->changed);
    gtk_label_set_text(self->changed_label, self->changed ? _("Not saved yet") : "");
}

static void
on_changed(KabClientOrderPage *self)
{
    if (self->setting)
        return;
    self->changed = TRUE;
    update_buttons(self);
}

static void
show_total(KabClientOrderPage *self)
{
    g_autofree char *total = kab_money_format(self->order->total);

    gtk_label_set_text(self->total_label, total);
}

static void
show_order(KabClientOrderPage *self)
{
    const KabOrder *order = self->order;
    g_autofree char *name = kab_format_order_name(order);
    g_autofree char *placed = kab_format_order_date(order);
    g_autofree char *approver = kab_format_approver(order);
    g_autofree char *vat = kab_format_vat(order);
    g_autofree char *date = kab_format_join(placed, vat, NULL);

    self->setting = TRUE;
    kab_data_page_set_title(KAB_DATA_PAGE(self), name);
    gtk_label_set_text(self->name_label, name);
    gtk_label_set_text(self->date_label, date);
    kab_status_badge_set_client_order(self->badge, order);
    kab_notice_tell(self->approval_notice, approver, NULL);
    kab_notice_tell(
        self->limit_notice,
        order->over_limit ? _("It exceeded the partner's limits when it was placed") : NULL, NULL);
    show_total(self);
    kab_client_order_form_set_order(self->order_form, order);
    kab_line_list_set_order(self->line_list, order);
    kab_order_details_set_order(self->details, order);
    self->setting = FALSE;
    self->changed = FALSE;
    update_buttons(self);
    kab_comment_list_load(self->comment_list, KAB_DATA_PAGE(self), order->id, TRUE);
}

static void
take_order(KabClientOrderPage *self, KabOrder *order)
{
    g_clear_pointer(&self->order, kab_order_free);
    self->order = order;
    show_order(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

static void
on_order_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabClientOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_client_client_order_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (order == NULL)
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
    else
        take_order(self, order);
}

static void
kab_client_order_page_load(KabDataPage *page)
{
    KabClientOrderPage *self = KAB_CLIENT_ORDER_PAGE(page);

    /* What was entered and not saved outlives a look at another page. */
    if (self->changed || self->saving)
        return;
    kab_client_get_client_order_async(kab_data_page_get_client(page), self->id,
                                      kab_data_page_begin_load(page), on_order_got, self);
}

static void
on_order_saved(GObject *source, GAsyncResult *result, gpointer data)
{
    KabClientOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_client_client_order_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->saving = FALSE;
    update_buttons(self);
    if (order != NULL) {
        g_autofree char *approver = kab_format_approver(order);

        take_order(self, order);
        kab_data_page_say(KAB_DATA_PAGE(self), approver != NULL ? approver : _("Saved"));
    } else if (g_error_matches(error, KAB_ERROR, KAB_ERROR_CONFLICT)) {
        kab_data_page_say(
            KAB_DATA_PAGE(self),
            _("The order was changed meanwhile. What you see now is how it stands; enter your changes once more."));
        self->changed = FALSE;
        kab_data_page_reload(KAB_DATA_PAGE(self));
    } else {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    }
}

static void
on_save(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabClientOrderPage *self = KAB_CLIENT_ORDER_PAGE(widget);
    g_autoptr(GError) error = NULL;

    kab_data_page_finish_typing(KAB_DATA_PAGE(self));
    if (self->order == NULL)
        return;
    if (!self->changed) {
        kab_data_page_say(KAB_DATA_PAGE(self), _("Nothing has been changed"));
        return;
    }
    if (!kab_client_order_form_take(self->order_form, self->order, &error)) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    self->saving = TRUE;
    update_buttons(self);
    kab_client_set_client_order_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->order,
                                      kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                      on_order_saved, self);
}

/* As the order is saved: what is entered and not saved is on no paper. */
static void
on_invoice(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabClientOrderPage *self = KAB_CLIENT_ORDER_PAGE(widget);

    if (self->order == NULL || self->saving)
        return;
    if (self->changed)
        kab_data_page_say(KAB_DATA_PAGE(self), _("Save first: the invoice is of what is saved."));
    else
        kab_invoice_file_get(self->invoice, self->order, TRUE,
                             g_str_has_suffix(name, ".print-invoice")  ? KAB_INVOICE_PRINT
                             : g_str_has_suffix(name, ".open-invoice") ? KAB_INVOICE_OPEN
                                                                       : KAB_INVOICE_SAVE,
                             NULL);
}

static void
on_cancel(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    kab_invoice_file_cancel(KAB_CLIENT_ORDER_PAGE(widget)->invoice);
}

static void
on_invoice_changed(KabClientOrderPage *self)
{
    gboolean busy = kab_invoice_file_is_busy(self->invoice);

    for (gsize i = 0; i < G_N_ELEMENTS(invoice_actions); i++)
        gtk_widget_action_set_enabled(GTK_WIDGET(self), invoice_actions[i], !busy);
    gtk_widget_set_visible(self->cancel_button, kab_invoice_file_is_slow(self->invoice));
    kab_spinner_set(self->spinner, busy);
}

static void
on_exchange(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    g_autofree char *target =
        g_strconcat("client-order/", KAB_CLIENT_ORDER_PAGE(widget)->id.text, NULL);

    gtk_widget_activate_action(widget, "win.open-story", "s", target);
}

static void
recount(KabClientOrderPage *self)
{
    if (kab_order_recount(self->order, NULL)) {
        kab_line_list_set_order(self->line_list, self->order);
        show_total(self);
    }
    on_changed(self);
}

static void
on_line_quantity_changed(KabClientOrderPage *self, guint i, gint64 milli)
{
    if (self->setting)
        return;
    kab_order_get_line(self->order, i)->quantity.milli = milli;
    recount(self);
}

static void
on_line_price_changed(KabClientOrderPage *self, guint i, gint64 minor)
{
    if (self->setting)
        return;
    kab_order_get_line(self->order, i)->price.minor = minor;
    recount(self);
}

static void
on_line_remove(KabClientOrderPage *self, guint i)
{
    on_line_quantity_changed(self, i, 0);
}

/* Adding lines. */

/* What it is called is for the manager to see: the base describes it once more when it is saved. */
static void
on_product_chosen(KabClientOrderPage *self, const KabProduct *product)
{
    KabOrderLine *line = kab_order_find_line(self->order, product->id);
    gboolean there = line != NULL && line->quantity.milli > 0;
    g_autofree char *text =
        g_strdup_printf(there                ? _("“%s” is in the order already")
                        : product->has_price ? _("Added: %s")
                                             : _("Added, and without a price for this partner: %s"),
                        product->name);

    kab_data_page_say(KAB_DATA_PAGE(self), text);
    if (there)
        return;
    if (line == NULL)
        line = kab_order_add_product(self->order, product);
    line->quantity.milli = KAB_QUANTITY_ONE;
    recount(self);
}

static void
on_dialog_gone(gpointer data, GObject *gone G_GNUC_UNUSED)
{
    KAB_CLIENT_ORDER_PAGE(data)->dialog = NULL;
}

static void
on_add_line(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabClientOrderPage *self = KAB_CLIENT_ORDER_PAGE(widget);

    if (self->order == NULL || self->saving || self->dialog != NULL)
        return;
    self->dialog =
        kab_goods_dialog_new(widget, kab_data_page_get_client(KAB_DATA_PAGE(self)), self->id);
    g_object_weak_ref(G_OBJECT(self->dialog), on_dialog_gone, self);
    g_signal_connect_object(self->dialog, "chosen", G_CALLBACK(on_product_chosen), self,
                            G_CONNECT_SWAPPED);
    gtk_window_present(self->dialog);
}

static void
on_lines_more(KabClientOrderPage *self)
{
    kab_line_list_set_order(self->line_list, self->order);
}

static void
kab_client_order_page_dispose(GObject *object)
{
    KabClientOrderPage *self = KAB_CLIENT_ORDER_PAGE(object);

    self->setting = TRUE; /* what the form says while it goes is nobody's wish */
    if (self->dialog != NULL) {
        g_object_weak_unref(G_OBJECT(self->dialog), on_dialog_gone, self);
        gtk_window_destroy(g_steal_pointer(&self->dialog));
    }
    if (self->invoice != NULL)
        kab_invoice_file_stop(self->invoice);
    g_clear_object(&self->invoice);
    g_clear_pointer(&self->order, kab_order_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_CLIENT_ORDER_PAGE);
    G_OBJECT_CLASS(kab_client_order_page_parent_class)->dispose(object);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, form);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, name_label);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, date_label);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, badge);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, exchange_button);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, cancel_button);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, total_label);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, limit_notice);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, approval_notice);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, order_form);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, line_list);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, details);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, comment_list);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, changed_label);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderPage, spinner);
}

static void
kab_client_order_page_class_init(KabClientOrderPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_client_order_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_client_order_page_load;

    g_type_ensure(KAB_TYPE_COMMENT_LIST);
    g_type_ensure(KAB_TYPE_CLIENT_ORDER_FORM);
    g_type_ensure(KAB_TYPE_LINE_LIST);
    g_type_ensure(KAB_TYPE_NOTICE);
    g_type_ensure(KAB_TYPE_ORDER_DETAILS);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_STATUS_BADGE);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/admin/kab-client-order-page.ui");
    bind_children(widget_class);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_line_quantity_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_line_price_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_line_remove);
    gtk_widget_class_bind_template_callback(widget_class, on_lines_more);

    gtk_widget_class_install_action(widget_class, "client-order.save", NULL, on_save);
    gtk_widget_class_install_action(widget_class, "client-order.add-line", NULL, on_add_line);
    gtk_widget_class_install_action(widget_class, "client-order.exchange", NULL, on_exchange);
    for (gsize i = 0; i < G_N_ELEMENTS(invoice_actions); i++)
        gtk_widget_class_install_action(widget_class, invoice_actions[i], NULL, on_invoice);
    gtk_widget_class_install_action(widget_class, "client-order.cancel", NULL, on_cancel);
}

static void
kab_client_order_page_init(KabClientOrderPage *self)
{
    static const KabKey keys[] = {
        {"<Control>s", "client-order.save", NULL},
        {"<Control>n", "client-order.add-line", NULL},
        {"<Control>y", "client-order.exchange", NULL},
        {"<Control>i", "client-order.download-invoice", NULL},
        {"<Control>o", "client-order.open-invoice", NULL},
        {"<Control>p", "client-order.print-invoice", NULL},
        {"<Control>period", "client-order.cancel", NULL},
        {NULL, NULL, NULL},
    };

    self->invoice = kab_invoice_file_new(KAB_DATA_PAGE(self));
    g_signal_connect_object(self->invoice, "changed", G_CALLBACK(on_invoice_changed), self,
                            G_CONNECT_SWAPPED);
    self->setting = TRUE;
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_client_order_page_show_exchange(self, FALSE);
    self->setting = FALSE;
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    update_buttons(self);
}

KabDataPage *
kab_client_order_page_new(KabClient *client, KabOrderId id)
{
    KabClientOrderPage *self = g_object_new(KAB_TYPE_CLIENT_ORDER_PAGE, "client", client, NULL);

    self->id = id;
    return KAB_DATA_PAGE(self);
}

void
kab_client_order_page_show_exchange(KabClientOrderPage *self, gboolean may)
{
    gtk_widget_set_visible(self->exchange_button, may);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "client-order.exchange", may);
}
