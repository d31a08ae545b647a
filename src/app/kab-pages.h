/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-session.h"

G_BEGIN_DECLS

/**
 * KabPageKind:
 * @name: its name; the action "win.show-NAME" shows it
 * @title: what the sidebar calls it; a msgid
 * @icon_name: its icon there
 * @may: whether who is signed in has this page
 * @make: (transfer floating): makes it
 *
 * A page that the sidebar leads to.
 */
typedef struct {
    const char *name;
    const char *title;
    const char *icon_name;
    gboolean (*may)(KabSession *session);
    KabDataPage *(*make)(KabSession *session);
} KabPageKind;

/**
 * KabCardKind:
 * @name: its name; the action "win.open-NAME" opens it
 * @page: (nullable): the page where such objects are: the way back from the card leads there;
 * %NULL: to where it was opened
 * @may: whether who is signed in may see such a card
 * @make: (transfer floating): makes the card of the object with this id
 *
 * A page about one object, which lies over the page that it was opened from.
 */
typedef struct {
    const char *name;
    const char *page;
    gboolean (*may)(KabSession *session);
    KabDataPage *(*make)(KabSession *session, const char *id);
} KabCardKind;

/** kab_page_kinds: all pages, as they stand in the sidebar. */
extern const KabPageKind kab_page_kinds[];
extern const guint kab_n_page_kinds;

/** kab_card_kinds: all cards. */
extern const KabCardKind kab_card_kinds[];
extern const guint kab_n_card_kinds;

/** kab_card_kind_find: (transfer none) (nullable): the card @name */
const KabCardKind *kab_card_kind_find(const char *name);

G_END_DECLS
