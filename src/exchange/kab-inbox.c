/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people.h"
#include "kab-kind.h"
#include "kab-error.h"
#include "kab-inbox.h"
#include "kab-journal.h"

#include <glib/gi18n-lib.h>

#define SELECT_VERSION "SELECT version FROM inbox WHERE kind = $1 AND object_id = $2"
#define UPSERT_VERSION                                                                 \
    "INSERT INTO inbox (kind, object_id, version, applied_at) VALUES ($1, $2, $3, $4)" \
    " ON CONFLICT (kind, object_id) DO UPDATE SET version = excluded.version,"         \
    " applied_at = excluded.applied_at"

/* Decides by the version alone; TRUE in @is_new if the message has to be applied. */
static gboolean
compare_version(KabDb *db, const KabMessage *message, gboolean *is_new, KabOutcome *outcome,
                GError **error)
{
    gboolean found;
    gint64 version;

    if (!kab_db_get_int(db, SELECT_VERSION,
                        KAB_BIND(kab_text(message->kind), kab_text(message->id)), &found, &version,
                        error))
        return FALSE;
    *is_new = !found || version < message->version;
    *outcome = found && version == message->version ? KAB_OUTCOME_DUPLICATE : KAB_OUTCOME_STALE;
    return TRUE;
}

static gboolean
apply_new(KabEnd *end, KabDb *db, const KabMessage *message, KabReference *missing, GError **error)
{
    const KabKindHandler *kind = kab_end_find_kind(end, message->kind);
    gpointer service = kab_end_get_service(end);
    g_autoptr(KabTransaction) part = NULL;

    if (kind == NULL || kind->apply == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("This end takes no objects of the kind “%s”"), message->kind);
        return FALSE;
    }
    if (kind->need != NULL && !kind->need(service, db, message, missing, error))
        return FALSE;
    if (*missing->kind != '\0') {
        g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                    _("It waits for the object of the kind “%s” with the id %s"), missing->kind,
                    missing->id);
        return FALSE;
    }
    part = kab_db_begin_nested(db, error);
    return part != NULL && kind->apply(service, db, message, error) &&
           kab_db_run(db, UPSERT_VERSION,
                      KAB_BIND(kab_text(message->kind), kab_text(message->id),
                               kab_int(message->version), kab_int(kab_time_now())),
                      error) &&
           kab_transaction_commit(part, error);
}

static gboolean
repeat(KabEnd *end, KabDb *db, const KabMessage *message, GError **error)
{
    const KabKindHandler *kind = kab_end_find_kind(end, message->kind);

    return kind == NULL || kind->repeat == NULL ||
           kind->repeat(kab_end_get_service(end), db, message->id, error);
}

/* Whether it is the message that is wrong, not the storage. */
static gboolean
is_the_messages(const GError *error)
{
    return error->domain == KAB_ERROR ||
           g_error_matches(error, KAB_DB_ERROR, KAB_DB_ERROR_UNIQUE) ||
           g_error_matches(error, KAB_DB_ERROR, KAB_DB_ERROR_CONSTRAINT);
}

static void
refuse(KabAnswer *answer, const GError *why, const KabReference *missing)
{
    answer->detail = g_strdup(why->message);
    answer->outcome = KAB_OUTCOME_REJECTED;
    if (g_error_matches(why, KAB_ERROR, KAB_ERROR_BUSY))
        answer->outcome = KAB_OUTCOME_RETRY;
    if (*missing->kind == '\0')
        return;
    answer->outcome = KAB_OUTCOME_WAITS;
    answer->waits_kind = g_strdup(missing->kind);
    answer->waits_id = g_strdup(missing->id);
}

static KabAnswer *
apply(KabEnd *end, KabDb *db, const KabMessage *message, GError **error)
{
    g_autoptr(KabAnswer) answer = g_new0(KabAnswer, 1);
    g_autoptr(GError) local = NULL;
    KabReference missing = {0};
    gboolean is_new;

    answer->kind = g_strdup(message->kind);
    answer->id = g_strdup(message->id);
    answer->version = message->version;
    if (!compare_version(db, message, &is_new, &answer->outcome, error))
        return NULL;
    if (!is_new)
        return repeat(end, db, message, error) ? g_steal_pointer(&answer) : NULL;
    if (apply_new(end, db, message, &missing, &local)) {
        answer->outcome = KAB_OUTCOME_APPLIED;
    } else if (is_the_messages(local)) {
        refuse(answer, local, &missing);
    } else {
        /* The storage, not the message: nothing of the batch can be promised. */
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return g_steal_pointer(&answer);
}

static gboolean
write_journal(KabDb *db, GPtrArray *answers, GBytes *text, const KabInboxSource *source, KabTime at,
              gint64 began, GError **error)
{
    KabJournalEntry entry = {
        .at = at,
        .incoming = TRUE,
        .peer = source->peer,
        .what = source->what,
        .run_id = source->run_id,
        .http_status = 200,
        .duration_ms = (g_get_monotonic_time() - began) / 1000,
        .outcome = "ok",
        .request = source->text,
        .answer = g_bytes_get_data(text, NULL),
    };
    gint64 id;

    if (!kab_journal_add(db, &entry, &id, error))
        return FALSE;
    for (guint i = 0; i < answers->len; i++) {
        const KabAnswer *answer = g_ptr_array_index(answers, i);

        if (!kab_journal_add_object(db, id, answer->kind, answer->id, answer->version, 0,
                                    kab_outcome_to_nick(answer->outcome), answer->detail, error))
            return FALSE;
    }
    return TRUE;
}

/* That prices were changed is audited, a line a batch: which, the journal tells. */
static gboolean
audit_prices(KabEnd *end, KabDb *db, GPtrArray *answers, const KabInboxSource *source,
             GError **error)
{
    const KabActor actor = {source->peer, ""};
    g_autofree char *detail = NULL;
    guint n = 0;

    for (guint i = 0; i < answers->len; i++) {
        const KabAnswer *answer = g_ptr_array_index(answers, i);

        if (answer->outcome == KAB_OUTCOME_APPLIED && strcmp(answer->kind, KAB_KIND_PRICE) == 0)
            n++;
    }
    detail = g_strdup_printf("prices of %u products", n);
    return n == 0 || kab_end_audit(end, db, &actor, KAB_AUDIT_PRICE, "exchange", detail, error);
}

GPtrArray *
kab_inbox_apply(KabEnd *end, KabDb *db, GPtrArray *messages, const KabInboxSource *source,
                GBytes **text, GError **error)
{
    g_autoptr(GBytes) told = NULL;
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)kab_answer_free);
    KabTime at = kab_time_now();
    gint64 began = g_get_monotonic_time();
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    if (transaction == NULL)
        return NULL;
    for (guint i = 0; i < messages->len; i++) {
        KabAnswer *answer = apply(end, db, g_ptr_array_index(messages, i), error);

        if (answer == NULL)
            return NULL;
        g_ptr_array_add(answers, answer);
    }
    told = kab_wire_answers_to_bytes(answers);
    if (!audit_prices(end, db, answers, source, error) ||
        !write_journal(db, answers, told, source, at, began, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    *text = g_steal_pointer(&told);
    return g_steal_pointer(&answers);
}
