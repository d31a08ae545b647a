/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-queue.h"

#include <string.h>

/* kab-client-queue.h: both ends have the same queue. */

static struct {
    char *number; /* (nullable): the only order that is found by its number */
    char *id;
    char *called; /* (nullable): what the only object that is no order is called */
    char *called_kind;
    char *called_id;
    char *payload; /* (nullable) */
    char *put;
    char *change;
} queue;

void
kab_queue_cause_free(KabQueueCause *cause)
{
    if (cause == NULL)
        return;
    g_free(cause->error);
    g_free(cause->kind);
    g_free(cause->object_id);
    kab_object_name_free(cause->name);
    g_free(cause);
}

void
kab_found_object_free(KabFoundObject *object)
{
    if (object == NULL)
        return;
    g_free(object->kind);
    g_free(object->number);
    kab_object_name_free(object->name);
    g_free(object);
}

void
fake_reset_queue(void)
{
    g_clear_pointer(&queue.number, g_free);
    g_clear_pointer(&queue.id, g_free);
    g_clear_pointer(&queue.called, g_free);
    g_clear_pointer(&queue.called_kind, g_free);
    g_clear_pointer(&queue.called_id, g_free);
    g_clear_pointer(&queue.payload, g_free);
    g_clear_pointer(&queue.put, g_free);
    g_clear_pointer(&queue.change, g_free);
    queue.payload = g_strdup("{\"number\":\"0000-000014\",\"lines\":[{\"quantity\":\"2\"}]}");
}

void
fake_set_number(const char *number, const char *id)
{
    g_free(queue.number);
    g_free(queue.id);
    queue.number = g_strdup(number);
    queue.id = g_strdup(id);
}

void
fake_set_called(const char *kind, const char *called, const char *id)
{
    g_free(queue.called);
    g_free(queue.called_kind);
    g_free(queue.called_id);
    queue.called = g_strdup(called);
    queue.called_kind = g_strdup(kind);
    queue.called_id = g_strdup(id);
}

void
fake_set_payload(const char *body)
{
    g_free(queue.payload);
    queue.payload = g_strdup(body);
}

const char *
fake_get_put(void)
{
    return queue.put;
}

const char *
fake_get_change(void)
{
    return queue.change;
}

void
fake_note_change(const KabClientQueueFilter *filter)
{
    const char *texts[] = {filter->kind, filter->object_id, filter->state, filter->error};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        texts[i] = texts[i] != NULL ? texts[i] : "-";
    g_free(queue.change);
    queue.change = g_strjoin(" ", texts[0], texts[1], texts[2], texts[3], NULL);
}

static gboolean
means(const char *wanted, const char *value)
{
    return wanted == NULL || g_strcmp0(wanted, value) == 0;
}

gboolean
fake_filter_means(const KabClientQueueFilter *filter, const KabQueueEntry *entry)
{
    return means(filter->kind, entry->kind) && means(filter->object_id, entry->object_id) &&
           means(filter->state, kab_queue_state_to_nick(entry->state)) &&
           means(filter->error, entry->error);
}

KabQueueEntry *
fake_get_queue_entry(guint i)
{
    return g_ptr_array_index(fake_world.queue, i);
}

/* Causes. */

static KabQueueCause *
find_cause(KabPage *page, const KabQueueEntry *entry)
{
    const char *error = entry->error != NULL ? entry->error : "";
    KabQueueCause *cause;

    for (guint i = 0; i < page->items->len; i++) {
        cause = g_ptr_array_index(page->items, i);
        if (g_str_equal(cause->error, error) && g_str_equal(cause->kind, entry->kind))
            return cause;
    }
    cause = g_new0(KabQueueCause, 1);
    cause->error = g_strdup(error);
    cause->kind = g_strdup(entry->kind);
    cause->oldest_at = entry->created_at;
    g_ptr_array_add(page->items, cause);
    return cause;
}

static void
compute_causes(GTask *task, gpointer args G_GNUC_UNUSED)
{
    KabPage *page = fake_page_new((GDestroyNotify)kab_queue_cause_free);

    for (guint i = 0; i < fake_world.queue->len; i++) {
        const KabQueueEntry *entry = g_ptr_array_index(fake_world.queue, i);
        KabQueueCause *cause;

        if (entry->state != KAB_QUEUE_FAILED)
            continue;
        cause = find_cause(page, entry);
        cause->count++;
        cause->newest_at = entry->created_at;
        g_free(cause->object_id);
        cause->object_id = g_strdup(entry->object_id);
        kab_object_name_free(cause->name);
        cause->name = kab_object_name_copy(entry->name);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_causes_async(KabClient *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_CAUSES, compute_causes);
}

KabPage *
kab_client_list_causes_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

/* Entries. */

static void
compute_payload(GTask *task, gpointer args)
{
    char **texts = args;

    g_task_return_pointer(
        task,
        queue.payload != NULL
            ? g_strdup_printf("{\"kind\":\"%s\",\"id\":\"%s\",\"body\":%s}", texts[0], texts[1],
                              queue.payload)
            : g_strdup_printf("{\"kind\":\"%s\",\"id\":\"%s\"}", texts[0], texts[1]),
        g_free);
}

static GTask *
task_about(KabClient *self, const char *kind, const char *id, GCancellable *cancellable,
           GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const char *texts[] = {kind, id, NULL};

    g_task_set_task_data(task, g_strdupv((char **)texts), (GDestroyNotify)g_strfreev);
    return task;
}

void
kab_client_get_payload_async(KabClient *self, const char *kind, const char *id,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(task_about(self, kind, id, cancellable, callback, data), FAKE_PAYLOAD,
                compute_payload);
}

char *
kab_client_get_payload_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_put(GTask *task, gpointer args)
{
    char **texts = args;

    g_free(queue.put);
    queue.put = g_strjoin(" ", texts[0], texts[1], NULL);
    g_task_return_boolean(task, TRUE);
}

void
kab_client_put_queue_async(KabClient *self, const char *kind, const char *id,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(task_about(self, kind, id, cancellable, callback, data), FAKE_PUT_QUEUE,
                compute_put);
}

gboolean
kab_client_put_queue_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}

typedef struct {
    char *kind; /* (nullable) */
    char *text;
} Asked;

static void
asked_free(gpointer data)
{
    Asked *asked = data;

    g_free(asked->kind);
    g_free(asked->text);
    g_free(asked);
}

static gboolean
is_of(const Asked *asked, const char *kind)
{
    return asked->kind == NULL || g_strcmp0(asked->kind, kind) == 0;
}

/* Returns: (nullable): the id of what is called so. */
static const char *
find_called(const Asked *asked)
{
    if (g_strcmp0(asked->text, queue.number) == 0 &&
        (is_of(asked, "order") || is_of(asked, "client-order")))
        return queue.id;
    return g_strcmp0(asked->text, queue.called) == 0 && is_of(asked, queue.called_kind)
               ? queue.called_id
               : NULL;
}

static void
compute_found(GTask *task, gpointer args)
{
    const Asked *asked = args;
    const char *called = find_called(asked);
    KabFoundObject *found;
    char id[KAB_ID_SIZE];

    if (called != NULL)
        g_strlcpy(id, called, sizeof id);
    else if (!kab_id_fill_parsed(asked->text, id, NULL)) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                                "Nothing of the kind %s is called <%s> here",
                                asked->kind != NULL ? asked->kind : "any", asked->text);
        return;
    }
    found = g_new0(KabFoundObject, 1);
    g_strlcpy(found->id, id, sizeof found->id);
    if (g_strcmp0(id, queue.id) == 0) {
        found->kind = g_strdup("order");
        found->number = g_strdup(queue.number);
        found->name = g_new0(KabObjectName, 1);
        found->name->number = g_strdup(queue.number);
        found->name->at = 1;
    }
    g_task_return_pointer(task, found, (GDestroyNotify)kab_found_object_free);
}

void
kab_client_find_object_async(KabClient *self, const char *kind, const char *text,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Asked *asked = g_new0(Asked, 1);

    asked->kind = g_strdup(kind);
    asked->text = g_strdup(text);
    g_task_set_task_data(task, asked, asked_free);
    fake_answer(task, FAKE_FIND_OBJECT, compute_found);
}

KabFoundObject *
kab_client_find_object_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
