/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-page-view.h"
#include "kab-stack.h"

struct _KabPageView {
    AdwBin parent_instance;

    GtkStack *stack;
    AdwBin *content_bin;
    AdwStatusPage *empty_page;
    AdwStatusPage *error_page;
    GtkButton *empty_button;
    GtkButton *retry_button;
};

G_DEFINE_FINAL_TYPE(KabPageView, kab_page_view, ADW_TYPE_BIN)

enum {
    PROP_0,
    PROP_CONTENT,
    PROP_EMPTY_ICON_NAME,
    PROP_EMPTY_TITLE,
    PROP_EMPTY_DESCRIPTION,
    PROP_EMPTY_ACTION_NAME,
    PROP_EMPTY_ACTION_LABEL,
    N_PROPS,
};

enum {
    RETRY,
    SETTLED,
    N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static const char *const state_names[] = {
    [KAB_PAGE_LOADING] = "loading",
    [KAB_PAGE_EMPTY] = "empty",
    [KAB_PAGE_ERROR] = "error",
    [KAB_PAGE_CONTENT] = "content",
};

static void
on_retry_clicked(KabPageView *self)
{
    g_signal_emit(self, signals[RETRY], 0);
}

static void
kab_page_view_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    KabPageView *self = KAB_PAGE_VIEW(object);

    switch (id) {
    case PROP_CONTENT:
        adw_bin_set_child(self->content_bin, g_value_get_object(value));
        break;
    case PROP_EMPTY_ICON_NAME:
        adw_status_page_set_icon_name(self->empty_page, g_value_get_string(value));
        break;
    case PROP_EMPTY_TITLE:
        adw_status_page_set_title(self->empty_page, g_value_get_string(value));
        break;
    case PROP_EMPTY_DESCRIPTION:
        adw_status_page_set_description(self->empty_page, g_value_get_string(value));
        break;
    case PROP_EMPTY_ACTION_NAME:
        gtk_actionable_set_action_name(GTK_ACTIONABLE(self->empty_button),
                                       g_value_get_string(value));
        break;
    case PROP_EMPTY_ACTION_LABEL:
        gtk_button_set_label(self->empty_button, g_value_get_string(value));
        gtk_widget_set_visible(GTK_WIDGET(self->empty_button), TRUE);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    }
}

static void
kab_page_view_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_PAGE_VIEW);
    G_OBJECT_CLASS(kab_page_view_parent_class)->dispose(object);
}

static void
kab_page_view_class_init(KabPageViewClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

    object_class->set_property = kab_page_view_set_property;
    object_class->dispose = kab_page_view_dispose;

    props[PROP_CONTENT] = g_param_spec_object("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
    props[PROP_EMPTY_ICON_NAME] = g_param_spec_string("empty-icon-name", NULL, NULL, NULL, flags);
    props[PROP_EMPTY_TITLE] = g_param_spec_string("empty-title", NULL, NULL, NULL, flags);
    props[PROP_EMPTY_DESCRIPTION] =
        g_param_spec_string("empty-description", NULL, NULL, NULL, flags);
    props[PROP_EMPTY_ACTION_NAME] =
        g_param_spec_string("empty-action-name", NULL, NULL, NULL, flags);
    props[PROP_EMPTY_ACTION_LABEL] =
        g_param_spec_string("empty-action-label", NULL, NULL, NULL, flags);
    g_object_class_install_properties(object_class, N_PROPS, props);

    /**
     * KabPageView::retry:
     *
     * "Retry" was pressed.
     */
    signals[RETRY] = g_signal_new("retry", KAB_TYPE_PAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
    /**
     * KabPageView::settled:
     *
     * Something is shown that is not the sign of waiting.
     */
    signals[SETTLED] = g_signal_new("settled", KAB_TYPE_PAGE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-page-view.ui");
    gtk_widget_class_bind_template_child(widget_class, KabPageView, stack);
    gtk_widget_class_bind_template_child(widget_class, KabPageView, content_bin);
    gtk_widget_class_bind_template_child(widget_class, KabPageView, empty_page);
    gtk_widget_class_bind_template_child(widget_class, KabPageView, error_page);
    gtk_widget_class_bind_template_child(widget_class, KabPageView, empty_button);
    gtk_widget_class_bind_template_child(widget_class, KabPageView, retry_button);
    gtk_widget_class_bind_template_callback(widget_class, on_retry_clicked);
}

static void
kab_page_view_init(KabPageView *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_page_view_set_state(self, KAB_PAGE_LOADING);
}

KabPageState
kab_page_view_get_state(KabPageView *self)
{
    const char *name = gtk_stack_get_visible_child_name(self->stack);

    for (gsize i = 0; i < G_N_ELEMENTS(state_names); i++)
        if (g_strcmp0(name, state_names[i]) == 0)
            return (KabPageState)i;
    return KAB_PAGE_LOADING;
}

/* GTK would lead whoever has the focus in what is hidden on to what is beside the page: the page
 * leads on itself. */
void
kab_page_view_set_state(KabPageView *self, KabPageState state)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;
    gboolean hides = focus != NULL && state != kab_page_view_get_state(self) &&
                     (!gtk_widget_get_mapped(focus) || /* its row may have gone */
                      gtk_widget_is_ancestor(focus, GTK_WIDGET(self->stack)));

    if (hides)
        gtk_root_set_focus(root, NULL);
    kab_stack_show(self->stack, state_names[state]);
    if (state != KAB_PAGE_LOADING)
        g_signal_emit(self, signals[SETTLED], 0);
}

void
kab_page_view_set_error(KabPageView *self, const char *text)
{
    g_autofree char *markup = g_markup_escape_text(text, -1);
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;

    adw_status_page_set_description(self->error_page, markup);
    kab_page_view_set_state(self, KAB_PAGE_ERROR);
    /* Whose focus was in what is hidden now finds the way on without a pointer. */
    if (focus != NULL && gtk_widget_is_ancestor(focus, GTK_WIDGET(self)))
        gtk_widget_grab_focus(GTK_WIDGET(self->retry_button));
}
