/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define KAB_TYPE_ITEM (kab_item_get_type())

/**
 * KabItem:
 *
 * A value of the model as an item of a #GListModel: an order, a product, a queue entry.
 */
G_DECLARE_FINAL_TYPE(KabItem, kab_item, KAB, ITEM, GObject)

/**
 * kab_item_new:
 * @key: what tells this item from the others, such as its id
 * @value: (transfer full): the value
 * @destroy: frees @value
 *
 * Returns: (transfer full): an item
 */
KabItem *kab_item_new(const char *key, gpointer value, GDestroyNotify destroy);

/** kab_item_get_value: (transfer none): the value; valid until kab_item_set_value() */
gpointer kab_item_get_value(KabItem *self);

/** kab_item_get_key: what tells this item from the others. */
const char *kab_item_get_key(KabItem *self);

/**
 * kab_item_set_value:
 * @self: an item
 * @value: (transfer full): a newer state of the same object
 *
 * Emits #KabItem::changed.
 */
void kab_item_set_value(KabItem *self, gpointer value);

/**
 * kab_item_fill:
 * @self: an item without a value, which stands for one that is not here
 * @key: what tells it from the others
 * @value: (transfer full): the value
 *
 * Emits #KabItem::changed.
 */
void kab_item_fill(KabItem *self, const char *key, gpointer value);

/** kab_item_steal_value: (transfer full): the value; the item has none afterwards. */
gpointer kab_item_steal_value(KabItem *self);

/** kab_item_touch: emits #KabItem::changed after the value was changed in place. */
void kab_item_touch(KabItem *self);

/** kab_item_get_draft: what a person entered beside the item and has not sent yet; 0 at first. */
gint64 kab_item_get_draft(KabItem *self);

void kab_item_set_draft(KabItem *self, gint64 draft);

/**
 * kab_item_merge:
 * @store: a list of #KabItem
 * @items: (element-type KabItem): the newest first page of that list
 * @more: whether there are further pages
 *
 * Brings @store up to date without disturbing who looks at it: an item that keeps its place keeps
 * its object. What lies behind an unchanged first page stays.
 *
 * Returns: whether the further pages that @store held before were kept
 */
gboolean kab_item_merge(GListStore *store, GPtrArray *items, gboolean more);

G_END_DECLS
