/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-audit.h"
#include "kab-end.h"

G_BEGIN_DECLS

/* Segments: the products that have the same value of an attribute. To form one puts its products,
 * their prices and their stock into the queue, whatever the other end knows of them already. */

/**
 * kab_base_segments_list_attributes:
 * @db: a connection
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what products can be chosen by, each with "attribute" and
 *   "title": "group", "manufacturer", "category", "kind", and "property:ID" for each property
 */
JsonArray *kab_base_segments_list_attributes(KabDb *db, GError **error);

/**
 * kab_base_segments_list_values:
 * @db: a connection
 * @attribute: an attribute
 * @text: (nullable): words, all of which are in the value
 * @limit: how many at most
 * @error: return location: %KAB_ERROR_INVALID if there is no such attribute
 *
 * Returns: (transfer full) (nullable): the attribute's values, most products first, each with
 *   "value", "title" and "count": how many products the segment has. A group's are also those of
 * the groups below it.
 */
JsonArray *kab_base_segments_list_values(KabDb *db, const char *attribute, const char *text,
                                         guint limit, GError **error);

/**
 * kab_base_segments_form:
 * @end: the base
 * @db: a connection outside a transaction
 * @actor: who does it
 * @attribute: an attribute
 * @value: the value that the products have
 * @count: (out): how many products were put into the queue
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_NOT_FOUND if no product has it
 *
 * In steps, each a transaction of its own: other work goes on meanwhile, and what was queued before
 * an error stays.
 *
 * Returns: whether all of it is queued
 */
gboolean kab_base_segments_form(KabEnd *end, KabDb *db, const KabActor *actor,
                                const char *attribute, const char *value, gint64 *count,
                                GError **error);

G_END_DECLS
