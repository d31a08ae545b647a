/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-time.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_bearer_read:
 * @rows: (nullable): at most one row: id, partner, login, name, e-mail, telephone, role, last use,
 *   partner's name, language, whether there is a password; %NULL with @error set
 * @used_at: (out): the last use
 * @error: return location: %KAB_ERROR_UNAUTHORIZED if there is no row
 *
 * Returns: (transfer full) (nullable): whom a token stands for
 */
KabUser *kab_bearer_read(KabRows *rows, KabTime *used_at, GError **error);

G_END_DECLS
