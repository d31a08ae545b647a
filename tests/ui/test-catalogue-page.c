/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-basket-bar.h"
#include "kab-catalogue-page.h"
#include "kab-product-list.h"
#include "kab-product-row.h"
#include "kab-thumbnail.h"
#include "ui-test.h"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill(250, 0, FALSE);
    client = fake_client_new_signed_in("fake:portal", "anna");
    return kab_catalogue_page_new(client);
}

static GtkWidget *
get_part(KabDataPage *page, const char *name)
{
    return ui_child(ui_child(page, KAB_TYPE_CATALOGUE_PAGE, "product_list"), KAB_TYPE_PRODUCT_LIST,
                    name);
}

static GListModel *
get_model(KabDataPage *page)
{
    GtkWidget *list = get_part(page, "list_view");

    return G_LIST_MODEL(gtk_list_view_get_model(GTK_LIST_VIEW(list)));
}

static gboolean
has_100(gpointer data)
{
    return g_list_model_get_n_items(get_model(data)) == 100;
}

static gboolean
has_200(gpointer data)
{
    return g_list_model_get_n_items(get_model(data)) == 200;
}

static gboolean
has_250(gpointer data)
{
    return g_list_model_get_n_items(get_model(data)) == 250;
}

static void
search(KabDataPage *page, const char *text)
{
    GtkWidget *entry = ui_child(page, KAB_TYPE_CATALOGUE_PAGE, "search_entry");

    gtk_editable_set_text(GTK_EDITABLE(entry), text);
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_PRODUCTS);
}

static void
test_empty(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_reset();
    window = ui_show(page, 900, 600);
    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The catalogue is empty"));
    ui_close(window, page);
}

static void
test_content(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 600);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_wait_text(GTK_WIDGET(page), "Gloves");
    ui_wait_text(GTK_WIDGET(page), "12\xc2\xa0pcs in stock");
    ui_wait_text(GTK_WIDGET(page), "Protection");
    ui_settle();
    g_assert_false(gtk_widget_get_visible(ui_child(page, KAB_TYPE_CATALOGUE_PAGE, "spinner")));
    ui_close(window, page);
}

/* Further pages come as one scrolls towards them, and not before. */
static void
test_scroll(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 600);
    GtkWidget *list = get_part(page, "list_view");

    ui_wait_for(has_100, page);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_PRODUCTS), ==, 1);
    gtk_widget_activate_action(list, "list.scroll-to-item", "u", 99u);
    ui_wait_for(has_200, page);
    gtk_widget_activate_action(list, "list.scroll-to-item", "u", 199u);
    ui_wait_for(has_250, page);
    g_assert_cmpuint(fake_count_calls(FAKE_PRODUCTS), ==, 3);

    /* To come back does not lose the place. */
    kab_data_page_reload(page);
    ui_settle();
    g_assert_cmpuint(g_list_model_get_n_items(get_model(page)), ==, 250);
    ui_close(window, page);
}

static const char *
get_place(KabDataPage *page)
{
    return gtk_stack_get_visible_child_name(
        GTK_STACK(ui_child(page, KAB_TYPE_CATALOGUE_PAGE, "stack")));
}

static gboolean
is_unanswered(gpointer data)
{
    return g_str_equal(get_place(data), "unanswered");
}

static gboolean
is_listed(gpointer data)
{
    return g_str_equal(get_place(data), "list");
}

/* What the portal has not answered is not answered by what stood there before. */
static void
test_search_offline(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 600);
    guint calls;

    ui_wait_for(has_100, page);
    fake_fail(FAKE_PRODUCTS, KAB_ERROR_BUSY, "There is no connection");
    search(page, "Ham");
    ui_wait_for(is_unanswered, page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Not looked for yet"));
    search(page, "");
    ui_wait_for(is_listed, page);
    g_assert_true(has_100(page));
    search(page, "Goggles");
    ui_wait_for(is_unanswered, page);

    /* The connection is back: this is asked, and not the list of before. */
    fake_fail(FAKE_PRODUCTS, -1, NULL);
    calls = fake_count_calls(FAKE_PRODUCTS);
    kab_data_page_reload(page);
    ui_wait_for(is_listed, page);
    g_assert_cmpstr(fake_get_last_text(), ==, "Goggles");
    g_assert_cmpuint(fake_count_calls(FAKE_PRODUCTS), ==, calls + 1);
    ui_close(window, page);
}

static void
measure(GtkWidget *widget, int *minimum, int *natural)
{
    gtk_widget_measure(widget, GTK_ORIENTATION_HORIZONTAL, -1, minimum, natural, NULL, NULL);
}

static gboolean
is_whole(gpointer data)
{
    int natural;

    measure(data, NULL, &natural);
    return gtk_widget_get_width(data) >= natural;
}

/* However large the letters are and however narrow the window is, stock, price and the basket's sum
 * are told whole, and the page is not wider than the window. */
static void
test_narrow(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;
    GtkWidget *row;
    GtkWidget *bar;
    int minimum;

    fake_put_into_basket(0, 3000);
    fake_get_product(0)->price.minor = 123456789;
    window = ui_show(page, 400, 700);
    g_object_set(gtk_settings_get_default(), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
    ui_wait_for(has_100, page);
    row = ui_find(GTK_WIDGET(page), KAB_TYPE_PRODUCT_ROW, NULL);
    ui_wait_for(is_whole, ui_child(row, KAB_TYPE_PRODUCT_ROW, "stock_label"));
    ui_wait_for(is_whole, ui_child(row, KAB_TYPE_PRODUCT_ROW, "price_label"));
    measure(GTK_WIDGET(page), &minimum, NULL);
    g_assert_cmpint(minimum, <=, 400);
    bar = ui_find(GTK_WIDGET(page), KAB_TYPE_BASKET_BAR, NULL);
    g_assert_false(pango_layout_is_ellipsized(
        gtk_label_get_layout(GTK_LABEL(ui_child(bar, KAB_TYPE_BASKET_BAR, "label")))));
    g_object_set(gtk_settings_get_default(), "gtk-xft-dpi", 96 * 1024, NULL);
    ui_close(window, page);
}

/* The answer of an older query never replaces that of a newer one. */
static void
test_answer_order(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 600);

    ui_wait_for(has_100, page);
    fake_hold(FAKE_PRODUCTS);
    search(page, "Ham");
    ui_settle();
    ui_settle();
    ui_settle();
    ui_settle();
    g_assert_cmpuint(fake_count_held(FAKE_PRODUCTS), ==, 1);
    g_assert_cmpstr(fake_get_last_text(), ==, "Ham");
    search(page, "Goggles");
    ui_settle();
    ui_settle();
    ui_settle();
    ui_settle();
    g_assert_cmpstr(fake_get_last_text(), ==, "Goggles");
    while (fake_count_held(FAKE_PRODUCTS) > 0)
        fake_release(FAKE_PRODUCTS, fake_count_held(FAKE_PRODUCTS) - 1); /* the newest first */
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Goggles"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Hammer"));
    fake_release_all(FAKE_PRODUCTS);

    search(page, "nothing at all");
    ui_wait_text(GTK_WIDGET(page), "Nothing found");
    g_assert_true(gtk_widget_get_mapped(ui_child(page, KAB_TYPE_CATALOGUE_PAGE, "search_entry")));
    ui_close(window, page);
}

static void
on_basket_changed(KabDataPage *page G_GNUC_UNUSED, guint n, gpointer data)
{
    *(guint *)data = n;
}

static gboolean
is_two(gpointer data)
{
    return *(guint *)data == 2;
}

static void
test_add(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 600);
    GtkWidget *spin;
    guint told = 0;

    g_signal_connect(page, "basket-changed", G_CALLBACK(on_basket_changed), &told);
    ui_wait_text(GTK_WIDGET(page), "Gloves");
    ui_click(GTK_WIDGET(page), "Add “Gloves” to the basket");
    spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Hammer”");
    gtk_editable_set_text(GTK_EDITABLE(spin), "2,5");
    ui_click(GTK_WIDGET(page), "Add “Hammer” to the basket");
    ui_click(GTK_WIDGET(page), "Add “Gloves” to the basket");
    ui_wait_for(is_two, &told);
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "2\xc2\xa0pcs in the basket"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "2.5\xc2\xa0pcs in the basket"));
    g_assert_cmpint(kab_order_get_line(fake_get_basket(), 0)->quantity.milli +
                        kab_order_get_line(fake_get_basket(), 1)->quantity.milli,
                    ==, 4500);

    fake_fail(FAKE_SET_BASKET, KAB_ERROR_INVALID, "Not more than 5 of it");
    ui_click(GTK_WIDGET(page), "Add “Gloves” to the basket");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "Not more than 5 of it");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "2\xc2\xa0pcs in the basket"));
    ui_close(window, page);
}

static void
test_closed_while_adding(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 600);

    ui_wait_text(GTK_WIDGET(page), "Gloves");
    fake_hold(FAKE_SET_BASKET);
    ui_click(GTK_WIDGET(page), "Add “Gloves” to the basket");
    g_assert_cmpuint(fake_count_held(FAKE_SET_BASKET), ==, 1);
    ui_close(window, page);
}

static gboolean
has_line(gpointer data G_GNUC_UNUSED)
{
    return fake_get_basket()->lines->len == 1;
}

/* From the search entry into the basket without a pointer. */
static void
test_keyboard(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 600);

    ui_wait_text(GTK_WIDGET(page), "Gloves");
    kab_catalogue_page_focus_search(KAB_CATALOGUE_PAGE(page));
    search(page, "Drill");
    ui_wait_text(GTK_WIDGET(page), "Drill");
    ui_settle();
    ui_settle();
    ui_settle();
    ui_settle();
    ui_key(GTK_WIDGET(window), "Return");
    ui_key(GTK_WIDGET(window), "plus");
    ui_wait_for(has_line, NULL);
    g_assert_cmpstr(kab_order_get_line(fake_get_basket(), 0)->name, ==, "Drill");
    ui_close(window, page);
}

static gboolean
has_pictures(gpointer data)
{
    GtkWidget *thumbnail = ui_find(data, KAB_TYPE_THUMBNAIL, NULL);

    return thumbnail != NULL && kab_thumbnail_has_picture(KAB_THUMBNAIL(thumbnail));
}

static void
picture_all(void)
{
    for (guint i = 0; i < 250; i++) {
        g_autofree char *hash = g_strdup_printf("%03u", i);

        kab_product_add_picture(fake_get_product(i), hash);
    }
}

/* Pictures are fetched for the rows that are there, and given up with them. */
static void
test_pictures(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;
    GtkWidget *row;
    int before;

    picture_all();
    fake_hold(FAKE_PICTURE);
    window = ui_show(page, 900, 600);
    ui_wait_for(has_100, page);
    ui_settle();
    g_assert_cmpuint(fake_count_held(FAKE_PICTURE), >, 5);
    row = ui_find(GTK_WIDGET(page), KAB_TYPE_PRODUCT_ROW, NULL);
    before = gtk_widget_get_height(row);
    search(page, "Ham");
    ui_wait_text(GTK_WIDGET(page), "Hammer 2");
    ui_settle();
    g_assert_cmpuint(fake_count_held(FAKE_PICTURE), <, 30);
    fake_release_all(FAKE_PICTURE);
    ui_wait_for(has_pictures, page);
    row = ui_find(GTK_WIDGET(page), KAB_TYPE_PRODUCT_ROW, NULL);
    g_assert_cmpint(gtk_widget_get_height(row), ==, before); /* nothing has jumped */
    ui_close(window, page);
}

static void
test_broken_picture(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    kab_product_add_picture(fake_get_product(0), "zz");
    window = ui_show(page, 900, 600);
    ui_wait_text(GTK_WIDGET(page), "Gloves");
    ui_settle();
    g_assert_false(has_pictures(page));
    g_assert_cmpuint(fake_count_calls(FAKE_PICTURE), ==, 1);
    ui_close(window, page);
}

static void
test_closed_while_pictures_come(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    picture_all();
    fake_hold(FAKE_PICTURE);
    window = ui_show(page, 900, 600);
    ui_wait_held(FAKE_PICTURE);
    ui_close(window, page);
    g_assert_cmpuint(fake_count_held(FAKE_PICTURE), ==, 0);
}

/* The same products, and the same keys. */
static void
test_grid(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;
    GtkWidget *grid;

    picture_all();
    window = ui_show(page, 900, 700);
    ui_wait_text(GTK_WIDGET(page), "Gloves");
    kab_catalogue_page_focus_search(KAB_CATALOGUE_PAGE(page));
    ui_key(GTK_WIDGET(window), "ctrl+t");
    grid = get_part(page, "grid_view");
    g_assert_true(gtk_widget_get_mapped(grid));
    g_assert_null(gtk_list_view_get_model(GTK_LIST_VIEW(get_part(page, "list_view"))));
    ui_wait_text(grid, "Hammer");
    ui_wait_for(has_pictures, page);
    g_assert_cmpuint(fake_count_calls(FAKE_PRODUCTS), <=, 2);
    search(page, "Drill");
    ui_wait_text(grid, "Drill 1");
    ui_settle();
    ui_settle();
    ui_key(GTK_WIDGET(window), "Return");
    ui_key(GTK_WIDGET(window), "plus");
    ui_wait_for(has_line, NULL);
    g_assert_cmpstr(kab_order_get_line(fake_get_basket(), 0)->name, ==, "Drill");
    ui_click(GTK_WIDGET(page), "As a list");
    ui_settle();
    g_assert_true(gtk_widget_get_mapped(get_part(page, "list_view")));
    ui_close(window, page);
}

static void
test_basket_bar(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = ui_show(page, 900, 600);

    ui_wait_text(GTK_WIDGET(page), "The basket is empty");
    ui_wait_text(GTK_WIDGET(page), "Gloves");
    ui_click(GTK_WIDGET(page), "Add “Gloves” to the basket");
    ui_wait_text(GTK_WIDGET(page), "1 product · 125.50\xc2\xa0₽");
    g_assert_nonnull(ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, "Basket"));
    ui_close(window, page);
}

/* By tens: the row begins with ten, and says what is wrong before it asks. */
static void
test_step(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;
    GtkWidget *spin;

    fake_complete_product(0, 10 * KAB_QUANTITY_ONE);
    window = ui_show(page, 900, 600);
    ui_wait_text(GTK_WIDGET(page), "12\xc2\xa0pcs in stock · 3 days ago");
    spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, "Quantity of “Gloves”");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(spin)), ==, "10");
    gtk_spin_button_spin(GTK_SPIN_BUTTON(spin), GTK_SPIN_STEP_FORWARD, 0);
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(spin)), ==, "20");
    gtk_editable_set_text(GTK_EDITABLE(spin), "13");
    ui_click(GTK_WIDGET(page), "Add “Gloves” to the basket");
    g_assert_cmpstr(ui_get_toast(), ==,
                    "“Gloves” is ordered in multiples of 10 pcs: take 10 or 20");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SET_BASKET), ==, 0);
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/catalogue/states", test_states);
    g_test_add_func("/catalogue/empty", test_empty);
    g_test_add_func("/catalogue/content", test_content);
    g_test_add_func("/catalogue/scroll", test_scroll);
    g_test_add_func("/catalogue/search-offline", test_search_offline);
    g_test_add_func("/catalogue/narrow", test_narrow);
    g_test_add_func("/catalogue/answer-order", test_answer_order);
    g_test_add_func("/catalogue/add", test_add);
    g_test_add_func("/catalogue/closed-while-adding", test_closed_while_adding);
    g_test_add_func("/catalogue/keyboard", test_keyboard);
    g_test_add_func("/catalogue/pictures", test_pictures);
    g_test_add_func("/catalogue/broken-picture", test_broken_picture);
    g_test_add_func("/catalogue/closed-while-pictures-come", test_closed_while_pictures_come);
    g_test_add_func("/catalogue/grid", test_grid);
    g_test_add_func("/catalogue/basket-bar", test_basket_bar);
    g_test_add_func("/catalogue/step", test_step);
    return g_test_run();
}
