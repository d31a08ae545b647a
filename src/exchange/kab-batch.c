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

/* One request and what is known of it, for queue and journal. */
typedef struct {
    KabMessages batch; /* (owned) */
    GBytes *body;      /* (owned) */
    KabTime began;
    gint64 duration_ms;
    KabHttpAnswer *answer; /* (owned) (nullable) */
    GError *failure;       /* (owned) (nullable): why there is no good answer */
    GPtrArray *answers;    /* (owned) (nullable) (element-type KabAnswer) */
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
        request->failure = kab_link_explain(link, MESSAGES_PATH, request->answer);
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

/* Whether a later attempt may help; nonsense with status 200 comes from something in between. */
static gboolean
is_retryable(const Request *request)
{
    if (request->answer == NULL)
        return kab_link_is_retryable(request->failure, 0);
    return request->answer->status == 200 || kab_link_is_retryable(NULL, request->answer->status);
}

/* Nobody answered, or somebody in between said that nobody does: no fault of the entries, which
 * keep their attempts. */
static gboolean
is_unreachable(const Request *request)
{
    guint status = request->answer != NULL ? request->answer->status : 0;

    return request->answer == NULL || (status >= 502 && status <= 504);
}

/* The other end is there and accepts us, but not this request. */
static gboolean
is_refused(const Request *request)
{
    return request->answer != NULL &&
           (request->answer->status == 400 || request->answer->status == 413 ||
            request->answer->status == 422);
}

static gboolean
note_failure(KabBatch *batch, const Request *request, const KabQueueEntry *entry, GError **error)
{
    const KabOutgoing *outgoing = &batch->outgoing;
    const char *why = request->failure->message;

    outgoing->result->failed++;
    if (!is_unreachable(request) && is_retryable(request))
        return kab_queue_retry_later(outgoing->db, entry, why, outgoing->attempts,
                                     kab_outgoing_next_attempt(entry->attempts, batch->retry_after),
                                     error);
    if (is_refused(request))
        return kab_queue_fail(outgoing->db, entry, why, error);
    /* Neither is a wrong password, path or certificate a fault of the entry. */
    return kab_queue_unclaim(outgoing->db, entry, why, error);
}

static gboolean
write_journal(KabBatch *batch, const Request *request, gint64 *id, GError **error)
{
    g_autofree char *answer = NULL;
    gsize size;
    const char *text;
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
        text = g_bytes_get_data(request->answer->body, &size);
        if (size > 0)
            answer = g_utf8_make_valid(text, (gssize)MIN(size, KAB_JOURNAL_TEXT_MAX + 1));
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

static gboolean
send_request(KabBatch *batch, Request *request, GError **error)
{
    gint64 began = g_get_monotonic_time();
    KabRunResult *result = batch->outgoing.result;
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
    if (request->failure != NULL && is_refused(request) && request->batch.entries->len > 1)
        return send_halves(batch, request->batch.entries, error);
    if (request->failure != NULL && !is_refused(request))
        result->error = g_strdup(request->failure->message);
    else
        batch->answered = TRUE;
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
