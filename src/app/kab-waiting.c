/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-orders.h"
#include "kab-client-tasks.h"
#include "kab-waiting.h"

#define MAX_TASKS 100

struct _KabWaiting {
    GObject parent_instance;

    KabSession *session;       /* (owned) */
    GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabWaiting, kab_waiting, G_TYPE_OBJECT)

enum {
    COUNTED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What cannot be counted now is counted with the next change. */

static void
on_orders_counted(GObject *source, GAsyncResult *result, gpointer data)
{
    KabWaiting *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) totals = kab_client_count_orders_finish(KAB_CLIENT(source), result, &error);
    guint n = 0;

    for (guint i = 0; totals != NULL && i < totals->len; i++)
        n += (guint)g_array_index(totals, KabOrderTotal, i).count;
    if (totals != NULL)
        g_signal_emit(self, signals[COUNTED], 0, "orders", n);
}

static void
on_tasks_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabWaiting *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_tasks_finish(KAB_CLIENT(source), result, &error);
    const KabUser *user = page != NULL ? kab_client_get_user(KAB_CLIENT(source)) : NULL;
    guint n = 0;

    for (guint i = 0; user != NULL && i < page->items->len; i++)
        n += kab_task_check_executor(g_ptr_array_index(page->items, i), user, NULL);
    if (user != NULL)
        g_signal_emit(self, signals[COUNTED], 0, "tasks", n);
}

void
kab_waiting_count(KabWaiting *self)
{
    const KabOrderQuery awaiting = {.status = kab_order_status_to_nick(KAB_ORDER_AWAITING_PARTNER)};
    KabClient *portal = kab_session_get_portal(self->session);

    if (kab_session_portal_may(self->session, KAB_RIGHT_ORDER))
        kab_client_count_orders_async(portal, &awaiting, self->cancellable, on_orders_counted,
                                      self);
    if (kab_session_portal_may(self->session, KAB_RIGHT_TASKS))
        kab_client_list_tasks_async(portal, TRUE, NULL, MAX_TASKS, self->cancellable,
                                    on_tasks_listed, self);
}

static void
on_changed(KabWaiting *self, const char *kind)
{
    if (g_str_equal(kind, "order") || g_str_equal(kind, "task"))
        kab_waiting_count(self);
}

static void
kab_waiting_dispose(GObject *object)
{
    KabWaiting *self = KAB_WAITING(object);

    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->session);
    G_OBJECT_CLASS(kab_waiting_parent_class)->dispose(object);
}

static void
kab_waiting_finalize(GObject *object)
{
    g_object_unref(KAB_WAITING(object)->cancellable);
    G_OBJECT_CLASS(kab_waiting_parent_class)->finalize(object);
}

static void
kab_waiting_class_init(KabWaitingClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_waiting_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_waiting_finalize;

    /** KabWaiting::counted: of the page "orders" or "tasks": how many wait */
    signals[COUNTED] = g_signal_new("counted", KAB_TYPE_WAITING, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
}

static void
kab_waiting_init(KabWaiting *self)
{
    self->cancellable = g_cancellable_new();
}

KabWaiting *
kab_waiting_new(KabSession *session)
{
    KabWaiting *self = g_object_new(KAB_TYPE_WAITING, NULL);
    KabClientLive *live = kab_session_get_live(session);

    self->session = g_object_ref(session);
    if (live != NULL)
        g_signal_connect_object(live, "changed", G_CALLBACK(on_changed), self, G_CONNECT_SWAPPED);
    kab_waiting_count(self);
    return self;
}
