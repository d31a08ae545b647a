/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-end.h"
#include "kab-cli-portal.h"
#include "kab-error.h"
#include "kab-end-people.h"
#include "kab-json.h"
#include "kab-keys.h"
#include "kab-portal-people.h"
#include "kab-users.h"

#include <glib/gi18n.h>

/* The secret is shown once, here, or written to a file that only its owner can read. */
static gboolean
show_key(KabCli *cli, const char *client_id, const char *client_secret, const char *file,
         GError **error)
{
    JsonObject *object = json_object_new();
    g_autoptr(JsonNode) node = kab_json_node_take(object);
    g_autofree char *text = NULL;

    json_object_set_string_member(object, "client_id", client_id);
    json_object_set_string_member(object, "client_secret", client_secret);
    if (file != NULL) {
        text = json_to_string(node, TRUE);
        return g_file_set_contents_full(file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                        error);
    }
    if (cli->json) {
        kab_cli_print_json(g_steal_pointer(&node));
        return TRUE;
    }
    g_print("Client ID: %s\nClient Secret: %s\n%s\n", client_id, client_secret,
            _("The secret is shown only now: keep it."));
    return TRUE;
}

static gboolean
key_create(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *file = NULL;
    const GOptionEntry entries[] = {
        {"file", 0, 0, G_OPTION_ARG_FILENAME, &file, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autofree char *client_id = NULL;
    g_autofree char *client_secret = NULL;
    g_autoptr(KabUser) user = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
        g_autoptr(KabTransaction) transaction = NULL;

        if (db.db == NULL)
            return FALSE;
        user = kab_users_load(db.db, argv[1], error);
        if (user == NULL)
            return FALSE;
        if (file != NULL && g_file_test(file, G_FILE_TEST_EXISTS)) {
            g_set_error(error, KAB_ERROR, KAB_ERROR_CONFLICT, _("“%s” is there already"), file);
            return FALSE;
        }
        transaction = kab_db_begin(db.db, error);
        if (transaction == NULL || !kab_end_people_create_key(cli->end, db.db, &cli->actor, user,
                                                              &client_id, &client_secret, error))
            return FALSE;
        /* A key whose secret nobody has seen is of no use, but to somebody who guesses. */
        return show_key(cli, client_id, client_secret, file, error) &&
               kab_transaction_commit(transaction, error);
    }
}

static gboolean
key_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) keys = NULL;
    KabCliTable *table;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            keys = kab_keys_list(db.db, error);
    }
    if (keys == NULL)
        return FALSE;
    if (cli->json) {
        kab_cli_print_list(keys, kab_end_key_to_json);
        return TRUE;
    }
    table = kab_cli_table_new("Client ID", N_("Login"), N_("Created"), N_("Last used"),
                              N_("Revoked"), NULL);
    for (guint i = 0; i < keys->len; i++) {
        const KabKey *key = g_ptr_array_index(keys, i);
        g_autofree char *created = kab_time_format_local(key->created_at);
        g_autofree char *used = kab_time_format_local(key->used_at);
        g_autofree char *revoked = kab_time_format_local(key->revoked_at);

        kab_cli_table_add(table, key->client_id, key->login, created, used, revoked);
    }
    kab_cli_table_print(table, _("There are no keys"));
    return TRUE;
}

static gboolean
key_revoke(KabCli *cli, int argc, char **argv, GError **error)
{
    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL &&
               kab_end_people_revoke_key(cli->end, db.db, &cli->actor, argv[1], error);
    }
}

/* The code is shown to whoever gives the command, instead of being sent. */
static gboolean
print_code(KabCli *cli, KabDb *db, const KabUser *user, KabCodePurpose purpose, GError **error)
{
    g_autofree char *code = kab_codes_create(db, user->id, purpose, kab_time_now(), error);
    JsonObject *object;

    if (code == NULL)
        return FALSE;
    if (!cli->json) {
        guint hours = kab_code_purpose_get_hours(purpose);

        g_print(_("Code: %s\n"), code);
        g_print(g_dngettext(GETTEXT_PACKAGE, "It is valid for %u hour, once.\n",
                            "It is valid for %u hours, once.\n", hours),
                hours);
        return TRUE;
    }
    object = json_object_new();
    json_object_set_string_member(object, "code", code);
    json_object_set_string_member(object, "purpose", kab_code_purpose_to_nick(purpose));
    kab_cli_print_json(kab_json_node_take(object));
    return TRUE;
}

static gboolean
send_code(KabCli *cli, int argc, char **argv, gboolean reset, GError **error)
{
    gboolean print = FALSE;
    const GOptionEntry entries[] = {
        {"print", 0, 0, G_OPTION_ARG_NONE, &print, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabUser) user = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
        g_autoptr(KabTransaction) transaction = db.db != NULL ? kab_db_begin(db.db, error) : NULL;

        user = transaction != NULL ? kab_users_load(db.db, argv[1], error) : NULL;
        if (user == NULL || !kab_portal_people_check_code(user, reset, error) ||
            (reset &&
             !kab_end_people_set_password(cli->end, db.db, &cli->actor, user, NULL, error)) ||
            !kab_end_audit(cli->end, db.db, &cli->actor, KAB_AUDIT_CODE, user->login,
                           print ? "printed" : "sent", error))
            return FALSE;
        return (print ? print_code(cli, db.db, user, reset ? KAB_CODE_RESET : KAB_CODE_INVITATION,
                                   error)
                      : kab_portal_people_invite(
                            db.db, user, reset ? KAB_CODE_RESET : KAB_CODE_INVITATION, error)) &&
               kab_transaction_commit(transaction, error);
    }
}

static gboolean
user_invite(KabCli *cli, int argc, char **argv, GError **error)
{
    return send_code(cli, argc, argv, FALSE, error);
}

static gboolean
user_reset(KabCli *cli, int argc, char **argv, GError **error)
{
    return send_code(cli, argc, argv, TRUE, error);
}

int
main(int argc, char **argv)
{
    static const KabCliCommand commands[] = {
        {"user invite", "LOGIN [--print]",
         N_("Send a user an invitation, or show its code to hand it over yourself"), user_invite},
        {"user reset", "LOGIN [--print]",
         N_("Take a user's password away and send a code for another one, or show it"), user_reset},
        {"key create", "LOGIN [--file FILE]",
         N_("Make a Client ID and Client Secret for a user with the role exchange"), key_create},
        {"key list", "", N_("List the keys"), key_list},
        {"key revoke", "CLIENT_ID", N_("Revoke a key"), key_revoke},
        {"word list", "", N_("List the words of the base that are not known by themselves"),
         kab_cli_word_list},
        {"word set", "status|state WORD MEANING",
         N_("Say what a word of the base means: for a status on-approval, to-fulfil, closed or "
            "cancelled, for a state one of the usual ones"),
         kab_cli_word_set},
        {"word clear", "status|state WORD", N_("Take back what a word means"), kab_cli_word_clear},
        {"letter list", "[--state STATE] [--limit N]",
         N_("List the newest letters to users; STATE is waiting, sending, sent, failed or dropped"),
         kab_cli_letter_list},
        {"letter retry", "ID | --all",
         N_("Let letters that failed or wait be sent now, with all their attempts; prints how "
            "many"),
         kab_cli_letter_retry},
        {"letter drop", "ID", N_("Let a letter that failed or waits not be sent"),
         kab_cli_letter_drop},
        {"news list", "[--limit N]", N_("List the newest news"), kab_cli_news_list},
        {"news add", "TITLE [--text TEXT | --file FILE] [--author NAME]",
         N_("Publish news to all partners; FILE holds plain text, - is the standard input"),
         kab_cli_news_add},
        {"news remove", "ID", N_("Take news back"), kab_cli_news_remove},
        {"mail test", "ADDRESS",
         N_("Send a test letter by the mail account now, and tell what is wrong if it fails"),
         kab_cli_mail_test},
    };

    return kab_cli_main(KAB_SIDE_PORTAL, commands, G_N_ELEMENTS(commands), argc, argv);
}
