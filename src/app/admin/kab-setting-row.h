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

/** kab_setting_row_enter: enters @value, as a person would. */
void kab_setting_row_enter(GtkWidget *row, const char *value);

/** kab_setting_row_blame: whether the value is wrong. */
void kab_setting_row_blame(GtkWidget *row, gboolean wrong);

/**
 * kab_setting_rows_list_changes:
 * @rows: (element-type GtkWidget): the rows of a form
 *
 * Returns: (transfer full) (element-type utf8): name, value, ... of what was changed, and %NULL
 */
GPtrArray *kab_setting_rows_list_changes(const GPtrArray *rows);

/** kab_setting_rows_list_before: (transfer full) (element-type utf8): name, value, ... of what was
 * changed, as the service has it; and %NULL. Nothing if a secret is among it: nobody sees what that
 * was. */
GPtrArray *kab_setting_rows_list_before(const GPtrArray *rows);

/** kab_setting_rows_note_saved: what the rows say is what the service has now. */
void kab_setting_rows_note_saved(const GPtrArray *rows, const KabSettingList *list);

/** kab_setting_rows_list_values: (transfer full) (element-type utf8): name, value, ... of what
 * stands in the rows, but of no secret, and %NULL */
GPtrArray *kab_setting_rows_list_values(const GPtrArray *rows);

/** kab_setting_rows_find: (transfer none) (nullable): the row of the setting @name */
GtkWidget *kab_setting_rows_find(const GPtrArray *rows, const char *name);

/** kab_setting_rows_blame_one: marks the row of the setting @name, if it is among them. */
void kab_setting_rows_blame_one(const GPtrArray *rows, const char *name);

/** kab_setting_rows_explain: (transfer full): @message with the titles of settings that are among
 * the rows in place of their names, which only services and commands use */
char *kab_setting_rows_explain(const GPtrArray *rows, const char *message);

/** kab_setting_rows_blame: marks the row whose setting @message is about: it begins with its name.
 */
void kab_setting_rows_blame(const GPtrArray *rows, const char *message);

G_END_DECLS
