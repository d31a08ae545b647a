/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "access-fixture.h"
#include "kab-codes.h"
#include "kab-error.h"
#include "kab-invitation.h"
#include "kab-users.h"
#include "test-folder.h"

#include <string.h>

#define HOUR G_GINT64_CONSTANT(3600000)
#define NOW G_GINT64_CONSTANT(1764000000000)

static char *
create(AccessFixture *fixture, KabUserId id, KabCodePurpose purpose)
{
    g_autoptr(GError) error = NULL;
    char *code = kab_codes_create(fixture->db, id, purpose, NOW, &error);

    g_assert_no_error(error);
    return code;
}

static void
assert_unknown(AccessFixture *fixture, const char *typed)
{
    g_autoptr(GError) error = NULL;
    KabCode code;

    g_assert_false(kab_codes_find(fixture->db, typed, NOW, &code, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
}

static void
test_used_once(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, NULL);
    g_autofree char *first = create(fixture, id, KAB_CODE_INVITATION);
    g_autofree char *second = create(fixture, id, KAB_CODE_INVITATION);
    KabCode code;

    g_assert_cmpstr(first, !=, second);
    /* Looking at it does not use it up. */
    g_assert_true(kab_codes_find(fixture->db, first, NOW, &code, NULL));
    g_assert_true(kab_codes_find(fixture->db, first, NOW, &code, NULL));
    g_assert_cmpstr(code.user_id.text, ==, id.text);
    g_assert_cmpint(code.purpose, ==, KAB_CODE_INVITATION);
    g_assert_true(kab_codes_use(fixture->db, first, NOW, &code, NULL));
    assert_unknown(fixture, first);
    assert_unknown(fixture, second);
}

static void
test_expires(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        KabCodePurpose purpose;
        gint64 hours;
    } rows[] = {{KAB_CODE_INVITATION, 72}, {KAB_CODE_RESET, 1}};
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *typed = create(fixture, id, rows[i].purpose);
        KabTime end = NOW + rows[i].hours * HOUR;
        g_autoptr(GError) error = NULL;
        KabCode code;

        g_assert_true(kab_codes_find(fixture->db, typed, end - 1, &code, NULL));
        g_assert_false(code.expired);
        g_assert_false(kab_codes_use(fixture->db, typed, end, &code, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
        /* Whoever has it can still ask for another. */
        g_assert_true(kab_codes_find(fixture->db, typed, end, &code, NULL));
        g_assert_true(code.expired);
        g_assert_true(kab_codes_use(fixture->db, typed, end - 1, &code, NULL));
    }
}

static void
test_as_people_type_it(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabUserId id = access_fixture_add(fixture, "ivan", KAB_ROLE_HEAD, NULL);
    g_autofree char *typed = create(fixture, id, KAB_CODE_RESET);
    g_autofree char *lower = g_ascii_strdown(typed, -1);
    g_auto(GStrv) groups = g_strsplit(typed, "-", -1);
    g_autofree char *joined = g_strjoinv("", groups);
    g_autofree char *spaced = g_strjoinv(" ", groups);
    const char *const good[] = {typed, lower, joined, spaced};
    const char *const bad[] = {"", "nonsense", "00000-00000-00000-00000-00000-0", "ааааа"};
    g_autofree char *longer = g_strconcat(typed, "0", NULL);
    KabCode code;

    g_assert_cmpuint(strlen(joined), ==, KAB_CODE_LENGTH);
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(kab_codes_find(fixture->db, good[i], NOW, &code, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++)
        assert_unknown(fixture, bad[i]);
    assert_unknown(fixture, longer);
    /* Nothing that would open the door lies in the database. */
    g_assert_false(test_folder_holds(fixture->folder, typed));
    g_assert_false(test_folder_holds(fixture->folder, joined));
}

static void
test_of_users_who_are_not_active(AccessFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = access_fixture_user("ivan", KAB_ROLE_HEAD);
    g_autofree char *typed = NULL;
    g_autofree char *later = NULL;

    access_fixture_put(fixture, user);
    typed = create(fixture, user->id, KAB_CODE_INVITATION);
    user->active = FALSE;
    access_fixture_put(fixture, user);
    assert_unknown(fixture, typed);
    user->active = TRUE;
    access_fixture_put(fixture, user);
    assert_unknown(fixture, typed);
    later = create(fixture, user->id, KAB_CODE_INVITATION);
    g_assert_true(kab_users_set_password(fixture->db, user->id, "four words of ivan", NULL));
    assert_unknown(fixture, later);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ACCESS_TEST("/codes/used-once", test_used_once);
    ACCESS_TEST("/codes/expires", test_expires);
    ACCESS_TEST("/codes/as-people-type-it", test_as_people_type_it);
    ACCESS_TEST("/codes/not-active", test_of_users_who_are_not_active);
    return g_test_run();
}
