/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-settings.h"
#include "kab-error.h"
#include "kab-keys.h"
#include "kab-kinds-group.h"
#include "kab-roles-group.h"
#include "kab-save-file.h"
#include "kab-schedule.h"
#include "kab-setting-row.h"
#include "kab-settings-file.h"
#include "kab-settings-page.h"
#include "kab-spinner.h"
#include "kab-value-row.h"
#include "kab-words-group.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

#define SCHEDULE "exchange.schedule"

struct _KabSettingsPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkSpinner *spinner;
    GtkLabel *result_label;
    GtkBox *form;
    AdwBin *roles_bin; /* empty at a portal */
    AdwBin *words_bin;
    AdwBin *kinds_bin;

    GPtrArray *rows;               /* (element-type GtkWidget): of the settings */
    GtkFileChooserNative *chooser; /* (owned) (nullable) */
    gboolean base;
    KabValueRow *schedule_row;
    gboolean busy;
    gboolean check_loaded; /* once they are here */
};

G_DEFINE_FINAL_TYPE(KabSettingsPage, kab_settings_page, KAB_TYPE_DATA_PAGE)

/* What the first part of a setting's name is about; the rest is in a group without a title. */
static const struct {
    const char *prefix;
    const char *title; /* a msgid */
} groups[] = {
    {"exchange.", N_("Integration")},
    {"service.", N_("HTTP service")},
    {"orders.", N_("Orders")},
    {"approval.", N_("Approval")},
    {"organisation.", N_("Organisation")},
    {"portal.", N_("Letters to users")},
    {"mail.", N_("Letters to users")},
    {"journal.", N_("Journal")},
};

static void
set_busy(KabSettingsPage *self, gboolean busy)
{
    self->busy = busy;
    kab_spinner_set(self->spinner, busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "settings.check", !busy);
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "settings.save",
                                  !busy && kab_data_page_is_edited(KAB_DATA_PAGE(self)));
}

/* @text: (nullable): it may call settings by their names */
static void
show_result(KabSettingsPage *self, const char *css, const char *text)
{
    const char *classes[] = {css, NULL};
    g_autofree char *explained = kab_setting_rows_explain(self->rows, text != NULL ? text : "");

    gtk_label_set_text(self->result_label, explained);
    gtk_widget_set_css_classes(GTK_WIDGET(self->result_label), classes);
    gtk_widget_set_visible(GTK_WIDGET(self->result_label), text != NULL);
}

static void
show_schedule(KabSettingsPage *self, GtkWidget *row)
{
    g_autofree char *text =
        kab_schedule_describe(gtk_editable_get_text(GTK_EDITABLE(row)), kab_time_now());

    kab_value_row_set_value(self->schedule_row, text);
}

static void
on_row_changed(GtkWidget *row, gpointer data)
{
    KabSettingsPage *self = data;
    g_autoptr(GPtrArray) changes = kab_setting_rows_list_changes(self->rows);

    if (self->schedule_row != NULL && g_str_equal(kab_setting_row_get_name(row), SCHEDULE))
        show_schedule(self, row);
    kab_data_page_set_edited(KAB_DATA_PAGE(self), changes->len > 1);
    set_busy(self, self->busy);
}

static const char *
find_group(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(groups); i++)
        if (g_str_has_prefix(name, groups[i].prefix))
            return _(groups[i].title);
    return "";
}

static void
add_schedule(KabSettingsPage *self, AdwPreferencesGroup *group, GtkWidget *row)
{
    self->schedule_row =
        g_object_new(KAB_TYPE_VALUE_ROW, "title", _("Next runs, if it is saved now"), NULL);
    adw_preferences_group_add(group, GTK_WIDGET(self->schedule_row));
    show_schedule(self, row);
}

/* The service's own settings come after the exchange's, and may belong to a group before. */
static AdwPreferencesGroup *
need_group(KabSettingsPage *self, GHashTable *shown, const char *title)
{
    AdwPreferencesGroup *group = g_hash_table_lookup(shown, title);

    if (group != NULL)
        return group;
    group = ADW_PREFERENCES_GROUP(adw_preferences_group_new());
    adw_preferences_group_set_title(group, title);
    gtk_box_append(self->form, GTK_WIDGET(group));
    g_hash_table_insert(shown, (gpointer)title, group);
    return group;
}

static void
fill_form(KabSettingsPage *self, const KabSettingList *list)
{
    g_autoptr(GHashTable) shown = g_hash_table_new(g_str_hash, g_str_equal);
    GtkWidget *old;

    while ((old = gtk_widget_get_first_child(GTK_WIDGET(self->form))) != NULL)
        gtk_box_remove(self->form, old);
    g_ptr_array_set_size(self->rows, 0);
    self->schedule_row = NULL;
    for (guint i = 0; i < list->items->len; i++) {
        const KabSettingInfo *setting = g_ptr_array_index(list->items, i);
        GtkWidget *row = kab_setting_row_new(setting, on_row_changed, self);
        AdwPreferencesGroup *group = need_group(self, shown, find_group(setting->name));

        adw_preferences_group_add(group, row);
        g_ptr_array_add(self->rows, row);
        if (g_str_equal(setting->name, SCHEDULE))
            add_schedule(self, group, row);
    }
    kab_data_page_set_edited(KAB_DATA_PAGE(self), FALSE);
    set_busy(self, FALSE);
}

static void
on_checked(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSettingsPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabCheck) check = kab_client_check_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (check == NULL) {
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
        return;
    }
    kab_data_page_answered(KAB_DATA_PAGE(self));
    if (check->problem != NULL) {
        show_result(self, "error", check->problem);
        kab_setting_rows_blame_one(self->rows, check->setting != NULL ? check->setting : "");
    } else if (check->warning != NULL) {
        show_result(self, "warning", check->warning);
    } else {
        show_result(self, "success", _("The service is available"));
    }
}

static void
check(KabSettingsPage *self)
{
    self->check_loaded = FALSE;
    show_result(self, "dim-label", _("Checking…"));
    set_busy(self, TRUE);
    kab_client_check_async(kab_data_page_get_client(KAB_DATA_PAGE(self)),
                           kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_checked, self);
}

static void
on_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSettingsPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabSettingList) list = kab_client_settings_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (list == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    fill_form(self, list);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
    kab_kinds_group_load(KAB_KINDS_GROUP(adw_bin_get_child(self->kinds_bin)));
    kab_words_group_load(KAB_WORDS_GROUP(adw_bin_get_child(self->words_bin)));
    if (adw_bin_get_child(self->roles_bin) != NULL)
        kab_roles_group_load(KAB_ROLES_GROUP(adw_bin_get_child(self->roles_bin)));
    if (self->check_loaded)
        check(self);
}

/* Who comes back sees what will be saved with the next change. */
static void
remind(KabSettingsPage *self)
{
    g_autoptr(GPtrArray) changes = kab_setting_rows_list_changes(self->rows);
    g_autoptr(GString) names = g_string_new(NULL);
    g_autofree char *text = NULL;

    for (guint i = 0; changes->pdata[i] != NULL; i += 2)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", (char *)changes->pdata[i]);
    text = g_strdup_printf(_("Entered and not saved yet: %s"), names->str);
    show_result(self, "warning", text);
}

/* What is entered and not saved outlives a look at another page. */
static void
kab_settings_page_load(KabDataPage *page)
{
    if (kab_data_page_is_edited(page)) {
        remind(KAB_SETTINGS_PAGE(page));
        return;
    }
    show_result(KAB_SETTINGS_PAGE(page), NULL, NULL); /* it was of another look */
    kab_client_get_settings_async(kab_data_page_get_client(page), kab_data_page_begin_load(page),
                                  on_got, page);
}

static void
on_saved(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSettingsPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabSettingList) list = kab_client_settings_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_busy(self, FALSE);
    if (list == NULL) {
        if (g_error_matches(error, KAB_ERROR, KAB_ERROR_INVALID)) {
            /* Beside the field that it is about, by its title. */
            kab_setting_rows_blame(self->rows, error->message);
            show_result(self, "error", error->message);
        } else {
            kab_data_page_fail(KAB_DATA_PAGE(self), error);
        }
        return;
    }
    fill_form(self, list);
    kab_data_page_answered(KAB_DATA_PAGE(self));
    show_result(self, "dim-label", list->notice);
    kab_data_page_say(KAB_DATA_PAGE(self), _("The settings are saved"));
}

static void
on_save(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSettingsPage *self = KAB_SETTINGS_PAGE(widget);
    g_autoptr(GPtrArray) changes = kab_setting_rows_list_changes(self->rows);

    if (self->busy || changes->len == 1)
        return;
    show_result(self, NULL, NULL);
    set_busy(self, TRUE);
    kab_client_set_settings_async(
        kab_data_page_get_client(KAB_DATA_PAGE(self)), (const char *const *)changes->pdata,
        kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_saved, self);
}

void
kab_settings_page_check(KabSettingsPage *self)
{
    self->check_loaded = TRUE;
}

static void
on_check(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSettingsPage *self = KAB_SETTINGS_PAGE(widget);

    if (kab_data_page_is_edited(KAB_DATA_PAGE(self))) {
        show_result(self, "warning", _("Save first: what is saved is checked."));
        return;
    }
    check(self);
}

/* To a file, and from it. */

static void
on_file_saved(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabSettingsPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GFile) file = kab_save_file_finish(result, &error);
    g_autofree char *name = file != NULL ? g_file_get_parse_name(file) : NULL;
    g_autofree char *text = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (file == NULL) {
        show_result(self, "error", error->message);
        return;
    }
    text = g_strdup_printf(_("Saved to %s, without the secrets"), name);
    show_result(self, "success", text);
}

void
kab_settings_page_save_to(KabSettingsPage *self, const char *path)
{
    g_autoptr(GPtrArray) values = kab_setting_rows_list_values(self->rows);
    g_autoptr(GBytes) bytes = kab_settings_file_make((const char *const *)values->pdata);

    kab_save_file_private_async(path, bytes, kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                on_file_saved, self);
}

/* What this end has no setting for; "" if it has one for each. */
static char *
list_unknown(KabSettingsPage *self, const GPtrArray *values)
{
    g_autoptr(GString) unknown = g_string_new(NULL);

    for (guint i = 0; values->pdata[i] != NULL; i += 2)
        if (kab_setting_rows_find(self->rows, values->pdata[i]) == NULL)
            g_string_append_printf(unknown, "%s%s", unknown->len > 0 ? ", " : "",
                                   (const char *)values->pdata[i]);
    return g_string_free(g_steal_pointer(&unknown), FALSE);
}

/* What is entered is not saved: the person looks at it first. The other end's file is not entered
 * in part: some of its settings are called as those of this end, and mean the contrary. */
static void
enter_values(KabSettingsPage *self, const GPtrArray *values)
{
    g_autofree char *unknown = list_unknown(self, values);
    g_autofree char *text = NULL;

    if (*unknown != '\0') {
        text = g_strdup_printf(_("Nothing was entered: there are no such settings here: %s\nIs it "
                                 "the file of another end?"),
                               unknown);
        show_result(self, "error", text);
        return;
    }
    for (guint i = 0; values->pdata[i] != NULL; i += 2)
        kab_setting_row_enter(kab_setting_rows_find(self->rows, values->pdata[i]),
                              values->pdata[i + 1]);
    show_result(self, "dim-label",
                kab_data_page_is_edited(KAB_DATA_PAGE(self))
                    ? _("It is entered, and not saved yet: look at it, then save.")
                    : _("The file says what is set already."));
}

static void
on_file_read(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabSettingsPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) values = kab_settings_file_read_finish(result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (values != NULL)
        enter_values(self, values);
    else
        show_result(self, "error", error->message);
}

void
kab_settings_page_load_from(KabSettingsPage *self, const char *path)
{
    kab_settings_file_read_async(path, kab_data_page_get_cancellable(KAB_DATA_PAGE(self)),
                                 on_file_read, self);
}

static void
on_chosen(KabSettingsPage *self, int response, GtkFileChooser *chooser)
{
    g_autoptr(GFile) file =
        response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file(chooser) : NULL;
    gboolean save = gtk_file_chooser_get_action(chooser) == GTK_FILE_CHOOSER_ACTION_SAVE;

    if (file != NULL && g_file_peek_path(file) != NULL) {
        if (save)
            kab_settings_page_save_to(self, g_file_peek_path(file));
        else
            kab_settings_page_load_from(self, g_file_peek_path(file));
    }
    g_clear_object(&self->chooser);
}

static void
on_file(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabSettingsPage *self = KAB_SETTINGS_PAGE(widget);
    gboolean save = g_str_equal(name, "settings.save-file");

    if (self->chooser != NULL || self->rows->len == 0)
        return;
    self->chooser = gtk_file_chooser_native_new(
        save ? _("Save the settings to a file") : _("Load settings from a file"),
        GTK_WINDOW(gtk_widget_get_root(widget)),
        save ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
    gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(self->chooser), TRUE);
    if (save)
        gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(self->chooser),
                                          self->base ? "kabinet-base-settings.json"
                                                     : "kabinet-portal-settings.json");
    g_signal_connect_object(self->chooser, "response", G_CALLBACK(on_chosen), self,
                            G_CONNECT_SWAPPED);
    gtk_native_dialog_show(GTK_NATIVE_DIALOG(self->chooser));
}

static void
kab_settings_page_dispose(GObject *object)
{
    g_clear_object(&KAB_SETTINGS_PAGE(object)->chooser);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_SETTINGS_PAGE);
    G_OBJECT_CLASS(kab_settings_page_parent_class)->dispose(object);
}

static void
kab_settings_page_finalize(GObject *object)
{
    g_ptr_array_unref(KAB_SETTINGS_PAGE(object)->rows);
    G_OBJECT_CLASS(kab_settings_page_parent_class)->finalize(object);
}

static void
kab_settings_page_class_init(KabSettingsPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_settings_page_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_settings_page_finalize;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_settings_page_load;

    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-settings-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabSettingsPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabSettingsPage, spinner);
    gtk_widget_class_bind_template_child(widget_class, KabSettingsPage, result_label);
    gtk_widget_class_bind_template_child(widget_class, KabSettingsPage, form);
    gtk_widget_class_bind_template_child(widget_class, KabSettingsPage, kinds_bin);
    gtk_widget_class_bind_template_child(widget_class, KabSettingsPage, words_bin);
    gtk_widget_class_bind_template_child(widget_class, KabSettingsPage, roles_bin);
    gtk_widget_class_install_action(widget_class, "settings.save", NULL, on_save);
    gtk_widget_class_install_action(widget_class, "settings.check", NULL, on_check);
    gtk_widget_class_install_action(widget_class, "settings.save-file", NULL, on_file);
    gtk_widget_class_install_action(widget_class, "settings.load-file", NULL, on_file);
}

static void
kab_settings_page_init(KabSettingsPage *self)
{
    static const KabKey keys[] = {{"<Control>Return", "settings.check", NULL},
                                  {"<Control>s", "settings.save", NULL},
                                  {"<Control><Shift>s", "settings.save-file", NULL},
                                  {"<Control>o", "settings.load-file", NULL},
                                  {NULL, NULL, NULL}};

    self->rows = g_ptr_array_new();
    kab_keys_add(GTK_WIDGET(self), keys);
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    adw_bin_set_child(self->kinds_bin, kab_kinds_group_new(KAB_DATA_PAGE(self)));
}

KabDataPage *
kab_settings_page_new(KabClient *client, gboolean base)
{
    KabSettingsPage *self = g_object_new(KAB_TYPE_SETTINGS_PAGE, "client", client, "title",
                                         base ? _("Base settings") : _("Portal settings"), NULL);

    self->base = base;
    adw_bin_set_child(self->words_bin, kab_words_group_new(KAB_DATA_PAGE(self), base));
    if (base)
        adw_bin_set_child(self->roles_bin, kab_roles_group_new(KAB_DATA_PAGE(self)));
    return KAB_DATA_PAGE(self);
}
