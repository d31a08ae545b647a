/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-seal.h"
#include "test-folder.h"

#include <glib/gstdio.h>
#include <string.h>

#define SECRET "пароль от базы"

typedef struct {
    char *folder;
    char *path;
    KabSeal *seal;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    fixture->folder = test_folder_new();
    fixture->path = test_folder_path(fixture->folder, "a.key");
    fixture->seal = kab_seal_open(fixture->path, &error);
    g_assert_no_error(error);
}

static void
tear_down(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    kab_seal_free(fixture->seal);
    g_free(fixture->path);
    test_folder_remove(fixture->folder);
}

static void
test_round_trip(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *sealed = kab_seal_close_text(fixture->seal, SECRET);
    g_autofree char *again = kab_seal_close_text(fixture->seal, SECRET);
    g_autofree char *empty = kab_seal_close_text(fixture->seal, "");
    g_autofree char *secret = NULL;
    g_autofree char *nothing = NULL;
    g_autoptr(KabSeal) later = kab_seal_open(fixture->path, NULL);

    g_assert_cmpstr(sealed, !=, again);
    g_assert_null(strstr(sealed, SECRET));
    secret = kab_seal_open_text(later, sealed, NULL);
    g_assert_cmpstr(secret, ==, SECRET);
    nothing = kab_seal_open_text(later, empty, NULL);
    g_assert_cmpstr(nothing, ==, "");
}

static void
test_key_file_is_private(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    GStatBuf status;

    g_assert_cmpint(g_stat(fixture->path, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 0777, ==, 0600);
    g_assert_cmpint(status.st_size, ==, 32);
}

static void
test_other_key(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *other_path = test_folder_path(fixture->folder, "b.key");
    g_autoptr(KabSeal) other = kab_seal_open(other_path, NULL);
    g_autofree char *sealed = kab_seal_close_text(fixture->seal, SECRET);
    g_autofree char *cut = g_strndup(sealed, strlen(sealed) - 2);
    const char *const broken[] = {sealed, "", "AAAA", "не base64"};
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_assert_null(kab_seal_open_text(other, broken[i], &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_CORRUPT);
        g_clear_error(&error);
    }
    g_assert_null(kab_seal_open_text(fixture->seal, cut, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_CORRUPT);
}

static void
test_damaged_key_file(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *path = test_folder_path(fixture->folder, "short.key");
    g_autofree char *nowhere = test_folder_path(fixture->folder, "no/folder.key");
    g_autoptr(GError) error = NULL;

    test_file_write(path, "short", -1);
    g_assert_null(kab_seal_open(path, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_CORRUPT);
    g_clear_error(&error);
    g_assert_null(kab_seal_open(nowhere, &error));
    g_assert_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
}

static void
test_tokens(Fixture *fixture G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *one = kab_random_token();
    g_autofree char *two = kab_random_token();
    g_autofree char *hash = kab_hash_token(one);
    g_autofree char *same = kab_hash_token(one);

    g_assert_cmpuint(strlen(one), ==, 43);
    g_assert_cmpstr(one, !=, two);
    g_assert_cmpstr(hash, ==, same);
    g_assert_cmpuint(strlen(hash), ==, 64);
}

#define ADD(name, function) g_test_add("/seal/" name, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("round-trip", test_round_trip);
    ADD("private", test_key_file_is_private);
    ADD("other-key", test_other_key);
    ADD("damaged", test_damaged_key_file);
    ADD("tokens", test_tokens);
    return g_test_run();
}
