/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

G_BEGIN_DECLS

/**
 * kab_report_end_async:
 * @client: a connection of somebody who sets up the exchange
 * @title: what the end is called
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Asks an end what support wants to know of it: its version, how its exchange stands, its settings
 * without secrets, and what failed last.
 */
void kab_report_end_async(KabClient *client, const char *title, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data);

/** kab_report_end_finish: (transfer full) (nullable): plain text, and why something is missing in
 * it; %NULL if it was cancelled */
char *kab_report_end_finish(GAsyncResult *result);

/** kab_report_clean_address: (transfer full): @address without a login and a password in it */
char *kab_report_clean_address(const char *address);

G_END_DECLS
