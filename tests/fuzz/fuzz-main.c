/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

/* Gives a harness every file of the folders that are named, one after the other, without a fuzzer:
 * what was found once stays found. */

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_files(char **folders, int n_folders)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);

    for (int i = 0; i < n_folders; i++) {
        g_autoptr(GDir) folder = g_dir_open(folders[i], 0, NULL);
        const char *name;

        while (folder != NULL && (name = g_dir_read_name(folder)) != NULL)
            g_ptr_array_add(files, g_build_filename(folders[i], name, NULL));
    }
    g_ptr_array_sort(files, compare_names);
    return files;
}

int
main(int argc, char **argv)
{
    g_autoptr(GPtrArray) files = list_files(argv + 1, argc - 1);

    LLVMFuzzerInitialize(&argc, &argv);
    g_print("1..%u\n", files->len);
    FUZZ_ASSERT(files->len > 0);
    for (guint i = 0; i < files->len; i++) {
        const char *path = g_ptr_array_index(files, i);
        g_autofree char *name = g_path_get_basename(path);
        g_autofree char *data = NULL;
        gsize size;

        FUZZ_ASSERT(g_file_get_contents(path, &data, &size, NULL));
        g_print("# %s\n", path);
        LLVMFuzzerTestOneInput((const guint8 *)data, size);
        g_print("ok %u - %s\n", i + 1, name);
    }
    return 0;
}
