/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-money.h"
#include "kab-partner.h"
#include "kab-seller.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabActEntry:
 * @at: when
 * @title: the document, such as "Отгрузка по заказу 0000-000001 от 31.01.2026"
 * @debit: what was shipped: the partner owes more
 * @credit: what was paid: the partner owes less; one of both is 0, either may be negative in a
 *   correction
 */
typedef struct {
    KabTime at;
    const char *title;
    KabMoney debit;
    KabMoney credit;
} KabActEntry;

/**
 * KabAct:
 * @seller: the company
 * @buyer: the partner
 * @from: the first day, an ISO 8601 date
 * @to: the last day, an ISO 8601 date
 * @date: when it is drawn up
 * @opening: what the partner owed before the first day; negative: an advance
 * @entries: (element-type KabActEntry): what happened in these days, in order of time; may be empty
 *
 * An act of reconciliation (акт сверки взаимных расчётов) by the company's books. It owns nothing
 * of what it names.
 */
typedef struct {
    const KabSeller *seller;
    const KabPartner *buyer;
    const char *from;
    const char *to;
    KabTime date;
    KabMoney opening;
    const GArray *entries;
} KabAct;

/**
 * kab_act_render:
 * @act: an act
 * @error: return location: %KAB_ERROR_INVALID if the act lacks something that makes it one, has
 *   days that are none or sums in different currencies, %KAB_ERROR_RANGE if its sums are too large,
 *   %KAB_ERROR_FAILED
 *
 * Draws the act on A4 pages, in Russian whatever the locale is. Dates of entries are those of the
 * local zone. The same data and fonts give the same bytes. May be called in any thread.
 *
 * Returns: (transfer full): a PDF file, %NULL on error
 */
GBytes *kab_act_render(const KabAct *act, GError **error);

G_END_DECLS
