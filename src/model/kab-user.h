/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabRole:
 * @KAB_ROLE_ADMINISTRATOR: sets up and watches the exchange
 * @KAB_ROLE_MANAGER: works on client orders
 * @KAB_ROLE_HEAD: the partner's head
 * @KAB_ROLE_BUYER: orders for the partner
 * @KAB_ROLE_VIEWER: looks at the partner's catalogue and orders
 * @KAB_ROLE_EXCHANGE: the other end
 */
typedef enum {
    KAB_ROLE_ADMINISTRATOR,
    KAB_ROLE_MANAGER,
    KAB_ROLE_HEAD,
    KAB_ROLE_BUYER,
    KAB_ROLE_VIEWER,
    KAB_ROLE_EXCHANGE,
} KabRole;

/** KAB_N_ROLES: how many values #KabRole has. */
#define KAB_N_ROLES (KAB_ROLE_EXCHANGE + 1)

/**
 * KabRight:
 * @KAB_RIGHT_NONE: nothing but being signed in
 * @KAB_RIGHT_BROWSE: see the catalogue, the basket and the orders of the own partner
 * @KAB_RIGHT_ORDER: change the basket, place, confirm and refuse orders of the own partner
 * @KAB_RIGHT_TASKS: see the tasks of the own role and decide them
 * @KAB_RIGHT_CLIENT_ORDERS: see and change client orders at the base
 * @KAB_RIGHT_EXCHANGE_ADMIN: see and run queues, journals and settings of the exchange
 * @KAB_RIGHT_MESSAGES: deliver and fetch messages of the exchange
 */
typedef enum {
    KAB_RIGHT_NONE,
    KAB_RIGHT_BROWSE,
    KAB_RIGHT_ORDER,
    KAB_RIGHT_TASKS,
    KAB_RIGHT_CLIENT_ORDERS,
    KAB_RIGHT_EXCHANGE_ADMIN,
    KAB_RIGHT_MESSAGES,
} KabRight;

/**
 * kab_role_may:
 * @role: a role
 * @right: what somebody wants to do
 *
 * Returns: whether the role allows it
 */
gboolean kab_role_may(KabRole role, KabRight right);

/** kab_role_is_partners: whether a partner's people have it, and not the company's own. */
gboolean kab_role_is_partners(KabRole role);

/**
 * kab_role_to_nick:
 * @role: a role
 *
 * Returns: its name in storage, on the wire and on the command line
 */
const char *kab_role_to_nick(KabRole role);

/**
 * kab_role_from_nick:
 * @nick: (nullable): a name
 * @out: (out): the role
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether there is such a role
 */
gboolean kab_role_from_nick(const char *nick, KabRole *out, GError **error);

/**
 * kab_role_to_title:
 * @role: a role
 *
 * Returns: its name for people, translated
 */
const char *kab_role_to_title(KabRole role);

/**
 * KabUser:
 * @id: the user
 * @partner_id: the partner the user belongs to; not set for the company's own users
 * @partner_name: (nullable): its name
 * @login: what the user signs in with; unique without regard to case
 * @name: the user's name
 * @email: (nullable): the user's e-mail
 * @phone: (nullable): the user's telephone
 * @role: what the user may do
 * @active: whether the user may sign in
 *
 * Somebody who may sign in at a service.
 */
typedef struct {
    KabUserId id;
    KabPartnerId partner_id;
    char *partner_name;
    char *login;
    char *name;
    char *email;
    char *phone;
    KabRole role;
    gboolean active;
} KabUser;

void kab_user_free(KabUser *user);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabUser, kab_user_free)

G_END_DECLS
