/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-documents.h"
#include "kab-document-file.h"
#include "kab-document-list.h"

#include <glib/gi18n-lib.h>

/* What was asked for longer ago than this, a day in milliseconds, may be asked for once more. */
#define REMIND_AFTER G_GINT64_CONSTANT(86400000)

struct _KabDocumentList {
    AdwBin parent_instance;

    AdwPreferencesGroup *group;
    GtkListBox *list_box;

    KabDataPage *page;         /* (nullable) */
    GCancellable *cancellable; /* (owned) */
    KabOrder *order;           /* (owned) (nullable): without it, they are acts of reconciliation */
    GPtrArray *documents;      /* (owned) (nullable) (element-type KabDocument) */
    gboolean may_ask;
};

G_DEFINE_FINAL_TYPE(KabDocumentList, kab_document_list, ADW_TYPE_BIN)

static void load(KabDocumentList *self);

static char *
make_title(const KabDocument *document)
{
    g_autofree char *from = kab_date_format_local(document->from);
    g_autofree char *to = kab_date_format_local(document->to);

    if (document->kind != KAB_DOCUMENT_RECONCILIATION)
        return kab_document_make_title(document);
    /* Translators: the first and the last day of a period */
    return g_strdup_printf(_("%s to %s"), from, to);
}

/* Whether it may be asked for now; @why, what a person should know about it. */
static gboolean
can_ask(KabDocumentList *self, const KabDocument *document, char **why)
{
    g_autoptr(GError) error = NULL;
    gboolean forgotten = document->state == KAB_DOCUMENT_PREPARING &&
                         document->asked_at < kab_time_now() - REMIND_AFTER;
    gboolean can = document->state == KAB_DOCUMENT_NOT_ISSUED ||
                   document->state == KAB_DOCUMENT_FAILED || forgotten;

    *why = g_strdup(document->state == KAB_DOCUMENT_FAILED && document->error != NULL
                        ? document->error
                        : kab_document_state_to_title(document->state));
    if (!can || self->order == NULL ||
        kab_document_check_order(document->kind, self->order, &error))
        return can && self->may_ask;
    g_free(*why);
    *why = g_strdup(error->message);
    return FALSE;
}

static void
on_asked(GObject *source, GAsyncResult *result, gpointer data)
{
    KabDocumentList *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabDocument) document =
        kab_client_ask_document_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (document == NULL)
        kab_data_page_fail(self->page, error);
    else if (document->state != KAB_DOCUMENT_READY)
        kab_data_page_say(self->page, _("The company has been asked for the document"));
    load(self);
}

static void
on_saved(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabDocumentList *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(GFile) file = kab_document_file_download_finish(result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (file == NULL)
        kab_data_page_fail(self->page, error);
    else
        kab_data_page_add_toast(self->page, kab_document_file_make_toast(file));
    load(self);
}

static const KabDocument *
get_document(KabDocumentList *self, GtkButton *button)
{
    guint i = GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(button), "document"));

    return g_ptr_array_index(self->documents, i);
}

static void
on_ask_clicked(KabDocumentList *self, GtkButton *button)
{
    gtk_widget_set_sensitive(GTK_WIDGET(button), FALSE);
    kab_client_ask_document_async(kab_data_page_get_client(self->page), get_document(self, button),
                                  self->cancellable, on_asked, self);
}

static void
on_download_clicked(KabDocumentList *self, GtkButton *button)
{
    const KabDocument *document = get_document(self, button);
    /* Never the name that came with it: what is written where is decided here. */
    g_autofree char *name = kab_document_make_file_name(document);

    gtk_widget_set_sensitive(GTK_WIDGET(button), FALSE);
    kab_document_file_download_async(kab_data_page_get_client(self->page), document->id, FALSE,
                                     name, KAB_DOCUMENT_TO_DOWNLOADS, NULL, self->cancellable,
                                     on_saved, self);
}

static void
add_button(KabDocumentList *self, AdwActionRow *row, guint i, const char *label, GCallback callback)
{
    GtkWidget *button = gtk_button_new_with_label(label);
    const char *title = adw_preferences_row_get_title(ADW_PREFERENCES_ROW(row));
    g_autofree char *name = g_strdup_printf("%s: %s", label, title);

    gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
    gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
    g_object_set_data(G_OBJECT(button), "document", GUINT_TO_POINTER(i));
    g_signal_connect_object(button, "clicked", callback, self, G_CONNECT_SWAPPED);
    adw_action_row_add_suffix(row, button);
}

static GtkWidget *
make_row(KabDocumentList *self, guint i)
{
    const KabDocument *document = g_ptr_array_index(self->documents, i);
    GtkWidget *row = adw_action_row_new();
    g_autofree char *title = make_title(document);
    g_autofree char *why = NULL;
    gboolean ask = can_ask(self, document, &why);

    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), why);
    if (document->state == KAB_DOCUMENT_READY)
        add_button(self, ADW_ACTION_ROW(row), i, _("Download"), G_CALLBACK(on_download_clicked));
    else if (ask)
        add_button(self, ADW_ACTION_ROW(row), i,
                   document->state == KAB_DOCUMENT_NOT_ISSUED ? _("Ask for it") : _("Ask again"),
                   G_CALLBACK(on_ask_clicked));
    return row;
}

/* The place of the row that has the focus; -1 for none. */
static int
find_focus(KabDocumentList *self)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));
    GtkWidget *focus = root != NULL ? gtk_root_get_focus(root) : NULL;
    GtkWidget *row = focus != NULL ? gtk_widget_get_ancestor(focus, GTK_TYPE_LIST_BOX_ROW) : NULL;

    return row != NULL && gtk_widget_is_ancestor(row, GTK_WIDGET(self->list_box))
               ? gtk_list_box_row_get_index(GTK_LIST_BOX_ROW(row))
               : -1;
}

static void
show(KabDocumentList *self)
{
    int focused = find_focus(self);
    GtkListBoxRow *row;

    while ((row = gtk_list_box_get_row_at_index(self->list_box, 0)) != NULL)
        gtk_list_box_remove(self->list_box, GTK_WIDGET(row));
    for (guint i = 0; i < self->documents->len; i++)
        gtk_list_box_append(self->list_box, make_row(self, i));
    gtk_widget_set_visible(GTK_WIDGET(self), self->documents->len > 0);
    row = focused >= 0 ? gtk_list_box_get_row_at_index(self->list_box, focused) : NULL;
    if (row != NULL && !gtk_widget_child_focus(GTK_WIDGET(row), GTK_DIR_TAB_FORWARD))
        gtk_widget_grab_focus(GTK_WIDGET(row));
}

static void
on_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabDocumentList *self = data;
    g_autoptr(GError) error = NULL;
    GPtrArray *documents = kab_client_list_documents_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (documents == NULL) {
        kab_data_page_fail(self->page, error);
        return;
    }
    g_clear_pointer(&self->documents, g_ptr_array_unref);
    self->documents = documents;
    show(self);
}

static void
load(KabDocumentList *self)
{
    kab_client_list_documents_async(kab_data_page_get_client(self->page),
                                    self->order != NULL ? self->order->id.text : NULL,
                                    self->cancellable, on_listed, self);
}

static void
kab_document_list_dispose(GObject *object)
{
    KabDocumentList *self = KAB_DOCUMENT_LIST(object);

    g_cancellable_cancel(self->cancellable);
    self->page = NULL;
    g_clear_pointer(&self->order, kab_order_free);
    g_clear_pointer(&self->documents, g_ptr_array_unref);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_DOCUMENT_LIST);
    G_OBJECT_CLASS(kab_document_list_parent_class)->dispose(object);
}

static void
kab_document_list_finalize(GObject *object)
{
    g_clear_object(&KAB_DOCUMENT_LIST(object)->cancellable);
    G_OBJECT_CLASS(kab_document_list_parent_class)->finalize(object);
}

static void
kab_document_list_class_init(KabDocumentListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_document_list_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_document_list_finalize;

    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/partner/kab-document-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabDocumentList, group);
    gtk_widget_class_bind_template_child(widget_class, KabDocumentList, list_box);
}

static void
kab_document_list_init(KabDocumentList *self)
{
    self->cancellable = g_cancellable_new();
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_document_list_load(KabDocumentList *self, KabDataPage *page, const KabOrder *order,
                       gboolean may_ask)
{
    KabOrder *copy = order != NULL ? kab_order_copy(order) : NULL;

    self->page = page;
    self->may_ask = may_ask;
    g_clear_pointer(&self->order, kab_order_free);
    self->order = copy;
    adw_preferences_group_set_title(self->group,
                                    order != NULL ? _("Documents") : _("Acts of reconciliation"));
    load(self);
}
