/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-setting-row.h"
#include "kab-setup-form.h"
#include "kab-setup-share.h"

struct _KabSetupForm {
    AdwBin parent_instance;

    GPtrArray *rows; /* (owned) (element-type GtkWidget) */
};

G_DEFINE_FINAL_TYPE(KabSetupForm, kab_setup_form, ADW_TYPE_BIN)

enum {
    CHANGED,
    ENTERED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_row_changed(GtkWidget *row G_GNUC_UNUSED, gpointer data)
{
    g_signal_emit(data, signals[CHANGED], 0);
}

static void
on_row_entered(KabSetupForm *self)
{
    g_signal_emit(self, signals[ENTERED], 0);
}

static void
add_row(KabSetupForm *self, AdwPreferencesGroup *group, const KabSettingInfo *setting)
{
    GtkWidget *row = kab_setting_row_new(setting, on_row_changed, self);

    if (ADW_IS_ENTRY_ROW(row))
        g_signal_connect_object(row, "entry-activated", G_CALLBACK(on_row_entered), self,
                                G_CONNECT_SWAPPED);
    adw_preferences_group_add(group, row);
    g_ptr_array_add(self->rows, row);
}

static void
kab_setup_form_finalize(GObject *object)
{
    g_ptr_array_unref(KAB_SETUP_FORM(object)->rows);
    G_OBJECT_CLASS(kab_setup_form_parent_class)->finalize(object);
}

static void
kab_setup_form_class_init(KabSetupFormClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_setup_form_finalize;

    /** KabSetupForm::changed: something is entered. */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_SETUP_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
    /** KabSetupForm::entered: the person pressed Enter. */
    signals[ENTERED] = g_signal_new("entered", KAB_TYPE_SETUP_FORM, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_setup_form_init(KabSetupForm *self)
{
    self->rows = g_ptr_array_new();
}

void
kab_setup_form_clear(KabSetupForm *self)
{
    g_ptr_array_set_size(self->rows, 0);
    adw_bin_set_child(ADW_BIN(self), NULL);
}

void
kab_setup_form_fill(KabSetupForm *self, const KabSetupStep *step, const KabSettingList *list,
                    const char *address)
{
    AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP(adw_preferences_group_new());

    kab_setup_form_clear(self);
    adw_bin_set_child(ADW_BIN(self), GTK_WIDGET(group));
    for (guint i = 0; step->settings[i] != NULL; i++) {
        const KabSettingInfo *setting = kab_setting_list_find(list, step->settings[i]);

        if (setting == NULL)
            continue;
        add_row(self, group, setting);
        if (g_strcmp0(setting->name, step->address) == 0 && address != NULL &&
            (setting->value == NULL || *setting->value == '\0'))
            kab_setup_form_enter(self, setting->name, address);
    }
    if (step->share && !kab_setup_share_runs(list)) {
        kab_setup_form_enter(self, "exchange.schedule", KAB_SETUP_SCHEDULE);
        kab_setup_form_enter(self, "exchange.push", "true");
    }
    if (self->rows->len > 0)
        gtk_widget_grab_focus(g_ptr_array_index(self->rows, 0));
}

gboolean
kab_setup_form_is_empty(KabSetupForm *self)
{
    return self->rows->len == 0;
}

void
kab_setup_form_enter(KabSetupForm *self, const char *setting, const char *value)
{
    GtkWidget *row = kab_setting_rows_find(self->rows, setting);

    if (row != NULL)
        kab_setting_row_enter(row, value);
}

GPtrArray *
kab_setup_form_list_changes(KabSetupForm *self)
{
    return kab_setting_rows_list_changes(self->rows);
}

GPtrArray *
kab_setup_form_list_before(KabSetupForm *self)
{
    return kab_setting_rows_list_before(self->rows);
}

void
kab_setup_form_note_saved(KabSetupForm *self, const KabSettingList *list)
{
    kab_setting_rows_note_saved(self->rows, list);
}

gboolean
kab_setup_form_blame(KabSetupForm *self, const char *setting)
{
    kab_setting_rows_blame_one(self->rows, setting != NULL ? setting : "");
    return setting != NULL && kab_setting_rows_find(self->rows, setting) != NULL;
}

char *
kab_setup_form_explain(KabSetupForm *self, const char *message)
{
    return kab_setting_rows_explain(self->rows, message);
}

void
kab_setup_form_blame_for(KabSetupForm *self, const char *message)
{
    kab_setting_rows_blame(self->rows, message);
}
