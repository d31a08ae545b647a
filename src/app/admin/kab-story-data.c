/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-queue.h"
#include "kab-story-data.h"
#include "kab-story.h"

#define PAGE_SIZE 500
#define MAX_EVENTS 10000
#define MAX_ENTRIES 10

struct _KabStoryData {
    GObject parent_instance;

    KabClient *client;         /* (owned) */
    char *kind;                /* (owned) */
    char *id;                  /* (owned) */
    GCancellable *cancellable; /* (owned) (nullable): of the present load */
    guint n_awaited;           /* answers that have not come yet */
    GError *error;             /* (owned) (nullable): the first failure of this load */
    GPtrArray *coming;         /* (owned) (nullable): the events of this load */
    KabExchangeState *state;   /* (owned) (nullable) */
    KabQueueEntry *entry;      /* (owned) (nullable) */
    GPtrArray *events;         /* (owned) (element-type KabJournalItem) */
    KabObjectName *name;       /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE(KabStoryData, kab_story_data, G_TYPE_OBJECT)

enum {
    LOADED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* @error: (nullable) (transfer full) */
static void
take_answer(KabStoryData *self, GError *error)
{
    g_autoptr(GError) told = NULL;

    if (error != NULL && self->error == NULL)
        self->error = error;
    else
        g_clear_error(&error);
    if (--self->n_awaited > 0)
        return;
    if (self->error == NULL) {
        g_clear_pointer(&self->events, g_ptr_array_unref);
        self->events = g_steal_pointer(&self->coming);
    }
    told = g_steal_pointer(&self->error);
    g_signal_emit(self, signals[LOADED], 0, told);
}

static void
on_state_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabStoryData *self = data;
    GError *error = NULL;
    KabExchangeState *state = kab_client_get_exchange_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_error_free(error);
        return;
    }
    if (state != NULL) {
        g_clear_pointer(&self->state, kab_exchange_state_free);
        self->state = state;
    }
    take_answer(self, error);
}

/* An order and its client order are one; a product's price and stock have its id, and are not it.
 */
static gboolean
is_of(KabStoryData *self, const char *kind)
{
    return kind == NULL ||
           g_str_equal(kab_story_kind_at(TRUE, kind), kab_story_kind_at(TRUE, self->kind));
}

/* The entry that says most: what is about the object itself, then what failed before what waits. */
static KabQueueEntry *
take_entry(KabStoryData *self, KabPage *page)
{
    KabQueueEntry **worst = NULL;

    for (guint i = 0; i < page->items->len; i++) {
        KabQueueEntry **entry = (KabQueueEntry **)&page->items->pdata[i];
        gboolean own = is_of(self, (*entry)->kind);
        gboolean worst_own = worst != NULL && is_of(self, (*worst)->kind);

        if (worst == NULL || own > worst_own ||
            (own == worst_own && (*entry)->state == KAB_QUEUE_FAILED))
            worst = entry;
    }
    return worst != NULL ? g_steal_pointer(worst) : NULL;
}

static void
on_queue_found(GObject *source, GAsyncResult *result, gpointer data)
{
    KabStoryData *self = data;
    GError *error = NULL;
    g_autoptr(KabPage) page = kab_client_list_queue_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_error_free(error);
        return;
    }
    if (page != NULL) {
        g_clear_pointer(&self->entry, kab_queue_entry_free);
        self->entry = take_entry(self, page);
    }
    take_answer(self, error);
}

static void list_events(KabStoryData *self, const char *after);

static void
on_events_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabStoryData *self = data;
    GError *error = NULL;
    g_autoptr(KabPage) page = kab_client_list_journal_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_error_free(error);
        return;
    }
    for (guint i = 0; page != NULL && i < page->items->len; i++) {
        KabJournalItem *item = g_steal_pointer(&page->items->pdata[i]);

        /* What all of them are about stands above them. */
        g_clear_pointer(&item->name, kab_object_name_free);
        g_ptr_array_add(self->coming, item);
    }
    if (page != NULL && page->next != NULL && self->coming->len < MAX_EVENTS)
        list_events(self, page->next);
    else
        take_answer(self, error);
}

static void
list_events(KabStoryData *self, const char *after)
{
    const KabJournalQuery query = {.object_id = self->id};

    kab_client_list_journal_async(self->client, &query, after, PAGE_SIZE, self->cancellable,
                                  on_events_listed, self);
}

/* Why there is no name is no matter. */
static void
on_object_found(GObject *source, GAsyncResult *result, gpointer data)
{
    KabStoryData *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabFoundObject) found =
        kab_client_find_object_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (found != NULL) {
        kab_object_name_free(self->name);
        self->name = g_steal_pointer(&found->name);
    }
    take_answer(self, NULL);
}

void
kab_story_data_load(KabStoryData *self, GCancellable *cancellable)
{
    const KabClientQueueFilter filter = {.object_id = self->id};

    g_set_object(&self->cancellable, cancellable);
    g_clear_error(&self->error);
    g_clear_pointer(&self->coming, g_ptr_array_unref);
    self->coming = g_ptr_array_new_with_free_func((GDestroyNotify)kab_journal_item_free);
    self->n_awaited = 4;
    kab_client_get_exchange_async(self->client, cancellable, on_state_got, self);
    kab_client_list_queue_async(self->client, &filter, NULL, MAX_ENTRIES, cancellable,
                                on_queue_found, self);
    kab_client_find_object_async(self->client, self->kind, self->id, cancellable, on_object_found,
                                 self);
    list_events(self, NULL);
}

static void
kab_story_data_finalize(GObject *object)
{
    KabStoryData *self = KAB_STORY_DATA(object);

    g_clear_object(&self->cancellable);
    g_clear_object(&self->client);
    g_clear_error(&self->error);
    g_clear_pointer(&self->coming, g_ptr_array_unref);
    g_clear_pointer(&self->events, g_ptr_array_unref);
    g_clear_pointer(&self->state, kab_exchange_state_free);
    g_clear_pointer(&self->entry, kab_queue_entry_free);
    kab_object_name_free(self->name);
    g_free(self->kind);
    g_free(self->id);
    G_OBJECT_CLASS(kab_story_data_parent_class)->finalize(object);
}

static void
kab_story_data_class_init(KabStoryDataClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_story_data_finalize;

    /** KabStoryData::loaded: everything is known; or why not. */
    signals[LOADED] = g_signal_new("loaded", KAB_TYPE_STORY_DATA, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
kab_story_data_init(KabStoryData *self)
{
    self->events = g_ptr_array_new_with_free_func((GDestroyNotify)kab_journal_item_free);
}

KabStoryData *
kab_story_data_new(KabClient *client, const char *kind, const char *id)
{
    KabStoryData *self = g_object_new(KAB_TYPE_STORY_DATA, NULL);

    self->client = g_object_ref(client);
    self->kind = g_strdup(kind);
    self->id = g_strdup(id);
    return self;
}

const KabExchangeState *
kab_story_data_get_state(KabStoryData *self)
{
    return self->state;
}

const KabQueueEntry *
kab_story_data_get_entry(KabStoryData *self)
{
    return self->entry;
}

GPtrArray *
kab_story_data_get_events(KabStoryData *self)
{
    return self->events;
}

GPtrArray *
kab_story_data_dup_events(KabStoryData *self)
{
    GPtrArray *copies = g_ptr_array_new_with_free_func((GDestroyNotify)kab_journal_item_free);

    for (guint i = 0; i < self->events->len; i++)
        g_ptr_array_add(copies, kab_journal_item_copy(g_ptr_array_index(self->events, i)));
    return copies;
}

const KabJournalItem *
kab_story_data_get_last(KabStoryData *self)
{
    for (guint i = self->events->len; i > 0; i--) {
        const KabJournalItem *item = g_ptr_array_index(self->events, i - 1);

        if (is_of(self, item->kind))
            return item;
    }
    return NULL;
}

const KabObjectName *
kab_story_data_get_name(KabStoryData *self)
{
    return self->name;
}
