/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-end.h"
#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-users.h"
#include "kab-wire-user.h"

#include <glib/gi18n.h>

#define PAGE 500

static JsonNode *
encode_user(gconstpointer user)
{
    return kab_json_node_take(kab_wire_user_describe(user));
}

/* All users, page by page. */
static GPtrArray *
list_users(KabDb *db, GError **error)
{
    g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func((GDestroyNotify)kab_user_free);
    g_autofree char *after = NULL;

    do {
        g_autofree char *next = NULL;
        g_autoptr(GPtrArray) page = kab_users_list(db, NULL, after, PAGE, &next, error);

        if (page == NULL)
            return NULL;
        g_ptr_array_extend_and_steal(users, g_steal_pointer(&page));
        g_free(after);
        after = g_steal_pointer(&next);
    } while (after != NULL);
    return g_steal_pointer(&users);
}

gboolean
kab_cli_user_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) users = NULL;
    KabCliTable *table;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            users = list_users(db.db, error);
    }
    if (users == NULL)
        return FALSE;
    if (cli->json) {
        kab_cli_print_list(users, encode_user);
        return TRUE;
    }
    table = kab_cli_table_new(N_("Login"), N_("Name"), N_("Role"), N_("E-mail"), N_("State"), NULL);
    for (guint i = 0; i < users->len; i++) {
        const KabUser *user = g_ptr_array_index(users, i);

        kab_cli_table_add(table, user->login, user->name, kab_role_to_title(user->role),
                          user->email, kab_user_state_to_title(kab_user_get_state(user)));
    }
    kab_cli_table_print(table, _("There are no users"));
    return TRUE;
}

gboolean
kab_cli_user_add(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *name = NULL;
    g_autofree char *role = NULL;
    g_autofree char *email = NULL;
    g_autofree char *phone = NULL;
    g_autofree char *language = NULL;
    const GOptionEntry entries[] = {
        {"name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL},
        {"role", 0, 0, G_OPTION_ARG_STRING, &role, NULL, NULL},
        {"email", 0, 0, G_OPTION_ARG_STRING, &email, NULL, NULL},
        {"phone", 0, 0, G_OPTION_ARG_STRING, &phone, NULL, NULL},
        {"language", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    KabUser user = {.active = TRUE};

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error))
        return FALSE;
    if (role == NULL) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("--role is missing"));
        return FALSE;
    }
    if (!kab_role_from_nick(role, &user.role, error))
        return FALSE;
    if (!kab_cli_open(cli, error))
        return FALSE;
    user.login = argv[1];
    user.name = name != NULL ? name : argv[1];
    user.email = email;
    user.phone = phone;
    user.language = language;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL && kab_end_people_add(cli->end, db.db, &cli->actor, &user, error);
    }
}

gboolean
kab_cli_user_set(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *name = NULL;
    g_autofree char *email = NULL;
    g_autofree char *phone = NULL;
    g_autofree char *language = NULL;
    const GOptionEntry entries[] = {
        {"name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL},
        {"email", 0, 0, G_OPTION_ARG_STRING, &email, NULL, NULL},
        {"phone", 0, 0, G_OPTION_ARG_STRING, &phone, NULL, NULL},
        {"language", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    char **const options[] = {&name, &email, &phone, &language};
    g_autoptr(KabUser) user = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
        char **fields[G_N_ELEMENTS(options)];

        user = db.db != NULL ? kab_users_load(db.db, argv[1], error) : NULL;
        if (user == NULL)
            return FALSE;
        fields[0] = &user->name;
        fields[1] = &user->email;
        fields[2] = &user->phone;
        fields[3] = &user->language;
        for (gsize i = 0; i < G_N_ELEMENTS(options); i++) {
            if (*options[i] == NULL)
                continue;
            g_free(*fields[i]);
            *fields[i] = g_steal_pointer(options[i]);
        }
        return kab_end_people_put(cli->end, db.db, &cli->actor, user, error);
    }
}

gboolean
kab_cli_user_password(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *file = NULL;
    const GOptionEntry entries[] = {
        {"file", 0, 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autofree char *password = NULL;
    g_autoptr(KabUser) user = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL)
            return FALSE;
        user = kab_users_load(db.db, argv[1], error);
        if (user == NULL)
            return FALSE;
        password = kab_cli_read_secret(_("Password"), file, error);
        return password != NULL &&
               kab_end_people_set_password(cli->end, db.db, &cli->actor, user, password, error);
    }
}

static gboolean
set_active(KabCli *cli, int argc, char **argv, gboolean active, GError **error)
{
    g_autoptr(KabUser) user = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL)
            return FALSE;
        user = kab_users_load(db.db, argv[1], error);
        if (user == NULL)
            return FALSE;
        return kab_end_people_set_active(cli->end, db.db, &cli->actor, user, active, TRUE, error);
    }
}

gboolean
kab_cli_user_activate(KabCli *cli, int argc, char **argv, GError **error)
{
    return set_active(cli, argc, argv, TRUE, error);
}

gboolean
kab_cli_user_deactivate(KabCli *cli, int argc, char **argv, GError **error)
{
    return set_active(cli, argc, argv, FALSE, error);
}

gboolean
kab_cli_user_delete(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(KabUser) user = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL)
            return FALSE;
        user = kab_users_load(db.db, argv[1], error);
        return user != NULL && kab_end_people_delete(cli->end, db.db, &cli->actor, user, error);
    }
}
