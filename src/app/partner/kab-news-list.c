/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-live.h"
#include "kab-format.h"
#include "kab-news-list.h"

#include <glib/gi18n-lib.h>

#define N_NEWS 5

struct _KabNewsList {
    AdwBin parent_instance;

    GtkListBox *list;

    KabDataPage *page; /* (weak): whose load it is */
    char *unfolded;    /* (owned) (nullable): the id of the one that is read */
};

G_DEFINE_FINAL_TYPE(KabNewsList, kab_news_list, ADW_TYPE_BIN)

static void
on_unfolded(AdwExpanderRow *row, GParamSpec *pspec G_GNUC_UNUSED, KabNewsList *self)
{
    const char *id = g_object_get_data(G_OBJECT(row), "kab-id");

    if (adw_expander_row_get_expanded(row)) {
        g_free(self->unfolded);
        self->unfolded = g_strdup(id);
    } else if (g_strcmp0(self->unfolded, id) == 0) {
        g_clear_pointer(&self->unfolded, g_free);
    }
}

/* Plain text: nothing in it is markup. */
static GtkWidget *
make_text(const char *text)
{
    GtkWidget *label = gtk_label_new(text);

    gtk_label_set_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
    gtk_label_set_width_chars(GTK_LABEL(label), 12);
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_selectable(GTK_LABEL(label), TRUE);
    gtk_widget_add_css_class(label, "news-text");
    return label;
}

static GtkWidget *
make_row(KabNewsList *self, const KabNews *news)
{
    g_autofree char *moment = kab_format_moment(news->published_at);
    g_autofree char *subtitle = kab_format_join(moment, news->author, NULL);
    GtkWidget *row;

    if (*news->text == '\0') {
        row = adw_action_row_new();
        adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
        adw_action_row_set_subtitle(ADW_ACTION_ROW(row), subtitle);
        adw_action_row_set_title_lines(ADW_ACTION_ROW(row), 2);
    } else {
        row = adw_expander_row_new();
        adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
        adw_expander_row_set_subtitle(ADW_EXPANDER_ROW(row), subtitle);
        adw_expander_row_add_row(ADW_EXPANDER_ROW(row), make_text(news->text));
        adw_expander_row_set_expanded(ADW_EXPANDER_ROW(row),
                                      g_strcmp0(self->unfolded, news->id) == 0);
        g_object_set_data_full(G_OBJECT(row), "kab-id", g_strdup(news->id), g_free);
        g_signal_connect_object(row, "notify::expanded", G_CALLBACK(on_unfolded), self, 0);
    }
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), news->title);
    return row;
}

static void
show(KabNewsList *self, const KabPage *page)
{
    GtkListBoxRow *old;

    while ((old = gtk_list_box_get_row_at_index(self->list, 0)) != NULL)
        gtk_list_box_remove(self->list, GTK_WIDGET(old));
    for (guint i = 0; i < page->items->len; i++)
        gtk_list_box_append(self->list, make_row(self, g_ptr_array_index(page->items, i)));
    gtk_widget_set_visible(GTK_WIDGET(self), page->items->len > 0);
}

static void
on_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabNewsList *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_list_news_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page != NULL)
        show(self, page);
    else
        kab_data_page_fail(self->page, error);
}

static void
kab_news_list_dispose(GObject *object)
{
    KabNewsList *self = KAB_NEWS_LIST(object);

    g_clear_pointer(&self->unfolded, g_free);
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_NEWS_LIST);
    G_OBJECT_CLASS(kab_news_list_parent_class)->dispose(object);
}

static void
kab_news_list_class_init(KabNewsListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_news_list_dispose;
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-news-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabNewsList, list);
}

static void
kab_news_list_init(KabNewsList *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_news_list_load(KabNewsList *self, KabDataPage *page)
{
    self->page = page;
    kab_client_list_news_async(kab_data_page_get_client(page), NULL, N_NEWS,
                               kab_data_page_get_cancellable(page), on_listed, self);
}
