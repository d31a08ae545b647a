/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * kab_exchange_routes_add:
 * @router: the router of an end; its service is the #KabEnd
 * @prefix: where the other end finds this end's service; "" at the portal
 *
 * Adds what the other end asks, and what an administrator sees of the exchange and does with it.
 */
void kab_exchange_routes_add(KabHttpRouter *router, const char *prefix);

/**
 * kab_exchange_tell_refused:
 * @end: this end
 * @db: a connection outside a transaction
 * @peer: who was refused
 * @what: what was asked
 * @text: (nullable): the request's text, if it is known who asks
 * @why: why it was refused
 *
 * Writes into the journal what the other end asked in vain, so that an administrator sees it at
 * this end too. Of strangers at most one a second: they shall not fill the disk.
 */
void kab_exchange_tell_refused(KabEnd *end, KabDb *db, const char *peer, const char *what,
                               const char *text, const GError *why);

G_END_DECLS
