/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-pair.h"

#include "kab-base-approval.h"
#include "kab-base-orders.h"
#include "kab-base-partners.h"
#include "kab-base-publication.h"
#include "kab-commerceml.h"
#include "kab-http-client.h"
#include "kab-queue.h"
#include "kab-run.h"
#include "kab-sessions.h"
#include "kab-users.h"
#include "test-folder.h"
#include "test-json.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEAD                                     \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" \
    "<КоммерческаяИнформация ВерсияСхемы=\"2.07\" ДатаФормирования=\"2026-01-31T12:00:00\">"
#define TAIL "</КоммерческаяИнформация>"

#define WHOLESALE "30000000-0000-4000-8000-000000000001"
#define RETAIL "30000000-0000-4000-8000-000000000002"

#define PRODUCT(id, article, name, group)                                                                   \
    "<Товар><Ид>" id "</Ид><Артикул>" article "</Артикул><Наименование>" name "</Наименование>" \
    "<БазоваяЕдиница Код=\"796\">шт</БазоваяЕдиница><Группы><Ид>" group "</Ид></Группы></Товар>"
#define PRICE(type, sum)                                                                         \
    "<Цена><ИдТипаЦены>" type "</ИдТипаЦены><ЦенаЗаЕдиницу>" sum "</ЦенаЗаЕдиницу>" \
    "<Валюта>RUB</Валюта><Единица>шт</Единица><Коэффициент>1</Коэффициент></Цена>"
#define OFFER(id, prices) \
    "<Предложение><Ид>" id "</Ид><Цены>" prices "</Цены><Количество>5</Количество></Предложение>"
#define PRICE_TYPE(id, name) \
    "<ТипЦены><Ид>" id "</Ид><Наименование>" name "</Наименование><Валюта>RUB</Валюта></ТипЦены>"

static const char goods[] =
    "<Классификатор><Ид>k</Ид><Наименование>К</Наименование><Группы>"
    "<Группа><Ид>" TEST_TOOLS "</Ид><Наименование>Инструмент</Наименование><Группы>"
    "<Группа><Ид>" TEST_HAMMERS "</Ид><Наименование>Молотки</Наименование></Группа>"
    "</Группы></Группа>"
    "<Группа><Ид>" TEST_ELECTRICS "</Ид><Наименование>Электрика</Наименование></Группа>"
    "</Группы></Классификатор>"
    "<Каталог><Ид>c</Ид><ИдКлассификатора>k</ИдКлассификатора><Наименование>К</Наименование>"
    "<Товары>" PRODUCT(TEST_HAMMER, "MLT-1", "Молоток слесарный", TEST_HAMMERS) PRODUCT(
        TEST_AXE, "TPR-2", "Топор туристический",
        TEST_TOOLS) PRODUCT(TEST_CABLE, "KBL-3", "Кабель ВВГ 3х2,5", TEST_ELECTRICS)
        PRODUCT(TEST_LAMP, "LMP-4", "Лампа светодиодная", TEST_ELECTRICS) PRODUCT(
            TEST_NO_PRICE, "RED-5", "Редкость",
            TEST_TOOLS) "</Товары></Каталог>"
                        "<ПакетПредложений><Ид>c#</Ид><Наименование>К</Наименование><ИдКаталога>c</ИдКаталога>"
                        "<ТипыЦен>" PRICE_TYPE(WHOLESALE, "Оптовая") PRICE_TYPE(
                            RETAIL,
                            "Розничная") "</ТипыЦен>"
                                         "<Предложения>" OFFER(
                                             TEST_HAMMER,
                                             PRICE(WHOLESALE, "100.50") PRICE(
                                                 RETAIL, "150")) OFFER(TEST_AXE,
                                                                       PRICE(WHOLESALE, "333.33")
                                                                           PRICE(RETAIL, "400"))
                                             OFFER(TEST_CABLE,
                                                   PRICE(WHOLESALE, "12.34") PRICE(
                                                       RETAIL, "20")) OFFER(TEST_LAMP,
                                                                            PRICE(WHOLESALE, "50")
                                                                                PRICE(RETAIL, "70"))
                                                 OFFER(
                                                     TEST_NO_PRICE,
                                                     PRICE(
                                                         RETAIL,
                                                         "1000")) "</Предложения></ПакетПредложений>";

void
test_pair_import(TestPair *test, const char *body)
{
    g_autofree char *folder = test_folder_new();
    g_autofree char *path = test_folder_path(folder, "import.xml");
    g_autofree char *text = g_strconcat(HEAD, body, TAIL, NULL);
    const char *const paths[] = {path, NULL};
    KabImportResult result = {0};
    g_autoptr(GError) error = NULL;

    test_file_write(path, text, -1);
    kab_commerceml_import(test->base, paths, NULL, NULL, NULL, &result, &error);
    g_assert_no_error(error);
    kab_import_result_clear(&result);
    test_folder_remove(g_steal_pointer(&folder));
}

static KabPartnerId
add_partner(TestPair *test, const char *name, const char *price_type)
{
    KabPartner partner = {.name = (char *)name, .manager = (char *)"Мария"};
    g_autoptr(GError) error = NULL;

    kab_base_partners_add(test->base, &partner, price_type, &error);
    g_assert_no_error(error);
    return partner.id;
}

char *
test_pair_add_contact(TestPair *test, KabPartnerId partner, const char *login, KabRole role)
{
    g_autofree char *email = g_strdup_printf("%s@partner.example", login);
    g_autoptr(GError) error = NULL;
    g_autofree char *id = kab_base_contacts_add(test->base, partner, login, email, NULL, &error);

    g_assert_no_error(error);
    kab_base_publication_publish(kab_pair_get_base(test->pair), test->base, KAB_ACTOR_SERVICE,
                                 &(const KabPublicationRequest){id, login, role, NULL}, &error);
    g_assert_no_error(error);
    return g_steal_pointer(&id);
}

void
test_pair_add_user(KabDb *db, const char *login, KabRole role)
{
    KabUser user = {.id = kab_user_id_new(), .role = role, .active = TRUE};
    g_autoptr(GError) error = NULL;

    user.login = (char *)login;
    user.name = (char *)login;
    kab_users_put(db, &user, &error);
    g_assert_no_error(error);
}

char *
test_pair_session(KabDb *db, const char *login)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_users_load(db, login, &error);
    char *token;

    g_assert_no_error(error);
    token = kab_sessions_begin(db, user->id, NULL, &error);
    g_assert_no_error(error);
    return token;
}

static void
set_organisation(TestPair *test)
{
    static const char *const values[][2] = {
        {"organisation.name", "ООО «Склад»"},
        {"organisation.inn", "7707083893"},
        {"organisation.bic", "044525225"},
        {"organisation.bank-name", "Банк"},
        {"organisation.account", "40702810938000000001"},
        {"organisation.corr-account", "30101810400000000225"},
    };
    const KabSettings *settings = kab_end_get_settings(kab_pair_get_base(test->pair));
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(values); i++)
        kab_settings_set(settings, test->base, KAB_ACTOR_SERVICE, values[i][0], values[i][1], NULL,
                         &error);
    g_assert_no_error(error);
}

/* The portal's address as the other end and the desktops see it, if that is a proxy; lib/nginx.py
 * runs a test behind one. */
static const char *
get_proxy(void)
{
    return g_getenv("KAB_TEST_PORTAL_PROXY");
}

/* The proxy finds the pair that was started last. */
static void
stand_behind_proxy(TestPair *test)
{
    const char *link = g_getenv("KAB_TEST_PORTAL_SOCKET");
    const char *portal = kab_pair_get_portal_address(test->pair) + strlen("unix:");
    const KabSettings *settings = kab_end_get_settings(kab_pair_get_base(test->pair));
    g_autoptr(GError) error = NULL;

    g_unlink(link);
    g_assert_cmpint(symlink(portal, link), ==, 0);
    kab_settings_set(settings, test->base, KAB_ACTOR_SERVICE, "exchange.address", get_proxy(), NULL,
                     &error);
    g_assert_no_error(error);
    kab_settings_set(settings, test->base, KAB_ACTOR_SERVICE, "exchange.ca-file",
                     g_getenv("KAB_TEST_PORTAL_CA"), NULL, &error);
    g_assert_no_error(error);
}

static void
start(TestPair *test)
{
    g_autoptr(GError) error = NULL;

    test->pair = kab_pair_start(test->folder, &error);
    g_assert_no_error(error);
    test->portal = kab_end_take_db(kab_pair_get_portal(test->pair), &error);
    g_assert_no_error(error);
    test->base = kab_end_take_db(kab_pair_get_base(test->pair), &error);
    g_assert_no_error(error);
    if (get_proxy() != NULL)
        stand_behind_proxy(test);
}

static void
stop(TestPair *test)
{
    kab_end_give_db(kab_pair_get_portal(test->pair), g_steal_pointer(&test->portal));
    kab_end_give_db(kab_pair_get_base(test->pair), g_steal_pointer(&test->base));
    g_clear_pointer(&test->pair, kab_pair_stop);
}

void
test_pair_set_up(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    KabPartnerId alfa;
    KabPartnerId beta;

    memset(test, 0, sizeof *test);
    test->folder = test_folder_new();
    start(test);
    set_organisation(test);
    test_pair_import(test, goods);
    alfa = add_partner(test, "Альфа", "Оптовая");
    beta = add_partner(test, "Бета", "Розничная");
    g_free(test_pair_add_contact(test, alfa, "alfa-head", KAB_ROLE_HEAD));
    g_free(test_pair_add_contact(test, alfa, "alfa-buyer", KAB_ROLE_BUYER));
    g_free(test_pair_add_contact(test, alfa, "alfa-viewer", KAB_ROLE_VIEWER));
    g_free(test_pair_add_contact(test, beta, "beta-head", KAB_ROLE_HEAD));
    test_pair_add_user(test->portal, "admin", KAB_ROLE_ADMINISTRATOR);
    test_pair_add_user(test->base, "admin", KAB_ROLE_ADMINISTRATOR);
    test_pair_add_user(test->base, "manager", KAB_ROLE_MANAGER);
    test_pair_run(kab_pair_get_base(test->pair));
    /* They sign in without the letters that invite them. */
    g_assert_true(kab_db_run(test->portal, "DELETE FROM letter", KAB_BIND_NONE, NULL));
    test_pair_run(kab_pair_get_portal(test->pair));
    test->a = test_pair_session(test->portal, "alfa-head");
    test->a2 = test_pair_session(test->portal, "alfa-buyer");
    test->viewer = test_pair_session(test->portal, "alfa-viewer");
    test->b = test_pair_session(test->portal, "beta-head");
    test->admin = test_pair_session(test->portal, "admin");
    test->manager = test_pair_session(test->base, "manager");
    test->base_admin = test_pair_session(test->base, "admin");
}

void
test_pair_tear_down(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    stop(test);
    g_free(test->a);
    g_free(test->a2);
    g_free(test->viewer);
    g_free(test->b);
    g_free(test->admin);
    g_free(test->manager);
    g_free(test->base_admin);
    test_folder_remove(test->folder);
}

void
test_pair_restart(TestPair *test)
{
    stop(test);
    start(test);
}

static JsonNode *
read_answer(const KabHttpAnswer *answer)
{
    gsize size;
    const char *bytes = g_bytes_get_data(answer->body, &size);
    g_autofree char *text = size > 0 ? g_strndup(bytes, size) : g_strdup("");
    JsonNode *node = NULL;

    if (answer->content_type != NULL && g_str_has_suffix(answer->content_type, "json")) {
        node = json_from_string(text, NULL);
        g_assert_nonnull(node);
        return node;
    }
    node = json_node_new(JSON_NODE_VALUE);
    json_node_set_string(node, text);
    return node;
}

/* One for each thread: to make a connection with TLS takes longer than to ask. */
static KabHttpClient *
get_proxy_client(void)
{
    static GPrivate kept = G_PRIVATE_INIT((GDestroyNotify)kab_http_client_free);
    KabHttpClient *client = g_private_get(&kept);
    g_autoptr(GError) error = NULL;

    if (client != NULL)
        return client;
    client = kab_http_client_new(get_proxy(), 60, 64 * 1024 * 1024, &error);
    g_assert_no_error(error);
    kab_http_client_trust(client, g_getenv("KAB_TEST_PORTAL_CA"), &error);
    g_assert_no_error(error);
    g_private_set(&kept, client);
    return client;
}

guint
test_pair_ask_as(const char *address, const char *authorization, const char *method,
                 const char *path, const char *body, const char *key, JsonNode **answer)
{
    g_autoptr(GError) error = NULL;
    gboolean proxied = get_proxy() != NULL && g_str_has_suffix(address, "/portal");
    g_autoptr(KabHttpClient) direct =
        proxied ? NULL : kab_http_client_new(address, 60, 64 * 1024 * 1024, &error);
    g_autofree char *text = body != NULL ? g_strdelimit(g_strdup(body), "'", '"') : NULL;
    g_autoptr(GBytes) bytes = text != NULL ? g_bytes_new(text, strlen(text)) : NULL;
    KabHttpCall call = {
        .method = method,
        .path = path,
        .authorization = authorization,
        .idempotency_key = key,
        .content_type = "application/json",
        .body = bytes,
    };
    g_autoptr(KabHttpAnswer) got =
        kab_http_client_send(proxied ? get_proxy_client() : direct, &call, NULL, &error);

    g_assert_no_error(error);
    if (answer != NULL)
        *answer = read_answer(got);
    return got->status;
}

guint
test_pair_ask(const char *address, const char *token, const char *method, const char *path,
              const char *body, const char *key, JsonNode **answer)
{
    g_autofree char *bearer = token != NULL ? g_strconcat("Bearer ", token, NULL) : NULL;

    return test_pair_ask_as(address, bearer, method, path, body, key, answer);
}

static JsonNode *
ask_well(const char *address, const char *token, const char *method, const char *path,
         const char *body, guint expected)
{
    JsonNode *answer = NULL;
    guint status = test_pair_ask(address, token, method, path, body, NULL, &answer);

    if (status != expected)
        g_test_message("%s %s: %u %s", method, path, status,
                       JSON_NODE_HOLDS_OBJECT(answer) ? test_json_text(answer, "detail") : "");
    g_assert_cmpuint(status, ==, expected);
    return answer;
}

JsonNode *
test_pair_portal(TestPair *test, const char *token, const char *method, const char *path,
                 const char *body, guint expected)
{
    return ask_well(kab_pair_get_portal_address(test->pair), token, method, path, body, expected);
}

JsonNode *
test_pair_base(TestPair *test, const char *token, const char *method, const char *path,
               const char *body, guint expected)
{
    return ask_well(kab_pair_get_base_address(test->pair), token, method, path, body, expected);
}

void
test_pair_fill(TestPair *test, const char *token)
{
    g_autoptr(JsonNode) one = test_pair_portal(test, token, "PUT", "/api/v1/basket/" TEST_HAMMER,
                                               "{'quantity': '1'}", 200);
    g_autoptr(JsonNode) two =
        test_pair_portal(test, token, "PUT", "/api/v1/basket/" TEST_AXE, "{'quantity': '2'}", 200);
}

char *
test_pair_place(TestPair *test, const char *token)
{
    g_autofree char *key = g_uuid_string_random();
    g_autoptr(JsonNode) answer = NULL;

    test_pair_fill(test, token);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), token, "POST",
                                   "/api/v1/orders", "{'place': true}", key, &answer),
                     ==, 200);
    return g_strdup(test_json_text(answer, "id"));
}

void
test_pair_run(KabEnd *end)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabRunResult) result = kab_run(end, "test", NULL, NULL, NULL, &error);

    g_assert_no_error(error);
    g_assert_cmpstr(result->error, ==, NULL);
    g_assert_cmpint(result->rejected, ==, 0);
    g_assert_cmpint(result->failed, ==, 0);
}

JsonNode *
test_pair_run_by_hand(TestPair *test, const char *token)
{
    g_autoptr(JsonNode) run =
        test_pair_portal(test, token, "POST", "/api/v1/exchange/run", NULL, 202);
    g_autofree char *path = g_strconcat("/api/v1/exchange/runs/", test_json_text(run, "id"), NULL);
    gint64 until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;

    for (;;) {
        g_autoptr(JsonNode) now = test_pair_portal(test, token, "GET", path, NULL, 200);

        if (json_object_has_member(json_node_get_object(now), "ended_at"))
            return g_steal_pointer(&now);
        g_assert_cmpint(g_get_monotonic_time(), <, until);
        g_usleep(2000);
    }
}

void
test_pair_exchange(TestPair *test)
{
    test_pair_run(kab_pair_get_portal(test->pair));
    test_pair_run(kab_pair_get_base(test->pair));
    /* What the base says of users is answered. */
    test_pair_run(kab_pair_get_portal(test->pair));
    test_pair_assert_queues_empty(test);
}

void
test_pair_assert_queues_empty(TestPair *test)
{
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM queue"), ==, 0);
    g_assert_cmpint(test_pair_count(test->base, "SELECT count(*) FROM queue"), ==, 0);
}

void
test_pair_assert_status(TestPair *test, const char *token, const char *id, const char *status)
{
    g_autofree char *path = g_strconcat("/api/v1/orders/", id, NULL);
    g_autoptr(JsonNode) order = test_pair_portal(test, token, "GET", path, NULL, 200);

    g_assert_cmpstr(test_json_text(order, "status"), ==, status);
}

KabOrder *
test_pair_client_order(TestPair *test, const char *id)
{
    g_autoptr(GError) error = NULL;
    KabOrder *order = kab_base_orders_load(test->base, id, &error);

    g_assert_no_error(error);
    return order;
}

static void
set_order(TestPair *test, KabOrder *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) order = kab_base_orders_set(test->base, wanted, "Мария", &error);

    g_assert_no_error(error);
}

void
test_pair_set_status(TestPair *test, const char *id, KabClientStatus status)
{
    g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);

    wanted->client_status = status;
    if (status == KAB_CLIENT_CANCELLED)
        wanted->reason = g_strdup("Нет на складе");
    set_order(test, wanted);
}

void
test_pair_set_quantity(TestPair *test, const char *id, guint line, gint64 units)
{
    g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);

    kab_order_get_line(wanted, line)->quantity.milli = units * KAB_QUANTITY_ONE;
    set_order(test, wanted);
}

void
test_pair_set_ship_date(TestPair *test, const char *id, const char *date)
{
    g_autoptr(KabOrder) wanted = test_pair_client_order(test, id);

    wanted->ship_date = kab_date_of(date);
    set_order(test, wanted);
}

void
test_pair_add_approval(TestPair *test, KabApprovalCondition condition, gint64 threshold,
                       KabRole role)
{
    KabApprovalRule rule = {.condition = condition, .threshold = threshold, .role = role};
    g_autoptr(GError) error = NULL;

    kab_base_approval_add(test->base, &rule, &error);
    g_assert_no_error(error);
}

void
test_pair_decide(TestPair *test, const char *token, const char *id, const char *decision,
                 gint64 revision, guint expected)
{
    g_autofree char *path = g_strconcat("/api/v1/orders/", id, "/decision", NULL);
    g_autofree char *body = g_strdup_printf("{'decision': '%s', 'revision': %" G_GINT64_FORMAT
                                            ", 'reason': 'Передумали'}",
                                            decision, revision);
    g_autoptr(JsonNode) answer = test_pair_portal(test, token, "POST", path, body, expected);
}

gint64
test_pair_count(KabDb *db, const char *sql)
{
    g_autoptr(GError) error = NULL;
    gint64 value = -1;

    kab_db_get_int(db, sql, KAB_BIND_NONE, NULL, &value, &error);
    g_assert_no_error(error);
    return value;
}

KabHttpClient *
test_pair_client(TestPair *test)
{
    const char *proxy = get_proxy();
    g_autoptr(GError) error = NULL;
    KabHttpClient *client = kab_http_client_new(
        proxy != NULL ? proxy : kab_pair_get_portal_address(test->pair), 60, 1024 * 1024, &error);

    g_assert_no_error(error);
    kab_http_client_trust(client, proxy != NULL ? g_getenv("KAB_TEST_PORTAL_CA") : NULL, &error);
    g_assert_no_error(error);
    return client;
}
