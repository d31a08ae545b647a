/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-inbox.h"
#include "kab-journal.h"
#include "kab-link.h"
#include "kab-queue.h"
#include "kab-resend.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static GBytes *
write_batch(KabMessage *message)
{
    g_autoptr(GPtrArray) messages = g_ptr_array_new();
    g_autoptr(JsonNode) node = NULL;

    g_ptr_array_add(messages, message);
    node = kab_wire_messages_to_json(messages);
    return kab_json_to_bytes(node);
}

static KabAnswer *
take_first(GPtrArray *answers)
{
    g_ptr_array_set_free_func(answers, NULL);
    for (guint i = 1; i < answers->len; i++)
        kab_answer_free(g_ptr_array_index(answers, i));
    return answers->len > 0 ? g_ptr_array_index(answers, 0) : NULL;
}

/* As if the other end had sent it. */
static KabAnswer *
take(KabEnd *end, KabDb *db, const KabResend *resend, const char *what, GError **error)
{
    g_autoptr(GPtrArray) messages = g_ptr_array_new();
    g_autoptr(GPtrArray) answers = NULL;
    g_autoptr(GBytes) batch = write_batch(resend->message);
    g_autofree char *text = kab_journal_dup_text(batch);
    g_autoptr(GBytes) told = NULL;
    const KabInboxSource source = {.peer = resend->who, .what = what, .text = text};

    g_ptr_array_add(messages, resend->message);
    answers = kab_inbox_apply(end, db, messages, &source, &told, error);
    return answers != NULL ? take_first(answers) : NULL;
}

static KabAnswer *
read_answer(KabLink *link, const KabHttpAnswer *answer, GError **error)
{
    g_autoptr(JsonNode) node = NULL;
    g_autoptr(GPtrArray) answers = NULL;

    if (answer->status != 200) {
        g_propagate_error(error, kab_link_explain(link, answer));
        return NULL;
    }
    node = kab_json_parse(answer->body, error);
    answers = node != NULL ? kab_wire_answers_from_json(json_node_get_object(node), error) : NULL;
    if (answers != NULL && answers->len != 1)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_FAILED,
                            _("The other end’s answer is not about this message"));
    return answers != NULL && answers->len == 1 ? take_first(answers) : NULL;
}

static gboolean
is_taken(KabOutcome outcome)
{
    return outcome == KAB_OUTCOME_APPLIED || outcome == KAB_OUTCOME_DUPLICATE ||
           outcome == KAB_OUTCOME_STALE;
}

static gboolean
finish_entry(KabDb *db, const KabAnswer *answer, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabQueueEntry) entry = kab_queue_find(db, answer->kind, answer->id, &local);

    if (entry == NULL || entry->version != answer->version)
        return kab_error_pass(error, &local);
    return kab_queue_done(db, entry, error) && kab_queue_wake(db, error);
}

static gboolean
note(KabDb *db, const KabJournalEntry *entry, const KabMessage *message, const KabAnswer *answer,
     GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    gint64 id;

    return transaction != NULL && kab_journal_add(db, entry, &id, error) &&
           kab_journal_add_object(db, id, message->kind, message->id, message->version, 1,
                                  answer != NULL ? kab_outcome_to_nick(answer->outcome) : "error",
                                  answer != NULL ? answer->detail : entry->error, error) &&
           (answer == NULL || !is_taken(answer->outcome) || finish_entry(db, answer, error)) &&
           kab_transaction_commit(transaction, error);
}

/* What the other end refuses is no refusal of this one to who asked: their session has not ended,
 * and what they asked for is here. */
static gboolean
pass_refusal(GError **error, GError **refusal)
{
    if (g_error_matches(*refusal, KAB_ERROR, KAB_ERROR_UNAUTHORIZED) ||
        g_error_matches(*refusal, KAB_ERROR, KAB_ERROR_DENIED) ||
        g_error_matches(*refusal, KAB_ERROR, KAB_ERROR_NOT_FOUND))
        (*refusal)->code = KAB_ERROR_STATE;
    return kab_error_pass(error, refusal);
}

static KabAnswer *
send(KabEnd *end, KabDb *db, const KabResend *resend, const char *what, GCancellable *cancellable,
     GError **error)
{
    g_autoptr(KabLink) link = kab_link_open(end, db, error);
    g_autoptr(GBytes) batch = write_batch(resend->message);
    g_autofree char *text = kab_journal_dup_text(batch);
    g_autofree char *told = NULL;
    g_autoptr(KabHttpAnswer) got = NULL;
    g_autoptr(KabAnswer) answer = NULL;
    g_autoptr(GError) local = NULL;
    gint64 began = g_get_monotonic_time();
    KabJournalEntry entry = {.at = kab_time_now(), .what = what, .request = text};

    if (link == NULL)
        return NULL;
    got = kab_link_send(link, "POST", "/exchange/v1/messages", batch, cancellable, &local);
    answer = got != NULL ? read_answer(link, got, &local) : NULL;
    told = got != NULL ? kab_journal_dup_text(got->body) : NULL;
    entry.peer = kab_link_get_address(link);
    entry.duration_ms = (g_get_monotonic_time() - began) / 1000;
    entry.http_status = got != NULL ? got->status : 0;
    entry.answer = told;
    entry.outcome = answer != NULL ? "ok" : "error";
    entry.error = local != NULL ? local->message : NULL;
    if (!note(db, &entry, resend->message, answer, error))
        return NULL;
    return pass_refusal(error, &local) ? g_steal_pointer(&answer) : NULL;
}

KabAnswer *
kab_resend(KabEnd *end, KabDb *db, const KabResend *resend, GCancellable *cancellable,
           GError **error)
{
    g_autofree char *what =
        g_strdup_printf("POST messages, edited by %s: %s", resend->who, resend->reason);

    return resend->incoming ? take(end, db, resend, what, error)
                            : send(end, db, resend, what, cancellable, error);
}
