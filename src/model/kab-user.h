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
 * @KAB_RIGHT_USERS: see the users, their sessions and who did what; end sessions
 * @KAB_RIGHT_NEWS: publish news and take them back
 * @KAB_RIGHT_MESSAGES: deliver and fetch messages of the exchange
 */
typedef enum {
    KAB_RIGHT_NONE,
    KAB_RIGHT_BROWSE,
    KAB_RIGHT_ORDER,
    KAB_RIGHT_TASKS,
    KAB_RIGHT_CLIENT_ORDERS,
    KAB_RIGHT_EXCHANGE_ADMIN,
    KAB_RIGHT_USERS,
    KAB_RIGHT_NEWS,
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
 * KabMembership:
 * @partner_id: a partner
 * @partner_name: (nullable): its name
 * @role: what the user may do there
 *
 * A partner that a user may act for, beside the user's own.
 */
typedef struct {
    KabPartnerId partner_id;
    char *partner_name;
    KabRole role;
} KabMembership;

void kab_membership_free(KabMembership *membership);

/**
 * KabUserState:
 * @KAB_USER_STATE_REGISTRATION: no password is set yet
 * @KAB_USER_STATE_ACTIVE: may sign in
 * @KAB_USER_STATE_DEACTIVATED: may not
 */
typedef enum {
    KAB_USER_STATE_REGISTRATION,
    KAB_USER_STATE_ACTIVE,
    KAB_USER_STATE_DEACTIVATED,
} KabUserState;

/** kab_user_state_to_nick: its name in storage and on the wire. */
const char *kab_user_state_to_nick(KabUserState state);

/** kab_user_state_from_nick: %KAB_ERROR_INVALID if @nick, which may be %NULL, is none. */
gboolean kab_user_state_from_nick(const char *nick, KabUserState *out, GError **error);

/** kab_user_state_to_title: its name for people, translated. */
const char *kab_user_state_to_title(KabUserState state);

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
 * @language: (nullable): "ru" or "en", for letters; %NULL is Russian
 * @active: whether the user may sign in
 * @blocked: whether it was deactivated at this service, whatever the other end says
 * @has_password: whether a password is set
 * @invitations: how often the base has asked to send an invitation
 * @resets: how often the base has asked to reset the password
 * @memberships: (nullable) (element-type KabMembership): other partners the user may act for; %NULL
 *   where that is not told
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
    char *language;
    KabRole role;
    gboolean active;
    gboolean blocked;
    gboolean has_password;
    gint64 invitations;
    gint64 resets;
    GPtrArray *memberships;
} KabUser;

void kab_user_free(KabUser *user);

/** kab_user_get_state: how far the user is. Programs, which have keys, need no password. */
KabUserState kab_user_get_state(const KabUser *user);

/** kab_user_check_language: %KAB_ERROR_INVALID unless it is "ru", "en" or %NULL. */
gboolean kab_user_check_language(const char *language, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabMembership, kab_membership_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabUser, kab_user_free)

G_END_DECLS
