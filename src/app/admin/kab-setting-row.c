/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-setting-row.h"
#include "kab-setting-titles.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KEY "kab-setting"

/* What can be chosen. */
static const char *const modes[] = {"refuse", "warn", "off", NULL};
static const char *const securities[] = {"starttls", "tls", "none", NULL};

typedef struct {
    char *name;
    char *title; /* without what is said of a secret */
    char *value; /* as the service has it */
    const char *const *choices;
    GtkWidget *toggle; /* (nullable) */
    KabSettingChanged changed;
    gpointer data;
} Binding;

static void
binding_free(gpointer data)
{
    Binding *binding = data;

    g_free(binding->name);
    g_free(binding->title);
    g_free(binding->value);
    g_free(binding);
}

static Binding *
get_binding(GtkWidget *row)
{
    return g_object_get_data(G_OBJECT(row), KEY);
}

static void
on_changed(GtkWidget *row)
{
    Binding *binding = get_binding(row);

    kab_setting_row_blame(row, FALSE);
    binding->changed(row, binding->data);
}

static GtkWidget *
make_switch(const KabSettingInfo *setting, Binding *binding)
{
    GtkWidget *row = adw_action_row_new();

    binding->toggle = gtk_switch_new();
    gtk_switch_set_active(GTK_SWITCH(binding->toggle), g_strcmp0(setting->value, "true") == 0);
    gtk_widget_set_valign(binding->toggle, GTK_ALIGN_CENTER);
    adw_action_row_add_suffix(ADW_ACTION_ROW(row), binding->toggle);
    adw_action_row_set_activatable_widget(ADW_ACTION_ROW(row), binding->toggle);
    adw_action_row_set_title_lines(ADW_ACTION_ROW(row), 3);
    g_signal_connect_object(binding->toggle, "notify::active", G_CALLBACK(on_changed), row,
                            G_CONNECT_SWAPPED);
    return row;
}

static void
choose(GtkWidget *row, const char *const *choices, const char *value)
{
    for (guint i = 0; choices[i] != NULL; i++)
        if (g_strcmp0(value, choices[i]) == 0)
            adw_combo_row_set_selected(ADW_COMBO_ROW(row), i);
}

static GtkWidget *
make_choice(const KabSettingInfo *setting, Binding *binding)
{
    GtkWidget *row = adw_combo_row_new();
    g_autoptr(GtkStringList) titles = gtk_string_list_new(NULL);

    for (guint i = 0; binding->choices[i] != NULL; i++)
        gtk_string_list_append(titles, kab_setting_value_title(setting->name, binding->choices[i]));
    adw_combo_row_set_model(ADW_COMBO_ROW(row), G_LIST_MODEL(titles));
    choose(row, binding->choices, setting->value);
    g_signal_connect(row, "notify::selected", G_CALLBACK(on_changed), NULL);
    return row;
}

static GtkWidget *
make_entry(const KabSettingInfo *setting, gboolean secret)
{
    GtkWidget *row = secret ? adw_password_entry_row_new() : adw_entry_row_new();

    if (!secret)
        gtk_editable_set_text(GTK_EDITABLE(row), setting->value != NULL ? setting->value : "");
    g_signal_connect(row, "changed", G_CALLBACK(on_changed), NULL);
    return row;
}

/* Of a secret, nobody sees more than that there is one. */
static char *
make_title(const KabSettingInfo *setting, gboolean secret)
{
    const char *title = g_dgettext(GETTEXT_PACKAGE, setting->title);

    if (!secret)
        return g_strdup(title);
    return g_strdup_printf(setting->is_set ? _("%s (entered)") : _("%s (not entered)"), title);
}

GtkWidget *
kab_setting_row_new(const KabSettingInfo *setting, KabSettingChanged changed, gpointer data)
{
    Binding *binding = g_new0(Binding, 1);
    gboolean secret = g_str_equal(setting->type, "secret");
    g_autofree char *title = make_title(setting, secret);
    GtkWidget *row;

    binding->name = g_strdup(setting->name);
    binding->title = g_strdup(g_dgettext(GETTEXT_PACKAGE, setting->title));
    binding->value = g_strdup(setting->value != NULL ? setting->value : "");
    binding->changed = changed;
    binding->data = data;
    binding->choices = g_str_equal(setting->type, "mode")       ? modes
                       : g_str_equal(setting->type, "security") ? securities
                                                                : NULL;
    if (g_str_equal(setting->type, "switch"))
        row = make_switch(setting, binding);
    else
        row =
            binding->choices != NULL ? make_choice(setting, binding) : make_entry(setting, secret);
    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
    g_object_set_data_full(G_OBJECT(row), KEY, binding, binding_free);
    return row;
}

const char *
kab_setting_row_get_name(GtkWidget *row)
{
    return get_binding(row)->name;
}

char *
kab_setting_row_dup_value(GtkWidget *row)
{
    const Binding *binding = get_binding(row);
    const char *value;

    if (binding->toggle != NULL)
        value = gtk_switch_get_active(GTK_SWITCH(binding->toggle)) ? "true" : "false";
    else if (binding->choices != NULL)
        value = binding->choices[adw_combo_row_get_selected(ADW_COMBO_ROW(row))];
    else
        value = gtk_editable_get_text(GTK_EDITABLE(row));
    return g_str_equal(value, binding->value) ? NULL : g_strdup(value);
}

void
kab_setting_row_enter(GtkWidget *row, const char *value)
{
    const Binding *binding = get_binding(row);

    if (binding->toggle != NULL)
        gtk_switch_set_active(GTK_SWITCH(binding->toggle), g_str_equal(value, "true"));
    else if (binding->choices != NULL)
        choose(row, binding->choices, value);
    else if (GTK_IS_EDITABLE(row))
        gtk_editable_set_text(GTK_EDITABLE(row), value);
}

void
kab_setting_row_blame(GtkWidget *row, gboolean wrong)
{
    if (wrong)
        gtk_widget_add_css_class(row, "error");
    else
        gtk_widget_remove_css_class(row, "error");
}

GtkWidget *
kab_setting_rows_find(const GPtrArray *rows, const char *name)
{
    for (guint i = 0; i < rows->len; i++)
        if (g_str_equal(kab_setting_row_get_name(g_ptr_array_index(rows, i)), name))
            return g_ptr_array_index(rows, i);
    return NULL;
}

GPtrArray *
kab_setting_rows_list_values(const GPtrArray *rows)
{
    GPtrArray *values = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < rows->len; i++) {
        GtkWidget *row = g_ptr_array_index(rows, i);
        char *value;

        if (ADW_IS_PASSWORD_ENTRY_ROW(row))
            continue;
        value = kab_setting_row_dup_value(row);
        g_ptr_array_add(values, g_strdup(get_binding(row)->name));
        g_ptr_array_add(values, value != NULL ? value : g_strdup(get_binding(row)->value));
    }
    g_ptr_array_add(values, NULL);
    return values;
}

GPtrArray *
kab_setting_rows_list_changes(const GPtrArray *rows)
{
    GPtrArray *changes = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < rows->len; i++) {
        GtkWidget *row = g_ptr_array_index(rows, i);
        char *value = kab_setting_row_dup_value(row);

        if (value == NULL)
            continue;
        g_ptr_array_add(changes, g_strdup(kab_setting_row_get_name(row)));
        g_ptr_array_add(changes, value);
    }
    g_ptr_array_add(changes, NULL);
    return changes;
}

GPtrArray *
kab_setting_rows_list_before(const GPtrArray *rows)
{
    g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < rows->len; i++) {
        GtkWidget *row = g_ptr_array_index(rows, i);
        g_autofree char *value = kab_setting_row_dup_value(row);

        if (value == NULL)
            continue;
        if (ADW_IS_PASSWORD_ENTRY_ROW(row)) {
            g_ptr_array_set_size(before, 0);
            break;
        }
        g_ptr_array_add(before, g_strdup(get_binding(row)->name));
        g_ptr_array_add(before, g_strdup(get_binding(row)->value));
    }
    g_ptr_array_add(before, NULL);
    return g_steal_pointer(&before);
}

void
kab_setting_rows_note_saved(const GPtrArray *rows, const KabSettingList *list)
{
    for (guint i = 0; i < rows->len; i++) {
        Binding *binding = get_binding(g_ptr_array_index(rows, i));
        const KabSettingInfo *saved = kab_setting_list_find(list, binding->name);

        if (saved == NULL)
            continue;
        g_free(binding->value);
        binding->value = g_strdup(saved->value != NULL ? saved->value : "");
    }
}

void
kab_setting_rows_blame(const GPtrArray *rows, const char *message)
{
    for (guint i = 0; i < rows->len; i++) {
        GtkWidget *row = g_ptr_array_index(rows, i);
        const char *name = kab_setting_row_get_name(row);

        if (!g_str_has_prefix(message, name) || message[strlen(name)] != ':')
            continue;
        kab_setting_row_blame(row, TRUE);
        gtk_widget_grab_focus(row);
    }
}

void
kab_setting_rows_blame_one(const GPtrArray *rows, const char *name)
{
    g_autofree char *message = g_strconcat(name, ":", NULL);

    kab_setting_rows_blame(rows, message);
}

/* Not where it is only the beginning of a longer name. */
static gboolean
ends_there(const char *end)
{
    return !g_ascii_isalnum(*end) && *end != '-' && !(*end == '.' && g_ascii_isalnum(end[1]));
}

static char *
replace_name(const char *message, const char *name, const char *title)
{
    const char *found = strstr(message, name);

    if (found == NULL || !ends_there(found + strlen(name)))
        return g_strdup(message);
    /* Translators: the title of a setting in a sentence: “Schedule” */
    return g_strdup_printf(_("%.*s“%s”%s"), (int)(found - message), message, title,
                           found + strlen(name));
}

char *
kab_setting_rows_explain(const GPtrArray *rows, const char *message)
{
    char *text = g_strdup(message);

    for (guint i = 0; i < rows->len; i++) {
        GtkWidget *row = g_ptr_array_index(rows, i);
        char *before = text;

        text = replace_name(before, get_binding(row)->name, get_binding(row)->title);
        g_free(before);
    }
    return text;
}
