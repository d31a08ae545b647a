/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-user.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What changed lately, numbered for each partner: the portal's triggers note it with the change
 * itself, whoever makes it. A desktop that knows a number asks for what came after it. */

/**
 * kab_portal_changes_list:
 * @db: a connection
 * @user: who asks
 * @after: the newest change that the desktop knows; -1: none, and it needs none
 * @limit: how many at most
 * @seq: (out): the newest change of all, or the last one of the list if there are more; less than
 *   @after if the portal's data are older than what the desktop knows
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an array of changes of what the user may see, in order, each
 *   with "seq", "kind" ("order", "comment", "document", "task", "partner", "news" or "basket", the
 * user's own), "id" and "at"
 */
JsonArray *kab_portal_changes_list(KabDb *db, const KabUser *user, gint64 after, guint limit,
                                   gint64 *seq, GError **error);

/**
 * kab_portal_changes_count_goods:
 * @db: a connection
 * @n: (out): a number that grows whenever a group, a product, a price or stock changes
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_changes_count_goods(KabDb *db, gint64 *n, GError **error);

/**
 * KabPortalTell:
 * @partner_id: whose objects changed
 * @data: what was given to kab_portal_changes_tell()
 */
typedef void (*KabPortalTell)(const char *partner_id, gpointer data);

/**
 * kab_portal_changes_tell:
 * @db: a connection
 * @num: (inout): the newest change of anybody's that was told, by the portal's own numbers; -1: all
 *   that are there count as told
 * @tell: called for each partner with newer ones
 * @data: for @tell
 * @error: return location
 *
 * Returns: %FALSE on error
 */
gboolean kab_portal_changes_tell(KabDb *db, gint64 *num, KabPortalTell tell, gpointer data,
                                 GError **error);

/**
 * kab_portal_visits_load:
 * @db: a connection
 * @user: who asks
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what changed since the user was here last: "at" and "seq" of
 *   that, if there was a time; "orders": the heads of some changed orders, newest change first;
 *   "n_orders", "n_news" and "n_documents": how many in all
 */
JsonNode *kab_portal_visits_load(KabDb *db, const KabUser *user, GError **error);

/** kab_portal_visits_note: the user has seen the changes up to @seq; an older one changes nothing.
 */
gboolean kab_portal_visits_note(KabDb *db, const KabUser *user, gint64 seq, GError **error);

G_END_DECLS
