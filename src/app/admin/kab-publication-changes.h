/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-publication.h"

G_BEGIN_DECLS

#define KAB_TYPE_PUBLICATION_CHANGES (kab_publication_changes_get_type())

/**
 * KabPublicationChanges:
 *
 * What a person does to the publication, one thing at a time, and how it is taken back.
 *
 * Signals: "busy-changed"; "done": something has changed, or may have.
 */
G_DECLARE_FINAL_TYPE(KabPublicationChanges, kab_publication_changes, KAB, PUBLICATION_CHANGES,
                     GObject)

/** kab_publication_changes_new: (transfer full): @page: whose connection and messages it uses */
KabPublicationChanges *kab_publication_changes_new(KabDataPage *page);

/** kab_publication_changes_is_busy: whether a change is on its way. */
gboolean kab_publication_changes_is_busy(KabPublicationChanges *self);

/** kab_publication_changes_may: whether it can be done to one of @rows (element-type
 * KabPublication). */
gboolean kab_publication_changes_may(const GPtrArray *rows, KabPublicationAction action);

/** kab_publication_changes_toggle: publishes who is not, and takes back or activates who is. */
void kab_publication_changes_toggle(KabPublicationChanges *self, KabPublication *row);

/** kab_publication_changes_act: does it to those of @rows (element-type KabPublication) to whom it
 * can be done. */
void kab_publication_changes_act(KabPublicationChanges *self, const GPtrArray *rows,
                                 KabPublicationAction action);

/** kab_publication_changes_undo: takes the last change back, while that is offered. */
void kab_publication_changes_undo(KabPublicationChanges *self);

G_END_DECLS
