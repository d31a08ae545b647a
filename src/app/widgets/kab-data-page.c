/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-data-page.h"

#include <glib/gi18n-lib.h>
#include "kab-error.h"

#define SLOW_S 5
/* Of what comes first on a page and is not for the keyboard. */
#define MAX_PASSED 20

typedef struct {
    KabClient *client;         /* (owned) */
    KabPageView *view;         /* (nullable): in the template */
    char *title;               /* (owned) (nullable) */
    GCancellable *loading;     /* (owned) (nullable): of the present load */
    GCancellable *cancellable; /* (owned): of the page */
    guint slow;                /* until it is said that there is no answer yet */
    gboolean early;            /* it has begun to load before it was shown */
    gboolean edited;
    GtkWidget *focus; /* (weak) (nullable): what had the focus in a frozen form */
} KabDataPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE(KabDataPage, kab_data_page, ADW_TYPE_BIN)

enum {
    PROP_0,
    PROP_CLIENT,
    PROP_TITLE,
    N_PROPS,
};

enum {
    TOAST,
    CONNECTION,
    SESSION_ENDED,
    BASKET_CHANGED,
    N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static KabDataPagePrivate *
get(KabDataPage *self)
{
    return kab_data_page_get_instance_private(self);
}

static void
on_view_retry(KabDataPage *self)
{
    kab_data_page_reload(self);
}

/* What every failed call has in common. Returns: whether the error has been told by that. */
static gboolean
tell_common(KabDataPage *self, const GError *error)
{
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED)) {
        g_signal_emit(self, signals[SESSION_ENDED], 0);
        return TRUE;
    }
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY)) {
        g_signal_emit(self, signals[CONNECTION], 0, error->message);
        return TRUE;
    }
    kab_data_page_answered(self);
    return FALSE;
}

/* A page of a stack that is not shown is still there for a screen reader, unless it is said not to
 * be. */
static void
set_hidden(GtkWidget *widget, gboolean hidden)
{
    gtk_accessible_update_state(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_STATE_HIDDEN, hidden, -1);
}

static void
kab_data_page_unmap(GtkWidget *widget)
{
    g_clear_handle_id(&get(KAB_DATA_PAGE(widget))->slow, g_source_remove);
    set_hidden(widget, TRUE);
    GTK_WIDGET_CLASS(kab_data_page_parent_class)->unmap(widget);
}

static void
kab_data_page_map(GtkWidget *widget)
{
    KabDataPagePrivate *priv = get(KAB_DATA_PAGE(widget));

    GTK_WIDGET_CLASS(kab_data_page_parent_class)->map(widget);
    set_hidden(widget, FALSE);
    if (!priv->early)
        kab_data_page_reload(KAB_DATA_PAGE(widget));
    priv->early = FALSE;
}

static void
kab_data_page_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    KabDataPage *self = KAB_DATA_PAGE(object);

    switch (id) {
    case PROP_CLIENT:
        get(self)->client = g_value_dup_object(value);
        break;
    case PROP_TITLE:
        kab_data_page_set_title(self, g_value_get_string(value));
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    }
}

static void
kab_data_page_get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
    KabDataPagePrivate *priv = get(KAB_DATA_PAGE(object));

    switch (id) {
    case PROP_CLIENT:
        g_value_set_object(value, priv->client);
        break;
    case PROP_TITLE:
        g_value_set_string(value, priv->title);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    }
}

static void
kab_data_page_dispose(GObject *object)
{
    KabDataPagePrivate *priv = get(KAB_DATA_PAGE(object));

    g_clear_handle_id(&priv->slow, g_source_remove);
    g_cancellable_cancel(priv->loading);
    g_cancellable_cancel(priv->cancellable);
    priv->view = NULL;
    g_clear_weak_pointer(&priv->focus);
    G_OBJECT_CLASS(kab_data_page_parent_class)->dispose(object);
}

static void
kab_data_page_finalize(GObject *object)
{
    KabDataPagePrivate *priv = get(KAB_DATA_PAGE(object));

    g_clear_object(&priv->loading);
    g_clear_object(&priv->cancellable);
    g_clear_object(&priv->client);
    g_free(priv->title);
    G_OBJECT_CLASS(kab_data_page_parent_class)->finalize(object);
}

static void
kab_data_page_class_init(KabDataPageClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);

    object_class->set_property = kab_data_page_set_property;
    object_class->get_property = kab_data_page_get_property;
    object_class->dispose = kab_data_page_dispose;
    object_class->finalize = kab_data_page_finalize;
    GTK_WIDGET_CLASS(klass)->map = kab_data_page_map;
    GTK_WIDGET_CLASS(klass)->unmap = kab_data_page_unmap;

    /** KabDataPage:client: the connection to the service whose data the page shows. */
    props[PROP_CLIENT] =
        g_param_spec_object("client", NULL, NULL, KAB_TYPE_CLIENT,
                            G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
    /** KabDataPage:title: what stands in the header bar while the page is shown. */
    props[PROP_TITLE] =
        g_param_spec_string("title", NULL, NULL, NULL,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
    g_object_class_install_properties(object_class, N_PROPS, props);

    /** KabDataPage::toast: a message that goes by itself. */
    signals[TOAST] = g_signal_new("toast", KAB_TYPE_DATA_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, ADW_TYPE_TOAST);
    /** KabDataPage::connection: why there is no connection; %NULL: there is one. */
    signals[CONNECTION] = g_signal_new("connection", KAB_TYPE_DATA_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
    /** KabDataPage::session-ended: the service wants a new sign-in. */
    signals[SESSION_ENDED] = g_signal_new("session-ended", KAB_TYPE_DATA_PAGE, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
    /** KabDataPage::basket-changed: how many products stand in the basket now. */
    signals[BASKET_CHANGED] = g_signal_new("basket-changed", KAB_TYPE_DATA_PAGE, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
kab_data_page_init(KabDataPage *self)
{
    get(self)->cancellable = g_cancellable_new();
    set_hidden(GTK_WIDGET(self), TRUE);
}

KabClient *
kab_data_page_get_client(KabDataPage *self)
{
    return get(self)->client;
}

gboolean
kab_data_page_may(KabDataPage *self, KabRight right)
{
    const KabUser *user = kab_client_get_user(get(self)->client);

    return user == NULL || kab_role_may(user->role, right);
}

const char *
kab_data_page_get_title(KabDataPage *self)
{
    return get(self)->title;
}

void
kab_data_page_set_title(KabDataPage *self, const char *title)
{
    KabDataPagePrivate *priv = get(self);

    if (g_strcmp0(priv->title, title) == 0)
        return;
    g_free(priv->title);
    priv->title = g_strdup(title);
    g_object_notify_by_pspec(G_OBJECT(self), props[PROP_TITLE]);
}

void
kab_data_page_reload(KabDataPage *self)
{
    KabDataPagePrivate *priv = get(self);

    if (priv->view != NULL && kab_page_view_get_state(priv->view) == KAB_PAGE_ERROR)
        kab_page_view_set_state(priv->view, KAB_PAGE_LOADING);
    KAB_DATA_PAGE_GET_CLASS(self)->load(self);
}

void
kab_data_page_reload_after(KabDataPage *self, const GError *error)
{
    if (error != NULL)
        kab_data_page_fail(self, error);
    kab_data_page_reload(self);
}

void
kab_data_page_load_early(KabDataPage *self)
{
    get(self)->early = TRUE;
    kab_data_page_reload(self);
}

gboolean
kab_data_page_concerns(KabDataPage *self, const char *kind)
{
    const char *const *kinds = KAB_DATA_PAGE_GET_CLASS(self)->kinds;

    return kinds != NULL && g_strv_contains(kinds, kind);
}

gboolean
kab_data_page_focus_search(KabDataPage *self)
{
    KabDataPageClass *klass = KAB_DATA_PAGE_GET_CLASS(self);

    return klass->focus_search != NULL && klass->focus_search(self);
}

KabPageView *
kab_data_page_get_view(KabDataPage *self)
{
    return get(self)->view;
}

void
kab_data_page_set_view(KabDataPage *self, KabPageView *view)
{
    get(self)->view = view;
    g_signal_connect_object(view, "retry", G_CALLBACK(on_view_retry), self, G_CONNECT_SWAPPED);
}

/* Whoever waits is told that it is not the desktop. */
static gboolean
on_slow(gpointer data)
{
    get(data)->slow = 0;
    g_signal_emit(data, signals[CONNECTION], 0,
                  _("There is no answer yet: the service is slow, or cannot be reached."));
    return G_SOURCE_REMOVE;
}

GCancellable *
kab_data_page_begin_load(KabDataPage *self)
{
    KabDataPagePrivate *priv = get(self);

    g_clear_handle_id(&priv->slow, g_source_remove);
    priv->slow = g_timeout_add_seconds(SLOW_S, on_slow, self);
    g_cancellable_cancel(priv->loading);
    g_clear_object(&priv->loading);
    priv->loading = g_cancellable_new();
    return priv->loading;
}

GCancellable *
kab_data_page_get_cancellable(KabDataPage *self)
{
    return get(self)->cancellable;
}

/* The keyboard is led neither to a text, which would be marked to be copied, nor to what cannot be
 * taken back: whoever presses Enter once too often would do it. */
static gboolean
is_good_start(GtkWidget *focus)
{
    return focus != NULL && !GTK_IS_LABEL(focus) &&
           !gtk_widget_has_css_class(focus, "destructive-action");
}

static gboolean
focus_first(KabDataPage *self, GtkRoot *root)
{
    /* It would be the first itself. */
    gtk_widget_set_focusable(GTK_WIDGET(self), FALSE);
    for (int i = 0; i < MAX_PASSED; i++) {
        if (!gtk_widget_child_focus(GTK_WIDGET(self), GTK_DIR_TAB_FORWARD))
            break;
        if (is_good_start(gtk_root_get_focus(root)))
            return TRUE;
    }
    gtk_root_set_focus(root, NULL);
    return FALSE;
}

/* The focus went with what was shown before: the keyboard goes on in the page. */
static void
catch_focus(KabDataPage *self)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;

    if (root == NULL ||
        (focus != NULL && focus != GTK_WIDGET(self) && gtk_widget_get_mapped(focus)))
        return;
    focus_first(self, root);
}

/* While there is nothing in it that takes the focus the page has it: GTK would move it on. */
void
kab_data_page_take_focus(KabDataPage *self)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));

    if (root == NULL || focus_first(self, root))
        return;
    gtk_widget_set_focusable(GTK_WIDGET(self), TRUE);
    gtk_root_set_focus(root, GTK_WIDGET(self));
}

void
kab_data_page_loaded(KabDataPage *self, gboolean empty)
{
    kab_page_view_set_state(get(self)->view, empty ? KAB_PAGE_EMPTY : KAB_PAGE_CONTENT);
    catch_focus(self);
    kab_data_page_answered(self);
}

void
kab_data_page_fail_load(KabDataPage *self, const GError *error)
{
    KabDataPagePrivate *priv = get(self);
    KabPageState state = kab_page_view_get_state(priv->view);
    gboolean told = tell_common(self, error);

    g_clear_handle_id(&priv->slow, g_source_remove);
    if (state != KAB_PAGE_CONTENT && state != KAB_PAGE_EMPTY)
        kab_page_view_set_error(priv->view, error->message);
    else if (!told)
        kab_data_page_say(self, error->message);
}

void
kab_data_page_fail(KabDataPage *self, const GError *error)
{
    if (!tell_common(self, error))
        kab_data_page_say(self, error->message);
}

/* It stands there still when the password has been asked for. */
static void
say_for_long(KabDataPage *self, const char *text)
{
    AdwToast *toast = adw_toast_new(text);

    adw_toast_set_timeout(toast, 0);
    kab_data_page_add_toast(self, toast);
}

void
kab_data_page_fail_change(KabDataPage *self, const GError *error)
{
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY))
        kab_data_page_say(self, _("Nothing was changed: there is no connection."));
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED))
        say_for_long(self, _("Nothing was changed: the session had ended. Do it once more."));
    kab_data_page_fail(self, error);
}

void
kab_data_page_answered(KabDataPage *self)
{
    g_clear_handle_id(&get(self)->slow, g_source_remove);
    /* What was remembered may have answered. */
    g_signal_emit(self, signals[CONNECTION], 0,
                  get(self)->client != NULL ? kab_client_get_trouble(get(self)->client) : NULL);
}

void
kab_data_page_freeze(KabDataPage *self, GtkWidget *form, gboolean frozen)
{
    KabDataPagePrivate *priv = get(self);
    GtkRoot *root = gtk_widget_get_root(form);
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;

    if (gtk_widget_get_sensitive(form) != frozen)
        return;
    if (frozen && focus != NULL && gtk_widget_is_ancestor(focus, form)) {
        /* A text that turns insensitive under the cursor does not notice that the focus went. */
        g_set_weak_pointer(&priv->focus, focus);
        gtk_root_set_focus(root, NULL);
    }
    gtk_widget_set_sensitive(form, !frozen);
    if (!frozen && priv->focus != NULL) {
        if (focus == NULL && gtk_widget_get_mapped(priv->focus))
            gtk_widget_grab_focus(priv->focus);
        g_clear_weak_pointer(&priv->focus);
    }
}

gboolean
kab_data_page_is_edited(KabDataPage *self)
{
    return get(self)->edited;
}

void
kab_data_page_set_edited(KabDataPage *self, gboolean edited)
{
    get(self)->edited = edited;
}

void
kab_data_page_finish_typing(KabDataPage *self)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;
    GtkWidget *spin = focus != NULL ? gtk_widget_get_ancestor(focus, GTK_TYPE_SPIN_BUTTON) : NULL;

    if (spin != NULL)
        gtk_spin_button_update(GTK_SPIN_BUTTON(spin));
}

void
kab_data_page_say(KabDataPage *self, const char *text)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);

    kab_data_page_add_toast(self, adw_toast_new(markup));
}

void
kab_data_page_add_toast(KabDataPage *self, AdwToast *toast)
{
    g_signal_emit(self, signals[TOAST], 0, toast);
    g_object_unref(toast);
}

void
kab_data_page_tell_basket(KabDataPage *self, guint n_products)
{
    g_signal_emit(self, signals[BASKET_CHANGED], 0, n_products);
}
