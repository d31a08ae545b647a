/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-orders.h"
#include "kab-format.h"
#include "kab-history-list.h"

#include <glib/gi18n-lib.h>

#define FEW 5

struct _KabHistoryList {
    AdwBin parent_instance;

    GtkListBox *list_box;
    GtkWidget *all_button;

    KabDataPage *page;         /* (nullable) */
    GCancellable *cancellable; /* (owned) */
    GPtrArray *entries;        /* (owned) (nullable) (element-type KabHistoryEntry) */
    gboolean all;
};

G_DEFINE_FINAL_TYPE(KabHistoryList, kab_history_list, ADW_TYPE_BIN)

static GtkWidget *
make_change_row(const KabOrderLine *line)
{
    GtkWidget *row = g_object_new(ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);
    g_autofree char *amount = kab_format_line_amount(line);
    g_autofree char *price = kab_format_line_price(line);
    const char *what = line->ordered.milli == 0    ? _("added by the manager")
                       : line->quantity.milli == 0 ? _("cancelled by the manager")
                                                   : "";
    g_autofree char *subtitle = kab_format_join(amount, price, what, NULL);

    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), line->name);
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), subtitle);
    gtk_widget_add_css_class(row, "numeric");
    return row;
}

static GtkWidget *
make_more_row(gulong n)
{
    GtkWidget *row = adw_action_row_new();
    g_autofree char *title = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "and %lu more line", "and %lu more lines", n), n);

    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
    return row;
}

/* Opens to what became of the lines. */
static GtkWidget *
make_open_row(const KabHistoryEntry *entry, const char *subtitle)
{
    GtkWidget *row = g_object_new(ADW_TYPE_EXPANDER_ROW, "use-markup", FALSE, NULL);
    guint n = entry->changes->lines->len;

    adw_expander_row_set_subtitle(ADW_EXPANDER_ROW(row), subtitle);
    for (guint i = 0; i < n; i++)
        adw_expander_row_add_row(ADW_EXPANDER_ROW(row),
                                 make_change_row(kab_order_get_line(entry->changes, i)));
    if (entry->lines > n)
        adw_expander_row_add_row(ADW_EXPANDER_ROW(row), make_more_row((gulong)(entry->lines - n)));
    return row;
}

static GtkWidget *
make_row(const KabHistoryEntry *entry)
{
    g_autofree char *title = kab_history_entry_make_title(entry);
    g_autofree char *detail = kab_history_entry_make_detail(entry);
    g_autofree char *at = kab_time_format_local(entry->at);
    g_autofree char *subtitle = kab_format_join(at, kab_history_entry_get_who(entry), detail, NULL);
    GtkWidget *row;

    if (entry->changes != NULL) {
        row = make_open_row(entry, subtitle);
    } else {
        row = g_object_new(ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);
        adw_action_row_set_subtitle(ADW_ACTION_ROW(row), subtitle);
    }
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), title);
    gtk_widget_add_css_class(row, "numeric");
    return row;
}

static void
show(KabHistoryList *self)
{
    guint n = self->all ? self->entries->len : MIN(self->entries->len, FEW);
    GtkListBoxRow *row;

    while ((row = gtk_list_box_get_row_at_index(self->list_box, 0)) != NULL)
        gtk_list_box_remove(self->list_box, GTK_WIDGET(row));
    for (guint i = 0; i < n; i++)
        gtk_list_box_append(self->list_box, make_row(g_ptr_array_index(self->entries, i)));
    gtk_widget_set_visible(self->all_button, n < self->entries->len);
    gtk_widget_set_visible(GTK_WIDGET(self), n > 0);
}

static void
on_all_clicked(KabHistoryList *self)
{
    GtkListBoxRow *next;

    self->all = TRUE;
    show(self);
    next = gtk_list_box_get_row_at_index(self->list_box, FEW);
    if (next != NULL)
        gtk_widget_grab_focus(GTK_WIDGET(next));
}

/* A history only grows. */
static gboolean
is_longer(const GPtrArray *before, const GPtrArray *now)
{
    const KabHistoryEntry *newest, *known;

    if (before == NULL || before->len != now->len || now->len == 0)
        return TRUE;
    newest = g_ptr_array_index(now, 0);
    known = g_ptr_array_index(before, 0);
    return newest->at != known->at;
}

static void
on_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabHistoryList *self = data;
    g_autoptr(GError) error = NULL;
    GPtrArray *entries = kab_client_list_history_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (entries == NULL) {
        kab_data_page_fail(self->page, error);
        return;
    }
    if (!is_longer(self->entries, entries)) { /* what is opened stays open */
        g_ptr_array_unref(entries);
        return;
    }
    g_clear_pointer(&self->entries, g_ptr_array_unref);
    self->entries = entries;
    show(self);
}

static void
kab_history_list_dispose(GObject *object)
{
    KabHistoryList *self = KAB_HISTORY_LIST(object);

    g_cancellable_cancel(self->cancellable);
    self->page = NULL;
    g_clear_pointer(&self->entries, g_ptr_array_unref);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_HISTORY_LIST);
    G_OBJECT_CLASS(kab_history_list_parent_class)->dispose(object);
}

static void
kab_history_list_finalize(GObject *object)
{
    g_clear_object(&KAB_HISTORY_LIST(object)->cancellable);
    G_OBJECT_CLASS(kab_history_list_parent_class)->finalize(object);
}

static void
kab_history_list_class_init(KabHistoryListClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_history_list_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_history_list_finalize;
    gtk_widget_class_set_template_from_resource(GTK_WIDGET_CLASS(klass),
                                                "/org/kabinet/Kabinet/partner/kab-history-list.ui");
    gtk_widget_class_bind_template_child(GTK_WIDGET_CLASS(klass), KabHistoryList, list_box);
    gtk_widget_class_bind_template_child(GTK_WIDGET_CLASS(klass), KabHistoryList, all_button);
    gtk_widget_class_bind_template_callback(GTK_WIDGET_CLASS(klass), on_all_clicked);
}

static void
kab_history_list_init(KabHistoryList *self)
{
    self->cancellable = g_cancellable_new();
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_history_list_load(KabHistoryList *self, KabDataPage *page, KabOrderId id)
{
    self->page = page;
    kab_client_list_history_async(kab_data_page_get_client(page), id, self->cancellable, on_listed,
                                  self);
}
