/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-smtp.h"

static void
test_judge(void)
{
    static const struct {
        KabSmtpStage stage;
        int reply;
        KabSmtpVerdict verdict;
    } cases[] = {
        {KAB_SMTP_CONNECT, 0, KAB_SMTP_AWAY},        {KAB_SMTP_CONNECT, 421, KAB_SMTP_AWAY},
        {KAB_SMTP_CONNECT, 554, KAB_SMTP_AWAY},      {KAB_SMTP_SECURE, 0, KAB_SMTP_ACCOUNT},
        {KAB_SMTP_SECURE, 250, KAB_SMTP_ACCOUNT},    {KAB_SMTP_SECURE, 454, KAB_SMTP_AWAY},
        {KAB_SMTP_SIGN_IN, 0, KAB_SMTP_AWAY},        {KAB_SMTP_SIGN_IN, 250, KAB_SMTP_ACCOUNT},
        {KAB_SMTP_SIGN_IN, 454, KAB_SMTP_AWAY},      {KAB_SMTP_SIGN_IN, 535, KAB_SMTP_ACCOUNT},
        {KAB_SMTP_SENDER, 0, KAB_SMTP_AGAIN},        {KAB_SMTP_SENDER, 451, KAB_SMTP_AGAIN},
        {KAB_SMTP_SENDER, 530, KAB_SMTP_ACCOUNT},    {KAB_SMTP_SENDER, 550, KAB_SMTP_ACCOUNT},
        {KAB_SMTP_RECIPIENT, 0, KAB_SMTP_AGAIN},     {KAB_SMTP_RECIPIENT, 421, KAB_SMTP_AWAY},
        {KAB_SMTP_RECIPIENT, 450, KAB_SMTP_AGAIN},   {KAB_SMTP_RECIPIENT, 452, KAB_SMTP_AGAIN},
        {KAB_SMTP_RECIPIENT, 530, KAB_SMTP_ACCOUNT}, {KAB_SMTP_RECIPIENT, 550, KAB_SMTP_REFUSED},
        {KAB_SMTP_RECIPIENT, 552, KAB_SMTP_REFUSED}, {KAB_SMTP_CONTENT, 0, KAB_SMTP_AGAIN},
        {KAB_SMTP_CONTENT, 354, KAB_SMTP_AGAIN},     {KAB_SMTP_CONTENT, 451, KAB_SMTP_AGAIN},
        {KAB_SMTP_CONTENT, 554, KAB_SMTP_REFUSED},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        g_assert_cmpint(kab_smtp_judge(cases[i].stage, cases[i].reply), ==, cases[i].verdict);
}

static void
test_account(void)
{
    static const struct {
        KabMailAccount account;
        const char *word; /* of what is wrong; NULL: nothing */
    } cases[] = {
#define ACCOUNT(host, port, security, login, from) \
    {(char *)(host), (port), (security), (char *)(login), NULL, (char *)(from), NULL, NULL}
        {ACCOUNT("mail.example", 587, KAB_MAIL_STARTTLS, "me", "a@b.example"), NULL},
        {ACCOUNT("::1", 465, KAB_MAIL_TLS, NULL, "a@b.example"), NULL},
        {ACCOUNT("127.0.0.1", 25, KAB_MAIL_CLEAR, NULL, "a@b.example"), NULL},
        {ACCOUNT("localhost", 25, KAB_MAIL_CLEAR, "", "a@b.example"), NULL},
        {ACCOUNT("", 25, KAB_MAIL_STARTTLS, NULL, "a@b.example"), "mail.host"},
        {ACCOUNT("mail.example/x", 25, KAB_MAIL_STARTTLS, NULL, "a@b.example"), "mail.host"},
        {ACCOUNT("u@mail.example", 25, KAB_MAIL_STARTTLS, NULL, "a@b.example"), "mail.host"},
        {ACCOUNT("mail.example", 0, KAB_MAIL_STARTTLS, NULL, "a@b.example"), "mail.port"},
        {ACCOUNT("mail.example", 25, KAB_MAIL_CLEAR, NULL, "a@b.example"), "mail.security"},
        {ACCOUNT("127.0.0.1.example", 25, KAB_MAIL_CLEAR, NULL, "a@b.example"), "mail.security"},
        {ACCOUNT("localhost", 25, KAB_MAIL_CLEAR, "me", "a@b.example"), "mail.security"},
        {ACCOUNT("mail.example", 25, KAB_MAIL_TLS, NULL, NULL), "mail.from"},
        {ACCOUNT("mail.example", 25, KAB_MAIL_TLS, NULL, "nobody"), "nobody"},
#undef ACCOUNT
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;

        kab_mail_account_check(&cases[i].account, &error);
        if (cases[i].word == NULL)
            g_assert_no_error(error);
        else
            g_assert_nonnull(g_strrstr(error != NULL ? error->message : "", cases[i].word));
    }
}

static void
test_security(void)
{
    KabMailSecurity security;

    g_assert_true(kab_mail_security_from_nick("tls", &security, NULL));
    g_assert_cmpint(security, ==, KAB_MAIL_TLS);
    g_assert_true(kab_mail_security_from_nick("none", &security, NULL));
    g_assert_cmpint(security, ==, KAB_MAIL_CLEAR);
    g_assert_false(kab_mail_security_from_nick("ssl", &security, NULL));
    g_assert_false(kab_mail_security_from_nick(NULL, &security, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/smtp/judge", test_judge);
    g_test_add_func("/smtp/account", test_account);
    g_test_add_func("/smtp/security", test_security);
    return g_test_run();
}
