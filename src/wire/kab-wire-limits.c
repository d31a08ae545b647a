/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-wire-limits.h"

void
kab_wire_limits_set(JsonObject *object, const char *name, const KabLimits *limits)
{
    JsonObject *inner;

    if (*limits->debt.currency == '\0')
        return;
    inner = json_object_new();
    json_object_set_string_member(inner, "currency", limits->debt.currency);
    if (limits->has_limit)
        kab_json_set_sum(inner, "credit_limit", limits->credit_limit);
    kab_json_set_sum(inner, "debt", limits->debt);
    kab_json_set_sum(inner, "overdue", limits->overdue);
    if (limits->open.minor != 0)
        kab_json_set_sum(inner, "open", limits->open);
    if (limits->advisory)
        json_object_set_boolean_member(inner, "advisory", TRUE);
    json_object_set_object_member(object, name, inner);
}

void
kab_wire_limits_get(KabFields *fields, const char *name, KabLimits *out)
{
    JsonObject *object = kab_fields_get_object(fields, name);
    char currency[KAB_CURRENCY_SIZE];
    GError *error = NULL;

    *out = (KabLimits){0};
    if (object == NULL)
        return;
    {
        KabFields inner = KAB_FIELDS_INIT(object);

        inner.lenient = fields->lenient;
        kab_fields_need_currency(&inner, "currency", currency);
        out->has_limit = kab_fields_has(&inner, "credit_limit");
        out->credit_limit = kab_fields_get_sum(&inner, "credit_limit", currency);
        out->debt = kab_fields_need_sum(&inner, "debt", currency);
        out->overdue = kab_fields_need_sum(&inner, "overdue", currency);
        out->open = kab_fields_get_sum(&inner, "open", currency);
        out->advisory = kab_fields_get_boolean(&inner, "advisory", FALSE);
        if (!kab_fields_finish(&inner, &error))
            kab_fields_fail(fields, g_steal_pointer(&error));
    }
}
