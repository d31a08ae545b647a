/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-demo-bar.h"
#include "kab-shrink.h"
#include "kab-wrap.h"

struct _KabDemoBar {
    AdwBin parent_instance;

    GtkBox *box;

    int chosen;
};

G_DEFINE_FINAL_TYPE(KabDemoBar, kab_demo_bar, ADW_TYPE_BIN)

enum {
    CHOSEN,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_button_clicked(KabDemoBar *self, GtkWidget *clicked)
{
    int index = 0;

    for (GtkWidget *button = gtk_widget_get_first_child(GTK_WIDGET(self->box)); button != clicked;
         button = gtk_widget_get_next_sibling(button))
        index++;
    if (index == self->chosen)
        kab_demo_bar_set_chosen(self, index); /* stays pressed */
    else
        g_signal_emit(self, signals[CHOSEN], 0, index);
}

static void
kab_demo_bar_dispose(GObject *object)
{
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_DEMO_BAR);
    G_OBJECT_CLASS(kab_demo_bar_parent_class)->dispose(object);
}

static void
kab_demo_bar_class_init(KabDemoBarClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_demo_bar_dispose;

    /** KabDemoBar::chosen: the index of another identity. */
    signals[CHOSEN] = g_signal_new("chosen", KAB_TYPE_DEMO_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_INT);

    g_type_ensure(KAB_TYPE_WRAP);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/kab-demo-bar.ui");
    gtk_widget_class_bind_template_child(widget_class, KabDemoBar, box);
}

static void
kab_demo_bar_init(KabDemoBar *self)
{
    self->chosen = -1;
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_demo_bar_set_identities(KabDemoBar *self, const KabAppIdentity *identities, gsize n)
{
    for (gsize i = 0; i < n; i++) {
        GtkWidget *button = gtk_toggle_button_new_with_label(identities[i].title);

        g_signal_connect_object(button, "clicked", G_CALLBACK(on_button_clicked), self,
                                G_CONNECT_SWAPPED);
        kab_shrink_buttons(button);
        gtk_box_append(self->box, button);
    }
}

void
kab_demo_bar_set_chosen(KabDemoBar *self, int index)
{
    int i = 0;

    self->chosen = index;
    for (GtkWidget *button = gtk_widget_get_first_child(GTK_WIDGET(self->box)); button != NULL;
         button = gtk_widget_get_next_sibling(button), i++)
        gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), i == index);
}
