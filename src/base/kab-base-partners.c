/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-partners.h"
#include "kab-base-settlement.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-queue.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PARTNER_COLUMNS                                                             \
    "id, name, full_name, inn, kpp, address, email, phone, manager, price_type_id," \
    " currency, credit_limit, debt, overdue"
#define SELECT_ONE "SELECT " PARTNER_COLUMNS " FROM partner WHERE id = $1 AND deleted = 0"
#define SELECT_NAMED                          \
    "SELECT " PARTNER_COLUMNS " FROM partner" \
    " WHERE deleted = 0 AND (id = $1 OR inn = $1 OR name = $1) ORDER BY id LIMIT 2"
#define SELECT_ALL "SELECT " PARTNER_COLUMNS " FROM partner WHERE deleted = 0 ORDER BY name, id"
#define SELECT_SAME \
    "SELECT name FROM partner WHERE deleted = 0 AND inn = $1 AND coalesce(kpp, '') = $2"
#define INSERT_PARTNER                                                                      \
    "INSERT INTO partner (id, source_id, name, full_name, inn, kpp, address, email, phone," \
    " manager, price_type_id) VALUES ($1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
#define UPDATE_AGREEMENT                                              \
    "UPDATE partner SET price_type_id = coalesce($1, price_type_id)," \
    " manager = coalesce($2, manager) WHERE id = $3"
#define UPDATE_LIMITS                                                               \
    "UPDATE partner SET credit_limit = CASE WHEN $1 THEN $2 ELSE credit_limit END," \
    " overdue = coalesce($3, overdue) WHERE id = $4"
#define SELECT_PRICE_TYPE \
    "SELECT id FROM price_type WHERE deleted = 0 AND (id = $1 OR name = $1) LIMIT 1"
#define SELECT_ONLY_PRICE_TYPE \
    "SELECT CASE count(*) WHEN 1 THEN min(id) END FROM price_type WHERE deleted = 0"

#define SELECT_ALL_WAREHOUSES "SELECT id, name FROM warehouse WHERE deleted = 0 ORDER BY name, id"
#define SELECT_WAREHOUSES \
    "SELECT warehouse_id FROM partner_warehouse WHERE partner_id = $1 ORDER BY warehouse_id"
#define SELECT_WAREHOUSE \
    "SELECT id FROM warehouse WHERE deleted = 0 AND (id = $1 OR name = $1) LIMIT 1"
#define DELETE_WAREHOUSES "DELETE FROM partner_warehouse WHERE partner_id = $1"
#define INSERT_WAREHOUSE                                                       \
    "INSERT INTO partner_warehouse (partner_id, warehouse_id) VALUES ($1, $2)" \
    " ON CONFLICT (partner_id, warehouse_id) DO NOTHING"

static void
read_limits(KabRows *rows, KabLimits *limits)
{
    const char *currency = kab_rows_get_text(rows, 10);

    limits->has_limit = !kab_rows_is_null(rows, 11);
    limits->credit_limit = kab_money_new(kab_rows_get_int(rows, 11), currency);
    limits->debt = kab_money_new(kab_rows_get_int(rows, 12), currency);
    limits->overdue = kab_money_new(kab_rows_get_int(rows, 13), currency);
    limits->open = kab_money_new(0, currency);
}

static KabPartner *
read_partner(KabRows *rows)
{
    KabPartner *partner = g_new0(KabPartner, 1);

    partner->id = kab_partner_id_of(kab_rows_get_text(rows, 0));
    partner->name = kab_rows_dup_text(rows, 1);
    partner->full_name = kab_rows_dup_text(rows, 2);
    partner->inn = kab_rows_dup_text(rows, 3);
    partner->kpp = kab_rows_dup_text(rows, 4);
    partner->address = kab_rows_dup_text(rows, 5);
    partner->email = kab_rows_dup_text(rows, 6);
    partner->phone = kab_rows_dup_text(rows, 7);
    partner->manager = kab_rows_dup_text(rows, 8);
    partner->price_type_id = kab_price_type_id_of(kab_rows_get_text(rows, 9));
    if (!kab_rows_is_null(rows, 10))
        read_limits(rows, &partner->limits);
    return partner;
}

/* Takes the rows, which may be NULL with the error set. */
static GPtrArray *
read_partners(KabRows *taken, GError **error)
{
    g_autoptr(KabRows) rows = taken;
    g_autoptr(GPtrArray) partners =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_partner_free);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(partners, read_partner(rows));
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return NULL;
    }
    return g_steal_pointer(&partners);
}

KabPartner *
kab_base_partners_find(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GPtrArray) found =
        read_partners(kab_db_query(db, SELECT_ONE, KAB_BIND(kab_text(id)), error), error);

    return found != NULL && found->len > 0 ? g_ptr_array_steal_index(found, 0) : NULL;
}

KabPartner *
kab_base_partners_load_id(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabPartner *partner = kab_base_partners_find(db, id, &local);

    if (partner == NULL && local == NULL)
        local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no partner “%.200s”"), id);
    kab_error_pass(error, &local);
    return partner;
}

KabPartner *
kab_base_partners_load(KabDb *db, const char *name, GError **error)
{
    g_autoptr(GPtrArray) found =
        read_partners(kab_db_query(db, SELECT_NAMED, KAB_BIND(kab_text(name)), error), error);

    if (found == NULL)
        return NULL;
    if (found->len == 1)
        return g_ptr_array_steal_index(found, 0);
    if (found->len == 0)
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no partner “%.200s”"), name);
    else
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("Several partners are called “%.200s”: name one by its id"), name);
    return NULL;
}

GPtrArray *
kab_base_partners_list(KabDb *db, GError **error)
{
    return read_partners(kab_db_query(db, SELECT_ALL, KAB_BIND_NONE, error), error);
}

static gboolean
is_new(KabDb *db, const KabPartner *partner, GError **error)
{
    g_autofree char *other = NULL;

    if (partner->inn == NULL)
        return TRUE;
    if (!kab_db_get_text(
            db, SELECT_SAME,
            KAB_BIND(kab_text(partner->inn), kab_text(partner->kpp != NULL ? partner->kpp : "")),
            &other, error))
        return FALSE;
    if (other == NULL)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                _("The partner “%s” has this INN and KPP already"), other);
    return FALSE;
}

/* The id of the price type that is named. */
static char *
load_price_type(KabDb *db, const char *name, GError **error)
{
    char *id = NULL;

    if (kab_db_get_text(db, SELECT_PRICE_TYPE, KAB_BIND(kab_text(name)), &id, error) && id == NULL)
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no price type “%.*s”"),
                    kab_error_clip(name, 200), name);
    return id;
}

static gboolean
choose_price_type(KabDb *db, const char *name, KabPartner *partner, GError **error)
{
    g_autofree char *id = NULL;

    if (name != NULL)
        id = load_price_type(db, name, error);
    /* Where there is only one price type, nobody has to name it. */
    else if (!kab_db_get_text(db, SELECT_ONLY_PRICE_TYPE, KAB_BIND_NONE, &id, error))
        return FALSE;
    if (id != NULL)
        partner->price_type_id = kab_price_type_id_of(id);
    return id != NULL || name == NULL;
}

gboolean
kab_base_partners_add(KabDb *db, KabPartner *partner, const char *price_type, GError **error)
{
    g_autoptr(KabTransaction) transaction = NULL;

    if (!kab_partner_check(partner, error))
        return FALSE;
    transaction = kab_db_begin_part(db, error);
    if (transaction == NULL || !is_new(db, partner, error) ||
        !choose_price_type(db, price_type, partner, error))
        return FALSE;
    partner->id = kab_partner_id_new();
    return kab_db_run(db, INSERT_PARTNER,
                      KAB_BIND(kab_text(partner->id.text), kab_text(partner->name),
                               kab_text_or_null(partner->full_name), kab_text_or_null(partner->inn),
                               kab_text_or_null(partner->kpp), kab_text_or_null(partner->address),
                               kab_text_or_null(partner->email), kab_text_or_null(partner->phone),
                               kab_text_or_null(partner->manager),
                               kab_text_or_null(partner->price_type_id.text)),
                      error) &&
           kab_queue_put(db, KAB_KIND_PARTNER, partner->id.text, error) &&
           kab_transaction_commit(transaction, error);
}

gboolean
kab_base_partners_set_agreement(KabDb *db, KabPartnerId id, const char *price_type,
                                const char *manager, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autofree char *price_type_id = NULL;

    if (transaction == NULL)
        return FALSE;
    if (price_type != NULL) {
        price_type_id = load_price_type(db, price_type, error);
        if (price_type_id == NULL)
            return FALSE;
    }
    return kab_db_run(db, UPDATE_AGREEMENT,
                      KAB_BIND(kab_text(price_type_id), kab_text(manager), kab_text(id.text)),
                      error) &&
           kab_queue_put(db, KAB_KIND_PARTNER, id.text, error) &&
           kab_transaction_commit(transaction, error);
}

/* Limits are in the currency of the books. */
static gboolean
check_limits(const KabPartner *partner, const KabLimits *limits, GError **error)
{
    const char *books = partner->limits.debt.currency;

    if (limits->credit_limit.minor < 0 || limits->overdue.minor < 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Neither the credit limit nor the overdue sum can be negative"));
        return FALSE;
    }
    if (*books == '\0' || strcmp(books, limits->debt.currency) == 0)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("The partner's books are kept in %s"),
                books);
    return FALSE;
}

gboolean
kab_base_partners_set_limits(KabDb *db, KabPartnerId id, const KabLimits *limits,
                             KabLimitsFields fields, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autoptr(KabPartner) partner = NULL;
    KabMoney change = limits->debt;

    partner = transaction != NULL ? kab_base_partners_load_id(db, id.text, error) : NULL;
    if (partner == NULL || !check_limits(partner, limits, error))
        return FALSE;
    change.minor = fields & KAB_LIMITS_DEBT ? change.minor - partner->limits.debt.minor : 0;
    return kab_base_settlement_correct(db, id, change, error) &&
           kab_db_run(
               db, UPDATE_LIMITS,
               KAB_BIND(kab_int((fields & KAB_LIMITS_CREDIT) != 0),
                        limits->has_limit ? kab_int(limits->credit_limit.minor) : kab_text(NULL),
                        fields & KAB_LIMITS_OVERDUE ? kab_int(limits->overdue.minor)
                                                    : kab_text(NULL),
                        kab_text(id.text)),
               error) &&
           kab_queue_put(db, KAB_KIND_PARTNER, id.text, error) &&
           kab_transaction_commit(transaction, error);
}

GPtrArray *
kab_base_partners_list_warehouses(KabDb *db, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)kab_warehouse_free);
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_ALL_WAREHOUSES, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabWarehouse *warehouse = g_new0(KabWarehouse, 1);

        warehouse->id = kab_warehouse_id_of(kab_rows_get_text(rows, 0));
        warehouse->name = kab_rows_dup_text(rows, 1);
        g_ptr_array_add(list, warehouse);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&list) : NULL;
}

gboolean
kab_base_partners_load_warehouses(KabDb *db, KabPartner *partner, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_WAREHOUSES, KAB_BIND(kab_text(partner->id.text)), error);
    g_autoptr(GPtrArray) warehouses = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(warehouses, kab_rows_dup_text(rows, 0));
    if (warehouses->len > 0)
        partner->warehouses = g_steal_pointer(&warehouses);
    return kab_error_pass(error, &local);
}

static gboolean
add_warehouse(KabDb *db, KabPartnerId id, const char *name, GError **error)
{
    g_autofree char *warehouse_id = NULL;

    if (!kab_db_get_text(db, SELECT_WAREHOUSE, KAB_BIND(kab_text(name)), &warehouse_id, error))
        return FALSE;
    if (warehouse_id == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no warehouse “%.*s”"),
                    kab_error_clip(name, 200), name);
        return FALSE;
    }
    return kab_db_run(db, INSERT_WAREHOUSE, KAB_BIND(kab_text(id.text), kab_text(warehouse_id)),
                      error);
}

gboolean
kab_base_partners_set_warehouses(KabDb *db, KabPartnerId id, const char *const *warehouses,
                                 GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);

    if (transaction == NULL ||
        !kab_db_run(db, DELETE_WAREHOUSES, KAB_BIND(kab_text(id.text)), error))
        return FALSE;
    for (; *warehouses != NULL; warehouses++)
        if (!add_warehouse(db, id, *warehouses, error))
            return FALSE;
    return kab_queue_put(db, KAB_KIND_PARTNER, id.text, error) &&
           kab_transaction_commit(transaction, error);
}
