/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-words.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-money.h"
#include "kab-queue.h"
#include "kab-unit.h"
#include "kab-vat.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What still means nothing comes first. */
#define SELECT_ALL                                                                                 \
    "SELECT x.kind, x.text, w.meaning, sum(x.n) FROM"                                              \
    " (SELECT 'unit' kind, text, count(DISTINCT id) n FROM"                                        \
    " (SELECT unit_word text, source_id id FROM product"                                           \
    " WHERE unit_word IS NOT NULL AND deleted = 0 UNION ALL"                                       \
    " SELECT unit_word, product_source_id FROM offer WHERE unit_word IS NOT NULL AND deleted = 0)" \
    " GROUP BY text UNION ALL SELECT 'vat', vat_word, count(*) FROM product"                       \
    " WHERE vat_word IS NOT NULL AND deleted = 0 GROUP BY vat_word UNION ALL"                      \
    " SELECT 'currency', text, count(DISTINCT id) FROM"                                            \
    " (SELECT currency_word text, id FROM price_type"                                              \
    " WHERE currency_word IS NOT NULL AND deleted = 0 UNION ALL"                                   \
    " SELECT currency_word, price_type_id FROM price WHERE currency_word IS NOT NULL)"             \
    " GROUP BY text UNION ALL SELECT kind, text, 0 FROM word) x"                                   \
    " LEFT JOIN word w ON w.kind = x.kind AND w.text = x.text"                                     \
    " GROUP BY x.kind, x.text ORDER BY w.meaning IS NOT NULL, x.kind, x.text LIMIT 500"
#define SET_PRODUCT_UNIT "UPDATE product SET unit = $1, unit_code = $2 WHERE unit_word = $3"
#define SET_OFFER_UNIT "UPDATE offer SET unit = $1 WHERE unit_word = $2"
#define SET_VAT "UPDATE product SET vat = coalesce($1, vat_word) WHERE vat_word = $2"
#define SET_CURRENCY "UPDATE price_type SET currency = $1 WHERE currency_word = $2"
#define SELECT_CURRENCY "SELECT currency FROM price WHERE currency_word = $1 LIMIT 1"
/* Where it has no parts, they are left out, as if it had been known. */
#define SET_PRICE_CURRENCY \
    "UPDATE price SET minor = minor * $1 / $2, currency = $3 WHERE currency_word = $4"
/* Of price types only, which are few: what prices are in is what their types are in. */
#define SELECT_STRANGE_CURRENCIES                                                        \
    "SELECT t.currency_word, t.name FROM price_type t WHERE t.currency_word IS NOT NULL" \
    " AND t.deleted = 0 AND NOT EXISTS (SELECT 1 FROM word w WHERE w.kind = 'currency'"  \
    " AND w.text = t.currency_word) ORDER BY t.name LIMIT 10"
#define SELECT_UNIT_PRODUCTS                                     \
    "SELECT s.id FROM sellable s WHERE s.product_source_id IN"   \
    " (SELECT source_id FROM product WHERE unit_word = $1 UNION" \
    " SELECT product_source_id FROM offer WHERE unit_word = $1) ORDER BY s.id"
#define SELECT_VAT_PRODUCTS                                    \
    "SELECT s.id FROM sellable s WHERE s.product_source_id IN" \
    " (SELECT source_id FROM product WHERE vat_word = $1) ORDER BY s.id"
#define SELECT_PRICE_TYPES \
    "SELECT id FROM price_type WHERE currency_word = $1 AND deleted = 0 ORDER BY id"
#define SELECT_PRICES                                                               \
    "SELECT DISTINCT r.offer_id FROM price r WHERE r.currency_word = $1 AND EXISTS" \
    " (SELECT 1 FROM sellable s WHERE s.id = r.offer_id) ORDER BY r.offer_id"

static gboolean
is_code(const char *text)
{
    return strspn(text, "0123456789") == strlen(text);
}

static gboolean
check(const char *kind, const char *meaning, GError **error)
{
    char code[KAB_CURRENCY_SIZE];

    if (strcmp(kind, "unit") == 0) {
        if (kab_unit_find(meaning, NULL) != NULL)
            return TRUE;
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("A unit means a known code of OKEI, such as 796, not “%.*s”"),
                    kab_error_clip(meaning, 40), meaning);
    } else if (strcmp(kind, "vat") == 0) {
        g_autofree char *rates = g_strjoinv(", ", (char **)kab_vat_list());

        if (g_strv_contains(kab_vat_list(), meaning))
            return TRUE;
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("A VAT rate means one of %s, not “%.*s”"), rates, kab_error_clip(meaning, 40),
                    meaning);
    } else {
        if (kab_currency_parse(meaning, code) && strcmp(code, meaning) == 0)
            return TRUE;
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("A currency means a known code of ISO 4217, such as RUB, not “%.*s”"),
                    kab_error_clip(meaning, 40), meaning);
    }
    return FALSE;
}

/* Puts what @sql finds by the word into the queue. */
static gboolean
queue(KabDb *db, const char *kind, const char *sql, const char *text, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, sql, KAB_BIND(kab_text(text)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        if (!kab_queue_put(db, kind, kab_rows_get_text(rows, 0), error))
            return FALSE;
    return kab_error_pass(error, &local);
}

/* A unit that means nothing is left out, but for its code. */
static gboolean
apply_unit(KabDb *db, const char *text, const char *meaning, GError **error)
{
    const KabUnit *unit = meaning != NULL ? kab_unit_find(meaning, NULL) : NULL;
    const char *name = unit != NULL ? unit->name : NULL;
    const char *code = unit != NULL ? unit->code : is_code(text) ? text : NULL;

    return kab_db_run(db, SET_PRODUCT_UNIT,
                      KAB_BIND(kab_text(name), kab_text(code), kab_text(text)), error) &&
           kab_db_run(db, SET_OFFER_UNIT, KAB_BIND(kab_text(name), kab_text(text)), error) &&
           queue(db, KAB_KIND_PRODUCT, SELECT_UNIT_PRODUCTS, text, error);
}

static gint64
get_scale(const char *currency)
{
    gint64 scale = 1;

    for (guint i = kab_currency_get_digits(currency); i > 0; i--)
        scale *= 10;
    return scale;
}

static gboolean
apply_currency(KabDb *db, const char *text, const char *meaning, GError **error)
{
    const char *currency = meaning != NULL ? meaning : "";
    g_autofree char *before = NULL;

    return kab_db_get_text(db, SELECT_CURRENCY, KAB_BIND(kab_text(text)), &before, error) &&
           kab_db_run(db, SET_CURRENCY, KAB_BIND(kab_text(meaning), kab_text(text)), error) &&
           kab_db_run(db, SET_PRICE_CURRENCY,
                      KAB_BIND(kab_int(get_scale(currency)),
                               kab_int(get_scale(before != NULL ? before : "")), kab_text(currency),
                               kab_text(text)),
                      error) &&
           queue(db, KAB_KIND_PRICE_TYPE, SELECT_PRICE_TYPES, text, error) &&
           queue(db, KAB_KIND_PRICE, SELECT_PRICES, text, error);
}

static gboolean
apply(KabDb *db, const char *kind, const char *text, const char *meaning, GError **error)
{
    if (strcmp(kind, "unit") == 0)
        return apply_unit(db, text, meaning, error);
    if (strcmp(kind, "vat") == 0)
        return kab_db_run(db, SET_VAT, KAB_BIND(kab_text(meaning), kab_text(text)), error) &&
               queue(db, KAB_KIND_PRODUCT, SELECT_VAT_PRODUCTS, text, error);
    return apply_currency(db, text, meaning, error);
}

static const char *const kinds[] = {"unit", "vat", "currency", NULL};

const KabWordClass kab_base_words = {kinds, SELECT_ALL, check, apply};

gboolean
kab_base_words_list_alarms(KabDb *db, GPtrArray *alarms, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_STRANGE_CURRENCIES, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(
            alarms, g_strdup_printf(
                        _("The currency “%s” of the price type “%s” is not known, so that nobody "
                          "sees these prices: say what it means in the base's settings"),
                        kab_rows_get_text(rows, 0), kab_rows_get_text(rows, 1)));
    return kab_error_pass(error, &local);
}
