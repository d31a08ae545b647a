/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-thumbnail.h"

/* A small file may hold a picture that takes gigabytes when it is unpacked. */
#define MAX_PIXELS (40 * 1000 * 1000)

struct _KabThumbnail {
    GtkWidget parent_instance;

    GtkWidget *sign;           /* stands there when there is no picture */
    GdkTexture *texture;       /* (owned) (nullable) */
    GCancellable *cancellable; /* (owned) (nullable) */
    char *hash;                /* (owned) (nullable): what is shown or fetched */
    int size;
    gboolean none; /* there is no picture */
};

G_DEFINE_FINAL_TYPE(KabThumbnail, kab_thumbnail, GTK_TYPE_WIDGET)

typedef struct {
    GBytes *file;
    int size;
} Decoding;

static void
decoding_free(gpointer data)
{
    Decoding *decoding = data;

    g_bytes_unref(decoding->file);
    g_free(decoding);
}

/* A size of 0 makes the loader give up before it takes memory. */
static void
on_size_prepared(GdkPixbufLoader *loader, int width, int height, const int *size)
{
    double scale = MIN((double)*size / MAX(width, 1), (double)*size / MAX(height, 1));

    if ((gint64)width * height > MAX_PIXELS)
        gdk_pixbuf_loader_set_size(loader, 0, 0);
    else if (scale < 1)
        gdk_pixbuf_loader_set_size(loader, MAX((int)(width * scale), 1),
                                   MAX((int)(height * scale), 1));
}

/* On a worker thread. */
static void
decode(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data,
       GCancellable *cancellable G_GNUC_UNUSED)
{
    Decoding *decoding = data;
    g_autoptr(GdkPixbufLoader) loader = gdk_pixbuf_loader_new();
    GdkPixbuf *pixbuf = NULL;
    GError *error = NULL;
    gboolean whole;

    g_signal_connect(loader, "size-prepared", G_CALLBACK(on_size_prepared), &decoding->size);
    whole = gdk_pixbuf_loader_write_bytes(loader, decoding->file, &error);
    whole = gdk_pixbuf_loader_close(loader, whole ? &error : NULL) && whole;
    if (whole)
        pixbuf = gdk_pixbuf_loader_get_pixbuf(loader);
    if (pixbuf != NULL)
        g_task_return_pointer(task, gdk_texture_new_for_pixbuf(pixbuf), g_object_unref);
    else if (error != NULL)
        g_task_return_error(task, error);
    else
        g_task_return_new_error(task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "no picture");
}

/* Its room stays what it is: a list that scrolls shows a thousand of them. */
static void
set_none(KabThumbnail *self, gboolean none)
{
    if (self->none == none)
        return;
    self->none = none;
    gtk_widget_set_child_visible(self->sign, none);
    if (none)
        gtk_widget_add_css_class(GTK_WIDGET(self), "none");
    else
        gtk_widget_remove_css_class(GTK_WIDGET(self), "none");
}

static void
set_texture(KabThumbnail *self, GdkTexture *texture)
{
    if (g_set_object(&self->texture, texture))
        gtk_widget_queue_draw(GTK_WIDGET(self));
}

static void
on_decoded(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabThumbnail *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GdkTexture) texture = g_task_propagate_pointer(G_TASK(result), &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    g_clear_object(&self->cancellable);
    if (texture != NULL)
        set_texture(self, texture);
    else
        set_none(self, TRUE);
}

static void
on_picture_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabThumbnail *self = data;
    g_autoptr(GError) error = NULL;
    GBytes *file = kab_client_get_picture_finish(KAB_CLIENT(source), result, &error);
    g_autoptr(GTask) task = NULL;
    Decoding *decoding;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (file == NULL) {
        g_clear_object(&self->cancellable);
        set_none(self, TRUE);
        return;
    }
    task = g_task_new(NULL, self->cancellable, on_decoded, self);
    decoding = g_new0(Decoding, 1);
    decoding->file = file;
    decoding->size = self->size * gtk_widget_get_scale_factor(GTK_WIDGET(self));
    g_task_set_task_data(task, decoding, decoding_free);
    g_task_run_in_thread(task, decode);
}

static void
kab_thumbnail_measure(GtkWidget *widget, GtkOrientation orientation G_GNUC_UNUSED,
                      int for_size G_GNUC_UNUSED, int *minimum, int *natural,
                      int *minimum_baseline G_GNUC_UNUSED, int *natural_baseline G_GNUC_UNUSED)
{
    *minimum = *natural = KAB_THUMBNAIL(widget)->size;
}

static void
kab_thumbnail_size_allocate(GtkWidget *widget, int width, int height, int baseline G_GNUC_UNUSED)
{
    GtkWidget *sign = KAB_THUMBNAIL(widget)->sign;
    int size;

    gtk_widget_measure(sign, GTK_ORIENTATION_HORIZONTAL, -1, &size, NULL, NULL, NULL);
    gtk_widget_size_allocate(
        sign, &(GtkAllocation){(width - size) / 2, (height - size) / 2, size, size}, -1);
}

static void
kab_thumbnail_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
    KabThumbnail *self = KAB_THUMBNAIL(widget);
    graphene_point_t at;
    double width, height, scale;

    gtk_widget_snapshot_child(widget, self->sign, snapshot);
    if (self->texture == NULL)
        return;
    width = gdk_texture_get_width(self->texture);
    height = gdk_texture_get_height(self->texture);
    scale = self->size / MAX(width, height);
    width *= scale;
    height *= scale;
    at = GRAPHENE_POINT_INIT((float)(int)((gtk_widget_get_width(widget) - width) / 2),
                             (float)(int)((gtk_widget_get_height(widget) - height) / 2));
    gtk_snapshot_save(snapshot);
    gtk_snapshot_translate(snapshot, &at);
    gdk_paintable_snapshot(GDK_PAINTABLE(self->texture), snapshot, width, height);
    gtk_snapshot_restore(snapshot);
}

static void
kab_thumbnail_dispose(GObject *object)
{
    KabThumbnail *self = KAB_THUMBNAIL(object);

    kab_thumbnail_stop(self);
    g_clear_object(&self->texture);
    g_clear_pointer(&self->hash, g_free);
    g_clear_pointer(&self->sign, gtk_widget_unparent);
    G_OBJECT_CLASS(kab_thumbnail_parent_class)->dispose(object);
}

static void
kab_thumbnail_class_init(KabThumbnailClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_thumbnail_dispose;
    widget_class->measure = kab_thumbnail_measure;
    widget_class->size_allocate = kab_thumbnail_size_allocate;
    widget_class->snapshot = kab_thumbnail_snapshot;
    gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kab_thumbnail_init(KabThumbnail *self)
{
    gtk_widget_add_css_class(GTK_WIDGET(self), "thumbnail");
    self->sign = gtk_image_new_from_icon_name("image-x-generic-symbolic");
    gtk_widget_add_css_class(self->sign, "no-picture");
    gtk_widget_set_child_visible(self->sign, FALSE);
    gtk_widget_set_parent(self->sign, GTK_WIDGET(self));
    kab_thumbnail_set_size(self, 48);
}

void
kab_thumbnail_set_size(KabThumbnail *self, int size)
{
    self->size = size;
    gtk_image_set_pixel_size(GTK_IMAGE(self->sign), MIN(MAX(size / 3, 20), 64));
    gtk_widget_queue_resize(GTK_WIDGET(self));
}

void
kab_thumbnail_stop(KabThumbnail *self)
{
    if (self->cancellable == NULL)
        return;
    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_pointer(&self->hash, g_free);
}

void
kab_thumbnail_clear(KabThumbnail *self)
{
    kab_thumbnail_stop(self);
    g_clear_pointer(&self->hash, g_free);
    set_texture(self, NULL);
    set_none(self, FALSE);
}

void
kab_thumbnail_show(KabThumbnail *self, KabClient *client, KabProductId product_id, guint n,
                   const char *hash)
{
    if (hash != NULL && g_strcmp0(self->hash, hash) == 0)
        return;
    kab_thumbnail_stop(self);
    g_free(self->hash);
    self->hash = g_strdup(hash);
    set_texture(self, NULL);
    set_none(self, hash == NULL);
    if (hash == NULL)
        return;
    self->cancellable = g_cancellable_new();
    kab_client_get_picture_async(client, product_id, n, hash, self->cancellable, on_picture_got,
                                 self);
}

gboolean
kab_thumbnail_has_picture(KabThumbnail *self)
{
    return self->texture != NULL;
}
