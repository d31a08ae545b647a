/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-line-row.h"
#include "kab-quantity-spin.h"
#include "kab-reflow.h"
#include "kab-spin.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

/* In units of the currency; kopecks of it are counted in double without loss. */
#define MAX_PRICE 1e12

struct _KabLineRow {
    GtkListBoxRow parent_instance;

    GtkLabel *name_label;
    GtkLabel *article_label;
    GtkLabel *repriced_label;
    GtkLabel *amount_label;
    GtkLabel *unit_label;
    GtkLabel *price_label;
    GtkLabel *sum_label;
    GtkSpinButton *spin;
    GtkSpinButton *price_spin;
    GtkButton *remove_button;

    KabProductId product_id;
    gboolean editable;
    gboolean removable;
    gboolean priceable;
    char currency[KAB_CURRENCY_SIZE]; /* of the price */
    gboolean setting;                 /* a spin is being set by the program */
};

G_DEFINE_FINAL_TYPE(KabLineRow, kab_line_row, GTK_TYPE_LIST_BOX_ROW)

enum {
    QUANTITY_CHANGED,
    PRICE_CHANGED,
    REMOVE,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_spin_value_changed(KabLineRow *self)
{
    if (!self->setting)
        g_signal_emit(self, signals[QUANTITY_CHANGED], 0, kab_quantity_spin_get(self->spin).milli);
}

/* What one unit of the currency is in minor units. */
static double
get_scale(KabLineRow *self)
{
    return kab_currency_get_digits(self->currency) > 0 ? 100 : 1;
}

static void
on_price_value_changed(KabLineRow *self)
{
    if (!self->setting)
        g_signal_emit(
            self, signals[PRICE_CHANGED], 0,
            (gint64)(gtk_spin_button_get_value(self->price_spin) * get_scale(self) + 0.5));
}

static void
on_remove_clicked(KabLineRow *self)
{
    g_signal_emit(self, signals[REMOVE], 0);
}

static gboolean
on_delete_key(GtkWidget *widget, GVariant *args G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    KabLineRow *self = KAB_LINE_ROW(widget);

    if (!self->removable)
        return FALSE;
    on_remove_clicked(self);
    return TRUE;
}

static gboolean
has_focus_inside(GtkWidget *widget)
{
    return (gtk_widget_get_state_flags(widget) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* The article and how far the line is; beside a quantity that can be changed the price, and what
 * was ordered if it is another quantity. */
static char *
make_detail(KabLineRow *self, const KabOrderLine *line, const char *price)
{
    const char *article = line->article != NULL ? line->article : "";
    g_autofree char *amount = NULL;
    g_autofree char *ordered = NULL;
    g_autofree char *was = NULL;

    if (!self->editable) {
        g_autofree char *progress = kab_format_line_progress(line);
        const char *added = line->ordered.milli == 0 ? _("added by the manager") : "";

        return kab_format_join(article, added, progress, NULL);
    }
    if (self->priceable) { /* it stands beside the quantity: here is what it was */
        g_autofree char *before = kab_money_format(line->ordered_price);

        was = line->ordered.milli > 0 && line->ordered_price.minor != line->price.minor
                  ? g_strdup_printf(_("ordered at %s"), before)
                  : g_strdup("");
        price = was;
    }
    if (line->ordered.milli == 0 || line->ordered.milli == line->quantity.milli)
        return kab_format_join(article, price, NULL);
    amount = kab_format_amount(line->ordered, line->unit);
    ordered = g_strdup_printf(_("ordered %s"), amount);
    return kab_format_join(article, price, ordered, NULL);
}

static void
show_editable(KabLineRow *self, const KabOrderLine *line)
{
    g_autofree char *label = g_strdup_printf(_("Quantity of “%s”"), line->name);
    g_autofree char *remove = g_strdup_printf(_("Remove “%s”"), line->name);

    if (!has_focus_inside(GTK_WIDGET(self->spin))) {
        self->setting = TRUE;
        kab_quantity_spin_set_step(self->spin, line->step);
        kab_quantity_spin_set(self->spin, line->quantity);
        self->setting = FALSE;
    }
    gtk_label_set_text(self->unit_label, line->unit != NULL ? line->unit : "");
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                   -1);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->remove_button),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
    gtk_widget_set_tooltip_text(GTK_WIDGET(self->remove_button), remove);
}

static void
show_price(KabLineRow *self, const KabOrderLine *line)
{
    g_autofree char *label = g_strdup_printf(_("Price of “%s”"), line->name);

    gtk_accessible_update_property(GTK_ACCESSIBLE(self->price_spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   label, -1);
    if (has_focus_inside(GTK_WIDGET(self->price_spin)))
        return;
    g_strlcpy(self->currency, line->price.currency, sizeof self->currency);
    self->setting = TRUE;
    gtk_spin_button_set_digits(self->price_spin, kab_currency_get_digits(self->currency));
    gtk_spin_button_set_value(self->price_spin, (double)line->price.minor / get_scale(self));
    self->setting = FALSE;
}

static void
mark(GtkLabel *label, gboolean changed)
{
    if (changed)
        gtk_widget_add_css_class(GTK_WIDGET(label), "changed");
    else
        gtk_widget_remove_css_class(GTK_WIDGET(label), "changed");
}

static void
show_readonly(KabLineRow *self, const KabOrderLine *line)
{
    g_autofree char *amount = kab_format_line_amount(line);
    g_autofree char *price = kab_format_line_price(line);

    gtk_label_set_text(self->amount_label, amount);
    gtk_label_set_text(self->price_label, price);
    mark(self->amount_label, line->ordered.milli != line->quantity.milli);
    mark(self->price_label,
         line->ordered.milli > 0 && line->ordered_price.minor != line->price.minor);
}

/* What is said aloud of the row: its name, and the price that is another one than before. */
static void
show_repriced(KabLineRow *self, const KabOrderLine *line)
{
    gboolean repriced = kab_order_line_is_repriced(line);
    g_autofree char *was = kab_money_format(line->seen_price);
    g_autofree char *now = kab_money_format(line->price);
    g_autofree char *text = g_strdup_printf(_("was %s, now %s"), was, now);
    g_autofree char *said =
        kab_format_join(line->name != NULL ? line->name : "", repriced ? text : "", NULL);

    gtk_label_set_text(self->repriced_label, repriced ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(self->repriced_label), repriced);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

static void
kab_line_row_dispose(GObject *object)
{
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_LINE_ROW);
    G_OBJECT_CLASS(kab_line_row_parent_class)->dispose(object);
}

static void
kab_line_row_class_init(KabLineRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_line_row_dispose;

    /** KabLineRow::quantity-changed: the person entered a quantity, in thousandths. */
    signals[QUANTITY_CHANGED] =
        g_signal_new("quantity-changed", KAB_TYPE_LINE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                     G_TYPE_NONE, 1, G_TYPE_INT64);
    /** KabLineRow::price-changed: the person entered a price, in minor units. */
    signals[PRICE_CHANGED] = g_signal_new("price-changed", KAB_TYPE_LINE_ROW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
    /** KabLineRow::remove: the person wants the line out. */
    signals[REMOVE] = g_signal_new("remove", KAB_TYPE_LINE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-line-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, name_label);
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, article_label);
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, repriced_label);
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, amount_label);
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, unit_label);
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, price_label);
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, sum_label);
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, spin);
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, price_spin);
    gtk_widget_class_bind_template_child(widget_class, KabLineRow, remove_button);
    gtk_widget_class_bind_template_callback(widget_class, on_spin_value_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_price_value_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_remove_clicked);
    gtk_widget_class_add_binding(widget_class, GDK_KEY_Delete, 0, on_delete_key, NULL);
    gtk_widget_class_add_binding(widget_class, GDK_KEY_KP_Delete, 0, on_delete_key, NULL);
}

static void
kab_line_row_init(KabLineRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->setting = TRUE;
    kab_quantity_spin_prepare(self->spin);
    kab_spin_leave_wheel(self->price_spin);
    gtk_spin_button_set_increments(self->price_spin, 1, 10);
    gtk_spin_button_set_range(self->price_spin, 0, MAX_PRICE);
    self->setting = FALSE;
}

KabLineRow *
kab_line_row_new(gboolean editable, gboolean removable, gboolean priceable)
{
    KabLineRow *self = g_object_new(KAB_TYPE_LINE_ROW, NULL);

    self->editable = editable;
    self->removable = removable;
    self->priceable = priceable;
    gtk_widget_set_visible(GTK_WIDGET(self->price_spin), priceable);
    gtk_widget_set_visible(GTK_WIDGET(self->amount_label), !editable);
    gtk_widget_set_visible(GTK_WIDGET(self->price_label), !editable);
    gtk_widget_set_visible(GTK_WIDGET(self->spin), editable);
    gtk_widget_set_visible(GTK_WIDGET(self->unit_label), editable);
    gtk_widget_set_visible(GTK_WIDGET(self->remove_button), removable);
    return self;
}

void
kab_line_row_set_line(KabLineRow *self, const KabOrderLine *line)
{
    g_autofree char *price = kab_money_format(line->price);
    g_autofree char *sum = kab_money_format(line->sum);
    g_autofree char *detail = make_detail(self, line, price);

    self->product_id = line->product_id;
    gtk_label_set_text(self->name_label, line->name != NULL ? line->name : "");
    gtk_label_set_text(self->article_label, detail);
    gtk_widget_set_visible(GTK_WIDGET(self->article_label), *detail != '\0');
    gtk_label_set_text(self->sum_label, sum);
    if (self->priceable)
        show_price(self, line);
    if (self->editable)
        show_editable(self, line);
    else
        show_readonly(self, line);
    show_repriced(self, line);
}

const char *
kab_line_row_get_product_id(KabLineRow *self)
{
    return self->product_id.text;
}

GtkSpinButton *
kab_line_row_get_spin(KabLineRow *self)
{
    return self->spin;
}
