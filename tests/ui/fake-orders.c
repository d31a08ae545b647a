/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"

#include <string.h>

/* kab-client-orders.h */

typedef struct {
    KabOrderId id;
    KabOrder *order;
    char *key;
    char *reason;
    KabDecision decision;
    gint64 revision;
    gboolean place;
} Change;

static void
change_free(gpointer data)
{
    Change *change = data;

    kab_order_free(change->order);
    g_free(change->key);
    g_free(change->reason);
    g_free(change);
}

KabOrder *
fake_find_order(const char *id)
{
    for (guint i = 0; i < fake_world.orders->len; i++) {
        KabOrder *order = g_ptr_array_index(fake_world.orders, i);

        if (g_str_equal(order->id.text, id))
            return order;
    }
    return NULL;
}

static void
return_order(GTask *task, const KabOrder *order)
{
    if (order == NULL)
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "There is no such order");
    else
        g_task_return_pointer(task, fake_copy_order(order, TRUE), (GDestroyNotify)kab_order_free);
}

static void
compute_submit(GTask *task, gpointer args)
{
    const Change *change = args;
    KabOrder *order = fake_world.basket;
    static guint n;

    order->id = kab_order_id_new();
    order->status = change->place ? KAB_ORDER_NEW : KAB_ORDER_DRAFT;
    order->phone = g_strdup(change->order->phone);
    order->name = g_strdup(change->order->name);
    order->created_at = kab_time_now();
    n++;
    g_ptr_array_insert(fake_world.orders, 0, order);
    fake_world.basket = kab_order_new();
    fake_world.basket->total = kab_money_new(0, "RUB");
    return_order(task, order);
}

void
kab_client_submit_basket_async(KabClient *self, gboolean place, const KabOrder *details,
                               const char *key, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Change *change = g_new0(Change, 1);

    change->place = place;
    change->order = fake_copy_order(details, FALSE);
    g_free(fake_world.last_key);
    fake_world.last_key = g_strdup(key);
    kab_order_free(fake_world.last_details);
    fake_world.last_details = fake_copy_order(details, FALSE);
    g_task_set_task_data(task, change, change_free);
    fake_answer(task, FAKE_SUBMIT, compute_submit);
}

static void
compute_orders(GTask *task, gpointer args)
{
    const FakeQuery *query = args;
    KabPage *page = fake_page_new((GDestroyNotify)kab_order_free);
    guint seen = 0;

    for (guint i = 0; i < fake_world.orders->len; i++) {
        const KabOrder *order = g_ptr_array_index(fake_world.orders, i);

        if (fake_query_wants(&fake_world.last_query, order))
            fake_page_offer(page, query, seen++, fake_copy_order(order, FALSE),
                            (GDestroyNotify)kab_order_free);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_orders_async(KabClient *self, const KabOrderQuery *query, const char *after,
                             guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    fake_note_query(query);
    g_task_set_task_data(task, fake_query_new(NULL, NULL, after, limit), fake_query_free);
    fake_answer(task, FAKE_ORDERS, compute_orders);
}

KabPage *
kab_client_list_orders_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_order(GTask *task, gpointer args)
{
    return_order(task, fake_find_order(((Change *)args)->id.text));
}

static void
start_change(KabClient *self, KabOrderId id, KabDecision decision, gint64 revision,
             const char *reason, FakeCall call, FakeCompute compute, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Change *change = g_new0(Change, 1);

    change->id = id;
    change->decision = decision;
    change->revision = revision;
    change->reason = g_strdup(reason);
    g_task_set_task_data(task, change, change_free);
    fake_answer(task, call, compute);
}

void
kab_client_get_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    start_change(self, id, KAB_DECISION_NONE, 0, NULL, FAKE_ORDER, compute_order, cancellable,
                 callback, data);
}

static void
compute_place(GTask *task, gpointer args)
{
    KabOrder *order = fake_find_order(((Change *)args)->id.text);

    order->status = KAB_ORDER_NEW;
    return_order(task, order);
}

void
kab_client_place_order_async(KabClient *self, KabOrderId id, KabMoney expected G_GNUC_UNUSED,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    start_change(self, id, KAB_DECISION_NONE, 0, NULL, FAKE_PLACE, compute_place, cancellable,
                 callback, data);
}

static void
compute_decide(GTask *task, gpointer args)
{
    const Change *change = args;
    KabOrder *order = fake_find_order(change->id.text);

    if (order->revision != change->revision) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_CONFLICT, "The revision is another");
        return;
    }
    g_free(fake_world.last_reason);
    fake_world.last_reason = g_strdup(change->reason);
    order->status =
        change->decision == KAB_DECISION_CONFIRM ? KAB_ORDER_IN_PROGRESS : KAB_ORDER_REFUSED;
    return_order(task, order);
}

void
kab_client_decide_order_async(KabClient *self, KabOrderId id, KabDecision decision, gint64 revision,
                              const char *reason, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    start_change(self, id, decision, revision, reason, FAKE_DECIDE, compute_decide, cancellable,
                 callback, data);
}

static void
compute_make_draft(GTask *task, gpointer args)
{
    KabOrder *order = fake_copy_order(((Change *)args)->order, TRUE);

    order->id = kab_order_id_new();
    order->status = KAB_ORDER_DRAFT;
    g_ptr_array_insert(fake_world.orders, 0, order);
    return_order(task, order);
}

void
kab_client_make_draft_async(KabClient *self, const KabOrder *order, const char *key,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Change *change = g_new0(Change, 1);

    change->order = fake_copy_order(order, TRUE);
    g_free(fake_world.last_key);
    fake_world.last_key = g_strdup(key);
    g_task_set_task_data(task, change, change_free);
    fake_answer(task, FAKE_MAKE_DRAFT, compute_make_draft);
}

KabOrder *
kab_client_order_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_delete(GTask *task, gpointer args)
{
    g_ptr_array_remove(fake_world.orders, fake_find_order(((Change *)args)->id.text));
    g_task_return_boolean(task, TRUE);
}

void
kab_client_delete_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    start_change(self, id, KAB_DECISION_NONE, 0, NULL, FAKE_DELETE, compute_delete, cancellable,
                 callback, data);
}

gboolean
kab_client_delete_order_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

/* kab-client-exchange.h, the client orders */

void
kab_client_list_client_orders_async(KabClient *self, const KabOrderQuery *query, const char *after,
                                    guint limit, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    fake_note_query(query);
    g_task_set_task_data(task, fake_query_new(NULL, NULL, after, limit), fake_query_free);
    fake_answer(task, FAKE_CLIENT_ORDERS, compute_orders);
}

void
kab_client_get_client_order_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
    start_change(self, id, KAB_DECISION_NONE, 0, NULL, FAKE_CLIENT_ORDER, compute_order,
                 cancellable, callback, data);
}

static void
compute_set_client_order(GTask *task, gpointer args)
{
    const Change *change = args;
    KabOrder *order = fake_find_order(change->order->id.text);
    guint i;

    if (order->version != change->order->version) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_CONFLICT, "The version is another");
        return;
    }
    g_ptr_array_find(fake_world.orders, order, &i);
    kab_order_free(order);
    order = fake_copy_order(change->order, TRUE);
    order->version++;
    for (guint line = order->lines->len; line > 0; line--)
        if (kab_order_get_line(order, line - 1)->quantity.milli == 0)
            kab_order_remove_line(order, line - 1);
    fake_world.orders->pdata[i] = order;
    return_order(task, order);
}

void
kab_client_set_client_order_async(KabClient *self, const KabOrder *order, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Change *change = g_new0(Change, 1);

    change->order = fake_copy_order(order, TRUE);
    g_task_set_task_data(task, change, change_free);
    fake_answer(task, FAKE_SET_CLIENT_ORDER, compute_set_client_order);
}

KabOrder *
kab_client_client_order_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
