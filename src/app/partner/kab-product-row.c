/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-product-format.h"
#include "kab-product-row.h"
#include "kab-product.h"
#include "kab-quantity-spin.h"
#include "kab-reflow.h"
#include "kab-thumbnail.h"

#include <glib/gi18n-lib.h>

#define LIST_PICTURE 48
#define GRID_PICTURE 132
#define TILE_CHARS 14
#define NAME_LINES 2
#define CAPTION_SPACING 9 /* as in the template */

struct _KabProductRow {
    AdwBin parent_instance;

    GtkBox *lead_box;
    KabThumbnail *thumbnail;
    GtkBox *caption_box;
    GtkInscription *name_label;
    GtkWidget *detail_label; /* this and the next are labels, and in a tile inscriptions */
    GtkWidget *stock_label;
    GtkWidget *basket_label;
    GtkWidget *price_label;
    GtkBox *order_box;
    GtkSpinButton *spin;
    GtkButton *add_button;

    KabClient *client; /* (owned) */
    KabItem *item;     /* (owned) (nullable) */
    gulong changed_id;
    gboolean may_order;
    gboolean tile;
    gboolean setting; /* the spin is being set by the program */
    int name_width;   /* pixels that the name takes in one line; -1: not measured */
    guint name_lines;
    guint fit_idle;
};

G_DEFINE_FINAL_TYPE(KabProductRow, kab_product_row, ADW_TYPE_BIN)

enum {
    ADD,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_css_class(GtkWidget *label, const char *name, gboolean has)
{
    if (has)
        gtk_widget_add_css_class(label, name);
    else
        gtk_widget_remove_css_class(label, name);
}

/* A list measures some two hundred rows, of which a dozen are seen. Texts whose room does not
 * depend on what they say cost nothing there when the row shows another product; only the name is
 * looked at, whether it needs its second line. */

static void
set_name_lines(KabProductRow *self, guint lines)
{
    self->name_lines = lines;
    gtk_inscription_set_min_lines(self->name_label, lines);
    gtk_inscription_set_nat_lines(self->name_label, lines);
}

static void
fit_name(KabProductRow *self)
{
    int width = gtk_widget_get_width(GTK_WIDGET(self->name_label));
    guint lines;

    if (self->tile || width <= 0)
        return;
    if (self->name_width < 0) {
        g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout(
            GTK_WIDGET(self->name_label), gtk_inscription_get_text(self->name_label));

        pango_layout_get_pixel_size(layout, &self->name_width, NULL);
    }
    lines = self->name_width > width ? NAME_LINES : 1;
    if (lines != self->name_lines)
        set_name_lines(self, lines);
}

static void
set_name(KabProductRow *self, const char *name)
{
    gtk_inscription_set_text(self->name_label, name);
    self->name_width = -1;
    fit_name(self);
}

/* What is said below the name stands in one line where there is room for it, as there is none in a
 * narrow window with large letters. */
static void
fit_caption(KabProductRow *self)
{
    GtkWidget *const labels[] = {self->detail_label, self->stock_label, self->basket_label};
    int width = gtk_widget_get_width(GTK_WIDGET(self->name_label));
    int needed = -CAPTION_SPACING;
    GtkOrientation orientation;

    if (self->tile || width <= 0)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++) {
        int natural = 0;

        if (!gtk_widget_get_visible(labels[i]))
            continue;
        gtk_widget_measure(labels[i], GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
        needed += natural + CAPTION_SPACING;
    }
    orientation = needed > width ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;
    if (gtk_orientable_get_orientation(GTK_ORIENTABLE(self->caption_box)) == orientation)
        return;
    gtk_orientable_set_orientation(GTK_ORIENTABLE(self->caption_box), orientation);
    gtk_box_set_spacing(self->caption_box,
                        orientation == GTK_ORIENTATION_HORIZONTAL ? CAPTION_SPACING : 0);
}

static gboolean
fit_soon(gpointer data)
{
    KabProductRow *self = data;

    self->fit_idle = 0;
    fit_name(self);
    fit_caption(self);
    return G_SOURCE_REMOVE;
}

static void
set_text(GtkWidget *label, const char *text)
{
    if (GTK_IS_LABEL(label))
        gtk_label_set_text(GTK_LABEL(label), text);
    else
        gtk_inscription_set_text(GTK_INSCRIPTION(label), text);
}

/* A price is never cut: in a tile it gets the room that it needs. */
static void
set_price(KabProductRow *self, const char *price)
{
    guint chars = MAX(TILE_CHARS, (guint)g_utf8_strlen(price, -1));

    set_text(self->price_label, price);
    if (self->tile && gtk_inscription_get_min_chars(GTK_INSCRIPTION(self->price_label)) != chars)
        gtk_inscription_set_min_chars(GTK_INSCRIPTION(self->price_label), chars);
}

/* In a grid all tiles have the same lines, whether there is something to say or not. */
static void
show_caption(KabProductRow *self, GtkWidget *label, const char *text)
{
    set_text(label, text);
    gtk_widget_set_visible(label, self->tile || *text != '\0');
}

/* The row of a product that is not here yet: what it is made of keeps its place. */
static void
show_nothing(KabProductRow *self)
{
    set_name(self, "…");
    show_caption(self, self->detail_label, "");
    show_caption(self, self->stock_label, "");
    show_caption(self, self->basket_label, "");
    set_text(self->price_label, "");
    gtk_widget_set_visible(GTK_WIDGET(self->order_box), FALSE);
    kab_thumbnail_clear(self->thumbnail);
}

static void
name_controls(KabProductRow *self, const KabProduct *product)
{
    g_autofree char *add = g_strdup_printf(_("Add “%s” to the basket"), product->name);
    g_autofree char *quantity = g_strdup_printf(_("Quantity of “%s”"), product->name);

    gtk_accessible_update_property(GTK_ACCESSIBLE(self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   add, -1);
    gtk_accessible_update_property(GTK_ACCESSIBLE(self->spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   quantity, -1);
}

/* A screen reader reads the row, or the widget of the list around it. */
static void
name_row(KabProductRow *self, const char *name)
{
    GtkWidget *parent = gtk_widget_get_parent(GTK_WIDGET(self));

    gtk_accessible_update_property(GTK_ACCESSIBLE(self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    if (parent != NULL)
        gtk_accessible_update_property(GTK_ACCESSIBLE(parent), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                       -1);
}

static void
show(KabProductRow *self)
{
    const KabProduct *product = kab_item_get_value(self->item);
    g_autofree char *price = NULL;
    g_autofree char *stock = NULL;
    g_autofree char *amount = NULL;
    g_autofree char *in_basket = NULL;
    gint64 draft = kab_item_get_draft(self->item);

    if (product == NULL) {
        show_nothing(self);
        name_row(self, _("Loading…"));
        return;
    }
    price = kab_product_format_price(product);
    stock = kab_product_format_stock(product);
    amount = kab_format_amount(product->in_basket, product->unit);
    in_basket = g_strdup_printf(_("%s in the basket"), amount);
    kab_thumbnail_show(self->thumbnail, self->client, product->id, 1,
                       product->pictures != NULL ? g_ptr_array_index(product->pictures, 0) : NULL);
    set_name(self, product->name);
    show_caption(self, self->detail_label, product->article != NULL ? product->article : "");
    show_caption(self, self->stock_label, stock);
    set_css_class(self->stock_label, "none", !product->has_stock || product->stock.milli <= 0);
    set_css_class(self->stock_label, "old", kab_product_is_old(product));
    show_caption(self, self->basket_label, product->in_basket.milli > 0 ? in_basket : "");
    fit_caption(self);
    set_price(self, price);
    gtk_widget_set_visible(GTK_WIDGET(self->order_box), self->may_order && product->has_price);
    self->setting = TRUE;
    kab_quantity_spin_set_step(self->spin, product->step);
    kab_quantity_spin_set(self->spin, draft != 0 ? (KabQuantity){draft}
                                                 : kab_product_get_first_quantity(product));
    self->setting = FALSE;
    name_controls(self, product);
    name_row(self, product->name);
}

static void
on_spin_value_changed(KabProductRow *self)
{
    if (!self->setting && self->item != NULL && kab_item_get_value(self->item) != NULL)
        kab_item_set_draft(self->item, kab_quantity_spin_get(self->spin).milli);
}

static void
on_add_clicked(KabProductRow *self)
{
    kab_product_row_add(self);
}

static void
kab_product_row_dispose(GObject *object)
{
    kab_product_row_set_item(KAB_PRODUCT_ROW(object), NULL);
    g_clear_handle_id(&KAB_PRODUCT_ROW(object)->fit_idle, g_source_remove);
    g_clear_object(&KAB_PRODUCT_ROW(object)->client);
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_PRODUCT_ROW);
    G_OBJECT_CLASS(kab_product_row_parent_class)->dispose(object);
}

/* A list never gives the focus to an item in which something else can have it: then there would be
 * no key to open a card. The row itself takes it first, and Tab leads into the row. */
static gboolean
kab_product_row_grab_focus(GtkWidget *widget)
{
    GtkRoot *root = gtk_widget_get_root(widget);

    if (root != NULL)
        gtk_root_set_focus(root, widget);
    return root != NULL;
}

static gboolean
kab_product_row_focus(GtkWidget *widget, GtkDirectionType direction)
{
    GtkWidget *child = adw_bin_get_child(ADW_BIN(widget));
    GtkRoot *root = gtk_widget_get_root(widget);
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;
    gboolean inside = focus != NULL && focus != widget && gtk_widget_is_ancestor(focus, widget);
    gboolean back = direction == GTK_DIR_TAB_BACKWARD;

    if (direction != GTK_DIR_TAB_FORWARD && !back)
        return focus != widget && !inside && gtk_widget_grab_focus(widget);
    if (focus == widget)
        return !back && gtk_widget_child_focus(child, direction);
    if (inside)
        return gtk_widget_child_focus(child, direction) || (back && gtk_widget_grab_focus(widget));
    return (back && gtk_widget_child_focus(child, direction)) || gtk_widget_grab_focus(widget);
}

static void
kab_product_row_measure(GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                        int *natural, int *minimum_baseline, int *natural_baseline)
{
    gtk_widget_measure(adw_bin_get_child(ADW_BIN(widget)), orientation, for_size, minimum, natural,
                       minimum_baseline, natural_baseline);
}

static GtkSizeRequestMode
kab_product_row_get_request_mode(GtkWidget *widget)
{
    return gtk_widget_get_request_mode(adw_bin_get_child(ADW_BIN(widget)));
}

/* How much room the name has is known now; nothing may change its size before all have theirs. */
static void
kab_product_row_size_allocate(GtkWidget *widget, int width, int height, int baseline)
{
    KabProductRow *self = KAB_PRODUCT_ROW(widget);
    int before = gtk_widget_get_width(GTK_WIDGET(self->name_label));

    gtk_widget_allocate(adw_bin_get_child(ADW_BIN(widget)), width, height, baseline, NULL);
    if (before != gtk_widget_get_width(GTK_WIDGET(self->name_label)) && self->fit_idle == 0)
        self->fit_idle = g_idle_add_full(G_PRIORITY_HIGH_IDLE, fit_soon, self, NULL);
}

static void
kab_product_row_class_init(KabProductRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_product_row_dispose;
    widget_class->grab_focus = kab_product_row_grab_focus;
    widget_class->focus = kab_product_row_focus;
    widget_class->get_request_mode = kab_product_row_get_request_mode;
    widget_class->measure = kab_product_row_measure;
    widget_class->size_allocate = kab_product_row_size_allocate;
    gtk_widget_class_set_css_name(widget_class, "productrow");
    gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

    /** KabProductRow::add: put this many thousandths more of the item into the basket. */
    signals[ADD] = g_signal_new("add", KAB_TYPE_PRODUCT_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, KAB_TYPE_ITEM, G_TYPE_INT64);

    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_THUMBNAIL);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-product-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, lead_box);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, thumbnail);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, caption_box);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, name_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, stock_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, basket_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, price_label);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, order_box);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, spin);
    gtk_widget_class_bind_template_child(widget_class, KabProductRow, add_button);
    gtk_widget_class_bind_template_callback(widget_class, on_spin_value_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_add_clicked);
}

static void
kab_product_row_init(KabProductRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    gtk_widget_set_layout_manager(GTK_WIDGET(self), NULL);
    set_name_lines(self, 1);
    gtk_widget_set_focusable(GTK_WIDGET(self), TRUE);
    kab_quantity_spin_prepare(self->spin);
    /* Enter behind a quantity puts it into the basket. */
    g_signal_connect_object(gtk_editable_get_delegate(GTK_EDITABLE(self->spin)), "activate",
                            G_CALLBACK(on_add_clicked), self, G_CONNECT_SWAPPED);
}

static void
move(GtkWidget *child, GtkBox *to)
{
    g_object_ref(child);
    gtk_widget_unparent(child);
    gtk_box_append(to, child);
    g_object_unref(child);
}

/* In place of @label, with its looks and no more room than @chars at least, which are a tile's at
 * most: what a tile says never changes its size. */
static GtkWidget *
inscribe(GtkWidget *label, GtkBox *to, guint chars)
{
    GtkWidget *made = gtk_inscription_new(NULL);
    g_auto(GStrv) classes = gtk_widget_get_css_classes(label);

    gtk_widget_set_css_classes(made, (const char **)classes);
    gtk_inscription_set_min_chars(GTK_INSCRIPTION(made), chars);
    gtk_inscription_set_nat_chars(GTK_INSCRIPTION(made), TILE_CHARS);
    gtk_inscription_set_text_overflow(GTK_INSCRIPTION(made),
                                      GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
    gtk_widget_unparent(label);
    gtk_box_append(to, made);
    return made;
}

/* The same parts, one above the other. */
static void
stand_up(KabProductRow *self)
{
    GtkBox *box = GTK_BOX(gtk_box_new(GTK_ORIENTATION_VERTICAL, 6));
    GtkOrientable *const lying[] = {GTK_ORIENTABLE(self->lead_box),
                                    GTK_ORIENTABLE(self->caption_box)};

    for (gsize i = 0; i < G_N_ELEMENTS(lying); i++)
        gtk_orientable_set_orientation(lying[i], GTK_ORIENTATION_VERTICAL);
    gtk_box_set_spacing(self->caption_box, 0);
    gtk_box_set_spacing(self->lead_box, 6);
    move(GTK_WIDGET(self->lead_box), box);
    self->detail_label = inscribe(self->detail_label, self->caption_box, 3);
    self->stock_label = inscribe(self->stock_label, self->caption_box, 3);
    self->basket_label = inscribe(self->basket_label, self->caption_box, 3);
    self->price_label = inscribe(self->price_label, box, TILE_CHARS);
    gtk_inscription_set_min_chars(self->name_label, TILE_CHARS);
    gtk_inscription_set_yalign(self->name_label, 0);
    set_name_lines(self, NAME_LINES);
    gtk_editable_set_width_chars(GTK_EDITABLE(self->spin), 3);
    gtk_widget_set_hexpand(GTK_WIDGET(self->spin), TRUE);
    gtk_widget_set_vexpand(GTK_WIDGET(self->lead_box), TRUE);
    move(GTK_WIDGET(self->order_box), box);
    adw_bin_set_child(ADW_BIN(self), GTK_WIDGET(box));
    gtk_widget_add_css_class(GTK_WIDGET(box), "tile");
}

KabProductRow *
kab_product_row_new(KabClient *client, gboolean may_order, gboolean tile)
{
    KabProductRow *self = g_object_new(KAB_TYPE_PRODUCT_ROW, NULL);

    self->client = g_object_ref(client);
    self->may_order = may_order;
    self->tile = tile;
    kab_thumbnail_set_size(self->thumbnail, tile ? GRID_PICTURE : LIST_PICTURE);
    if (tile)
        stand_up(self);
    return self;
}

void
kab_product_row_set_item(KabProductRow *self, KabItem *item)
{
    if (self->item != NULL)
        g_clear_signal_handler(&self->changed_id, self->item);
    g_set_object(&self->item, item);
    if (item == NULL) {
        if (self->client != NULL)
            kab_thumbnail_stop(self->thumbnail);
        return;
    }
    self->changed_id = g_signal_connect_swapped(item, "changed", G_CALLBACK(show), self);
    show(self);
}

KabItem *
kab_product_row_get_item(KabProductRow *self)
{
    return self->item;
}

void
kab_product_row_add(KabProductRow *self)
{
    const KabProduct *product;
    KabQuantity quantity;

    product = self->item != NULL ? kab_item_get_value(self->item) : NULL;
    if (product == NULL || !self->may_order)
        return;
    gtk_spin_button_update(self->spin); /* what is typed counts without Enter */
    quantity = kab_quantity_spin_get(self->spin);
    if (product->has_price && kab_quantity_check_order(quantity, NULL))
        g_signal_emit(self, signals[ADD], 0, self->item, quantity.milli);
}
