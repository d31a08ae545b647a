/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-inbox.h"
#include "kab-journal.h"
#include "kab-pull.h"
#include "kab-queue-admin.h"
#include "kab-queue.h"
#include "kab-run-log.h"

#include <glib/gi18n-lib.h>

#define FETCH 1000
#define FETCH_PATH "/exchange/v1/queue?limit=" G_STRINGIFY(FETCH)
#define ANSWERS_PATH "/exchange/v1/answers"

/* A call of this run, for the journal. */
typedef struct {
    const char *method;
    const char *path;
    const char *what;
    GBytes *body; /* (nullable) */
    KabTime at;
    gint64 began;
    KabHttpAnswer *answer; /* (owned) (nullable) */
    GError *failure;       /* (owned) (nullable) */
} Call;

static void
call_clear(Call *call)
{
    g_clear_pointer(&call->answer, kab_http_answer_free);
    g_clear_error(&call->failure);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Call, call_clear)

static gboolean
write_journal(KabBatch *batch, const Call *call, GError **error)
{
    const KabOutgoing *outgoing = &batch->outgoing;
    KabJournalEntry told = {
        .at = call->at,
        .peer = outgoing->peer,
        .what = call->what,
        .run_id = outgoing->run_id,
        .http_status = call->answer != NULL ? call->answer->status : 0,
        .duration_ms = (g_get_monotonic_time() - call->began) / 1000,
        .outcome = call->failure == NULL ? "ok" : "error",
        .error = call->failure != NULL ? call->failure->message : NULL,
        .request = call->body != NULL ? g_bytes_get_data(call->body, NULL) : NULL,
    };
    g_autofree char *answer = NULL;
    gint64 id;

    if (call->answer != NULL) {
        answer = kab_journal_dup_text(call->answer->body);
        told.answer = answer;
    }

    return kab_journal_add(outgoing->db, &told, &id, error);
}

/* Asks the other end. What goes wrong ends the run; FALSE is for the storage. */
static gboolean
send_call(KabBatch *batch, Call *call, GError **error)
{
    call->at = kab_time_now();
    call->began = g_get_monotonic_time();
    call->answer = kab_link_send(batch->link, call->method, call->path, call->body,
                                 batch->cancellable, &call->failure);
    if (g_error_matches(call->failure, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        kab_batch_cancel(batch, g_strdup(_("The run was cancelled")));
        return TRUE;
    }
    if (call->answer != NULL && call->answer->status != 200) {
        batch->retry_after = call->answer->retry_after;
        call->failure = kab_link_explain(batch->link, call->answer);
    }
    if (call->failure == NULL) {
        batch->answered = TRUE;
        return TRUE;
    }
    batch->outgoing.result->error = g_strdup(call->failure->message);
    return write_journal(batch, call, error);
}

/* The messages of an answer; NULL ends the run. */
static gboolean
read_messages(KabBatch *batch, Call *call, GPtrArray **messages, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(call->answer->body, &call->failure);

    *messages = node != NULL
                    ? kab_wire_messages_from_json(json_node_get_object(node), &call->failure)
                    : NULL;
    if (*messages != NULL)
        return TRUE;
    g_prefix_error(&call->failure, _("%s answered something else: "), batch->outgoing.peer);
    batch->outgoing.result->error = g_strdup(call->failure->message);
    return write_journal(batch, call, error);
}

/* How many entries the acknowledgement took out of the other end's queue. */
static gint64
read_done(const KabHttpAnswer *answer)
{
    g_autoptr(JsonNode) node = kab_json_parse(answer->body, NULL);
    JsonNode *done =
        node != NULL ? json_object_get_member(json_node_get_object(node), "done") : NULL;

    return done != NULL && JSON_NODE_HOLDS_VALUE(done) ? json_node_get_int(done) : 0;
}

/* An end that does not know what it is answered would give the same for ever: no more of it then.
 */
static gboolean
acknowledge(KabBatch *batch, guint n, GBytes *body, gboolean *more, GError **error)
{
    g_auto(Call)
        call = {.method = "POST", .path = ANSWERS_PATH, .what = "POST answers", .body = body};
    KabRunResult *result = batch->outgoing.result;

    if (!send_call(batch, &call, error))
        return FALSE;
    if (result->error != NULL)
        return TRUE;
    *more = read_done(call.answer) > 0;
    result->done += n;
    result->total += n;
    return write_journal(batch, &call, error) &&
           kab_run_note_progress(batch->outgoing.db, result, error);
}

gboolean
kab_pull_fetch(KabBatch *batch, gboolean *more, GError **error)
{
    const KabOutgoing *outgoing = &batch->outgoing;
    g_auto(Call) call = {.method = "GET", .path = FETCH_PATH, .what = "GET queue"};
    g_autoptr(GPtrArray) messages = NULL;
    g_autoptr(GPtrArray) answers = NULL;
    g_autoptr(GBytes) told = NULL;
    g_autofree char *text = NULL;
    KabInboxSource source = {
        .peer = outgoing->peer, .what = "GET queue", .run_id = outgoing->run_id};
    gsize size;
    const char *bytes;

    *more = FALSE;
    if (!send_call(batch, &call, error))
        return FALSE;
    if (outgoing->result->error != NULL)
        return TRUE;
    if (!read_messages(batch, &call, &messages, error))
        return FALSE;
    if (messages == NULL || messages->len == 0)
        return TRUE;
    bytes = g_bytes_get_data(call.answer->body, &size);
    text = g_strndup(bytes, MIN(size, KAB_JOURNAL_TEXT_MAX + 1));
    source.text = text;
    answers = kab_inbox_apply(outgoing->end, outgoing->db, messages, &source, &told, error);
    if (answers == NULL)
        return FALSE;
    for (guint i = 0; i < answers->len; i++)
        if (((KabAnswer *)g_ptr_array_index(answers, i))->outcome == KAB_OUTCOME_APPLIED)
            outgoing->result->received++;
    return acknowledge(batch, answers->len, told, more, error);
}

static gboolean
tell_fetched(const KabOutgoing *outgoing, const KabMessages *batch, KabTime at, GBytes *body,
             GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(outgoing->db, error);
    KabJournalEntry told = {
        .at = at,
        .incoming = TRUE,
        .peer = outgoing->peer,
        .what = "GET queue",
        .http_status = 200,
        .duration_ms = MAX(kab_time_now() - at, 0),
        .outcome = "ok",
        .answer = g_bytes_get_data(body, NULL),
    };
    gint64 id;

    if (transaction == NULL || !kab_journal_add(outgoing->db, &told, &id, error))
        return FALSE;
    for (guint i = 0; i < batch->entries->len; i++) {
        const KabQueueEntry *entry = g_ptr_array_index(batch->entries, i);

        if (!kab_journal_add_object(outgoing->db, id, entry->kind, entry->object_id, entry->version,
                                    entry->attempts + 1, "fetched", NULL, error))
            return FALSE;
    }
    return kab_transaction_commit(transaction, error);
}

/* What a run of this end that was killed had claimed would never be given otherwise. */
static gboolean
release_killed(KabEnd *end, KabDb *db, GError **error)
{
    int lock = kab_end_lock_run(end, NULL);
    gboolean done;

    if (lock < 0)
        return TRUE;
    done = kab_queue_release(db, error);
    kab_end_unlock_run(end, lock);
    return done;
}

GBytes *
kab_pull_serve(KabEnd *end, KabDb *db, const char *peer, guint limit, GError **error)
{
    g_autoptr(KabRunResult) result = g_new0(KabRunResult, 1);
    const KabOutgoing outgoing = {.end = end, .db = db, .peer = peer, .result = result};
    KabTime at = kab_time_now();
    g_autoptr(GPtrArray) entries = NULL;
    g_auto(KabMessages) batch = {0};
    g_autoptr(GBytes) body = NULL;
    gboolean paused;

    if (!kab_queue_is_paused(db, &paused, error) || !release_killed(end, db, error))
        return NULL;
    /* What cannot be sent fails and is not in the batch, which must not look like the last one. */
    do {
        g_clear_pointer(&entries, g_ptr_array_unref);
        kab_messages_clear(&batch);
        entries = kab_queue_list_due(db, at, paused ? 0 : limit, error);
        if (entries == NULL || !kab_outgoing_build(&outgoing, entries, 0, &batch, error))
            return NULL;
    } while (entries->len > 0 && batch.messages->len == 0);
    body = kab_wire_messages_to_bytes(batch.messages);
    if (batch.messages->len > 0 && !tell_fetched(&outgoing, &batch, at, body, error))
        return NULL;
    return g_steal_pointer(&body);
}

/* An answer for what is not queued any more was known already. */
static gboolean
note(const KabOutgoing *outgoing, gint64 journal_id, const KabAnswer *answer, guint *done,
     GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabQueueEntry) entry = kab_queue_find(outgoing->db, answer->kind, answer->id, &local);

    if (entry == NULL)
        return kab_error_pass(error, &local);
    entry->version = answer->version;
    (*done)++;
    return kab_outgoing_note(outgoing, entry, answer, error) &&
           kab_journal_add_object(outgoing->db, journal_id, answer->kind, answer->id,
                                  answer->version, entry->attempts + 1,
                                  kab_outcome_to_nick(answer->outcome), answer->detail, error);
}

gboolean
kab_pull_note(KabEnd *end, KabDb *db, const char *peer, GPtrArray *answers, const char *text,
              guint *done, GError **error)
{
    g_autoptr(KabRunResult) result = g_new0(KabRunResult, 1);
    KabOutgoing outgoing = {.end = end, .db = db, .peer = peer, .result = result};
    g_autoptr(KabTransaction) transaction = NULL;
    KabJournalEntry told = {
        .at = kab_time_now(),
        .incoming = TRUE,
        .peer = peer,
        .what = "POST answers",
        .http_status = 200,
        .outcome = "ok",
        .request = text,
    };
    gint64 id;

    *done = 0;
    if (!kab_settings_get_number(kab_end_get_settings(end), db, "exchange.attempts",
                                 &outgoing.attempts, error))
        return FALSE;
    transaction = kab_db_begin(db, error);
    if (transaction == NULL || !kab_journal_add(db, &told, &id, error))
        return FALSE;
    for (guint i = 0; i < answers->len; i++)
        if (!note(&outgoing, id, g_ptr_array_index(answers, i), done, error))
            return FALSE;
    return kab_queue_wake(db, error) && kab_transaction_commit(transaction, error);
}
