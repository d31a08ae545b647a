/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-document.h"
#include "test-pair.h"

G_BEGIN_DECLS

/* What both tests of documents do: an order, and the papers that go with it. */

#define DOCUMENTS_PDF "%PDF-1.4 a waybill"
#define DOCUMENTS_XML "\357\273\277<?xml version=\"1.0\"?><УПД/>"

/** documents_place: (transfer full): an order of Alfa's buyer; the base has it. */
char *documents_place(TestPair *test);

/** documents_offer: (transfer full): one that the manager offers. */
char *documents_offer(TestPair *test);

/** documents_ship: the manager ships all of a line. */
void documents_ship(TestPair *test, const char *id, guint line);

/** documents_ask: (transfer full): asks the portal; the status has to be @expected. */
JsonNode *documents_ask(TestPair *test, const char *token, const char *kind, const char *order_id,
                        guint expected);

/** documents_list: (transfer full): all of this kind as the portal lists them beside the order. */
GPtrArray *documents_list(TestPair *test, const char *order_id, KabDocumentKind kind);

/** documents_find: (transfer full): the first of them. */
KabDocument *documents_find(TestPair *test, const char *order_id, KabDocumentKind kind);

/** documents_assert_state: that the first is in @state, and that its error tells @why. */
void documents_assert_state(TestPair *test, const char *order_id, KabDocumentKind kind,
                            KabDocumentState state, const char *why);

/** documents_assert_states: their states by part, as letters: N(ot issued), P(reparing), R(eady),
 * F(ailed). */
void documents_assert_states(TestPair *test, const char *order_id, KabDocumentKind kind,
                             const char *expected);

/** documents_download: (transfer full): the file's text, or %NULL if there is none. */
char *documents_download(TestPair *test, const char *token, const char *id);

/** documents_attach: (transfer full): the base attaches a file; see kab_base_documents_attach(). */
KabDocument *documents_attach(TestPair *test, const char *order_id, KabDocumentKind kind, int part,
                              const char *name, const char *text, GError **error);

/** documents_set: sets a setting of the base. */
void documents_set(TestPair *test, const char *name, const char *value);

G_END_DECLS
