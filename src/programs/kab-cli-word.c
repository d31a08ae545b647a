/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-end.h"
#include "kab-json.h"
#include "kab-words.h"

#include <glib/gi18n.h>
#include <inttypes.h>

static void
print_words(JsonArray *words)
{
    KabCliTable *table =
        kab_cli_table_new(N_("Kind"), N_("Word"), N_("Meaning"), N_("Count"), NULL);

    for (guint i = 0; i < json_array_get_length(words); i++) {
        JsonObject *word = json_array_get_object_element(words, i);
        const char *meaning = kab_json_get_text(word, "meaning");
        g_autofree char *count =
            g_strdup_printf("%" PRId64, json_object_get_int_member(word, "count"));

        kab_cli_table_add(table, json_object_get_string_member(word, "kind"),
                          json_object_get_string_member(word, "text"),
                          meaning != NULL ? meaning : "", count, NULL);
    }
    kab_cli_table_print(table, _("All words are known"));
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
            words = kab_words_list(cli->end, db.db, error);
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

static gboolean
set(KabCli *cli, const char *kind, const char *text, const char *meaning, GError **error)
{
    if (!kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL &&
               kab_words_set(cli->end, db.db, &cli->actor, kind, text, meaning, error);
    }
}

gboolean
kab_cli_word_set(KabCli *cli, int argc, char **argv, GError **error)
{
    return kab_cli_parse(NULL, &argc, &argv, 3, 3, error) &&
           set(cli, argv[1], argv[2], argv[3], error);
}

gboolean
kab_cli_word_clear(KabCli *cli, int argc, char **argv, GError **error)
{
    return kab_cli_parse(NULL, &argc, &argv, 2, 2, error) &&
           set(cli, argv[1], argv[2], NULL, error);
}
