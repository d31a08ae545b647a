/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-catalogue-page.h"
#include "kab-product-row.h"
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

static GListModel *
get_model(KabDataPage *page)
{
    GtkWidget *list = ui_child(page, KAB_TYPE_CATALOGUE_PAGE, "list_view");

    return G_LIST_MODEL(gtk_list_view_get_model(GTK_LIST_VIEW(list)));
}

static gboolean
has_100(gpointer data)
{
    return g_list_model_get_n_items(get_model(data)) == 100;
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
    GtkWidget *list = ui_child(page, KAB_TYPE_CATALOGUE_PAGE, "list_view");

    ui_wait_for(has_100, page);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_PRODUCTS), ==, 1);
    gtk_widget_activate_action(list, "list.scroll-to-item", "u", 99u);
    ui_settle();
    gtk_widget_activate_action(list, "list.scroll-to-item", "u", 199u);
    ui_wait_for(has_250, page);
    g_assert_cmpuint(fake_count_calls(FAKE_PRODUCTS), ==, 3);

    /* To come back does not lose the place. */
    kab_data_page_reload(page);
    ui_settle();
    g_assert_cmpuint(g_list_model_get_n_items(get_model(page)), ==, 250);
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
    ui_key(GTK_WIDGET(window), "Return");
    ui_wait_for(has_line, NULL);
    g_assert_cmpstr(kab_order_get_line(fake_get_basket(), 0)->name, ==, "Drill");
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
    g_test_add_func("/catalogue/answer-order", test_answer_order);
    g_test_add_func("/catalogue/add", test_add);
    g_test_add_func("/catalogue/closed-while-adding", test_closed_while_adding);
    g_test_add_func("/catalogue/keyboard", test_keyboard);
    return g_test_run();
}
