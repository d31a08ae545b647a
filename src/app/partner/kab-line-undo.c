/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-line-undo.h"

#include <glib/gi18n-lib.h>

/* Removals that can be taken back. */
#define MAX_REMOVALS 50

typedef struct {
    KabOrder *lines; /* (owned) */
    AdwToast *toast; /* (owned) */
} Removal;

struct _KabLineUndo {
    GObject parent_instance;

    KabDataPage *page;
    GPtrArray *removals; /* (owned) (element-type Removal) */
};

G_DEFINE_FINAL_TYPE(KabLineUndo, kab_line_undo, G_TYPE_OBJECT)

enum {
    RESTORE,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
removal_free(gpointer data)
{
    Removal *removal = data;

    kab_order_free(removal->lines);
    g_object_unref(removal->toast);
    g_free(removal);
}

static void
restore(KabLineUndo *self, guint i)
{
    Removal *removal = g_ptr_array_steal_index(self->removals, i);

    adw_toast_dismiss(removal->toast);
    g_signal_emit(self, signals[RESTORE], 0, removal->lines);
    removal_free(removal);
}

static void
on_button_clicked(KabLineUndo *self, AdwToast *toast)
{
    for (guint i = 0; i < self->removals->len; i++) {
        if (((Removal *)g_ptr_array_index(self->removals, i))->toast == toast) {
            restore(self, i);
            return;
        }
    }
}

static void
push(KabLineUndo *self, KabOrder *lines, const char *text)
{
    Removal *removal = g_new0(Removal, 1);

    removal->lines = lines;
    removal->toast = adw_toast_new(text);
    adw_toast_set_button_label(removal->toast, _("Undo"));
    g_signal_connect_object(removal->toast, "button-clicked", G_CALLBACK(on_button_clicked), self,
                            G_CONNECT_SWAPPED);
    if (self->removals->len == MAX_REMOVALS)
        g_ptr_array_remove_index(self->removals, 0);
    g_ptr_array_add(self->removals, removal);
    kab_data_page_add_toast(self->page, g_object_ref(removal->toast));
}

static void
kab_line_undo_dispose(GObject *object)
{
    g_clear_pointer(&KAB_LINE_UNDO(object)->removals, g_ptr_array_unref);
    G_OBJECT_CLASS(kab_line_undo_parent_class)->dispose(object);
}

static void
kab_line_undo_class_init(KabLineUndoClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_line_undo_dispose;

    /** KabLineUndo::restore: @lines: a #KabOrder with the lines that are to be put back */
    signals[RESTORE] = g_signal_new("restore", KAB_TYPE_LINE_UNDO, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
kab_line_undo_init(KabLineUndo *self)
{
    self->removals = g_ptr_array_new_with_free_func(removal_free);
}

KabLineUndo *
kab_line_undo_new(KabDataPage *page)
{
    KabLineUndo *self = g_object_new(KAB_TYPE_LINE_UNDO, NULL);

    self->page = page;
    return self;
}

void
kab_line_undo_push(KabLineUndo *self, const KabOrderLine *line)
{
    KabOrder *lines = kab_order_new();
    const char *name = line->name != NULL ? line->name : "";
    g_autofree char *text = g_markup_printf_escaped(_("“%s” removed"), name);

    kab_order_append_line(lines, line);
    push(self, lines, text);
}

void
kab_line_undo_push_all(KabLineUndo *self, const KabOrder *order)
{
    push(self, kab_order_copy(order), _("Basket cleared"));
}

void
kab_line_undo_pop(KabLineUndo *self)
{
    if (self->removals->len > 0)
        restore(self, self->removals->len - 1);
}

void
kab_line_undo_clear(KabLineUndo *self)
{
    for (guint i = 0; i < self->removals->len; i++)
        adw_toast_dismiss(((Removal *)g_ptr_array_index(self->removals, i))->toast);
    g_ptr_array_set_size(self->removals, 0);
}
