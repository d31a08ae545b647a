/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-history.h"
#include "kab-json.h"

G_BEGIN_DECLS

/** kab_wire_history_note: (transfer full): what else is known of @entry, as it is stored. */
JsonObject *kab_wire_history_note(const KabHistoryEntry *entry);

/** kab_wire_history_take_note: reads a stored note into @entry; what cannot be read is not there.
 */
void kab_wire_history_take_note(KabHistoryEntry *entry, const char *note);

/** kab_wire_history_to_json: (transfer full): an entry for desktops. */
JsonNode *kab_wire_history_to_json(const KabHistoryEntry *entry);

/**
 * kab_wire_history_from_json:
 * @object: an object from outside
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the entry
 */
KabHistoryEntry *kab_wire_history_from_json(JsonObject *object, GError **error);

G_END_DECLS
