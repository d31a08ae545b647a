/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-money.h"
#include "kab-quantity.h"
#include "kab-time.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/** KAB_JSON_MAX_DEPTH: how deep arrays and objects may be nested in what comes from outside. */
#define KAB_JSON_MAX_DEPTH 32

/**
 * kab_json_check_text:
 * @text: JSON text
 * @size: its bytes
 * @max_depth: how deep it may be nested
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it is UTF-8, not nested deeper, has no NUL in it and not too many values
 */
gboolean kab_json_check_text(const char *text, gsize size, int max_depth, GError **error);

/**
 * kab_json_parse:
 * @bytes: JSON text from outside
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Refuses what is not UTF-8, not an object or nested too deeply.
 *
 * Returns: (transfer full) (nullable): the object
 */
JsonNode *kab_json_parse(GBytes *bytes, GError **error);

/** kab_json_to_bytes: (transfer full): the text of @node on one line. */
GBytes *kab_json_to_bytes(JsonNode *node);

/** kab_json_to_text: (transfer full): the text of @node on one line. */
char *kab_json_to_text(JsonNode *node);

/** kab_json_node_take: (transfer full): a node around @object, which it takes. */
JsonNode *kab_json_node_take(JsonObject *object);

/**
 * kab_json_get_text:
 * @object: an object from outside
 * @name: a member
 *
 * For answers that may be anybody's: what is not a text is not there.
 *
 * Returns: (transfer none) (nullable): the member's text
 */
const char *kab_json_get_text(JsonObject *object, const char *name);

/* Setters that leave out what is not there. */

/** kab_json_set_text: sets @name unless @value is NULL or empty. */
void kab_json_set_text(JsonObject *object, const char *name, const char *value);

/** kab_json_set_time: sets @name as RFC 3339 unless @value is not set. */
void kab_json_set_time(JsonObject *object, const char *name, KabTime value);

/** kab_json_set_sum: sets @name as a decimal text without its currency. */
void kab_json_set_sum(JsonObject *object, const char *name, KabMoney value);

/** kab_json_set_quantity: sets @name as a decimal text. */
void kab_json_set_quantity(JsonObject *object, const char *name, KabQuantity value);

/**
 * KabFields:
 *
 * Reads the members of an object that came from outside. The first error sticks, so a decoder asks
 * for all it wants and looks once, in kab_fields_finish(), which also refuses members that nobody
 * asked for.
 */
typedef struct {
    JsonObject *object;
    GError *error;
    const char *names[64];
    guint n_names;
    gboolean lenient; /* members that nobody asked for are no error */
} KabFields;

/** KAB_FIELDS_INIT: begins to read @object, which has to outlive it. */
#define KAB_FIELDS_INIT(object_) \
    {                            \
        .object = (object_)      \
    }

/** kab_fields_get_text: (nullable): a text of at most @max characters; NULL if it is not there. */
const char *kab_fields_get_text(KabFields *self, const char *name, gsize max);

/** kab_fields_need_text: a text of 1 to @max characters; "" on error. */
const char *kab_fields_need_text(KabFields *self, const char *name, gsize max);

/** kab_fields_dup_text: (nullable) (transfer full): as kab_fields_get_text(), copied. */
char *kab_fields_dup_text(KabFields *self, const char *name, gsize max);

/** kab_fields_get_int: an integer from @min to @max; @fallback if it is not there. */
gint64 kab_fields_get_int(KabFields *self, const char *name, gint64 min, gint64 max,
                          gint64 fallback);

/** kab_fields_need_int: as kab_fields_get_int(), but it has to be there. */
gint64 kab_fields_need_int(KabFields *self, const char *name, gint64 min, gint64 max);

/** kab_fields_get_boolean: a truth value; @fallback if it is not there. */
gboolean kab_fields_get_boolean(KabFields *self, const char *name, gboolean fallback);

/** kab_fields_get_time: a moment; 0 if it is not there. */
KabTime kab_fields_get_time(KabFields *self, const char *name);

/** kab_fields_need_time: as kab_fields_get_time(), but it has to be there. */
KabTime kab_fields_need_time(KabFields *self, const char *name);

/** kab_fields_get_date: a day; not set if it is not there. */
KabDate kab_fields_get_date(KabFields *self, const char *name);

/** kab_fields_get_sum: a sum in @currency; 0 if it is not there. */
KabMoney kab_fields_get_sum(KabFields *self, const char *name, const char *currency);

/** kab_fields_get_quantity: a quantity; 0 if it is not there. */
KabQuantity kab_fields_get_quantity(KabFields *self, const char *name);

/** kab_fields_need_sum: as kab_fields_get_sum(), but it has to be there. */
KabMoney kab_fields_need_sum(KabFields *self, const char *name, const char *currency);

/** kab_fields_need_quantity: as kab_fields_get_quantity(), but it has to be there. */
KabQuantity kab_fields_need_quantity(KabFields *self, const char *name);

/** kab_fields_get_currency: an ISO 4217 code of the known currencies into @out; "" if not there. */
void kab_fields_get_currency(KabFields *self, const char *name, char out[KAB_CURRENCY_SIZE]);

/** kab_fields_need_currency: as kab_fields_get_currency(), but it has to be there. */
void kab_fields_need_currency(KabFields *self, const char *name, char out[KAB_CURRENCY_SIZE]);

/** kab_fields_get_id: a UUID into @out; "" if it is not there. */
void kab_fields_get_id(KabFields *self, const char *name, char out[KAB_ID_SIZE]);

/** kab_fields_need_id: a UUID into @out; it has to be there. */
void kab_fields_need_id(KabFields *self, const char *name, char out[KAB_ID_SIZE]);

/** kab_fields_has: whether the object has a member @name that is not null. */
gboolean kab_fields_has(KabFields *self, const char *name);

/** kab_fields_get_array: (nullable) (transfer none): an array of at most @max objects. */
JsonArray *kab_fields_get_array(KabFields *self, const char *name, guint max);

/** kab_fields_need_array: as kab_fields_get_array(), but it has to be there; %NULL on error. */
JsonArray *kab_fields_need_array(KabFields *self, const char *name, guint max);

/** kab_fields_get_object: (nullable) (transfer none): an object. */
JsonObject *kab_fields_get_object(KabFields *self, const char *name);

/** kab_fields_skip: knows @name, whatever it holds. */
void kab_fields_skip(KabFields *self, const char *name);

/** kab_fields_fail: makes @error the error unless there is one. Takes @error. */
void kab_fields_fail(KabFields *self, GError *error);

/**
 * kab_fields_finish:
 * @self: what was read
 * @error: return location: %KAB_ERROR_INVALID; the message names the member
 *
 * Returns: whether everything was as asked for, and nothing else was there
 */
gboolean kab_fields_finish(KabFields *self, GError **error);

G_END_DECLS
