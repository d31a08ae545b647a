/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the programs fuzz-*.c share. Each gives one parser whatever bytes there are, and ends the
 * process when the parser breaks its word. libFuzzer calls them when they are built with
 * -Dfuzz=true; otherwise fuzz-main.c gives them the files that it is told. */

/** LLVMFuzzerTestOneInput: tries one input; always 0. */
int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/** LLVMFuzzerInitialize: what has to be done once, before the first input; always 0. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/** FUZZ_ASSERT: ends the process unless @condition holds, in every kind of build. */
#define FUZZ_ASSERT(condition)                                             \
    G_STMT_START                                                           \
    {                                                                      \
        if (!(condition))                                                  \
            fuzz_fail(G_STRINGIFY(__LINE__), G_STRFUNC, #condition, NULL); \
    }                                                                      \
    G_STMT_END

/** FUZZ_ASSERT_SAME: ends the process unless the two texts, either of which may be NULL, are one.
 */
#define FUZZ_ASSERT_SAME(a, b) fuzz_assert_same(G_STRINGIFY(__LINE__), G_STRFUNC, (a), (b))

/** fuzz_fail: tells what does not hold, and ends the process. */
void fuzz_fail(const char *line, const char *function, const char *what,
               const char *more) G_GNUC_NORETURN;

void fuzz_assert_same(const char *line, const char *function, const char *a, const char *b);

/** fuzz_init: makes warnings fatal, and temporary files stay in memory where that can be. */
void fuzz_init(void);

/** fuzz_dup_text: (transfer full): the bytes as a text, up to the first NUL. */
char *fuzz_dup_text(const guint8 *data, gsize size);

/**
 * fuzz_check_error:
 * @done: what a fallible function answered
 * @error: (nullable): what it gave
 *
 * Every failure has an error, no success has one, and what is told is text that can be sent.
 */
void fuzz_check_error(gboolean done, const GError *error);

/**
 * fuzz_import:
 * @name: the name of a file, "import.xml" or "import.zip"
 * @data: its bytes
 * @size: how many
 *
 * Imports it into an empty base, twice if it succeeds: the second time nothing is queued. The base
 * is empty afterwards.
 */
void fuzz_import(const char *name, const guint8 *data, gsize size);

/** fuzz_import_init: makes the base. */
void fuzz_import_init(void);

G_END_DECLS
