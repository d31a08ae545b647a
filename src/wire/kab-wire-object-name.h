/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"
#include "kab-object-name.h"

G_BEGIN_DECLS

/** kab_wire_object_name_to_json: (transfer full) */
JsonNode *kab_wire_object_name_to_json(const KabObjectName *name);

/** kab_wire_get_object_name: (transfer full) (nullable): of the member "name"; %NULL: it is not
 * there, or wrong */
KabObjectName *kab_wire_get_object_name(KabFields *fields);

G_END_DECLS
