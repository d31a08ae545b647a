/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-users.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_KEY_DIALOG (kab_key_dialog_get_type())

/**
 * KabKeyDialog:
 *
 * Shows Client ID and Client Secret, this once: to copy, and to save to a file that only its owner
 * can read. The secret is forgotten with the dialog.
 */
G_DECLARE_FINAL_TYPE(KabKeyDialog, kab_key_dialog, KAB, KEY_DIALOG, AdwWindow)

/** kab_key_dialog_new: (transfer full): @parent: (nullable); @key: (transfer full): the key */
GtkWindow *kab_key_dialog_new(GtkWindow *parent, KabNewKey *key);

/** kab_key_dialog_save: writes both to the file @path, over what may be there. */
void kab_key_dialog_save(KabKeyDialog *self, const char *path);

G_END_DECLS
