/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

G_BEGIN_DECLS

#define KAB_TYPE_WATCH (kab_watch_get_type())

/**
 * KabWatch:
 *
 * Makes of what is heard of the portal, and of what becomes of what waits to be sent, what the
 * pages have to know.
 */
G_DECLARE_FINAL_TYPE(KabWatch, kab_watch, KAB, WATCH, GObject)

/** kab_watch_new: (transfer full): for a session in which somebody sees a partner's pages. */
KabWatch *kab_watch_new(KabSession *session);

/** kab_watch_page_answered: a page says that there is a connection, or why there is none: whether
 * that is news; where there is a live connection, it is that one's to say. */
gboolean kab_watch_page_answered(KabWatch *self, const char *message);

G_END_DECLS
