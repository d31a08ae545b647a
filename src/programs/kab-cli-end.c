/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-end.h"
#include "kab-error.h"
#include "kab-host.h"
#include "kab-json.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

static gboolean
on_signal(gpointer data)
{
    g_main_loop_quit(data);
    return G_SOURCE_REMOVE;
}

static gboolean
serve(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *listen = NULL;
    gboolean behind_proxy = FALSE;
    const GOptionEntry entries[] = {
        {"listen", 0, 0, G_OPTION_ARG_STRING, &listen, NULL, NULL},
        {"behind-proxy", 0, 0, G_OPTION_ARG_NONE, &behind_proxy, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
    KabHost *host;

    if (!kab_cli_parse(entries, &argc, &argv, 0, 0, error))
        return FALSE;
    if (listen == NULL)
        listen = g_strdup(cli->side == KAB_SIDE_PORTAL ? "127.0.0.1:8080" : "127.0.0.1:8081");
    host = kab_host_start(cli->side, cli->folder, listen, behind_proxy, error);
    if (host == NULL)
        return FALSE;
    g_unix_signal_add(SIGTERM, on_signal, loop);
    g_unix_signal_add(SIGINT, on_signal, loop);
    g_print(_("Listening on %s\n"), listen);
    fflush(stdout);
    g_main_loop_run(loop);
    kab_host_stop(host);
    return TRUE;
}

static const char *
get_text(JsonObject *object, const char *name)
{
    return json_object_get_string_member_with_default(object, name, "");
}

static void
print_settings(const KabSettings *settings, JsonObject *values)
{
    KabCliTable *table = kab_cli_table_new(N_("Name"), N_("Value"), N_("Meaning"), NULL);

    for (guint i = 0; i < settings->n_settings; i++) {
        const KabSetting *setting = &settings->settings[i];

        kab_cli_table_add(table, setting->name,
                          setting->type == KAB_SETTING_SECRET ? "••••"
                                                              : get_text(values, setting->name),
                          _(setting->title));
    }
    kab_cli_table_print(table, "");
}

static void
print_setting(KabCli *cli, const char *name, const char *value)
{
    JsonObject *object;

    if (!cli->json) {
        g_print("%s\n", value);
        return;
    }
    object = json_object_new();
    json_object_set_string_member(object, "name", name);
    json_object_set_string_member(object, "value", value);
    kab_cli_print_json(kab_json_node_take(object));
}

static gboolean
settings_get(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(JsonNode) all = NULL;
    const KabSettings *settings;
    const KabSetting *setting;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    settings = kab_end_get_settings(cli->end);
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            all = kab_settings_to_json(settings, db.db, FALSE, error);
    }
    if (all == NULL)
        return FALSE;
    if (argc > 1) {
        setting = kab_settings_find(settings, argv[1], error);
        if (setting == NULL)
            return FALSE;
        if (setting->type == KAB_SETTING_SECRET) {
            g_set_error(error, KAB_ERROR, KAB_ERROR_DENIED, _("%s is a secret and is not shown"),
                        argv[1]);
            return FALSE;
        }
        print_setting(cli, argv[1], get_text(json_node_get_object(all), argv[1]));
    } else if (cli->json) {
        kab_cli_print_json(g_steal_pointer(&all));
    } else {
        print_settings(settings, json_node_get_object(all));
    }
    return TRUE;
}

static char *
get_new_value(const KabSettings *settings, int argc, char **argv, const char *file, GError **error)
{
    const KabSetting *setting = kab_settings_find(settings, argv[1], error);

    if (setting == NULL)
        return NULL;
    if (setting->type != KAB_SETTING_SECRET && argc > 2)
        return g_strdup(argv[2]);
    if (argc > 2) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                    _("%s is a secret: it comes from a prompt, --file or the standard input"),
                    argv[1]);
        return NULL;
    }
    return kab_cli_read_secret(argv[1], file, error);
}

static gboolean
settings_set(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *file = NULL;
    const GOptionEntry entries[] = {
        {"file", 0, 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autofree char *value = NULL;
    g_autofree char *notice = NULL;
    gboolean done;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 2, error) || !kab_cli_open(cli, error))
        return FALSE;
    value = get_new_value(kab_end_get_settings(cli->end), argc, argv, file, error);
    if (value == NULL)
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        done = db.db != NULL && kab_settings_set(kab_end_get_settings(cli->end), db.db, &cli->actor,
                                                 argv[1], value, &notice, error);
    }
    if (notice != NULL)
        g_printerr("%s\n", notice);
    return done;
}

static gboolean
settings_save(KabCli *cli, int argc, char **argv, GError **error)
{
    gboolean secrets = FALSE;
    const GOptionEntry entries[] = {
        {"secrets", 0, 0, G_OPTION_ARG_NONE, &secrets, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(JsonNode) all = NULL;
    g_autofree char *text = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            all = kab_settings_to_json(kab_end_get_settings(cli->end), db.db, secrets, error);
    }
    if (all == NULL)
        return FALSE;
    text = json_to_string(all, TRUE);
    if (strcmp(argv[1], "-") == 0) {
        g_print("%s\n", text);
        return TRUE;
    }
    /* The file is replaced as a whole: never something that is no file. */
    if (g_file_test(argv[1], G_FILE_TEST_EXISTS) && !g_file_test(argv[1], G_FILE_TEST_IS_REGULAR)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s” is not a file"), argv[1]);
        return FALSE;
    }
    return g_file_set_contents_full(argv[1], text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
settings_load(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *text = NULL;
    gsize length;
    g_autoptr(GBytes) bytes = NULL;
    g_autoptr(JsonNode) node = NULL;
    g_autofree char *notices = NULL;
    gboolean done;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error) ||
        !g_file_get_contents(argv[1], &text, &length, error))
        return FALSE;
    bytes = g_bytes_new_static(text, length);
    node = kab_json_parse(bytes, error);
    if (node == NULL) {
        g_prefix_error(error, "%s: ", argv[1]);
        return FALSE;
    }
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        done = db.db != NULL &&
               kab_settings_load_json(kab_end_get_settings(cli->end), db.db, &cli->actor,
                                      json_node_get_object(node), &notices, error);
    }
    if (done && notices != NULL)
        g_printerr("%s\n", notices);
    return done;
}

const KabCliCommand *
kab_cli_end_commands(guint *n_commands)
{
    static const KabCliCommand commands[] = {
        {"serve", "[--listen ADDR] [--behind-proxy]",
         N_("Run the service. ADDR is 127.0.0.1:8080, [::1]:8080 or unix:PATH. With "
            "--behind-proxy, a proxy on this machine tells the client's address in X-Real-IP"),
         serve},
        {"run", "", N_("Run the exchange once, now"), kab_cli_run},
        {"run stop", "", N_("Stop the run that is under way; what was not sent waits"),
         kab_cli_run_stop},
        {"status", "", N_("Tell how the exchange stands"), kab_cli_status},
        {"check", "", N_("Check integration: whether the other end's service is available"),
         kab_cli_check},
        {"queue", "[--kind KIND] [--object ID] [--state STATE] [--error TEXT] [--limit N]",
         N_("List the queue; STATE is waiting, processing or failed"), kab_cli_queue},
        {"queue retry",
         "--kind KIND | --object ID | --error TEXT | --all [--state STATE] [--count]",
         N_("Let failed entries be sent again now, with all their attempts; prints how many. "
            "With --count nothing is done"),
         kab_cli_queue_retry},
        {"queue discard",
         "--kind KIND | --object ID | --error TEXT | --all [--state STATE] [--count]",
         N_("Take failed entries out of the queue; the journal keeps them. Prints how many. With "
            "--count nothing is done"),
         kab_cli_queue_discard},
        {"queue show", "KIND OBJECT",
         N_("Print what a message about an object would say now, in JSON; OBJECT is its id, or "
            "what people call it: an order's number, a product's article, a name"),
         kab_cli_queue_show},
        {"queue add", "KIND OBJECT", N_("Queue an object by hand"), kab_cli_queue_add},
        {"queue pause", "", N_("Send nothing from now on; what comes is taken"),
         kab_cli_queue_pause},
        {"queue resume", "", N_("Send again"), kab_cli_queue_resume},
        {"kinds", "", N_("List the object kinds that this end sends"), kab_cli_kinds},
        {"kinds set", "KIND on|off",
         N_("Let a kind take part in the exchange, or not: its objects stay in the queue then"),
         kab_cli_kinds_set},
        {"journal",
         "[--object ID] [--kind KIND] [--direction D] [--outcome O] [--since T] [--until T] "
         "[--limit N] [--follow]",
         N_("List the newest requests between the ends, or with --object (an id, or what people "
            "call it: an order's number, a product's article, a name) the whole story of one "
            "object. D is incoming or outgoing, O is ok or error, T a time such as "
            "2026-01-31T12:00:00Z, a day such as 2026-01-31, or how long ago, such as 10m, 2h or "
            "3d. With --follow, print what comes"),
         kab_cli_journal},
        {"journal show", "NUMBER", N_("Print one request and its answer in full"),
         kab_cli_journal_show},
        {"settings get", "[NAME]", N_("Print the settings, or one of them"), settings_get},
        {"settings set", "NAME [VALUE] [--file FILE]",
         N_("Change a setting; a secret's value comes from FILE, a prompt or the standard input"),
         settings_set},
        {"settings save", "FILE [--secrets]",
         N_("Write all settings to a file; - is the standard output"), settings_save},
        {"settings load", "FILE", N_("Read settings from a file"), settings_load},
        {"user list", "", N_("List the users"), kab_cli_user_list},
        {"user add",
         "LOGIN --role ROLE [--name NAME] [--email E-MAIL] [--phone PHONE] "
         "[--language ru|en]",
         N_("Add a user of the company's own; ROLE is administrator, manager or exchange"),
         kab_cli_user_add},
        {"user set", "LOGIN [--name NAME] [--email E-MAIL] [--phone PHONE] [--language ru|en]",
         N_("Change what is known of a user"), kab_cli_user_set},
        {"user password", "LOGIN [--file FILE]", N_("Set a user's password"),
         kab_cli_user_password},
        {"user activate", "LOGIN", N_("Let a user sign in again"), kab_cli_user_activate},
        {"user deactivate", "LOGIN", N_("Let a user sign in no more"), kab_cli_user_deactivate},
        {"user delete", "LOGIN", N_("Remove a user"), kab_cli_user_delete},
        {"session list", "LOGIN", N_("List the sessions of a user"), kab_cli_session_list},
        {"session end", "LOGIN [ID]", N_("End a session of a user, or all of them"),
         kab_cli_session_end},
        {"audit list", "[--who LOGIN] [--action ACTION] [--limit N]",
         N_("Show who did what, newest first"), kab_cli_audit_list},
        {"audit verify", "[--known HASH]", N_("Check that nobody has changed the audit log"),
         kab_cli_audit_verify},
    };

    *n_commands = G_N_ELEMENTS(commands);
    return commands;
}
