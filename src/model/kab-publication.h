/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-user.h"

G_BEGIN_DECLS

/**
 * KabPublicationKind:
 * @KAB_PUBLICATION_CONTACT: a contact person
 * @KAB_PUBLICATION_USER: an own user
 * @KAB_PUBLICATION_PARTNER: a partner, which is published by its contact persons
 */
typedef enum {
    KAB_PUBLICATION_CONTACT,
    KAB_PUBLICATION_USER,
    KAB_PUBLICATION_PARTNER,
} KabPublicationKind;

/** kab_publication_kind_to_nick: its name on the wire. */
const char *kab_publication_kind_to_nick(KabPublicationKind kind);

/** kab_publication_kind_from_nick: %KAB_ERROR_INVALID if @nick, which may be %NULL, is none. */
gboolean kab_publication_kind_from_nick(const char *nick, KabPublicationKind *out, GError **error);

/** KAB_PUBLICATION_MAX_PEOPLE: of a partner with more, the people are not told with it. */
#define KAB_PUBLICATION_MAX_PEOPLE 200

/**
 * KabPublication:
 * @kind: who or what it is
 * @id: (owned): the contact person, the own user or the partner
 * @name: (owned): the name
 * @partner_name: (owned) (nullable): the partner, and those that the person acts for too
 * @email: (owned) (nullable): without one, nobody can be published
 * @phone: (owned) (nullable): the telephone
 * @published: whether the rest is told; of a partner, whether anybody of it is published
 * @login: (owned) (nullable): the login at the portal
 * @role: what the user may do there
 * @active: whether the base wants that the user may sign in
 * @state: (owned) (nullable): the state there, as the portal tells; "deactivated" as soon as the
 *   base wants that; %NULL: it has not told yet
 * @pending: whether the portal hears of it with the next exchange
 * @problem: (owned) (nullable): what is in the way, in words
 * @people: (owned) (nullable) (element-type KabPublication): the contact persons of a partner
 *
 * A row of the publication of users: somebody who is a user of the portal, or could be.
 */
typedef struct {
    KabPublicationKind kind;
    char *id;
    char *name;
    char *partner_name;
    char *email;
    char *phone;
    gboolean published;
    char *login;
    KabRole role;
    gboolean active;
    char *state;
    gboolean pending;
    char *problem;
    GPtrArray *people;
} KabPublication;

void kab_publication_free(KabPublication *publication);

/** kab_publication_get_state: how far the user is; of what is not published, it says nothing. */
KabUserState kab_publication_get_state(const KabPublication *publication);

/**
 * KabPublicationAction:
 * @KAB_PUBLICATION_PUBLISH: becomes a user of the portal, with a login and a role as is usual
 * @KAB_PUBLICATION_ACTIVATE: may sign in again
 * @KAB_PUBLICATION_DEACTIVATE: may not
 * @KAB_PUBLICATION_INVITE: is sent another invitation
 * @KAB_PUBLICATION_RESET: loses the password and is sent a code for another one
 * @KAB_PUBLICATION_DELETE: is a user of the portal no more
 */
typedef enum {
    KAB_PUBLICATION_PUBLISH,
    KAB_PUBLICATION_ACTIVATE,
    KAB_PUBLICATION_DEACTIVATE,
    KAB_PUBLICATION_INVITE,
    KAB_PUBLICATION_RESET,
    KAB_PUBLICATION_DELETE,
} KabPublicationAction;

/** kab_publication_action_to_nick: its name on the wire. */
const char *kab_publication_action_to_nick(KabPublicationAction action);

/** kab_publication_action_from_nick: %KAB_ERROR_INVALID if @nick, which may be %NULL, is none. */
gboolean kab_publication_action_from_nick(const char *nick, KabPublicationAction *out,
                                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabPublication, kab_publication_free)

G_END_DECLS
