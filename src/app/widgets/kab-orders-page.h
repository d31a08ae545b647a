/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-list-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_ORDERS_PAGE (kab_orders_page_get_type())

/**
 * KabOrdersPage:
 *
 * A list of orders, newest first: those of the partner, by status, or the client orders of a base.
 */
G_DECLARE_FINAL_TYPE(KabOrdersPage, kab_orders_page, KAB, ORDERS_PAGE, KabListPage)

/** kab_orders_page_new: the orders of the signed-in partner. */
KabDataPage *kab_orders_page_new(KabClient *client);

/** kab_orders_page_new_for_base: @client: a connection to a base; its client orders */
KabDataPage *kab_orders_page_new_for_base(KabClient *client);

G_END_DECLS
