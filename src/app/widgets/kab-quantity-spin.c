/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-quantity-spin.h"
#include "kab-spin.h"

/* A spin button counts in double: thousandths up to KAB_QUANTITY_MAX stay below 2^53, exact. */

static int
on_spin_input(GtkSpinButton *spin, double *value, gpointer data G_GNUC_UNUSED)
{
    KabQuantity quantity;

    if (!kab_quantity_parse(gtk_editable_get_text(GTK_EDITABLE(spin)), &quantity, NULL))
        return GTK_INPUT_ERROR;
    *value = (double)quantity.milli / (double)KAB_QUANTITY_ONE;
    return TRUE;
}

static gboolean
on_spin_output(GtkSpinButton *spin, gpointer data G_GNUC_UNUSED)
{
    g_autofree char *text = kab_quantity_format(kab_quantity_spin_get(spin));

    if (!g_str_equal(text, gtk_editable_get_text(GTK_EDITABLE(spin))))
        gtk_editable_set_text(GTK_EDITABLE(spin), text);
    return TRUE;
}

void
kab_quantity_spin_prepare(GtkSpinButton *spin)
{
    g_signal_connect(spin, "input", G_CALLBACK(on_spin_input), NULL);
    g_signal_connect(spin, "output", G_CALLBACK(on_spin_output), NULL);
    kab_spin_leave_wheel(spin);
    gtk_spin_button_set_digits(spin, 3);
    gtk_spin_button_set_increments(spin, 1, 10);
    gtk_spin_button_set_range(spin, 0, (double)(KAB_QUANTITY_MAX / KAB_QUANTITY_ONE));
}

void
kab_quantity_spin_set_step(GtkSpinButton *spin, KabQuantity step)
{
    double by = step.milli > 0 ? (double)step.milli / (double)KAB_QUANTITY_ONE : 1;

    gtk_spin_button_set_increments(spin, by, by * 10);
}

KabQuantity
kab_quantity_spin_get(GtkSpinButton *spin)
{
    double value = gtk_spin_button_get_value(spin) * (double)KAB_QUANTITY_ONE;

    return (KabQuantity){(gint64)(value + 0.5)};
}

void
kab_quantity_spin_set(GtkSpinButton *spin, KabQuantity quantity)
{
    if (kab_quantity_spin_get(spin).milli != quantity.milli)
        gtk_spin_button_set_value(spin, (double)quantity.milli / (double)KAB_QUANTITY_ONE);
}
