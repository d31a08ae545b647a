/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-journal-format.h"
#include "kab-journal-row.h"
#include "kab-kind-title.h"
#include "kab-shrink.h"
#include "kab-status-badge.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

struct _KabJournalRow {
    AdwBin parent_instance;

    GtkImage *image;
    GtkLabel *title_label;
    GtkLabel *detail_label;
    GtkLabel *error_label;
    KabStatusBadge *badge;
    GtkButton *button;

    char *end; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE(KabJournalRow, kab_journal_row, ADW_TYPE_BIN)

static const char *
get_icon(const KabJournalItem *item)
{
    if (kab_journal_is_by_hand(item))
        return "avatar-default-symbolic";
    return item->incoming ? "go-down-symbolic" : "go-up-symbolic";
}

static void
kab_journal_row_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_JOURNAL_ROW);
    G_OBJECT_CLASS(kab_journal_row_parent_class)->dispose(object);
}

static void
kab_journal_row_finalize(GObject *object)
{
    g_free(KAB_JOURNAL_ROW(object)->end);
    G_OBJECT_CLASS(kab_journal_row_parent_class)->finalize(object);
}

static void
kab_journal_row_class_init(KabJournalRowClass *klass)
{
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    G_OBJECT_CLASS(klass)->dispose = kab_journal_row_dispose;
    G_OBJECT_CLASS(klass)->finalize = kab_journal_row_finalize;
    g_type_ensure(KAB_TYPE_STATUS_BADGE);
    gtk_widget_class_set_template_from_resource(widget_class,
                                                "/org/kabinet/Kabinet/admin/kab-journal-row.ui");
    gtk_widget_class_bind_template_child(widget_class, KabJournalRow, image);
    gtk_widget_class_bind_template_child(widget_class, KabJournalRow, title_label);
    gtk_widget_class_bind_template_child(widget_class, KabJournalRow, detail_label);
    gtk_widget_class_bind_template_child(widget_class, KabJournalRow, error_label);
    gtk_widget_class_bind_template_child(widget_class, KabJournalRow, badge);
    gtk_widget_class_bind_template_child(widget_class, KabJournalRow, button);
}

static void
kab_journal_row_init(KabJournalRow *self)
{
    gtk_widget_init_template(GTK_WIDGET(self));
}

GtkWidget *
kab_journal_row_new(void)
{
    return g_object_new(KAB_TYPE_JOURNAL_ROW, NULL);
}

void
kab_journal_row_set_item(KabJournalRow *self, KabItem *item)
{
    /* What is in a journal does not change. */
    if (item != NULL)
        kab_journal_row_show_entry(self, kab_item_get_value(item));
}

void
kab_journal_row_show(KabJournalRow *self, const KabJournalRowTexts *texts)
{
    const char *error = texts->error != NULL ? texts->error : "";

    gtk_image_set_from_icon_name(self->image, texts->icon_name);
    gtk_label_set_text(self->title_label, texts->title);
    gtk_label_set_text(self->detail_label, texts->detail);
    gtk_label_set_text(self->error_label, error);
    gtk_widget_set_visible(GTK_WIDGET(self->error_label), *error != '\0');
    gtk_widget_set_visible(GTK_WIDGET(self->badge), texts->outcome != NULL);
    if (texts->outcome != NULL)
        kab_status_badge_set_outcome(self->badge, texts->outcome);
}

void
kab_journal_row_set_button(KabJournalRow *self, const char *label, const char *action,
                           const char *target)
{
    gtk_widget_set_visible(GTK_WIDGET(self->button), label != NULL);
    if (label == NULL)
        return;
    gtk_button_set_label(self->button, label);
    kab_shrink_buttons(GTK_WIDGET(self->button));
    gtk_actionable_set_action_target(GTK_ACTIONABLE(self->button), "s", target);
    gtk_actionable_set_action_name(GTK_ACTIONABLE(self->button), action);
}

void
kab_journal_row_set_end(KabJournalRow *self, const char *end)
{
    char *copy = g_strdup(end);

    g_free(self->end);
    self->end = copy;
}

void
kab_journal_row_show_entry(KabJournalRow *self, const KabJournalItem *item)
{
    g_autofree char *what = kab_journal_format_what(item);
    g_autofree char *title =
        self->end != NULL ? kab_format_join(self->end, what, NULL) : g_strdup(what);
    g_autofree char *time = kab_journal_format_time(item->at);
    g_autofree char *way = kab_journal_format_way(item);
    g_autofree char *duration = kab_journal_format_duration(item->duration_ms);
    const char *kind =
        item->kind != NULL && item->name == NULL ? kab_kind_title_of(item->kind) : "";
    g_autofree char *version =
        item->version > 0 ? g_strdup_printf(_("version %" PRId64), item->version) : g_strdup("");
    g_autofree char *detail = kab_format_join(time, kind, version, way, duration, NULL);
    const KabJournalRowTexts texts = {get_icon(item), title, detail, item->error,
                                      kab_journal_get_outcome(item)};

    kab_journal_row_show(self, &texts);
}
