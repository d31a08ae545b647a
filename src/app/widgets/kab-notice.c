/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-notice.h"
#include "kab-reflow.h"

struct _KabNotice {
    AdwBin parent_instance;

    GtkImage *icon;
    GtkLabel *title_label;
    GtkLabel *text_label;
    GtkButton *button;
};

G_DEFINE_FINAL_TYPE(KabNotice, kab_notice, ADW_TYPE_BIN)

enum {
    PROP_0,
    PROP_ICON_NAME,
    PROP_ACTION_NAME,
    PROP_ACTION_LABEL,
    N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
kab_notice_set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
    KabNotice *self = KAB_NOTICE(object);

    switch (id) {
    case PROP_ICON_NAME:
        gtk_image_set_from_icon_name(self->icon, g_value_get_string(value));
        break;
    case PROP_ACTION_NAME:
        gtk_actionable_set_action_name(GTK_ACTIONABLE(self->button), g_value_get_string(value));
        break;
    case PROP_ACTION_LABEL:
        gtk_button_set_label(self->button, g_value_get_string(value));
        gtk_widget_set_visible(GTK_WIDGET(self->button), TRUE);
        break;
    default:
        G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
    }
}

static void
kab_notice_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_NOTICE);
    G_OBJECT_CLASS(kab_notice_parent_class)->dispose(object);
}

static void
kab_notice_class_init(KabNoticeClass *klass)
{
    GObjectClass *object_class = G_OBJECT_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

    object_class->set_property = kab_notice_set_property;
    object_class->dispose = kab_notice_dispose;

    /** KabNotice:icon-name: the picture before the text. */
    props[PROP_ICON_NAME] = g_param_spec_string("icon-name", NULL, NULL, NULL, flags);
    /** KabNotice:action-name: what the button does. */
    props[PROP_ACTION_NAME] = g_param_spec_string("action-name", NULL, NULL, NULL, flags);
    /** KabNotice:action-label: what the button says; without it there is none. */
    props[PROP_ACTION_LABEL] = g_param_spec_string("action-label", NULL, NULL, NULL, flags);
    g_object_class_install_properties(object_class, N_PROPS, props);

    g_type_ensure(KAB_TYPE_REFLOW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/widgets/kab-notice.ui");
    gtk_widget_class_bind_template_child(widget_class, KabNotice, icon);
    gtk_widget_class_bind_template_child(widget_class, KabNotice, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabNotice, text_label);
    gtk_widget_class_bind_template_child(widget_class, KabNotice, button);
}

static void
kab_notice_init(KabNotice *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

/* A text that is set anew is read aloud anew. */
static void
set_text(GtkLabel *label, const char *text)
{
    if (!g_str_equal(gtk_label_get_text(label), text != NULL ? text : ""))
        gtk_label_set_text(label, text != NULL ? text : "");
    gtk_widget_set_visible(GTK_WIDGET(label), text != NULL && *text != '\0');
}

void
kab_notice_tell(KabNotice *self, const char *title, const char *text)
{
    set_text(self->title_label, title);
    set_text(self->text_label, text);
    gtk_widget_set_visible(GTK_WIDGET(self), title != NULL);
}
