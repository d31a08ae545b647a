/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-queue.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-item.h"
#include "kab-journal-format.h"
#include "kab-journal-row.h"
#include "kab-json-view.h"
#include "kab-shrink.h"
#include "kab-stack.h"
#include "kab-story-end.h"
#include "kab-story-page.h"
#include "kab-story.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LOOK_MS 5000
#define LOOK_SOON_MS 1000

struct _KabStoryPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkLabel *title_label;
    GtkLabel *id_label;
    GtkFlowBox *ends_box;
    GtkWidget *tabs;
    GtkToggleButton *events_button;
    GtkToggleButton *portal_button;
    GtkToggleButton *base_button;
    GtkStack *stack;
    GtkListView *events_view;
    KabJsonView *payload_view;

    KabClient *clients[2]; /* (owned) (nullable): of the portal, of the base */
    KabStoryEnd *ends[2];
    guint n_ends;
    guint n_awaited; /* ends that have not answered yet */
    guint n_failed;
    char *kind;         /* (owned) */
    char *id;           /* (owned) */
    GListStore *events; /* (owned) (element-type KabItem): the newest first */
    guint look;
};

G_DEFINE_FINAL_TYPE(KabStoryPage, kab_story_page, KAB_TYPE_DATA_PAGE)

/* The timeline. */

typedef struct {
    KabJournalItem *item; /* (owned) */
    gboolean base;
} Event;

static void
event_free(gpointer data)
{
    Event *event = data;

    kab_journal_item_free(event->item);
    g_free(event);
}

static KabItem *
take_event(KabStoryEnd *end, gpointer *place)
{
    Event *event = g_new0(Event, 1);
    g_autofree char *key = NULL;

    event->item = g_steal_pointer(place);
    event->base = kab_story_end_is_base(end);
    key = g_strdup_printf("%s/%" G_GINT64_FORMAT "/%s", event->base ? "base" : "portal",
                          event->item->id, event->item->outcome);
    return kab_item_new(key, event, event_free);
}

static gint
compare(gconstpointer a, gconstpointer b)
{
    const Event *one = kab_item_get_value(*(KabItem **)a);
    const Event *other = kab_item_get_value(*(KabItem **)b);

    if (one->item->at != other->item->at)
        return one->item->at < other->item->at ? 1 : -1;
    if (one->base == other->base && one->item->id != other->item->id)
        return one->item->id < other->item->id ? 1 : -1;
    return 0;
}

/* The ends' clocks decide what comes after what. The events stay with the data: these are copies.
 */
static void
show_events(KabStoryPage *self)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < self->n_ends; i++) {
        g_autoptr(GPtrArray) events =
            kab_story_data_dup_events(kab_story_end_get_data(self->ends[i]));

        for (guint n = 0; n < events->len; n++)
            g_ptr_array_add(items, take_event(self->ends[i], &events->pdata[n]));
    }
    g_ptr_array_sort(items, compare);
    kab_item_merge(self->events, items, FALSE);
}

static void
on_row_setup(KabStoryPage *self G_GNUC_UNUSED, GtkListItem *item)
{
    gtk_list_item_set_child(item, kab_journal_row_new());
}

static void
on_row_bind(KabStoryPage *self G_GNUC_UNUSED, GtkListItem *list_item)
{
    const Event *event = kab_item_get_value(gtk_list_item_get_item(list_item));
    KabJournalRow *row = KAB_JOURNAL_ROW(gtk_list_item_get_child(list_item));
    const char *end = event->base ? _("Base") : _("Portal");
    g_autofree char *what = kab_journal_format_what(event->item);
    g_autofree char *time = kab_journal_format_time(event->item->at);
    g_autofree char *name =
        kab_format_join(end, what, kab_format_outcome(event->item->outcome), time,
                        event->item->error != NULL ? event->item->error : "", NULL);

    kab_journal_row_set_end(row, end);
    kab_journal_row_show_entry(row, event->item);
    gtk_accessible_update_property(GTK_ACCESSIBLE(gtk_widget_get_parent(GTK_WIDGET(row))),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
on_row_activated(KabStoryPage *self, guint position)
{
    g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(self->events), position);
    const Event *event = item != NULL ? kab_item_get_value(item) : NULL;
    g_autofree char *id =
        event != NULL ? g_strdup_printf("%" G_GINT64_FORMAT, event->item->id) : NULL;

    if (event != NULL)
        gtk_widget_activate_action(
            GTK_WIDGET(self),
            event->base ? "win.open-base-journal-entry" : "win.open-portal-journal-entry", "s", id);
}

/* What would be sent now. */

static void
on_payload_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabStoryPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autofree char *payload = kab_client_get_payload_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (payload != NULL && strstr(payload, "\"body\"") == NULL) {
        g_free(payload);
        payload = g_strdup(_("The object is there no longer: nothing would be sent."));
    }
    kab_json_view_set_text(self->payload_view, _("What would be sent now"),
                           payload != NULL ? payload : error->message);
    kab_stack_show(self->stack, "payload");
}

static void
load_payload(KabStoryPage *self, gboolean base)
{
    kab_client_get_payload_async(self->clients[base], kab_story_kind_at(base, self->kind), self->id,
                                 kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_payload_got,
                                 self);
}

static void
show_tab(KabStoryPage *self)
{
    if (gtk_toggle_button_get_active(self->portal_button))
        load_payload(self, FALSE);
    else if (gtk_toggle_button_get_active(self->base_button))
        load_payload(self, TRUE);
    else
        kab_stack_show(self->stack, g_list_model_get_n_items(G_LIST_MODEL(self->events)) > 0
                                        ? "events"
                                        : "none");
}

/* One of the others tells as well that a button is off. */
static void
on_tab_toggled(KabStoryPage *self, GtkToggleButton *button)
{
    if (self->events != NULL && gtk_toggle_button_get_active(button))
        show_tab(self);
}

/* The page. */

/* The end that knows most: the portal has the order first, the base gives it a number. */
static const KabObjectName *
find_name(KabStoryPage *self)
{
    const KabObjectName *found = NULL;

    for (guint i = 0; i < self->n_ends; i++) {
        const KabObjectName *name = kab_story_data_get_name(kab_story_end_get_data(self->ends[i]));

        if (name != NULL && (found == NULL || found->number == NULL))
            found = name;
    }
    return found;
}

static void
show_title(KabStoryPage *self)
{
    g_autofree char *title = kab_format_object(self->kind, find_name(self));
    g_autofree char *page = g_strdup_printf(_("Exchange: %s"), title);

    gtk_label_set_text(self->title_label, title);
    gtk_label_set_text(self->id_label, self->id);
    kab_data_page_set_title(KAB_DATA_PAGE(self), page);
}

static gboolean
on_look(gpointer data)
{
    KabStoryPage *self = data;

    self->look = 0;
    kab_data_page_reload(KAB_DATA_PAGE(self));
    return G_SOURCE_REMOVE;
}

static void
look_again(KabStoryPage *self)
{
    guint wait = LOOK_MS;

    g_clear_handle_id(&self->look, g_source_remove);
    for (guint i = 0; i < self->n_ends; i++)
        if (kab_story_end_is_moving(self->ends[i]))
            wait = LOOK_SOON_MS;
    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        self->look = g_timeout_add(wait, on_look, self);
}

/* One end that cannot be reached says so; if that is all, there is nothing to show. */
static void
on_end_loaded(KabStoryPage *self, const GError *error)
{
    self->n_awaited -= self->n_awaited > 0;
    self->n_failed += error != NULL;
    if (self->n_awaited > 0)
        return;
    look_again(self);
    if (self->n_failed == self->n_ends && error != NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    show_title(self);
    show_events(self);
    if (gtk_toggle_button_get_active(self->events_button))
        show_tab(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

static void
kab_story_page_load(KabDataPage *page)
{
    KabStoryPage *self = KAB_STORY_PAGE(page);
    GCancellable *cancellable = kab_data_page_begin_load(page);

    g_clear_handle_id(&self->look, g_source_remove);
    self->n_awaited = self->n_ends;
    self->n_failed = 0;
    for (guint i = 0; i < self->n_ends; i++)
        kab_story_end_load(self->ends[i], cancellable);
}

static void
kab_story_page_unmap(GtkWidget *widget)
{
    g_clear_handle_id(&KAB_STORY_PAGE(widget)->look, g_source_remove);
    GTK_WIDGET_CLASS(kab_story_page_parent_class)->unmap(widget);
}

static void
kab_story_page_dispose(GObject *object)
{
    KabStoryPage *self = KAB_STORY_PAGE(object);

    g_clear_handle_id(&self->look, g_source_remove);
    if (self->events_view != NULL)
        gtk_list_view_set_model(self->events_view, NULL);
    g_clear_object(&self->events);
    g_clear_object(&self->clients[0]);
    g_clear_object(&self->clients[1]);
    self->n_ends = 0;
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_STORY_PAGE);
    G_OBJECT_CLASS(kab_story_page_parent_class)->dispose(object);
}

static void
kab_story_page_finalize(GObject *object)
{
    KabStoryPage *self = KAB_STORY_PAGE(object);

    g_free(self->kind);
    g_free(self->id);
    G_OBJECT_CLASS(kab_story_page_parent_class)->finalize(object);
}

static void
kab_story_page_class_init(KabStoryPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_story_page_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_story_page_finalize;
    widget_class->unmap = kab_story_page_unmap;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_story_page_load;

    g_type_ensure(KAB_TYPE_JSON_VIEW);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-story-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, id_label);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, ends_box);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, tabs);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, events_button);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, portal_button);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, base_button);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, stack);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, events_view);
    gtk_widget_class_bind_template_child(widget_class, KabStoryPage, payload_view);
    gtk_widget_class_bind_template_callback(widget_class, kab_data_page_say);
    gtk_widget_class_bind_template_callback(widget_class, on_row_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_row_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_bind_template_callback(widget_class, on_tab_toggled);
}

static void
kab_story_page_init(KabStoryPage *self)
{
    g_autoptr(GtkNoSelection) selection = NULL;

    gtk_widget_init_template(GTK_WIDGET(self));
    self->events = g_list_store_new(KAB_TYPE_ITEM);
    selection = gtk_no_selection_new(G_LIST_MODEL(g_object_ref(self->events)));
    gtk_list_view_set_model(self->events_view, GTK_SELECTION_MODEL(selection));
    kab_shrink_buttons(self->tabs);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

static void
add_end(KabStoryPage *self, KabClient *client, gboolean base)
{
    KabStoryEnd *end = kab_story_end_new(KAB_DATA_PAGE(self), client, base, self->kind, self->id);
    GtkWidget *child = gtk_flow_box_child_new();
    const char *kind = kab_story_kind_at(base, self->kind);

    self->clients[base] = g_object_ref(client);
    self->ends[self->n_ends++] = end;
    g_signal_connect_object(end, "loaded", G_CALLBACK(on_end_loaded), self, G_CONNECT_SWAPPED);
    gtk_flow_box_child_set_child(GTK_FLOW_BOX_CHILD(child), GTK_WIDGET(end));
    gtk_widget_set_focusable(child, FALSE);
    gtk_flow_box_append(self->ends_box, child);
    gtk_widget_set_visible(GTK_WIDGET(base ? self->base_button : self->portal_button),
                           kab_story_sends(base, kind));
}

KabDataPage *
kab_story_page_new(KabClient *portal, KabClient *base, const char *object)
{
    KabStoryPage *self =
        g_object_new(KAB_TYPE_STORY_PAGE, "client", portal != NULL ? portal : base, NULL);
    g_auto(GStrv) parts = g_strsplit(object, "/", 2);

    self->kind = g_strdup(parts[0] != NULL ? parts[0] : "");
    self->id = g_strdup(parts[0] != NULL && parts[1] != NULL ? parts[1] : "");
    if (portal != NULL)
        add_end(self, portal, FALSE);
    if (base != NULL)
        add_end(self, base, TRUE);
    show_title(self);
    return KAB_DATA_PAGE(self);
}
