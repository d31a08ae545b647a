/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-segments.h"
#include "kab-cli-base.h"
#include "kab-json.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#define MAX_VALUES 500

/* Takes @items. */
static void
print_items(KabCli *cli, JsonArray *items, const char *id)
{
    g_autoptr(JsonArray) owned = items;
    gboolean counted = g_str_equal(id, "value");
    KabCliTable *table;

    if (cli->json) {
        JsonNode *node = json_node_new(JSON_NODE_ARRAY);

        json_node_set_array(node, owned);
        kab_cli_print_json(node);
        return;
    }
    /* An attribute has no products by itself: its values have. */
    table = counted ? kab_cli_table_new(N_("Name"), N_("Products"), N_("Id"), NULL)
                    : kab_cli_table_new(N_("Name"), N_("Id"), NULL);
    for (guint i = 0; i < json_array_get_length(owned); i++) {
        JsonObject *item = json_array_get_object_element(owned, i);
        const char *title = json_object_get_string_member(item, "title");
        g_autofree char *count =
            g_strdup_printf("%" PRId64, json_object_get_int_member_with_default(item, "count", 0));

        if (counted)
            kab_cli_table_add(table, title, count, json_object_get_string_member(item, id), NULL);
        else
            kab_cli_table_add(table, title, json_object_get_string_member(item, id), NULL);
    }
    kab_cli_table_print(table, _("There is nothing"));
}

gboolean
kab_cli_segment_list(KabCli *cli, int argc, char **argv, GError **error)
{
    JsonArray *items = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 2, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            items = argc > 1 ? kab_base_segments_list_values(
                                   db.db, argv[1], argc > 2 ? argv[2] : NULL, MAX_VALUES, error)
                             : kab_base_segments_list_attributes(db.db, error);
    }
    if (items == NULL)
        return FALSE;
    print_items(cli, items, argc > 1 ? "value" : "attribute");
    return TRUE;
}

/* The value that people call @said, such as a group by its name; @said itself if that is one, or if
 * several are called so. NULL on error */
static char *
find_value(KabDb *db, const char *attribute, const char *said, GError **error)
{
    g_autoptr(JsonArray) items =
        kab_base_segments_list_values(db, attribute, said, MAX_VALUES, error);
    const char *called = said;
    guint n = 0;

    if (items == NULL)
        return NULL;
    for (guint i = 0; i < json_array_get_length(items); i++) {
        JsonObject *item = json_array_get_object_element(items, i);
        const char *value = json_object_get_string_member(item, "value");

        if (g_str_equal(value, said))
            return g_strdup(said);
        if (g_str_equal(json_object_get_string_member(item, "title"), said)) {
            called = value;
            n++;
        }
    }
    return g_strdup(n == 1 ? called : said);
}

gboolean
kab_cli_segment_form(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *value = NULL;
    gint64 count;

    if (!kab_cli_parse(NULL, &argc, &argv, 2, 2, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            value = find_value(db.db, argv[1], argv[2], error);
        if (value == NULL ||
            !kab_base_segments_form(cli->end, db.db, &cli->actor, argv[1], value, &count, error))
            return FALSE;
    }
    g_print("%" PRId64 "\n", count);
    return TRUE;
}
