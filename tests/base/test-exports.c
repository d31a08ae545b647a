/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

/* Real exports of many producers lie in the folder that KABINET_EXPORTS names. The counts are those
 * of count-exports.py, which shares nothing with the importer. */
static const struct {
    const char *folder;
    gint64 counts[10];
} exports[] = {
    /* groups, products, offers, price types, prices, warehouses, stock, properties, partners,
     * deleted */
    {"ArgentCrusade__commerceml", {12, 1, 5, 0, 3, 0, 14, 0, 4, 0}},
    {"ArtemsWay__parser1c", {3, 9, 13, 1, 13, 2, 26, 4, 0, 5}},
    {"OlegVashkevich__commerceml", {30, 213, 1928, 0, 0, 0, 30848, 10, 0, 0}},
    {"bigperson__exchange1c", {5, 2, 2, 3, 6, 0, 2, 4, 0, 0}},
    {"bogutski__1C-CommerceML-to-JSON", {0, 540, 523, 1, 523, 0, 523, 6, 0, 6}},
    {"carono__php-commerceml", {22, 2, 5, 1, 5, 5, 5, 10, 0, 0}},
    {"dobromyslov__commerceml-parser", {13, 283, 44, 1, 44, 3, 132, 20, 0, 1}},
    {"gillbeits__commerceml", {97, 0, 978, 1, 978, 1, 978, 1908, 0, 12}},
    {"irpsv__commerceml", {10, 35, 1473, 12, 2990, 0, 99, 9, 0, 0}},
    {"oslrz__ndjs_site", {19, 271, 0, 0, 0, 0, 0, 0, 0, 0}},
    {"stee1cat__1c-exchange", {25, 0, 0, 0, 0, 13, 0, 0, 0, 0}},
    {"wagood__commerceml", {1, 1, 2, 1, 2, 0, 2, 0, 0, 0}},
};

static void
assert_counts(const KabImportResult *result, const gint64 *expected)
{
    g_assert_cmpint(result->groups, ==, expected[0]);
    g_assert_cmpint(result->products, ==, expected[1]);
    g_assert_cmpint(result->offers, ==, expected[2]);
    g_assert_cmpint(result->price_types, ==, expected[3]);
    g_assert_cmpint(result->prices, ==, expected[4]);
    g_assert_cmpint(result->warehouses, ==, expected[5]);
    g_assert_cmpint(result->stock, ==, expected[6]);
    g_assert_cmpint(result->properties, ==, expected[7]);
    g_assert_cmpint(result->partners, ==, expected[8]);
    g_assert_cmpint(result->deleted, ==, expected[9]);
}

/* What is counted is what is stored, except where a catalogue lists characteristics as products. */
static void
assert_stored(ImportFixture *fixture, const gint64 *expected)
{
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM product_group"), ==,
                    expected[0]);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM product"), <=, expected[1]);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM offer"), >=, expected[2]);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM price"), ==, expected[4]);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM stock"), ==, expected[6]);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM property"), ==, expected[7]);
    g_assert_cmpint(import_fixture_int(fixture, "SELECT COUNT(*) FROM partner"), ==, expected[8]);
}

static void
test_export(gconstpointer data)
{
    gsize i = GPOINTER_TO_SIZE(data);
    g_autofree char *path = g_build_filename(g_getenv("KABINET_EXPORTS"), exports[i].folder, NULL);
    const char *const paths[] = {path, NULL};
    g_autoptr(GError) error = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    ImportFixture fixture = {0};

    import_fixture_set_up(&fixture, NULL);
    kab_commerceml_import(fixture.db, paths, NULL, NULL, NULL, &fixture.result, &error);
    g_assert_no_error(error);
    assert_counts(&fixture.result, exports[i].counts);
    assert_stored(&fixture, exports[i].counts);
    for (guint w = 0; fixture.result.warnings != NULL && w < MIN(fixture.result.warnings->len, 5);
         w++)
        g_test_message("%s", (const char *)fixture.result.warnings->pdata[w]);

    import_fixture_clear_queue(&fixture);
    before = import_fixture_dump(&fixture);
    kab_import_result_clear(&fixture.result);
    kab_commerceml_import(fixture.db, paths, NULL, NULL, NULL, &fixture.result, &error);
    g_assert_no_error(error);
    assert_counts(&fixture.result, exports[i].counts);
    after = import_fixture_dump(&fixture);
    g_assert_cmpstr(before, ==, after);
    import_fixture_tear_down(&fixture, NULL);
}

static void
test_skipped(void)
{
    g_test_skip("KABINET_EXPORTS does not name a folder of real exports");
}

int
main(int argc, char **argv)
{
    const char *folder = g_getenv("KABINET_EXPORTS");

    g_test_init(&argc, &argv, NULL);
    if (folder == NULL || !g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_test_add_func("/exports", test_skipped);
        return g_test_run();
    }
    for (gsize i = 0; i < G_N_ELEMENTS(exports); i++) {
        g_autofree char *name = g_strconcat("/exports/", exports[i].folder, NULL);

        g_test_add_data_func(name, GSIZE_TO_POINTER(i), test_export);
    }
    return g_test_run();
}
