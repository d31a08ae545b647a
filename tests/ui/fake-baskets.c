/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"

#include <string.h>

/* kab-client-basket.h, and what of kab-client-orders.h is about many orders. */

void
fake_reset_baskets(void)
{
    g_clear_pointer(&fake_world.skipped, g_ptr_array_unref);
    g_clear_pointer(&fake_world.history, g_ptr_array_unref);
    g_free(fake_world.last_query_text);
    g_free(fake_world.last_query_status);
}

void
fake_set_seen(guint line, gint64 minor)
{
    kab_order_get_line(fake_world.basket, line)->seen_price = kab_money_new(minor, "RUB");
}

void
fake_skip(const char *name, KabSkipReason reason)
{
    if (fake_world.skipped == NULL)
        fake_world.skipped = g_ptr_array_new_with_free_func((GDestroyNotify)kab_skipped_free);
    g_ptr_array_add(fake_world.skipped, kab_skipped_new((KabProductId){""}, name, reason));
}

void
fake_add_history(gboolean by_base, const char *who, const char *what, const char *number,
                 gint64 lines)
{
    KabHistoryEntry *entry = kab_history_entry_new();

    entry->at = G_GINT64_CONSTANT(1767225600000);
    entry->by_base = by_base;
    entry->who = g_strdup(who);
    entry->what = g_strdup(what);
    entry->number = g_strdup(number);
    entry->lines = lines;
    if (fake_world.history == NULL)
        fake_world.history = g_ptr_array_new_with_free_func((GDestroyNotify)kab_history_entry_free);
    g_ptr_array_insert(fake_world.history, 0, entry);
}

void
fake_add_history_change(const KabOrderLine *before, const KabOrderLine *after)
{
    kab_history_entry_add_change(g_ptr_array_index(fake_world.history, 0), before, after);
}

const KabOrderQuery *
fake_get_last_query(void)
{
    return &fake_world.last_query;
}

void
fake_note_query(const KabOrderQuery *query)
{
    FakeWorld *w = &fake_world;

    g_free(w->last_query_text);
    g_free(w->last_query_status);
    w->last_query = query != NULL ? *query : (KabOrderQuery){0};
    w->last_query.text = w->last_query_text = g_strdup(w->last_query.text);
    w->last_query.status = w->last_query_status = g_strdup(w->last_query.status);
}

gboolean
fake_query_wants(const KabOrderQuery *query, const KabOrder *order)
{
    KabTime at = order->placed_at != 0 ? order->placed_at : order->created_at;

    return (query->status == NULL ||
            g_str_equal(query->status, kab_order_status_to_nick(order->status))) &&
           (query->client_status == NULL ||
            g_str_equal(query->client_status, kab_client_status_to_nick(order->client_status))) &&
           (query->text == NULL ||
            (order->number != NULL && strstr(order->number, query->text) != NULL)) &&
           (*query->from.text == '\0' || at >= kab_date_begin(query->from)) &&
           (*query->to.text == '\0' || at < kab_date_begin(kab_date_next(query->to)));
}

typedef struct {
    GArray *wishes; /* (nullable) */
    KabOrderId id;
} Args;

static void
args_free(gpointer data)
{
    Args *args = data;

    g_clear_pointer(&args->wishes, g_array_unref);
    g_free(args);
}

static void
begin(KabClient *self, GArray *wishes, KabOrderId id, FakeCall call, FakeCompute compute,
      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Args *args = g_new0(Args, 1);

    args->wishes = wishes != NULL ? g_array_ref(wishes) : NULL;
    args->id = id;
    g_task_set_task_data(task, args, args_free);
    fake_answer(task, call, compute);
}

static void
compute_accept(GTask *task, gpointer args G_GNUC_UNUSED)
{
    KabOrder *basket = fake_world.basket;

    for (guint i = 0; i < basket->lines->len; i++)
        kab_order_get_line(basket, i)->seen_price = kab_order_get_line(basket, i)->price;
    g_task_return_pointer(task, fake_copy_order(basket, TRUE), (GDestroyNotify)kab_order_free);
}

void
kab_client_accept_prices_async(KabClient *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    begin(self, NULL, (KabOrderId){""}, FAKE_ACCEPT_PRICES, compute_accept, cancellable, callback,
          data);
}

static void
put(KabProductId id, gint64 milli)
{
    KabOrderLine *line = kab_order_find_line(fake_world.basket, id);

    if (line != NULL) {
        line->quantity.milli = line->ordered.milli = line->quantity.milli + milli;
        return;
    }
    for (guint i = 0; i < fake_world.products->len; i++) {
        const KabProduct *product = g_ptr_array_index(fake_world.products, i);

        if (g_str_equal(product->id.text, id.text))
            fake_put_into_basket(i, milli);
    }
}

static void
return_change(GTask *task)
{
    KabBasketChange *change = g_new0(KabBasketChange, 1);

    g_assert_true(kab_order_recount(fake_world.basket, NULL));
    change->basket = fake_copy_order(fake_world.basket, TRUE);
    change->skipped = fake_world.skipped != NULL
                          ? g_steal_pointer(&fake_world.skipped)
                          : g_ptr_array_new_with_free_func((GDestroyNotify)kab_skipped_free);
    g_task_return_pointer(task, change, (GDestroyNotify)kab_basket_change_free);
}

static void
compute_replace(GTask *task, gpointer data)
{
    const Args *args = data;

    g_array_set_size(fake_world.basket->lines, 0);
    for (guint i = 0; i < args->wishes->len; i++) {
        const KabBasketWish *wish = &g_array_index(args->wishes, KabBasketWish, i);

        put(wish->product_id, wish->quantity.milli);
    }
    return_change(task);
}

void
kab_client_replace_basket_async(KabClient *self, GArray *wishes, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
    begin(self, wishes, (KabOrderId){""}, FAKE_REPLACE_BASKET, compute_replace, cancellable,
          callback, data);
}

static void
compute_repeat(GTask *task, gpointer data)
{
    const KabOrder *order = fake_find_order(((Args *)data)->id.text);

    for (guint i = 0; i < order->lines->len; i++)
        put(kab_order_get_line(order, i)->product_id, kab_order_get_line(order, i)->ordered.milli);
    return_change(task);
}

void
kab_client_repeat_order_async(KabClient *self, KabOrderId id, const char *key,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    g_free(fake_world.last_key);
    fake_world.last_key = g_strdup(key);
    begin(self, NULL, id, FAKE_REPEAT, compute_repeat, cancellable, callback, data);
}

KabBasketChange *
kab_client_basket_change_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

typedef struct {
    KabOrderQuery query;
    char *status; /* of the query */
    char *text;
} Totals;

static void
totals_free(gpointer data)
{
    Totals *totals = data;

    g_free(totals->status);
    g_free(totals->text);
    g_free(totals);
}

static void
compute_totals(GTask *task, gpointer args)
{
    GArray *totals = g_array_new(FALSE, FALSE, sizeof(KabOrderTotal));
    KabOrderTotal total = {0, kab_money_new(0, "RUB")};

    for (guint i = 0; i < fake_world.orders->len; i++) {
        const KabOrder *order = g_ptr_array_index(fake_world.orders, i);

        if (!fake_query_wants(&((Totals *)args)->query, order))
            continue;
        total.count++;
        total.total.minor += order->total.minor;
    }
    if (total.count > 0)
        g_array_append_val(totals, total);
    g_task_return_pointer(task, totals, (GDestroyNotify)g_array_unref);
}

void
kab_client_count_orders_async(KabClient *self, const KabOrderQuery *query,
                              GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Totals *totals = g_new0(Totals, 1);

    totals->query = *query;
    totals->query.status = totals->status = g_strdup(query->status);
    totals->query.text = totals->text = g_strdup(query->text);
    g_task_set_task_data(task, totals, totals_free);
    fake_answer(task, FAKE_TOTALS, compute_totals);
}

GArray *
kab_client_count_orders_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_history(GTask *task, gpointer args G_GNUC_UNUSED)
{
    GPtrArray *entries = g_ptr_array_new_with_free_func((GDestroyNotify)kab_history_entry_free);

    for (guint i = 0; fake_world.history != NULL && i < fake_world.history->len; i++) {
        const KabHistoryEntry *entry = g_ptr_array_index(fake_world.history, i);
        KabHistoryEntry *copy = g_memdup2(entry, sizeof *entry);

        copy->who = g_strdup(entry->who);
        copy->what = g_strdup(entry->what);
        copy->number = g_strdup(entry->number);
        copy->state = g_strdup(entry->state);
        copy->changes = entry->changes != NULL ? kab_order_copy(entry->changes) : NULL;
        g_ptr_array_add(entries, copy);
    }
    g_task_return_pointer(task, entries, (GDestroyNotify)g_ptr_array_unref);
}

void
kab_client_list_history_async(KabClient *self, KabOrderId id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    begin(self, NULL, id, FAKE_HISTORY, compute_history, cancellable, callback, data);
}

GPtrArray *
kab_client_list_history_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
