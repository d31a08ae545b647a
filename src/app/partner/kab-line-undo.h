/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-order.h"

G_BEGIN_DECLS

#define KAB_TYPE_LINE_UNDO (kab_line_undo_get_type())

/**
 * KabLineUndo:
 *
 * Lines that a person took out of a basket or a draft, to be put back: by the toast that tells of
 * each removal, or one after another, the last one first. It emits "restore" with a #KabOrder that
 * has the lines.
 */
G_DECLARE_FINAL_TYPE(KabLineUndo, kab_line_undo, KAB, LINE_UNDO, GObject)

/** kab_line_undo_new: (transfer full): @page: where the toasts are shown; it must live as long */
KabLineUndo *kab_line_undo_new(KabDataPage *page);

/** kab_line_undo_push: @line was removed; says so. */
void kab_line_undo_push(KabLineUndo *self, const KabOrderLine *line);

/** kab_line_undo_push_all: @order: all of its lines were removed; says so. */
void kab_line_undo_push_all(KabLineUndo *self, const KabOrder *order);

/** kab_line_undo_pop: puts the last removal back; nothing if there is none. */
void kab_line_undo_pop(KabLineUndo *self);

/** kab_line_undo_clear: there is nothing to be put back any more, and no toast says there is. */
void kab_line_undo_clear(KabLineUndo *self);

G_END_DECLS
