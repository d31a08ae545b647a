/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-cause-list.h"
#include "kab-cause-row.h"

struct _KabCauseList {
    AdwBin parent_instance;

    GtkListView *list_view;

    GListStore *causes; /* (owned) (element-type KabItem) */
};

G_DEFINE_FINAL_TYPE(KabCauseList, kab_cause_list, ADW_TYPE_BIN)

enum {
    SHOW,
    RETRY,
    DISCARD,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_show(KabCauseList *self, KabCauseRow *row)
{
    g_autoptr(KabItem) item = g_object_ref(kab_cause_row_get_item(row));

    g_signal_emit(self, signals[SHOW], 0, kab_item_get_value(item));
}

static void
on_retry(KabCauseList *self, KabCauseRow *row)
{
    g_autoptr(KabItem) item = g_object_ref(kab_cause_row_get_item(row));

    g_signal_emit(self, signals[RETRY], 0, kab_item_get_value(item));
}

static void
on_discard(KabCauseList *self, KabCauseRow *row)
{
    g_autoptr(KabItem) item = g_object_ref(kab_cause_row_get_item(row));

    g_signal_emit(self, signals[DISCARD], 0, kab_item_get_value(item));
}

static void
on_row_setup(KabCauseList *self, GtkListItem *item)
{
    GtkWidget *row = g_object_new(KAB_TYPE_CAUSE_ROW, NULL);

    g_signal_connect_object(row, "show-entries", G_CALLBACK(on_show), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(row, "retry", G_CALLBACK(on_retry), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(row, "discard", G_CALLBACK(on_discard), self, G_CONNECT_SWAPPED);
    gtk_list_item_set_child(item, row);
}

static void
on_row_bind(KabCauseList *self G_GNUC_UNUSED, GtkListItem *list_item)
{
    KabItem *item = gtk_list_item_get_item(list_item);
    GtkWidget *row = gtk_list_item_get_child(list_item);
    g_autofree char *name = kab_cause_row_format_name(item);

    kab_cause_row_set_item(KAB_CAUSE_ROW(row), item);
    gtk_accessible_update_property(GTK_ACCESSIBLE(gtk_widget_get_parent(row)),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_row_unbind(KabCauseList *self G_GNUC_UNUSED, GtkListItem *list_item)
{
    kab_cause_row_set_item(KAB_CAUSE_ROW(gtk_list_item_get_child(list_item)), NULL);
}

static void
on_row_activated(KabCauseList *self, guint position)
{
    g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(self->causes), position);
    const KabQueueCause *cause = item != NULL ? kab_item_get_value(item) : NULL;
    g_autofree char *target =
        cause != NULL ? g_strjoin("/", cause->kind, cause->object_id, NULL) : NULL;

    if (target != NULL)
        gtk_widget_activate_action(GTK_WIDGET(self), "win.open-story", "s", target);
}

static void
kab_cause_list_dispose(GObject *object)
{
    KabCauseList *self = KAB_CAUSE_LIST(object);

    if (self->list_view != NULL)
        gtk_list_view_set_model(self->list_view, NULL);
    g_clear_object(&self->causes);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_CAUSE_LIST);
    G_OBJECT_CLASS(kab_cause_list_parent_class)->dispose(object);
}

static void
kab_cause_list_class_init(KabCauseListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_cause_list_dispose;

    /** KabCauseList::show-entries: the entries that failed because of it shall be listed. */
    signals[SHOW] = g_signal_new("show-entries", KAB_TYPE_CAUSE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
    /** KabCauseList::retry: the entries that failed because of it shall be sent again. */
    signals[RETRY] = g_signal_new("retry", KAB_TYPE_CAUSE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
    /** KabCauseList::discard: they shall leave the queue. */
    signals[DISCARD] = g_signal_new("discard", KAB_TYPE_CAUSE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);

    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-cause-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabCauseList, list_view);
    gtk_widget_class_bind_template_callback(widget_class, on_row_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_row_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_unbind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
}

static void
kab_cause_list_init(KabCauseList *self)
{
    g_autoptr(GtkNoSelection) selection = NULL;

    gtk_widget_init_template(GTK_WIDGET(self));
    self->causes = g_list_store_new(KAB_TYPE_ITEM);
    selection = gtk_no_selection_new(G_LIST_MODEL(g_object_ref(self->causes)));
    gtk_list_view_set_model(self->list_view, GTK_SELECTION_MODEL(selection));
}

void
kab_cause_list_set_page(KabCauseList *self, KabPage *page)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < page->items->len; i++) {
        KabQueueCause *cause = g_steal_pointer(&page->items->pdata[i]);
        g_autofree char *key = g_strjoin("\n", cause->kind, cause->error, NULL);

        g_ptr_array_add(items, kab_item_new(key, cause, (GDestroyNotify)kab_queue_cause_free));
    }
    kab_item_merge(self->causes, items, FALSE);
}
