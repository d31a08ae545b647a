/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-pictures.h"
#include "kab-error.h"
#include "kab-picture-cache.h"
#include "kab-picture.h"
#include "test-pair.h"

#include <glib/gstdio.h>
#include <utime.h>

#define PNG "\x89PNG\r\n\x1a\n of a lamp"

static GBytes *
make(guint i, gsize size)
{
    char *bytes = g_malloc0(size);

    g_snprintf(bytes, size, "\x89PNG\r\n\x1a\n %u", i);
    return g_bytes_new_take(bytes, size);
}

static void
on_done(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    *(GAsyncResult **)data = g_object_ref(result);
}

static GAsyncResult *
wait(GAsyncResult **result)
{
    while (*result == NULL)
        g_main_context_iteration(NULL, TRUE);
    return *result;
}

static char *
put(KabPictureCache *cache, guint i, gsize size)
{
    g_autoptr(GBytes) file = make(i, size);
    g_autoptr(GAsyncResult) result = NULL;
    char *hash = kab_picture_hash(file);

    kab_picture_cache_put_async(cache, hash, file, on_done, &result);
    wait(&result);
    return hash;
}

static gboolean
has(KabPictureCache *cache, const char *hash)
{
    g_autoptr(GAsyncResult) result = NULL;
    g_autoptr(GBytes) file = NULL;

    kab_picture_cache_load_async(cache, hash, NULL, on_done, &result);
    file = kab_picture_cache_load_finish(cache, wait(&result), NULL);
    return file != NULL;
}

static guint
count_files(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    guint n = 0;

    while (g_dir_read_name(folder) != NULL)
        n++;
    return n;
}

static void
remove_folder(const char *path)
{
    GDir *folder = g_dir_open(path, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *child = g_build_filename(path, name, NULL);

        g_unlink(child);
    }
    g_dir_close(folder);
    g_rmdir(path);
}

static void
test_memory(void)
{
    g_autoptr(KabPictureCache) cache = kab_picture_cache_new(NULL, 10000, 0);
    g_autofree char *first = put(cache, 0, 1000);

    for (guint i = 1; i < 100; i++) {
        g_autoptr(GBytes) used = NULL;

        g_free(put(cache, i, 1000));
        used = kab_picture_cache_find(cache, first);
        g_assert_nonnull(used); /* what is looked at stays */
        g_assert_cmpuint(kab_picture_cache_get_memory(cache), <=, 10000);
    }
    g_free(put(cache, 1000, 20000)); /* larger than all the room */
    g_assert_cmpuint(kab_picture_cache_get_memory(cache), ==, 10000);
}

static void
test_disk(void)
{
    g_autofree char *folder = g_dir_make_tmp("kab-cache-XXXXXX", NULL);
    g_autofree char *hash = NULL;
    g_autofree char *path = NULL;

    {
        g_autoptr(KabPictureCache) cache = kab_picture_cache_new(folder, 10000, 100000);

        hash = put(cache, 1, 1000);
    }
    path = g_build_filename(folder, hash, NULL);
    {
        g_autoptr(KabPictureCache) cache = kab_picture_cache_new(folder, 10000, 100000);

        g_assert_true(has(cache, hash));
        g_assert_false(has(cache, "../../etc/passwd"));
    }
    {
        g_autoptr(KabPictureCache) cache = kab_picture_cache_new(folder, 10000, 100000);

        /* What was changed on the disk is as good as none. */
        g_assert_true(g_file_set_contents(path, PNG, -1, NULL));
        g_assert_false(has(cache, hash));
        g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    }
    remove_folder(folder);
}

static void
test_disk_is_bounded(void)
{
    g_autofree char *folder = g_dir_make_tmp("kab-cache-XXXXXX", NULL);
    g_autofree char *old = NULL;
    g_autofree char *path = NULL;
    struct utimbuf long_ago = {1000000, 1000000};

    {
        g_autoptr(KabPictureCache) cache = kab_picture_cache_new(folder, 1000, 100000);

        old = put(cache, 0, 50000);
        path = g_build_filename(folder, old, NULL);
        g_assert_cmpint(utime(path, &long_ago), ==, 0);
        for (guint i = 1; i < 64; i++)
            g_free(put(cache, i, 1000));
        g_assert_cmpuint(count_files(folder), ==, 64);
        g_free(put(cache, 64, 1000)); /* the folder is counted */
    }
    g_assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    g_assert_cmpuint(count_files(folder), ==, 64);
    remove_folder(folder);
}

typedef struct {
    TestPair *test;
    KabClient *client;
    KabProductId id;
} World;

static GBytes *
get(World *world, guint n, const char *hash, GError **error)
{
    g_autoptr(GAsyncResult) result = NULL;

    kab_client_get_picture_async(world->client, world->id, n, hash, NULL, on_done, &result);
    return kab_client_get_picture_finish(world->client, wait(&result), error);
}

static void
on_resumed(GObject *source, GAsyncResult *result, gpointer data)
{
    g_assert_true(kab_client_sign_in_finish(KAB_CLIENT(source), result, NULL));
    *(gboolean *)data = TRUE;
}

/* From the portal once, and from then on from here. */
static void
test_portal(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) client = kab_client_new(kab_pair_get_portal_address(test->pair), NULL);
    World world = {test, client, kab_product_id_of(TEST_LAMP)};
    g_autoptr(GBytes) png = g_bytes_new_static(PNG, sizeof PNG - 1);
    g_autoptr(GBytes) first = NULL;
    g_autoptr(GBytes) second = NULL;
    g_autoptr(GBytes) changed = NULL;
    g_autofree char *hash = kab_picture_hash(png);
    g_autofree char *other = g_strnfill(64, 'a');
    g_autoptr(GError) error = NULL;
    gboolean resumed = FALSE;

    g_assert_true(
        kab_db_run(test->portal,
                   "INSERT INTO picture (id, hash, media_type, file)"
                   " VALUES ('50000000-0000-4000-8000-000000000001', $1, 'image/png', $2)",
                   KAB_BIND(kab_text(hash), kab_blob(png)), NULL));
    g_assert_true(kab_db_run(test->portal,
                             "INSERT INTO product_picture (product_id, position, hash)"
                             " VALUES ('" TEST_LAMP "', 0, $1)",
                             KAB_BIND(kab_text(hash)), NULL));
    kab_client_resume_async(client, test->a, NULL, on_resumed, &resumed);
    while (!resumed)
        g_main_context_iteration(NULL, TRUE);
    first = get(&world, 1, hash, &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(first, png));
    g_assert_true(kab_db_run(test->portal, "DELETE FROM product_picture", KAB_BIND_NONE, NULL));
    second = get(&world, 1, hash, &error);
    g_assert_no_error(error);
    g_assert_true(g_bytes_equal(second, png));

    g_assert_null(get(&world, 1, other, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_true(kab_db_run(test->portal,
                             "INSERT INTO product_picture (product_id, position, hash)"
                             " VALUES ('" TEST_LAMP "', 0, $1)",
                             KAB_BIND(kab_text(hash)), NULL));
    changed = get(&world, 1, other, &error);
    g_assert_null(changed); /* it is not what was asked for */
    g_assert_error(error, KAB_ERROR, KAB_ERROR_CONFLICT);
}

int
main(int argc, char **argv)
{
    g_autofree char *cache = g_dir_make_tmp("kab-xdg-XXXXXX", NULL);
    int status;

    g_setenv("XDG_CACHE_HOME", cache, TRUE);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/picture-cache/memory", test_memory);
    g_test_add_func("/picture-cache/disk", test_disk);
    g_test_add_func("/picture-cache/disk-is-bounded", test_disk_is_bounded);
    PAIR_TEST("/picture-cache/portal", test_portal);
    status = g_test_run();
    {
        g_autofree char *inside = g_build_filename(cache, "kabinet", NULL);
        g_autofree char *pictures = g_build_filename(inside, "pictures", NULL);

        remove_folder(pictures);
        g_rmdir(inside);
        g_rmdir(cache);
    }
    return status;
}
