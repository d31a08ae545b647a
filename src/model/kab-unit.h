/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabUnit:
 * @code: its code, three digits
 * @name: what it is called on papers, such as "шт"
 * @full_name: the whole name
 *
 * A unit of the Russian classifier of units of measure (OKEI), of those that trade uses.
 */
typedef struct {
    const char *code;
    const char *name;
    const char *full_name;
} KabUnit;

/** kab_unit_find: (nullable): the unit with this code, or else this full name; each may be %NULL */
const KabUnit *kab_unit_find(const char *code, const char *full_name);

/** kab_unit_get_nth: (nullable): the unit @i of those that are known; %NULL after the last one */
const KabUnit *kab_unit_get_nth(guint i);

G_END_DECLS
