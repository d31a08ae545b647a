/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-id.h"

G_BEGIN_DECLS

#define KAB_TYPE_HISTORY_LIST (kab_history_list_get_type())

/**
 * KabHistoryList:
 *
 * Who did what with an order and when, newest first. The last few are shown, the others when they
 * are asked for.
 */
G_DECLARE_FINAL_TYPE(KabHistoryList, kab_history_list, KAB, HISTORY_LIST, AdwBin)

/** kab_history_list_load: @page: the page it stands on, which must live as long */
void kab_history_list_load(KabHistoryList *self, KabDataPage *page, KabOrderId id);

G_END_DECLS
