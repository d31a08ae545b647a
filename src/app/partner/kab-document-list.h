/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-order.h"

G_BEGIN_DECLS

#define KAB_TYPE_DOCUMENT_LIST (kab_document_list_get_type())

/**
 * KabDocumentList:
 *
 * Papers of the company: how far each of them is, and a button to ask for it, to ask again, or to
 * download it.
 */
G_DECLARE_FINAL_TYPE(KabDocumentList, kab_document_list, KAB, DOCUMENT_LIST, AdwBin)

/**
 * kab_document_list_load:
 * @self: a list
 * @page: the page that it stands on: its connection is used, and it tells what goes wrong; it must
 *   live as long
 * @order: (nullable): the documents about this order; %NULL: the partner's acts of reconciliation
 * @may_ask: whether the person may ask for documents
 *
 * Loads the documents, anew if they are there.
 */
void kab_document_list_load(KabDocumentList *self, KabDataPage *page, const KabOrder *order,
                            gboolean may_ask);

G_END_DECLS
