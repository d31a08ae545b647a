/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-account-page.h"
#include "kab-basket-page.h"
#include "kab-catalogue-page.h"
#include "kab-connections-page.h"
#include "kab-home-page.h"
#include "kab-main-view.h"
#include "kab-orders-page.h"
#include "kab-outbox.h"
#include "kab-pages.h"
#include "kab-sidebar-row.h"
#include "kab-unsent-list.h"
#include "kab-waiting.h"
#include "kab-watch.h"

#include <glib/gi18n-lib.h>

/* So many cards back, and not more. */
#define MAX_TRAIL 20

struct _KabMainView {
    AdwBin parent_instance;

    AdwFlap *flap;
    GtkListBox *sidebar;
    GtkWidget *unsent_bin;
    KabUnsentList *unsent_list;
    GtkStack *stack;
    GtkLabel *user_label;
    GtkLabel *role_label;

    KabSession *session;       /* (owned) */
    KabWatch *watch;           /* (owned) (nullable): of who sees a partner's pages */
    KabWaiting *waiting;       /* (owned) (nullable): of the same */
    KabDataPage *card;         /* (nullable): the opened order, or another object */
    GPtrArray *trail;          /* (owned): the names of the cards that led to it */
    KabSidebarRow *basket_row; /* (nullable) */
    char *title;               /* (owned) (nullable) */
    guint n_waiting;           /* orders that wait for the person */
    guint fold_idle;
    guint reload;       /* soon, because something has changed at the portal */
    gboolean selecting; /* the row is being selected by the program */
};

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

static void
on_page_toast(KabMainView *self, AdwToast *toast)
{
    g_signal_emit(self, signals[TOAST], 0, toast);
}

static void
on_page_connection(KabMainView *self, const char *message)
{
    if (self->watch == NULL || kab_watch_page_answered(self->watch, message))
        g_signal_emit(self, signals[CONNECTION], 0, message, NULL);
}

static void
on_watch_connection(KabMainView *self, const char *why, const char *done)
{
    g_signal_emit(self, signals[CONNECTION], 0, why, done);
}

static void
on_page_session_ended(KabMainView *self)
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

static gboolean
reload_shown(gpointer data)
{
    KabMainView *self = data;

    self->reload = 0;
    kab_data_page_reload(kab_main_view_get_page(self));
    return G_SOURCE_REMOVE;
}

/* Not for each of a bundle of changes. */
static void
reload_soon(KabMainView *self)
{
    if (self->reload == 0)
        self->reload = g_timeout_add(50, reload_shown, self);
}

static void
on_live_changed(KabMainView *self, const char *kind)
{
    KabDataPage *page = kab_main_view_get_page(self);

    if (page != NULL && kab_data_page_concerns(page, kind))
        reload_soon(self);
}

static void
on_live_visit(KabMainView *self)
{
    GtkWidget *home = gtk_stack_get_child_by_name(self->stack, "home");

    if (home != NULL)
        kab_home_page_set_visit(KAB_HOME_PAGE(home),
                                kab_client_live_get_visit(kab_session_get_live(self->session)));
}

/* Whoever has gone on to another page has to know it too. */
static void
on_outbox_failed(KabMainView *self, const GError *error)
{
    KabDataPage *page = kab_main_view_get_page(self);

    if (!KAB_IS_BASKET_PAGE(page) && !KAB_IS_CATALOGUE_PAGE(page))
        kab_data_page_fail(page, error);
}

static void
on_outbox_refused(KabMainView *self)
{
    kab_unsent_list_decide(self->unsent_list);
}

static KabSidebarRow *
find_row(KabMainView *self, const char *name)
{
    for (int i = 0;; i++) {
        GtkListBoxRow *row = gtk_list_box_get_row_at_index(self->sidebar, i);

        if (row == NULL || g_str_equal(kab_sidebar_row_get_page(KAB_SIDEBAR_ROW(row)), name))
            return row != NULL ? KAB_SIDEBAR_ROW(row) : NULL;
    }
}

/* What waits for the person is seen on every page. */
static void
on_counted(KabMainView *self, const char *name, guint n)
{
    KabSidebarRow *row = find_row(self, name);
    GtkWidget *home = gtk_stack_get_child_by_name(self->stack, "home");

    if (row != NULL)
        kab_sidebar_row_set_count(row, n);
    if (g_str_equal(name, "orders")) {
        self->n_waiting = n;
        if (home != NULL)
            kab_home_page_set_waiting(KAB_HOME_PAGE(home), n);
    }
}

static void
listen(KabMainView *self)
{
    KabClientLive *live = kab_session_get_live(self->session);
    KabOutbox *outbox = kab_outbox_of(kab_session_get_portal(self->session));

    if (live == NULL)
        return;
    self->watch = kab_watch_new(self->session);
    g_signal_connect_object(self->watch, "connection", G_CALLBACK(on_watch_connection), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->watch, "reload", G_CALLBACK(reload_soon), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->watch, "toast", G_CALLBACK(on_page_toast), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(live, "changed", G_CALLBACK(on_live_changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(live, "visit", G_CALLBACK(on_live_visit), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(live, "session-ended", G_CALLBACK(on_page_session_ended), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(outbox, "failed", G_CALLBACK(on_outbox_failed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(outbox, "refused", G_CALLBACK(on_outbox_refused), self,
                            G_CONNECT_SWAPPED);
    kab_unsent_list_watch(self->unsent_list, outbox);
    self->waiting = kab_waiting_new(self->session);
    g_signal_connect_object(self->waiting, "counted", G_CALLBACK(on_counted), self,
                            G_CONNECT_SWAPPED);
    on_live_visit(self);
}

static void
update_title(KabMainView *self)
{
    KabDataPage *page = kab_main_view_get_page(self);

    g_free(self->title);
    gtk_widget_set_visible(self->unsent_bin, KAB_IS_HOME_PAGE(page) || KAB_IS_ORDERS_PAGE(page));
    self->title = g_strdup(page != NULL ? kab_data_page_get_title(page) : "");
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_TITLE]);
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_CAN_GO_BACK]);
}

static void
connect_page(KabMainView *self, KabDataPage *page)
{
    g_signal_connect_object(page, "toast", G_CALLBACK(on_page_toast), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "connection", G_CALLBACK(on_page_connection), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "session-ended", G_CALLBACK(on_page_session_ended), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "basket-changed", G_CALLBACK(on_page_basket_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(page, "notify::title", G_CALLBACK(update_title), self,
                            G_CONNECT_SWAPPED);
}

/* A page is made when it is shown first: the window does not wait for those that nobody looks at.
 */
static const KabPageKind *
get_kind(KabSidebarRow *row)
{
    return g_object_get_data(G_OBJECT(row), "kab-page-kind");
}

static void
insert_row(KabMainView *self, const KabPageKind *kind, int at)
{
    GtkWidget *row =
        kab_sidebar_row_new(kind->name, g_dgettext(GETTEXT_PACKAGE, kind->title), kind->icon_name);

    g_object_set_data(G_OBJECT(row), "kab-page-kind", (gpointer)kind);
    gtk_list_box_insert(self->sidebar, row, at);
    if (g_str_equal(kind->name, "basket"))
        self->basket_row = KAB_SIDEBAR_ROW(row);
}

/* The sidebar has the pages of who is signed in, and no others. */
static void
update_rows(KabMainView *self)
{
    int at = 0;

    for (guint i = 0; i < kab_n_page_kinds; i++) {
        const KabPageKind *kind = &kab_page_kinds[i];
        KabSidebarRow *row = find_row(self, kind->name);
        gboolean may = kind->may(self->session);

        if (may && row == NULL)
            insert_row(self, kind, at);
        else if (!may && row != NULL)
            gtk_list_box_remove(self->sidebar, GTK_WIDGET(row));
        at += may ? 1 : 0;
    }
}

static void
make_page(KabMainView *self, KabSidebarRow *row)
{
    const KabPageKind *kind = get_kind(row);
    KabDataPage *page;

    if (gtk_stack_get_child_by_name(self->stack, kind->name) != NULL)
        return;
    page = kind->make(self->session);
    connect_page(self, page);
    gtk_stack_add_named(self->stack, GTK_WIDGET(page), kind->name);
    if (KAB_IS_HOME_PAGE(page)) {
        on_live_visit(self);
        kab_home_page_set_waiting(KAB_HOME_PAGE(page), self->n_waiting);
    }
}

/* What was entered on a card and not saved outlives a look at another page: the card stays. */
static void
leave_card(KabMainView *self, KabDataPage *card)
{
    if (card != NULL && !kab_data_page_is_edited(card))
        gtk_stack_remove(self->stack, GTK_WIDGET(card));
}

static void
close_card(KabMainView *self)
{
    g_ptr_array_set_size(self->trail, 0);
    leave_card(self, g_steal_pointer(&self->card));
}

static const char *
get_card_name(KabMainView *self)
{
    return g_object_get_data(G_OBJECT(self->card), "kab-card-name");
}

/* The way back from a card leads to the card from which it was opened. */
static void
note_way(KabMainView *self, const char *name)
{
    if (self->card == NULL || g_str_equal(get_card_name(self), name))
        return;
    if (self->trail->len == MAX_TRAIL)
        g_ptr_array_remove_index(self->trail, 0);
    g_ptr_array_add(self->trail, g_strdup(get_card_name(self)));
}

static void
select_row(KabMainView *self, KabSidebarRow *row)
{
    self->selecting = TRUE;
    gtk_list_box_select_row(self->sidebar, GTK_LIST_BOX_ROW(row));
    self->selecting = FALSE;
}

/* Shows the card @made, or the one of the same object that is still there. */
static void
open_card(KabMainView *self, const char *kind, const char *id, KabDataPage *made)
{
    g_autofree char *name = g_strjoin("/", kind, id, NULL);
    GtkWidget *kept = gtk_stack_get_child_by_name(self->stack, name);
    KabDataPage *old = self->card;

    note_way(self, name);
    if (kept != NULL) {
        g_object_ref_sink(made);
        g_object_unref(made);
        self->card = KAB_DATA_PAGE(kept);
    } else {
        connect_page(self, made);
        gtk_stack_add_named(self->stack, GTK_WIDGET(made), name);
        self->card = made;
    }
    g_object_set_data_full(G_OBJECT(self->card), "kab-card-name", g_strdup(name), g_free);
    gtk_stack_set_visible_child(self->stack, GTK_WIDGET(self->card));
    if (old != self->card)
        leave_card(self, old);
    update_title(self);
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

/* The page where it was changed, and what is entered at the portal. */
static gboolean
outlives_base(KabMainView *self, KabDataPage *page)
{
    return KAB_IS_CONNECTIONS_PAGE(page) ||
           (kab_data_page_is_edited(page) &&
            kab_data_page_get_client(page) == kab_session_get_portal(self->session));
}

/* The base has come, has gone or is another one: pages are made anew when they are looked at. */
static void
on_base_changed(KabMainView *self)
{
    GtkWidget *next;

    g_ptr_array_set_size(self->trail, 0);
    if (self->card != NULL && !outlives_base(self, self->card))
        self->card = NULL;
    for (GtkWidget *i = gtk_widget_get_first_child(GTK_WIDGET(self->stack)); i != NULL; i = next) {
        next = gtk_widget_get_next_sibling(i);
        if (!outlives_base(self, KAB_DATA_PAGE(i)))
            gtk_stack_remove(self->stack, i);
    }
    update_rows(self);
    if (kab_main_view_get_page(self) == NULL) {
        GtkListBoxRow *row = gtk_list_box_get_selected_row(self->sidebar);

        kab_main_view_show_nth(self, row != NULL ? (guint)gtk_list_box_row_get_index(row) : 0);
    }
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
    update_rows(self);
    g_signal_connect_object(session, "base-changed", G_CALLBACK(on_base_changed), self,
                            G_CONNECT_SWAPPED);
    listen(self);
    kab_main_view_show_nth(self, 0);
    return self;
}

gboolean
kab_main_view_show_page(KabMainView *self, const char *name)
{
    KabSidebarRow *row = find_row(self, name);

    if (row == NULL)
        return FALSE;
    select_row(self, row);
    make_page(self, row);
    gtk_stack_set_visible_child_name(self->stack, name);
    close_card(self);
    update_title(self);
    return TRUE;
}

void
kab_main_view_show_nth(KabMainView *self, guint n)
{
    GtkListBoxRow *row = gtk_list_box_get_row_at_index(self->sidebar, (int)n);

    if (row != NULL)
        kab_main_view_show_page(self, kab_sidebar_row_get_page(KAB_SIDEBAR_ROW(row)));
}

void
kab_main_view_open(KabMainView *self, const char *name, const char *id)
{
    const KabCardKind *kind = kab_card_kind_find(name);
    KabSidebarRow *row;

    if (kind == NULL || !kind->may(self->session))
        return;
    /* The way back leads to where such objects are, or home if that was left for it. */
    row = kind->page != NULL ? find_row(self, kind->page) : NULL;
    if (row != NULL &&
        !(KAB_IS_HOME_PAGE(kab_main_view_get_page(self)) && g_str_equal(name, "order")))
        select_row(self, row);
    open_card(self, name, id, kind->make(self->session, id));
}

void
kab_main_view_open_account(KabMainView *self)
{
    if (kab_client_get_user(kab_session_get_portal(self->session)) != NULL)
        open_card(self, "account", "own", kab_account_page_new(self->session));
}

/* Opens again what is named, which adds nothing to the way back. */
static void
go_back_to(KabMainView *self, const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, "/", 2);
    guint way = self->trail->len;

    if (g_str_equal(parts[0], "account"))
        kab_main_view_open_account(self);
    else
        kab_main_view_open(self, parts[0], parts[1]);
    g_ptr_array_set_size(self->trail, MIN(way, self->trail->len));
}

void
kab_main_view_back(KabMainView *self)
{
    GtkListBoxRow *row = gtk_list_box_get_selected_row(self->sidebar);

    if (self->card != NULL && self->trail->len > 0) {
        g_autofree char *name = g_ptr_array_steal_index(self->trail, self->trail->len - 1);

        go_back_to(self, name);
        return;
    }
    if (self->card != NULL && row != NULL)
        kab_main_view_show_page(self, kab_sidebar_row_get_page(KAB_SIDEBAR_ROW(row)));
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
