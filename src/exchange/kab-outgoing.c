/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-journal.h"
#include "kab-json.h"
#include "kab-outgoing.h"
#include "kab-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The run that it failed in shall not take it again. */
#define BACKOFF_LEAST_MS 1000
#define BACKOFF_FIRST_MS G_GINT64_CONSTANT(10000)
#define BACKOFF_MAX_MS G_GINT64_CONSTANT(3600000)
#define RETRY_AFTER_MAX 3600
/* A batch ends when its messages have so many bytes; one message alone may have more. */
#define BATCH_BYTES (1024 * 1024)
/* What surrounds a body in a batch of one, at most. */
#define ENVELOPE_BYTES 1024

void
kab_messages_clear(KabMessages *self)
{
    g_clear_pointer(&self->entries, g_ptr_array_unref);
    g_clear_pointer(&self->messages, g_ptr_array_unref);
}

KabTime
kab_outgoing_next_attempt(int attempts, guint retry_after)
{
    gint64 ceiling = MIN(BACKOFF_FIRST_MS << MIN(attempts, 20), BACKOFF_MAX_MS);

    return kab_time_now() + BACKOFF_LEAST_MS +
           (gint64)(g_random_double() * (double)(ceiling - BACKOFF_LEAST_MS)) +
           (gint64)MIN(retry_after, RETRY_AFTER_MAX) * 1000;
}

/* The text of the body; NULL with @error set if the other end could not even read it. */
static char *
write_body(JsonObject *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_node_take(body);
    g_autofree char *text = kab_json_to_text(node);
    gsize size = strlen(text);

    if (size > KAB_MESSAGES_MAX_BYTES - ENVELOPE_BYTES) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE,
                    _("The object has %u MiB, more than the %u MiB that the exchange carries"),
                    (guint)(size / 1024 / 1024), KAB_MESSAGES_MAX_BYTES / 1024 / 1024);
        return NULL;
    }
    /* The envelope is three levels: messages, their list, one of them. */
    return kab_json_check_text(text, size, KAB_JSON_MAX_DEPTH - 3, error) ? g_steal_pointer(&text)
                                                                          : NULL;
}

/* The object as it is now. */
static KabMessage *
build(const KabOutgoing *self, const KabQueueEntry *entry, GError **error)
{
    const KabKindHandler *kind = kab_end_find_kind(self->end, entry->kind);
    g_autoptr(KabMessage) message = g_new0(KabMessage, 1);
    JsonObject *body = NULL;

    if (kind == NULL || kind->build == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("This end sends no objects of the kind “%s”"), entry->kind);
        return NULL;
    }
    message->kind = g_strdup(entry->kind);
    message->id = g_strdup(entry->object_id);
    message->version = entry->version;
    if (!kind->build(kab_end_get_service(self->end), self->db, entry->object_id, &body, error))
        return NULL;
    if (body != NULL) {
        message->text = write_body(body, error);
        if (message->text == NULL)
            return NULL;
    }
    return g_steal_pointer(&message);
}

/* Those that cannot be sent are marked by their error. */
static gboolean
build_batch(const KabOutgoing *self, GPtrArray *entries, guint from, KabMessages *out,
            GError **error)
{
    g_autoptr(KabTransaction) snapshot = kab_db_begin_read(self->db, error);
    gsize bytes = 0;

    if (snapshot == NULL)
        return FALSE;
    for (out->next = from; out->next < entries->len && bytes < BATCH_BYTES; out->next++) {
        KabQueueEntry *entry = g_ptr_array_index(entries, out->next);
        g_autoptr(GError) local = NULL;
        g_autoptr(KabMessage) message = build(self, entry, &local);
        gsize size;

        if (message == NULL && local->domain != KAB_ERROR) {
            g_propagate_error(error, g_steal_pointer(&local));
            return FALSE;
        }
        g_free(entry->error);
        entry->error = local != NULL ? g_strdup(local->message) : NULL;
        if (message == NULL)
            continue;
        size = message->text != NULL ? strlen(message->text) : 0;
        if (out->messages->len > 0 && bytes + size > BATCH_BYTES)
            break; /* built again for the next batch: seldom, and what is sent is bounded */
        bytes += size;
        g_ptr_array_add(out->entries, entry);
        g_ptr_array_add(out->messages, g_steal_pointer(&message));
    }
    return kab_transaction_commit(snapshot, error);
}

static gboolean
fail(const KabOutgoing *self, const KabQueueEntry *entry, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(self->db, error);
    KabJournalEntry told = {
        .at = kab_time_now(),
        .peer = self->peer,
        .what = "build",
        .run_id = self->run_id,
        .outcome = "error",
        .error = entry->error,
    };
    gint64 id;

    self->result->rejected++;
    self->result->done++;
    return transaction != NULL && kab_journal_add(self->db, &told, &id, error) &&
           kab_journal_add_object(self->db, id, entry->kind, entry->object_id, entry->version,
                                  entry->attempts + 1, "error", entry->error, error) &&
           kab_queue_fail(self->db, entry, entry->error, error) &&
           kab_transaction_commit(transaction, error);
}

gboolean
kab_outgoing_build(const KabOutgoing *self, GPtrArray *entries, guint from, KabMessages *out,
                   GError **error)
{
    out->entries = g_ptr_array_new();
    out->messages = g_ptr_array_new_with_free_func((GDestroyNotify)kab_message_free);
    if (!build_batch(self, entries, from, out, error))
        return FALSE;
    for (guint i = from; i < out->next; i++) {
        const KabQueueEntry *entry = g_ptr_array_index(entries, i);

        if (entry->error != NULL && !fail(self, entry, error))
            return FALSE;
    }
    return TRUE;
}

/* Whether this end has the object, so that it can be sent. */
static gboolean
has_object(const KabOutgoing *self, const char *kind_name, const char *id, gboolean *out,
           GError **error)
{
    const KabKindHandler *kind = kab_end_find_kind(self->end, kind_name);
    g_autoptr(GError) local = NULL;
    JsonObject *body = NULL;

    *out = FALSE;
    if (kind == NULL || kind->build == NULL)
        return TRUE;
    *out = kind->build(kab_end_get_service(self->end), self->db, id, &body, &local) && body != NULL;
    g_clear_pointer(&body, json_object_unref);
    return local == NULL || local->domain == KAB_ERROR || kab_error_pass(error, &local);
}

static gboolean
is_same(const KabQueueEntry *entry, const char *kind, const char *id)
{
    return strcmp(entry->kind, kind) == 0 && strcmp(entry->object_id, id) == 0;
}

/* What the message waits for is sent before it, and first of all queued: the other end may have
 * lost it. */
static gboolean
wait_for(const KabOutgoing *self, const KabQueueEntry *entry, const KabAnswer *answer,
         GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabQueueEntry) before = NULL;
    gboolean has = TRUE;

    if (answer->waits_kind == NULL)
        return kab_queue_fail(self->db, entry, answer->detail, error);
    before = kab_queue_find(self->db, answer->waits_kind, answer->waits_id, &local);
    if (!kab_error_pass(error, &local))
        return FALSE;
    /* Two that wait for each other, or one for itself, would wait for good. */
    if (is_same(entry, answer->waits_kind, answer->waits_id) ||
        (before != NULL && before->waits_kind != NULL &&
         is_same(entry, before->waits_kind, before->waits_id)))
        return kab_queue_fail(self->db, entry, answer->detail, error);
    if (before == NULL && !has_object(self, answer->waits_kind, answer->waits_id, &has, error))
        return FALSE;
    if (!has)
        return kab_queue_fail(self->db, entry, answer->detail, error);
    if (before == NULL && !kab_queue_put(self->db, answer->waits_kind, answer->waits_id, error))
        return FALSE;
    return kab_queue_wait_for(self->db, entry, answer->detail, self->attempts, answer->waits_kind,
                              answer->waits_id, error);
}

gboolean
kab_outgoing_note(const KabOutgoing *self, const KabQueueEntry *entry, const KabAnswer *answer,
                  GError **error)
{
    switch (answer->outcome) {
    case KAB_OUTCOME_APPLIED:
    case KAB_OUTCOME_DUPLICATE:
    case KAB_OUTCOME_STALE:
        self->result->sent++;
        return kab_queue_done(self->db, entry, error);
    case KAB_OUTCOME_REJECTED:
        self->result->rejected++;
        return kab_queue_fail(self->db, entry, answer->detail, error);
    case KAB_OUTCOME_WAITS:
        self->result->failed++;
        return wait_for(self, entry, answer, error);
    case KAB_OUTCOME_RETRY:
    default:
        self->result->failed++;
        return kab_queue_retry_later(self->db, entry, answer->detail, self->attempts,
                                     kab_outgoing_next_attempt(entry->attempts, 0), error);
    }
}
