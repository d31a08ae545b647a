/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"
#include "kab-publication.h"

G_BEGIN_DECLS

/* Who is published as a user of the portal: at a base, for an administrator. */

/**
 * KabPublicationFilter:
 * @state: (nullable): only "none", "registration", "active" or "deactivated"
 * @text: (nullable): words, all of which are in name, partner, e-mail or login
 * @kind: (nullable): only "contact", "user" or "partner"
 */
typedef struct {
    const char *state;
    const char *text;
    const char *kind;
} KabPublicationFilter;

/** kab_client_list_publication_async: contact persons, own users and partners by name; see #KabPage
 * for
 * @after. */
void kab_client_list_publication_async(KabClient *self, const KabPublicationFilter *filter,
                                       const char *after, guint limit, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_publication_finish: (transfer full) (nullable): a page of #KabPublication */
KabPage *kab_client_list_publication_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_publish_async:
 * @self: a connection to a base
 * @id: a contact person or an own user
 * @login: (nullable): what the user signs in with at the portal; %NULL: as it is, or as the base
 *   chooses
 * @role: (nullable): what the user may do there; %NULL: as it is, or as is usual
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_publication_finish(), which also answers
 *   %KAB_ERROR_INVALID without an e-mail, and %KAB_ERROR_CONFLICT
 * @data: for @callback
 *
 * Makes somebody a user of the portal with the next exchange, or changes one who is.
 */
void kab_client_publish_async(KabClient *self, const char *id, const char *login,
                              const KabRole *role, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_put_contact_async:
 * @self: a connection to a base
 * @id: a contact person, who may be a new one
 * @partner_id: (nullable): the partner of a new one
 * @name: (nullable): the name; %NULL: as it is
 * @email: (nullable): the e-mail, "" for none; %NULL: as it is
 * @phone: (nullable): the telephone, "" for none; %NULL: as it is
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_publication_finish()
 * @data: for @callback
 *
 * Sent twice, it is one person.
 */
void kab_client_put_contact_async(KabClient *self, const char *id, const char *partner_id,
                                  const char *name, const char *email, const char *phone,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data);

/** kab_client_publication_finish: (transfer full) (nullable): the person as it is now */
KabPublication *kab_client_publication_finish(KabClient *self, GAsyncResult *result,
                                              GError **error);

/**
 * kab_client_act_on_publication_async:
 * @self: a connection to a base
 * @action: what to do
 * @ids: (array zero-terminated=1): to whom: to all of them, or to none
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 */
void kab_client_act_on_publication_async(KabClient *self, KabPublicationAction action,
                                         const char *const *ids, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);

/** kab_client_act_on_publication_finish: %KAB_ERROR_STATE for what cannot be done to one of them.
 */
gboolean kab_client_act_on_publication_finish(KabClient *self, GAsyncResult *result,
                                              GError **error);

/**
 * KabShortPartner:
 * @id: the partner
 * @name: (owned): its name
 */
typedef struct {
    KabPartnerId id;
    char *name;
} KabShortPartner;

/** kab_short_partner_free: frees a #KabShortPartner. */
void kab_short_partner_free(gpointer partner);

/** kab_client_list_partners_async: all partners of a base, by name. */
void kab_client_list_partners_async(KabClient *self, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_partners_finish: (transfer full) (nullable): a page of #KabShortPartner */
KabPage *kab_client_list_partners_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * kab_client_add_partner_async:
 * @self: a connection to a base
 * @name: the name of a new partner
 * @inn: (nullable): its INN
 * @kpp: (nullable): its KPP
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 */
void kab_client_add_partner_async(KabClient *self, const char *name, const char *inn,
                                  const char *kpp, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_add_partner_finish: %KAB_ERROR_INVALID, %KAB_ERROR_CONFLICT if one has its INN and
 * KPP. */
gboolean kab_client_add_partner_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
