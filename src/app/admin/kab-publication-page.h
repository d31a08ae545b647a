/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_PUBLICATION_PAGE (kab_publication_page_get_type())

/**
 * KabPublicationPage:
 *
 * Publication of users, and of contact persons of partners, at the portal. A double click on a row,
 * or Enter, publishes or takes back.
 */
G_DECLARE_FINAL_TYPE(KabPublicationPage, kab_publication_page, KAB, PUBLICATION_PAGE, KabDataPage)

/** kab_publication_page_new: @client: a connection to a base */
KabDataPage *kab_publication_page_new(KabClient *client);

G_END_DECLS
