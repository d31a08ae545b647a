/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-money.h"
#include "kab-order-status.h"
#include "kab-product.h"
#include "kab-quantity.h"
#include "kab-time.h"
#include "kab-user.h"

#include <glib.h>

G_BEGIN_DECLS

/** KAB_ORDER_MAX_LINES: the most lines that an order may have. */
#define KAB_ORDER_MAX_LINES 10000

/** KAB_ORDER_MAX_NAME: the most characters of a name that a user gives an order. */
#define KAB_ORDER_MAX_NAME 100

/**
 * KabOrderLine:
 * @product_id: the product
 * @article: (nullable): its article
 * @name: its name when it was ordered
 * @unit: its unit
 * @vat: (nullable): the VAT rate as the base writes it, such as "22" or "none"
 * @ordered: what the partner ordered; 0 for a line that the manager added
 * @ordered_price: the price that the partner ordered it at
 * @quantity: what stands in the order now; 0 for a line that the manager cancelled
 * @price: the price of one unit
 * @sum: @price times @quantity
 * @step: it is ordered in multiples of this; 0: in any quantity; only in baskets
 * @shipped: what has been shipped of it
 * @paid: what has been paid of it
 * @seen_price: in a basket, the price that the user saw last for this quantity; without a currency
 *   it is not known
 *
 * A line of an order; an order has one line for a product.
 */
typedef struct {
    KabProductId product_id;
    char *article;
    char *name;
    char *unit;
    char *vat;
    KabQuantity ordered;
    KabMoney ordered_price;
    KabQuantity quantity;
    KabMoney price;
    KabMoney sum;
    KabQuantity step;
    KabQuantity shipped;
    KabMoney paid;
    KabMoney seen_price;
} KabOrderLine;

/**
 * KabDecision:
 * @KAB_DECISION_NONE: the partner has not decided
 * @KAB_DECISION_CONFIRM: confirmed
 * @KAB_DECISION_REFUSE: refused
 */
typedef enum {
    KAB_DECISION_NONE,
    KAB_DECISION_CONFIRM,
    KAB_DECISION_REFUSE,
} KabDecision;

/**
 * KabDecisionResult:
 * @KAB_DECISION_UNHEARD: the base has not heard of the decision
 * @KAB_DECISION_TAKEN: the base took it
 * @KAB_DECISION_OUTDATED: the manager had changed the order meanwhile: decide again
 * @KAB_DECISION_SHIPPED: too late to refuse: goods have been shipped
 * @KAB_DECISION_OVER: too late: the client order is closed or cancelled
 *
 * What the base answered to the partner's last decision.
 */
typedef enum {
    KAB_DECISION_UNHEARD,
    KAB_DECISION_TAKEN,
    KAB_DECISION_OUTDATED,
    KAB_DECISION_SHIPPED,
    KAB_DECISION_OVER,
} KabDecisionResult;

/** KAB_N_DECISION_RESULTS: how many values #KabDecisionResult has. */
#define KAB_N_DECISION_RESULTS (KAB_DECISION_OVER + 1)

/**
 * KabOrder:
 * @id: made where the order is born, the same at both ends
 * @partner_id: whose order it is
 * @partner_name: (nullable): the partner's name, where it is shown
 * @user_id: who placed it
 * @user_name: (nullable): that user's name
 * @name: (nullable): what a user calls it; never leaves the portal
 * @number: (nullable): the number that the base gave
 * @version: grows with every change at the end that holds this copy
 * @revision: grows with every change of the contents at the base; 0 until the base has it
 * @decided_revision: the revision that the last decision was made on
 * @decision: what the partner decided last
 * @decision_attempt: how many times the partner has decided
 * @decision_result: what the base answered to it
 * @reason: (nullable): why it was refused or declined
 * @status: the status at the portal
 * @client_status: the status at the base
 * @client_status_text: (nullable): the base's own word, if that is not a known status
 * @state: (nullable): the state that the base gave
 * @manager: (nullable): the manager's name
 * @comment: (nullable): what the partner wrote
 * @phone: (nullable): contact telephone
 * @email: (nullable): contact e-mail
 * @address: (nullable): where to deliver to; pickup if there is none
 * @warehouse_id: the warehouse to ship from; not set if it does not matter
 * @warehouse_name: (nullable): its name
 * @wished_date: when the partner wishes to have it; "" for no wish
 * @ship_date: when the company will ship it; "" until it says so
 * @created_at: when it was saved first; a draft that was placed: when that was
 * @placed_at: when it was placed; 0 for a draft
 * @over_limit: it exceeded the partner's limits when it was placed
 * @held: whether somebody has to approve it before it goes on
 * @approver: whose task that is, if it is held
 * @has_invoice: whether an invoice can be downloaded
 * @vat_on_top: whether VAT comes on top of the prices; otherwise it is in them
 * @vat: the VAT that comes on top; 0 if it is in the prices
 * @total: what is to be paid: the sum of the lines, and VAT where it comes on top
 * @paid: what has been paid of it
 * @shipped: what is to be paid for what has been shipped of it
 * @lines: (element-type KabOrderLine): the lines, in order
 */
typedef struct {
    KabOrderId id;
    KabPartnerId partner_id;
    char *partner_name;
    KabUserId user_id;
    char *user_name;
    char *name;
    char *number;
    gint64 version;
    gint64 revision;
    gint64 decided_revision;
    KabDecision decision;
    gint64 decision_attempt;
    KabDecisionResult decision_result;
    char *reason;
    KabOrderStatus status;
    KabClientStatus client_status;
    char *client_status_text;
    char *state;
    char *manager;
    char *comment;
    char *phone;
    char *email;
    char *address;
    KabWarehouseId warehouse_id;
    char *warehouse_name;
    KabDate wished_date;
    KabDate ship_date;
    KabTime created_at;
    KabTime placed_at;
    gboolean over_limit;
    gboolean held;
    KabRole approver;
    gboolean has_invoice;
    gboolean vat_on_top;
    KabMoney vat;
    KabMoney total;
    KabMoney paid;
    KabMoney shipped;
    GArray *lines;
} KabOrder;

/**
 * kab_order_new:
 *
 * Returns: (transfer full): an order without lines, all else zero
 */
KabOrder *kab_order_new(void);

/** kab_order_copy: (transfer full): a copy of @order with its lines. */
KabOrder *kab_order_copy(const KabOrder *order);

void kab_order_free(KabOrder *order);

/**
 * kab_order_get_line:
 * @order: an order
 * @i: index of a line
 *
 * Returns: (transfer none): the line; valid until lines are added or removed
 */
KabOrderLine *kab_order_get_line(const KabOrder *order, guint i);

/**
 * kab_order_add_line:
 * @order: an order
 *
 * Returns: (transfer none): a new, empty line at the end; valid until the next change of the lines
 */
KabOrderLine *kab_order_add_line(KabOrder *order);

/** kab_order_add_product: adds an empty line of @product at the price that it has for the partner,
 * 0 if it has none; valid until the next change of the lines. */
KabOrderLine *kab_order_add_product(KabOrder *order, const KabProduct *product);

/** kab_order_append_line: adds a copy of @line at the end. */
void kab_order_append_line(KabOrder *order, const KabOrderLine *line);

/**
 * kab_order_remove_line:
 * @order: an order
 * @i: index of a line
 */
void kab_order_remove_line(KabOrder *order, guint i);

/**
 * kab_order_recount:
 * @order: an order; all prices in one currency
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Counts the sum of every line, VAT on top, the total, and what is paid and shipped anew. Both ends
 * count with this function. Goods whose VAT rate is not known count as untaxed.
 *
 * Returns: %FALSE on error, and the order is not to be used
 */
gboolean kab_order_recount(KabOrder *order, GError **error);

/**
 * kab_order_find_line:
 * @order: an order
 * @id: a product
 *
 * Returns: (transfer none) (nullable): its line
 */
KabOrderLine *kab_order_find_line(const KabOrder *order, KabProductId id);

/**
 * kab_order_check_lines:
 * @order: an order
 * @error: return location: %KAB_ERROR_INVALID; the message names the line
 *
 * Returns: whether it has a line that is not cancelled, no product twice, prices and quantities
 *   that can be, and has shipped no more of a line than stands there
 */
gboolean kab_order_check_lines(const KabOrder *order, GError **error);

/**
 * kab_order_check_name:
 * @name: (nullable): what a user wants to call an order
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it is one line of at most %KAB_ORDER_MAX_NAME characters, without control
 *   characters
 */
gboolean kab_order_check_name(const char *name, GError **error);

/** kab_order_get_client_status_title: its status at the base, for people: the base's own word if it
 * is not known here. */
const char *kab_order_get_client_status_title(const KabOrder *order);

/** kab_order_line_is_changed: whether the manager changed quantity or price, or added the line. */
gboolean kab_order_line_is_changed(const KabOrderLine *line);

/** kab_order_line_is_repriced: whether a line of a basket has another price than the user saw last.
 * A product that is no longer sold, or has no price, has not. */
gboolean kab_order_line_is_repriced(const KabOrderLine *line);

/** kab_order_count_repriced: how many lines of a basket are so. */
guint kab_order_count_repriced(const KabOrder *basket);

/** kab_order_is_changed: whether the manager changed a line or the date. */
gboolean kab_order_is_changed(const KabOrder *order);

/**
 * kab_order_find_ordered_total:
 * @order: an order
 * @total: (out): what would have to be paid for what the partner ordered, at the prices of then
 *
 * Returns: whether that is another sum than has to be paid now
 */
gboolean kab_order_find_ordered_total(const KabOrder *order, KabMoney *total);

/** kab_order_is_shipping: whether goods have been shipped. */
gboolean kab_order_is_shipping(const KabOrder *order);

/** kab_order_get_paid_percent: 0 to 100; 0 and 100 only for nothing and all. */
int kab_order_get_paid_percent(const KabOrder *order);

/** kab_order_get_shipped_percent: 0 to 100; 0 and 100 only for nothing and all. */
int kab_order_get_shipped_percent(const KabOrder *order);

/**
 * kab_order_set_percents:
 * @order: an order with its lines, counted
 * @paid: what part of each line is paid, from 0 to 100; -1: as it is
 * @shipped: what part of each line is shipped, from 0 to 100; -1: as it is
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * For those who know no lines.
 *
 * Returns: %FALSE on error, and the order is not to be used
 */
gboolean kab_order_set_percents(KabOrder *order, int paid, int shipped, GError **error);

/**
 * kab_order_can:
 * @order: an order at the portal
 * @event: what the partner wants to do
 *
 * Returns: whether the partner may do it now. Shipping that has begun ends the right to refuse.
 */
gboolean kab_order_can(const KabOrder *order, KabOrderEvent event);

/**
 * kab_order_is_confirmed:
 * @order: an order, at either end
 *
 * Returns: whether the partner has confirmed it as it is now, or wanted to refuse it and was told
 *   that it is too late, as long as the goods do not come back
 */
gboolean kab_order_is_confirmed(const KabOrder *order);

/**
 * kab_decision_to_nick:
 * @decision: a decision
 *
 * Returns: its name in storage and on the wire
 */
const char *kab_decision_to_nick(KabDecision decision);

/**
 * kab_decision_from_nick:
 * @nick: (nullable): a name in storage or on the wire
 * @out: (out): the decision
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether there is such a decision
 */
gboolean kab_decision_from_nick(const char *nick, KabDecision *out, GError **error);

/**
 * kab_decision_result_to_nick:
 * @result: what the base answered
 *
 * Returns: its name in storage and on the wire
 */
const char *kab_decision_result_to_nick(KabDecisionResult result);

/**
 * kab_decision_result_from_nick:
 * @nick: (nullable): a name in storage or on the wire
 * @out: (out): what the base answered
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether there is such an answer
 */
gboolean kab_decision_result_from_nick(const char *nick, KabDecisionResult *out, GError **error);

/** kab_decision_result_to_title: (nullable): what it means to the partner, translated. */
const char *kab_decision_result_to_title(KabDecisionResult result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabOrder, kab_order_free)

G_END_DECLS
