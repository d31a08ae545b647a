/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"
#include "kab-letter.h"

G_BEGIN_DECLS

/** kab_wire_letter_to_json: (transfer full): what the console shows of a letter. */
JsonNode *kab_wire_letter_to_json(const KabLetter *letter);

/**
 * kab_wire_letter_from_json:
 * @object: what a portal sent
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the letter
 */
KabLetter *kab_wire_letter_from_json(JsonObject *object, GError **error);

G_END_DECLS
