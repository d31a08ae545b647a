/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-line-undo.h"

#include <glib/gi18n-lib.h>

/* Removals that can be taken back. */
#define MAX_REMOVALS 50

/* Of two removals, one right after the other, the second one's toast stands in the place of the
 * first one's: when the second is undone, the first is offered again, but not after this long. */
#define OFFER_US (30 * G_USEC_PER_SEC)

typedef struct {
    KabOrder *lines; /* (owned) */
    char *text;      /* (owned): what was removed; markup */
    AdwToast *toast; /* (owned) */
    gint64 at;
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
    g_free(removal->text);
    g_free(removal);
}

static void on_button_clicked(KabLineUndo *self, AdwToast *toast);

static void
offer(KabLineUndo *self, Removal *removal)
{
    AdwToast *toast = adw_toast_new(removal->text);

    adw_toast_set_button_label(toast, _("Undo"));
    g_signal_connect_object(toast, "button-clicked", G_CALLBACK(on_button_clicked), self,
                            G_CONNECT_SWAPPED);
    g_set_object(&removal->toast, toast);
    kab_data_page_add_toast(self->page, toast);
}

static void
offer_again(KabLineUndo *self)
{
    Removal *last =
        self->removals->len > 0 ? g_ptr_array_index(self->removals, self->removals->len - 1) : NULL;

    if (last != NULL && g_get_monotonic_time() - last->at < OFFER_US)
        offer(self, last);
}

static void
restore(KabLineUndo *self, guint i)
{
    Removal *removal = g_ptr_array_steal_index(self->removals, i);

    adw_toast_dismiss(removal->toast);
    g_signal_emit(self, signals[RESTORE], 0, removal->lines);
    removal_free(removal);
    offer_again(self);
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
    removal->text = g_strdup(text);
    removal->at = g_get_monotonic_time();
    if (self->removals->len == MAX_REMOVALS)
        g_ptr_array_remove_index(self->removals, 0);
    g_ptr_array_add(self->removals, removal);
    offer(self, removal);
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
