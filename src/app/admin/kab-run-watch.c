/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-run-watch.h"

#define ASK_MS 333
/* Who does not answer is not asked that often. */
#define ASK_AGAIN_MS 2000

struct _KabRunWatch {
    GObject parent_instance;

    KabClient *client;         /* (owned) */
    GCancellable *cancellable; /* (owned) */
    KabRunResult *run;         /* (owned) (nullable): as it was last heard of */
    guint timer;               /* of the next question */
    gboolean active;
    gboolean starting; /* asked for, and not accepted yet */
    gboolean asking;   /* how far it is */
    gboolean stopping;
};

G_DEFINE_FINAL_TYPE(KabRunWatch, kab_run_watch, G_TYPE_OBJECT)

enum {
    CHANGED,
    ENDED,
    REFUSED,
    FAILED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean on_time(gpointer data);

static void
wait_for(KabRunWatch *self, guint ms)
{
    if (self->active && self->run != NULL && !self->asking && self->timer == 0)
        self->timer = g_timeout_add(ms, on_time, self);
}

static void
forget(KabRunWatch *self)
{
    g_clear_handle_id(&self->timer, g_source_remove);
    g_clear_pointer(&self->run, kab_run_result_free);
    self->stopping = FALSE;
}

static void
end(KabRunWatch *self)
{
    g_autoptr(KabRunResult) run = g_steal_pointer(&self->run);

    forget(self);
    g_signal_emit(self, signals[ENDED], 0, run);
}

static void
on_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabRunWatch *self = data;
    g_autoptr(GError) error = NULL;
    KabRunResult *run = kab_client_run_finish(KAB_CLIENT(source), result, &error);
    gboolean unreachable = g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->asking = FALSE;
    if (run == NULL) {
        if (unreachable)
            wait_for(self, ASK_AGAIN_MS);
        else
            forget(self);
        g_signal_emit(self, signals[FAILED], 0, error);
        return;
    }
    kab_run_result_free(self->run);
    self->run = run;
    if (run->ended_at != 0) {
        end(self);
        return;
    }
    wait_for(self, ASK_MS);
    g_signal_emit(self, signals[CHANGED], 0);
}

static gboolean
on_time(gpointer data)
{
    KabRunWatch *self = data;

    self->timer = 0;
    self->asking = TRUE;
    kab_client_get_run_async(self->client, self->run->id, self->cancellable, on_got, self);
    return G_SOURCE_REMOVE;
}

static void
on_stopped(GObject *source, GAsyncResult *result, gpointer data)
{
    KabRunWatch *self = data;
    g_autoptr(GError) error = NULL;

    kab_client_stop_run_finish(KAB_CLIENT(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    /* No run under way: it has ended by itself, and the next answer tells that. */
    if (error == NULL || g_error_matches(error, KAB_ERROR, KAB_ERROR_STATE))
        return;
    self->stopping = FALSE;
    g_signal_emit(self, signals[FAILED], 0, error);
}

static void
on_started(GObject *source, GAsyncResult *result, gpointer data)
{
    KabRunWatch *self = data;
    g_autoptr(GError) error = NULL;
    KabRunResult *run = kab_client_run_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->starting = FALSE;
    self->run = run;
    if (run == NULL) {
        forget(self);
        g_signal_emit(self, signals[REFUSED], 0, error);
        return;
    }
    if (self->stopping) /* wanted while the run was on its way */
        kab_client_stop_run_async(self->client, self->cancellable, on_stopped, self);
    wait_for(self, ASK_MS);
    g_signal_emit(self, signals[CHANGED], 0);
}

static void
kab_run_watch_dispose(GObject *object)
{
    kab_run_watch_give_up(KAB_RUN_WATCH(object));
    G_OBJECT_CLASS(kab_run_watch_parent_class)->dispose(object);
}

static void
kab_run_watch_finalize(GObject *object)
{
    KabRunWatch *self = KAB_RUN_WATCH(object);

    g_clear_object(&self->cancellable);
    g_clear_object(&self->client);
    G_OBJECT_CLASS(kab_run_watch_parent_class)->finalize(object);
}

static void
kab_run_watch_class_init(KabRunWatchClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_run_watch_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_run_watch_finalize;

    /** KabRunWatch::changed: the run is further, or is stopping. */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_RUN_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
    /** KabRunWatch::ended: @run: a #KabRunResult: what it did */
    signals[ENDED] = g_signal_new("ended", KAB_TYPE_RUN_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
    /** KabRunWatch::refused: the run was not started. */
    signals[REFUSED] = g_signal_new("refused", KAB_TYPE_RUN_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
    /** KabRunWatch::failed: it could not be asked, or stopped; it may still be watched. */
    signals[FAILED] = g_signal_new("failed", KAB_TYPE_RUN_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kab_run_watch_init(KabRunWatch *self)
{
    self->cancellable = g_cancellable_new();
}

KabRunWatch *
kab_run_watch_new(KabClient *client)
{
    KabRunWatch *self = g_object_new(KAB_TYPE_RUN_WATCH, NULL);

    self->client = g_object_ref(client);
    return self;
}

void
kab_run_watch_start(KabRunWatch *self)
{
    if (kab_run_watch_is_busy(self))
        return;
    self->starting = TRUE;
    g_signal_emit(self, signals[CHANGED], 0);
    kab_client_run_async(self->client, self->cancellable, on_started, self);
}

void
kab_run_watch_follow(KabRunWatch *self, KabRunResult *run)
{
    if (kab_run_watch_is_busy(self)) {
        kab_run_result_free(run);
        return;
    }
    self->run = run;
    wait_for(self, ASK_MS);
    g_signal_emit(self, signals[CHANGED], 0);
}

void
kab_run_watch_stop(KabRunWatch *self)
{
    if (!kab_run_watch_is_busy(self) || self->stopping)
        return;
    self->stopping = TRUE;
    if (!self->starting)
        kab_client_stop_run_async(self->client, self->cancellable, on_stopped, self);
    g_signal_emit(self, signals[CHANGED], 0);
}

void
kab_run_watch_set_active(KabRunWatch *self, gboolean active)
{
    self->active = active;
    if (active)
        wait_for(self, 0);
    else
        g_clear_handle_id(&self->timer, g_source_remove);
}

gboolean
kab_run_watch_is_busy(KabRunWatch *self)
{
    return self->starting || self->run != NULL;
}

gboolean
kab_run_watch_is_stopping(KabRunWatch *self)
{
    return self->stopping;
}

const KabRunResult *
kab_run_watch_get_run(KabRunWatch *self)
{
    return self->run;
}

void
kab_run_watch_give_up(KabRunWatch *self)
{
    g_cancellable_cancel(self->cancellable);
    forget(self);
}
