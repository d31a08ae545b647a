/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-breaker.h"
#include "kab-error.h"
#include "kab-link.h"
#include "kab-queue-admin.h"
#include "kab-queue.h"
#include "kab-run-log.h"
#include "kab-run.h"
#include "kab-samples.h"
#include "kab-scheduler.h"

/* How often it looks whether another process has queued something or changed the settings. */
#define LOOK_MS 1000
/* A minute and four seconds at most. */
#define REST_MAX_SHIFT 6
#define SAMPLE_EVERY_US (G_GINT64_CONSTANT(60) * G_USEC_PER_SEC)
#define FORGET_EVERY_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)

struct _KabScheduler {
    KabEnd *end;
    GThread *thread;
    gint64 last;    /* when it last ran by the schedule or by itself, by the monotonic clock */
    gint64 forgot;  /* when it last took away what is old */
    gint64 sampled; /* when it last noted how the queue stands */
    guint broken;   /* how often in a row this end's own storage failed */
    gint64 rests;   /* until when it rests for that */
};

typedef struct {
    gint64 interval; /* seconds; 0: off */
    gboolean has_due;
    gboolean held;
    gboolean paused;
    gboolean killed; /* a run, here or in another process, that was to send something */
} Plan;

static gboolean
read_plan(KabEnd *end, Plan *plan, GError **error)
{
    const KabSettings *settings = kab_end_get_settings(end);
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    gint64 push = 0;

    return db.db != NULL &&
           kab_settings_get_number(settings, db.db, "exchange.schedule", &plan->interval, error) &&
           kab_settings_get_number(settings, db.db, "exchange.push", &push, error) &&
           kab_queue_is_paused(db.db, &plan->paused, error) &&
           (!push || kab_queue_has_due(db.db, kab_time_now(), &plan->has_due, error)) &&
           kab_breaker_is_held(db.db, kab_time_now(), &plan->held, error) &&
           kab_run_was_killed(end, db.db, &plan->killed, error);
}

/* An end that is not connected yet has nothing to run, and nothing to complain of. */
static gboolean
is_connected(KabEnd *end)
{
    g_autoptr(GError) error = NULL;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, &error);
    g_autoptr(KabLink) link = db.db != NULL ? kab_link_open(end, db.db, &error) : NULL;

    return link != NULL;
}

/* Storage that fails is not tried every second; what cannot be stored is kept in memory. */
static void
note_storage(KabScheduler *self, const GError *error)
{
    gboolean failed = error != NULL && error->domain == KAB_DB_ERROR;

    self->broken = failed ? self->broken + 1 : 0;
    self->rests =
        failed ? g_get_monotonic_time() + (G_USEC_PER_SEC << MIN(self->broken, REST_MAX_SHIFT)) : 0;
}

/* A run that was asked for and could not begin: whoever waits for it learns why. */
static void
end_request(KabEnd *end, const char *id, const GError *why)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, NULL);
    g_autoptr(KabRunResult) run = db.db != NULL ? kab_run_load(db.db, id, NULL) : NULL;

    if (run == NULL || run->ended_at != 0)
        return;
    g_free(run->error);
    run->error = g_strdup(why->message);
    kab_run_note_end(db.db, run, NULL);
}

static void
run_once(KabScheduler *self, const char *id, const char *cause)
{
    KabEnd *end = self->end;
    g_autoptr(GError) error = NULL;
    GCancellable *stopped = kab_end_get_stopped(end);
    g_autoptr(KabRunResult) result = id != NULL
                                         ? kab_run_as(end, id, cause, stopped, NULL, NULL, &error)
                                         : kab_run(end, cause, stopped, NULL, NULL, &error);

    if (result == NULL && id != NULL)
        end_request(end, id, error);
    if (result == NULL && !g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY))
        g_message("%s: %s", kab_end_get_class(end)->name, error->message);
    else if (result != NULL && result->error != NULL)
        g_message("%s: %s", kab_end_get_class(end)->name, result->error);
    note_storage(self, error);
}

static void
forget_old(KabScheduler *self)
{
    g_autoptr(GError) error = NULL;
    gint64 now = g_get_monotonic_time();

    if (self->forgot != 0 && now - self->forgot < FORGET_EVERY_US)
        return;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(self->end, &error);
        gboolean more = FALSE;

        if (db.db == NULL || !kab_run_forget_old(self->end, db.db, &more, &error))
            g_message("%s", error->message);
        self->forgot = more ? 0 : now; /* the rest with the next look */
    }
}

static void
take_sample(KabScheduler *self)
{
    g_autoptr(GError) error = NULL;
    gint64 now = g_get_monotonic_time();

    if (self->sampled != 0 && now - self->sampled < SAMPLE_EVERY_US)
        return;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(self->end, &error);

        if (db.db == NULL || !kab_samples_take(db.db, kab_time_now(), &error))
            g_message("%s", error->message);
        self->sampled = now;
    }
}

static void
tell_next_run(KabScheduler *self, const Plan *plan)
{
    gint64 passed = (g_get_monotonic_time() - self->last) / 1000;

    kab_end_set_next_run(self->end, plan->interval > 0
                                        ? kab_time_now() + MAX(plan->interval * 1000 - passed, 0)
                                        : 0);
}

/* Time is counted by the monotonic clock: a clock that is set does not stop or flood the exchange.
 */
static void
look(KabScheduler *self)
{
    g_autoptr(GError) error = NULL;
    char id[KAB_ID_SIZE];
    Plan plan = {0};
    gboolean scheduled;

    if (kab_end_take_request(self->end, id)) {
        run_once(self, id, "by hand");
        return;
    }
    if (g_get_monotonic_time() < self->rests)
        return;
    if (!read_plan(self->end, &plan, &error)) {
        g_message("%s", error->message);
        note_storage(self, error);
        return;
    }
    scheduled =
        plan.interval > 0 && g_get_monotonic_time() - self->last >= plan.interval * G_USEC_PER_SEC;
    /* A run that was killed is taken over at once, whatever the schedule says. */
    if (plan.killed || (!plan.held && (scheduled || (plan.has_due && !plan.paused)))) {
        self->last = g_get_monotonic_time();
        if (is_connected(self->end))
            run_once(self, NULL, plan.killed ? "takeover" : scheduled ? "schedule" : "push");
    }
    tell_next_run(self, &plan);
}

static gpointer
watch(gpointer data)
{
    KabScheduler *self = data;
    guint seen = 0;

    self->last = g_get_monotonic_time();
    do {
        forget_old(self);
        take_sample(self);
        look(self);
    } while (kab_end_wait(self->end, &seen, LOOK_MS));
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
