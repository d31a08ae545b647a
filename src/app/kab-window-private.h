/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-demo-bar.h"
#include "kab-gate.h"
#include "kab-notifier.h"
#include "kab-password-dialog.h"
#include "kab-report.h"
#include "kab-window.h"

G_BEGIN_DECLS

/* The parts of the window: what it shows, and what can be done in it. */

struct _KabWindow {
    AdwApplicationWindow parent_instance;

    AdwToastOverlay *toasts;
    AdwWindowTitle *title;
    GtkToggleButton *sidebar_button;
    GtkButton *back_button;
    GtkButton *reload_button;
    GtkRevealer *banner;
    GtkLabel *banner_label;
    GtkLabel *banner_done_label;
    KabDemoBar *demo_bar;
    GtkStack *stack;

    KabAppConfig *config;      /* (owned) */
    GSettings *preferences;    /* (owned) (nullable) */
    KabGate *gate;             /* (owned) */
    KabMainView *main_view;    /* (nullable): in the bin */
    KabNotifier *notifier;     /* (owned) (nullable): while there are pages */
    AdwToast *toast;           /* (nullable): the one that is shown */
    KabPasswordDialog *dialog; /* (nullable): asks for the password again */
    GCancellable *cancellable; /* (owned): of a session that is renewed by itself */
    GBinding *sidebar_binding; /* (owned) (nullable) */
    KabReport *report;         /* (owned): what happened lately */
    gboolean ending;           /* the session has ended; that is dealt with soon */
    gboolean settled;          /* there is something to show */
    guint patience;            /* until the window is shown though there is nothing yet */
};

/* Installs the actions of the class, and its keys. */
void kab_window_install_actions(GtkWidgetClass *widget_class);

/* Says it in a toast. */
void kab_window_say(KabWindow *self, const char *text);

G_END_DECLS
