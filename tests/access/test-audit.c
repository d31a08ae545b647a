/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"
#include "kab-audit.h"
#include "kab-error.h"

#include <string.h>

#define N 20
#define UNLOCK "DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_deleted;"

static void
add(AccessFixture *fixture, const char *who, const char *action, const char *object)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTransaction) transaction = kab_db_begin(fixture->db, &error);
    const KabActor actor = {who, "192.0.2.1"};

    kab_audit_add(fixture->db, fixture->seal, &actor, action, object, "detail", &error);
    kab_transaction_commit(transaction, &error);
    g_assert_no_error(error);
}

static void
fill(AccessFixture *fixture)
{
    for (int i = 0; i < N; i++)
        add(fixture, i % 2 == 0 ? "ivan" : "anna", i % 3 == 0 ? "sign-in" : "setting", "x");
}

static void
test_pages(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) first = NULL;
    g_autoptr(GPtrArray) rest = NULL;
    g_autoptr(GPtrArray) none = NULL;
    g_autofree char *next = NULL;
    g_autofree char *end = NULL;
    g_autoptr(GError) error = NULL;

    fill(fixture);
    first = kab_audit_list(fixture->db, "ivan", "sign-in", NULL, 3, &next, NULL);
    g_assert_cmpuint(first->len, ==, 3);
    g_assert_cmpint(((KabAuditEntry *)g_ptr_array_index(first, 0))->id, ==, 19);
    rest = kab_audit_list(fixture->db, "ivan", "sign-in", next, 3, &end, NULL);
    g_assert_cmpuint(rest->len, ==, 1);
    g_assert_null(end);
    g_assert_cmpint(((KabAuditEntry *)g_ptr_array_index(rest, 0))->id, ==, 1);
    none = kab_audit_list(fixture->db, NULL, NULL, "nonsense", 3, &end, &error);
    g_assert_null(none);
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

static gboolean
was_told(AccessFixture *fixture, const char *who, const char *object, KabTime since)
{
    const KabActor actor = {who, "192.0.2.1"};
    g_autoptr(GError) error = NULL;
    gboolean told;

    g_assert_true(
        kab_audit_was_told(fixture->db, &actor, "sign-in", object, "detail", since, &told, &error));
    g_assert_no_error(error);
    return told;
}

/* What says just the same of late need not be told once more. */
static void
test_told(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabTime before = kab_time_now() - 1000;

    g_assert_false(was_told(fixture, "EX", "a-key", before));
    add(fixture, "EX", "sign-in", "a-key");
    g_assert_true(was_told(fixture, "EX", "a-key", before));
    g_assert_false(was_told(fixture, "EX", "another", before));
    g_assert_false(was_told(fixture, "anna", "a-key", before));
    g_assert_false(was_told(fixture, "EX", "a-key", kab_time_now() + 1000));
}

static void
test_cannot_be_changed(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    fill(fixture);
    g_assert_false(kab_db_script(fixture->db, "UPDATE audit SET who = 'anna'", NULL));
    g_assert_false(kab_db_script(fixture->db, "DELETE FROM audit WHERE id = 20", NULL));
}

static gboolean
verify_audit(KabDb *db, KabSeal *seal, gint64 *count, GError **error)
{
    g_autofree char *last = NULL;

    return kab_audit_verify(db, seal, NULL, count, &last, error);
}

/* What somebody could do who has the database's file, but not the key. */
static void
test_verify(AccessFixture *fixture, gconstpointer data)
{
    const char *script = data;
    g_autoptr(GError) error = NULL;
    gint64 count;

    g_assert_true(kab_audit_begin(fixture->db, fixture->seal, NULL));
    g_assert_true(kab_audit_begin(fixture->db, fixture->seal, NULL));
    g_assert_true(verify_audit(fixture->db, fixture->seal, &count, NULL));
    g_assert_cmpint(count, ==, 1);
    fill(fixture);
    g_assert_true(verify_audit(fixture->db, fixture->seal, &count, NULL));
    g_assert_cmpint(count, ==, N + 1);
    kab_db_script(fixture->db, UNLOCK, &error);
    g_assert_no_error(error);
    kab_db_script(fixture->db, script, &error);
    g_assert_no_error(error);
    g_assert_false(verify_audit(fixture->db, fixture->seal, &count, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_CORRUPT);
    g_test_message("%s", error->message);
}

/* Whoever takes everything away can begin anew: only what is kept elsewhere shows that. */
static void
test_another_log(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *known = NULL;
    g_autofree char *later = NULL;
    g_autofree char *none = NULL;
    g_autoptr(GError) error = NULL;
    gint64 count;

    g_assert_true(kab_audit_begin(fixture->db, fixture->seal, NULL));
    g_assert_true(kab_audit_verify(fixture->db, fixture->seal, NULL, &count, &known, NULL));
    fill(fixture);
    g_assert_true(kab_audit_verify(fixture->db, fixture->seal, known, &count, &later, NULL));
    g_assert_cmpstr(known, !=, later);
    kab_db_script(fixture->db, UNLOCK "DELETE FROM audit; DELETE FROM audit_head", &error);
    g_assert_no_error(error);
    g_assert_true(kab_audit_begin(fixture->db, fixture->seal, NULL));
    g_clear_pointer(&later, g_free);
    g_assert_true(kab_audit_verify(fixture->db, fixture->seal, NULL, &count, &later, NULL));
    g_assert_false(kab_audit_verify(fixture->db, fixture->seal, known, &count, &none, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_CORRUPT);
}

static void
add_verify(const char *name, const char *script)
{
    g_autofree char *path = g_strconcat("/audit/verify/", name, NULL);

    g_test_add(path, AccessFixture, script, access_fixture_set_up, test_verify,
               access_fixture_tear_down);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ACCESS_TEST("/audit/pages", test_pages);
    ACCESS_TEST("/audit/told", test_told);
    ACCESS_TEST("/audit/another-log", test_another_log);
    ACCESS_TEST("/audit/cannot-be-changed", test_cannot_be_changed);
    add_verify("changed", "UPDATE audit SET who = 'anna' WHERE id = 1");
    add_verify("moved", "UPDATE audit SET detail = 'deta', object = 'xil' WHERE id = 7");
    add_verify("middle-gone", "DELETE FROM audit WHERE id = 9");
    add_verify("first-gone", "DELETE FROM audit WHERE id = 1");
    add_verify("end-gone", "DELETE FROM audit WHERE id > 15");
    add_verify("end-and-head-gone",
               "DELETE FROM audit WHERE id > 15; UPDATE audit_head SET id = 15,"
               " hash = (SELECT hash FROM audit WHERE id = 15)");
    add_verify("all-gone", "DELETE FROM audit");
    add_verify("all-and-head-gone", "DELETE FROM audit; DELETE FROM audit_head");
    add_verify("added", "INSERT INTO audit SELECT 22, at, who, address, action, object, detail,"
                        " hash FROM audit WHERE id = 21");
    add_verify("copied", "UPDATE audit SET hash = (SELECT hash FROM audit WHERE id = 3),"
                         " who = (SELECT who FROM audit WHERE id = 3) WHERE id = 5");
    return g_test_run();
}
