/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-batch.h"
#include "kab-breaker.h"
#include "kab-error.h"
#include "kab-id.h"
#include "kab-journal.h"
#include "kab-link.h"
#include "kab-pull.h"
#include "kab-queue-admin.h"
#include "kab-queue.h"
#include "kab-run-log.h"
#include "kab-run.h"

#include <glib/gi18n-lib.h>

#define BATCH 1000
/* So long at a time what is old is taken away: others want to write. */
#define FORGET_US (50 * 1000)
#define DAY_MS G_GINT64_CONSTANT(86400000)

/* Whether the run has to end here; its result tells why. */
static gboolean
look_around(KabBatch *batch, GError **error)
{
    KabOutgoing *outgoing = &batch->outgoing;
    g_autofree char *stopper = NULL;

    if (!kab_run_get_stopper(outgoing->db, outgoing->run_id, &stopper, error) ||
        !kab_queue_is_paused(outgoing->db, &batch->paused, error))
        return FALSE;
    if (stopper != NULL)
        kab_batch_cancel(batch, g_strdup_printf(_("The run was cancelled by %s"), stopper));
    else if (g_cancellable_is_cancelled(batch->cancellable))
        kab_batch_cancel(batch, g_strdup(_("The run was cancelled")));
    return TRUE;
}

/* The next entries, which may have come during the run; none if it has to end here. */
static gboolean
claim_next(KabBatch *batch, GPtrArray **entries, GError **error)
{
    KabDb *db = batch->outgoing.db;
    g_autoptr(KabTransaction) transaction = NULL;

    g_clear_pointer(entries, g_ptr_array_unref);
    if (!look_around(batch, error))
        return FALSE;
    if (batch->paused || batch->outgoing.result->error != NULL)
        return TRUE;
    transaction = kab_db_begin(db, error);
    if (transaction == NULL)
        return FALSE;
    *entries = kab_queue_claim(db, kab_time_now(), BATCH, error);
    return *entries != NULL && kab_transaction_commit(transaction, error);
}

/* Entries are sent in the order of the queue; takes the first of them. */
static gboolean
send_all(KabBatch *batch, GPtrArray *first, KabRunProgress progress, gpointer data, GError **error)
{
    KabRunResult *result = batch->outgoing.result;
    g_autoptr(GPtrArray) entries = first;

    while (entries != NULL && entries->len > 0) {
        if (!kab_batch_send(batch, entries, error))
            return FALSE;
        if (progress != NULL)
            progress(result->done, MAX(result->total, result->done), data);
        if (result->error != NULL)
            return TRUE;
        if (!claim_next(batch, &entries, error))
            return FALSE;
    }
    return TRUE;
}

/* What waits at the other end is fetched even while this end's own queue is paused. */
static gboolean
fetch_all(KabBatch *batch, KabRunProgress progress, gpointer data, GError **error)
{
    KabRunResult *result = batch->outgoing.result;
    gboolean more = TRUE;

    while (more && result->error == NULL) {
        if (!look_around(batch, error))
            return FALSE;
        if (result->error != NULL)
            break;
        if (!kab_pull_fetch(batch, &more, error))
            return FALSE;
        if (progress != NULL)
            progress(result->done, MAX(result->total, result->done), data);
    }
    return TRUE;
}

gboolean
kab_run_forget_old(KabEnd *end, KabDb *db, gboolean *more, GError **error)
{
    gint64 until = g_get_monotonic_time() + FORGET_US;
    gint64 days;
    KabTime before;

    *more = FALSE;
    if (!kab_settings_get_number(kab_end_get_settings(end), db, "journal.days", &days, error))
        return FALSE;
    before = kab_time_now() - days * DAY_MS;
    do {
        if (!kab_journal_forget(db, before, more, error))
            return FALSE;
    } while (*more && g_get_monotonic_time() < until);
    return kab_run_forget(db, before, error);
}

/* Begins the run and claims its first entries: one transaction, for an order that was placed just
 * now waits for it. */
static gboolean
begin_run(KabBatch *batch, GPtrArray **first, GError **error)
{
    KabOutgoing *outgoing = &batch->outgoing;
    KabRunResult *result = outgoing->result;
    g_autoptr(KabTransaction) transaction = kab_db_begin(outgoing->db, error);

    result->started_at = kab_time_now();
    if (transaction == NULL || !kab_queue_release(outgoing->db, error) ||
        !kab_queue_count_due(outgoing->db, result->started_at, &result->total, error) ||
        !kab_run_note_begin(outgoing->db, result, error) || !look_around(batch, error))
        return FALSE;
    if (!batch->paused && result->error == NULL) {
        *first = kab_queue_claim(outgoing->db, result->started_at, BATCH, error);
        if (*first == NULL)
            return FALSE;
    }
    if (kab_transaction_commit(transaction, error))
        return TRUE;
    g_clear_pointer(first, g_ptr_array_unref);
    return FALSE;
}

static gboolean
end_run(KabBatch *batch, GError **error)
{
    KabOutgoing *outgoing = &batch->outgoing;
    KabRunResult *result = outgoing->result;
    g_autoptr(KabTransaction) transaction = kab_db_begin(outgoing->db, error);
    gboolean known = TRUE;

    if (transaction == NULL)
        return FALSE;
    if (batch->cancelled && !look_around(batch, error)) /* by whom */
        return FALSE;
    if (batch->paused && result->total > 0 && result->error == NULL)
        kab_batch_cancel(batch, g_strdup(_("The queue is paused; resume it to send")));
    if (result->error == NULL && batch->blame != NULL && !batch->answered)
        result->error = g_strdup(batch->blame);
    if (result->error != NULL && !batch->cancelled)
        known = kab_breaker_fail(outgoing->db, result->started_at, result->error,
                                 batch->retry_after, error);
    else if (batch->answered)
        known = kab_breaker_succeed(outgoing->db, error);
    return known && kab_run_note_end(outgoing->db, result, error) &&
           kab_transaction_commit(transaction, error);
}

static gboolean
carry_out(KabBatch *batch, KabRunProgress progress, gpointer data, GError **error)
{
    KabOutgoing *outgoing = &batch->outgoing;
    const KabSettings *settings = kab_end_get_settings(outgoing->end);
    g_autoptr(GPtrArray) first = NULL;
    gboolean more;
    gint64 pull = 0;

    if (kab_end_get_class(outgoing->end)->side == KAB_SIDE_BASE &&
        !kab_settings_get_number(settings, outgoing->db, "exchange.pull", &pull, error))
        return FALSE;
    return kab_settings_get_number(settings, outgoing->db, "exchange.attempts", &outgoing->attempts,
                                   error) &&
           kab_breaker_get_failures(outgoing->db, &batch->failures, error) &&
           begin_run(batch, &first, error) && (!pull || fetch_all(batch, progress, data, error)) &&
           send_all(batch, g_steal_pointer(&first), progress, data, error) &&
           end_run(batch, error) && kab_run_forget_old(outgoing->end, outgoing->db, &more, error);
}

/* The storage failed: whoever waits for the run learns it if that can still be stored. */
static void
end_badly(KabBatch *batch, const GError *error)
{
    KabRunResult *result = batch->outgoing.result;

    g_free(result->error);
    result->error = g_strdup(error->message);
    kab_run_note_end(batch->outgoing.db, result, NULL);
}

static KabRunResult *
run_locked(KabEnd *end, KabDb *db, const char *id, const char *cause, GCancellable *cancellable,
           KabRunProgress progress, gpointer data, GError **error)
{
    g_autoptr(KabRunResult) result = g_new0(KabRunResult, 1);
    g_autoptr(KabLink) link = kab_link_open(end, db, error);
    g_autoptr(GError) local = NULL;
    KabBatch batch = {.link = link, .cancellable = cancellable};

    if (link == NULL)
        return NULL;
    result->id = g_strdup(id);
    result->cause = g_strdup(cause);
    batch.outgoing = (KabOutgoing){.end = end,
                                   .db = db,
                                   .peer = kab_link_get_address(link),
                                   .run_id = result->id,
                                   .result = result};
    carry_out(&batch, progress, data, &local);
    g_free(batch.blame);
    if (local == NULL)
        return g_steal_pointer(&result);
    end_badly(&batch, local);
    g_propagate_error(error, g_steal_pointer(&local));
    return NULL;
}

static void
cancel_inner(GCancellable *outer G_GNUC_UNUSED, gpointer inner)
{
    g_cancellable_cancel(inner);
}

KabRunResult *
kab_run_as(KabEnd *end, const char *id, const char *cause, GCancellable *cancellable,
           KabRunProgress progress, gpointer data, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    g_autoptr(GCancellable) inner = g_cancellable_new();
    KabRunResult *result;
    gulong handler = 0;
    int lock;

    if (db.db == NULL)
        return NULL;
    lock = kab_end_lock_run(end, error);
    if (lock < 0)
        return NULL;
    if (cancellable != NULL)
        handler = g_cancellable_connect(cancellable, G_CALLBACK(cancel_inner), inner, NULL);
    kab_end_set_run(end, inner);
    result = run_locked(end, db.db, id, cause, inner, progress, data, error);
    kab_end_set_run(end, NULL);
    g_cancellable_disconnect(cancellable, handler);
    kab_end_unlock_run(end, lock);
    return result;
}

KabRunResult *
kab_run(KabEnd *end, const char *cause, GCancellable *cancellable, KabRunProgress progress,
        gpointer data, GError **error)
{
    char id[KAB_ID_SIZE];

    kab_id_fill_random(id);
    return kab_run_as(end, id, cause, cancellable, progress, data, error);
}

gboolean
kab_run_stop(KabEnd *end, const char *who, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);

    if (db.db == NULL)
        return FALSE;
    if (!kab_end_is_running(end) && !kab_end_has_request(end)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE, _("The exchange is not running"));
        return FALSE;
    }
    if (!kab_run_ask_to_stop(db.db, who, error))
        return FALSE;
    kab_end_cancel_run(end);
    return TRUE;
}

gboolean
kab_run_was_killed(KabEnd *end, KabDb *db, gboolean *out, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabRunResult) open = kab_run_find_open(db, &local);

    *out = open != NULL && !kab_end_is_running(end) && !kab_end_has_request(end);
    return kab_error_pass(error, &local);
}
