/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-settings.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A row of a form for one setting, by what it takes. It is a plain row of libadwaita, so that it
 * looks and behaves like any other. */

/**
 * KabSettingChanged:
 * @row: what a person changed
 * @data: as given to kab_setting_row_new()
 */
typedef void (*KabSettingChanged)(GtkWidget *row, gpointer data);

/** kab_setting_row_new: (transfer floating): a row that shows the value of @setting */
GtkWidget *kab_setting_row_new(const KabSettingInfo *setting, KabSettingChanged changed,
                               gpointer data);

/** kab_setting_row_get_name: the setting's name. */
const char *kab_setting_row_get_name(GtkWidget *row);

/** kab_setting_row_dup_value: (transfer full) (nullable): what is entered; %NULL if that is what
 * the setting has already. */
char *kab_setting_row_dup_value(GtkWidget *row);

/** kab_setting_row_blame: whether the value is wrong. */
void kab_setting_row_blame(GtkWidget *row, gboolean wrong);

G_END_DECLS
