/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-journal.h"
#include "kab-format.h"
#include "kab-item.h"
#include "kab-journal-entry-page.h"
#include "kab-journal-format.h"
#include "kab-journal-row.h"
#include "kab-json-value.h"
#include "kab-json-view.h"
#include "kab-keys.h"
#include "kab-notice.h"
#include "kab-resend-dialog.h"
#include "kab-shrink.h"
#include "kab-stack.h"
#include "kab-status-badge.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

struct _KabJournalEntryPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkLabel *title_label;
    KabStatusBadge *badge;
    GtkLabel *detail_label;
    KabNotice *error_notice;
    GtkWidget *tabs;
    GtkToggleButton *objects_button;
    GtkToggleButton *request_button;
    GtkToggleButton *answer_button;
    GtkStack *stack;
    GtkListView *objects_view;
    KabJsonView *request_view;
    KabJsonView *answer_view;

    gint64 id;
    KabJournalItem *item; /* (owned) (nullable) */
    GtkWindow *dialog;    /* (nullable): the copy that is being edited */
};

G_DEFINE_FINAL_TYPE(KabJournalEntryPage, kab_journal_entry_page, KAB_TYPE_DATA_PAGE)

/* The message about an object: what one end pushes, or what the other end fetched. */
static char *
find_message(KabJournalEntryPage *self, const char *id)
{
    char *message = kab_json_find_message(self->item->request, id);

    return message != NULL ? message : kab_json_find_message(self->item->answer, id);
}

/* Objects. */

static void
on_row_setup(KabJournalEntryPage *self G_GNUC_UNUSED, GtkListItem *item)
{
    gtk_list_item_set_child(item, kab_journal_row_new());
}

static gboolean
can_resend(KabJournalEntryPage *self, const KabJournalObject *object)
{
    g_autofree char *message = NULL;

    if (!kab_journal_outcome_is_failure(object->outcome))
        return FALSE;
    message = find_message(self, object->id);
    return message != NULL;
}

static void
on_row_bind(KabJournalEntryPage *self, GtkListItem *list_item)
{
    const KabJournalObject *object = kab_item_get_value(gtk_list_item_get_item(list_item));
    KabJournalRow *row = KAB_JOURNAL_ROW(gtk_list_item_get_child(list_item));
    g_autofree char *version = g_strdup_printf(_("version %" PRId64), object->version);
    g_autofree char *attempt =
        object->attempt > 0 ? g_strdup_printf(_("attempt %d"), (int)object->attempt) : g_strdup("");
    g_autofree char *detail = kab_format_join(object->id, version, attempt, NULL);
    g_autofree char *title = kab_format_object(object->kind, object->name);
    const KabJournalRowTexts texts = {"package-x-generic-symbolic", title, detail, object->error,
                                      object->outcome};
    g_autofree char *name = kab_format_join(texts.title, kab_format_outcome(object->outcome),
                                            object->error != NULL ? object->error : "", NULL);

    kab_journal_row_show(row, &texts);
    kab_journal_row_set_button(row, can_resend(self, object) ? _("Edit and resend…") : NULL,
                               "entry.resend", object->id);
    gtk_accessible_update_property(GTK_ACCESSIBLE(gtk_widget_get_parent(GTK_WIDGET(row))),
                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
open_story(KabJournalEntryPage *self, const KabJournalObject *object)
{
    g_autofree char *target = g_strjoin("/", object->kind, object->id, NULL);

    gtk_widget_activate_action(GTK_WIDGET(self), "win.open-story", "s", target);
}

static void
on_row_activated(KabJournalEntryPage *self, guint position)
{
    GListModel *model = G_LIST_MODEL(gtk_list_view_get_model(self->objects_view));
    g_autoptr(KabItem) item = g_list_model_get_item(model, position);

    if (item != NULL)
        open_story(self, kab_item_get_value(item));
}

static void
on_story(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabJournalEntryPage *self = KAB_JOURNAL_ENTRY_PAGE(widget);

    if (self->item != NULL && self->item->objects->len > 0)
        open_story(self, g_ptr_array_index(self->item->objects, 0));
}

static void
keep(gpointer object G_GNUC_UNUSED)
{
}

/* The list borrows what the entry has. */
static void
show_objects(KabJournalEntryPage *self)
{
    g_autoptr(GListStore) store = g_list_store_new(KAB_TYPE_ITEM);
    g_autoptr(GtkNoSelection) selection = NULL;

    for (guint i = 0; i < self->item->objects->len; i++) {
        KabJournalObject *object = g_ptr_array_index(self->item->objects, i);
        g_autoptr(KabItem) item = kab_item_new(object->id, object, keep);

        g_list_store_append(store, item);
    }
    selection = gtk_no_selection_new(G_LIST_MODEL(g_steal_pointer(&store)));
    gtk_list_view_set_model(self->objects_view, GTK_SELECTION_MODEL(selection));
}

/* Edit and resend. */

static void
on_dialog_closed(KabJournalEntryPage *self)
{
    self->dialog = NULL;
}

static void
on_sent(KabJournalEntryPage *self, const char *told)
{
    kab_data_page_say(KAB_DATA_PAGE(self), told);
}

static const KabJournalObject *
find_object(KabJournalEntryPage *self, const char *id)
{
    for (guint i = 0; i < self->item->objects->len; i++) {
        const KabJournalObject *object = g_ptr_array_index(self->item->objects, i);

        if (*id != '\0' ? g_str_equal(object->id, id) : can_resend(self, object))
            return object;
    }
    return NULL;
}

static void
on_resend(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabJournalEntryPage *self = KAB_JOURNAL_ENTRY_PAGE(widget);
    const KabJournalObject *object = NULL;
    g_autofree char *message = NULL;

    if (self->item != NULL && self->dialog == NULL)
        object = find_object(self, g_variant_get_string(parameter, NULL));
    if (object != NULL)
        message = find_message(self, object->id);
    if (message == NULL)
        return;
    self->dialog = kab_resend_dialog_new(widget, kab_data_page_get_client(KAB_DATA_PAGE(self)),
                                         self->id, message);
    g_signal_connect_object(self->dialog, "destroy", G_CALLBACK(on_dialog_closed), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->dialog, "sent", G_CALLBACK(on_sent), self, G_CONNECT_SWAPPED);
    gtk_window_present(self->dialog);
}

/* The page. */

static void
update_tab(KabJournalEntryPage *self)
{
    const char *name = "answer";

    if (gtk_toggle_button_get_active(self->request_button))
        name = "request";
    else if (gtk_toggle_button_get_active(self->objects_button))
        name = self->item != NULL && self->item->objects->len > 0 ? "objects" : "none";
    kab_stack_show(self->stack, name);
}

static void
on_tab_toggled(KabJournalEntryPage *self)
{
    update_tab(self);
}

static char *
describe(const KabJournalItem *item)
{
    g_autofree char *time = kab_journal_format_time(item->at);
    g_autofree char *way = kab_journal_format_way(item);
    g_autofree char *duration = kab_journal_format_duration(item->duration_ms);
    g_autofree char *status =
        item->http_status > 0 ? g_strdup_printf("HTTP %d", (int)item->http_status) : g_strdup("");
    g_autofree char *run =
        item->run_id != NULL ? g_strdup_printf(_("run %s"), item->run_id) : g_strdup("");
    g_autofree char *raw = kab_format_join(item->what, run, NULL);
    g_autofree char *first = kab_format_join(time, way, status, duration, NULL);

    return g_strjoin("\n", first, raw, NULL);
}

static void
show(KabJournalEntryPage *self)
{
    const KabJournalItem *item = self->item;
    g_autofree char *title = kab_journal_format_what(item);
    g_autofree char *detail = describe(item);
    g_autofree char *objects =
        g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u object", "%u objects", item->objects->len),
                        item->objects->len);

    kab_data_page_set_title(KAB_DATA_PAGE(self), title);
    gtk_label_set_text(self->title_label, title);
    gtk_label_set_text(self->detail_label, detail);
    kab_status_badge_set_outcome(self->badge, kab_journal_get_outcome(item));
    kab_notice_tell(self->error_notice, item->error, NULL);
    gtk_button_set_label(GTK_BUTTON(self->objects_button), objects);
    kab_shrink_buttons(self->tabs);
    show_objects(self);
    kab_json_view_set_text(self->request_view, _("Request"), item->request);
    kab_json_view_set_text(self->answer_view, _("Answer"), item->answer);
    update_tab(self);
}

static void
on_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabJournalEntryPage *self = data;
    g_autoptr(GError) error = NULL;
    KabJournalItem *item = kab_client_get_journal_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (item == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    gtk_list_view_set_model(self->objects_view, NULL);
    g_clear_pointer(&self->item, kab_journal_item_free);
    self->item = item;
    show(self);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

static void
kab_journal_entry_page_load(KabDataPage *page)
{
    KabJournalEntryPage *self = KAB_JOURNAL_ENTRY_PAGE(page);

    kab_client_get_journal_async(kab_data_page_get_client(page), self->id,
                                 kab_data_page_begin_load(page), on_got, self);
}

static void
kab_journal_entry_page_dispose(GObject *object)
{
    KabJournalEntryPage *self = KAB_JOURNAL_ENTRY_PAGE(object);
    GtkWindow *dialog = g_steal_pointer(&self->dialog);

    if (dialog != NULL) {
        g_signal_handlers_disconnect_by_data(dialog, self);
        gtk_window_destroy(dialog);
    }
    if (self->objects_view != NULL)
        gtk_list_view_set_model(self->objects_view, NULL);
    g_clear_pointer(&self->item, kab_journal_item_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_JOURNAL_ENTRY_PAGE);
    G_OBJECT_CLASS(kab_journal_entry_page_parent_class)->dispose(object);
}

static void
bind_children(GtkWidgetClass *widget_class)
{
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, badge);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, error_notice);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, tabs);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, objects_button);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, request_button);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, answer_button);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, stack);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, objects_view);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, request_view);
    gtk_widget_class_bind_template_child(widget_class, KabJournalEntryPage, answer_view);
}

static void
kab_journal_entry_page_class_init(KabJournalEntryPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_journal_entry_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_journal_entry_page_load;

    g_type_ensure(KAB_TYPE_JSON_VIEW);
    g_type_ensure(KAB_TYPE_NOTICE);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_STATUS_BADGE);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/admin/kab-journal-entry-page.ui");
    bind_children(widget_class);
    gtk_widget_class_bind_template_callback(widget_class, kab_data_page_say);
    gtk_widget_class_bind_template_callback(widget_class, on_row_setup);
    gtk_widget_class_bind_template_callback(widget_class, on_row_bind);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
    gtk_widget_class_bind_template_callback(widget_class, on_tab_toggled);

    gtk_widget_class_install_action(widget_class, "entry.resend", "s", on_resend);
    gtk_widget_class_install_action(widget_class, "entry.story", NULL, on_story);
}

static void
kab_journal_entry_page_init(KabJournalEntryPage *self)
{
    static const KabKey keys[] = {
        {"<Control>e", "entry.resend", ""},
        {"<Control>y", "entry.story", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_journal_entry_page_new(KabClient *client, const char *id)
{
    KabJournalEntryPage *self = g_object_new(KAB_TYPE_JOURNAL_ENTRY_PAGE, "client", client, "title",
                                             _("Journal entry"), NULL);

    self->id = g_ascii_strtoll(id, NULL, 10);
    return KAB_DATA_PAGE(self);
}
