/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-thumbnail.h"

/* A small file may hold a picture that takes gigabytes when it is unpacked. */
#define MAX_PIXELS (40 * 1000 * 1000)

struct _KabThumbnail {
    AdwBin parent_instance;

    GtkImage *image;
    GtkImage *sign;            /* stands there when there is no picture */
    GCancellable *cancellable; /* (owned) (nullable) */
    char *hash;                /* (owned) (nullable): what is shown or fetched */
};

G_DEFINE_FINAL_TYPE(KabThumbnail, kab_thumbnail, ADW_TYPE_BIN)

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

static void
show_none(KabThumbnail *self)
{
    gtk_widget_set_visible(GTK_WIDGET(self->sign), TRUE);
    gtk_widget_add_css_class(GTK_WIDGET(self->image), "none");
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
        gtk_image_set_from_paintable(self->image, GDK_PAINTABLE(texture));
    else
        show_none(self);
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
        show_none(self);
        return;
    }
    task = g_task_new(NULL, self->cancellable, on_decoded, self);
    decoding = g_new0(Decoding, 1);
    decoding->file = file;
    decoding->size =
        gtk_image_get_pixel_size(self->image) * gtk_widget_get_scale_factor(GTK_WIDGET(self));
    g_task_set_task_data(task, decoding, decoding_free);
    g_task_run_in_thread(task, decode);
}

static void
kab_thumbnail_dispose(GObject *object)
{
    KabThumbnail *self = KAB_THUMBNAIL(object);

    if (self->cancellable != NULL)
        g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_pointer(&self->hash, g_free);
    G_OBJECT_CLASS(kab_thumbnail_parent_class)->dispose(object);
}

static void
kab_thumbnail_class_init(KabThumbnailClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_thumbnail_dispose;
    gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(klass), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
kab_thumbnail_init(KabThumbnail *self)
{
    GtkWidget *overlay = gtk_overlay_new();

    self->image = GTK_IMAGE(gtk_image_new());
    gtk_widget_add_css_class(GTK_WIDGET(self->image), "thumbnail");
    self->sign = GTK_IMAGE(gtk_image_new_from_icon_name("image-x-generic-symbolic"));
    gtk_widget_add_css_class(GTK_WIDGET(self->sign), "no-picture");
    gtk_widget_set_halign(GTK_WIDGET(self->sign), GTK_ALIGN_CENTER);
    gtk_widget_set_valign(GTK_WIDGET(self->sign), GTK_ALIGN_CENTER);
    gtk_widget_set_visible(GTK_WIDGET(self->sign), FALSE);
    gtk_overlay_set_child(GTK_OVERLAY(overlay), GTK_WIDGET(self->image));
    gtk_overlay_add_overlay(GTK_OVERLAY(overlay), GTK_WIDGET(self->sign));
    adw_bin_set_child(ADW_BIN(self), overlay);
    kab_thumbnail_set_size(self, 48);
}

void
kab_thumbnail_set_size(KabThumbnail *self, int size)
{
    gtk_image_set_pixel_size(self->image, size);
    gtk_image_set_pixel_size(self->sign, MIN(MAX(size / 3, 20), 64));
}

void
kab_thumbnail_clear(KabThumbnail *self)
{
    if (self->cancellable != NULL)
        g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_pointer(&self->hash, g_free);
    gtk_image_clear(self->image);
    gtk_widget_set_visible(GTK_WIDGET(self->sign), FALSE);
    gtk_widget_remove_css_class(GTK_WIDGET(self->image), "none");
}

void
kab_thumbnail_show(KabThumbnail *self, KabClient *client, KabProductId product_id, guint n,
                   const char *hash)
{
    if (hash != NULL && g_strcmp0(self->hash, hash) == 0)
        return;
    kab_thumbnail_clear(self);
    if (hash == NULL) {
        show_none(self);
        return;
    }
    self->hash = g_strdup(hash);
    self->cancellable = g_cancellable_new();
    kab_client_get_picture_async(client, product_id, n, hash, self->cancellable, on_picture_got,
                                 self);
}

gboolean
kab_thumbnail_has_picture(KabThumbnail *self)
{
    return gtk_image_get_storage_type(self->image) == GTK_IMAGE_PAINTABLE;
}
