/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-routes.h"
#include "kab-kind.h"
#include "kab-portal-goods.h"
#include "kab-portal-orders.h"
#include "kab-portal-routes.h"
#include "kab-portal.h"

#include "kab-portal-resources.h"

/* What the portal takes from the base, and the one kind that it sends. */
static const KabKindHandler kinds[] = {
    {KAB_KIND_GROUP, .apply = kab_portal_apply_group},
    {KAB_KIND_PRICE_TYPE, .apply = kab_portal_apply_price_type},
    {KAB_KIND_WAREHOUSE, .apply = kab_portal_apply_warehouse},
    {KAB_KIND_PARTNER, .apply = kab_portal_apply_partner},
    {KAB_KIND_USER, .apply = kab_portal_apply_user, .need = kab_portal_need_partner},
    {KAB_KIND_PRODUCT, .apply = kab_portal_apply_product},
    {KAB_KIND_PRICE, .apply = kab_portal_apply_prices},
    {KAB_KIND_STOCK, .apply = kab_portal_apply_stocks},
    {KAB_KIND_ORDER, .build = kab_portal_build_order},
    {KAB_KIND_CLIENT_ORDER, .apply = kab_portal_apply_client_order},
    {KAB_KIND_INVOICE, .apply = kab_portal_apply_invoice, .need = kab_portal_need_client_order},
};

static const KabEndClass portal_class = {
    .side = KAB_SIDE_PORTAL,
    .name = "portal",
    .migrations = "/org/kabinet/portal/migrations",
    .kinds = kinds,
    .n_kinds = G_N_ELEMENTS(kinds),
};

KabEnd *
kab_portal_open(const char *folder, GError **error)
{
    kab_portal_get_resource(); /* the linker drops resources that nobody names */
    return kab_end_open(&portal_class, NULL, folder, error);
}

void
kab_portal_add_routes(KabHttpRouter *router)
{
    kab_end_routes_add(router, "");
    kab_portal_routes_add(router);
}
