/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

G_BEGIN_DECLS

/**
 * KabSetupUndo:
 *
 * What settings were before the assistant saved others to check them: an exchange that works must
 * not stop because somebody tried something and left.
 */
typedef struct _KabSetupUndo KabSetupUndo;

KabSetupUndo *kab_setup_undo_new(void);
void kab_setup_undo_free(KabSetupUndo *self);

/**
 * kab_setup_undo_note:
 * @self: what is known already stays
 * @client: the end
 * @before: (array zero-terminated=1): name, value, ... as they are until now
 */
void kab_setup_undo_note(KabSetupUndo *self, KabClient *client, const char *const *before);

/** kab_setup_undo_forget: what was saved is wanted. */
void kab_setup_undo_forget(KabSetupUndo *self);

/** kab_setup_undo_restore: puts back what was noted; nobody waits for it. */
void kab_setup_undo_restore(KabSetupUndo *self);

G_END_DECLS
