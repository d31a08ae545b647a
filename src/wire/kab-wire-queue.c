/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-wire-object-name.h"
#include "kab-wire-queue.h"

JsonNode *
kab_wire_queue_entry_to_json(const KabQueueEntry *entry)
{
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, "id", entry->id);
    kab_json_set_text(object, "kind", entry->kind);
    kab_json_set_text(object, "object_id", entry->object_id);
    json_object_set_int_member(object, "version", entry->version);
    kab_json_set_text(object, "state", kab_queue_state_to_nick(entry->state));
    json_object_set_int_member(object, "attempts", entry->attempts);
    kab_json_set_time(object, "created_at", entry->created_at);
    kab_json_set_time(object, "next_attempt_at", entry->next_attempt_at);
    kab_json_set_text(object, "error", entry->error);
    kab_json_set_text(object, "waits_kind", entry->waits_kind);
    kab_json_set_text(object, "waits_id", entry->waits_id);
    if (entry->name != NULL)
        json_object_set_member(object, "name", kab_wire_object_name_to_json(entry->name));
    return kab_json_node_take(object);
}

KabQueueEntry *
kab_wire_queue_entry_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabQueueEntry) entry = g_new0(KabQueueEntry, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    GError *local = NULL;

    entry->id = kab_fields_get_int(&fields, "id", 0, G_MAXINT64, 0);
    entry->kind = kab_fields_dup_text(&fields, "kind", 100);
    entry->object_id = kab_fields_dup_text(&fields, "object_id", 100);
    entry->version = kab_fields_get_int(&fields, "version", 0, G_MAXINT64, 0);
    if (!kab_queue_state_from_nick(kab_fields_need_text(&fields, "state", 40), &entry->state,
                                   &local))
        kab_fields_fail(&fields, g_steal_pointer(&local));
    entry->attempts = (int)kab_fields_get_int(&fields, "attempts", 0, G_MAXINT, 0);
    entry->created_at = kab_fields_get_time(&fields, "created_at");
    entry->next_attempt_at = kab_fields_get_time(&fields, "next_attempt_at");
    entry->error = kab_fields_dup_text(&fields, "error", 10000);
    entry->waits_kind = kab_fields_dup_text(&fields, "waits_kind", 100);
    entry->waits_id = kab_fields_dup_text(&fields, "waits_id", 100);
    entry->name = kab_wire_get_object_name(&fields);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&entry) : NULL;
}

JsonNode *
kab_wire_run_result_to_json(const KabRunResult *result)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "id", result->id);
    kab_json_set_text(object, "cause", result->cause);
    kab_json_set_time(object, "started_at", result->started_at);
    kab_json_set_time(object, "ended_at", result->ended_at);
    json_object_set_int_member(object, "done", result->done);
    json_object_set_int_member(object, "total", result->total);
    json_object_set_int_member(object, "sent", result->sent);
    json_object_set_int_member(object, "rejected", result->rejected);
    json_object_set_int_member(object, "failed", result->failed);
    json_object_set_int_member(object, "received", result->received);
    kab_json_set_text(object, "error", result->error);
    return kab_json_node_take(object);
}

KabRunResult *
kab_wire_run_result_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabRunResult) result = g_new0(KabRunResult, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    result->id = kab_fields_dup_text(&fields, "id", 100);
    result->cause = kab_fields_dup_text(&fields, "cause", 100);
    result->started_at = kab_fields_get_time(&fields, "started_at");
    result->ended_at = kab_fields_get_time(&fields, "ended_at");
    result->done = kab_fields_get_int(&fields, "done", 0, G_MAXINT64, 0);
    result->total = kab_fields_get_int(&fields, "total", 0, G_MAXINT64, 0);
    result->sent = kab_fields_get_int(&fields, "sent", 0, G_MAXINT64, 0);
    result->rejected = kab_fields_get_int(&fields, "rejected", 0, G_MAXINT64, 0);
    result->failed = kab_fields_get_int(&fields, "failed", 0, G_MAXINT64, 0);
    result->received = kab_fields_get_int(&fields, "received", 0, G_MAXINT64, 0);
    result->error = kab_fields_dup_text(&fields, "error", 10000);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&result) : NULL;
}

static JsonArray *
alarms_to_json(GPtrArray *alarms)
{
    JsonArray *array = json_array_new();

    for (guint i = 0; alarms != NULL && i < alarms->len; i++) {
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "text", g_ptr_array_index(alarms, i));
        json_array_add_object_element(array, object);
    }
    return array;
}

static GPtrArray *
alarms_from_json(KabFields *fields)
{
    JsonArray *array = kab_fields_get_array(fields, "alarms", 1000);
    GPtrArray *alarms = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabFields alarm = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        GError *error = NULL;

        g_ptr_array_add(alarms, g_strdup(kab_fields_need_text(&alarm, "text", 10000)));
        if (!kab_fields_finish(&alarm, &error))
            kab_fields_fail(fields, g_steal_pointer(&error));
    }
    return alarms;
}

JsonNode *
kab_wire_exchange_state_to_json(const KabExchangeState *state)
{
    JsonObject *object = json_object_new();

    for (int i = 0; i < KAB_QUEUE_N_STATES; i++)
        json_object_set_int_member(object, kab_queue_state_to_nick((KabQueueState)i),
                                   state->counts[i]);
    kab_json_set_time(object, "oldest_at", state->oldest_at);
    kab_json_set_time(object, "last_run_at", state->last_run_at);
    kab_json_set_text(object, "last_error", state->last_error);
    json_object_set_boolean_member(object, "running", state->running);
    if (state->run != NULL)
        json_object_set_member(object, "run", kab_wire_run_result_to_json(state->run));
    json_object_set_boolean_member(object, "connected", state->connected);
    kab_json_set_time(object, "paused_at", state->paused_at);
    kab_json_set_text(object, "paused_by", state->paused_by);
    kab_json_set_time(object, "failing_since", state->failing_since);
    kab_json_set_text(object, "failure", state->failure);
    kab_json_set_time(object, "held_until", state->held_until);
    kab_json_set_time(object, "next_run_at", state->next_run_at);
    kab_json_set_time(object, "still_since", state->still_since);
    kab_json_set_text(object, "version", state->version);
    json_object_set_array_member(object, "alarms", alarms_to_json(state->alarms));
    return kab_json_node_take(object);
}

KabExchangeState *
kab_wire_exchange_state_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabExchangeState) state = g_new0(KabExchangeState, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    JsonObject *run;
    GError *local = NULL;

    for (int i = 0; i < KAB_QUEUE_N_STATES; i++)
        state->counts[i] = kab_fields_get_int(&fields, kab_queue_state_to_nick((KabQueueState)i), 0,
                                              G_MAXINT64, 0);
    state->oldest_at = kab_fields_get_time(&fields, "oldest_at");
    state->last_run_at = kab_fields_get_time(&fields, "last_run_at");
    state->last_error = kab_fields_dup_text(&fields, "last_error", 10000);
    state->running = kab_fields_get_boolean(&fields, "running", FALSE);
    run = kab_fields_get_object(&fields, "run");
    if (run != NULL) {
        state->run = kab_wire_run_result_from_json(run, &local);
        if (state->run == NULL)
            kab_fields_fail(&fields, g_steal_pointer(&local));
    }
    state->connected = kab_fields_get_boolean(&fields, "connected", FALSE);
    state->paused_at = kab_fields_get_time(&fields, "paused_at");
    state->paused_by = kab_fields_dup_text(&fields, "paused_by", 1000);
    state->failing_since = kab_fields_get_time(&fields, "failing_since");
    state->failure = kab_fields_dup_text(&fields, "failure", 10000);
    state->held_until = kab_fields_get_time(&fields, "held_until");
    state->next_run_at = kab_fields_get_time(&fields, "next_run_at");
    state->still_since = kab_fields_get_time(&fields, "still_since");
    state->version = kab_fields_dup_text(&fields, "version", 100);
    state->alarms = alarms_from_json(&fields);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&state) : NULL;
}
