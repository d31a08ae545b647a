/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-id.h"

G_BEGIN_DECLS

#define KAB_TYPE_ORDER_PAGE (kab_order_page_get_type())

/**
 * KabOrderPage:
 *
 * The order card: what became of an order, and what the partner can do with it now.
 */
G_DECLARE_FINAL_TYPE(KabOrderPage, kab_order_page, KAB, ORDER_PAGE, KabDataPage)

KabDataPage *kab_order_page_new(KabClient *client, KabOrderId id);

/** kab_order_page_save_invoice_to: downloads the invoice into the file @path, without asking. */
void kab_order_page_save_invoice_to(KabOrderPage *self, const char *path);

/** kab_order_page_show_exchange: @may: whether the person may see how the order is exchanged */
void kab_order_page_show_exchange(KabOrderPage *self, gboolean may);

G_END_DECLS
