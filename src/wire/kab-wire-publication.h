/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"
#include "kab-publication.h"

G_BEGIN_DECLS

/** kab_wire_publication_to_json: (transfer full): a #KabPublication for desktops and scripts. */
JsonNode *kab_wire_publication_to_json(gconstpointer publication);

/** kab_wire_publication_from_json: (transfer full) (nullable): %KAB_ERROR_INVALID */
KabPublication *kab_wire_publication_from_json(JsonObject *object, GError **error);

G_END_DECLS
