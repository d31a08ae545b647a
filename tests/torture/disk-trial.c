/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "disk-trial.h"

#include "disk-compare.h"
#include "disk-steps.h"
#include "test-folder.h"
#include "test-pair.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TRIES 5

static int wrongs; /* (atomic) */

void
disk_wrong(const char *format, ...)
{
    g_autofree char *text = NULL;
    va_list args;

    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    g_atomic_int_inc(&wrongs);
    printf("# %s\n", text);
    fflush(stdout);
}

/* Whether a message names the cause. */
static gboolean
is_clear(const char *message)
{
    g_autofree char *small = message != NULL ? g_utf8_strdown(message, -1) : NULL;

    return small != NULL && (strstr(small, "disk") != NULL || strstr(small, "storage") != NULL ||
                             strstr(small, "database") != NULL);
}

/* Warnings of the services are about the disk; nothing else is wrong with them. */
static GLogWriterOutput
on_log(GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = NULL;

    if ((level & G_LOG_LEVEL_MASK) > G_LOG_LEVEL_WARNING)
        return G_LOG_WRITER_HANDLED;
    text = g_log_writer_format_fields(level, fields, n_fields, FALSE);
    if ((level & G_LOG_LEVEL_MASK) < G_LOG_LEVEL_WARNING || !is_clear(text))
        disk_wrong("%s", text);
    return G_LOG_WRITER_HANDLED;
}

char *
disk_trial_prepare(void)
{
    TestPair test;

    test_pair_set_up(&test, NULL);
    test_pair_add_approval(&test, KAB_APPROVAL_TOTAL, 0, KAB_ROLE_HEAD);
    test_pair_fill(&test, test.a2);
    disk_write_text(test.folder, "partner", test.a2);
    disk_write_text(test.folder, "head", test.a);
    disk_write_text(test.folder, "manager", test.manager);
    kab_end_give_db(kab_pair_get_portal(test.pair), test.portal);
    kab_end_give_db(kab_pair_get_base(test.pair), test.base);
    kab_pair_stop(test.pair);
    g_free(test.a);
    g_free(test.a2);
    g_free(test.viewer);
    g_free(test.b);
    g_free(test.admin);
    g_free(test.manager);
    g_free(test.base_admin);
    return test.folder;
}

char *
disk_trial_copy(const char *folder)
{
    static const char *const names[] = {
        "partner",           "head",         "manager",       "portal/portal.db",
        "portal/portal.key", "base/base.db", "base/base.key",
    };
    char *copy = test_folder_new();
    g_autofree char *portal = test_folder_path(copy, "portal");
    g_autofree char *base = test_folder_path(copy, "base");

    g_assert_cmpint(g_mkdir(portal, 0700), ==, 0);
    g_assert_cmpint(g_mkdir(base, 0700), ==, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *from_path = test_folder_path(folder, names[i]);
        g_autofree char *to_path = test_folder_path(copy, names[i]);
        g_autoptr(GFile) from = g_file_new_for_path(from_path);
        g_autoptr(GFile) to = g_file_new_for_path(to_path);
        g_autoptr(GError) error = NULL;

        g_file_copy(from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
        g_assert_no_error(error);
    }
    return copy;
}

/* Time passes: what was put off is due. A disk that fails may not let it. */
static void
pass_time(KabEnd *end)
{
    g_autoptr(GError) error = NULL;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, &error);

    if (db.db == NULL ||
        !kab_db_run(db.db, "UPDATE queue SET next_attempt_at = 0", KAB_BIND_NONE, &error))
        g_debug("%s", error->message);
}

static gboolean
take_step(DiskTrial *trial, const DiskStep *step, char **why)
{
    if (trial->pair != NULL) {
        pass_time(kab_pair_get_portal(trial->pair));
        pass_time(kab_pair_get_base(trial->pair));
    }
    return step->take(trial, why);
}

/* As far as it goes with a disk that fails. What fails is tried again, more often than an entry of
 * the queue has attempts: the disk is no fault of the entry. */
static void
play(DiskTrial *trial)
{
    for (const DiskStep *step = disk_steps; step->name != NULL; step++) {
        for (int tries = 1; tries <= TRIES; tries++) {
            g_autofree char *why = NULL;

            if (tries == 1 ? step->take(trial, &why) : take_step(trial, step, &why)) {
                if (tries == 1)
                    break;
                return;
            }
            if (!is_clear(why))
                disk_wrong("%s: the error is not clear: %s", step->name, why);
            if (tries == TRIES)
                return;
        }
    }
}

static gboolean
go_on_with(DiskTrial *trial, const DiskStep *step)
{
    for (int tries = 1;; tries++) {
        g_autofree char *why = NULL;

        if (take_step(trial, step, &why))
            return TRUE;
        if (tries == TRIES) {
            disk_wrong("%s does not go on: %s", step->name, why);
            return FALSE;
        }
    }
}

/* There is room again: everything has to go on from where it stands, up to its end. */
static gboolean
go_on(DiskTrial *trial)
{
    for (const DiskStep *step = disk_steps; step->name != NULL; step++)
        if (!go_on_with(trial, step))
            return FALSE;
    return TRUE;
}

DiskOutcome
disk_trial_run(const char *folder, const char *end, FaultKind kind, guint n, guint32 seed)
{
    g_autofree char *part = g_strdup_printf("/%s/%s.db", end, end);
    DiskTrial trial = {0};
    gboolean struck;

    g_log_set_writer_func(on_log, NULL, NULL);
    fault_vfs_arm(part, kind, n, seed);
    disk_trial_open(&trial, folder);
    if (kind != FAULT_NONE)
        play(&trial);
    struck = fault_vfs_has_struck();
    /* Every other time nobody waits for the repair: the process is killed as it is. */
    if (struck && ((n ^ n >> 1 ^ seed) & 1) != 0)
        _exit(FAULT_CUT_STATUS);
    /* Power may fail while the services stop, too. */
    if (kind == FAULT_CUT || kind == FAULT_TORN)
        g_clear_pointer(&trial.pair, kab_pair_stop);
    fault_vfs_repair();
    if (go_on(&trial)) {
        g_clear_pointer(&trial.pair, kab_pair_stop);
        disk_compare(folder, trial.placed);
    }
    disk_trial_close(&trial);
    if (g_atomic_int_get(&wrongs) > 0)
        return DISK_WRONG;
    return struck || kind == FAULT_NONE ? DISK_WELL : DISK_NOT_REACHED;
}
