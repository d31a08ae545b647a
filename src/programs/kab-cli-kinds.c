/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cli-end.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-object-kinds.h"

#include <glib/gi18n.h>
#include <inttypes.h>

static void
print_kinds(JsonArray *kinds)
{
    KabCliTable *table = kab_cli_table_new(N_("Kind"), N_("Takes part"), N_("Queued"), NULL);

    for (guint i = 0; i < json_array_get_length(kinds); i++) {
        JsonObject *kind = json_array_get_object_element(kinds, i);
        g_autofree char *queued =
            g_strdup_printf("%" PRId64, json_object_get_int_member(kind, "queued"));

        kab_cli_table_add(table, json_object_get_string_member(kind, "kind"),
                          json_object_get_boolean_member(kind, "enabled") ? _("yes") : _("no"),
                          queued, NULL);
    }
    kab_cli_table_print(table, "");
}

static gboolean
parse_switch(const char *text, gboolean *enabled, GError **error)
{
    *enabled = g_str_equal(text, "on");
    if (*enabled || g_str_equal(text, "off"))
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("on or off is expected, not “%s”"), text);
    return FALSE;
}

gboolean
kab_cli_kinds(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(JsonArray) kinds = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            kinds = kab_object_kinds_list(cli->end, db.db, error);
    }
    if (kinds == NULL)
        return FALSE;
    if (cli->json) {
        JsonNode *node = json_node_new(JSON_NODE_ARRAY);

        json_node_set_array(node, kinds);
        kab_cli_print_json(node);
    } else {
        print_kinds(kinds);
    }
    return TRUE;
}

gboolean
kab_cli_kinds_set(KabCli *cli, int argc, char **argv, GError **error)
{
    gboolean enabled;

    if (!kab_cli_parse(NULL, &argc, &argv, 2, 2, error) ||
        !parse_switch(argv[2], &enabled, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL &&
               kab_object_kinds_set(cli->end, db.db, &cli->actor, argv[1], enabled, error);
    }
}
