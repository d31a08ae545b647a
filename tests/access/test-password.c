/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"
#include "kab-error.h"
#include "kab-password.h"
#include "kab-users.h"
#include "test-folder.h"

#include <gio/gio.h>
#include <string.h>

#define PASSWORD "правильный пароль"

static void
test_right_and_wrong(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *hash = kab_password_hash(PASSWORD, &error);
    g_autofree char *other = kab_password_hash(PASSWORD, &error);

    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(hash, "$argon2id$v=19$m=47104,t=1,p=1$"));
    g_assert_cmpstr(hash, !=, other);
    g_assert_true(kab_password_verify(hash, PASSWORD));
    g_assert_false(kab_password_verify(hash, PASSWORD " "));
    g_assert_false(kab_password_verify(hash, ""));
    g_assert_false(kab_password_verify(NULL, PASSWORD));
    g_assert_false(kab_password_verify("not a hash", PASSWORD));
}

static void
test_length(void)
{
    g_autofree char *longest = g_strnfill(KAB_PASSWORD_MAX, 'x');
    g_autofree char *longer = g_strnfill(KAB_PASSWORD_MAX + 1, 'x');
    const struct {
        const char *password;
        gboolean good;
    } rows[] = {
        {"", FALSE},        {"1234567", FALSE},        {"12345678", TRUE},
        {"восемь!!", TRUE}, {"семь!!!", FALSE},        {longest, TRUE},
        {longer, FALSE},    {"not UTF-8 \xd0", FALSE}, {"\xfc", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        /* A copy of its own, so that reading beyond its end is found. */
        g_autofree char *password = g_strdup(rows[i].password);
        g_autofree char *hash = kab_password_hash(password, &error);

        g_assert_cmpint(hash != NULL, ==, rows[i].good);
        if (!rows[i].good)
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

/* What is tried first is refused; what kinds of characters there are does not matter. */
static void
test_common(void)
{
    const KabUser user = {.login = (char *)"ivan.petrov",
                          .name = (char *)"Иван Петров",
                          .email = (char *)"ivan@partner.example",
                          .phone = (char *)"+79123456789"};
    static const char *const common[] = {
        "12345678",        "password",    "PassWord",    "qwertyuiop",           "1q2w3e4r",
        "password1234567", "Ivan.Petrov", "иван петров", "IVAN@partner.example", "+79123456789"};
    static const char *const good[] = {"four words of ivan", "четыре слова ивана",
                                       "ivan.petrov the second", "kdjwqpzx", "????????x"};

    for (gsize i = 0; i < G_N_ELEMENTS(common); i++) {
        g_autoptr(GError) error = NULL;

        g_test_message("%s", common[i]);
        g_assert_false(kab_password_check(common[i], &user, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(kab_password_check(good[i], &user, NULL));
    g_assert_true(kab_password_check("ivan.petrov", NULL, NULL));
}

/* Every line of the list, the first and the last too, is found. */
static void
test_whole_list(void)
{
    g_autoptr(GBytes) bytes = g_resources_lookup_data("/org/kabinet/access/common-passwords.txt",
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_auto(GStrv) lines = g_strsplit(g_bytes_get_data(bytes, NULL), "\n", -1);
    guint n = 0;

    for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++, n++) {
        g_assert_cmpint(g_utf8_strlen(lines[i], -1), >=, KAB_PASSWORD_MIN);
        g_assert_true(i == 0 || strcmp(lines[i - 1], lines[i]) < 0);
        g_assert_false(kab_password_check(lines[i], NULL, NULL));
    }
    g_assert_cmpuint(n, >, 5000);
}

/* Nobody learns whether a login exists. */
static void
test_same_words(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, PASSWORD);
    g_autoptr(KabUser) blocked = access_fixture_user("blocked", KAB_ROLE_HEAD);
    g_autoptr(KabUser) known = NULL;
    g_autoptr(GError) wrong = NULL;
    const char *const logins[] = {"nobody", "", "no-password", "blocked", "\xff"};

    access_fixture_add(fixture, "no-password", KAB_ROLE_HEAD, NULL);
    access_fixture_put(fixture, blocked);
    g_assert_true(kab_users_set_password(fixture->db, blocked->id, PASSWORD, NULL));
    blocked->active = FALSE;
    access_fixture_put(fixture, blocked);

    known = kab_users_check_password(fixture->db, "ivan", PASSWORD, NULL);
    g_assert_cmpstr(known->id.text, ==, id.text);
    g_assert_null(kab_users_check_password(fixture->db, "ivan", "неправильный", &wrong));
    g_assert_error(wrong, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
    for (gsize i = 0; i < G_N_ELEMENTS(logins); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(kab_users_check_password(fixture->db, logins[i], PASSWORD, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
        g_assert_cmpstr(error->message, ==, wrong->message);
    }
    g_assert_false(test_folder_holds(fixture->folder, PASSWORD));
}

static gpointer
verify(gpointer hash)
{
    return GINT_TO_POINTER(kab_password_verify(hash, PASSWORD));
}

static void
test_many_at_once(void)
{
    g_autofree char *hash = kab_password_hash(PASSWORD, NULL);
    GThread *threads[6];

    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        threads[i] = g_thread_new("verify", verify, hash);
    for (gsize i = 0; i < G_N_ELEMENTS(threads); i++)
        g_assert_true(GPOINTER_TO_INT(g_thread_join(threads[i])));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/password/right-and-wrong", test_right_and_wrong);
    g_test_add_func("/password/length", test_length);
    g_test_add_func("/password/common", test_common);
    g_test_add_func("/password/whole-list", test_whole_list);
    ACCESS_TEST("/password/same-words", test_same_words);
    g_test_add_func("/password/many-at-once", test_many_at_once);
    return g_test_run();
}
