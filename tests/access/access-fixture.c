/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"

#include "kab-users.h"
#include "test-folder.h"

#include <sodium.h>

void
access_fixture_set_up(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    g_autofree char *key = NULL;

    g_assert_cmpint(sodium_init(), >=, 0);
    fixture->folder = test_folder_new();
    path = test_folder_path(fixture->folder, "access.db");
    key = test_folder_path(fixture->folder, "access.key");
    fixture->db = kab_db_open(path, &error);
    g_assert_no_error(error);
    kab_access_migrate(fixture->db, path, &error);
    g_assert_no_error(error);
    fixture->seal = kab_seal_open(key, &error);
    g_assert_no_error(error);
}

void
access_fixture_tear_down(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    kab_db_check_idle(fixture->db);
    kab_db_close(fixture->db);
    kab_seal_free(fixture->seal);
    test_folder_remove(fixture->folder);
}

KabUser *
access_fixture_user(const char *login, KabRole role)
{
    KabUser *user = g_new0(KabUser, 1);

    user->id = kab_user_id_new();
    user->login = g_strdup(login);
    user->name = g_strdup("Somebody");
    user->role = role;
    user->active = TRUE;
    return user;
}

void
access_fixture_put(AccessFixture *fixture, const KabUser *user)
{
    g_autoptr(GError) error = NULL;

    kab_users_put(fixture->db, user, &error);
    g_assert_no_error(error);
}

KabUserId
access_fixture_add(AccessFixture *fixture, const char *login, KabRole role, const char *password)
{
    g_autoptr(KabUser) user = access_fixture_user(login, role);
    g_autoptr(GError) error = NULL;

    access_fixture_put(fixture, user);
    if (password != NULL)
        kab_users_set_password(fixture->db, user->id, password, &error);
    g_assert_no_error(error);
    return user->id;
}
