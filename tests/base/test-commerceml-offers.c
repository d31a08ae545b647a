/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"
#include "import-pieces.h"

/* What files say of offers, their prices and their stock. */

static void
test_pairs(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(
        fixture,
        CATALOGUE("c", PRODUCT(P1, "Кроссовки")) OFFERS(
            OFFER(P1 "#" C1, "<Наименование>Кроссовки (белые)</Наименование>")
                OFFER(P1, "<ИдХарактеристики>" C2 "</ИдХарактеристики><Количество>2</Количество>")
                    OFFER(P1, "<ИдХарактеристики>00000000-0000-0000-0000-000000000000"
                              "</ИдХарактеристики><Количество>1</Количество>")
                        OFFER("11111111-1111-1111-1111-111111111111#AAAAAAAA-0000-0000-0000-"
                              "000000000002",
                              "<Количество>2</Количество>")));
    g_assert_cmpint(fixture->result.offers, ==, 3);
    g_assert_cmpint(fixture->result.stock, ==, 2);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM offer"), ==, 3);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(DISTINCT id) FROM offer"), ==, 3);
    import_fixture_assert_text(fixture, "SELECT id FROM offer WHERE characteristic = ''", P1);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM sellable"), ==, 3);
    import_fixture_assert_settled(fixture);
}

/* 2.04 lists each characteristic among the products. */
static void
test_characteristics_in_catalogue(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
#define TABLE(c, colour)                                                       \
    "<Товар><Ид>" P1 "#" c "</Ид>" NAME(                                       \
        "Стол") "<Артикул>T-" colour                                           \
                "</Артикул><ХарактеристикиТовара><ХарактеристикаТовара>" NAME( \
                    "Цвет") "<Значение>" colour                                \
                            "</Значение></ХарактеристикаТовара></ХарактеристикиТовара></Товар>"
    import_fixture_import_body(fixture, CATALOGUE("c", TABLE(C1, "белый") TABLE(C2, "красный")));
    g_assert_cmpint(fixture->result.products, ==, 2);
    g_assert_cmpint(fixture->result.offers, ==, 0);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM product"), ==, 1);
    import_fixture_assert_text(fixture, "SELECT name FROM sellable WHERE characteristic = '" C2 "'",
                               "Стол (красный)");
    import_fixture_assert_text(
        fixture, "SELECT article FROM sellable WHERE characteristic = '" C1 "'", "T-белый");
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM sellable"), ==, 2);
    import_fixture_assert_settled(fixture);
}

static void
test_changes_package(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    GString *body = g_string_new("<ИзмененияПакетаПредложений><Ид>c#</Ид><Предложения>");

    import_fixture_import_body(
        fixture, CATALOGUE("c", PRODUCT(P1, "Кроссовки")) OFFERS(
                     OFFER(P1 "#" C1, "<Наименование>Белые</Наименование><Артикул>A1</Артикул>"
                                      "<Цены>" PRICE("t", "5") "</Цены>")));
    for (int i = 0; i < 65; i++)
        g_string_append_printf(
            body,
            "<Предложение><Ид>" P1 "</Ид><ИдХарактеристики>%s%02d"
            "</ИдХарактеристики><Склады ИдСклада=\"w1\" КоличествоНаСкладе=\"%d\"/>"
            "<Склады ИдСклада=\"w2\" КоличествоНаСкладе=\"-1\"/>"
            "<Количество>%d</Количество></Предложение>",
            "aaaaaaaa-0000-0000-0000-0000000000", i, i, i - 1);
    g_string_append(body, "</Предложения></ИзмененияПакетаПредложений>");
    import_fixture_import_body(fixture, body->str);
    g_string_free(body, TRUE);
    g_assert_cmpint(fixture->result.offers, ==, 65);
    g_assert_cmpint(fixture->result.stock, ==, 130);
    /* What the package does not speak of is as it was. */
    import_fixture_assert_text(
        fixture, "SELECT name || article FROM offer WHERE characteristic = '" C1 "'", "БелыеA1");
    g_assert_cmpint(import_fixture_int(fixture, "SELECT minor FROM price"), ==, 500);
    /* Both warehouses are known by their ids only: one warning, and they are not counted. */
    g_assert_cmpint(fixture->result.warehouses, ==, 0);
    g_assert_cmpint(fixture->result.n_warnings, ==, 1);
    g_assert_true(import_fixture_has_warning(fixture, "(2): w1, w2"));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM warehouse"), ==, 2);
    import_fixture_assert_settled(fixture);
}

static void
test_stock(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const sum = "SELECT SUM(quantity) FROM stock";

    import_fixture_import_body(fixture, CATALOGUE("c", PRODUCT("p", "Ведро"))
                                            OFFERS(OFFER("p", "<Количество>7</Количество>")));
    g_assert_cmpint(import_fixture_int(fixture, sum), ==, 7000);
    import_fixture_assert_text(fixture, "SELECT warehouse_id FROM stock", "");
    /* Figures by warehouse take the place of the total, whichever way they are written. */
    import_fixture_import_body(
        fixture, "<Склады><Склад><Ид>w1</Ид><Наименование>Первый</Наименование></Склад><Склад>"
                 "<Ид>w2</Ид><Наименование>Второй</Наименование></Склад></Склады>" OFFERS(
                     OFFER("p", "<Количество>9</Количество><Остатки><Остаток>"
                                "<Склад><Ид>w1</Ид><Количество>4</Количество>"
                                "</Склад></Остаток><Остаток><Склад><Ид>w2</Ид>"
                                "</Склад><Количество>2.5</Количество></Остаток>"
                                "</Остатки>")));
    g_assert_cmpint(import_fixture_int(fixture, sum), ==, 6500);
    g_assert_cmpint(fixture->result.stock, ==, 2);
    g_assert_cmpint(fixture->result.warehouses, ==, 2);
    import_fixture_assert_settled(fixture);
    /* A warehouse that is not named any more has nothing. */
    import_fixture_import_body(fixture, OFFERS(OFFER("p", "<Склад ИдСклада=\"w2\""
                                                          " КоличествоНаСкладе=\"3\"/>")));
    g_assert_cmpint(import_fixture_int(fixture, sum), ==, 3000);
    import_fixture_import_body(fixture, OFFERS(OFFER("p", "<Остатки><Остаток><Количество>1"
                                                          "</Количество></Остаток></Остатки>")));
    g_assert_cmpint(import_fixture_int(fixture, sum), ==, 1000);
    g_assert_cmpint(fixture->result.stock, ==, 1);
    /* No word about stock. */
    import_fixture_import_body(fixture, OFFERS(OFFER("p", "<Наименование>Ведро</Наименование>")));
    g_assert_cmpint(import_fixture_int(fixture, sum), ==, 1000);
}

/* A total in one file and figures by warehouse in another. */
static void
test_stock_of_two_files(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_write_body(fixture, "1.xml", OFFERS(OFFER("p", "<Количество>9</Количество>")));
    import_fixture_write_body(
        fixture, "2.xml", OFFERS(OFFER("p", "<Склад ИдСклада=\"w\" КоличествоНаСкладе=\"4\"/>")));
    import_fixture_import(fixture);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT SUM(quantity) FROM stock"), ==, 4000);
    g_assert_cmpint(fixture->result.stock, ==, 1);
    import_fixture_assert_settled(fixture);
}

static void
test_prices(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const list =
        "SELECT group_concat(minor) FROM (SELECT minor FROM price ORDER BY minor)";

    import_fixture_import_body(
        fixture,
        CATALOGUE("c", PRODUCT("p", "Ведро")) OFFERS(OFFER(
            "p", "<Цены>" PRICE("t1", "1 234,565")
                     PRICE("t2", "2") "<Цена><ИдТипаЦены>t3</ИдТипаЦены><ЦенаЗаЕдиницу>100"
                                      "</ЦенаЗаЕдиницу><Валюта>643</Валюта><Единица>упак</Единица>"
                                      "<Коэффициент>3</Коэффициент></Цена></Цены>")));
    g_assert_cmpint(fixture->result.prices, ==, 3);
    import_fixture_assert_text(fixture, list, "200,3333,123457");
    /* Price types that nothing defines. */
    g_assert_cmpint(fixture->result.price_types, ==, 0);
    g_assert_true(import_fixture_has_warning(fixture, "(3): t1, t2, t3"));
    import_fixture_assert_settled(fixture);
    /* A package of changes leaves the others, a complete one does not. */
    import_fixture_import_body(fixture, OFFERS(OFFER("p", "<Цены>" PRICE("t1", "5") "</Цены>")));
    import_fixture_assert_text(fixture, list, "200,500,3333");
    import_fixture_import_body(
        fixture, "<ПакетПредложений СодержитТолькоИзменения=\"false\"><Предложения>" OFFER(
                     "p", "<Цены>" PRICE("t1", "6") "</Цены>")
                     OFFER("q", "<Количество>1</Количество>") "</Предложения></ПакетПредложений>");
    import_fixture_assert_text(fixture, list, "600");
    /* A price type that is removed is marked, and its prices are kept for its return. */
    import_fixture_clear_queue(fixture);
    import_fixture_import_body(fixture, "<Классификатор><ТипыЦен><ТипЦены><Ид>t1</Ид>"
                                        "<ПометкаУдаления>true</ПометкаУдаления></ТипЦены>"
                                        "</ТипыЦен></Классификатор>");
    g_assert_cmpint(fixture->result.deleted, ==, 1);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT deleted FROM price_type"
                                                " WHERE source_id = 't1'"),
                    ==, 1);
    import_fixture_assert_text(fixture, list, "600");
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 1);
}

/* Some programs write prices and stock among the goods. */
static void
test_prices_among_goods(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(
        fixture,
        CATALOGUE("c", "<Товар><Ид>2414</Ид><Наименование>Молоточек</Наименование><Цены>" PRICE(
                           "BASE", "2653.55") "</Цены><Количество>3</Количество></Товар>"));
    g_assert_cmpint(fixture->result.products, ==, 1);
    g_assert_cmpint(fixture->result.offers, ==, 0);
    g_assert_cmpint(fixture->result.prices, ==, 1);
    g_assert_cmpint(fixture->result.stock, ==, 1);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM sellable s"
                                                " JOIN price x ON x.offer_id = s.id"),
                    ==, 1);
    import_fixture_assert_settled(fixture);
}

static void
test_unknown_product(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(fixture,
                               OFFERS(OFFER(P1, "<Наименование>Молоток</Наименование><Цены>" PRICE(
                                                    "t", "5") "</Цены>"
                                                              "<Количество>3</Количество>")));
    g_assert_cmpint(fixture->result.offers, ==, 1);
    g_assert_true(import_fixture_has_warning(fixture, "Offer " P1 ": the product is not known"));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM price"), ==, 1);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"
                                                " WHERE kind <> 'price-type'"),
                    ==, 0);
    import_fixture_clear_queue(fixture);
    /* When the product comes, all of it is news. */
    import_fixture_import_body(fixture, CATALOGUE("c", PRODUCT(P1, "Молоток")));
    import_fixture_assert_queue(fixture, "product " P1 "\nprice " P1 "\nstock " P1 "\n");
}

static void
test_offer_properties(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(
        fixture,
        PROPERTY("s", "Цвет", VARIANT("v", "белый")) CATALOGUE("c", PRODUCT(P1, "Кружка")) OFFERS(
            OFFER(P1 "#" C1, "<ХарактеристикиТовара><ХарактеристикаТовара><Ид>x"
                             "</Ид><Наименование>Объём</Наименование><Значение>0,5 л</Значение>"
                             "</ХарактеристикаТовара></ХарактеристикиТовара>"
                             "<ЗначенияСвойств>" VALUE("s", "v") "</ЗначенияСвойств>")));
    import_fixture_assert_text(fixture, "SELECT name FROM sellable", "Кружка (0,5 л, белый)");
    import_fixture_assert_text(fixture,
                               "SELECT group_concat(COALESCE(o.name, p.name)) FROM offer_property o"
                               " LEFT JOIN property p ON p.id = o.property_id",
                               "Объём,Цвет");
    import_fixture_clear_queue(fixture);
    import_fixture_assert_settled(fixture);
    import_fixture_import_body(fixture, PROPERTY("s", "Цвет", VARIANT("v", "красный")));
    import_fixture_assert_text(fixture, "SELECT name FROM sellable", "Кружка (0,5 л, красный)");
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 1);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*test)(ImportFixture *fixture, gconstpointer data);
    } tests[] = {
        {"/commerceml-offers/pairs", test_pairs},
        {"/commerceml-offers/characteristics-in-catalogue", test_characteristics_in_catalogue},
        {"/commerceml-offers/changes-package", test_changes_package},
        {"/commerceml-offers/stock", test_stock},
        {"/commerceml-offers/stock-of-two-files", test_stock_of_two_files},
        {"/commerceml-offers/prices", test_prices},
        {"/commerceml-offers/prices-among-goods", test_prices_among_goods},
        {"/commerceml-offers/unknown-product", test_unknown_product},
        {"/commerceml-offers/offer-properties", test_offer_properties},
    };

    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].name, ImportFixture, NULL, import_fixture_set_up, tests[i].test,
                   import_fixture_tear_down);
    return g_test_run();
}
