/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-time.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PERIOD_BUTTON (kab_period_button_get_type())

/**
 * KabPeriodButton:
 *
 * A button that says which days are wanted, and opens a choice of them: usual ones, or the first
 * and the last day. It emits "changed" when the person chose others.
 */
G_DECLARE_FINAL_TYPE(KabPeriodButton, kab_period_button, KAB, PERIOD_BUTTON, AdwBin)

/** kab_period_button_get: the chosen days; not set for no bound. */
void kab_period_button_get(KabPeriodButton *self, KabDate *from, KabDate *to);

/** kab_period_button_set: shows these days, as if they were chosen. */
void kab_period_button_set(KabPeriodButton *self, KabDate from, KabDate to);

G_END_DECLS
