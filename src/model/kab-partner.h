/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-limits.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabPartner:
 * @id: the partner
 * @name: its short name
 * @full_name: (nullable): its official name
 * @inn: (nullable): taxpayer number
 * @kpp: (nullable): tax registration reason code; persons have none
 * @address: (nullable): legal address
 * @email: (nullable): e-mail
 * @phone: (nullable): telephone
 * @manager: (nullable): the manager who looks after it
 * @price_type_id: the price type of its agreement; not set if there is none
 * @warehouses: (nullable) (element-type utf8): ids of the warehouses it sees; %NULL: all
 * @limits: what it owes and how much it may owe
 *
 * A client company.
 */
typedef struct {
    KabPartnerId id;
    char *name;
    char *full_name;
    char *inn;
    char *kpp;
    char *address;
    char *email;
    char *phone;
    char *manager;
    KabPriceTypeId price_type_id;
    GPtrArray *warehouses;
    KabLimits limits;
} KabPartner;

void kab_partner_free(KabPartner *partner);

/**
 * kab_partner_check:
 * @partner: a partner
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it has a name, and INN and KPP are right where they are given
 */
gboolean kab_partner_check(const KabPartner *partner, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabPartner, kab_partner_free)

G_END_DECLS
