/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-http-message.h"
#include "kab-wire-message.h"

G_BEGIN_DECLS

/**
 * TestPeer:
 *
 * The other end of an exchange, which answers as it is told. It knows "ping", tokens and messages,
 * below "" and below "/trade/hs/ExchangePortal".
 */
typedef struct _TestPeer TestPeer;

/**
 * TestPeerFunc:
 * @peer: the other end
 * @messages: (element-type KabMessage): what came
 * @bytes: how many bytes it had
 * @response: (out): what to answer; left alone, all messages are answered as applied
 * @data: as given to test_peer_set_func()
 *
 * Called on one of the peer's threads, one call at a time.
 */
typedef void (*TestPeerFunc)(TestPeer *peer, GPtrArray *messages, gsize bytes,
                             KabHttpResponse *response, gpointer data);

/** test_peer_start: (transfer full): listens on a Unix socket in @folder. */
TestPeer *test_peer_start(const char *folder);

/** test_peer_stop: (transfer full): ends it; may be called once it is not needed any more. */
void test_peer_stop(TestPeer *peer);

/** test_peer_get_address: "unix:PATH". */
const char *test_peer_get_address(TestPeer *peer);

/** test_peer_set_func: what answers messages from now on. */
void test_peer_set_func(TestPeer *peer, TestPeerFunc func, gpointer data);

/** test_peer_answer: answers all messages from now on with this. */
void test_peer_answer(TestPeer *peer, guint status, const char *content_type, const char *body);

/** test_peer_end_tokens: makes all tokens that were given invalid. */
void test_peer_end_tokens(TestPeer *peer);

/** test_peer_set_accepts: whether it accepts the name and the secret it is shown. */
void test_peer_set_accepts(TestPeer *peer, gboolean accepts);

/** test_peer_get_token: (transfer full): the token it gave last. */
char *test_peer_get_token(TestPeer *peer);

/** test_peer_count_tokens: how many tokens it has given. */
guint test_peer_count_tokens(TestPeer *peer);

/** test_peer_count_requests: how many requests with messages it has answered. */
guint test_peer_count_requests(TestPeer *peer);

/** test_peer_dup_received: (transfer full): "kind id" of all messages that came, one a line. */
char *test_peer_dup_received(TestPeer *peer);

/** test_peer_set_outcome: (transfer none): a response with @outcome for every message. */
void test_peer_set_outcome(KabHttpResponse *response, GPtrArray *messages, KabOutcome outcome,
                           const char *detail);

G_END_DECLS
