/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-session.h"

G_BEGIN_DECLS

#define KAB_TYPE_CONNECTION_GROUP (kab_connection_group_get_type())

/**
 * KabConnectionGroup:
 *
 * One end of a session: whether it answers now, where it is, who is signed in there, and by which
 * authorities it is trusted, which can be changed. It emits "nobody" when the end answers that it
 * knows nobody.
 */
G_DECLARE_FINAL_TYPE(KabConnectionGroup, kab_connection_group, KAB, CONNECTION_GROUP, AdwBin)

/**
 * kab_connection_group_attach:
 * @self: a new group
 * @page: the page that it is in
 * @session: the session
 * @base: whether the end is the base, or else the portal
 *
 * To be called once.
 */
void kab_connection_group_attach(KabConnectionGroup *self, KabDataPage *page, KabSession *session,
                                 gboolean base);

/** kab_connection_group_show: shows the end as it is now; it is hidden if there is none. */
void kab_connection_group_show(KabConnectionGroup *self);

/** kab_connection_group_check: asks the end whether it answers. */
void kab_connection_group_check(KabConnectionGroup *self);

G_END_DECLS
