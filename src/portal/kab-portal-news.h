/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-news.h"

G_BEGIN_DECLS

/**
 * kab_portal_news_add:
 * @end: the portal
 * @db: a connection outside a transaction
 * @actor: who publishes it, for the audit log
 * @news: its id, author, title and text; the same id again publishes nothing new
 * @error: return location: those of kab_news_check(), %KAB_ERROR_CONFLICT for an id that has
 *   another text
 *
 * Publishes a piece of news to all partners, now.
 *
 * Returns: whether it is published; its time is set then
 */
gboolean kab_portal_news_add(KabEnd *end, KabDb *db, const KabActor *actor, KabNews *news,
                             GError **error);

/** kab_portal_news_remove: takes it back; %KAB_ERROR_NOT_FOUND. */
gboolean kab_portal_news_remove(KabEnd *end, KabDb *db, const KabActor *actor, const char *id,
                                GError **error);

/** kab_portal_news_load: (transfer full) (nullable): %KAB_ERROR_NOT_FOUND */
KabNews *kab_portal_news_load(KabDb *db, const char *id, GError **error);

/**
 * kab_portal_news_list:
 * @db: a connection
 * @after: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (nullable) (transfer full): where the next page begins; %NULL at the end
 * @error: return location: %KAB_ERROR_INVALID for @after
 *
 * Returns: (transfer full) (nullable) (element-type KabNews): news, newest first
 */
GPtrArray *kab_portal_news_list(KabDb *db, const char *after, guint limit, char **next,
                                GError **error);

G_END_DECLS
