/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-order-query.h"
#include "kab-order.h"
#include "kab-table.h"

G_BEGIN_DECLS

/** KAB_EXPORT_MAX: the most orders that one file takes. */
#define KAB_EXPORT_MAX 100000

/** kab_order_export_make_table: (transfer full): the lines of @order for a spreadsheet. */
KabTable *kab_order_export_make_table(const KabOrder *order);

/** kab_order_export_make_name: (transfer full): what the file of @order is called. */
char *kab_order_export_make_name(const KabOrder *order);

/**
 * KabExportProgress:
 * @n: how many orders have come so far
 * @data: as given
 */
typedef void (*KabExportProgress)(guint n, gpointer data);

/**
 * kab_orders_export_async:
 * @client: a connection to a portal
 * @query: which orders; copied
 * @format: what is wanted
 * @progress: called after every page that came, unless it was cancelled
 * @data: for @progress and @callback
 *
 * Fetches all orders that @query finds, page by page, and saves them as a file in the person's
 * download folder. Finish with kab_table_save_finish().
 */
void kab_orders_export_async(KabClient *client, const KabOrderQuery *query, KabTableFormat format,
                             KabExportProgress progress, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
