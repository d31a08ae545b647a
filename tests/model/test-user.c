/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-user.h"

/* The rights written down a second time: none, browse, order, tasks, client orders, administer the
 * exchange, users, news, messages. */
static const char *const rights[KAB_N_ROLES] = {
    [KAB_ROLE_ADMINISTRATOR] = "+--+++++-", [KAB_ROLE_MANAGER] = "+--++----",
    [KAB_ROLE_HEAD] = "++++-----",          [KAB_ROLE_BUYER] = "+++------",
    [KAB_ROLE_VIEWER] = "++-------",        [KAB_ROLE_EXCHANGE] = "+-------+",
};

static void
test_rights(void)
{
    for (int role = 0; role < KAB_N_ROLES; role++)
        for (int right = KAB_RIGHT_NONE; right <= KAB_RIGHT_MESSAGES; right++)
            g_assert_cmpint(kab_role_may((KabRole)role, (KabRight)right), ==,
                            rights[role][right] == '+');
}

static void
test_names(void)
{
    g_autoptr(GError) error = NULL;
    KabRole role;

    for (int i = 0; i < KAB_N_ROLES; i++) {
        g_assert_true(kab_role_from_nick(kab_role_to_nick((KabRole)i), &role, NULL));
        g_assert_cmpint(role, ==, i);
        g_assert_cmpstr(kab_role_to_title((KabRole)i), !=, "");
    }
    g_assert_false(kab_role_from_nick("root", &role, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_assert_false(kab_role_from_nick(NULL, &role, NULL));
}

static void
test_free(void)
{
    g_autoptr(KabUser) user = g_new0(KabUser, 1);

    user->login = g_strdup("beregova");
    user->name = g_strdup("Берегова Нина Саввишна");
    kab_user_free(NULL);
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/user/rights", test_rights);
    g_test_add_func("/user/names", test_names);
    g_test_add_func("/user/free", test_free);
    return g_test_run();
}
