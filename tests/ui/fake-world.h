/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-client.h"

G_BEGIN_DECLS

/* What the fake client keeps; only its own files look inside. */
typedef struct {
    GPtrArray *groups;    /* KabGroup */
    GPtrArray *products;  /* KabProduct */
    GPtrArray *orders;    /* KabOrder */
    GPtrArray *queue;     /* KabQueueEntry */
    GPtrArray *tasks;     /* KabTask */
    GPtrArray *documents; /* KabDocument: about orders, those that are told of */
    GPtrArray *acts;      /* KabDocument */
    GPtrArray *comments;  /* KabComment */
    GPtrArray *skipped;   /* KabSkipped */
    GPtrArray *history;   /* KabHistoryEntry */
    KabOrderQuery last_query;
    char *last_query_text;
    char *last_query_status;
    guint n_repeated; /* how many products there are instead, if not 0 */
    KabLimits limits;
    KabOrder *basket;
    KabExchangeState exchange;
    KabRunResult *ended_run;
    guint n_runs;
    gboolean keep_running;
    KabOrder *last_details;
    gboolean untrusted;
    const char *trouble; /* (nullable): why what is answered is old */
    char *last_key;
    char *last_text;
    char *last_reason;
    guint calls[FAKE_N_CALLS];
    gboolean hold[FAKE_N_CALLS];
    int fail_code[FAKE_N_CALLS];
    char *fail_message[FAKE_N_CALLS];
    GPtrArray *held[FAKE_N_CALLS]; /* Answer */
    GHashTable *secrets;
    FakeSecrets secrets_mode;
} FakeWorld;

extern FakeWorld fake_world;

/* Fills a task with an answer; @args: the task's data. */
typedef void (*FakeCompute)(GTask *task, gpointer args);

/* Answers the call later, as the script says; takes the task. */
void fake_answer(GTask *task, FakeCall call, FakeCompute compute);

typedef struct {
    char *group_id;
    char *text;
    guint after;
    guint limit;
} FakeQuery;

FakeQuery *fake_query_new(const char *group_id, const char *text, const char *after, guint limit);
void fake_query_free(gpointer data);
KabPage *fake_page_new(GDestroyNotify free_item);

/* Adds @item to the page if it is the turn of the @seen-th; frees it otherwise. */
void fake_page_offer(KabPage *page, const FakeQuery *query, guint seen, gpointer item,
                     GDestroyNotify free_item);

KabOrder *fake_copy_order(const KabOrder *order, gboolean with_lines);
KabGroup *fake_copy_group(const KabGroup *group);
KabProduct *fake_copy_product(const KabProduct *product, gboolean card);
KabQueueEntry *fake_copy_entry(const KabQueueEntry *entry);
KabOrder *fake_find_order(const char *id);

/* Whether @order is one of those that @query wants. */
gboolean fake_query_wants(const KabOrderQuery *query, const KabOrder *order);

/* Keeps what was asked for. */
void fake_note_query(const KabOrderQuery *query);

/* The part of fake_reset() that concerns fake-baskets.c. */
void fake_reset_baskets(void);

/* The parts of fake_reset() that concern fake-papers.c. */
void fake_reset_papers(void);

/* The part of fake_reset() that concerns fake-console.c. */
void fake_reset_console(void);
void fake_reset_maps(void);

/* The part of fake_reset() that concerns fake-journal.c. */
void fake_reset_journal(void);

/* The part of fake_reset() that concerns fake-queue.c. */
void fake_reset_queue(void);

/* Whether @entry is one that @filter means. */
gboolean fake_filter_means(const KabClientQueueFilter *filter, const KabQueueEntry *entry);

/* Keeps what was asked for. */
void fake_note_change(const KabClientQueueFilter *filter);

/* The part of fake_reset() that concerns fake-people.c. */
void fake_reset_people(void);

/* The part of fake_reset() that concerns fake-users.c. */
void fake_reset_users(void);

/* The parts of these that concern fake-access.c. */
void fake_reset_access(void);
void fake_fill_access(void);
void fake_end_sessions(void);

/* The part of fake_reset() that concerns fake-publication.c. */
void fake_reset_publication(void);

/* For whom the people of the partner act now. */
KabPartnerId fake_get_partner(void);
const char *fake_get_partner_name(void);

/** fake_sign_in: signs in @login at the client that @task is of, and answers %TRUE. */
void fake_sign_in(GTask *task, const char *login);

/* Forgets the visit and the news. */
void fake_live_reset(void);

G_END_DECLS
