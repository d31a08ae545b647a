/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-stall.h"

#include "test-io.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* Where the thread stands. */
typedef struct {
    gint64 wall;
    gint64 busy;
    gint64 delay;
    gint64 display;
} Clocks;

static struct {
    int schedstat; /* a file; -1: there is none */
    GPollFunc poll;
    Clocks since; /* when the turn began */
    TestStall worst;
    guint n_stalls;
    guint n_turns;
    gboolean started;
} watch = {.schedstat = -1};

static gint64
get_clock(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (gint64)now.tv_sec * G_GINT64_CONSTANT(1000000000) + now.tv_nsec;
}

/* "ran waited slices", in nanoseconds. */
static gint64
get_run_delay(void)
{
    char text[96];
    ssize_t n = watch.schedstat >= 0 ? pread(watch.schedstat, text, sizeof text - 1, 0) : -1;
    long long ran, waited;

    if (n <= 0)
        return -1;
    text[n] = '\0';
    return sscanf(text, "%lld %lld", &ran, &waited) == 2 ? waited : -1;
}

static Clocks
look(void)
{
    return (Clocks){get_clock(CLOCK_MONOTONIC), get_clock(CLOCK_THREAD_CPUTIME_ID), get_run_delay(),
                    test_io_get_display_ns()};
}

static TestStall
measure(void)
{
    Clocks now = look();
    TestStall turn = {.wall_ns = now.wall - watch.since.wall,
                      .busy_ns = now.busy - watch.since.busy};

    turn.own_ns = turn.busy_ns;
    if (now.delay >= 0)
        turn.own_ns = MAX(turn.busy_ns, turn.wall_ns - (now.delay - watch.since.delay) -
                                            (now.display - watch.since.display));
    return turn;
}

static void
end_turn(void)
{
    TestStall turn = measure();

    watch.n_turns++;
    watch.n_stalls += turn.own_ns > TEST_STALL_MAX_NS;
    if (turn.own_ns > watch.worst.own_ns)
        watch.worst = turn;
}

/* The loop calls it whenever it has nothing to dispatch: waiting here is no stall. */
static int
poll_watched(GPollFD *fds, guint n_fds, int timeout)
{
    int n;

    end_turn();
    test_io_set_idle(TRUE);
    n = watch.poll(fds, n_fds, timeout);
    test_io_set_idle(FALSE);
    watch.since = look();
    return n;
}

void
test_stall_start(void)
{
    g_autofree char *path =
        g_strdup_printf("/proc/self/task/%ld/schedstat", (long)syscall(SYS_gettid));

    g_assert(!watch.started);
    watch.started = TRUE;
    test_io_start();
    watch.schedstat = open(path, O_RDONLY | O_CLOEXEC);
    watch.poll = g_main_context_get_poll_func(NULL);
    test_stall_reset();
    g_main_context_set_poll_func(NULL, poll_watched);
}

void
test_stall_reset(void)
{
    memset(&watch.worst, 0, sizeof watch.worst);
    watch.n_stalls = watch.n_turns = 0;
    watch.since = look();
}

TestStall
test_stall_get_worst(void)
{
    TestStall now = measure();

    return now.own_ns > watch.worst.own_ns ? now : watch.worst;
}

guint
test_stall_count(void)
{
    return watch.n_stalls + (measure().own_ns > TEST_STALL_MAX_NS);
}

guint
test_stall_count_turns(void)
{
    return watch.n_turns;
}

gboolean
test_stall_sees_waiting(void)
{
    return get_run_delay() >= 0;
}
