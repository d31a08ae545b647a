/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-partners.h"
#include "kab-cli-base.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-wire-goods.h"

#include <glib/gi18n.h>

static JsonNode *
encode_partner(gconstpointer item)
{
    const KabPartner *partner = item;
    JsonNode *node = kab_wire_partner_to_json(partner);

    json_object_set_string_member(json_node_get_object(node), "id", partner->id.text);
    return node;
}

gboolean
kab_cli_partner_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) partners = NULL;
    KabCliTable *table;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            partners = kab_base_partners_list(db.db, error);
    }
    if (partners == NULL)
        return FALSE;
    if (cli->json) {
        kab_cli_print_list(partners, encode_partner);
        return TRUE;
    }
    table = kab_cli_table_new(N_("Name"), N_("INN"), N_("KPP"), N_("Manager"), N_("Id"), NULL);
    for (guint i = 0; i < partners->len; i++) {
        const KabPartner *partner = g_ptr_array_index(partners, i);

        kab_cli_table_add(table, partner->name, partner->inn, partner->kpp, partner->manager,
                          partner->id.text);
    }
    kab_cli_table_print(table, _("There are no partners"));
    return TRUE;
}

gboolean
kab_cli_partner_add(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *price_type = NULL;
    g_autoptr(KabPartner) partner = g_new0(KabPartner, 1);
    const GOptionEntry entries[] = {
        {"full-name", 0, 0, G_OPTION_ARG_STRING, &partner->full_name, NULL, NULL},
        {"inn", 0, 0, G_OPTION_ARG_STRING, &partner->inn, NULL, NULL},
        {"kpp", 0, 0, G_OPTION_ARG_STRING, &partner->kpp, NULL, NULL},
        {"address", 0, 0, G_OPTION_ARG_STRING, &partner->address, NULL, NULL},
        {"email", 0, 0, G_OPTION_ARG_STRING, &partner->email, NULL, NULL},
        {"phone", 0, 0, G_OPTION_ARG_STRING, &partner->phone, NULL, NULL},
        {"manager", 0, 0, G_OPTION_ARG_STRING, &partner->manager, NULL, NULL},
        {"price-type", 0, 0, G_OPTION_ARG_STRING, &price_type, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    partner->name = g_strdup(argv[1]);
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL || !kab_base_partners_add(db.db, partner, price_type, error))
            return FALSE;
    }
    kab_cli_print_id(cli, partner->id.text);
    return TRUE;
}

gboolean
kab_cli_partner_set(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *price_type = NULL;
    g_autofree char *manager = NULL;
    const GOptionEntry entries[] = {
        {"price-type", 0, 0, G_OPTION_ARG_STRING, &price_type, NULL, NULL},
        {"manager", 0, 0, G_OPTION_ARG_STRING, &manager, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabPartner) partner = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL)
            return FALSE;
        partner = kab_base_partners_load(db.db, argv[1], error);
        return partner != NULL &&
               kab_base_partners_set_agreement(db.db, partner->id, price_type, manager, error);
    }
}

gboolean
kab_cli_contact_add(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *email = NULL;
    g_autofree char *phone = NULL;
    const GOptionEntry entries[] = {
        {"email", 0, 0, G_OPTION_ARG_STRING, &email, NULL, NULL},
        {"phone", 0, 0, G_OPTION_ARG_STRING, &phone, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabPartner) partner = NULL;
    g_autofree char *id = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 2, 2, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL)
            return FALSE;
        partner = kab_base_partners_load(db.db, argv[1], error);
        if (partner != NULL)
            id = kab_base_contacts_add(db.db, partner->id, argv[2], email, phone, error);
    }
    if (id == NULL)
        return FALSE;
    kab_cli_print_id(cli, id);
    return TRUE;
}

gboolean
kab_cli_contact_publish(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *login = NULL;
    g_autofree char *nick = NULL;
    const GOptionEntry entries[] = {
        {"login", 0, 0, G_OPTION_ARG_STRING, &login, NULL, NULL},
        {"role", 0, 0, G_OPTION_ARG_STRING, &nick, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    KabRole role = KAB_ROLE_BUYER;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) ||
        (nick != NULL && !kab_role_from_nick(nick, &role, error)))
        return FALSE;
    if (login == NULL) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("--login is missing"));
        return FALSE;
    }
    if (!kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL && kab_base_contacts_publish(db.db, argv[1], login, role, error);
    }
}
