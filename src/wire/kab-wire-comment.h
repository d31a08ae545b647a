/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-comment.h"
#include "kab-json.h"

G_BEGIN_DECLS

/** kab_wire_comment_to_json: (transfer full): a comment; @id: with its id and side, for desktops.
 */
JsonNode *kab_wire_comment_to_json(const KabComment *comment, gboolean id);

/**
 * kab_wire_comment_from_json:
 * @id: (nullable): the comment's id in a message; %NULL where it is in the object, with its side
 * @object: an object from outside
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the comment
 */
KabComment *kab_wire_comment_from_json(const char *id, JsonObject *object, GError **error);

G_END_DECLS
