/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-comment.h"
#include "kab-error.h"
#include "kab-wire-task.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME 1000
#define MAX_TEXT 4000

JsonArray *
kab_wire_variants_to_json(const KabTask *task)
{
    JsonArray *array = json_array_sized_new(task->n_variants);

    for (guint i = 0; i < task->n_variants; i++) {
        const KabTaskVariant *variant = &task->variants[i];
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "id", variant->id);
        json_object_set_string_member(object, "title", variant->title);
        json_object_set_string_member(object, "outcome",
                                      kab_task_outcome_to_nick(variant->outcome));
        json_object_set_boolean_member(object, "needs_comment", variant->needs_comment);
        json_array_add_object_element(array, object);
    }
    return array;
}

static void
subject_to_json(const KabTask *task, JsonObject *object)
{
    json_object_set_string_member(object, "order_id", task->order_id.text);
    kab_json_set_text(object, "order_number", task->order_number);
    json_object_set_string_member(object, "currency", task->order_total.currency);
    kab_json_set_sum(object, "order_total", task->order_total);
    json_object_set_int_member(object, "revision", task->revision);
    json_object_set_string_member(object, "partner_id", task->partner_id.text);
    kab_json_set_text(object, "partner_name", task->partner_name);
    kab_json_set_text(object, "author_id", task->author_id.text);
    kab_json_set_text(object, "author_name", task->author_name);
    json_object_set_string_member(object, "condition",
                                  kab_approval_condition_to_nick(task->condition));
    json_object_set_int_member(object, "measure", task->measure);
    json_object_set_int_member(object, "threshold", task->threshold);
    json_object_set_string_member(object, "role", kab_role_to_nick(task->role));
    json_object_set_boolean_member(object, "own_allowed", task->own_allowed);
    json_object_set_string_member(object, "state", kab_task_state_to_nick(task->state));
    kab_json_set_time(object, "created_at", task->created_at);
    json_object_set_array_member(object, "variants", kab_wire_variants_to_json(task));
    kab_json_set_text(object, "note", task->note);
}

static void
decision_to_json(const KabTask *task, JsonObject *object)
{
    kab_json_set_text(object, "variant", task->variant);
    kab_json_set_text(object, "comment", task->comment);
    kab_json_set_text(object, "decided_by", task->decided_by.text);
    kab_json_set_text(object, "decided_name", task->decided_name);
    kab_json_set_time(object, "decided_at", task->decided_at);
    json_object_set_int_member(object, "attempt", task->attempt);
}

JsonNode *
kab_wire_task_to_json(const KabTask *task, KabTaskFields wanted)
{
    JsonObject *object = json_object_new();

    if (wanted & KAB_TASK_ID)
        json_object_set_string_member(object, "id", task->id.text);
    if (wanted & KAB_TASK_SUBJECT)
        subject_to_json(task, object);
    decision_to_json(task, object);
    return kab_json_node_take(object);
}

gboolean
kab_wire_variants_from_json(KabTask *task, JsonArray *variants, GError **error)
{
    for (guint i = 0; i < json_array_get_length(variants); i++) {
        KabFields fields = KAB_FIELDS_INIT(json_array_get_object_element(variants, i));
        KabTaskVariant *variant = kab_task_add_variant(task);
        GError *local = NULL;

        variant->id = g_strdup(kab_fields_need_text(&fields, "id", 100));
        variant->title = g_strdup(kab_fields_need_text(&fields, "title", MAX_NAME));
        if (!kab_task_outcome_from_nick(kab_fields_need_text(&fields, "outcome", 40),
                                        &variant->outcome, &local))
            kab_fields_fail(&fields, g_steal_pointer(&local));
        variant->needs_comment = kab_fields_get_boolean(&fields, "needs_comment", FALSE);
        if (!kab_fields_finish(&fields, error))
            return FALSE;
    }
    return TRUE;
}

static void
names_from_json(KabTask *task, KabFields *fields)
{
    GError *error = NULL;

    if (!kab_approval_condition_from_nick(kab_fields_need_text(fields, "condition", 40),
                                          &task->condition, &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
    if (!kab_role_from_nick(kab_fields_need_text(fields, "role", 40), &task->role, &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
    if (!kab_task_state_from_nick(kab_fields_need_text(fields, "state", 40), &task->state, &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
}

static void
subject_from_json(KabTask *task, KabFields *fields)
{
    char currency[KAB_CURRENCY_SIZE];
    JsonArray *variants;
    GError *error = NULL;

    kab_fields_need_id(fields, "order_id", task->order_id.text);
    task->order_number = kab_fields_dup_text(fields, "order_number", 100);
    kab_fields_need_currency(fields, "currency", currency);
    task->order_total = kab_fields_need_sum(fields, "order_total", currency);
    task->revision = kab_fields_need_int(fields, "revision", 1, G_MAXINT64);
    kab_fields_need_id(fields, "partner_id", task->partner_id.text);
    task->partner_name = kab_fields_dup_text(fields, "partner_name", MAX_NAME);
    kab_fields_get_id(fields, "author_id", task->author_id.text);
    task->author_name = kab_fields_dup_text(fields, "author_name", MAX_NAME);
    names_from_json(task, fields);
    task->measure = kab_fields_need_int(fields, "measure", G_MININT64, G_MAXINT64);
    task->threshold = kab_fields_need_int(fields, "threshold", G_MININT64, G_MAXINT64);
    task->own_allowed = kab_fields_get_boolean(fields, "own_allowed", FALSE);
    task->created_at = kab_fields_need_time(fields, "created_at");
    variants = kab_fields_need_array(fields, "variants", KAB_TASK_MAX_VARIANTS);
    if (variants != NULL && !kab_wire_variants_from_json(task, variants, &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
    task->note = kab_fields_dup_text(fields, "note", MAX_TEXT);
}

static void
decision_from_json(KabTask *task, KabFields *fields)
{
    task->variant = kab_fields_dup_text(fields, "variant", 100);
    task->comment = kab_fields_dup_text(fields, "comment", KAB_COMMENT_MAX);
    kab_fields_get_id(fields, "decided_by", task->decided_by.text);
    task->decided_name = kab_fields_dup_text(fields, "decided_name", MAX_NAME);
    task->decided_at = kab_fields_get_time(fields, "decided_at");
    task->attempt = kab_fields_get_int(fields, "attempt", 0, G_MAXINT64, 0);
}

KabTask *
kab_wire_task_from_json(const char *id, JsonObject *object, KabTaskFields wanted, GError **error)
{
    g_autoptr(KabTask) task = g_new0(KabTask, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    if (id != NULL)
        task->id = kab_task_id_of(id);
    if (wanted & KAB_TASK_ID)
        kab_fields_need_id(&fields, "id", task->id.text);
    if (wanted & KAB_TASK_SUBJECT)
        subject_from_json(task, &fields);
    decision_from_json(task, &fields);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&task) : NULL;
}
