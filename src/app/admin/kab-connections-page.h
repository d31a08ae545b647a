/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-session.h"

G_BEGIN_DECLS

#define KAB_TYPE_CONNECTIONS_PAGE (kab_connections_page_get_type())

/**
 * KabConnectionsPage:
 *
 * The portal and the base of a session: where they are, who is signed in, by whom they are trusted
 * and whether they answer; a base is connected here, and taken away. It is of use without a
 * connection too: what cannot be reached is told beside the end that it is about.
 */
G_DECLARE_FINAL_TYPE(KabConnectionsPage, kab_connections_page, KAB, CONNECTIONS_PAGE, KabDataPage)

/** kab_connections_page_new: (transfer floating): the page of @session */
KabDataPage *kab_connections_page_new(KabSession *session);

G_END_DECLS
