/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-orders.h"
#include "kab-format.h"
#include "kab-order-export.h"

#include <glib/gi18n-lib.h>

#define PAGE_SIZE 500

static void
add_head(KabTable *table, const char *const *titles)
{
    kab_table_add_row(table);
    for (; *titles != NULL; titles++)
        kab_table_add_text(table, *titles);
}

KabTable *
kab_order_export_make_table(const KabOrder *order)
{
    const char *const titles[] = {_("Article"),  _("Name"),    _("Unit"), _("Ordered"),
                                  _("Quantity"), _("Price"),   _("Sum"),  _("Currency"),
                                  _("VAT, %"),   _("Shipped"), NULL};
    g_autofree char *name = kab_format_order_name(order);
    KabTable *table = kab_table_new(name);

    add_head(table, titles);
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        kab_table_add_row(table);
        kab_table_add_text(table, line->article);
        kab_table_add_text(table, line->name);
        kab_table_add_text(table, line->unit);
        kab_table_add_number(table, kab_quantity_format_number(line->ordered));
        kab_table_add_number(table, kab_quantity_format_number(line->quantity));
        kab_table_add_number(table, kab_money_format_number(line->price));
        kab_table_add_number(table, kab_money_format_number(line->sum));
        kab_table_add_text(table, order->total.currency);
        kab_table_add_text(table, line->vat);
        kab_table_add_number(table, kab_quantity_format_number(line->shipped));
    }
    return table;
}

char *
kab_order_export_make_name(const KabOrder *order)
{
    return g_strdup(order->number != NULL ? order->number
                    : order->name != NULL ? order->name
                                          : order->id.text);
}

typedef struct {
    KabTable *table; /* (owned) (nullable) */
    KabTableFormat format;
    char *status;
    char *text;
    KabOrderQuery query;
    KabExportProgress progress;
    gpointer data;
    guint n;
} Export;

static void
export_free(gpointer data)
{
    Export *export = data;

    kab_table_free(export->table);
    g_free(export->status);
    g_free(export->text);
    g_free(export);
}

static void
add_order(KabTable *table, const KabOrder *order)
{
    g_autofree char *date = kab_format_order_date(order);

    kab_table_add_row(table);
    kab_table_add_text(table, order->number);
    kab_table_add_text(table, order->name);
    kab_table_add_text(table, date);
    kab_table_add_text(table, kab_order_status_to_title(order->status));
    kab_table_add_text(table, kab_order_state_to_title(order->state));
    kab_table_add_number(table, kab_money_format_number(order->total));
    kab_table_add_text(table, order->total.currency);
    kab_table_add_number(table, g_strdup_printf("%d", kab_order_get_paid_percent(order)));
    kab_table_add_number(table, g_strdup_printf("%d", kab_order_get_shipped_percent(order)));
    kab_table_add_text(table, order->manager);
    kab_table_add_text(table, order->comment);
}

static void
on_saved(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    GFile *file = kab_table_save_finish(result, &error);

    if (file == NULL)
        g_task_return_error(task, error);
    else
        g_task_return_pointer(task, file, g_object_unref);
}

static void fetch(GTask *task, const char *after);

static void
on_page(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    Export *export = g_task_get_task_data(task);
    GError *error = NULL;
    g_autoptr(KabPage) page = kab_client_list_orders_finish(KAB_CLIENT(source), result, &error);
    g_autofree char *name = NULL;

    if (page == NULL) {
        g_task_return_error(task, error);
        return;
    }
    if (g_task_return_error_if_cancelled(task))
        return;
    for (guint i = 0; i < page->items->len; i++)
        add_order(export->table, g_ptr_array_index(page->items, i));
    export->n += page->items->len;
    export->progress(export->n, export->data);
    if (page->next != NULL && export->n < KAB_EXPORT_MAX) {
        fetch(g_steal_pointer(&task), page->next);
        return;
    }
    /* Translators: the name of a file; the date follows */
    name = g_strdup_printf(_("orders %s"), kab_date_today().text);
    kab_table_save_async(g_steal_pointer(&export->table), export->format, name,
                         g_task_get_cancellable(task), on_saved, g_object_ref(task));
}

/* Takes the task. */
static void
fetch(GTask *task, const char *after)
{
    Export *export = g_task_get_task_data(task);

    kab_client_list_orders_async(g_task_get_source_object(task), &export->query, after, PAGE_SIZE,
                                 g_task_get_cancellable(task), on_page, task);
}

void
kab_orders_export_async(KabClient *client, const KabOrderQuery *query, KabTableFormat format,
                        KabExportProgress progress, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
    const char *const titles[] = {_("Number"),     _("Name"),    _("Date"),     _("Status"),
                                  _("State"),      _("Total"),   _("Currency"), _("Paid, %"),
                                  _("Shipped, %"), _("Manager"), _("Comment"),  NULL};
    Export *export = g_new0(Export, 1);
    GTask *task = g_task_new(client, cancellable, callback, data);

    export->table = kab_table_new(_("Orders"));
    export->format = format;
    export->status = g_strdup(query->status);
    export->text = g_strdup(query->text);
    export->query = *query;
    export->query.status = export->status;
    export->query.text = export->text;
    export->progress = progress;
    export->data = data;
    add_head(export->table, titles);
    g_task_set_task_data(task, export, export_free);
    fetch(task, NULL);
}
