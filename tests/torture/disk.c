/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays one exchange with a disk that fails at the n-th call, for every n: a full disk, syncs that
 * fail, a power cut. A case is one end and one way to fail; each n is a process of its own. */
#include "disk-trial.h"
#include "test-folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRIAL "--trial"
/* A process that takes longer hangs. */
#define TRIAL_SECONDS 120
/* More than the exchange has calls. */
#define N_MAX 10000
/* So many trials of a case may fail before it is left. */
#define FAILURES_MAX 5

static const char *const ends[] = {"portal", "base"};

/* Syncs are rarer than the other calls: fewer of them are left out. */
static const struct {
    FaultKind kind;
    const char *name;
    int rarity;
} kinds[] = {
    {FAULT_FULL, "full", 1}, {FAULT_SYNC, "sync", 10}, {FAULT_LOST, "lost", 10},
    {FAULT_CUT, "cut", 1},   {FAULT_TORN, "torn", 1},
};

static int every = 1;
static int seed = 1;
static char *only;

static const GOptionEntry options[] = {
    {"every", 0, 0, G_OPTION_ARG_INT, &every, "Try every K-th call", "K"},
    {"seed", 0, 0, G_OPTION_ARG_INT, &seed, "Where to begin, which sectors tear, who is killed",
     "S"},
    {"only", 0, 0, G_OPTION_ARG_STRING, &only, "Try one call, or one case", "END/KIND[/N]"},
    {0},
};

static int
be_trial(const char *spec)
{
    g_auto(GStrv) parts = g_strsplit(spec, ":", 5);

    g_assert_cmpuint(g_strv_length(parts), ==, 5);
    alarm(TRIAL_SECONDS);
    /* Whoever is killed leaves its sockets there. */
    g_setenv("XDG_RUNTIME_DIR", parts[4], TRUE);
    fault_vfs_register(TRUE);
    return (int)disk_trial_run(parts[4], parts[0], (FaultKind)atoi(parts[1]), (guint)atoi(parts[2]),
                               (guint32)atoi(parts[3]));
}

/* Runs a trial as a process of its own; its exit status, or minus the signal that it died of. */
static int
start_trial(const char *folder, const char *end, FaultKind kind, guint n)
{
    g_autofree char *spec = g_strdup_printf("%s:%d:%u:%d:%s", end, (int)kind, n, seed, folder);
    char *argv[] = {(char *)"/proc/self/exe", (char *)TRIAL, spec, NULL};
    g_autoptr(GError) error = NULL;
    int status = 0;

    g_spawn_sync(NULL, argv, NULL, G_SPAWN_CHILD_INHERITS_STDIN, NULL, NULL, NULL, NULL, &status,
                 &error);
    g_assert_no_error(error);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static int
try_one(const char *template, const char *end, FaultKind kind, guint n)
{
    char *folder = disk_trial_copy(template);
    int status = start_trial(folder, end, kind, n);

    /* The power is back, or somebody starts the services again. */
    if (status == FAULT_CUT_STATUS)
        status = start_trial(folder, end, FAULT_NONE, 0);
    test_folder_remove(folder);
    return status;
}

/* Whether all is well with every n; @from above 0: with that n alone. */
static gboolean
try_all(const char *template, const char *end, gsize i, guint from, guint *tried)
{
    int step = MAX(every / kinds[i].rarity, 1);
    guint failures = 0;

    *tried = 0;
    for (guint n = from > 0 ? from : 1 + (guint)(seed % step); n < N_MAX; n += (guint)step) {
        int status = try_one(template, end, kinds[i].kind, n);

        if (status == DISK_NOT_REACHED)
            break;
        (*tried)++;
        if (status != DISK_WELL) {
            printf("# %s/%s/%u with --seed %d: %s %d\n", end, kinds[i].name, n, seed,
                   status < 0 ? "died of signal" : "exit status", ABS(status));
            fflush(stdout);
            failures++;
        }
        if (from > 0 || failures == FAILURES_MAX)
            break;
    }
    return failures == 0 && *tried > 0;
}

/* Whether --only names this case, or there is no --only; @from is its N. */
static gboolean
is_wanted(const char *end, const char *kind, guint *from)
{
    g_auto(GStrv) parts = only != NULL ? g_strsplit(only, "/", 3) : NULL;

    *from = 0;
    if (parts == NULL)
        return TRUE;
    if (g_strv_length(parts) < 2 || strcmp(parts[0], end) != 0 || strcmp(parts[1], kind) != 0)
        return FALSE;
    *from = parts[2] != NULL ? (guint)atoi(parts[2]) : 0;
    return TRUE;
}

static gboolean
try_cases(const char *template)
{
    guint number = 0;
    gboolean well = TRUE;

    for (gsize e = 0; e < G_N_ELEMENTS(ends); e++) {
        for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++) {
            gint64 began = g_get_monotonic_time();
            gboolean passed;
            guint tried;
            guint from;

            if (!is_wanted(ends[e], kinds[k].name, &from))
                continue;
            passed = try_all(template, ends[e], k, from, &tried);
            printf("%s %u - %s/%s: %u calls tried in %.1f s\n", passed ? "ok" : "not ok", ++number,
                   ends[e], kinds[k].name, tried,
                   (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC);
            fflush(stdout);
            well = well && passed;
        }
    }
    printf("1..%u\n", number);
    return well && number > 0;
}

int
main(int argc, char **argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;
    const char *spec = test_self_is(argc, argv, TRIAL);
    char *template;
    gboolean well;

    if (spec != NULL)
        return be_trial(spec);
    g_option_context_add_main_entries(context, options, NULL);
    if (!g_option_context_parse(context, &argc, &argv, &error) || every < 1 || seed < 0) {
        g_printerr("%s\n", error != NULL ? error->message : "--every from 1, --seed from 0");
        return 2;
    }
    fault_vfs_register(FALSE);
    template = disk_trial_prepare();
    well = try_cases(template);
    test_folder_remove(template);
    g_free(only);
    return well ? 0 : 1;
}
