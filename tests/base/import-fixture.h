/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-commerceml.h"

G_BEGIN_DECLS

/**
 * ImportFixture:
 * @db: a base in memory
 * @folder: a temporary folder
 * @result: of the last import
 *
 * What a test of imports needs.
 */
typedef struct {
    KabDb *db;
    char *folder;
    KabImportResult result;
} ImportFixture;

/** import_fixture_set_up: for g_test_add(). */
void import_fixture_set_up(ImportFixture *fixture, gconstpointer data);

/** import_fixture_tear_down: for g_test_add(). */
void import_fixture_tear_down(ImportFixture *fixture, gconstpointer data);

/** import_fixture_write: writes a file into the folder; @size -1 for a text. */
void import_fixture_write(ImportFixture *fixture, const char *name, const char *data, gssize size);

/**
 * import_fixture_write_body:
 * @fixture: a fixture
 * @name: the name of a file
 * @body: what stands within КоммерческаяИнформация
 */
void import_fixture_write_body(ImportFixture *fixture, const char *name, const char *body);

/** import_fixture_clean: removes all files of the folder. */
void import_fixture_clean(ImportFixture *fixture);

/** import_fixture_try: imports the folder. */
gboolean import_fixture_try(ImportFixture *fixture, GError **error);

/** import_fixture_import: imports the folder, which has to succeed. */
void import_fixture_import(ImportFixture *fixture);

/**
 * import_fixture_import_body:
 * @fixture: a fixture
 * @body: what stands within КоммерческаяИнформация
 *
 * Imports one file, which has to succeed, instead of all that the folder holds.
 */
void import_fixture_import_body(ImportFixture *fixture, const char *body);

/** import_fixture_int: the integer that @sql, a constant, gives; there has to be one. */
gint64 import_fixture_int(ImportFixture *fixture, const char *sql);

/** import_fixture_assert_text: that @sql, a constant, gives the text @expected. */
void import_fixture_assert_text(ImportFixture *fixture, const char *sql, const char *expected);

/** import_fixture_has_warning: whether a warning of the last import holds @part. */
gboolean import_fixture_has_warning(ImportFixture *fixture, const char *part);

/** import_fixture_assert_queue: that "kind id", sorted, one a line, is all that is queued. */
void import_fixture_assert_queue(ImportFixture *fixture, const char *expected);

/** import_fixture_assert_settled: that the same import again changes nothing and queues nothing. */
void import_fixture_assert_settled(ImportFixture *fixture);

/** import_fixture_clear_queue: as if everything was sent. */
void import_fixture_clear_queue(ImportFixture *fixture);

/** import_fixture_dump: a checksum of all rows of all tables. */
char *import_fixture_dump(ImportFixture *fixture);

G_END_DECLS
