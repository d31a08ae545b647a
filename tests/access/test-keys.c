/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"
#include "kab-error.h"
#include "kab-keys.h"
#include "kab-sessions.h"
#include "test-folder.h"

typedef struct {
    AccessFixture access;
    char *client_id;
    char *client_secret;
} Fixture;

static void
set_up(Fixture *fixture, gconstpointer data)
{
    g_autoptr(GError) error = NULL;
    KabUserId id;

    access_fixture_set_up(&fixture->access, data);
    id = access_fixture_add(&fixture->access, "EX", KAB_ROLE_EXCHANGE, NULL);
    kab_keys_create(fixture->access.db, id, &fixture->client_id, &fixture->client_secret, &error);
    g_assert_no_error(error);
}

static void
tear_down(Fixture *fixture, gconstpointer data)
{
    g_free(fixture->client_id);
    g_free(fixture->client_secret);
    access_fixture_tear_down(&fixture->access, data);
}

static char *
grant(Fixture *fixture, const char *secret, KabTime now, GError **error)
{
    return kab_keys_grant(fixture->access.db, fixture->client_id, secret, now, error);
}

static void
assert_refused(Fixture *fixture, const char *token, KabTime now)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(kab_keys_check(fixture->access.db, token, now, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
}

static void
test_grant(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *token = grant(fixture, fixture->client_secret, kab_time_now(), &error);
    g_autoptr(KabUser) user = NULL;
    g_autoptr(GPtrArray) keys = NULL;
    const KabKey *key;

    g_assert_no_error(error);
    user = kab_keys_check(fixture->access.db, token, kab_time_now(), &error);
    g_assert_cmpstr(user->login, ==, "EX");
    g_assert_cmpint(user->role, ==, KAB_ROLE_EXCHANGE);
    keys = kab_keys_list(fixture->access.db, &error);
    g_assert_cmpuint(keys->len, ==, 1);
    key = g_ptr_array_index(keys, 0);
    g_assert_cmpstr(key->client_id, ==, fixture->client_id);
    g_assert_cmpint(key->used_at, >, 0);
    g_assert_cmpint(key->revoked_at, ==, 0);
    g_assert_false(test_folder_holds(fixture->access.folder, token));
    g_assert_false(test_folder_holds(fixture->access.folder, fixture->client_secret));
}

static void
test_wrong_secret(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) wrong_secret = NULL;
    g_autoptr(GError) wrong_id = NULL;

    g_assert_null(grant(fixture, "nonsense", kab_time_now(), &wrong_secret));
    g_assert_error(wrong_secret, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
    g_assert_null(kab_keys_grant(fixture->access.db, "nobody", fixture->client_secret,
                                 kab_time_now(), &wrong_id));
    g_assert_error(wrong_id, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
    g_assert_cmpstr(wrong_secret->message, ==, wrong_id->message);
}

static void
test_token_ends(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabTime now = 1000000000000;
    KabTime end = now + KAB_TOKEN_LIFETIME * 1000;
    g_autofree char *token = grant(fixture, fixture->client_secret, now, NULL);
    g_autoptr(KabUser) user = kab_keys_check(fixture->access.db, token, end, NULL);
    g_autofree char *next = NULL;

    g_assert_nonnull(user);
    assert_refused(fixture, token, end + 1);
    next = grant(fixture, fixture->client_secret, end + 1, NULL);
    assert_refused(fixture, token, now);
}

static void
test_revoked_at_once(Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *token = grant(fixture, fixture->client_secret, kab_time_now(), NULL);
    g_autoptr(GError) error = NULL;

    g_assert_true(kab_keys_revoke(fixture->access.db, fixture->client_id, &error));
    assert_refused(fixture, token, kab_time_now());
    g_assert_null(grant(fixture, fixture->client_secret, kab_time_now(), &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
    g_clear_error(&error);
    g_assert_false(kab_keys_revoke(fixture->access.db, fixture->client_id, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
}

#define ADD(name, function) g_test_add("/keys/" name, Fixture, NULL, set_up, function, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("grant", test_grant);
    ADD("wrong-secret", test_wrong_secret);
    ADD("token-ends", test_token_ends);
    ADD("revoked", test_revoked_at_once);
    return g_test_run();
}
