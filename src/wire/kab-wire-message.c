/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-wire-message.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Bytes at most of what the other end says of a message. */
#define DETAIL_MAX 1000

/* Texts of these alone need no care. */
#define PLAIN "abcdefghijklmnopqrstuvwxyz-"

static const char *const outcomes[] = {
    [KAB_OUTCOME_APPLIED] = "applied", [KAB_OUTCOME_DUPLICATE] = "duplicate",
    [KAB_OUTCOME_STALE] = "stale",     [KAB_OUTCOME_REJECTED] = "rejected",
    [KAB_OUTCOME_RETRY] = "retry",     [KAB_OUTCOME_WAITS] = "waits",
};

void
kab_message_free(KabMessage *message)
{
    if (message == NULL)
        return;
    g_free(message->kind);
    g_free(message->id);
    g_clear_pointer(&message->body, json_object_unref);
    g_free(message->text);
    g_free(message);
}

void
kab_answer_free(KabAnswer *answer)
{
    if (answer == NULL)
        return;
    g_free(answer->kind);
    g_free(answer->id);
    g_free(answer->detail);
    g_free(answer->waits_kind);
    g_free(answer->waits_id);
    g_free(answer);
}

const char *
kab_outcome_to_nick(KabOutcome outcome)
{
    g_return_val_if_fail((gsize)outcome < G_N_ELEMENTS(outcomes), NULL);
    return outcomes[outcome];
}

static gboolean
outcome_from_nick(const char *nick, KabOutcome *out, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(outcomes); i++) {
        if (strcmp(outcomes[i], nick) == 0) {
            *out = (KabOutcome)i;
            return TRUE;
        }
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not an outcome"),
                kab_error_clip(nick, 40), nick);
    return FALSE;
}

JsonNode *
kab_wire_messages_to_json(GPtrArray *messages)
{
    JsonObject *root = json_object_new();
    JsonArray *array = json_array_sized_new(messages->len);

    for (guint i = 0; i < messages->len; i++) {
        const KabMessage *message = g_ptr_array_index(messages, i);
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "kind", message->kind);
        json_object_set_string_member(object, "id", message->id);
        json_object_set_int_member(object, "version", message->version);
        if (message->body != NULL)
            json_object_set_object_member(object, "body", json_object_ref(message->body));
        json_array_add_object_element(array, object);
    }
    json_object_set_array_member(root, "messages", array);
    return kab_json_node_take(root);
}

/* The bodies are put in as the texts that they are: most of a batch need not be written twice. */
GBytes *
kab_wire_messages_to_bytes(GPtrArray *messages)
{
    GString *text = g_string_sized_new(65536);
    gsize size;

    g_string_append(text, "{\"messages\":[");
    for (guint i = 0; i < messages->len; i++) {
        const KabMessage *message = g_ptr_array_index(messages, i);

        g_string_append_printf(text,
                               "%s{\"kind\":\"%s\",\"id\":\"%s\",\"version\":%" G_GINT64_FORMAT,
                               i > 0 ? "," : "", message->kind, message->id, message->version);
        if (message->text != NULL) {
            g_string_append(text, ",\"body\":");
            g_string_append(text, message->text);
        }
        g_string_append_c(text, '}');
    }
    g_string_append(text, "]}");
    size = text->len;
    return g_bytes_new_take(g_string_free(text, FALSE), size);
}

static KabMessage *
message_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabMessage) message = g_new0(KabMessage, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    char id[KAB_ID_SIZE];
    JsonObject *body;

    message->kind = g_strdup(kab_fields_need_text(&fields, "kind", 100));
    kab_fields_need_id(&fields, "id", id);
    message->id = g_strdup(id);
    message->version = kab_fields_need_int(&fields, "version", 1, KAB_MESSAGE_MAX_VERSION);
    body = kab_fields_get_object(&fields, "body");
    if (body != NULL)
        message->body = json_object_ref(body);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&message) : NULL;
}

GPtrArray *
kab_wire_messages_from_json(JsonObject *object, GError **error)
{
    g_autoptr(GPtrArray) messages =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_message_free);
    KabFields fields = KAB_FIELDS_INIT(object);
    JsonArray *array = kab_fields_need_array(&fields, "messages", KAB_MESSAGES_MAX);

    if (!kab_fields_finish(&fields, error))
        return NULL;
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabMessage *message = message_from_json(json_array_get_object_element(array, i), error);

        if (message == NULL) {
            g_prefix_error(error, _("Message %u: "), i + 1);
            return NULL;
        }
        g_ptr_array_add(messages, message);
    }
    return g_steal_pointer(&messages);
}

/* @text as a JSON text, with its quotes. */
static void
append_quoted(GString *to, const char *text)
{
    g_autoptr(JsonNode) node = NULL;
    g_autofree char *quoted = NULL;

    if (text[strspn(text, PLAIN)] == '\0') {
        g_string_append_printf(to, "\"%s\"", text);
        return;
    }
    node = json_node_init_string(json_node_alloc(), text);
    quoted = json_to_string(node, FALSE);
    g_string_append(to, quoted);
}

static void
append_answer(GString *text, const KabAnswer *answer)
{
    g_string_append(text, "{\"kind\":");
    append_quoted(text, answer->kind);
    g_string_append_printf(text,
                           ",\"id\":\"%s\",\"version\":%" G_GINT64_FORMAT ",\"outcome\":\"%s\"",
                           answer->id, answer->version, kab_outcome_to_nick(answer->outcome));
    if (answer->detail != NULL && *answer->detail != '\0') {
        g_string_append(text, ",\"detail\":");
        append_quoted(text, answer->detail);
    }
    if (answer->waits_kind != NULL)
        g_string_append_printf(text, ",\"waits_for\":{\"kind\":\"%s\",\"id\":\"%s\"}",
                               answer->waits_kind, answer->waits_id);
    g_string_append_c(text, '}');
}

GBytes *
kab_wire_answers_to_bytes(GPtrArray *answers)
{
    GString *text = g_string_sized_new(128 * answers->len + 32);
    gsize size;

    g_string_append(text, "{\"answers\":[");
    for (guint i = 0; i < answers->len; i++) {
        if (i > 0)
            g_string_append_c(text, ',');
        append_answer(text, g_ptr_array_index(answers, i));
    }
    g_string_append(text, "]}");
    size = text->len;
    return g_bytes_new_take(g_string_free(text, FALSE), size);
}

JsonNode *
kab_wire_answers_to_json(GPtrArray *answers)
{
    JsonObject *root = json_object_new();
    JsonArray *array = json_array_sized_new(answers->len);

    for (guint i = 0; i < answers->len; i++) {
        const KabAnswer *answer = g_ptr_array_index(answers, i);
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "kind", answer->kind);
        json_object_set_string_member(object, "id", answer->id);
        json_object_set_int_member(object, "version", answer->version);
        json_object_set_string_member(object, "outcome", kab_outcome_to_nick(answer->outcome));
        kab_json_set_text(object, "detail", answer->detail);
        if (answer->waits_kind != NULL) {
            JsonObject *waits_for = json_object_new();

            json_object_set_string_member(waits_for, "kind", answer->waits_kind);
            json_object_set_string_member(waits_for, "id", answer->waits_id);
            json_object_set_object_member(object, "waits_for", waits_for);
        }
        json_array_add_object_element(array, object);
    }
    json_object_set_array_member(root, "answers", array);
    return kab_json_node_take(root);
}

static void
read_waits_for(KabFields *fields, KabAnswer *answer)
{
    JsonObject *object = kab_fields_get_object(fields, "waits_for");
    KabFields waits_for = KAB_FIELDS_INIT(object);
    char id[KAB_ID_SIZE];
    GError *error = NULL;

    if (object == NULL)
        return;
    answer->waits_kind = g_strdup(kab_fields_need_text(&waits_for, "kind", 100));
    kab_fields_need_id(&waits_for, "id", id);
    answer->waits_id = g_strdup(id);
    if (!kab_fields_finish(&waits_for, &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
}

static KabAnswer *
answer_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabAnswer) answer = g_new0(KabAnswer, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    GError *local = NULL;
    const char *detail;
    char id[KAB_ID_SIZE];

    fields.lenient = TRUE; /* it was applied, whatever else is said of it */
    answer->kind = g_strdup(kab_fields_need_text(&fields, "kind", 100));
    kab_fields_need_id(&fields, "id", id);
    answer->id = g_strdup(id);
    answer->version = kab_fields_need_int(&fields, "version", 1, KAB_MESSAGE_MAX_VERSION);
    if (!outcome_from_nick(kab_fields_need_text(&fields, "outcome", 40), &answer->outcome, &local))
        kab_fields_fail(&fields, g_steal_pointer(&local));
    detail = kab_fields_get_text(&fields, "detail", G_MAXUINT);
    if (detail != NULL)
        answer->detail = g_strndup(detail, (gsize)kab_error_clip(detail, DETAIL_MAX));
    read_waits_for(&fields, answer);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&answer) : NULL;
}

GPtrArray *
kab_wire_answers_from_json(JsonObject *object, GError **error)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)kab_answer_free);
    KabFields fields = KAB_FIELDS_INIT(object);
    JsonArray *array = kab_fields_need_array(&fields, "answers", KAB_MESSAGES_MAX);

    fields.lenient = TRUE;
    if (!kab_fields_finish(&fields, error))
        return NULL;
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        KabAnswer *answer = answer_from_json(json_array_get_object_element(array, i), error);

        if (answer == NULL) {
            g_prefix_error(error, _("Answer %u: "), i + 1);
            return NULL;
        }
        g_ptr_array_add(answers, answer);
    }
    return g_steal_pointer(&answers);
}
