/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-item.h"
#include "kab-status-badge.h"

G_BEGIN_DECLS

#define KAB_TYPE_FACT_ROW (kab_fact_row_get_type())

/**
 * KabFactRow:
 *
 * A row of a list of something: what it is, more about it, a status, and a button.
 */
G_DECLARE_FINAL_TYPE(KabFactRow, kab_fact_row, KAB, FACT_ROW, AdwBin)

/**
 * KabFactRowShow:
 * @self: a row
 * @item: what it is to show
 *
 * Fills the row.
 */
typedef void (*KabFactRowShow)(KabFactRow *self, KabItem *item);

/** kab_fact_row_new: (transfer floating): a row that @show fills */
GtkWidget *kab_fact_row_new(KabFactRowShow show);

/** kab_fact_row_set_item: shows @item, also when it changes; %NULL: nothing */
void kab_fact_row_set_item(KabFactRow *self, KabItem *item);

/**
 * kab_fact_row_set_texts:
 * @self: a row
 * @title: what it is
 * @detail: (nullable): more about it
 * @text: (nullable): what there is to read
 */
void kab_fact_row_set_texts(KabFactRow *self, const char *title, const char *detail,
                            const char *text);

/** kab_fact_row_get_badge: (transfer none): its status; it is hidden until this is called */
KabStatusBadge *kab_fact_row_get_badge(KabFactRow *self);

/**
 * kab_fact_row_set_button:
 * @self: a row
 * @icon_name: the picture on it
 * @tooltip: what it does
 * @name: the same with what it does it to, for a screen reader
 * @action: its action
 * @target: the action's text
 */
void kab_fact_row_set_button(KabFactRow *self, const char *icon_name, const char *tooltip,
                             const char *name, const char *action, const char *target);

G_END_DECLS
