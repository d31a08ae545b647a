/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** test_folder_new: (transfer full): a temporary folder, whose path is short enough for sockets. */
char *test_folder_new(void);

/** test_folder_remove: (transfer full): removes a folder with all that is in it. */
void test_folder_remove(char *folder);

/** test_folder_path: (transfer full): @name in the folder. */
char *test_folder_path(const char *folder, const char *name);

/** test_folder_holds: whether the bytes of any file in the folder hold @text. */
gboolean test_folder_holds(const char *folder, const char *text);

/** test_file_write: writes a file; @size -1 for a text. */
void test_file_write(const char *path, const char *data, gssize size);

/** test_file_checksum: (transfer full): of a file's bytes. */
char *test_file_checksum(const char *path);

/**
 * test_self_start:
 * @helper: a way to run this test program, looked for by test_self_is()
 * @argument: what it shall work with
 *
 * Starts this test program again as a process of its own.
 *
 * Returns: (transfer full): the process
 */
gpointer test_self_start(const char *helper, const char *argument);

/** test_self_wait_line: waits until the process says something, and returns it. */
char *test_self_wait_line(gpointer process);

/** test_self_kill: (transfer full): kills the process as a power cut would, and waits for its end.
 */
void test_self_kill(gpointer process);

/** test_self_end: (transfer full): waits until the process has ended well. */
void test_self_end(gpointer process);

/** test_self_is: (nullable): the argument if this process is the helper @helper. */
const char *test_self_is(int argc, char **argv, const char *helper);

G_END_DECLS
