/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"
#include "import-pieces.h"

/* What files say of goods and partners: what comes of it, what stays, what is queued. */

static void
test_odd_values(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(
        fixture,
        CATALOGUE(
            "c",
            "<Товар><Ид>p1</Ид><Наименование>А</Наименование><БазоваяЕдиница Код=\"    \"/>"
            "<СтавкиНалогов><СтавкаНалога><Наименование>НДС</Наименование><Ставка>17</Ставка>"
            "</СтавкаНалога></СтавкиНалогов></Товар>"
            "<Товар><Ид>p2</Ид><Наименование> Б </Наименование><БазоваяЕдиница Код=\"796 \""
            " НаименованиеПолное=\"Штука\"/><СтавкиНалогов><СтавкаНалога>"
            "<Наименование>НДС</Наименование><Ставка>Без налога</Ставка></СтавкаНалога>"
            "</СтавкиНалогов></Товар>"
            "<Товар><Ид>p3</Ид><Наименование>В</Наименование><БазоваяЕдиница>166 </БазоваяЕдиница>"
            "<Артикул/></Товар>"
            "<Товар><Ид/><Наименование>Без ид</Наименование></Товар>")
            OFFERS(OFFER("p1", "<Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>1"
                               "</ЦенаЗаЕдиницу><Валюта>тугрик</Валюта></Цена></Цены>"
                               "<Количество>много</Количество>")
                       OFFER("p2", "<Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>дорого"
                                   "</ЦенаЗаЕдиницу><Валюта>грн</Валюта></Цена></Цены>"
                                   "<Количество>99999999999999999999</Количество>")
                           OFFER("p3", "<Цены><Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>9"
                                       "</ЦенаЗаЕдиницу></Цена></Цены><Количество/>")));
    g_assert_cmpint(fixture->result.products, ==, 3);
    g_assert_cmpint(fixture->result.offers, ==, 3);
    g_assert_cmpint(fixture->result.prices, ==, 1);
    g_assert_cmpint(fixture->result.stock, ==, 0);
    g_assert_cmpint(fixture->result.n_warnings, ==, 9);
    g_assert_true(import_fixture_has_warning(fixture, "p1: the unit"));
    g_assert_true(import_fixture_has_warning(fixture, "p1: the VAT rate “17”"));
    g_assert_true(import_fixture_has_warning(fixture, "<Товар> “Без ид” has no <Ид>"));
    g_assert_true(import_fixture_has_warning(fixture, "Offer p1: the currency “тугрик”"));
    g_assert_true(import_fixture_has_warning(fixture, "Offer p1: a quantity"));
    g_assert_true(import_fixture_has_warning(fixture, "Offer p2: a price"));
    g_assert_true(import_fixture_has_warning(fixture, "Offer p2: a quantity"));
    g_assert_true(import_fixture_has_warning(fixture, "Offer p3: the currency"));
    import_fixture_assert_text(fixture, "SELECT vat FROM product WHERE source_id = 'p1'", "17");
    import_fixture_assert_text(
        fixture, "SELECT name || unit || vat FROM product WHERE source_id = 'p2'", "Бштnone");
    import_fixture_assert_text(fixture, "SELECT unit FROM product WHERE source_id = 'p3'", "кг");
    import_fixture_assert_settled(fixture);
}

static void
test_units(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(
        fixture, "<Классификатор><ЕдиницыИзмерения><ЕдиницаИзмерения><Ид>u-1</Ид><Код>796 </Код>"
                 "<НаименованиеКраткое>шт.</НаименованиеКраткое></ЕдиницаИзмерения>"
                 "</ЕдиницыИзмерения></Классификатор>" CATALOGUE(
                     "c", "<Товар><Ид>a</Ид><БазоваяЕдиница>796</БазоваяЕдиница></Товар>"
                          "<Товар><Ид>b</Ид><БазоваяЕдиница>u-1</БазоваяЕдиница></Товар>"
                          "<Товар><Ид>c</Ид><БазоваяЕдиница Код=\"2009\""
                          " НаименованиеПолное=\"Бухта\"/></Товар>"
                          "<Товар><Ид>d</Ид><БазоваяЕдиница Код=\"055\">кв. м<Пересчет>"
                          "<Единица>055</Единица></Пересчет></БазоваяЕдиница></Товар>"));
    import_fixture_assert_text(
        fixture, "SELECT group_concat(unit) FROM (SELECT unit FROM product ORDER BY source_id)",
        "шт.,шт.,Бухта,кв. м");
    g_assert_cmpint(fixture->result.n_warnings, ==, 0);
    /* Another unit does not keep the code of the one before; none that is given keeps both. */
    import_fixture_import_body(
        fixture, CATALOGUE("c", "<Товар><Ид>a</Ид><БазоваяЕдиница>связка</БазоваяЕдиница></Товар>"
                                "<Товар><Ид>c</Ид></Товар>"));
    import_fixture_assert_text(
        fixture,
        "SELECT group_concat(unit || coalesce(unit_code, '-')) FROM (SELECT unit, unit_code"
        " FROM product WHERE source_id IN ('a', 'c') ORDER BY source_id)",
        "связка-,Бухта2009");
}

/* What is not known is remembered as it was written: of units their id or code, of prices the word
 * of their type if they have none. What cannot be a word is not. */
static void
test_words(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *longer = g_strnfill(201, '8');
    g_autofree char *body = g_strdup_printf(
        "<Классификатор><ТипыЦен><ТипЦены><Ид>t</Ид><Валюта>тугрик</Валюта></ТипЦены></ТипыЦен>"
        "</Классификатор><Каталог><Ид>c</Ид><Товары>"
        "<Товар><Ид>a</Ид><БазоваяЕдиница>" P1 "</БазоваяЕдиница></Товар>"
        "<Товар><Ид>b</Ид><БазоваяЕдиница Код=\"%s\"/></Товар>"
        "<Товар><Ид>c</Ид><БазоваяЕдиница Код=\"796\"/></Товар></Товары></Каталог>" OFFERS(
            OFFER("c#x", "<БазоваяЕдиница Код=\"8888\"/><Цены><Цена><ИдТипаЦены>t</ИдТипаЦены>"
                         "<ЦенаЗаЕдиницу>2</ЦенаЗаЕдиницу></Цена></Цены>")),
        longer);

    import_fixture_import_body(fixture, body);
    import_fixture_assert_text(
        fixture,
        "SELECT group_concat(coalesce(unit_word, '-')) FROM (SELECT unit_word"
        " FROM product ORDER BY source_id)",
        P1 ",-,-");
    import_fixture_assert_text(fixture, "SELECT unit FROM product WHERE source_id = 'a'", NULL);
    import_fixture_assert_text(fixture, "SELECT unit_word FROM offer", "8888");
    import_fixture_assert_text(
        fixture,
        "SELECT r.minor || r.currency || r.currency_word || t.currency_word FROM price r"
        " JOIN price_type t ON t.id = r.price_type_id",
        "200тугриктугрик");
    import_fixture_assert_settled(fixture);
    /* A meaning holds for all of an import. */
    g_assert_true(
        kab_db_run(fixture->db,
                   "INSERT INTO word (kind, text, meaning) VALUES ('unit', '8888', '166'),"
                   " ('currency', 'тугрик', 'KZT')",
                   KAB_BIND_NONE, NULL));
    import_fixture_import(fixture);
    import_fixture_assert_text(fixture,
                               "SELECT o.unit || r.currency || r.currency_word FROM offer o"
                               " JOIN price r ON r.offer_id = o.id",
                               "кгKZTтугрик");
    import_fixture_assert_text(fixture, "SELECT currency FROM price_type", "KZT");
    import_fixture_assert_settled(fixture);
}

static void
test_marks(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
#define GONE "<ПометкаУдаления>true</ПометкаУдаления>"
    import_fixture_import_body(
        fixture,
        "<Классификатор><Группы><Группа><Ид>g</Ид><Наименование>Г</Наименование>" GONE
        "</Группа></Группы><Свойства>"
        "<Свойство><Ид>s</Ид><Наименование>С</Наименование>" GONE
        "</Свойство></Свойства><ТипыЦен><ТипЦены><Ид>t</Ид><Наименование>Т</Наименование>" GONE
        "</ТипЦены></ТипыЦен><Склады><Склад><Ид>w</Ид><Наименование>В</Наименование>" GONE
        "</Склад></Склады></Классификатор>" CATALOGUE(
            "c",
            "<Товар Статус=\"Удален\"><Ид>p</Ид><Наименование>П</Наименование></Товар>"
            "<Товар><Ид>p2</Ид>" GONE "</Товар><Товар><Ид>p3</Ид><Наименование>Ж</Наименование>"
            "<ПометкаУдаления>false</ПометкаУдаления></Товар>")
            OFFERS(
                "<Предложение Статус=\"Удален\"><Ид>p3#x</Ид>"
                "</Предложение>" OFFER("p3#x", GONE) OFFER(
                    "p3#y", "<Наименование>Y</Наименование>")) "<Контрагенты><Контрагент><Ид>k</Ид>"
                                                               "<Наименование>К</Наименование>" GONE
                                                               "</Контрагент></Контрагенты>");
    g_assert_cmpint(fixture->result.deleted, ==, 8);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM product WHERE deleted = 1"),
                    ==, 2);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM offer WHERE deleted = 1"), ==,
                    1);
    import_fixture_assert_text(fixture, "SELECT name FROM sellable", "Y");
    import_fixture_assert_settled(fixture);
    /* A price for a deleted offer does not bring it back, a description does. */
    import_fixture_clear_queue(fixture);
    import_fixture_import_body(fixture, OFFERS(OFFER("p3#x", "<Цены>" PRICE("t", "1") "</Цены>")));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM sellable"), ==, 1);
    import_fixture_assert_queue(fixture, "");
    import_fixture_import_body(fixture, OFFERS(OFFER("p3#x", "<Наименование>X</Наименование>")));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM sellable"), ==, 2);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 2);
}

static void
import_full(ImportFixture *fixture, const char *catalogue, int from, int to, gboolean full)
{
    g_autofree char *body = NULL;
    GString *goods = g_string_new(NULL);

    g_string_append_printf(goods, "<Каталог%s><Ид>%s</Ид><Товары>",
                           full ? " СодержитТолькоИзменения=\"false\"" : "", catalogue);
    for (int i = from; i < to; i++)
        g_string_append_printf(goods,
                               "<Товар><Ид>%s-%d</Ид><Наименование>Гвоздь</Наименование></Товар>",
                               catalogue, i);
    g_string_append(goods, "</Товары></Каталог>");
    body = g_string_free(goods, FALSE);
    import_fixture_import_body(fixture, body);
}

static void
test_full_catalogue(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const gone = "SELECT COUNT(*) FROM product WHERE deleted = 1";

    import_full(fixture, "a", 0, 40, TRUE);
    import_full(fixture, "b", 0, 5, TRUE);
    g_assert_cmpint(import_fixture_int(fixture, gone), ==, 0);
    /* Without the attribute, as in 2.03, a file holds changes. */
    import_full(fixture, "a", 0, 30, FALSE);
    g_assert_cmpint(import_fixture_int(fixture, gone), ==, 0);
    import_fixture_clear_queue(fixture);
    import_full(fixture, "a", 0, 30, TRUE);
    g_assert_cmpint(import_fixture_int(fixture, gone), ==, 10);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 10);
    g_assert_true(import_fixture_has_warning(fixture, "lacks 10 of the 40"));
    g_assert_cmpint(fixture->result.deleted, ==, 0);
    /* Nobody has thrown out two thirds, and nobody everything. */
    import_full(fixture, "a", 0, 10, TRUE);
    g_assert_cmpint(import_fixture_int(fixture, gone), ==, 10);
    g_assert_true(import_fixture_has_warning(fixture, "lacks 20 of the 30"));
    import_full(fixture, "b", 0, 0, TRUE);
    g_assert_cmpint(import_fixture_int(fixture, gone), ==, 10);
    g_assert_true(import_fixture_has_warning(fixture, "lacks 5 of the 5"));
    import_full(fixture, "a", 100, 200, TRUE);
    g_assert_cmpint(import_fixture_int(fixture, gone), ==, 10);
    /* A few may go from a small catalogue, and may return. */
    import_full(fixture, "b", 0, 1, TRUE);
    g_assert_cmpint(import_fixture_int(fixture, gone), ==, 14);
    import_full(fixture, "b", 0, 5, FALSE);
    g_assert_cmpint(import_fixture_int(fixture, gone), ==, 10);
    import_fixture_assert_settled(fixture);
}

/* Parts of one catalogue, and another, in one exchange. */
static void
test_several_catalogues(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_write_body(fixture, "import0_1.xml", FULL("a", PRODUCT("a1", "А")));
    import_fixture_write_body(fixture, "import0_2.xml", FULL("a", PRODUCT("a2", "Б")));
    import_fixture_write_body(fixture, "import1_1.xml", FULL("b", PRODUCT("b1", "В")));
    import_fixture_import(fixture);
    g_assert_cmpint(fixture->result.products, ==, 3);
    import_fixture_assert_settled(fixture);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM product WHERE deleted = 0"),
                    ==, 3);
    g_assert_cmpint(fixture->result.n_warnings, ==, 0);
}

/* Of two files that disagree, the newer one is right, whatever their names. */
static void
test_newest_file(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
#define DATED(date, body) \
    "<КоммерческаяИнформация ДатаФормирования=\"" date "\">" body "</КоммерческаяИнформация>"
    import_fixture_write(fixture, "a.xml",
                         DATED("2026-02-01T10:00:00", CATALOGUE("c", PRODUCT("p", "Новое"))), -1);
    import_fixture_write(fixture, "b.xml",
                         DATED("2026-01-01T10:00:00", CATALOGUE("c", PRODUCT("p", "Старое"))), -1);
    import_fixture_import(fixture);
    import_fixture_assert_text(fixture, "SELECT name FROM product", "Новое");
    g_assert_cmpint(fixture->result.products, ==, 1);
    import_fixture_clear_queue(fixture);
    import_fixture_assert_settled(fixture);
}

#define GROUP(id, inner) \
    "<Группа><Ид>" id "</Ид>" NAME("Группа " id) "<Группы>" inner "</Группы></Группа>"
#define GROUPS(groups) "<Классификатор><Группы>" groups "</Группы></Классификатор>"

static void
test_groups(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const tree =
        "SELECT group_concat(g.source_id || '>' || COALESCE(p.source_id, ''))"
        " FROM (SELECT id, source_id, parent_id FROM product_group ORDER BY source_id) g"
        " LEFT JOIN product_group p ON p.id = g.parent_id";

    import_fixture_import_body(fixture, GROUPS(GROUP("a", GROUP("b", GROUP("c", "")))));
    import_fixture_assert_text(fixture, tree, "a>,b>a,c>b");
    import_fixture_clear_queue(fixture);
    import_fixture_import_body(fixture, GROUPS(GROUP("a", GROUP("b", "") GROUP("c", ""))));
    import_fixture_assert_text(fixture, tree, "a>,b>a,c>a");
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 1);
    /* A circle within a file, and one with what is stored. */
    import_fixture_import_body(fixture, GROUPS(GROUP("a", GROUP("b", GROUP("a", "")))));
    g_assert_true(import_fixture_has_warning(fixture, "Group a lies within itself"));
    import_fixture_assert_text(fixture, tree, "a>,b>a,c>a");
    g_assert_cmpint(fixture->result.groups, ==, 2);
    import_fixture_assert_settled(fixture);
    import_fixture_import_body(fixture, GROUPS(GROUP("c", GROUP("b", GROUP("a", "")))));
    import_fixture_assert_text(fixture, tree, "a>b,b>c,c>");
    import_fixture_import_body(fixture,
                               GROUPS(GROUP("a", GROUP("b", "")) GROUP("b", GROUP("a", ""))));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM product_group"
                                                " WHERE parent_id IS NULL"),
                    >, 0);
    import_fixture_assert_settled(fixture);
    /* Deleted, with products still in it. */
    import_fixture_import_body(fixture, GROUPS("<Группа Статус=\"Удален\"><Ид>b</Ид></Группа>")
                                            CATALOGUE("c", "<Товар><Ид>p</Ид><Группы><Ид>b</Ид>"
                                                           "</Группы></Товар><Товар><Ид>q</Ид>"
                                                           "<Группы><Ид>zz</Ид></Группы></Товар>"));
    g_assert_cmpint(fixture->result.deleted, ==, 1);
    import_fixture_assert_text(fixture, "SELECT name FROM product_group WHERE deleted = 1",
                               "Группа b");
    g_assert_cmpint(fixture->result.n_warnings, ==, 1);
    g_assert_true(import_fixture_has_warning(fixture, "Product groups that products name"));
}

static void
test_queue(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const of_pair = "SELECT COUNT(*) FROM queue q JOIN offer o"
                                       " ON o.id = q.object_id WHERE o.characteristic = '" C1 "'";

    import_fixture_import_body(fixture, CATALOGUE("c", PRODUCT(P1, "А") PRODUCT(P2, "Б")));
    import_fixture_assert_queue(fixture, "product " P1 "\nproduct " P2 "\n");
    import_fixture_clear_queue(fixture);
    import_fixture_assert_settled(fixture);
    import_fixture_import_body(fixture, CATALOGUE("c", PRODUCT(P1, "А") PRODUCT(P2, "Бе")));
    import_fixture_assert_queue(fixture, "product " P2 "\n");
    import_fixture_clear_queue(fixture);
    /* An offer without a characteristic is the product itself. */
    import_fixture_import_body(
        fixture,
        OFFERS(OFFER(
            P1,
            "<Цены>" PRICE(
                "t", "5") "</Цены>")) "<ТипыЦен><ТипЦены><Ид>t</Ид><Наименование>Т</Наименование>"
                                      "</ТипЦены></ТипыЦен>");
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue WHERE object_id = '" P1
                                                "' AND kind IN ('product', 'price')"),
                    ==, 2);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 3);
    import_fixture_clear_queue(fixture);
    /* With its first characteristic the other product is not sold by itself any more. */
    import_fixture_import_body(fixture,
                               OFFERS(OFFER(P2 "#" C1, "<Наименование>Бе (1)</Наименование>")));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue WHERE object_id = '" P2
                                                "' AND kind = 'product'"),
                    ==, 1);
    g_assert_cmpint(import_fixture_int(fixture, of_pair), ==, 1);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 2);
    import_fixture_clear_queue(fixture);
    import_fixture_import_body(fixture,
                               OFFERS(OFFER(P2 "#" C2, "<Наименование>Бе (2)</Наименование>")));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 1);
    import_fixture_clear_queue(fixture);
    /* News of a product is news of its offers, and only of them. */
    import_fixture_import_body(fixture, CATALOGUE("c", PRODUCT(P2, "Бе!")));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 2);
    g_assert_cmpint(import_fixture_int(fixture, of_pair), ==, 1);
    import_fixture_clear_queue(fixture);
    import_fixture_import_body(fixture,
                               CATALOGUE("c", "<Товар Статус=\"Удален\"><Ид>" P2 "</Ид></Товар>"));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM queue"), ==, 2);
    import_fixture_clear_queue(fixture);
    import_fixture_import_body(fixture,
                               CATALOGUE("c", "<Товар Статус=\"Удален\"><Ид>" P2
                                              "</Ид><Наименование>Никто</Наименование></Товар>"));
    import_fixture_assert_queue(fixture, "");
}

static void
test_properties(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const values =
        "SELECT group_concat(value) FROM (SELECT value FROM product_property ORDER BY position)";
    static const char *const goods = CATALOGUE(
        "c", "<Товар><Ид>" P1 "</Ид><Наименование>А</Наименование><ЗначенияСвойств>" VALUE(
                 "s", "AAAAAAAA-0000-0000-0000-000000000001") VALUE("n", "6,4")
                 VALUE("e", "") "</ЗначенияСвойств></Товар>");

    /* The variant may come after the value that names it, and may be renamed. */
    import_fixture_import_body(fixture, goods);
    import_fixture_assert_text(fixture, values, C1 ",6,4");
    import_fixture_clear_queue(fixture);
    import_fixture_import_body(fixture, PROPERTY("s", "Цвет", VARIANT(C1, "белый")));
    g_assert_cmpint(fixture->result.properties, ==, 1);
    import_fixture_assert_text(fixture, values, "белый,6,4");
    import_fixture_assert_queue(fixture, "product " P1 "\n");
    import_fixture_clear_queue(fixture);
    import_fixture_assert_settled(fixture);
    import_fixture_import_body(fixture, goods);
    import_fixture_assert_queue(fixture, "");
    import_fixture_import_body(fixture, PROPERTY("s", "Цвет", VARIANT(C1, "белый снег")));
    import_fixture_assert_text(fixture, values, "белый снег,6,4");
    import_fixture_assert_queue(fixture, "product " P1 "\n");
    import_fixture_clear_queue(fixture);
    import_fixture_import_body(fixture, PROPERTY("s", "Окраска", ""));
    import_fixture_assert_queue(fixture, "product " P1 "\n");
    import_fixture_clear_queue(fixture);
    /* An empty list takes them away, no list keeps them. */
    import_fixture_import_body(fixture, CATALOGUE("c", PRODUCT(P1, "А")));
    import_fixture_assert_queue(fixture, "");
    import_fixture_import_body(
        fixture, CATALOGUE("c", "<Товар><Ид>" P1
                                "</Ид><Наименование>А</Наименование><ЗначенияСвойств/></Товар>"));
    import_fixture_assert_queue(fixture, "product " P1 "\n");
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM product_property"), ==, 0);
}

static void
test_product_details(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
#define REQUISITE(name, value) \
    "<ЗначениеРеквизита>" NAME(name) "<Значение>" value "</Значение></ЗначениеРеквизита>"
    import_fixture_import_body(
        fixture,
        CATALOGUE(
            "c",
            "<Товар><Ид>" P1 "</Ид><Артикул>A-1</Артикул><Наименование>Уборка</Наименование>"
            "<Описание>Чисто</Описание><Картинка>a.jpg</Картинка><Картинка>b.jpg"
            "</Картинка><Изготовитель><Ид>m</Ид><Наименование>Завод</Наименование></Изготовитель>"
            "<ЗначенияРеквизитов>" REQUISITE("ТипНоменклатуры", "Услуга")
                REQUISITE("ВидНоменклатуры", "Прочее") REQUISITE(
                    "Полное наименование", "Уборка помещений") "</ЗначенияРеквизитов></Товар>"));
    import_fixture_assert_text(fixture,
                               "SELECT kind || '|' || category || '|' || full_name || '|' ||"
                               " manufacturer || '|' || article || '|' || description FROM product",
                               "Услуга|Прочее|Уборка помещений|Завод|A-1|Чисто");
    import_fixture_clear_queue(fixture);
    /* Complete packages without pictures exist; the pictures stay. */
    import_fixture_import_body(fixture, FULL("c", PRODUCT(P1, "Уборка")));
    import_fixture_assert_queue(fixture, "");
    import_fixture_assert_text(fixture, "SELECT group_concat(path) FROM product_image",
                               "a.jpg,b.jpg");
    import_fixture_import_body(
        fixture,
        CATALOGUE("c",
                  "<Товар><Ид>" P1
                  "</Ид><Наименование>Уборка</Наименование><Артикул/><Картинка>b.jpg</Картинка>"
                  "</Товар>"));
    import_fixture_assert_queue(fixture, "product " P1 "\n");
    import_fixture_assert_text(fixture, "SELECT group_concat(path) FROM product_image", "b.jpg");
    import_fixture_assert_text(fixture, "SELECT article FROM product", NULL);
}

static void
test_partners(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(
        fixture,
        "<Контрагенты><Контрагент><Ид>" P1 "</Ид><Наименование>Сбер</Наименование>"
        "<ОфициальноеНаименование>ПАО Сбербанк</ОфициальноеНаименование><ИНН>7707083893</ИНН>"
        "<КПП>773601001</КПП><АдресРегистрации><АдресноеПоле><Тип>Страна</Тип><Значение>РФ"
        "</Значение></АдресноеПоле><АдресноеПоле><Тип>Улица</Тип><Значение>Вавилова</Значение>"
        "</АдресноеПоле></АдресРегистрации><Контакты><Контакт><Тип>Электронная почта</Тип>"
        "<Значение>a@b.ru</Значение></Контакт><Контакт><Тип>ТелефонРабочий</Тип><Значение>+7 1"
        "</Значение></Контакт><Контакт><Тип>Почтовый адрес</Тип><Значение>x</Значение></Контакт>"
        "</Контакты><Представители><Представитель><Отношение>Контактное лицо</Отношение><Ид>" C1
        "</Ид><Наименование>Иванов</Наименование></Представитель><Представитель><Контрагент>"
        "<Отношение>Директор"
        "</Отношение><Наименование>Петров</Наименование><Контакты><Контакт><Тип>Почта</Тип>"
        "<Значение>p@b.ru"
        "</Значение></Контакт></Контакты></Контрагент></Представитель></Представители></Контрагент>"
        "<Контрагент><Ид>k2</Ид><Наименование>Ложь</Наименование><ИНН>1234567890</ИНН>"
        "<КПП>77</КПП></Контрагент>"
        "</Контрагенты><Каталог><Владелец><Ид>own</Ид><Наименование>Мы</Наименование>"
        "</Владелец></Каталог>"
        "<Документ><Ид>d</Ид><Контрагенты><Контрагент><Ид>k3</Ид></Контрагент></Контрагенты>"
        "<Товары>" PRODUCT(
            "x", "В заказе") "</Товары></Документ><Контейнер><Документ/><Документ/></Контейнер>");
    g_assert_cmpint(fixture->result.partners, ==, 2);
    g_assert_cmpint(fixture->result.products, ==, 0);
    g_assert_cmpint(fixture->result.n_warnings, ==, 3);
    g_assert_true(import_fixture_has_warning(fixture, "Partner k2: “1234567890”"));
    g_assert_true(import_fixture_has_warning(fixture, "Partner k2: “77”"));
    g_assert_true(import_fixture_has_warning(fixture, "passed over: 3"));
    import_fixture_assert_text(fixture,
                               "SELECT name || '|' || full_name || '|' || inn || '|' || kpp || '|'"
                               " || address || '|' || email || '|' || phone FROM partner"
                               " WHERE id = '" P1 "'",
                               "Сбер|ПАО Сбербанк|7707083893|773601001|РФ, Вавилова|a@b.ru|+7 1");
    import_fixture_assert_text(fixture,
                               "SELECT group_concat(name || '|' || relation || '|' ||"
                               " COALESCE(email, '')) FROM (SELECT name, relation, email"
                               " FROM contact ORDER BY name)",
                               "Иванов|Контактное лицо|,Петров|Директор|p@b.ru");
    import_fixture_clear_queue(fixture);
    import_fixture_assert_settled(fixture);
    /* The base's own settings of a partner stay, and so does what is not spoken of. */
    g_assert_true(
        kab_db_run(fixture->db, "UPDATE partner SET manager = 'Сидоров'", KAB_BIND_NONE, NULL));
    import_fixture_import_body(
        fixture,
        "<Контрагенты><Контрагент><Ид>" P1
        "</Ид><Наименование>Сбербанк</Наименование><Представители/></Контрагент></Контрагенты>");
    import_fixture_assert_queue(fixture, "partner " P1 "\n");
    import_fixture_assert_text(fixture,
                               "SELECT name || inn || manager FROM partner WHERE id = '" P1 "'",
                               "Сбербанк7707083893Сидоров");
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM contact WHERE deleted = 1"),
                    ==, 2);
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*test)(ImportFixture *fixture, gconstpointer data);
    } tests[] = {
        {"/commerceml-rules/odd-values", test_odd_values},
        {"/commerceml-rules/units", test_units},
        {"/commerceml-rules/words", test_words},
        {"/commerceml-rules/marks", test_marks},
        {"/commerceml-rules/full-catalogue", test_full_catalogue},
        {"/commerceml-rules/several-catalogues", test_several_catalogues},
        {"/commerceml-rules/newest-file", test_newest_file},
        {"/commerceml-rules/groups", test_groups},
        {"/commerceml-rules/queue", test_queue},
        {"/commerceml-rules/properties", test_properties},
        {"/commerceml-rules/product-details", test_product_details},
        {"/commerceml-rules/partners", test_partners},
    };

    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].name, ImportFixture, NULL, import_fixture_set_up, tests[i].test,
                   import_fixture_tear_down);
    return g_test_run();
}
