/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * KabPortalPost:
 *
 * The postman: sends the letters of a portal, one after another, on a thread of its own. A letter
 * that was sent is noted as sent afterwards: a process that dies between both sends it once more,
 * with the same Message-ID.
 */
typedef struct _KabPortalPost KabPortalPost;

/** kab_portal_post_start: (transfer full): begins to watch the letters of @end. */
KabPortalPost *kab_portal_post_start(KabEnd *end);

/** kab_portal_post_stop: (transfer full): ends it, with the letter that is being sent. */
void kab_portal_post_stop(KabPortalPost *post);

/**
 * kab_portal_post_get_delay:
 * @attempts: how many times a letter was tried, from 1
 * @chance: a random number from 0 to 1
 *
 * Doubles from a minute up to four hours, some more or less, so that letters do not come together.
 *
 * Returns: how many milliseconds to wait; -1 after about two days: no more
 */
gint64 kab_portal_post_get_delay(int attempts, double chance);

/**
 * kab_portal_post_test:
 * @end: a portal
 * @to: (nullable): an address; %NULL: the one that letters come from
 * @error: return location: what is wrong with the mail account, in a sentence
 *
 * Sends a letter by the mail account, now.
 *
 * Returns: whether the mail server took it
 */
gboolean kab_portal_post_test(KabEnd *end, const char *to, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabPortalPost, kab_portal_post_stop)

G_END_DECLS
