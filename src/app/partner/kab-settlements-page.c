/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-documents.h"
#include "kab-client-orders.h"
#include "kab-date-row.h"
#include "kab-document-list.h"
#include "kab-keys.h"
#include "kab-notice.h"
#include "kab-settlements-page.h"
#include "kab-value-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _KabSettlementsPage {
    KabDataPage parent_instance;

    KabPageView *view;
    KabNotice *overdue_notice;
    AdwPreferencesGroup *limits_group;
    KabValueRow *debt_row;
    KabValueRow *overdue_row;
    KabValueRow *limit_row;
    KabValueRow *open_row;
    KabValueRow *left_row;
    GtkWidget *form;
    KabDateRow *from_row;
    KabDateRow *to_row;
    KabDocumentList *act_list;

    gboolean asking;
};

G_DEFINE_FINAL_TYPE(KabSettlementsPage, kab_settlements_page, KAB_TYPE_DATA_PAGE)

static gboolean
may_ask(KabSettlementsPage *self)
{
    return kab_data_page_may(KAB_DATA_PAGE(self), KAB_RIGHT_ORDER);
}

/* A row is not there if nothing is known. */
static void
set_sum(KabValueRow *row, gboolean known, KabMoney sum)
{
    g_autofree char *text = known ? kab_money_format(sum) : NULL;

    kab_value_row_set_value(row, text);
}

/* A debt below zero is what the company owes the partner. */
static void
show_debt(KabSettlementsPage *self, gboolean known, KabMoney debt)
{
    gboolean overpaid = debt.minor < 0;

    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(self->debt_row),
                                  overpaid ? _("Overpayment") : _("Debt"));
    set_sum(self->debt_row, known,
            kab_money_new(overpaid ? -debt.minor : debt.minor, debt.currency));
}

static void
show_limits(KabSettlementsPage *self, const KabLimits *limits)
{
    gboolean known = *limits->debt.currency != '\0';
    gboolean limited = known && limits->has_limit;
    g_autofree char *overdue = kab_money_format(limits->overdue);
    g_autofree char *title = NULL;
    KabMoney left = limits->credit_limit;

    adw_preferences_group_set_description(
        self->limits_group, known ? NULL : _("The company has not told anything about it."));
    show_debt(self, known, limits->debt);
    set_sum(self->open_row, known, limits->open);
    set_sum(self->overdue_row, known, limits->overdue);
    set_sum(self->limit_row, limited, limits->credit_limit);
    limited = limited && kab_limits_get_left(limits, &left, NULL);
    left.minor = MAX(left.minor, 0);
    set_sum(self->left_row, limited, left);
    if (known && !limits->has_limit)
        kab_value_row_set_value(self->limit_row, _("none"));
    if (known && limits->overdue.minor > 0)
        title = g_strdup_printf(_("%s are overdue"), overdue);
    kab_notice_tell(self->overdue_notice, title, NULL);
}

static void
on_limits_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSettlementsPage *self = data;
    g_autoptr(GError) error = NULL;
    KabLimits limits;
    gboolean got = kab_client_get_limits_finish(KAB_CLIENT(source), result, &limits, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (!got) {
        kab_data_page_fail_load(KAB_DATA_PAGE(self), error);
        return;
    }
    show_limits(self, &limits);
    kab_data_page_loaded(KAB_DATA_PAGE(self), FALSE);
}

static void
kab_settlements_page_load(KabDataPage *page)
{
    KabSettlementsPage *self = KAB_SETTLEMENTS_PAGE(page);

    gtk_widget_set_visible(self->form, may_ask(self));
    kab_client_get_limits_async(kab_data_page_get_client(page), kab_data_page_begin_load(page),
                                on_limits_got, self);
    kab_document_list_load(self->act_list, page, NULL, may_ask(self));
}

static void
set_asking(KabSettlementsPage *self, gboolean asking)
{
    self->asking = asking;
    gtk_widget_action_set_enabled(GTK_WIDGET(self), "settlements.ask", !asking);
}

static void
on_asked(GObject *source, GAsyncResult *result, gpointer data)
{
    KabSettlementsPage *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabDocument) act = kab_client_ask_document_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    set_asking(self, FALSE);
    if (act == NULL) {
        kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
        return;
    }
    kab_data_page_say(KAB_DATA_PAGE(self), _("The company has been asked for the act"));
    kab_document_list_load(self->act_list, KAB_DATA_PAGE(self), NULL, may_ask(self));
}

static void
on_ask(GtkWidget *widget, const char *name G_GNUC_UNUSED, GVariant *parameter G_GNUC_UNUSED)
{
    KabSettlementsPage *self = KAB_SETTLEMENTS_PAGE(widget);
    KabDocument act = {.kind = KAB_DOCUMENT_RECONCILIATION};
    g_autoptr(GError) error = NULL;

    if (self->asking)
        return;
    if (!kab_date_row_get(self->from_row, &act.from, &error) ||
        !kab_date_row_get(self->to_row, &act.to, &error) || !kab_document_check(&act, &error)) {
        kab_data_page_fail_change(KAB_DATA_PAGE(self), error);
        return;
    }
    set_asking(self, TRUE);
    kab_client_ask_document_async(kab_data_page_get_client(KAB_DATA_PAGE(self)), &act,
                                  kab_data_page_get_cancellable(KAB_DATA_PAGE(self)), on_asked,
                                  self);
}

/* This year until today, as most people want it. */
static void
fill_period(KabSettlementsPage *self)
{
    KabDate to = kab_date_today();
    KabDate from = to;

    memcpy(from.text + 4, "-01-01", 6);
    kab_date_row_set(self->from_row, from);
    kab_date_row_set(self->to_row, to);
}

static void
kab_settlements_page_dispose(GObject *object)
{
    adw_bin_set_child(ADW_BIN(object), NULL); /* before the template forgets it */
    gtk_widget_dispose_template(GTK_WIDGET(object), KAB_TYPE_SETTLEMENTS_PAGE);
    G_OBJECT_CLASS(kab_settlements_page_parent_class)->dispose(object);
}

static void
kab_settlements_page_class_init(KabSettlementsPageClass *klass)
{
    static const char *const kinds[] = {"partner", "document", NULL};
    GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(klass);

    KAB_DATA_PAGE_CLASS(klass)->kinds = kinds;
    G_OBJECT_CLASS(klass)->dispose = kab_settlements_page_dispose;
    KAB_DATA_PAGE_CLASS(klass)->load = kab_settlements_page_load;

    g_type_ensure(KAB_TYPE_DATE_ROW);
    g_type_ensure(KAB_TYPE_DOCUMENT_LIST);
    g_type_ensure(KAB_TYPE_NOTICE);
    g_type_ensure(KAB_TYPE_PAGE_VIEW);
    g_type_ensure(KAB_TYPE_VALUE_ROW);
    gtk_widget_class_set_template_from_resource(
        widget_class, "/org/kabinet/Kabinet/partner/kab-settlements-page.ui");
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, view);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, overdue_notice);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, limits_group);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, debt_row);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, overdue_row);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, limit_row);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, open_row);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, left_row);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, form);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, from_row);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, to_row);
    gtk_widget_class_bind_template_child(widget_class, KabSettlementsPage, act_list);
    gtk_widget_class_install_action(widget_class, "settlements.ask", NULL, on_ask);
}

static void
kab_settlements_page_init(KabSettlementsPage *self)
{
    static const KabKey keys[] = {
        {"<Control>Return", "settlements.ask", NULL},
        {NULL, NULL, NULL},
    };

    gtk_widget_init_template(GTK_WIDGET(self));
    kab_keys_add(GTK_WIDGET(self), keys);
    kab_data_page_set_view(KAB_DATA_PAGE(self), self->view);
    fill_period(self);
}

KabDataPage *
kab_settlements_page_new(KabClient *client)
{
    return g_object_new(KAB_TYPE_SETTLEMENTS_PAGE, "client", client, NULL);
}
