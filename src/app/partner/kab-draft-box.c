/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-draft-box.h"
#include "kab-line-list.h"
#include "kab-line-undo.h"
#include "kab-order-form.h"

struct _KabDraftBox {
    AdwBin parent_instance;

    KabLineList *line_list;
    KabOrderForm *form;

    KabLineUndo *undo; /* (owned) (nullable) */
    KabOrder *order;   /* (owned) (nullable) */
    gboolean changed;
};

G_DEFINE_FINAL_TYPE(KabDraftBox, kab_draft_box, ADW_TYPE_BIN)

enum {
    CHANGED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed(KabDraftBox *self)
{
    self->changed = TRUE;
    g_signal_emit(self, signals[CHANGED], 0);
}

static void
on_lines_more(KabDraftBox *self)
{
    kab_line_list_set_order(self->line_list, self->order);
}

/* A sum that cannot be told is told by the portal: it refuses such an order. */
static void
recount(KabDraftBox *self)
{
    if (kab_order_recount(self->order, NULL))
        kab_line_list_set_order(self->line_list, self->order);
    on_changed(self);
}

static void
on_line_quantity_changed(KabDraftBox *self, guint i, gint64 milli)
{
    KabOrderLine *line = kab_order_get_line(self->order, i);

    line->quantity.milli = line->ordered.milli = milli;
    recount(self);
}

static void
on_line_remove(KabDraftBox *self, guint i)
{
    if (self->undo != NULL)
        kab_line_undo_push(self->undo, kab_order_get_line(self->order, i));
    kab_order_remove_line(self->order, i);
    recount(self);
}

static void
on_restore(KabDraftBox *self, const KabOrder *removed)
{
    for (guint i = 0; self->order != NULL && i < removed->lines->len; i++)
        if (kab_order_find_line(self->order, kab_order_get_line(removed, i)->product_id) == NULL)
            kab_order_append_line(self->order, kab_order_get_line(removed, i));
    if (self->order != NULL)
        recount(self);
}

static void
kab_draft_box_dispose(GObject *object)
{
    g_clear_object(&KAB_DRAFT_BOX(object)->undo);
    g_clear_pointer(&KAB_DRAFT_BOX(object)->order, kab_order_free);
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_DRAFT_BOX);
    G_OBJECT_CLASS(kab_draft_box_parent_class)->dispose(object);
}

static void
kab_draft_box_class_init(KabDraftBoxClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_draft_box_dispose;

    /** KabDraftBox::changed: the person changed something. */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_DRAFT_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);

    g_type_ensure(KAB_TYPE_LINE_LIST);
    g_type_ensure(KAB_TYPE_ORDER_FORM);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/partner/kab-draft-box.ui");
    gtk_widget_class_bind_template_child(widget_class, KabDraftBox, line_list);
    gtk_widget_class_bind_template_child(widget_class, KabDraftBox, form);
    gtk_widget_class_bind_template_callback(widget_class, on_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_lines_more);
    gtk_widget_class_bind_template_callback(widget_class, on_line_quantity_changed);
    gtk_widget_class_bind_template_callback(widget_class, on_line_remove);
}

static void
kab_draft_box_init(KabDraftBox *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

void
kab_draft_box_load(KabDraftBox *self, KabDataPage *page)
{
    kab_order_form_load(self->form, page);
    if (self->undo != NULL)
        return;
    self->undo = kab_line_undo_new(page);
    g_signal_connect_object(self->undo, "restore", G_CALLBACK(on_restore), self, G_CONNECT_SWAPPED);
}

void
kab_draft_box_set_order(KabDraftBox *self, const KabOrder *order)
{
    KabOrder *copy = kab_order_copy(order);

    g_clear_pointer(&self->order, kab_order_free);
    self->order = copy;
    kab_line_list_set_order(self->line_list, copy);
    kab_order_form_set_order(self->form, copy);
    self->changed = FALSE;
    if (self->undo != NULL)
        kab_line_undo_clear(self->undo); /* what is saved is saved */
}

const KabOrder *
kab_draft_box_get_order(KabDraftBox *self)
{
    return self->order;
}

gboolean
kab_draft_box_is_changed(KabDraftBox *self)
{
    return self->changed;
}

void
kab_draft_box_undo(KabDraftBox *self)
{
    if (self->undo != NULL)
        kab_line_undo_pop(self->undo);
}

const KabOrder *
kab_draft_box_take(KabDraftBox *self, GError **error)
{
    return kab_order_form_take(self->form, self->order, error) ? self->order : NULL;
}
