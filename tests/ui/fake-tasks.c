/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"

/* kab-client-tasks.h */

typedef struct {
    char *id;
    char *variant;
    char *text;
} Wish;

static void
wish_free(gpointer data)
{
    Wish *wish = data;

    g_free(wish->id);
    g_free(wish->variant);
    g_free(wish->text);
    g_free(wish);
}

static void
begin(KabClient *self, FakeCall call, FakeCompute compute, KabTaskId id, const char *variant,
      const char *text, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Wish *wish = g_new0(Wish, 1);

    wish->id = g_strdup(id.text);
    wish->variant = g_strdup(variant);
    wish->text = g_strdup(text);
    g_task_set_task_data(task, wish, wish_free);
    fake_answer(task, call, compute);
}

static void
add_variant(KabTask *task, const char *id, const char *title, KabTaskOutcome outcome,
            gboolean needs_comment)
{
    KabTaskVariant *variant = kab_task_add_variant(task);

    variant->id = g_strdup(id);
    variant->title = g_strdup(title);
    variant->outcome = outcome;
    variant->needs_comment = needs_comment;
}

static KabTask *
copy_task(const KabTask *task)
{
    KabTask *copy = g_new0(KabTask, 1);

    *copy = *task;
    copy->variants = NULL;
    copy->n_variants = 0;
    for (guint i = 0; i < task->n_variants; i++)
        add_variant(copy, task->variants[i].id, task->variants[i].title, task->variants[i].outcome,
                    task->variants[i].needs_comment);
    copy->order_number = g_strdup(task->order_number);
    copy->partner_name = g_strdup(task->partner_name);
    copy->author_name = g_strdup(task->author_name);
    copy->variant = g_strdup(task->variant);
    copy->comment = g_strdup(task->comment);
    copy->decided_name = g_strdup(task->decided_name);
    copy->note = g_strdup(task->note);
    return copy;
}

void
fake_fill_tasks(guint n)
{
    for (guint i = 0; i < n; i++) {
        const KabOrder *order = fake_get_order(i);
        KabTask *task = g_new0(KabTask, 1);
        g_autofree char *id = g_strdup_printf("00000006-0000-4000-8000-%012u", i);

        task->id = kab_task_id_of(id);
        task->order_id = order->id;
        task->order_number = g_strdup(order->number);
        task->order_total = order->total;
        task->partner_id = kab_partner_id_of(FAKE_PARTNER);
        task->partner_name = g_strdup(order->partner_name);
        task->author_name = g_strdup("Anna");
        task->author_id = kab_user_id_of("00000007-0000-4000-8000-000000000001");
        task->condition = KAB_APPROVAL_TOTAL;
        task->measure = order->total.minor;
        task->threshold = 100000;
        task->role = KAB_ROLE_HEAD;
        task->created_at = G_GINT64_CONSTANT(1767225600000) - (gint64)i * 60000;
        add_variant(task, "approve", "Approved", KAB_VARIANT_APPROVE, FALSE);
        add_variant(task, "remark", "Approved with remarks", KAB_VARIANT_REMARK, TRUE);
        add_variant(task, "refuse", "Refused", KAB_VARIANT_REFUSE, TRUE);
        g_ptr_array_add(fake_world.tasks, task);
    }
}

KabTask *
fake_get_task(guint i)
{
    return g_ptr_array_index(fake_world.tasks, i);
}

static KabTask *
find_task(const char *id)
{
    for (guint i = 0; i < fake_world.tasks->len; i++)
        if (g_str_equal(fake_get_task(i)->id.text, id))
            return fake_get_task(i);
    return NULL;
}

static void
compute_tasks(GTask *task, gpointer args)
{
    const FakeQuery *query = args;
    KabPage *page = fake_page_new((GDestroyNotify)kab_task_free);
    guint seen = 0;

    for (guint i = 0; i < fake_world.tasks->len; i++)
        if (query->text == NULL || fake_get_task(i)->state == KAB_TASK_NEW)
            fake_page_offer(page, query, seen++, copy_task(fake_get_task(i)),
                            (GDestroyNotify)kab_task_free);
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_tasks_async(KabClient *self, gboolean open, const char *after, guint limit,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, fake_query_new(NULL, open ? "new" : NULL, after, limit),
                         fake_query_free);
    fake_answer(task, FAKE_TASKS, compute_tasks);
}

KabPage *
kab_client_list_tasks_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
return_task(GTask *task, const char *id)
{
    const KabTask *found = find_task(id);

    if (found == NULL)
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "There is no such task");
    else
        g_task_return_pointer(task, copy_task(found), (GDestroyNotify)kab_task_free);
}

static void
compute_task(GTask *task, gpointer args)
{
    return_task(task, ((Wish *)args)->id);
}

void
kab_client_get_task_async(KabClient *self, KabTaskId id, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
    begin(self, FAKE_TASK, compute_task, id, NULL, NULL, cancellable, callback, data);
}

static void
compute_decide_task(GTask *task, gpointer args)
{
    const Wish *wish = args;
    KabTask *found = find_task(wish->id);

    g_free(found->variant);
    found->variant = g_strdup(wish->variant);
    g_free(found->comment);
    found->comment = g_strdup(wish->text);
    found->state = KAB_TASK_DECIDED;
    found->decided_name = g_strdup("Olga");
    found->decided_at = G_GINT64_CONSTANT(1767225600000);
    return_task(task, wish->id);
}

void
kab_client_decide_task_async(KabClient *self, KabTaskId id, const char *variant,
                             const char *comment, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    begin(self, FAKE_DECIDE_TASK, compute_decide_task, id, variant, comment, cancellable, callback,
          data);
}

KabTask *
kab_client_task_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
