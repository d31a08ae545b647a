/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-live.h"
#include "kab-client-news.h"
#include "kab-error.h"
#include "kab-fact-row.h"
#include "kab-format.h"
#include "kab-keys.h"
#include "kab-news-dialog.h"
#include "kab-news-page.h"
#include "kab-undo-toast.h"
#include "kab-weak.h"

#include <glib/gi18n-lib.h>

/* Characters of a text that the list shows. */
#define MAX_SHOWN 300

struct _KabNewsPage {
    KabListPage parent_instance;

    KabNewsDialog *dialog; /* (nullable) */
    KabNews *draft;        /* (owned) (nullable): what was written and not published */
    KabNews *removing;     /* (owned) (nullable): what is being taken back */
    AdwToast *toast;       /* (weak) (nullable): the last one that can be undone */
};

G_DEFINE_FINAL_TYPE(KabNewsPage, kab_news_page, KAB_TYPE_LIST_PAGE)

static KabNews *
copy_news(const KabNews *news)
{
    KabNews *copy = g_memdup2(news, sizeof *news);

    copy->author = g_strdup(news->author);
    copy->title = g_strdup(news->title);
    copy->text = g_strdup(news->text);
    return copy;
}

/* The list. */

static void
kab_news_page_list(KabListPage *page, const char *after, guint limit, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer data)
{
    kab_client_list_news_async(kab_data_page_get_client(KAB_DATA_PAGE(page)), after, limit,
                               cancellable, callback, data);
}

static KabItem *
kab_news_page_make_item(gpointer value)
{
    KabNews *news = value;

    return kab_item_new(news->id, news, (GDestroyNotify)kab_news_free);
}

static char *
shorten(const char *text)
{
    if (g_utf8_strlen(text, -1) <= MAX_SHOWN)
        return g_strdup(text);
    {
        g_autofree char *start = g_utf8_substring(text, 0, MAX_SHOWN);

        return g_strconcat(g_strchomp(start), "…", NULL);
    }
}

static void
show_row(KabFactRow *row, KabItem *item)
{
    const KabNews *news = kab_item_get_value(item);
    g_autofree char *moment = kab_format_moment(news->published_at);
    g_autofree char *detail = kab_format_join(moment, news->author, NULL);
    g_autofree char *text = shorten(news->text);
    g_autofree char *name = g_strdup_printf(_("Take back “%s”"), news->title);

    kab_fact_row_set_texts(row, news->title, detail, text);
    kab_fact_row_set_button(row, "user-trash-symbolic", _("Take back"), name, "news.remove",
                            news->id);
}

static GtkWidget *
kab_news_page_make_row(KabListPage *page G_GNUC_UNUSED)
{
    return kab_fact_row_new(show_row);
}

static void
kab_news_page_set_row(GtkWidget *row, KabItem *item)
{
    kab_fact_row_set_item(KAB_FACT_ROW(row), item);
}

static char *
kab_news_page_dup_name(KabItem *item)
{
    return g_strdup(((KabNews *)kab_item_get_value(item))->title);
}

/* The row says it. */
static void
kab_news_page_open(KabListPage *page G_GNUC_UNUSED, KabItem *item G_GNUC_UNUSED)
{
}

/* Taking back, and that back. It outlives the page. */

typedef struct {
    KabClient *client; /* (owned) */
    KabNews *news;     /* (owned) */
    GWeakRef page;
} Undo;

static void
undo_free(gpointer data)
{
    Undo *undo = data;

    g_object_unref(undo->client);
    kab_news_free(undo->news);
    g_weak_ref_clear(&undo->page);
    g_free(undo);
}

static void
on_restored(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabDataPage) page = kab_weak_take(data);
    g_autoptr(GError) error = NULL;

    kab_client_news_finish(KAB_CLIENT(source), result, &error);
    if (page != NULL)
        kab_data_page_reload_after(page, error);
}

static void
restore(gpointer data)
{
    Undo *undo = data;
    g_autoptr(KabDataPage) page = g_weak_ref_get(&undo->page);

    kab_client_publish_news_async(undo->client, undo->news, NULL, on_restored, kab_weak_new(page));
}

static void
say_removed(KabNewsPage *self, KabNews *news)
{
    g_autofree char *text = g_strdup_printf(_("“%s” is taken back"), news->title);
    Undo *undo = g_new0(Undo, 1);
    AdwToast *toast;

    undo->client = g_object_ref(kab_data_page_get_client(KAB_DATA_PAGE(self)));
    undo->news = news;
    g_weak_ref_init(&undo->page, self);
    toast = kab_undo_toast_new(text, restore, NULL, undo, undo_free);
    g_set_weak_pointer(&self->toast, toast);
    kab_data_page_add_toast(KAB_DATA_PAGE(self), toast);
}

static void
on_removed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabNewsPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabNews) news = NULL;

    kab_client_news_finish(KAB_CLIENT(source), result, &error);
    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    news = g_steal_pointer(&self->removing);
    if (error == NULL) {
        kab_data_page_answered(KAB_DATA_PAGE(self));
        say_removed(self, g_steal_pointer(&news));
    } else if (!g_error_matches(error, KAB_ERROR, KAB_ERROR_NOT_FOUND)) { /* else it is gone */
        kab_data_page_fail(KAB_DATA_PAGE(self), error);
    }
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
on_remove(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter)
{
    KabNewsPage *self = KAB_NEWS_PAGE(widget);
    KabItem *item = kab_list_page_find(KAB_LIST_PAGE(self), g_variant_get_string(parameter, NULL));

    if (self->removing != NULL || item == NULL)
        return;
    self->removing = copy_news(kab_item_get_value(item));
    kab_client_remove_news_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), self->removing->id,
                                 kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_removed,
                                 self);
}

static void
on_undo(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabNewsPage *self = KAB_NEWS_PAGE(widget);
    g_autoptr(AdwToast) toast = self->toast != NULL ? g_object_ref(self->toast) : NULL;

    g_clear_weak_pointer(&self->toast);
    if (toast != NULL)
        kab_undo_toast_press(toast);
}

/* Writing. */

static void
on_dialog_gone(gpointer data, GObject *gone G_GNUC_UNUSED)
{
    KAB_NEWS_PAGE(data)->dialog = NULL;
}

static void
on_published(KabNewsPage *self)
{
    g_clear_pointer(&self->draft, kab_news_free);
    kab_data_page_say(KAB_DATA_PAGE(self), _("The news are published"));
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

/* What is written is there again when the dialog is. */
static void
on_left(KabNewsPage *self, KabNewsDialog *dialog)
{
    g_clear_pointer(&self->draft, kab_news_free);
    self->draft = kab_news_dialog_dup_news(dialog);
}

static void
on_write(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabNewsPage *self = KAB_NEWS_PAGE(widget);
    GtkRoot *root = gtk_widget_get_root(widget);

    if (self->dialog != NULL)
        return;
    self->dialog = kab_news_dialog_new(GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL,
                                       kab_data_page_get_client(KAB_DATA_PAGE(self)), self->draft);
    g_object_weak_ref(G_OBJECT(self->dialog), on_dialog_gone, self);
    g_signal_connect_object(self->dialog, "published", G_CALLBACK(on_published), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->dialog, "left", G_CALLBACK(on_left), self, G_CONNECT_SWAPPED);
    gtk_window_present(GTK_WINDOW(self->dialog));
}

/* The page. */

static GtkWidget *
make_write_button(void)
{
    GtkWidget *button = gtk_button_new_with_label(_("Write news…"));

    gtk_actionable_set_action_name(GTK_ACTIONABLE(button), "news.write");
    gtk_widget_add_css_class(button, "suggested-action");
    gtk_widget_set_halign(button, GTK_ALIGN_END);
    gtk_widget_set_hexpand(button, TRUE);
    return button;
}

static void
kab_news_page_constructed(GObject *object)
{
    static const KabKey keys[] = {
        {"<Control>n", "news.write", NULL},
        {"<Control>z", "news.undo", NULL},
        {NULL, NULL, NULL},
    };
    KabNewsPage *self = KAB_NEWS_PAGE(object);
    const KabListPageTexts texts = {
        .icon_name = "document-edit-symbolic",
        .list_name = _("News"),
        .empty_title = _("No news yet"),
        .empty_text = _("News are shown to all partners on their first page."),
    };

    G_OBJECT_CLASS(kab_news_page_parent_class)->constructed(object);
    kab_list_page_set_up(KAB_LIST_PAGE(self), &texts, NULL, NULL);
    kab_list_page_add_button(KAB_LIST_PAGE(self), make_write_button());
    g_object_set(kab_data_page_get_view(KAB_DATA_PAGE(self)), "empty-action-name", "news.write",
                 "empty-action-label", _("Write news…"), NULL);
    kab_keys_add(GTK_WIDGET(self), keys);
}

static void
kab_news_page_dispose(GObject *object)
{
    KabNewsPage *self = KAB_NEWS_PAGE(object);

    if (self->dialog != NULL) {
        g_object_weak_unref(G_OBJECT(self->dialog), on_dialog_gone, self);
        gtk_window_destroy(GTK_WINDOW(g_steal_pointer(&self->dialog)));
    }
    g_clear_weak_pointer(&self->toast);
    G_OBJECT_CLASS(kab_news_page_parent_class)->dispose(object);
}

static void
kab_news_page_finalize(GObject *object)
{
    KabNewsPage *self = KAB_NEWS_PAGE(object);

    g_clear_pointer(&self->draft, kab_news_free);
    g_clear_pointer(&self->removing, kab_news_free);
    G_OBJECT_CLASS(kab_news_page_parent_class)->finalize(object);
}

static void
kab_news_page_class_init(KabNewsPageClass *klass)
{
    static const char *const kinds[] = {"news", NULL};
    KabListPageClass *list_class = KAB_LIST_PAGE_CLASS(klass);

    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;
    G_OBJECT_CLASS(klass)->constructed = kab_news_page_constructed;
    G_OBJECT_CLASS(klass)->dispose = kab_news_page_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_news_page_finalize;
    list_class->list = kab_news_page_list;
    list_class->list_finish = kab_client_list_news_finish;
    list_class->make_item = kab_news_page_make_item;
    list_class->make_row = kab_news_page_make_row;
    list_class->set_row = kab_news_page_set_row;
    list_class->dup_name = kab_news_page_dup_name;
    list_class->open = kab_news_page_open;

    gtk_widget_class_install_action(GTK_WIDGET_CLASS(klass), "news.write", NULL, on_write);
    gtk_widget_class_install_action(GTK_WIDGET_CLASS(klass), "news.remove", "s", on_remove);
    gtk_widget_class_install_action(GTK_WIDGET_CLASS(klass), "news.undo", NULL, on_undo);
}

static void
kab_news_page_init(KabNewsPage *self G_GNUC_UNUSED)
{
}

KabDataPage *
kab_news_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_NEWS_PAGE, "client", client, "title", _("News"), NULL);
}
