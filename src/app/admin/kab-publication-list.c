/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-column.h"
#include "kab-format.h"
#include "kab-growing-list.h"
#include "kab-item.h"
#include "kab-pager.h"
#include "kab-publication-list.h"
#include "kab-stack.h"
#include "kab-status-badge.h"

#include <glib/gi18n-lib.h>

struct _KabPublicationList {
    AdwBin parent_instance;

    GtkStack *stack;
    GtkScrolledWindow *scrolled;
    GtkColumnView *column_view;

    GListStore *rows;             /* (owned) (element-type KabItem) */
    GtkMultiSelection *selection; /* (owned) */
    KabPager *pager;              /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabPublicationList, kab_publication_list, ADW_TYPE_BIN)

enum {
    MORE,
    SELECTION_CHANGED,
    ACTIVATED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Columns. */

static const char *
get_kind(const KabPublication *row)
{
    switch (row->kind) {
    case KAB_PUBLICATION_USER:
        return _("User");
    case KAB_PUBLICATION_PARTNER:
        return _("Partner");
    case KAB_PUBLICATION_CONTACT:
    default:
        return _("Contact person");
    }
}

static GtkWidget *
make_name(void)
{
    GtkWidget *label = kab_column_make_text();

    gtk_widget_add_css_class(label, "row-title");
    return label;
}

static void
name_row(GtkWidget *cell, const KabPublication *row)
{
    g_autofree char *name =
        kab_format_join(row->name, get_kind(row),
                        row->published ? kab_user_state_to_title(kab_publication_get_state(row))
                                       : _("Not published"),
                        NULL);

    kab_column_name_row(cell, name);
}

static void
fill_name(GtkWidget *cell, gconstpointer value)
{
    const KabPublication *row = value;

    kab_column_fill_label(cell, row->name);
    name_row(cell, row);
}

static void
fill_kind(GtkWidget *cell, gconstpointer value)
{
    kab_column_fill_label(cell, get_kind(value));
}

static void
fill_partner(GtkWidget *cell, gconstpointer value)
{
    kab_column_fill_label(cell, ((const KabPublication *)value)->partner_name);
}

static GtkWidget *
make_badge(void)
{
    return g_object_new(KAB_TYPE_STATUS_BADGE, "halign", GTK_ALIGN_START, NULL);
}

/* What the page does then. */
static const char *
get_tooltip(const KabPublication *row)
{
    KabUserState state = row->active ? kab_publication_get_state(row) : KAB_USER_STATE_DEACTIVATED;

    return !row->published                        ? _("Double click: publish")
           : state == KAB_USER_STATE_DEACTIVATED  ? _("Double click: activate")
           : state == KAB_USER_STATE_REGISTRATION ? _("Double click: take back")
                                                  : _("Double click: deactivate");
}

static void
fill_status(GtkWidget *cell, gconstpointer value)
{
    const KabPublication *row = value;
    KabStatusBadge *badge = KAB_STATUS_BADGE(cell);

    if (row->published)
        kab_status_badge_set_user(badge, kab_publication_get_state(row));
    else
        kab_status_badge_set_quiet(badge, _("Not published"));
    gtk_widget_set_tooltip_text(cell, get_tooltip(row));
}

static void
fill_login(GtkWidget *cell, gconstpointer value)
{
    kab_column_fill_label(cell, ((const KabPublication *)value)->login);
}

static void
fill_role(GtkWidget *cell, gconstpointer value)
{
    const KabPublication *row = value;

    kab_column_fill_label(cell, row->login != NULL ? kab_role_to_title(row->role) : NULL);
}

/* How many of a partner's people are published; (nullable): it is no partner */
static char *
describe_people(const KabPublication *row)
{
    guint n = 0;

    if (row->people == NULL)
        return NULL;
    for (guint i = 0; i < row->people->len; i++)
        n += ((const KabPublication *)g_ptr_array_index(row->people, i))->published;
    return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u of %u contact person published",
                                       "%u of %u contact persons published", row->people->len),
                           n, row->people->len);
}

/* What is in the way comes first. */
static void
fill_note(GtkWidget *cell, gconstpointer value)
{
    const KabPublication *row = value;
    g_autofree char *people = describe_people(row);

    kab_column_fill_label(cell, row->problem != NULL ? row->problem
                                : row->pending       ? _("Waits for the exchange")
                                : people != NULL     ? people
                                                     : row->email);
    if (row->problem != NULL)
        gtk_widget_add_css_class(cell, "error");
    else
        gtk_widget_remove_css_class(cell, "error");
}

static const KabColumn columns[] = {
    {NC_("person", "Name"), "person", 145, make_name, fill_name, FALSE},
    {N_("Status"), NULL, 135, make_badge, fill_status, FALSE},
    {N_("Kind"), NULL, 110, kab_column_make_text, fill_kind, FALSE},
    {N_("Partner"), NULL, 120, kab_column_make_text, fill_partner, TRUE},
    {N_("Login"), NULL, 78, kab_column_make_label, fill_login, FALSE},
    {N_("Role"), NULL, 105, kab_column_make_text, fill_role, FALSE},
    {N_("E-mail, or what is missing"), NULL, 160, kab_column_make_text, fill_note, TRUE},
};

/* The list. */

static void
on_pager_more(KabPublicationList *self)
{
    g_signal_emit(self, signals[MORE], 0);
}

static void
on_selection_changed(KabPublicationList *self)
{
    g_signal_emit(self, signals[SELECTION_CHANGED], 0);
}

static void
on_row_activated(KabPublicationList *self, guint position)
{
    g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(self->selection), position);

    if (item != NULL)
        g_signal_emit(self, signals[ACTIVATED], 0, kab_item_get_value(item));
}

static void
kab_publication_list_dispose(GObject *object)
{
    KabPublicationList *self = KAB_PUBLICATION_LIST(object);

    if (self->column_view != NULL)
        gtk_column_view_set_model(self->column_view, NULL);
    g_clear_object(&self->pager);
    g_clear_object(&self->selection);
    g_clear_object(&self->rows);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_PUBLICATION_LIST);
    G_OBJECT_CLASS(kab_publication_list_parent_class)->dispose(object);
}

static void
kab_publication_list_class_init(KabPublicationListClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);
    GType type = KAB_TYPE_PUBLICATION_LIST;

    G_OBJECT_CLASS(klass)->dispose = kab_publication_list_dispose;

    signals[MORE] =
        g_signal_new("more", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
    signals[SELECTION_CHANGED] = g_signal_new("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL,
                                              NULL, NULL, G_TYPE_NONE, 0);
    signals[ACTIVATED] = g_signal_new("activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, G_TYPE_POINTER);

    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/admin/kab-publication-list.ui");
    gtk_widget_class_bind_template_child(widget_class, KabPublicationList, stack);
    gtk_widget_class_bind_template_child(widget_class, KabPublicationList, scrolled);
    gtk_widget_class_bind_template_child(widget_class, KabPublicationList, column_view);
    gtk_widget_class_bind_template_callback(widget_class, on_row_activated);
}

static void
kab_publication_list_init(KabPublicationList *self)
{
    KabGrowingList *growing;

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_stack_show(self->stack, "nothing");
    kab_column_append(self->column_view, columns, G_N_ELEMENTS(columns));
    self->rows = g_list_store_new(KAB_TYPE_ITEM);
    self->pager = kab_pager_new(self->scrolled);
    growing = kab_growing_list_new(G_LIST_MODEL(self->rows));
    kab_growing_list_hold(growing, self->pager);
    self->selection = gtk_multi_selection_new(G_LIST_MODEL(growing));
    gtk_column_view_set_model(self->column_view, GTK_SELECTION_MODEL(self->selection));
    kab_column_select_with_control(self->column_view);
    g_signal_connect_object(self->selection, "selection-changed", G_CALLBACK(on_selection_changed),
                            self, G_CONNECT_SWAPPED);
    g_signal_connect_object(self->pager, "more", G_CALLBACK(on_pager_more), self,
                            G_CONNECT_SWAPPED);
}

static GPtrArray *
take_rows(KabPage *page)
{
    GPtrArray *items = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < page->items->len; i++) {
        KabPublication *row = g_steal_pointer(&page->items->pdata[i]);

        g_ptr_array_add(items, kab_item_new(row->id, row, (GDestroyNotify)kab_publication_free));
    }
    return items;
}

void
kab_publication_list_set_page(KabPublicationList *self, KabPage *page, gboolean anew)
{
    g_autoptr(GPtrArray) items = take_rows(page);
    gboolean kept = FALSE;

    if (anew)
        g_list_store_splice(self->rows, 0, g_list_model_get_n_items(G_LIST_MODEL(self->rows)),
                            items->pdata, items->len);
    else
        kept = kab_item_merge(self->rows, items, page->next != NULL);
    kab_pager_set_next(self->pager, kept ? kab_pager_get_next(self->pager) : page->next);
    kab_stack_show(self->stack, items->len > 0 ? "list" : "nothing");
    on_selection_changed(self);
}

void
kab_publication_list_add_page(KabPublicationList *self, KabPage *page)
{
    g_autoptr(GPtrArray) items = take_rows(page);

    g_list_store_splice(self->rows, g_list_model_get_n_items(G_LIST_MODEL(self->rows)), 0,
                        items->pdata, items->len);
    kab_pager_set_next(self->pager, page->next);
}

const char *
kab_publication_list_get_next(KabPublicationList *self)
{
    return kab_pager_get_next(self->pager);
}

gboolean
kab_publication_list_is_empty(KabPublicationList *self)
{
    return g_list_model_get_n_items(G_LIST_MODEL(self->rows)) == 0;
}

gboolean
kab_publication_list_has_pending(KabPublicationList *self)
{
    guint n = g_list_model_get_n_items(G_LIST_MODEL(self->rows));

    for (guint i = 0; i < n; i++) {
        g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(self->rows), i);

        if (((KabPublication *)kab_item_get_value(item))->pending)
            return TRUE;
    }
    return FALSE;
}

GPtrArray *
kab_publication_list_dup_selected(KabPublicationList *self)
{
    g_autoptr(GtkBitset) selected =
        gtk_selection_model_get_selection(GTK_SELECTION_MODEL(self->selection));
    GPtrArray *rows = g_ptr_array_new();

    for (guint i = 0; i < gtk_bitset_get_size(selected); i++) {
        g_autoptr(KabItem) item =
            g_list_model_get_item(G_LIST_MODEL(self->selection), gtk_bitset_get_nth(selected, i));

        if (item != NULL)
            g_ptr_array_add(rows, kab_item_get_value(item));
    }
    return rows;
}

void
kab_publication_list_select(KabPublicationList *self, guint position)
{
    gtk_selection_model_select_item(GTK_SELECTION_MODEL(self->selection), position, TRUE);
}
