/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-partners.h"
#include "kab-base-publication.h"
#include "kab-codes.h"
#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-users.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

#define PASSWORD "four words of somebody"
#define OTHER "another four words of somebody"

static void
act(TestPair *test, const char *login, KabPublicationAction action)
{
    g_autoptr(GError) error = NULL;

    kab_base_publication_act(kab_pair_get_base(test->pair), test->base, KAB_ACTOR_SERVICE, login,
                             action, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
}

/* What the base shows of the user with this login. */
static void
assert_state(TestPair *test, const char *login, const char *state)
{
    g_autofree char *next = NULL;
    const KabPublicationQuery query = {NULL, NULL, NULL};
    g_autoptr(GPtrArray) all =
        kab_base_publication_list(test->base, &query, NULL, 500, &next, NULL);
    const KabPublication *found = NULL;

    for (guint i = 0; i < all->len; i++) {
        const KabPublication *row = g_ptr_array_index(all, i);

        if (g_strcmp0(row->login, login) == 0)
            found = row;
    }
    g_assert_nonnull(found);
    g_assert_cmpstr(found->state, ==, state);
}

static char *
make_code(TestPair *test, const char *login, KabCodePurpose purpose)
{
    g_autoptr(KabUser) user = kab_users_load(test->portal, login, NULL);

    g_assert_nonnull(user);
    return kab_codes_create(test->portal, user->id, purpose, kab_time_now(), NULL);
}

/* The answer to a code and a new password. */
static JsonNode *
set_password(TestPair *test, const char *code, const char *password, guint expected)
{
    g_autofree char *body = g_strdup_printf("{'code': '%s', 'password': '%s'}", code, password);

    return test_pair_portal(test, NULL, "POST", "/api/v1/password", body, expected);
}

static JsonNode *
sign_in(TestPair *test, const char *login, const char *password, guint expected)
{
    g_autofree char *body = g_strdup_printf("{'login': '%s', 'password': '%s'}", login, password);

    return test_pair_portal(test, NULL, "POST", "/api/v1/session", body, expected);
}

static void
assert_session(TestPair *test, const char *token, guint expected)
{
    json_node_unref(test_pair_portal(test, token, "GET", "/api/v1/me", NULL, expected));
}

/* Published, invited, the first sign-in, deactivated, activated, reset, deleted. */
static void
test_life(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *code = make_code(test, "alfa-buyer", KAB_CODE_INVITATION);
    g_autofree char *look = g_strdup_printf("{'code': '%s'}", code);
    g_autoptr(JsonNode) seen = NULL;
    g_autoptr(JsonNode) begun = NULL;
    g_autoptr(JsonNode) again = NULL;
    g_autofree char *reset = NULL;

    assert_state(test, "alfa-buyer", "registration");
    seen = test_pair_portal(test, NULL, "POST", "/api/v1/code", look, 200);
    g_assert_cmpstr(test_json_text(seen, "purpose"), ==, "invitation");
    g_assert_cmpstr(test_json_text(seen, "login"), ==, "alfa-buyer");
    /* A password that is refused does not use up the code. */
    json_node_unref(set_password(test, code, "12345678", 400));
    begun = set_password(test, code, PASSWORD, 200);
    assert_session(test, test_json_text(begun, "token"), 200);
    json_node_unref(set_password(test, code, PASSWORD, 404));
    json_node_unref(test_pair_portal(test, NULL, "POST", "/api/v1/code", look, 404));
    test_pair_exchange(test);
    assert_state(test, "alfa-buyer", "active");

    act(test, "alfa-buyer", KAB_PUBLICATION_DEACTIVATE);
    assert_state(test, "alfa-buyer", "deactivated");
    assert_session(test, test_json_text(begun, "token"), 401);
    json_node_unref(sign_in(test, "alfa-buyer", PASSWORD, 401));
    act(test, "ALFA-buyer", KAB_PUBLICATION_ACTIVATE);
    assert_state(test, "alfa-buyer", "active");
    again = sign_in(test, "Alfa-Buyer@Partner.Example", PASSWORD, 200);

    act(test, "alfa-buyer", KAB_PUBLICATION_RESET);
    assert_state(test, "alfa-buyer", "registration");
    assert_session(test, test_json_text(again, "token"), 401);
    json_node_unref(sign_in(test, "alfa-buyer", PASSWORD, 401));
    reset = make_code(test, "alfa-buyer", KAB_CODE_RESET);
    json_node_unref(set_password(test, reset, OTHER, 200));
    test_pair_exchange(test);
    assert_state(test, "alfa-buyer", "active");

    act(test, "alfa-buyer", KAB_PUBLICATION_DELETE);
    g_assert_cmpint(
        test_pair_count(test->portal, "SELECT count(*) FROM user WHERE login = 'alfa-buyer'"), ==,
        0);
    g_assert_cmpint(
        test_pair_count(test->base, "SELECT count(*) FROM publication WHERE login = 'alfa-buyer'"),
        ==, 0);
}

/* The base's message may come as often as it likes: what it asks for happens once. */
static void
test_asked_once(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *code = make_code(test, "beta-head", KAB_CODE_INVITATION);
    g_autoptr(JsonNode) begun = NULL;
    g_autoptr(GError) error = NULL;

    act(test, "beta-head", KAB_PUBLICATION_RESET);
    begun = set_password(test, code, PASSWORD, 404);
    g_free(code);
    code = make_code(test, "beta-head", KAB_CODE_RESET);
    g_clear_pointer(&begun, json_node_unref);
    begun = set_password(test, code, PASSWORD, 200);
    kab_db_script(test->portal, "UPDATE inbox SET version = 1 WHERE kind = 'user'", &error);
    kab_db_script(test->base,
                  "INSERT INTO queue (kind, rank, object_id, version, state, created_at,"
                  " next_attempt_at) SELECT 'user', 4, user_id, 9000000000000, 'waiting', 1, 1"
                  " FROM publication",
                  &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    assert_session(test, test_json_text(begun, "token"), 200);
    assert_state(test, "beta-head", "active");
}

static KabPartnerId
find_partner(TestPair *test, const char *name)
{
    g_autoptr(KabPartner) partner = kab_base_partners_load(test->base, name, NULL);

    g_assert_nonnull(partner);
    return partner->id;
}

static void
set_partner(TestPair *test, const char *login, const char *name, const KabRole *role)
{
    g_autoptr(GError) error = NULL;

    kab_base_publication_set_partner(kab_pair_get_base(test->pair), test->base, KAB_ACTOR_SERVICE,
                                     login, find_partner(test, name), role, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
}

static void
switch_partner(TestPair *test, const char *token, const char *name, guint expected)
{
    g_autofree char *body = g_strdup_printf("{'partner_id': '%s'}", find_partner(test, name).text);

    json_node_unref(test_pair_portal(test, token, "PUT", "/api/v1/session", body, expected));
}

static void
assert_price(TestPair *test, const char *token, const char *price)
{
    g_autoptr(JsonNode) product =
        test_pair_portal(test, token, "GET", "/api/v1/products/" TEST_HAMMER, NULL, 200);

    g_assert_cmpstr(test_json_text(product, "price"), ==, price);
}

/* One person acts for two partners: with the prices, the basket and the orders of the one chosen.
 */
static void
test_two_partners(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const KabRole buyer = KAB_ROLE_BUYER;
    g_autofree char *order = test_pair_place(test, test->b);
    g_autofree char *path = g_strconcat("/api/v1/orders/", order, NULL);
    g_autoptr(JsonNode) me = NULL;
    g_autoptr(JsonNode) basket = NULL;

    switch_partner(test, test->a, "Бета", 404);
    set_partner(test, "alfa-head", "Бета", &buyer);
    me = test_pair_portal(test, test->a, "GET", "/api/v1/me", NULL, 200);
    g_assert_cmpuint(test_json_length(me, "partners"), ==, 2);
    assert_price(test, test->a, "100.50");
    test_pair_fill(test, test->a);
    json_node_unref(test_pair_portal(test, test->a, "GET", path, NULL, 404));

    switch_partner(test, test->a, "Бета", 200);
    assert_price(test, test->a, "150.00");
    basket = test_pair_portal(test, test->a, "GET", "/api/v1/basket", NULL, 200);
    g_assert_cmpuint(test_json_length(basket, "lines"), ==, 0);
    json_node_unref(test_pair_portal(test, test->a, "GET", path, NULL, 200));
    /* There, it is a buyer. */
    json_node_unref(test_pair_portal(test, test->a, "GET", "/api/v1/tasks", NULL, 403));

    switch_partner(test, test->a, "Альфа", 200);
    json_node_unref(test_pair_portal(test, test->a, "GET", "/api/v1/tasks", NULL, 200));
    json_node_unref(test_pair_portal(test, test->a, "GET", path, NULL, 404));
    switch_partner(test, test->a, "Бета", 200);
    /* Who may not act for a partner any more is signed out, not moved to another one. */
    set_partner(test, "alfa-head", "Бета", NULL);
    assert_session(test, test->a, 401);
}

static const char *
find_stock(JsonNode *product)
{
    return test_json_text(product, "stock");
}

/* Stock of warehouses that the partner does not see is counted nowhere. */
static void
test_warehouses(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const near[] = {"Ближний", NULL};
    g_autoptr(JsonNode) before = NULL;
    g_autoptr(JsonNode) after = NULL;
    g_autoptr(JsonNode) others = NULL;
    g_autoptr(JsonNode) list = NULL;
    g_autofree char *far_id = NULL;
    g_autofree char *body = NULL;
    g_autoptr(GError) error = NULL;

    kab_db_script(test->base,
                  "INSERT INTO warehouse (id, source_id, name) VALUES"
                  " ('30000000-0000-4000-8000-000000000001', 'near', 'Ближний'),"
                  " ('30000000-0000-4000-8000-000000000002', 'far', 'Дальний');"
                  "DELETE FROM stock WHERE offer_id = '" TEST_HAMMER "';"
                  "INSERT INTO stock (offer_id, warehouse_id, quantity) VALUES"
                  " ('" TEST_HAMMER "', '30000000-0000-4000-8000-000000000001', 2000),"
                  " ('" TEST_HAMMER "', '30000000-0000-4000-8000-000000000002', 5000);"
                  "INSERT INTO queue (kind, rank, object_id, version, state, created_at,"
                  " next_attempt_at) SELECT 'warehouse', 2, id, 9000000000000, 'waiting', 1, 1"
                  " FROM warehouse;"
                  "INSERT INTO queue (kind, rank, object_id, version, state, created_at,"
                  " next_attempt_at) VALUES ('stock', 7, '" TEST_HAMMER
                  "', 9000000000001, 'waiting', 1, 1)",
                  &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    before = test_pair_portal(test, test->a, "GET", "/api/v1/products/" TEST_HAMMER, NULL, 200);
    g_assert_cmpstr(find_stock(before), ==, "7");
    kab_base_partners_set_warehouses(test->base, find_partner(test, "Альфа"), near, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    after = test_pair_portal(test, test->a, "GET", "/api/v1/products/" TEST_HAMMER, NULL, 200);
    g_assert_cmpstr(find_stock(after), ==, "2");
    others = test_pair_portal(test, test->b, "GET", "/api/v1/products/" TEST_HAMMER, NULL, 200);
    g_assert_cmpstr(find_stock(others), ==, "7");
    list = test_pair_portal(test, test->a, "GET", "/api/v1/warehouses", NULL, 200);
    g_assert_cmpuint(test_json_length(list, "items"), ==, 1);
    test_pair_fill(test, test->a);
    g_assert_cmpuint(
        test_pair_ask(kab_pair_get_portal_address(test->pair), test->a, "POST", "/api/v1/orders",
                      "{'place': true, 'warehouse_id': '30000000-0000-4000-8000-000000000002'}",
                      "key", NULL),
        ==, 400);
}

static void
test_own_user(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const KabPublicationRequest request = {"manager", NULL, KAB_ROLE_MANAGER, "en"};
    KabPublicationRequest wrong = {"manager", NULL, KAB_ROLE_ADMINISTRATOR, NULL};
    KabEnd *base = kab_pair_get_base(test->pair);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = NULL;

    /* Nobody is published without an e-mail. */
    g_assert_false(
        kab_base_publication_publish(base, test->base, KAB_ACTOR_SERVICE, &request, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    kab_db_script(test->base, "UPDATE user SET email = 'm@base.example' WHERE login = 'manager'",
                  &error);
    g_assert_false(
        kab_base_publication_publish(base, test->base, KAB_ACTOR_SERVICE, &wrong, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    kab_base_publication_publish(base, test->base, KAB_ACTOR_SERVICE, &request, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    user = kab_users_load(test->portal, "manager", &error);
    g_assert_no_error(error);
    g_assert_cmpint(user->role, ==, KAB_ROLE_MANAGER);
    g_assert_cmpstr(user->language, ==, "en");
    assert_state(test, "manager", "registration");
}

static void
test_logins_are_unique(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    KabEnd *base = kab_pair_get_base(test->pair);
    g_autofree char *id = kab_base_contacts_add(test->base, find_partner(test, "Альфа"), "Анна",
                                                "anna@partner.example", "8 (912) 345-67-89", NULL);
    const KabPublicationRequest taken = {id, "ALFA-HEAD", KAB_ROLE_BUYER, NULL};
    const KabPublicationRequest good = {id, "anna", KAB_ROLE_BUYER, NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = NULL;

    g_assert_false(
        kab_base_publication_publish(base, test->base, KAB_ACTOR_SERVICE, &taken, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_CONFLICT);
    g_assert_true(kab_base_publication_publish(base, test->base, KAB_ACTOR_SERVICE, &good, NULL));
    test_pair_exchange(test);
    user = kab_users_load(test->portal, "+7 (912) 345 67 89", NULL);
    g_assert_cmpstr(user->login, ==, "anna");
    g_assert_cmpstr(user->phone, ==, "+79123456789");
}

/* A new password ends every session but the one that is given out with it. */
static void
test_change_password(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *code = make_code(test, "alfa-head", KAB_CODE_INVITATION);
    g_autoptr(JsonNode) first = set_password(test, code, PASSWORD, 200);
    g_autoptr(JsonNode) second = sign_in(test, "alfa-head", PASSWORD, 200);
    g_autoptr(JsonNode) changed = NULL;
    const char *token = test_json_text(first, "token");

    json_node_unref(test_pair_portal(test, token, "PUT", "/api/v1/me/password",
                                     "{'before': 'not this one', 'password': '" OTHER "'}", 403));
    assert_session(test, token, 200);
    changed = test_pair_portal(test, token, "PUT", "/api/v1/me/password",
                               "{'before': '" PASSWORD "', 'password': '" OTHER "'}", 200);
    assert_session(test, token, 401);
    assert_session(test, test_json_text(second, "token"), 401);
    assert_session(test, test_json_text(changed, "token"), 200);
    json_node_unref(sign_in(test, "alfa-head", PASSWORD, 401));
    json_node_unref(sign_in(test, "alfa-head", OTHER, 200));
}

/* What the base says of one of the portal's users, however odd. */
static const char *
deliver(TestPair *test, const char *id, const char *body, JsonNode **answer)
{
    static gint64 version = G_GINT64_CONSTANT(8000000000000);
    g_autofree char *ex = test_pair_session(test->portal, "EX");
    g_autofree char *text = g_strdup_printf(
        "{'messages': [{'kind': 'user', 'id': '%s', 'version': %" G_GINT64_FORMAT ", 'body': %s}]}",
        id, ++version, body);

    g_clear_pointer(answer, json_node_unref);
    *answer = test_pair_portal(test, ex, "POST", "/exchange/v1/messages", text, 200);
    return test_json_text(*answer, "answers/0/outcome");
}

/* Whoever shall not come in does not, whatever else is wrong with the message, or was with the
 * user; and what the portal's administrator has decided, the base does not undo. */
static void
test_deactivated_for_sure(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = kab_users_load(test->portal, "alfa-head", NULL);
    KabEnd *portal = kab_pair_get_portal(test->pair);
    g_autofree char *off =
        g_strdup_printf("{'login': 'alfa-head', 'name': 'A', 'role': 'head', 'partner_id': '%s',"
                        " 'phone': 'call me', 'active': false}",
                        user->partner_id.text);
    g_autofree char *on =
        g_strdup_printf("{'login': 'alfa-head', 'name': 'A', 'role': 'head', 'partner_id': '%s',"
                        " 'email': 'alfa-head@partner.example', 'active': true}",
                        user->partner_id.text);
    g_autofree char *token = NULL;
    g_autoptr(JsonNode) answer = NULL;
    g_autoptr(KabUser) now = NULL;

    g_assert_true(kab_db_script(test->portal, "UPDATE user SET phone = 'call me'", NULL));
    g_assert_cmpstr(deliver(test, user->id.text, off, &answer), ==, "applied");
    assert_session(test, test->a, 401);
    g_assert_cmpstr(deliver(test, user->id.text, on, &answer), ==, "applied");
    token = test_pair_session(test->portal, "alfa-head");
    assert_session(test, token, 200);
    g_assert_true(kab_end_people_set_active(portal, test->portal, KAB_ACTOR_SERVICE, user, FALSE,
                                            TRUE, NULL));
    assert_session(test, token, 401);
    g_assert_cmpstr(deliver(test, user->id.text, on, &answer), ==, "applied");
    now = kab_users_load(test->portal, "alfa-head", NULL);
    g_assert_false(now->active);
    g_assert_true(
        kab_end_people_set_active(portal, test->portal, KAB_ACTOR_SERVICE, user, TRUE, TRUE, NULL));
    g_clear_pointer(&now, kab_user_free);
    now = kab_users_load(test->portal, "alfa-head", NULL);
    g_assert_true(now->active);
}

/* Who leaves the company or the partner leaves the portal. */
static void
test_gone_at_the_base(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const KabPublicationRequest request = {"manager", NULL, KAB_ROLE_MANAGER, NULL};
    KabEnd *base = kab_pair_get_base(test->pair);
    g_autoptr(KabUser) manager = NULL;
    g_autoptr(KabUser) there = NULL;
    g_autoptr(GError) error = NULL;

    kab_db_script(test->base, "UPDATE user SET email = 'm@base.example' WHERE login = 'manager'",
                  &error);
    kab_base_publication_publish(base, test->base, KAB_ACTOR_SERVICE, &request, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    manager = kab_users_load(test->base, "manager", NULL);
    g_assert_true(
        kab_end_people_set_active(base, test->base, KAB_ACTOR_SERVICE, manager, FALSE, TRUE, NULL));
    test_pair_exchange(test);
    there = kab_users_load(test->portal, "manager", NULL);
    g_assert_false(there->active);
    g_assert_true(kab_end_people_delete(base, test->base, KAB_ACTOR_SERVICE, manager, NULL));
    test_pair_exchange(test);
    g_assert_cmpint(
        test_pair_count(test->portal, "SELECT count(*) FROM user WHERE login = 'manager'"), ==, 0);
}

#define GAMMA(people)                                                                                                  \
    "<Контрагенты СодержитТолькоИзменения='true'><Контрагент>"             \
    "<Ид>1b9207f4-cfbd-50c6-ab13-d7e79e782ff6</Ид><Наименование>Гамма</Наименование>" \
    "<Роль>Покупатель</Роль><Представители>" people "</Представители></Контрагент></Контрагенты>"
#define PERSON                                                                                                                              \
    "<Представитель><Контрагент><Отношение>Контактное лицо</Отношение>"              \
    "<Ид>0d8facf6-cae1-5dfe-b4e9-c42d35d94d28</Ид><Наименование>Глеб</Наименование>"                        \
    "<Контакты><Контакт><Тип>Почта</Тип><Значение>gleb@gamma.example</Значение></Контакт>" \
    "</Контакты></Контрагент></Представитель>"

/* Whom 1C does not export any more is a user no more. */
static void
test_gone_by_an_import(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const KabPublicationRequest request = {"gleb@gamma.example", "gleb", KAB_ROLE_BUYER, NULL};
    g_autofree char *token = NULL;
    g_autoptr(GError) error = NULL;

    test_pair_import(test, GAMMA(PERSON));
    kab_base_publication_publish(kab_pair_get_base(test->pair), test->base, KAB_ACTOR_SERVICE,
                                 &request, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    token = test_pair_session(test->portal, "gleb");
    assert_session(test, token, 200);
    test_pair_import(test, GAMMA(""));
    test_pair_exchange(test);
    assert_session(test, token, 401);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM user WHERE login = 'gleb'"),
                    ==, 0);
}

/* Letters go by an account that the base names: no code that opens the portal itself goes there. */
static void
test_no_letter_for_administrators(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_true(kab_db_script(test->portal,
                                "DELETE FROM letter; UPDATE user SET email = login ||"
                                " '@portal.example' WHERE role = 'administrator'",
                                NULL));
    json_node_unref(
        test_pair_portal(test, NULL, "POST", "/api/v1/password/reset", "{'login': 'admin'}", 204));
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM letter"), ==, 0);
    json_node_unref(test_pair_portal(test, NULL, "POST", "/api/v1/password/reset",
                                     "{'login': 'alfa-head'}", 204));
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM letter"), ==, 1);
}

/* A letter that went to the wrong address opens nothing once the address is right. */
static void
test_wrong_address(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *code = make_code(test, "alfa-buyer", KAB_CODE_INVITATION);
    g_autoptr(GError) error = NULL;

    kab_base_contacts_set(kab_pair_get_base(test->pair), test->base, KAB_ACTOR_SERVICE,
                          "alfa-buyer@partner.example", NULL, "right@partner.example", NULL,
                          &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    json_node_unref(set_password(test, code, PASSWORD, 404));
}

/* Whoever asks for a new password learns nothing by it. */
static void
test_reset_tells_nothing(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const names[] = {"alfa-head", "nobody", "EX", "admin"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *body = g_strdup_printf("{'login': '%s'}", names[i]);

        json_node_unref(test_pair_portal(test, NULL, "POST", "/api/v1/password/reset", body, 204));
    }
    for (int i = 0; i < 10; i++)
        json_node_unref(test_pair_portal(test, NULL, "POST", "/api/v1/password/reset",
                                         "{'login': 'alfa-head'}", 204));
    /* What is written so that it takes as long for nobody is no letter. */
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM letter"), ==, 1);
}

static void
test_administrator_ends_sessions(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = kab_users_load(test->portal, "alfa-head", NULL);
    g_autofree char *path = g_strdup_printf("/api/v1/users/%s/sessions", user->id.text);
    g_autoptr(JsonNode) list = test_pair_portal(test, test->admin, "GET", path, NULL, 200);
    g_autofree char *one = NULL;
    g_autofree char *last = NULL;
    gint64 count;

    g_assert_cmpuint(test_json_length(list, "items"), ==, 1);
    one = g_strdup_printf("%s/%s", path, test_json_text(list, "items/0/id"));
    json_node_unref(test_pair_portal(test, test->b, "DELETE", one, NULL, 403));
    assert_session(test, test->a, 200);
    json_node_unref(test_pair_portal(test, test->admin, "DELETE", one, NULL, 204));
    assert_session(test, test->a, 401);
    g_assert_cmpint(test_pair_count(test->portal,
                                    "SELECT count(*) FROM audit WHERE who = 'admin'"
                                    " AND action = 'session' AND object = 'alfa-head'"),
                    ==, 1);
    /* That somebody without the right has tried is known too. */
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM audit WHERE who ="
                                                  " 'beta-head' AND action = 'refused'"),
                    ==, 1);
    g_assert_true(kab_audit_verify(test->portal,
                                   kab_end_get_settings(kab_pair_get_portal(test->pair))->seal,
                                   NULL, &count, &last, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/people/life", test_life);
    PAIR_TEST("/people/asked-once", test_asked_once);
    PAIR_TEST("/people/two-partners", test_two_partners);
    PAIR_TEST("/people/warehouses", test_warehouses);
    PAIR_TEST("/people/own-user", test_own_user);
    PAIR_TEST("/people/logins-are-unique", test_logins_are_unique);
    PAIR_TEST("/people/deactivated-for-sure", test_deactivated_for_sure);
    PAIR_TEST("/people/gone-at-the-base", test_gone_at_the_base);
    PAIR_TEST("/people/gone-by-an-import", test_gone_by_an_import);
    PAIR_TEST("/people/no-letter-for-administrators", test_no_letter_for_administrators);
    PAIR_TEST("/people/wrong-address", test_wrong_address);
    PAIR_TEST("/people/change-password", test_change_password);
    PAIR_TEST("/people/reset-tells-nothing", test_reset_tells_nothing);
    PAIR_TEST("/people/administrator-ends-sessions", test_administrator_ends_sessions);
    return g_test_run();
}
