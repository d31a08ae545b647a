/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket-page-private.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-keys.h"
#include "kab-page-view.h"
#include "kab-reflow.h"
#include "kab-spinner.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE(KabBasketPage, kab_basket_page, KAB_TYPE_DATA_PAGE)

gboolean
kab_basket_page_is_idle(KabBasketPage *self)
{
    return self->pending == SUBMIT_NOTHING && self->wanted == SUBMIT_NOTHING;
}

void
kab_basket_page_update_buttons(KabBasketPage *self)
{
    static const char *const actions[] = {"basket.place", "basket.save", "basket.clear",
                                          "basket.undo", "basket.accept-prices"};
    gboolean idle = kab_basket_page_is_idle(self);

    for (gsize i = 0; i < G_N_ELEMENTS(actions); i++)
        gtk_widget_action_set_enabled(GTK_WIDGET(self), actions[i], idle);
    kab_data_page_freeze(KAB_DATA_PAGE(self), self->form, !idle);
    kab_spinner_set(self->spinner, !idle);
}

/* The company's answer comes with the order; this says before what it will be. */
static void
show_limits(KabBasketPage *self)
{
    g_autoptr(GError) error = NULL;
    gboolean fits = self->basket == NULL || self->basket->lines->len == 0 ||
                    kab_limits_check(&self->limits, self->basket->total, &error);

    kab_notice_tell(self->limit_notice, fits ? NULL : error->message,
                    self->limits.advisory ? _("The order can be placed all the same.") : NULL);
}

static void
on_limits_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabBasketPage *self = data;
    g_autoptr(GError) error = NULL;
    KabLimits limits;
    gboolean got = kab_client_get_limits_finish(KAB_CLIENT(source), result, &limits, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (!got) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    self->limits = limits;
    show_limits(self);
}

static void
show_repriced(KabBasketPage *self)
{
    guint n = kab_order_count_repriced(self->basket);
    g_autofree char *text = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "The price of %u product changed since you added it",
                    "The prices of %u products changed since you added them", n),
        n);

    kab_notice_tell(self->price_notice, n > 0 ? text : NULL, NULL);
}

void
kab_basket_page_show(KabBasketPage *self)
{
    guint n = self->basket->lines->len;
    g_autofree char *products = kab_format_products(n);
    g_autofree char *vat = kab_format_vat(self->basket);
    g_autofree char *count = kab_format_join(products, vat, NULL);
    g_autofree char *total = kab_money_format(self->basket->total);

    kab_line_list_set_order(self->line_list, self->basket);
    gtk_label_set_text(self->count_label, count);
    gtk_label_set_text(self->total_label, total);
    show_repriced(self);
    show_limits(self);
}

void
kab_basket_page_take(KabBasketPage *self, KabOrder *basket)
{
    g_clear_pointer(&self->basket, kab_order_free);
    self->basket = basket;
    kab_basket_page_show(self);
    kab_data_page_tell_basket(KAB_DATA_PAGE(self), basket->lines->len);
    kab_data_page_loaded(KAB_DATA_PAGE(self), basket->lines->len == 0);
}

/* Another basket is another order: what is pressed next must not be taken for a repetition. */
void
kab_basket_page_forget_key(KabBasketPage *self)
{
    g_clear_pointer(&self->key, g_free);
    self->key_for = SUBMIT_NOTHING;
}

static gboolean
is_same_basket(const KabOrder *a, const KabOrder *b)
{
    if (a->lines->len != b->lines->len)
        return FALSE;
    for (guint i = 0; i < a->lines->len; i++) {
        const KabOrderLine *x = kab_order_get_line(a, i);
        const KabOrderLine *y = kab_order_get_line(b, i);

        if (!g_str_equal(x->product_id.text, y->product_id.text) ||
            x->quantity.milli != y->quantity.milli)
            return FALSE;
    }
    return TRUE;
}

static void
on_basket_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabBasketPage *self = data;
    g_autoptr(GError) error = NULL;
    KabOrder *basket = kab_client_basket_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (basket == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    if (kab_outbox_is_busy(self->outbox) && self->basket != NULL) {
        kab_order_free(basket); /* older than what is entered; the outbox brings a newer one */
        return;
    }
    kab_outbox_apply(self->outbox, basket);
    if (self->basket != NULL && !is_same_basket(self->basket, basket))
        kab_basket_page_forget_key(self);
    kab_basket_page_take(self, basket);
}

static void
kab_basket_page_load(KabDataPage *page)
{
    KabBasketPage *self = KAB_BASKET_PAGE(page);
    const KabUser *user = kab_client_get_user(kab_data_page_get_client(page));
    gboolean may_order = user == NULL || kab_role_may(user->role, KAB_RIGHT_ORDER);

    gtk_widget_set_visible(self->buttons_box, may_order);
    gtk_widget_set_visible(self->clear_button, may_order);
    if (user != NULL)
        kab_order_form_prefill(self->order_form, user);
    kab_order_form_load(self->order_form, page);
    kab_client_get_limits_async(kab_data_page_get_client(page), kab_data_page_get_cancellable(page),
                                on_limits_got, self);
    kab_client_get_basket_async(kab_data_page_get_client(page), kab_data_page_begin_load(page),
                                on_basket_got, self);
}

static void
on_outbox_changed(KabBasketPage *self, const KabOrder *basket)
{
    Submit wanted = self->wanted;

    kab_basket_page_take(self, kab_order_copy(basket));
    self->wanted = SUBMIT_NOTHING;
    if (wanted != SUBMIT_NOTHING && (basket->lines->len > 0 || wanted == SUBMIT_RESTORE))
        kab_basket_page_carry_out(self, wanted);
    else
        kab_basket_page_update_buttons(self);
}

/* What was entered on other pages without a connection; what was entered here stands here. */
static void
on_outbox_kept(KabBasketPage *self, const KabOrder *basket)
{
    if (self->basket == NULL || is_same_basket(self->basket, basket))
        return;
    kab_basket_page_forget_key(self);
    kab_basket_page_take(self, kab_order_copy(basket));
}

static void
on_outbox_failed(KabBasketPage *self, const GError *error)
{
    self->wanted = SUBMIT_NOTHING;
    kab_basket_page_update_buttons(self);
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return; /* it loads when it is shown again */
    /* A quantity that was refused does not go on standing in the field that has the focus. */
    if (gtk_widget_get_root(GTK_WIDGET(self)) != NULL)
        gtk_root_set_focus(gtk_widget_get_root(GTK_WIDGET(self)), NULL);
    kab_data_page_fail(KAB_DATA_PAGE(self), error);
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

/* There is no connection: what waits for the last change of the basket must not wait for ever. */
static void
on_outbox_waiting(KabBasketPage *self)
{
    Submit wanted = self->wanted;

    self->wanted = SUBMIT_NOTHING;
    if (wanted != SUBMIT_NOTHING)
        kab_basket_page_carry_out(self, wanted);
}

/* Shows at once what the person entered; the portal's answer comes after it. */
static void
on_line_quantity_changed(KabBasketPage *self, guint i, gint64 milli)
{
    KabOrderLine *line = kab_order_get_line(self->basket, i);

    kab_basket_page_forget_key(self);
    line->quantity.milli = line->ordered.milli = milli;
    line->seen_price = (KabMoney){0}; /* the portal's answer knows it anew */
    if (kab_order_recount(self->basket, NULL))
        kab_basket_page_show(self);
    kab_outbox_set(self->outbox, line, (KabQuantity){milli});
}

static void
on_line_remove(KabBasketPage *self, guint i)
{
    KabOrderLine *line = kab_order_get_line(self->basket, i);

    kab_basket_page_forget_key(self);
    kab_line_undo_push(self->undo, line);
    kab_outbox_set(self->outbox, line, (KabQuantity){0});
    kab_order_remove_line(self->basket, i);
    if (kab_order_recount(self->basket, NULL))
        kab_basket_page_show(self);
}

static void
on_lines_more(KabBasketPage *self)
{
    kab_basket_page_show(self);
}

/* The order has gone: what is entered next is for another one. */
static void
empty_basket(KabBasketPage *self)
{
    kab_basket_page_forget_key(self);
    kab_line_undo_clear(self->undo);
    kab_order_form_clear_wishes(self->order_form);
    kab_basket_page_take(self, kab_order_new());
}

/* Without a connection the order is kept, under its key: should it have arrived and only the answer
 * be lost, it is the same order. */
static void
keep_order(KabBasketPage *self, Submit submit, const KabOrder *details)
{
    kab_outbox_keep(self->outbox, submit == SUBMIT_PLACE, details, self->key);
    empty_basket(self);
    kab_basket_page_update_buttons(self);
    kab_data_page_say(
        KAB_DATA_PAGE(self),
        _("The order is saved here and goes to the portal when there is a connection"));
}

/* What was pressed while there was no connection. */
static void
keep_pressed(KabBasketPage *self, Submit submit)
{
    g_autoptr(KabOrder) details = kab_order_new();
    g_autoptr(GError) error = NULL;

    if (!kab_order_form_take(self->order_form, details, &error)) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    details->total = self->basket->total;
    keep_order(self, submit, details);
}

static void
on_order_made(GObject *source, GAsyncResult *result, gpointer data)
{
    KabBasketPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) order = kab_client_order_finish(KAB_CLIENT(source), result, &error);
    gboolean placed;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    placed = self->pending == SUBMIT_PLACE;
    self->pending = SUBMIT_NOTHING;
    kab_basket_page_update_buttons(self);
    if (order == NULL && g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY)) {
        keep_pressed(self, placed ? SUBMIT_PLACE : SUBMIT_SAVE);
        return;
    }
    if (order == NULL) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        if (g_error_matches(error, KAB_ERROR, KAB_ERROR_CONFLICT))
            kab_data_page_reload(KAB_DATA_PAGE(self));
        return;
    }
    empty_basket(self);
    kab_data_page_say(KAB_DATA_PAGE(self), placed ? _("Order placed") : _("Order saved"));
    gtk_widget_activate_action(GTK_WIDGET(self), "win.open-order", "s", order->id.text);
}

static void
send_order(KabBasketPage *self, Submit submit)
{
    g_autoptr(KabOrder) details = kab_order_new();
    g_autoptr(GError) error = NULL;

    if (!kab_order_form_take(self->order_form, details, &error)) {
        kab_basket_page_update_buttons(self);
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    details->total = self->basket->total; /* what is seen is what is ordered */
    if (self->key == NULL || self->key_for != submit) {
        char key[KAB_ID_SIZE];

        kab_id_fill_random(key);
        g_free(self->key);
        self->key = g_strdup(key);
        self->key_for = submit;
    }
    if (kab_outbox_is_waiting(self->outbox)) {
        keep_order(self, submit, details);
        return;
    }
    self->pending = submit;
    kab_basket_page_update_buttons(self);
    kab_client_submit_basket_async(
        kab_data_page_get_client(KAB_DATA_PAGE(self)), submit == SUBMIT_PLACE, details, self->key,
        kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_order_made, self);
}

void
kab_basket_page_carry_out(KabBasketPage *self, Submit submit)
{
    if (submit == SUBMIT_SAVE || submit == SUBMIT_PLACE)
        send_order(self, submit);
    else
        kab_basket_page_send_change(self, submit);
}

static void
on_submit(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabBasketPage *self = KAB_BASKET_PAGE(widget);
    Submit submit = g_str_equal(name, "basket.place") ? SUBMIT_PLACE : SUBMIT_SAVE;

    kab_data_page_finish_typing(KAB_DATA_PAGE(self));
    if (self->basket != NULL && self->basket->lines->len > 0)
        kab_basket_page_want(self, submit);
}

static void
kab_basket_page_dispose(GObject *object)
{
    KabBasketPage *self = KAB_BASKET_PAGE(object);

    g_clear_object(&self->outbox);
    g_clear_object(&self->undo);
    g_clear_pointer(&self->basket, kab_order_free);
    g_clear_pointer(&self->cleared, kab_order_free);
    g_clear_pointer(&self->key, g_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_BASKET_PAGE);
    G_OBJECT_CLASS(kab_basket_page_parent_class)->dispose(object);
}

static void
kab_basket_page_constructed(GObject *object)
{
    KabBasketPage *self = KAB_BASKET_PAGE(object);

    G_OBJECT_CLASS(kab_basket_page_parent_class)->constructed(object);
    self->outbox = g_object_ref(kab_outbox_of(kab_data_page_get_client(KAB_DATA_PAGE(self))));
    self->undo = kab_line_undo_new(KAB_DATA_PAGE(self));
    g_signal_connect_object(self->undo, "restore", G_CALLBACK(kab_basket_page_restore), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "changed", G_CALLBACK(on_outbox_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "failed", G_CALLBACK(on_outbox_failed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "kept", G_CALLBACK(on_outbox_kept), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "waiting", G_CALLBACK(on_outbox_waiting), self,
                            G_CONNECT_SWAPPED);
}

static void
kab_basket_page_class_init(KabBasketPageClass *klass)
{
    static const char *const kinds[] = {"partner", "basket", "goods", NULL};
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_basket_page_dispose;
    G_OBJECT_CLASS(klass)->constructed = kab_basket_page_constructed;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_basket_page_load;
    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;

    g_type_ensure(KAB_TYPE_LINE_LIST);
    g_type_ensure(KAB_TYPE_NOTICE);
    g_type_ensure(KAB_TYPE_ORDER_FORM);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-basket-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, line_list);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, count_label);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, total_label);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, clear_button);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, price_notice);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, limit_notice);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, order_form);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, form);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, buttons_box);
    gtk_widget_class_bind_template_child(widget_class, KabBasketPage, spinner);
    gtk_widget_class_bind_template_callback(widget_class, on_line_quantity_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_line_remove);
    gtk_widget_class_bind_template_callback(widget_class, on_lines_more);

    gtk_widget_class_install_action(widget_class, "basket.place", NULL, on_submit);
    gtk_widget_class_install_action(widget_class, "basket.save", NULL, on_submit);
    kab_basket_page_install_changes(widget_class);
}

static void
kab_basket_page_init(KabBasketPage *self)
{
    static const KabKey keys[] = {
        {"<Control>Return", "basket.place", NULL},
        {"<Control>s", "basket.save", NULL},
        {"<Control><Shift>a", "basket.accept-prices", NULL},
        {"<Control><Shift>Delete", "basket.clear", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_basket_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_BASKET_PAGE, "client", client, NULL);
}
