/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-save-file.h"

#include <string.h>

#define MAX_COPIES 1000
/* Characters of a name; a file system takes 255 bytes, and "(2)" has to go with it. */
#define MAX_NAME 100

typedef struct {
    char *path;
    GBytes *bytes;
    gboolean overwrite;
    GFileCreateFlags flags;
    gboolean make_folder; /* nobody else may look into it */
} Job;

static void
job_free(Job *job)
{
    g_free(job->path);
    g_bytes_unref(job->bytes);
    g_free(job);
}

static char *
make_copy_name(const char *path, int copy)
{
    const char *base = strrchr(path, G_DIR_SEPARATOR);
    const char *dot = strrchr(base != NULL ? base : path, '.');

    if (copy == 1)
        return g_strdup(path);
    if (dot == NULL)
        return g_strdup_printf("%s (%d)", path, copy);
    return g_strdup_printf("%.*s (%d)%s", (int)(dot - path), path, copy, dot);
}

static GFileOutputStream *
open_new(Job *job, GFile **file, GCancellable *cancellable, GError **error)
{
    for (int copy = 1; copy <= MAX_COPIES; copy++) {
        g_autofree char *path = make_copy_name(job->path, copy);
        g_autoptr(GError) local_error = NULL;
        GFileOutputStream *stream;

        g_set_object(file, NULL);
        *file = g_file_new_for_path(path);
        stream = g_file_create(*file, G_FILE_CREATE_NONE, cancellable, &local_error);
        if (stream != NULL)
            return stream;
        if (!g_error_matches(local_error, G_IO_ERROR, G_IO_ERROR_EXISTS) || copy == MAX_COPIES) {
            g_propagate_error(error, g_steal_pointer(&local_error));
            return NULL;
        }
    }
    return NULL;
}

static void
run(GTask *task, gpointer source G_GNUC_UNUSED, gpointer data, GCancellable *cancellable)
{
    Job *job = data;
    g_autoptr(GFile) file = NULL;
    g_autoptr(GFileOutputStream) stream = NULL;
    GError *error = NULL;
    gsize size;
    gconstpointer bytes = g_bytes_get_data(job->bytes, &size);

    if (job->make_folder) {
        g_autofree char *folder = g_path_get_dirname(job->path);

        g_mkdir_with_parents(folder, 0700); /* what went wrong is told by what follows */
    }
    if (job->overwrite) {
        file = g_file_new_for_path(job->path);
        stream = g_file_replace(file, NULL, FALSE, job->flags, cancellable, &error);
    } else {
        stream = open_new(job, &file, cancellable, &error);
    }
    if (stream == NULL ||
        !g_output_stream_write_all(G_OUTPUT_STREAM(stream), bytes, size, NULL, cancellable,
                                   &error) ||
        !g_output_stream_close(G_OUTPUT_STREAM(stream), cancellable, &error))
        g_task_return_error(task, error);
    else
        g_task_return_pointer(task, g_steal_pointer(&file), g_object_unref);
}

static void
start(char *path, GBytes *bytes, gboolean overwrite, GFileCreateFlags flags, gboolean make_folder,
      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autoptr(GTask) task = g_task_new(NULL, cancellable, callback, data);
    Job *job = g_new0(Job, 1);

    job->path = path;
    job->bytes = g_bytes_ref(bytes);
    job->overwrite = overwrite;
    job->flags = flags;
    job->make_folder = make_folder;
    g_task_set_task_data(task, job, (GDestroyNotify)job_free);
    g_task_run_in_thread(task, run);
}

/* A name that lies in the folder, is seen there and is what it looks like. Its end tells what the
 * file is, and stays. */
static char *
make_safe(const char *name)
{
    glong length = g_utf8_validate(name, -1, NULL) ? g_utf8_strlen(name, -1) : 0;
    GString *safe = g_string_new(NULL);

    if (length > MAX_NAME)
        name = g_utf8_offset_to_pointer(name, length - MAX_NAME);
    for (const char *p = length > 0 ? name : "-"; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (!g_unichar_isprint(c) || g_unichar_type(c) == G_UNICODE_FORMAT ||
            (c < 128 && strchr("/\\:*?\"<>|", (int)c) != NULL))
            c = '-';
        g_string_append_unichar(safe, c);
    }
    if (*safe->str == '.')
        *safe->str = '-';
    return g_string_free(safe, FALSE);
}

void
kab_save_file_async(const char *folder, const char *name, GBytes *bytes, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *safe = make_safe(name);

    if (folder == NULL)
        folder = g_get_user_special_dir(G_USER_DIRECTORY_DOWNLOAD);
    if (folder == NULL || !g_file_test(folder, G_FILE_TEST_IS_DIR))
        folder = g_get_home_dir();
    start(g_build_filename(folder, safe, NULL), bytes, FALSE, G_FILE_CREATE_NONE, FALSE,
          cancellable, callback, data);
}

void
kab_save_file_as_async(const char *path, GBytes *bytes, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
    start(g_strdup(path), bytes, TRUE, G_FILE_CREATE_NONE, FALSE, cancellable, callback, data);
}

void
kab_save_file_private_async(const char *path, GBytes *bytes, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    /* A file that is there is not written into: its rights would stay. */
    start(g_strdup(path), bytes, TRUE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION,
          FALSE, cancellable, callback, data);
}

void
kab_save_file_to_cache_async(const char *name, GBytes *bytes, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *safe = make_safe(name);

    start(g_build_filename(g_get_user_cache_dir(), "kabinet", "documents", safe, NULL), bytes, TRUE,
          G_FILE_CREATE_NONE, TRUE, cancellable, callback, data);
}

GFile *
kab_save_file_finish(GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
