/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-id.h"

G_BEGIN_DECLS

#define KAB_TYPE_CLIENT_ORDER_PAGE (kab_client_order_page_get_type())

/**
 * KabClientOrderPage:
 *
 * A client order at the base, as the manager changes it.
 */
G_DECLARE_FINAL_TYPE(KabClientOrderPage, kab_client_order_page, KAB, CLIENT_ORDER_PAGE, KabDataPage)

/** kab_client_order_page_new: @client: a connection to a base */
KabDataPage *kab_client_order_page_new(KabClient *client, KabOrderId id);

/** kab_client_order_page_show_exchange: @may: whether the person may see how it is exchanged */
void kab_client_order_page_show_exchange(KabClientOrderPage *self, gboolean may);

G_END_DECLS
