/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-main-view.h"
#include "kab-sidebar-row.h"
#include "kab-unsent-list.h"
#include "kab-waiting.h"
#include "kab-watch.h"

G_BEGIN_DECLS

/* The parts of the view: its frame, the pages and cards in it, and what it hears from outside. */

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

/* The frame. */

void kab_main_view_toast(KabMainView *self, AdwToast *toast);
void kab_main_view_end_session(KabMainView *self);
void kab_main_view_update_title(KabMainView *self);
void kab_main_view_connect_page(KabMainView *self, KabDataPage *page);

/* Pages and cards. */

/* (nullable): the row of the page */
KabSidebarRow *kab_main_view_find_row(KabMainView *self, const char *name);

/* The sidebar has the pages of who is signed in, and no others. */
void kab_main_view_update_rows(KabMainView *self);

/* The base has come, has gone or is another one. */
void kab_main_view_base_changed(KabMainView *self);

/* What is heard. */

void kab_main_view_listen(KabMainView *self);

/* Home tells what has changed since the last visit. */
void kab_main_view_tell_visit(KabMainView *self);

G_END_DECLS
