/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-audit-format.h"
#include "kab-audit-page.h"
#include "kab-client-users.h"
#include "kab-fact-row.h"

#include <glib/gi18n-lib.h>

struct _KabAuditPage {
    KabListPage parent_instance;

    GtkEditable *who_entry;

    char *who; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE(KabAuditPage, kab_audit_page, KAB_TYPE_LIST_PAGE)

static void
kab_audit_page_list(KabListPage *page, const char *after, guint limit, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer data)
{
    kab_client_list_audit_async(kab_data_page_get_client(KAB_DATA_PAGE(page)),
                                KAB_AUDIT_PAGE(page)->who,
                                kab_audit_format_nth_action(kab_list_page_get_filter(page)), after,
                                limit, cancellable, callback, data);
}

static gboolean
kab_audit_page_is_filtered(KabListPage *page)
{
    return KAB_AUDIT_PAGE(page)->who != NULL;
}

static KabItem *
kab_audit_page_make_item(gpointer value)
{
    KabAuditItem *item = value;
    g_autofree char *key = g_strdup_printf("%" G_GINT64_FORMAT, item->id);

    return kab_item_new(key, item, (GDestroyNotify)kab_audit_item_free);
}

static void
show_row(KabFactRow *row, KabItem *item)
{
    const KabAuditItem *entry = kab_item_get_value(item);
    g_autofree char *title = kab_audit_format_title(entry);
    g_autofree char *text = kab_audit_format_text(entry);

    kab_fact_row_set_texts(row, title, text, NULL);
}

static GtkWidget *
kab_audit_page_make_row(KabListPage *page G_GNUC_UNUSED)
{
    return kab_fact_row_new(show_row);
}

static void
kab_audit_page_set_row(GtkWidget *row, KabItem *item)
{
    kab_fact_row_set_item(KAB_FACT_ROW(row), item);
}

static char *
kab_audit_page_dup_name(KabItem *item)
{
    return kab_audit_format_title(kab_item_get_value(item));
}

/* There is no more of it than the row says. */
static void
kab_audit_page_open(KabListPage *page G_GNUC_UNUSED, KabItem *item G_GNUC_UNUSED)
{
}

static void
on_who_changed(KabAuditPage *self)
{
    g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(self->who_entry)));

    if (g_strcmp0(text, self->who != NULL ? self->who : "") == 0)
        return;
    g_free(self->who);
    self->who = *text != '\0' ? g_steal_pointer(&text) : NULL;
    kab_list_page_ask_anew(KAB_LIST_PAGE(self));
}

static void
add_tools(KabAuditPage *self)
{
    GtkWidget *search = gtk_search_entry_new();

    self->who_entry = GTK_EDITABLE(search);
    gtk_widget_set_hexpand(search, TRUE);
    g_object_set(search, "placeholder-text", _("Login of who did it"), NULL);
    gtk_accessible_update_property(GTK_ACCESSIBLE(search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                   _("Login of who did it"), -1);
    gtk_editable_set_max_width_chars(GTK_EDITABLE(search), 30);
    gtk_editable_set_width_chars(GTK_EDITABLE(search), 10);
    g_signal_connect_object(search, "search-changed", G_CALLBACK(on_who_changed), self,
                            G_CONNECT_SWAPPED);
    kab_list_page_add_tools(KAB_LIST_PAGE(self), search, adw_bin_new());
}

static void
kab_audit_page_constructed(GObject *object)
{
    KabAuditPage *self = KAB_AUDIT_PAGE(object);
    const KabListPageTexts texts = {
        .icon_name = "document-open-recent-symbolic",
        .list_name = _("Who did what"),
        .empty_title = _("Nothing has been done yet"),
        .empty_text = "",
        .nothing_text = _("Nothing is like that. The login has to be written as a whole."),
    };
    g_autofree const char **filters = kab_audit_format_list_actions();

    G_OBJECT_CLASS(kab_audit_page_parent_class)->constructed(object);
    add_tools(self);
    kab_list_page_set_up(KAB_LIST_PAGE(self), &texts, _("Action"), filters);
}

static void
kab_audit_page_dispose(GObject *object)
{
    g_clear_pointer(&KAB_AUDIT_PAGE(object)->who, g_free);
    G_OBJECT_CLASS(kab_audit_page_parent_class)->dispose(object);
}

static void
kab_audit_page_class_init(KabAuditPageClass *klass)
{
    KabListPageClass *list_class = KAB_LIST_PAGE_CLASS(klass);

    G_OBJECT_CLASS(klass)->constructed = kab_audit_page_constructed;
    G_OBJECT_CLASS(klass)->dispose = kab_audit_page_dispose;
    list_class->is_filtered = kab_audit_page_is_filtered;
    list_class->list = kab_audit_page_list;
    list_class->list_finish = kab_client_list_audit_finish;
    list_class->make_item = kab_audit_page_make_item;
    list_class->make_row = kab_audit_page_make_row;
    list_class->set_row = kab_audit_page_set_row;
    list_class->dup_name = kab_audit_page_dup_name;
    list_class->open = kab_audit_page_open;
}

static void
kab_audit_page_init(KabAuditPage *self G_GNUC_UNUSED)
{
}

KabDataPage *
kab_audit_page_new(KabClient *client, const char *who)
{
    KabAuditPage *self =
        g_object_new(KAB_TYPE_AUDIT_PAGE, "client", client, "title", _("Who did what"), NULL);

    if (*who != '\0') {
        self->who = g_strdup(who);
        gtk_editable_set_text(self->who_entry, who);
    }
    return KAB_DATA_PAGE(self);
}
