/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-setup-steps.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_SETUP_FORM (kab_setup_form_get_type())

/**
 * KabSetupForm:
 *
 * What a step of the set-up assistant asks for. It emits "changed" when something is entered, and
 * "entered" when the person is through with it.
 */
G_DECLARE_FINAL_TYPE(KabSetupForm, kab_setup_form, KAB, SETUP_FORM, AdwBin)

/** kab_setup_form_clear: asks for nothing. */
void kab_setup_form_clear(KabSetupForm *self);

/**
 * kab_setup_form_fill:
 * @self: a form
 * @step: a step
 * @list: the settings of the end that the step is about
 * @address: (nullable): what to propose for the step's address, if none is entered yet
 *
 * Asks for the settings of the step, and takes the focus.
 */
void kab_setup_form_fill(KabSetupForm *self, const KabSetupStep *step, const KabSettingList *list,
                         const char *address);

/** kab_setup_form_is_empty: whether it asks for nothing. */
gboolean kab_setup_form_is_empty(KabSetupForm *self);

/** kab_setup_form_enter: enters @value for @setting, as a person would. */
void kab_setup_form_enter(KabSetupForm *self, const char *setting, const char *value);

/** kab_setup_form_list_changes: (transfer full) (element-type utf8): name, value, ... and %NULL */
GPtrArray *kab_setup_form_list_changes(KabSetupForm *self);

/** kab_setup_form_list_before: (transfer full) (element-type utf8): as
 * kab_setting_rows_list_before() */
GPtrArray *kab_setup_form_list_before(KabSetupForm *self);

/** kab_setup_form_note_saved: @list: what the end has now */
void kab_setup_form_note_saved(KabSetupForm *self, const KabSettingList *list);

/** kab_setup_form_blame: (nullable): marks the row of @setting; whether there is one */
gboolean kab_setup_form_blame(KabSetupForm *self, const char *setting);

/** kab_setup_form_explain: (transfer full): @message, with settings by their titles */
char *kab_setup_form_explain(KabSetupForm *self, const char *message);

/** kab_setup_form_blame_for: marks the row of the setting that @message begins with. */
void kab_setup_form_blame_for(KabSetupForm *self, const char *message);

G_END_DECLS
