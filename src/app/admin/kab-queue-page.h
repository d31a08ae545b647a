/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_QUEUE_PAGE (kab_queue_page_get_type())

/**
 * KabQueuePage:
 *
 * How the exchange of one end stands: its queue, its runs, what hinders it; and what an
 * administrator does about it.
 */
G_DECLARE_FINAL_TYPE(KabQueuePage, kab_queue_page, KAB, QUEUE_PAGE, KabDataPage)

/** kab_queue_page_new: @client: a connection to a portal */
KabDataPage *kab_queue_page_new(KabClient *client);

/** kab_queue_page_new_for_base: @client: a connection to a base */
KabDataPage *kab_queue_page_new_for_base(KabClient *client);

G_END_DECLS
