/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-document.h"
#include "kab-order.h"

G_BEGIN_DECLS

/**
 * kab_base_settlement_note:
 * @db: a connection inside the transaction that changes the order
 * @before: the order as it was; only what is paid and shipped counts
 * @after: the order as it is now
 * @error: return location
 *
 * Notes what was shipped and paid in the partner's books, and changes its debt; %KAB_ERROR_STATE if
 * the books are in another currency.
 *
 * Returns: whether it is noted
 */
gboolean kab_base_settlement_note(KabDb *db, const KabOrder *before, const KabOrder *after,
                                  GError **error);

/**
 * kab_base_settlement_correct:
 * @db: a connection inside a transaction
 * @partner_id: a partner
 * @change: how much more it owes from now on; negative for less
 * @error: return location: %KAB_ERROR_STATE if its books are in another currency
 *
 * Notes that the debt was set from outside. What the books say of the time before stays.
 *
 * Returns: whether it is noted
 */
gboolean kab_base_settlement_correct(KabDb *db, KabPartnerId partner_id, KabMoney change,
                                     GError **error);

/**
 * kab_base_settlement_draw_act:
 * @db: a connection
 * @document: the act's partner and period
 * @error: return location: %KAB_ERROR_STATE if the requisites of the organisation are not entered,
 *   %KAB_ERROR_NOT_FOUND
 *
 * Returns: (transfer full) (nullable): the act of reconciliation as PDF
 */
GBytes *kab_base_settlement_draw_act(KabDb *db, const KabDocument *document, GError **error);

G_END_DECLS
