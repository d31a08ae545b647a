/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-keys.h"
#include "kab-unsent-dialog.h"
#include "kab-unsent-list.h"

#include <glib/gi18n-lib.h>

struct _KabUnsentList {
    AdwBin parent_instance;

    GtkListBox *list;

    KabOutbox *outbox; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE(KabUnsentList, kab_unsent_list, ADW_TYPE_BIN)

static char *
describe(const KabOrder *order, const GError *refusal)
{
    if (refusal != NULL)
        return g_strdup_printf(_("The portal will not have it: %s"), refusal->message);
    return g_strdup(order->status == KAB_ORDER_DRAFT
                        ? _("A draft. It goes to the portal when there is a connection.")
                        : _("It is placed when there is a connection."));
}

static GtkWidget *
make_row(const KabOrder *order, const GError *refusal)
{
    GtkWidget *row = adw_action_row_new();
    g_autofree char *text = describe(order, refusal);
    gboolean named = order->name != NULL && *order->name != '\0';

    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), named ? order->name : _("New order"));
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), text);
    adw_action_row_set_subtitle_lines(ADW_ACTION_ROW(row), 3);
    if (*order->total.currency != '\0') {
        g_autofree char *sum = kab_money_format(order->total);
        GtkWidget *label = gtk_label_new(sum);

        gtk_widget_add_css_class(label, "numeric");
        adw_action_row_add_suffix(ADW_ACTION_ROW(row), label);
    }
    if (refusal != NULL) {
        GtkWidget *decide = gtk_button_new_with_label(_("Decide"));

        gtk_widget_set_valign(decide, GTK_ALIGN_CENTER);
        gtk_actionable_set_action_name(GTK_ACTIONABLE(decide), "unsent.decide");
        adw_action_row_add_suffix(ADW_ACTION_ROW(row), decide);
    }
    return row;
}

static void
update(KabUnsentList *self)
{
    g_autoptr(GPtrArray) orders = kab_outbox_list_orders(self->outbox);
    GtkListBoxRow *old;

    while ((old = gtk_list_box_get_row_at_index(self->list, 0)) != NULL)
        gtk_list_box_remove(self->list, GTK_WIDGET(old));
    for (guint i = 0; i < orders->len; i++)
        gtk_list_box_append(self->list,
                            make_row(g_ptr_array_index(orders, i),
                                     i == 0 ? kab_outbox_get_refusal(self->outbox) : NULL));
    gtk_widget_set_visible(GTK_WIDGET(self), orders->len > 0);
}

void
kab_unsent_list_decide(KabUnsentList *self)
{
    const GError *refusal = kab_outbox_get_refusal(self->outbox);
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
    g_autoptr(GPtrArray) orders = kab_outbox_list_orders(self->outbox);

    if (refusal == NULL || orders->len == 0)
        return;
    gtk_window_present(
        GTK_WINDOW(kab_unsent_dialog_new(GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL,
                                         self->outbox, g_ptr_array_index(orders, 0), refusal)));
}

static void
on_decide(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    kab_unsent_list_decide(KAB_UNSENT_LIST(widget));
}

static void
kab_unsent_list_dispose(GObject *object)
{
    KabUnsentList *self = KAB_UNSENT_LIST(object);

    if (self->outbox != NULL)
        g_signal_handlers_disconnect_by_data(self->outbox, self);
    g_clear_object(&self->outbox);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_UNSENT_LIST);
    G_OBJECT_CLASS(kab_unsent_list_parent_class)->dispose(object);
}

static void
kab_unsent_list_class_init(KabUnsentListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_unsent_list_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-unsent-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabUnsentList, list);
    gtk_widget_class_install_action(widget_class, "unsent.decide", NULL, on_decide);
}

static void
kab_unsent_list_init(KabUnsentList *self)
{
    static const KabKey keys[] = {{"<Control>u", "unsent.decide", NULL}, {NULL, NULL, NULL}};

    kab_keys_add(GTK_WIDGET(self), keys);
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_unsent_list_watch(KabUnsentList *self, KabOutbox *outbox)
{
    g_set_object(&self->outbox, outbox);
    g_signal_connect_object(outbox, "orders", G_CALLBACK(update), self, G_CONNECT_SWAPPED);
    update(self);
}
