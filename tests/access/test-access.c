/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"
#include "kab-error.h"
#include "kab-keys.h"
#include "kab-sessions.h"
#include "kab-users.h"

#include <string.h>

#define PASSWORD "password of EX"

static char *
make_basic(const char *login, const char *password)
{
    g_autofree char *text = g_strconcat(login, ":", password, NULL);
    g_autofree char *encoded = g_base64_encode((const guchar *)text, strlen(text));

    return g_strconcat("Basic ", encoded, NULL);
}

static gboolean
may_come_in(AccessFixture *fixture, KabAccess *access, const char *authorization)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_access_check(access, fixture->db, authorization, "test", &error);

    if (user == NULL)
        g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
    return user != NULL;
}

static void
test_basic_is_for_exchange(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabAccess) access = kab_access_new(fixture->seal);
    g_autofree char *right = make_basic("EX", PASSWORD);
    g_autofree char *lower = make_basic("ex", PASSWORD);
    g_autofree char *wrong = make_basic("EX", "wrong");
    g_autofree char *nobody = make_basic("nobody", PASSWORD);
    g_autofree char *admin = make_basic("admin", PASSWORD);

    access_fixture_add(fixture, "EX", KAB_ROLE_EXCHANGE, PASSWORD);
    access_fixture_add(fixture, "admin", KAB_ROLE_ADMINISTRATOR, PASSWORD);
    for (int i = 0; i < 2; i++) {
        g_assert_true(may_come_in(fixture, access, right));
        g_assert_true(may_come_in(fixture, access, lower));
        g_assert_false(may_come_in(fixture, access, wrong));
        g_assert_false(may_come_in(fixture, access, nobody));
        g_assert_false(may_come_in(fixture, access, admin));
    }
}

static void
test_nonsense_is_refused(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabAccess) access = kab_access_new(fixture->seal);
    const char *const headers[] = {
        NULL,         "",           "Basic",          "Basic ", "Basic !!!",
        "Basic RVg=", "Basic RVg6", "Basic /w==",     "Bearer", "Bearer ",
        "Bearer abc", "Digest x",   "Basic RVg6AGE=",
    };

    access_fixture_add(fixture, "EX", KAB_ROLE_EXCHANGE, PASSWORD);
    for (gsize i = 0; i < G_N_ELEMENTS(headers); i++) {
        g_autofree char *header = g_strdup(headers[i]);

        g_assert_false(may_come_in(fixture, access, header));
    }
}

/* A password is not hashed again for some minutes, but what is remembered is worth nothing as soon
 * as the user may not come in any more. */
static void
test_remembered_check_ends(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabAccess) access = kab_access_new(fixture->seal);
    g_autofree char *before = make_basic("EX", PASSWORD);
    g_autofree char *after = make_basic("EX", "another password");
    g_autoptr(KabUser) user = access_fixture_user("EX", KAB_ROLE_EXCHANGE);

    access_fixture_put(fixture, user);
    g_assert_true(kab_users_set_password(fixture->db, user->id, PASSWORD, NULL));
    g_assert_true(may_come_in(fixture, access, before));
    g_assert_true(may_come_in(fixture, access, before));
    g_assert_true(kab_users_set_password(fixture->db, user->id, "another password", NULL));
    g_assert_false(may_come_in(fixture, access, before));
    g_assert_true(may_come_in(fixture, access, after));

    user->active = FALSE;
    access_fixture_put(fixture, user);
    g_assert_false(may_come_in(fixture, access, after));
    user->active = TRUE;
    user->role = KAB_ROLE_VIEWER;
    access_fixture_put(fixture, user);
    g_assert_false(may_come_in(fixture, access, after));
}

static void
test_bearer(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabAccess) access = kab_access_new(fixture->seal);
    KabUserId id = access_fixture_add(fixture, "EX", KAB_ROLE_EXCHANGE, NULL);
    g_autofree char *session = kab_sessions_begin(fixture->db, id, NULL, NULL);
    g_autofree char *session_header = g_strconcat("bearer ", session, NULL);
    g_autofree char *client_id = NULL;
    g_autofree char *client_secret = NULL;
    g_autofree char *token = NULL;
    g_autofree char *token_header = NULL;

    g_assert_true(kab_keys_create(fixture->db, id, &client_id, &client_secret, NULL));
    token = kab_keys_grant(fixture->db, client_id, client_secret, kab_time_now(), NULL);
    token_header = g_strconcat("Bearer ", token, NULL);
    g_assert_true(may_come_in(fixture, access, session_header));
    g_assert_true(may_come_in(fixture, access, token_header));
    g_assert_true(kab_sessions_end(fixture->db, session, NULL));
    g_assert_true(kab_keys_revoke(fixture->db, client_id, NULL));
    g_assert_false(may_come_in(fixture, access, session_header));
    g_assert_false(may_come_in(fixture, access, token_header));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ACCESS_TEST("/access/basic", test_basic_is_for_exchange);
    ACCESS_TEST("/access/nonsense", test_nonsense_is_refused);
    ACCESS_TEST("/access/remembered", test_remembered_check_ends);
    ACCESS_TEST("/access/bearer", test_bearer);
    return g_test_run();
}
