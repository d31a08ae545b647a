/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-inbox.h"
#include "kab-outgoing.h"
#include "kab-pull.h"
#include "kab-queue.h"
#include "walk.h"

#include <string.h>

/* As the setting has it until somebody changes it. */
#define ATTEMPTS 3
#define ALL 1000
#define MAX_ROUNDS 50

/* Something on its way: messages, or the answers to those that were fetched. */
typedef struct {
    KabSide to;
    gboolean answers;
    GBytes *text; /* (owned) */
} Parcel;

static void
free_parcel(gpointer data)
{
    Parcel *parcel = data;

    g_bytes_unref(parcel->text);
    g_free(parcel);
}

/* The network forgets nothing by itself: it may come at any later time, even twice. */
static void
send_later(Walk *walk, KabSide to, gboolean answers, GBytes *text)
{
    Parcel *parcel = g_new0(Parcel, 1);

    parcel->to = to;
    parcel->answers = answers;
    parcel->text = g_bytes_ref(text);
    g_ptr_array_add(walk->parcels, parcel);
}

static GPtrArray *
read_messages(Walk *walk, GBytes *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) node = kab_json_parse(text, &error);
    GPtrArray *messages;

    walk_check_no_error(walk, error);
    messages = kab_wire_messages_from_json(json_node_get_object(node), &error);
    walk_check_no_error(walk, error);
    return messages;
}

static void
check_answers(Walk *walk, KabSide side, GPtrArray *messages, GPtrArray *answers)
{
    WALK_CHECK(walk, answers->len == messages->len);
    for (guint i = 0; i < answers->len; i++) {
        const KabAnswer *answer = g_ptr_array_index(answers, i);

        walk_tell(walk, "  %s %s: %s", side == KAB_SIDE_PORTAL ? "portal" : "base", answer->kind,
                  kab_outcome_to_nick(answer->outcome));
        walk->world->seen.outcomes[answer->outcome]++;
        if (answer->outcome == KAB_OUTCOME_REJECTED || answer->outcome == KAB_OUTCOME_RETRY)
            walk_fail(walk, "%s %s: %s", answer->kind, answer->id, answer->detail);
    }
    if (side == KAB_SIDE_PORTAL)
        walk_check_told(walk, messages, answers);
    walk_check_end(walk, side);
}

/* Messages come to an end; its answers. */
static GPtrArray *
deliver(Walk *walk, KabSide to, GBytes *text, GBytes **answers_text)
{
    const KabInboxSource source = {
        .peer = "walk", .what = "POST messages", .text = g_bytes_get_data(text, NULL)};
    g_autoptr(GPtrArray) messages = read_messages(walk, text);
    g_autoptr(GError) error = NULL;
    GPtrArray *answers = kab_inbox_apply(walk->world->ends[to], walk->world->dbs[to], messages,
                                         &source, answers_text, &error);

    walk_check_no_error(walk, error);
    check_answers(walk, to, messages, answers);
    return answers;
}

static void
note_answers(Walk *walk, const KabOutgoing *outgoing, GPtrArray *entries, GPtrArray *answers)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTransaction) transaction = kab_db_begin(outgoing->db, &error);

    for (guint i = 0; error == NULL && i < answers->len; i++)
        kab_outgoing_note(outgoing, g_ptr_array_index(entries, i), g_ptr_array_index(answers, i),
                          &error);
    if (error == NULL && kab_queue_wake(outgoing->db, &error))
        kab_transaction_commit(transaction, &error);
    walk_check_no_error(walk, error);
}

/* Takes hold of entries as a run does; what a run before left is taken over. */
static GPtrArray *
claim(Walk *walk, KabDb *db, guint limit)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, &error);
    GPtrArray *entries = NULL;

    if (transaction != NULL && kab_queue_release(db, &error))
        entries = kab_queue_claim(db, kab_time_now(), limit, &error);
    if (entries != NULL)
        kab_transaction_commit(transaction, &error);
    walk_check_no_error(walk, error);
    return entries;
}

typedef enum {
    ARRIVES,
    ARRIVES_TWICE,
    ANSWER_IS_LOST,
    IS_DELAYED,
    IS_LOST,
} Fate;

static void
send_batch(Walk *walk, const KabOutgoing *outgoing, const KabMessages *batch, KabSide to, Fate fate)
{
    static const char *const names[] = {"arrives", "arrives twice", "answer is lost", "is delayed",
                                        "is lost"};
    g_autoptr(GBytes) text = kab_wire_messages_to_bytes(batch->messages);
    g_autoptr(GBytes) told = NULL;
    g_autoptr(GPtrArray) answers = NULL;

    walk_tell(walk, "to the %s: %u messages, %s", to == KAB_SIDE_PORTAL ? "portal" : "base",
              batch->messages->len, names[fate]);
    if (fate == ARRIVES_TWICE || fate == IS_DELAYED)
        send_later(walk, to, FALSE, text);
    if (fate == IS_DELAYED || fate == IS_LOST)
        return;
    answers = deliver(walk, to, text, &told);
    if (fate != ANSWER_IS_LOST)
        note_answers(walk, outgoing, batch->entries, answers);
}

static void
push(Walk *walk, KabSide from, guint limit, Fate fate)
{
    KabRunResult result = {0};
    const KabOutgoing outgoing = {.end = walk->world->ends[from],
                                  .db = walk->world->dbs[from],
                                  .peer = "walk",
                                  .attempts = ATTEMPTS,
                                  .result = &result};
    g_autoptr(GPtrArray) entries = claim(walk, outgoing.db, limit);
    g_auto(KabMessages) batch = {0};
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < entries->len; i = batch.next) {
        kab_messages_clear(&batch);
        kab_outgoing_build(&outgoing, entries, i, &batch, &error);
        walk_check_no_error(walk, error);
        WALK_CHECK(walk, batch.messages->len > 0);
        send_batch(walk, &outgoing, &batch,
                   from == KAB_SIDE_PORTAL ? KAB_SIDE_BASE : KAB_SIDE_PORTAL, fate);
    }
}

static Fate
roll_fate(Walk *walk)
{
    static const Fate fates[] = {ARRIVES,       ARRIVES,        ARRIVES,    ARRIVES,
                                 ARRIVES_TWICE, ANSWER_IS_LOST, IS_DELAYED, IS_LOST};

    return fates[walk_roll(walk, G_N_ELEMENTS(fates))];
}

static void
push_somehow(Walk *walk, KabSide from)
{
    guint limit = walk_roll(walk, 3) > 0 ? ALL : 1 + walk_roll(walk, 3);
    Fate fate = roll_fate(walk);

    push(walk, from, limit, fate);
}

void
walk_network_push_portal(Walk *walk)
{
    push_somehow(walk, KAB_SIDE_PORTAL);
}

void
walk_network_push_base(Walk *walk)
{
    push_somehow(walk, KAB_SIDE_BASE);
}

static void
acknowledge(Walk *walk, GBytes *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) node = kab_json_parse(text, &error);
    g_autoptr(GPtrArray) answers = NULL;
    guint done;

    walk_check_no_error(walk, error);
    answers = kab_wire_answers_from_json(json_node_get_object(node), &error);
    walk_check_no_error(walk, error);
    kab_pull_note(walk->world->ends[KAB_SIDE_PORTAL], walk->world->dbs[KAB_SIDE_PORTAL], "walk",
                  answers, g_bytes_get_data(text, NULL), &done, &error);
    walk_check_no_error(walk, error);
}

/* The base checks the queue on the portal: what it fetched and what it answers may both be lost or
 * come late. */
void
walk_network_pull(Walk *walk)
{
    Fate fate = roll_fate(walk);
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) text =
        kab_pull_serve(walk->world->ends[KAB_SIDE_PORTAL], walk->world->dbs[KAB_SIDE_PORTAL],
                       "walk", 1 + walk_roll(walk, 4), &error);
    g_autoptr(GBytes) told = NULL;
    g_autoptr(GPtrArray) answers = NULL;

    walk_check_no_error(walk, error);
    walk_tell(walk, "the base fetches");
    if (fate == IS_LOST)
        return;
    if (fate == IS_DELAYED || fate == ARRIVES_TWICE)
        send_later(walk, KAB_SIDE_BASE, FALSE, text);
    if (fate == IS_DELAYED)
        return;
    answers = deliver(walk, KAB_SIDE_BASE, text, &told);
    if (walk_roll(walk, 4) == 0)
        send_later(walk, KAB_SIDE_PORTAL, TRUE, told);
    else if (fate != ANSWER_IS_LOST)
        acknowledge(walk, told);
}

/* Whoever sent it has given up waiting: nobody hears the answers. */
static void
arrive(Walk *walk, guint i)
{
    Parcel *parcel = g_ptr_array_steal_index(walk->parcels, i);
    g_autoptr(GBytes) told = NULL;
    g_autoptr(GPtrArray) answers = NULL;

    walk_tell(walk, "a late parcel for the %s", parcel->to == KAB_SIDE_PORTAL ? "portal" : "base");
    if (parcel->answers)
        acknowledge(walk, parcel->text);
    else
        answers = deliver(walk, parcel->to, parcel->text, &told);
    if (walk_roll(walk, 4) == 0) /* and it may come once more */
        g_ptr_array_add(walk->parcels, parcel);
    else
        free_parcel(parcel);
}

void
walk_network_arrive(Walk *walk)
{
    if (walk->parcels->len > 0)
        arrive(walk, walk_roll(walk, walk->parcels->len));
}

void
walk_network_carry(Walk *walk, KabSide from)
{
    push(walk, from, ALL, ARRIVES);
}

static gint64
count_queue(Walk *walk, KabSide side, const char *sql)
{
    g_autoptr(GError) error = NULL;
    gint64 n = -1;

    kab_db_get_int(walk->world->dbs[side], sql, KAB_BIND_NONE, NULL, &n, &error);
    walk_check_no_error(walk, error);
    return n;
}

void
walk_network_settle(Walk *walk)
{
    while (walk->parcels->len > 0)
        walk_network_arrive(walk);
    for (int round = 0;; round++) {
        gint64 n = count_queue(walk, KAB_SIDE_PORTAL, "SELECT count(*) FROM queue") +
                   count_queue(walk, KAB_SIDE_BASE, "SELECT count(*) FROM queue");

        for (int side = KAB_SIDE_PORTAL; side <= KAB_SIDE_BASE; side++)
            WALK_CHECK(walk, count_queue(walk, (KabSide)side,
                                         "SELECT count(*) FROM queue WHERE state = 'failed'") == 0);
        if (n == 0)
            return;
        WALK_CHECK(walk, round < MAX_ROUNDS);
        walk_network_carry(walk, round % 2 == 0 ? KAB_SIDE_PORTAL : KAB_SIDE_BASE);
    }
}
