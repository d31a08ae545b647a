/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Objects of the exchange, as an administrator asks for them. */

/**
 * kab_end_build_object:
 * @end: an end
 * @db: a connection
 * @kind: (nullable): a kind of objects
 * @id: an object
 * @body: (out) (nullable) (transfer full): what a message about it would say now; %NULL if it is no
 *   more
 * @error: return location: %KAB_ERROR_INVALID if this end sends no objects of the kind
 *
 * Returns: %FALSE on error
 */
gboolean kab_end_build_object(KabEnd *end, KabDb *db, const char *kind, const char *id,
                              JsonObject **body, GError **error);

/**
 * kab_end_find_object:
 * @end: an end
 * @db: a connection
 * @kind: (nullable): the kind of what is asked for; %NULL: any, orders first
 * @text: (nullable): an id, which is not looked for, or what people call the object: an order's
 *   number, of which prefix and leading zeros may be left out, a product's article, code or name,
 *   a partner's INN or name, a user's login, e-mail or name, and so on; also some words of a name
 * @found: (out) (optional) (nullable): the kind by which it was found; @kind if @text is an id
 * @error: return location: %KAB_ERROR_INVALID if it cannot be looked for, or several are called so;
 *   %KAB_ERROR_NOT_FOUND if nothing is
 *
 * Returns: (transfer full) (nullable): the id
 */
char *kab_end_find_object(KabEnd *end, KabDb *db, const char *kind, const char *text,
                          const char **found, GError **error);

G_END_DECLS
