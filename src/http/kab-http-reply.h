/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-error.h"
#include "kab-http-message.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a server says, on its thread. */

/** kab_http_reply: answers @message with @response. */
void kab_http_reply(SoupServerMessage *message, const KabHttpResponse *response);

/**
 * kab_http_refuse_with:
 * @message: a request
 * @status: the status; 0 for the usual one of @code
 * @code: what is wrong
 * @text: the same in words
 *
 * Refuses and ends the connection.
 */
void kab_http_refuse_with(SoupServerMessage *message, guint status, KabError code,
                          const char *text);

/** kab_http_refuse: the same with the usual status. */
void kab_http_refuse(SoupServerMessage *message, KabError code, const char *text);

G_END_DECLS
