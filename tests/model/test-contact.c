/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-contact.h"
#include "kab-error.h"

#include <string.h>

static void
test_phone(void)
{
    static const char *const good[][2] = {
        {"+7 912 345-67-89", "+79123456789"}, {"8 (912) 345-67-89", "+79123456789"},
        {"89123456789", "+79123456789"},      {"79123456789", "+79123456789"},
        {"+49 30 1234567", "+49301234567"},   {"0049 30 1234567", "+49301234567"},
        {" +1.202.555.0100 ", "+12025550100"}};
    static const char *const bad[] = {"",
                                      "+",
                                      "345-67-89",
                                      "+7 912 345 доб. 12",
                                      "+012345678",
                                      "+1234567",
                                      "+1234567890123456",
                                      "звоните",
                                      "+7912345678x",
                                      "++79123456789",
                                      "9123456789"};

    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_autofree char *phone = kab_contact_normalise_phone(good[i][0], NULL);

        g_assert_cmpstr(phone, ==, good[i][1]);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(kab_contact_normalise_phone(bad[i], &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

static void
test_email(void)
{
    static const char *const good[] = {"ivan@partner.example", "i.van+order@sub.partner.example",
                                       "иван@партнёр.example", "a@b", "o'neil@partner.example"};
    static const char *const bad[] = {"",
                                      "ivan",
                                      "@partner.example",
                                      "ivan@",
                                      "ivan@@partner.example",
                                      "ivan petrov@partner.example",
                                      "ivan@partner.example\r\nBcc: x@y",
                                      "Ivan <ivan@partner.example>",
                                      "ivan@partner..example",
                                      "ivan@-partner.example",
                                      "ivan@partner.example,anna@partner.example",
                                      "\xff@partner.example"};
    g_autofree char *longest = g_strnfill(65, 'a');
    g_autofree char *local = g_strconcat(longest, "@b", NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(kab_contact_check_email(good[i], NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(kab_contact_check_email(bad[i], &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
        g_assert_true(g_utf8_validate(error->message, -1, NULL));
    }
    g_assert_false(kab_contact_check_email(local, NULL));
    g_assert_false(kab_contact_check_email(NULL, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/contact/phone", test_phone);
    g_test_add_func("/contact/email", test_email);
    return g_test_run();
}
