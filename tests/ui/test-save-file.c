/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-save-file.h"

#include <glib/gstdio.h>
#include <string.h>

static void
on_saved(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;

    *(GFile **)data = kab_save_file_finish(result, &error);
    g_assert_no_error(error);
}

/* The path of what was saved under the wished name. */
static char *
save(const char *folder, const char *name)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static("%PDF", 4);
    g_autoptr(GFile) file = NULL;

    kab_save_file_async(folder, name, bytes, NULL, on_saved, &file);
    while (file == NULL)
        g_main_context_iteration(NULL, TRUE);
    return g_file_get_path(file);
}

/* Whatever somebody wishes, it lies in the folder, is seen there and is what it looks like. */
static void
test_names(void)
{
    static const char *const rows[][2] = {
        {"invoice-0000-000001.pdf", "invoice-0000-000001.pdf"},
        {"Счёт 5.pdf", "Счёт 5.pdf"},
        {"../../x.pdf", "-.-..-x.pdf"},
        {"/etc/passwd", "-etc-passwd"},
        {"..", "-."},
        {".bashrc", "-bashrc"},
        {"a\nb\tc\x7f.pdf", "a-b-c-.pdf"},
        {"a\xe2\x80\xaexcod.pdf", "a-xcod.pdf"},
        {"a\xc2\x85.pdf", "a-.pdf"},
        {"\xff\xfe", "-"},
        {"", "- (2)"},
    };
    g_autofree char *folder = g_dir_make_tmp("kab-XXXXXX", NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = save(folder, rows[i][0]);
        g_autofree char *expected = g_build_filename(folder, rows[i][1], NULL);

        g_assert_cmpstr(path, ==, expected);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *path = g_build_filename(folder, rows[i][1], NULL);

        g_assert_cmpint(g_unlink(path), ==, 0);
    }
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void
test_long_names(void)
{
    g_autofree char *folder = g_dir_make_tmp("kab-XXXXXX", NULL);
    g_autoptr(GString) name = g_string_new(NULL);
    g_autofree char *path = NULL;

    for (int i = 0; i < 400; i++)
        g_string_append(name, "ж");
    g_string_append(name, ".pdf");
    path = save(folder, name->str);
    g_assert_true(g_str_has_suffix(path, "ж.pdf"));
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

/* A link that somebody has put there is not followed. */
static void
test_links(void)
{
    g_autofree char *folder = g_dir_make_tmp("kab-XXXXXX", NULL);
    g_autofree char *link = g_build_filename(folder, "a.pdf", NULL);
    g_autofree char *target = g_build_filename(folder, "target", NULL);
    g_autofree char *path = NULL;
    g_autoptr(GFile) file = g_file_new_for_path(link);

    g_assert_true(g_file_make_symbolic_link(file, target, NULL, NULL));
    path = save(folder, "a.pdf");
    g_assert_true(g_str_has_suffix(path, "/a (2).pdf"));
    g_assert_false(g_file_test(target, G_FILE_TEST_EXISTS));
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(g_unlink(link), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/save-file/names", test_names);
    g_test_add_func("/save-file/long-names", test_long_names);
    g_test_add_func("/save-file/links", test_links);
    return g_test_run();
}
