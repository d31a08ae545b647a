/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-growing-list.h"

#define FIRST 12   /* what is in sight at once */
#define STEP 4     /* what can be made within a frame */
#define STEP_MS 16 /* so that there is a frame between */
#define MANY 200   /* more than a view makes rows */

struct _KabGrowingList {
    GObject parent_instance;

    GListModel *source; /* (owned) */
    GPtrArray *pagers;  /* (owned) (element-type KabPager) */
    guint n;            /* how many of its items are shown */
    guint timeout;
};

static void kab_growing_list_model_init(GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE(KabGrowingList, kab_growing_list, G_TYPE_OBJECT,
                              G_IMPLEMENT_INTERFACE(G_TYPE_LIST_MODEL, kab_growing_list_model_init))

static void
hold(KabGrowingList *self, gboolean held)
{
    for (guint i = 0; i < self->pagers->len; i++)
        kab_pager_set_held(g_ptr_array_index(self->pagers, i), held);
}

static gboolean
grow(gpointer data)
{
    KabGrowingList *self = data;
    guint left = g_list_model_get_n_items(self->source) - self->n;
    guint step = left > MANY ? left : MIN(left, STEP);
    guint before = self->n;

    self->n += step;
    if (step == left)
        self->timeout = 0;
    if (step > 0)
        g_list_model_items_changed(G_LIST_MODEL(self), before, 0, step);
    if (step == left)
        hold(self, FALSE);
    return step < left;
}

static void
grow_soon(KabGrowingList *self)
{
    if (self->timeout != 0)
        return;
    hold(self, TRUE);
    self->timeout = g_timeout_add(STEP_MS, grow, self);
}

/* What stands behind the change keeps its place, and so is shown whatever comes before it. */
static void
on_items_changed(KabGrowingList *self, guint position, guint removed, guint added)
{
    guint all = g_list_model_get_n_items(self->source);
    guint behind = all - position - added;
    guint few = self->n == 0 || position == 0 ? FIRST : STEP;
    guint shown = self->n;
    guint gone, come;

    if (position <= shown) {
        gone = MIN(removed, shown - position);
        come = behind > 0 && position + removed < shown ? added
               : added > MANY                           ? added
                                                        : MIN(added, few);
        if (come < added)
            gone = shown - position;
        self->n = shown - gone + come;
        if (gone > 0 || come > 0)
            g_list_model_items_changed(G_LIST_MODEL(self), position, gone, come);
    }
    if (self->n < all)
        grow_soon(self);
}

static GType
kab_growing_list_get_item_type(GListModel *model)
{
    return g_list_model_get_item_type(KAB_GROWING_LIST(model)->source);
}

static guint
kab_growing_list_get_n_items(GListModel *model)
{
    return KAB_GROWING_LIST(model)->n;
}

static gpointer
kab_growing_list_get_item(GListModel *model, guint position)
{
    KabGrowingList *self = KAB_GROWING_LIST(model);

    return position < self->n ? g_list_model_get_item(self->source, position) : NULL;
}

static void
kab_growing_list_model_init(GListModelInterface *iface)
{
    iface->get_item_type = kab_growing_list_get_item_type;
    iface->get_n_items = kab_growing_list_get_n_items;
    iface->get_item = kab_growing_list_get_item;
}

static void
kab_growing_list_dispose(GObject *object)
{
    KabGrowingList *self = KAB_GROWING_LIST(object);

    g_clear_handle_id(&self->timeout, g_source_remove);
    g_clear_pointer(&self->pagers, g_ptr_array_unref);
    G_OBJECT_CLASS(kab_growing_list_parent_class)->dispose(object);
}

static void
kab_growing_list_finalize(GObject *object)
{
    g_object_unref(KAB_GROWING_LIST(object)->source);
    G_OBJECT_CLASS(kab_growing_list_parent_class)->finalize(object);
}

static void
kab_growing_list_class_init(KabGrowingListClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_growing_list_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_growing_list_finalize;
}

static void
kab_growing_list_init(KabGrowingList *self)
{
    self->pagers = g_ptr_array_new_with_free_func(g_object_unref);
}

KabGrowingList *
kab_growing_list_new(GListModel *source)
{
    KabGrowingList *self = g_object_new(KAB_TYPE_GROWING_LIST, NULL);

    self->source = g_object_ref(source);
    self->n = g_list_model_get_n_items(source);
    g_signal_connect_object(source, "items-changed", G_CALLBACK(on_items_changed), self,
                            G_CONNECT_SWAPPED);
    return self;
}

GListModel *
kab_growing_list_get_source(KabGrowingList *self)
{
    return self->source;
}

void
kab_growing_list_hold(KabGrowingList *self, KabPager *pager)
{
    g_ptr_array_add(self->pagers, g_object_ref(pager));
    kab_pager_set_held(pager, self->timeout != 0);
}
