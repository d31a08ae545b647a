/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-json.h"
#include "kab-limits.h"

G_BEGIN_DECLS

/** kab_wire_limits_set: sets @name to @limits; nothing is set if they are not known. */
void kab_wire_limits_set(JsonObject *object, const char *name, const KabLimits *limits);

/** kab_wire_limits_get: the limits under @name; without a currency if they are not there. */
void kab_wire_limits_get(KabFields *fields, const char *name, KabLimits *out);

G_END_DECLS
