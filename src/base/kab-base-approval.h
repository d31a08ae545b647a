/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-approval.h"
#include "kab-db.h"
#include "kab-order.h"

G_BEGIN_DECLS

/* The approval process: who has to approve an order before it may be fulfilled. */

/** kab_base_approval_list: (transfer full) (nullable) (element-type KabApprovalRule): in order. */
GArray *kab_base_approval_list(KabDb *db, GError **error);

/**
 * kab_base_approval_add:
 * @db: a connection
 * @rule: a step; its id is set here
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it is stored, as the last step
 */
gboolean kab_base_approval_add(KabDb *db, KabApprovalRule *rule, GError **error);

/** kab_base_approval_remove: takes a step out, %KAB_ERROR_NOT_FOUND; orders that wait for it are
 * looked at anew. */
gboolean kab_base_approval_remove(KabDb *db, gint64 id, GError **error);

/**
 * kab_base_approval_review:
 * @db: a connection inside the transaction that changes the order
 * @order: a client order as it will be stored
 * @changed: whether its status or what is to be delivered was changed
 * @held: (out): whether it waits for an approval
 * @error: return location
 *
 * Makes the task of the next step, and withdraws one that is not needed any more or was made for
 * another revision of the order.
 *
 * Returns: %FALSE on error
 */
gboolean kab_base_approval_review(KabDb *db, const KabOrder *order, gboolean changed,
                                  gboolean *held, GError **error);

/** kab_base_approval_is_held: whether the order, as it is now, would have to be approved first. */
gboolean kab_base_approval_is_held(KabDb *db, const KabOrder *order, gboolean *held,
                                   GError **error);

G_END_DECLS
