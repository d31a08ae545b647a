/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-paged-list-private.h"

/* How many pages are fetched again at once: those that can be in sight. */
#define AGAIN_MAX 4

static void kab_paged_list_model_init(GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(KabPagedList, kab_paged_list, G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, kab_paged_list_model_init))

enum {
    LOADED,
    FAILED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One request; @self may be gone when it is cancelled. */
typedef struct {
    KabPagedList *self;
    const KabPagedSource *source;
    GCancellable *cancellable; /* (owned) */
} Fetch;

static Fetch *
fetch_new(KabPagedList *self, GCancellable **slot)
{
    Fetch *fetch = g_new0(Fetch, 1);

    *slot = g_cancellable_new();
    fetch->self = self;
    fetch->source = self->source;
    fetch->cancellable = g_object_ref(*slot);
    self->n_fetches++;
    return fetch;
}

/* Frees @fetch; FALSE if nobody waits for the answer any more. */
static gboolean
fetch_end(Fetch *fetch, const GError *error)
{
    gboolean gone = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                    g_cancellable_is_cancelled(fetch->cancellable);

    if (!gone)
        fetch->self->n_fetches--;
    g_object_unref(fetch->cancellable);
    g_free(fetch);
    return !gone;
}

static void
tell(KabPagedList *self, gboolean first, const GError *error)
{
    if (error != NULL)
        g_signal_emit(self, signals[FAILED], 0, first, error);
    else
        g_signal_emit(self, signals[LOADED], 0, first);
}

/* The items of the first page stay, and hold what is there now: a view changes the texts of the
 * rows it has, instead of making them all anew, for which somebody who types would wait. How many
 * stay. */
static guint
keep_items(KabPagedList *self, GPtrArray *items)
{
    const KabPagedPage *first = self->pages->len > 0 ? kab_paged_get_page(self, 0) : NULL;
    guint n = first != NULL && first->items != NULL ? MIN(first->items->len, items->len) : 0;

    for (guint i = 0; i < n; i++) {
        KabItem *old = g_ptr_array_index(first->items, i);
        g_autoptr(KabItem) new = g_ptr_array_index(items, i);

        kab_item_set_draft(old, 0);
        kab_item_fill(old, kab_item_get_key(new), kab_item_steal_value(new));
        items->pdata[i] = g_object_ref(old);
        kab_paged_restore_draft(self, old);
        if (kab_item_get_draft(old) != 0)
            kab_item_touch(old);
    }
    return n;
}

static void
on_restarted(GObject *source, GAsyncResult *result, gpointer data)
{
    Fetch *fetch = data;
    KabPagedList *self = fetch->self;
    g_autofree char *next = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) items = fetch->source->finish(source, result, &next, &error);
    guint before, kept;

    if (!fetch_end(fetch, error))
        return;
    g_clear_object(&self->restart);
    if (items == NULL) {
        tell(self, TRUE, error);
        return;
    }
    before = kab_paged_count_items(self);
    for (guint k = 0; k < self->pages->len; k++) {
        kab_paged_give_up(self, &kab_paged_get_page(self, k)->fetching);
        kab_paged_keep_drafts(self, kab_paged_get_page(self, k));
    }
    kept = keep_items(self, items);
    g_ptr_array_set_size(self->pages, 0);
    kab_paged_add_page(self, NULL, items);
    g_free(self->next);
    self->next = g_steal_pointer(&next);
    if (before > kept || items->len > kept)
        g_list_model_items_changed(G_LIST_MODEL(self), kept, before - kept, items->len - kept);
    tell(self, TRUE, NULL);
}

static void
on_more(GObject *source, GAsyncResult *result, gpointer data)
{
    Fetch *fetch = data;
    KabPagedList *self = fetch->self;
    g_autofree char *next = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) items = fetch->source->finish(source, result, &next, &error);
    guint before;

    if (!fetch_end(fetch, error))
        return;
    g_clear_object(&self->more);
    if (items == NULL) {
        tell(self, FALSE, error);
        return;
    }
    before = kab_paged_count_items(self);
    kab_paged_add_page(self, self->next, items);
    g_free(self->next);
    self->next = g_steal_pointer(&next);
    kab_paged_drop_pages(self);
    g_list_model_items_changed(G_LIST_MODEL(self), before, 0, items->len);
    tell(self, FALSE, NULL);
}

/* How far the items of the page can stay the same objects. */
static guint
fill_same(KabPagedList *self, KabPagedPage *page, GPtrArray *items)
{
    guint j;

    for (j = 0; page->items != NULL && j < MIN(items->len, page->items->len); j++) {
        KabItem *old = g_ptr_array_index(page->items, j);
        KabItem *new = g_ptr_array_index(items, j);

        if (kab_item_get_value(old) == NULL) {
            kab_item_fill(old, kab_item_get_key(new), kab_item_steal_value(new));
            kab_paged_restore_draft(self, old);
            kab_item_touch(old);
        } else if (g_str_equal(kab_item_get_key(old), kab_item_get_key(new))) {
            kab_item_set_value(old, kab_item_steal_value(new));
        } else {
            break;
        }
    }
    return j;
}

static gboolean fetch_wanted(gpointer data);

static void
want(KabPagedList *self, KabPagedPage *page)
{
    page->wanted = TRUE;
    if (self->idle == 0 && !self->stopped)
        self->idle = g_idle_add(fetch_wanted, self);
}

/* What comes behind a page that was fetched again. */
static void
set_next(KabPagedList *self, guint k, char *next)
{
    guint end;

    if (k + 1 == self->pages->len) {
        g_free(self->next);
        self->next = next;
        return;
    }
    if (next != NULL) {
        KabPagedPage *behind = kab_paged_get_page(self, k + 1);

        if (g_strcmp0(behind->after, next) != 0) {
            g_free(behind->after);
            behind->after = g_strdup(next);
            kab_paged_give_up(self, &behind->fetching);
            if (behind->items != NULL)
                want(self, behind);
        }
        g_free(next);
        return;
    }
    /* The list ends here now. */
    end = kab_paged_get_page(self, k)->start + kab_paged_get_page(self, k)->n;
    {
        guint gone = kab_paged_count_items(self) - end;

        for (guint i = k + 1; i < self->pages->len; i++)
            kab_paged_give_up(self, &kab_paged_get_page(self, i)->fetching);
        g_ptr_array_set_size(self->pages, (int)k + 1);
        g_clear_pointer(&self->next, g_free);
        kab_paged_give_up(self, &self->more);
        g_list_model_items_changed(G_LIST_MODEL(self), end, gone, 0);
    }
}

static void
fill_page(KabPagedList *self, guint k, GPtrArray *items, char *next)
{
    KabPagedPage *page = kab_paged_get_page(self, k);
    guint same = fill_same(self, page, items);
    guint before = page->n;

    page->wanted = FALSE;
    if (page->items == NULL) {
        page->items = g_ptr_array_ref(items);
        same = 0;
    } else if (same < page->items->len || same < items->len) {
        kab_paged_keep_drafts(self, page);
        g_ptr_array_set_size(page->items, (int)same);
        for (guint j = same; j < items->len; j++)
            g_ptr_array_add(page->items, g_object_ref(g_ptr_array_index(items, j)));
    }
    for (guint j = same; j < items->len; j++)
        kab_paged_restore_draft(self, g_ptr_array_index(page->items, j));
    page->n = items->len;
    kab_paged_set_starts(self, k + 1);
    if (same < before || same < page->n)
        g_list_model_items_changed(G_LIST_MODEL(self), page->start + same, before - same,
                                   page->n - same);
    set_next(self, k, next);
    kab_paged_drop_pages(self);
}

static void
on_again(GObject *source, GAsyncResult *result, gpointer data)
{
    Fetch *fetch = data;
    KabPagedList *self = fetch->self;
    g_autoptr(GCancellable) mine = g_object_ref(fetch->cancellable);
    g_autoptr(GError) error = NULL;
    char *next = NULL;
    g_autoptr(GPtrArray) items = fetch->source->finish(source, result, &next, &error);
    guint k = 0;

    if (!fetch_end(fetch, error)) {
        g_free(next);
        return;
    }
    while (kab_paged_get_page(self, k)->fetching != mine)
        k++;
    g_clear_object(&kab_paged_get_page(self, k)->fetching);
    if (items != NULL)
        fill_page(self, k, items, next);
    tell(self, k == 0, error);
}

static void
fetch_again(KabPagedList *self, KabPagedPage *page)
{
    Fetch *fetch;

    kab_paged_give_up(self, &page->fetching);
    page->wanted = FALSE;
    fetch = fetch_new(self, &page->fetching);
    self->source->fetch(self->data, page->after, page->fetching, on_again, fetch);
}

/* The pages looked at last first; what was only scrolled past is not fetched. */
static gboolean
fetch_wanted(gpointer data)
{
    KabPagedList *self = data;

    self->idle = 0;
    for (guint n = 0; n < AGAIN_MAX; n++) {
        KabPagedPage *newest = NULL;

        for (guint k = 0; k < self->pages->len; k++) {
            KabPagedPage *page = kab_paged_get_page(self, k);

            if (page->wanted && (newest == NULL || page->used > newest->used))
                newest = page;
        }
        if (newest == NULL)
            break;
        fetch_again(self, newest);
    }
    for (guint k = 0; k < self->pages->len; k++)
        kab_paged_get_page(self, k)->wanted = FALSE;
    return G_SOURCE_REMOVE;
}

static GType
kab_paged_list_get_item_type(GListModel *model G_GNUC_UNUSED)
{
    return KAB_TYPE_ITEM;
}

static guint
kab_paged_list_get_n_items(GListModel *model)
{
    return kab_paged_count_items(KAB_PAGED_LIST(model));
}

static void
make_placeholders(KabPagedList *self, KabPagedPage *page)
{
    page->items = g_ptr_array_new_full(page->n, g_object_unref);
    for (guint i = 0; i < page->n; i++)
        g_ptr_array_add(page->items, kab_item_new("", NULL, self->source->destroy));
    kab_paged_drop_pages(self);
}

static gpointer
kab_paged_list_get_item(GListModel *model, guint position)
{
    KabPagedList *self = KAB_PAGED_LIST(model);
    KabPagedPage *page;
    KabItem *item;

    if (position >= kab_paged_count_items(self))
        return NULL;
    page = kab_paged_get_page(self, kab_paged_find_page(self, position));
    page->used = ++self->clock;
    if (page->items == NULL)
        make_placeholders(self, page);
    item = g_ptr_array_index(page->items, position - page->start);
    if (kab_item_get_value(item) == NULL && page->fetching == NULL)
        want(self, page);
    return g_object_ref(item);
}

static void
kab_paged_list_model_init(GListModelInterface *iface)
{
    iface->get_item_type = kab_paged_list_get_item_type;
    iface->get_n_items = kab_paged_list_get_n_items;
    iface->get_item = kab_paged_list_get_item;
}

static void
kab_paged_list_dispose(GObject *object)
{
    kab_paged_list_stop(KAB_PAGED_LIST(object));
    G_OBJECT_CLASS(kab_paged_list_parent_class)->dispose(object);
}

static void
kab_paged_list_finalize(GObject *object)
{
    KabPagedList *self = KAB_PAGED_LIST(object);

    g_ptr_array_unref(self->pages);
    g_hash_table_unref(self->drafts);
    g_free(self->next);
    G_OBJECT_CLASS(kab_paged_list_parent_class)->finalize(object);
}

static void
kab_paged_list_class_init(KabPagedListClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_paged_list_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_paged_list_finalize;

    /** KabPagedList::loaded: a page came; @first: the first one. */
    signals[LOADED] = g_signal_new("loaded", KAB_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
    /** KabPagedList::failed: a page did not come; it is asked for again by the next look at it, or
     * by kab_paged_list_more(). */
    signals[FAILED] = g_signal_new("failed", KAB_TYPE_PAGED_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_ERROR);
}

static void
kab_paged_list_init(KabPagedList *self)
{
    self->pages = g_ptr_array_new_with_free_func(kab_paged_page_free);
    self->drafts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

KabPagedList *
kab_paged_list_new(const KabPagedSource *source, gpointer data, guint max_pages)
{
    KabPagedList *self = g_object_new(KAB_TYPE_PAGED_LIST, NULL);

    self->source = source;
    self->data = data;
    self->max_pages = max_pages;
    return self;
}

void
kab_paged_list_restart(KabPagedList *self)
{
    Fetch *fetch;

    kab_paged_give_up(self, &self->restart);
    kab_paged_give_up(self, &self->more);
    for (guint k = 0; k < self->pages->len; k++) {
        kab_paged_give_up(self, &kab_paged_get_page(self, k)->fetching);
        kab_paged_get_page(self, k)->wanted = FALSE;
    }
    fetch = fetch_new(self, &self->restart);
    self->source->fetch(self->data, NULL, self->restart, on_restarted, fetch);
}

void
kab_paged_list_refresh(KabPagedList *self)
{
    if (self->pages->len == 0 || self->restart != NULL) {
        kab_paged_list_restart(self);
        return;
    }
    for (guint k = 1; k < self->pages->len; k++) {
        KabPagedPage *page = kab_paged_get_page(self, k);

        if (page->items != NULL && self->clock - page->used < 2 * (guint64)page->n)
            want(self, page);
    }
    fetch_again(self, kab_paged_get_page(self, 0));
}

void
kab_paged_list_more(KabPagedList *self)
{
    Fetch *fetch;

    if (self->next == NULL || self->more != NULL || self->restart != NULL || self->stopped)
        return;
    fetch = fetch_new(self, &self->more);
    self->source->fetch(self->data, self->next, self->more, on_more, fetch);
}

gboolean
kab_paged_list_has_more(KabPagedList *self)
{
    return self->next != NULL;
}

gboolean
kab_paged_list_is_loading(KabPagedList *self)
{
    return self->n_fetches > 0;
}

void
kab_paged_list_stop(KabPagedList *self)
{
    self->stopped = TRUE;
    g_clear_handle_id(&self->idle, g_source_remove);
    kab_paged_give_up(self, &self->restart);
    kab_paged_give_up(self, &self->more);
    for (guint k = 0; k < self->pages->len; k++)
        kab_paged_give_up(self, &kab_paged_get_page(self, k)->fetching);
}

void
kab_paged_list_foreach(KabPagedList *self, void (*func)(KabItem *item, gpointer data),
                       gpointer data)
{
    for (guint k = 0; k < self->pages->len; k++) {
        const KabPagedPage *page = kab_paged_get_page(self, k);

        for (guint i = 0; page->items != NULL && i < page->items->len; i++) {
            KabItem *item = g_ptr_array_index(page->items, i);

            if (kab_item_get_value(item) != NULL)
                func(item, data);
        }
    }
}

guint
kab_paged_list_count_kept(KabPagedList *self)
{
    guint n = 0;

    for (guint k = 0; k < self->pages->len; k++)
        n += kab_paged_get_page(self, k)->items != NULL ? kab_paged_get_page(self, k)->items->len
                                                        : 0;
    return n;
}
