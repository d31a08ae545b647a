/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"
#include "kab-error.h"
#include "kab-keys.h"
#include "kab-sessions.h"
#include "kab-users.h"

static void
test_found_by_any_name(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = access_fixture_user("Иван.Петров", KAB_ROLE_BUYER);
    const char *const names[] = {
        "Иван.Петров",          "иван.петров",  "ИВАН.ПЕТРОВ",        "ivan@partner.example",
        "IVAN@Partner.Example", "+79161234567", "+7 (916) 123-45-67", "+7 916 1234567",
    };
    const char *const strangers[] = {"", "иван", "petrov@partner.example", "+79161234568",
                                     "79161234567"};

    user->email = g_strdup("Ivan@partner.example");
    user->phone = g_strdup("+7 916 123-45-67");
    access_fixture_put(fixture, user);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(KabUser) found = kab_users_load(fixture->db, names[i], &error);

        g_assert_no_error(error);
        g_assert_cmpstr(found->id.text, ==, user->id.text);
        g_assert_cmpstr(found->login, ==, "Иван.Петров");
        g_assert_cmpstr(found->phone, ==, "+79161234567");
        g_assert_cmpint(found->role, ==, KAB_ROLE_BUYER);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(strangers); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(kab_users_find(fixture->db, strangers[i], &error));
        g_assert_no_error(error);
        g_assert_null(kab_users_load(fixture->db, strangers[i], &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    }
}

static void
test_names_are_unique(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) first = access_fixture_user("ivan", KAB_ROLE_BUYER);
    const struct {
        const char *login;
        const char *email;
        const char *phone;
        gboolean good;
    } rows[] = {
        {"IVAN", NULL, NULL, FALSE},
        {"petr", "IVAN@partner.example", NULL, FALSE},
        {"petr", NULL, "+7-916-123-45-67", TRUE}, /* two in one office: see below */
        {"oleg", NULL, NULL, TRUE},
    };

    g_autoptr(KabUser) found = NULL;

    first->email = g_strdup("ivan@partner.example");
    first->phone = g_strdup("+79161234567");
    access_fixture_put(fixture, first);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabUser) user = access_fixture_user(rows[i].login, KAB_ROLE_BUYER);
        g_autoptr(GError) error = NULL;

        user->email = g_strdup(rows[i].email);
        user->phone = g_strdup(rows[i].phone);
        g_assert_cmpint(kab_users_put(fixture->db, user, &error), ==, rows[i].good);
        if (!rows[i].good)
            g_assert_error(error, KAB_ERROR, KAB_ERROR_CONFLICT);
    }
    /* The same user again is a change, not a conflict. */
    access_fixture_put(fixture, first);
    /* A telephone of two people is the first's to sign in with. */
    found = kab_users_load(fixture->db, "+7 916 123-45-67", NULL);
    g_assert_cmpstr(found->login, ==, "ivan");
}

static void
test_login_rules(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *longest = g_strnfill(100, 'a');
    g_autofree char *longer = g_strnfill(101, 'a');
    const struct {
        const char *login;
        gboolean good;
    } rows[] = {
        {"a", TRUE},     {longest, TRUE},  {longer, FALSE}, {"", FALSE},    {NULL, FALSE},
        {"a b", FALSE},  {"a:b", FALSE},   {"+7", FALSE},   {"a@b", FALSE}, {"Иван", TRUE},
        {"a\nb", FALSE}, {"a\xd0", FALSE}, {"\xfc", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(KabUser) user = access_fixture_user(rows[i].login, KAB_ROLE_MANAGER);
        g_autoptr(GError) error = NULL;

        g_assert_cmpint(kab_users_put(fixture->db, user, &error), ==, rows[i].good);
        if (!rows[i].good)
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

static void
test_name_and_email_rules(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = access_fixture_user("ivan", KAB_ROLE_MANAGER);
    g_autoptr(GError) error = NULL;

    user->email = g_strdup("nonsense");
    g_assert_false(kab_users_put(fixture->db, user, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    g_clear_pointer(&user->email, g_free);
    g_clear_pointer(&user->name, g_free);
    g_assert_false(kab_users_put(fixture->db, user, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

/* An empty e-mail, as a form sends it, is none: two users may have it. */
static void
test_empty_is_none(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    for (int i = 0; i < 2; i++) {
        g_autoptr(KabUser) user = access_fixture_user(i == 0 ? "a" : "b", KAB_ROLE_MANAGER);

        user->email = g_strdup("");
        user->phone = g_strdup("");
        access_fixture_put(fixture, user);
    }
}

static void
test_deactivated_is_out_at_once(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = access_fixture_user("ivan", KAB_ROLE_EXCHANGE);
    g_autofree char *session = NULL;
    g_autofree char *client_id = NULL;
    g_autofree char *client_secret = NULL;
    g_autofree char *token = NULL;
    g_autoptr(GError) error = NULL;

    access_fixture_put(fixture, user);
    session = kab_sessions_begin(fixture->db, user->id, NULL, &error);
    g_assert_true(kab_keys_create(fixture->db, user->id, &client_id, &client_secret, &error));
    token = kab_keys_grant(fixture->db, client_id, client_secret, kab_time_now(), &error);
    g_assert_no_error(error);
    user->active = FALSE;
    access_fixture_put(fixture, user);
    user->active = TRUE;
    access_fixture_put(fixture, user);
    g_assert_null(kab_sessions_check(fixture->db, session, kab_time_now(), &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
    g_clear_error(&error);
    g_assert_null(kab_keys_check(fixture->db, token, kab_time_now(), &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
}

static void
test_change_keeps_password(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = access_fixture_user("ivan", KAB_ROLE_HEAD);
    g_autoptr(KabUser) found = NULL;

    access_fixture_put(fixture, user);
    g_assert_true(kab_users_set_password(fixture->db, user->id, "passphrase of ivan", NULL));
    g_free(user->name);
    user->name = g_strdup("Renamed");
    access_fixture_put(fixture, user);
    found = kab_users_check_password(fixture->db, "ivan", "passphrase of ivan", NULL);
    g_assert_cmpstr(found->name, ==, "Renamed");
}

static void
test_delete_and_list(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId b = access_fixture_add(fixture, "b", KAB_ROLE_HEAD, NULL);
    g_autoptr(GPtrArray) users = NULL;
    g_autofree char *session = kab_sessions_begin(fixture->db, b, NULL, NULL);
    g_autofree char *next = NULL;
    g_autoptr(GError) error = NULL;

    access_fixture_add(fixture, "A", KAB_ROLE_HEAD, NULL);
    users = kab_users_list(fixture->db, NULL, NULL, 10, &next, NULL);
    g_assert_null(next);
    g_assert_cmpuint(users->len, ==, 2);
    g_assert_cmpstr(((KabUser *)g_ptr_array_index(users, 0))->login, ==, "A");
    g_assert_true(kab_users_delete(fixture->db, b, NULL));
    g_assert_true(kab_users_delete(fixture->db, b, NULL));
    g_assert_null(kab_sessions_check(fixture->db, session, kab_time_now(), &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ACCESS_TEST("/users/found-by-any-name", test_found_by_any_name);
    ACCESS_TEST("/users/unique", test_names_are_unique);
    ACCESS_TEST("/users/login-rules", test_login_rules);
    ACCESS_TEST("/users/name-and-email", test_name_and_email_rules);
    ACCESS_TEST("/users/empty-is-none", test_empty_is_none);
    ACCESS_TEST("/users/deactivated", test_deactivated_is_out_at_once);
    ACCESS_TEST("/users/change-keeps-password", test_change_keeps_password);
    ACCESS_TEST("/users/delete-and-list", test_delete_and_list);
    return g_test_run();
}
