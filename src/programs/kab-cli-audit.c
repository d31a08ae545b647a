/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-end.h"
#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-users.h"

#include <glib/gi18n.h>
#include <inttypes.h>

static void
print_sessions(GPtrArray *sessions)
{
    KabCliTable *table = kab_cli_table_new(N_("Id"), N_("Since"), N_("Last used"), N_("Address"),
                                           N_("Program"), NULL);

    for (guint i = 0; i < sessions->len; i++) {
        const KabSession *session = g_ptr_array_index(sessions, i);
        g_autofree char *since = kab_time_format_local(session->created_at);
        g_autofree char *used = kab_time_format_local(session->used_at);

        kab_cli_table_add(table, session->id, since, used, session->address, session->client);
    }
    kab_cli_table_print(table, _("There are no sessions"));
}

gboolean
kab_cli_session_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) sessions = NULL;
    g_autoptr(KabUser) user = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        user = db.db != NULL ? kab_users_load(db.db, argv[1], error) : NULL;
        if (user != NULL)
            sessions = kab_sessions_list(db.db, user->id, NULL, kab_time_now(), error);
    }
    if (sessions == NULL)
        return FALSE;
    if (cli->json)
        kab_cli_print_list(sessions, kab_end_session_to_json);
    else
        print_sessions(sessions);
    return TRUE;
}

gboolean
kab_cli_session_end(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(KabUser) user = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 2, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        user = db.db != NULL ? kab_users_load(db.db, argv[1], error) : NULL;
        return user != NULL && kab_end_people_end_sessions(cli->end, db.db, &cli->actor, user,
                                                           argc > 2 ? argv[2] : NULL, error);
    }
}

static void
print_entries(GPtrArray *entries)
{
    KabCliTable *table = kab_cli_table_new(N_("When"), N_("Who"), N_("From"), N_("What"),
                                           N_("Object"), N_("Detail"), NULL);

    for (guint i = 0; i < entries->len; i++) {
        const KabAuditEntry *entry = g_ptr_array_index(entries, i);
        g_autofree char *at = kab_time_format_local(entry->at);

        kab_cli_table_add(table, at, entry->who, entry->address, entry->action, entry->object,
                          entry->detail);
    }
    kab_cli_table_print(table, _("The audit log is empty"));
}

gboolean
kab_cli_audit_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *who = NULL;
    g_autofree char *action = NULL;
    int limit = 100;
    const GOptionEntry options[] = {
        {"who", 0, 0, G_OPTION_ARG_STRING, &who, NULL, NULL},
        {"action", 0, 0, G_OPTION_ARG_STRING, &action, NULL, NULL},
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GPtrArray) entries = NULL;
    g_autofree char *next = NULL;

    if (!kab_cli_parse(options, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    if (limit < 1) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                            _("--limit is at least 1"));
        return FALSE;
    }
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            entries = kab_audit_list(db.db, who, action, NULL, (guint)limit, &next, error);
    }
    if (entries == NULL)
        return FALSE;
    if (cli->json)
        kab_cli_print_list(entries, kab_end_audit_to_json);
    else
        print_entries(entries);
    return TRUE;
}

gboolean
kab_cli_audit_verify(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *known = NULL;
    const GOptionEntry options[] = {
        {"known", 0, 0, G_OPTION_ARG_STRING, &known, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autofree char *last = NULL;
    gint64 count = 0;

    if (!kab_cli_parse(options, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL || !kab_audit_verify(db.db, kab_end_get_settings(cli->end)->seal, known,
                                               &count, &last, error))
            return FALSE;
    }
    if (cli->json) {
        JsonObject *object = json_object_new();

        json_object_set_int_member(object, "entries", count);
        json_object_set_string_member(object, "last", last);
        kab_cli_print_json(kab_json_node_take(object));
        return TRUE;
    }
    g_print(g_dngettext(GETTEXT_PACKAGE, "The audit log is whole: %" PRId64 " entry\n",
                        "The audit log is whole: %" PRId64 " entries\n", (gulong)count),
            count);
    g_print(_("The last is %s: kept elsewhere, it shows with --known that none was taken away.\n"),
            last);
    return TRUE;
}
