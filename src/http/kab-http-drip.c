/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-http-drip.h"

struct _KabHttpDrip {
    GFilterInputStream parent_instance;

    gsize left;
};

static void pollable_init(GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(KabHttpDrip, kab_http_drip, G_TYPE_FILTER_INPUT_STREAM,
                              G_IMPLEMENT_INTERFACE(G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))

static GPollableInputStream *
get_base(gpointer self)
{
    return G_POLLABLE_INPUT_STREAM(
        g_filter_input_stream_get_base_stream(G_FILTER_INPUT_STREAM(self)));
}

/* What was read counts; whoever sends more than there may be is told nothing more. */
static gssize
count(KabHttpDrip *self, gssize size, GError **error)
{
    if (size <= 0)
        return size;
    if ((gsize)size > self->left) {
        self->left = 0;
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, "too much was sent");
        return -1;
    }
    self->left -= (gsize)size;
    return size;
}

static gssize
kab_http_drip_read(GInputStream *stream, void *buffer, gsize size, GCancellable *cancellable,
                   GError **error)
{
    GInputStream *base = g_filter_input_stream_get_base_stream(G_FILTER_INPUT_STREAM(stream));

    return count(KAB_HTTP_DRIP(stream), g_input_stream_read(base, buffer, size, cancellable, error),
                 error);
}

static gssize
kab_http_drip_read_nonblocking(GPollableInputStream *stream, void *buffer, gsize size,
                               GError **error)
{
    return count(
        KAB_HTTP_DRIP(stream),
        g_pollable_input_stream_read_nonblocking(get_base(stream), buffer, size, NULL, error),
        error);
}

static gboolean
kab_http_drip_can_poll(GPollableInputStream *stream)
{
    return g_pollable_input_stream_can_poll(get_base(stream));
}

static gboolean
kab_http_drip_is_readable(GPollableInputStream *stream)
{
    return g_pollable_input_stream_is_readable(get_base(stream));
}

static GSource *
kab_http_drip_create_source(GPollableInputStream *stream, GCancellable *cancellable)
{
    g_autoptr(GSource) base = g_pollable_input_stream_create_source(get_base(stream), NULL);

    return g_pollable_source_new_full(stream, base, cancellable);
}

static void
pollable_init(GPollableInputStreamInterface *iface)
{
    iface->can_poll = kab_http_drip_can_poll;
    iface->is_readable = kab_http_drip_is_readable;
    iface->create_source = kab_http_drip_create_source;
    iface->read_nonblocking = kab_http_drip_read_nonblocking;
}

static void
kab_http_drip_class_init(KabHttpDripClass *klass)
{
    G_INPUT_STREAM_CLASS(klass)->read_fn = kab_http_drip_read;
}

static void
kab_http_drip_init(KabHttpDrip *self G_GNUC_UNUSED)
{
}

GIOStream *
kab_http_drip_wrap(GIOStream *stream, gsize max)
{
    g_autoptr(GIOStream) taken = stream;
    g_autoptr(KabHttpDrip) drip =
        g_object_new(KAB_TYPE_HTTP_DRIP, "base-stream", g_io_stream_get_input_stream(taken),
                     "close-base-stream", FALSE, NULL);
    GIOStream *wrapped;

    drip->left = max;
    wrapped = g_simple_io_stream_new(G_INPUT_STREAM(drip), g_io_stream_get_output_stream(taken));
    /* The connection lives as long as what is read out of it. */
    g_object_set_data_full(G_OBJECT(wrapped), "kab-connection", g_steal_pointer(&taken),
                           g_object_unref);
    return wrapped;
}
