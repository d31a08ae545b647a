/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-folder.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

char *
test_folder_new(void)
{
    g_autoptr(GError) error = NULL;
    char *folder = g_dir_make_tmp("kab-XXXXXX", &error);

    g_assert_no_error(error);
    return folder;
}

char *
test_folder_path(const char *folder, const char *name)
{
    return g_build_filename(folder, name, NULL);
}

static void
remove_all(const char *path)
{
    g_autoptr(GDir) dir =
        g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    const char *name;

    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *inside = g_build_filename(path, name, NULL);

        remove_all(inside);
    }
    g_assert_cmpint(g_remove(path), ==, 0);
}

void
test_folder_remove(char *folder)
{
    remove_all(folder);
    g_free(folder);
}

gboolean
test_folder_holds(const char *folder, const char *text)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    g_assert_nonnull(dir);
    while ((name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *data = NULL;
        gsize size = 0;

        if (g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
            g_file_get_contents(path, &data, &size, NULL) &&
            memmem(data, size, text, strlen(text)) != NULL)
            return TRUE;
    }
    return FALSE;
}

void
test_file_write(const char *path, const char *data, gssize size)
{
    g_autoptr(GError) error = NULL;

    g_file_set_contents(path, data, size, &error);
    g_assert_no_error(error);
}

char *
test_file_checksum(const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *data = NULL;
    gsize size;

    g_file_get_contents(path, &data, &size, &error);
    g_assert_no_error(error);
    return g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)data, size);
}

gpointer
test_self_start(const char *helper, const char *argument)
{
    g_autoptr(GError) error = NULL;
    GSubprocess *process = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                            "/proc/self/exe", helper, argument, NULL);

    g_assert_no_error(error);
    return process;
}

char *
test_self_wait_line(gpointer process)
{
    g_autoptr(GString) line = g_string_new(NULL);
    GInputStream *stream = g_subprocess_get_stdout_pipe(process);
    g_autoptr(GError) error = NULL;
    char c;

    while (g_input_stream_read(stream, &c, 1, NULL, &error) == 1 && c != '\n')
        g_string_append_c(line, c);
    g_assert_no_error(error);
    return g_string_free(g_steal_pointer(&line), FALSE);
}

void
test_self_kill(gpointer process)
{
    g_subprocess_force_exit(process);
    g_assert_true(g_subprocess_wait(process, NULL, NULL));
    g_object_unref(process);
}

void
test_self_end(gpointer process)
{
    g_autoptr(GError) error = NULL;

    g_subprocess_wait_check(process, NULL, &error);
    g_assert_no_error(error);
    g_object_unref(process);
}

const char *
test_self_is(int argc, char **argv, const char *helper)
{
    return argc == 3 && strcmp(argv[1], helper) == 0 ? argv[2] : NULL;
}
