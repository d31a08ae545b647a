/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-order.h"

G_BEGIN_DECLS

#define KAB_TYPE_DRAFT_BOX (kab_draft_box_get_type())

/**
 * KabDraftBox:
 *
 * The lines of a draft and what is beside them, to be changed. It emits "changed" when the person
 * changes something.
 */
G_DECLARE_FINAL_TYPE(KabDraftBox, kab_draft_box, KAB, DRAFT_BOX, AdwBin)

/** kab_draft_box_load: fetches what can be chosen; @page: the page it stands on, see
 * kab_order_form_load() */
void kab_draft_box_load(KabDraftBox *self, KabDataPage *page);

/** kab_draft_box_set_order: shows @order, of which it keeps a copy; nothing is changed then. */
void kab_draft_box_set_order(KabDraftBox *self, const KabOrder *order);

/** kab_draft_box_get_order: (transfer none) (nullable): the draft with its lines as entered. */
const KabOrder *kab_draft_box_get_order(KabDraftBox *self);

/** kab_draft_box_is_changed: whether something was entered since kab_draft_box_set_order(). */
gboolean kab_draft_box_is_changed(KabDraftBox *self);

/** kab_draft_box_undo: puts the line back that was removed last. */
void kab_draft_box_undo(KabDraftBox *self);

/** kab_draft_box_take: (transfer none) (nullable): the draft as the person wants it, or an error.
 */
const KabOrder *kab_draft_box_take(KabDraftBox *self, GError **error);

G_END_DECLS
