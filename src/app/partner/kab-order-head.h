/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-order.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_ORDER_HEAD (kab_order_head_get_type())

/**
 * KabOrderHead:
 *
 * What stands above the lines of an order: its name, status and total, what a person has to know
 * now, and the buttons of what can be done. What cannot be done is absent, or the head says why.
 */
G_DECLARE_FINAL_TYPE(KabOrderHead, kab_order_head, KAB, ORDER_HEAD, AdwBin)

/**
 * KabOrderHeadState:
 * @order: the order as it is stored
 * @may_order: whether the person's role may change orders
 * @edited: whether a draft is changed and not saved
 * @busy: whether a change is on its way
 * @can_cancel: whether what is on its way takes so long that it can be cancelled
 *
 * What the head shows.
 */
typedef struct {
    const KabOrder *order;
    gboolean may_order;
    gboolean edited;
    gboolean busy;
    gboolean can_cancel;
} KabOrderHeadState;

/**
 * kab_order_head_set_state:
 * @self: a head
 * @page: the widget that has the actions "order.*": those that cannot be done are switched off
 * @state: what to show; not kept
 */
void kab_order_head_set_state(KabOrderHead *self, GtkWidget *page, const KabOrderHeadState *state);

/** kab_order_head_set_total: shows the total of @order, which may not be stored yet. */
void kab_order_head_set_total(KabOrderHead *self, const KabOrder *order);

/** kab_order_head_show_exchange: @may: whether the person may see how the order is exchanged */
void kab_order_head_show_exchange(KabOrderHead *self, gboolean may);

G_END_DECLS
