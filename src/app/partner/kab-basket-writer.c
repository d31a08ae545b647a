/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket-writer.h"

typedef struct {
    KabProductId product_id;
    KabQuantity quantity;
} Change;

struct _KabBasketWriter {
    GObject parent_instance;

    KabClient *client;         /* (owned) */
    GCancellable *cancellable; /* (owned) */
    GArray *changes;           /* (owned) (element-type Change): what waits to be sent, in order */
    gboolean sending;
};

G_DEFINE_FINAL_TYPE(KabBasketWriter, kab_basket_writer, G_TYPE_OBJECT)

enum {
    CHANGED,
    FAILED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void send_next(KabBasketWriter *self);

static void
on_basket_set(GObject *source, GAsyncResult *result, gpointer data)
{
    KabBasketWriter *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) basket = kab_client_basket_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->sending = FALSE;
    if (basket == NULL) {
        /* What waits was entered on top of what failed. */
        g_array_set_size(self->changes, 0);
        g_signal_emit(self, signals[FAILED], 0, error);
    } else if (self->changes->len > 0) {
        send_next(self);
    } else {
        g_signal_emit(self, signals[CHANGED], 0, basket);
    }
}

static void
send_next(KabBasketWriter *self)
{
    Change change = g_array_index(self->changes, Change, 0);

    g_array_remove_index(self->changes, 0);
    self->sending = TRUE;
    kab_client_set_basket_async(self->client, change.product_id, change.quantity, self->cancellable,
                                on_basket_set, self);
}

static void
kab_basket_writer_dispose(GObject *object)
{
    KabBasketWriter *self = KAB_BASKET_WRITER(object);

    g_cancellable_cancel(self->cancellable);
    G_OBJECT_CLASS(kab_basket_writer_parent_class)->dispose(object);
}

static void
kab_basket_writer_finalize(GObject *object)
{
    KabBasketWriter *self = KAB_BASKET_WRITER(object);

    g_clear_object(&self->cancellable);
    g_clear_object(&self->client);
    g_array_unref(self->changes);
    G_OBJECT_CLASS(kab_basket_writer_parent_class)->finalize(object);
}

static void
kab_basket_writer_class_init(KabBasketWriterClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_basket_writer_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_basket_writer_finalize;

    /** KabBasketWriter::changed: @basket: a #KabOrder: the basket after all changes */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_BASKET_WRITER, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
    /** KabBasketWriter::failed: a change could not be made; those behind it were given up. */
    signals[FAILED] = g_signal_new("failed", KAB_TYPE_BASKET_WRITER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kab_basket_writer_init(KabBasketWriter *self)
{
    self->cancellable = g_cancellable_new();
    self->changes = g_array_new(FALSE, FALSE, sizeof(Change));
}

KabBasketWriter *
kab_basket_writer_new(KabClient *client)
{
    KabBasketWriter *self = g_object_new(KAB_TYPE_BASKET_WRITER, NULL);

    self->client = g_object_ref(client);
    return self;
}

void
kab_basket_writer_set(KabBasketWriter *self, KabProductId product_id, KabQuantity quantity)
{
    Change change = {product_id, quantity};

    for (guint i = 0; i < self->changes->len; i++) {
        if (g_str_equal(g_array_index(self->changes, Change, i).product_id.text, product_id.text)) {
            g_array_remove_index(self->changes, i);
            break;
        }
    }
    g_array_append_val(self->changes, change);
    if (!self->sending)
        send_next(self);
}

gboolean
kab_basket_writer_is_busy(KabBasketWriter *self)
{
    return self->sending;
}

void
kab_basket_writer_stop(KabBasketWriter *self)
{
    g_cancellable_cancel(self->cancellable);
}
