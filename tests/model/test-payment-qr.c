/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-payment-qr.h"

#include <string.h>

/* The example of ГОСТ Р 56042-2014. */
static const KabPayment example = {
    .name = "ООО «Три кита»",
    .account = "40702810138250123017",
    .bank_name = "ОАО \"БАНК\"",
    .bic = "044525225",
    .corr_account = "30101810400000000225",
    .sum = 100000,
    .payee_inn = "6200098765",
    .last_name = "Иванов",
    .first_name = "Иван",
    .middle_name = "Иванович",
    .purpose = "Оплата членского взноса",
    .payer_address = "г.Рязань ул.Ленина д.10 кв.15",
};

static void
assert_text(const KabPayment *payment, const char *expected)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = kab_payment_qr_format(payment, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(text, ==, expected);
}

static void
assert_error(const KabPayment *payment, int code, const char *field)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(kab_payment_qr_format(payment, &error));
    g_assert_error(error, KAB_ERROR, code);
    g_assert_nonnull(strstr(error->message, field));
}

static char *
repeat(const char *text, int n)
{
    GString *out = g_string_new(NULL);

    while (n-- > 0)
        g_string_append(out, text);
    return g_string_free(out, FALSE);
}

static void
test_example(void)
{
    assert_text(&example, "ST00012|Name=ООО «Три кита»|PersonalAcc=40702810138250123017"
                          "|BankName=ОАО \"БАНК\"|BIC=044525225|CorrespAcc=30101810400000000225"
                          "|PayeeINN=6200098765|LastName=Иванов|FirstName=Иван|MiddleName=Иванович"
                          "|Purpose=Оплата членского взноса"
                          "|PayerAddress=г.Рязань ул.Ленина д.10 кв.15|Sum=100000");
}

static void
test_mandatory_only(void)
{
    KabPayment payment = {
        .name = "А", .account = example.account, .bank_name = "Б", .bic = example.bic};

    assert_text(&payment, "ST00012|Name=А|PersonalAcc=40702810138250123017|BankName=Б"
                          "|BIC=044525225|CorrespAcc=0");
}

static void
test_separator(void)
{
    KabPayment payment = {.name = "А|Б",
                          .account = example.account,
                          .bank_name = "В",
                          .bic = example.bic,
                          .purpose = "Счет #1; срочно"};

    assert_text(&payment, "ST00012:Name=А|Б:PersonalAcc=40702810138250123017:BankName=В"
                          ":BIC=044525225:CorrespAcc=0:Purpose=Счет #1; срочно");
    payment.purpose = "|#;:^_~{}!$%&()*+,/@";
    assert_error(&payment, KAB_ERROR_INVALID, "separate");
}

static void
test_missing(void)
{
    KabPayment payment = example;

    payment.name = NULL;
    assert_error(&payment, KAB_ERROR_INVALID, "Name");
    payment = example;
    payment.account = "";
    assert_error(&payment, KAB_ERROR_INVALID, "PersonalAcc");
    payment.account = "4070281013825012301";
    assert_error(&payment, KAB_ERROR_INVALID, "PersonalAcc");
    payment = example;
    payment.bank_name = NULL;
    assert_error(&payment, KAB_ERROR_INVALID, "BankName");
    payment = example;
    payment.bic = "04452522";
    assert_error(&payment, KAB_ERROR_INVALID, "BIC");
    payment = example;
    payment.purpose = "в две\nстроки";
    assert_error(&payment, KAB_ERROR_INVALID, "Purpose");
    payment.purpose = "\xd0";
    assert_error(&payment, KAB_ERROR_INVALID, "Purpose");
}

static void
test_too_long(void)
{
    g_autofree char *latin160 = repeat("n", 160);
    g_autofree char *latin161 = repeat("n", 161);
    g_autofree char *cyrillic = repeat("н", 120);
    g_autofree char *purpose210 = repeat("н", 210);
    g_autofree char *purpose211 = repeat("н", 211);
    g_autofree char *bank46 = repeat("б", 46);
    g_autofree char *text = NULL;
    KabPayment payment = example;

    payment.name = latin160;
    payment.purpose = purpose210;
    payment.sum = G_GINT64_CONSTANT(999999999999999999);
    text = kab_payment_qr_format(&payment, NULL);
    g_assert_nonnull(text);
    g_assert_true(g_str_has_suffix(text, "|Sum=999999999999999999"));
    payment.sum++;
    assert_error(&payment, KAB_ERROR_RANGE, "Sum");
    payment.sum = -1;
    assert_error(&payment, KAB_ERROR_RANGE, "Sum");
    payment = example;
    payment.name = latin161;
    assert_error(&payment, KAB_ERROR_RANGE, "Name");
    payment.name = cyrillic; /* few enough characters, too many bytes */
    assert_error(&payment, KAB_ERROR_RANGE, "300");
    payment = example;
    payment.purpose = purpose211;
    assert_error(&payment, KAB_ERROR_RANGE, "Purpose");
    payment = example;
    payment.bank_name = bank46;
    assert_error(&payment, KAB_ERROR_RANGE, "BankName");
    payment = example;
    payment.bic = "0445252250";
    assert_error(&payment, KAB_ERROR_RANGE, "BIC");
    payment = example;
    payment.payee_inn = "1234567890123";
    assert_error(&payment, KAB_ERROR_RANGE, "PayeeINN");
    payment = example;
    payment.kpp = "1234567890";
    assert_error(&payment, KAB_ERROR_RANGE, "KPP");
}

/* The last byte that fits, and the first that does not. */
static void
test_mandatory_size(void)
{
    KabPayment payment = {.account = example.account,
                          .bank_name = "Б",
                          .bic = example.bic,
                          .corr_account = example.corr_account};
    gsize rest = strlen("ST00012|Name=|PersonalAcc=40702810138250123017|BankName=Б|BIC=044525225"
                        "|CorrespAcc=30101810400000000225");
    g_autofree char *letters = repeat("н", (int)(300 - rest) / 2);
    g_autofree char *fits = g_strconcat((300 - rest) % 2 != 0 ? "n" : "", letters, NULL);
    g_autofree char *too_long = g_strconcat("n", fits, NULL);
    g_autofree char *text = NULL;

    payment.name = fits;
    text = kab_payment_qr_format(&payment, NULL);
    g_assert_nonnull(text);
    g_assert_cmpuint(strlen(text), ==, 300);
    payment.name = too_long;
    assert_error(&payment, KAB_ERROR_RANGE, "300");
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/payment-qr/example", test_example);
    g_test_add_func("/payment-qr/mandatory-only", test_mandatory_only);
    g_test_add_func("/payment-qr/separator", test_separator);
    g_test_add_func("/payment-qr/missing", test_missing);
    g_test_add_func("/payment-qr/too-long", test_too_long);
    g_test_add_func("/payment-qr/mandatory-size", test_mandatory_size);
    return g_test_run();
}
