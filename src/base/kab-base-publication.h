/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-audit.h"
#include "kab-end.h"
#include "kab-publication.h"

G_BEGIN_DECLS

/* Who is published at the portal: contact persons of partners, and own users of the base. What is
 * done here is queued, sent and journalled like any object, and written into the audit log. */

/**
 * kab_base_contacts_add:
 * @db: a connection outside a transaction
 * @partner_id: a partner
 * @name: the contact person's name
 * @email: (nullable): e-mail
 * @phone: (nullable): telephone
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the contact person's id
 */
char *kab_base_contacts_add(KabDb *db, KabPartnerId partner_id, const char *name, const char *email,
                            const char *phone, GError **error);

/**
 * kab_base_contacts_set:
 * @end: the base
 * @db: a connection
 * @actor: who does it
 * @contact: a contact person's id or e-mail
 * @name: (nullable): the new name; %NULL: as it is
 * @email: (nullable): the new e-mail, "" for none; %NULL: as it is
 * @phone: (nullable): the new telephone, "" for none; %NULL: as it is
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID
 *
 * The portal hears of it if the person is published. What 1C exports next says otherwise again.
 *
 * Returns: whether it is stored
 */
gboolean kab_base_contacts_set(KabEnd *end, KabDb *db, const KabActor *actor, const char *contact,
                               const char *name, const char *email, const char *phone,
                               GError **error);

/**
 * KabPublicationQuery:
 * @state: (nullable): only "none", "registration", "active" or "deactivated"
 * @text: (nullable): words, all of which are in name, partner, e-mail or login
 * @kind: (nullable): only "contact", "user" or "partner"
 *
 * Which rows are listed.
 */
typedef struct {
    const char *state;
    const char *text;
    const char *kind;
} KabPublicationQuery;

/**
 * kab_base_publication_list:
 * @db: a connection
 * @query: which rows
 * @after: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (transfer full) (nullable): where the next page begins; %NULL: this was the last
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable) (element-type KabPublication): contact persons, own users and
 *   partners, published or not, by name
 */
GPtrArray *kab_base_publication_list(KabDb *db, const KabPublicationQuery *query, const char *after,
                                     guint limit, char **next, GError **error);

/** kab_base_publication_load: (transfer full) (nullable): the row of a contact person or an own
 * user; %KAB_ERROR_NOT_FOUND. */
KabPublication *kab_base_publication_load(KabDb *db, const char *id, GError **error);

/**
 * KabPublicationRequest:
 * @who: a contact person's id or e-mail, or the id or the login of an own user of the base
 * @login: (nullable): what the user signs in with at the portal; %NULL for an own user: the same
 * @role: what the user may do there
 * @language: (nullable): "ru" or "en", for letters
 * @usual_role: whether @role does not count, but what the user may do already, or what the person's
 *   role at the base is given (see kab_base_roles_find()), or what is usual
 */
typedef struct {
    const char *who;
    const char *login;
    KabRole role;
    const char *language;
    gboolean usual_role;
} KabPublicationRequest;

/**
 * kab_base_publication_check_role:
 * @own: whether it is for an own user of the base
 * @role: a role at the portal
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether such a person can have the role
 */
gboolean kab_base_publication_check_role(gboolean own, KabRole role, GError **error);

/**
 * kab_base_publication_publish:
 * @end: the base
 * @db: a connection
 * @actor: who does it
 * @request: who shall be published, and how
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID, %KAB_ERROR_CONFLICT if
 * somebody else is published with the login or the e-mail
 *
 * Makes somebody a user of the portal with the next exchange, and changes one who is. The portal
 * sends an invitation to whoever is new there.
 *
 * Returns: whether it is stored and queued
 */
gboolean kab_base_publication_publish(KabEnd *end, KabDb *db, const KabActor *actor,
                                      const KabPublicationRequest *request, GError **error);

/**
 * kab_base_publication_act:
 * @end: the base
 * @db: a connection
 * @actor: who does it
 * @login: the login at the portal
 * @action: what to do
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_STATE
 *
 * Returns: whether it is stored and queued
 */
gboolean kab_base_publication_act(KabEnd *end, KabDb *db, const KabActor *actor, const char *login,
                                  KabPublicationAction action, GError **error);

/** kab_base_publication_act_on: kab_base_publication_act() on the contact person or own user @id,
 * or kab_base_publication_publish() with what is usual, unless that person is published. */
gboolean kab_base_publication_act_on(KabEnd *end, KabDb *db, const KabActor *actor, const char *id,
                                     KabPublicationAction action, GError **error);

/**
 * kab_base_publication_suggest_login:
 * @db: a connection
 * @id: a contact person
 * @error: return location
 *
 * What the person could sign in with: what stands before the @ of the e-mail, and a number behind
 * it if somebody else is published with that.
 *
 * Returns: (transfer full) (nullable): a login; %NULL without @error set if there is no e-mail
 */
char *kab_base_publication_suggest_login(KabDb *db, const char *id, GError **error);

/**
 * kab_base_publication_set_partner:
 * @end: the base
 * @db: a connection
 * @actor: who does it
 * @login: the login at the portal of a contact person
 * @partner_id: a partner, not the contact person's own
 * @role: (nullable): what the user may do for it; %NULL: not for that partner any more
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID
 *
 * Lets one person act for several partners.
 *
 * Returns: whether it is stored and queued
 */
gboolean kab_base_publication_set_partner(KabEnd *end, KabDb *db, const KabActor *actor,
                                          const char *login, KabPartnerId partner_id,
                                          const KabRole *role, GError **error);

/**
 * kab_base_contacts_put:
 * @end: the base
 * @db: a connection
 * @actor: who does it
 * @id: the contact person, who may be a new one
 * @partner_id: (nullable): the partner of a new one
 * @name: (nullable): the name; %NULL: as it is
 * @email: (nullable): e-mail, "" for none; %NULL: as it is
 * @phone: (nullable): telephone, "" for none; %NULL: as it is
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_NOT_FOUND for a partner that is not
 *   there, and for a person who is not there if no partner is given
 *
 * Sent twice, it is one person.
 *
 * Returns: whether it is stored
 */
gboolean kab_base_contacts_put(KabEnd *end, KabDb *db, const KabActor *actor, const char *id,
                               const char *partner_id, const char *name, const char *email,
                               const char *phone, GError **error);

/* For the exchange. */

gboolean kab_base_build_user(gpointer service, KabDb *db, const char *id, JsonObject **body,
                             GError **error);
/** kab_base_user_changed: a #KabUserChangedFunc: an own user who is published is sent again. */
gboolean kab_base_user_changed(KabDb *db, KabUserId id, KabUserChange change, GError **error);
gboolean kab_base_apply_user_state(gpointer service, KabDb *db, const KabMessage *message,
                                   GError **error);

G_END_DECLS
