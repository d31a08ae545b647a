/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"
#include "import-pieces.h"

#include "kab-picture.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>

/* What makes a product card: prices by quantity, steps, the age of stock, pictures. */

#define TIER(value, least)                                                                  \
    "<Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>" value "</ЦенаЗаЕдиницу>" \
    "<Валюта>RUB</Валюта><МинКоличество>" least "</МинКоличество></Цена>"
#define PRICES(tiers) \
    CATALOGUE(C1, PRODUCT(P1, "Молоток")) OFFERS(OFFER(P1, "<Цены>" tiers "</Цены>"))
#define TIERS                                                                               \
    "SELECT coalesce(group_concat(t, ' '), '') FROM (SELECT min_quantity || '=' || minor t" \
    " FROM price ORDER BY min_quantity)"
#define PICTURED(path)                                                                             \
    CATALOGUE(C1, "<Товар><Ид>" P1 "</Ид>" NAME("Молоток") "<Картинка>" path "</Картинка>" \
                                                           "</Товар>")
#define PNG "\x89PNG\r\n\x1a\n and what follows"
#define JPEG "\xff\xd8\xff and what follows"

static void
test_tiers(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(fixture,
                               PRICES(TIER("100", "") TIER("90", "10") TIER("80,5", "100")));
    import_fixture_assert_text(fixture, TIERS, "0=10000 10000=9000 100000=8050");
    g_assert_cmpint(fixture->result.prices, ==, 3);
    import_fixture_assert_settled(fixture);
    /* All that is said of a price type is all of it, even in a package of changes. */
    import_fixture_import_body(fixture, PRICES(TIER("100", "") TIER("85", "50")));
    import_fixture_assert_text(fixture, TIERS, "0=10000 50000=8500");
    import_fixture_assert_settled(fixture);
}

static void
test_hostile_tiers(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    /* Of two for one quantity the first counts; what is no quantity is passed over. One and less is
     * any quantity. */
    import_fixture_import_body(
        fixture, PRICES(TIER("100", "1") TIER("101", "0.5") TIER("90", "10") TIER("91", "10,000")
                            TIER("1", "-5") TIER("2", "много") TIER("3", "99999999999999999")));
    import_fixture_assert_text(fixture, TIERS, "0=10000 10000=9000");
    g_assert_true(import_fixture_has_warning(fixture, "-5"));
    g_assert_true(import_fixture_has_warning(fixture, "много"));
    g_assert_cmpint(fixture->result.n_warnings, ==, 4); /* and that nothing names the price type */
}

/* A price for a package: its least quantity is counted in packages. */
static void
test_tier_of_packages(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(
        fixture, PRICES("<Цена><ИдТипаЦены>t</ИдТипаЦены><ЦенаЗаЕдиницу>120</ЦенаЗаЕдиницу>"
                        "<Валюта>RUB</Валюта><Единица>упак</Единица><Коэффициент>12</Коэффициент>"
                        "<МинКоличество>2</МинКоличество></Цена>"));
    import_fixture_assert_text(fixture, TIERS, "24000=1000");
}

static void
import_step(ImportFixture *fixture, const char *value)
{
    g_autofree char *body = g_strconcat(
        "<Каталог><Ид>" C1 "</Ид><Товары><Товар><Ид>" P1
        "</Ид>" NAME("Кабель") "<ЗначенияРеквизитов><ЗначениеРеквизита><Наименование>",
        value != NULL ? "Кратность" : "Другое", "</Наименование><Значение>",
        value != NULL ? value : "7",
        "</Значение></ЗначениеРеквизита></ЗначенияРеквизитов></Товар></Товары></Каталог>", NULL);

    import_fixture_import_body(fixture, body);
}

static void
test_step(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const struct {
        const char *value;
        const char *step;
        gint64 warnings;
    } rows[] = {
        {"10", "10000", 0}, {"0,5", "500", 0},  {"0", "-", 0},          {"12", "12000", 0},
        {"-5", "-", 1},     {"10", "10000", 0}, {"дюжина", "-", 1},     {"1e99", "-", 1},
        {"3", "3000", 0},   {NULL, "-", 0},     {"2000000000", "-", 1},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_test_message("%s", rows[i].value);
        import_step(fixture, rows[i].value);
        import_fixture_assert_text(fixture, "SELECT coalesce(step, '-') FROM product",
                                   rows[i].step);
        g_assert_cmpint(fixture->result.n_warnings, ==, rows[i].warnings);
    }
    /* Who does not speak of requisites changes nothing. */
    import_step(fixture, "10");
    import_fixture_import_body(fixture, CATALOGUE(C1, PRODUCT(P1, "Кабель медный")));
    import_fixture_assert_text(fixture, "SELECT step FROM product", "10000");
}

/* The same figure is news again when what is known of it has become old. */
static void
test_stock_age(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const bodies[] = {
        OFFERS(OFFER(P1, "<Количество>5</Количество>")),
        OFFERS(OFFER(P1, "<Склад ИдСклада=\"s\" КоличествоНаСкладе=\"5\"/>")),
    };

    import_fixture_import_body(fixture, CATALOGUE(C1, PRODUCT(P1, "Молоток")));
    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        gint64 as_of;

        import_fixture_import_body(fixture, bodies[i]);
        as_of = import_fixture_int(fixture, "SELECT as_of FROM stock");
        g_assert_cmpint(as_of, >, g_get_real_time() / 1000 - 60000);
        import_fixture_assert_settled(fixture);
        g_assert_cmpint(import_fixture_int(fixture, "SELECT as_of FROM stock"), ==, as_of);

        g_assert_true(kab_db_run(fixture->db, "UPDATE stock SET as_of = as_of - 3600001",
                                 KAB_BIND_NONE, NULL));
        import_fixture_clear_queue(fixture);
        import_fixture_import_body(fixture, bodies[i]);
        import_fixture_assert_queue(fixture, "stock " P1 "\n");
        g_assert_cmpint(import_fixture_int(fixture, "SELECT as_of FROM stock"), >=, as_of);
    }
}

static void
write_picture(ImportFixture *fixture, const char *name, const char *bytes, gsize size)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    g_autofree char *folder = g_path_get_dirname(path);

    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    g_assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
}

static gint64
count_pictures(ImportFixture *fixture)
{
    return import_fixture_int(fixture, "SELECT count(*) FROM picture");
}

static void
test_pictures(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    write_picture(fixture, "import_files/0c/a.png", PNG, sizeof PNG - 1);
    write_picture(fixture, "import_files/0c/not-named.png", JPEG, sizeof JPEG - 1);
    import_fixture_write_body(fixture, "a.xml", PICTURED("import_files/0c/a.png"));
    import_fixture_import(fixture);
    g_assert_cmpint(fixture->result.n_warnings, ==, 0);
    g_assert_cmpint(count_pictures(fixture), ==, 1);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT count(*) FROM product_image i"
                                                " JOIN picture f ON f.hash = i.hash"),
                    ==, 1);
    g_assert_cmpint(
        import_fixture_int(fixture, "SELECT count(*) FROM queue WHERE kind = 'picture'"), ==, 1);
    import_fixture_assert_settled(fixture);

    /* The same name, another picture: the product is news, the old picture is no more. */
    import_fixture_clear_queue(fixture);
    write_picture(fixture, "import_files/0c/a.png", JPEG, sizeof JPEG - 1);
    import_fixture_import(fixture);
    g_assert_cmpint(count_pictures(fixture), ==, 1);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT count(*) FROM queue"), ==, 3);

    /* A package without the file keeps it. */
    import_fixture_import_body(fixture, PICTURED("import_files/0c/a.png"));
    g_assert_cmpint(fixture->result.n_warnings, ==, 0);
    g_assert_cmpint(count_pictures(fixture), ==, 1);
}

static void
test_missing_picture(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(fixture, PICTURED("import_files/nowhere.jpg"));
    g_assert_true(import_fixture_has_warning(fixture, "import_files/nowhere.jpg"));
    g_assert_cmpint(fixture->result.n_warnings, ==, 1);
    g_assert_cmpint(count_pictures(fixture), ==, 0);
}

static void
test_hostile_pictures(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *big = g_malloc0(KAB_PICTURE_MAX_BYTES + 1);

    memcpy(big, PNG, 8);
    write_picture(fixture, "big.png", big, KAB_PICTURE_MAX_BYTES + 1);
    import_fixture_write_body(fixture, "a.xml", PICTURED("big.png"));
    import_fixture_import(fixture);
    g_assert_true(import_fixture_has_warning(fixture, "big.png"));
    g_assert_cmpint(count_pictures(fixture), ==, 0);

    write_picture(fixture, "big.png", "#!/bin/sh\n", 10);
    import_fixture_import(fixture);
    g_assert_true(import_fixture_has_warning(fixture, "no picture"));
    g_assert_cmpint(count_pictures(fixture), ==, 0);

    write_picture(fixture, "big.png", big, KAB_PICTURE_MAX_BYTES);
    import_fixture_import(fixture);
    g_assert_cmpint(fixture->result.n_warnings, ==, 0);
    g_assert_cmpint(count_pictures(fixture), ==, 1);
}

/* A path opens nothing: it is only compared with what lies in the folder that is imported. */
static void
test_paths(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *outside = g_build_filename(fixture->folder, "..", "kab-outside.png", NULL);
    g_autofree char *absolute = g_canonicalize_filename(outside, NULL);
    const char *const paths[] = {"../kab-outside.png",
                                 "x/../../kab-outside.png",
                                 absolute,
                                 "..\\kab-outside.png",
                                 "/etc/passwd",
                                 "",
                                 "/",
                                 ".."};

    g_assert_true(g_file_set_contents(outside, PNG, sizeof PNG - 1, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        g_autofree char *body =
            g_strconcat("<Каталог><Ид>" C1 "</Ид><Товары><Товар><Ид>" P1 "</Ид>"
                        "<Картинка>",
                        paths[i], "</Картинка></Товар></Товары></Каталог>", NULL);

        import_fixture_write_body(fixture, "a.xml", body);
        import_fixture_import(fixture);
        g_assert_cmpint(count_pictures(fixture), ==, 0);
    }
    g_assert_cmpint(g_unlink(outside), ==, 0);
}

static void
add_entry(struct archive *archive, const char *name, const char *bytes, gsize size)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_size(entry, (gint64)size);
    g_assert_cmpint(archive_write_header(archive, entry), ==, ARCHIVE_OK);
    g_assert_cmpint(archive_write_data(archive, bytes, size), ==, (gssize)size);
    archive_entry_free(entry);
}

static void
test_zip(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char xml[] =
        "<КоммерческаяИнформация>" PICTURED("import_files/a.jpg") "</КоммерческаяИнформация>";
    g_autofree char *path = g_build_filename(fixture->folder, "exchange.zip", NULL);
    struct archive *archive = archive_write_new();

    archive_write_set_format_zip(archive);
    g_assert_cmpint(archive_write_open_filename(archive, path), ==, ARCHIVE_OK);
    add_entry(archive, "webdata/import_files/a.jpg", JPEG, sizeof JPEG - 1);
    add_entry(archive, "../../b.jpg", JPEG, sizeof JPEG - 1);
    add_entry(archive, "webdata/import.xml", xml, sizeof xml - 1);
    archive_write_close(archive);
    archive_write_free(archive);
    import_fixture_import(fixture);
    g_assert_cmpint(fixture->result.n_warnings, ==, 0);
    g_assert_cmpint(count_pictures(fixture), ==, 1);
}

#define GOODS_TEST(name, func)                                                              \
    g_test_add("/commerceml-goods/" name, ImportFixture, NULL, import_fixture_set_up, func, \
               import_fixture_tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    GOODS_TEST("tiers", test_tiers);
    GOODS_TEST("hostile-tiers", test_hostile_tiers);
    GOODS_TEST("tier-of-packages", test_tier_of_packages);
    GOODS_TEST("step", test_step);
    GOODS_TEST("stock-age", test_stock_age);
    GOODS_TEST("pictures", test_pictures);
    GOODS_TEST("missing-picture", test_missing_picture);
    GOODS_TEST("hostile-pictures", test_hostile_pictures);
    GOODS_TEST("paths", test_paths);
    GOODS_TEST("zip", test_zip);
    return g_test_run();
}
