/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-intake-private.h"
#include "kab-kind.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* A complete catalogue that lacks more than this many products, and more than half, is taken for a
 * broken one. */
#define MISSING_ALWAYS_ALLOWED 10

/* How many names a warning about many objects lists. */
#define NAMES_LISTED 5

#define TOUCH_OFFERS                                            \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)" \
    " SELECT 'offer', id, existed, was_deleted FROM temp.seen_offer WHERE changed ORDER BY id"
#define TOUCH_PRICES                                            \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)" \
    " SELECT 'price', id, 1, 0 FROM temp.seen_offer WHERE prices_changed ORDER BY id"
#define TOUCH_STOCK                                             \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)" \
    " SELECT 'stock', id, 1, 0 FROM temp.seen_offer WHERE stock_changed ORDER BY id"

/* Totals of offers for which nobody gave figures by warehouse. */
#define TOUCH_TOTALS                                                                   \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"                        \
    " SELECT 'stock', x.id, 1, 0 FROM temp.seen_offer x"                               \
    " LEFT JOIN stock s ON s.offer_id = x.id AND s.warehouse_id = ''"                  \
    " WHERE x.total IS NOT NULL AND NOT x.by_warehouse AND (s.quantity IS NOT x.total" \
    " OR s.as_of < $1 - " KAB_INTAKE_STOCK_AGE ") ON CONFLICT DO NOTHING"
#define PUT_TOTALS                                                                      \
    "INSERT INTO stock (offer_id, warehouse_id, quantity, as_of)"                       \
    " SELECT x.id, '', x.total, $1 FROM temp.seen_offer x"                              \
    " WHERE x.total IS NOT NULL AND NOT x.by_warehouse"                                 \
    " ON CONFLICT (offer_id, warehouse_id) DO UPDATE SET quantity = excluded.quantity," \
    " as_of = excluded.as_of WHERE stock.quantity IS NOT excluded.quantity"             \
    " OR stock.as_of < excluded.as_of - " KAB_INTAKE_STOCK_AGE

/* Stock of an offer that the exchange spoke of without naming this warehouse. */
#define STALE_STOCK                                                                 \
    " FROM temp.seen_offer x CROSS JOIN stock s ON s.offer_id = x.id"               \
    " LEFT JOIN temp.reference r ON r.kind = 'warehouse' AND r.id = s.warehouse_id" \
    " WHERE x.existed AND CASE WHEN x.by_warehouse THEN NOT EXISTS"                 \
    " (SELECT 1 FROM temp.seen_stock y"                                             \
    " WHERE y.key = x.no * " KAB_INTAKE_REFERENCES " + r.no)"                       \
    " ELSE x.total IS NOT NULL AND s.warehouse_id <> '' END"
#define TOUCH_STALE_STOCK                                       \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)" \
    " SELECT 'stock', s.offer_id, 1, 0" STALE_STOCK " ON CONFLICT DO NOTHING"
#define DELETE_STALE_STOCK                                \
    "DELETE FROM stock WHERE (offer_id, warehouse_id) IN" \
    " (SELECT s.offer_id, s.warehouse_id" STALE_STOCK ")"

/* Prices that a complete package does not name, and other quantities of a price type that is
 * named. */
#define STALE_PRICES                                                                  \
    " FROM temp.seen_offer x CROSS JOIN price s ON s.offer_id = x.id"                 \
    " LEFT JOIN temp.reference r ON r.kind = 'price-type' AND r.id = s.price_type_id" \
    " WHERE x.existed AND (x.full_prices OR EXISTS (SELECT 1 FROM temp.seen_price y"  \
    " WHERE y.key = x.no * " KAB_INTAKE_REFERENCES " + r.no))"                        \
    " AND NOT EXISTS (SELECT 1 FROM temp.seen_price y"                                \
    " WHERE y.key = x.no * " KAB_INTAKE_REFERENCES " + r.no"                          \
    " AND y.min_quantity = s.min_quantity)"
#define TOUCH_STALE_PRICES                                      \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)" \
    " SELECT 'price', s.offer_id, 1, 0" STALE_PRICES " ON CONFLICT DO NOTHING"
#define DELETE_STALE_PRICES                                              \
    "DELETE FROM price WHERE (offer_id, price_type_id, min_quantity) IN" \
    " (SELECT s.offer_id, s.price_type_id, s.min_quantity" STALE_PRICES ")"

/* The products that were in a catalogue before, and those of them that nothing names now. */
#define SELECT_FULL_CATALOGUES                                                              \
    "SELECT c.id, COUNT(p.id),"                                                             \
    " COUNT(CASE WHEN NOT EXISTS (SELECT 1 FROM temp.seen s"                                \
    " WHERE s.kind = 'product' AND s.id = p.id) THEN 1 END)"                                \
    " FROM temp.full_catalogue c JOIN product p ON p.catalogue_id = c.id AND p.deleted = 0" \
    " WHERE NOT EXISTS (SELECT 1 FROM temp.touched t"                                       \
    " WHERE t.kind = 'product' AND t.id = p.id AND t.existed = 0)"                          \
    " GROUP BY c.id"
#define TOUCH_MISSING                                                                          \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"                                \
    " SELECT 'product', p.id, 1, 0 FROM product p WHERE p.catalogue_id = $1 AND p.deleted = 0" \
    " AND NOT EXISTS (SELECT 1 FROM temp.seen s WHERE s.kind = 'product' AND s.id = p.id)"     \
    " ON CONFLICT DO NOTHING"
#define DELETE_MISSING                                                       \
    "UPDATE product SET deleted = 1 WHERE catalogue_id = $1 AND deleted = 0" \
    " AND NOT EXISTS (SELECT 1 FROM temp.seen s WHERE s.kind = 'product' AND s.id = product.id)"

/* Variants that came, or changed, after values that name them. */
#define TOUCH_VALUE_PRODUCTS                                                          \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"                       \
    " SELECT 'product', p.id, 1, p.deleted"                                           \
    " FROM (SELECT DISTINCT property_id FROM temp.changed_value) c"                   \
    " CROSS JOIN product_property q ON q.property_id = c.property_id"                 \
    " JOIN property_value v ON v.property_id = q.property_id AND v.source_id = q.raw" \
    " JOIN product p ON p.id = q.product_id WHERE v.value IS NOT q.value ON CONFLICT DO NOTHING"
#define SET_PRODUCT_VALUES                                                      \
    "UPDATE product_property SET value = (SELECT v.value FROM property_value v" \
    " WHERE v.property_id = product_property.property_id"                       \
    " AND v.source_id = product_property.raw)"                                  \
    " WHERE property_id IN (SELECT property_id FROM temp.changed_value)"        \
    " AND EXISTS (SELECT 1 FROM property_value v"                               \
    " WHERE v.property_id = product_property.property_id"                       \
    " AND v.source_id = product_property.raw AND v.value IS NOT product_property.value)"
#define TOUCH_VALUE_OFFERS                                                            \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"                       \
    " SELECT 'offer', o.id, 1, o.deleted"                                             \
    " FROM (SELECT DISTINCT property_id FROM temp.changed_value) c"                   \
    " CROSS JOIN offer_property q ON q.property_id = c.property_id"                   \
    " JOIN property_value v ON v.property_id = q.property_id AND v.source_id = q.raw" \
    " JOIN offer o ON o.id = q.offer_id WHERE v.value IS NOT q.value ON CONFLICT DO NOTHING"
#define SET_OFFER_VALUES                                                                      \
    "UPDATE offer_property SET value = (SELECT v.value FROM property_value v"                 \
    " WHERE v.property_id = offer_property.property_id AND v.source_id = offer_property.raw)" \
    " WHERE property_id IN (SELECT property_id FROM temp.changed_value)"                      \
    " AND EXISTS (SELECT 1 FROM property_value v"                                             \
    " WHERE v.property_id = offer_property.property_id"                                       \
    " AND v.source_id = offer_property.raw AND v.value IS NOT offer_property.value)"

/* Whoever shows a property shows its name, so that a new name is news of the product. */
#define TOUCH_PROPERTY_PRODUCTS                                                                    \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"                                    \
    " SELECT 'product', p.id, 1, p.deleted FROM temp.touched t"                                    \
    " CROSS JOIN product_property q ON q.property_id = t.id JOIN product p ON p.id = q.product_id" \
    " WHERE t.kind = 'property' ON CONFLICT DO NOTHING"
#define TOUCH_PROPERTY_OFFERS                                                                \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"                              \
    " SELECT 'offer', o.id, 1, o.deleted FROM temp.touched t"                                \
    " CROSS JOIN offer_property q ON q.property_id = t.id JOIN offer o ON o.id = q.offer_id" \
    " WHERE t.kind = 'property' ON CONFLICT DO NOTHING"

#define TOUCH_NEW_PRICE_TYPES                                              \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"            \
    " SELECT kind, id, 0, 0 FROM temp.reference WHERE kind = 'price-type'" \
    " AND id NOT IN (SELECT id FROM price_type) ON CONFLICT DO NOTHING"
#define PUT_NEW_PRICE_TYPES                                                          \
    "INSERT INTO price_type (id, source_id, name)"                                   \
    " SELECT id, source_id, source_id FROM temp.reference WHERE kind = 'price-type'" \
    " ON CONFLICT DO NOTHING"
#define SELECT_NAMELESS_PRICE_TYPES                                             \
    "SELECT r.source_id FROM temp.reference r JOIN price_type x ON x.id = r.id" \
    " WHERE r.kind = 'price-type' AND x.name = x.source_id ORDER BY r.source_id"
#define TOUCH_NEW_WAREHOUSES                                              \
    "INSERT INTO temp.touched (kind, id, existed, was_deleted)"           \
    " SELECT kind, id, 0, 0 FROM temp.reference WHERE kind = 'warehouse'" \
    " AND id NOT IN (SELECT id FROM warehouse) ON CONFLICT DO NOTHING"
#define PUT_NEW_WAREHOUSES                                                          \
    "INSERT INTO warehouse (id, source_id, name)"                                   \
    " SELECT id, source_id, source_id FROM temp.reference WHERE kind = 'warehouse'" \
    " ON CONFLICT DO NOTHING"
#define SELECT_NAMELESS_WAREHOUSES                                             \
    "SELECT r.source_id FROM temp.reference r JOIN warehouse x ON x.id = r.id" \
    " WHERE r.kind = 'warehouse' AND x.name = x.source_id ORDER BY r.source_id"

#define SELECT_UNKNOWN_PRODUCTS                                                             \
    "SELECT o.product_source_id, o.characteristic FROM temp.seen_offer s"                   \
    " JOIN offer o ON o.id = s.id LEFT JOIN product p ON p.source_id = o.product_source_id" \
    " WHERE s.listed = 1 AND p.id IS NULL ORDER BY s.id"
#define SELECT_UNKNOWN_GROUPS                                                   \
    "SELECT DISTINCT p.group_id FROM temp.seen s JOIN product p ON p.id = s.id" \
    " LEFT JOIN product_group g ON g.id = p.group_id"                           \
    " WHERE s.kind = 'product' AND p.group_id IS NOT NULL AND g.id IS NULL ORDER BY p.group_id"

#define COUNT_SEEN "SELECT COUNT(*) FROM temp.seen WHERE kind = $1"
#define COUNT_OFFERS "SELECT COUNT(*) FROM temp.seen_offer WHERE listed = 1"
#define COUNT_PRICES "SELECT COUNT(*) FROM temp.seen_price"
#define COUNT_STOCK                                                                         \
    "SELECT (SELECT COUNT(*) FROM temp.seen_stock) + (SELECT COUNT(*) FROM temp.seen_offer" \
    " WHERE total IS NOT NULL AND NOT by_warehouse)"
#define COUNT_MARKS "SELECT COUNT(*) FROM temp.mark"

static gboolean
run_all(KabIntake *intake, const char *const *statements, gsize n, GError **error)
{
    for (gsize i = 0; i < n; i++)
        if (!kab_db_run(intake->db, statements[i], KAB_BIND_NONE, error))
            return FALSE;
    return TRUE;
}

static gboolean
settle_stock_and_prices(KabIntake *intake, GError **error)
{
    static const char *const first[] = {TOUCH_OFFERS, TOUCH_PRICES, TOUCH_STOCK};
    static const char *const stale[] = {TOUCH_STALE_STOCK, DELETE_STALE_STOCK, TOUCH_STALE_PRICES,
                                        DELETE_STALE_PRICES};

    return run_all(intake, first, G_N_ELEMENTS(first), error) &&
           kab_db_run(intake->db, TOUCH_TOTALS, KAB_BIND(kab_int(intake->now)), error) &&
           kab_db_run(intake->db, PUT_TOTALS, KAB_BIND(kab_int(intake->now)), error) &&
           run_all(intake, stale, G_N_ELEMENTS(stale), error);
}

static gboolean
settle_values(KabIntake *intake, GError **error)
{
    static const char *const statements[] = {TOUCH_VALUE_PRODUCTS,    SET_PRODUCT_VALUES,
                                             TOUCH_VALUE_OFFERS,      SET_OFFER_VALUES,
                                             TOUCH_PROPERTY_PRODUCTS, TOUCH_PROPERTY_OFFERS};

    return run_all(intake, statements, G_N_ELEMENTS(statements), error);
}

/* One warning for many objects, with the first of them. */
static gboolean
warn_of_rows(KabIntake *intake, const char *sql, const char *format, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(intake->db, sql, KAB_BIND_NONE, error);
    g_autoptr(GString) names = g_string_new(NULL);
    g_autoptr(GError) local = NULL;
    gint64 n = 0;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        if (++n <= NAMES_LISTED)
            g_string_append_printf(names, "%s%s", n > 1 ? ", " : "", kab_rows_get_text(rows, 0));
        else if (n == NAMES_LISTED + 1)
            g_string_append(names, ", …");
    }
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    if (n > 0)
        kab_import_result_warn(intake->result, "%s (%" PRId64 "): %s", format, n, names->str);
    return TRUE;
}

static gboolean
settle_references(KabIntake *intake, GError **error)
{
    static const char *const statements[] = {TOUCH_NEW_PRICE_TYPES, PUT_NEW_PRICE_TYPES,
                                             TOUCH_NEW_WAREHOUSES, PUT_NEW_WAREHOUSES};

    return run_all(intake, statements, G_N_ELEMENTS(statements), error) &&
           warn_of_rows(intake, SELECT_NAMELESS_PRICE_TYPES,
                        _("Price types that prices name and nothing defines; their id is used as "
                          "the name"),
                        error) &&
           warn_of_rows(intake, SELECT_NAMELESS_WAREHOUSES,
                        _("Warehouses that stock names and nothing defines; their id is used as "
                          "the name"),
                        error) &&
           warn_of_rows(intake, SELECT_UNKNOWN_GROUPS,
                        _("Product groups that products name and nothing defines"), error);
}

static gboolean
settle_catalogue(KabIntake *intake, const char *catalogue, gint64 before, gint64 missing,
                 GError **error)
{
    if (missing == 0)
        return TRUE;
    if (missing == before || (missing > MISSING_ALWAYS_ALLOWED && missing > before / 2)) {
        kab_import_result_warn(intake->result,
                               _("Catalogue %s says that it is complete, but lacks "
                                 "%" PRId64 " of the %" PRId64
                                 " products that are known: none of them is deleted"),
                               catalogue, missing, before);
        return TRUE;
    }
    kab_import_result_warn(intake->result,
                           _("Catalogue %s is complete and lacks %" PRId64 " of the %" PRId64
                             " products that are known: they are marked deleted"),
                           catalogue, missing, before);
    return kab_db_run(intake->db, TOUCH_MISSING, KAB_BIND(kab_text(catalogue)), error) &&
           kab_db_run(intake->db, DELETE_MISSING, KAB_BIND(kab_text(catalogue)), error);
}

static gboolean
settle_catalogues(KabIntake *intake, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(intake->db, SELECT_FULL_CATALOGUES, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    /* Each is settled before the next is counted; they do not share products. */
    while (rows != NULL && kab_rows_next(rows, &local))
        if (!settle_catalogue(intake, kab_rows_get_text(rows, 0), kab_rows_get_int(rows, 1),
                              kab_rows_get_int(rows, 2), error))
            return FALSE;
    if (local != NULL)
        g_propagate_error(error, g_steal_pointer(&local));
    else if (rows != NULL)
        return TRUE;
    return FALSE;
}

static gboolean
warn_of_unknown_products(KabIntake *intake, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(intake->db, SELECT_UNKNOWN_PRODUCTS, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    while (rows != NULL && kab_rows_next(rows, &local)) {
        const char *product = kab_rows_get_text(rows, 0);
        const char *characteristic = kab_rows_get_text(rows, 1);

        kab_import_result_warn(intake->result,
                               _("Offer %s%s%s: the product is not known; the offer is kept until "
                                 "it comes"),
                               product, *characteristic != '\0' ? "#" : "", characteristic);
    }
    if (local != NULL)
        g_propagate_error(error, g_steal_pointer(&local));
    else if (rows != NULL)
        return TRUE;
    return FALSE;
}

static gboolean
count_seen(KabIntake *intake, const char *kind, gint64 *out, GError **error)
{
    return kab_db_get_int(intake->db, COUNT_SEEN, KAB_BIND(kab_text(kind)), NULL, out, error);
}

static gboolean
count(KabIntake *intake, const char *sql, gint64 *out, GError **error)
{
    return kab_db_get_int(intake->db, sql, KAB_BIND_NONE, NULL, out, error);
}

static gboolean
count_all(KabIntake *intake, GError **error)
{
    KabImportResult *result = intake->result;

    return count_seen(intake, KAB_KIND_GROUP, &result->groups, error) &&
           count_seen(intake, "listed-product", &result->products, error) &&
           count_seen(intake, KAB_KIND_PRICE_TYPE, &result->price_types, error) &&
           count_seen(intake, KAB_KIND_WAREHOUSE, &result->warehouses, error) &&
           count_seen(intake, KAB_INTAKE_PROPERTY, &result->properties, error) &&
           count_seen(intake, KAB_KIND_PARTNER, &result->partners, error) &&
           count(intake, COUNT_OFFERS, &result->offers, error) &&
           count(intake, COUNT_PRICES, &result->prices, error) &&
           count(intake, COUNT_STOCK, &result->stock, error) &&
           count(intake, COUNT_MARKS, &result->deleted, error);
}

gboolean
kab_intake_finish(KabIntake *intake, GError **error)
{
    return settle_stock_and_prices(intake, error) && settle_catalogues(intake, error) &&
           settle_values(intake, error) && settle_references(intake, error) &&
           warn_of_unknown_products(intake, error) && count_all(intake, error) &&
           kab_intake_queue(intake, error);
}
