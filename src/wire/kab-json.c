/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-field-title.h"
#include "kab-json.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Values at most in one text: the parser takes a hundred bytes for each. */
#define MAX_VALUES 400000
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What may stand outside of texts (RFC 8259). The parser knows more: texts in single quotes and
 * comments, in which a quote or a bracket would mean nothing. */
static gboolean
is_plain(char c)
{
    return g_ascii_isalnum(c) || g_ascii_isspace(c) || c == ':' || c == '+' || c == '-' || c == '.';
}

/* What the parser would stumble over, found before it: it recurses, keeps every value, and takes a
 * NUL for the end of a text. Of several values in a row it would keep the last and lose the others.
 * NULL if there is nothing. */
static const char *
find_fault(const char *text, gsize size, int max_depth)
{
    gboolean quoted = FALSE;
    guint values = 0;
    int depth = 0;

    for (gsize i = size >= 3 && memcmp(text, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0; i < size; i++) {
        char c = text[i];

        if (depth == 0 && !g_ascii_isspace(c) && (values > 0 || (c != '{' && c != '[')))
            return N_("The text is not one JSON object");
        if (quoted) {
            if (c == '\\' && size - i > 5 && memcmp(text + i, "\\u0000", 6) == 0)
                return N_("A text in the JSON holds a NUL");
            if (c == '\\')
                i++;
            else if (c == '"')
                quoted = FALSE;
        } else if (c == '"') {
            quoted = TRUE;
        } else if (c == '{' || c == '[') {
            if (++depth > max_depth)
                return N_("The JSON is nested too deeply");
            values++;
        } else if (c == '}' || c == ']') {
            depth--;
        } else if (c == ',') {
            values++;
        } else if (!is_plain(c)) {
            return N_("The JSON holds something that is not in quotes");
        }
    }
    return values > MAX_VALUES ? N_("The JSON has too many values") : NULL;
}

gboolean
kab_json_check_text(const char *text, gsize size, int max_depth, GError **error)
{
    const char *fault;

    if (size == 0 || !g_utf8_validate_len(text, size, NULL)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("The text is not JSON in UTF-8"));
        return FALSE;
    }
    fault = find_fault(text, size, max_depth);
    if (fault != NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _(fault));
    return fault == NULL;
}

JsonNode *
kab_json_parse(GBytes *bytes, GError **error)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(GError) local = NULL;
    gsize size;
    const char *text = g_bytes_get_data(bytes, &size);
    JsonNode *root;

    if (!kab_json_check_text(text, size, KAB_JSON_MAX_DEPTH, error))
        return NULL;
    if (!json_parser_load_from_data(parser, text, (gssize)size, &local)) {
        /* The parser shows the one byte that it stumbled over. */
        g_autofree char *why = g_utf8_make_valid(local->message, -1);

        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("The text is not JSON: %s"), why);
        return NULL;
    }
    root = json_parser_get_root(parser);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("A JSON object was expected"));
        return NULL;
    }
    return json_node_ref(root);
}

char *
kab_json_to_text(JsonNode *node)
{
    return json_to_string(node, FALSE);
}

GBytes *
kab_json_to_bytes(JsonNode *node)
{
    char *text = kab_json_to_text(node);

    return g_bytes_new_take(text, strlen(text));
}

JsonNode *
kab_json_node_take(JsonObject *object)
{
    JsonNode *node = json_node_new(JSON_NODE_OBJECT);

    json_node_take_object(node, object);
    return node;
}

const char *
kab_json_get_text(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);

    return node != NULL && JSON_NODE_HOLDS_VALUE(node) &&
                   json_node_get_value_type(node) == G_TYPE_STRING
               ? json_node_get_string(node)
               : NULL;
}

void
kab_json_set_text(JsonObject *object, const char *name, const char *value)
{
    if (value != NULL && *value != '\0')
        json_object_set_string_member(object, name, value);
}

void
kab_json_set_time(JsonObject *object, const char *name, KabTime value)
{
    g_autofree char *text = kab_time_format_utc(value);

    kab_json_set_text(object, name, text);
}

void
kab_json_set_sum(JsonObject *object, const char *name, KabMoney value)
{
    g_autofree char *text = kab_money_format_number(value);

    json_object_set_string_member(object, name, text);
}

void
kab_json_set_quantity(JsonObject *object, const char *name, KabQuantity value)
{
    g_autofree char *text = kab_quantity_format_number(value);

    json_object_set_string_member(object, name, text);
}

G_GNUC_PRINTF(2, 3)
static void
fail(KabFields *self, const char *format, ...)
{
    va_list args;

    if (self->error != NULL)
        return;
    va_start(args, format);
    self->error = g_error_new_valist(KAB_ERROR, KAB_ERROR_INVALID, format, args);
    va_end(args);
}

/* What people call the member, for one message. */
#define SAY(name) kab_field_say((name), (char[KAB_FIELD_SAID_SIZE]){0})

/* The member's node; NULL if it is not there or null. */
static JsonNode *
look_up(KabFields *self, const char *name)
{
    JsonNode *node = json_object_get_member(self->object, name);

    g_return_val_if_fail(self->n_names < G_N_ELEMENTS(self->names), NULL);
    self->names[self->n_names++] = name;
    return node == NULL || JSON_NODE_HOLDS_NULL(node) ? NULL : node;
}

const char *
kab_fields_get_text(KabFields *self, const char *name, gsize max)
{
    JsonNode *node = look_up(self, name);
    const char *text;

    if (node == NULL)
        return NULL;
    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_STRING) {
        fail(self, _("%s must be a text"), SAY(name));
        return NULL;
    }
    text = json_node_get_string(node);
    if (!g_utf8_validate(text, -1, NULL)) { /* half a surrogate pair, written as \\ud800 */
        fail(self, _("“%s” holds half a character"), name);
        return NULL;
    }
    if ((gsize)g_utf8_strlen(text, -1) > max) {
        fail(self, _("%s is longer than %u characters"), SAY(name), (guint)max);
        return NULL;
    }
    return text;
}

const char *
kab_fields_need_text(KabFields *self, const char *name, gsize max)
{
    const char *text = kab_fields_get_text(self, name, max);

    if (text == NULL || *text == '\0') {
        fail(self, _("%s is missing"), SAY(name));
        return "";
    }
    return text;
}

char *
kab_fields_dup_text(KabFields *self, const char *name, gsize max)
{
    return g_strdup(kab_fields_get_text(self, name, max));
}

gint64
kab_fields_get_int(KabFields *self, const char *name, gint64 min, gint64 max, gint64 fallback)
{
    JsonNode *node = look_up(self, name);
    gint64 value;

    if (node == NULL)
        return fallback;
    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_INT64) {
        fail(self, _("%s must be a whole number"), SAY(name));
        return fallback;
    }
    value = json_node_get_int(node);
    if (value < min || value > max) {
        fail(self, _("“%s” must be from %" PRId64 " to %" PRId64), name, min, max);
        return fallback;
    }
    return value;
}

/* For members that have to be there. */
static void
need(KabFields *self, const char *name)
{
    if (!kab_fields_has(self, name))
        fail(self, _("%s is missing"), SAY(name));
}

gint64
kab_fields_need_int(KabFields *self, const char *name, gint64 min, gint64 max)
{
    need(self, name);
    return kab_fields_get_int(self, name, min, max, min);
}

gboolean
kab_fields_get_boolean(KabFields *self, const char *name, gboolean fallback)
{
    JsonNode *node = look_up(self, name);

    if (node == NULL)
        return fallback;
    if (!JSON_NODE_HOLDS_VALUE(node) || json_node_get_value_type(node) != G_TYPE_BOOLEAN) {
        fail(self, _("%s must be true or false"), SAY(name));
        return fallback;
    }
    return json_node_get_boolean(node);
}

/* An error of one of the model's parsers, with the member's name before it. What is too large is a
 * wrong value here, not a request that is too big. */
static void
fail_in(KabFields *self, const char *name, GError *error)
{
    error->code = KAB_ERROR_INVALID;
    g_prefix_error(&error, "%s: ", name);
    kab_fields_fail(self, error);
}

KabTime
kab_fields_get_time(KabFields *self, const char *name)
{
    const char *text = kab_fields_get_text(self, name, 40);
    GError *error = NULL;
    KabTime time = 0;

    if (text != NULL && !kab_time_parse(text, &time, &error))
        fail_in(self, name, error);
    return time;
}

KabTime
kab_fields_need_time(KabFields *self, const char *name)
{
    need(self, name);
    return kab_fields_get_time(self, name);
}

KabDate
kab_fields_get_date(KabFields *self, const char *name)
{
    const char *text = kab_fields_get_text(self, name, 40);
    GError *error = NULL;
    KabDate date;

    if (!kab_date_parse(text, &date, &error))
        fail_in(self, name, error);
    return date;
}

KabMoney
kab_fields_get_sum(KabFields *self, const char *name, const char *currency)
{
    const char *text = kab_fields_get_text(self, name, 30);
    KabMoney money = kab_money_new(0, currency);
    GError *error = NULL;

    if (text != NULL && !kab_money_parse(text, currency, &money, &error))
        fail_in(self, name, error);
    return money;
}

KabQuantity
kab_fields_get_quantity(KabFields *self, const char *name)
{
    const char *text = kab_fields_get_text(self, name, 30);
    KabQuantity quantity = {0};
    GError *error = NULL;

    if (text != NULL && !kab_quantity_parse(text, &quantity, &error))
        fail_in(self, name, error);
    return quantity;
}

KabMoney
kab_fields_need_sum(KabFields *self, const char *name, const char *currency)
{
    need(self, name);
    return kab_fields_get_sum(self, name, currency);
}

KabQuantity
kab_fields_need_quantity(KabFields *self, const char *name)
{
    need(self, name);
    return kab_fields_get_quantity(self, name);
}

void
kab_fields_get_currency(KabFields *self, const char *name, char out[KAB_CURRENCY_SIZE])
{
    const char *text = kab_fields_get_text(self, name, 20);

    *out = '\0';
    if (text != NULL && !kab_currency_parse(text, out))
        fail(self, _("%s: “%s” is not a known currency"), name, text);
}

void
kab_fields_need_currency(KabFields *self, const char *name, char out[KAB_CURRENCY_SIZE])
{
    need(self, name);
    kab_fields_get_currency(self, name, out);
}

void
kab_fields_get_id(KabFields *self, const char *name, char out[KAB_ID_SIZE])
{
    const char *text = kab_fields_get_text(self, name, 60);
    GError *error = NULL;

    *out = '\0';
    if (text != NULL && !kab_id_fill_parsed(text, out, &error))
        fail_in(self, name, error);
}

void
kab_fields_need_id(KabFields *self, const char *name, char out[KAB_ID_SIZE])
{
    kab_fields_get_id(self, name, out);
    if (*out == '\0')
        fail(self, _("%s is missing"), SAY(name));
}

gboolean
kab_fields_has(KabFields *self, const char *name)
{
    JsonNode *node = json_object_get_member(self->object, name);

    return node != NULL && !JSON_NODE_HOLDS_NULL(node);
}

JsonArray *
kab_fields_get_array(KabFields *self, const char *name, guint max)
{
    JsonNode *node = look_up(self, name);
    JsonArray *array;

    if (node == NULL)
        return NULL;
    if (!JSON_NODE_HOLDS_ARRAY(node)) {
        fail(self, _("“%s” must be a list"), name);
        return NULL;
    }
    array = json_node_get_array(node);
    if (json_array_get_length(array) > max) {
        fail(self, _("“%s” has more than %u entries"), name, max);
        return NULL;
    }
    for (guint i = 0; i < json_array_get_length(array); i++) {
        if (!JSON_NODE_HOLDS_OBJECT(json_array_get_element(array, i))) {
            fail(self, _("“%s” must be a list of objects"), name);
            return NULL;
        }
    }
    return array;
}

JsonArray *
kab_fields_need_array(KabFields *self, const char *name, guint max)
{
    need(self, name);
    return kab_fields_get_array(self, name, max);
}

JsonObject *
kab_fields_get_object(KabFields *self, const char *name)
{
    JsonNode *node = look_up(self, name);

    if (node == NULL)
        return NULL;
    if (!JSON_NODE_HOLDS_OBJECT(node)) {
        fail(self, _("“%s” must be an object"), name);
        return NULL;
    }
    return json_node_get_object(node);
}

void
kab_fields_skip(KabFields *self, const char *name)
{
    look_up(self, name);
}

void
kab_fields_fail(KabFields *self, GError *error)
{
    if (self->error == NULL)
        self->error = error;
    else
        g_error_free(error);
}

static gboolean
was_asked_for(KabFields *self, const char *name)
{
    for (guint i = 0; i < self->n_names; i++)
        if (strcmp(self->names[i], name) == 0)
            return TRUE;
    return FALSE;
}

gboolean
kab_fields_finish(KabFields *self, GError **error)
{
    JsonObjectIter iter;
    const char *name;
    JsonNode *node;

    if (self->error == NULL && !self->lenient) {
        json_object_iter_init(&iter, self->object);
        while (json_object_iter_next(&iter, &name, &node))
            if (!was_asked_for(self, name))
                fail(self, _("“%.*s” is not known here"), kab_error_clip(name, 60), name);
    }
    if (self->error == NULL)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&self->error));
    return FALSE;
}
