/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-publication.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PUBLICATION_LIST (kab_publication_list_get_type())

/**
 * KabPublicationList:
 *
 * The table of who is published, or could be; one or many can be selected.
 *
 * Signals: "more": the next page is needed; "selection-changed"; "activated" with the
 * #KabPublication of a row: a double click, or Enter.
 */
G_DECLARE_FINAL_TYPE(KabPublicationList, kab_publication_list, KAB, PUBLICATION_LIST, AdwBin)

/** kab_publication_list_set_page: shows the first page; takes its items. @anew: of another list */
void kab_publication_list_set_page(KabPublicationList *self, KabPage *page, gboolean anew);

/** kab_publication_list_add_page: adds a further page; takes its items. */
void kab_publication_list_add_page(KabPublicationList *self, KabPage *page);

/** kab_publication_list_get_next: (nullable): how the page that is needed is asked for. */
const char *kab_publication_list_get_next(KabPublicationList *self);

/** kab_publication_list_is_empty: whether there are no rows. */
gboolean kab_publication_list_is_empty(KabPublicationList *self);

/** kab_publication_list_has_pending: whether the portal is still to hear of one of them. */
gboolean kab_publication_list_has_pending(KabPublicationList *self);

/** kab_publication_list_dup_selected: (transfer container) (element-type KabPublication): those
 * that are selected; valid until the list changes */
GPtrArray *kab_publication_list_dup_selected(KabPublicationList *self);

/** kab_publication_list_select: selects the row at @position, and no other. */
void kab_publication_list_select(KabPublicationList *self, guint position);

G_END_DECLS
