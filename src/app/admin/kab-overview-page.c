/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-card.h"
#include "kab-keys.h"
#include "kab-notice.h"
#include "kab-overview-page.h"
#include "kab-setup-window.h"

#include <glib/gi18n-lib.h>

#define LOOK_S 10

struct _KabOverviewPage {
    KabDataPage parent_instance;

    KabPageView *view;
    GtkFlowBox *cards_box;
    GtkWidget *setup_button;
    KabNotice *base_notice;

    KabClient *portal; /* (owned) (nullable) */
    KabClient *base;   /* (owned) (nullable) */
    KabEndCard *cards[2];
    guint n_cards;
    guint n_awaited; /* cards that have not answered yet */
    guint n_failed;
    guint look;
};

G_DEFINE_FINAL_TYPE(KabOverviewPage, kab_overview_page, KAB_TYPE_DATA_PAGE)

static gboolean
on_look(gpointer data)
{
    KabOverviewPage *self = data;

    self->look = 0;
    kab_data_page_reload(KAB_DATA_PAGE(self));
    return G_SOURCE_REMOVE;
}

static void
look_again(KabOverviewPage *self)
{
    g_clear_handle_id(&self->look, g_source_remove);
    if (gtk_widget_get_mapped(GTK_WIDGET(self)))
        self->look = g_timeout_add_seconds(LOOK_S, on_look, self);
}

/* One end that cannot be reached says so on its card; if that is all, there is nothing to show. */
static void
on_card_loaded(KabOverviewPage *self, const GError *error)
{
    self->n_awaited -= self->n_awaited > 0;
    self->n_failed += error != NULL;
    if (self->n_awaited > 0)
        return;
    if (self->n_failed == self->n_cards && error != NULL)
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
    else
        kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
    look_again(self);
}

static void
kab_overview_page_load(KabDataPage *page)
{
    KabOverviewPage *self = KAB_OVERVIEW_PAGE(page);
    GCancellable *cancellable = kab_data_page_begin_load(page);

    self->n_awaited = self->n_cards;
    self->n_failed = 0;
    for (guint i = 0; i < self->n_cards; i++)
        kab_end_card_load(self->cards[i], cancellable);
}

/* Whoever has set it up wants to see that it works. */
static void
on_set_up(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabOverviewPage *self = KAB_OVERVIEW_PAGE(widget);
    GtkRoot *root = gtk_widget_get_root(widget);
    KabSetupWindow *window;

    if (self->base == NULL)
        return;
    window = kab_setup_window_new(GTK_IS_WINDOW(root) ? GTK_WINDOW(root) : NULL, self->portal,
                                  self->base);
    g_signal_connect_object(window, "destroy", G_CALLBACK(kab_data_page_reload), self,
                            G_CONNECT_SWAPPED);
    gtk_window_present(GTK_WINDOW(window));
}

static void
kab_overview_page_unmap(GtkWidget *widget)
{
    g_clear_handle_id(&KAB_OVERVIEW_PAGE(widget)->look, g_source_remove);
    GTK_WIDGET_CLASS(kab_overview_page_parent_class)->unmap(widget);
}

static void
kab_overview_page_dispose(GObject *object)
{
    g_clear_handle_id(&KAB_OVERVIEW_PAGE(object)->look, g_source_remove);
    g_clear_object(&KAB_OVERVIEW_PAGE(object)->portal);
    g_clear_object(&KAB_OVERVIEW_PAGE(object)->base);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_OVERVIEW_PAGE);
    G_OBJECT_CLASS(kab_overview_page_parent_class)->dispose(object);
}

static void
kab_overview_page_class_init(KabOverviewPageClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_overview_page_dispose;
    widget_class->unmap = kab_overview_page_unmap;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_overview_page_load;

    g_type_ensure(KAB_TYPE_NOTICE);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-overview-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabOverviewPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabOverviewPage, cards_box);
    gtk_widget_class_bind_template_child(widget_class, KabOverviewPage, setup_button);
    gtk_widget_class_bind_template_child(widget_class, KabOverviewPage, base_notice);
    gtk_widget_class_install_action(widget_class, "overview.set-up", NULL, on_set_up);
}

static void
kab_overview_page_init(KabOverviewPage *self)
{
    static const KabKey keys[] = {{"<Control>Return", "overview.set-up", NULL}, {NULL, NULL, NULL}};

    kab_keys_add(GTK_WIDGET(self), keys);
    gtk_widget_init_template(GTK_WIDGET(self));
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
}

static void
add_card(KabOverviewPage *self, KabClient *client, gboolean base)
{
    KabEndCard *card = g_object_new(KAB_TYPE_END_CARD, NULL);
    GtkWidget *child = gtk_flow_box_child_new();

    kab_end_card_set_up(card, client, base);
    g_signal_connect_object(card, "loaded", G_CALLBACK(on_card_loaded), self, G_CONNECT_SWAPPED);
    gtk_flow_box_child_set_child(GTK_FLOW_BOX_CHILD(child), GTK_WIDGET(card));
    gtk_widget_set_focusable(child, FALSE);
    gtk_flow_box_append(self->cards_box, child);
    self->cards[self->n_cards++] = card;
}

KabDataPage *
kab_overview_page_new(KabClient *portal, KabClient *base)
{
    KabOverviewPage *self =
        g_object_new(KAB_TYPE_OVERVIEW_PAGE, "client", portal != NULL ? portal : base, NULL);

    g_set_object(&self->portal, portal);
    g_set_object(&self->base, base);
    gtk_widget_set_visible(self->setup_button, base != NULL);
    kab_notice_tell(self->base_notice,
                    base == NULL ? _("The base is not connected to this window") : NULL,
                    _("Connect it, and the exchange can be set up and watched at both ends."));
    if (portal != NULL)
        add_card(self, portal, FALSE);
    if (base != NULL)
        add_card(self, base, TRUE);
    return KAB_DATA_PAGE(self);
}
