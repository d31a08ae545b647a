/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json.h"
#include "kab-settings-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_BYTES (1024 * 1024)

GBytes *
kab_settings_file_make(const char *const *values)
{
    JsonObject *object = json_object_new();
    g_autoptr(JsonNode) node = NULL;
    char *text;

    for (gsize i = 0; values[i] != NULL; i += 2)
        json_object_set_string_member(object, values[i], values[i + 1]);
    node = kab_json_node_take(object);
    text = json_to_string(node, TRUE);
    return g_bytes_new_take(text, strlen(text));
}

/* A mebibyte, and one byte more if there is more. */
static GBytes *
read_file(const char *path, GCancellable *cancellable, GError **error)
{
    g_autoptr(GFile) file = g_file_new_for_path(path);
    g_autoptr(GFileInputStream) stream = g_file_read(file, cancellable, error);
    g_autofree char *buffer = NULL;
    gsize length;

    if (stream == NULL)
        return NULL;
    buffer = g_malloc(MAX_BYTES + 1);
    if (!g_input_stream_read_all(G_INPUT_STREAM(stream), buffer, MAX_BYTES + 1, &length,
                                 cancellable, error))
        return NULL;
    if (length > MAX_BYTES) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("It is too large for a file of settings"));
        return NULL;
    }
    return g_bytes_new_take(g_steal_pointer(&buffer), length);
}

static GPtrArray *
list_values(JsonObject *object, GError **error)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    json_object_iter_init(&iter, object);
    while (json_object_iter_next(&iter, &name, &node)) {
        if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING) {
            g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” must be a text"),
                        kab_error_clip(name, 100), name);
            return NULL;
        }
        g_ptr_array_add(values, g_strdup(name));
        g_ptr_array_add(values, g_strdup(json_node_get_string(node)));
    }
    g_ptr_array_add(values, NULL);
    return g_steal_pointer(&values);
}

static void
read_values(GTask *task, gpointer source G_GNUC_UNUSED, gpointer path, GCancellable *cancellable)
{
    GError *error = NULL;
    g_autoptr(GBytes) bytes = read_file(path, cancellable, &error);
    g_autoptr(JsonNode) node = bytes != NULL ? kab_json_parse(bytes, &error) : NULL;
    GPtrArray *values = node != NULL ? list_values(json_node_get_object(node), &error) : NULL;

    if (values != NULL)
        g_task_return_pointer(task, values, (GDestroyNotify)g_ptr_array_unref);
    else
        g_task_return_error(task, error);
}

void
kab_settings_file_read_async(const char *path, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, data);

    g_task_set_task_data(task, g_strdup(path), g_free);
    g_task_run_in_thread(task, read_values);
}

GPtrArray *
kab_settings_file_read_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
