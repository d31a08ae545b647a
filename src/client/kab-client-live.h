/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-client-catalogue.h"
#include "kab-news.h"
#include "kab-order.h"

G_BEGIN_DECLS

/**
 * KabLiveState:
 * @KAB_LIVE_CONNECTING: it is not known yet whether there is a connection
 * @KAB_LIVE_LISTENING: the portal tells of changes at once
 * @KAB_LIVE_POLLING: the portal is asked every few seconds: no WebSocket gets through
 * @KAB_LIVE_OFFLINE: there is no connection; it is tried again
 */
typedef enum {
    KAB_LIVE_CONNECTING,
    KAB_LIVE_LISTENING,
    KAB_LIVE_POLLING,
    KAB_LIVE_OFFLINE,
} KabLiveState;

/**
 * KabVisit:
 * @at: when the user was here last; 0: never
 * @orders: (owned) (element-type KabOrder): the heads of some orders that changed since
 * @n_orders: how many changed in all
 * @n_documents: how many documents changed
 * @n_news: how many news came or went
 */
typedef struct {
    KabTime at;
    GPtrArray *orders;
    guint n_orders;
    guint n_documents;
    guint n_news;
} KabVisit;

void kab_visit_free(KabVisit *visit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabVisit, kab_visit_free)

#define KAB_TYPE_CLIENT_LIVE (kab_client_live_get_type())

/**
 * KabClientLive:
 *
 * Hears what changes at the portal while somebody is signed in, and whether there is a connection
 * at all.
 */
G_DECLARE_FINAL_TYPE(KabClientLive, kab_client_live, KAB, CLIENT_LIVE, GObject)

/** kab_client_live_new: (transfer full): for @client, in which somebody is signed in; not begun. */
KabClientLive *kab_client_live_new(KabClient *client);

/** kab_client_live_start: begins, or begins anew after a new sign-in. */
void kab_client_live_start(KabClientLive *self);

/** kab_client_live_stop: ends it; nothing is told any more. */
void kab_client_live_stop(KabClientLive *self);

/** kab_client_live_hurry: if there is no connection, it is tried now. */
void kab_client_live_hurry(KabClientLive *self);

/** kab_client_live_get_visit: (nullable): what had changed when it began. */
const KabVisit *kab_client_live_get_visit(KabClientLive *self);

/** kab_client_live_get_state: how it hears. */
KabLiveState kab_client_live_get_state(KabClientLive *self);

/** kab_client_get_visit_async: what has changed since the user was here last. */
void kab_client_get_visit_async(KabClient *self, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);

/** kab_client_get_visit_finish: (transfer full) (nullable) */
KabVisit *kab_client_get_visit_finish(KabClient *self, GAsyncResult *result, GError **error);

/** kab_client_list_news_async: news of the company, newest first; see #KabPage for @after. */
void kab_client_list_news_async(KabClient *self, const char *after, guint limit,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data);

/** kab_client_list_news_finish: (transfer full): a page of #KabNews */
KabPage *kab_client_list_news_finish(KabClient *self, GAsyncResult *result, GError **error);

G_END_DECLS
