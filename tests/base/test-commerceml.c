/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include "kab-error.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

/* How files come: encodings, namespaces, archives, damage. What they say is in
 * test-commerceml-rules.c. */

#define PRODUCT "<Товар><Ид>p1</Ид><Наименование>Молоток</Наименование></Товар>"
#define CATALOGUE "<Каталог><Ид>c1</Ид><Товары>" PRODUCT "</Товары></Каталог>"
#define PRICES                                                                \
    "<Цены><Цена><ИдТипаЦены>retail</ИдТипаЦены>" \
    "<ЦенаЗаЕдиницу>37.5</ЦенаЗаЕдиницу></Цена></Цены>"
#define OFFERS                                                                                                \
    "<ПакетПредложений><ТипыЦен><ТипЦены><Ид>retail</Ид>"                   \
    "<Наименование>Розница</Наименование><Валюта>руб.</Валюта>" \
    "</ТипЦены></ТипыЦен><Предложения><Предложение><Ид>p1</Ид>" PRICES                                        \
    "<Количество>22,25</Количество></Предложение></Предложения></ПакетПредложений>"

static void
assert_hammer(ImportFixture *fixture)
{
    g_assert_cmpint(fixture->result.products, ==, 1);
    import_fixture_assert_text(fixture, "SELECT name FROM product", "Молоток");
}

static void
test_namespaces(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const roots[] = {
        "<КоммерческаяИнформация>%s</КоммерческаяИнформация>",
        "<КоммерческаяИнформация xmlns=\"urn:1C.ru:commerceml_3\" ВерсияСхемы=\"3.1\">%s"
        "</КоммерческаяИнформация>",
        "<x:КоммерческаяИнформация xmlns:x=\"urn:whatever\">%s</x:КоммерческаяИнформация>",
        "<y:КоммерческаяИнформация>%s</y:КоммерческаяИнформация>",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(roots); i++) {
        g_auto(GStrv) parts = g_strsplit(roots[i], "%s", 2);
        g_autofree char *text = g_strconcat(parts[0], CATALOGUE, parts[1], NULL);

        import_fixture_write(fixture, "a.xml", text, -1);
        import_fixture_import(fixture);
        assert_hammer(fixture);
    }
}

static void
test_unknown_elements(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_import_body(
        fixture, "<Новое><Товар><Ид>x</Ид></Товар><Группы/></Новое><Каталог Новый=\"1\"><Ид>c1</Ид>"
                 "<Прочее><Товары><Товар><Ид>y</Ид></Товар></Товары></Прочее><Товары><Товар>"
                 "<Владелец><Ид>z</Ид></Владелец><Ид>p1</Ид><!-- -->"
                 "<Наименование>Мо<![CDATA[лот]]>ок</Наименование></Товар></Товары></Каталог>");
    assert_hammer(fixture);
    g_assert_cmpint(fixture->result.n_warnings, ==, 0);
}

static void
test_encodings(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const body =
        "<КоммерческаяИнформация>" CATALOGUE "</КоммерческаяИнформация>";
    g_autofree char *cp1251 =
        g_strconcat("<?xml version=\"1.0\" encoding=\"windows-1251\"?>\n", body, NULL);
    g_autofree char *bom =
        g_strconcat("\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"UTF-8\"?>", body, NULL);
    /* The mark is believed, not the declaration. */
    g_autofree char *both = g_strconcat("\xef\xbb\xbf", cp1251, NULL);
    gsize size;
    g_autofree char *converted = g_convert(cp1251, -1, "windows-1251", "UTF-8", NULL, &size, NULL);
    gsize wide_size;
    g_autofree char *wide = g_convert(body, -1, "UTF-16", "UTF-8", NULL, &wide_size, NULL);

    import_fixture_write(fixture, "a.xml", converted, (gssize)size);
    import_fixture_import(fixture);
    assert_hammer(fixture);
    import_fixture_write(fixture, "a.xml", bom, -1);
    import_fixture_import(fixture);
    assert_hammer(fixture);
    import_fixture_write(fixture, "a.xml", both, -1);
    import_fixture_import(fixture);
    assert_hammer(fixture);
    import_fixture_write(fixture, "a.xml", wide, (gssize)wide_size);
    import_fixture_import(fixture);
    assert_hammer(fixture);
}

/* The order of names is the wrong one, and so is that of the arguments. */
static void
test_split_files(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_write_body(fixture, "1.xml", OFFERS);
    import_fixture_write_body(fixture, "2.xml", CATALOGUE);
    import_fixture_write_body(fixture, "3.xml",
                              "<Классификатор><Группы><Группа><Ид>g1</Ид><Наименование>Инструмент"
                              "</Наименование></Группа></Группы></Классификатор>");
    import_fixture_write(fixture, "readme.txt", "no XML", -1);
    import_fixture_import(fixture);
    assert_hammer(fixture);
    g_assert_cmpint(fixture->result.groups, ==, 1);
    g_assert_cmpint(fixture->result.offers, ==, 1);
    g_assert_cmpint(fixture->result.prices, ==, 1);
    g_assert_cmpint(fixture->result.n_warnings, ==, 0);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT minor FROM price"), ==, 3750);
    import_fixture_assert_text(fixture, "SELECT currency FROM price", "RUB");
    g_assert_cmpint(import_fixture_int(fixture, "SELECT quantity FROM stock"), ==, 22250);
}

static void
add_entry(struct archive *archive, const char *name, const char *data, gsize size)
{
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, name);
    archive_entry_set_size(entry, (gint64)size);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    g_assert_cmpint(archive_write_header(archive, entry), ==, ARCHIVE_OK);
    g_assert_cmpint(archive_write_data(archive, data, size), ==, size);
    archive_entry_free(entry);
}

static struct archive *
begin_zip(ImportFixture *fixture, const char *name)
{
    g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
    struct archive *archive = archive_write_new();

    archive_write_set_format_zip(archive);
    g_assert_cmpint(archive_write_open_filename(archive, path), ==, ARCHIVE_OK);
    return archive;
}

#define WHOLE(body) "<КоммерческаяИнформация>" body "</КоммерческаяИнформация>"

static void
write_zip(ImportFixture *fixture)
{
    static const char *const offers = WHOLE(OFFERS);
    static const char *const catalogue = WHOLE(CATALOGUE);
    struct archive *archive = begin_zip(fixture, "v8_3B8F_3e.zip");

    add_entry(archive, "../../offers0_1.xml", offers, strlen(offers));
    add_entry(archive, "import_files/xx/picture.jpg", "\xff\xd8", 2);
    add_entry(archive, "__MACOSX/._import0_1.xml", "\x00\x05\x16\x07", 4);
    add_entry(archive, "webdata/import0_1.xml", catalogue, strlen(catalogue));
    archive_write_free(archive);
}

static void
test_zip(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = g_build_filename(fixture->folder, "v8_3B8F_3e.zip", NULL);
    const char *const paths[] = {path, NULL};
    g_autoptr(GError) error = NULL;

    write_zip(fixture);
    import_fixture_import(fixture);
    assert_hammer(fixture);
    g_assert_cmpint(fixture->result.prices, ==, 1);
    kab_import_result_clear(&fixture->result);
    kab_commerceml_import(fixture->db, paths, NULL, NULL, NULL, &fixture->result, &error);
    g_assert_no_error(error);
    assert_hammer(fixture);
    g_assert_cmpint(fixture->result.n_warnings, ==, 0);
}

static void
assert_fails(ImportFixture *fixture, int code, const char *part, const char *other_part)
{
    g_autofree char *before = import_fixture_dump(fixture);
    g_autofree char *after = NULL;
    g_autoptr(GError) error = NULL;

    g_assert_false(import_fixture_try(fixture, &error));
    g_assert_error(error, KAB_ERROR, code);
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, part));
    g_assert_nonnull(strstr(error->message, other_part));
    g_assert_null(fixture->result.warnings);
    after = import_fixture_dump(fixture);
    g_assert_cmpstr(before, ==, after);
}

static void
test_broken_zip(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = g_build_filename(fixture->folder, "v8_3B8F_3e.zip", NULL);
    g_autofree char *contents = NULL;
    gsize size;

    write_zip(fixture);
    g_assert_true(g_file_get_contents(path, &contents, &size, NULL));
    memset(contents + 45, 0x55, 60);
    import_fixture_write(fixture, "v8_3B8F_3e.zip", contents, (gssize)size);
    assert_fails(fixture, KAB_ERROR_INVALID, "v8_3B8F_3e.zip", "");
    import_fixture_write(fixture, "v8_3B8F_3e.zip", "PK\x03\x04 no more", -1);
    assert_fails(fixture, KAB_ERROR_INVALID, "v8_3B8F_3e.zip", "");
}

/* A file of spaces is the cheapest thing to pack that a reader has to go through. */
static void
test_zip_bomb(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *spaces = g_strnfill(1024 * 1024, ' ');
    struct archive *archive = begin_zip(fixture, "bomb.zip");
    struct archive_entry *entry = archive_entry_new();

    archive_entry_set_pathname(entry, "import.xml");
    archive_entry_set_filetype(entry, AE_IFREG);
    g_assert_cmpint(archive_write_header(archive, entry), ==, ARCHIVE_OK);
    archive_entry_free(entry);
    archive_write_data(archive, "<КоммерческаяИнформация>", strlen("<КоммерческаяИнформация>"));
    for (int i = 0; i < 300; i++) {
        archive_write_data(archive, "<a/>", 4);
        archive_write_data(archive, spaces, 1024 * 1024);
    }
    archive_write_free(archive);
    assert_fails(fixture, KAB_ERROR_RANGE, "bomb.zip", "200 times");
}

static void
test_broken_file(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    import_fixture_write_body(fixture, "a.xml", CATALOGUE);
    import_fixture_import(fixture);
    import_fixture_write_body(fixture, "b.xml",
                              "<Каталог><Ид>c1</Ид><Товары>\n<Товар><Ид>p2</Ид>\n"
                              "<Наименование>Пила</Товар>\n</Товары></Каталог>");
    assert_fails(fixture, KAB_ERROR_INVALID, "b.xml”, line 5", "Наименование");
    import_fixture_write(fixture, "b.xml",
                         "<КоммерческаяИнформация><Каталог>\n<Товары><Товар>\n<Ид>p2</Ид></Товар>",
                         -1);
    assert_fails(fixture, KAB_ERROR_INVALID, "b.xml”, line 3", "ends too early");
    import_fixture_write(fixture, "b.xml",
                         "<КоммерческаяИнформация><Каталог/></КоммерческаяИнформация>\n<More/>",
                         -1);
    assert_fails(fixture, KAB_ERROR_INVALID, "b.xml”, line 2", "expected");
    import_fixture_write(fixture, "b.xml",
                         "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<КоммерческаяИнформация>"
                         "<Каталог><Ид>\xd2\xee\xe2</Ид></Каталог></КоммерческаяИнформация>",
                         -1);
    assert_fails(fixture, KAB_ERROR_INVALID, "b.xml”, line 2", "UTF-8");
    import_fixture_write(fixture, "b.xml", "", -1);
    assert_fails(fixture, KAB_ERROR_INVALID, "b.xml”, line 1", "ends too early");
}

static void
test_no_commerceml(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *path = g_build_filename(fixture->folder, "page.xml", NULL);
    g_autofree char *missing = g_build_filename(fixture->folder, "missing.xml", NULL);
    const char *const chosen[] = {path, NULL};
    const char *const absent[] = {missing, NULL};
    KabImportResult result;
    g_autoptr(GError) error = NULL;

    assert_fails(fixture, KAB_ERROR_NOT_FOUND, "No XML", fixture->folder);
    import_fixture_write(fixture, "page.xml", "<?xml version='1.0'?>\n<html/>", -1);
    assert_fails(fixture, KAB_ERROR_NOT_FOUND, "no CommerceML", "");
    g_assert_false(kab_commerceml_import(fixture->db, chosen, NULL, NULL, NULL, &result, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_assert_nonnull(strstr(error->message, "page.xml”, line 2"));
    g_assert_nonnull(strstr(error->message, "<КоммерческаяИнформация> was expected"));
    g_clear_error(&error);
    g_assert_false(kab_commerceml_import(fixture->db, absent, NULL, NULL, NULL, &result, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_assert_nonnull(strstr(error->message, "missing.xml"));
    /* Beside a file that is CommerceML it is passed over. */
    import_fixture_write_body(fixture, "a.xml", CATALOGUE);
    import_fixture_import(fixture);
    assert_hammer(fixture);
    g_assert_true(import_fixture_has_warning(fixture, "page.xml"));
}

static void
test_deep_nesting(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    GString *deep = g_string_new("<КоммерческаяИнформация><Классификатор>");

    for (int i = 0; i < 100000; i++)
        g_string_append(deep, "<Группы><Группа><Ид>g</Ид>");
    import_fixture_write(fixture, "a.xml", deep->str, (gssize)deep->len);
    assert_fails(fixture, KAB_ERROR_INVALID, "a.xml”, line 1", "depth");
    g_string_free(deep, TRUE);
}

static void
test_entities(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    GString *bomb = g_string_new("<?xml version=\"1.0\"?>\n<!DOCTYPE r [<!ENTITY a0 \"lol\">\n");

    for (int i = 1; i < 20; i++)
        g_string_append_printf(bomb, "<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;&a%d;\">\n",
                               i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1);
    g_string_append(bomb, "]>\n<КоммерческаяИнформация><Каталог><Ид>&a19;</Ид></Каталог>"
                          "</КоммерческаяИнформация>");
    import_fixture_write(fixture, "a.xml", bomb->str, (gssize)bomb->len);
    /* Which of the two guards is first is libxml2's affair. */
    assert_fails(fixture, KAB_ERROR_INVALID, "a.xml", "expected");
    g_string_free(bomb, TRUE);
    import_fixture_write(fixture, "a.xml",
                         "<?xml version=\"1.0\"?>\n<!DOCTYPE r [<!ENTITY f SYSTEM "
                         "\"file:///etc/passwd\">]>\n<КоммерческаяИнформация><Каталог><Ид>&f;</Ид>"
                         "</Каталог></КоммерческаяИнформация>",
                         -1);
    assert_fails(fixture, KAB_ERROR_INVALID, "a.xml", "document type");
}

static void
test_huge_text(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *large = g_strnfill(3 * 1024 * 1024, 'x');
    g_autofree char *huge = g_strnfill(12 * 1024 * 1024, 'x');
    g_autofree char *cut = g_strconcat(
        "<Каталог><Товары><Товар><Ид>p1</Ид><Наименование>Молоток</Наименование><Описание>x",
        "<![CDATA[яя]]>", large, "</Описание></Товар></Товары></Каталог>", NULL);
    g_autofree char *refused = g_strconcat("<Каталог><Ид>", huge, "</Ид></Каталог>", NULL);

    import_fixture_import_body(fixture, cut);
    assert_hammer(fixture);
    g_assert_true(import_fixture_has_warning(fixture, "cut"));
    g_assert_cmpint(import_fixture_int(fixture, "SELECT length(CAST(description AS BLOB))"
                                                " FROM product"),
                    ==, 1024 * 1024);
    import_fixture_write_body(fixture, "import.xml", refused);
    assert_fails(fixture, KAB_ERROR_INVALID, "import.xml”, line 3", "expected");
}

typedef struct {
    GCancellable *cancellable;
    gint64 last;
    gint64 total;
    guint calls;
} Watch;

static void
on_progress_cb(const char *file, gint64 done_bytes, gint64 total_bytes, gpointer data)
{
    Watch *watch = data;

    g_assert_true(g_str_has_suffix(file, ".xml"));
    g_assert_cmpint(done_bytes, >, watch->last);
    g_assert_cmpint(done_bytes, <=, total_bytes);
    watch->last = done_bytes;
    watch->total = total_bytes;
    if (++watch->calls == 2 && watch->cancellable != NULL)
        g_cancellable_cancel(watch->cancellable);
}

static void
test_cancel(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    const char *const paths[] = {fixture->folder, NULL};
    g_autoptr(GCancellable) cancellable = g_cancellable_new();
    g_autofree char *before = import_fixture_dump(fixture);
    g_autofree char *after = NULL;
    g_autofree char *body = NULL;
    GString *goods = g_string_new("<Каталог><Ид>c1</Ид><Товары>" PRODUCT);
    Watch watch = {.cancellable = cancellable};
    g_autoptr(GError) error = NULL;
    KabImportResult result;

    for (int i = 0; i < 3000; i++)
        g_string_append_printf(goods,
                               "<Товар><Ид>q%d</Ид><Наименование>Гвоздь</Наименование>"
                               "</Товар>",
                               i);
    g_string_append(goods, "</Товары></Каталог>");
    body = g_string_free(goods, FALSE);
    import_fixture_write_body(fixture, "a.xml", body);
    g_assert_false(kab_commerceml_import(fixture->db, paths, on_progress_cb, &watch, cancellable,
                                         &result, &error));
    g_assert_error(error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    after = import_fixture_dump(fixture);
    g_assert_cmpstr(before, ==, after);
    g_clear_error(&error);
    watch = (Watch){0};
    g_assert_true(
        kab_commerceml_import(fixture->db, paths, on_progress_cb, &watch, NULL, &result, &error));
    g_assert_no_error(error);
    g_assert_cmpint(result.products, ==, 3001);
    g_assert_cmpint(watch.last, ==, watch.total);
    kab_import_result_clear(&result);
}

static void
test_many_warnings(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *body = NULL;
    GString *offers = g_string_new("<ПакетПредложений><Предложения>");

    for (int i = 0; i < 1500; i++)
        g_string_append_printf(offers, "<Предложение><Ид>q%d</Ид></Предложение>", i);
    g_string_append(offers, "</Предложения></ПакетПредложений>");
    body = g_string_free(offers, FALSE);
    import_fixture_import_body(fixture, body);
    g_assert_cmpint(fixture->result.n_warnings, ==, 1500);
    g_assert_cmpuint(fixture->result.warnings->len, ==, KAB_IMPORT_WARNINGS_MAX);
}

/* Line numbers beyond what 16 bits hold. */
static void
test_many_lines(ImportFixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autofree char *lines = g_strnfill(100000, '\n');
    g_autofree char *body = g_strconcat("<Каталог>", lines, "<Ид></Каталог>", NULL);

    import_fixture_write_body(fixture, "a.xml", body);
    assert_fails(fixture, KAB_ERROR_INVALID, "a.xml”, line 100003", "expected");
}

int
main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*test)(ImportFixture *fixture, gconstpointer data);
    } tests[] = {
        {"/commerceml/namespaces", test_namespaces},
        {"/commerceml/unknown-elements", test_unknown_elements},
        {"/commerceml/encodings", test_encodings},
        {"/commerceml/split-files", test_split_files},
        {"/commerceml/zip", test_zip},
        {"/commerceml/broken-zip", test_broken_zip},
        {"/commerceml/zip-bomb", test_zip_bomb},
        {"/commerceml/broken-file", test_broken_file},
        {"/commerceml/no-commerceml", test_no_commerceml},
        {"/commerceml/deep-nesting", test_deep_nesting},
        {"/commerceml/entities", test_entities},
        {"/commerceml/huge-text", test_huge_text},
        {"/commerceml/cancel", test_cancel},
        {"/commerceml/many-warnings", test_many_warnings},
        {"/commerceml/many-lines", test_many_lines},
    };

    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].name, ImportFixture, NULL, import_fixture_set_up, tests[i].test,
                   import_fixture_tear_down);
    return g_test_run();
}
