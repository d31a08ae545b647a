/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-form.h"
#include "kab-connection-group.h"
#include "kab-connections-page.h"
#include "kab-keys.h"
#include "kab-session-ends.h"
#include "kab-shrink.h"
#include "kab-undo-toast.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

struct _KabConnectionsPage {
    KabDataPage parent_instance;

    KabPageView *view;
    KabConnectionGroup *portal_group;
    KabConnectionGroup *base_group;
    GtkWidget *base_buttons;
    KabBaseForm *base_form;
    GtkWidget *links_group;
    GtkWidget *portal_link_row;
    GtkWidget *base_link_row;
    GtkWidget *mail_row;
    GtkWidget *sign_out_row;

    KabSession *session; /* (owned) */
    gboolean changing;   /* the person enters another base */
};

G_DEFINE_FINAL_TYPE(KabConnectionsPage, kab_connections_page, KAB_TYPE_DATA_PAGE)

/* A base that was taken away, as long as it can be had back. */
typedef struct {
    KabSession *session; /* (owned) */
    KabClient *base;     /* (owned) */
    char *ca_file;       /* (owned) (nullable) */
    char *login;         /* (owned) (nullable) */
} Removed;

static void
removed_free(gpointer data)
{
    Removed *removed = data;

    g_object_unref(removed->session);
    g_object_unref(removed->base);
    g_free(removed->ca_file);
    g_free(removed->login);
    g_free(removed);
}

static void
show_form(KabConnectionsPage *self)
{
    KabClient *base = kab_session_get_base(self->session);
    gboolean signed_in = base != NULL && kab_client_get_user(base) != NULL;
    gboolean shown = !signed_in || self->changing;
    gboolean embedded = kab_session_is_embedded(self->session);

    if (shown)
        kab_base_form_fill(self->base_form, signed_in);
    gtk_widget_set_visible(GTK_WIDGET(self->base_form), shown);
    gtk_widget_set_visible(self->base_buttons, base != NULL && !self->changing && !embedded);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "connections.change", signed_in && !embedded);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "connections.remove",
                                  base != NULL && !embedded);
}

static void
show_links(KabConnectionsPage *self)
{
    gboolean portal = kab_session_portal_may(self->session, KAB_RIGHT_EXCHANGE_ADMIN);
    gboolean base = kab_session_base_may(self->session, KAB_RIGHT_EXCHANGE_ADMIN);
    gboolean embedded = kab_session_is_embedded(self->session);

    gtk_widget_set_visible(self->portal_link_row, portal);
    gtk_widget_set_visible(self->base_link_row, base);
    gtk_widget_set_visible(self->mail_row, base);
    gtk_widget_set_visible(self->sign_out_row, !embedded);
    gtk_widget_set_visible(self->links_group, portal || base || !embedded);
}

static void
show_ends(KabConnectionsPage *self)
{
    kab_connection_group_show(self->portal_group);
    kab_connection_group_show(self->base_group);
    show_form(self);
    show_links(self);
}

static void
on_base_changed(KabConnectionsPage *self)
{
    self->changing = FALSE;
    show_ends(self);
    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        kab_connection_group_check(self->base_group);
}

static void
on_connected(KabConnectionsPage *self)
{
    kab_data_page_say(KAB_DATA_PAGE(self), _("The base is connected: its pages are in the list"));
}

static void
on_cancelled(KabConnectionsPage *self)
{
    self->changing = FALSE;
    show_form(self);
}

/* The session there has ended: what is needed for another one. */
static void
on_nobody(KabConnectionsPage *self)
{
    if (gtk_widget_get_visible(GTK_WIDGET(self->base_form)))
        return;
    self->changing = TRUE;
    show_form(self);
}

static void
on_change(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabConnectionsPage *self = KAB_CONNECTIONS_PAGE(widget);

    self->changing = TRUE;
    show_form(self);
    gtk_widget_child_focus(GTK_WIDGET(self->base_form), GTK_DIR_TAB_FORWARD);
}

static void
undo(gpointer data)
{
    const Removed *removed = data;

    kab_session_set_base(removed->session, removed->base, removed->ca_file, removed->login);
}

static void
keep(gpointer data)
{
    const Removed *removed = data;

    kab_session_end_at(removed->session, removed->base);
}

static void
on_remove(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabConnectionsPage *self = KAB_CONNECTIONS_PAGE(widget);
    Removed *removed;

    if (kab_session_get_base(self->session) == NULL)
        return;
    removed = g_new0(Removed, 1);
    removed->session = g_object_ref(self->session);
    removed->base = g_object_ref(kab_session_get_base(self->session));
    removed->ca_file = g_strdup(kab_session_get_ca_file(self->session, TRUE));
    removed->login = g_strdup(kab_session_get_base_login(self->session));
    kab_session_set_base(self->session, NULL, NULL, NULL);
    kab_data_page_add_toast(KAB_DATA_PAGE(self),
                            kab_undo_toast_new(_("The base is not connected any more"), undo, keep,
                                               removed, removed_free));
}

static void
kab_connections_page_load(KabDataPage *page)
{
    KabConnectionsPage *self = KAB_CONNECTIONS_PAGE(page);

    kab_connection_group_check(self->portal_group);
    kab_connection_group_check(self->base_group);
}

static void
kab_connections_page_dispose(GObject *object)
{
    g_clear_object(&KAB_CONNECTIONS_PAGE(object)->session);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_CONNECTIONS_PAGE);
    G_OBJECT_CLASS(kab_connections_page_parent_class)->dispose(object);
}

static void
kab_connections_page_class_init(KabConnectionsPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_connections_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_connections_page_load;

    g_type_ensure(KAB_TYPE_BASE_FORM);
    g_type_ensure(KAB_TYPE_CONNECTION_GROUP);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/admin/kab-connections-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, portal_group);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, base_group);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, base_buttons);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, base_form);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, links_group);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, portal_link_row);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, base_link_row);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, mail_row);
    gtk_widget_class_bind_template_child(widget_class, KabConnectionsPage, sign_out_row);
    gtk_widget_class_bind_template_callback(widget_class, on_connected);
    gtk_widget_class_bind_template_callback(widget_class, on_cancelled);
    gtk_widget_class_bind_template_callback(widget_class, on_nobody);
    gtk_widget_class_install_action(widget_class, "connections.change", NULL, on_change);
    gtk_widget_class_install_action(widget_class, "connections.remove", NULL, on_remove);
}

static void
kab_connections_page_init(KabConnectionsPage *self)
{
    static const KabKey keys[] = {{"F2", "connections.change", NULL},
                                  {"<Control><Shift>Delete", "connections.remove", NULL},
                                  {NULL, NULL, NULL}};

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_shrink_buttons(self->base_buttons);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_connections_page_new(KabSession *session)
{
    KabConnectionsPage *self =
        g_object_new(KAB_TYPE_CONNECTIONS_PAGE, "client", kab_session_get_portal(session), NULL);
    KabDataPage *page = KAB_DATA_PAGE(self);

    g_set_object(&self->session, session);
    kab_connection_group_attach(self->portal_group, page, session, FALSE);
    kab_connection_group_attach(self->base_group, page, session, TRUE);
    kab_base_form_attach(self->base_form, page, session);
    g_signal_connect_object(session, "base-changed", G_CALLBACK(on_base_changed), self,
                            G_CONNECT_SWAPPED);
    kab_page_view_set_state(self->view, KAB_PAGE_CONTENT); /* it needs no connection to be shown */
    show_ends(self);
    return page;
}
