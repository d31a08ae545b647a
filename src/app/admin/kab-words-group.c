/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-words.h"
#include "kab-money.h"
#include "kab-order-status.h"
#include "kab-unit.h"
#include "kab-vat.h"
#include "kab-words-group.h"

#include <glib/gi18n-lib.h>

#define WORD "kab-word"

struct _KabWordsGroup {
    AdwBin parent_instance;

    KabDataPage *page; /* the one that it is in */
    AdwPreferencesGroup *group;
    gboolean base;
    GPtrArray *rows; /* (element-type GtkWidget) */
};

G_DEFINE_FINAL_TYPE(KabWordsGroup, kab_words_group, ADW_TYPE_BIN)

static void fill(KabWordsGroup *self, const KabPage *page);

/* What a status can mean; what the base may call it is "other". */
static const KabClientStatus statuses[] = {KAB_CLIENT_ON_APPROVAL, KAB_CLIENT_TO_FULFIL,
                                           KAB_CLIENT_CLOSED, KAB_CLIENT_CANCELLED};

/* Of each kind of words the @i-th meaning, NULL after the last one, and how people read it. */

static const char *
get_status(guint i)
{
    return i < G_N_ELEMENTS(statuses) ? kab_client_status_to_nick(statuses[i]) : NULL;
}

static char *
show_status(guint i)
{
    return g_strdup(kab_client_status_to_title(statuses[i]));
}

static const char *
get_state(guint i)
{
    return kab_order_state_list()[i];
}

static char *
show_state(guint i)
{
    return g_strdup(kab_order_state_to_title(get_state(i)));
}

static const char *
get_unit(guint i)
{
    const KabUnit *unit = kab_unit_get_nth(i);

    return unit != NULL ? unit->code : NULL;
}

static char *
show_unit(guint i)
{
    const KabUnit *unit = kab_unit_get_nth(i);

    return g_strdup_printf("%s · %s", unit->name, unit->code);
}

static const char *
get_vat(guint i)
{
    return kab_vat_list()[i];
}

static char *
show_vat(guint i)
{
    const char *rate = get_vat(i);

    return g_str_equal(rate, "none") ? g_strdup(_("Without VAT")) : g_strdup_printf("%s %%", rate);
}

static char *
show_currency(guint i)
{
    return g_strdup(kab_currency_get_nth(i));
}

static char *
count_orders(const char *title, guint n)
{
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%s · %u order has it", "%s · %u orders have it", n), title,
        n);
}

static char *
count_products(const char *title, guint n)
{
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%s · %u product has it", "%s · %u products have it", n),
        title, n);
}

static char *
count_price_types(const char *title, guint n)
{
    return g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%s · %u price type has it", "%s · %u price types have it", n),
        title, n);
}

static const struct {
    const char *kind;
    const char *title; /* a msgid */
    char *(*count)(const char *title, guint n);
    const char *(*get)(guint i);
    char *(*show)(guint i);
} kinds[] = {
    {"status", N_("Status"), count_orders, get_status, show_status},
    {"state", N_("State"), count_orders, get_state, show_state},
    {"unit", N_("Unit"), count_products, get_unit, show_unit},
    {"vat", N_("VAT rate"), count_products, get_vat, show_vat},
    {"currency", N_("Currency"), count_price_types, kab_currency_get_nth, show_currency},
};

/* A kind that this version does not know is not shown: what its words mean cannot be said here. */
static int
find_kind(const char *kind)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++)
        if (g_str_equal(kinds[i].kind, kind))
            return (int)i;
    return -1;
}

/* The meaning behind the @i-th choice, which is nothing for the first one. */
static const char *
get_meaning(const KabWord *word, guint i)
{
    return i > 0 ? kinds[find_kind(word->kind)].get(i - 1) : NULL;
}

static GtkStringList *
list_choices(const KabWord *word)
{
    GtkStringList *titles = gtk_string_list_new(NULL);
    int kind = find_kind(word->kind);

    gtk_string_list_append(titles, _("Not known"));
    for (guint i = 0; kinds[kind].get(i) != NULL; i++)
        gtk_string_list_take(titles, kinds[kind].show(i));
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
    int kind = find_kind(word->kind);
    const char *title = _(kinds[kind].title);

    return word->count == 0 ? g_strdup(title)
                            : kinds[kind].count(title, (guint)MIN(word->count, G_MAXINT));
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
                           kab_word_new(word->kind, word->text, word->meaning, word->count),
                           (GDestroyNotify)kab_word_free);
    g_signal_connect_object(row, "notify::selected", G_CALLBACK(on_chosen), self, 0);
    return row;
}

/* Where such words would stand is told before there is one. */
static GtkWidget *
make_nothing_row(KabWordsGroup *self)
{
    GtkWidget *row = adw_action_row_new();

    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row),
                                  self->base ? _("Everything that was imported is known")
                                             : _("All words of the base are known"));
    gtk_widget_add_css_class(row, "dim-label");
    return row;
}

static void
add_row(KabWordsGroup *self, GtkWidget *row)
{
    adw_preferences_group_add(self->group, row);
    g_ptr_array_add(self->rows, row);
}

static void
fill(KabWordsGroup *self, const KabPage *page)
{
    for (guint i = 0; i < self->rows->len; i++)
        adw_preferences_group_remove(self->group, g_ptr_array_index(self->rows, i));
    g_ptr_array_set_size(self->rows, 0);
    for (guint i = 0; i < page->items->len; i++) {
        const KabWord *word = g_ptr_array_index(page->items, i);

        if (find_kind(word->kind) >= 0)
            add_row(self, make_row(self, word));
    }
    if (self->rows->len == 0)
        add_row(self, make_nothing_row(self));
    gtk_widget_set_visible(GTK_WIDGET(self), TRUE);
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
    adw_bin_set_child(ADW_BIN(self), GTK_WIDGET(self->group));
    gtk_widget_set_visible(GTK_WIDGET(self), FALSE);
}

GtkWidget *
kab_words_group_new(KabDataPage *page, gboolean base)
{
    KabWordsGroup *self = g_object_new(KAB_TYPE_WORDS_GROUP, NULL);

    self->page = page;
    self->base = base;
    adw_preferences_group_set_description(
        self->group,
        base ? _("Units, VAT rates and currencies of what was imported that are not known by "
                 "themselves, and what they mean. What is stored means it at once, and is sent "
                 "again.")
             : _("Words of the base that are not known by themselves, and what they mean. "
                 "The orders that have a word mean it at once."));
    return GTK_WIDGET(self);
}

void
kab_words_group_load(KabWordsGroup *self)
{
    kab_client_list_words_async(kab_data_page_get_client(self->page),
                                kab_data_page_get_cancellable(self->page), on_got, self);
}

const char *
kab_words_group_get_title(const char *kind)
{
    int i = find_kind(kind);

    return i >= 0 ? _(kinds[i].title) : NULL;
}

char *
kab_words_group_show_meaning(const char *kind, const char *meaning)
{
    int k = find_kind(kind);

    for (guint i = 0; k >= 0 && kinds[k].get(i) != NULL; i++)
        if (g_str_equal(kinds[k].get(i), meaning))
            return kinds[k].show(i);
    return g_strdup(meaning);
}
