/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-words.h"
#include "kab-order-status.h"
#include "kab-words-group.h"

#include <glib/gi18n-lib.h>

#define WORD "kab-word"

struct _KabWordsGroup {
    AdwBin parent_instance;

    KabDataPage *page; /* the one that it is in */
    AdwPreferencesGroup *group;
    GPtrArray *rows; /* (element-type GtkWidget) */
};

G_DEFINE_FINAL_TYPE(KabWordsGroup, kab_words_group, ADW_TYPE_BIN)

static void fill(KabWordsGroup *self, const KabPage *page);

/* What a status can mean; what the base may call it is "other". */
static const KabClientStatus statuses[] = {KAB_CLIENT_ON_APPROVAL, KAB_CLIENT_TO_FULFIL,
                                           KAB_CLIENT_CLOSED, KAB_CLIENT_CANCELLED};

/* The meaning behind the @i-th choice, which is nothing for the first one. */
static const char *
get_meaning(const KabWord *word, guint i)
{
    if (i == 0)
        return NULL;
    return g_str_equal(word->kind, "status") ? kab_client_status_to_nick(statuses[i - 1])
                                             : kab_order_state_list()[i - 1];
}

static GtkStringList *
list_choices(const KabWord *word)
{
    GtkStringList *titles = gtk_string_list_new(NULL);
    const char *const *states = kab_order_state_list();

    gtk_string_list_append(titles, _("Not known"));
    if (g_str_equal(word->kind, "status"))
        for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++)
            gtk_string_list_append(titles, kab_client_status_to_title(statuses[i]));
    else
        for (guint i = 0; states[i] != NULL; i++)
            gtk_string_list_append(titles, states[i]);
    return titles;
}

static void
on_set(GObject *source, GAsyncResult *result, gpointer data)
{
    KabWordsGroup *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_words_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail_change(self->page, error);
        kab_words_group_load(self); /* what is so stands there again */
        return;
    }
    kab_data_page_answered(self->page);
    fill(self, page);
}

static void
on_chosen(AdwComboRow *row, GParamSpec *pspec G_GNUC_UNUSED, KabWordsGroup *self)
{
    const KabWord *word = g_object_get_data(G_OBJECT(row), WORD);

    kab_client_set_word_async(kab_data_page_get_client(self->page), word->kind, word->text,
                              get_meaning(word, adw_combo_row_get_selected(row)),
                              kab_data_page_get_cancellable(self->page), on_set, self);
}

static char *
describe(const KabWord *word)
{
    const char *kind = g_str_equal(word->kind, "status") ? _("Status") : _("State");
    guint n = (guint)MIN(word->orders, G_MAXINT);

    return word->orders == 0 ? g_strdup(kind)
                             : g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%s · %u order has it",
                                                           "%s · %u orders have it", n),
                                               kind, n);
}

static GtkWidget *
make_row(KabWordsGroup *self, const KabWord *word)
{
    GtkWidget *row = adw_combo_row_new();
    g_autoptr(GtkStringList) titles = list_choices(word);
    g_autofree char *text = describe(word);
    guint n = g_list_model_get_n_items(G_LIST_MODEL(titles));

    adw_preferences_row_set_use_markup(ADW_PREFERENCES_ROW(row), FALSE);
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), word->text);
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), text);
    adw_combo_row_set_model(ADW_COMBO_ROW(row), G_LIST_MODEL(titles));
    for (guint i = 1; i < n; i++)
        if (g_strcmp0(get_meaning(word, i), word->meaning) == 0)
            adw_combo_row_set_selected(ADW_COMBO_ROW(row), i);
    if (word->meaning == NULL)
        gtk_widget_add_css_class(row, "warning");
    g_object_set_data_full(G_OBJECT(row), WORD,
                           kab_word_new(word->kind, word->text, word->meaning, word->orders),
                           (GDestroyNotify)kab_word_free);
    g_signal_connect_object(row, "notify::selected", G_CALLBACK(on_chosen), self, 0);
    return row;
}

static void
fill(KabWordsGroup *self, const KabPage *page)
{
    for (guint i = 0; i < self->rows->len; i++)
        adw_preferences_group_remove(self->group, g_ptr_array_index(self->rows, i));
    g_ptr_array_set_size(self->rows, 0);
    for (guint i = 0; i < page->items->len; i++) {
        GtkWidget *row = make_row(self, g_ptr_array_index(page->items, i));

        adw_preferences_group_add(self->group, row);
        g_ptr_array_add(self->rows, row);
    }
    gtk_widget_set_visible(GTK_WIDGET(self), page->items->len > 0);
}

static void
on_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = kab_client_words_finish(KAB_CLIENT(source), result, &error);

    /* Why there are none is told by the page. */
    if (page != NULL)
        fill(data, page);
}

static void
kab_words_group_finalize(GObject *object)
{
    g_ptr_array_unref(KAB_WORDS_GROUP(object)->rows);
    G_OBJECT_CLASS(kab_words_group_parent_class)->finalize(object);
}

static void
kab_words_group_class_init(KabWordsGroupClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_words_group_finalize;
}

static void
kab_words_group_init(KabWordsGroup *self)
{
    self->rows = g_ptr_array_new();
    self->group = ADW_PREFERENCES_GROUP(adw_preferences_group_new());
    adw_preferences_group_set_title(self->group, _("Predefined values"));
    adw_preferences_group_set_description(
        self->group, _("Words of the base that are not known by themselves, and what they mean. "
                       "The orders that have a word mean it at once."));
    adw_bin_set_child(ADW_BIN(self), GTK_WIDGET(self->group));
    gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}

GtkWidget *
kab_words_group_new(KabDataPage *page)
{
    KabWordsGroup *self = g_object_new(KAB_TYPE_WORDS_GROUP, NULL);

    self->page = page;
    return GTK_WIDGET(self);
}

void
kab_words_group_load(KabWordsGroup *self)
{
    kab_client_list_words_async(kab_data_page_get_client(self->page),
                                kab_data_page_get_cancellable(self->page), on_got, self);
}
