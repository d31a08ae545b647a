/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-app-resources.h"
#include "kab-application.h"
#include "kab-preferences.h"
#include "kab-secrets.h"
#include "kab-window.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define KAB_TYPE_APPLICATION (kab_application_get_type())

G_DECLARE_FINAL_TYPE(KabApplication, kab_application, KAB, APPLICATION, AdwApplication)

struct _KabApplication {
    AdwApplication parent_instance;

    KabAppConfig *config; /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabApplication, kab_application, ADW_TYPE_APPLICATION)

typedef struct {
    const char *action;
    const char *keys[3];
} Accel;

static const Accel accels[] = {
    {"app.quit", {"<Primary>q", NULL}},
    {"win.reload", {"F5", "<Primary>r", NULL}},
    {"win.search", {"<Primary>f", NULL}},
    {"win.account", {"<Primary>comma", NULL}},
    {"win.back", {"<Alt>Left", NULL}},
    {"win.show-page(uint32 0)", {"<Primary>1", NULL}},
    {"win.show-page(uint32 1)", {"<Primary>2", NULL}},
    {"win.show-page(uint32 2)", {"<Primary>3", NULL}},
    {"win.show-page(uint32 3)", {"<Primary>4", NULL}},
    {"win.show-page(uint32 4)", {"<Primary>5", NULL}},
    {"win.show-page(uint32 5)", {"<Primary>6", NULL}},
    {"win.show-page(uint32 6)", {"<Primary>7", NULL}},
    {"win.show-page(uint32 7)", {"<Primary>8", NULL}},
    {"win.show-page(uint32 8)", {"<Primary>9", NULL}},
    {"win.next-page", {"<Primary>Page_Down", NULL}},
    {"win.previous-page", {"<Primary>Page_Up", NULL}},
    {"win.show-help-overlay", {"<Primary>question", "<Primary>F1", NULL}},
    {"win.report", {"<Primary>b", NULL}},
    {"win.sign-out", {"<Primary><Shift>q", NULL}},
    {"win.toggle-sidebar", {"F9", NULL}},
    {"window.close", {"<Primary>w", NULL}},
};

static void
on_about(GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer data)
{
    static const char *const developers[] = {"Kabinet", NULL};

    adw_show_about_window(gtk_application_get_active_window(data), "application-name", _("Kabinet"),
                          "application-icon", "org.kabinet.Kabinet", "version", PACKAGE_VERSION,
                          "comments", _("Orders of a partner, from the catalogue to the invoice"),
                          "developers", developers, "license-type", GTK_LICENSE_GPL_3_0, NULL);
}

static void
on_quit(GSimpleAction *action G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED, gpointer data)
{
    GList *windows = g_list_copy(gtk_application_get_windows(data));

    /* Each may have a last word. */
    for (GList *i = windows; i != NULL; i = i->next)
        gtk_window_close(i->data);
    g_list_free(windows);
}

/* What a notification opens. */
static void
on_open(GSimpleAction *action, GVariant *parameter, gpointer data)
{
    GtkWindow *window = gtk_application_get_active_window(data);
    g_autofree char *name = g_strconcat("win.", g_action_get_name(G_ACTION(action)), NULL);

    if (window == NULL)
        return;
    gtk_window_present(window);
    gtk_widget_activate_action_variant(GTK_WIDGET(window), name, parameter);
}

static void
kab_application_activate(GApplication *app)
{
    GtkWindow *window = gtk_application_get_active_window(GTK_APPLICATION(app));

    if (window != NULL)
        gtk_window_present(window);
    else
        kab_window_present(kab_window_new(GTK_APPLICATION(app), KAB_APPLICATION(app)->config));
}

/* The display is opened meanwhile. */
static void
warm_up(const KabAppConfig *config)
{
    g_autoptr(GSettings) preferences = kab_preferences_new();

    if (config->remember && !config->embedded && config->code == NULL &&
        kab_preferences_has(preferences, "kept-at", config->portal_address))
        kab_secrets_warm_up();
}

static void
kab_application_startup(GApplication *app)
{
    static const GActionEntry entries[] = {
        {.name = "about", .activate = on_about},
        {.name = "quit", .activate = on_quit},
        {.name = "open-order", .activate = on_open, .parameter_type = "s"},
        {.name = "open-task", .activate = on_open, .parameter_type = "s"},
        {.name = "show-overview", .activate = on_open},
    };

    warm_up(KAB_APPLICATION(app)->config);
    G_APPLICATION_CLASS(kab_application_parent_class)->startup(app);
    g_action_map_add_action_entries(G_ACTION_MAP(app), entries, G_N_ELEMENTS(entries), app);
    for (gsize i = 0; i < G_N_ELEMENTS(accels); i++)
        gtk_application_set_accels_for_action(GTK_APPLICATION(app), accels[i].action,
                                              (const char *const *)accels[i].keys);
    gtk_window_set_default_icon_name("org.kabinet.Kabinet");
}

static void
kab_application_finalize(GObject *object)
{
    kab_app_config_free(KAB_APPLICATION(object)->config);
    G_OBJECT_CLASS(kab_application_parent_class)->finalize(object);
}

static void
kab_application_class_init(KabApplicationClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_application_finalize;
    G_APPLICATION_CLASS(klass)->activate = kab_application_activate;
    G_APPLICATION_CLASS(klass)->startup = kab_application_startup;
}

static void
kab_application_init(KabApplication *self G_GNUC_UNUSED)
{
}

GApplication *
kab_application_new(const KabAppConfig *config)
{
    KabApplication *self;

    kab_app_register_resources();
    self = g_object_new(KAB_TYPE_APPLICATION, "application-id", "org.kabinet.Kabinet",
                        "resource-base-path", "/org/kabinet/Kabinet", "flags",
                        G_APPLICATION_DEFAULT_FLAGS, NULL);
    self->config = kab_app_config_copy(config);
    return G_APPLICATION(self);
}

void
kab_app_register_resources(void)
{
    g_resources_register(kab_app_get_resource());
}
