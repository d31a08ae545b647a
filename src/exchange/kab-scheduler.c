/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-queue.h"
#include "kab-run.h"
#include "kab-scheduler.h"

/* How often it looks whether another process has queued something or changed the settings. */
#define LOOK_MS 1000

struct _KabScheduler {
    KabEnd *end;
    GThread *thread;
};

typedef struct {
    gint64 interval; /* seconds; 0: off */
    gint64 push;
    gint64 due; /* entries that could be sent now */
    gboolean held;
} Plan;

static gboolean
read_plan(KabEnd *end, Plan *plan, GError **error)
{
    const KabSettings *settings = kab_end_get_settings(end);
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);

    return db.db != NULL &&
           kab_settings_get_number(settings, db.db, "exchange.schedule", &plan->interval, error) &&
           kab_settings_get_number(settings, db.db, "exchange.push", &plan->push, error) &&
           kab_queue_count_due(db.db, kab_time_now(), &plan->due, error) &&
           kab_run_is_held(db.db, kab_time_now(), &plan->held, error);
}

static void
run_once(KabEnd *end, const char *cause)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRunResult) result =
        kab_run(end, cause, kab_end_get_stopped(end), NULL, NULL, &error);

    if (result == NULL && !g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY))
        g_message("%s: %s", kab_end_get_class(end)->name, error->message);
    else if (result != NULL && result->error != NULL)
        g_message("%s: %s", kab_end_get_class(end)->name, result->error);
}

/* Time is counted by the monotonic clock: a clock that is set does not stop or flood the exchange.
 */
static gpointer
watch(gpointer data)
{
    KabScheduler *scheduler = data;
    gint64 last = g_get_monotonic_time();

    while (kab_end_wait(scheduler->end, LOOK_MS)) {
        g_autoptr(GError) error = NULL;
        Plan plan = {0};
        gboolean scheduled;

        if (!read_plan(scheduler->end, &plan, &error)) {
            g_warning("%s", error->message);
            continue;
        }
        scheduled =
            plan.interval > 0 && g_get_monotonic_time() - last >= plan.interval * G_USEC_PER_SEC;
        if (plan.held || (!scheduled && !(plan.push && plan.due > 0)))
            continue;
        last = g_get_monotonic_time();
        run_once(scheduler->end, scheduled ? "schedule" : "push");
    }
    return NULL;
}

KabScheduler *
kab_scheduler_start(KabEnd *end)
{
    KabScheduler *scheduler = g_new0(KabScheduler, 1);

    scheduler->end = end;
    scheduler->thread = g_thread_new("scheduler", watch, scheduler);
    return scheduler;
}

void
kab_scheduler_stop(KabScheduler *scheduler)
{
    if (scheduler == NULL)
        return;
    kab_end_stop(scheduler->end);
    g_thread_join(scheduler->thread);
    g_free(scheduler);
}
