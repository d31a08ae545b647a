/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-documents.h"
#include "kab-base-orders.h"
#include "kab-base-publication.h"
#include "kab-base-publish.h"
#include "kab-base-routes.h"
#include "kab-base-tasks.h"
#include "kab-base-words.h"
#include "kab-base.h"
#include "kab-comment-store.h"
#include "kab-end-routes.h"
#include "kab-kind.h"
#include "kab-mail-settings.h"
#include "kab-object-names.h"
#include "kab-order-need.h"

#include "kab-base-resources.h"

#include <glib/gi18n-lib.h>

static gboolean
list_alarms(KabDb *db, GPtrArray *alarms, GError **error)
{
    return kab_base_list_alarms(db, alarms, error) && kab_base_words_list_alarms(db, alarms, error);
}

/* What can be sold is an offer of a product, or a product that has none. */
#define NAMES_OF_PRODUCTS                                                                  \
    "SELECT id, name, article, 0, 0, NULL FROM product WHERE id" KAB_NAMES_WANTED          \
    " UNION ALL SELECT o.id, coalesce(o.name, p.name), coalesce(o.article, p.article), 0," \
    " 0, NULL FROM offer o JOIN product p ON p.source_id = o.product_source_id"            \
    " WHERE o.id" KAB_NAMES_WANTED
#define NAMES_OF_PEOPLE KAB_NAMES_OF("contact") " UNION ALL " KAB_NAMES_OF("user")
#define NAMES_OF_PICTURES                                                                  \
    "SELECT id, (SELECT p.name FROM product_image i JOIN product p ON p.id = i.product_id" \
    " WHERE i.hash = picture.hash LIMIT 1), NULL, 0, 0, NULL FROM picture WHERE id" KAB_NAMES_WANTED

/* As NAMES_OF_PRODUCTS shows them; the tables are asked, since the view of both is not searched by
 * index. Those that are deleted are meant if nothing else is called so. */
#define CALLED_PRODUCTS                                                               \
    "WITH called (source_id, what) AS ("                                              \
    "SELECT source_id, 'article' FROM product WHERE article = $1 COLLATE NOCASE"      \
    " UNION ALL SELECT source_id, 'code' FROM product WHERE code = $1 COLLATE NOCASE" \
    " UNION ALL SELECT source_id, 'name' FROM product WHERE name = $1 COLLATE NOCASE)"
#define FIND_PRODUCTS                                                                   \
    CALLED_PRODUCTS                                                                     \
    " SELECT p.id, p.deleted FROM called c JOIN product p"                              \
    " ON p.source_id = c.source_id"                                                     \
    " WHERE NOT EXISTS (SELECT 1 FROM offer o WHERE o.product_source_id = p.source_id)" \
    " UNION SELECT o.id, max(o.deleted, p.deleted) FROM called c JOIN product p"        \
    " ON p.source_id = c.source_id JOIN offer o ON o.product_source_id = p.source_id"   \
    " WHERE c.what = 'code' OR (c.what = 'article' AND o.article IS NULL)"              \
    " OR (c.what = 'name' AND o.name IS NULL)"                                          \
    " UNION SELECT id, deleted FROM offer WHERE article = $1 COLLATE NOCASE"            \
    " UNION SELECT id, deleted FROM offer WHERE name = $1 COLLATE NOCASE"               \
    " ORDER BY 2, 1 LIMIT 2"
#define FIND_PARTNERS                                                                 \
    "SELECT id, deleted FROM partner WHERE inn = $1 OR casefold(name) = casefold($1)" \
    " OR casefold(full_name) = casefold($1) ORDER BY 2, 1 LIMIT 2"
#define FIND_PRODUCTS_WORDS                                            \
    "SELECT id, coalesce(article || ' · ', '') || name FROM sellable" \
    " WHERE has_words(coalesce(article, '') || ' ' || name, $1)" KAB_FIND_WORDS_LIMIT
#define FIND_PARTNERS_WORDS        \
    "SELECT id, name FROM partner" \
    " WHERE NOT deleted AND has_words(name || ' ' || coalesce(full_name, ''), $1)" KAB_FIND_WORDS_LIMIT
#define FIND_PEOPLE_WORDS                                           \
    "SELECT id, name || coalesce(' · ' || email, '') FROM contact" \
    " WHERE NOT deleted AND has_words(name, $1)"                    \
    " UNION SELECT id, name || ' · ' || login FROM user WHERE has_words(name, $1)" KAB_FIND_WORDS_LIMIT
/* Logins first: they are given once. */
#define FIND_PEOPLE                                                             \
    "SELECT user_id, 0 FROM publication WHERE login_key = casefold($1)"         \
    " UNION SELECT id, 0 FROM user WHERE login_key = casefold($1)"              \
    " UNION SELECT id, 1 FROM user WHERE email_key = casefold($1)"              \
    " OR casefold(name) = casefold($1)"                                         \
    " UNION SELECT id, 1 + deleted FROM contact WHERE lower(email) = lower($1)" \
    " OR casefold(name) = casefold($1) ORDER BY 2, 1 LIMIT 2"

/* What the base sends to the portal, and what it takes. */
static const KabKindHandler kinds[] = {
    {KAB_KIND_GROUP, .build = kab_base_build_group, .names = KAB_NAMES_OF("product_group"),
     .find = KAB_FIND_NAMED("product_group", "deleted"),
     .find_words = KAB_FIND_WORDS("product_group", "NOT deleted")},
    {KAB_KIND_PRICE_TYPE, .build = kab_base_build_price_type, .names = KAB_NAMES_OF("price_type"),
     .find = KAB_FIND_NAMED("price_type", "deleted"),
     .find_words = KAB_FIND_WORDS("price_type", "NOT deleted")},
    {KAB_KIND_WAREHOUSE, .build = kab_base_build_warehouse, .names = KAB_NAMES_OF("warehouse"),
     .find = KAB_FIND_NAMED("warehouse", "deleted"),
     .find_words = KAB_FIND_WORDS("warehouse", "NOT deleted")},
    {KAB_KIND_PARTNER, .build = kab_base_build_partner, .names = KAB_NAMES_OF("partner"),
     .find = FIND_PARTNERS, .find_words = FIND_PARTNERS_WORDS},
    {KAB_KIND_USER, .build = kab_base_build_user, .names = NAMES_OF_PEOPLE, .find = FIND_PEOPLE,
     .find_words = FIND_PEOPLE_WORDS},
    {KAB_KIND_PRODUCT, .build = kab_base_build_product, .names = NAMES_OF_PRODUCTS,
     .find = FIND_PRODUCTS, .find_words = FIND_PRODUCTS_WORDS},
    {KAB_KIND_PRICE, .build = kab_base_build_prices, .names = NAMES_OF_PRODUCTS,
     .find = FIND_PRODUCTS, .find_words = FIND_PRODUCTS_WORDS},
    {KAB_KIND_STOCK, .build = kab_base_build_stocks, .names = NAMES_OF_PRODUCTS,
     .find = FIND_PRODUCTS, .find_words = FIND_PRODUCTS_WORDS},
    {KAB_KIND_ORDER, .apply = kab_base_apply_order, .repeat = kab_base_repeat_order,
     .names = KAB_NAMES_OF_ORDERS},
    {KAB_KIND_CLIENT_ORDER, .build = kab_base_build_client_order, .names = KAB_NAMES_OF_ORDERS},
    {KAB_KIND_COMMENT, .build = kab_comment_build, .apply = kab_comment_apply_at_base,
     .need = kab_order_need, .names = KAB_NAMES_OF_COMMENTS},
    {KAB_KIND_DOCUMENT_REQUEST, .apply = kab_base_apply_document_request, .need = kab_order_need,
     .repeat = kab_base_repeat_document_request, .names = KAB_NAMES_OF_DOCUMENTS,
     .find = KAB_FIND_DOCUMENTS},
    {KAB_KIND_DOCUMENT, .build = kab_base_build_document, .names = KAB_NAMES_OF_DOCUMENTS,
     .find = KAB_FIND_DOCUMENTS},
    {KAB_KIND_TASK, .build = kab_base_build_task, .names = KAB_NAMES_OF_TASKS,
     .find = KAB_FIND_TASKS},
    {KAB_KIND_TASK_DECISION, .apply = kab_base_apply_task_decision,
     .repeat = kab_base_repeat_task_decision, .names = KAB_NAMES_OF_TASKS, .find = KAB_FIND_TASKS},
    {KAB_KIND_USER_STATE, .apply = kab_base_apply_user_state, .names = NAMES_OF_PEOPLE,
     .find = FIND_PEOPLE, .find_words = FIND_PEOPLE_WORDS},
    {KAB_KIND_MAIL_ACCOUNT, .build = kab_mail_settings_build},
    {KAB_KIND_PICTURE, .build = kab_base_build_picture, .names = NAMES_OF_PICTURES},
};

static const KabSetting settings[] = {
    {"service.path", KAB_SETTING_PATH, "/trade/hs/ExchangePortal", 0, 0,
     N_("Path of this base's HTTP service")},
    {"orders.prefix", KAB_SETTING_TEXT, "0000", 0, 0, N_("Prefix of client orders' numbers")},
    {"approval.own", KAB_SETTING_SWITCH, "false", 0, 0,
     N_("Whoever placed an order may approve it")},
    {"approval.fulfil", KAB_SETTING_SWITCH, "true", 0, 0,
     N_("An order that everybody has approved is to be fulfilled at once")},
    {"organisation.name", KAB_SETTING_TEXT, "", 0, 0, N_("Organisation: short name")},
    {"organisation.full-name", KAB_SETTING_TEXT, "", 0, 0, N_("Organisation: official name")},
    {"organisation.inn", KAB_SETTING_INN, "", 0, 0, N_("Organisation: INN")},
    {"organisation.kpp", KAB_SETTING_KPP, "", 0, 0, N_("Organisation: KPP")},
    {"organisation.address", KAB_SETTING_TEXT, "", 0, 0, N_("Organisation: address")},
    {"organisation.phone", KAB_SETTING_TEXT, "", 0, 0, N_("Organisation: telephone")},
    {"organisation.email", KAB_SETTING_TEXT, "", 0, 0, N_("Organisation: e-mail")},
    {"organisation.bank-name", KAB_SETTING_TEXT, "", 0, 0, N_("Organisation: bank")},
    {"organisation.bic", KAB_SETTING_BIC, "", 0, 0, N_("Organisation: BIC of the bank")},
    {"organisation.account", KAB_SETTING_TEXT, "", 0, 0, N_("Organisation: account")},
    {"organisation.corr-account", KAB_SETTING_TEXT, "", 0, 0,
     N_("Organisation: correspondent account")},
    {"organisation.director", KAB_SETTING_TEXT, "", 0, 0, N_("Organisation: director")},
    {"organisation.accountant", KAB_SETTING_TEXT, "", 0, 0, N_("Organisation: accountant")},
};

static const KabEndClass base_class = {
    .side = KAB_SIDE_BASE,
    .name = "base",
    .migrations = "/org/kabinet/base/migrations",
    .kinds = kinds,
    .n_kinds = G_N_ELEMENTS(kinds),
    .settings = settings,
    .n_settings = G_N_ELEMENTS(settings),
    .list_alarms = list_alarms,
    .user_changed = kab_base_user_changed,
    .words = &kab_base_words,
};

KabEnd *
kab_base_open(const char *folder, GError **error)
{
    kab_base_get_resource(); /* the linker drops resources that nobody names */
    return kab_end_open(&base_class, NULL, folder, error);
}

gboolean
kab_base_add_routes(KabHttpRouter *router, KabEnd *end, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    g_autofree char *path = NULL;

    if (db.db == NULL)
        return FALSE;
    path = kab_settings_get(kab_end_get_settings(end), db.db, "service.path", error);
    if (path == NULL)
        return FALSE;
    kab_end_routes_add(router, path);
    kab_base_routes_add(router);
    kab_base_segment_routes_add(router);
    kab_base_publication_routes_add(router);
    kab_base_role_routes_add(router);
    return TRUE;
}
