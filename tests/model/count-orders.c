/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-invoice-figures.h"
#include "kab-json.h"
#include "kab-wire-order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes orders by chance, counts them at both ends as the product does, and prints what came out,
 * an order a line, all sums in kopecks:
 *
 *     PRICE,THOUSANDTHS,RATE,SUM ... | TOTAL | RATE=VAT ... | TO-PAY | RATE=VAT ... | TO-PAY
 *
 * with VAT included, then with VAT on top. Fails if the ends differ. */

static const char *const rates[] = {"22", "20", "18", "10", "7", "5", "0", "12.5", "none"};
static const char *const currencies[] = {"RUB", "RUB", "RUB", "USD", "EUR", "BYN", "KZT"};

static gint64
random_up_to(GRand *dice, gint64 most)
{
    gint64 high = g_rand_int(dice);

    return 1 + ((high << 31) ^ g_rand_int(dice)) % most;
}

/* Kopecks: from one to tens of millions of roubles. */
static gint64
random_price(GRand *dice)
{
    static const gint64 most[] = {
        1, 99, 1000, 100000, 100000, 10000000, G_GINT64_CONSTANT(9999999999)};

    return random_up_to(dice, most[g_rand_int_range(dice, 0, G_N_ELEMENTS(most))]);
}

/* Thousandths: whole, halves, quarters, any, the least, large. */
static gint64
random_quantity(GRand *dice)
{
    switch (g_rand_int_range(dice, 0, 10)) {
    case 0:
        return 1;
    case 1:
    case 2:
        return 500 * random_up_to(dice, 40);
    case 3:
        return 250 * random_up_to(dice, 40);
    case 4:
    case 5:
        return random_up_to(dice, 100000);
    case 6:
        return random_up_to(dice, 1000000000);
    default:
        return 1000 * random_up_to(dice, 100);
    }
}

/* Mostly a few lines, as people order; now and then as many as a purchaser's table has. */
static guint
random_length(GRand *dice)
{
    gint32 kind = g_rand_int_range(dice, 0, 1000);

    if (kind == 0)
        return (guint)g_rand_int_range(dice, 100, 300);
    return (guint)(kind < 50 ? g_rand_int_range(dice, 5, 40) : g_rand_int_range(dice, 1, 5));
}

static void
add_line(KabOrder *order, GRand *dice, const char *currency)
{
    KabOrderLine *line = kab_order_add_line(order);
    gboolean cancelled = order->lines->len > 1 && g_rand_int_range(dice, 0, 50) == 0;

    line->product_id = kab_product_id_new();
    line->name = g_strdup("Лампа");
    line->unit = g_strdup("шт");
    line->vat = g_strdup(rates[g_rand_int_range(dice, 0, G_N_ELEMENTS(rates))]);
    line->ordered.milli = random_quantity(dice);
    line->quantity.milli = cancelled ? 0 : line->ordered.milli;
    line->price = kab_money_new(random_price(dice), currency);
}

static KabOrder *
random_order(GRand *dice)
{
    KabOrder *order = kab_order_new();
    const char *currency = currencies[g_rand_int_range(dice, 0, G_N_ELEMENTS(currencies))];

    order->partner_id = kab_partner_id_new();
    for (guint n = random_length(dice); n > 0; n--)
        add_line(order, dice, currency);
    return order;
}

/* What the other end makes of the text that this end sends. */
static KabOrder *
send_over(const KabOrder *order, GError **error)
{
    g_autoptr(JsonNode) sent = kab_wire_order_to_json(order, KAB_ORDER_TO_BASE);
    g_autofree char *text = json_to_string(sent, FALSE);
    g_autoptr(JsonNode) received = json_from_string(text, error);

    return received != NULL
               ? kab_wire_order_from_json(json_node_get_object(received), KAB_ORDER_TO_BASE, error)
               : NULL;
}

static gboolean
append_invoice(GString *out, const KabOrder *order, GError **error)
{
    KabInvoice invoice = {.order = order};
    KabInvoiceFigures figures;
    gboolean counted = kab_invoice_figures_count(&figures, &invoice, error);

    g_string_append(out, " |");
    for (guint i = 0; counted && i < figures.rates->len; i++) {
        const KabInvoiceVat *vat = &g_array_index(figures.rates, KabInvoiceVat, i);

        g_string_append_printf(out, " %" G_GINT64_FORMAT "=%" G_GINT64_FORMAT, vat->rate,
                               vat->sum.minor);
    }
    g_string_append_printf(out, " | %" G_GINT64_FORMAT, figures.total.minor);
    kab_invoice_figures_clear(&figures);
    return counted;
}

/* The same order with VAT on top of its prices, as the other end counts it. */
static gboolean
append_on_top(GString *out, const KabOrder *order, GError **error)
{
    g_autoptr(KabOrder) copy = kab_order_copy(order);
    g_autoptr(KabOrder) other = NULL;

    copy->vat_on_top = TRUE;
    if (!kab_order_recount(copy, error))
        return FALSE;
    other = send_over(copy, error);
    return other != NULL && append_invoice(out, other, error);
}

/* NULL on error. */
static char *
describe(const KabOrder *order, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);

    for (guint i = 0; i < order->lines->len; i++) {
        const KabOrderLine *line = kab_order_get_line(order, i);

        g_string_append_printf(out,
                               "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%s,%" G_GINT64_FORMAT " ",
                               line->price.minor, line->quantity.milli, line->vat, line->sum.minor);
    }
    g_string_append_printf(out, "| %" G_GINT64_FORMAT, order->total.minor);
    if (!append_invoice(out, order, error) || !append_on_top(out, order, error))
        return NULL;
    return g_strdup(out->str);
}

static gboolean
count_order(GRand *dice, GError **error)
{
    g_autoptr(KabOrder) order = random_order(dice);
    g_autoptr(KabOrder) other = NULL;
    g_autofree char *here = NULL;
    g_autofree char *there = NULL;

    if (!kab_order_recount(order, error))
        return FALSE;
    other = send_over(order, error);
    if (other == NULL)
        return FALSE;
    here = describe(order, error);
    if (here == NULL)
        return FALSE;
    there = describe(other, error);
    if (there == NULL)
        return FALSE;
    puts(here);
    if (strcmp(here, there) == 0 && strcmp(order->total.currency, other->total.currency) == 0)
        return TRUE;
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "the other end counts otherwise: %s",
                there);
    return FALSE;
}

int
main(int argc, char *argv[])
{
    g_autoptr(GError) error = NULL;
    GRand *dice;

    if (argc != 3) {
        fprintf(stderr, "count-orders SEED NUMBER\n");
        return 2;
    }
    dice = g_rand_new_with_seed((guint32)strtoul(argv[1], NULL, 10));
    for (long n = strtol(argv[2], NULL, 10); n > 0 && error == NULL; n--)
        count_order(dice, &error);
    g_rand_free(dice);
    if (error != NULL)
        fprintf(stderr, "count-orders: %s\n", error->message);
    return error == NULL ? 0 : 1;
}
