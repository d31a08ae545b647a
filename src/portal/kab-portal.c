/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-comment-store.h"
#include "kab-end-routes.h"
#include "kab-kind.h"
#include "kab-mail-settings.h"
#include "kab-object-names.h"
#include "kab-portal-documents.h"
#include "kab-portal-goods.h"
#include "kab-portal-letters.h"
#include "kab-portal-orders.h"
#include "kab-portal-people.h"
#include "kab-portal-products.h"
#include "kab-portal-routes.h"
#include "kab-portal-tasks.h"
#include "kab-portal-words.h"
#include "kab-portal.h"

#include "kab-portal-resources.h"

#include <glib/gi18n-lib.h>

/* Letters that wait for an account, or for a better one, are tried with this one. */
static gboolean
apply_mail_account(gpointer service, KabDb *db, const KabMessage *message, GError **error)
{
    return kab_mail_settings_apply(service, db, message, error) &&
           kab_portal_letters_hurry(db, error);
}

static gboolean
list_alarms(KabDb *db, GPtrArray *alarms, GError **error)
{
    return kab_portal_list_alarms(db, alarms, error) &&
           kab_portal_letters_list_alarms(db, alarms, error);
}

#define NAMES_OF_PRODUCTS \
    "SELECT id, name, article, 0, 0, NULL FROM product WHERE id" KAB_NAMES_WANTED

#define FIND_PRODUCTS                                                \
    "SELECT id, 0 FROM product WHERE article = $1 COLLATE NOCASE"    \
    " UNION SELECT id, 0 FROM product WHERE name_key = casefold($1)" \
    " ORDER BY 2, 1 LIMIT 2"
#define FIND_PARTNERS                                                           \
    "SELECT id, 0 FROM partner WHERE inn = $1 OR casefold(name) = casefold($1)" \
    " ORDER BY 2, 1 LIMIT 2"
#define FIND_PRODUCTS_WORDS                                           \
    "SELECT id, coalesce(article || ' · ', '') || name FROM product" \
    " WHERE has_words(coalesce(article, '') || ' ' || name, $1)" KAB_FIND_WORDS_LIMIT
#define FIND_USERS_WORDS \
    "SELECT id, name || ' · ' || login FROM user WHERE has_words(name, $1)" KAB_FIND_WORDS_LIMIT
/* Nobody else has a login, and it is what is asked for. */
#define FIND_USERS                                                                  \
    "SELECT id, login_key <> casefold($1) FROM user WHERE login_key = casefold($1)" \
    " OR email_key = casefold($1) OR casefold(name) = casefold($1) ORDER BY 2, 1 LIMIT 2"

/* What the portal takes from the base, and what it sends. */
static const KabKindHandler kinds[] = {
    {KAB_KIND_GROUP, .apply = kab_portal_apply_group, .names = KAB_NAMES_OF("product_group"),
     .find = KAB_FIND_NAMED("product_group", "0"),
     .find_words = KAB_FIND_WORDS("product_group", "1")},
    {KAB_KIND_PRICE_TYPE, .apply = kab_portal_apply_price_type, .names = KAB_NAMES_OF("price_type"),
     .find = KAB_FIND_NAMED("price_type", "0"), .find_words = KAB_FIND_WORDS("price_type", "1")},
    {KAB_KIND_WAREHOUSE, .apply = kab_portal_apply_warehouse, .names = KAB_NAMES_OF("warehouse"),
     .find = KAB_FIND_NAMED("warehouse", "0"), .find_words = KAB_FIND_WORDS("warehouse", "1")},
    {KAB_KIND_PARTNER, .apply = kab_portal_apply_partner, .names = KAB_NAMES_OF("partner"),
     .find = FIND_PARTNERS, .find_words = KAB_FIND_WORDS("partner", "1")},
    {KAB_KIND_USER, .apply = kab_portal_apply_user, .need = kab_portal_need_partners,
     .names = KAB_NAMES_OF("user"), .find = FIND_USERS, .find_words = FIND_USERS_WORDS},
    {KAB_KIND_PRODUCT, .apply = kab_portal_apply_product, .names = NAMES_OF_PRODUCTS,
     .find = FIND_PRODUCTS, .find_words = FIND_PRODUCTS_WORDS},
    {KAB_KIND_PRICE, .apply = kab_portal_apply_prices, .names = NAMES_OF_PRODUCTS,
     .find = FIND_PRODUCTS, .find_words = FIND_PRODUCTS_WORDS},
    {KAB_KIND_STOCK, .apply = kab_portal_apply_stocks, .names = NAMES_OF_PRODUCTS,
     .find = FIND_PRODUCTS, .find_words = FIND_PRODUCTS_WORDS},
    {KAB_KIND_ORDER, .build = kab_portal_build_order, .names = KAB_NAMES_OF_ORDERS},
    {KAB_KIND_CLIENT_ORDER, .apply = kab_portal_apply_client_order, .names = KAB_NAMES_OF_ORDERS},
    {KAB_KIND_COMMENT, .build = kab_comment_build, .apply = kab_comment_apply_at_portal,
     .names = KAB_NAMES_OF_COMMENTS},
    {KAB_KIND_DOCUMENT_REQUEST, .build = kab_portal_build_document_request,
     .names = KAB_NAMES_OF_DOCUMENTS, .find = KAB_FIND_DOCUMENTS},
    {KAB_KIND_DOCUMENT, .apply = kab_portal_apply_document, .need = kab_portal_need_document,
     .names = KAB_NAMES_OF_DOCUMENTS, .find = KAB_FIND_DOCUMENTS},
    {KAB_KIND_TASK, .apply = kab_portal_apply_task, .need = kab_portal_need_partner,
     .names = KAB_NAMES_OF_TASKS, .find = KAB_FIND_TASKS},
    {KAB_KIND_TASK_DECISION, .build = kab_portal_build_task_decision, .names = KAB_NAMES_OF_TASKS,
     .find = KAB_FIND_TASKS},
    {KAB_KIND_USER_STATE, .build = kab_portal_build_user_state, .names = KAB_NAMES_OF("user"),
     .find = FIND_USERS, .find_words = FIND_USERS_WORDS},
    {KAB_KIND_MAIL_ACCOUNT, .apply = apply_mail_account},
    {KAB_KIND_PICTURE, .apply = kab_portal_apply_picture},
};

static const KabSetting settings[] = {
    {"orders.limits", KAB_SETTING_MODE, "refuse", 0, 0,
     N_("Orders that exceed a partner's limits: refuse, warn or off")},
    {"mail.ca-file", KAB_SETTING_FILE, "", 0, 0,
     N_("Authority's file of the mail server (PEM)")},
};

static const KabEndClass portal_class = {
    .side = KAB_SIDE_PORTAL,
    .name = "portal",
    .migrations = "/org/kabinet/portal/migrations",
    .kinds = kinds,
    .n_kinds = G_N_ELEMENTS(kinds),
    .settings = settings,
    .n_settings = G_N_ELEMENTS(settings),
    .user_changed = kab_portal_user_changed,
    .list_alarms = list_alarms,
    .words = &kab_portal_words,
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
    kab_portal_basket_routes_add(router);
    kab_portal_routes_add(router);
    kab_portal_paper_routes_add(router);
    kab_portal_people_routes_add(router);
    kab_portal_letter_routes_add(router);
    kab_portal_live_routes_add(router);
}
