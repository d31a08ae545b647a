/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-seller.h"

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

/**
 * kab_base_invoice_check:
 * @db: a connection
 * @error: return location: %KAB_ERROR_STATE, %KAB_ERROR_INVALID
 *
 * Returns: whether the organisation's requisites are entered and can be printed
 */
gboolean kab_base_invoice_check(KabDb *db, GError **error);

/** kab_base_invoice_load_seller: (transfer full) (nullable): the organisation, %KAB_ERROR_STATE. */
KabSeller *kab_base_invoice_load_seller(KabDb *db, GError **error);

G_END_DECLS
