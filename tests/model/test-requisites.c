/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-requisites.h"

typedef gboolean (*Check)(const char *text, GError **error);

static void
assert_each(Check check, const char *const *texts, gboolean expected)
{
    for (; *texts != NULL; texts++) {
        g_autoptr(GError) error = NULL;

        if (check(*texts, &error) != expected)
            g_error("“%s” was %s", *texts, expected ? "refused" : "taken");
        if (!expected)
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

static void
test_inn(void)
{
    static const char *const good[] = {"1234567894", "123456789047", "7707083893", "7736207543",
                                       NULL};
    static const char *const bad[] = {
        "",           "1234567895",           "123456789037",  "123456789048",
        "123456789",  "12345678901",          "1234567890473", "123456789a",
        "6200098765", "１２３４５６７８９４", " 7707083893",   NULL};

    assert_each(kab_requisites_check_inn, good, TRUE);
    assert_each(kab_requisites_check_inn, bad, FALSE);
}

static void
test_kpp(void)
{
    static const char *const good[] = {"773601001", "7736AB001", "99970Z123", NULL};
    static const char *const bad[] = {"",          "77360100",  "7736010010", "7736ab001",
                                      "A73601001", "77360100A", "7736Ж01",    NULL};

    assert_each(kab_requisites_check_kpp, good, TRUE);
    assert_each(kab_requisites_check_kpp, bad, FALSE);
}

static void
test_bic(void)
{
    static const char *const good[] = {"044525225", "049805746", "010702101", "144525000", NULL};
    static const char *const bad[] = {"", "04452522", "0445252255", "244525225", "04452522a", NULL};

    assert_each(kab_requisites_check_bic, good, TRUE);
    assert_each(kab_requisites_check_bic, bad, FALSE);
}

static void
test_account(void)
{
    static const struct {
        const char *account;
        const char *bic;
        KabAccountCheck result;
    } vectors[] = {
        /* the example of the Bank of Russia's order No. 515 of 1997-09-08 */
        {"40602810700000000025", "049805746", KAB_ACCOUNT_VALID},
        {"30101810800000000746", "049805000", KAB_ACCOUNT_VALID},
        {"30101810800000000746", "049805746", KAB_ACCOUNT_VALID},
        {"40702810138250123017", "044525225", KAB_ACCOUNT_VALID},
        {"30101810400000000225", "044525225", KAB_ACCOUNT_VALID},
        /* one digit wrong; two exchanged; another bank */
        {"40602810700000000026", "049805746", KAB_ACCOUNT_INVALID},
        {"40702810138250120317", "044525225", KAB_ACCOUNT_INVALID},
        {"40702810138250123017", "044525226", KAB_ACCOUNT_INVALID},
        /* the treasury: its own accounts, and the single account that stands for the corr. one */
        {"03211643000000010200", "010702101", KAB_ACCOUNT_UNVERIFIABLE},
        {"03234643010000000200", "010702101", KAB_ACCOUNT_UNVERIFIABLE},
        {"40102810345370000013", "010702101", KAB_ACCOUNT_VALID},
        {"40102810345370000014", "010702101", KAB_ACCOUNT_INVALID},
        /* form */
        {"", "044525225", KAB_ACCOUNT_INVALID},
        {"4070281013825012301", "044525225", KAB_ACCOUNT_INVALID},
        {"407028101382501230170", "044525225", KAB_ACCOUNT_INVALID},
        {"40702810138250123017", "", KAB_ACCOUNT_INVALID},
        {"40702810138250123017", "04452522", KAB_ACCOUNT_INVALID},
        {"0321164300000001020", "010702101", KAB_ACCOUNT_INVALID},
        {"4070281013825012301A", "044525225", KAB_ACCOUNT_INVALID},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(vectors); i++) {
        g_autoptr(GError) error = NULL;
        KabAccountCheck result =
            kab_requisites_check_account(vectors[i].account, vectors[i].bic, &error);

        if (result != vectors[i].result)
            g_error("%s at %s: %d", vectors[i].account, vectors[i].bic, (int)result);
        if (result == KAB_ACCOUNT_INVALID)
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
        else
            g_assert_no_error(error);
    }
}

/* A letter in the sixth place counts as the digit of its rank in ABCEHKMPTX. */
static void
test_account_letters(void)
{
    const char *letters = "ABCEHKMPTX";
    char with_digit[] = "40702?10000000000005";
    char with_letter[] = "40702?10000000000005";

    for (int i = 0; i < 10; i++) {
        /* the key stands in the ninth place */
        for (char key = '0'; key <= '9'; key++) {
            with_digit[5] = (char)('0' + i);
            with_letter[5] = letters[i];
            with_digit[8] = with_letter[8] = key;
            g_assert_cmpint(kab_requisites_check_account(with_digit, "044525225", NULL), ==,
                            kab_requisites_check_account(with_letter, "044525225", NULL));
        }
    }
    g_assert_cmpint(kab_requisites_check_account("4070281013825012B017", "044525225", NULL), ==,
                    KAB_ACCOUNT_INVALID);
    g_assert_cmpint(kab_requisites_check_account("40702D10138250123017", "044525225", NULL), ==,
                    KAB_ACCOUNT_INVALID);
}

/* Of ten keys exactly one is right, at a bank and at a settlement centre. */
static void
test_account_keys(void)
{
    static const char *const bics[] = {"044525225", "044525000", "044525001", "044525002",
                                       "044525003"};
    char account[] = "40702810000000000005";

    for (gsize i = 0; i < G_N_ELEMENTS(bics); i++) {
        int right = 0;

        for (account[8] = '0'; account[8] <= '9'; account[8]++)
            if (kab_requisites_check_account(account, bics[i], NULL) == KAB_ACCOUNT_VALID)
                right++;
        g_assert_cmpint(right, ==, 1);
    }
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/requisites/inn", test_inn);
    g_test_add_func("/requisites/kpp", test_kpp);
    g_test_add_func("/requisites/bic", test_bic);
    g_test_add_func("/requisites/account", test_account);
    g_test_add_func("/requisites/account-letters", test_account_letters);
    g_test_add_func("/requisites/account-keys", test_account_keys);
    return g_test_run();
}
