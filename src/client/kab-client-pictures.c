/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-call.h"
#include "kab-client-pictures.h"
#include "kab-error.h"
#include "kab-picture-cache.h"
#include "kab-picture.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_MEMORY (32 * 1024 * 1024)
#define MAX_DISK (200 * 1024 * 1024)

typedef struct {
    char *path;
    char *hash;
} Wanted;

static void
wanted_free(gpointer data)
{
    Wanted *wanted = data;

    g_free(wanted->path);
    g_free(wanted->hash);
    g_free(wanted);
}

/* The connection's own, made when it is first needed. */
static KabPictureCache *
get_cache(KabClient *self)
{
    static const char key[] = "kab-picture-cache";
    KabPictureCache *cache = g_object_get_data(G_OBJECT(self), key);
    g_autofree char *folder = NULL;

    if (cache != NULL)
        return cache;
    folder = g_build_filename(g_get_user_cache_dir(), "kabinet", "pictures", NULL);
    cache = kab_picture_cache_new(folder, MAX_MEMORY, MAX_DISK);
    g_object_set_data_full(G_OBJECT(self), key, cache, g_object_unref);
    return cache;
}

static gpointer
parse_picture(GBytes *body, GError **error)
{
    return kab_picture_check(body, error) != NULL ? g_bytes_ref(body) : NULL;
}

static void
on_picture_answered(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    const Wanted *wanted = g_task_get_task_data(task);
    GError *error = NULL;
    g_autoptr(GBytes) file = kab_client_call_finish(KAB_CLIENT(source), result, &error);
    g_autofree char *hash = NULL;

    if (file == NULL) {
        g_task_return_error(task, error);
        return;
    }
    hash = kab_picture_hash(file);
    if (strcmp(hash, wanted->hash) != 0) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_CONFLICT,
                                _("The picture was changed meanwhile"));
        return;
    }
    kab_picture_cache_put_async(get_cache(KAB_CLIENT(source)), hash, file, NULL, NULL);
    g_task_return_pointer(task, g_steal_pointer(&file), (GDestroyNotify)g_bytes_unref);
}

static void
on_picture_looked_up(GObject *source, GAsyncResult *result, gpointer data)
{
    GTask *task = data;
    const Wanted *wanted = g_task_get_task_data(task);
    GError *error = NULL;
    GBytes *file = kab_picture_cache_load_finish(KAB_PICTURE_CACHE(source), result, &error);
    KabClientCall call = {.method = "GET",
                          .path = wanted->path,
                          .parse = parse_picture,
                          .free = (GDestroyNotify)g_bytes_unref};

    if (error == NULL && file == NULL) {
        kab_client_call_async(g_task_get_source_object(task), &call, g_task_get_cancellable(task),
                              on_picture_answered, task);
        return;
    }
    if (error != NULL)
        g_task_return_error(task, error);
    else
        g_task_return_pointer(task, file, (GDestroyNotify)g_bytes_unref);
    g_object_unref(task);
}

void
kab_client_get_picture_async(KabClient *self, KabProductId product_id, guint n, const char *hash,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Wanted *wanted = g_new0(Wanted, 1);

    wanted->path = g_strdup_printf("/api/v1/products/%s/pictures/%u", product_id.text, n);
    wanted->hash = g_strdup(hash);
    g_task_set_task_data(task, wanted, wanted_free);
    kab_picture_cache_load_async(get_cache(self), hash, cancellable, on_picture_looked_up, task);
}

GBytes *
kab_client_get_picture_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), NULL);
    return g_task_propagate_pointer(G_TASK(result), error);
}
