/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

/* Where the keyboard goes on when another page is shown. */

/**
 * kab_page_focus_leave:
 * @page: (nullable): the page that is shown and will not be
 *
 * Notes what has the focus in @page, and takes it away: GTK would hand it to whatever is next to
 * what is hidden.
 *
 * Returns: whether the keyboard was in @page, or nowhere: then it has to go on in the next one
 */
gboolean kab_page_focus_leave(KabDataPage *page);

/**
 * kab_page_focus_enter:
 * @page: (nullable): the page that is shown now
 *
 * Gives the focus to what had it when @page was left, or to the first that takes it. A page that
 * still loads takes it by itself.
 */
void kab_page_focus_enter(KabDataPage *page);

G_END_DECLS
