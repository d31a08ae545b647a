/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-orders.h"
#include "kab-date-row.h"
#include "kab-order-form.h"

#include <glib/gi18n-lib.h>

struct _KabOrderForm {
    AdwBin parent_instance;

    AdwEntryRow *name_row;
    AdwEntryRow *phone_row;
    AdwEntryRow *email_row;
    AdwEntryRow *address_row;
    KabDateRow *date_row;
    AdwComboRow *warehouse_row;
    AdwEntryRow *comment_row;

    KabDataPage *page;         /* (nullable) */
    GCancellable *cancellable; /* (owned) */
    GPtrArray *warehouses;     /* (owned) (nullable) (element-type KabWarehouse) */
    KabWarehouseId chosen;     /* the warehouse, also while the list is not here yet */
    gboolean setting;          /* the form is being filled by the program */
};

G_DEFINE_FINAL_TYPE(KabOrderForm, kab_order_form, ADW_TYPE_BIN)

enum {
    CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed(KabOrderForm *self)
{
    gtk_widget_remove_css_class(GTK_WIDGET(self->name_row), "error");
    if (!self->setting)
        g_signal_emit(self, signals[CHANGED], 0);
}

static void
on_warehouse_selected(KabOrderForm *self)
{
    guint selected = adw_combo_row_get_selected(self->warehouse_row);

    if (self->setting || self->warehouses == NULL)
        return;
    self->chosen = (KabWarehouseId){""};
    if (selected > 0 && selected <= self->warehouses->len)
        self->chosen = ((KabWarehouse *)g_ptr_array_index(self->warehouses, selected - 1))->id;
    on_changed(self);
}

/* One warehouse is no choice. */
static void
show_warehouses(KabOrderForm *self)
{
    g_autoptr(GtkStringList) names = gtk_string_list_new(NULL);
    guint selected = 0;

    if (self->warehouses == NULL)
        return;
    gtk_string_list_append(names, _("Any"));
    for (guint i = 0; i < self->warehouses->len; i++) {
        const KabWarehouse *warehouse = g_ptr_array_index(self->warehouses, i);

        gtk_string_list_append(names, warehouse->name);
        if (g_str_equal(warehouse->id.text, self->chosen.text))
            selected = i + 1;
    }
    self->setting = TRUE;
    adw_combo_row_set_model(self->warehouse_row, G_LIST_MODEL(names));
    adw_combo_row_set_selected(self->warehouse_row, selected);
    self->setting = FALSE;
    gtk_widget_set_visible(GTK_WIDGET(self->warehouse_row),
                           self->warehouses->len > 1 || selected > 0);
}

static void
on_warehouses_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabOrderForm *self = data;
    g_autoptr(GError) error = NULL;
    GPtrArray *warehouses = kab_client_list_warehouses_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (warehouses == NULL) {
        kab_data_page_fail(self->page, error);
        return;
    }
    g_clear_pointer(&self->warehouses, g_ptr_array_unref);
    self->warehouses = warehouses;
    show_warehouses(self);
}

static void
kab_order_form_dispose(GObject *object)
{
    KabOrderForm *self = KAB_ORDER_FORM(object);

    g_cancellable_cancel(self->cancellable);
    self->page = NULL;
    self->setting = TRUE; /* what the form says while it goes is nobody's wish */
    g_clear_pointer(&self->warehouses, g_ptr_array_unref);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_ORDER_FORM);
    G_OBJECT_CLASS(kab_order_form_parent_class)->dispose(object);
}

static void
kab_order_form_finalize(GObject *object)
{
    g_clear_object(&KAB_ORDER_FORM(object)->cancellable);
    G_OBJECT_CLASS(kab_order_form_parent_class)->finalize(object);
}

static void
kab_order_form_class_init(KabOrderFormClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_order_form_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_order_form_finalize;

    /** KabOrderForm::changed: the person entered something. */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_ORDER_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_DATE_ROW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-order-form.ui");
    gtk_widget_class_bind_template_child(widget_class, KabOrderForm, name_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderForm, phone_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderForm, email_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderForm, address_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderForm, date_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderForm, warehouse_row);
    gtk_widget_class_bind_template_child(widget_class, KabOrderForm, comment_row);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_warehouse_selected);
}

static void
kab_order_form_init(KabOrderForm *self)
{
    self->cancellable = g_cancellable_new();
    self->setting = TRUE;
    gtk_widget_init_template(GTK_WIDGET(self));
    self->setting = FALSE;
}

void
kab_order_form_load(KabOrderForm *self, KabDataPage *page)
{
    self->page = page;
    kab_client_list_warehouses_async(kab_data_page_get_client(page), self->cancellable,
                                     on_warehouses_listed, self);
}

static void
prefill(AdwEntryRow *row, const char *text)
{
    if (text != NULL && *gtk_editable_get_text(GTK_EDITABLE(row)) == '\0')
        gtk_editable_set_text(GTK_EDITABLE(row), text);
}

void
kab_order_form_prefill(KabOrderForm *self, const KabUser *user)
{
    self->setting = TRUE;
    prefill(self->phone_row, user->phone);
    prefill(self->email_row, user->email);
    self->setting = FALSE;
}

static void
set_text(AdwEntryRow *row, const char *text)
{
    gtk_editable_set_text(GTK_EDITABLE(row), text != NULL ? text : "");
}

void
kab_order_form_set_order(KabOrderForm *self, const KabOrder *order)
{
    self->setting = TRUE;
    set_text(self->name_row, order->name);
    set_text(self->phone_row, order->phone);
    set_text(self->email_row, order->email);
    set_text(self->address_row, order->address);
    set_text(self->comment_row, order->comment);
    kab_date_row_set(self->date_row, order->wished_date);
    self->chosen = order->warehouse_id;
    self->setting = FALSE;
    show_warehouses(self);
}

void
kab_order_form_clear_wishes(KabOrderForm *self)
{
    self->setting = TRUE;
    set_text(self->name_row, NULL);
    set_text(self->comment_row, NULL);
    kab_date_row_set(self->date_row, (KabDate){""});
    self->setting = FALSE;
}

static void
take_text(AdwEntryRow *row, char **text)
{
    g_free(*text);
    *text = g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(row))));
    if (**text == '\0')
        g_clear_pointer(text, g_free);
}

gboolean
kab_order_form_take(KabOrderForm *self, KabOrder *details, GError **error)
{
    take_text(self->phone_row, &details->phone);
    take_text(self->email_row, &details->email);
    take_text(self->address_row, &details->address);
    take_text(self->comment_row, &details->comment);
    details->warehouse_id = self->chosen;
    take_text(self->name_row, &details->name);
    if (!kab_order_check_name(details->name, error)) {
        gtk_widget_add_css_class(GTK_WIDGET(self->name_row), "error");
        gtk_widget_grab_focus(GTK_WIDGET(self->name_row));
        return FALSE;
    }
    return kab_date_row_get(self->date_row, &details->wished_date, error);
}
