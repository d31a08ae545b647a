/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-catalogue.h"
#include "kab-dialog-fit.h"
#include "kab-format.h"
#include "kab-goods-dialog.h"
#include "kab-stack.h"

#include <glib/gi18n-lib.h>

#define WIDTH 560
#define HEIGHT 560

struct _KabGoodsDialog {
    AdwWindow parent_instance;

    GtkSearchEntry *search_entry;
    GtkStack *stack;
    GtkListBox *list_box;
    AdwStatusPage *failed_page;

    KabClient *client;         /* (owned) */
    GCancellable *cancellable; /* (owned) (nullable): of what is being looked for */
    KabOrderId order_id;
    KabPage *goods; /* (owned) (nullable) (element-type KabProduct): what the rows show */
};

G_DEFINE_FINAL_TYPE(KabGoodsDialog, kab_goods_dialog, ADW_TYPE_WINDOW)

enum {
    CHOSEN,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
stop_looking(KabGoodsDialog *self)
{
    if (self->cancellable != NULL)
        g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
}

static GtkWidget *
make_row(const KabProduct *product)
{
    g_autofree char *price =
        product->has_price ? kab_money_format(product->price) : g_strdup(_("no price"));
    g_autofree char *title = g_markup_escape_text(product->name, -1);
    g_autofree char *detail = kab_format_join(product->article != NULL ? product->article : "",
                                              price, product->unit, NULL);
    g_autofree char *subtitle = g_markup_escape_text(detail, -1);
    GtkWidget *row = g_object_new(ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle,
                                  "activatable", TRUE, NULL);

    adw_action_row_add_suffix(ADW_ACTION_ROW(row),
                              gtk_image_new_from_icon_name("list-add-symbolic"));
    return row;
}

static void
take_goods(KabGoodsDialog *self, KabPage *goods)
{
    GtkWidget *row;

    while ((row = gtk_widget_get_first_child(GTK_WIDGET(self->list_box))) != NULL)
        gtk_list_box_remove(self->list_box, row);
    g_clear_pointer(&self->goods, kab_page_free);
    self->goods = goods;
    for (guint i = 0; goods != NULL && i < goods->items->len; i++)
        gtk_list_box_append(self->list_box, make_row(g_ptr_array_index(goods->items, i)));
}

static void
on_found(GObject *source, GAsyncResult *result, gpointer data)
{
    KabGoodsDialog *self = data;
    g_autoptr(GError) error = NULL;
    KabPage *goods = kab_client_find_goods_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    take_goods(self, goods);
    if (goods == NULL)
        adw_status_page_set_description(self->failed_page, error->message);
    kab_stack_show(self->stack, goods == NULL            ? "failed"
                                : goods->items->len == 0 ? "nothing"
                                                         : "list");
}

static void
look(KabGoodsDialog *self)
{
    g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(self->search_entry)));

    stop_looking(self);
    g_strstrip(text);
    if (*text == '\0') {
        take_goods(self, NULL);
        kab_stack_show(self->stack, "empty");
        return;
    }
    self->cancellable = g_cancellable_new();
    if (self->goods == NULL) /* what was found stays until there is something else */
        kab_stack_show(self->stack, "looking");
    kab_client_find_goods_async(self->client, self->order_id, text, self->cancellable, on_found,
                                self);
}

static void
choose(KabGoodsDialog *self, guint i)
{
    if (self->goods == NULL || i >= self->goods->items->len)
        return;
    g_signal_emit(self, signals[CHOSEN], 0, g_ptr_array_index(self->goods->items, i));
    gtk_window_destroy(GTK_WINDOW(self));
}

static void
on_row_activated(KabGoodsDialog *self, GtkListBoxRow *row)
{
    choose(self, (guint)gtk_list_box_row_get_index(row));
}

/* Enter: the only one. */
static void
on_search_activated(KabGoodsDialog *self)
{
    if (self->goods != NULL && self->goods->items->len == 1)
        choose(self, 0);
    else
        gtk_widget_child_focus(GTK_WIDGET(self->list_box), GTK_DIR_TAB_FORWARD);
}

static void
kab_goods_dialog_dispose(GObject *object)
{
    KabGoodsDialog *self = KAB_GOODS_DIALOG(object);

    stop_looking(self);
    g_clear_object(&self->client);
    g_clear_pointer(&self->goods, kab_page_free);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_GOODS_DIALOG);
    G_OBJECT_CLASS(kab_goods_dialog_parent_class)->dispose(object);
}

static void
kab_goods_dialog_class_init(KabGoodsDialogClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_goods_dialog_dispose;

    /** KabGoodsDialog::chosen: the manager wants this #KabProduct. */
    signals[CHOSEN] = g_signal_new("chosen", KAB_TYPE_GOODS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-goods-dialog.ui");
    gtk_widget_class_bind_template_child(widget_class, KabGoodsDialog, search_entry);
    gtk_widget_class_bind_template_child(widget_class, KabGoodsDialog, stack);
    gtk_widget_class_bind_template_child(widget_class, KabGoodsDialog, list_box);
    gtk_widget_class_bind_template_child(widget_class, KabGoodsDialog, failed_page);
    gtk_widget_class_bind_template_callback(widget_class, look);
    gtk_widget_class_bind_template_callback(widget_class, on_search_activated);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
kab_goods_dialog_init(KabGoodsDialog *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_stack_show(self->stack, "empty");
}

GtkWindow *
kab_goods_dialog_new(GtkWidget *over, KabClient *client, KabOrderId order_id)
{
    GtkRoot *root = gtk_widget_get_root(over);
    KabGoodsDialog *self =
        g_object_new(KAB_TYPE_GOODS_DIALOG, "transient-for", GTK_IS_WINDOW(root) ? root : NULL,
                     "default-width", WIDTH, "default-height", HEIGHT, NULL);

    kab_dialog_fit(GTK_WINDOW(self));
    self->client = g_object_ref(client);
    self->order_id = order_id;
    gtk_widget_grab_focus(GTK_WIDGET(self->search_entry));
    return GTK_WINDOW(self);
}
