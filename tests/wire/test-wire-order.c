/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-wire-order.h"
#include "test-json.h"

#include <string.h>

static KabOrder *
make_order(void)
{
    KabOrder *order = kab_order_new();

    order->id = kab_order_id_new();
    order->partner_id = kab_partner_id_new();
    order->partner_name = g_strdup("ООО «Партнёр»");
    order->user_name = g_strdup("Иван");
    order->number = g_strdup("0000-000001");
    order->version = 3;
    order->revision = 2;
    order->decided_revision = 1;
    order->decision = KAB_DECISION_REFUSE;
    order->reason = g_strdup("Дорого");
    order->status = KAB_ORDER_AWAITING_PARTNER;
    order->client_status = KAB_CLIENT_TO_FULFIL;
    order->state = g_strdup("Ожидается обеспечение");
    order->manager = g_strdup("Мария");
    order->comment = g_strdup("Срочно\nочень");
    order->phone = g_strdup("+7 916 123-45-67");
    order->email = g_strdup("a@b.example");
    order->address = g_strdup("Энск");
    order->created_at = 1700000000123;
    order->placed_at = 1700000001456;
    order->user_id = kab_user_id_new();
    order->decision_result = KAB_DECISION_OUTDATED;
    order->wished_date = kab_date_of("2026-12-01");
    order->ship_date = kab_date_of("2026-12-03");
    order->warehouse_id = kab_warehouse_id_new();
    order->warehouse_name = g_strdup("Главный");
    order->over_limit = TRUE;
    order->has_invoice = TRUE;
    for (int i = 0; i < 2; i++) {
        KabOrderLine *line = kab_order_add_line(order);

        line->product_id = kab_product_id_new();
        line->article = i == 0 ? g_strdup("AVT-1") : NULL;
        line->name = g_strdup_printf("Товар %d", i);
        line->unit = g_strdup("шт");
        line->vat = g_strdup("20");
        line->ordered.milli = 5000;
        line->ordered_price = kab_money_new(3500, "RUB");
        line->shipped.milli = i * 1000;
        line->paid = kab_money_new(i * 100, "RUB");
        line->quantity.milli = 2500;
        line->price = kab_money_new(3335, "RUB");
    }
    g_assert_true(kab_order_recount(order, NULL));
    return order;
}

static const KabOrderFields all_fields[] = {
    KAB_ORDER_CONTENTS, KAB_ORDER_PARTNER, KAB_ORDER_DECISION,  KAB_ORDER_BASE, KAB_ORDER_PORTAL,
    KAB_ORDER_TOTAL,    KAB_ORDER_TO_BASE, KAB_ORDER_TO_PORTAL, KAB_ORDER_HEAD, KAB_ORDER_ALL,
};

static void
test_comes_back(void)
{
    g_autoptr(KabOrder) order = make_order();

    for (gsize i = 0; i < G_N_ELEMENTS(all_fields); i++) {
        g_autoptr(JsonNode) node = kab_wire_order_to_json(order, all_fields[i]);
        g_autoptr(GError) error = NULL;
        g_autoptr(KabOrder) back =
            kab_wire_order_from_json(json_node_get_object(node), all_fields[i], &error);
        g_autoptr(JsonNode) again = NULL;

        g_assert_no_error(error);
        again = kab_wire_order_to_json(back, all_fields[i]);
        g_assert_true(json_node_equal(node, again));
    }
}

static void
test_empty_comes_back(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(all_fields); i++) {
        g_autoptr(KabOrder) order = kab_order_new();
        g_autoptr(JsonNode) node = NULL;
        g_autoptr(GError) error = NULL;
        g_autoptr(KabOrder) back = NULL;

        order->total = kab_money_new(0, "RUB");
        node = kab_wire_order_to_json(order, all_fields[i]);
        back = kab_wire_order_from_json(json_node_get_object(node), all_fields[i], &error);
        g_assert_no_error(error);
        g_assert_cmpuint(back->lines->len, ==, 0);
    }
}

/* What the other end may not say is refused, not overlooked. */
static void
test_parts_do_not_mix(void)
{
    g_autoptr(KabOrder) order = make_order();
    g_autoptr(JsonNode) node = kab_wire_order_to_json(order, KAB_ORDER_ALL);
    g_autoptr(GError) error = NULL;

    g_assert_null(kab_wire_order_from_json(json_node_get_object(node), KAB_ORDER_TO_BASE, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    g_assert_null(
        kab_wire_order_from_json(json_node_get_object(node), KAB_ORDER_TO_PORTAL, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

#define LINE(sum)                                                                            \
    "{'product_id': '2e5a0a5c-7c1b-4bd5-9d2a-3f6f5b6c7d8e', 'name': 'a', 'quantity': '2.5'," \
    " 'ordered': '2.5', 'ordered_price': '33.35', 'price': '33.35', 'sum': '" sum "'}"

static void
test_arithmetic_is_ours(void)
{
    static const struct {
        const char *text;
        gboolean good;
    } rows[] = {
        {"{'currency': 'RUB', 'total': '83.38', 'lines': [" LINE("83.38") "]}", TRUE},
        {"{'currency': 'RUB', 'total': '166.76', 'lines': [" LINE("83.38") "," LINE("83.38") "]}",
         TRUE},
        {"{'currency': 'RUB', 'total': '83.38', 'lines': [" LINE("83.37") "]}", FALSE},
        {"{'currency': 'RUB', 'total': '83.37', 'lines': [" LINE("83.37") "]}", FALSE},
        {"{'currency': 'RUB', 'total': '83.39', 'lines': [" LINE("83.38") "]}", FALSE},
        {"{'currency': 'RUB', 'lines': [" LINE("83.38") "]}", FALSE},
        {"{'currency': 'RUB', 'total': '0', 'lines': []}", TRUE},
        {"{'currency': 'RUB', 'total': '1', 'lines': []}", FALSE},
        {"{'currency': 'RUB', 'total': '83.38', 'lines': [{'sum': '83.38'}]}", FALSE},
        {"{'currency': 'RUB', 'total': '83.38', 'lines': [5]}", FALSE},
        {"{'currency': 'ABC', 'total': '83.38', 'lines': [" LINE("83.38") "]}", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(JsonNode) node = test_json_parse(rows[i].text);
        g_autoptr(GError) error = NULL;
        g_autoptr(KabOrder) order =
            kab_wire_order_from_json(json_node_get_object(node), KAB_ORDER_CONTENTS, &error);

        g_test_message("%s", rows[i].text);
        g_assert_cmpint(order != NULL, ==, rows[i].good);
        if (!rows[i].good)
            g_assert_true(error->domain == KAB_ERROR);
    }
}

static void
test_bad_values(void)
{
    static const struct {
        KabOrderFields fields;
        const char *text;
    } rows[] = {
        {KAB_ORDER_ALL, "{'paid_percent': 101}"},
        {KAB_ORDER_ALL, "{'shipped_percent': -1}"},
        {KAB_ORDER_PORTAL, "{'paid_percent': 0}"},
        {KAB_ORDER_BASE, "{'client_status': ''}"},
        {KAB_ORDER_BASE, "{'client_status': 'closed', 'revision': 1, 'ship_date': '2026-02-30'}"},
        {KAB_ORDER_DECISION, "{'decision': 'none', 'decided_revision': 1, 'decision_result': 'x'}"},
        {KAB_ORDER_BASE, "{'revision': -1}"},
        {KAB_ORDER_PORTAL, "{'status': 'to-fulfil'}"},
        {KAB_ORDER_PORTAL, "{'id': '5'}"},
        {KAB_ORDER_DECISION, "{'decision': 'perhaps'}"},
        {KAB_ORDER_PARTNER, "{'created_at': 'yesterday'}"},
        {KAB_ORDER_PARTNER, "{'partner': 'me'}"},
        {KAB_ORDER_TOTAL, "{'currency': 'RUB', 'total': 5}"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(JsonNode) node = test_json_parse(rows[i].text);
        g_autoptr(GError) error = NULL;

        g_test_message("%s", rows[i].text);
        g_assert_null(kab_wire_order_from_json(json_node_get_object(node), rows[i].fields, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

/* A base may have words of its own: they are kept as they are, and the rest is read. */
static void
test_unknown_words(void)
{
    g_autoptr(JsonNode) node = test_json_parse(
        "{'revision': 3, 'client_status': 'Особый', 'state': 'Отдыхает', 'manager': 'Мария'}");
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) order =
        kab_wire_order_from_json(json_node_get_object(node), KAB_ORDER_BASE, &error);
    g_autoptr(JsonNode) told = NULL;
    g_autoptr(KabOrder) again = NULL;

    g_assert_no_error(error);
    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_OTHER);
    g_assert_cmpstr(order->client_status_text, ==, "Особый");
    g_assert_cmpstr(order->state, ==, "Отдыхает");
    told = kab_wire_order_to_json(order, KAB_ORDER_BASE);
    again = kab_wire_order_from_json(json_node_get_object(told), KAB_ORDER_BASE, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(again->client_status_text, ==, "Особый");
}

/* What real bases write, read as the one word for it. */
static void
test_known_words(void)
{
    g_autoptr(JsonNode) node = test_json_parse(
        "{'revision': 3, 'client_status': 'КОбеспечению', 'state': 'ОжидаетсяПредоплатаДоОтгрузки'}");
    g_autoptr(KabOrder) order =
        kab_wire_order_from_json(json_node_get_object(node), KAB_ORDER_BASE, NULL);

    g_assert_cmpint(order->client_status, ==, KAB_CLIENT_TO_FULFIL);
    g_assert_null(order->client_status_text);
    g_assert_cmpstr(order->state, ==, "Ожидается предоплата (до отгрузки)");
}

/* A percentage is counted: one that was set and does nothing would be a trap. */
static void
test_percents_are_counted(void)
{
    g_autoptr(KabOrder) order = make_order();
    g_autoptr(JsonNode) node = kab_wire_order_to_json(order, KAB_ORDER_ALL);
    JsonObject *object = json_node_get_object(node);
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(json_object_get_int_member(object, "shipped_percent"), ==,
                    kab_order_get_shipped_percent(order));
    json_object_set_int_member(object, "shipped_percent", 100);
    g_assert_null(kab_wire_order_from_json(object, KAB_ORDER_ALL, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire-order/comes-back", test_comes_back);
    g_test_add_func("/wire-order/empty", test_empty_comes_back);
    g_test_add_func("/wire-order/parts", test_parts_do_not_mix);
    g_test_add_func("/wire-order/arithmetic", test_arithmetic_is_ours);
    g_test_add_func("/wire-order/bad-values", test_bad_values);
    g_test_add_func("/wire-order/unknown-words", test_unknown_words);
    g_test_add_func("/wire-order/known-words", test_known_words);
    g_test_add_func("/wire-order/percents", test_percents_are_counted);
    return g_test_run();
}
