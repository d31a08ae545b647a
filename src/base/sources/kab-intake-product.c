/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-intake-private.h"
#include "kab-kind.h"

#define FIND_PRODUCT "SELECT deleted FROM product WHERE id = $1"

/* NULL keeps what is there, '' clears it. */
#define PUT_PRODUCT                                                                             \
    "INSERT INTO product (id, source_id, catalogue_id, group_id, code, article, barcode, name," \
    " full_name, description, manufacturer, category, kind, unit, unit_code, vat, deleted,"     \
    " step, unit_word, vat_word)"                                                               \
    " VALUES ($1, $2, $3, NULLIF($4, ''), NULLIF($5, ''), NULLIF($6, ''), NULLIF($7, ''),"      \
    " COALESCE($8, $2), NULLIF($9, ''), NULLIF($10, ''), NULLIF($11, ''), NULLIF($12, ''),"     \
    " COALESCE($13, 'Товар'), NULLIF($14, ''), NULLIF($15, ''), NULLIF($16, ''), $17,"     \
    " NULLIF(MAX($18, 0), 0), NULLIF($19, ''), NULLIF($20, ''))"                                \
    " ON CONFLICT (id) DO UPDATE SET catalogue_id = excluded.catalogue_id,"                     \
    " group_id = NULLIF(COALESCE($4, product.group_id), ''),"                                   \
    " code = NULLIF(COALESCE($5, product.code), ''),"                                           \
    " article = NULLIF(COALESCE($6, product.article), ''),"                                     \
    " barcode = NULLIF(COALESCE($7, product.barcode), ''), name = COALESCE($8, product.name),"  \
    " full_name = NULLIF(COALESCE($9, product.full_name), ''),"                                 \
    " description = NULLIF(COALESCE($10, product.description), ''),"                            \
    " manufacturer = NULLIF(COALESCE($11, product.manufacturer), ''),"                          \
    " category = NULLIF(COALESCE($12, product.category), ''),"                                  \
    " kind = COALESCE($13, product.kind), unit = NULLIF(COALESCE($14, product.unit), ''),"      \
    " unit_code = NULLIF(COALESCE($15, product.unit_code), ''),"                                \
    " vat = NULLIF(COALESCE($16, product.vat), ''), deleted = excluded.deleted,"                \
    " step = CASE WHEN $18 < 0 THEN product.step ELSE excluded.step END,"                       \
    " unit_word = NULLIF(COALESCE($19, product.unit_word), ''),"                                \
    " vat_word = NULLIF(COALESCE($20, product.vat_word), '')"                                   \
    " WHERE product.catalogue_id IS NOT excluded.catalogue_id"                                  \
    " OR product.group_id IS NOT NULLIF(COALESCE($4, product.group_id), '')"                    \
    " OR product.code IS NOT NULLIF(COALESCE($5, product.code), '')"                            \
    " OR product.article IS NOT NULLIF(COALESCE($6, product.article), '')"                      \
    " OR product.barcode IS NOT NULLIF(COALESCE($7, product.barcode), '')"                      \
    " OR product.name IS NOT COALESCE($8, product.name)"                                        \
    " OR product.full_name IS NOT NULLIF(COALESCE($9, product.full_name), '')"                  \
    " OR product.description IS NOT NULLIF(COALESCE($10, product.description), '')"             \
    " OR product.manufacturer IS NOT NULLIF(COALESCE($11, product.manufacturer), '')"           \
    " OR product.category IS NOT NULLIF(COALESCE($12, product.category), '')"                   \
    " OR product.kind IS NOT COALESCE($13, product.kind)"                                       \
    " OR product.unit IS NOT NULLIF(COALESCE($14, product.unit), '')"                           \
    " OR product.unit_code IS NOT NULLIF(COALESCE($15, product.unit_code), '')"                 \
    " OR product.vat IS NOT NULLIF(COALESCE($16, product.vat), '')"                             \
    " OR product.deleted IS NOT excluded.deleted"                                               \
    " OR ($18 >= 0 AND product.step IS NOT excluded.step)"                                      \
    " OR product.unit_word IS NOT NULLIF(COALESCE($19, product.unit_word), '')"                 \
    " OR product.vat_word IS NOT NULLIF(COALESCE($20, product.vat_word), '')"

#define PUT_PRODUCT_VALUE                                                                   \
    "INSERT INTO product_property (product_id, position, property_id, raw, value)"          \
    " VALUES ($1, $2, $3, $4, COALESCE((SELECT v.value FROM property_value v"               \
    " WHERE v.property_id = $3 AND v.source_id = $4), $4))"                                 \
    " ON CONFLICT (product_id, position) DO UPDATE SET property_id = excluded.property_id," \
    " raw = excluded.raw, value = excluded.value"                                           \
    " WHERE product_property.property_id IS NOT excluded.property_id"                       \
    " OR product_property.raw IS NOT excluded.raw"                                          \
    " OR product_property.value IS NOT excluded.value"
#define CUT_PRODUCT_VALUES "DELETE FROM product_property WHERE product_id = $1 AND position >= $2"
#define PUT_OFFER_VALUE                                                                      \
    "INSERT INTO offer_property (offer_id, position, property_id, name, raw, value)"         \
    " VALUES ($1, $2, $3, $4, $5, COALESCE((SELECT v.value FROM property_value v"            \
    " WHERE v.property_id = $3 AND v.source_id = $5), $5))"                                  \
    " ON CONFLICT (offer_id, position) DO UPDATE SET property_id = excluded.property_id,"    \
    " name = excluded.name, raw = excluded.raw, value = excluded.value"                      \
    " WHERE offer_property.property_id IS NOT excluded.property_id"                          \
    " OR offer_property.name IS NOT excluded.name OR offer_property.raw IS NOT excluded.raw" \
    " OR offer_property.value IS NOT excluded.value"
#define CUT_OFFER_VALUES "DELETE FROM offer_property WHERE offer_id = $1 AND position >= $2"
#define PUT_IMAGE                                                                         \
    "INSERT INTO product_image (product_id, position, path) VALUES ($1, $2, $3)"          \
    " ON CONFLICT (product_id, position) DO UPDATE SET path = excluded.path, hash = NULL" \
    " WHERE product_image.path IS NOT excluded.path"
#define CUT_IMAGES "DELETE FROM product_image WHERE product_id = $1 AND position >= $2"
#define PUT_FULL_CATALOGUE "INSERT INTO temp.full_catalogue (id) VALUES ($1) ON CONFLICT DO NOTHING"

static gboolean
put_value(KabIntake *intake, gboolean of_offer, const char *id, guint position,
          const KabIntakeValue *value, GError **error)
{
    char property[KAB_ID_SIZE] = "";

    if (value->property != NULL)
        kab_id_fill_from_source(KAB_INTAKE_PROPERTY, value->property, property);
    if (of_offer)
        return kab_db_run(intake->db, PUT_OFFER_VALUE,
                          KAB_BIND(kab_text(id), kab_int(position), kab_text_or_null(property),
                                   kab_text(value->name), kab_text(value->value)),
                          error);
    return kab_db_run(
        intake->db, PUT_PRODUCT_VALUE,
        KAB_BIND(kab_text(id), kab_int(position), kab_text(property), kab_text(value->value)),
        error);
}

gboolean
kab_intake_put_values(KabIntake *intake, gboolean of_offer, const char *id, gboolean existed,
                      const GPtrArray *values, gboolean *changed, GError **error)
{
    for (guint i = 0; i < values->len; i++) {
        if (!put_value(intake, of_offer, id, i, values->pdata[i], error))
            return FALSE;
        *changed |= kab_db_get_changes(intake->db) > 0;
    }
    if (!existed)
        return TRUE;
    if (!kab_db_run(intake->db, of_offer ? CUT_OFFER_VALUES : CUT_PRODUCT_VALUES,
                    KAB_BIND(kab_text(id), kab_int(values->len)), error))
        return FALSE;
    *changed |= kab_db_get_changes(intake->db) > 0;
    return TRUE;
}

/* No pictures in a file may mean that its writer leaves them out of complete packages: the ones
 * that are known stay. */
static gboolean
put_images(KabIntake *intake, const char *id, const GPtrArray *images, gboolean *changed,
           GError **error)
{
    if (images == NULL || images->len == 0)
        return TRUE;
    for (guint i = 0; i < images->len; i++) {
        if (!kab_db_run(intake->db, PUT_IMAGE,
                        KAB_BIND(kab_text(id), kab_int(i), kab_text(images->pdata[i])), error))
            return FALSE;
        *changed |= kab_db_get_changes(intake->db) > 0;
    }
    if (!kab_db_run(intake->db, CUT_IMAGES, KAB_BIND(kab_text(id), kab_int(images->len)), error))
        return FALSE;
    *changed |= kab_db_get_changes(intake->db) > 0;
    return TRUE;
}

static gboolean
put_row(KabIntake *intake, const char *id, const KabIntakeProduct *product, gboolean *changed,
        GError **error)
{
    char group[KAB_ID_SIZE] = "";

    if (product->group != NULL && *product->group != '\0')
        kab_id_fill_from_source(KAB_KIND_GROUP, product->group, group);
    if (!kab_db_run(
            intake->db, PUT_PRODUCT,
            KAB_BIND(kab_text(id), kab_text(product->source_id), kab_text(product->catalogue),
                     kab_text(product->group != NULL ? group : NULL), kab_text(product->code),
                     kab_text(product->article), kab_text(product->barcode),
                     kab_text_or_null(product->name), kab_text(product->full_name),
                     kab_text(product->description), kab_text(product->manufacturer),
                     kab_text(product->category), kab_text_or_null(product->kind),
                     kab_text(product->unit), kab_text(product->unit_code), kab_text(product->vat),
                     kab_int(product->deleted), kab_int(product->step),
                     kab_text(product->unit_word), kab_text(product->vat_word)),
            error))
        return FALSE;
    *changed |= kab_db_get_changes(intake->db) > 0;
    return TRUE;
}

gboolean
kab_intake_put_product(KabIntake *intake, const KabIntakeProduct *product, GError **error)
{
    char id[KAB_ID_SIZE];
    gboolean first;
    gboolean existed;
    gboolean changed = FALSE;
    gint64 was_deleted;

    kab_id_fill_from_source(KAB_KIND_PRODUCT, product->source_id, id);
    if (!kab_intake_see(intake, KAB_KIND_PRODUCT, id, &first, error))
        return FALSE;
    if (!first)
        return TRUE;
    if (!kab_db_get_int(intake->db, FIND_PRODUCT, KAB_BIND(kab_text(id)), &existed, &was_deleted,
                        error) ||
        !put_row(intake, id, product, &changed, error) ||
        (product->values != NULL &&
         !kab_intake_put_values(intake, FALSE, id, existed, product->values, &changed, error)) ||
        !put_images(intake, id, product->images, &changed, error))
        return FALSE;
    return !changed ||
           kab_intake_touch(intake, KAB_KIND_PRODUCT, id, existed, was_deleted != 0, error);
}

gboolean
kab_intake_count_product(KabIntake *intake, const char *id, gboolean deleted, GError **error)
{
    gboolean first;

    if (deleted && !kab_intake_mark(intake, KAB_KIND_PRODUCT, id, error))
        return FALSE;
    return kab_intake_see(intake, "listed-product", id, &first, error);
}

gboolean
kab_intake_put_full_catalogue(KabIntake *intake, const char *catalogue, GError **error)
{
    return kab_db_run(intake->db, PUT_FULL_CATALOGUE, KAB_BIND(kab_text(catalogue)), error);
}
