/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-app-config.h"
#include "kab-application.h"
#include "kab-demo.h"
#include "kab-pair.h"
#include "kab-seal.h"
#include "kab-users.h"

#include <glib/gi18n.h>
#include <locale.h>

/* What the command line says. */
typedef struct {
    char *portal;
    char *base;
    char *data;
    char *demo_folder;
    gboolean demo;
    gboolean version;
} Options;

static void
options_clear(Options *options)
{
    g_free(options->portal);
    g_free(options->base);
    g_free(options->data);
    g_free(options->demo_folder);
}

static gboolean
parse_options(Options *options, int *argc, char ***argv, GError **error)
{
    const GOptionEntry entries[] = {
        {"portal", 0, 0, G_OPTION_ARG_STRING, &options->portal,
         N_("the portal's address, such as https://portal.example or unix:PATH"), N_("ADDRESS")},
        {"base", 0, 0, G_OPTION_ARG_STRING, &options->base,
         N_("the base's address, for administrators and managers"), N_("ADDRESS")},
        {"data", 0, 0, G_OPTION_ARG_FILENAME, &options->data,
         N_("without a portal: the folder of the embedded services' data"), N_("DIR")},
        {"demo", 0, 0, G_OPTION_ARG_NONE, &options->demo,
         N_("show an invented wholesaler with its partners"), NULL},
        {"demo-files", 0, 0, G_OPTION_ARG_FILENAME, &options->demo_folder,
         N_("where the demo's files lie"), N_("DIR")},
        {"version", 0, 0, G_OPTION_ARG_NONE, &options->version, N_("print the version"), NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);

    g_option_context_set_summary(context,
                                 _("A partner's desktop for ordering, and the exchange console.\n"
                                   "Without --portal it runs a portal and a base itself."));
    g_option_context_add_main_entries(context, entries, GETTEXT_PACKAGE);
    if (!g_option_context_parse(context, argc, argv, error))
        return FALSE;
    if (*argc == 1)
        return TRUE;
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("“%s” is not an option"),
                (*argv)[1]);
    return FALSE;
}

/* A pair that has nobody yet gets an administrator, whose password is told once. */
static gboolean
welcome(KabPair *pair, GError **error)
{
    g_auto(KabEndDb) portal = KAB_END_DB_INIT(kab_pair_get_portal(pair), error);
    g_auto(KabEndDb) base = KAB_END_DB_INIT(kab_pair_get_base(pair), error);
    g_autofree char *password = kab_random_token();
    g_autoptr(GPtrArray) users = NULL;
    KabUser user = {.id = kab_user_id_new(), .role = KAB_ROLE_ADMINISTRATOR, .active = TRUE};

    if (portal.db == NULL || base.db == NULL)
        return FALSE;
    users = kab_users_list(portal.db, error);
    if (users == NULL)
        return FALSE;
    if (users->len > 1) /* more than the exchange's own */
        return TRUE;
    user.login = (char *)"admin";
    user.name = _("Administrator");
    if (!kab_users_put(portal.db, &user, error) || !kab_users_put(base.db, &user, error) ||
        !kab_users_set_password(portal.db, user.id, password, error) ||
        !kab_users_set_password(base.db, user.id, password, error))
        return FALSE;
    g_print(_("First start: sign in as “admin” with the password %s\n"), password);
    return TRUE;
}

static KabPair *
start_pair(const Options *options, GError **error)
{
    g_autofree char *folder = options->data != NULL
                                  ? g_strdup(options->data)
                                  : g_build_filename(g_get_user_data_dir(), "kabinet",
                                                     options->demo ? "demo" : "embedded", NULL);
    KabPair *pair = kab_pair_start(folder, error);
    gboolean ready;

    if (pair == NULL)
        return NULL;
    if (options->demo)
        ready = kab_demo_prepare(
            pair, options->demo_folder != NULL ? options->demo_folder : KAB_DEMO_DIR, error);
    else
        ready = welcome(pair, error);
    if (ready)
        return pair;
    kab_pair_stop(pair);
    return NULL;
}

static int
run(const Options *options, const char *program, GError **error)
{
    const KabAppIdentity identities[] = {
        {_("Partner"), KAB_DEMO_PARTNER, KAB_DEMO_PASSWORD, KAB_APP_PARTNER},
        {_("Administrator"), KAB_DEMO_ADMINISTRATOR, KAB_DEMO_PASSWORD, KAB_APP_ADMINISTRATOR},
    };
    KabAppConfig config = {
        .portal_address = options->portal,
        .base_address = options->base,
        .demo = options->demo,
        .identities = identities,
        .n_identities = options->demo ? G_N_ELEMENTS(identities) : 0,
    };
    g_autoptr(GApplication) application = NULL;
    KabPair *pair = NULL;
    char *arguments[] = {(char *)program, NULL};
    int status;

    if (options->portal == NULL) {
        pair = start_pair(options, error);
        if (pair == NULL)
            return 1;
        config.portal_address = kab_pair_get_portal_address(pair);
        config.base_address = kab_pair_get_base_address(pair);
    }
    application = kab_application_new(&config);
    status = g_application_run(application, 1, arguments);
    g_clear_object(&application);
    kab_pair_stop(pair);
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
