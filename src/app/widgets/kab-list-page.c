/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-growing-list.h"
#include "kab-list-page.h"
#include "kab-page-view.h"
#include "kab-pager.h"
#include "kab-reflow.h"
#include "kab-shrink.h"
#include "kab-stack.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 100

typedef struct {
    KabPageView *view;
    GtkWidget *filter_box;
    GtkBox *tools_box;
    AdwBin *footer_bin;
    GtkDropDown *filter_dropdown;
    GtkWidget *search; /* (nullable) */
    GtkStack *stack;
    GtkScrolledWindow *scrolled;
    GtkListView *list_view;
    AdwStatusPage *nothing_page;

    gboolean for_base;
    GListStore *items;     /* (owned) (element-type KabItem) */
    KabPager *pager;       /* (owned) */
    gboolean loading_more; /* the load is that of a further page */
    gboolean new_query;    /* what is waited for belongs to another filter than what is shown */

    /* Of a live list. */
    GtkButton *news_button;
    GtkEventControllerMotion *motion; /* (nullable): in the list */
    guint n_news;                     /* what has come and is not shown yet */
} KabListPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE(KabListPage, kab_list_page, KAB_TYPE_DATA_PAGE)

enum {
    PROP_0,
    PROP_FOR_BASE,
    N_PROPS,
};

static GParamSpec *props[N_PROPS];

static KabListPagePrivate *
get(KabListPage *self)
{
    return kab_list_page_get_instance_private(self);
}

static GPtrArray *
take_items(KabListPage *self, KabPage *page)
{
    GPtrArray *items = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < page->items->len; i++) {
        gpointer value = g_steal_pointer(&page->items->pdata[i]);

        g_ptr_array_add(items, KAB_LIST_PAGE_GET_CLASS(self)->make_item(value));
    }
    return items;
}

static gboolean
is_filtered(KabListPage *self)
{
    KabListPageClass *klass = KAB_LIST_PAGE_GET_CLASS(self);

    return kab_list_page_get_filter(self) != 0 ||
           (klass->is_filtered != NULL && klass->is_filtered(self));
}

/* Nothing moves under the pointer, or while somebody reads what is further down. */
static gboolean
is_looked_at(KabListPage *self)
{
    KabListPagePrivate *priv = get(self);
    GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment(priv->scrolled);

    return gtk_event_controller_motion_contains_pointer(priv->motion) ||
           gtk_adjustment_get_value(adjustment) > gtk_adjustment_get_lower(adjustment);
}

static void
tell_news(KabListPage *self, guint n)
{
    KabListPagePrivate *priv = get(self);
    g_autofree char *text =
        n < PAGE_SIZE ? g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u new", "%u new", n), n)
                      : g_strdup(_("Many new ones"));

    priv->n_news = n;
    gtk_button_set_label(priv->news_button, text);
    gtk_widget_set_visible(GTK_WIDGET(priv->news_button), n > 0);
}

/* How many of @items stand before what is shown. */
static guint
count_news(KabListPage *self, const GPtrArray *items)
{
    g_autoptr(KabItem) first = g_list_model_get_item(G_LIST_MODEL(get(self)->items), 0);
    guint n = 0;

    while (first != NULL && n < items->len &&
           g_strcmp0(kab_item_get_key(items->pdata[n]), kab_item_get_key(first)) != 0)
        n++;
    return first != NULL ? n : 0;
}

/* What is new comes before the rest, which stays as it is. Returns: whether that was all. */
static gboolean
show_news(KabListPage *self, const GPtrArray *items)
{
    KabListPagePrivate *priv = get(self);
    guint n = count_news(self, items);

    if (n > 0 && is_looked_at(self)) {
        tell_news(self, n);
        return TRUE;
    }
    tell_news(self, 0);
    if (n == 0 || n == items->len)
        return FALSE;
    g_list_store_splice(priv->items, 0, 0, items->pdata, n);
    /* A list view keeps in sight what was there; what is new stands above it. */
    gtk_widget_activate_action(GTK_WIDGET(priv->list_view), "list.scroll-to-item", "u", 0);
    return TRUE;
}

static void
show_items(KabListPage *self, KabPage *page)
{
    KabListPagePrivate *priv = get(self);
    g_autoptr(GPtrArray) items = take_items(self, page);
    gboolean kept = FALSE;
    guint n = g_list_model_get_n_items(G_LIST_MODEL(priv->items));

    if (priv->motion != NULL && !priv->new_query && show_news(self, items)) {
        kab_pager_set_next(priv->pager, kab_pager_get_next(priv->pager));
        kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
        return;
    }
    if (priv->motion != NULL)
        tell_news(self, 0);
    if (priv->new_query)
        g_list_store_splice(priv->items, 0, n, items->pdata, items->len);
    else
        kept = kab_item_merge(priv->items, items, page->next != NULL);
    priv->new_query = FALSE;
    kab_pager_set_next(priv->pager, kept ? kab_pager_get_next(priv->pager) : page->next);
    n = g_list_model_get_n_items(G_LIST_MODEL(priv->items));
    kab_stack_show(priv->stack, n > 0 ? "list" : "nothing");
    kab_data_page_loaded(KAB_DATA_PAGE(self), n == 0 && !is_filtered(self));
}

static void
add_items(KabListPage *self, KabPage *page)
{
    KabListPagePrivate *priv = get(self);
    g_autoptr(GPtrArray) items = take_items(self, page);

    g_list_store_splice(priv->items, g_list_model_get_n_items(G_LIST_MODEL(priv->items)), 0,
                        items->pdata, items->len);
    kab_pager_set_next(priv->pager, page->next);
    kab_data_page_answered(KAB_DATA_PAGE(self));
}

/* A call for a page of the list. */
typedef struct {
    KabListPage *self; /* gone if the call was cancelled */
    KabListPageClass *klass;
} Listing;

static void
on_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autofree Listing *listing = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = listing->klass->list_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL)
        kab_data_page_fail_load(KAB_DATA_PAGE(listing->self), error);
    else if (get(listing->self)->loading_more)
        add_items(listing->self, page);
    else
        show_items(listing->self, page);
}

static void
list_items(KabListPage *self, const char *after)
{
    GCancellable *cancellable = kab_data_page_begin_load(KAB_DATA_PAGE(self));
    Listing *listing = g_new0(Listing, 1);

    listing->self = self;
    listing->klass = KAB_LIST_PAGE_GET_CLASS(self);
    get(self)->loading_more = after != NULL;
    listing->klass->list(self, after, PAGE_SIZE, cancellable, on_listed, listing);
}

static void
kab_list_page_load(KabDataPage *page)
{
    list_items(KAB_LIST_PAGE(page), NULL);
}

static void
on_pager_more(KabListPage *self)
{
    list_items(self, kab_pager_get_next(get(self)->pager));
}

static void
on_filter_selected(KabListPage *self)
{
    kab_list_page_ask_anew(self);
}

static void
on_looked_away(KabListPage *self)
{
    if (get(self)->n_news > 0 && gtk_widget_get_mapped(GTK_WIDGET(self)) && !is_looked_at(self))
        list_items(self, NULL);
}

static void
on_news_clicked(KabListPage *self)
{
    kab_list_page_show_news(self);
}

static void
on_row_activated(KabListPage *self, guint position)
{
    g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(get(self)->items), position);

    if (item != NULL)
        KAB_LIST_PAGE_GET_CLASS(self)->open(self, item);
}

static void
on_row_setup(KabListPage *self, GtkListItem *item)
{
    gtk_list_item_set_child(item, KAB_LIST_PAGE_GET_CLASS(self)->make_row(self));
}

static void
on_row_bind(KabListPage *self, GtkListItem *list_item)
{
    KabItem *item = gtk_list_item_get_item(list_item);
    GtkWidget *row = gtk_list_item_get_child(list_item);
    g_autofree char *name = KAB_LIST_PAGE_GET_CLASS(self)->dup_name(item);

    KAB_LIST_PAGE_GET_CLASS(self)->set_row(row, item);
    gtk_accessible_update_property(GTK_ACCESSIBLE(gtk_widget_get_parent(row)),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_row_unbind(KabListPage *self, GtkListItem *list_item)
{
    KAB_LIST_PAGE_GET_CLASS(self)->set_row(gtk_list_item_get_child(list_item), NULL);
}

static gboolean
kab_list_page_focus_search(KabDataPage *page)
{
    GtkWidget *search = get(KAB_LIST_PAGE(page))->search;

    return search != NULL && gtk_widget_grab_focus(search);
}

static void
kab_list_page_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_FOR_BASE)
        get(KAB_LIST_PAGE(object))->for_base = g_value_get_boolean(value);
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
kab_list_page_dispose(GObject *object)
{
    KabListPagePrivate *priv = get(KAB_LIST_PAGE(object));

    if (priv->list_view != NULL)
        gtk_list_view_set_model(priv->list_view, NULL);
    g_clear_object(&priv->pager);
    g_clear_object(&priv->items);
    /* GTK 4.8 cannot dispose of the template of a parent class; what it holds goes with the page.
     */
    priv->list_view = NULL;
    priv->motion = NULL;
    priv->search = NULL;
    adw_bin_set_child(ADW_BIN(object), NULL);
    G_OBJECT_CLASS(kab_list_page_parent_class)->dispose(object);
}

static void
kab_list_page_class_init(KabListPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_list_page_dispose;
    G_OBJECT_CLASS(klass)->set_property = kab_list_page_set_property;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_list_page_load;
    KAB_DATA_PAGE_CLASS(klass)->focus_search = kab_list_page_focus_search;

    /** KabListPage:for-base: whether it lists objects of a base, and not of a portal. */
    props[PROP_FOR_BASE] =
        g_param_spec_boolean("for-base", NULL, NULL, FALSE,
                             G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(G_OBJECT_CLASS(klass), N_PROPS, props);

    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-list-page.ui");
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, view);
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, filter_box);
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, tools_box);
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, footer_bin);
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, filter_dropdown);
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, stack);
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, scrolled);
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, list_view);
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, nothing_page);
    gtk_widget_class_bind_template_child_private(widget_class, KabListPage, news_button);
    gtk_widget_class_bind_template_callback(widget_class, on_news_clicked);
    gtk_widget_class_bind_template_callback(widget_class, on_filter_selected);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_bind_template_callback(widget_class, on_row_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_row_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_unbind);
}

static void
kab_list_page_init(KabListPage *self)
{
    KabListPagePrivate *priv = get(self);
    g_autoptr(GtkNoSelection) selection = NULL;
    KabGrowingList *growing;

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_stack_show(priv->stack, "list");
    kab_data_page_set_view(KAB_DATA_PAGE(self), priv->view);
    priv->items = g_list_store_new(KAB_TYPE_ITEM);
    priv->pager = kab_pager_new(priv->scrolled);
    growing = kab_growing_list_new(G_LIST_MODEL(priv->items));
    kab_growing_list_hold(growing, priv->pager);
    selection = gtk_no_selection_new(G_LIST_MODEL(growing));
    gtk_list_view_set_model(priv->list_view, GTK_SELECTION_MODEL(selection));
    g_signal_connect_object(priv->pager, "more", G_CALLBACK(on_pager_more), self,
                            G_CONNECT_SWAPPED);
}

void
kab_list_page_set_up(KabListPage *self, const KabListPageTexts *texts, const char *filter_name,
                     const char *const *filters)
{
    KabListPagePrivate *priv = get(self);

    g_object_set(priv->view, "empty-icon-name", texts->icon_name, "empty-title", texts->empty_title,
                 "empty-description", texts->empty_text, NULL);
    kab_list_page_set_nothing_text(self, texts->nothing_text);
    gtk_accessible_update_property(GTK_ACCESSIBLE(priv->list_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   texts->list_name, -1);
    gtk_widget_set_visible(priv->filter_box, filters != NULL);
    if (filters != NULL) {
        g_autoptr(GtkStringList) titles = gtk_string_list_new(filters);

        gtk_drop_down_set_model(priv->filter_dropdown, G_LIST_MODEL(titles));
        gtk_accessible_update_property(GTK_ACCESSIBLE(priv->filter_dropdown),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, filter_name, -1);
    }
}

void
kab_list_page_set_nothing_text(KabListPage *self, const char *text)
{
    g_autofree char *escaped = text != NULL ? g_markup_escape_text(text, -1) : NULL;

    adw_status_page_set_description(get(self)->nothing_page, escaped);
}

gboolean
kab_list_page_is_for_base(KabListPage *self)
{
    return get(self)->for_base;
}

guint
kab_list_page_get_filter(KabListPage *self)
{
    guint selected = gtk_drop_down_get_selected(get(self)->filter_dropdown);

    return selected != GTK_INVALID_LIST_POSITION ? selected : 0;
}

void
kab_list_page_ask_anew(KabListPage *self)
{
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    get(self)->new_query = TRUE;
    list_items(self, NULL);
}

void
kab_list_page_set_live(KabListPage *self)
{
    KabListPagePrivate *priv = get(self);
    GtkEventController *motion = gtk_event_controller_motion_new();

    gtk_list_view_set_single_click_activate(priv->list_view, TRUE);
    priv->motion = GTK_EVENT_CONTROLLER_MOTION(motion);
    g_signal_connect_object(motion, "notify::contains-pointer", G_CALLBACK(on_looked_away), self,
                            G_CONNECT_SWAPPED);
    gtk_widget_add_controller(GTK_WIDGET(priv->scrolled), motion);
    g_signal_connect_object(gtk_scrolled_window_get_vadjustment(priv->scrolled), "value-changed",
                            G_CALLBACK(on_looked_away), self, G_CONNECT_SWAPPED);
}

void
kab_list_page_show_news(KabListPage *self)
{
    KabListPagePrivate *priv = get(self);

    gtk_adjustment_set_value(gtk_scrolled_window_get_vadjustment(priv->scrolled), 0);
    kab_list_page_ask_anew(self);
}

const char *
kab_list_page_get_first_key(KabListPage *self)
{
    g_autoptr(KabItem) first = g_list_model_get_item(G_LIST_MODEL(get(self)->items), 0);

    return first != NULL ? kab_item_get_key(first) : NULL;
}

void
kab_list_page_add_tools(KabListPage *self, GtkWidget *search, GtkWidget *others)
{
    KabListPagePrivate *priv = get(self);
    GtkWidget *reflow = g_object_new(KAB_TYPE_REFLOW, "start-width", 180, NULL);
    GtkWidget *rest = g_object_new(KAB_TYPE_WRAP, "packed", TRUE, NULL);
    GtkWidget *dropdown = GTK_WIDGET(priv->filter_dropdown);

    priv->search = search;
    kab_shrink_drop_down(priv->filter_dropdown);
    g_object_ref(dropdown);
    gtk_box_remove(priv->tools_box, dropdown);
    gtk_widget_set_parent(dropdown, rest);
    g_object_unref(dropdown);
    gtk_widget_set_parent(others, rest);
    gtk_widget_set_parent(search, reflow);
    gtk_widget_set_parent(rest, reflow);
    gtk_widget_set_hexpand(reflow, TRUE);
    gtk_box_append(priv->tools_box, reflow);
}

void
kab_list_page_add_button(KabListPage *self, GtkWidget *button)
{
    KabListPagePrivate *priv = get(self);

    gtk_widget_set_visible(GTK_WIDGET(priv->filter_dropdown), FALSE);
    gtk_widget_set_visible(priv->filter_box, TRUE);
    gtk_box_append(priv->tools_box, button);
}

KabItem *
kab_list_page_find(KabListPage *self, const char *key)
{
    GListModel *items = G_LIST_MODEL(get(self)->items);

    for (guint i = 0; i < g_list_model_get_n_items(items); i++) {
        g_autoptr(KabItem) item = g_list_model_get_item(items, i);

        if (g_str_equal(kab_item_get_key(item), key))
            return item; /* the list keeps it */
    }
    return NULL;
}

void
kab_list_page_set_footer(KabListPage *self, GtkWidget *footer)
{
    adw_bin_set_child(get(self)->footer_bin, footer);
    gtk_widget_set_visible(GTK_WIDGET(get(self)->footer_bin), TRUE);
}
