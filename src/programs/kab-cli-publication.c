/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-partners.h"
#include "kab-base-publication.h"
#include "kab-cli-base.h"
#include "kab-error.h"
#include "kab-wire-publication.h"

#include <glib/gi18n.h>

#define PAGE 500
#define MAX_LOGINS 10000

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
kab_cli_contact_set(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *name = NULL;
    g_autofree char *email = NULL;
    g_autofree char *phone = NULL;
    const GOptionEntry entries[] = {
        {"name", 0, 0, G_OPTION_ARG_STRING, &name, NULL, NULL},
        {"email", 0, 0, G_OPTION_ARG_STRING, &email, NULL, NULL},
        {"phone", 0, 0, G_OPTION_ARG_STRING, &phone, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL && kab_base_contacts_set(cli->end, db.db, &cli->actor, argv[1], name,
                                                      email, phone, error);
    }
}

/* What is asked for is done when the portal hears of it. */
static void
say_later(KabCli *cli)
{
    if (!cli->json)
        g_print("%s\n", _("It is sent to the portal with the next exchange."));
}

static gboolean
publish(KabCli *cli, int argc, char **argv, gboolean need_login, GError **error)
{
    KabRole role = KAB_ROLE_BUYER;
    g_autofree char *login = NULL;
    g_autofree char *nick = NULL;
    g_autofree char *language = NULL;
    const GOptionEntry entries[] = {
        {"login", 0, 0, G_OPTION_ARG_STRING, &login, NULL, NULL},
        {"role", 0, 0, G_OPTION_ARG_STRING, &nick, NULL, NULL},
        {"language", 0, 0, G_OPTION_ARG_STRING, &language, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) ||
        (nick != NULL && !kab_role_from_nick(nick, &role, error)))
        return FALSE;
    if (need_login && login == NULL) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("--login is missing"));
        return FALSE;
    }
    if (!kab_cli_open(cli, error))
        return FALSE;
    {
        const KabPublicationRequest request = {argv[1], login, role, language, nick == NULL};
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL ||
            !kab_base_publication_publish(cli->end, db.db, &cli->actor, &request, error))
            return FALSE;
    }
    say_later(cli);
    return TRUE;
}

gboolean
kab_cli_contact_publish(KabCli *cli, int argc, char **argv, GError **error)
{
    return publish(cli, argc, argv, TRUE, error);
}

gboolean
kab_cli_user_publish(KabCli *cli, int argc, char **argv, GError **error)
{
    return publish(cli, argc, argv, FALSE, error);
}

static GPtrArray *
list_publications(KabDb *db, const char *state, const char *kind, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)kab_publication_free);
    g_autofree char *after = NULL;

    do {
        g_autofree char *next = NULL;
        const KabPublicationQuery query = {.state = state, .kind = kind};
        g_autoptr(GPtrArray) page =
            kab_base_publication_list(db, &query, after, PAGE, &next, error);

        if (page == NULL)
            return NULL;
        g_ptr_array_extend_and_steal(all, g_steal_pointer(&page));
        g_free(after);
        after = g_steal_pointer(&next);
    } while (after != NULL);
    return g_steal_pointer(&all);
}

static const char *
name_state(const KabPublication *publication)
{
    return publication->published ? kab_user_state_to_title(kab_publication_get_state(publication))
                                  : _("none");
}

static void
print_publications(GPtrArray *publications)
{
    KabCliTable *table = kab_cli_table_new(N_("Name"), N_("Partner"), N_("E-mail"), N_("State"),
                                           N_("Login"), N_("Role"), N_("Problem"), N_("Id"), NULL);

    for (guint i = 0; i < publications->len; i++) {
        const KabPublication *row = g_ptr_array_index(publications, i);

        kab_cli_table_add(table, row->name, row->partner_name, row->email, name_state(row),
                          row->login, row->login != NULL ? kab_role_to_title(row->role) : NULL,
                          row->problem, row->id);
    }
    kab_cli_table_print(table, _("There is nobody to publish"));
}

gboolean
kab_cli_publication_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *state = NULL;
    g_autofree char *kind = NULL;
    const GOptionEntry entries[] = {
        {"state", 0, 0, G_OPTION_ARG_STRING, &state, NULL, NULL},
        {"kind", 0, 0, G_OPTION_ARG_STRING, &kind, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GPtrArray) publications = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            publications = list_publications(db.db, state, kind, error);
    }
    if (publications == NULL)
        return FALSE;
    if (cli->json)
        kab_cli_print_list(publications, kab_wire_publication_to_json);
    else
        print_publications(publications);
    return TRUE;
}

/* All of them, or none. */
static gboolean
act(KabCli *cli, int argc, char **argv, KabPublicationAction action, GError **error)
{
    if (!kab_cli_parse(NULL, &argc, &argv, 1, MAX_LOGINS, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
        g_autoptr(KabTransaction) transaction = db.db != NULL ? kab_db_begin(db.db, error) : NULL;

        if (transaction == NULL)
            return FALSE;
        for (int i = 1; i < argc; i++)
            if (!kab_base_publication_act(cli->end, db.db, &cli->actor, argv[i], action, error))
                return FALSE;
        if (!kab_transaction_commit(transaction, error))
            return FALSE;
    }
    say_later(cli);
    return TRUE;
}

gboolean
kab_cli_publication_activate(KabCli *cli, int argc, char **argv, GError **error)
{
    return act(cli, argc, argv, KAB_PUBLICATION_ACTIVATE, error);
}

gboolean
kab_cli_publication_deactivate(KabCli *cli, int argc, char **argv, GError **error)
{
    return act(cli, argc, argv, KAB_PUBLICATION_DEACTIVATE, error);
}

gboolean
kab_cli_publication_invite(KabCli *cli, int argc, char **argv, GError **error)
{
    return act(cli, argc, argv, KAB_PUBLICATION_INVITE, error);
}

gboolean
kab_cli_publication_reset(KabCli *cli, int argc, char **argv, GError **error)
{
    return act(cli, argc, argv, KAB_PUBLICATION_RESET, error);
}

gboolean
kab_cli_publication_delete(KabCli *cli, int argc, char **argv, GError **error)
{
    return act(cli, argc, argv, KAB_PUBLICATION_DELETE, error);
}

gboolean
kab_cli_publication_partner(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *nick = NULL;
    const GOptionEntry entries[] = {
        {"role", 0, 0, G_OPTION_ARG_STRING, &nick, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabPartner) partner = NULL;
    KabRole role = KAB_ROLE_BUYER;
    gboolean none;

    if (!kab_cli_parse(entries, &argc, &argv, 2, 2, error))
        return FALSE;
    none = g_strcmp0(nick, "none") == 0;
    if ((nick != NULL && !none && !kab_role_from_nick(nick, &role, error)) ||
        !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        partner = db.db != NULL ? kab_base_partners_load(db.db, argv[2], error) : NULL;
        return partner != NULL &&
               kab_base_publication_set_partner(cli->end, db.db, &cli->actor, argv[1], partner->id,
                                                none ? NULL : &role, error);
    }
}
