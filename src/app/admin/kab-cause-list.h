/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-queue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_CAUSE_LIST (kab_cause_list_get_type())

/**
 * KabCauseList:
 *
 * The failures of a queue, grouped by their cause. A row leads to the newest object of its group.
 * It emits "retry" and "discard" with the #KabQueueCause whose entries are meant.
 */
G_DECLARE_FINAL_TYPE(KabCauseList, kab_cause_list, KAB, CAUSE_LIST, AdwBin)

/** kab_cause_list_set_page: @page: the causes; its items are taken out */
void kab_cause_list_set_page(KabCauseList *self, KabPage *page);

G_END_DECLS
