/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-journal.h"
#include "kab-client-settings.h"

#include <string.h>

/* kab-client-settings.h and kab-client-journal.h: both ends have the same settings and journal. */

static struct {
    GPtrArray *settings; /* KabSettingInfo */
    GArray *minutes;     /* KabMinute */
    GPtrArray *journal;  /* KabJournalItem, the newest first */
    char *problem;       /* (nullable): what "Check integration" finds */
    KabJournalQuery query;
    char *query_texts[4];
    char *resent;
    char *resent_outcome; /* (nullable): "applied" without it */
    char *resent_detail;
} console;

static void
setting_free(gpointer data)
{
    KabSettingInfo *setting = data;

    g_free(setting->name);
    g_free(setting->title);
    g_free(setting->type);
    g_free(setting->value);
    g_free(setting);
}

static KabSettingInfo *
setting_new(const char *name, const char *title, const char *type, const char *value)
{
    KabSettingInfo *setting = g_new0(KabSettingInfo, 1);

    setting->name = g_strdup(name);
    setting->title = g_strdup(title);
    setting->type = g_strdup(type);
    setting->value = g_strdup(value);
    setting->is_set = value == NULL;
    return setting;
}

static void
object_free(gpointer data)
{
    KabJournalObject *object = data;

    g_free(object->kind);
    g_free(object->outcome);
    g_free(object->error);
    g_free(object);
}

void
kab_journal_item_free(KabJournalItem *item)
{
    if (item == NULL)
        return;
    g_free(item->peer);
    g_free(item->what);
    g_free(item->run_id);
    g_free(item->outcome);
    g_free(item->error);
    g_free(item->kind);
    g_clear_pointer(&item->objects, g_ptr_array_unref);
    g_free(item->request);
    g_free(item->answer);
    g_free(item);
}

void
kab_setting_list_free(KabSettingList *list)
{
    if (list == NULL)
        return;
    g_ptr_array_unref(list->items);
    g_free(list->notice);
    g_free(list);
}

const KabSettingInfo *
kab_setting_list_find(const KabSettingList *list, const char *name)
{
    for (guint i = 0; i < list->items->len; i++) {
        const KabSettingInfo *setting = g_ptr_array_index(list->items, i);

        if (g_str_equal(setting->name, name))
            return setting;
    }
    return NULL;
}

void
fake_reset_console(void)
{
    static const char *const settings[][4] = {
        {"service.address", "Address of the HTTP service", "address", "https://erp.example.com"},
        {"service.secret", "Client Secret", "secret", NULL},
        {"exchange.enabled", "Integration enabled", "switch", "true"},
        {"exchange.schedule", "Schedule of the exchange", "interval", "05:00"},
        {"orders.stock_check", "What to do when there is too little stock", "mode", "warn"},
        {"mail.security", "Security of the connection to the mail server", "security", "starttls"},
    };

    g_clear_pointer(&console.settings, g_ptr_array_unref);
    g_clear_pointer(&console.minutes, g_array_unref);
    g_clear_pointer(&console.journal, g_ptr_array_unref);
    g_clear_pointer(&console.problem, g_free);
    g_clear_pointer(&console.resent, g_free);
    fake_set_resent(NULL, NULL);
    console.query = (KabJournalQuery){0};
    console.settings = g_ptr_array_new_with_free_func(setting_free);
    console.minutes = g_array_new(FALSE, TRUE, sizeof(KabMinute));
    console.journal = g_ptr_array_new_with_free_func((GDestroyNotify)kab_journal_item_free);
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++)
        g_ptr_array_add(console.settings, setting_new(settings[i][0], settings[i][1],
                                                      settings[i][2], settings[i][3]));
}

void
fake_set_problem(const char *problem)
{
    g_free(console.problem);
    console.problem = g_strdup(problem);
}

const char *
fake_get_setting(const char *name)
{
    const KabSettingList list = {console.settings, NULL};

    return kab_setting_list_find(&list, name)->value;
}

void
fake_add_minute(KabTime at, gint64 messages, gint64 age_s)
{
    const KabMinute minute = {.at = at, .messages = messages, .age_s = age_s};

    g_array_append_val(console.minutes, minute);
}

void
fake_add_journal(gboolean incoming, const char *what, const char *error)
{
    KabJournalItem *item = g_new0(KabJournalItem, 1);
    KabJournalObject *object = g_new0(KabJournalObject, 1);

    item->id = console.journal->len + 1;
    item->at = kab_time_now() - (KabTime)console.journal->len * 60000;
    item->incoming = incoming;
    item->peer = g_strdup(incoming ? "10.0.0.7" : "https://erp.example.com");
    item->what = g_strdup(what);
    item->run_id = g_strdup("run-1");
    item->http_status = error != NULL ? 503 : 200;
    item->duration_ms = 128;
    item->outcome = g_strdup(error != NULL ? "error" : "ok");
    item->error = g_strdup(error);
    item->n_objects = 1;
    item->request = g_strdup("{\"messages\":[{\"kind\":\"order\",\"version\":3}]}");
    item->answer = g_strdup(error != NULL ? "" : "{\"results\":[{\"outcome\":\"applied\"}]}");
    item->objects = g_ptr_array_new_with_free_func(object_free);
    object->kind = g_strdup("order");
    kab_id_fill_from_source("order", what, object->id);
    object->version = 3;
    object->attempt = 1;
    object->outcome = g_strdup(error != NULL ? "failed" : "applied");
    object->error = g_strdup(error);
    g_ptr_array_add(item->objects, object);
    item->n_failed = error != NULL;
    g_ptr_array_add(console.journal, item);
}

void
fake_add_new_journal(gboolean incoming, const char *what, const char *error)
{
    gpointer item;

    fake_add_journal(incoming, what, error);
    item = g_ptr_array_steal_index(console.journal, console.journal->len - 1);
    ((KabJournalItem *)item)->at = kab_time_now();
    g_ptr_array_insert(console.journal, 0, item);
}

KabJournalItem *
fake_get_journal(guint i)
{
    return g_ptr_array_index(console.journal, i);
}

void
fake_set_resent(const char *outcome, const char *detail)
{
    g_free(console.resent_outcome);
    g_free(console.resent_detail);
    console.resent_outcome = g_strdup(outcome);
    console.resent_detail = g_strdup(detail);
}

const char *
fake_get_resent(void)
{
    return console.resent;
}

const KabJournalQuery *
fake_get_journal_query(void)
{
    return &console.query;
}

/* kab-client-settings.h */

static KabSettingList *
copy_settings(const char *notice)
{
    KabSettingList *list = g_new0(KabSettingList, 1);

    list->items = g_ptr_array_new_with_free_func(setting_free);
    list->notice = g_strdup(notice);
    for (guint i = 0; i < console.settings->len; i++) {
        const KabSettingInfo *setting = g_ptr_array_index(console.settings, i);

        g_ptr_array_add(list->items,
                        setting_new(setting->name, setting->title, setting->type, setting->value));
    }
    return list;
}

static void
compute_settings(GTask *task, gpointer args G_GNUC_UNUSED)
{
    g_task_return_pointer(task, copy_settings(NULL), (GDestroyNotify)kab_setting_list_free);
}

void
kab_client_get_settings_async(KabClient *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_SETTINGS, compute_settings);
}

static void
compute_set_settings(GTask *task, gpointer args)
{
    char **values = args;

    for (guint i = 0; values[i] != NULL; i += 2) {
        for (guint n = 0; n < console.settings->len; n++) {
            KabSettingInfo *setting = g_ptr_array_index(console.settings, n);

            if (!g_str_equal(setting->name, values[i]) || g_str_equal(setting->type, "secret"))
                continue;
            g_free(setting->value);
            setting->value = g_strdup(values[i + 1]);
        }
    }
    g_task_return_pointer(task, copy_settings(NULL), (GDestroyNotify)kab_setting_list_free);
}

void
kab_client_set_settings_async(KabClient *self, const char *const *values, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdupv((char **)values), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SET_SETTINGS, compute_set_settings);
}

KabSettingList *
kab_client_settings_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_check(GTask *task, gpointer args G_GNUC_UNUSED)
{
    g_task_return_pointer(task, g_strdup(console.problem != NULL ? console.problem : ""), g_free);
}

void
kab_client_check_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_CHECK, compute_check);
}

gboolean
kab_client_check_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, char **problem,
                        GError **error)
{
    g_autofree char *found = g_task_propagate_pointer(G_TASK(result), error);

    *problem = found != NULL && *found != '\0' ? g_strdup(found) : NULL;
    return found != NULL;
}

/* kab-client-journal.h */

static void
compute_minutes(GTask *task, gpointer args G_GNUC_UNUSED)
{
    g_task_return_pointer(task, g_array_copy(console.minutes), (GDestroyNotify)g_array_unref);
}

void
kab_client_get_history_async(KabClient *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_MINUTES, compute_minutes);
}

GArray *
kab_client_get_history_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static KabJournalItem *
copy_item(const KabJournalItem *item, gboolean whole)
{
    KabJournalItem *copy = g_memdup2(item, sizeof *item);

    copy->peer = g_strdup(item->peer);
    copy->what = g_strdup(item->what);
    copy->run_id = g_strdup(item->run_id);
    copy->outcome = g_strdup(item->outcome);
    copy->error = g_strdup(item->error);
    copy->kind = g_strdup(item->kind);
    copy->request = whole ? g_strdup(item->request) : NULL;
    copy->answer = whole ? g_strdup(item->answer) : NULL;
    copy->objects = whole ? g_ptr_array_new_with_free_func(object_free) : NULL;
    for (guint i = 0; whole && i < item->objects->len; i++) {
        const KabJournalObject *object = g_ptr_array_index(item->objects, i);
        KabJournalObject *same = g_memdup2(object, sizeof *object);

        same->kind = g_strdup(object->kind);
        same->outcome = g_strdup(object->outcome);
        same->error = g_strdup(object->error);
        g_ptr_array_add(copy->objects, same);
    }
    return copy;
}

static gboolean
is_about(const KabJournalItem *item, const char *object_id)
{
    for (guint i = 0; i < item->objects->len; i++)
        if (g_str_equal(((KabJournalObject *)g_ptr_array_index(item->objects, i))->id, object_id))
            return TRUE;
    return FALSE;
}

static void
compute_journal(GTask *task, gpointer args)
{
    KabPage *page = fake_page_new((GDestroyNotify)kab_journal_item_free);
    guint seen = 0;

    for (guint i = 0; i < console.journal->len; i++) {
        const KabJournalItem *item = g_ptr_array_index(console.journal, i);
        const FakeQuery *query = args;

        /* The outcome is what the query's text carries, the object its group. */
        if ((query->text == NULL || g_str_equal(query->text, item->outcome)) &&
            (query->group_id == NULL || is_about(item, query->group_id)))
            fake_page_offer(page, query, seen++, copy_item(item, FALSE),
                            (GDestroyNotify)kab_journal_item_free);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

static void
note_query(const KabJournalQuery *query)
{
    const char *texts[] = {query->object_id, query->kind, query->direction, query->outcome};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(console.query_texts[i]);
        console.query_texts[i] = g_strdup(texts[i]);
    }
    console.query =
        (KabJournalQuery){console.query_texts[0], console.query_texts[1], console.query_texts[2],
                          console.query_texts[3], query->since,           query->until};
}

void
kab_client_list_journal_async(KabClient *self, const KabJournalQuery *query, const char *after,
                              guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    note_query(query);
    g_task_set_task_data(task, fake_query_new(query->object_id, query->outcome, after, limit),
                         fake_query_free);
    fake_answer(task, FAKE_JOURNAL, compute_journal);
}

KabPage *
kab_client_list_journal_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_journal_item(GTask *task, gpointer args)
{
    guint id = GPOINTER_TO_UINT(args);

    for (guint i = 0; i < console.journal->len; i++) {
        const KabJournalItem *item = g_ptr_array_index(console.journal, i);

        if (item->id == id) {
            g_task_return_pointer(task, copy_item(item, TRUE),
                                  (GDestroyNotify)kab_journal_item_free);
            return;
        }
    }
    g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "There is no such entry");
}

void
kab_client_get_journal_async(KabClient *self, gint64 id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, GUINT_TO_POINTER((guint)id), NULL);
    fake_answer(task, FAKE_JOURNAL_ITEM, compute_journal_item);
}

KabJournalItem *
kab_client_get_journal_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_resend(GTask *task, gpointer args)
{
    g_free(console.resent);
    console.resent = g_strdup(args);
    g_task_return_pointer(
        task, g_strdup(console.resent_outcome != NULL ? console.resent_outcome : "applied"),
        g_free);
}

void
kab_client_resend_async(KabClient *self, gint64 id, const char *message, const char *reason,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdup_printf("%" G_GINT64_FORMAT " %s %s", id, reason, message),
                         g_free);
    fake_answer(task, FAKE_RESEND, compute_resend);
}

char *
kab_client_resend_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, char **detail,
                         GError **error)
{
    *detail = g_strdup(console.resent_detail);
    return g_task_propagate_pointer(G_TASK(result), error);
}
