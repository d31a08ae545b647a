/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-order-form.h"
#include "kab-date-row.h"
#include "kab-shrink.h"
#include "kab-spin.h"

struct _KabClientOrderForm {
    AdwBin parent_instance;

    GtkDropDown *status_dropdown;
    GtkDropDown *state_dropdown;
    AdwEntryRow *manager_row;
    AdwEntryRow *reason_row;
    KabDateRow *ship_row;
    GtkSpinButton *paid_spin;
    GtkSpinButton *shipped_spin;

    GArray *statuses; /* (owned) (element-type KabClientStatus): what the drop-down offers */
    int paid_percent; /* what it was filled with */
    int shipped_percent;
    gboolean setting; /* it is being filled by the program */
};

G_DEFINE_FINAL_TYPE(KabClientOrderForm, kab_client_order_form, ADW_TYPE_BIN)

enum {
    CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed(KabClientOrderForm *self)
{
    if (!self->setting)
        g_signal_emit(self, signals[CHANGED], 0);
}

static void
fill_statuses(KabClientOrderForm *self, const KabOrder *order)
{
    g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);
    guint selected = 0;

    g_array_set_size(self->statuses, 0);
    for (int i = 0; i < KAB_CLIENT_N_STATUSES; i++) {
        KabClientStatus status = (KabClientStatus)i;

        if (!kab_client_status_may_become(order->client_status, status))
            continue;
        if (status == order->client_status)
            selected = self->statuses->len;
        g_array_append_val(self->statuses, status);
        gtk_string_list_append(titles, status == order->client_status
                                           ? kab_order_get_client_status_title(order)
                                           : kab_client_status_to_title(status));
    }
    gtk_drop_down_set_model(self->status_dropdown, G_LIST_MODEL(titles));
    gtk_drop_down_set_selected(self->status_dropdown, selected);
}

/* The base's own states, and the one the order has if it is another. */
static void
fill_states(KabClientOrderForm *self, const KabOrder *order)
{
    const char *const *states = kab_order_state_list();
    g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);
    const char *state = order->state != NULL ? order->state : "";
    guint selected = GTK_INVALID_LIST_POSITION;
    guint n = 0;

    for (; states[n] != NULL; n++) {
        gtk_string_list_append(titles, kab_order_state_to_title(states[n]));
        if (g_str_equal(states[n], state))
            selected = n;
    }
    if (selected == GTK_INVALID_LIST_POSITION) {
        gtk_string_list_append(titles, state);
        selected = n;
    }
    gtk_drop_down_set_model(self->state_dropdown, G_LIST_MODEL(titles));
    gtk_drop_down_set_selected(self->state_dropdown, selected);
}

static void
set_text(AdwEntryRow *row, const char *text)
{
    gtk_editable_set_text(GTK_EDITABLE(row), text != NULL ? text : "");
}

static void
take_text(AdwEntryRow *row, char **text)
{
    g_free(*text);
    *text = g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(row))));
    if (**text == '\0')
        g_clear_pointer(text, g_free);
}

/* -1 if the manager left it alone: what stands in the lines is finer. */
static int
get_new_percent(GtkSpinButton *spin, int shown)
{
    int percent = gtk_spin_button_get_value_as_int(spin);

    return percent != shown ? percent : -1;
}

static void
kab_client_order_form_dispose(GObject *object)
{
    KabClientOrderForm *self = KAB_CLIENT_ORDER_FORM(object);

    self->setting = TRUE;                     /* what it says while it goes is nobody's wish */
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_CLIENT_ORDER_FORM);
    G_OBJECT_CLASS(kab_client_order_form_parent_class)->dispose(object);
}

static void
kab_client_order_form_finalize(GObject *object)
{
    g_array_unref(KAB_CLIENT_ORDER_FORM(object)->statuses);
    G_OBJECT_CLASS(kab_client_order_form_parent_class)->finalize(object);
}

static void
kab_client_order_form_class_init(KabClientOrderFormClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_client_order_form_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_client_order_form_finalize;

    /** KabClientOrderForm::changed: the manager entered something. */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_CLIENT_ORDER_FORM, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_DATE_ROW);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/admin/kab-client-order-form.ui");
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderForm, status_dropdown);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderForm, state_dropdown);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderForm, manager_row);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderForm, reason_row);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderForm, ship_row);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderForm, paid_spin);
    gtk_widget_class_bind_template_child(widget_class, KabClientOrderForm, shipped_spin);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
}

static void
kab_client_order_form_init(KabClientOrderForm *self)
{
    self->statuses = g_array_new(FALSE, FALSE, sizeof(KabClientStatus));
    self->setting = TRUE;
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_drop_down(self->status_dropdown);
    kab_shrink_drop_down(self->state_dropdown);
    kab_spin_leave_wheel(self->paid_spin);
    kab_spin_leave_wheel(self->shipped_spin);
    self->setting = FALSE;
}

void
kab_client_order_form_set_order(KabClientOrderForm *self, const KabOrder *order)
{
    self->setting = TRUE;
    fill_statuses(self, order);
    fill_states(self, order);
    set_text(self->manager_row, order->manager);
    set_text(self->reason_row, order->reason);
    kab_date_row_set(self->ship_row, order->ship_date);
    self->paid_percent = kab_order_get_paid_percent(order);
    self->shipped_percent = kab_order_get_shipped_percent(order);
    gtk_spin_button_set_value(self->paid_spin, self->paid_percent);
    gtk_spin_button_set_value(self->shipped_spin, self->shipped_percent);
    self->setting = FALSE;
}

gboolean
kab_client_order_form_take(KabClientOrderForm *self, KabOrder *order, GError **error)
{
    guint status = gtk_drop_down_get_selected(self->status_dropdown);
    guint state = gtk_drop_down_get_selected(self->state_dropdown);

    if (status < self->statuses->len)
        order->client_status = g_array_index(self->statuses, KabClientStatus, status);
    if (state < g_strv_length((char **)kab_order_state_list())) { /* behind them is its own */
        g_free(order->state);
        order->state = g_strdup(kab_order_state_list()[state]);
    }
    take_text(self->manager_row, &order->manager);
    take_text(self->reason_row, &order->reason);
    return kab_date_row_get(self->ship_row, &order->ship_date, error) &&
           kab_order_set_percents(order, get_new_percent(self->paid_spin, self->paid_percent),
                                  get_new_percent(self->shipped_spin, self->shipped_percent),
                                  error);
}
