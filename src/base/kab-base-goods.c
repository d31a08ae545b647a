/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-goods.h"
#include "kab-error.h"
#include "kab-product.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The words may stand anywhere: one pass over the goods. Prices are looked up of the few that fit:
 * that for the least quantity. */
#define SELECT_GOODS                                                                      \
    "SELECT f.id, f.article, f.name, f.unit, f.vat, r.minor FROM"                         \
    " (SELECT id, article, name, unit, vat FROM sellable"                                 \
    " WHERE has_words(coalesce(article, '') || ' ' || name, $1)"                          \
    " ORDER BY casefold(coalesce(article, '')) = casefold($1) DESC, name, id LIMIT $2) f" \
    " LEFT JOIN price r ON r.offer_id = f.id AND r.currency = $3"                         \
    " AND r.price_type_id = (SELECT price_type_id FROM partner WHERE id = $4)"            \
    " AND r.min_quantity = (SELECT min(t.min_quantity) FROM price t"                      \
    " WHERE t.offer_id = r.offer_id AND t.price_type_id = r.price_type_id)"               \
    " ORDER BY casefold(coalesce(f.article, '')) = casefold($1) DESC, f.name, f.id"

static KabProduct *
read_product(KabRows *rows, const char *currency)
{
    KabProduct *product = g_new0(KabProduct, 1);

    product->id = kab_product_id_of(kab_rows_get_text(rows, 0));
    product->article = kab_rows_dup_text(rows, 1);
    product->name = kab_rows_dup_text(rows, 2);
    product->unit = kab_rows_dup_text(rows, 3);
    product->vat = kab_rows_dup_text(rows, 4);
    product->has_price = !kab_rows_is_null(rows, 5);
    if (product->has_price) {
        product->price.minor = kab_rows_get_int(rows, 5);
        g_strlcpy(product->price.currency, currency, sizeof product->price.currency);
    }
    return product;
}

GPtrArray *
kab_base_goods_find(KabDb *db, const KabOrder *order, const char *text, guint limit, GError **error)
{
    g_autofree char *words = g_strstrip(g_strdup(text != NULL ? text : ""));
    g_autoptr(GPtrArray) goods = g_ptr_array_new_with_free_func((GDestroyNotify)kab_product_free);
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;

    if (*words == '\0') {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Say which goods: words of the article or of the name"));
        return NULL;
    }
    rows = kab_db_query(db, SELECT_GOODS,
                        KAB_BIND(kab_text(words), kab_int(limit), kab_text(order->total.currency),
                                 kab_text(order->partner_id.text)),
                        error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(goods, read_product(rows, order->total.currency));
    return kab_error_pass(error, &local) ? g_steal_pointer(&goods) : NULL;
}
