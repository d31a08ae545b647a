/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-account-page.h"
#include "kab-connections-page.h"
#include "kab-home-page.h"
#include "kab-main-view-private.h"
#include "kab-page-focus.h"
#include "kab-pages.h"

#include <glib/gi18n-lib.h>

/* So many cards back, and not more. */
#define MAX_TRAIL 20

KabSidebarRow *
kab_main_view_find_row(KabMainView *self, const char *name)
{
    for (int i = 0;; i++) {
        GtkListBoxRow *row = gtk_list_box_get_row_at_index(self->sidebar, i);

        if (row == NULL || g_str_equal(kab_sidebar_row_get_page(KAB_SIDEBAR_ROW(row)), name))
            return row != NULL ? KAB_SIDEBAR_ROW(row) : NULL;
    }
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
void
kab_main_view_update_rows(KabMainView *self)
{
    int at = 0;

    for (guint i = 0; i < kab_n_page_kinds; i++) {
        const KabPageKind *kind = &kab_page_kinds[i];
        KabSidebarRow *row = kab_main_view_find_row(self, kind->name);
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
    kab_main_view_connect_page(self, page);
    gtk_stack_add_named(self->stack, GTK_WIDGET(page), kind->name);
    if (KAB_IS_HOME_PAGE(page)) {
        kab_main_view_tell_visit(self);
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

/* The way back from a card leads to the card from which it was opened, unless that was for
 * something new, which is there now. */
static void
note_way(KabMainView *self, const char *name)
{
    if (self->card == NULL || g_str_equal(get_card_name(self), name) ||
        g_str_has_suffix(get_card_name(self), "/"))
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
    gboolean goes_on = kab_page_focus_leave(kab_main_view_get_page(self));

    note_way(self, name);
    if (kept != NULL) {
        g_object_ref_sink(made);
        g_object_unref(made);
        self->card = KAB_DATA_PAGE(kept);
    } else {
        kab_main_view_connect_page(self, made);
        gtk_stack_add_named(self->stack, GTK_WIDGET(made), name);
        self->card = made;
    }
    g_object_set_data_full(G_OBJECT(self->card), "kab-card-name", g_strdup(name), g_free);
    gtk_stack_set_visible_child(self->stack, GTK_WIDGET(self->card));
    if (goes_on)
        kab_page_focus_enter(self->card);
    if (old != self->card)
        leave_card(self, old);
    kab_main_view_update_title(self);
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
void
kab_main_view_base_changed(KabMainView *self)
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
    kab_main_view_update_rows(self);
    if (kab_main_view_get_page(self) == NULL) {
        GtkListBoxRow *row = gtk_list_box_get_selected_row(self->sidebar);

        kab_main_view_show_nth(self, row != NULL ? (guint)gtk_list_box_row_get_index(row) : 0);
    }
}

gboolean
kab_main_view_show_page(KabMainView *self, const char *name)
{
    KabSidebarRow *row = kab_main_view_find_row(self, name);
    gboolean goes_on;

    if (row == NULL)
        return FALSE;
    goes_on = kab_page_focus_leave(kab_main_view_get_page(self));
    select_row(self, row);
    make_page(self, row);
    gtk_stack_set_visible_child_name(self->stack, name);
    if (goes_on)
        kab_page_focus_enter(kab_main_view_get_page(self));
    close_card(self);
    kab_main_view_update_title(self);
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
kab_main_view_step(KabMainView *self, int by)
{
    GtkListBoxRow *row = gtk_list_box_get_selected_row(self->sidebar);
    int n = 0;

    while (gtk_list_box_get_row_at_index(self->sidebar, n) != NULL)
        n++;
    if (row != NULL)
        kab_main_view_show_nth(self, (guint)((gtk_list_box_row_get_index(row) + by + n) % n));
}

void
kab_main_view_open(KabMainView *self, const char *name, const char *id)
{
    const KabCardKind *kind = kab_card_kind_find(name);
    KabSidebarRow *row;

    if (kind == NULL || !kind->may(self->session))
        return;
    /* The way back leads to where such objects are, or home if that was left for it. */
    row = kind->page != NULL ? kab_main_view_find_row(self, kind->page) : NULL;
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
