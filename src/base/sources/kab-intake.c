/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-intake-private.h"
#include "kab-kind.h"

#include <glib/gi18n-lib.h>

/* How much is kept in memory of what is looked up again and again. */
#define KEPT_MAX 4096

/* The notes of one exchange. They may grow large, so they are tables and not memory.
 *   seen            objects that the files describe, except offers
 *   seen_offer      offers: KabIntakeOpenOffer, column by column; total is NULL if there is none
 *   seen_price, seen_stock  number of the offer * KAB_INTAKE_REFERENCES + number of the reference;
 *                   of a price with its least quantity
 *   wanted_picture  images whose files are in the exchange, by the number of the file
 *   mark            deletion marks
 *   touched         rows that really changed, and what they were before
 *   changed_value   variants whose text changed
 *   reference       price types and warehouses that were referred to
 *   full_catalogue  catalogues all of whose products are in the files
 *   affected, sold  for the queue: what may be news, and whether it is and was sold */
#define CREATE_NOTES                                                                             \
    "CREATE TEMP TABLE seen (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id))"      \
    " WITHOUT ROWID;"                                                                            \
    "CREATE TEMP TABLE seen_offer (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"             \
    " fields INTEGER NOT NULL, listed INTEGER NOT NULL, full_prices INTEGER NOT NULL,"           \
    " existed INTEGER NOT NULL, was_deleted INTEGER NOT NULL, changed INTEGER NOT NULL,"         \
    " prices_changed INTEGER NOT NULL, stock_changed INTEGER NOT NULL,"                          \
    " by_warehouse INTEGER NOT NULL, total INTEGER);"                                            \
    "CREATE TEMP TABLE seen_price (key INTEGER NOT NULL, min_quantity INTEGER NOT NULL,"         \
    " PRIMARY KEY (key, min_quantity)) WITHOUT ROWID;"                                           \
    "CREATE TEMP TABLE seen_stock (key INTEGER PRIMARY KEY);"                                    \
    "CREATE TEMP TABLE mark (kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (kind, id))"      \
    " WITHOUT ROWID;"                                                                            \
    "CREATE TEMP TABLE touched (kind TEXT NOT NULL, id TEXT NOT NULL, existed INTEGER NOT NULL," \
    " was_deleted INTEGER NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;"                      \
    "CREATE TEMP TABLE changed_value (property_id TEXT NOT NULL, source_id TEXT NOT NULL,"       \
    " PRIMARY KEY (property_id, source_id)) WITHOUT ROWID;"                                      \
    "CREATE TEMP TABLE reference (no INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL," \
    " source_id TEXT NOT NULL, UNIQUE (kind, id));"                                              \
    "CREATE TEMP TABLE full_catalogue (id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;"             \
    "CREATE TEMP TABLE wanted_picture (file INTEGER NOT NULL, product_id TEXT NOT NULL,"         \
    " position INTEGER NOT NULL, PRIMARY KEY (file, product_id, position)) WITHOUT ROWID;"       \
    "CREATE TEMP TABLE affected (id TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;"                   \
    "CREATE TEMP TABLE sold (id TEXT PRIMARY KEY NOT NULL, now INTEGER NOT NULL,"                \
    " before INTEGER NOT NULL) WITHOUT ROWID"

#define SEE "INSERT INTO temp.seen (kind, id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
#define TOUCH                                                                           \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted) VALUES ($1, $2, $3, $4)" \
    " ON CONFLICT DO NOTHING"
#define MARK "INSERT INTO temp.mark (kind, id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
#define FIND_REFERENCE "SELECT no FROM temp.reference WHERE kind = $1 AND id = $2"
#define PUT_REFERENCE "INSERT INTO temp.reference (kind, id, source_id) VALUES ($1, $2, $3)"

#define PUT_GROUP                                                          \
    "INSERT INTO product_group (id, source_id, parent_id, name, deleted)"  \
    " VALUES ($1, $2, $3, COALESCE($4, $2), $5)"                           \
    " ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id,"      \
    " name = COALESCE($4, product_group.name), deleted = excluded.deleted" \
    " WHERE product_group.parent_id IS NOT excluded.parent_id"             \
    " OR product_group.name IS NOT COALESCE($4, product_group.name)"       \
    " OR product_group.deleted IS NOT excluded.deleted"
#define PUT_PROPERTY                                                                          \
    "INSERT INTO property (id, source_id, name, value_type, deleted)"                         \
    " VALUES ($1, $2, COALESCE($3, $2), NULLIF($4, ''), $5)"                                  \
    " ON CONFLICT (id) DO UPDATE SET name = COALESCE($3, property.name),"                     \
    " value_type = NULLIF(COALESCE($4, property.value_type), ''), deleted = excluded.deleted" \
    " WHERE property.name IS NOT COALESCE($3, property.name)"                                 \
    " OR property.value_type IS NOT NULLIF(COALESCE($4, property.value_type), '')"            \
    " OR property.deleted IS NOT excluded.deleted"
#define PUT_VARIANT                                                                  \
    "INSERT INTO property_value (property_id, source_id, value) VALUES ($1, $2, $3)" \
    " ON CONFLICT (property_id, source_id) DO UPDATE SET value = excluded.value"     \
    " WHERE property_value.value IS NOT excluded.value"
#define CHANGE_VARIANT                                                        \
    "INSERT INTO temp.changed_value (property_id, source_id) VALUES ($1, $2)" \
    " ON CONFLICT DO NOTHING"
#define PUT_UNIT                                                                                \
    "INSERT INTO measure_unit (source_id, code, name, full_name, deleted)"                      \
    " VALUES ($1, NULLIF($2, ''), NULLIF($3, ''), NULLIF($4, ''), $5)"                          \
    " ON CONFLICT (source_id) DO UPDATE SET"                                                    \
    " code = NULLIF(COALESCE($2, measure_unit.code), ''),"                                      \
    " name = NULLIF(COALESCE($3, measure_unit.name), ''),"                                      \
    " full_name = NULLIF(COALESCE($4, measure_unit.full_name), ''), deleted = excluded.deleted" \
    " WHERE measure_unit.code IS NOT NULLIF(COALESCE($2, measure_unit.code), '')"               \
    " OR measure_unit.name IS NOT NULLIF(COALESCE($3, measure_unit.name), '')"                  \
    " OR measure_unit.full_name IS NOT NULLIF(COALESCE($4, measure_unit.full_name), '')"        \
    " OR measure_unit.deleted IS NOT excluded.deleted"
#define FIND_UNIT                                        \
    "SELECT COALESCE(name, full_name) FROM measure_unit" \
    " WHERE source_id = $1 OR code = $1 ORDER BY source_id = $1 DESC LIMIT 1"
#define PUT_PRICE_TYPE                                                                             \
    "INSERT INTO price_type (id, source_id, name, currency, vat_included, deleted, currency_word)" \
    " VALUES ($1, $2, COALESCE($3, $2), NULLIF($4, ''), $5, $6, NULLIF($7, ''))"                   \
    " ON CONFLICT (id) DO UPDATE SET name = COALESCE($3, price_type.name),"                        \
    " currency = NULLIF(COALESCE($4, price_type.currency), ''),"                                   \
    " currency_word = NULLIF(COALESCE($7, price_type.currency_word), ''),"                         \
    " vat_included = COALESCE($5, price_type.vat_included), deleted = excluded.deleted"            \
    " WHERE price_type.name IS NOT COALESCE($3, price_type.name)"                                  \
    " OR price_type.currency IS NOT NULLIF(COALESCE($4, price_type.currency), '')"                 \
    " OR price_type.currency_word IS NOT NULLIF(COALESCE($7, price_type.currency_word), '')"       \
    " OR price_type.vat_included IS NOT COALESCE($5, price_type.vat_included)"                     \
    " OR price_type.deleted IS NOT excluded.deleted"
#define FIND_CURRENCY "SELECT currency, currency_word FROM price_type WHERE id = $1"
#define SELECT_WORDS "SELECT kind, text, meaning FROM word"
#define PUT_WAREHOUSE                                                                    \
    "INSERT INTO warehouse (id, source_id, name, address, deleted)"                      \
    " VALUES ($1, $2, COALESCE($3, $2), NULLIF($4, ''), $5)"                             \
    " ON CONFLICT (id) DO UPDATE SET name = COALESCE($3, warehouse.name),"               \
    " address = NULLIF(COALESCE($4, warehouse.address), ''), deleted = excluded.deleted" \
    " WHERE warehouse.name IS NOT COALESCE($3, warehouse.name)"                          \
    " OR warehouse.address IS NOT NULLIF(COALESCE($4, warehouse.address), '')"           \
    " OR warehouse.deleted IS NOT excluded.deleted"

char *
kab_intake_normalise_id(char *text)
{
    if (text == NULL)
        return NULL;
    g_strstrip(text);
    if (g_uuid_string_is_valid(text))
        for (char *p = text; *p != '\0'; p++)
            *p = g_ascii_tolower(*p);
    return text;
}

/* Each was said by hand, so that there are few. */
static gboolean
load_words(KabIntake *intake, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(intake->db, SELECT_WORDS, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        g_hash_table_insert(
            intake->words,
            g_strconcat(kab_rows_get_text(rows, 0), ":", kab_rows_get_text(rows, 1), NULL),
            kab_rows_dup_text(rows, 2));
    return kab_error_pass(error, &local);
}

const char *
kab_intake_find_meaning(KabIntake *intake, const char *kind, const char *word)
{
    g_autofree char *key = g_strconcat(kind, ":", word, NULL);

    return g_hash_table_lookup(intake->words, key);
}

KabIntake *
kab_intake_begin(KabDb *db, KabImportResult *result, GError **error)
{
    g_autoptr(KabIntake) intake = g_new0(KabIntake, 1);

    intake->db = db;
    intake->result = result;
    intake->now = kab_time_now();
    intake->references = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    intake->units = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    intake->words = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!kab_db_script(db, CREATE_NOTES, error) || !load_words(intake, error))
        return NULL;
    return g_steal_pointer(&intake);
}

void
kab_intake_free(KabIntake *intake)
{
    if (intake == NULL)
        return;
    g_hash_table_unref(intake->references);
    g_hash_table_unref(intake->units);
    g_hash_table_unref(intake->words);
    g_free(intake);
}

gboolean
kab_intake_see(KabIntake *intake, const char *kind, const char *id, gboolean *first, GError **error)
{
    if (!kab_db_run(intake->db, SEE, KAB_BIND(kab_text(kind), kab_text(id)), error))
        return FALSE;
    *first = kab_db_get_changes(intake->db) > 0;
    return TRUE;
}

gboolean
kab_intake_touch(KabIntake *intake, const char *kind, const char *id, gboolean existed,
                 gboolean was_deleted, GError **error)
{
    return kab_db_run(
        intake->db, TOUCH,
        KAB_BIND(kab_text(kind), kab_text(id), kab_int(existed), kab_int(was_deleted)), error);
}

gboolean
kab_intake_mark(KabIntake *intake, const char *kind, const char *id, GError **error)
{
    return kab_db_run(intake->db, MARK, KAB_BIND(kab_text(kind), kab_text(id)), error);
}

gboolean
kab_intake_refer(KabIntake *intake, const char *kind, const char *source_id,
                 const KabIntakeReference **out, GError **error)
{
    g_autofree char *key = g_strconcat(kind, ":", source_id, NULL);
    KabIntakeReference *reference = g_hash_table_lookup(intake->references, key);
    KabIntakeReference found;
    gboolean known;

    *out = reference;
    if (reference != NULL)
        return TRUE;
    kab_id_fill_from_source(kind, source_id, found.id);
    if (!kab_db_get_int(intake->db, FIND_REFERENCE, KAB_BIND(kab_text(kind), kab_text(found.id)),
                        &known, &found.no, error))
        return FALSE;
    if (!known) {
        if (!kab_db_run(intake->db, PUT_REFERENCE,
                        KAB_BIND(kab_text(kind), kab_text(found.id), kab_text(source_id)), error))
            return FALSE;
        found.no = kab_db_get_last_id(intake->db);
    }
    if (found.no >= KAB_INTAKE_REFERENCES_MAX) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE,
                    _("More than %d price types and warehouses in one exchange"),
                    KAB_INTAKE_REFERENCES_MAX);
        return FALSE;
    }
    if (g_hash_table_size(intake->references) >= KEPT_MAX)
        g_hash_table_remove_all(intake->references);
    reference = g_new(KabIntakeReference, 1);
    *reference = found;
    *out = reference;
    g_hash_table_insert(intake->references, g_steal_pointer(&key), reference);
    return TRUE;
}

/* What every kind of object begins with: counts its mark, and finds out whether it was described in
 * this exchange before. */
static gboolean
begin_object(KabIntake *intake, const char *kind, const char *id, gboolean deleted, gboolean *first,
             GError **error)
{
    if (deleted && !kab_intake_mark(intake, kind, id, error))
        return FALSE;
    return kab_intake_see(intake, kind, id, first, error);
}

/* Touches the object if the last statement changed its row. */
static gboolean
touch_if_changed(KabIntake *intake, const char *kind, const char *id, GError **error)
{
    if (kab_db_get_changes(intake->db) == 0)
        return TRUE;
    return kab_intake_touch(intake, kind, id, TRUE, FALSE, error);
}

gboolean
kab_intake_put_group(KabIntake *intake, const KabIntakeGroup *group, GError **error)
{
    char id[KAB_ID_SIZE];
    char parent[KAB_ID_SIZE] = "";
    gboolean first;

    kab_id_fill_from_source(KAB_KIND_GROUP, group->source_id, id);
    if (group->parent != NULL)
        kab_id_fill_from_source(KAB_KIND_GROUP, group->parent, parent);
    if (!begin_object(intake, KAB_KIND_GROUP, id, group->deleted, &first, error))
        return FALSE;
    if (!first)
        return TRUE;
    return kab_db_run(intake->db, PUT_GROUP,
                      KAB_BIND(kab_text(id), kab_text(group->source_id), kab_text_or_null(parent),
                               kab_text_or_null(group->name), kab_int(group->deleted)),
                      error) &&
           touch_if_changed(intake, KAB_KIND_GROUP, id, error);
}

gboolean
kab_intake_put_property(KabIntake *intake, const KabIntakeProperty *property, GError **error)
{
    char id[KAB_ID_SIZE];
    gboolean first;

    kab_id_fill_from_source(KAB_INTAKE_PROPERTY, property->source_id, id);
    if (!begin_object(intake, KAB_INTAKE_PROPERTY, id, property->deleted, &first, error))
        return FALSE;
    if (!first)
        return TRUE;
    return kab_db_run(intake->db, PUT_PROPERTY,
                      KAB_BIND(kab_text(id), kab_text(property->source_id),
                               kab_text_or_null(property->name), kab_text(property->value_type),
                               kab_int(property->deleted)),
                      error) &&
           touch_if_changed(intake, KAB_INTAKE_PROPERTY, id, error);
}

gboolean
kab_intake_put_variant(KabIntake *intake, const char *property, const char *variant,
                       const char *text, GError **error)
{
    g_autofree char *key = g_strconcat(property, "#", variant, NULL);
    char id[KAB_ID_SIZE];
    gboolean first;

    kab_id_fill_from_source(KAB_INTAKE_PROPERTY, property, id);
    if (!kab_intake_see(intake, "variant", key, &first, error))
        return FALSE;
    if (!first)
        return TRUE;
    if (!kab_db_run(intake->db, PUT_VARIANT,
                    KAB_BIND(kab_text(id), kab_text(variant), kab_text(text)), error))
        return FALSE;
    return kab_db_get_changes(intake->db) == 0 ||
           kab_db_run(intake->db, CHANGE_VARIANT, KAB_BIND(kab_text(id), kab_text(variant)), error);
}

gboolean
kab_intake_put_unit(KabIntake *intake, const KabIntakeUnit *unit, GError **error)
{
    gboolean first;

    g_hash_table_remove_all(intake->units);
    if (!kab_intake_see(intake, "unit", unit->source_id, &first, error))
        return FALSE;
    if (!first)
        return TRUE;
    return kab_db_run(intake->db, PUT_UNIT,
                      KAB_BIND(kab_text(unit->source_id), kab_text(unit->code),
                               kab_text(unit->name), kab_text(unit->full_name),
                               kab_int(unit->deleted)),
                      error);
}

gboolean
kab_intake_find_unit(KabIntake *intake, const char *key, char **out, GError **error)
{
    gpointer kept;

    if (g_hash_table_lookup_extended(intake->units, key, NULL, &kept)) {
        *out = g_strdup(kept);
        return TRUE;
    }
    if (!kab_db_get_text(intake->db, FIND_UNIT, KAB_BIND(kab_text(key)), out, error))
        return FALSE;
    if (g_hash_table_size(intake->units) >= KEPT_MAX)
        g_hash_table_remove_all(intake->units);
    g_hash_table_insert(intake->units, g_strdup(key), g_strdup(*out));
    return TRUE;
}

gboolean
kab_intake_put_price_type(KabIntake *intake, const KabIntakePriceType *type, GError **error)
{
    char id[KAB_ID_SIZE];
    gboolean first;

    kab_id_fill_from_source(KAB_KIND_PRICE_TYPE, type->source_id, id);
    if (!begin_object(intake, KAB_KIND_PRICE_TYPE, id, type->deleted, &first, error))
        return FALSE;
    if (!first)
        return TRUE;
    return kab_db_run(
               intake->db, PUT_PRICE_TYPE,
               KAB_BIND(kab_text(id), kab_text(type->source_id), kab_text_or_null(type->name),
                        kab_text(type->currency),
                        type->vat_included < 0 ? kab_text(NULL) : kab_int(type->vat_included),
                        kab_int(type->deleted), kab_text(type->currency_word)),
               error) &&
           touch_if_changed(intake, KAB_KIND_PRICE_TYPE, id, error);
}

gboolean
kab_intake_find_currency(KabIntake *intake, const char *price_type, char **out, char **word,
                         GError **error)
{
    char id[KAB_ID_SIZE];
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;

    *out = NULL;
    *word = NULL;
    kab_id_fill_from_source(KAB_KIND_PRICE_TYPE, price_type, id);
    rows = kab_db_query(intake->db, FIND_CURRENCY, KAB_BIND(kab_text(id)), error);
    if (rows == NULL)
        return FALSE;
    if (kab_rows_next(rows, &local)) {
        *out = kab_rows_dup_text(rows, 0);
        *word = kab_rows_dup_text(rows, 1);
    }
    return kab_error_pass(error, &local);
}

gboolean
kab_intake_put_warehouse(KabIntake *intake, const KabIntakeWarehouse *warehouse, GError **error)
{
    char id[KAB_ID_SIZE];
    gboolean first;
    const KabIntakeReference *reference;

    /* Without a name it is only referred to. */
    if ((warehouse->name == NULL || *warehouse->name == '\0') && !warehouse->deleted)
        return kab_intake_refer(intake, KAB_KIND_WAREHOUSE, warehouse->source_id, &reference,
                                error);
    kab_id_fill_from_source(KAB_KIND_WAREHOUSE, warehouse->source_id, id);
    if (!begin_object(intake, KAB_KIND_WAREHOUSE, id, warehouse->deleted, &first, error))
        return FALSE;
    if (!first)
        return TRUE;
    return kab_db_run(intake->db, PUT_WAREHOUSE,
                      KAB_BIND(kab_text(id), kab_text(warehouse->source_id),
                               kab_text_or_null(warehouse->name), kab_text(warehouse->address),
                               kab_int(warehouse->deleted)),
                      error) &&
           touch_if_changed(intake, KAB_KIND_WAREHOUSE, id, error);
}
