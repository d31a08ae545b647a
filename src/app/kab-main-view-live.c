/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket-page.h"
#include "kab-catalogue-page.h"
#include "kab-home-page.h"
#include "kab-main-view-private.h"
#include "kab-outbox.h"

static void
on_watch_connection(KabMainView *self, const char *why, const char *done)
{
    g_signal_emit_by_name(self, "connection", why, done);
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

void
kab_main_view_tell_visit(KabMainView *self)
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

/* What waits for the person is seen on every page. */
static void
on_counted(KabMainView *self, const char *name, guint n)
{
    KabSidebarRow *row = kab_main_view_find_row(self, name);
    GtkWidget *home = gtk_stack_get_child_by_name(self->stack, "home");

    if (row != NULL)
        kab_sidebar_row_set_count(row, n);
    if (g_str_equal(name, "orders")) {
        self->n_waiting = n;
        if (home != NULL)
            kab_home_page_set_waiting(KAB_HOME_PAGE(home), n);
    }
}

static gboolean
remove_page(gpointer data)
{
    KabMainView *self = data;
    GtkWidget *page = gtk_widget_get_first_child(GTK_WIDGET(self->stack));
    GtkWidget *parent = gtk_widget_get_parent(GTK_WIDGET(self));

    if (page != NULL)
        gtk_stack_remove(self->stack, page);
    else if (parent != NULL)
        gtk_stack_remove(GTK_STACK(parent), GTK_WIDGET(self));
    return page != NULL;
}

void
kab_main_view_retire(KabMainView *self)
{
    KabClientLive *live = kab_session_get_live(self->session);

    if (live != NULL)
        g_signal_handlers_disconnect_by_data(live, self);
    g_signal_handlers_disconnect_by_data(self->session, self);
    g_signal_handlers_disconnect_by_data(kab_outbox_of(kab_session_get_portal(self->session)),
                                         self);
    g_clear_handle_id(&self->reload, g_source_remove);
    g_clear_object(&self->watch);
    g_clear_object(&self->waiting);
    self->card = NULL;
    g_idle_add_full(G_PRIORITY_DEFAULT_IDLE, remove_page, self, g_object_unref);
}

void
kab_main_view_listen(KabMainView *self)
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
    g_signal_connect_object(self->watch, "toast", G_CALLBACK(kab_main_view_toast), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(live, "changed", G_CALLBACK(on_live_changed), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(live, "visit", G_CALLBACK(kab_main_view_tell_visit), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(live, "session-ended", G_CALLBACK(kab_main_view_end_session), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(outbox, "failed", G_CALLBACK(on_outbox_failed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(outbox, "refused", G_CALLBACK(on_outbox_refused), self,
                            G_CONNECT_SWAPPED);
    kab_unsent_list_watch(self->unsent_list, outbox);
    self->waiting = kab_waiting_new(self->session);
    g_signal_connect_object(self->waiting, "counted", G_CALLBACK(on_counted), self,
                            G_CONNECT_SWAPPED);
    kab_main_view_tell_visit(self);
}
