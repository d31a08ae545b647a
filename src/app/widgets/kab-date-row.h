/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-time.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_DATE_ROW (kab_date_row_get_type())

/**
 * KabDateRow:
 *
 * A row for a day, to be typed or to be chosen from a calendar. It may be empty.
 */
G_DECLARE_FINAL_TYPE(KabDateRow, kab_date_row, KAB, DATE_ROW, AdwEntryRow)

/** kab_date_row_set: shows a day; none if it is not set. */
void kab_date_row_set(KabDateRow *self, KabDate date);

/**
 * kab_date_row_get:
 * @self: a row
 * @out: (out): the day; not set if the row is empty
 * @error: return location: %KAB_ERROR_INVALID, and the row is marked
 *
 * Returns: whether the row is empty or holds a day
 */
gboolean kab_date_row_get(KabDateRow *self, KabDate *out, GError **error);

G_END_DECLS
