/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-outbox-entry.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabOutboxFile:
 *
 * What waits to be sent, in a file that only its owner can read. It is written in the background,
 * and whole or not at all.
 */
typedef struct _KabOutboxFile KabOutboxFile;

/**
 * KabOutboxFailed:
 * @error: why what waits could not be written
 * @data: as given to kab_outbox_file_new()
 */
typedef void (*KabOutboxFailed)(const GError *error, gpointer data);

/**
 * kab_outbox_file_new:
 * @folder: where the files lie; made when one is written
 * @address: the portal
 * @user_id: whose it is
 * @partner_id: for whom that user acts
 * @failed: called when it cannot be written
 * @data: for @failed
 *
 * Returns: (transfer full): the file
 */
KabOutboxFile *kab_outbox_file_new(const char *folder, const char *address, const char *user_id,
                                   const char *partner_id, KabOutboxFailed failed, gpointer data);

/** kab_outbox_file_is_same: whether both are the same file. */
gboolean kab_outbox_file_is_same(const KabOutboxFile *a, const KabOutboxFile *b);

/** kab_outbox_file_free: (transfer full): waits until everything is written. */
void kab_outbox_file_free(KabOutboxFile *self);

/** kab_outbox_file_read_async: reads what was left. */
void kab_outbox_file_read_async(KabOutboxFile *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

/** kab_outbox_file_read_finish: (transfer full) (nullable) (element-type KabOutboxEntry): empty if
 * there is no file; %KAB_ERROR_INVALID if it is none of ours: it is put aside then. */
GArray *kab_outbox_file_read_finish(GAsyncResult *result, GError **error);

/** kab_outbox_file_save: writes what waits; nothing: removes the file. */
void kab_outbox_file_save(KabOutboxFile *self, GArray *entries);

G_END_DECLS
