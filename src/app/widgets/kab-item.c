/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-item.h"

struct _KabItem {
    GObject parent_instance;

    char *key;              /* (owned) */
    gpointer value;         /* (owned) */
    GDestroyNotify destroy; /* frees value */
    gint64 draft;
};

G_DEFINE_FINAL_TYPE(KabItem, kab_item, G_TYPE_OBJECT)

enum {
    CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
kab_item_finalize(GObject *object)
{
    KabItem *self = KAB_ITEM(object);

    g_free(self->key);
    if (self->value != NULL)
        self->destroy(self->value);
    G_OBJECT_CLASS(kab_item_parent_class)->finalize(object);
}

static void
kab_item_class_init(KabItemClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_item_finalize;

    /**
     * KabItem::changed:
     *
     * The value is another now.
     */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
kab_item_init(KabItem *self G_GNUC_UNUSED)
{
}

KabItem *
kab_item_new(const char *key, gpointer value, GDestroyNotify destroy)
{
    KabItem *self = g_object_new(KAB_TYPE_ITEM, NULL);

    self->key = g_strdup(key);
    self->value = value;
    self->destroy = destroy;
    return self;
}

gpointer
kab_item_get_value(KabItem *self)
{
    return self->value;
}

const char *
kab_item_get_key(KabItem *self)
{
    return self->key;
}

void
kab_item_set_value(KabItem *self, gpointer value)
{
    if (self->value != NULL)
        self->destroy(self->value);
    self->value = value;
    kab_item_touch(self);
}

void
kab_item_fill(KabItem *self, const char *key, gpointer value)
{
    g_free(self->key);
    self->key = g_strdup(key);
    kab_item_set_value(self, value);
}

gpointer
kab_item_steal_value(KabItem *self)
{
    return g_steal_pointer(&self->value);
}

void
kab_item_touch(KabItem *self)
{
    g_signal_emit(self, signals[CHANGED], 0);
}

gint64
kab_item_get_draft(KabItem *self)
{
    return self->draft;
}

void
kab_item_set_draft(KabItem *self, gint64 draft)
{
    self->draft = draft;
}

gboolean
kab_item_merge(GListStore *store, GPtrArray *items, gboolean more)
{
    guint n_old = g_list_model_get_n_items(G_LIST_MODEL(store));
    guint same = 0;

    for (; same < items->len && same < n_old; same++) {
        g_autoptr(KabItem) old = g_list_model_get_item(G_LIST_MODEL(store), same);
        KabItem *new = g_ptr_array_index(items, same);

        if (g_strcmp0(old->key, new->key) != 0)
            break;
        kab_item_set_value(old, g_steal_pointer(&new->value));
        new->destroy = g_free; /* of nothing: its value has moved */
    }
    if (same == items->len && more && n_old >= same)
        return n_old > same;
    g_list_store_splice(store, same, n_old - same, items->pdata + same, items->len - same);
    return FALSE;
}
