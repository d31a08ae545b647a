/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-growing-list.h"
#include "kab-pager.h"
#include "kab-product-list.h"
#include "kab-product-row.h"
#include "kab-stack.h"

/* Less than a tile ever takes, in pixels. */
#define MIN_TILE 130

struct _KabProductList {
    AdwBin parent_instance;

    GtkStack *stack;
    GtkScrolledWindow *list_scrolled;
    GtkListView *list_view;
    GtkScrolledWindow *grid_scrolled;
    GtkGridView *grid_view;

    KabClient *client;         /* (owned) (nullable) */
    KabPagedList *products;    /* (owned) (nullable) */
    GtkNoSelection *selection; /* (owned) (nullable) */
    KabPager *list_pager;      /* (owned) */
    KabPager *grid_pager;      /* (owned) */
    gboolean grid;
    guint top; /* which product stood at the top when the view was changed */
    guint scroll_idle;
    guint columns_idle;
};

G_DEFINE_FINAL_TYPE(KabProductList, kab_product_list, ADW_TYPE_BIN)

enum {
    ADD,
    OPEN,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_row_add(KabProductList *self, KabItem *item, gint64 milli)
{
    g_signal_emit(self, signals[ADD], 0, item, milli);
}

static void
set_up(KabProductList *self, GtkListItem *item, gboolean tile)
{
    const KabUser *user = kab_client_get_user(self->client);
    gboolean may_order = user != NULL && kab_role_may(user->role, KAB_RIGHT_ORDER);
    KabProductRow *row = kab_product_row_new(self->client, may_order, tile);

    g_signal_connect_object(row, "add", G_CALLBACK(on_row_add), self, G_CONNECT_SWAPPED);
    gtk_list_item_set_child(item, GTK_WIDGET(row));
}

static void
on_row_setup(KabProductList *self, GtkListItem *item)
{
    set_up(self, item, FALSE);
}

static void
on_tile_setup(KabProductList *self, GtkListItem *item)
{
    set_up(self, item, TRUE);
}

static void
on_row_bind(KabProductList *self G_GNUC_UNUSED, GtkListItem *item)
{
    kab_product_row_set_item(KAB_PRODUCT_ROW(gtk_list_item_get_child(item)),
                             gtk_list_item_get_item(item));
}

static void
on_row_unbind(KabProductList *self G_GNUC_UNUSED, GtkListItem *item)
{
    kab_product_row_set_item(KAB_PRODUCT_ROW(gtk_list_item_get_child(item)), NULL);
}

/* Enter, or a click. */
static void
on_row_activated(KabProductList *self, guint position)
{
    g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(self->products), position);

    if (item != NULL && kab_item_get_value(item) != NULL)
        g_signal_emit(self, signals[OPEN], 0, item);
}

static void
on_pager_more(KabProductList *self)
{
    kab_paged_list_more(self->products);
}

static void
give_model(KabProductList *self)
{
    GtkSelectionModel *model = GTK_SELECTION_MODEL(self->selection);

    gtk_list_view_set_model(self->list_view, self->grid ? NULL : model);
    gtk_grid_view_set_model(self->grid_view, self->grid ? model : NULL);
    kab_stack_show(self->stack, self->grid ? "grid" : "list");
}

static gboolean
scroll(gpointer data)
{
    KabProductList *self = data;
    GtkWidget *view = self->grid ? GTK_WIDGET(self->grid_view) : GTK_WIDGET(self->list_view);

    self->scroll_idle = 0;
    if (self->top < g_list_model_get_n_items(G_LIST_MODEL(self->products)))
        gtk_widget_activate_action(view, "list.scroll-to-item", "u", self->top);
    return G_SOURCE_REMOVE;
}

static gboolean
limit_columns(gpointer data)
{
    KabProductList *self = data;
    GtkAdjustment *across = gtk_scrolled_window_get_hadjustment(self->grid_scrolled);

    self->columns_idle = 0;
    gtk_grid_view_set_max_columns(self->grid_view,
                                  (guint)(gtk_adjustment_get_page_size(across) / MIN_TILE) + 1);
    return G_SOURCE_REMOVE;
}

/* A grid makes thirty rows of as many tiles as there may be columns, seen or not. It has been given
 * its size just now: nothing may change before it is laid out. */
static void
on_width_changed(KabProductList *self)
{
    if (self->columns_idle == 0 && self->products != NULL)
        self->columns_idle = g_idle_add(limit_columns, self);
}

static void
kab_product_list_dispose(GObject *object)
{
    KabProductList *self = KAB_PRODUCT_LIST(object);

    g_clear_handle_id(&self->scroll_idle, g_source_remove);
    g_clear_handle_id(&self->columns_idle, g_source_remove);
    if (self->list_view != NULL) {
        gtk_list_view_set_model(self->list_view, NULL);
        gtk_grid_view_set_model(self->grid_view, NULL);
    }
    g_clear_object(&self->list_pager);
    g_clear_object(&self->grid_pager);
    g_clear_object(&self->selection);
    g_clear_object(&self->products);
    g_clear_object(&self->client);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_PRODUCT_LIST);
    G_OBJECT_CLASS(kab_product_list_parent_class)->dispose(object);
}

static void
kab_product_list_class_init(KabProductListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_product_list_dispose;

    /** KabProductList::add: put this many thousandths more of the item into the basket. */
    signals[ADD] = g_signal_new("add", KAB_TYPE_PRODUCT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, KAB_TYPE_ITEM, G_TYPE_INT64);
    /** KabProductList::open: show the card of the item. */
    signals[OPEN] = g_signal_new("open", KAB_TYPE_PRODUCT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, KAB_TYPE_ITEM);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-product-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabProductList, stack);
    gtk_widget_class_bind_template_child(widget_class, KabProductList, list_scrolled);
    gtk_widget_class_bind_template_child(widget_class, KabProductList, list_view);
    gtk_widget_class_bind_template_child(widget_class, KabProductList, grid_scrolled);
    gtk_widget_class_bind_template_child(widget_class, KabProductList, grid_view);
    gtk_widget_class_bind_template_callback(widget_class, on_row_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_tile_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_row_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_unbind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
}

static KabPager *
make_pager(KabProductList *self, GtkScrolledWindow *scrolled)
{
    KabPager *pager = kab_pager_new(scrolled);

    g_signal_connect_object(pager, "more", G_CALLBACK(on_pager_more), self, G_CONNECT_SWAPPED);
    return pager;
}

static void
kab_product_list_init(KabProductList *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    self->list_pager = make_pager(self, self->list_scrolled);
    self->grid_pager = make_pager(self, self->grid_scrolled);
    g_signal_connect_object(gtk_scrolled_window_get_hadjustment(self->grid_scrolled),
                            "notify::page-size", G_CALLBACK(on_width_changed), self,
                            G_CONNECT_SWAPPED);
    kab_stack_show(self->stack, "list");
}

void
kab_product_list_set_products(KabProductList *self, KabClient *client, KabPagedList *products)
{
    KabGrowingList *growing;

    self->client = g_object_ref(client);
    self->products = g_object_ref(products);
    growing = kab_growing_list_new(G_LIST_MODEL(products));
    kab_growing_list_hold(growing, self->list_pager);
    kab_growing_list_hold(growing, self->grid_pager);
    self->selection = gtk_no_selection_new(G_LIST_MODEL(growing));
    give_model(self);
}

void
kab_product_list_set_grid(KabProductList *self, gboolean grid)
{
    GtkScrolledWindow *left = self->grid ? self->grid_scrolled : self->list_scrolled;
    GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment(left);
    double part =
        gtk_adjustment_get_value(adjustment) / MAX(gtk_adjustment_get_upper(adjustment), 1);

    if (self->grid == grid)
        return;
    self->grid = grid;
    if (self->products == NULL)
        return;
    self->top = (guint)(part * g_list_model_get_n_items(G_LIST_MODEL(self->products)));
    give_model(self);
    kab_product_list_watch_end(self);
    if (self->scroll_idle == 0 && self->top > 0)
        self->scroll_idle = g_idle_add_full(G_PRIORITY_LOW, scroll, self, NULL);
}

gboolean
kab_product_list_is_grid(KabProductList *self)
{
    return self->grid;
}

/* Only the view that is shown may ask. */
void
kab_product_list_watch_end(KabProductList *self)
{
    const char *next = kab_paged_list_has_more(self->products) ? "more" : NULL;

    kab_pager_set_next(self->list_pager, self->grid ? NULL : next);
    kab_pager_set_next(self->grid_pager, self->grid ? next : NULL);
}

void
kab_product_list_scroll_to_top(KabProductList *self)
{
    gtk_adjustment_set_value(gtk_scrolled_window_get_vadjustment(self->list_scrolled), 0);
    gtk_adjustment_set_value(gtk_scrolled_window_get_vadjustment(self->grid_scrolled), 0);
}

/* The row that has the focus, or in which something has it. */
void
kab_product_list_add_focused(KabProductList *self)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;
    GtkWidget *row;

    if (focus == NULL || !gtk_widget_is_ancestor(focus, GTK_WIDGET(self)))
        return;
    row = gtk_widget_get_ancestor(focus, KAB_TYPE_PRODUCT_ROW);
    if (row == NULL)
        row = gtk_widget_get_first_child(focus);
    if (KAB_IS_PRODUCT_ROW(row))
        kab_product_row_add(KAB_PRODUCT_ROW(row));
}
