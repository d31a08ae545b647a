/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-queue.h"
#include "kab-run.h"
#include "test-folder.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define CLAIMER "--claim-and-wait"
#define RUNNER "--run"

/* A run that has claimed everything and goes no further. */
G_NORETURN
static void
claim_and_wait(const char *folder)
{
    g_autoptr(KabEnd) end = end_fixture_open(folder, KAB_SIDE_PORTAL);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) claimed = NULL;
    KabDb *db = kab_end_take_db(end, &error);

    g_assert_cmpint(kab_end_lock_run(end, &error), >=, 0);
    claimed = kab_queue_claim(db, kab_time_now() + 1, 100, &error);
    g_assert_no_error(error);
    printf("%u\n", claimed->len);
    fflush(stdout);
    for (;;)
        pause();
}

static int
run(const char *folder)
{
    g_autoptr(KabEnd) end = end_fixture_open(folder, KAB_SIDE_PORTAL);
    g_autoptr(KabRunResult) result = kab_run(end, "child", NULL, NULL, NULL, NULL);

    return result == NULL;
}

static void
test_killed_run_gives_back(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *line = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    gpointer child;

    for (guint i = 1; i <= 3; i++)
        end_fixture_put(fixture, KAB_KIND_ORDER, i, "one");
    child = test_self_start(CLAIMER, fixture->folder);
    line = test_self_wait_line(child);
    g_assert_cmpstr(line, ==, "3");
    before = end_fixture_dup_queue(fixture);
    g_assert_cmpstr(before, ==,
                    "order 1 processing 0\norder 2 processing 0\norder 3 processing 0\n");
    g_assert_true(kab_end_is_running(fixture->end));
    g_assert_null(kab_run(fixture->end, "test", NULL, NULL, NULL, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_BUSY);

    test_self_kill(child);
    g_assert_false(kab_end_is_running(fixture->end));
    result = end_fixture_run(fixture);
    g_assert_cmpint(result->sent, ==, 3);
    after = end_fixture_dup_queue(fixture);
    g_assert_cmpstr(after, ==, "");
}

typedef struct {
    GMutex lock;
    GCond cond;
    guint arrived;
    gboolean go_on;
} Gate;

/* The other end has applied the messages, but is slow to answer. */
static void
wait_at_gate(TestPeer *peer G_GNUC_UNUSED, GPtrArray *messages G_GNUC_UNUSED,
             gsize bytes G_GNUC_UNUSED, KabHttpResponse *response G_GNUC_UNUSED, gpointer data)
{
    Gate *gate = data;

    g_mutex_lock(&gate->lock);
    gate->arrived++;
    g_cond_broadcast(&gate->cond);
    while (!gate->go_on)
        g_cond_wait(&gate->cond, &gate->lock);
    g_mutex_unlock(&gate->lock);
}

static void
test_killed_before_the_answer(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabRunResult) result = NULL;
    g_autofree char *received = NULL;
    g_autofree char *queue = NULL;
    g_auto(GStrv) lines = NULL;
    gint64 end = g_get_monotonic_time() + 30 * G_USEC_PER_SEC;
    Gate gate = {0};
    gpointer child;

    test_peer_set_func(fixture->peer, wait_at_gate, &gate);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    child = test_self_start(RUNNER, fixture->folder);
    g_mutex_lock(&gate.lock);
    while (gate.arrived == 0)
        g_assert_true(g_cond_wait_until(&gate.cond, &gate.lock, end));
    g_mutex_unlock(&gate.lock);
    test_self_kill(child);
    g_mutex_lock(&gate.lock);
    gate.go_on = TRUE;
    g_cond_broadcast(&gate.cond);
    g_mutex_unlock(&gate.lock);

    result = end_fixture_run(fixture);
    g_assert_cmpint(result->sent, ==, 1);
    queue = end_fixture_dup_queue(fixture);
    g_assert_cmpstr(queue, ==, "");
    /* The same message with the same version again: the other end's inbox knows it. */
    received = test_peer_dup_received(fixture->peer);
    lines = g_strsplit(g_strchomp(received), "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 2);
    g_assert_cmpstr(lines[0], ==, lines[1]);
}

int
main(int argc, char **argv)
{
    const char *folder = test_self_is(argc, argv, CLAIMER);

    if (folder != NULL)
        claim_and_wait(folder);
    folder = test_self_is(argc, argv, RUNNER);
    if (folder != NULL)
        return run(folder);
    g_test_init(&argc, &argv, NULL);
    END_TEST("/run-crash/claimed", test_killed_run_gives_back);
    END_TEST("/run-crash/before-the-answer", test_killed_before_the_answer);
    return g_test_run();
}
