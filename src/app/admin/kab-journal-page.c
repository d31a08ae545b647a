/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-journal.h"
#include "kab-client-queue.h"
#include "kab-error.h"
#include "kab-format.h"
#include "kab-journal-format.h"
#include "kab-journal-page.h"
#include "kab-journal-row.h"
#include "kab-keys.h"
#include "kab-kind-title.h"
#include "kab-period-button.h"
#include "kab-shrink.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

#define LOOK_MS 3000

struct _KabJournalPage {
    KabListPage parent_instance;

    GtkEditable *search_entry;
    GtkDropDown *direction_dropdown;
    GtkDropDown *kind_dropdown;
    KabPeriodButton *period_button;

    char *text;      /* (owned) (nullable): which object is searched for, as it was typed */
    char *object_id; /* (owned) (nullable): the object that @text means */
    guint look;      /* until it is asked whether there is something new */
    gint64 newest;   /* the newest entry at the last look, whatever is listed; 0: not known */
};

G_DEFINE_FINAL_TYPE(KabJournalPage, kab_journal_page, KAB_TYPE_LIST_PAGE)

static const char *const outcomes[] = {NULL, "error", "ok"};
static const char *const directions[] = {NULL, "incoming", "outgoing"};

static KabClient *
get_client(KabJournalPage *self)
{
    return kab_data_page_get_client(KAB_DATA_PAGE(self));
}

/* What is listed. */

static guint
get_selected(GtkDropDown *dropdown)
{
    guint selected = gtk_drop_down_get_selected(dropdown);

    return selected != GTK_INVALID_LIST_POSITION ? selected : 0;
}

/* Its texts are the page's. */
static KabJournalQuery
get_query(KabJournalPage *self)
{
    guint outcome = kab_list_page_get_filter(KAB_LIST_PAGE(self));
    guint kind = get_selected(self->kind_dropdown);
    KabJournalQuery query = {.object_id = self->object_id, .newest_first = TRUE};
    KabDate from, to;

    kab_period_button_get(self->period_button, &from, &to);
    query.outcome = outcomes[MIN(outcome, G_N_ELEMENTS(outcomes) - 1)];
    query.direction =
        directions[MIN(get_selected(self->direction_dropdown), G_N_ELEMENTS(directions) - 1)];
    query.kind = kind > 0 ? kab_kind_title_nth(kind - 1) : NULL;
    query.since = kab_date_begin(from);
    query.until = *to.text != '\0' ? kab_date_begin(kab_date_next(to)) : 0;
    return query;
}

static gboolean
kab_journal_page_is_filtered(KabListPage *page)
{
    KabJournalPage *self = KAB_JOURNAL_PAGE(page);
    KabJournalQuery query = get_query(self);

    return self->text != NULL || query.direction != NULL || query.kind != NULL ||
           query.since != 0 || query.until != 0;
}

/* A listing that has to find the object first. */
typedef struct {
    KabJournalPage *self; /* gone if the call was cancelled */
    guint limit;
    GCancellable *cancellable; /* (owned) */
    GAsyncReadyCallback callback;
    gpointer data;
} Finding;

static int nothing_tag;

static const char *
get_nothing_text(void)
{
    return _("No entry is like that. Try another object, another kind or other dates.");
}

/* No object, no entries: that is no failure of the page. */
static void
answer_nothing(KabClient *client, Finding *finding)
{
    g_autoptr(GTask) task =
        g_task_new(client, finding->cancellable, finding->callback, finding->data);

    g_task_set_source_tag(task, &nothing_tag);
    g_task_return_pointer(task, NULL, NULL);
}

static void
finding_free(Finding *finding)
{
    g_object_unref(finding->cancellable);
    g_free(finding);
}

static void
list_found(KabClient *client, const KabFoundObject *object, Finding *finding)
{
    KabJournalQuery query;

    g_free(finding->self->object_id);
    finding->self->object_id = g_strdup(object->id);
    query = get_query(finding->self);
    kab_list_page_set_nothing_text(KAB_LIST_PAGE(finding->self), get_nothing_text());
    kab_client_list_journal_async(client, &query, NULL, finding->limit, finding->cancellable,
                                  finding->callback, finding->data);
}

/* Nothing, or more than one, is called what is searched for: the service says which. */
static gboolean
is_nothing(const GError *error)
{
    return g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND) ||
           g_error_matches(error, KAB_ERROR, KAB_ERROR_INVALID);
}

static void
on_object_found(GObject *source, GAsyncResult *result, gpointer data)
{
    Finding *finding = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabFoundObject) object =
        kab_client_find_object_finish(KAB_CLIENT(source), result, &error);

    if (g_cancellable_is_cancelled(finding->cancellable)) {
        g_clear_error(&error);
        g_set_error_literal(&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
    }
    if (error == NULL) {
        list_found(KAB_CLIENT(source), object, finding);
    } else if (is_nothing(error)) {
        kab_list_page_set_nothing_text(KAB_LIST_PAGE(finding->self), error->message);
        answer_nothing(KAB_CLIENT(source), finding);
    } else {
        g_task_report_error(source, finding->callback, finding->data, &nothing_tag,
                            g_steal_pointer(&error));
    }
    finding_free(finding);
}

static void
kab_journal_page_list(KabListPage *page, const char *after, guint limit, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data)
{
    KabJournalPage *self = KAB_JOURNAL_PAGE(page);
    KabJournalQuery query = get_query(self);
    Finding *finding;

    if (self->text == NULL || self->object_id != NULL) {
        kab_list_page_set_nothing_text(page, get_nothing_text());
        kab_client_list_journal_async(get_client(self), &query, after, limit, cancellable, callback,
                                      data);
        return;
    }
    finding = g_new0(Finding, 1);
    finding->self = self;
    finding->limit = limit;
    finding->cancellable = g_object_ref(cancellable);
    finding->callback = callback;
    finding->data = data;
    kab_client_find_object_async(get_client(self), query.kind, self->text, cancellable,
                                 on_object_found, finding);
}

static KabPage *
kab_journal_page_list_finish(KabClient *client, GAsyncResult *result, GError **error)
{
    KabPage *page;

    if (g_async_result_is_tagged(result, &nothing_tag)) {
        g_task_propagate_pointer(G_TASK(result), error);
        if (g_task_had_error(G_TASK(result)))
            return NULL;
        page = g_new0(KabPage, 1);
        page->items = g_ptr_array_new_with_free_func((GDestroyNotify)kab_journal_item_free);
        return page;
    }
    return kab_client_list_journal_finish(client, result, error);
}

/* What is new. */

static gboolean on_look(gpointer data);

static void
look_later(KabJournalPage *self)
{
    g_clear_handle_id(&self->look, g_source_remove);
    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        self->look = g_timeout_add(LOOK_MS, on_look, self);
}

/* Whether anything was written since the last look; that it is nothing of what is listed shows when
 * the list is loaded. At first, what is listed tells. */
static gboolean
is_news(KabJournalPage *self, const KabPage *page)
{
    const KabJournalItem *item = page->items->len > 0 ? page->items->pdata[0] : NULL;
    const char *first = kab_list_page_get_first_key(KAB_LIST_PAGE(self));
    gint64 id = item != NULL ? item->id : 0;
    gint64 before = self->newest;
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, id);

    self->newest = id;
    return before != 0 ? id != before : id != 0 && g_strcmp0(key, first) != 0;
}

static void
on_looked(GObject *source, GAsyncResult *result, gpointer data)
{
    KabJournalPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_journal_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    look_later(self);
    /* That there is no connection is said above the page; for anything else loading is asked. */
    if (page == NULL) {
        self->newest = 0;
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    } else if (is_news(self, page)) {
        kab_data_page_reload(KAB_DATA_PAGE(self));
    } else {
        kab_data_page_answered(KAB_DATA_PAGE(self));
    }
}

static gboolean
on_look(gpointer data)
{
    KabJournalPage *self = data;
    const KabJournalQuery anything = {0}; /* which is known at once, whatever is listed */
    KabPageState state = kab_page_view_get_state(kab_data_page_get_view(KAB_DATA_PAGE(self)));

    self->look = 0;
    if (state != KAB_PAGE_CONTENT && state != KAB_PAGE_EMPTY) {
        look_later(self);
        return G_SOURCE_REMOVE;
    }
    kab_client_list_journal_async(get_client(self), &anything, NULL, 1,
                                  kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_looked,
                                  self);
    return G_SOURCE_REMOVE;
}

static void
kab_journal_page_map(GtkWidget *widget)
{
    GTK_WIDGET_CLASS(kab_journal_page_parent_class)->map(widget);
    look_later(KAB_JOURNAL_PAGE(widget));
}

static void
kab_journal_page_unmap(GtkWidget *widget)
{
    g_clear_handle_id(&KAB_JOURNAL_PAGE(widget)->look, g_source_remove);
    GTK_WIDGET_CLASS(kab_journal_page_parent_class)->unmap(widget);
}

/* Rows. */

static KabItem *
kab_journal_page_make_item(gpointer value)
{
    KabJournalItem *item = value;
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, item->id);

    return kab_item_new(key, item, (GDestroyNotify)kab_journal_item_free);
}

static GtkWidget *
kab_journal_page_make_row(KabListPage *page G_GNUC_UNUSED)
{
    return kab_journal_row_new();
}

static void
kab_journal_page_set_row(GtkWidget *row, KabItem *item)
{
    kab_journal_row_set_item(KAB_JOURNAL_ROW(row), item);
}

static char *
kab_journal_page_dup_name(KabItem *item)
{
    const KabJournalItem *entry = kab_item_get_value(item);
    g_autofree char *time = kab_journal_format_time(entry->at);
    g_autofree char *what = kab_journal_format_what(entry);

    return kab_format_join(time, what, entry->error != NULL ? entry->error : "", NULL);
}

static void
kab_journal_page_open(KabListPage *page, KabItem *item)
{
    gtk_widget_activate_action(GTK_WIDGET(page),
                               kab_list_page_is_for_base(page) ? "win.open-base-journal-entry"
                                                               : "win.open-portal-journal-entry",
                               "s", kab_item_get_key(item));
}

/* The tools. */

static void
on_search_changed(KabJournalPage *self)
{
    g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(self->search_entry)));

    if (g_strcmp0(text, self->text != NULL ? self->text : "") == 0)
        return;
    g_free(self->text);
    self->text = *text != '\0' ? g_steal_pointer(&text) : NULL;
    g_clear_pointer(&self->object_id, g_free);
    kab_list_page_ask_anew(KAB_LIST_PAGE(self));
}

/* What is called so depends on its kind. */
static void
on_choice_selected(KabJournalPage *self)
{
    g_clear_pointer(&self->object_id, g_free);
    kab_list_page_ask_anew(KAB_LIST_PAGE(self));
}

static void
on_show_news(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    kab_list_page_show_news(KAB_LIST_PAGE(widget));
}

static GtkDropDown *
add_dropdown(KabJournalPage *self, GtkWidget *box, const char *name, const char *const *titles)
{
    GtkWidget *dropdown = gtk_drop_down_new_from_strings(titles);

    gtk_accessible_update_property(GTK_ACCESSIBLE(dropdown), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                   -1);
    kab_shrink_drop_down(GTK_DROP_DOWN(dropdown));
    g_signal_connect_object(dropdown, "notify::selected", G_CALLBACK(on_choice_selected), self,
                            G_CONNECT_SWAPPED);
    gtk_widget_set_parent(dropdown, box);
    return GTK_DROP_DOWN(dropdown);
}

static GtkDropDown *
add_kinds(KabJournalPage *self, GtkWidget *box)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();

    g_ptr_array_add(titles, (gpointer)_("All kinds"));
    for (guint i = 0; kab_kind_title_nth(i) != NULL; i++)
        g_ptr_array_add(titles, (gpointer)kab_kind_title_of(kab_kind_title_nth(i)));
    g_ptr_array_add(titles, NULL);
    return add_dropdown(self, box, _("Kind of object"), (const char *const *)titles->pdata);
}

static void
add_tools(KabJournalPage *self)
{
    const char *titles[] = {_("Both ways"), _("Incoming"), _("Outgoing"), NULL};
    GtkWidget *search = gtk_search_entry_new();
    GtkWidget *others = g_object_new(KAB_TYPE_WRAP, "packed", TRUE, NULL);
    GtkWidget *period = g_object_new(KAB_TYPE_PERIOD_BUTTON, NULL);

    self->search_entry = GTK_EDITABLE(search);
    self->period_button = KAB_PERIOD_BUTTON(period);
    gtk_widget_set_hexpand(search, TRUE);
    g_object_set(search, "placeholder-text", _("Order number, article, name or ID"), NULL);
    gtk_accessible_update_property(GTK_ACCESSIBLE(search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Only what concerns this object"), -1);
    gtk_editable_set_max_width_chars(GTK_EDITABLE(search), 30);
    gtk_editable_set_width_chars(GTK_EDITABLE(search), 10);
    g_signal_connect_object(search, "search-changed", G_CALLBACK(on_search_changed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(period, "changed", G_CALLBACK(kab_list_page_ask_anew), self,
                            G_CONNECT_SWAPPED);
    self->direction_dropdown = add_dropdown(self, others, _("Direction"), titles);
    self->kind_dropdown = add_kinds(self, others);
    gtk_widget_set_parent(period, others);
    kab_list_page_add_tools(KAB_LIST_PAGE(self), search, others);
}

static void
kab_journal_page_constructed(GObject *object)
{
    static const KabKey keys[] = {
        {"<Control>n", "journal.show-news", NULL},
        {NULL, NULL, NULL},
    };
    const KabListPageTexts texts = {
        .icon_name = "view-list-symbolic",
        .list_name = _("Journal"),
        .empty_title = _("Nothing has gone between the ends yet"),
        .empty_text = _("What is sent and received appears here as soon as the exchange runs."),
        .nothing_text = get_nothing_text(),
    };
    const char *filters[] = {_("All outcomes"), C_("journal", "Failed"), C_("journal", "Succeeded"),
                             NULL};
    KabJournalPage *self = KAB_JOURNAL_PAGE(object);

    G_OBJECT_CLASS(kab_journal_page_parent_class)->constructed(object);
    kab_data_page_set_title(KAB_DATA_PAGE(self), kab_list_page_is_for_base(KAB_LIST_PAGE(self))
                                                     ? _("Base journal")
                                                     : _("Portal journal"));
    kab_list_page_set_up(KAB_LIST_PAGE(self), &texts, _("Outcome"), filters);
    kab_list_page_set_live(KAB_LIST_PAGE(self));
    add_tools(self);
    kab_keys_add(GTK_WIDGET(self), keys);
}

static void
kab_journal_page_dispose(GObject *object)
{
    KabJournalPage *self = KAB_JOURNAL_PAGE(object);

    g_clear_handle_id(&self->look, g_source_remove);
    g_clear_pointer(&self->text, g_free);
    g_clear_pointer(&self->object_id, g_free);
    G_OBJECT_CLASS(kab_journal_page_parent_class)->dispose(object);
}

static gboolean
kab_journal_page_focus_search(KabDataPage *page)
{
    return gtk_widget_grab_focus(GTK_WIDGET(KAB_JOURNAL_PAGE(page)->search_entry));
}

static void
kab_journal_page_class_init(KabJournalPageClass *klass)
{
    KabListPageClass *list_class = KAB_LIST_PAGE_CLASS(klass);
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->constructed = kab_journal_page_constructed;
    G_OBJECT_CLASS(klass)->dispose = kab_journal_page_dispose;
    widget_class->map = kab_journal_page_map;
    widget_class->unmap = kab_journal_page_unmap;
    KAB_DATA_PAGE_CLASS(klass)->focus_search = kab_journal_page_focus_search;
    list_class->is_filtered = kab_journal_page_is_filtered;
    list_class->list = kab_journal_page_list;
    list_class->list_finish = kab_journal_page_list_finish;
    list_class->make_item = kab_journal_page_make_item;
    list_class->make_row = kab_journal_page_make_row;
    list_class->set_row = kab_journal_page_set_row;
    list_class->dup_name = kab_journal_page_dup_name;
    list_class->open = kab_journal_page_open;

    gtk_widget_class_install_action(widget_class, "journal.show-news", NULL, on_show_news);
}

static void
kab_journal_page_init(KabJournalPage *self G_GNUC_UNUSED)
{
}

KabDataPage *
kab_journal_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_JOURNAL_PAGE, "client", client, NULL);
}

KabDataPage *
kab_journal_page_new_for_base(KabClient *client)
{
    return g_object_new(KAB_TYPE_JOURNAL_PAGE, "client", client, "for-base", TRUE, NULL);
}
