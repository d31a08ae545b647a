/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-payment-qr.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* "ST", version 0001, 2 for UTF-8. */
#define PREFIX "ST00012"

/* What may stand between the fields, in the order of preference. */
#define SEPARATORS "|#;:^_~{}!$%&()*+,/@"

/* The beginning with the mandatory fields, in bytes. */
#define MANDATORY_SIZE 300

#define SUM_DIGITS 18

typedef struct {
    const char *key;
    gsize offset;
    glong min; /* characters; 0: may be missing */
    glong max;
} Field;

#define FIELD(member) G_STRUCT_OFFSET(KabPayment, member)

/* The mandatory fields stand first and in this order. */
static const Field mandatory[] = {
    {"Name", FIELD(name), 1, 160},
    {"PersonalAcc", FIELD(account), 20, 20},
    {"BankName", FIELD(bank_name), 1, 45},
    {"BIC", FIELD(bic), 9, 9},
    {"CorrespAcc", FIELD(corr_account), 0, 20},
};
static const Field additional[] = {
    {"PayeeINN", FIELD(payee_inn), 0, 12},          {"KPP", FIELD(kpp), 0, 9},
    {"LastName", FIELD(last_name), 0, 160},         {"FirstName", FIELD(first_name), 0, 160},
    {"MiddleName", FIELD(middle_name), 0, 160},     {"Purpose", FIELD(purpose), 0, 210},
    {"PayerAddress", FIELD(payer_address), 0, 210}, {"PayerINN", FIELD(payer_inn), 0, 12},
};

static const char *
get_value(const KabPayment *payment, const Field *field)
{
    const char *value = G_STRUCT_MEMBER(const char *, payment, field->offset);

    return value != NULL ? value : "";
}

static gboolean
check_field(const KabPayment *payment, const Field *field, GError **error)
{
    const char *value = get_value(payment, field);
    glong length;

    if (!g_utf8_validate(value, -1, NULL)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("%s is not a text in UTF-8"),
                    field->key);
        return FALSE;
    }
    for (const char *p = value; *p != '\0'; p++) {
        if (g_ascii_iscntrl(*p)) {
            g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("%s has a line break or another control character"), field->key);
            return FALSE;
        }
    }
    length = g_utf8_strlen(value, -1);
    if (length < field->min) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    length == 0 ? _("%s is missing") : _("%s is too short"), field->key);
        return FALSE;
    }
    if (length > field->max) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("%s is longer than %ld characters"),
                    field->key, field->max);
        return FALSE;
    }
    return TRUE;
}

static gboolean
check_all(const KabPayment *payment, const Field *fields, gsize n, GError **error)
{
    for (gsize i = 0; i < n; i++)
        if (!check_field(payment, &fields[i], error))
            return FALSE;
    return TRUE;
}

static gboolean
occurs(const KabPayment *payment, const Field *fields, gsize n, char c)
{
    for (gsize i = 0; i < n; i++)
        if (strchr(get_value(payment, &fields[i]), c) != NULL)
            return TRUE;
    return FALSE;
}

/* '\0' if each of them occurs in a value. */
static char
choose_separator(const KabPayment *payment)
{
    for (const char *p = SEPARATORS; *p != '\0'; p++)
        if (!occurs(payment, mandatory, G_N_ELEMENTS(mandatory), *p) &&
            !occurs(payment, additional, G_N_ELEMENTS(additional), *p))
            return *p;
    return '\0';
}

static void
append_field(GString *out, char separator, const char *key, const char *value)
{
    g_string_append_printf(out, "%c%s=%s", separator, key, value);
}

char *
kab_payment_qr_format(const KabPayment *payment, GError **error)
{
    g_autoptr(GString) out = g_string_new(PREFIX);
    char sum[24];
    char separator;

    if (!check_all(payment, mandatory, G_N_ELEMENTS(mandatory), error) ||
        !check_all(payment, additional, G_N_ELEMENTS(additional), error))
        return NULL;
    if (payment->sum < 0 ||
        g_snprintf(sum, sizeof sum, "%" G_GINT64_FORMAT, payment->sum) > SUM_DIGITS) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE,
                    _("%s must not be negative and has at most %d digits"), "Sum", SUM_DIGITS);
        return NULL;
    }
    separator = choose_separator(payment);
    if (separator == '\0') {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("No character is left to separate the fields of the payment code"));
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(mandatory); i++) {
        const char *value = get_value(payment, &mandatory[i]);

        append_field(out, separator, mandatory[i].key, *value != '\0' ? value : "0");
    }
    if (out->len > MANDATORY_SIZE) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE,
                    _("%s and %s together are too long: the mandatory part has %d bytes at most"),
                    "Name", "BankName", MANDATORY_SIZE);
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(additional); i++) {
        const char *value = get_value(payment, &additional[i]);

        if (*value != '\0')
            append_field(out, separator, additional[i].key, value);
    }
    if (payment->sum > 0)
        append_field(out, separator, "Sum", sum);
    return g_strdup(out->str);
}
