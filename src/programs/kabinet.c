/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-app-config.h"
#include "kab-application.h"
#include "kab-demo-people.h"
#include "kab-embedded.h"
#include "kab-error.h"
#include "kab-invitation.h"
#include "kab-preferences.h"
#include "kab-service-address.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>

/* What the command line says. */
typedef struct {
    char *portal;
    char *code;
    char *notice; /* what is wrong with the link */
    char *base;
    char *ca_file;
    char *base_ca_file; /* as it is remembered, as the next is */
    char *base_login;
    char *data;
    char *demo_folder;
    gboolean demo;
    gboolean version;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->portal);
    g_free(options->code);
    g_free(options->notice);
    g_free(options->base);
    g_free(options->ca_file);
    g_free(options->base_ca_file);
    g_free(options->base_login);
    g_free(options->data);
    g_free(options->demo_folder);
}

/* A link in a letter says which portal, and with which code to set a password there. Whoever clicks
 * on one that is damaged sees no terminal. */
static void
take_link(Options *options, const char *link)
{
    g_auto(KabInvitation) invitation = {0};
    g_autoptr(GError) error = NULL;

    if (!kab_invitation_parse(link, &invitation, &error)) {
        options->notice = g_strdup(error->message);
        return;
    }
    options->code = g_steal_pointer(&invitation.code);
    if (options->portal == NULL)
        options->portal = g_steal_pointer(&invitation.address);
}

static gboolean
parse_options(Options *options, int *argc, char ***argv, GError **error)
{
    const GOptionEntry entries[] = {
        {"portal", 0, 0, G_OPTION_ARG_STRING, &options->portal,
         N_("the portal's address, such as https://portal.example or unix:PATH"), N_("ADDRESS")},
        {"base", 0, 0, G_OPTION_ARG_STRING, &options->base,
         N_("the base's address, for administrators and managers"), N_("ADDRESS")},
        {"ca-file", 0, 0, G_OPTION_ARG_FILENAME, &options->ca_file,
         N_("the company's own certificate authority, in PEM, instead of the system's"),
         N_("FILE")},
        {"data", 0, 0, G_OPTION_ARG_FILENAME, &options->data,
         N_("without a portal: the folder of the embedded services' data"), N_("DIR")},
        {"demo", 0, 0, G_OPTION_ARG_NONE, &options->demo,
         N_("show an invented wholesaler with its partners"), NULL},
        {"demo-files", 0, 0, G_OPTION_ARG_FILENAME, &options->demo_folder,
         N_("where the demo's files lie"), N_("DIR")},
        {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_("print the version"), NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(_("[LINK]"));

    g_option_context_set_summary(context,
                                 _("A partner's desktop for ordering, and the exchange console.\n"
                                   "Without --portal it runs a portal and a base itself."));
    g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
    if (!g_option_context_parse(context, argc, argv, error))
        return FALSE;
    if (*argc == 1)
        return TRUE;
    if (*argc == 2 && g_ascii_strncasecmp((*argv)[1], "kabinet:", 8) == 0) {
        take_link(options, (*argv)[1]);
        return TRUE;
    }
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” is not an option"),
                (*argv)[1]);
    return FALSE;
}

#define APPLICATION_ID "org.kabinet.Kabinet"

/* Whether a window of this person's session runs already. */
static GApplication *
find_running(void)
{
    g_autoptr(GApplication) probe = g_application_new(APPLICATION_ID, G_APPLICATION_DEFAULT_FLAGS);

    if (!g_application_register(probe, NULL, NULL) || !g_application_get_is_remote(probe))
        return NULL;
    return g_steal_pointer(&probe);
}

/* Beside the program, as it is built; otherwise where it is installed. */
static char *
find_module(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = program != NULL ? g_path_get_dirname(program) : NULL;
    char *path = folder != NULL ? g_build_filename(folder, KAB_EMBEDDED_MODULE, NULL) : NULL;

    if (path != NULL && g_file_test(path, G_FILE_TEST_EXISTS))
        return path;
    g_free(path);
    return g_build_filename(KAB_MODULE_DIR, KAB_EMBEDDED_MODULE, NULL);
}

static gboolean
start_embedded(const Options *options, KabEmbedded *embedded, GError **error)
{
    g_autofree char *path = find_module();
    g_autofree char *folder = options->data != NULL
                                  ? g_strdup(options->data)
                                  : g_build_filename(g_get_user_data_dir(), "kabinet",
                                                     options->demo ? "demo" : "embedded", NULL);
    const char *demo_folder = options->demo_folder != NULL ? options->demo_folder : KAB_DEMO_DIR;
    GModule *module = g_module_open_full(path, G_MODULE_BIND_LAZY | G_MODULE_BIND_LOCAL, error);
    KabEmbeddedStart start;

    if (module == NULL)
        return FALSE;
    g_module_make_resident(module); /* types of it are registered */
    if (!g_module_symbol(module, KAB_EMBEDDED_ENTRY, (gpointer *)&start)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_FAILED, "%s", g_module_error());
        return FALSE;
    }
    return start(folder, options->demo ? demo_folder : NULL, embedded, error);
}

static gboolean
on_signal(gpointer application)
{
    g_application_quit(application);
    return G_SOURCE_CONTINUE;
}

/* The embedded services, which begin when they are wanted first. */
typedef struct {
    const Options *options;
    KabEmbedded services;
} Embedded;

static gboolean
host(gpointer data, const char **portal_address, const char **base_address, GError **error)
{
    Embedded *embedded = data;

    if (embedded->services.pair == NULL &&
        !start_embedded(embedded->options, &embedded->services, error))
        return FALSE;
    *portal_address = embedded->services.portal_address;
    *base_address = embedded->services.base_address;
    return TRUE;
}

/* Where the person signed in last, unless the command line says something else. */
static void
recall(Options *options)
{
    g_autoptr(GSettings) preferences = kab_preferences_new();

    if (options->portal != NULL || options->data != NULL || options->demo)
        return;
    options->portal = kab_preferences_dup(preferences, "portal-address");
    if (options->portal == NULL)
        return;
    if (options->base == NULL) {
        options->base = kab_preferences_dup(preferences, "base-address");
        options->base_login = kab_preferences_dup(preferences, "base-login");
    }
    if (options->ca_file != NULL)
        return; /* of both ends */
    options->ca_file = kab_preferences_dup(preferences, "ca-file");
    options->base_ca_file = kab_preferences_is_chosen(preferences, "base-ca-file")
                                ? kab_preferences_dup(preferences, "base-ca-file")
                                : g_strdup(options->ca_file);
}

/* What a person types may leave the scheme out. */
static void
complete(char **address)
{
    char *whole = *address != NULL ? kab_service_address_complete(*address) : NULL;

    g_free(*address);
    *address = whole;
}

/* A second click on the icon: the window that has the same data open comes forward. */
static gboolean
is_open_already(GApplication *running, GError **error)
{
    if (running == NULL || !g_error_matches(*error, KAB_ERROR, KAB_ERROR_BUSY))
        return FALSE;
    g_clear_error(error);
    g_application_activate(running);
    return TRUE;
}

static int
run(Options *options, const char *program, GError **error)
{
    const KabAppIdentity identities[] = {
        {_("Partner"), KAB_DEMO_PARTNER, KAB_DEMO_PASSWORD, KAB_APP_PARTNER},
        {_("Administrator"), KAB_DEMO_ADMINISTRATOR, KAB_DEMO_PASSWORD, KAB_APP_ADMINISTRATOR},
    };
    Embedded embedded = {.options = options};
    gboolean chosen = options->portal != NULL;
    g_autoptr(GApplication) running = chosen ? NULL : find_running();
    g_autoptr(GApplication) application = NULL;
    char *arguments[] = {(char *)program, NULL};
    KabAppConfig config = {.host = options->demo ? NULL : host, .host_data = &embedded};
    int status;

    if (options->ca_file != NULL) { /* it is remembered: it has to mean the same anywhere */
        g_autofree char *given = g_steal_pointer(&options->ca_file);

        options->ca_file = g_canonicalize_filename(given, NULL);
        options->base_ca_file = g_strdup(options->ca_file);
    }
    complete(&options->portal);
    complete(&options->base);
    recall(options);
    config.portal_address = options->portal;
    config.base_address = options->base;
    config.code = options->code;
    config.notice = options->notice;
    config.ca_file = options->ca_file;
    config.base_ca_file = options->base_ca_file;
    config.base_login = options->base_login;
    config.demo = options->demo;
    config.identities = identities;
    config.n_identities = options->demo ? G_N_ELEMENTS(identities) : 0;
    config.remember = !options->demo && options->data == NULL;
    if (options->portal == NULL) {
        config.embedded = TRUE;
        if (!host(&embedded, &config.portal_address, &config.base_address, error))
            return is_open_already(running, error) ? 0 : 1;
    }
    application = kab_application_new(&config);
    /* Another window shows something else: this one is by itself. */
    if (running != NULL || chosen)
        g_application_set_flags(application, G_APPLICATION_NON_UNIQUE);
    g_unix_signal_add(SIGTERM, on_signal, application);
    g_unix_signal_add(SIGINT, on_signal, application);
    status = g_application_run(application, 1, arguments);
    g_clear_object(&application);
    if (embedded.services.pair != NULL)
        embedded.services.stop(embedded.services.pair);
    return status;
}

int
main(int argc, char **argv)
{
    Options options = {0};
    g_autoptr(GError) error = NULL;
    int status = 2;

    setlocale(LC_ALL, "");
    bindtextdomain(GETTEXT_PACKAGE, g_getenv("KABINET_LOCALE_DIR") != NULL
                                        ? g_getenv("KABINET_LOCALE_DIR")
                                        : LOCALEDIR);
    bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    textdomain(GETTEXT_PACKAGE);
    if (parse_options(&options, &argc, &argv, &error)) {
        if (options.version) {
            g_print("kabinet %s\n", PACKAGE_VERSION);
            status = 0;
        } else {
            status = run(&options, argv[0], &error);
        }
    }
    if (error != NULL)
        g_printerr("kabinet: %s\n", error->message);
    options_clear(&options);
    return status;
}
