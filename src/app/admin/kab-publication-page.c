/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-publication.h"
#include "kab-keys.h"
#include "kab-person-dialog.h"
#include "kab-publication-changes.h"
#include "kab-publication-list.h"
#include "kab-publication-page.h"
#include "kab-reflow.h"
#include "kab-shrink.h"
#include "kab-wrap.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 100
/* How often it is looked whether the exchange has told the portal. */
#define LOOK_MS 3000
#define MAX_LOOKS 20

struct _KabPublicationPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkEditable *search_entry;
    GtkDropDown *kind_dropdown;
    GtkDropDown *state_dropdown;
    KabPublicationList *list;
    GtkWidget *selection_bar;
    GtkLabel *selected_label;

    char *text;                     /* (owned) (nullable): what is searched for */
    GtkWindow *dialog;              /* (nullable) */
    KabPublicationChanges *changes; /* (owned) */

    guint look;
    guint bar; /* the bar of actions comes soon */
    guint n_looks;
    gboolean anew; /* what is waited for is another list than what is shown */
    gboolean more; /* what is waited for is a further page */
};

G_DEFINE_FINAL_TYPE(KabPublicationPage, kab_publication_page, KAB_TYPE_DATA_PAGE)

/* As the template has them. */
static const char *const kinds[] = {NULL, "contact", "user", "partner"};
static const char *const states[] = {NULL, "none", "registration", "active", "deactivated"};

static KabClient *
get_client(KabPublicationPage *self)
{
    return kab_data_page_get_client(KAB_DATA_PAGE(self));
}

/* What can be done to those that are selected. */
static const struct {
    const char *name;
    KabPublicationAction action;
} acts[] = {
    {"publication.publish", KAB_PUBLICATION_PUBLISH},
    {"publication.invite", KAB_PUBLICATION_INVITE},
    {"publication.activate", KAB_PUBLICATION_ACTIVATE},
    {"publication.deactivate", KAB_PUBLICATION_DEACTIVATE},
    {"publication.reset", KAB_PUBLICATION_RESET},
    {"publication.delete", KAB_PUBLICATION_DELETE},
};

static void
enable(KabPublicationPage *self, const char *action, gboolean enabled)
{
    gtk_widget_action_set_enabled(GTK_WIDGET(self), action, enabled);
}

/* A partner is what the import says; its people are edited. */
static gboolean
can_edit(const GPtrArray *rows)
{
    return rows->len == 1 &&
           ((const KabPublication *)g_ptr_array_index(rows, 0))->kind != KAB_PUBLICATION_PARTNER;
}

static gboolean
on_bar_due(gpointer data)
{
    KabPublicationPage *self = data;

    self->bar = 0;
    gtk_widget_set_visible(self->selection_bar, TRUE);
    return G_SOURCE_REMOVE;
}

/* The bar takes its room from the list, which moves rows: it waits until the second press of a
 * double click has found the same row as the first one. */
static void
show_bar(KabPublicationPage *self, gboolean needed)
{
    int double_click_ms;

    if (needed == (self->bar != 0 || gtk_widget_get_visible(self->selection_bar)))
        return;
    g_clear_handle_id(&self->bar, g_source_remove);
    if (!needed) {
        gtk_widget_set_visible(self->selection_bar, FALSE);
        return;
    }
    g_object_get(gtk_widget_get_settings(GTK_WIDGET(self)), "gtk-double-click-time",
                 &double_click_ms, NULL);
    self->bar = g_timeout_add((guint)double_click_ms, on_bar_due, self);
}

static void
update_actions(KabPublicationPage *self)
{
    g_autoptr(GPtrArray) rows = kab_publication_list_dup_selected(self->list);
    gboolean free = self->changes != NULL && !kab_publication_changes_is_busy(self->changes);
    g_autofree char *text = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%u selected", "%u selected", rows->len), rows->len);

    gtk_label_set_text(self->selected_label, text);
    show_bar(self, rows->len > 0);
    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++)
        enable(self, acts[i].name, free && kab_publication_changes_may(rows, acts[i].action));
    enable(self, "publication.edit", free && can_edit(rows));
    enable(self, "publication.add-contact", free);
    enable(self, "publication.add-partner", free);
}

/* Loading. */

static gboolean
on_look(gpointer data)
{
    KabPublicationPage *self = data;

    self->look = 0;
    self->n_looks++;
    kab_data_page_reload(KAB_DATA_PAGE(self));
    return G_SOURCE_REMOVE;
}

static void
plan_look(KabPublicationPage *self)
{
    g_clear_handle_id(&self->look, g_source_remove);
    if (gtk_widget_get_mapped(GTK_WIDGET(self)) && self->n_looks < MAX_LOOKS &&
        kab_publication_list_has_pending(self->list))
        self->look = g_timeout_add(LOOK_MS, on_look, self);
}

static gboolean
is_filtered(KabPublicationPage *self)
{
    return self->text != NULL || gtk_drop_down_get_selected(self->state_dropdown) > 0 ||
           gtk_drop_down_get_selected(self->kind_dropdown) > 0;
}

static void
on_listed(GObject *source, GAsyncResult *result, gpointer data)
{
    KabPublicationPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page =
        kab_client_list_publication_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (page == NULL) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    if (self->more) {
        kab_publication_list_add_page(self->list, page);
        kab_data_page_answered(KAB_DATA_PAGE(self));
        return;
    }
    kab_publication_list_set_page(self->list, page, self->anew);
    self->anew = FALSE;
    kab_data_page_loaded(KAB_DATA_PAGE(self),
                         kab_publication_list_is_empty(self->list) && !is_filtered(self));
    plan_look(self);
}

static void
ask(KabPublicationPage *self, const char *after)
{
    guint kind = gtk_drop_down_get_selected(self->kind_dropdown);
    guint state = gtk_drop_down_get_selected(self->state_dropdown);
    const KabPublicationFilter filter = {.state =
                                             state < G_N_ELEMENTS(states) ? states[state] : NULL,
                                         .text = self->text,
                                         .kind = kind < G_N_ELEMENTS(kinds) ? kinds[kind] : NULL};

    self->more = after != NULL;
    kab_client_list_publication_async(get_client(self), &filter, after, PAGE_SIZE,
                                      kab_data_page_begin_load(KAB_DATA_PAGE(self)), on_listed,
                                      self);
}

static void
kab_publication_page_load(KabDataPage *page)
{
    ask(KAB_PUBLICATION_PAGE(page), NULL);
}

static void
on_list_more(KabPublicationPage *self)
{
    ask(self, kab_publication_list_get_next(self->list));
}

static void
ask_anew(KabPublicationPage *self)
{
    if (!gtk_widget_get_mapped(GTK_WIDGET(self)))
        return;
    self->anew = TRUE;
    ask(self, NULL);
}

static void
on_search_changed(KabPublicationPage *self)
{
    g_autofree char *text = g_strstrip(g_strdup(gtk_editable_get_text(self->search_entry)));

    if (g_strcmp0(text, self->text != NULL ? self->text : "") == 0)
        return;
    g_free(self->text);
    self->text = *text != '\0' ? g_steal_pointer(&text) : NULL;
    ask_anew(self);
}

static gboolean
kab_publication_page_focus_search(KabDataPage *page)
{
    return gtk_widget_grab_focus(GTK_WIDGET(KAB_PUBLICATION_PAGE(page)->search_entry));
}

/* Changes. */

static void
on_list_activated(KabPublicationPage *self, gpointer row)
{
    kab_publication_changes_toggle(self->changes, row);
}

static void
on_act(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    KabPublicationPage *self = KAB_PUBLICATION_PAGE(widget);
    g_autoptr(GPtrArray) rows = kab_publication_list_dup_selected(self->list);

    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++)
        if (g_str_equal(acts[i].name, name))
            kab_publication_changes_act(self->changes, rows, acts[i].action);
}

static void
on_undo(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    kab_publication_changes_undo(KAB_PUBLICATION_PAGE(widget)->changes);
}

static void
on_done(KabPublicationPage *self)
{
    self->n_looks = 0;
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

/* Dialogs. */

static void
on_dialog_gone(gpointer data, GObject *gone G_GNUC_UNUSED)
{
    KAB_PUBLICATION_PAGE(data)->dialog = NULL;
}

static void
on_dialog_saved(KabPublicationPage *self, const char *text)
{
    self->n_looks = 0;
    kab_data_page_say(KAB_DATA_PAGE(self), text);
    kab_data_page_reload(KAB_DATA_PAGE(self));
}

static void
show_dialog(KabPublicationPage *self, KabPersonDialogKind kind, const KabPublication *row)
{
    GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(self));

    if (self->dialog != NULL)
        return;
    self->dialog = kab_person_dialog_new(GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL,
                                         get_client(self), kind, row);
    g_object_weak_ref(G_OBJECT(self->dialog), on_dialog_gone, self);
    g_signal_connect_object(self->dialog, "saved", G_CALLBACK(on_dialog_saved), self,
                            G_CONNECT_SWAPPED);
    gtk_window_present(self->dialog);
}

static void
on_edit(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabPublicationPage *self = KAB_PUBLICATION_PAGE(widget);
    g_autoptr(GPtrArray) rows = kab_publication_list_dup_selected(self->list);

    if (can_edit(rows))
        show_dialog(self, KAB_PERSON_DIALOG_EDIT, g_ptr_array_index(rows, 0));
}

static void
on_add(GtkWidget *widget, const char *name, GVariant *parameter G_GNUC_UNUSED)
{
    show_dialog(KAB_PUBLICATION_PAGE(widget),
                g_str_has_suffix(name, "-partner") ? KAB_PERSON_DIALOG_PARTNER
                                                   : KAB_PERSON_DIALOG_CONTACT,
                NULL);
}

/* The page. */

static void
kab_publication_page_unmap(GtkWidget *widget)
{
    g_clear_handle_id(&KAB_PUBLICATION_PAGE(widget)->look, g_source_remove);
    GTK_WIDGET_CLASS(kab_publication_page_parent_class)->unmap(widget);
}

static void
kab_publication_page_dispose(GObject *object)
{
    KabPublicationPage *self = KAB_PUBLICATION_PAGE(object);

    g_clear_handle_id(&self->look, g_source_remove);
    g_clear_handle_id(&self->bar, g_source_remove);
    if (self->changes != NULL)
        g_signal_handlers_disconnect_by_data(self->changes, self);
    if (self->dialog != NULL) {
        g_object_weak_unref(G_OBJECT(self->dialog), on_dialog_gone, self);
        gtk_window_destroy(g_steal_pointer(&self->dialog));
    }
    g_clear_pointer(&self->text, g_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(self), KAB_TYPE_PUBLICATION_PAGE);
    G_OBJECT_CLASS(kab_publication_page_parent_class)->dispose(object);
}

/* An answer that was on its way still needs it after the page is disposed of. */
static void
kab_publication_page_finalize(GObject *object)
{
    g_clear_object(&KAB_PUBLICATION_PAGE(object)->changes);
    G_OBJECT_CLASS(kab_publication_page_parent_class)->finalize(object);
}

static void
kab_publication_page_constructed(GObject *object)
{
    KabPublicationPage *self = KAB_PUBLICATION_PAGE(object);

    G_OBJECT_CLASS(kab_publication_page_parent_class)->constructed(object);
    self->changes = kab_publication_changes_new(KAB_DATA_PAGE(self));
    g_signal_connect_swapped(self->changes, "busy-changed", G_CALLBACK(update_actions), self);
    g_signal_connect_swapped(self->changes, "done", G_CALLBACK(on_done), self);
    update_actions(self);
}

static void
install_actions(GtkWidgetClass *widget_class)
{
    for (gsize i = 0; i < G_N_ELEMENTS(acts); i++)
        gtk_widget_class_install_action(widget_class, acts[i].name, NULL, on_act);
    gtk_widget_class_install_action(widget_class, "publication.edit", NULL, on_edit);
    gtk_widget_class_install_action(widget_class, "publication.add-contact", NULL, on_add);
    gtk_widget_class_install_action(widget_class, "publication.add-partner", NULL, on_add);
    gtk_widget_class_install_action(widget_class, "publication.undo", NULL, on_undo);
}

static void
kab_publication_page_class_init(KabPublicationPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->constructed = kab_publication_page_constructed;
    G_OBJECT_CLASS(klass)->dispose = kab_publication_page_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_publication_page_finalize;
    widget_class->unmap = kab_publication_page_unmap;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_publication_page_load;
    KAB_DATA_PAGE_CLASS(klass)->focus_search = kab_publication_page_focus_search;

    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_PUBLICATION_LIST);
    g_type_ensure(KAB_TYPE_REFLOW);
    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/admin/kab-publication-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabPublicationPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabPublicationPage, search_entry);
    gtk_widget_class_bind_template_child(widget_class, KabPublicationPage, state_dropdown);
    gtk_widget_class_bind_template_child(widget_class, KabPublicationPage, kind_dropdown);
    gtk_widget_class_bind_template_child(widget_class, KabPublicationPage, list);
    gtk_widget_class_bind_template_child(widget_class, KabPublicationPage, selection_bar);
    gtk_widget_class_bind_template_child(widget_class, KabPublicationPage, selected_label);
    gtk_widget_class_bind_template_callback(widget_class, on_search_changed);
    gtk_widget_class_bind_template_callback(widget_class, ask_anew);
    gtk_widget_class_bind_template_callback(widget_class, on_list_more);
    gtk_widget_class_bind_template_callback(widget_class, on_list_activated);
    gtk_widget_class_bind_template_callback(widget_class, update_actions);
    install_actions(widget_class);
}

static void
kab_publication_page_init(KabPublicationPage *self)
{
    static const KabKey keys[] = {
        {"<Control>n", "publication.add-contact", NULL},
        {"<Control><Shift>n", "publication.add-partner", NULL},
        {"F2", "publication.edit", NULL},
        {"<Control><Shift>p", "publication.publish", NULL},
        {"<Control>i", "publication.invite", NULL},
        {"<Control>e", "publication.activate", NULL},
        {"<Control>d", "publication.deactivate", NULL},
        {"<Control><Shift>r", "publication.reset", NULL},
        {"<Control><Shift>Delete", "publication.delete", NULL},
        {"<Control>z", "publication.undo", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_shrink_drop_down(self->state_dropdown);
    kab_shrink_drop_down(self->kind_dropdown);
    kab_shrink_buttons(self->selection_bar);
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

KabDataPage *
kab_publication_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_PUBLICATION_PAGE, "client", client, "title", _("Publication"),
                        NULL);
}
