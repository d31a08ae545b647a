/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-words.h"

G_BEGIN_DECLS

/**
 * kab_base_words:
 *
 * The words of a base, as its sources write them: a unit of measure ("unit") means a code of OKEI
 * (see kab_unit_find()), a VAT rate ("vat") one of kab_vat_list(), a currency ("currency") an ISO
 * 4217 code. Counted are products, or price types, that have the word, known or not.
 */
extern const KabWordClass kab_base_words;

/** kab_base_words_list_alarms: a #KabAlarmFunc: prices that nobody sees, as their currency is not
 * known. */
gboolean kab_base_words_list_alarms(KabDb *db, GPtrArray *alarms, GError **error);

G_END_DECLS
