/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_wire_user_to_json:
 * @user: a user
 *
 * For messages of the exchange, in which the id stands beside the body, and for lists.
 *
 * Returns: (transfer full): its JSON
 */
JsonNode *kab_wire_user_to_json(const KabUser *user);

/** kab_wire_user_describe: (transfer full): as kab_wire_user_to_json(), with id and state. */
JsonObject *kab_wire_user_describe(const KabUser *user);

/**
 * kab_wire_user_from_json:
 * @id: (nullable): the user's id; %NULL: it stands in @object
 * @object: what kab_wire_user_to_json() or kab_wire_user_describe() made
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the user
 */
KabUser *kab_wire_user_from_json(const char *id, JsonObject *object, GError **error);

/**
 * KabUserReport:
 * @state: how far the user is
 * @problem: (nullable): what keeps the user from signing in, in words
 *
 * What the portal tells the base of a user whom the base published.
 */
typedef struct {
    KabUserState state;
    char *problem;
} KabUserReport;

void kab_user_report_free(KabUserReport *report);

/** kab_wire_user_report_to_json: (transfer full): the body of its message. */
JsonNode *kab_wire_user_report_to_json(const KabUserReport *report);

/** kab_wire_user_report_from_json: (transfer full) (nullable): %KAB_ERROR_INVALID. */
KabUserReport *kab_wire_user_report_from_json(JsonObject *object, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabUserReport, kab_user_report_free)

G_END_DECLS
