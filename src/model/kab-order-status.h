/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabOrderStatus:
 * @KAB_ORDER_DRAFT: saved, not placed
 * @KAB_ORDER_NEW: placed; stands in the portal's queue
 * @KAB_ORDER_AWAITING_MANAGER: the base took it and gave it its number
 * @KAB_ORDER_AWAITING_PARTNER: the manager set the client order "To be fulfilled"
 * @KAB_ORDER_IN_PROGRESS: the partner confirmed it
 * @KAB_ORDER_REFUSED: the partner refused it, or the base declined it
 * @KAB_ORDER_COMPLETED: the base closed it
 *
 * The status of an order at the portal.
 */
typedef enum {
    KAB_ORDER_DRAFT,
    KAB_ORDER_NEW,
    KAB_ORDER_AWAITING_MANAGER,
    KAB_ORDER_AWAITING_PARTNER,
    KAB_ORDER_IN_PROGRESS,
    KAB_ORDER_REFUSED,
    KAB_ORDER_COMPLETED,
} KabOrderStatus;

/** KAB_ORDER_N_STATUSES: how many values #KabOrderStatus has. */
#define KAB_ORDER_N_STATUSES (KAB_ORDER_COMPLETED + 1)

/**
 * KabOrderEvent:
 * @KAB_ORDER_PLACE: "Place order"
 * @KAB_ORDER_TAKE: the base has it; the manager works on it
 * @KAB_ORDER_OFFER: the manager set it "To be fulfilled" and the partner has not decided on it
 * @KAB_ORDER_CONFIRM: "Confirm"
 * @KAB_ORDER_REFUSE: "Refuse"
 * @KAB_ORDER_PROCEED: "To be fulfilled" at the base, and the partner has confirmed it as it is
 * @KAB_ORDER_DECLINE: the base declined or cancelled it
 * @KAB_ORDER_COMPLETE: the base closed it
 * @KAB_ORDER_NOTE: the base gave it a status that is not known
 */
typedef enum {
    KAB_ORDER_PLACE,
    KAB_ORDER_TAKE,
    KAB_ORDER_OFFER,
    KAB_ORDER_CONFIRM,
    KAB_ORDER_REFUSE,
    KAB_ORDER_PROCEED,
    KAB_ORDER_DECLINE,
    KAB_ORDER_COMPLETE,
    KAB_ORDER_NOTE,
} KabOrderEvent;

/** KAB_ORDER_N_EVENTS: how many values #KabOrderEvent has. */
#define KAB_ORDER_N_EVENTS (KAB_ORDER_NOTE + 1)

/**
 * KabOrderActor:
 * @KAB_ORDER_BY_PARTNER: somebody of the partner, at the portal
 * @KAB_ORDER_BY_BASE: the base, over the exchange
 */
typedef enum {
    KAB_ORDER_BY_PARTNER,
    KAB_ORDER_BY_BASE,
} KabOrderActor;

/**
 * kab_order_status_after:
 * @from: the status now
 * @event: what happens
 * @by: who does it
 * @to: (out) (optional): the status after it
 *
 * The order's status machine.
 *
 * Returns: whether @by may do this in this status
 */
gboolean kab_order_status_after(KabOrderStatus from, KabOrderEvent event, KabOrderActor by,
                                KabOrderStatus *to);

/**
 * kab_order_status_to_nick:
 * @status: a status
 *
 * Returns: its name in storage and on the wire, such as "awaiting-manager"
 */
const char *kab_order_status_to_nick(KabOrderStatus status);

/**
 * kab_order_status_from_nick:
 * @nick: (nullable): a name in storage or on the wire
 * @out: (out): the status
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether there is such a status
 */
gboolean kab_order_status_from_nick(const char *nick, KabOrderStatus *out, GError **error);

/**
 * kab_order_status_to_title:
 * @status: a status
 *
 * Returns: its name for people, translated
 */
const char *kab_order_status_to_title(KabOrderStatus status);

/**
 * KabClientStatus:
 * @KAB_CLIENT_ON_APPROVAL: На согласовании
 * @KAB_CLIENT_TO_FULFIL: К выполнению
 * @KAB_CLIENT_CLOSED: Закрыт
 * @KAB_CLIENT_CANCELLED: rejected or cancelled
 * @KAB_CLIENT_OTHER: one that is not known; it is shown as the base writes it
 *
 * The status of a client order at the base.
 */
typedef enum {
    KAB_CLIENT_ON_APPROVAL,
    KAB_CLIENT_TO_FULFIL,
    KAB_CLIENT_CLOSED,
    KAB_CLIENT_CANCELLED,
    KAB_CLIENT_OTHER,
} KabClientStatus;

/** KAB_CLIENT_N_STATUSES: how many values #KabClientStatus has. */
#define KAB_CLIENT_N_STATUSES (KAB_CLIENT_OTHER + 1)

/**
 * kab_client_status_may_become:
 * @from: the status now
 * @to: the status the manager wants
 *
 * Returns: whether a manager may set it; a closed or cancelled client order stays as it is, and
 *   nobody sets what is not known
 */
gboolean kab_client_status_may_become(KabClientStatus from, KabClientStatus to);

/**
 * kab_client_status_to_event:
 * @status: the status of the client order
 * @confirmed: whether the partner has confirmed the order as it is now
 *
 * Returns: what this status means to the order at the portal
 */
KabOrderEvent kab_client_status_to_event(KabClientStatus status, gboolean confirmed);

/**
 * kab_client_status_to_nick:
 * @status: a status
 *
 * Returns: its name in storage and on the wire, such as "to-fulfil"
 */
const char *kab_client_status_to_nick(KabClientStatus status);

/**
 * kab_client_status_from_nick:
 * @nick: (nullable): a name in storage or on the wire
 * @out: (out): the status
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether there is such a status
 */
gboolean kab_client_status_from_nick(const char *nick, KabClientStatus *out, GError **error);

/**
 * kab_client_status_to_title:
 * @status: a status
 *
 * Returns: its name for people, translated
 */
const char *kab_client_status_to_title(KabClientStatus status);

/**
 * kab_client_status_from_text:
 * @text: (nullable): a status as real bases write it: the name of a value or what people see of it,
 *   in any case and with any spaces
 *
 * Returns: the status; %KAB_CLIENT_OTHER if it is not known
 */
KabClientStatus kab_client_status_from_text(const char *text);

/**
 * kab_order_state_from_text:
 * @text: (nullable): a state as real bases write it
 *
 * Returns: (nullable): the one of kab_order_state_list() that it is; %NULL if it is not known
 */
const char *kab_order_state_from_text(const char *text);

/**
 * kab_order_state_to_title:
 * @state: (nullable): a state that an order has
 *
 * Returns: (nullable) (transfer none): what people call it, translated; @state itself if it is not
 *   one of kab_order_state_list()
 */
const char *kab_order_state_to_title(const char *state);

/**
 * kab_order_state_list:
 *
 * The states that a base gives beside the status, as 1C names them in Russian, in order.
 *
 * Returns: (array zero-terminated=1) (transfer none): the names
 */
const char *const *kab_order_state_list(void);

G_END_DECLS
