/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-picture.h"
#include "kab-product.h"

#include <string.h>

static void
test_round_step(void)
{
    static const struct {
        gint64 quantity;
        gint64 step;
        gint64 less;
        gint64 more;
    } rows[] = {
        {2300, 500, 2000, 2500},
        {2500, 500, 2500, 2500},
        {1, 500, 0, 500},
        {0, 500, 0, 0},
        {2300, 0, 2300, 2300},
        {2300, -5, 2300, 2300},
        {KAB_QUANTITY_MAX, 7000, KAB_QUANTITY_MAX - 6000, KAB_QUANTITY_MAX - 6000},
        {1, KAB_QUANTITY_MAX, 0, KAB_QUANTITY_MAX},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const KabQuantity quantity = {rows[i].quantity};
        const KabQuantity step = {rows[i].step};

        g_assert_cmpint(kab_quantity_round_step(quantity, step, FALSE).milli, ==, rows[i].less);
        g_assert_cmpint(kab_quantity_round_step(quantity, step, TRUE).milli, ==, rows[i].more);
    }
}

static void
test_check_step(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(
        kab_product_check_step("Gloves", "pcs", (KabQuantity){0}, (KabQuantity){1}, &error));
    g_assert_true(kab_product_check_step("Gloves", "pcs", (KabQuantity){10000},
                                         (KabQuantity){20000}, &error));
    g_assert_no_error(error);
    g_assert_false(kab_product_check_step("Gloves", "pcs", (KabQuantity){10000},
                                          (KabQuantity){13000}, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_assert_cmpstr(error->message, ==,
                    "“Gloves” is ordered in multiples of 10 pcs: take 10 or 20");
    g_clear_error(&error);
    g_assert_false(
        kab_product_check_step("Gloves", NULL, (KabQuantity){10000}, (KabQuantity){1}, &error));
    g_assert_cmpstr(error->message, ==, "“Gloves” is ordered in multiples of 10: take 10");
}

static void
test_prices(void)
{
    static const struct {
        gint64 quantity;
        gint64 minor; /* 0: none */
    } rows[] = {{4999, 0}, {5000, 100}, {9999, 100}, {10000, 90}, {KAB_QUANTITY_MAX, 90}};
    g_autoptr(KabProduct) product = g_new0(KabProduct, 1);
    const KabPrice prices[] = {
        {.price = kab_money_new(90, "RUB"), .from = {10000}},
        {.price = kab_money_new(100, "RUB"), .from = {5000}},
    };

    g_assert_null(kab_product_find_price(product, (KabQuantity){1000}));
    product->prices = g_array_new(FALSE, FALSE, sizeof(KabPrice));
    g_array_append_vals(product->prices, prices, 2);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const KabPrice *price = kab_product_find_price(product, (KabQuantity){rows[i].quantity});

        g_assert_cmpint(price != NULL ? price->price.minor : 0, ==, rows[i].minor);
    }
}

static void
test_first_quantity(void)
{
    static const struct {
        gint64 step;
        gint64 from;
        gint64 first;
    } rows[] = {{0, 0, 1000},      {500, 0, 1000},    {300, 0, 1200},
                {10000, 0, 10000}, {0, 25000, 25000}, {10000, 25000, 30000}};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const KabProduct product = {.step = {rows[i].step}, .price_from = {rows[i].from}};

        g_assert_cmpint(kab_product_get_first_quantity(&product).milli, ==, rows[i].first);
    }
}

static void
test_picture_type(void)
{
    static const struct {
        const char *bytes;
        gsize size;
        const char *type;
    } rows[] = {
        {"\xff\xd8\xff\xe0 JFIF", 9, "image/jpeg"},
        {"\x89PNG\r\n\x1a\n1", 9, "image/png"},
        {"GIF89a1", 7, "image/gif"},
        {"GIF87a1", 7, "image/gif"},
        {"RIFF1234WEBPVP8 ", 16, "image/webp"},
        {"", 0, NULL},
        {"\x89PNG", 4, NULL},
        {"\x89PNG\r\n\x1a\n", 8, NULL}, /* and nothing more */
        {"RIFF1234WAVE", 12, NULL},
        {"XXXX1234WEBPVP8 ", 16, NULL},
        {"<svg xmlns='http://www.w3.org/2000/svg'/>", 41, NULL},
        {"GIF90a1", 7, NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GBytes) file = g_bytes_new_static(rows[i].bytes, rows[i].size);
        g_autoptr(GError) error = NULL;

        g_assert_cmpstr(kab_picture_find_type(file), ==, rows[i].type);
        g_assert_cmpstr(kab_picture_check(file, &error), ==, rows[i].type);
        g_assert_true((error == NULL) == (rows[i].type != NULL));
    }
}

static void
test_picture_size(void)
{
    g_autofree char *bytes = g_malloc0(KAB_PICTURE_MAX_BYTES + 1);
    g_autoptr(GBytes) most = NULL;
    g_autoptr(GBytes) more = NULL;
    g_autoptr(GError) error = NULL;

    memcpy(bytes, "GIF89a", 6);
    most = g_bytes_new_static(bytes, KAB_PICTURE_MAX_BYTES);
    more = g_bytes_new_static(bytes, KAB_PICTURE_MAX_BYTES + 1);
    g_assert_nonnull(kab_picture_check(most, &error));
    g_assert_null(kab_picture_check(more, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_RANGE);
}

static void
test_picture_hash(void)
{
    g_autoptr(GBytes) empty = g_bytes_new_static("", 0);
    g_autofree char *hash = kab_picture_hash(empty);
    g_autofree char *upper = g_ascii_strup(hash, -1);

    g_assert_cmpstr(hash, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    g_assert_true(kab_picture_is_hash(hash));
    g_assert_false(kab_picture_is_hash(upper));
    g_assert_false(kab_picture_is_hash(hash + 1));
    g_assert_false(kab_picture_is_hash("../../etc/passwd"));
    g_assert_false(kab_picture_is_hash(NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/product/round-step", test_round_step);
    g_test_add_func("/product/check-step", test_check_step);
    g_test_add_func("/product/prices", test_prices);
    g_test_add_func("/product/first-quantity", test_first_quantity);
    g_test_add_func("/product/picture-type", test_picture_type);
    g_test_add_func("/product/picture-size", test_picture_size);
    g_test_add_func("/product/picture-hash", test_picture_hash);
    return g_test_run();
}
