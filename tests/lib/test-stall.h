/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Watches the main loop of the program: what lies between two waits for events keeps the window
 * from answering. It is measured by the clock, less what the thread waited for a processor while
 * others ran (the run delay that Linux counts for each thread) and for the X server, another
 * program (test-io.h, which it starts too): what remains was work, or waiting for a file, a lock or
 * a peer, and is the program's own. Where Linux does not count it, only the thread's processor time
 * is taken, which does not see such waiting. */

/* The longest that a person may wait: 50 ms. */
#define TEST_STALL_MAX_NS G_GINT64_CONSTANT(50000000)

typedef struct {
    gint64 own_ns;  /* as above */
    gint64 busy_ns; /* of it: processor time; the rest is waiting */
    gint64 wall_ns;
} TestStall;

/* From now on, on the calling thread, whose default main context is watched. */
void test_stall_start(void);

/* Forgets what was seen; what is being dispatched now counts from here. */
void test_stall_reset(void);

/* The worst since the last reset, what runs now included. */
TestStall test_stall_get_worst(void);

/* How many stalls there were since the last reset, and how many turns of the loop. */
guint test_stall_count(void);
guint test_stall_count_turns(void);

/* Whether waiting is seen. */
gboolean test_stall_sees_waiting(void);

G_END_DECLS
