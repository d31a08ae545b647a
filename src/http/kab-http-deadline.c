/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-http-deadline.h"

/* Counted: the watching thread may be at it when the call ends. */
struct _KabHttpDeadline {
    GCancellable *inner; /* (owned) */
    GCancellable *outer; /* (owned) (nullable) */
    gulong handler;
    GSource *source; /* (owned) */
    gint expired;    /* (atomic) */
};

static gpointer
run_watch(gpointer context)
{
    g_autoptr(GMainLoop) loop = g_main_loop_new(context, FALSE);

    g_main_loop_run(loop);
    return NULL;
}

/* The context of a thread that looks after calls that block theirs. */
static GMainContext *
get_watch_context(void)
{
    static GMainContext *context;

    if (g_once_init_enter(&context)) {
        GMainContext *made = g_main_context_new();

        g_thread_unref(g_thread_new("http-watch", run_watch, made));
        g_once_init_leave(&context, made);
    }
    return context;
}

static void
clear(gpointer data)
{
    KabHttpDeadline *self = data;

    g_clear_pointer(&self->source, g_source_unref);
    g_clear_object(&self->inner);
    g_clear_object(&self->outer);
}

static void
release(gpointer self)
{
    g_atomic_rc_box_release_full(self, clear);
}

static gboolean
on_deadline(gpointer data)
{
    KabHttpDeadline *self = data;

    g_atomic_int_set(&self->expired, 1);
    g_cancellable_cancel(self->inner);
    return G_SOURCE_REMOVE;
}

static void
cancel_inner(GCancellable *outer G_GNUC_UNUSED, gpointer inner)
{
    g_cancellable_cancel(inner);
}

KabHttpDeadline *
kab_http_deadline_begin(guint seconds, GCancellable *outer, gboolean blocks)
{
    KabHttpDeadline *self = g_atomic_rc_box_new0(KabHttpDeadline);

    self->inner = g_cancellable_new();
    g_set_object(&self->outer, outer);
    if (outer != NULL)
        self->handler = g_cancellable_connect(outer, G_CALLBACK(cancel_inner),
                                              g_object_ref(self->inner), g_object_unref);
    self->source = g_timeout_source_new_seconds(seconds);
    g_source_set_callback(self->source, on_deadline, g_atomic_rc_box_acquire(self), release);
    g_source_attach(self->source,
                    blocks ? get_watch_context() : g_main_context_get_thread_default());
    return self;
}

GCancellable *
kab_http_deadline_get_cancellable(KabHttpDeadline *self)
{
    return self->inner;
}

gboolean
kab_http_deadline_end(KabHttpDeadline *self)
{
    gboolean expired;

    g_source_destroy(self->source);
    g_cancellable_disconnect(self->outer, self->handler);
    expired = g_atomic_int_get(&self->expired) != 0 && !g_cancellable_is_cancelled(self->outer);
    release(self);
    return expired;
}
