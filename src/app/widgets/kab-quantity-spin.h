/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-quantity.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * kab_quantity_spin_prepare:
 * @spin: a spin button
 *
 * Makes it hold a quantity: thousandths inside, whole numbers without a point, either decimal
 * separator understood. Call it once, before the others.
 */
void kab_quantity_spin_prepare(GtkSpinButton *spin);

/** kab_quantity_spin_set_step: makes its buttons and keys count by @step; 0: by one. */
void kab_quantity_spin_set_step(GtkSpinButton *spin, KabQuantity step);

/** kab_quantity_spin_get: the quantity that is entered. */
KabQuantity kab_quantity_spin_get(GtkSpinButton *spin);

/** kab_quantity_spin_set: enters a quantity; emits value-changed only if it is another one. */
void kab_quantity_spin_set(GtkSpinButton *spin, KabQuantity quantity);

G_END_DECLS
