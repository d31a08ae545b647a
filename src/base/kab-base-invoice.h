/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * kab_base_invoice_issue:
 * @db: a connection
 * @name: a client order's number or id
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_STATE if the requisites of the
 *   organisation are not entered
 *
 * Returns: (transfer full) (nullable): the invoice of the client order as PDF
 */
GBytes *kab_base_invoice_issue(KabDb *db, const char *name, GError **error);

/** kab_base_build_invoice: a #KabBuildFunc; the id is the client order's. */
gboolean kab_base_build_invoice(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                GError **error);

G_END_DECLS
