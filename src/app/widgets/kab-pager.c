/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-pager.h"

struct _KabPager {
    GObject parent_instance;

    GtkAdjustment *adjustment; /* (owned) */
    char *next;                /* (owned) (nullable) */
    gboolean asked;
    gboolean held;
    guint idle;
};

G_DEFINE_FINAL_TYPE(KabPager, kab_pager, G_TYPE_OBJECT)

enum {
    MORE,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
look(gpointer data)
{
    KabPager *self = data;
    double page = gtk_adjustment_get_page_size(self->adjustment);
    double end = gtk_adjustment_get_value(self->adjustment) + page;

    self->idle = 0;
    /* A list that has no size yet would ask for everything at once. */
    if (self->next != NULL && !self->asked && !self->held && page > 1 &&
        end + 2 * page >= gtk_adjustment_get_upper(self->adjustment)) {
        self->asked = TRUE;
        g_signal_emit(self, signals[MORE], 0);
    }
    return G_SOURCE_REMOVE;
}

/* The adjustment changes while the list is being laid out: ask when that is over. */
static void
on_adjustment_changed(KabPager *self)
{
    if (self->idle == 0 && self->next != NULL && !self->asked)
        self->idle = g_idle_add_full(G_PRIORITY_LOW, look, self, NULL);
}

static void
kab_pager_dispose(GObject *object)
{
    KabPager *self = KAB_PAGER(object);

    g_clear_handle_id(&self->idle, g_source_remove);
    g_clear_object(&self->adjustment);
    g_clear_pointer(&self->next, g_free);
    G_OBJECT_CLASS(kab_pager_parent_class)->dispose(object);
}

static void
kab_pager_class_init(KabPagerClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_pager_dispose;

    /** KabPager::more: the next page is wanted; kab_pager_get_next() says where it begins. */
    signals[MORE] = g_signal_new("more", KAB_TYPE_PAGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
kab_pager_init(KabPager *self G_GNUC_UNUSED)
{
}

KabPager *
kab_pager_new(GtkScrolledWindow *scrolled)
{
    KabPager *self = g_object_new(KAB_TYPE_PAGER, NULL);

    self->adjustment = g_object_ref(gtk_scrolled_window_get_vadjustment(scrolled));
    g_signal_connect_object(self->adjustment, "value-changed", G_CALLBACK(on_adjustment_changed),
                            self, G_CONNECT_SWAPPED);
    g_signal_connect_object(self->adjustment, "changed", G_CALLBACK(on_adjustment_changed), self,
                            G_CONNECT_SWAPPED);
    return self;
}

void
kab_pager_set_held(KabPager *self, gboolean held)
{
    self->held = held;
    if (!held && self->adjustment != NULL)
        on_adjustment_changed(self);
}

const char *
kab_pager_get_next(KabPager *self)
{
    return self->next;
}

void
kab_pager_set_next(KabPager *self, const char *next)
{
    char *copy = g_strdup(next);

    g_free(self->next);
    self->next = copy;
    self->asked = FALSE;
    on_adjustment_changed(self);
}
