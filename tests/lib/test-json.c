/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-json.h"

#include <string.h>

JsonNode *
test_json_parse(const char *text)
{
    g_autofree char *quoted = g_strdelimit(g_strdup(text), "'", '"');
    g_autoptr(GError) error = NULL;
    JsonNode *node = json_from_string(quoted, &error);

    g_assert_no_error(error);
    return node;
}

JsonNode *
test_json_get(JsonNode *node, const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);

    for (guint i = 0; node != NULL && parts[i] != NULL; i++) {
        if (JSON_NODE_HOLDS_OBJECT(node)) {
            node = json_object_get_member(json_node_get_object(node), parts[i]);
        } else if (JSON_NODE_HOLDS_ARRAY(node)) {
            JsonArray *array = json_node_get_array(node);
            guint at = (guint)g_ascii_strtoull(parts[i], NULL, 10);

            node = at < json_array_get_length(array) ? json_array_get_element(array, at) : NULL;
        } else {
            node = NULL;
        }
    }
    return node;
}

const char *
test_json_text(JsonNode *node, const char *path)
{
    JsonNode *found = test_json_get(node, path);

    return found != NULL ? json_node_get_string(found) : NULL;
}

gint64
test_json_int(JsonNode *node, const char *path)
{
    JsonNode *found = test_json_get(node, path);

    g_assert_nonnull(found);
    return json_node_get_int(found);
}

guint
test_json_length(JsonNode *node, const char *path)
{
    JsonNode *found = test_json_get(node, path);

    g_assert_nonnull(found);
    return json_array_get_length(json_node_get_array(found));
}
