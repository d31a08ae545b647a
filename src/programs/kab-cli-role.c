/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-roles.h"
#include "kab-cli-base.h"

#include <glib/gi18n.h>
#include <inttypes.h>

static void
print_roles(const GPtrArray *roles)
{
    KabCliTable *table = kab_cli_table_new(N_("Who"), N_("Role at the base"),
                                           N_("Role at the portal"), N_("People"), NULL);

    for (guint i = 0; i < roles->len; i++) {
        const KabBaseRole *role = g_ptr_array_index(roles, i);
        g_autofree char *people = g_strdup_printf("%" PRId64, role->people);

        kab_cli_table_add(table, role->own ? _("own user") : _("contact person"),
                          *role->text != '\0' ? role->text : _("none told"),
                          role->mapped ? kab_role_to_title(role->role) : "", people, NULL);
    }
    kab_cli_table_print(table, _("There is nobody to publish"));
}

gboolean
kab_cli_role_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) roles = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            roles = kab_base_roles_list(db.db, error);
    }
    if (roles == NULL)
        return FALSE;
    if (cli->json)
        kab_cli_print_list(roles, kab_base_role_to_json);
    else
        print_roles(roles);
    return TRUE;
}

gboolean
kab_cli_role_set(KabCli *cli, int argc, char **argv, GError **error)
{
    KabBaseRole role = {0};
    const GOptionEntry entries[] = {
        {"own", 0, 0, G_OPTION_ARG_NONE, &role.own, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };

    if (!kab_cli_parse(entries, &argc, &argv, 1, 2, error) ||
        (argc > 2 && !kab_role_from_nick(argv[2], &role.role, error)) || !kab_cli_open(cli, error))
        return FALSE;
    role.text = argv[1];
    role.mapped = argc > 2;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL && kab_base_roles_set(cli->end, db.db, &cli->actor, &role, error);
    }
}

gboolean
kab_cli_role_fill(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) filled = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            filled = kab_base_roles_fill(cli->end, db.db, &cli->actor, error);
    }
    if (filled == NULL)
        return FALSE;
    if (cli->json)
        kab_cli_print_list(filled, kab_base_role_to_json);
    else
        g_print("%u\n", filled->len);
    return TRUE;
}
