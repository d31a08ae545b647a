/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-exchange.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_QUEUE_LIST (kab_queue_list_get_type())

/**
 * KabQueueList:
 *
 * The entries of a queue as a table, or that there are none. It emits "more" when the end of what
 * it holds comes into sight and there is more.
 */
G_DECLARE_FINAL_TYPE(KabQueueList, kab_queue_list, KAB, QUEUE_LIST, AdwBin)

/**
 * kab_queue_list_set_page:
 * @self: a list
 * @page: the first page of #KabQueueEntry; its items are taken out
 * @all: whether it is of the whole queue, so that nothing means that the queue is empty
 *
 * Brings the list up to date; an entry that keeps its place keeps its row.
 */
void kab_queue_list_set_page(KabQueueList *self, KabPage *page, gboolean all);

/** kab_queue_list_add_page: @page: the page that "more" asked for; its items are taken out */
void kab_queue_list_add_page(KabQueueList *self, KabPage *page);

/** kab_queue_list_get_next: (nullable): where the next page begins */
const char *kab_queue_list_get_next(KabQueueList *self);

G_END_DECLS
