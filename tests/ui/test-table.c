/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-table.h"

#include <glib/gstdio.h>
#include <string.h>

static KabTable *
make_table(void)
{
    KabTable *table = kab_table_new("Заказ");

    kab_table_add_row(table);
    kab_table_add_text(table, "Название");
    kab_table_add_text(table, "Цена");
    kab_table_add_row(table);
    kab_table_add_text(table, "=HYPERLINK(\"http://evil.example\")");
    kab_table_add_number(table, g_strdup("-1234.50"));
    kab_table_add_row(table);
    kab_table_add_text(table, "+7 900");
    kab_table_add_text(table, "a;b\n\"c\"");
    kab_table_add_row(table);
    kab_table_add_text(table, "@SUM(A1)");
    kab_table_add_text(table, "-2");
    kab_table_add_row(table);
    kab_table_add_text(table, NULL);
    kab_table_add_text(table, "{=1+1}");
    return table;
}

static void
test_csv(void)
{
    g_autoptr(KabTable) table = make_table();
    g_autoptr(GBytes) bytes = kab_table_to_bytes(table, KAB_TABLE_CSV, NULL);
    const char expected[] = "\xef\xbb\xbf"
                            "\"Название\";\"Цена\"\r\n"
                            "\"'=HYPERLINK(\"\"http://evil.example\"\")\";-1234,50\r\n"
                            "\"'+7 900\";\"a;b\n\"\"c\"\"\"\r\n"
                            "\"'@SUM(A1)\";\"'-2\"\r\n"
                            "\"\";\"{=1+1}\"\r\n";

    g_assert_cmpmem(g_bytes_get_data(bytes, NULL), (int)g_bytes_get_size(bytes), expected,
                    sizeof expected - 1);
}

/* What python's zipfile and XML parser see in it: no formula, the texts as they are. */
static const char look[] =
    "import sys, zipfile, xml.etree.ElementTree as E\n"
    "book = zipfile.ZipFile(sys.argv[1])\n"
    "n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'\n"
    "texts = [t.text for t in E.fromstring(book.read('xl/sharedStrings.xml')).iter(n + 't')]\n"
    "sheet = E.fromstring(book.read('xl/worksheets/sheet1.xml'))\n"
    "assert not list(sheet.iter(n + 'f')), 'a formula'\n"
    "for text in ('=HYPERLINK(\"http://evil.example\")', '+7 900', '@SUM(A1)', '-2', '{=1+1}',\n"
    "             'a;b\\n\"c\"', 'Название'):\n"
    "    assert text in texts, (text, texts)\n"
    "cell, = [c for c in sheet.iter(n + 'c') if c.get('r') == 'B2']\n"
    "assert cell.get('t') is None and float(cell.find(n + 'v').text) == -1234.5, cell.attrib\n";

static void
test_xlsx(void)
{
    g_autoptr(KabTable) table = make_table();
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) bytes = kab_table_to_bytes(table, KAB_TABLE_XLSX, &error);
    g_autofree char *folder = g_dir_make_tmp("table-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "t.xlsx", NULL);
    const char *argv[] = {"python3", "-c", look, path, NULL};
    int status = -1;

    g_assert_no_error(error);
    g_assert_true(g_file_set_contents(path, g_bytes_get_data(bytes, NULL),
                                      (gssize)g_bytes_get_size(bytes), NULL));
    g_assert_true(g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, &status, &error));
    g_assert_no_error(error);
    g_assert_cmpint(status, ==, 0);
    g_unlink(path);
    g_rmdir(folder);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/table/csv", test_csv);
    g_test_add_func("/table/xlsx", test_xlsx);
    return g_test_run();
}
