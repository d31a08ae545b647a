/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-goods.h"
#include "kab-partner.h"
#include "kab-user.h"

G_BEGIN_DECLS

/**
 * kab_base_partners_find:
 * @db: a connection
 * @id: a partner
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the partner; %NULL without @error set if there is none, or
 * it is marked as deleted
 */
KabPartner *kab_base_partners_find(KabDb *db, const char *id, GError **error);

/**
 * kab_base_partners_load:
 * @db: a connection
 * @name: a partner's id, INN or name
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID if several have this name
 *
 * Returns: (transfer full) (nullable): the partner
 */
KabPartner *kab_base_partners_load(KabDb *db, const char *name, GError **error);

/** kab_base_partners_list: (transfer full) (nullable) (element-type KabPartner): by name. */
GPtrArray *kab_base_partners_list(KabDb *db, GError **error);

/**
 * kab_base_partners_add:
 * @db: a connection
 * @partner: a partner; its id is made here
 * @price_type: (nullable): name or id of the price type of its agreement; without one, it is the
 *   only one there is, or none
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_NOT_FOUND for the price type,
 *   %KAB_ERROR_CONFLICT if a partner has its INN and KPP
 *
 * Returns: whether it is stored and queued
 */
gboolean kab_base_partners_add(KabDb *db, KabPartner *partner, const char *price_type,
                               GError **error);

/**
 * kab_base_partners_set_agreement:
 * @db: a connection
 * @id: a partner
 * @price_type: (nullable): name or id of the price type of its agreement; %NULL: as it is
 * @manager: (nullable): the manager who looks after it; %NULL: as it is
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: whether it is stored and queued
 */
gboolean kab_base_partners_set_agreement(KabDb *db, KabPartnerId id, const char *price_type,
                                         const char *manager, GError **error);

/** kab_base_partners_list_warehouses: (transfer full) (element-type KabWarehouse): by name. */
GPtrArray *kab_base_partners_list_warehouses(KabDb *db, GError **error);

/** kab_base_partners_load_warehouses: reads which warehouses @partner sees. */
gboolean kab_base_partners_load_warehouses(KabDb *db, KabPartner *partner, GError **error);

/**
 * kab_base_partners_set_warehouses:
 * @db: a connection
 * @id: a partner
 * @warehouses: (array zero-terminated=1): names or ids of the warehouses it shall see; none: all
 * @error: return location: %KAB_ERROR_NOT_FOUND
 *
 * Returns: whether it is stored and queued
 */
gboolean kab_base_partners_set_warehouses(KabDb *db, KabPartnerId id, const char *const *warehouses,
                                          GError **error);

/** kab_base_partners_load_id: (transfer full) (nullable): as find, but %KAB_ERROR_NOT_FOUND. */
KabPartner *kab_base_partners_load_id(KabDb *db, const char *id, GError **error);

/**
 * KabLimitsFields:
 * @KAB_LIMITS_CREDIT: the credit limit, or that there is none
 * @KAB_LIMITS_DEBT: the debt
 * @KAB_LIMITS_OVERDUE: what is overdue of it
 *
 * What is told of a partner's limits.
 */
typedef enum {
    KAB_LIMITS_CREDIT = 1 << 0,
    KAB_LIMITS_DEBT = 1 << 1,
    KAB_LIMITS_OVERDUE = 1 << 2,
} KabLimitsFields;

/**
 * kab_base_partners_set_limits:
 * @db: a connection
 * @id: a partner
 * @limits: what it owes and how much it may owe; what is open does not count
 * @fields: which of it is told; the rest stays as it is
 * @error: return location: %KAB_ERROR_NOT_FOUND, %KAB_ERROR_INVALID
 *
 * What the base ships and is paid from now on changes the debt. A debt that is set is a correction
 * in the partner's books.
 *
 * Returns: whether it is stored and queued
 */
gboolean kab_base_partners_set_limits(KabDb *db, KabPartnerId id, const KabLimits *limits,
                                      KabLimitsFields fields, GError **error);

G_END_DECLS
