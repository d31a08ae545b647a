/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-portal.h"
#include "kab-contact.h"
#include "kab-json.h"
#include "kab-portal-letters.h"
#include "kab-portal-post.h"
#include "kab-wire-letter.h"

#include <glib/gi18n.h>

static void
print_letters(GPtrArray *letters)
{
    KabCliTable *table =
        kab_cli_table_new(N_("Letter"), N_("About"), N_("To"), N_("State"), N_("Created"),
                          N_("Attempts"), N_("Next attempt"), N_("Error"), NULL);

    for (guint i = 0; i < letters->len; i++) {
        const KabLetter *letter = g_ptr_array_index(letters, i);
        g_autofree char *created = kab_time_format_local(letter->created_at);
        g_autofree char *attempts = g_strdup_printf("%d", letter->attempts);
        g_autofree char *next = letter->state == KAB_LETTER_WAITING
                                    ? kab_time_format_local(letter->next_attempt_at)
                                    : NULL;

        kab_cli_table_add(table, letter->id, kab_letter_kind_to_title(letter->kind), letter->email,
                          kab_letter_state_to_title(letter->state), created, attempts, next,
                          letter->error);
    }
    kab_cli_table_print(table, _("There are no letters"));
}

static JsonNode *
encode_letter(gconstpointer letter)
{
    return kab_wire_letter_to_json(letter);
}

gboolean
kab_cli_letter_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *state = NULL;
    int limit = 1000;
    const GOptionEntry entries[] = {
        {"state", 0, 0, G_OPTION_ARG_STRING, &state, NULL, NULL},
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GPtrArray) letters = NULL;
    g_autofree char *next = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            letters = kab_portal_letters_list(db.db, state, NULL, (guint)CLAMP(limit, 1, 100000),
                                              &next, error);
    }
    if (letters == NULL)
        return FALSE;
    if (cli->json)
        kab_cli_print_list(letters, encode_letter);
    else
        print_letters(letters);
    return TRUE;
}

static void
print_count(KabCli *cli, gint64 n)
{
    JsonObject *object;

    if (!cli->json) {
        g_print("%" G_GINT64_FORMAT "\n", n);
        return;
    }
    object = json_object_new();
    json_object_set_int_member(object, "count", n);
    kab_cli_print_json(kab_json_node_take(object));
}

gboolean
kab_cli_letter_retry(KabCli *cli, int argc, char **argv, GError **error)
{
    gboolean all = FALSE;
    const GOptionEntry entries[] = {
        {"all", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    gint64 n = 1;

    if (!kab_cli_parse(entries, &argc, &argv, 0, 1, error))
        return FALSE;
    if (all == (argc > 1)) {
        g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                            _("Say which letter, or --all"));
        return FALSE;
    }
    if (!kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL || !(all ? kab_portal_letters_retry_all(db.db, &n, error)
                                   : kab_portal_letters_retry(db.db, argv[1], error)))
            return FALSE;
    }
    print_count(cli, n);
    return TRUE;
}

gboolean
kab_cli_letter_drop(KabCli *cli, int argc, char **argv, GError **error)
{
    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
        g_autofree char *why =
            g_strdup_printf(_("%s has taken it out of the queue"), g_get_user_name());

        return db.db != NULL && kab_portal_letters_drop(db.db, argv[1], why, error);
    }
}

gboolean
kab_cli_mail_test(KabCli *cli, int argc, char **argv, GError **error)
{
    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) ||
        !kab_contact_check_email(argv[1], error) || !kab_cli_open(cli, error) ||
        !kab_portal_post_test(cli->end, argv[1], error))
        return FALSE;
    g_print(_("The mail server took a letter to %s\n"), argv[1]);
    return TRUE;
}
