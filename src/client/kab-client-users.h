/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-catalogue.h"
#include "kab-client.h"
#include "kab-time.h"

G_BEGIN_DECLS

/* The users of a service, as an administrator sees and changes them: both ends have the same. */

/**
 * KabUsersQuery:
 * @text: (nullable): words, all of which are in what is known of the user
 * @role: (nullable): only those with this role, by its nick
 * @active: (nullable): only "true" or "false"
 */
typedef struct {
    const char *text;
    const char *role;
    const char *active;
} KabUsersQuery;

/** kab_client_list_users_async: the users, by login; see #KabPage for @after. */
void kab_client_list_users_async(KabClient *self, const KabUsersQuery *query, const char *after,
                                 guint limit, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_users_finish: (transfer full) (nullable): a page of #KabUser */
KabPage *kab_client_list_users_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_load_user_async: one user; finish with kab_client_user_finish(). */
void kab_client_load_user_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_add_user_async:
 * @self: a connection
 * @user: a new user of the company's own; the service makes its id
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_user_finish(), which also answers
 *   %KAB_ERROR_INVALID and %KAB_ERROR_CONFLICT if somebody else has the login or the e-mail
 * @data: for @callback
 */
void kab_client_add_user_async(KabClient *self, const KabUser *user, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);

/**
 * kab_client_set_user_async:
 * @self: a connection
 * @user: a user as it shall be; the login stays as it is
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_user_finish(), which also answers
 *   %KAB_ERROR_CONFLICT for what somebody else has to do
 * @data: for @callback
 */
void kab_client_set_user_async(KabClient *self, const KabUser *user, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);

/** kab_client_set_user_active_async: lets a user sign in or not, and changes nothing else; finish
 * with kab_client_user_finish(). */
void kab_client_set_user_active_async(KabClient *self, KabUserId id, gboolean active,
                                      GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer data);

/** kab_client_user_finish: (transfer full) (nullable): the user as it is now */
KabUser *kab_client_user_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_delete_user_async: finish with kab_client_user_done_finish(). */
void kab_client_delete_user_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);

/** kab_client_set_user_password_async: all sessions of the user end; finish with
 * kab_client_user_done_finish(), which also answers %KAB_ERROR_INVALID. */
void kab_client_set_user_password_async(KabClient *self, KabUserId id, const char *password,
                                        GCancellable *cancellable, GAsyncReadyCallback callback,
                                        gpointer data);

/** kab_client_send_code_async: at a portal: sends the user a letter with a code; who has a password
 * loses it. Finish with kab_client_user_done_finish(). */
void kab_client_send_code_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_user_sessions_async: finish with kab_client_list_user_sessions_finish(). */
void kab_client_list_user_sessions_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_user_sessions_finish: (transfer full) (nullable): a page of #KabSignedIn */
KabPage *kab_client_list_user_sessions_finish(KabClient *self, GAsyncResult *result,
                                              GError **error);

/**
 * kab_client_end_user_session_async:
 * @self: a connection
 * @id: a user
 * @session_id: (nullable): one of the user's sessions; %NULL: all
 * @cancellable: (nullable): to stop it
 * @callback: what to call then; finish with kab_client_user_done_finish(), which also answers
 *   %KAB_ERROR_NOT_FOUND if it has ended already
 * @data: for @callback
 */
void kab_client_end_user_session_async(KabClient *self, KabUserId id, const char *session_id,
                                       GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer data);

/** kab_client_user_done_finish: whether it is done. */
gboolean kab_client_user_done_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * KabKeyInfo:
 * @client_id: (owned): Client ID
 * @login: (owned): whom it acts for
 * @created_at: when it was made
 * @used_at: when it was used last; 0 for never
 * @revoked_at: when it was revoked; 0 if it was not
 */
typedef struct {
    char *client_id;
    char *login;
    KabTime created_at;
    KabTime used_at;
    KabTime revoked_at;
} KabKeyInfo;

/** kab_client_list_keys_async: all keys of the service, oldest first. */
void kab_client_list_keys_async(KabClient *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_keys_finish: (transfer full) (nullable): a page of #KabKeyInfo */
KabPage *kab_client_list_keys_finish(KabClient *self, GAsyncResult *result, GError **error);

/**
 * KabNewKey:
 * @client_id: (owned): Client ID
 * @client_secret: (owned): Client Secret, which is told this once
 */
typedef struct {
    char *client_id;
    char *client_secret;
} KabNewKey;

/** kab_new_key_free: forgets the secret. */
void kab_new_key_free(KabNewKey *key);

/** kab_client_add_key_async: makes a key for a user who may use HTTP services. */
void kab_client_add_key_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);

/** kab_client_add_key_finish: (transfer full) (nullable): the key; %KAB_ERROR_DENIED */
KabNewKey *kab_client_add_key_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_revoke_key_async: finish with kab_client_user_done_finish(). */
void kab_client_revoke_key_async(KabClient *self, const char *client_id, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/**
 * KabAuditItem:
 * @id: its number
 * @at: when
 * @who: (owned) (nullable): login of who did it
 * @address: (owned) (nullable): where from
 * @action: (owned): what was done: "sign-in", "user" and so on
 * @object: (owned) (nullable): to what
 * @detail: (owned) (nullable): in words
 */
typedef struct {
    gint64 id;
    KabTime at;
    char *who;
    char *address;
    char *action;
    char *object;
    char *detail;
} KabAuditItem;

void kab_audit_item_free(KabAuditItem *item);

/**
 * kab_client_list_audit_async:
 * @self: a connection
 * @who: (nullable): only what this login did
 * @action: (nullable): only this
 * @after: (nullable): see #KabPage
 * @limit: how many at most
 * @cancellable: (nullable): to stop it
 * @callback: what to call then
 * @data: for @callback
 *
 * Who did what, newest first.
 */
void kab_client_list_audit_async(KabClient *self, const char *who, const char *action,
                                 const char *after, guint limit, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);

/** kab_client_list_audit_finish: (transfer full) (nullable): a page of #KabAuditItem */
KabPage *kab_client_list_audit_finish(KabClient *self, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabNewKey, kab_new_key_free)

G_END_DECLS
