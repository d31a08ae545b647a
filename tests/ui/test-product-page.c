/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-product-page.h"
#include "kab-thumbnail.h"
#include "kab-value-row.h"
#include "ui-test.h"

static KabDataPage *
make_page_for(const char *login, gint64 step)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill(12, 0, FALSE);
    fake_complete_product(0, step);
    client = fake_client_new_signed_in("fake:portal", login);
    return kab_product_page_new(client, fake_get_product(0)->id);
}

static KabDataPage *
make_page(void)
{
    return make_page_for("anna", 0);
}

static GtkWidget *
get_child(KabDataPage *page, const char *id)
{
    return ui_child(page, KAB_TYPE_PRODUCT_PAGE, id);
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_PRODUCT);
}

static void
test_content(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 800, 900);

    ui_wait_text(GTK_WIDGET(page), "Gloves");
    g_assert_cmpstr(kab_data_page_get_title(page), ==, "Gloves");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "ART-0001"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "From 100\xc2\xa0pcs"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "9\xc2\xa0pcs · 5 minutes ago"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "3\xc2\xa0pcs · 3 days ago"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "For wet and dry work."));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Latex, cotton"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Example works"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "1 of 2"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The basket is empty"));
    ui_close(window, page);
}

/* What nothing is known of is not there; the price is said once. */
static void
test_bare(void)
{
    g_autoptr(KabClient) client = NULL;
    KabDataPage *page;
    GtkWindow *window;

    fake_reset();
    fake_fill(12, 0, FALSE);
    client = fake_client_new_signed_in("fake:portal", "anna");
    page = kab_product_page_new(client, fake_get_product(10)->id); /* has no price */
    window = ui_show(page, 400, 700);
    ui_wait_text(GTK_WIDGET(page), "No price");
    g_assert_false(gtk_widget_get_visible(get_child(page, "order_box")));
    g_assert_false(gtk_widget_get_visible(get_child(page, "price_group")));
    g_assert_false(gtk_widget_get_visible(get_child(page, "property_group")));
    g_assert_false(gtk_widget_get_visible(get_child(page, "picture_box")));
    ui_act(GTK_WIDGET(page), "product.next-picture");
    ui_act(GTK_WIDGET(page), "product.add");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SET_BASKET), ==, 0);
    ui_close(window, page);
}

static void
type(KabDataPage *page, const char *text)
{
    GtkWidget *spin = get_child(page, "spin");

    gtk_editable_set_text(GTK_EDITABLE(spin), text);
    gtk_spin_button_update(GTK_SPIN_BUTTON(spin));
}

static int
find_reached(KabDataPage *page)
{
    GtkWidget *row = gtk_widget_get_first_child(get_child(page, "price_list"));

    for (int i = 0; row != NULL; i++, row = gtk_widget_get_next_sibling(row))
        if (gtk_widget_has_css_class(row, "reached"))
            return i;
    return -1;
}

static void
test_prices_by_quantity(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 800, 900);

    ui_wait_text(GTK_WIDGET(page), "Sum: 125.50\xc2\xa0₽");
    g_assert_cmpint(find_reached(page), ==, 0);
    type(page, "100");
    g_assert_cmpint(find_reached(page), ==, 1);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Sum: 11\xc2\xa0"
                                                "550.00\xc2\xa0₽"));
    type(page, "99,999");
    g_assert_cmpint(find_reached(page), ==, 0);
    type(page, "5000");
    g_assert_cmpint(find_reached(page), ==, 2);
    ui_close(window, page);
}

static gboolean
has_picture(gpointer data)
{
    return kab_thumbnail_has_picture(KAB_THUMBNAIL(get_child(data, "thumbnail")));
}

static void
test_pictures(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 800, 900);
    int height;

    ui_wait_for(has_picture, page);
    height = gtk_widget_get_height(get_child(page, "thumbnail"));
    ui_click(GTK_WIDGET(page), "Next picture");
    ui_wait_text(GTK_WIDGET(page), "2 of 2");
    ui_wait_for(has_picture, page);
    g_assert_cmpint(gtk_widget_get_height(get_child(page, "thumbnail")), ==, height);
    ui_click(GTK_WIDGET(page), "Next picture");
    ui_wait_text(GTK_WIDGET(page), "1 of 2");
    ui_click(GTK_WIDGET(page), "Previous picture");
    ui_wait_text(GTK_WIDGET(page), "2 of 2");
    ui_close(window, page);
}

static gboolean
has_line(gpointer data G_GNUC_UNUSED)
{
    return fake_get_basket()->lines->len == 1;
}

static void
test_add(void)
{
    KabDataPage *page = make_page_for("anna", 10 * KAB_QUANTITY_ONE);
    GtkWindow *window = ui_show(page, 800, 900);

    ui_wait_text(GTK_WIDGET(page), "Ordered in multiples of 10\xc2\xa0pcs");
    ui_click(GTK_WIDGET(page), "Add to basket");
    ui_wait_for(has_line, NULL);
    ui_wait_text(GTK_WIDGET(page), "10\xc2\xa0pcs in the basket");
    ui_wait_text(GTK_WIDGET(page), "1 product · 1\xc2\xa0"
                                   "255.00\xc2\xa0₽");
    type(page, "7");
    ui_click(GTK_WIDGET(page), "Add to basket");
    g_assert_cmpstr(ui_get_toast(), ==,
                    "“Gloves” is ordered in multiples of 10 pcs: take 10 or 20");
    type(page, "10");
    fake_fail(FAKE_SET_BASKET, KAB_ERROR_STATE, "Sold out");
    ui_click(GTK_WIDGET(page), "Add to basket");
    ui_settle();
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "Sold out");
    ui_wait_text(GTK_WIDGET(page), "10\xc2\xa0pcs in the basket"); /* what stands there */
    ui_close(window, page);
}

static void
test_viewer(void)
{
    KabDataPage *page = make_page_for("viewer", 0);
    GtkWindow *window = ui_show(page, 800, 900);

    ui_wait_text(GTK_WIDGET(page), "Gloves");
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Add to basket"));
    ui_act(GTK_WIDGET(page), "product.add");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SET_BASKET), ==, 0);
    ui_close(window, page);
}

static void
test_closed_while_pending(void)
{
    static const FakeCall calls[] = {FAKE_BASKET, FAKE_PICTURE, FAKE_SET_BASKET};

    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
        KabDataPage *page = make_page();
        GtkWindow *window;

        fake_hold(calls[i]);
        window = ui_show(page, 800, 900);
        ui_wait_text(GTK_WIDGET(page), "Gloves");
        if (calls[i] == FAKE_SET_BASKET)
            ui_click(GTK_WIDGET(page), "Add to basket");
        ui_wait_held(calls[i]);
        ui_close(window, page);
        /* What was put into the basket goes there all the same. */
        g_assert_cmpuint(fake_count_held(calls[i]), ==, calls[i] == FAKE_SET_BASKET);
        fake_release_all(calls[i]);
        ui_settle();
    }
    g_assert_cmpuint(fake_get_basket()->lines->len, >, 0);
}

/* Turns the pictures and puts into the basket without a pointer. */
static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 800, 900);

    ui_wait_text(GTK_WIDGET(page), "Gloves");
    gtk_widget_grab_focus(get_child(page, "spin"));
    ui_key(GTK_WIDGET(window), "alt+Page_Down");
    ui_wait_text(GTK_WIDGET(page), "2 of 2");
    ui_key(GTK_WIDGET(window), "ctrl+Return");
    ui_wait_for(has_line, NULL);
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/product/states", test_states);
    g_test_add_func("/product/content", test_content);
    g_test_add_func("/product/bare", test_bare);
    g_test_add_func("/product/prices-by-quantity", test_prices_by_quantity);
    g_test_add_func("/product/pictures", test_pictures);
    g_test_add_func("/product/add", test_add);
    g_test_add_func("/product/viewer", test_viewer);
    g_test_add_func("/product/closed-while-pending", test_closed_while_pending);
    g_test_add_func("/product/keyboard", test_keyboard);
    return g_test_run();
}
