/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange.h"
#include "kab-client-orders.h"
#include "kab-document-file.h"
#include "kab-format.h"
#include "kab-keys.h"
#include "kab-order-export.h"
#include "kab-order-row.h"
#include "kab-orders-page.h"
#include "kab-period-button.h"
#include "kab-weak.h"

#include <glib/gi18n-lib.h>

struct _KabOrdersPage {
    KabListPage parent_instance;

    GtkEditable *search_entry;
    KabPeriodButton *period_button;
    /* Of a partner's orders only. */
    GtkLabel *totals_label;
    GtkWidget *progress_box;
    GtkLabel *progress_label;

    GCancellable *exporting; /* (owned) (nullable) */
    char *text;              /* (owned) (nullable): what is searched for */
};

G_DEFINE_FINAL_TYPE(KabOrdersPage, kab_orders_page, KAB_TYPE_LIST_PAGE)

/* What is asked for; its texts are the page's. */
static KabOrderQuery
get_query(KabOrdersPage *self)
{
    guint filter = kab_list_page_get_filter(KAB_LIST_PAGE(self));
    KabOrderQuery query = {.text = self->text};

    if (filter > 0 && kab_list_page_is_for_base(KAB_LIST_PAGE(self)))
        query.client_status = kab_client_status_to_nick((KabClientStatus)(filter - 1));
    else if (filter > 0)
        query.status = kab_order_status_to_nick((KabOrderStatus)(filter - 1));
    kab_period_button_get(self->period_button, &query.from, &query.to);
    return query;
}

static void
on_counted(GObject *source, GAsyncResult *result, gpointer data)
{
    KabOrdersPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) totals = kab_client_count_orders_finish(KAB_CLIENT(source), result, &error);
    g_autofree char *text = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    /* Why there is no list is told by the list. */
    text = totals != NULL ? kab_format_order_totals(totals) : g_strdup("");
    gtk_label_set_text(self->totals_label, text);
}

static void
kab_orders_page_list(KabListPage *page, const char *after, guint limit, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer data)
{
    KabOrdersPage *self = KAB_ORDERS_PAGE(page);
    KabClient *client = kab_data_page_get_client(KAB_DATA_PAGE(page));
    const KabOrderQuery query = get_query(self);

    if (kab_list_page_is_for_base(page)) {
        kab_client_list_client_orders_async(client, &query, after, limit, cancellable, callback,
                                            data);
        return;
    }
    kab_client_list_orders_async(client, &query, after, limit, cancellable, callback, data);
    if (after == NULL)
        kab_client_count_orders_async(client, &query, cancellable, on_counted, self);
}

static gboolean
kab_orders_page_is_filtered(KabListPage *page)
{
    const KabOrderQuery query = get_query(KAB_ORDERS_PAGE(page));

    return !kab_order_query_is_all(&query);
}

static KabItem *
kab_orders_page_make_item(gpointer value)
{
    KabOrder *order = value;

    return kab_item_new(order->id.text, order, (GDestroyNotify)kab_order_free);
}

static GtkWidget *
kab_orders_page_make_row(KabListPage *page)
{
    return kab_order_row_new(kab_list_page_is_for_base(page));
}

static void
kab_orders_page_set_row(GtkWidget *row, KabItem *item)
{
    kab_order_row_set_item(KAB_ORDER_ROW(row), item);
}

static char *
kab_orders_page_dup_name(KabItem *item)
{
    return kab_format_order_name(kab_item_get_value(item));
}

static void
kab_orders_page_open(KabListPage *page, KabItem *item)
{
    gtk_widget_activate_action(GTK_WIDGET(page),
                               kab_list_page_is_for_base(page) ? "win.open-client-order"
                                                               : "win.open-order",
                               "s", kab_item_get_key(item));
}

static void
on_search_changed(KabOrdersPage *self)
{
    g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(self->search_entry)));

    if (g_strcmp0(text, self->text != NULL ? self->text : "") == 0)
        return;
    g_free(self->text);
    self->text = *text != '\0' ? g_steal_pointer(&text) : NULL;
    kab_list_page_ask_anew(KAB_LIST_PAGE(self));
}

static void
set_exporting(KabOrdersPage *self, gboolean exporting)
{
    gtk_widget_set_visible(self->progress_box, exporting);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "orders.export", !exporting);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "orders.cancel-export", exporting);
}

static void
on_progress(guint n, gpointer data)
{
    g_autoptr(KabOrdersPage) self = g_weak_ref_get(data);
    g_autofree char *text = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "Exporting: %u order", "Exporting: %u orders", n), n);

    if (self != NULL)
        gtk_label_set_text(self->progress_label, text);
}

static void
on_exported(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabOrdersPage) self = kab_weak_take(data);
    g_autoptr(GError) error = NULL;
    g_autoptr(GFile) file = kab_table_save_finish(result, &error);

    if (self == NULL)
        return;
    g_clear_object(&self->exporting);
    set_exporting(self, FALSE);
    if (file != NULL)
        kab_data_page_add_toast(KAB_DATA_PAGE(self), kab_document_file_make_toast(file));
    else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        kab_data_page_say(KAB_DATA_PAGE(self), _("Nothing was exported"));
    else
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
}

static void
on_export(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabOrdersPage *self = KAB_ORDERS_PAGE(widget);
    KabTableFormat format =
        g_str_equal(g_variant_get_string(parameter, NULL), "xlsx") ? KAB_TABLE_XLSX : KAB_TABLE_CSV;
    KabOrderQuery query;

    if (self->exporting != NULL || self->period_button == NULL)
        return;
    query = get_query(self);
    self->exporting = g_cancellable_new();
    gtk_label_set_text(self->progress_label, _("Exporting…"));
    set_exporting(self, TRUE);
    kab_orders_export_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), &query, format,
                            on_progress, self->exporting, on_exported, kab_weak_new(self));
}

static void
on_cancel_export(GtkWidget *widget, const char *name G_GNUC_UNUSED,
                 GVariant *parameter G_GNUC_UNUSED)
{
    g_cancellable_cancel(KAB_ORDERS_PAGE(widget)->exporting);
}

static GtkWidget *
make_export_button(void)
{
    GtkWidget *button = gtk_menu_button_new();
    g_autoptr(GMenu) menu = g_menu_new();

    g_menu_append(menu, _("Export as XLSX"), "orders.export::xlsx");
    g_menu_append(menu, _("Export as CSV"), "orders.export::csv");
    gtk_menu_button_set_icon_name(GTK_MENU_BUTTON(button), "document-save-symbolic");
    gtk_menu_button_set_menu_model(GTK_MENU_BUTTON(button), G_MENU_MODEL(menu));
    gtk_widget_set_tooltip_text(button, _("Export these orders"));
    gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Export these orders"), -1);
    return button;
}

/* Out of the search first, then back. */
static void
on_stop_search(GtkWidget *search)
{
    if (*gtk_editable_get_text(GTK_EDITABLE(search)) != '\0')
        gtk_editable_set_text(GTK_EDITABLE(search), "");
    else
        gtk_widget_activate_action(search, "win.back", NULL);
}

static void
add_tools(KabOrdersPage *self, const char *hint, GtkWidget *more)
{
    GtkWidget *search = gtk_search_entry_new();
    GtkWidget *others = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
    GtkWidget *period = g_object_new(KAB_TYPE_PERIOD_BUTTON, NULL);

    self->search_entry = GTK_EDITABLE(search);
    self->period_button = KAB_PERIOD_BUTTON(period);
    gtk_widget_set_hexpand(search, TRUE);
    g_object_set(search, "placeholder-text", hint, NULL);
    gtk_accessible_update_property(GTK_ACCESSIBLE(search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Search in the orders"), -1);
    gtk_editable_set_max_width_chars(GTK_EDITABLE(search), 30);
    gtk_editable_set_width_chars(GTK_EDITABLE(search), 10);
    g_signal_connect(search, "stop-search", G_CALLBACK(on_stop_search), NULL);
    g_signal_connect_object(search, "search-changed", G_CALLBACK(on_search_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(period, "changed", G_CALLBACK(kab_list_page_ask_anew), self,
                            G_CONNECT_SWAPPED);
    gtk_box_append(GTK_BOX(others), period);
    if (more != NULL)
        gtk_box_append(GTK_BOX(others), more);
    kab_list_page_add_tools(KAB_LIST_PAGE(self), search, others);
}

static GtkWidget *
make_progress(KabOrdersPage *self)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);
    GtkWidget *label = gtk_label_new(NULL);
    GtkWidget *spinner = gtk_spinner_new();
    GtkWidget *cancel = gtk_button_new_with_label(_("Cancel"));

    self->progress_box = box;
    self->progress_label = GTK_LABEL(label);
    gtk_spinner_start(GTK_SPINNER(spinner));
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
    gtk_widget_set_hexpand(label, TRUE);
    gtk_widget_add_css_class(label, "numeric");
    gtk_actionable_set_action_name(GTK_ACTIONABLE(cancel), "orders.cancel-export");
    gtk_box_append(GTK_BOX(box), spinner);
    gtk_box_append(GTK_BOX(box), label);
    gtk_box_append(GTK_BOX(box), cancel);
    return box;
}

static void
add_footer(KabOrdersPage *self)
{
    GtkWidget *label =
        g_object_new(GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
    GtkWidget *clamp = adw_clamp_new();
    GtkWidget *outer = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);

    self->totals_label = GTK_LABEL(label);
    gtk_label_set_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_xalign(GTK_LABEL(label), 1);
    gtk_label_set_text(GTK_LABEL(label), " "); /* the height of a line, before it is known */
    gtk_widget_add_css_class(label, "numeric");
    gtk_widget_add_css_class(label, "row-sum");
    gtk_box_append(GTK_BOX(box), make_progress(self));
    gtk_box_append(GTK_BOX(box), label);
    gtk_widget_set_margin_top(box, 9);
    gtk_widget_set_margin_bottom(box, 9);
    gtk_widget_set_margin_start(box, 12);
    gtk_widget_set_margin_end(box, 12);
    g_object_set(clamp, "maximum-size", 960, "tightening-threshold", 960, "child", box, NULL);
    gtk_box_append(GTK_BOX(outer), gtk_separator_new(GTK_ORIENTATION_HORIZONTAL));
    gtk_box_append(GTK_BOX(outer), clamp);
    kab_list_page_set_footer(KAB_LIST_PAGE(self), outer);
    set_exporting(self, FALSE);
}

static void
set_up_partners(KabOrdersPage *self)
{
    const KabListPageTexts texts = {
        .icon_name = "kab-orders-symbolic",
        .list_name = _("Orders"),
        .empty_title = _("No orders yet"),
        .empty_text = kab_data_page_may(KAB_DATA_PAGE(self), KAB_RIGHT_ORDER)
                          ? _("Your orders appear here as soon as you place the first one.")
                          : _("The orders of your company appear here."),
        .nothing_text = _("No order is like that. Try other words, another status or other dates."),
    };
    const char *filters[KAB_ORDER_N_STATUSES + 2] = {_("All statuses")};

    for (int i = 0; i < KAB_ORDER_N_STATUSES; i++)
        filters[i + 1] = kab_order_status_to_title((KabOrderStatus)i);
    kab_data_page_set_title(KAB_DATA_PAGE(self), _("Orders"));
    kab_list_page_set_up(KAB_LIST_PAGE(self), &texts, _("Status"), filters);
    add_tools(self, _("Number, product, comment"), make_export_button());
    add_footer(self);
}

static void
set_up_client_orders(KabOrdersPage *self)
{
    const KabListPageTexts texts = {
        .icon_name = "kab-orders-symbolic",
        .list_name = _("Client orders"),
        .empty_title = _("No client orders yet"),
        .empty_text = _("Orders of the portal become client orders when the exchange runs."),
        .nothing_text = _("No order is like that. Try other words, another status or other dates."),
    };
    const char *filters[KAB_CLIENT_N_STATUSES + 2] = {_("All statuses")};

    for (int i = 0; i < KAB_CLIENT_N_STATUSES; i++)
        filters[i + 1] = kab_client_status_to_title((KabClientStatus)i);
    kab_data_page_set_title(KAB_DATA_PAGE(self), _("Client orders"));
    kab_list_page_set_up(KAB_LIST_PAGE(self), &texts, _("Status"), filters);
    add_tools(self, _("Number, partner, product, comment"), NULL);
}

static void
kab_orders_page_constructed(GObject *object)
{
    static const KabKey keys[] = {
        {"<Control>e", "orders.export", "xlsx"},
        {"<Control><Shift>e", "orders.export", "csv"},
        {"<Control>period", "orders.cancel-export", NULL},
        {NULL, NULL, NULL},
    };
    KabOrdersPage *self = KAB_ORDERS_PAGE(object);

    G_OBJECT_CLASS(kab_orders_page_parent_class)->constructed(object);
    if (kab_list_page_is_for_base(KAB_LIST_PAGE(self))) {
        set_up_client_orders(self);
        return;
    }
    set_up_partners(self);
    kab_keys_add(GTK_WIDGET(self), keys);
}

static void
kab_orders_page_dispose(GObject *object)
{
    KabOrdersPage *self = KAB_ORDERS_PAGE(object);

    if (self->exporting != NULL)
        g_cancellable_cancel(self->exporting);
    g_clear_object(&self->exporting);
    g_clear_pointer(&self->text, g_free);
    G_OBJECT_CLASS(kab_orders_page_parent_class)->dispose(object);
}

static void
kab_orders_page_class_init(KabOrdersPageClass *klass)
{
    static const char *const kinds[] = {"order", NULL};
    KabListPageClass *list_class = KAB_LIST_PAGE_CLASS(klass);

    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;
    G_OBJECT_CLASS(klass)->constructed = kab_orders_page_constructed;
    G_OBJECT_CLASS(klass)->dispose = kab_orders_page_dispose;
    list_class->is_filtered = kab_orders_page_is_filtered;
    list_class->list = kab_orders_page_list;
    list_class->list_finish = kab_client_list_orders_finish;
    list_class->make_item = kab_orders_page_make_item;
    list_class->make_row = kab_orders_page_make_row;
    list_class->set_row = kab_orders_page_set_row;
    list_class->dup_name = kab_orders_page_dup_name;
    list_class->open = kab_orders_page_open;

    gtk_widget_class_install_action(GTK_WIDGET_CLASS(klass), "orders.export", "s", on_export);
    gtk_widget_class_install_action(GTK_WIDGET_CLASS(klass), "orders.cancel-export", NULL,
                                    on_cancel_export);
}

static void
kab_orders_page_init(KabOrdersPage *self G_GNUC_UNUSED)
{
}

KabDataPage *
kab_orders_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_ORDERS_PAGE, "client", client, NULL);
}

KabDataPage *
kab_orders_page_new_for_base(KabClient *client)
{
    return g_object_new(KAB_TYPE_ORDERS_PAGE, "client", client, "for-base", TRUE, NULL);
}
