/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_QUEUE_PAGE (kab_queue_page_get_type())

/**
 * KabQueuePage:
 *
 * How the exchange of one end stands: its queue, its last run, and "Run the exchange now".
 */
G_DECLARE_FINAL_TYPE(KabQueuePage, kab_queue_page, KAB, QUEUE_PAGE, KabDataPage)

/** kab_queue_page_new: @title: which end it is, translated */
KabDataPage *kab_queue_page_new(KabClient *client, const char *title);

G_END_DECLS
