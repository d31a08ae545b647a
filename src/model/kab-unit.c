/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-unit.h"

/* As people write them. */
static const KabUnit units[] = {
    {"796", "шт", "Штука"},
    {"166", "кг", "Килограмм"},
    {"163", "г", "Грамм"},
    {"168", "т", "Тонна"},
    {"112", "л", "Литр"},
    {"006", "м", "Метр"},
    {"055", "м2", "Квадратный метр"},
    {"113", "м3", "Кубический метр"},
    {"778", "упак", "Упаковка"},
    {"625", "лист", "Лист"},
    {"736", "рул", "Рулон"},
    {"715", "пар", "Пара (2 шт.)"},
    {"839", "компл", "Комплект"},
};

const KabUnit *
kab_unit_find(const char *code, const char *full_name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++)
        if (g_strcmp0(units[i].code, code) == 0 || g_strcmp0(units[i].full_name, full_name) == 0)
            return &units[i];
    return NULL;
}

const KabUnit *
kab_unit_get_nth(guint i)
{
    return i < G_N_ELEMENTS(units) ? &units[i] : NULL;
}
