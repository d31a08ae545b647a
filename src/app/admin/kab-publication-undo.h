/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-publication.h"

G_BEGIN_DECLS

/**
 * KabPublicationUndo:
 * @text: what has been done, or will be
 * @undo: (nullable): what takes it back
 * @undo_ids: (nullable) (array zero-terminated=1): for whom
 * @keep: (nullable): what is done if nobody takes it back
 * @keep_ids: (nullable) (array zero-terminated=1): to whom
 *
 * A change of the publication that can be taken back. What could not be made again, such as a
 * password, is only taken away when nobody has pressed "Undo".
 */
typedef struct {
    const char *text;
    const KabPublicationAction *undo;
    const char *const *undo_ids;
    const KabPublicationAction *keep;
    const char *const *keep_ids;
} KabPublicationUndo;

/** kab_publication_undo_make_toast: (transfer full): a toast with "Undo"; @page is loaded again
 * after either, and tells what failed */
AdwToast *kab_publication_undo_make_toast(KabDataPage *page, const KabPublicationUndo *undo);

G_END_DECLS
