/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-object-name.h"
#include "kab-order-query.h"
#include "kab-order.h"
#include "kab-task.h"

G_BEGIN_DECLS

/* Texts that several pages show alike. All are for people and translated. */

/** kab_format_order_name: (transfer full): "Order 0000-000013" or "Order not numbered yet". */
char *kab_format_order_name(const KabOrder *order);

/** kab_format_order_link: (transfer full): the name of the button that opens the order. */
char *kab_format_order_link(const KabOrder *order);

/** kab_format_order_date: (transfer full): when it was placed, or saved if it is a draft. */
char *kab_format_order_date(const KabOrder *order);

/** kab_format_task_name: (transfer full): "Approve order 0000-000013". */
char *kab_format_task_name(const KabTask *task);

/** kab_format_approver: (transfer full) (nullable): "It waits for approval: Sales manager"; %NULL
 * if it does not. */
char *kab_format_approver(const KabOrder *order);

/** kab_format_line_price: (transfer full): "× 5.00 ₽", or "× 6.00 → 5.00 ₽" if it was
 * changed.
 */
char *kab_format_line_price(const KabOrderLine *line);

/** kab_format_line_progress: (transfer full): how much is shipped and paid; "" for nothing. */
char *kab_format_line_progress(const KabOrderLine *line);

/** kab_format_vat: (transfer full): "with VAT on top: 5.00 ₽"; "" if VAT is in the prices. */
char *kab_format_vat(const KabOrder *order);

/** kab_format_amount: (transfer full): a quantity with its unit. */
char *kab_format_amount(KabQuantity quantity, const char *unit);

/** kab_format_line_amount: (transfer full): "2 pcs", or "3 → 2 pcs" if the manager changed it. */
char *kab_format_line_amount(const KabOrderLine *line);

/** kab_format_products: (transfer full): "3 products". */
char *kab_format_products(guint n);

/** kab_format_order_totals: (transfer full): "3 orders · 5.00 ₽ · 7.00 $"; @totals:
 * (element-type KabOrderTotal) */
char *kab_format_order_totals(GArray *totals);

/** kab_format_object: (transfer full): the title of its kind and how people know it: "Order
 * 0000-000014 · Partner"; @name: (nullable) */
char *kab_format_object(const char *kind, const KabObjectName *name);

/** kab_format_outcome: (transfer none): the title of an outcome in the journal. */
const char *kab_format_outcome(const char *outcome);

/** kab_format_moment: (transfer full): "14:05" for a moment of today, otherwise with its date. */
char *kab_format_moment(KabTime time);

/** kab_format_age: (transfer full): how long ago it was, in one unit: "5 min". */
char *kab_format_age(KabTime since);

/** kab_format_ago: (transfer full): how long ago it was: "5 minutes ago". */
char *kab_format_ago(KabTime since);

/** kab_format_unavailable: (transfer full): that the other end is not available, and since when;
 * @base: whether it is the base that says so. The end may be silent, or may refuse: its failure
 * says which. */
char *kab_format_unavailable(gboolean base, KabTime since);

/** kab_format_address: (transfer none): where a session or an action came from: what came through a
 * socket of the machine came from "this computer" */
const char *kab_format_address(const char *address);

/** kab_format_peer: (transfer full): who sent something, as a service notes it: a login and an
 * address, or one of them */
char *kab_format_peer(const char *peer);

/** kab_format_program: (transfer full): what a program calls itself, without the libraries that it
 * is made of */
char *kab_format_program(const char *program);

/** kab_format_join: (transfer full): the texts that are not empty, with a dot between; NULL ends.
 */
char *kab_format_join(const char *first, ...) G_GNUC_NULL_TERMINATED;

G_END_DECLS
