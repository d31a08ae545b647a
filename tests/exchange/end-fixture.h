/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-queue-entry.h"
#include "test-peer.h"

G_BEGIN_DECLS

/**
 * EndFixture:
 * @folder: a temporary folder with its data
 * @end: an end that sends groups, products and orders, and takes client orders; all of them are
 *   things with a text
 * @db: a connection of it
 * @peer: the other end
 *
 * What a test of the exchange needs.
 */
typedef struct {
    char *folder;
    KabEnd *end;
    KabDb *db;
    TestPeer *peer;
} EndFixture;

#define END_FIXTURE_PASSWORD "the-password-for-the-other-end"

/** end_fixture_set_up: an end that signs in with login and password. */
void end_fixture_set_up(EndFixture *fixture, gconstpointer data);

/** end_fixture_set_up_tokens: an end that signs in with tokens. */
void end_fixture_set_up_tokens(EndFixture *fixture, gconstpointer data);

void end_fixture_tear_down(EndFixture *fixture, gconstpointer data);

/** end_fixture_open: (transfer full): an end on the data in @folder. */
KabEnd *end_fixture_open(const char *folder, KabSide side);

/** end_fixture_id: the id of thing number @i; in static memory. */
const char *end_fixture_id(guint i);

/** end_fixture_put: changes thing number @i and queues it. */
void end_fixture_put(EndFixture *fixture, const char *kind, guint i, const char *text);

/** end_fixture_set: changes a setting, which has to succeed. */
void end_fixture_set(EndFixture *fixture, const char *name, const char *value);

/** end_fixture_run: (transfer full): runs the exchange, which has to succeed. */
KabRunResult *end_fixture_run(EndFixture *fixture);

/** end_fixture_list: (transfer full): the queue's entries. */
GPtrArray *end_fixture_list(EndFixture *fixture);

/** end_fixture_list_story: (transfer full): what the journal tells of thing number @i. */
JsonArray *end_fixture_list_story(EndFixture *fixture, guint i);

/** end_fixture_dup_entry: (transfer full) (nullable): the queue's entry of thing number @i. */
KabQueueEntry *end_fixture_dup_entry(EndFixture *fixture, guint i);

/** end_fixture_int: the integer that @sql, a constant, gives. */
gint64 end_fixture_int(EndFixture *fixture, const char *sql);

/** end_fixture_dup_queue: (transfer full): "kind number state attempts" of all, one a line. */
char *end_fixture_dup_queue(EndFixture *fixture);

/** end_fixture_forget_times: makes all that waits due now. */
void end_fixture_forget_times(EndFixture *fixture);

/** ASSERT_QUEUE: that end_fixture_dup_queue() gives @expected. */
#define ASSERT_QUEUE(fixture, expected)                           \
    G_STMT_START                                                  \
    {                                                             \
        g_autofree char *queue_ = end_fixture_dup_queue(fixture); \
        g_assert_cmpstr(queue_, ==, expected);                    \
    }                                                             \
    G_STMT_END

#define END_TEST(path, function) \
    g_test_add(path, EndFixture, NULL, end_fixture_set_up, function, end_fixture_tear_down)
#define END_TEST_TOKENS(path, function) \
    g_test_add(path, EndFixture, NULL, end_fixture_set_up_tokens, function, end_fixture_tear_down)

G_END_DECLS
