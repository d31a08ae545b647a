/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-id.h"

static void
test_random(void)
{
    KabOrderId a = kab_order_id_new();
    KabOrderId b = kab_order_id_new();
    KabOrderId parsed;

    g_assert_cmpstr(a.text, !=, b.text);
    g_assert_cmpint(a.text[14], ==, '4');
    g_assert_true(kab_order_id_parse(a.text, &parsed, NULL));
    g_assert_cmpstr(parsed.text, ==, a.text);
}

static void
test_parse(void)
{
    static const char *const bad[] = {NULL,
                                      "",
                                      "bd72d910",
                                      "bd72d910-55bc-11d9-848a-00112f43529",
                                      "bd72d910-55bc-11d9-848a-00112f43529aa",
                                      "bd72d910-55bc-11d9-848a-00112f43529g",
                                      "bd72d91055bc11d9848a00112f43529a",
                                      "{bd72d910-55bc-11d9-848a-00112f43529a}"};
    KabProductId id;

    g_assert_true(kab_product_id_parse("BD72D910-55bc-11D9-848A-00112f43529a", &id, NULL));
    g_assert_cmpstr(id.text, ==, "bd72d910-55bc-11d9-848a-00112f43529a");
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_false(kab_product_id_parse(bad[i], &id, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
    g_assert_cmpstr(kab_product_id_of(NULL).text, ==, "");
}

static void
test_from_source(void)
{
    const char *uuid = "bd72d910-55bc-11d9-848a-00112f43529a";
    char id[KAB_ID_SIZE];
    char again[KAB_ID_SIZE];

    kab_id_fill_from_source("product", uuid, id);
    g_assert_cmpstr(id, ==, uuid);
    kab_id_fill_from_source("product", "bd72d910-55bc-11d9-848a-00112f43529a#1", id);
    g_assert_true(g_uuid_string_is_valid(id));
    g_assert_cmpint(id[14], ==, '5');
    kab_id_fill_from_source("product", "bd72d910-55bc-11d9-848a-00112f43529a#1", again);
    g_assert_cmpstr(id, ==, again);
    kab_id_fill_from_source("group", "bd72d910-55bc-11d9-848a-00112f43529a#1", again);
    g_assert_cmpstr(id, !=, again);
    /* Released: this one must never change, or every stored reference is lost. */
    kab_id_fill_from_source("product", "*5108", id);
    g_assert_cmpstr(id, ==, "c12364bf-984a-5379-b95f-84f30e130ad2");
}

int
main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/id/random", test_random);
    g_test_add_func("/id/parse", test_parse);
    g_test_add_func("/id/from-source", test_from_source);
    return g_test_run();
}
