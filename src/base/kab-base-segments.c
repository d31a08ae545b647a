/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-segments.h"
#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-kind.h"
#include "kab-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PROPERTY "property:"
#define STEP 1000
#define SELECT_GROUP_NAME "SELECT name FROM product_group WHERE id = $1"
#define SELECT_PROPERTY_NAME "SELECT name FROM property WHERE id = $1"
#define SELECT_PROPERTIES \
    "SELECT 'property:' || id, name FROM property WHERE deleted = 0 ORDER BY name, id LIMIT 500"
/* Each takes words ($1, NULL: any) and how many ($2), and gives a value, its title and how many
 * products have it. */
#define VALUES_OF(column)                                                          \
    "SELECT " column ", " column ", count(*) FROM sellable WHERE " column " <> ''" \
    " AND ($1 IS NULL OR has_words(casefold(" column "), casefold($1)))"           \
    " GROUP BY " column " ORDER BY count(*) DESC, " column " LIMIT $2"
#define SELECT_GROUPS                                                                           \
    "WITH RECURSIVE listed (id, name) AS (SELECT id, name FROM product_group WHERE deleted = 0" \
    " AND ($1 IS NULL OR has_words(casefold(name), casefold($1)))),"                            \
    " below (root, id) AS (SELECT id, id FROM listed UNION"                                     \
    " SELECT b.root, g.id FROM product_group g JOIN below b ON g.parent_id = b.id)"             \
    " SELECT l.id, l.name, count(*) FROM below b JOIN sellable s ON s.group_id = b.id"          \
    " JOIN listed l ON l.id = b.root GROUP BY l.id ORDER BY count(*) DESC, l.name LIMIT $2"
/* Of the property $1 the same: words ($2) and how many ($3). */
#define SELECT_PROPERTY_VALUES                                                                   \
    "SELECT q.value, q.value, count(DISTINCT s.id) FROM product_property q"                      \
    " JOIN sellable s ON s.product_id = q.product_id WHERE q.property_id = $1 AND q.value <> ''" \
    " AND ($2 IS NULL OR has_words(casefold(q.value), casefold($2)))"                            \
    " GROUP BY q.value ORDER BY 3 DESC, 1 LIMIT $3"
/* Each takes the value ($1). */
#define PRODUCTS_OF(column) COLLECT "SELECT id FROM sellable WHERE " column " = $1"
#define COLLECT "INSERT INTO temp.segment (id) "
#define COLLECT_GROUP                                                               \
    COLLECT "SELECT s.id FROM sellable s WHERE s.group_id IN"                       \
            " (WITH RECURSIVE below (id) AS (VALUES ($1) UNION"                     \
            " SELECT g.id FROM product_group g JOIN below b ON g.parent_id = b.id)" \
            " SELECT id FROM below)"
#define COLLECT_PROPERTY                                        \
    COLLECT "SELECT s.id FROM sellable s WHERE s.product_id IN" \
            " (SELECT product_id FROM product_property WHERE value = $1 AND property_id = $2)"
/* One pass over the products, however many there are. */
#define CREATE_SEGMENT "CREATE TEMP TABLE segment (n INTEGER PRIMARY KEY, id TEXT NOT NULL) STRICT"
#define DROP_SEGMENT "DROP TABLE IF EXISTS temp.segment"
#define SELECT_STEP "SELECT id FROM temp.segment WHERE n > $1 AND n <= $1 + $2 ORDER BY n"

typedef struct {
    const char *name;
    const char *title; /* a msgid */
    const char *values;
    const char *collect;
} Attribute;

static const Attribute attributes[] = {
    {"group", N_("Product group"), SELECT_GROUPS, COLLECT_GROUP},
    {"manufacturer", N_("Manufacturer"), VALUES_OF("manufacturer"), PRODUCTS_OF("manufacturer")},
    {"category", N_("Category"), VALUES_OF("category"), PRODUCTS_OF("category")},
    {"kind", N_("Goods or services"), VALUES_OF("kind"), PRODUCTS_OF("kind")},
};
static const Attribute property = {PROPERTY, NULL, SELECT_PROPERTY_VALUES, COLLECT_PROPERTY};

/* @property_id: (out) (nullable): of a property */
static const Attribute *
find_attribute(const char *name, const char **property_id, GError **error)
{
    *property_id = NULL;
    for (gsize i = 0; name != NULL && i < G_N_ELEMENTS(attributes); i++)
        if (strcmp(attributes[i].name, name) == 0)
            return &attributes[i];
    if (name != NULL && g_str_has_prefix(name, PROPERTY)) {
        *property_id = name + strlen(PROPERTY);
        return &property;
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("Products have no attribute “%.*s”"),
                kab_error_clip(name != NULL ? name : "", 40), name != NULL ? name : "");
    return NULL;
}

static void
add_attribute(JsonArray *items, const char *name, const char *title)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "attribute", name);
    json_object_set_string_member(object, "title", title);
    json_array_add_object_element(items, object);
}

JsonArray *
kab_base_segments_list_attributes(KabDb *db, GError **error)
{
    g_autoptr(JsonArray) items = json_array_new();
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_PROPERTIES, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(attributes); i++)
        add_attribute(items, attributes[i].name, _(attributes[i].title));
    while (kab_rows_next(rows, &local))
        add_attribute(items, kab_rows_get_text(rows, 0), kab_rows_get_text(rows, 1));
    return kab_error_pass(error, &local) ? g_steal_pointer(&items) : NULL;
}

static KabRows *
query_values(KabDb *db, const Attribute *attribute, const char *property_id, const char *text,
             guint limit, GError **error)
{
    if (property_id != NULL)
        return kab_db_query(db, attribute->values,
                            KAB_BIND(kab_text(property_id), kab_text(text), kab_int(limit)), error);
    return kab_db_query(db, attribute->values, KAB_BIND(kab_text(text), kab_int(limit)), error);
}

JsonArray *
kab_base_segments_list_values(KabDb *db, const char *name, const char *text, guint limit,
                              GError **error)
{
    const char *property_id;
    const Attribute *attribute = find_attribute(name, &property_id, error);
    g_autoptr(JsonArray) items = json_array_new();
    g_autoptr(GError) local = NULL;
    g_autoptr(KabRows) rows =
        attribute != NULL ? query_values(db, attribute, property_id, text, limit, error) : NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "value", kab_rows_get_text(rows, 0));
        json_object_set_string_member(object, "title", kab_rows_get_text(rows, 1));
        json_object_set_int_member(object, "count", kab_rows_get_int(rows, 2));
        json_array_add_object_element(items, object);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&items) : NULL;
}

static gboolean
collect(KabDb *db, const Attribute *attribute, const char *property_id, const char *value,
        GError **error)
{
    if (!kab_db_run(db, DROP_SEGMENT, KAB_BIND_NONE, error) ||
        !kab_db_run(db, CREATE_SEGMENT, KAB_BIND_NONE, error))
        return FALSE;
    if (property_id != NULL)
        return kab_db_run(db, attribute->collect, KAB_BIND(kab_text(value), kab_text(property_id)),
                          error);
    return kab_db_run(db, attribute->collect, KAB_BIND(kab_text(value)), error);
}

static GPtrArray *
list_step(KabDb *db, gint64 after, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) local = NULL;
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_STEP, KAB_BIND(kab_int(after), kab_int(STEP)), error);

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(ids, kab_rows_dup_text(rows, 0));
    return kab_error_pass(error, &local) ? g_steal_pointer(&ids) : NULL;
}

static gboolean
queue_products(KabDb *db, const GPtrArray *ids, GError **error)
{
    static const char *const kinds[] = {KAB_KIND_PRODUCT, KAB_KIND_PRICE, KAB_KIND_STOCK};
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    if (transaction == NULL)
        return FALSE;
    for (guint i = 0; i < ids->len; i++)
        for (gsize kind = 0; kind < G_N_ELEMENTS(kinds); kind++)
            if (!kab_queue_put(db, kinds[kind], g_ptr_array_index(ids, i), error))
                return FALSE;
    return kab_transaction_commit(transaction, error);
}

static gboolean
queue_segment(KabDb *db, gint64 *count, GError **error)
{
    for (;;) {
        g_autoptr(GPtrArray) ids = list_step(db, *count, error);

        if (ids == NULL || (ids->len > 0 && !queue_products(db, ids, error)))
            return FALSE;
        *count += ids->len;
        if (ids->len < STEP)
            return TRUE;
    }
}

/* What is known by an id goes into the log by its name too. */
static gboolean
note(KabEnd *end, KabDb *db, const KabActor *actor, const char *name, const char *value,
     gint64 count, GError **error)
{
    g_autofree char *object = g_strdup_printf("%s = %s", name, value);
    g_autofree char *attribute_name = NULL;
    g_autofree char *value_name = NULL;
    g_autofree char *detail = NULL;

    if ((g_str_equal(name, "group") &&
         !kab_db_get_text(db, SELECT_GROUP_NAME, KAB_BIND(kab_text(value)), &value_name, error)) ||
        (g_str_has_prefix(name, PROPERTY) &&
         !kab_db_get_text(db, SELECT_PROPERTY_NAME, KAB_BIND(kab_text(name + strlen(PROPERTY))),
                          &attribute_name, error)))
        return FALSE;
    detail = g_strdup_printf("%" G_GINT64_FORMAT ": %s = %s", count,
                             attribute_name != NULL ? attribute_name : name,
                             value_name != NULL ? value_name : value);
    return kab_end_audit(end, db, actor, KAB_AUDIT_SEGMENT, object, detail, error);
}

gboolean
kab_base_segments_form(KabEnd *end, KabDb *db, const KabActor *actor, const char *name,
                       const char *value, gint64 *count, GError **error)
{
    const char *property_id;
    const Attribute *attribute = find_attribute(name, &property_id, error);
    gboolean done;

    *count = 0;
    if (attribute == NULL)
        return FALSE;
    done = collect(db, attribute, property_id, value, error) && queue_segment(db, count, error);
    kab_db_run(db, DROP_SEGMENT, KAB_BIND_NONE, NULL);
    if (*count > 0) {
        kab_end_nudge(end);
        return done && note(end, db, actor, name, value, *count, error);
    }
    if (done)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("No product has this value"));
    return FALSE;
}
