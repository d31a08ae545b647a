/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Watches what one thread does with files and sockets, by standing before the C library: in a
 * program that exports its symbols, or preloaded.
 *
 * What counts: opening, making, renaming or removing a file, waiting for one to reach the disk, and
 * sending to, receiving from or connecting a socket that makes the thread wait. What does not: what
 * the toolkit does by itself, which are the X server, icons, fonts, pictures' formats and what the
 * library for texts looks up; /proc; a socket that never waits. */

/* From now on, for the calling thread. */
void test_io_start(void);

/* The main loop waits for events meanwhile, which is what it is for. */
void test_io_set_idle(gboolean idle);

/* Forgets what was seen. */
void test_io_reset(void);

/* What was seen first since then, such as "openat /home/x", and how much there was. */
const char *test_io_get_first(void);
guint test_io_count(void);

/* How long the watched thread has waited for the X server since the start: another program, which
 * a loaded machine keeps from answering. */
gint64 test_io_get_display_ns(void);

G_END_DECLS
