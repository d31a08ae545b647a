/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-intake-private.h"
#include "kab-kind.h"
#include "kab-queue.h"

/* What the other end knows is not the rows but what can be sold, so that news of a row is news of
 * every sellable made of it: of the offers of a product that changed, of an offer that changed, and
 * of a product that stops being sold by itself because it got an offer. */
#define AFFECT_OFFERS                                                                 \
    "INSERT INTO temp.affected (id) SELECT id FROM temp.touched WHERE kind = 'offer'" \
    " ON CONFLICT DO NOTHING"
#define AFFECT_PRODUCTS                                                                 \
    "INSERT INTO temp.affected (id) SELECT id FROM temp.touched WHERE kind = 'product'" \
    " ON CONFLICT DO NOTHING"
#define AFFECT_OFFERS_OF_PRODUCTS                                    \
    "INSERT INTO temp.affected (id) SELECT o.id FROM temp.touched t" \
    " CROSS JOIN product p ON p.id = t.id"                           \
    " CROSS JOIN offer o ON o.product_source_id = p.source_id"       \
    " WHERE t.kind = 'product' ON CONFLICT DO NOTHING"
#define AFFECT_PRODUCTS_OF_OFFERS                                                                  \
    "INSERT INTO temp.affected (id) SELECT p.id FROM temp.touched t"                               \
    " CROSS JOIN offer o ON o.id = t.id CROSS JOIN product p ON p.source_id = o.product_source_id" \
    " WHERE t.kind = 'offer' AND t.existed = 0 ON CONFLICT DO NOTHING"

/* Whether each can be sold now, and could before: a row that was not touched was as it is. Before,
 * an id was sold as an offer, or as a product that had no offers. */
#define FIND_SOLD                                                                        \
    "INSERT INTO temp.sold (id, now, before)"                                            \
    " SELECT a.id, EXISTS (SELECT 1 FROM sellable s WHERE s.id = a.id),"                 \
    " EXISTS (SELECT 1 FROM offer o JOIN product p ON p.source_id = o.product_source_id" \
    " LEFT JOIN temp.touched t ON t.kind = 'offer' AND t.id = o.id"                      \
    " LEFT JOIN temp.touched u ON u.kind = 'product' AND u.id = p.id"                    \
    " WHERE o.id = a.id AND COALESCE(t.existed AND NOT t.was_deleted, NOT o.deleted)"    \
    " AND COALESCE(u.existed AND NOT u.was_deleted, NOT p.deleted))"                     \
    " OR EXISTS (SELECT 1 FROM product p"                                                \
    " LEFT JOIN temp.touched u ON u.kind = 'product' AND u.id = p.id"                    \
    " WHERE p.id = a.id AND COALESCE(u.existed AND NOT u.was_deleted, NOT p.deleted)"    \
    " AND NOT EXISTS (SELECT 1 FROM offer o"                                             \
    " LEFT JOIN temp.touched t ON t.kind = 'offer' AND t.id = o.id"                      \
    " WHERE o.product_source_id = p.source_id AND COALESCE(t.existed, 1)))"              \
    " FROM (SELECT id FROM temp.affected"                                                \
    " UNION SELECT id FROM temp.touched WHERE kind IN ('price', 'stock')) a"

#define SELECT_TOUCHED "SELECT id FROM temp.touched WHERE kind = $1 ORDER BY id"
/* Who is published as somebody, or for somebody, of whom there is news. */
#define SELECT_USERS                                                                         \
    "SELECT b.user_id FROM publication b JOIN contact c ON c.id = b.user_id WHERE b.own = 0" \
    " AND (EXISTS (SELECT 1 FROM temp.touched t WHERE t.kind = 'contact' AND t.id = c.id)"   \
    " OR EXISTS (SELECT 1 FROM temp.touched t WHERE t.kind = 'partner'"                      \
    " AND t.id = c.partner_id) OR EXISTS (SELECT 1 FROM contact_membership m"                \
    " JOIN temp.touched t ON t.kind = 'partner' AND t.id = m.partner_id"                     \
    " WHERE m.contact_id = c.id)) ORDER BY b.user_id"
#define SELECT_PRODUCTS                                                \
    "SELECT a.id FROM temp.affected a JOIN temp.sold s ON s.id = a.id" \
    " WHERE s.now OR s.before ORDER BY a.id"
/* Of what is sold for the first time, the other end knows neither price nor stock. */
#define SELECT_PRICES                                                                         \
    "SELECT s.id FROM temp.sold s WHERE ((s.now OR s.before) AND EXISTS"                      \
    " (SELECT 1 FROM temp.touched t WHERE t.kind = 'price' AND t.id = s.id))"                 \
    " OR (s.now AND NOT s.before AND EXISTS (SELECT 1 FROM price x WHERE x.offer_id = s.id))" \
    " ORDER BY s.id"
#define SELECT_STOCK                                                                          \
    "SELECT s.id FROM temp.sold s WHERE ((s.now OR s.before) AND EXISTS"                      \
    " (SELECT 1 FROM temp.touched t WHERE t.kind = 'stock' AND t.id = s.id))"                 \
    " OR (s.now AND NOT s.before AND EXISTS (SELECT 1 FROM stock x WHERE x.offer_id = s.id))" \
    " ORDER BY s.id"

static gboolean
queue_rows(KabIntake *intake, const char *kind, const char *sql, const KabValue *values,
           gsize n_values, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(intake->db, sql, values, n_values, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        if (!kab_queue_put(intake->db, kind, kab_rows_get_text(rows, 0), error))
            return FALSE;
    if (local == NULL)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&local));
    return FALSE;
}

static gboolean
queue_touched(KabIntake *intake, const char *kind, GError **error)
{
    return queue_rows(intake, kind, SELECT_TOUCHED, KAB_BIND(kab_text(kind)), error);
}

gboolean
kab_intake_queue(KabIntake *intake, GError **error)
{
    static const char *const statements[] = {AFFECT_OFFERS, AFFECT_PRODUCTS,
                                             AFFECT_OFFERS_OF_PRODUCTS, AFFECT_PRODUCTS_OF_OFFERS,
                                             FIND_SOLD};

    for (gsize i = 0; i < G_N_ELEMENTS(statements); i++)
        if (!kab_db_run(intake->db, statements[i], KAB_BIND_NONE, error))
            return FALSE;
    return queue_touched(intake, KAB_KIND_GROUP, error) &&
           queue_touched(intake, KAB_KIND_PRICE_TYPE, error) &&
           queue_touched(intake, KAB_KIND_WAREHOUSE, error) &&
           queue_touched(intake, KAB_KIND_PARTNER, error) &&
           queue_rows(intake, KAB_KIND_USER, SELECT_USERS, KAB_BIND_NONE, error) &&
           queue_rows(intake, KAB_KIND_PRODUCT, SELECT_PRODUCTS, KAB_BIND_NONE, error) &&
           queue_rows(intake, KAB_KIND_PRICE, SELECT_PRICES, KAB_BIND_NONE, error) &&
           queue_rows(intake, KAB_KIND_STOCK, SELECT_STOCK, KAB_BIND_NONE, error) &&
           queue_touched(intake, KAB_KIND_PICTURE, error);
}
