/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-portal-goods.h"
#include "kab-wire-goods.h"

#define DELETE_GROUP "DELETE FROM product_group WHERE id = $1"
#define UPSERT_GROUP                                                      \
    "INSERT INTO product_group (id, parent_id, name) VALUES ($1, $2, $3)" \
    " ON CONFLICT (id) DO UPDATE SET parent_id = excluded.parent_id, name = excluded.name"
#define DELETE_PRICE_TYPE "DELETE FROM price_type WHERE id = $1"
#define UPSERT_PRICE_TYPE                                                                 \
    "INSERT INTO price_type (id, name, currency, vat_included) VALUES ($1, $2, $3, $4)"   \
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, currency = excluded.currency," \
    " vat_included = excluded.vat_included"
#define DELETE_WAREHOUSE "DELETE FROM warehouse WHERE id = $1"
#define UPSERT_WAREHOUSE                               \
    "INSERT INTO warehouse (id, name) VALUES ($1, $2)" \
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name"
/* A partner that is no more keeps its orders; it has no price type, and its users are taken away by
 * messages of their own. */
#define WITHDRAW_PARTNER "UPDATE partner SET price_type_id = NULL WHERE id = $1"
#define UPSERT_PARTNER                                                                           \
    "INSERT INTO partner (id, name, inn, kpp, manager, price_type_id, currency, credit_limit,"   \
    " debt, overdue) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"                           \
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, inn = excluded.inn,"                  \
    " kpp = excluded.kpp, manager = excluded.manager, price_type_id = excluded.price_type_id,"   \
    " currency = excluded.currency, credit_limit = excluded.credit_limit, debt = excluded.debt," \
    " overdue = excluded.overdue"
#define DELETE_WAREHOUSES "DELETE FROM partner_warehouse WHERE partner_id = $1"
#define INSERT_PARTNER_WAREHOUSE                                               \
    "INSERT INTO partner_warehouse (partner_id, warehouse_id) VALUES ($1, $2)" \
    " ON CONFLICT (partner_id, warehouse_id) DO NOTHING"

static gboolean
remove_object(KabDb *db, const char *sql, const KabMessage *message, GError **error)
{
    return kab_db_run(db, sql, KAB_BIND(kab_text(message->id)), error);
}

gboolean
kab_portal_apply_group(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                       GError **error)
{
    g_autoptr(KabGroup) group = NULL;

    if (message->body == NULL)
        return remove_object(db, DELETE_GROUP, message, error);
    group = kab_wire_group_from_json(message->id, message->body, error);
    return group != NULL &&
           kab_db_run(db, UPSERT_GROUP,
                      KAB_BIND(kab_text(group->id.text), kab_text_or_null(group->parent_id.text),
                               kab_text(group->name)),
                      error);
}

gboolean
kab_portal_apply_price_type(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                            GError **error)
{
    g_autoptr(KabPriceType) price_type = NULL;

    if (message->body == NULL)
        return remove_object(db, DELETE_PRICE_TYPE, message, error);
    price_type = kab_wire_price_type_from_json(message->id, message->body, error);
    return price_type != NULL &&
           kab_db_run(db, UPSERT_PRICE_TYPE,
                      KAB_BIND(kab_text(price_type->id.text), kab_text(price_type->name),
                               kab_text(price_type->currency), kab_int(price_type->vat_included)),
                      error);
}

gboolean
kab_portal_apply_warehouse(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                           GError **error)
{
    g_autoptr(KabWarehouse) warehouse = NULL;

    if (message->body == NULL)
        return remove_object(db, DELETE_WAREHOUSE, message, error);
    warehouse = kab_wire_warehouse_from_json(message->id, message->body, error);
    return warehouse != NULL &&
           kab_db_run(db, UPSERT_WAREHOUSE,
                      KAB_BIND(kab_text(warehouse->id.text), kab_text(warehouse->name)), error);
}

/* Without a list, the partner sees every warehouse. */
static gboolean
put_warehouses(KabDb *db, const KabPartner *partner, GError **error)
{
    if (!kab_db_run(db, DELETE_WAREHOUSES, KAB_BIND(kab_text(partner->id.text)), error))
        return FALSE;
    for (guint i = 0; partner->warehouses != NULL && i < partner->warehouses->len; i++)
        if (!kab_db_run(db, INSERT_PARTNER_WAREHOUSE,
                        KAB_BIND(kab_text(partner->id.text),
                                 kab_text(g_ptr_array_index(partner->warehouses, i))),
                        error))
            return FALSE;
    return TRUE;
}

gboolean
kab_portal_apply_partner(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                         GError **error)
{
    g_autoptr(KabPartner) partner = NULL;
    const KabLimits *limits;

    if (message->body == NULL)
        return remove_object(db, WITHDRAW_PARTNER, message, error);
    partner = kab_wire_partner_from_json(message->id, message->body, error);
    if (partner == NULL)
        return FALSE;
    limits = &partner->limits;
    return put_warehouses(db, partner, error) &&
           kab_db_run(
               db, UPSERT_PARTNER,
               KAB_BIND(kab_text(partner->id.text), kab_text(partner->name),
                        kab_text_or_null(partner->inn), kab_text_or_null(partner->kpp),
                        kab_text_or_null(partner->manager),
                        kab_text_or_null(partner->price_type_id.text),
                        kab_text_or_null(limits->debt.currency),
                        limits->has_limit ? kab_int(limits->credit_limit.minor) : kab_text(NULL),
                        kab_int(limits->debt.minor), kab_int(limits->overdue.minor)),
               error);
}
