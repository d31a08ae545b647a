/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"
#include "kab-queue-entry.h"

G_BEGIN_DECLS

/* What an administrator sees of an exchange. Encoders return (transfer full), decoders
 * (transfer full) (nullable) with %KAB_ERROR_INVALID. */

JsonNode *kab_wire_queue_entry_to_json(const KabQueueEntry *entry);
KabQueueEntry *kab_wire_queue_entry_from_json(JsonObject *object, GError **error);

JsonNode *kab_wire_run_result_to_json(const KabRunResult *result);
KabRunResult *kab_wire_run_result_from_json(JsonObject *object, GError **error);

JsonNode *kab_wire_exchange_state_to_json(const KabExchangeState *state);
KabExchangeState *kab_wire_exchange_state_from_json(JsonObject *object, GError **error);

G_END_DECLS
