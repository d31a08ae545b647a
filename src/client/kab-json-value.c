/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json-value.h"
#include "kab-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
kab_json_value_free(KabJsonValue *value)
{
    if (value == NULL)
        return;
    g_free(value->name);
    g_free(value->text);
    g_clear_pointer(&value->children, g_ptr_array_unref);
    g_free(value);
}

static KabJsonValue *read_value(const char *name, JsonNode *node);

static void
read_array(KabJsonValue *value, JsonArray *array)
{
    for (guint i = 0; i < json_array_get_length(array); i++)
        g_ptr_array_add(value->children, read_value(NULL, json_array_get_element(array, i)));
}

static void
read_object(KabJsonValue *value, JsonObject *object)
{
    JsonObjectIter iter;
    const char *name;
    JsonNode *member;

    json_object_iter_init_ordered(&iter, object);
    while (json_object_iter_next_ordered(&iter, &name, &member))
        g_ptr_array_add(value->children, read_value(name, member));
}

/* As deep as KAB_JSON_MAX_DEPTH at most: deeper texts are not parsed. */
static KabJsonValue *
read_value(const char *name, JsonNode *node)
{
    KabJsonValue *value = g_new0(KabJsonValue, 1);

    value->name = g_strdup(name);
    if (JSON_NODE_HOLDS_OBJECT(node) || JSON_NODE_HOLDS_ARRAY(node))
        value->children = g_ptr_array_new_with_free_func((GDestroyNotify)kab_json_value_free);
    if (JSON_NODE_HOLDS_OBJECT(node)) {
        value->type = KAB_JSON_OBJECT;
        read_object(value, json_node_get_object(node));
    } else if (JSON_NODE_HOLDS_ARRAY(node)) {
        value->type = KAB_JSON_ARRAY;
        read_array(value, json_node_get_array(node));
    } else if (JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING) {
        value->type = KAB_JSON_TEXT;
        value->text = json_node_dup_string(node);
    } else {
        value->type = KAB_JSON_OTHER;
        value->text = json_to_string(node, FALSE);
    }
    return value;
}

/* What is wrong, in words; the parser's own are not translated by us. */
static const char *
describe(const GError *error, gboolean open)
{
    if (open && error->code != JSON_PARSER_ERROR_MISSING_COMMA &&
        error->code != JSON_PARSER_ERROR_MISSING_COLON)
        return _("the text ends before it is whole");
    switch (error->code) {
    case JSON_PARSER_ERROR_TRAILING_COMMA:
        return _("there is a comma behind the last value");
    case JSON_PARSER_ERROR_MISSING_COMMA:
        return _("a comma is missing");
    case JSON_PARSER_ERROR_MISSING_COLON:
        return _("a colon is missing");
    case JSON_PARSER_ERROR_INVALID_BAREWORD:
        return _("a text is not in quotes");
    case JSON_PARSER_ERROR_EMPTY_MEMBER_NAME:
        return _("a member has no name");
    default:
        return _("something is there that does not belong there");
    }
}

typedef struct {
    guint line;
    guint position;
} Place;

static void
on_parser_error(JsonParser *parser, GError *error G_GNUC_UNUSED, Place *place)
{
    place->line = json_parser_get_current_line(parser);
    place->position = json_parser_get_current_pos(parser);
}

/* Returns: how deep the text is nested at most; @open: whether it ends within something */
static int
measure(const char *text, gboolean *open)
{
    gboolean quoted = FALSE;
    int depth = 0;
    int deepest = 0;

    for (const char *c = text; *c != '\0'; c++) {
        if (quoted && *c == '\\' && c[1] != '\0')
            c++;
        else if (*c == '"')
            quoted = !quoted;
        else if (!quoted && (*c == '{' || *c == '['))
            depth++;
        else if (!quoted && (*c == '}' || *c == ']'))
            depth--;
        deepest = MAX(deepest, depth);
    }
    *open = quoted || depth > 0;
    return deepest;
}

/* Returns: the code of "uXXXX"; -1 if it is none */
static int
read_code(const char *c)
{
    int code = 0;

    if (*c != 'u')
        return -1;
    for (int i = 1; i <= 4; i++) {
        if (!g_ascii_isxdigit(c[i]))
            return -1;
        code = 16 * code + g_ascii_xdigit_value(c[i]);
    }
    return code;
}

/* Returns: how long that is which stands behind a backslash; 0 if it means nothing */
static gsize
measure_escape(const char *c)
{
    int code = read_code(c);

    if (code < 0)
        return *c != '\0' && strchr("\"\\/bfnrt", *c) != NULL ? 1 : 0;
    if (code < 0xd800 || code > 0xdfff)
        return 5;
    /* Halves of a character come in pairs. */
    code = code < 0xdc00 && c[5] == '\\' ? read_code(c + 6) : -1;
    return code >= 0xdc00 && code <= 0xdfff ? 11 : 0;
}

/* The parser makes something of any backslash. Returns: (nullable): one that means nothing */
static const char *
find_bad_escape(const char *text)
{
    gboolean quoted = FALSE;

    for (const char *c = text; *c != '\0'; c++) {
        if (quoted && *c == '\\') {
            gsize length = measure_escape(c + 1);

            if (length == 0)
                return c;
            c += length;
        } else if (*c == '"') {
            quoted = !quoted;
        }
    }
    return NULL;
}

/* Of several values in a row the parser loses all but the last. Returns: (nullable): where
 * something stands that is not within the one object or array */
static const char *
find_outside(const char *text)
{
    gboolean quoted = FALSE;
    gboolean begun = FALSE;
    int depth = 0;

    for (const char *c = text; *c != '\0'; c++) {
        if (depth == 0 && !g_ascii_isspace(*c) && (begun || (*c != '{' && *c != '[')))
            return c;
        if (quoted && *c == '\\' && c[1] != '\0')
            c++;
        else if (*c == '"')
            quoted = !quoted;
        else if (!quoted && (*c == '{' || *c == '['))
            depth++;
        else if (!quoted && (*c == '}' || *c == ']'))
            depth--;
        begun = begun || depth > 0;
    }
    return NULL;
}

/* Returns: (nullable): a quote whose text goes on behind its line, which the parser lets it */
static const char *
find_open_quote(const char *text)
{
    const char *quote = NULL;

    for (const char *c = text; *c != '\0'; c++) {
        if (quote != NULL && *c == '\n')
            return quote;
        if (quote != NULL && *c == '\\' && c[1] != '\0')
            c++;
        else if (*c == '"')
            quote = quote == NULL ? c : NULL;
    }
    return NULL;
}

/* Returns: (nullable): a word that should be in quotes; of what begins one the parser tells no
 * place */
static const char *
find_unquoted(const char *text)
{
    static const char *const words[] = {"true", "false", "null"};
    gboolean quoted = FALSE;

    for (const char *c = text; *c != '\0'; c++) {
        gsize length = 0;
        gboolean known = FALSE;

        if (quoted && *c == '\\' && c[1] != '\0')
            c++;
        else if (*c == '"')
            quoted = !quoted;
        else if (!quoted && (g_ascii_isalnum(*c) || *c == '_'))
            length =
                strspn(c, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-");
        if (length == 0)
            continue;
        for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
            known = known || (length == strlen(words[i]) && strncmp(c, words[i], length) == 0);
        if (!known && !g_ascii_isdigit(*c))
            return c;
        c += length - 1;
    }
    return NULL;
}

static void
tell_at(const char *text, const char *where, const char *why, GError **error)
{
    const char *begin = where;
    guint line = 1;

    for (const char *c = text; c < where; c++)
        line += *c == '\n';
    while (begin > text && begin[-1] != '\n')
        begin--;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("Line %u, character %u: %s"), line,
                (guint)g_utf8_strlen(begin, where - begin) + 1, why);
}

/* What the parser accepts, or tells no place of; the first that finds something says what it is. */
static const struct {
    const char *(*find)(const char *text);
    const char *why;
} checks[] = {
    {find_outside, N_("something is there that does not belong there")},
    {find_open_quote, N_("the quotes are not closed")},
    {find_unquoted, N_("a text is not in quotes")},
    {find_bad_escape, N_("the backslash stands before something unknown")},
};

/* The parser knows the line, and accepts too much; the checks are strict. */
static JsonNode *
parse(const char *text, GError **error)
{
    g_autoptr(JsonParser) parser = json_parser_new();
    g_autoptr(GError) local = NULL;
    Place place = {0, 0};
    gboolean open;
    JsonNode *root;

    if (measure(text, &open) > KAB_JSON_MAX_DEPTH) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("The JSON is nested too deeply"));
        return NULL;
    }
    if (!g_utf8_validate(text, -1, NULL)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("The text is not JSON in UTF-8"));
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(checks); i++) {
        const char *bad = checks[i].find(text);

        if (bad != NULL) {
            tell_at(text, bad, g_dgettext(GETTEXT_PACKAGE, checks[i].why), error);
            return NULL;
        }
    }
    g_signal_connect(parser, "error", G_CALLBACK(on_parser_error), &place);
    if (!json_parser_load_from_data(parser, text, -1, &local)) {
        if (local->domain == JSON_PARSER_ERROR && place.line > 0)
            g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("Line %u, character %u: %s"),
                        place.line, place.position, describe(local, open));
        else
            g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                                _("The text is not JSON in UTF-8"));
        return NULL;
    }
    if (!kab_json_check_text(text, strlen(text), KAB_JSON_MAX_DEPTH, error))
        return NULL;
    root = json_parser_steal_root(parser);
    if (root == NULL)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("There is no text"));
    return root;
}

KabJsonValue *
kab_json_value_parse(const char *text, GError **error)
{
    g_autoptr(JsonNode) root = parse(text, error);

    return root != NULL ? read_value(NULL, root) : NULL;
}

static void
begin_line(GString *out, int depth)
{
    g_string_append_printf(out, "\n%*s", 2 * depth, "");
}

/* Copies the text in quotes that begins at @c. Returns: its last character */
static const char *
copy_quoted(GString *out, const char *c)
{
    const char *begin = c++;

    while (*c != '"')
        c += *c == '\\' ? 2 : 1;
    g_string_append_len(out, begin, c - begin + 1);
    return c;
}

/* Of JSON that was parsed. What it consists of stays as it was written, each number too. */
static char *
lay_out(const char *text)
{
    GString *out = g_string_new(NULL);
    int depth = 0;

    for (const char *c = text; *c != '\0'; c++) {
        char last = out->len > 0 ? out->str[out->len - 1] : '\0';
        gboolean opens = *c == '{' || *c == '[';
        gboolean closes = *c == '}' || *c == ']';

        if (g_ascii_isspace(*c))
            continue;
        depth -= closes;
        if (last == '{' || last == '[' ? !closes : closes || last == ',')
            begin_line(out, depth);
        if (*c == '"') {
            c = copy_quoted(out, c);
            continue;
        }
        g_string_append_c(out, *c);
        if (*c == ':')
            g_string_append_c(out, ' ');
        depth += opens;
    }
    return g_string_free(out, FALSE);
}

char *
kab_json_make_pretty(const char *text)
{
    g_autoptr(JsonNode) root = parse(text, NULL);

    return root != NULL ? lay_out(text) : g_strdup(text);
}

static char *
to_pretty(JsonNode *node)
{
    g_autofree char *text = json_to_string(node, FALSE);

    return lay_out(text);
}

static JsonArray *
get_messages(JsonNode *root)
{
    JsonObject *batch = JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
    JsonNode *member = batch != NULL ? json_object_get_member(batch, "messages") : NULL;

    return member != NULL && JSON_NODE_HOLDS_ARRAY(member) ? json_node_get_array(member) : NULL;
}

static gboolean
is_about(JsonNode *node, const char *id)
{
    return JSON_NODE_HOLDS_OBJECT(node) &&
           g_strcmp0(kab_json_get_text(json_node_get_object(node), "id"), id) == 0;
}

char *
kab_json_find_message(const char *text, const char *id)
{
    g_autoptr(JsonNode) root = text != NULL ? parse(text, NULL) : NULL;
    JsonArray *messages = root != NULL ? get_messages(root) : NULL;

    if (root != NULL && is_about(root, id)) /* a copy that was sent by hand */
        return to_pretty(root);
    for (guint i = 0; messages != NULL && i < json_array_get_length(messages); i++)
        if (is_about(json_array_get_element(messages, i), id))
            return to_pretty(json_array_get_element(messages, i));
    return NULL;
}

char *
kab_json_make_message(const char *payload, gint64 version)
{
    g_autoptr(JsonNode) root = payload != NULL ? parse(payload, NULL) : NULL;
    g_autoptr(JsonNode) made = NULL;
    JsonObject *from = NULL;
    JsonObject *message;

    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root))
        return NULL;
    from = json_node_get_object(root);
    message = json_object_new();
    made = kab_json_node_take(message);
    kab_json_set_text(message, "kind", kab_json_get_text(from, "kind"));
    kab_json_set_text(message, "id", kab_json_get_text(from, "id"));
    json_object_set_int_member(message, "version", version);
    if (json_object_has_member(from, "body"))
        json_object_set_member(message, "body", json_object_dup_member(from, "body"));
    return to_pretty(made);
}
