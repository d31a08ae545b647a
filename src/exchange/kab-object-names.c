/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json.h"
#include "kab-object-names.h"
#include "kab-wire-object-name.h"

/* Bytes of a name at most. */
#define MAX_NAME 400

/* Ids by kind, and the items that want their names by kind and id. */
typedef struct {
    GHashTable *ids;   /* (element-type utf8 JsonArray) */
    GHashTable *items; /* (element-type utf8 GPtrArray) */
} Wanted;

static void
wanted_clear(Wanted *wanted)
{
    g_hash_table_unref(wanted->ids);
    g_hash_table_unref(wanted->items);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Wanted, wanted_clear)

static void
want(Wanted *wanted, JsonObject *item, const char *id_member)
{
    const char *kind = json_object_get_string_member_with_default(item, "kind", NULL);
    const char *id = json_object_get_string_member_with_default(item, id_member, NULL);
    g_autofree char *key = NULL;
    GPtrArray *items;
    JsonArray *ids;

    if (kind == NULL || id == NULL)
        return;
    key = g_strjoin("/", kind, id, NULL);
    items = g_hash_table_lookup(wanted->items, key);
    if (items != NULL) {
        g_ptr_array_add(items, item);
        return;
    }
    items = g_ptr_array_new();
    g_ptr_array_add(items, item);
    g_hash_table_insert(wanted->items, g_steal_pointer(&key), items);
    ids = g_hash_table_lookup(wanted->ids, kind);
    if (ids == NULL) {
        ids = json_array_new();
        g_hash_table_insert(wanted->ids, g_strdup(kind), ids);
    }
    json_array_add_string_element(ids, id);
}

/* However long it is: what is wrong with an object has to be seen. */
static char *
dup_clipped(KabRows *rows, int column)
{
    const char *text = kab_rows_get_text(rows, column);

    return text != NULL ? g_strndup(text, (gsize)kab_error_clip(text, MAX_NAME)) : NULL;
}

static void
read_name(KabRows *rows, KabObjectName *name)
{
    const char *currency = kab_rows_get_text(rows, 5);

    name->name = dup_clipped(rows, 1);
    name->number = dup_clipped(rows, 2);
    name->at = kab_rows_get_int(rows, 3);
    name->total.minor = kab_rows_get_int(rows, 4);
    g_strlcpy(name->total.currency, currency != NULL ? currency : "", sizeof name->total.currency);
}

static void
give(Wanted *wanted, const char *kind, KabRows *rows)
{
    g_autoptr(KabObjectName) name = g_new0(KabObjectName, 1);
    g_autofree char *key = g_strjoin("/", kind, kab_rows_get_text(rows, 0), NULL);
    GPtrArray *items = g_hash_table_lookup(wanted->items, key);

    read_name(rows, name);
    for (guint i = 0; items != NULL && i < items->len; i++)
        json_object_set_member(g_ptr_array_index(items, i), "name",
                               kab_wire_object_name_to_json(name));
}

static gboolean
read_names(KabDb *db, const KabKindHandler *handler, JsonArray *ids, Wanted *wanted, GError **error)
{
    g_autoptr(JsonNode) node = json_node_init_array(json_node_alloc(), ids);
    g_autofree char *list = json_to_string(node, FALSE);
    g_autoptr(KabRows) rows = kab_db_query(db, handler->names, KAB_BIND(kab_text(list)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        give(wanted, handler->kind, rows);
    return kab_error_pass(error, &local);
}

gboolean
kab_object_names_add(KabEnd *end, KabDb *db, JsonArray *items, const char *id, GError **error)
{
    g_auto(Wanted) wanted = {
        .ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                     (GDestroyNotify)json_array_unref),
        .items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)g_ptr_array_unref),
    };
    GHashTableIter iter;
    gpointer kind;
    gpointer ids;

    for (guint i = 0; i < json_array_get_length(items); i++)
        want(&wanted, json_array_get_object_element(items, i), id);
    g_hash_table_iter_init(&iter, wanted.ids);
    while (g_hash_table_iter_next(&iter, &kind, &ids)) {
        const KabKindHandler *handler = kab_end_find_kind(end, kind);

        if (handler != NULL && handler->names != NULL &&
            !read_names(db, handler, ids, &wanted, error))
            return FALSE;
    }
    return TRUE;
}
