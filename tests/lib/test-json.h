/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** test_json_parse: (transfer full): the object that @text, with ' for ", is. */
JsonNode *test_json_parse(const char *text);

/**
 * test_json_get:
 * @node: an object
 * @path: members and positions, such as "items/0/name"
 *
 * Returns: (transfer none) (nullable): what stands there
 */
JsonNode *test_json_get(JsonNode *node, const char *path);

/** test_json_text: (nullable): the text that stands at @path. */
const char *test_json_text(JsonNode *node, const char *path);

/** test_json_int: the number that stands at @path, which has to be there. */
gint64 test_json_int(JsonNode *node, const char *path);

/** test_json_length: how many entries the list at @path has. */
guint test_json_length(JsonNode *node, const char *path);

G_END_DECLS
