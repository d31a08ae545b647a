/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-batch.h"
#include "kab-error.h"
#include "kab-journal.h"
#include "kab-json.h"
#include "kab-queue.h"
#include "kab-wire-problem.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MESSAGES_PATH "/exchange/v1/messages"
#define BACKOFF_FIRST_MS G_GINT64_CONSTANT(10000)
#define BACKOFF_MAX_MS G_GINT64_CONSTANT(3600000)
/* A batch ends when its messages have so many bytes; one message alone may have more. */
#define BATCH_BYTES (1024 * 1024)

/* One request and what is known of it, for queue and journal. */
typedef struct {
    GPtrArray *entries;  /* (element-type KabQueueEntry): not owned */
    GPtrArray *messages; /* (owned) (element-type KabMessage): of the same length */
    GBytes *body;        /* (owned) */
    KabTime began;
    KabHttpAnswer *answer; /* (owned) (nullable) */
    GError *failure;       /* (owned) (nullable): why there is no good answer */
    GPtrArray *answers;    /* (owned) (nullable) (element-type KabAnswer) */
} Request;

static void
request_clear(Request *request)
{
    g_clear_pointer(&request->entries, g_ptr_array_unref);
    g_clear_pointer(&request->messages, g_ptr_array_unref);
    g_clear_pointer(&request->body, g_bytes_unref);
    g_clear_pointer(&request->answer, kab_http_answer_free);
    g_clear_error(&request->failure);
    g_clear_pointer(&request->answers, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Request, request_clear)

/* Exponential backoff; the jitter leaves at least half of it. */
static KabTime
next_attempt(int attempts, guint retry_after)
{
    gint64 ceiling = BACKOFF_FIRST_MS << MIN(attempts, 20);

    ceiling = MIN(ceiling, BACKOFF_MAX_MS);
    return kab_time_now() + (gint64)(g_random_double_range(0.5, 1.0) * (double)ceiling) +
           (gint64)retry_after * 1000;
}

/* Builds the object as it is now; an object that cannot be built waits for a person. */
static KabMessage *
build(KabBatch *batch, const KabQueueEntry *entry, GError **error)
{
    const KabKindHandler *kind = kab_end_find_kind(batch->end, entry->kind);
    g_autoptr(KabMessage) message = g_new0(KabMessage, 1);

    if (kind == NULL || kind->build == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("This end sends no objects of the kind “%s”"), entry->kind);
        return NULL;
    }
    message->kind = g_strdup(entry->kind);
    message->id = g_strdup(entry->object_id);
    message->version = entry->version;
    if (!kind->build(kab_end_get_service(batch->end), batch->db, entry->object_id, &message->body,
                     error))
        return NULL;
    return g_steal_pointer(&message);
}

/* Builds messages for the first entries, as many as go into one batch. */
static gboolean
build_all(KabBatch *batch, GPtrArray *entries, guint from, Request *request, guint *next,
          GError **error)
{
    g_autoptr(KabTransaction) snapshot = kab_db_begin_read(batch->db, error);
    gsize bytes = 0;
    guint i;

    if (snapshot == NULL)
        return FALSE;
    for (i = from; i < entries->len && bytes < BATCH_BYTES; i++) {
        KabQueueEntry *entry = g_ptr_array_index(entries, i);
        g_autoptr(GError) local = NULL;
        g_autoptr(KabMessage) message = build(batch, entry, &local);

        if (message == NULL && local->domain != KAB_ERROR) {
            g_propagate_error(error, g_steal_pointer(&local));
            return FALSE;
        }
        if (message == NULL) {
            g_free(entry->error);
            entry->error = g_strdup(local->message);
            continue;
        }
        if (message->body != NULL) {
            g_autoptr(JsonNode) node = kab_json_node_take(json_object_ref(message->body));
            g_autofree char *text = kab_json_to_text(node);

            bytes += strlen(text);
        }
        g_clear_pointer(&entry->error, g_free);
        g_ptr_array_add(request->entries, entry);
        g_ptr_array_add(request->messages, g_steal_pointer(&message));
    }
    *next = i;
    return kab_transaction_commit(snapshot, error);
}

static gboolean
fail_one(KabBatch *batch, const KabQueueEntry *entry, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(batch->db, error);
    KabJournalEntry told = {
        .at = kab_time_now(),
        .peer = kab_link_get_address(batch->link),
        .what = "build",
        .run_id = batch->run_id,
        .outcome = "error",
        .error = entry->error,
    };
    gint64 id;

    return transaction != NULL && kab_journal_add(batch->db, &told, &id, error) &&
           kab_journal_add_object(batch->db, id, entry->kind, entry->object_id, entry->version,
                                  entry->attempts + 1, "error", entry->error, error) &&
           kab_queue_fail(batch->db, entry, entry->error, error) &&
           kab_transaction_commit(transaction, error);
}

/* Those of the entries that could not be built; their error tells why. */
static gboolean
fail_unbuilt(KabBatch *batch, GPtrArray *entries, guint from, guint to, GError **error)
{
    for (guint i = from; i < to; i++) {
        const KabQueueEntry *entry = g_ptr_array_index(entries, i);

        if (entry->error == NULL)
            continue;
        if (!fail_one(batch, entry, error))
            return FALSE;
        batch->result->rejected++;
    }
    return TRUE;
}

static gboolean
answers_fit(const Request *request)
{
    if (request->answers->len != request->messages->len)
        return FALSE;
    for (guint i = 0; i < request->answers->len; i++) {
        const KabAnswer *answer = g_ptr_array_index(request->answers, i);
        const KabMessage *message = g_ptr_array_index(request->messages, i);

        if (strcmp(answer->id, message->id) != 0 || strcmp(answer->kind, message->kind) != 0 ||
            answer->version != message->version)
            return FALSE;
    }
    return TRUE;
}

static void
read_answer(Request *request)
{
    g_autoptr(JsonNode) node = NULL;

    if (request->answer->status != 200) {
        request->failure =
            kab_wire_problem_to_error(request->answer->status, request->answer->body);
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
        g_prefix_error(&request->failure, "%s", _("The other end answered something else: "));
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
note_answer(KabBatch *batch, const KabQueueEntry *entry, const KabAnswer *answer, GError **error)
{
    switch (answer->outcome) {
    case KAB_OUTCOME_APPLIED:
    case KAB_OUTCOME_DUPLICATE:
    case KAB_OUTCOME_STALE:
        batch->result->sent++;
        return kab_queue_done(batch->db, entry, error);
    case KAB_OUTCOME_REJECTED:
        batch->result->rejected++;
        return kab_queue_fail(batch->db, entry, answer->detail, error);
    case KAB_OUTCOME_RETRY:
    default:
        batch->result->failed++;
        return kab_queue_retry_later(batch->db, entry, answer->detail, batch->attempts,
                                     next_attempt(entry->attempts, 0), error);
    }
}

static gboolean
note_failure(KabBatch *batch, const Request *request, const KabQueueEntry *entry, GError **error)
{
    guint retry_after = request->answer != NULL ? request->answer->retry_after : 0;

    batch->result->failed++;
    if (!is_unreachable(request) && is_retryable(request))
        return kab_queue_retry_later(batch->db, entry, request->failure->message, batch->attempts,
                                     next_attempt(entry->attempts, retry_after), error);
    if (is_refused(request))
        return kab_queue_fail(batch->db, entry, request->failure->message, error);
    /* Neither is a wrong password, path or certificate a fault of the entry. */
    return kab_queue_unclaim(batch->db, entry, request->failure->message, error);
}

static gboolean
write_journal(KabBatch *batch, const Request *request, gint64 *id, GError **error)
{
    g_autofree char *answer = NULL;
    gsize size;
    const char *text;
    KabJournalEntry entry = {
        .at = request->began,
        .peer = kab_link_get_address(batch->link),
        .what = "POST messages",
        .run_id = batch->run_id,
        .http_status = request->answer != NULL ? request->answer->status : 0,
        .duration_ms = kab_time_now() - request->began,
        .outcome = request->failure == NULL ? "ok" : "error",
        .error = request->failure != NULL ? request->failure->message : NULL,
        .request = g_bytes_get_data(request->body, NULL),
    };

    if (request->answer != NULL) {
        text = g_bytes_get_data(request->answer->body, &size);
        if (size > 0)
            answer = g_utf8_make_valid(text, (gssize)MIN(size, KAB_JOURNAL_TEXT_MAX));
        entry.answer = answer;
    }
    return kab_journal_add(batch->db, &entry, id, error);
}

/* Queue and journal tell the same story: one transaction. */
static gboolean
note_all(KabBatch *batch, const Request *request, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(batch->db, error);
    gint64 id;

    if (transaction == NULL || !write_journal(batch, request, &id, error))
        return FALSE;
    for (guint i = 0; i < request->entries->len; i++) {
        const KabQueueEntry *entry = g_ptr_array_index(request->entries, i);
        const KabAnswer *answer =
            request->failure == NULL ? g_ptr_array_index(request->answers, i) : NULL;
        const char *outcome = answer != NULL ? kab_outcome_to_nick(answer->outcome) : "error";
        const char *why = answer != NULL ? answer->detail : request->failure->message;

        if (!(answer != NULL ? note_answer(batch, entry, answer, error)
                             : note_failure(batch, request, entry, error)) ||
            !kab_journal_add_object(batch->db, id, entry->kind, entry->object_id, entry->version,
                                    entry->attempts + 1, outcome, why, error))
            return FALSE;
    }
    return kab_transaction_commit(transaction, error);
}

static gboolean
unclaim_all(KabBatch *batch, GPtrArray *entries, guint from, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(batch->db, error);

    if (transaction == NULL)
        return FALSE;
    for (guint i = from; i < entries->len; i++)
        if (!kab_queue_unclaim(batch->db, g_ptr_array_index(entries, i), NULL, error))
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
    g_autoptr(JsonNode) node = kab_wire_messages_to_json(request->messages);
    GError *local = NULL;

    request->body = kab_json_to_bytes(node);
    request->began = kab_time_now();
    request->answer = kab_link_send(batch->link, "POST", MESSAGES_PATH, request->body,
                                    batch->cancellable, &local);
    if (g_error_matches(local, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        g_error_free(local);
        batch->result->error = g_strdup(_("The run was cancelled"));
        return unclaim_all(batch, request->entries, 0, error);
    }
    request->failure = local;
    if (request->answer != NULL)
        read_answer(request);
    if (request->failure != NULL && is_refused(request) && request->entries->len > 1)
        return send_halves(batch, request->entries, error);
    if (request->failure != NULL && !is_refused(request))
        batch->result->error = g_strdup(request->failure->message);
    return note_all(batch, request, error);
}

/* Sends entries in as many requests as their bytes need. */
static gboolean
send_range(KabBatch *batch, GPtrArray *entries, GError **error)
{
    guint next = 0;

    for (guint from = 0; from < entries->len; from = next) {
        g_auto(Request) request = {.entries = g_ptr_array_new()};

        request.messages = g_ptr_array_new_with_free_func((GDestroyNotify)kab_message_free);
        if (batch->result->error != NULL)
            return unclaim_all(batch, entries, from, error);
        if (!build_all(batch, entries, from, &request, &next, error) ||
            !fail_unbuilt(batch, entries, from, next, error))
            return FALSE;
        if (request.messages->len > 0 && !send_request(batch, &request, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
kab_batch_send(KabBatch *batch, GPtrArray *entries, GError **error)
{
    return send_range(batch, entries, error);
}
