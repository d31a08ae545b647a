/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-order-page.h"
#include "kab-page-focus.h"
#include "kab-pages.h"
#include "kab-report-dialog.h"
#include "kab-settings-page.h"
#include "kab-shortcuts-window.h"
#include "kab-window-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What can be done in the window: the actions "win.…". */

static void
on_demo_action(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabWindow *self = KAB_WINDOW(widget);
    KabAppSide side =
        g_str_equal(name, "win.demo-partner") ? KAB_APP_PARTNER : KAB_APP_ADMINISTRATOR;

    for (gsize i = 0; self->config->demo && i < self->config->n_identities; i++) {
        if (self->config->identities[i].side == side) {
            kab_gate_sign_in_as(self->gate, (guint)i);
            return;
        }
    }
}

static void
on_show_action(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabWindow *self = KAB_WINDOW(widget);

    if (self->main_view != NULL)
        kab_main_view_show_page(self->main_view, name + strlen("win.show-"));
}

/* Whoever goes by the keyboard goes on in the page; one that loads takes the focus then. */
static void
go_on_in_page(KabWindow *self)
{
    gtk_window_set_focus(GTK_WINDOW(self), NULL);
    kab_page_focus_enter(kab_main_view_get_page(self->main_view));
}

/* The settings where something is wrong, and what that is. */
static void
on_mend(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabWindow *self = KAB_WINDOW(widget);
    const char *page = g_str_equal(name, "win.mend-base") ? "base-settings" : "portal-settings";

    if (self->main_view != NULL && kab_main_view_show_page(self->main_view, page))
        kab_settings_page_check(KAB_SETTINGS_PAGE(kab_main_view_get_page(self->main_view)));
}

static void
on_show_page(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabWindow *self = KAB_WINDOW(widget);

    if (self->main_view == NULL)
        return;
    kab_main_view_show_nth(self->main_view, g_variant_get_uint32(parameter));
    go_on_in_page(self);
}

static void
on_step_page(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabWindow *self = KAB_WINDOW(widget);

    if (self->main_view == NULL)
        return;
    kab_main_view_step(self->main_view, g_str_equal(name, "win.next-page") ? 1 : -1);
    go_on_in_page(self);
}

static void
on_open_card(GtkWidget *widget, const char *name, GVariant *parameter)
{
    KabWindow *self = KAB_WINDOW(widget);

    if (self->main_view != NULL)
        kab_main_view_open(self->main_view, name + strlen("win.open-"),
                           g_variant_get_string(parameter, NULL));
}

static void
on_open_uri(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabWindow *self = KAB_WINDOW(widget);
    g_autoptr(GError) error = NULL;

    if (!g_app_info_launch_default_for_uri(g_variant_get_string(parameter, NULL), NULL, &error))
        kab_window_say(self, error->message);
}

static void
on_save_invoice_to(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabWindow *self = KAB_WINDOW(widget);
    KabDataPage *page = self->main_view != NULL ? kab_main_view_get_page(self->main_view) : NULL;

    if (page != NULL && KAB_IS_ORDER_PAGE(page))
        kab_order_page_save_invoice_to(KAB_ORDER_PAGE(page), g_variant_get_string(parameter, NULL));
}

static void
on_plain_action(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabWindow *self = KAB_WINDOW(widget);

    if (self->main_view == NULL)
        return;
    if (g_str_equal(name, "win.reload"))
        kab_data_page_reload(kab_main_view_get_page(self->main_view));
    else if (g_str_equal(name, "win.back"))
        kab_main_view_back(self->main_view);
    else if (g_str_equal(name, "win.account"))
        kab_main_view_open_account(self->main_view);
    else if (g_str_equal(name, "win.search"))
        kab_main_view_search(self->main_view);
    else
        gtk_toggle_button_set_active(self->sidebar_button,
                                     !gtk_toggle_button_get_active(self->sidebar_button));
}

static void
on_shortcuts(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    gtk_window_present(kab_shortcuts_window_new(GTK_WINDOW(widget),
                                                kab_gate_get_session(KAB_WINDOW(widget)->gate)));
}

static void
on_report(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabWindow *self = KAB_WINDOW(widget);
    KabSession *session = kab_gate_get_session(self->gate);
    g_autofree char *text = kab_report_write(self->report, session);
    KabReportDialog *dialog = kab_report_dialog_new(GTK_WINDOW(self), text);

    if (session != NULL && kab_session_portal_may(session, KAB_RIGHT_EXCHANGE_ADMIN))
        kab_report_dialog_add_end(dialog, kab_session_get_portal(session), _("Portal"));
    if (session != NULL && kab_session_base_may(session, KAB_RIGHT_EXCHANGE_ADMIN))
        kab_report_dialog_add_end(dialog, kab_session_get_base(session), _("Base"));
    gtk_window_present(GTK_WINDOW(dialog));
}

static void
on_sign_out(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    kab_gate_sign_out(KAB_WINDOW(widget)->gate, NULL);
}

/* Out of a text that somebody is entering first, so that it does not go with its page. */
static gboolean
on_escape(GtkWidget *widget, GVariant *args G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
    GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(widget));

    if (GTK_IS_TEXT(focus) && *gtk_editable_get_text(GTK_EDITABLE(focus)) != '\0' &&
        KAB_WINDOW(widget)->main_view != NULL)
        gtk_window_set_focus(GTK_WINDOW(widget), NULL);
    else
        gtk_widget_activate_action(widget, "win.back", NULL);
    return TRUE;
}

static void
install_action(GtkWidgetClass *widget_class, const char *prefix, const char *name,
               const char *parameter, GtkWidgetActionActivateFunc activate)
{
    g_autofree char *action = g_strconcat(prefix, name, NULL);

    gtk_widget_class_install_action(widget_class, action, parameter, activate);
}

void
kab_window_install_actions(GtkWidgetClass *widget_class)
{
    static const char *const plain[] = {"win.reload", "win.back", "win.search", "win.account",
                                        "win.toggle-sidebar"};

    for (guint i = 0; i < kab_n_page_kinds; i++)
        install_action(widget_class, "win.show-", kab_page_kinds[i].name, NULL, on_show_action);
    for (gsize i = 0; i < G_N_ELEMENTS(plain); i++)
        gtk_widget_class_install_action(widget_class, plain[i], NULL, on_plain_action);
    gtk_widget_class_install_action(widget_class, "win.show-page", "u", on_show_page);
    gtk_widget_class_install_action(widget_class, "win.mend-portal", NULL, on_mend);
    gtk_widget_class_install_action(widget_class, "win.mend-base", NULL, on_mend);
    gtk_widget_class_install_action(widget_class, "win.next-page", NULL, on_step_page);
    gtk_widget_class_install_action(widget_class, "win.previous-page", NULL, on_step_page);
    for (guint i = 0; i < kab_n_card_kinds; i++)
        install_action(widget_class, "win.open-", kab_card_kinds[i].name, "s", on_open_card);
    gtk_widget_class_install_action(widget_class, "win.open-uri", "s", on_open_uri);
    gtk_widget_class_install_action(widget_class, "win.save-invoice-to", "s", on_save_invoice_to);
    gtk_widget_class_install_action(widget_class, "win.demo-partner", NULL, on_demo_action);
    gtk_widget_class_install_action(widget_class, "win.demo-administrator", NULL, on_demo_action);
    gtk_widget_class_install_action(widget_class, "win.sign-out", NULL, on_sign_out);
    gtk_widget_class_install_action(widget_class, "win.report", NULL, on_report);
    gtk_widget_class_install_action(widget_class, "win.show-help-overlay", NULL, on_shortcuts);
    /* Not an accelerator: what has the focus, such as a popover, may want the key for itself. */
    gtk_widget_class_add_binding(widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}
