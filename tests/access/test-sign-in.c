/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"
#include "kab-audit.h"
#include "kab-error.h"
#include "kab-sign-in.h"
#include "kab-users.h"

#include <string.h>

#define PASSWORD "four words of ivan"
#define HOME "192.0.2.1"
#define AWAY "198.51.100.7"

/* The error's code, or -1 if it went well. */
static int
try_it(AccessFixture *fixture, KabAccess *access, const char *name, const char *password,
       const char *address, guint *wait)
{
    const KabSessionOrigin origin = {.address = address, .client = "a test"};
    g_autofree char *token = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user =
        kab_sign_in(access, fixture->db, name, password, &origin, &token, wait, &error);

    g_assert_true((user == NULL) == (error != NULL));
    if (error == NULL)
        return -1;
    g_assert_true(error->domain == KAB_ERROR);
    return error->code;
}

static void
fail(AccessFixture *fixture, KabAccess *access, const char *name, const char *address, int times)
{
    for (int i = 0; i < times; i++) {
        guint wait;

        g_assert_cmpint(try_it(fixture, access, name, "wrong", address, &wait), ==,
                        KAB_ERROR_UNAUTHORIZED);
    }
}

static void
test_delays(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabAccess) access = kab_access_new(fixture->seal);
    guint wait;

    access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, PASSWORD);
    fail(fixture, access, "ivan", AWAY, 5);
    /* The right password does not get past it: otherwise it could be found out. */
    g_assert_cmpint(try_it(fixture, access, "ivan", PASSWORD, AWAY, &wait), ==, KAB_ERROR_BUSY);
    g_assert_cmpuint(wait, ==, 1);
    g_assert_cmpint(try_it(fixture, access, "IVAN", PASSWORD, AWAY, &wait), ==, KAB_ERROR_BUSY);
    /* A login that is not there is no different. */
    fail(fixture, access, "nobody", AWAY, 5);
    g_assert_cmpint(try_it(fixture, access, "nobody", "wrong", AWAY, &wait), ==, KAB_ERROR_BUSY);
}

/* Strangers cannot lock somebody out of the own account at the own desk. */
static void
test_no_lock_out(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabAccess) access = kab_access_new(fixture->seal);
    guint wait;

    access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, PASSWORD);
    g_assert_cmpint(try_it(fixture, access, "ivan", PASSWORD, HOME, &wait), ==, -1);
    fail(fixture, access, "ivan", AWAY, 5);
    g_assert_cmpint(try_it(fixture, access, "ivan", PASSWORD, AWAY, &wait), ==, KAB_ERROR_BUSY);
    g_assert_cmpint(try_it(fixture, access, "ivan", PASSWORD, HOME, &wait), ==, -1);
    /* But who fails at home waits too. */
    fail(fixture, access, "ivan", HOME, 5);
    g_assert_cmpint(try_it(fixture, access, "ivan", PASSWORD, HOME, &wait), ==, KAB_ERROR_BUSY);
}

static void
test_one_address_many_names(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabAccess) access = kab_access_new(fixture->seal);
    guint wait;

    for (int i = 0; i < 30; i++) {
        g_autofree char *name = g_strdup_printf("guess-%d", i);

        fail(fixture, access, name, AWAY, 1);
    }
    g_assert_cmpint(try_it(fixture, access, "another", "wrong", AWAY, &wait), ==, KAB_ERROR_BUSY);
    g_assert_cmpint(try_it(fixture, access, "another", "wrong", HOME, &wait), ==,
                    KAB_ERROR_UNAUTHORIZED);
}

static gboolean
verify_audit(KabDb *db, KabSeal *seal, gint64 *count, GError **error)
{
    g_autofree char *last = NULL;

    return kab_audit_verify(db, seal, NULL, count, &last, error);
}

/* What was typed as a login may be a password: it is not written down. */
static void
test_audit(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabAccess) access = kab_access_new(fixture->seal);
    g_autoptr(GPtrArray) entries = NULL;
    g_autofree char *next = NULL;
    gint64 count;
    guint wait;

    access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, PASSWORD);
    fail(fixture, access, "my secret password", AWAY, 1);
    fail(fixture, access, "ivan", AWAY, 1);
    g_assert_cmpint(try_it(fixture, access, "ivan", PASSWORD, HOME, &wait), ==, -1);
    entries = kab_audit_list(fixture->db, NULL, NULL, NULL, 10, &next, NULL);
    g_assert_cmpuint(entries->len, ==, 3);
    for (guint i = 0; i < entries->len; i++) {
        static const char *const who[] = {"ivan", "ivan", ""};
        static const char *const address[] = {HOME, AWAY, AWAY};
        static const char *const action[] = {"sign-in", "refused", "refused"};
        const KabAuditEntry *entry = g_ptr_array_index(entries, i);

        g_assert_cmpstr(entry->who, ==, who[i]);
        g_assert_cmpstr(entry->address, ==, address[i]);
        g_assert_cmpstr(entry->action, ==, action[i]);
        g_assert_null(strstr(entry->detail, "secret"));
    }
    g_assert_true(verify_audit(fixture->db, fixture->seal, &count, NULL));
}

/* From another address of the same network, and by another name of the same person. */
static void
test_networks_and_names(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabAccess) access = kab_access_new(fixture->seal);
    g_autoptr(KabUser) user = access_fixture_user("anna", KAB_ROLE_HEAD);
    guint wait;

    user->phone = g_strdup("+7 912 345-67-89");
    access_fixture_put(fixture, user);
    for (int i = 0; i < 5; i++) {
        g_autofree char *address = g_strdup_printf("2001:db8:1:2::%x", i);

        fail(fixture, access, "nobody", address, 1);
    }
    g_assert_cmpint(try_it(fixture, access, "nobody", "wrong", "2001:db8:1:2:9::9", &wait), ==,
                    KAB_ERROR_BUSY);
    /* Whether a telephone is somebody's cannot be learned from how tries add up. */
    fail(fixture, access, "+7 (912) 345-67-89", AWAY, 5);
    g_assert_cmpint(try_it(fixture, access, "+79123456789", "wrong", AWAY, &wait), ==,
                    KAB_ERROR_BUSY);
    fail(fixture, access, "+7 (912) 345-67-80", AWAY, 5);
    g_assert_cmpint(try_it(fixture, access, "+79123456780", "wrong", AWAY, &wait), ==,
                    KAB_ERROR_BUSY);
    fail(fixture, access, "anna", AWAY, 1);
}

/* A password that is changed while it is verified lets nobody in any more. */
static void
test_changed_meanwhile(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, PASSWORD);
    g_autofree char *verified = NULL;
    g_autoptr(KabUser) user =
        kab_users_verify_password(fixture->db, "ivan", PASSWORD, &verified, NULL);
    g_autoptr(GError) error = NULL;

    g_assert_nonnull(user);
    g_assert_true(kab_users_is_current(fixture->db, id, verified, NULL));
    g_assert_true(kab_users_set_password(fixture->db, id, "other words of ivan", NULL));
    g_assert_false(kab_users_is_current(fixture->db, id, verified, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ACCESS_TEST("/sign-in/delays", test_delays);
    ACCESS_TEST("/sign-in/no-lock-out", test_no_lock_out);
    ACCESS_TEST("/sign-in/one-address", test_one_address_many_names);
    ACCESS_TEST("/sign-in/networks-and-names", test_networks_and_names);
    ACCESS_TEST("/sign-in/changed-meanwhile", test_changed_meanwhile);
    ACCESS_TEST("/sign-in/audit", test_audit);
    return g_test_run();
}
