/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-http-client.h"
#include "kab-order.h"
#include "kab-pair.h"
#include "kab-task.h"
#include "kab-user.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * TestPair:
 * @folder: a temporary folder
 * @pair: a portal and a base that know each other and have some goods
 * @portal: a connection to the portal's database
 * @base: a connection to the base's database
 * @a: (owned): the session of "alfa-head", of the partner Alfa with wholesale prices
 * @a2: (owned): the session of "alfa-buyer", of the same partner
 * @viewer: (owned): the session of "alfa-viewer", of the same partner
 * @b: (owned): the session of "beta-head", of the partner Beta with retail prices
 * @admin: (owned): the session of an administrator of the portal
 * @manager: (owned): the session of a manager of the base
 * @base_admin: (owned): the session of an administrator of the base
 *
 * The whole of the services, in this process.
 */
typedef struct {
    char *folder;
    KabPair *pair;
    KabDb *portal;
    KabDb *base;
    char *a;
    char *a2;
    char *viewer;
    char *b;
    char *admin;
    char *manager;
    char *base_admin;
} TestPair;

/* Products; the prices are wholesale and retail. Those that begin with NO_ are special. */
#define TEST_HAMMER "10000000-0000-4000-8000-000000000001"   /* 100.50 and 150 */
#define TEST_AXE "10000000-0000-4000-8000-000000000002"      /* 333.33 and 400 */
#define TEST_CABLE "10000000-0000-4000-8000-000000000003"    /* 12.34 and 20 */
#define TEST_LAMP "10000000-0000-4000-8000-000000000004"     /* 50 and 70 */
#define TEST_NO_PRICE "10000000-0000-4000-8000-000000000005" /* retail only */
#define TEST_NOWHERE "10000000-0000-4000-8000-00000000ffff"  /* is not there */

/* Groups: hammers and axes lie within tools; cable and lamp in electrics. */
#define TEST_TOOLS "20000000-0000-4000-8000-000000000001"
#define TEST_HAMMERS "20000000-0000-4000-8000-000000000002"
#define TEST_ELECTRICS "20000000-0000-4000-8000-000000000003"

/** test_pair_set_up: for g_test_add(). */
void test_pair_set_up(TestPair *test, gconstpointer data);

/** test_pair_tear_down: for g_test_add(). */
void test_pair_tear_down(TestPair *test, gconstpointer data);

/** test_pair_restart: stops the services and starts them again. */
void test_pair_restart(TestPair *test);

/** test_pair_import: imports CommerceML at the base: what stands within КоммерческаяИнформация. */
void test_pair_import(TestPair *test, const char *body);

/** test_pair_session: (transfer full): a session of the user @login. */
char *test_pair_session(KabDb *db, const char *login);

/** test_pair_add_contact: (transfer full): publishes a new contact person; its id. */
char *test_pair_add_contact(TestPair *test, KabPartnerId partner, const char *login, KabRole role);

/** test_pair_add_user: adds a user of the company's own. */
void test_pair_add_user(KabDb *db, const char *login, KabRole role);

/**
 * test_pair_ask:
 * @address: the service's address
 * @token: (nullable): a session
 * @method: the method
 * @path: the path
 * @body: (nullable): JSON, with ' for "
 * @key: (nullable): Idempotency-Key
 * @answer: (out) (optional) (transfer full): the answer as JSON, or a text if it is none
 *
 * Returns: the HTTP status
 */
guint test_pair_ask(const char *address, const char *token, const char *method, const char *path,
                    const char *body, const char *key, JsonNode **answer);

/** test_pair_ask_as: test_pair_ask() with the header Authorization as it is. */
guint test_pair_ask_as(const char *address, const char *authorization, const char *method,
                       const char *path, const char *body, const char *key, JsonNode **answer);

/** test_pair_portal: test_pair_ask() the portal; the status has to be @expected. */
JsonNode *test_pair_portal(TestPair *test, const char *token, const char *method, const char *path,
                           const char *body, guint expected);

/** test_pair_base: test_pair_ask() the base; the status has to be @expected. */
JsonNode *test_pair_base(TestPair *test, const char *token, const char *method, const char *path,
                         const char *body, guint expected);

/** test_pair_fill: puts a hammer and two axes into the basket. */
void test_pair_fill(TestPair *test, const char *token);

/** test_pair_place: (transfer full): fills the basket, places the order; its id. */
char *test_pair_place(TestPair *test, const char *token);

/** test_pair_exchange: runs the exchange at both ends until both queues are empty. */
void test_pair_exchange(TestPair *test);

/** test_pair_run: runs the exchange at one end, which has to succeed. */
void test_pair_run(KabEnd *end);

/** test_pair_run_by_hand: (transfer full): asks the portal to run, and waits until it has. */
JsonNode *test_pair_run_by_hand(TestPair *test, const char *token);

/** test_pair_assert_queues_empty: that nothing waits, works or has failed at either end. */
void test_pair_assert_queues_empty(TestPair *test);

/** test_pair_assert_status: that the portal shows the order of @token's partner in @status. */
void test_pair_assert_status(TestPair *test, const char *token, const char *id, const char *status);

/** test_pair_client_order: (transfer full): the client order at the base. */
KabOrder *test_pair_client_order(TestPair *test, const char *id);

/** test_pair_set_status: the manager sets the status of a client order at the base. */
void test_pair_set_status(TestPair *test, const char *id, KabClientStatus status);

/** test_pair_set_quantity: the manager changes the quantity of a line, in units. */
void test_pair_set_quantity(TestPair *test, const char *id, guint line, gint64 units);

/** test_pair_set_ship_date: the manager says when a client order will be shipped. */
void test_pair_set_ship_date(TestPair *test, const char *id, const char *date);

/** test_pair_add_approval: adds a step to the base's approval process. */
void test_pair_add_approval(TestPair *test, KabApprovalCondition condition, gint64 threshold,
                            KabRole role);

/** test_pair_decide: the partner decides on a revision; the status has to be @expected. */
void test_pair_decide(TestPair *test, const char *token, const char *id, const char *decision,
                      gint64 revision, guint expected);

/** test_pair_client: (transfer full): a client of the portal, through the proxy if there is one. */
KabHttpClient *test_pair_client(TestPair *test);

/** test_pair_count: the integer that @sql, a constant, gives. */
gint64 test_pair_count(KabDb *db, const char *sql);

#define PAIR_TEST(path, function) \
    g_test_add(path, TestPair, NULL, test_pair_set_up, function, test_pair_tear_down)

G_END_DECLS
