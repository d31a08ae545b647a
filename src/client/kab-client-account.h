/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-time.h"

G_BEGIN_DECLS

/**
 * KabSignedIn:
 * @id: (owned): what the session is named by; not its token
 * @created_at: when it began
 * @used_at: when it was used last, to a minute
 * @address: (owned) (nullable): where from
 * @client: (owned) (nullable): with what
 * @current: whether it is the session that asks
 *
 * A session of the person, at this computer or another one.
 */
typedef struct {
    char *id;
    KabTime created_at;
    KabTime used_at;
    char *address;
    char *client;
    gboolean current;
} KabSignedIn;

/** kab_signed_in_free: frees a #KabSignedIn. */
void kab_signed_in_free(gpointer session);

/**
 * KabAccount:
 * @user: (owned): who is signed in, as the service knows the person now
 * @partners: (owned) (element-type KabMembership): the partners that the person may act for
 * @sessions: (owned) (element-type KabSignedIn): the sessions, used last first
 */
typedef struct {
    KabUser *user;
    GPtrArray *partners;
    GPtrArray *sessions;
} KabAccount;

void kab_account_free(KabAccount *account);

/** kab_client_get_account_async: asks for all that a person may see and change of the own account.
 */
void kab_client_get_account_async(KabClient *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_account_finish: (transfer full) (nullable): the account */
KabAccount *kab_client_get_account_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_end_session_async: ends one of the person's sessions, named by @id. */
void kab_client_end_session_async(KabClient *self, const char *id, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_end_session_finish: %KAB_ERROR_NOT_FOUND if it has ended already. */
gboolean kab_client_end_session_finish(KabClient *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabAccount, kab_account_free)

G_END_DECLS
