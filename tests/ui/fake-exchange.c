/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"

#include <string.h>

/* kab-client-exchange.h, but for the client orders. */

static KabRunResult *
copy_run(const KabRunResult *run)
{
    KabRunResult *copy;

    if (run == NULL)
        return NULL;
    copy = g_memdup2(run, sizeof *run);
    copy->id = g_strdup(run->id);
    copy->cause = g_strdup(run->cause);
    copy->error = g_strdup(run->error);
    return copy;
}

static gpointer
copy_text(gconstpointer text, gpointer data G_GNUC_UNUSED)
{
    return g_strdup(text);
}

void
fake_add_alarm(const char *text)
{
    if (fake_world.exchange.alarms == NULL)
        fake_world.exchange.alarms = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(fake_world.exchange.alarms, g_strdup(text));
}

static void
compute_exchange(GTask *task, gpointer args G_GNUC_UNUSED)
{
    KabExchangeState *state = g_memdup2(&fake_world.exchange, sizeof *state);

    state->last_error = g_strdup(state->last_error);
    state->paused_by = g_strdup(state->paused_by);
    state->failure = g_strdup(state->failure);
    state->run = copy_run(state->run);
    if (state->alarms != NULL)
        state->alarms = g_ptr_array_copy(state->alarms, copy_text, NULL);
    g_task_return_pointer(task, state, (GDestroyNotify)kab_exchange_state_free);
}

void
kab_client_get_exchange_async(KabClient *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_EXCHANGE, compute_exchange);
}

KabExchangeState *
kab_client_get_exchange_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

/* A page, and what of the queue it may have. */
typedef struct {
    FakeQuery *query;
    KabClientQueueFilter filter; /* (owned) */
} QueueQuery;

static void
queue_query_free(gpointer data)
{
    QueueQuery *query = data;

    fake_query_free(query->query);
    g_free((char *)query->filter.kind);
    g_free((char *)query->filter.object_id);
    g_free((char *)query->filter.state);
    g_free((char *)query->filter.error);
    g_free(query);
}

static void
compute_queue(GTask *task, gpointer args)
{
    KabPage *page = fake_page_new((GDestroyNotify)kab_queue_entry_free);
    const QueueQuery *query = args;

    for (guint i = query->query->after; i < fake_world.queue->len && page->next == NULL; i++)
        if (fake_filter_means(&query->filter, g_ptr_array_index(fake_world.queue, i)))
            fake_page_offer(page, query->query, i,
                            fake_copy_entry(g_ptr_array_index(fake_world.queue, i)),
                            (GDestroyNotify)kab_queue_entry_free);
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_queue_async(KabClient *self, const KabClientQueueFilter *filter, const char *after,
                            guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    QueueQuery *query = g_new0(QueueQuery, 1);

    query->query = fake_query_new(NULL, NULL, after, limit);
    if (filter != NULL)
        query->filter = (KabClientQueueFilter){g_strdup(filter->kind), g_strdup(filter->object_id),
                                               g_strdup(filter->state), g_strdup(filter->error)};
    g_task_set_task_data(task, query, queue_query_free);
    fake_answer(task, query->filter.object_id != NULL ? FAKE_FIND_QUEUE : FAKE_QUEUE,
                compute_queue);
}

KabPage *
kab_client_list_queue_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

/* Runs. */

void
fake_begin_run(const char *cause, gint64 done, gint64 total)
{
    KabRunResult *run = g_new0(KabRunResult, 1);

    run->id = g_strdup_printf("run-%u", ++fake_world.n_runs);
    run->cause = g_strdup(cause);
    run->started_at = kab_time_now();
    run->done = done;
    run->total = total;
    kab_run_result_free(fake_world.exchange.run);
    fake_world.exchange.run = run;
    fake_world.exchange.running = TRUE;
}

static void
end_run(const char *error)
{
    KabRunResult *run = g_steal_pointer(&fake_world.exchange.run);

    run->ended_at = kab_time_now();
    run->error = g_strdup(error);
    run->received = 1;
    kab_run_result_free(fake_world.ended_run);
    fake_world.ended_run = run;
    fake_world.exchange.running = FALSE;
    fake_world.exchange.last_run_at = run->ended_at;
    g_free(fake_world.exchange.last_error);
    fake_world.exchange.last_error = g_strdup(error);
}

void
fake_end_run(void)
{
    fake_world.exchange.run->sent = fake_world.queue->len;
    g_ptr_array_set_size(fake_world.queue, 0);
    memset(fake_world.exchange.counts, 0, sizeof fake_world.exchange.counts);
    end_run(NULL);
}

void
fake_keep_running(void)
{
    fake_world.keep_running = TRUE;
}

static void
return_run(GTask *task, const KabRunResult *run)
{
    g_task_return_pointer(task, copy_run(run), (GDestroyNotify)kab_run_result_free);
}

static void
compute_run(GTask *task, gpointer args G_GNUC_UNUSED)
{
    if (fake_world.exchange.running) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_BUSY, "The exchange is running already");
        return;
    }
    fake_begin_run("by hand", 0, 0);
    return_run(task, fake_world.exchange.run);
}

void
kab_client_run_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_RUN, compute_run);
}

static void
compute_get_run(GTask *task, gpointer args)
{
    if (fake_world.exchange.run != NULL && !fake_world.keep_running)
        fake_end_run();
    if (fake_world.exchange.run != NULL && g_str_equal(fake_world.exchange.run->id, args))
        return_run(task, fake_world.exchange.run);
    else if (fake_world.ended_run != NULL && g_str_equal(fake_world.ended_run->id, args))
        return_run(task, fake_world.ended_run);
    else
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "There is no such run");
}

void
kab_client_get_run_async(KabClient *self, const char *id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdup(id), g_free);
    fake_answer(task, FAKE_GET_RUN, compute_get_run);
}

KabRunResult *
kab_client_run_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_stop_run(GTask *task, gpointer args G_GNUC_UNUSED)
{
    if (!fake_world.exchange.running) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_STATE, "The exchange is not running");
        return;
    }
    end_run("The run was cancelled by admin");
    g_task_return_boolean(task, TRUE);
}

void
kab_client_stop_run_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_STOP_RUN, compute_stop_run);
}

gboolean
kab_client_stop_run_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

/* Pause, and what is done with entries. */

static void
compute_pause(GTask *task, gpointer args)
{
    KabExchangeState *exchange = &fake_world.exchange;

    exchange->paused_at = GPOINTER_TO_INT(args) ? kab_time_now() : 0;
    g_free(exchange->paused_by);
    exchange->paused_by = GPOINTER_TO_INT(args) ? g_strdup("admin") : NULL;
    g_task_return_boolean(task, TRUE);
}

void
kab_client_pause_async(KabClient *self, gboolean paused, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, GINT_TO_POINTER(paused), NULL);
    fake_answer(task, FAKE_PAUSE, compute_pause);
}

gboolean
kab_client_pause_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

/* Of all that have failed the numbers tell, of others the entries. */
typedef struct {
    KabClientQueueChange change;
    KabClientQueueFilter filter;
} Change;

static void
change_free(gpointer data)
{
    Change *change = data;

    g_free((char *)change->filter.kind);
    g_free((char *)change->filter.object_id);
    g_free((char *)change->filter.state);
    g_free((char *)change->filter.error);
    g_free(change);
}

static Change *
change_new(KabClientQueueChange what, const KabClientQueueFilter *filter)
{
    Change *change = g_new0(Change, 1);

    change->change = what;
    change->filter.kind = g_strdup(filter->kind);
    change->filter.object_id = g_strdup(filter->object_id);
    change->filter.state = g_strdup(filter->state);
    change->filter.error = g_strdup(filter->error);
    return change;
}

static gboolean
is_all_failed(const KabClientQueueFilter *filter)
{
    return filter->kind == NULL && filter->object_id == NULL && filter->error == NULL;
}

static void
compute_count(GTask *task, gpointer args)
{
    const Change *change = args;
    gint64 n = 0;

    for (guint i = 0; i < fake_world.queue->len; i++)
        n += fake_filter_means(&change->filter, g_ptr_array_index(fake_world.queue, i));
    g_task_return_int(
        task, is_all_failed(&change->filter) ? fake_world.exchange.counts[KAB_QUEUE_FAILED] : n);
}

void
kab_client_count_queue_async(KabClient *self, const KabClientQueueFilter *filter,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, change_new(KAB_CLIENT_QUEUE_RETRY, filter), change_free);
    fake_answer(task, FAKE_COUNT_QUEUE, compute_count);
}

static void
compute_change(GTask *task, gpointer args)
{
    const Change *change = args;
    gint64 *counts = fake_world.exchange.counts;
    gint64 n = is_all_failed(&change->filter) ? counts[KAB_QUEUE_FAILED] : 0;

    for (guint i = fake_world.queue->len; i > 0; i--) {
        KabQueueEntry *entry = g_ptr_array_index(fake_world.queue, i - 1);
        gboolean failed = entry->state == KAB_QUEUE_FAILED;

        if (!fake_filter_means(&change->filter, entry))
            continue;
        n += !is_all_failed(&change->filter);
        counts[KAB_QUEUE_FAILED] -= failed;
        counts[KAB_QUEUE_WAITING] += failed && change->change == KAB_CLIENT_QUEUE_RETRY;
        entry->state = KAB_QUEUE_WAITING;
        g_clear_pointer(&entry->error, g_free);
        if (change->change == KAB_CLIENT_QUEUE_DISCARD)
            g_ptr_array_remove_index(fake_world.queue, i - 1);
    }
    if (is_all_failed(&change->filter))
        counts[KAB_QUEUE_FAILED] = 0;
    g_task_return_int(task, n);
}

void
kab_client_change_queue_async(KabClient *self, KabClientQueueChange change,
                              const KabClientQueueFilter *filter, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    fake_note_change(filter);
    g_task_set_task_data(task, change_new(change, filter), change_free);
    fake_answer(task, change == KAB_CLIENT_QUEUE_RETRY ? FAKE_RETRY : FAKE_DISCARD, compute_change);
}

gboolean
kab_client_count_queue_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, gint64 *out,
                              GError **error)
{
    *out = g_task_propagate_int(G_TASK(result), error);
    if (g_task_had_error(G_TASK(result)))
        *out = 0;
    return !g_task_had_error(G_TASK(result));
}
