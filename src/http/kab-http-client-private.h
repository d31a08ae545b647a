/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-http-client.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Of a KabHttpClient, for this room. */

SoupSession *kab_http_client_get_session(KabHttpClient *client);

/** kab_http_client_make_message: (transfer full) (nullable): what @call asks. */
SoupMessage *kab_http_client_make_message(KabHttpClient *client, const KabHttpCall *call,
                                          GError **error);

/** kab_http_client_take_error: gives what the libraries below said in a person's words. */
void kab_http_client_take_error(KabHttpClient *client, SoupMessage *message, GError **error,
                                GError *local);

G_END_DECLS
