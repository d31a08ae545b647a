/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-journal.h"

/* kab-client-journal.h: both ends have the same journal. */

static struct {
    GArray *minutes;    /* KabMinute */
    GPtrArray *journal; /* KabJournalItem, the newest first */
    KabJournalQuery query;
    char *query_texts[4];
    char *resent;
    char *resent_outcome; /* (nullable): "applied" without it */
    char *resent_detail;
} console;

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
fake_reset_journal(void)
{
    g_clear_pointer(&console.minutes, g_array_unref);
    g_clear_pointer(&console.journal, g_ptr_array_unref);
    g_clear_pointer(&console.resent, g_free);
    fake_set_resent(NULL, NULL);
    console.query = (KabJournalQuery){0};
    console.minutes = g_array_new(FALSE, TRUE, sizeof(KabMinute));
    console.journal = g_ptr_array_new_with_free_func((GDestroyNotify)kab_journal_item_free);
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
    item->peer = g_strdup(incoming ? "EX, unix" : "https://erp.example.com");
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

KabJournalItem *
kab_journal_item_copy(const KabJournalItem *item)
{
    KabJournalItem *copy = g_memdup2(item, sizeof *item);

    copy->peer = g_strdup(item->peer);
    copy->what = g_strdup(item->what);
    copy->run_id = g_strdup(item->run_id);
    copy->outcome = g_strdup(item->outcome);
    copy->error = g_strdup(item->error);
    copy->kind = g_strdup(item->kind);
    copy->objects = NULL;
    copy->request = NULL;
    copy->answer = NULL;
    return copy;
}

static KabJournalItem *
copy_whole(const KabJournalItem *item)
{
    KabJournalItem *copy = kab_journal_item_copy(item);

    copy->request = g_strdup(item->request);
    copy->answer = g_strdup(item->answer);
    copy->objects = g_ptr_array_new_with_free_func(object_free);
    for (guint i = 0; i < item->objects->len; i++) {
        const KabJournalObject *object = g_ptr_array_index(item->objects, i);
        KabJournalObject *same = g_memdup2(object, sizeof *object);

        same->kind = g_strdup(object->kind);
        same->outcome = g_strdup(object->outcome);
        same->error = g_strdup(object->error);
        g_ptr_array_add(copy->objects, same);
    }
    return copy;
}

/* In the story of an object it is told of the object. */
static KabJournalItem *
copy_event(const KabJournalItem *item, const char *object_id)
{
    KabJournalItem *copy = kab_journal_item_copy(item);

    for (guint i = 0; i < item->objects->len; i++) {
        const KabJournalObject *object = g_ptr_array_index(item->objects, i);

        if (!g_str_equal(object->id, object_id))
            continue;
        g_free(copy->kind);
        g_free(copy->outcome);
        copy->kind = g_strdup(object->kind);
        copy->outcome = g_strdup(object->outcome);
        copy->version = object->version;
        copy->attempt = item->incoming ? 0 : object->attempt;
        copy->n_objects = copy->n_failed = 0;
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

/* The newest first, the story of an object the oldest first. */
static void
compute_journal(GTask *task, gpointer args)
{
    KabPage *page = fake_page_new((GDestroyNotify)kab_journal_item_free);
    const FakeQuery *query = args;
    gboolean newest = query->group_id == NULL || *query->group_id == '-';
    const char *object_id =
        query->group_id != NULL && newest ? query->group_id + 1 : query->group_id;
    guint n = console.journal->len;
    guint seen = 0;

    /* What no filter takes out need not be counted. */
    if (query->text == NULL && object_id == NULL)
        seen = query->after;
    for (guint i = seen; i < n && page->next == NULL; i++) {
        const KabJournalItem *item = g_ptr_array_index(console.journal, newest ? i : n - 1 - i);

        /* The outcome is what the query's text carries, the object its group. */
        if ((query->text == NULL || g_str_equal(query->text, item->outcome)) &&
            (object_id == NULL || is_about(item, object_id)))
            fake_page_offer(page, query, seen++,
                            object_id != NULL ? copy_event(item, object_id)
                                              : kab_journal_item_copy(item),
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
                          console.query_texts[3], query->since,           query->until,
                          query->newest_first};
}

void
kab_client_list_journal_async(KabClient *self, const KabJournalQuery *query, const char *after,
                              guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    g_autofree char *object = NULL;

    if (limit > 1) /* not whether there is anything new */
        note_query(query);
    /* A minus before the object: the newest first. */
    if (query->object_id != NULL)
        object = g_strconcat(query->newest_first ? "-" : "", query->object_id, NULL);
    g_task_set_task_data(task, fake_query_new(object, query->outcome, after, limit),
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
            g_task_return_pointer(task, copy_whole(item), (GDestroyNotify)kab_journal_item_free);
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
