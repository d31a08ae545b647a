/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-data-page.h"
#include "kab-format.h"
#include "kab-notice.h"
#include "kab-order-head.h"
#include "kab-reflow.h"
#include "kab-spinner.h"
#include "kab-status-badge.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabOrderHead {
    AdwBin parent_instance;

    GtkLabel *name_label;
    GtkLabel *date_label;
    GtkLabel *total_label;
    GtkLabel *was_label;
    GtkLabel *vat_label;
    KabStatusBadge *badge;
    KabNotice *decision_notice;
    KabNotice *limit_notice;
    KabNotice *approval_notice;
    GtkLabel *hint_label;
    GtkWidget *place_button;
    GtkWidget *save_button;
    GtkWidget *delete_button;
    GtkWidget *confirm_button;
    GtkWidget *refuse_button;
    GtkWidget *invoice_button;
    GtkWidget *repeat_button;
    GtkWidget *basket_button;
    GtkWidget *export_button;
    GtkWidget *exchange_button;
    GtkWidget *cancel_button;
    GtkLabel *why_label;
    GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE(KabOrderHead, kab_order_head, ADW_TYPE_BIN)

static const char *const hints[KAB_ORDER_N_STATUSES] = {
    [KAB_ORDER_DRAFT] = N_("Saved, not placed yet."),
    [KAB_ORDER_NEW] = N_("Placed. The next exchange takes it to the company."),
    [KAB_ORDER_AWAITING_MANAGER] = N_("The company has it. The manager is looking at it."),
    [KAB_ORDER_AWAITING_PARTNER] = N_("The manager has checked it. Confirm it or refuse it."),
    [KAB_ORDER_IN_PROGRESS] = N_("You have confirmed it. The company is working on it."),
    [KAB_ORDER_REFUSED] = N_("Nothing more will be done about it."),
    [KAB_ORDER_COMPLETED] = N_("Paid and shipped."),
};

/* Why a button that people look for is not there; NULL if none is missing. */
static const char *
explain(const KabOrder *order, gboolean may_order)
{
    gboolean open = order->status != KAB_ORDER_DRAFT && order->status != KAB_ORDER_REFUSED &&
                    order->status != KAB_ORDER_COMPLETED;

    if (open && may_order && kab_order_is_shipping(order))
        return _("Shipping has begun: the order can no longer be refused.");
    if (open && !order->has_invoice)
        return _("There is no invoice yet.");
    return NULL;
}

static gboolean
has_focus(GtkWidget *button)
{
    GtkRoot *root = gtk_widget_get_root(button);
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;

    return focus != NULL && (focus == button || gtk_widget_is_ancestor(focus, button));
}

/* GTK would lead the keyboard from a button that goes to the next one: from “Confirm” to “Refuse”.
 */
static void
show_buttons(KabOrderHead *self, GtkWidget *page, const KabOrderHeadState *state)
{
    const KabOrder *order = state->order;
    gboolean may = state->may_order;
    gboolean draft = order->status == KAB_ORDER_DRAFT;
    gboolean goes = FALSE;
    const struct {
        const char *action;
        GtkWidget *button;
        gboolean can;
    } rows[] = {
        {"order.place", self->place_button, may && kab_order_can(order, KAB_ORDER_PLACE)},
        {"order.save", self->save_button, may && state->edited},
        {"order.delete", self->delete_button, may && order->status == KAB_ORDER_DRAFT},
        {"order.confirm", self->confirm_button, may && kab_order_can(order, KAB_ORDER_CONFIRM)},
        {"order.refuse", self->refuse_button, may && kab_order_can(order, KAB_ORDER_REFUSE)},
        {"order.download-invoice", self->invoice_button, order->has_invoice},
        {"order.open-invoice", self->invoice_button, order->has_invoice},
        {"order.print-invoice", self->invoice_button, order->has_invoice},
        {"order.repeat", self->repeat_button, may && !draft},
        {"order.export", self->export_button, TRUE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        goes = goes || (!rows[i].can && has_focus(rows[i].button));
        if (goes)
            gtk_root_set_focus(gtk_widget_get_root(page), NULL);
        gtk_widget_set_visible(rows[i].button, rows[i].can);
        gtk_widget_action_set_enabled(page, rows[i].action, rows[i].can && !state->busy);
    }
    gtk_widget_set_visible(self->basket_button, may && draft);
    gtk_widget_action_set_enabled(page, "order.repeat", may && !state->busy);
    gtk_widget_set_visible(self->cancel_button, state->can_cancel);
    gtk_widget_action_set_enabled(page, "order.cancel", state->can_cancel);
    gtk_widget_action_set_enabled(page, "order.undo", may && draft && !state->busy);
    kab_spinner_set(self->spinner, state->busy);
    if (goes)
        kab_data_page_take_focus(KAB_DATA_PAGE(page));
}

/* What the base answered to the last decision, and what the limits say. */
static void
show_notices(KabOrderHead *self, const KabOrder *order)
{
    gboolean over = order->over_limit &&
                    (order->status == KAB_ORDER_NEW || order->status == KAB_ORDER_AWAITING_MANAGER);

    g_autofree char *approver = kab_format_approver(order);

    kab_notice_tell(self->approval_notice, approver, NULL);
    kab_notice_tell(self->decision_notice, kab_decision_result_to_title(order->decision_result),
                    NULL);
    kab_notice_tell(self->limit_notice,
                    over ? _("The order exceeds what you may owe: the manager will decide on it.")
                         : NULL,
                    NULL);
}

/* An order may go on without having been confirmed: the refusal came too late. */
static const char *
get_hint(const KabOrder *order, gboolean may_order)
{
    if (order->status == KAB_ORDER_AWAITING_PARTNER && !may_order)
        return _("The manager has checked it. A buyer of your company confirms or refuses it.");
    if (order->held)
        return _("The company goes on with it once it is approved.");
    if (order->status == KAB_ORDER_IN_PROGRESS && order->decision != KAB_DECISION_CONFIRM)
        return _("The company is working on it.");
    return g_dgettext(GETTEXT_PACKAGE, hints[order->status]);
}

static void
show_texts(KabOrderHead *self, const KabOrder *order, gboolean may_order)
{
    g_autofree char *name = kab_format_order_name(order);
    g_autofree char *date = kab_format_order_date(order);
    g_autofree char *hint =
        g_strjoin(" ", get_hint(order, may_order),
                  kab_order_is_changed(order) && order->status != KAB_ORDER_REFUSED
                      ? _("The manager has changed what is marked below.")
                      : NULL,
                  NULL);
    const char *why = explain(order, may_order);

    gtk_label_set_text(self->name_label, name);
    gtk_label_set_text(self->date_label, date);
    gtk_label_set_text(self->hint_label, hint);
    gtk_label_set_text(self->why_label, why != NULL ? why : "");
    gtk_widget_set_visible(GTK_WIDGET(self->why_label), why != NULL);
    kab_status_badge_set_order(self->badge, order->status);
}

static void
kab_order_head_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_ORDER_HEAD);
    G_OBJECT_CLASS(kab_order_head_parent_class)->dispose(object);
}

static void
kab_order_head_class_init(KabOrderHeadClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_order_head_dispose;

    g_type_ensure(KAB_TYPE_NOTICE);
    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_STATUS_BADGE);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-order-head.ui");
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, name_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, date_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, total_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, was_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, vat_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, badge);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, decision_notice);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, limit_notice);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, approval_notice);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, hint_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, place_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, save_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, delete_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, confirm_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, refuse_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, invoice_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, repeat_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, basket_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, export_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, exchange_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, cancel_button);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, why_label);
    gtk_widget_class_bind_template_child(widget_class, KabOrderHead, spinner);
}

/* libadwaita gives the arrow of a split button a description only. */
static void
name_invoice_menu(KabOrderHead *self)
{
    GtkWidget *arrow = gtk_widget_get_last_child(GTK_WIDGET(self->invoice_button));

    while (arrow != NULL && !GTK_IS_MENU_BUTTON(arrow))
        arrow = gtk_widget_get_prev_sibling(arrow);
    if (arrow != NULL)
        gtk_accessible_update_property(GTK_ACCESSIBLE(arrow), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       _("More to do with the invoice"), -1);
}

static void
kab_order_head_init(KabOrderHead *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    name_invoice_menu(self);
}

void
kab_order_head_set_state(KabOrderHead *self, GtkWidget *page, const KabOrderHeadState *state)
{
    show_texts(self, state->order, state->may_order);
    show_notices(self, state->order);
    show_buttons(self, page, state);
}

/* What the partner ordered came to another sum. */
static void
show_was(KabOrderHead *self, const KabOrder *order)
{
    KabMoney sum = {0};
    gboolean other = kab_order_find_ordered_total(order, &sum);
    g_autofree char *text = NULL;
    g_autofree char *was = NULL;

    gtk_widget_set_visible(GTK_WIDGET(self->was_label), other);
    if (!other)
        return;
    was = kab_money_format(sum);
    text = g_strdup_printf(_("was %s"), was);
    gtk_label_set_text(self->was_label, text);
}

void
kab_order_head_set_total(KabOrderHead *self, const KabOrder *order)
{
    g_autofree char *total = kab_money_format(order->total);
    g_autofree char *vat = kab_format_vat(order);

    gtk_label_set_text(self->total_label, total);
    gtk_label_set_text(self->vat_label, vat);
    gtk_widget_set_visible(GTK_WIDGET(self->vat_label), *vat != '\0');
    show_was(self, order);
}

void
kab_order_head_show_exchange(KabOrderHead *self, gboolean may)
{
    gtk_widget_set_visible(self->exchange_button, may);
}
