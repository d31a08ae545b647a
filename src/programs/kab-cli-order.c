/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-invoice.h"
#include "kab-base-orders.h"
#include "kab-cli-base.h"
#include "kab-comment-store.h"
#include "kab-error.h"
#include "kab-order-store.h"
#include "kab-wire-comment.h"
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
    g_autofree char *status = NULL;
    g_autofree char *text = NULL;
    g_autofree char *from = NULL;
    g_autofree char *to = NULL;
    int limit = 100;
    const GOptionEntry entries[] = {
        {"status", 0, 0, G_OPTION_ARG_STRING, &status, NULL, NULL},
        {"text", 0, 0, G_OPTION_ARG_STRING, &text, NULL, NULL},
        {"from", 0, 0, G_OPTION_ARG_STRING, &from, NULL, NULL},
        {"to", 0, 0, G_OPTION_ARG_STRING, &to, NULL, NULL},
        {"limit", 0, 0, G_OPTION_ARG_INT, &limit, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    KabOrderQuery query = {0};
    g_autoptr(GPtrArray) orders = NULL;
    g_autofree char *next = NULL;
    KabCliTable *table;

    if (!kab_cli_parse(entries, &argc, &argv, 0, 0, error) ||
        !kab_date_parse(from, &query.from, error) || !kab_date_parse(to, &query.to, error))
        return FALSE;
    query.client_status = status;
    query.text = text;
    if (!kab_order_query_check(&query, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            orders = kab_order_store_search(db.db, NULL, &query, NULL,
                                            (guint)CLAMP(limit, 1, 100000), &next, error);
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
                          kab_order_get_client_status_title(order), order->state,
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
        kab_cli_table_new("№", N_("Article"), N_("Name"), N_("Ordered"), N_("Quantity"),
                          N_("Shipped"), N_("Unit"), N_("Price"), N_("Sum"), N_("Paid"), NULL);

    g_print(_("Client order %s of %s\n"), order->number, date);
    g_print("%s: %s\n", _("Partner"), order->partner_name);
    g_print("%s: %s\n", _("Status"), kab_order_get_client_status_title(order));
    g_print("%s: %s\n", _("State"), order->state);
    g_print("%s: %s\n", _("Manager"), order->manager != NULL ? order->manager : "");
    g_print("%s: %s\n", _("Decision"), kab_decision_to_nick(order->decision));
    if (order->held)
        g_print("%s: %s\n", _("It waits for approval by"), kab_role_to_title(order->approver));
    if (order->over_limit)
        g_print("%s\n", _("It exceeded the partner's limits when it was placed"));
    if (order->ship_date.text[0] != '\0')
        g_print("%s: %s\n", _("To be shipped on"), order->ship_date.text);
    if (order->warehouse_name != NULL)
        g_print("%s: %s\n", _("Warehouse"), order->warehouse_name);
    g_print(_("Paid: %d %%, shipped: %d %%\n"), kab_order_get_paid_percent(order),
            kab_order_get_shipped_percent(order));
    g_print("%s: %s\n", _("Total"), total);
    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);
        g_autofree char *position = g_strdup_printf("%u", i + 1);
        g_autofree char *ordered = kab_quantity_format(line->ordered);
        g_autofree char *quantity = kab_quantity_format(line->quantity);
        g_autofree char *shipped = kab_quantity_format(line->shipped);
        g_autofree char *paid = kab_money_format(line->paid);
        g_autofree char *price = kab_money_format(line->price);
        g_autofree char *sum = kab_money_format(line->sum);

        kab_cli_table_add(table, position, line->article, line->name, ordered, quantity, shipped,
                          line->unit, price, sum, paid);
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

/* What people say of the number will do to look at an order; what changes one takes it whole. */
static KabOrder *
load_said(KabDb *db, const char *said, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autofree char *id = kab_order_store_find_said(db, said, &local);

    return kab_error_pass(error, &local) ? kab_base_orders_load(db, id != NULL ? id : said, error)
                                         : NULL;
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
            order = load_said(db.db, argv[1], error);
    }
    if (order == NULL)
        return FALSE;
    show(cli, order);
    return TRUE;
}

/* What a change of a line sets. */
typedef gboolean (*SetLine)(KabOrderLine *line, const char *value, GError **error);

static gboolean
set_quantity(KabOrderLine *line, const char *value, GError **error)
{
    return kab_quantity_parse(value, &line->quantity, error);
}

static gboolean
set_price(KabOrderLine *line, const char *value, GError **error)
{
    return kab_money_parse(value, line->price.currency, &line->price, error);
}

static gboolean
set_shipped(KabOrderLine *line, const char *value, GError **error)
{
    return kab_quantity_parse(value, &line->shipped, error);
}

static gboolean
set_paid(KabOrderLine *line, const char *value, GError **error)
{
    return kab_money_parse(value, line->price.currency, &line->paid, error);
}

/* "2=3,5": something of the second line. */
static gboolean
set_line(KabOrder *order, const char *text, SetLine set, GError **error)
{
    const char *equals = strchr(text, '=');
    g_autofree char *number = equals != NULL ? g_strndup(text, (gsize)(equals - text)) : NULL;
    guint64 position;

    if (number == NULL ||
        !g_ascii_string_to_unsigned(number, 10, 1, order->lines->len, &position, NULL)) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    _("the number of a line and a value are expected, such as 2=3, not “%s”"),
                    text);
        return FALSE;
    }
    return set(kab_order_get_line(order, (guint)position - 1), equals + 1, error);
}

static gboolean
set_lines(KabOrder *order, char **texts, SetLine set, GError **error)
{
    for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
        if (!set_line(order, texts[i], set, error))
            return FALSE;
    return TRUE;
}

/* "PRODUCT=3@100,50": a product that the partner did not order. */
static gboolean
add_line(KabOrder *order, const char *text, GError **error)
{
    g_auto(GStrv) parts = g_strsplit_set(text, "=@", 3);
    KabOrderLine *line = kab_order_add_line(order);

    line->price = kab_money_new(0, order->total.currency);
    if (g_strv_length(parts) != 3) {
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                    _("--add takes a product's id, a quantity and a price, such as ID=3@100, not "
                      "“%s”"),
                    text);
        return FALSE;
    }
    return kab_product_id_parse(parts[0], &line->product_id, error) &&
           set_quantity(line, parts[1], error) && set_price(line, parts[2], error);
}

static void
replace(char **to, char **from)
{
    if (*from == NULL)
        return;
    g_free(*to);
    *to = g_steal_pointer(from);
}

/* What "order set" is told. */
typedef struct {
    char *status;
    char *state;
    char *manager;
    char *reason;
    char *date;
    char *warehouse;
    char **quantities;
    char **prices;
    char **shippings;
    char **payments;
    char **additions;
    int paid;
    int shipped;
} Changes;

static void
changes_clear(Changes *changes)
{
    g_free(changes->status);
    g_free(changes->state);
    g_free(changes->manager);
    g_free(changes->reason);
    g_free(changes->date);
    g_free(changes->warehouse);
    g_strfreev(changes->quantities);
    g_strfreev(changes->prices);
    g_strfreev(changes->shippings);
    g_strfreev(changes->payments);
    g_strfreev(changes->additions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Changes, changes_clear)

static gboolean
change_lines(KabOrder *order, Changes *changes, GError **error)
{
    if (!set_lines(order, changes->quantities, set_quantity, error) ||
        !set_lines(order, changes->prices, set_price, error))
        return FALSE;
    for (guint i = 0; changes->additions != NULL && changes->additions[i] != NULL; i++)
        if (!add_line(order, changes->additions[i], error))
            return FALSE;
    return kab_order_recount(order, error) &&
           kab_order_set_percents(order, changes->paid, changes->shipped, error) &&
           set_lines(order, changes->shippings, set_shipped, error) &&
           set_lines(order, changes->payments, set_paid, error);
}

/* As the program writes it, or as a base does. */
static gboolean
take_status(const char *text, KabOrder *order, GError **error)
{
    KabClientStatus status = kab_client_status_from_text(text);

    if (status == KAB_CLIENT_OTHER)
        return kab_client_status_from_nick(text, &order->client_status, error);
    order->client_status = status;
    return TRUE;
}

static gboolean
change(KabOrder *order, Changes *changes, GError **error)
{
    if (changes->status != NULL && !take_status(changes->status, order, error))
        return FALSE;
    if (changes->date != NULL && !kab_date_parse(changes->date, &order->ship_date, error))
        return FALSE;
    if (changes->warehouse != NULL && *changes->warehouse == '\0')
        order->warehouse_id = kab_warehouse_id_of(NULL);
    else if (changes->warehouse != NULL &&
             !kab_warehouse_id_parse(changes->warehouse, &order->warehouse_id, error))
        return FALSE;
    replace(&order->state, &changes->state);
    replace(&order->manager, &changes->manager);
    replace(&order->reason, &changes->reason);
    return change_lines(order, changes, error);
}

gboolean
kab_cli_order_set(KabCli *cli, int argc, char **argv, GError **error)
{
    g_auto(Changes) changes = {.paid = -1, .shipped = -1};
    const GOptionEntry entries[] = {
        {"status", 0, 0, G_OPTION_ARG_STRING, &changes.status, NULL, NULL},
        {"state", 0, 0, G_OPTION_ARG_STRING, &changes.state, NULL, NULL},
        {"manager", 0, 0, G_OPTION_ARG_STRING, &changes.manager, NULL, NULL},
        {"reason", 0, 0, G_OPTION_ARG_STRING, &changes.reason, NULL, NULL},
        {"date", 0, 0, G_OPTION_ARG_STRING, &changes.date, NULL, NULL},
        {"warehouse", 0, 0, G_OPTION_ARG_STRING, &changes.warehouse, NULL, NULL},
        {"line", 0, 0, G_OPTION_ARG_STRING_ARRAY, &changes.quantities, NULL, NULL},
        {"price", 0, 0, G_OPTION_ARG_STRING_ARRAY, &changes.prices, NULL, NULL},
        {"ship", 0, 0, G_OPTION_ARG_STRING_ARRAY, &changes.shippings, NULL, NULL},
        {"pay", 0, 0, G_OPTION_ARG_STRING_ARRAY, &changes.payments, NULL, NULL},
        {"add", 0, 0, G_OPTION_ARG_STRING_ARRAY, &changes.additions, NULL, NULL},
        {"paid", 0, 0, G_OPTION_ARG_INT, &changes.paid, NULL, NULL},
        {"shipped", 0, 0, G_OPTION_ARG_INT, &changes.shipped, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(KabOrder) changed = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        order = db.db != NULL ? kab_base_orders_load(db.db, argv[1], error) : NULL;
        if (order == NULL || !change(order, &changes, error))
            return FALSE;
        changed =
            kab_base_orders_set_as(cli->end, db.db, &cli->actor, order, g_get_user_name(), error);
    }
    if (changed == NULL)
        return FALSE;
    show(cli, changed);
    return TRUE;
}

static JsonNode *
encode_comment(gconstpointer comment)
{
    return kab_wire_comment_to_json(comment, TRUE);
}

static void
print_comments(KabCli *cli, GPtrArray *comments)
{
    KabCliTable *table;

    if (cli->json) {
        kab_cli_print_list(comments, encode_comment);
        return;
    }
    table = kab_cli_table_new(N_("Date"), N_("Author"), N_("Comment"), NULL);
    for (guint i = 0; i < comments->len; i++) {
        const KabComment *comment = g_ptr_array_index(comments, i);
        g_autofree char *date = kab_time_format_local(comment->at);

        kab_cli_table_add(table, date, comment->author, comment->text);
    }
    kab_cli_table_print(table, _("There are no comments"));
}

static gboolean
add_comment(KabDb *db, const KabOrder *order, const char *text, GError **error)
{
    KabComment comment = {.id = kab_comment_id_new(),
                          .order_id = order->id,
                          .by_base = TRUE,
                          .author =
                              order->manager != NULL ? order->manager : (char *)g_get_user_name(),
                          .at = kab_time_now(),
                          .text = (char *)text};

    return kab_comment_store_add(db, &comment, error);
}

gboolean
kab_cli_order_comment(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GPtrArray) comments = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 2, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        order = db.db != NULL ? kab_base_orders_load(db.db, argv[1], error) : NULL;
        if (order == NULL || (argc > 2 && !add_comment(db.db, order, argv[2], error)))
            return FALSE;
        comments = kab_comment_store_list(db.db, order->id.text, error);
    }
    if (comments == NULL)
        return FALSE;
    print_comments(cli, comments);
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
