/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-format.h"
#include "kab-keys.h"
#include "kab-order-page-private.h"
#include "kab-refuse-dialog.h"

#include <glib/gi18n-lib.h>

/* As long as a press may be on its way from the eye to the button. */
#define GUARD_MS 900

G_DEFINE_FINAL_TYPE(KabOrderPage, kab_order_page, KAB_TYPE_DATA_PAGE)

static gboolean
may_order(KabOrderPage *self)
{
    return kab_data_page_may(KAB_DATA_PAGE(self), KAB_RIGHT_ORDER);
}

gboolean
kab_order_page_is_edited(KabOrderPage *self)
{
    return self->order != NULL && self->order->status == KAB_ORDER_DRAFT &&
           kab_draft_box_is_changed(self->draft_box);
}

void
kab_order_page_update_head(KabOrderPage *self)
{
    const KabOrderHeadState state = {.order = self->order,
                                     .may_order = may_order(self),
                                     .edited = kab_order_page_is_edited(self),
                                     .busy = self->busy,
                                     .can_cancel = kab_invoice_file_is_slow(self->invoice)};

    kab_order_head_set_state(self->head, GTK_WIDGET(self), &state);
    kab_data_page_set_edited(KAB_DATA_PAGE(self), state.edited);
}

/* A draft is changed in place by who may; everybody else reads. */
static void
show_contents(KabOrderPage *self)
{
    const KabOrder *order = self->order;
    gboolean draft = order->status == KAB_ORDER_DRAFT;
    gboolean edit = draft && may_order(self);

    gtk_widget_set_visible(GTK_WIDGET(self->draft_box), edit);
    gtk_widget_set_visible(GTK_WIDGET(self->line_list), !edit);
    gtk_widget_set_visible(GTK_WIDGET(self->details), !edit);
    gtk_widget_set_visible(GTK_WIDGET(self->comment_list), !draft);
    if (edit) {
        kab_draft_box_load(self->draft_box, KAB_DATA_PAGE(self));
        kab_draft_box_set_order(self->draft_box, order);
    } else {
        kab_line_list_set_order(self->line_list, order);
    }
    kab_order_details_set_order(self->details, order);
    kab_history_list_load(self->history_list, KAB_DATA_PAGE(self), order->id);
    if (draft) {
        gtk_widget_set_visible(GTK_WIDGET(self->document_list), FALSE);
        return;
    }
    kab_document_list_load(self->document_list, KAB_DATA_PAGE(self), order, may_order(self));
    kab_comment_list_load(self->comment_list, KAB_DATA_PAGE(self), order->id, may_order(self));
}

static void
show_order(KabOrderPage *self)
{
    g_autofree char *name = kab_format_order_name(self->order);

    kab_data_page_set_title(KAB_DATA_PAGE(self), name);
    show_contents(self);
    kab_order_head_set_total(self->head, self->order);
    kab_order_page_update_head(self);
}

void
kab_order_page_set_busy(KabOrderPage *self, gboolean busy)
{
    self->busy = busy;
    if (self->order != NULL)
        kab_order_page_update_head(self);
}

static void
take_order(KabOrderPage *self, KabOrder *order)
{
    g_clear_pointer(&self->order, kab_order_free);
    self->order = order;
    show_order(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

/* Whether the manager has changed what the person was about to decide on. */
static gboolean
is_other_offer(const KabOrder *before, const KabOrder *now)
{
    return before != NULL && before->status == KAB_ORDER_AWAITING_PARTNER &&
           now->status == KAB_ORDER_AWAITING_PARTNER && before->revision != now->revision;
}

static gboolean
on_guard_over(gpointer data)
{
    KabOrderPage *self = data;

    self->guard = 0;
    kab_order_page_set_busy(self, FALSE);
    kab_data_page_reload(KAB_DATA_PAGE(self));
    return G_SOURCE_REMOVE;
}

/* The order changed under the pointer: a press that was meant for what stood there before must not
 * confirm what nobody has read. */
static void
guard_buttons(KabOrderPage *self)
{
    kab_data_page_say(KAB_DATA_PAGE(self),
                      _("The manager has changed the order meanwhile. Look at it once more."));
    kab_order_page_set_busy(self, TRUE);
    g_clear_handle_id(&self->guard, g_source_remove);
    self->guard = g_timeout_add(GUARD_MS, on_guard_over, self);
}

static void
on_order_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_client_order_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (order == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    if (is_other_offer(self->order, order))
        guard_buttons(self);
    take_order(self, order);
}

static void
kab_order_page_load(KabDataPage *page)
{
    KabOrderPage *self = KAB_ORDER_PAGE(page);

    /* What was entered and not saved outlives a look at another page. */
    if (kab_order_page_is_edited(self) || self->busy)
        return;
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
    kab_order_page_set_busy(self, FALSE);
    if (order != NULL) {
        g_autofree char *text = g_strdup_printf(_("The order’s status now: %s"),
                                                kab_order_status_to_title(order->status));

        take_order(self, order);
        kab_data_page_say(KAB_DATA_PAGE(self), text);
        return;
    }
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_CONFLICT) &&
        self->order->status != KAB_ORDER_DRAFT) /* of a draft it says what it costs now */
        kab_data_page_say(KAB_DATA_PAGE(self),
                          _("The manager has changed the order meanwhile. Look at it once more."));
    else
        kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_CONFLICT) ||
        g_error_matches(error, KAB_ERROR, KAB_ERROR_STATE))
        kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
decide(KabOrderPage *self, KabDecision decision, const char *reason)
{
    kab_order_page_set_busy(self, TRUE);
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
place(KabOrderPage *self)
{
    kab_order_page_set_busy(self, TRUE);
    kab_client_place_order_async(
        kab_data_page_get_client(KAB_DATA_PAGE(self)), self->id, self->order->total,
        kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_order_changed, self);
}

static void
on_draft_saved(GObject *source, GAsyncResult *result, gpointer data)
{
    KabOrderPage *self = data;
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_client_order_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    kab_order_page_set_busy(self, FALSE);
    if (order == NULL) {
        kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
        if (g_error_matches(error, KAB_ERROR, KAB_ERROR_CONFLICT)) {
            kab_draft_box_set_order(self->draft_box, self->order);
            kab_data_page_reload(KAB_DATA_PAGE(self));
        }
        return;
    }
    take_order(self, order);
    if (self->then == KAB_ORDER_THEN_PLACE)
        place(self);
    else if (self->then == KAB_ORDER_THEN_REPEAT)
        kab_order_page_repeat(self);
    else
        kab_data_page_say(KAB_DATA_PAGE(self), _("Saved"));
}

void
kab_order_page_save_draft(KabOrderPage *self, KabOrderThen then)
{
    g_autoptr(GError) error = NULL;
    const KabOrder *wanted = kab_draft_box_take(self->draft_box, &error);

    if (wanted == NULL) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    self->then = then;
    kab_order_page_set_busy(self, TRUE);
    kab_client_edit_order_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), wanted,
                                kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_draft_saved,
                                self);
}

static void
on_save_or_place(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabOrderPage *self = KAB_ORDER_PAGE(widget);
    gboolean then_place = g_str_equal(name, "order.place");

    if (self->order == NULL)
        return;
    kab_data_page_finish_typing(KAB_DATA_PAGE(self));
    if (kab_order_page_is_edited(self))
        kab_order_page_save_draft(self, then_place ? KAB_ORDER_THEN_PLACE : KAB_ORDER_THEN_NOTHING);
    else if (then_place)
        place(self);
}

static void
on_exchange(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    g_autofree char *target = g_strconcat("order/", KAB_ORDER_PAGE(widget)->id.text, NULL);

    gtk_widget_activate_action(widget, "win.open-story", "s", target);
}

static void
on_draft_changed(KabOrderPage *self)
{
    kab_order_head_set_total(self->head, kab_draft_box_get_order(self->draft_box));
    kab_order_page_update_head(self);
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

    g_clear_handle_id(&self->guard, g_source_remove);
    if (dialog != NULL) {
        g_signal_handlers_disconnect_by_data(dialog, self);
        gtk_window_destroy(dialog);
    }
    kab_order_page_stop_actions(self);
    g_clear_pointer(&self->order, kab_order_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_ORDER_PAGE);
    G_OBJECT_CLASS(kab_order_page_parent_class)->dispose(object);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, head);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, line_list);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, details);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, draft_box);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, document_list);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, comment_list);
    gtk_widget_class_bind_template_child(widget_class, KabOrderPage, history_list);
}

static void
kab_order_page_class_init(KabOrderPageClass *klass)
{
    static const char *const kinds[] = {"order", "comment", "document", "task", NULL};
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;
    G_OBJECT_CLASS(klass)->dispose = kab_order_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_order_page_load;

    g_type_ensure(KAB_TYPE_COMMENT_LIST);
    g_type_ensure(KAB_TYPE_DOCUMENT_LIST);
    g_type_ensure(KAB_TYPE_DRAFT_BOX);
    g_type_ensure(KAB_TYPE_HISTORY_LIST);
    g_type_ensure(KAB_TYPE_LINE_LIST);
    g_type_ensure(KAB_TYPE_ORDER_DETAILS);
    g_type_ensure(KAB_TYPE_ORDER_HEAD);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-order-page.ui");
    bind_children(widget_class);
    gtk_widget_class_bind_template_callback(widget_class, on_lines_more);
    gtk_widget_class_bind_template_callback(widget_class, on_draft_changed);

    gtk_widget_class_install_action(widget_class, "order.confirm", NULL, on_confirm);
    gtk_widget_class_install_action(widget_class, "order.refuse", NULL, on_refuse);
    gtk_widget_class_install_action(widget_class, "order.place", NULL, on_save_or_place);
    gtk_widget_class_install_action(widget_class, "order.save", NULL, on_save_or_place);
    gtk_widget_class_install_action(widget_class, "order.exchange", NULL, on_exchange);
    kab_order_page_install_actions(widget_class);
}

static void
kab_order_page_init(KabOrderPage *self)
{
    static const KabKey keys[] = {
        {"<Control>Return", "order.place", NULL},
        {"<Control>Return", "order.confirm", NULL},
        {"<Control><Shift>r", "order.refuse", NULL},
        {"<Control>s", "order.save", NULL},
        {"<Control><Shift>Delete", "order.delete", NULL},
        {"<Control>d", "order.repeat", NULL},
        {"<Control>i", "order.download-invoice", NULL},
        {"<Control>o", "order.open-invoice", NULL},
        {"<Control>p", "order.print-invoice", NULL},
        {"<Control>e", "order.export", "xlsx"},
        {"<Control><Shift>e", "order.export", "csv"},
        {"<Control>y", "order.exchange", NULL},
        {"<Control>period", "order.cancel", NULL},
        {NULL, NULL, NULL},
    };

    kab_order_page_start_actions(self);
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    kab_order_page_show_exchange(self, FALSE);
}

KabDataPage *
kab_order_page_new(KabClient *client, KabOrderId id)
{
    KabOrderPage *self = g_object_new(KAB_TYPE_ORDER_PAGE, "client", client, NULL);

    self->id = id;
    return KAB_DATA_PAGE(self);
}

void
kab_order_page_show_exchange(KabOrderPage *self, gboolean may)
{
    kab_order_head_show_exchange(self->head, may);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "order.exchange", may);
}
