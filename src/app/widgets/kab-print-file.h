/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * kab_print_file_async:
 * @parent: (nullable): the window that asks
 * @file: a local PDF file
 * @title: what the printer's queue calls it
 *
 * Asks for a printer and sends the file to it as it is. %G_IO_ERROR_CANCELLED if the person does
 * not want to.
 *
 * Returns: (transfer none): the dialog; whoever destroys it cancels
 */
GtkWindow *kab_print_file_async(GtkWindow *parent, GFile *file, const char *title,
                                GAsyncReadyCallback callback, gpointer data);

/** kab_print_file_finish: whether the printer has it. */
gboolean kab_print_file_finish(GAsyncResult *result, GError **error);

G_END_DECLS
