/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-line-list.h"

#include <glib/gi18n-lib.h>

#define STEP 100

struct _KabLineList {
    AdwBin parent_instance;

    GtkListBox *list_box;
    GtkButton *more_button;

    guint n_rows;
    guint limit;
    gboolean editable;
    gboolean removable;
    gboolean priceable;
};

G_DEFINE_FINAL_TYPE(KabLineList, kab_line_list, ADW_TYPE_BIN)

enum {
    PROP_0,
    PROP_EDITABLE,
    PROP_REMOVABLE,
    PROP_PRICEABLE,
    N_PROPS,
};

enum {
    QUANTITY_CHANGED,
    PRICE_CHANGED,
    REMOVE,
    MORE,
    N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_row_quantity_changed(KabLineList *self, gint64 milli, KabLineRow *row)
{
    g_signal_emit(self, signals[QUANTITY_CHANGED], 0,
                  (guint)gtk_list_box_row_get_index(GTK_LIST_BOX_ROW(row)), milli);
}

static void
on_row_price_changed(KabLineList *self, gint64 minor, KabLineRow *row)
{
    g_signal_emit(self, signals[PRICE_CHANGED], 0,
                  (guint)gtk_list_box_row_get_index(GTK_LIST_BOX_ROW(row)), minor);
}

static void
on_row_remove(KabLineList *self, KabLineRow *row)
{
    guint i = (guint)gtk_list_box_row_get_index(GTK_LIST_BOX_ROW(row));
    gboolean focused =
        (gtk_widget_get_state_flags(GTK_WIDGET(row)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;

    g_signal_emit(self, signals[REMOVE], 0, i);
    /* Whoever removes by keyboard goes on with the line that took its place. */
    if (focused && self->n_rows > 0)
        gtk_widget_grab_focus(GTK_WIDGET(kab_line_list_get_row(self, MIN(i, self->n_rows - 1))));
}

static void
on_more_clicked(KabLineList *self)
{
    self->limit += STEP;
    g_signal_emit(self, signals[MORE], 0);
}

/* How many of the shown rows stand for the same products as the lines do. */
static guint
count_same(KabLineList *self, const KabOrder *order)
{
    guint n = MIN(self->n_rows, order->lines->len);

    for (guint i = 0; i < n; i++) {
        KabLineRow *row = kab_line_list_get_row(self, i);

        if (!g_str_equal(kab_line_row_get_product_id(row),
                         kab_order_get_line(order, i)->product_id.text))
            return i;
    }
    return n;
}

static void
add_row(KabLineList *self)
{
    KabLineRow *row = kab_line_row_new(self->editable, self->removable, self->priceable);

    g_signal_connect_object(row, "quantity-changed", G_CALLBACK(on_row_quantity_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(row, "price-changed", G_CALLBACK(on_row_price_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(row, "remove", G_CALLBACK(on_row_remove), self, G_CONNECT_SWAPPED);
    gtk_list_box_append(self->list_box, GTK_WIDGET(row));
    self->n_rows++;
}

static void
kab_line_list_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    KabLineList *self = KAB_LINE_LIST(object);

    switch (id) {
    case PROP_EDITABLE:
        self->editable = g_value_get_boolean(value);
        break;
    case PROP_REMOVABLE:
        self->removable = g_value_get_boolean(value);
        break;
    case PROP_PRICEABLE:
        self->priceable = g_value_get_boolean(value);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    }
}

static void
kab_line_list_dispose(GObject *object)
{
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_LINE_LIST);
    G_OBJECT_CLASS(kab_line_list_parent_class)->dispose(object);
}

static void
kab_line_list_class_init(KabLineListClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

    object_class->set_property = kab_line_list_set_property;
    object_class->dispose = kab_line_list_dispose;

    props[PROP_EDITABLE] = g_param_spec_boolean("editable", NULL, NULL, FALSE, flags);
    props[PROP_REMOVABLE] = g_param_spec_boolean("removable", NULL, NULL, FALSE, flags);
    props[PROP_PRICEABLE] = g_param_spec_boolean("priceable", NULL, NULL, FALSE, flags);
    g_object_class_install_properties(object_class, N_PROPS, props);

    /** KabLineList::quantity-changed: of which line, and what was entered, in thousandths. */
    signals[QUANTITY_CHANGED] =
        g_signal_new("quantity-changed", KAB_TYPE_LINE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                     G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT64);
    /** KabLineList::price-changed: of which line, and what was entered, in minor units. */
    signals[PRICE_CHANGED] =
        g_signal_new("price-changed", KAB_TYPE_LINE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                     G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_INT64);
    /** KabLineList::remove: which line is to be taken out. */
    signals[REMOVE] = g_signal_new("remove", KAB_TYPE_LINE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
    /** KabLineList::more: more lines are wanted: call kab_line_list_set_order() again. */
    signals[MORE] = g_signal_new("more", KAB_TYPE_LINE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-line-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabLineList, list_box);
    gtk_widget_class_bind_template_child(widget_class, KabLineList, more_button);
    gtk_widget_class_bind_template_callback(widget_class, on_more_clicked);
}

static void
kab_line_list_init(KabLineList *self)
{
    self->limit = STEP;
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_line_list_set_order(KabLineList *self, const KabOrder *order)
{
    guint wanted = MIN(order->lines->len, self->limit);
    guint same = MIN(count_same(self, order), wanted);
    guint left = order->lines->len - wanted;

    while (self->n_rows > same) {
        GtkWidget *row = GTK_WIDGET(kab_line_list_get_row(self, self->n_rows - 1));

        gtk_list_box_remove(self->list_box, row);
        self->n_rows--;
    }
    while (self->n_rows < wanted)
        add_row(self);
    for (guint i = 0; i < wanted; i++)
        kab_line_row_set_line(kab_line_list_get_row(self, i), kab_order_get_line(order, i));

    gtk_widget_set_visible(GTK_WIDGET(self->more_button), left > 0);
    if (left > 0) {
        guint n = MIN(left, STEP);
        g_autofree char *text = g_strdup_printf(
            g_dngettext(GETTEXT_PACKAGE, "Show %u more line", "Show %u more lines", n), n);

        gtk_button_set_label(self->more_button, text);
    }
}

KabLineRow *
kab_line_list_get_row(KabLineList *self, guint i)
{
    GtkListBoxRow *row = gtk_list_box_get_row_at_index(self->list_box, (int)i);

    return row != NULL ? KAB_LINE_ROW(row) : NULL;
}
