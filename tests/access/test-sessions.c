/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"
#include "kab-error.h"
#include "kab-sessions.h"
#include "kab-users.h"
#include "test-folder.h"

#define DAY G_GINT64_CONSTANT(86400000)

static void
assert_ended(AccessFixture *fixture, const char *token, KabTime now)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(kab_sessions_check(fixture->db, token, now, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
}

static void
assert_alive(AccessFixture *fixture, const char *token, KabTime now)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_sessions_check(fixture->db, token, now, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(user->login, ==, "ivan");
}

static void
test_begin_and_end(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, NULL);
    g_autofree char *token = kab_sessions_begin(fixture->db, id, NULL, NULL);
    g_autofree char *other = kab_sessions_begin(fixture->db, id, NULL, NULL);

    g_assert_cmpstr(token, !=, other);
    assert_alive(fixture, token, kab_time_now());
    assert_ended(fixture, "", kab_time_now());
    assert_ended(fixture, "nonsense", kab_time_now());
    g_assert_true(kab_sessions_end(fixture->db, token, NULL));
    g_assert_true(kab_sessions_end(fixture->db, token, NULL));
    assert_ended(fixture, token, kab_time_now());
    assert_alive(fixture, other, kab_time_now());
}

static void
test_token_is_not_kept(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, NULL);
    g_autofree char *token = kab_sessions_begin(fixture->db, id, NULL, NULL);

    g_assert_true(test_folder_holds(fixture->folder, "ivan"));
    g_assert_false(test_folder_holds(fixture->folder, token));
}

static void
test_idle_for_a_week(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, NULL);
    g_autofree char *token = kab_sessions_begin(fixture->db, id, NULL, NULL);
    KabTime now = kab_time_now();

    assert_ended(fixture, token, now + 7 * DAY + 60000);
    assert_alive(fixture, token, now + 6 * DAY);
    assert_alive(fixture, token, now + 12 * DAY);
}

static void
test_a_quarter_of_a_year_at_most(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, NULL);
    g_autofree char *token = kab_sessions_begin(fixture->db, id, NULL, NULL);
    KabTime now = kab_time_now();
    int days;

    for (days = 0; days < 90; days += 6)
        assert_alive(fixture, token, now + days * DAY);
    assert_ended(fixture, token, now + days * DAY + 60000);
}

static void
test_new_password_ends_sessions(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, NULL);
    g_autofree char *token = kab_sessions_begin(fixture->db, id, NULL, NULL);

    g_assert_true(kab_users_set_password(fixture->db, id, "another one", NULL));
    assert_ended(fixture, token, kab_time_now());
}

static void
test_list(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, NULL);
    KabUserId other = access_fixture_add(fixture, "anna", KAB_ROLE_HEAD, NULL);
    const KabSessionOrigin origin = {.address = "192.0.2.1", .client = "Kabinet 1"};
    g_autofree char *token = kab_sessions_begin(fixture->db, id, &origin, NULL);
    g_autofree char *second = kab_sessions_begin(fixture->db, id, NULL, NULL);
    g_autofree char *annas = kab_sessions_begin(fixture->db, other, NULL, NULL);
    g_autoptr(GPtrArray) list = kab_sessions_list(fixture->db, id, token, kab_time_now(), NULL);
    g_autoptr(GError) error = NULL;
    guint current = 0;

    g_assert_cmpuint(list->len, ==, 2);
    for (guint i = 0; i < list->len; i++) {
        const KabSession *session = g_ptr_array_index(list, i);

        if (!session->current)
            continue;
        current++;
        g_assert_cmpstr(session->address, ==, "192.0.2.1");
        g_assert_cmpstr(session->client, ==, "Kabinet 1");
        /* A session is not another one's to end. */
        g_assert_false(kab_sessions_end_id(fixture->db, other, session->id, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
        assert_alive(fixture, token, kab_time_now());
        g_assert_true(kab_sessions_end_id(fixture->db, id, session->id, NULL));
    }
    g_assert_cmpuint(current, ==, 1);
    assert_ended(fixture, token, kab_time_now());
    assert_alive(fixture, second, kab_time_now());
    g_assert_true(kab_sessions_end_id(fixture->db, id, NULL, NULL));
    assert_ended(fixture, second, kab_time_now());
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ACCESS_TEST("/sessions/begin-and-end", test_begin_and_end);
    ACCESS_TEST("/sessions/token-is-not-kept", test_token_is_not_kept);
    ACCESS_TEST("/sessions/list", test_list);
    ACCESS_TEST("/sessions/idle", test_idle_for_a_week);
    ACCESS_TEST("/sessions/lifetime", test_a_quarter_of_a_year_at_most);
    ACCESS_TEST("/sessions/new-password", test_new_password_ends_sessions);
    return g_test_run();
}
