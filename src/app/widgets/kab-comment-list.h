/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-id.h"

G_BEGIN_DECLS

#define KAB_TYPE_COMMENT_LIST (kab_comment_list_get_type())

/**
 * KabCommentList:
 *
 * What partner and manager write to each other beside an order, and a row to write more.
 */
G_DECLARE_FINAL_TYPE(KabCommentList, kab_comment_list, KAB, COMMENT_LIST, AdwBin)

/**
 * kab_comment_list_load:
 * @self: a list
 * @page: the page that it stands on: its connection is used, and it tells what goes wrong; it must
 *   live as long
 * @order_id: an order that has been placed
 * @writable: whether the person may write
 *
 * Loads the comments of the order, anew if they are there.
 */
void kab_comment_list_load(KabCommentList *self, KabDataPage *page, KabOrderId order_id,
                           gboolean writable);

G_END_DECLS
