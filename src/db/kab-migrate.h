/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"

G_BEGIN_DECLS

/**
 * kab_migrate:
 * @db: a connection outside a transaction
 * @path: (nullable): the database's file, beside which a copy is laid before an upgrade
 * @component: the part of the schema, such as "exchange"
 * @folder: the GResource folder of its scripts, "001.sql" and on, without gaps
 * @error: return location: %KAB_DB_ERROR_NEWER, and what a script fails with
 *
 * Brings one part of the schema up to date. Each script and the new version number are one
 * transaction. A database from a newer program is left as it is.
 *
 * Returns: whether the schema is the one this program knows
 */
gboolean kab_migrate(KabDb *db, const char *path, const char *component, const char *folder,
                     GError **error);

G_END_DECLS
