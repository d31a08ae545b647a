/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-column.h"
#include "kab-format.h"
#include "kab-item.h"
#include "kab-growing-list.h"
#include "kab-kind-title.h"
#include "kab-pager.h"
#include "kab-queue-list.h"
#include "kab-stack.h"
#include "kab-status-badge.h"

#include <glib/gi18n-lib.h>

struct _KabQueueList {
    AdwBin parent_instance;

    GtkStack *stack;
    GtkScrolledWindow *scrolled;
    GtkColumnView *column_view;

    GListStore *entries; /* (owned) (element-type KabItem) */
    KabPager *pager;     /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabQueueList, kab_queue_list, ADW_TYPE_BIN)

enum {
    MORE,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Columns. */

/* What has no name is known by its id. */
static void
fill_object(GtkWidget *cell, gconstpointer value)
{
    const KabQueueEntry *entry = value;
    g_autofree char *name = kab_format_object(entry->kind, entry->name);
    g_autofree char *whole =
        entry->name == NULL ? g_strdup_printf("%s %s", name, entry->object_id) : g_strdup(name);
    g_autofree char *said = kab_format_join(whole, kab_queue_state_to_title(entry->state),
                                            entry->error != NULL ? entry->error : "", NULL);

    kab_column_fill_label(cell, whole);
    kab_column_name_row(cell, said);
    gtk_widget_set_tooltip_text(cell, entry->object_id);
}

static GtkWidget *
make_badge(void)
{
    return g_object_new(KAB_TYPE_STATUS_BADGE, NULL);
}

static void
fill_state(GtkWidget *cell, gconstpointer value)
{
    kab_status_badge_set_queue(KAB_STATUS_BADGE(cell), ((const KabQueueEntry *)value)->state);
}

static void
fill_age(GtkWidget *cell, gconstpointer value)
{
    const KabQueueEntry *entry = value;
    g_autofree char *age = kab_format_age(entry->created_at);
    g_autofree char *time = kab_time_format_local(entry->created_at);

    kab_column_fill_label(cell, age);
    gtk_widget_set_tooltip_text(cell, time);
}

static void
fill_attempts(GtkWidget *cell, gconstpointer value)
{
    g_autofree char *text = g_strdup_printf("%d", ((const KabQueueEntry *)value)->attempts);

    kab_column_fill_label(cell, text);
}

static void
fill_next(GtkWidget *cell, gconstpointer value)
{
    const KabQueueEntry *entry = value;
    g_autofree char *text = kab_format_moment(entry->next_attempt_at);

    kab_column_fill_label(cell, entry->state == KAB_QUEUE_FAILED ? "" : text);
}

/* The other end's words say what is missing there; until it has spoken, we do. */
static void
fill_error(GtkWidget *cell, gconstpointer value)
{
    const KabQueueEntry *entry = value;
    g_autofree char *waits = NULL;
    const char *text = entry->error;

    if (text == NULL && entry->waits_kind != NULL) {
        waits = g_strdup_printf(_("Waits for: %s"), kab_kind_title_of(entry->waits_kind));
        text = waits;
    }
    kab_column_fill_label(cell, text);
}

static const KabColumn columns[] = {
    {N_("Object"), NULL, 210, kab_column_make_text, fill_object, FALSE},
    {N_("State"), NULL, 125, make_badge, fill_state, FALSE},
    {N_("Age"), NULL, 80, kab_column_make_label, fill_age, FALSE},
    {N_("Attempts"), NULL, 85, kab_column_make_label, fill_attempts, FALSE},
    {N_("Next attempt"), NULL, 140, kab_column_make_label, fill_next, FALSE},
    {N_("Error"), NULL, 220, kab_column_make_text, fill_error, TRUE},
};

/* The list. */

/* Where the object is, why, and the cure. */
static void
on_activate(KabQueueList *self, guint position)
{
    GListModel *model = G_LIST_MODEL(gtk_column_view_get_model(self->column_view));
    g_autoptr(KabItem) item = g_list_model_get_item(model, position);
    const KabQueueEntry *entry = item != NULL ? kab_item_get_value(item) : NULL;
    g_autofree char *target =
        entry != NULL ? g_strjoin("/", entry->kind, entry->object_id, NULL) : NULL;

    if (target != NULL)
        gtk_widget_activate_action(GTK_WIDGET(self), "win.open-story", "s", target);
}

static void
on_pager_more(KabQueueList *self)
{
    g_signal_emit(self, signals[MORE], 0);
}

static void
kab_queue_list_dispose(GObject *object)
{
    KabQueueList *self = KAB_QUEUE_LIST(object);

    if (self->column_view != NULL)
        gtk_column_view_set_model(self->column_view, NULL);
    g_clear_object(&self->pager);
    g_clear_object(&self->entries);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_QUEUE_LIST);
    G_OBJECT_CLASS(kab_queue_list_parent_class)->dispose(object);
}

static void
kab_queue_list_class_init(KabQueueListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_queue_list_dispose;

    /** KabQueueList::more: the next page is needed. */
    signals[MORE] = g_signal_new("more", KAB_TYPE_QUEUE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-queue-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabQueueList, stack);
    gtk_widget_class_bind_template_child(widget_class, KabQueueList, scrolled);
    gtk_widget_class_bind_template_child(widget_class, KabQueueList, column_view);
    gtk_widget_class_bind_template_callback(widget_class, on_activate);
}

static void
kab_queue_list_init(KabQueueList *self)
{
    g_autoptr(GtkNoSelection) selection = NULL;
    KabGrowingList *growing;

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_stack_show(self->stack, "nothing");
    kab_column_append(self->column_view, columns, G_N_ELEMENTS(columns));
    self->entries = g_list_store_new(KAB_TYPE_ITEM);
    self->pager = kab_pager_new(self->scrolled);
    growing = kab_growing_list_new(G_LIST_MODEL(self->entries));
    kab_growing_list_hold(growing, self->pager);
    selection = gtk_no_selection_new(G_LIST_MODEL(growing));
    gtk_column_view_set_model(self->column_view, GTK_SELECTION_MODEL(selection));
    g_signal_connect_object(self->pager, "more", G_CALLBACK(on_pager_more), self,
                            G_CONNECT_SWAPPED);
}

static GPtrArray *
take_entries(KabPage *page)
{
    GPtrArray *items = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < page->items->len; i++) {
        KabQueueEntry *entry = g_steal_pointer(&page->items->pdata[i]);
        g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, entry->id);

        g_ptr_array_add(items, kab_item_new(key, entry, (GDestroyNotify)kab_queue_entry_free));
    }
    return items;
}

void
kab_queue_list_set_page(KabQueueList *self, KabPage *page, gboolean all)
{
    g_autoptr(GPtrArray) items = take_entries(page);
    gboolean kept = kab_item_merge(self->entries, items, page->next != NULL);

    kab_pager_set_next(self->pager, kept ? kab_pager_get_next(self->pager) : page->next);
    kab_stack_show(self->stack, items->len > 0 ? "list" : all ? "nothing" : "none");
}

void
kab_queue_list_add_page(KabQueueList *self, KabPage *page)
{
    g_autoptr(GPtrArray) items = take_entries(page);

    g_list_store_splice(self->entries, g_list_model_get_n_items(G_LIST_MODEL(self->entries)), 0,
                        items->pdata, items->len);
    kab_pager_set_next(self->pager, page->next);
}

const char *
kab_queue_list_get_next(KabQueueList *self)
{
    return kab_pager_get_next(self->pager);
}
