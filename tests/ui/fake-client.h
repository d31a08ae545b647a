/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-basket.h"
#include "kab-client-catalogue.h"
#include "kab-client-comments.h"
#include "kab-client-documents.h"
#include "kab-client-exchange.h"
#include "kab-client-journal.h"
#include "kab-client-live.h"
#include "kab-client-orders.h"
#include "kab-client-pictures.h"
#include "kab-client-queue.h"
#include "kab-client-tasks.h"
#include "kab-client.h"
#include "kab-error.h"
#include "kab-publication.h"
#include "kab-secrets.h"

G_BEGIN_DECLS

/* A KabClient without a service: it keeps a small world in memory and answers as it is told to. */

typedef enum {
    FAKE_SIGN_IN,
    FAKE_ACCOUNT,
    FAKE_SET_ACCOUNT,
    FAKE_NEWS,
    FAKE_GROUPS,
    FAKE_PRODUCTS,
    FAKE_GOODS,
    FAKE_PRODUCT,
    FAKE_PICTURE,
    FAKE_BASKET,
    FAKE_SET_BASKET,
    FAKE_SUBMIT,
    FAKE_ACCEPT_PRICES,
    FAKE_REPLACE_BASKET,
    FAKE_REPEAT,
    FAKE_TOTALS,
    FAKE_HISTORY,
    FAKE_ORDERS,
    FAKE_ORDER,
    FAKE_PLACE,
    FAKE_DECIDE,
    FAKE_DELETE,
    FAKE_EDIT,
    FAKE_MAKE_DRAFT,
    FAKE_LIMITS,
    FAKE_WAREHOUSES,
    FAKE_DOCUMENTS,
    FAKE_ASK_DOCUMENT,
    FAKE_DOCUMENT_FILE,
    FAKE_COMMENTS,
    FAKE_ADD_COMMENT,
    FAKE_TASKS,
    FAKE_TASK,
    FAKE_DECIDE_TASK,
    FAKE_EXCHANGE,
    FAKE_QUEUE,
    FAKE_RUN,
    FAKE_GET_RUN,
    FAKE_STOP_RUN,
    FAKE_PAUSE,
    FAKE_COUNT_QUEUE,
    FAKE_RETRY,
    FAKE_DISCARD,
    FAKE_CLIENT_ORDERS,
    FAKE_CLIENT_ORDER,
    FAKE_SET_CLIENT_ORDER,
    FAKE_SETTINGS,
    FAKE_SET_SETTINGS,
    FAKE_CHECK,
    FAKE_CHECK_ADDRESS,
    FAKE_CHECK_MAIL,
    FAKE_ATTRIBUTES,
    FAKE_SEGMENTS,
    FAKE_FORM,
    FAKE_WORDS,
    FAKE_SET_WORD,
    FAKE_ROLES,
    FAKE_SET_ROLES,
    FAKE_FILL_ROLES,
    FAKE_KINDS,
    FAKE_EXCHANGE_USER,
    FAKE_SET_KIND,
    FAKE_MINUTES,
    FAKE_JOURNAL,
    FAKE_JOURNAL_ITEM,
    FAKE_RESEND,
    FAKE_CAUSES,
    FAKE_FIND_QUEUE,
    FAKE_PAYLOAD,
    FAKE_PUT_QUEUE,
    FAKE_FIND_OBJECT,
    FAKE_USERS,
    FAKE_USER,
    FAKE_SET_USER,
    FAKE_USER_SESSIONS,
    FAKE_KEYS,
    FAKE_AUDIT,
    FAKE_PUBLICATION,
    FAKE_SET_PUBLICATION,
    FAKE_PARTNERS,
    FAKE_SET_NEWS,
    FAKE_N_CALLS,
} FakeCall;

typedef enum {
    FAKE_SECRETS_WORK,
    FAKE_SECRETS_NONE,
    FAKE_SECRETS_HANG,
} FakeSecrets;

/* An empty world in which everything works. Passwords are "right". Logins: "admin" is an
 * administrator, "viewer" may only look, "manager" is known to the base alone, "olga" is the
 * partner's head, anybody else buys. */
#define FAKE_PARTNER "00000008-0000-4000-8000-000000000001"
#define FAKE_OTHER_PARTNER "00000008-0000-4000-8000-000000000002"

void fake_reset(void);

/* Groups, @n_products products and @n_orders orders in all statuses; @long_texts: as long as they
 * come, in Russian. */
void fake_fill(guint n_products, guint n_orders, gboolean long_texts);

/* From now on the catalogue has @n products, made up of those of fake_fill() as they are asked for;
 * neither groups nor the text of a search count. */
void fake_repeat_products(guint n);

/* A product of the world, to be changed. */
KabProduct *fake_get_product(guint i);

/* Makes of a product one whose card has everything: two pictures, properties, a description, prices
 * by quantity (any, from 100, from 1000), stock in two warehouses, and a step. */
void fake_complete_product(guint i, gint64 step);

/* Queue entries in all states. */
void fake_fill_queue(guint n);

/* Queue entries that all failed, for the same cause. */
void fake_fill_queue_failed(guint n);

/* An entry of the queue, to be changed. */
KabQueueEntry *fake_get_queue_entry(guint i);

/* All calls of this kind fail from now on; @code -1: no longer. */
void fake_fail(FakeCall call, int code, const char *message);

/* Answers of this kind wait for fake_release(). A cancelled one answers at once, as a real one. */
void fake_hold(FakeCall call);
guint fake_count_held(FakeCall call);
void fake_release(FakeCall call, guint i);
void fake_release_all(FakeCall call);

/* How often it was called. */
guint fake_count_calls(FakeCall call);

/* Whether the service’s certificate is not trusted; why what is answered is old, NULL: it is not.
 */
void fake_set_untrusted(gboolean untrusted);
void fake_set_trouble(const char *trouble);

/* The world, to be looked at and changed. */
KabOrder *fake_get_order(guint i);
KabOrder *fake_get_basket(void);
const char *fake_get_last_key(void);
const char *fake_get_last_text(void);
const char *fake_get_last_reason(void);
const KabOrder *fake_get_last_details(void);
void fake_put_into_basket(guint product, gint64 milli);
/* A line of the basket had another price when it was put in. */
void fake_set_seen(guint line, gint64 minor);

/* What the next repeated order cannot put into the basket. */
void fake_skip(const char *name, KabSkipReason reason);

/* Something that happened to every order; newest last. */
void fake_add_history(gboolean by_base, const char *who, const char *what, const char *number,
                      gint64 lines);

/* The lines that the newest of it changed: a line of an order as it was and as it is. */
void fake_add_history_change(const KabOrderLine *before, const KabOrderLine *after);

/* What the orders were asked for last. */
const KabOrderQuery *fake_get_last_query(void);
void fake_add_order(KabOrderStatus status, const char *number);
KabExchangeState *fake_get_exchange(void);
KabLimits *fake_get_limits(void);

/* Something that an administrator has to look after. */
void fake_add_alarm(const char *text);

KabTask *fake_get_task(guint i);
KabDocument *fake_get_act(guint i);

/* Open tasks about the first orders, with the three variants that a base has at first. */
void fake_fill_tasks(guint n);

/* An act of reconciliation of a month, newest first. */
void fake_add_act(int month, KabDocumentState state);

/* What has become of a document about an order; those that were not told of are not issued. */
void fake_set_document(guint order, KabDocumentKind kind, KabDocumentState state);

/* What somebody wrote beside an order. */
void fake_add_comment(guint order, gboolean by_base, const char *author, const char *text);

/* A run that is under way. It ends as soon as somebody asks how far it is, unless it is kept until
 * fake_end_run() or until it is stopped. */
void fake_begin_run(const char *cause, gint64 done, gint64 total);
void fake_keep_running(void);
void fake_end_run(void);

void fake_set_secrets(FakeSecrets secrets);
const char *fake_get_secret(const char *address);

/* A client that is signed in already. */
KabClient *fake_client_new_signed_in(const char *address, const char *login);

/* What the portal tells without being asked; the connection of whoever signed in last. */
void fake_live_changed(const char *kind, const char *id);
void fake_live_state(KabLiveState state, const char *why);
void fake_live_end_session(void);
gboolean fake_live_is_started(void);

/* What had changed at the sign-in: the first orders. */
void fake_set_visit(KabTime at, guint n_orders);
void fake_add_news(const char *title, const char *text);
guint fake_count_news(void);

/* From now on everybody of the partner may act for "Wheels and Deals", FAKE_OTHER_PARTNER, too, as
 * a viewer. */
void fake_add_partner(void);

/* Somebody is signed in at another computer too. */
void fake_add_session(const char *id, const char *client);

/* What "Check integration" finds from now on; NULL: nothing. */
void fake_set_problem(const char *problem);

/* The setting that is to blame for it: a constant. */
void fake_blame(const char *setting);

/* A setting of both ends as it is now; NULL of a secret. */
const char *fake_get_setting(const char *name);

/* The secret that was set last; NULL: none. */
const char *fake_get_set_secret(void);

/* Whether the kind partner (0), product (1) or picture (2) takes no part. */
gboolean fake_is_kind_off(guint i);

/* A word of the kind that is not known by itself, and what it means; NULL: it is not known. */
void fake_set_word(const char *kind, const char *text, const char *meaning);
const char *fake_get_meaning(void);

/* Roles of own users and of contact persons, one of which, "Склад", has a role at the portal; the
 * nick of the role at the portal that @i has, NULL: none. */
void fake_fill_roles(void);
const char *fake_get_role(guint i);

/* A minute of the exchange of both ends. */
void fake_add_minute(KabTime at, gint64 messages, gint64 age_s);

/* A request in the journals of both ends, older than those before it. */
void fake_add_journal(gboolean incoming, const char *what, const char *error);

/* The same, newer than all of them. */
void fake_add_new_journal(gboolean incoming, const char *what, const char *error);

/* An entry of the journal, to be changed; the newest is the first. */
KabJournalItem *fake_get_journal(guint i);

/* What the journal was asked to list last. */
const KabJournalQuery *fake_get_journal_query(void);

/* Which object an order's number means; any other text is unknown, but for an id and for what
 * fake_set_called() says. */
void fake_set_number(const char *number, const char *id);

/* What an object of a kind is called. */
void fake_set_called(const char *kind, const char *called, const char *id);

/* The payload of every object; NULL: no body, the object is no more. */
void fake_set_payload(const char *body);

/* What was queued by hand last: kind and object; NULL for nothing. */
const char *fake_get_put(void);

/* What the queue's entries were to be of that were last retried or discarded: kind, object, state
 * and error, "-" for any. */
const char *fake_get_change(void);

/* What was resent last: the entry's id, the reason and the message. */
const char *fake_get_resent(void);

/* What is told of settings that are set from now on. */
void fake_set_notice(const char *notice);

/* Both ends have the same settings. */
void fake_set_setting(const char *name, const char *value);

/* What comes of what is resent from now on. */
void fake_set_resent(const char *outcome, const char *detail);

/* Users of both ends: an administrator, a buyer, a program with two keys, two managers, one of them
 * deactivated; two sessions of each, and what they did. */
void fake_fill_users(void);
gboolean fake_is_revoked(const char *client_id);
KabUser *fake_add_user(const char *login, const char *name, KabRole role);
KabUser *fake_get_user(guint i);
guint fake_count_users(void);
void fake_add_audit(const char *who, const char *action, const char *object, const char *detail);

/* Six people who are published or could be, two partners; what was done to the publication last. */
void fake_fill_publication(void);
KabPublication *fake_get_publication(guint i);
guint fake_count_publication(void);
const char *fake_get_last_action(void);

/* In which language letters go to everybody. */
const char *fake_get_language(void);

G_END_DECLS
