/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-intake-private.h"
#include "kab-kind.h"

/* Which fields of an offer this exchange has given: the packages of offers, prices and stock each
 * describe another part of it. */
enum {
    FIELD_NAME = 1 << 0,
    FIELD_ARTICLE = 1 << 1,
    FIELD_BARCODE = 1 << 2,
    FIELD_UNIT = 1 << 3,
    FIELD_DELETED = 1 << 4,
    FIELD_VALUES = 1 << 5,
};

#define FIND_SEEN                                                                            \
    "SELECT no, fields, listed, full_prices, existed, was_deleted, changed, prices_changed," \
    " stock_changed, by_warehouse, total FROM temp.seen_offer WHERE id = $1"
#define PUT_SEEN                                                                              \
    "INSERT INTO temp.seen_offer (no, id, fields, listed, full_prices, existed, was_deleted," \
    " changed, prices_changed, stock_changed, by_warehouse, total)"                           \
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"                             \
    " ON CONFLICT (no) DO UPDATE SET fields = excluded.fields, listed = excluded.listed,"     \
    " full_prices = excluded.full_prices, changed = excluded.changed,"                        \
    " prices_changed = excluded.prices_changed, stock_changed = excluded.stock_changed,"      \
    " by_warehouse = excluded.by_warehouse, total = excluded.total"
#define FIND_OFFER "SELECT deleted FROM offer WHERE id = $1"

/* NULL keeps what is there, '' clears it. */
#define PUT_OFFER                                                                              \
    "INSERT INTO offer (id, product_source_id, characteristic, name, article, barcode, unit,"  \
    " deleted, unit_word) VALUES ($1, $2, $3, NULLIF($4, ''), NULLIF($5, ''), NULLIF($6, '')," \
    " NULLIF($7, ''), COALESCE($8, 0), NULLIF($9, ''))"                                        \
    " ON CONFLICT (id) DO UPDATE SET name = NULLIF(COALESCE($4, offer.name), ''),"             \
    " article = NULLIF(COALESCE($5, offer.article), ''),"                                      \
    " barcode = NULLIF(COALESCE($6, offer.barcode), ''),"                                      \
    " unit = NULLIF(COALESCE($7, offer.unit), ''), deleted = COALESCE($8, offer.deleted),"     \
    " unit_word = NULLIF(COALESCE($9, offer.unit_word), '')"                                   \
    " WHERE offer.name IS NOT NULLIF(COALESCE($4, offer.name), '')"                            \
    " OR offer.article IS NOT NULLIF(COALESCE($5, offer.article), '')"                         \
    " OR offer.barcode IS NOT NULLIF(COALESCE($6, offer.barcode), '')"                         \
    " OR offer.unit IS NOT NULLIF(COALESCE($7, offer.unit), '')"                               \
    " OR offer.deleted IS NOT COALESCE($8, offer.deleted)"                                     \
    " OR offer.unit_word IS NOT NULLIF(COALESCE($9, offer.unit_word), '')"

#define SEE_PRICE \
    "INSERT INTO temp.seen_price (key, min_quantity) VALUES ($1, $2) ON CONFLICT DO NOTHING"
#define PUT_PRICE                                                                                     \
    "INSERT INTO price (offer_id, price_type_id, min_quantity, minor, currency, unit, currency_word)" \
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"                                                            \
    " ON CONFLICT (offer_id, price_type_id, min_quantity) DO UPDATE SET"                              \
    " minor = excluded.minor, currency = excluded.currency, unit = excluded.unit,"                    \
    " currency_word = excluded.currency_word"                                                         \
    " WHERE price.minor IS NOT excluded.minor OR price.currency IS NOT excluded.currency"             \
    " OR price.unit IS NOT excluded.unit OR price.currency_word IS NOT excluded.currency_word"
#define SEE_STOCK "INSERT INTO temp.seen_stock (key) VALUES ($1) ON CONFLICT DO NOTHING"
#define PUT_STOCK                                                                         \
    "INSERT INTO stock (offer_id, warehouse_id, quantity, as_of) VALUES ($1, $2, $3, $4)" \
    " ON CONFLICT (offer_id, warehouse_id) DO UPDATE SET quantity = excluded.quantity,"   \
    " as_of = excluded.as_of WHERE stock.quantity IS NOT excluded.quantity"               \
    " OR stock.as_of < excluded.as_of - " KAB_INTAKE_STOCK_AGE

static int
list_fields(const KabIntakeOffer *offer)
{
    return (offer->name != NULL ? FIELD_NAME : 0) | (offer->article != NULL ? FIELD_ARTICLE : 0) |
           (offer->barcode != NULL ? FIELD_BARCODE : 0) | (offer->unit != NULL ? FIELD_UNIT : 0) |
           (offer->deleted >= 0 ? FIELD_DELETED : 0) | (offer->values != NULL ? FIELD_VALUES : 0);
}

static KabValue
pick(int fields, int field, const char *text)
{
    return kab_text((fields & field) != 0 ? text : NULL);
}

/* Writes those of the offer's fields that are in @fields. */
static gboolean
put_fields(KabIntake *intake, const KabIntakeOffer *offer, KabIntakeOpenOffer *open, int fields,
           GError **error)
{
    if (!kab_db_run(
            intake->db, PUT_OFFER,
            KAB_BIND(
                kab_text(open->id), kab_text(offer->product), kab_text(offer->characteristic),
                pick(fields, FIELD_NAME, offer->name), pick(fields, FIELD_ARTICLE, offer->article),
                pick(fields, FIELD_BARCODE, offer->barcode), pick(fields, FIELD_UNIT, offer->unit),
                (fields & FIELD_DELETED) != 0 ? kab_int(offer->deleted) : kab_text(NULL),
                pick(fields, FIELD_UNIT, offer->unit_word)),
            error))
        return FALSE;
    open->changed |= kab_db_get_changes(intake->db) > 0;
    open->fields |= fields;
    return (fields & FIELD_VALUES) == 0 ||
           kab_intake_put_values(intake, TRUE, open->id, open->existed || open->known,
                                 offer->values, &open->changed, error);
}

static void
fill_id(const KabIntakeOffer *offer, char id[KAB_ID_SIZE])
{
    g_autofree char *pair = NULL;

    if (*offer->characteristic == '\0') {
        kab_id_fill_from_source(KAB_KIND_PRODUCT, offer->product, id);
        return;
    }
    pair = g_strconcat(offer->product, "#", offer->characteristic, NULL);
    kab_id_fill_from_source(KAB_INTAKE_OFFER, pair, id);
}

/* What this exchange has said of the offer so far. */
static gboolean
find_seen(KabIntake *intake, KabIntakeOpenOffer *open, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(intake->db, FIND_SEEN, KAB_BIND(kab_text(open->id)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    open->known = kab_rows_next(rows, &local);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    if (!open->known)
        return TRUE;
    open->no = kab_rows_get_int(rows, 0);
    open->fields = (int)kab_rows_get_int(rows, 1);
    open->listed = kab_rows_get_int(rows, 2) != 0;
    open->full_prices = kab_rows_get_int(rows, 3) != 0;
    open->existed = kab_rows_get_int(rows, 4) != 0;
    open->was_deleted = kab_rows_get_int(rows, 5) != 0;
    open->changed = kab_rows_get_int(rows, 6) != 0;
    open->prices_changed = kab_rows_get_int(rows, 7) != 0;
    open->stock_changed = kab_rows_get_int(rows, 8) != 0;
    open->by_warehouse = kab_rows_get_int(rows, 9) != 0;
    open->has_total = !kab_rows_is_null(rows, 10);
    open->total.milli = kab_rows_get_int(rows, 10);
    return TRUE;
}

/* What was stored of it before this exchange. */
static gboolean
find_stored(KabIntake *intake, KabIntakeOpenOffer *open, GError **error)
{
    gint64 was_deleted;

    open->no = ++intake->n_offers;
    if (!kab_db_get_int(intake->db, FIND_OFFER, KAB_BIND(kab_text(open->id)), &open->existed,
                        &was_deleted, error))
        return FALSE;
    open->was_deleted = was_deleted != 0;
    return TRUE;
}

gboolean
kab_intake_open_offer(KabIntake *intake, const KabIntakeOffer *offer, KabIntakeOpenOffer *open,
                      GError **error)
{
    int fields;

    *open = (KabIntakeOpenOffer){0};
    fill_id(offer, open->id);
    if (offer->listed && offer->deleted == 1 &&
        !kab_intake_mark(intake, KAB_INTAKE_OFFER, open->id, error))
        return FALSE;
    if (!find_seen(intake, open, error) || (!open->known && !find_stored(intake, open, error)))
        return FALSE;
    open->listed |= offer->listed;
    fields = list_fields(offer) & ~open->fields;
    if (fields == 0 && (open->known || open->existed))
        return TRUE;
    return put_fields(intake, offer, open, fields, error);
}

gboolean
kab_intake_put_price(KabIntake *intake, KabIntakeOpenOffer *open, const KabIntakePrice *price,
                     GError **error)
{
    const KabIntakeReference *type;

    if (!kab_intake_refer(intake, KAB_KIND_PRICE_TYPE, price->type, &type, error) ||
        !kab_db_run(intake->db, SEE_PRICE,
                    KAB_BIND(kab_int(open->no * KAB_INTAKE_REFERENCES_MAX + type->no),
                             kab_int(price->from.milli)),
                    error))
        return FALSE;
    if (kab_db_get_changes(intake->db) == 0)
        return TRUE;
    if (!kab_db_run(intake->db, PUT_PRICE,
                    KAB_BIND(kab_text(open->id), kab_text(type->id), kab_int(price->from.milli),
                             kab_int(price->price.minor), kab_text(price->price.currency),
                             kab_text_or_null(price->unit), kab_text_or_null(price->currency_word)),
                    error))
        return FALSE;
    open->prices_changed |= kab_db_get_changes(intake->db) > 0;
    return TRUE;
}

gboolean
kab_intake_put_stock(KabIntake *intake, KabIntakeOpenOffer *open, const char *warehouse,
                     KabQuantity quantity, GError **error)
{
    const KabIntakeReference *place;

    /* A total counts only if nobody gives figures by warehouse, which shows at the end. */
    if (warehouse == NULL) {
        if (!open->has_total)
            open->total = quantity;
        open->has_total = TRUE;
        return TRUE;
    }
    open->by_warehouse = TRUE;
    if (!kab_intake_refer(intake, KAB_KIND_WAREHOUSE, warehouse, &place, error) ||
        !kab_db_run(intake->db, SEE_STOCK,
                    KAB_BIND(kab_int(open->no * KAB_INTAKE_REFERENCES_MAX + place->no)), error))
        return FALSE;
    if (kab_db_get_changes(intake->db) == 0)
        return TRUE;
    if (!kab_db_run(intake->db, PUT_STOCK,
                    KAB_BIND(kab_text(open->id), kab_text(place->id), kab_int(quantity.milli),
                             kab_int(intake->now)),
                    error))
        return FALSE;
    open->stock_changed |= kab_db_get_changes(intake->db) > 0;
    return TRUE;
}

gboolean
kab_intake_close_offer(KabIntake *intake, const KabIntakeOpenOffer *open, GError **error)
{
    return kab_db_run(intake->db, PUT_SEEN,
                      KAB_BIND(kab_int(open->no), kab_text(open->id), kab_int(open->fields),
                               kab_int(open->listed), kab_int(open->full_prices),
                               kab_int(open->existed), kab_int(open->was_deleted),
                               kab_int(open->changed), kab_int(open->prices_changed),
                               kab_int(open->stock_changed), kab_int(open->by_warehouse),
                               open->has_total ? kab_int(open->total.milli) : kab_text(NULL)),
                      error);
}
