/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-catalogue-page.h"
#include "kab-home-page.h"
#include "kab-main-view-private.h"
#include "kab-orders-page.h"

G_DEFINE_FINAL_TYPE(KabMainView, kab_main_view, ADW_TYPE_BIN)

enum {
    PROP_0,
    PROP_TITLE,
    PROP_CAN_GO_BACK,
    PROP_FOLDED,
    PROP_REVEAL_SIDEBAR,
    N_PROPS,
};

enum {
    TOAST,
    CONNECTION,
    SESSION_ENDED,
    N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

void
kab_main_view_toast(KabMainView *self, AdwToast *toast)
{
    g_signal_emit(self, signals[TOAST], 0, toast);
}

static void
on_page_connection(KabMainView *self, const char *message)
{
    if (self->watch == NULL || kab_watch_page_answered(self->watch, message))
        g_signal_emit(self, signals[CONNECTION], 0, message, NULL);
}

void
kab_main_view_end_session(KabMainView *self)
{
    g_signal_emit(self, signals[SESSION_ENDED], 0);
}

/* A change that arrived after the person went on to another page: that page shows it too. */
static void
on_page_basket_changed(KabMainView *self, guint n_products, KabDataPage *page)
{
    KabDataPage *shown = kab_main_view_get_page(self);

    if (self->basket_row != NULL)
        kab_sidebar_row_set_count(self->basket_row, n_products);
    if (shown != page && KAB_IS_HOME_PAGE(shown))
        kab_data_page_reload(shown);
}

void
kab_main_view_update_title(KabMainView *self)
{
    KabDataPage *page = kab_main_view_get_page(self);

    g_free(self->title);
    gtk_widget_set_visible(self->unsent_bin, KAB_IS_HOME_PAGE(page) || KAB_IS_ORDERS_PAGE(page));
    self->title = g_strdup(page != NULL ? kab_data_page_get_title(page) : "");
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_TITLE]);
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_CAN_GO_BACK]);
}

void
kab_main_view_connect_page(KabMainView *self, KabDataPage *page)
{
    g_signal_connect_object(page, "toast", G_CALLBACK(kab_main_view_toast), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "connection", G_CALLBACK(on_page_connection), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "session-ended", G_CALLBACK(kab_main_view_end_session), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "basket-changed", G_CALLBACK(on_page_basket_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "notify::title", G_CALLBACK(kab_main_view_update_title), self,
                            G_CONNECT_SWAPPED);
}

static void
on_row_selected(KabMainView *self, GtkListBoxRow *row)
{
    if (row != NULL && !self->selecting)
        kab_main_view_show_page(self, kab_sidebar_row_get_page(KAB_SIDEBAR_ROW(row)));
}

/* A list box takes Tab for its next row, and so would open one page after another: Tab leads into
 * the page, and Shift+Tab out of the list. */
static gboolean
on_sidebar_key(KabMainView *self, guint key)
{
    GtkListBoxRow *shown = gtk_list_box_get_selected_row(self->sidebar);

    if (key == GDK_KEY_Tab)
        return gtk_widget_child_focus(GTK_WIDGET(self->stack), GTK_DIR_TAB_FORWARD);
    if (key == GDK_KEY_ISO_Left_Tab) {
        self->selecting = TRUE;
        gtk_widget_grab_focus(GTK_WIDGET(gtk_list_box_get_row_at_index(self->sidebar, 0)));
        if (shown != NULL)
            gtk_list_box_select_row(self->sidebar, shown);
        self->selecting = FALSE;
    }
    return FALSE; /* from its first row the list is left backwards */
}

static void
on_row_activated(KabMainView *self, GtkListBoxRow *row)
{
    kab_main_view_show_page(self, kab_sidebar_row_get_page(KAB_SIDEBAR_ROW(row)));
    if (adw_flap_get_folded(self->flap))
        adw_flap_set_reveal_flap(self->flap, FALSE);
}

static gboolean
tell_folded(gpointer data)
{
    KabMainView *self = data;

    self->fold_idle = 0;
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_FOLDED]);
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_REVEAL_SIDEBAR]);
    return G_SOURCE_REMOVE;
}

/* A flap folds while sizes are being allocated: nothing may be shown or hidden then. */
static void
on_flap_folded(KabMainView *self)
{
    if (self->fold_idle == 0)
        self->fold_idle = g_idle_add(tell_folded, self);
}

static void
show_user(KabMainView *self)
{
    const KabUser *user = kab_session_get_user(self->session);

    if (user == NULL)
        return;
    gtk_label_set_text(self->user_label, user->name);
    gtk_label_set_text(self->role_label, user->partner_name != NULL
                                             ? user->partner_name
                                             : kab_role_to_title(user->role));
}

static void
kab_main_view_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    KabMainView *self = KAB_MAIN_VIEW(object);

    switch (id) {
    case PROP_TITLE:
        g_value_set_string(value, self->title);
        break;
    case PROP_CAN_GO_BACK:
        g_value_set_boolean(value, self->card != NULL);
        break;
    case PROP_FOLDED:
        g_value_set_boolean(value, adw_flap_get_folded(self->flap));
        break;
    case PROP_REVEAL_SIDEBAR:
        g_value_set_boolean(value, adw_flap_get_reveal_flap(self->flap));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    }
}

static void
kab_main_view_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    if (id == PROP_REVEAL_SIDEBAR)
        adw_flap_set_reveal_flap(KAB_MAIN_VIEW(object)->flap, g_value_get_boolean(value));
    else
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
}

static void
kab_main_view_dispose(GObject *object)
{
    KabMainView *self = KAB_MAIN_VIEW(object);

    self->card = NULL;
    g_clear_pointer(&self->trail, g_ptr_array_unref);
    self->basket_row = NULL;
    g_clear_handle_id(&self->fold_idle, g_source_remove);
    g_clear_handle_id(&self->reload, g_source_remove);
    g_clear_object(&self->watch);
    g_clear_object(&self->waiting);
    g_clear_object(&self->session);
    g_clear_pointer(&self->title, g_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_MAIN_VIEW);
    G_OBJECT_CLASS(kab_main_view_parent_class)->dispose(object);
}

static void
install_properties(GObjectClass *object_class)
{
    const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

    props[PROP_TITLE] = g_param_spec_string("title", NULL, NULL, NULL, read);
    props[PROP_CAN_GO_BACK] = g_param_spec_boolean("can-go-back", NULL, NULL, FALSE, read);
    props[PROP_FOLDED] = g_param_spec_boolean("folded", NULL, NULL, FALSE, read);
    props[PROP_REVEAL_SIDEBAR] =
        g_param_spec_boolean("reveal-sidebar", NULL, NULL, TRUE,
                             G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, N_PROPS, props);
}

static void
kab_main_view_class_init(KabMainViewClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    object_class->get_property = kab_main_view_get_property;
    object_class->set_property = kab_main_view_set_property;
    object_class->dispose = kab_main_view_dispose;
    install_properties(object_class);

    /** KabMainView::toast: a page has something to say. */
    signals[TOAST] = g_signal_new("toast", KAB_TYPE_MAIN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);
    /** KabMainView::connection: why there is no connection, and what is done about it, if anything;
     * %NULL: there is one. */
    signals[CONNECTION] = g_signal_new("connection", KAB_TYPE_MAIN_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
    /** KabMainView::session-ended: a new sign-in is needed. */
    signals[SESSION_ENDED] = g_signal_new("session-ended", KAB_TYPE_MAIN_VIEW, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_UNSENT_LIST);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/kab-main-view.ui");
    gtk_widget_class_bind_template_child(widget_class, KabMainView, flap);
    gtk_widget_class_bind_template_child(widget_class, KabMainView, sidebar);
    gtk_widget_class_bind_template_child(widget_class, KabMainView, unsent_bin);
    gtk_widget_class_bind_template_child(widget_class, KabMainView, unsent_list);
    gtk_widget_class_bind_template_child(widget_class, KabMainView, stack);
    gtk_widget_class_bind_template_child(widget_class, KabMainView, user_label);
    gtk_widget_class_bind_template_child(widget_class, KabMainView, role_label);
    gtk_widget_class_bind_template_callback(widget_class, on_row_selected);
    gtk_widget_class_bind_template_callback(widget_class, on_sidebar_key);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_bind_template_callback(widget_class, on_flap_folded);
}

static void
kab_main_view_init(KabMainView *self)
{
    self->trail = g_ptr_array_new_with_free_func(g_free);
    gtk_widget_init_template(GTK_WIDGET(self));
}

KabMainView *
kab_main_view_new(KabSession *session)
{
    KabMainView *self = g_object_new(KAB_TYPE_MAIN_VIEW, NULL);

    self->session = g_object_ref(session);
    show_user(self);
    kab_main_view_update_rows(self);
    g_signal_connect_object(session, "base-changed", G_CALLBACK(kab_main_view_base_changed), self,
                            G_CONNECT_SWAPPED);
    kab_main_view_listen(self);
    kab_main_view_show_nth(self, 0);
    return self;
}

void
kab_main_view_search(KabMainView *self)
{
    if (kab_data_page_focus_search(kab_main_view_get_page(self)))
        return;
    if (kab_main_view_show_page(self, "catalogue"))
        kab_catalogue_page_focus_search(KAB_CATALOGUE_PAGE(kab_main_view_get_page(self)));
}

KabDataPage *
kab_main_view_get_page(KabMainView *self)
{
    return KAB_DATA_PAGE(gtk_stack_get_visible_child(self->stack));
}

guint
kab_main_view_get_basket_count(KabMainView *self)
{
    return self->basket_row != NULL ? kab_sidebar_row_get_count(self->basket_row) : 0;
}
