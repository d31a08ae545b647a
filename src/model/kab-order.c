/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-decimal.h"
#include "kab-error.h"
#include "kab-order.h"
#include "kab-vat.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const decision_nicks[] = {
    [KAB_DECISION_NONE] = "none",
    [KAB_DECISION_CONFIRM] = "confirm",
    [KAB_DECISION_REFUSE] = "refuse",
};

static const struct {
    const char *nick;
    const char *title;
} results[KAB_N_DECISION_RESULTS] = {
    [KAB_DECISION_UNHEARD] = {"unheard", NULL},
    [KAB_DECISION_TAKEN] = {"taken", NULL},
    [KAB_DECISION_OUTDATED] = {"outdated", N_("The manager had changed the order before your "
                                              "decision came: look at it and decide again.")},
    [KAB_DECISION_SHIPPED] = {"shipped",
                              N_("Your refusal came too late: goods have been shipped.")},
    [KAB_DECISION_OVER] = {"over", N_("Your decision came too late: the order was closed or "
                                      "cancelled before.")},
};

static void
clear_line(gpointer data)
{
    KabOrderLine *line = data;

    g_free(line->article);
    g_free(line->name);
    g_free(line->unit);
    g_free(line->vat);
}

KabOrder *
kab_order_new(void)
{
    KabOrder *order = g_new0(KabOrder, 1);

    order->lines = g_array_new(FALSE, TRUE, sizeof(KabOrderLine));
    g_array_set_clear_func(order->lines, clear_line);
    return order;
}

KabOrder *
kab_order_copy(const KabOrder *order)
{
    KabOrder *copy = g_new(KabOrder, 1);

    *copy = *order;
    copy->partner_name = g_strdup(order->partner_name);
    copy->user_name = g_strdup(order->user_name);
    copy->name = g_strdup(order->name);
    copy->number = g_strdup(order->number);
    copy->reason = g_strdup(order->reason);
    copy->client_status_text = g_strdup(order->client_status_text);
    copy->state = g_strdup(order->state);
    copy->manager = g_strdup(order->manager);
    copy->comment = g_strdup(order->comment);
    copy->phone = g_strdup(order->phone);
    copy->email = g_strdup(order->email);
    copy->address = g_strdup(order->address);
    copy->warehouse_name = g_strdup(order->warehouse_name);
    copy->lines = g_array_sized_new(FALSE, TRUE, sizeof(KabOrderLine), order->lines->len);
    g_array_set_clear_func(copy->lines, clear_line);
    for (guint i = 0; i < order->lines->len; i++)
        kab_order_append_line(copy, kab_order_get_line(order, i));
    return copy;
}

void
kab_order_free(KabOrder *order)
{
    if (order == NULL)
        return;
    g_free(order->partner_name);
    g_free(order->user_name);
    g_free(order->name);
    g_free(order->number);
    g_free(order->reason);
    g_free(order->client_status_text);
    g_free(order->state);
    g_free(order->manager);
    g_free(order->comment);
    g_free(order->phone);
    g_free(order->email);
    g_free(order->address);
    g_free(order->warehouse_name);
    g_array_unref(order->lines);
    g_free(order);
}

KabOrderLine *
kab_order_get_line(const KabOrder *order, guint i)
{
    g_return_val_if_fail(i < order->lines->len, NULL);
    return &g_array_index(order->lines, KabOrderLine, i);
}

KabOrderLine *
kab_order_add_line(KabOrder *order)
{
    g_array_set_size(order->lines, order->lines->len + 1);
    return kab_order_get_line(order, order->lines->len - 1);
}

KabOrderLine *
kab_order_add_product(KabOrder *order, const KabProduct *product)
{
    KabOrderLine *line = kab_order_add_line(order);

    line->product_id = product->id;
    line->article = g_strdup(product->article);
    line->name = g_strdup(product->name);
    line->unit = g_strdup(product->unit);
    line->vat = g_strdup(product->vat);
    line->step = product->step;
    line->price = product->has_price ? product->price : kab_money_new(0, order->total.currency);
    return line;
}

void
kab_order_append_line(KabOrder *order, const KabOrderLine *line)
{
    KabOrderLine copy = *line;

    copy.article = g_strdup(line->article);
    copy.name = g_strdup(line->name);
    copy.unit = g_strdup(line->unit);
    copy.vat = g_strdup(line->vat);
    g_array_append_val(order->lines, copy);
}

void
kab_order_remove_line(KabOrder *order, guint i)
{
    g_return_if_fail(i < order->lines->len);
    g_array_remove_index(order->lines, i);
}

KabOrderLine *
kab_order_find_line(const KabOrder *order, KabProductId id)
{
    for (guint i = 0; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        if (strcmp(line->product_id.text, id.text) == 0)
            return line;
    }
    return NULL;
}

/* What comes on top of @sum. A rate that is not known is the invoice's to complain of. */
static gboolean
count_vat(const KabOrder *order, const KabOrderLine *line, KabMoney sum, KabMoney *vat,
          GError **error)
{
    gboolean taxed;
    gint64 rate;

    *vat = kab_money_new(0, sum.currency);
    if (!order->vat_on_top || !kab_vat_parse(line->vat, &taxed, &rate) || !taxed)
        return TRUE;
    return kab_vat_count(sum, rate, TRUE, vat, error);
}

/* Adds @sum and what comes on top of it to @to. */
static gboolean
add_with_vat(const KabOrder *order, const KabOrderLine *line, KabMoney sum, KabMoney *to,
             GError **error)
{
    KabMoney vat;

    return count_vat(order, line, sum, &vat, error) && kab_money_add(sum, vat, &sum, error) &&
           kab_money_add(*to, sum, to, error);
}

static gboolean
count_line(KabOrder *order, KabOrderLine *line, GError **error)
{
    KabMoney shipped;
    KabMoney vat;

    return kab_money_multiply(line->price, line->quantity, &line->sum, error) &&
           kab_money_multiply(line->price, line->shipped, &shipped, error) &&
           count_vat(order, line, line->sum, &vat, error) &&
           kab_money_add(order->vat, vat, &order->vat, error) &&
           add_with_vat(order, line, line->sum, &order->total, error) &&
           add_with_vat(order, line, shipped, &order->shipped, error) &&
           kab_money_add(order->paid, line->paid, &order->paid, error);
}

gboolean
kab_order_recount(KabOrder *order, GError **error)
{
    const char *currency = order->lines->len > 0 ? kab_order_get_line(order, 0)->price.currency
                                                 : order->total.currency;
    KabMoney zero = {0};

    g_strlcpy(zero.currency, currency, sizeof zero.currency);
    order->vat = order->total = order->paid = order->shipped = zero;
    for (guint i = 0; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        if (*line->paid.currency == '\0')
            line->paid = zero;
        if (*line->ordered_price.currency == '\0')
            line->ordered_price = zero;
        if (!count_line(order, line, error)) {
            g_prefix_error(error, _("Line %u (%s): "), i + 1, line->name);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
check_line(const KabOrderLine *line, GError **error)
{
    const char *wrong = NULL;

    if (line->quantity.milli < 0 || line->quantity.milli > KAB_QUANTITY_MAX ||
        line->ordered.milli < 0 || line->ordered.milli > KAB_QUANTITY_MAX)
        wrong = _("the quantity is less than nothing or too large");
    else if (line->price.minor < 0 || line->ordered_price.minor < 0)
        wrong = _("the price is less than nothing");
    else if (line->shipped.milli < 0 || line->shipped.milli > line->quantity.milli)
        wrong = _("more is shipped than stands in the line");
    else if (line->paid.minor < 0)
        wrong = _("what is paid cannot be less than nothing");
    if (wrong == NULL)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, wrong);
    return FALSE;
}

gboolean
kab_order_check_lines(const KabOrder *order, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    gboolean any = FALSE;

    for (guint i = 0; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);
        gboolean fine = check_line(line, error);

        if (fine && !g_hash_table_add(seen, line->product_id.text)) {
            g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                                _("the product stands in the order twice"));
            fine = FALSE;
        }
        if (!fine) {
            g_prefix_error(error, _("Line %u (%s): "), i + 1, line->name);
            return FALSE;
        }
        any = any || line->quantity.milli > 0;
    }
    if (!any)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("The order has no lines"));
    return any;
}

const char *
kab_order_get_client_status_title(const KabOrder *order)
{
    return order->client_status == KAB_CLIENT_OTHER && order->client_status_text != NULL
               ? order->client_status_text
               : kab_client_status_to_title(order->client_status);
}

gboolean
kab_order_check_name(const char *name, GError **error)
{
    if (name == NULL)
        return TRUE;
    if (g_utf8_strlen(name, -1) > KAB_ORDER_MAX_NAME) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("The name of an order has at most %d characters"), KAB_ORDER_MAX_NAME);
        return FALSE;
    }
    for (; *name != '\0'; name = g_utf8_next_char(name)) {
        gunichar c = g_utf8_get_char(name);
        GUnicodeType type = g_unichar_type(c);

        if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
            type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR) {
            g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                                _("The name of an order is one line of text"));
            return FALSE;
        }
    }
    return TRUE;
}

gboolean
kab_order_line_is_changed(const KabOrderLine *line)
{
    return line->ordered.milli != line->quantity.milli ||
           line->ordered_price.minor != line->price.minor;
}

gboolean
kab_order_line_is_repriced(const KabOrderLine *line)
{
    return *line->seen_price.currency != '\0' && line->price.minor > 0 &&
           (line->seen_price.minor != line->price.minor ||
            strcmp(line->seen_price.currency, line->price.currency) != 0);
}

guint
kab_order_count_repriced(const KabOrder *basket)
{
    guint n = 0;

    for (guint i = 0; i < basket->lines->len; i++)
        n += kab_order_line_is_repriced(kab_order_get_line(basket, i));
    return n;
}

gboolean
kab_order_is_changed(const KabOrder *order)
{
    if (order->revision == 0)
        return FALSE;
    for (guint i = 0; i < order->lines->len; i++)
        if (kab_order_line_is_changed(kab_order_get_line(order, i)))
            return TRUE;
    return order->ship_date.text[0] != '\0' && order->wished_date.text[0] != '\0' &&
           strcmp(order->ship_date.text, order->wished_date.text) != 0;
}

gboolean
kab_order_find_ordered_total(const KabOrder *order, KabMoney *total)
{
    g_autoptr(KabOrder) ordered = NULL;

    if (order->revision == 0)
        return FALSE; /* nobody but the partner has touched it */
    ordered = kab_order_copy(order);
    for (guint i = 0; i < ordered->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(ordered, i);

        line->quantity = line->ordered;
        if (line->ordered.milli > 0)
            line->price = line->ordered_price;
        line->shipped.milli = line->paid.minor = 0;
    }
    if (!kab_order_recount(ordered, NULL))
        return FALSE;
    *total = ordered->total;
    return ordered->total.minor != order->total.minor;
}

gboolean
kab_order_is_shipping(const KabOrder *order)
{
    for (guint i = 0; i < order->lines->len; i++)
        if (kab_order_get_line(order, i)->shipped.milli > 0)
            return TRUE;
    return order->shipped.minor > 0;
}

static int
count_percent(KabMoney part, KabMoney whole)
{
    gint64 percent;

    if (part.minor <= 0 || whole.minor <= 0)
        return 0;
    if (part.minor >= whole.minor)
        return 100;
    if (!kab_decimal_muldiv(part.minor, 100, whole.minor, &percent, NULL))
        return 0;
    return (int)CLAMP(percent, 1, 99);
}

int
kab_order_get_paid_percent(const KabOrder *order)
{
    return count_percent(order->paid, order->total);
}

int
kab_order_get_shipped_percent(const KabOrder *order)
{
    return count_percent(order->shipped, order->total);
}

gboolean
kab_order_set_percents(KabOrder *order, int paid, int shipped, GError **error)
{
    if (paid < -1 || paid > 100 || shipped < -1 || shipped > 100) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Paid and shipped are given in percent, from 0 to 100"));
        return FALSE;
    }
    for (guint i = 0; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        if (paid >= 0) {
            KabMoney due = kab_money_new(0, line->sum.currency);

            line->paid = due;
            if (!add_with_vat(order, line, line->sum, &due, error) ||
                !kab_decimal_muldiv(due.minor, paid, 100, &line->paid.minor, error))
                return FALSE;
        }
        if (shipped >= 0 &&
            !kab_decimal_muldiv(line->quantity.milli, shipped, 100, &line->shipped.milli, error))
            return FALSE;
    }
    return kab_order_recount(order, error);
}

gboolean
kab_order_can(const KabOrder *order, KabOrderEvent event)
{
    if (event == KAB_ORDER_REFUSE && kab_order_is_shipping(order))
        return FALSE;
    return kab_order_status_after(order->status, event, KAB_ORDER_BY_PARTNER, NULL);
}

gboolean
kab_order_is_confirmed(const KabOrder *order)
{
    return order->decided_revision == order->revision &&
           (order->decision == KAB_DECISION_CONFIRM ||
            (order->decision == KAB_DECISION_REFUSE &&
             order->decision_result == KAB_DECISION_SHIPPED && kab_order_is_shipping(order)));
}

const char *
kab_decision_to_nick(KabDecision decision)
{
    g_return_val_if_fail((gsize)decision < G_N_ELEMENTS(decision_nicks), NULL);
    return decision_nicks[decision];
}

gboolean
kab_decision_from_nick(const char *nick, KabDecision *out, GError **error)
{
    for (gsize i = 0; nick != NULL && i < G_N_ELEMENTS(decision_nicks); i++) {
        if (strcmp(nick, decision_nicks[i]) == 0) {
            *out = (KabDecision)i;
            return TRUE;
        }
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a decision"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return FALSE;
}

const char *
kab_decision_result_to_nick(KabDecisionResult result)
{
    g_return_val_if_fail(result < KAB_N_DECISION_RESULTS, NULL);
    return results[result].nick;
}

gboolean
kab_decision_result_from_nick(const char *nick, KabDecisionResult *out, GError **error)
{
    for (int i = 0; nick != NULL && i < KAB_N_DECISION_RESULTS; i++) {
        if (strcmp(nick, results[i].nick) == 0) {
            *out = (KabDecisionResult)i;
            return TRUE;
        }
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not an answer to a decision"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return FALSE;
}

const char *
kab_decision_result_to_title(KabDecisionResult result)
{
    g_return_val_if_fail(result < KAB_N_DECISION_RESULTS, NULL);
    return results[result].title != NULL ? g_dgettext(GETTEXT_PACKAGE, results[result].title)
                                         : NULL;
}
