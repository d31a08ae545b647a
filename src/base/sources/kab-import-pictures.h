/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-import-stream.h"
#include "kab-intake.h"

G_BEGIN_DECLS

/**
 * kab_import_pictures_store:
 * @intake: the tables, when all products were put
 * @files: (element-type KabImportFile): the picture files of the exchange
 * @stream: a stream to read them with
 * @error: return location: %KAB_ERROR_RANGE for an archive that unpacks to far too much,
 *   %G_IO_ERROR_CANCELLED
 *
 * Keeps the files that the products of the exchange name, the first
 * %KAB_PICTURE_MAX_PER_PRODUCT of each. A path in a file is only compared with the names that were
 * found, and never opened. What is missing, too large or no picture is a warning.
 *
 * Returns: %FALSE on error
 */
gboolean kab_import_pictures_store(KabIntake *intake, const GPtrArray *files,
                                   KabImportStream *stream, GError **error);

G_END_DECLS
