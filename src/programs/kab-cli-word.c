/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-portal.h"
#include "kab-json.h"
#include "kab-portal-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

static void
print_words(JsonArray *words)
{
    KabCliTable *table =
        kab_cli_table_new(N_("Kind"), N_("Word"), N_("Meaning"), N_("Orders"), NULL);

    for (guint i = 0; i < json_array_get_length(words); i++) {
        JsonObject *word = json_array_get_object_element(words, i);
        const char *meaning = kab_json_get_text(word, "meaning");
        g_autofree char *orders =
            g_strdup_printf("%" PRId64, json_object_get_int_member(word, "orders"));

        kab_cli_table_add(table, json_object_get_string_member(word, "kind"),
                          json_object_get_string_member(word, "text"),
                          meaning != NULL ? meaning : "", orders, NULL);
    }
    kab_cli_table_print(table, _("All words of the base are known"));
}

gboolean
kab_cli_word_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(JsonArray) words = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            words = kab_portal_words_list(db.db, error);
    }
    if (words == NULL)
        return FALSE;
    if (cli->json) {
        JsonNode *node = json_node_new(JSON_NODE_ARRAY);

        json_node_set_array(node, words);
        kab_cli_print_json(node);
    } else {
        print_words(words);
    }
    return TRUE;
}

gboolean
kab_cli_word_set(KabCli *cli, int argc, char **argv, GError **error)
{
    if (!kab_cli_parse(NULL, &argc, &argv, 2, 3, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL && kab_portal_words_set(cli->end, db.db, &cli->actor, argv[1], argv[2],
                                                     argc > 3 ? argv[3] : NULL, error);
    }
}
