/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_AUTHORITY_ROW (kab_authority_row_get_type())

/**
 * KabAuthorityRow:
 *
 * By which certificate authorities a service is trusted: those that the system knows, or those of a
 * file, which is chosen and taken away here. The signal "chosen" says what is wanted, which is
 * shown once kab_authority_row_set_file() says that it is so.
 */
G_DECLARE_FINAL_TYPE(KabAuthorityRow, kab_authority_row, KAB, AUTHORITY_ROW, AdwActionRow)

/** kab_authority_row_set_file: @file: (nullable): the file; %NULL: those that the system knows */
void kab_authority_row_set_file(KabAuthorityRow *self, const char *file);

/** kab_authority_row_get_file: (transfer none) (nullable): what is shown */
const char *kab_authority_row_get_file(KabAuthorityRow *self);

/** kab_authority_chooser_new: (transfer full): asks for an authority's file, above the window that
 * @widget is in */
GtkFileChooserNative *kab_authority_chooser_new(GtkWidget *widget);

G_END_DECLS
