/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-catalogue.h"
#include "kab-client-orders.h"
#include "kab-error.h"
#include "kab-outbox-file.h"
#include "kab-outbox.h"

#include <glib/gi18n-lib.h>

#define RETRY_S 5

struct _KabOutbox {
    GObject parent_instance;

    KabClient *client;         /* (weak): whose outbox it is */
    GCancellable *cancellable; /* (owned): of what is being sent */
    GArray *entries;           /* (owned) (element-type KabOutboxEntry): the first one goes first */
    KabOutboxFile *file;       /* (owned) (nullable) */
    gboolean sending;
    gboolean waiting; /* for a connection */
    GError *refused;  /* (owned) (nullable): why an order was: a person has to decide */
    guint retry;
};

G_DEFINE_FINAL_TYPE(KabOutbox, kab_outbox, G_TYPE_OBJECT)

enum {
    CHANGED,
    KEPT,
    FAILED,
    WAITING,
    SENT,
    REFUSED,
    ORDERS,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void send_next(KabOutbox *self);

static KabOutboxEntry *
get(KabOutbox *self, guint i)
{
    return &g_array_index(self->entries, KabOutboxEntry, i);
}

/* Only what has to outlive the program is written: while there is a connection, it is sent faster.
 */
static void
save(KabOutbox *self)
{
    if (self->file != NULL)
        kab_outbox_file_save(self->file, self->waiting ? self->entries : NULL);
}

static gboolean
on_retry(gpointer data)
{
    KabOutbox *self = data;

    self->retry = 0;
    send_next(self);
    return G_SOURCE_REMOVE;
}

/* The basket as the portal told it last, and what waits on top of it. */
static void
on_remembered(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabOutbox) self = data;
    g_autoptr(KabOrder) basket = kab_client_basket_finish(KAB_CLIENT(source), result, NULL);

    if (basket == NULL || !self->waiting)
        return;
    kab_outbox_apply(self, basket);
    g_signal_emit(self, signals[KEPT], 0, basket);
}

static void
tell_kept(KabOutbox *self)
{
    if (self->client != NULL)
        kab_client_get_basket_async(self->client, self->cancellable, on_remembered,
                                    g_object_ref(self));
}

static void
wait_for_connection(KabOutbox *self)
{
    gboolean news = !self->waiting;

    self->waiting = TRUE;
    save(self);
    g_clear_handle_id(&self->retry, g_source_remove);
    self->retry = g_timeout_add_seconds(RETRY_S, on_retry, self);
    if (!news)
        return;
    g_signal_emit(self, signals[WAITING], 0);
    tell_kept(self);
}

/* The first order that waits; NULL for none. */
static const KabOutboxEntry *
find_order(KabOutbox *self)
{
    for (guint i = 0; i < self->entries->len; i++)
        if (get(self, i)->key != NULL)
            return get(self, i);
    return NULL;
}

/* Nothing of an order is given up, and nothing behind it is sent: it would be made of the wrong
 * goods. */
static void
refuse(KabOutbox *self, const KabOutboxEntry *order, const GError *error)
{
    g_autoptr(KabOrder) details = kab_order_copy(order->details);

    g_clear_error(&self->refused);
    self->refused = g_error_copy(error);
    self->waiting = TRUE;
    save(self);
    g_signal_emit(self, signals[ORDERS], 0);
    g_signal_emit(self, signals[REFUSED], 0, details, error);
}

static void
on_failed(KabOutbox *self, const GError *error)
{
    const KabOutboxEntry *order = find_order(self);

    /* What is wrong with the portal, or before it, passes. */
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY) ||
        g_error_matches(error, KAB_ERROR, KAB_ERROR_FAILED)) {
        wait_for_connection(self);
    } else if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED)) {
        self->waiting = TRUE; /* for a new sign-in */
        save(self);
        g_signal_emit(self, signals[FAILED], 0, error);
    } else if (order != NULL) {
        refuse(self, order, error);
    } else {
        /* What was entered on top of it is given up with it. */
        g_array_set_size(self->entries, 0);
        self->waiting = FALSE;
        save(self);
        g_signal_emit(self, signals[FAILED], 0, error);
    }
}

static void
on_basket_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabOutbox) self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) basket = kab_client_basket_finish(KAB_CLIENT(source), result, &error);

    if (basket != NULL && self->entries->len == 0)
        g_signal_emit(self, signals[CHANGED], 0, basket);
}

static void
on_sent(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabOutbox) self = data;
    g_autoptr(GError) error = NULL;
    gboolean was_order = self->entries->len > 0 && get(self, 0)->key != NULL;
    g_autoptr(KabOrder) order = was_order
                                    ? kab_client_order_finish(KAB_CLIENT(source), result, &error)
                                    : kab_client_basket_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->sending = FALSE;
    if (order == NULL) {
        on_failed(self, error);
        return;
    }
    g_array_remove_index(self->entries, 0);
    if (self->entries->len == 0)
        self->waiting = FALSE;
    save(self);
    if (was_order) {
        g_signal_emit(self, signals[ORDERS], 0);
        g_signal_emit(self, signals[SENT], 0, order);
    }
    if (self->entries->len > 0 && !self->sending)
        send_next(self);
    else if (was_order && !self->sending)
        kab_client_get_basket_async(self->client, self->cancellable, on_basket_got,
                                    g_object_ref(self));
    else if (!self->sending)
        g_signal_emit(self, signals[CHANGED], 0, order);
}

static void
send_next(KabOutbox *self)
{
    const KabOutboxEntry *entry;

    g_clear_handle_id(&self->retry, g_source_remove);
    if (self->sending || self->refused != NULL || self->entries->len == 0 || self->client == NULL)
        return;
    entry = get(self, 0);
    self->sending = TRUE;
    if (entry->key != NULL)
        kab_client_submit_basket_async(self->client, entry->place, entry->details, entry->key,
                                       self->cancellable, on_sent, g_object_ref(self));
    else
        kab_client_set_basket_async(self->client, entry->product_id, entry->quantity,
                                    self->cancellable, on_sent, g_object_ref(self));
}

static void
stop(KabOutbox *self)
{
    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    self->cancellable = g_cancellable_new();
    g_clear_handle_id(&self->retry, g_source_remove);
    self->sending = FALSE;
}

static void
kab_outbox_dispose(GObject *object)
{
    KabOutbox *self = KAB_OUTBOX(object);

    kab_outbox_close(self);
    g_clear_weak_pointer(&self->client);
    G_OBJECT_CLASS(kab_outbox_parent_class)->dispose(object);
}

static void
kab_outbox_finalize(GObject *object)
{
    KabOutbox *self = KAB_OUTBOX(object);

    g_clear_object(&self->cancellable);
    g_array_unref(self->entries);
    g_clear_error(&self->refused);
    G_OBJECT_CLASS(kab_outbox_parent_class)->finalize(object);
}

static void
kab_outbox_class_init(KabOutboxClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_outbox_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_outbox_finalize;

    /** KabOutbox::changed: @basket: a #KabOrder: the basket after everything that was entered */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
    /** KabOutbox::kept: @basket: a #KabOrder: the basket as it will be when there is a connection
     */
    signals[KEPT] = g_signal_new("kept", KAB_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
    /** KabOutbox::failed: the portal will not have it; what was entered on top is given up too. */
    signals[FAILED] = g_signal_new("failed", KAB_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
    /** KabOutbox::waiting: there is no connection; what was entered waits. */
    signals[WAITING] = g_signal_new("waiting", KAB_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
    /** KabOutbox::sent: @order: a #KabOrder that waited and is at the portal now */
    signals[SENT] = g_signal_new("sent", KAB_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_POINTER);
    /** KabOutbox::refused: @details: a #KabOrder, and why the portal will not have it: it is kept,
     * and what was entered after it, until kab_outbox_retry() or kab_outbox_give_up(). */
    signals[REFUSED] = g_signal_new("refused", KAB_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_ERROR);
    /** KabOutbox::orders: other orders wait than before, or for something else. */
    signals[ORDERS] = g_signal_new("orders", KAB_TYPE_OUTBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
kab_outbox_init(KabOutbox *self)
{
    self->cancellable = g_cancellable_new();
    self->entries = kab_outbox_entries_new();
}

KabOutbox *
kab_outbox_of(KabClient *client)
{
    KabOutbox *self = g_object_get_data(G_OBJECT(client), "kab-outbox");

    if (self == NULL) {
        self = g_object_new(KAB_TYPE_OUTBOX, NULL);
        g_set_weak_pointer(&self->client, client);
        g_object_set_data_full(G_OBJECT(client), "kab-outbox", self, g_object_unref);
    }
    return self;
}

static void
on_file_read(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    KabOutbox *self = g_task_get_source_object(task);
    GError *error = NULL;
    g_autoptr(GArray) left = kab_outbox_file_read_finish(result, &error);

    /* Somebody else has signed in meanwhile. */
    if (g_task_get_task_data(task) != self->file) {
        g_clear_error(&error);
        g_task_return_boolean(task, TRUE);
        return;
    }
    if (left != NULL && left->len > 0) {
        self->waiting = TRUE;
        kab_outbox_entries_prepend(self->entries, left, self->sending);
        g_signal_emit(self, signals[ORDERS], 0);
    }
    save(self);
    send_next(self);
    if (left == NULL)
        g_task_return_error(task, error);
    else
        g_task_return_boolean(task, TRUE);
}

static void
on_not_kept(const GError *error, gpointer data)
{
    g_autoptr(GError) told = g_error_new(
        KAB_ERROR, KAB_ERROR_FAILED, _("What waits to be sent is not kept: %s"), error->message);

    g_signal_emit(data, signals[FAILED], 0, told);
}

void
kab_outbox_open_async(KabOutbox *self, const char *folder, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const KabUser *user = kab_client_get_user(self->client);
    KabOutboxFile *file;

    if (user == NULL) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_UNAUTHORIZED, "%s", _("Sign in first"));
        g_object_unref(task);
        return;
    }
    file = kab_outbox_file_new(folder, kab_client_get_address(self->client), user->id.text,
                               user->partner_id.text, on_not_kept, self);
    if (self->file != NULL && kab_outbox_file_is_same(self->file, file)) {
        /* The same person again: what waits in memory is what the file holds. */
        kab_outbox_file_free(file);
        send_next(self);
        g_task_return_boolean(task, TRUE);
        g_object_unref(task);
        return;
    }
    /* What is another's stays in its file. */
    if (self->file != NULL)
        kab_outbox_close(self);
    self->file = file;
    g_task_set_task_data(task, file, NULL);
    kab_outbox_file_read_async(self->file, cancellable, on_file_read, task);
}

gboolean
kab_outbox_open_finish(KabOutbox *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), FALSE);
    return g_task_propagate_boolean(G_TASK(result), error);
}

void
kab_outbox_close(KabOutbox *self)
{
    stop(self);
    /* What is on its way may not arrive: it is sent again then, which changes nothing if it did. */
    if (self->file != NULL && self->entries->len > 0)
        kab_outbox_file_save(self->file, self->entries);
    g_clear_pointer(&self->file, kab_outbox_file_free);
    g_array_set_size(self->entries, 0);
    self->waiting = FALSE;
    g_clear_error(&self->refused);
    g_signal_emit(self, signals[ORDERS], 0);
}

/* A newer change of a product stands for the older one, unless that is on its way, or an order is
 * made in between. */
static void
drop_older(KabOutbox *self, KabProductId product_id)
{
    for (guint i = self->entries->len; i > (self->sending ? 1 : 0); i--) {
        if (get(self, i - 1)->key != NULL)
            return;
        if (g_str_equal(get(self, i - 1)->product_id.text, product_id.text)) {
            g_array_remove_index(self->entries, i - 1);
            return;
        }
    }
}

static void
put(KabOutbox *self, KabOutboxEntry entry)
{
    g_array_append_val(self->entries, entry);
    if (!self->waiting) {
        send_next(self);
        return;
    }
    save(self);
    tell_kept(self);
}

void
kab_outbox_set(KabOutbox *self, const KabOrderLine *line, KabQuantity quantity)
{
    const KabOutboxEntry entry = {
        .product_id = line->product_id, .quantity = quantity, .details = kab_order_new()};

    kab_order_append_line(entry.details, line);
    drop_older(self, entry.product_id);
    put(self, entry);
}

void
kab_outbox_set_product(KabOutbox *self, const KabProduct *product, KabQuantity quantity)
{
    g_autoptr(KabOrder) order = kab_order_new();

    kab_outbox_set(self, kab_order_add_product(order, product), quantity);
}

void
kab_outbox_keep(KabOutbox *self, gboolean place, const KabOrder *details, const char *key)
{
    const KabOutboxEntry entry = {
        .key = g_strdup(key), .place = place, .details = kab_order_copy(details)};

    g_array_append_val(self->entries, entry);
    wait_for_connection(self);
    g_signal_emit(self, signals[ORDERS], 0);
}

void
kab_outbox_flush(KabOutbox *self)
{
    send_next(self);
}

void
kab_outbox_retry(KabOutbox *self)
{
    KabOutboxEntry *order = (KabOutboxEntry *)find_order(self);

    /* Whoever has read what it costs now wants it so. */
    if (order != NULL)
        order->details->total = (KabMoney){0};
    g_clear_error(&self->refused);
    g_signal_emit(self, signals[ORDERS], 0);
    send_next(self);
}

void
kab_outbox_give_up(KabOutbox *self)
{
    stop(self);
    g_array_set_size(self->entries, 0);
    self->waiting = FALSE;
    g_clear_error(&self->refused);
    save(self);
    g_signal_emit(self, signals[ORDERS], 0);
    kab_client_get_basket_async(self->client, self->cancellable, on_basket_got, g_object_ref(self));
}

gboolean
kab_outbox_is_busy(KabOutbox *self)
{
    return self->entries->len > 0;
}

gboolean
kab_outbox_is_waiting(KabOutbox *self)
{
    return self->waiting;
}

void
kab_outbox_apply(KabOutbox *self, KabOrder *basket)
{
    kab_outbox_entries_apply(self->entries, basket);
}

guint
kab_outbox_count_orders(KabOutbox *self)
{
    guint n = 0;

    for (guint i = 0; i < self->entries->len; i++)
        n += get(self, i)->key != NULL;
    return n;
}

GPtrArray *
kab_outbox_list_orders(KabOutbox *self)
{
    GPtrArray *orders = g_ptr_array_new_with_free_func((GDestroyNotify)kab_order_free);

    for (guint i = 0; i < self->entries->len; i++) {
        KabOrder *order;

        if (get(self, i)->key == NULL)
            continue;
        order = kab_order_copy(get(self, i)->details);
        order->status = get(self, i)->place ? KAB_ORDER_NEW : KAB_ORDER_DRAFT;
        g_ptr_array_add(orders, order);
    }
    return orders;
}

const GError *
kab_outbox_get_refusal(KabOutbox *self)
{
    return self->refused;
}
