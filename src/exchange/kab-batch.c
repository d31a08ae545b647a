/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-batch.h"
#include "kab-error.h"
#include "kab-journal.h"
#include "kab-json.h"
#include "kab-queue.h"
#include "kab-run-log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MESSAGES_PATH "/exchange/v1/messages"
/* So many messages in a row that fail by themselves end a run. */
#define BLAME_MAX 3
/* After so many runs in a row that ended early, silence is looked into. */
#define SILENT_MAX 4

/* One request and what is known of it, for queue and journal. */
typedef struct {
    KabMessages batch; /* (owned) */
    GBytes *body;      /* (owned) */
    KabTime began;
    gint64 duration_ms;
    KabHttpAnswer *answer; /* (owned) (nullable) */
    GError *failure;       /* (owned) (nullable): why there is no good answer */
    KabFault fault;
    GPtrArray *answers; /* (owned) (nullable) (element-type KabAnswer) */
} Request;

static void
request_clear(Request *request)
{
    kab_messages_clear(&request->batch);
    g_clear_pointer(&request->body, g_bytes_unref);
    g_clear_pointer(&request->answer, kab_http_answer_free);
    g_clear_error(&request->failure);
    g_clear_pointer(&request->answers, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Request, request_clear)

void
kab_batch_cancel(KabBatch *batch, char *why)
{
    batch->cancelled = TRUE;
    g_free(batch->outgoing.result->error);
    batch->outgoing.result->error = why;
}

static gboolean
answers_fit(const Request *request)
{
    if (request->answers->len != request->batch.messages->len)
        return FALSE;
    for (guint i = 0; i < request->answers->len; i++) {
        const KabAnswer *answer = g_ptr_array_index(request->answers, i);
        const KabMessage *message = g_ptr_array_index(request->batch.messages, i);

        if (strcmp(answer->id, message->id) != 0 || strcmp(answer->kind, message->kind) != 0 ||
            answer->version != message->version)
            return FALSE;
    }
    return TRUE;
}

static void
read_answer(KabLink *link, Request *request)
{
    g_autoptr(JsonNode) node = NULL;

    if (request->answer->status != 200) {
        request->failure = kab_link_explain(link, request->answer);
        return;
    }
    node = kab_json_parse(request->answer->body, &request->failure);
    if (node != NULL)
        request->answers =
            kab_wire_answers_from_json(json_node_get_object(node), &request->failure);
    if (request->answers != NULL && !answers_fit(request))
        request->failure = g_error_new_literal(KAB_ERROR, KAB_ERROR_INVALID,
                                               _("The answers do not fit the messages"));
    if (request->failure != NULL)
        g_prefix_error(&request->failure, _("%s answered something else: "),
                       kab_link_get_address(link));
}

/* Whose fault a failure is. Who does not give a whole answer, time after time, is asked whether it
 * is there at all: if it is, one of the messages may be what it does not survive. */
static KabFault
judge(KabBatch *batch, const Request *request)
{
    KabFault fault = request->answer != NULL ? kab_link_judge(NULL, request->answer->status)
                                             : kab_link_judge(request->failure, 0);
    gint64 ms;

    if (request->failure == NULL)
        return KAB_FAULT_NONE;
    if (fault == KAB_FAULT_SILENT && (batch->failures < SILENT_MAX ||
                                      !kab_link_check(batch->link, &ms, batch->cancellable, NULL)))
        fault = KAB_FAULT_PEER;
    /* Nonsense with status 200 comes from something in between. */
    return fault == KAB_FAULT_NONE ? KAB_FAULT_UNCLEAR : fault;
}

static gboolean
note_failure(KabBatch *batch, const Request *request, const KabQueueEntry *entry, GError **error)
{
    const KabOutgoing *outgoing = &batch->outgoing;
    const char *why = request->failure->message;

    outgoing->result->failed++;
    switch (request->fault) {
    case KAB_FAULT_UNCLEAR:
        return kab_queue_retry_later(outgoing->db, entry, why, outgoing->attempts,
                                     kab_outgoing_next_attempt(entry->attempts, batch->retry_after),
                                     error);
    case KAB_FAULT_SILENT:
        /* It makes way for the others, but never fails for it: it may be the network after all. */
        return kab_queue_retry_later(outgoing->db, entry, why, G_MAXINT64,
                                     kab_outgoing_next_attempt(entry->attempts, 0), error);
    case KAB_FAULT_REQUEST:
        return kab_queue_fail(outgoing->db, entry, why, error);
    default:
        return kab_queue_unclaim(outgoing->db, entry, why, error);
    }
}

static gboolean
write_journal(KabBatch *batch, const Request *request, gint64 *id, GError **error)
{
    g_autofree char *answer = NULL;
    KabJournalEntry entry = {
        .at = request->began,
        .peer = batch->outgoing.peer,
        .what = "POST messages",
        .run_id = batch->outgoing.run_id,
        .http_status = request->answer != NULL ? request->answer->status : 0,
        .duration_ms = request->duration_ms,
        .outcome = request->failure == NULL ? "ok" : "error",
        .error = request->failure != NULL ? request->failure->message : NULL,
        .request = g_bytes_get_data(request->body, NULL),
    };

    if (request->answer != NULL) {
        answer = kab_journal_dup_text(request->answer->body);
        entry.answer = answer;
    }
    return kab_journal_add(batch->outgoing.db, &entry, id, error);
}

/* Queue, journal and progress tell the same story: one transaction. */
static gboolean
note_all(KabBatch *batch, const Request *request, GError **error)
{
    const KabOutgoing *outgoing = &batch->outgoing;
    g_autoptr(KabTransaction) transaction = kab_db_begin(outgoing->db, error);
    gint64 id;

    if (transaction == NULL || !write_journal(batch, request, &id, error))
        return FALSE;
    for (guint i = 0; i < request->batch.entries->len; i++) {
        const KabQueueEntry *entry = g_ptr_array_index(request->batch.entries, i);
        const KabAnswer *answer =
            request->failure == NULL ? g_ptr_array_index(request->answers, i) : NULL;
        const char *outcome = answer != NULL ? kab_outcome_to_nick(answer->outcome) : "error";
        const char *why = answer != NULL ? answer->detail : request->failure->message;

        if (!(answer != NULL ? kab_outgoing_note(outgoing, entry, answer, error)
                             : note_failure(batch, request, entry, error)) ||
            !kab_journal_add_object(outgoing->db, id, entry->kind, entry->object_id, entry->version,
                                    entry->attempts + 1, outcome, why, error))
            return FALSE;
    }
    outgoing->result->done += request->batch.entries->len;
    return kab_queue_wake(outgoing->db, error) &&
           kab_run_note_progress(outgoing->db, outgoing->result, error) &&
           kab_transaction_commit(transaction, error);
}

static gboolean
unclaim_all(KabBatch *batch, GPtrArray *entries, guint from, GError **error)
{
    KabDb *db = batch->outgoing.db;
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    if (transaction == NULL)
        return FALSE;
    for (guint i = from; i < entries->len; i++)
        if (!kab_queue_unclaim(db, g_ptr_array_index(entries, i), NULL, error))
            return FALSE;
    return kab_transaction_commit(transaction, error);
}

static gboolean send_range(KabBatch *batch, GPtrArray *entries, GError **error);

static gboolean
send_halves(KabBatch *batch, GPtrArray *entries, GError **error)
{
    g_autoptr(GPtrArray) first = g_ptr_array_new();
    g_autoptr(GPtrArray) second = g_ptr_array_new();

    for (guint i = 0; i < entries->len; i++)
        g_ptr_array_add(i < entries->len / 2 ? first : second, g_ptr_array_index(entries, i));
    return send_range(batch, first, error) && send_range(batch, second, error);
}

/* Whether one of the messages may be to blame. */
static gboolean
is_in_question(const Request *request)
{
    return request->fault == KAB_FAULT_REQUEST || request->fault == KAB_FAULT_UNCLEAR ||
           request->fault == KAB_FAULT_SILENT;
}

/* Whether the run goes on. Messages that fail by themselves one after the other are not to blame:
 * the other end is out of order. */
static void
note_fault(KabBatch *batch, const Request *request)
{
    KabRunResult *result = batch->outgoing.result;

    if (request->fault == KAB_FAULT_NONE || request->fault == KAB_FAULT_REQUEST)
        batch->answered = TRUE;
    if (request->fault == KAB_FAULT_NONE)
        batch->blamed = 0;
    if (request->fault == KAB_FAULT_UNCLEAR || request->fault == KAB_FAULT_SILENT) {
        g_free(batch->blame);
        batch->blame = g_strdup(request->failure->message);
        batch->blamed++;
    }
    if (request->failure != NULL && (!is_in_question(request) || batch->blamed >= BLAME_MAX))
        result->error = g_strdup(request->failure->message);
}

static gboolean
send_request(KabBatch *batch, Request *request, GError **error)
{
    gint64 began = g_get_monotonic_time();
    gint64 journal_id;
    GError *local = NULL;

    request->body = kab_wire_messages_to_bytes(request->batch.messages);
    request->began = kab_time_now();
    request->answer = kab_link_send(batch->link, "POST", MESSAGES_PATH, request->body,
                                    batch->cancellable, &local);
    request->duration_ms = (g_get_monotonic_time() - began) / 1000;
    if (g_error_matches(local, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_error_free(local);
        kab_batch_cancel(batch, g_strdup(_("The run was cancelled")));
        return unclaim_all(batch, request->batch.entries, 0, error);
    }
    request->failure = local;
    if (request->answer != NULL) {
        batch->retry_after = request->answer->retry_after;
        read_answer(batch->link, request);
    }
    request->fault = judge(batch, request);
    if (is_in_question(request) && request->batch.entries->len > 1)
        return write_journal(batch, request, &journal_id, error) &&
               send_halves(batch, request->batch.entries, error);
    note_fault(batch, request);
    return note_all(batch, request, error);
}

/* Sends entries in as many requests as their bytes need. */
static gboolean
send_range(KabBatch *batch, GPtrArray *entries, GError **error)
{
    guint next = 0;

    for (guint from = 0; from < entries->len; from = next) {
        g_auto(Request) request = {0};

        if (batch->outgoing.result->error != NULL)
            return unclaim_all(batch, entries, from, error);
        if (!kab_outgoing_build(&batch->outgoing, entries, from, &request.batch, error))
            return FALSE;
        next = request.batch.next;
        if (request.batch.messages->len > 0 && !send_request(batch, &request, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
kab_batch_send(KabBatch *batch, GPtrArray *entries, GError **error)
{
    return send_range(batch, entries, error);
}
