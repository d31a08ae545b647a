/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange.h"
#include "kab-client-journal.h"
#include "kab-client-settings.h"
#include "kab-journal-format.h"
#include "kab-report-end.h"

#include <glib/gi18n-lib.h>

#define N_FAILURES 10

static void
add_error(GString *text, const GError *error)
{
    g_string_append_printf(text, _("Not known: %s\n"), error->message);
}

/* Takes @task. */
static void
end(GTask *task)
{
    GString *text = g_task_get_task_data(task);

    g_task_return_pointer(task, g_strdup(text->str), g_free);
    g_object_unref(task);
}

static void
text_free(gpointer text)
{
    g_string_free(text, TRUE);
}

static void
on_failures(GObject *source, GAsyncResult *result, gpointer data)
{
    GTask *task = data;
    GString *text = g_task_get_task_data(task);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_journal_finish(KAB_CLIENT(source), result, &error);

    g_string_append_printf(text, "%s\n", _("Latest failures:"));
    for (guint i = 0; page != NULL && i < page->items->len; i++) {
        const KabJournalItem *item = g_ptr_array_index(page->items, i);
        g_autofree char *time = kab_time_format_local(item->at);
        g_autofree char *what = kab_journal_format_what(item);

        g_string_append_printf(text, "  %s %s: %s\n", time, what,
                               item->error != NULL ? item->error : "");
    }
    if (page == NULL)
        add_error(text, error);
    else if (page->items->len == 0)
        g_string_append_printf(text, "  %s\n", _("none"));
    end(task);
}

/* Of a secret, whether there is one; an address may have a password in it. */
static void
add_setting(GString *text, const KabSettingInfo *setting)
{
    g_autofree char *address = NULL;
    const char *value = setting->value != NULL ? setting->value : "";

    if (g_str_equal(setting->type, "secret"))
        value = setting->is_set ? _("(entered)") : _("(not entered)");
    else if (g_str_equal(setting->type, "address"))
        value = address = kab_report_clean_address(value);
    g_string_append_printf(text, "  %s = %s\n", setting->name, value);
}

static void
on_settings(GObject *source, GAsyncResult *result, gpointer data)
{
    const KabJournalQuery failures = {.outcome = "error"};
    GTask *task = data;
    GString *text = g_task_get_task_data(task);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabSettingList) list = kab_client_settings_finish(KAB_CLIENT(source), result, &error);

    g_string_append_printf(text, "%s\n", _("Settings:"));
    for (guint i = 0; list != NULL && i < list->items->len; i++)
        add_setting(text, g_ptr_array_index(list->items, i));
    if (list == NULL)
        add_error(text, error);
    kab_client_list_journal_async(KAB_CLIENT(source), &failures, NULL, N_FAILURES,
                                  g_task_get_cancellable(task), on_failures, task);
}

static void
add_state(GString *text, const KabExchangeState *state)
{
    g_autofree char *last = kab_time_format_local(state->last_run_at);

    if (state->version != NULL)
        g_string_append_printf(text, _("Version: %s\n"), state->version);
    g_string_append_printf(text, _("Waiting: %u, processing: %u, failed: %u\n"),
                           (guint)state->counts[KAB_QUEUE_WAITING],
                           (guint)state->counts[KAB_QUEUE_PROCESSING],
                           (guint)state->counts[KAB_QUEUE_FAILED]);
    g_string_append_printf(text, _("Last run: %s\n"), state->last_run_at != 0 ? last : _("never"));
    if (state->last_error != NULL)
        g_string_append_printf(text, "%s\n", state->last_error);
    if (state->failure != NULL)
        g_string_append_printf(text, "%s\n", state->failure);
}

static void
on_state(GObject *source, GAsyncResult *result, gpointer data)
{
    GTask *task = data;
    GString *text = g_task_get_task_data(task);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabExchangeState) state =
        kab_client_get_exchange_finish(KAB_CLIENT(source), result, &error);

    if (state != NULL)
        add_state(text, state);
    else
        add_error(text, error);
    kab_client_get_settings_async(KAB_CLIENT(source), g_task_get_cancellable(task), on_settings,
                                  task);
}

void
kab_report_end_async(KabClient *client, const char *title, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(client, cancellable, callback, data);
    GString *text = g_string_new(NULL);

    g_string_append_printf(text, "\n%s\n", title);
    g_task_set_task_data(task, text, text_free);
    kab_client_get_exchange_async(client, cancellable, on_state, task);
}

char *
kab_report_end_finish(GAsyncResult *result)
{
    return g_task_propagate_pointer(G_TASK(result), NULL);
}

char *
kab_report_clean_address(const char *address)
{
    g_autoptr(GUri) uri = g_uri_parse(address, G_URI_FLAGS_NONE, NULL);

    if (uri == NULL || g_uri_get_host(uri) == NULL)
        return g_strdup(g_str_has_prefix(address, "unix:") ? _("this computer") : address);
    return g_uri_to_string_partial(uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY);
}
