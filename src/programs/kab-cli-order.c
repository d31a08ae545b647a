/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-invoice.h"
#include "kab-base-orders.h"
#include "kab-cli-base.h"
#include "kab-error.h"
#include "kab-order-store.h"
#include "kab-wire-order.h"

#include <glib/gi18n.h>
#include <string.h>

static JsonNode *
encode_head(gconstpointer order)
{
    return kab_wire_order_to_json(order, KAB_ORDER_HEAD);
}

gboolean
kab_cli_order_list(KabCli *cli, int argc, char **argv, GError **error)
{
    int limit = 100;
    const GOptionEntry entries[] = {
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GPtrArray) orders = NULL;
    g_autofree char *next = NULL;
    KabCliTable *table;

    if (!kab_cli_parse(entries, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            orders = kab_order_store_list(db.db, NULL, NULL, NULL, (guint)CLAMP(limit, 1, 100000),
                                          &next, error);
    }
    if (orders == NULL)
        return FALSE;
    if (cli->json) {
        kab_cli_print_list(orders, encode_head);
        return TRUE;
    }
    table = kab_cli_table_new(N_("Number"), N_("Date"), N_("Partner"), N_("Total"), N_("Status"),
                              N_("State"), N_("Decision"), NULL);
    for (guint i = 0; i < orders->len; i++) {
        const KabOrder *order = g_ptr_array_index(orders, i);
        g_autofree char *date = kab_time_format_local(order->placed_at);
        g_autofree char *total = kab_money_format(order->total);

        kab_cli_table_add(table, order->number, date, order->partner_name, total,
                          kab_client_status_to_title(order->client_status), order->state,
                          kab_decision_to_nick(order->decision));
    }
    kab_cli_table_print(table, _("There are no client orders"));
    return TRUE;
}

static void
print_order(const KabOrder *order)
{
    g_autofree char *date = kab_time_format_local(order->placed_at);
    g_autofree char *total = kab_money_format(order->total);
    KabCliTable *table =
        kab_cli_table_new("№", N_("Article"), N_("Name"), N_("Ordered"), N_("Quantity"), N_("Unit"),
                          N_("Price"), N_("Sum"), NULL);

    g_print(_("Client order %s of %s\n"), order->number, date);
    g_print("%s: %s\n", _("Partner"), order->partner_name);
    g_print("%s: %s\n", _("Status"), kab_client_status_to_title(order->client_status));
    g_print("%s: %s\n", _("State"), order->state);
    g_print("%s: %s\n", _("Manager"), order->manager != NULL ? order->manager : "");
    g_print("%s: %s\n", _("Decision"), kab_decision_to_nick(order->decision));
    g_print(_("Paid: %d %%, shipped: %d %%\n"), order->paid_percent, order->shipped_percent);
    g_print("%s: %s\n", _("Total"), total);
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        g_autofree char *position = g_strdup_printf("%u", i + 1);
        g_autofree char *ordered = kab_quantity_format(line->ordered);
        g_autofree char *quantity = kab_quantity_format(line->quantity);
        g_autofree char *price = kab_money_format(line->price);
        g_autofree char *sum = kab_money_format(line->sum);

        kab_cli_table_add(table, position, line->article, line->name, ordered, quantity, line->unit,
                          price, sum);
    }
    kab_cli_table_print(table, "");
}

static void
show(KabCli *cli, const KabOrder *order)
{
    if (cli->json)
        kab_cli_print_json(kab_wire_order_to_json(order, KAB_ORDER_ALL));
    else
        print_order(order);
}

gboolean
kab_cli_order_show(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(KabOrder) order = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            order = kab_base_orders_load(db.db, argv[1], error);
    }
    if (order == NULL)
        return FALSE;
    show(cli, order);
    return TRUE;
}

/* "2=3,5": the quantity of the second line. */
static gboolean
set_line(KabOrder *order, const char *text, GError **error)
{
    const char *equals = strchr(text, '=');
    g_autofree char *number = equals != NULL ? g_strndup(text, (gsize)(equals - text)) : NULL;
    guint64 position;

    if (number == NULL ||
        !g_ascii_string_to_unsigned(number, 10, 1, order->lines->len, &position, NULL)) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    _("--line takes the number of a line and its quantity, such as 2=3, not “%s”"),
                    text);
        return FALSE;
    }
    return kab_quantity_parse(equals + 1, &kab_order_get_line(order, (guint)position - 1)->quantity,
                              error);
}

static void
replace(char **to, char **from)
{
    if (*from == NULL)
        return;
    g_free(*to);
    *to = g_steal_pointer(from);
}

gboolean
kab_cli_order_set(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *status = NULL;
    g_autofree char *state = NULL;
    g_autofree char *manager = NULL;
    g_autofree char *reason = NULL;
    g_auto(GStrv) lines = NULL;
    int paid = -1;
    int shipped = -1;
    const GOptionEntry entries[] = {
        {"status", 0, 0, G_OPTION_ARG_STRING, &status, NULL, NULL},
        {"state", 0, 0, G_OPTION_ARG_STRING, &state, NULL, NULL},
        {"manager", 0, 0, G_OPTION_ARG_STRING, &manager, NULL, NULL},
        {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, NULL, NULL},
        {"line", 0, 0, G_OPTION_ARG_STRING_ARRAY, &lines, NULL, NULL},
        {"paid", 0, 0, G_OPTION_ARG_INT, &paid, NULL, NULL},
        {"shipped", 0, 0, G_OPTION_ARG_INT, &shipped, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(KabOrder) changed = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL)
            return FALSE;
        order = kab_base_orders_load(db.db, argv[1], error);
        if (order == NULL ||
            (status != NULL && !kab_client_status_from_nick(status, &order->client_status, error)))
            return FALSE;
        for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
            if (!set_line(order, lines[i], error))
                return FALSE;
        replace(&order->state, &state);
        replace(&order->manager, &manager);
        replace(&order->reason, &reason);
        order->paid_percent = paid >= 0 ? paid : order->paid_percent;
        order->shipped_percent = shipped >= 0 ? shipped : order->shipped_percent;
        changed = kab_base_orders_set(db.db, order, g_get_user_name(), error);
    }
    if (changed == NULL)
        return FALSE;
    show(cli, changed);
    return TRUE;
}

gboolean
kab_cli_order_invoice(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GBytes) pdf = NULL;
    gsize size;
    const char *data;

    if (!kab_cli_parse(NULL, &argc, &argv, 2, 2, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            pdf = kab_base_invoice_issue(db.db, argv[1], error);
    }
    if (pdf == NULL)
        return FALSE;
    data = g_bytes_get_data(pdf, &size);
    return g_file_set_contents(argv[2], data, (gssize)size, error);
}
