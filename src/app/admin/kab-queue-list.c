/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-item.h"
#include "kab-growing-list.h"
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

typedef struct {
    const char *title;
    int width;
    void (*fill)(GtkWidget *cell, const KabQueueEntry *entry);
} Column;

static void
fill_text(GtkWidget *cell, const char *text, const char *tooltip)
{
    gtk_label_set_text(GTK_LABEL(cell), text != NULL ? text : "");
    gtk_widget_set_tooltip_text(cell, tooltip);
}

static void
fill_kind(GtkWidget *cell, const KabQueueEntry *entry)
{
    const char *kind = kab_format_kind(entry->kind);

    fill_text(cell, kind, kind);
}

static void
fill_object(GtkWidget *cell, const KabQueueEntry *entry)
{
    fill_text(cell, entry->object_id, entry->object_id);
}

static void
fill_state(GtkWidget *cell, const KabQueueEntry *entry)
{
    kab_status_badge_set_queue(KAB_STATUS_BADGE(cell), entry->state);
}

static void
fill_age(GtkWidget *cell, const KabQueueEntry *entry)
{
    g_autofree char *age = kab_format_age(entry->created_at);
    g_autofree char *time = kab_time_format_local(entry->created_at);

    fill_text(cell, age, time);
}

static void
fill_attempts(GtkWidget *cell, const KabQueueEntry *entry)
{
    g_autofree char *text = g_strdup_printf("%d", entry->attempts);

    fill_text(cell, text, NULL);
}

static void
fill_next(GtkWidget *cell, const KabQueueEntry *entry)
{
    g_autofree char *text = kab_format_moment(entry->next_attempt_at);

    fill_text(cell, entry->state == KAB_QUEUE_FAILED ? "" : text, NULL);
}

/* The other end's words say what is missing there; until it has spoken, we do. */
static void
fill_error(GtkWidget *cell, const KabQueueEntry *entry)
{
    g_autofree char *waits = NULL;
    const char *text = entry->error;

    if (text == NULL && entry->waits_kind != NULL) {
        waits = g_strdup_printf(_("Waits for: %s"), kab_format_kind(entry->waits_kind));
        text = waits;
    }
    fill_text(cell, text, text);
}

static const Column columns[] = {
    {N_("Object"), 110, fill_kind},      {N_("ID"), 100, fill_object},
    {N_("State"), 125, fill_state},      {N_("Age"), 80, fill_age},
    {N_("Attempts"), 85, fill_attempts}, {N_("Next attempt"), 140, fill_next},
    {N_("Error"), 220, fill_error}, /* and what the others leave */
};

static void
on_setup(gpointer factory G_GNUC_UNUSED, GtkListItem *item, const Column *column)
{
    GtkWidget *label;

    if (column->fill == fill_state) {
        gtk_list_item_set_child(item, g_object_new(KAB_TYPE_STATUS_BADGE, NULL));
        return;
    }
    label = gtk_label_new(NULL);
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    if (column->fill == fill_error) { /* the cause is never cut off */
        gtk_label_set_wrap(GTK_LABEL(label), TRUE);
        gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
        gtk_label_set_width_chars(GTK_LABEL(label), 12);
    } else {
        gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
    }
    gtk_widget_add_css_class(label, "numeric");
    gtk_list_item_set_child(item, label);
}

static void
fill(GtkListItem *item, const Column *column)
{
    column->fill(gtk_list_item_get_child(item), kab_item_get_value(gtk_list_item_get_item(item)));
}

/* The entry of a row may be another state of it after a reload. */
static void
on_item_changed(KabItem *entry G_GNUC_UNUSED, GtkListItem *item)
{
    fill(item, g_object_get_data(G_OBJECT(item), "column"));
}

static void
on_bind(gpointer factory G_GNUC_UNUSED, GtkListItem *item, const Column *column)
{
    gulong id = g_signal_connect_object(gtk_list_item_get_item(item), "changed",
                                        G_CALLBACK(on_item_changed), item, 0);

    g_object_set_data(G_OBJECT(item), "column", (gpointer)column);
    g_object_set_data(G_OBJECT(item), "changed-id", GSIZE_TO_POINTER(id));
    fill(item, column);
}

static void
on_unbind(gpointer factory G_GNUC_UNUSED, GtkListItem *item, const Column *column G_GNUC_UNUSED)
{
    gulong id = GPOINTER_TO_SIZE(g_object_get_data(G_OBJECT(item), "changed-id"));

    g_signal_handler_disconnect(gtk_list_item_get_item(item), id);
}

static void
add_column(KabQueueList *self, const Column *from)
{
    GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
    g_autoptr(GtkColumnViewColumn) column =
        gtk_column_view_column_new(g_dgettext(GETTEXT_PACKAGE, from->title), factory);

    g_signal_connect(factory, "setup", G_CALLBACK(on_setup), (gpointer)from);
    g_signal_connect(factory, "bind", G_CALLBACK(on_bind), (gpointer)from);
    g_signal_connect(factory, "unbind", G_CALLBACK(on_unbind), (gpointer)from);
    gtk_column_view_column_set_fixed_width(column, from->width);
    gtk_column_view_column_set_expand(column, from->fill == fill_error);
    gtk_column_view_column_set_resizable(column, TRUE);
    gtk_column_view_append_column(self->column_view, column);
}

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
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
        add_column(self, &columns[i]);
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
kab_queue_list_set_page(KabQueueList *self, KabPage *page)
{
    g_autoptr(GPtrArray) items = take_entries(page);
    gboolean kept = kab_item_merge(self->entries, items, page->next != NULL);

    kab_pager_set_next(self->pager, kept ? kab_pager_get_next(self->pager) : page->next);
    kab_stack_show(self->stack, items->len > 0 ? "list" : "nothing");
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
