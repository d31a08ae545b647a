/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-segments-page.h"
#include "ui-test.h"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    client = fake_client_new_signed_in("fake:base", "admin");
    return kab_segments_page_new(client);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    return window;
}

static void
choose(KabDataPage *page, guint i)
{
    adw_combo_row_set_selected(
        ADW_COMBO_ROW(ui_child(page, KAB_TYPE_SEGMENTS_PAGE, "attribute_row")), i);
    ui_settle();
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_ATTRIBUTES);
    ui_check_states(make_page, FAKE_SEGMENTS);
}

static void
test_form(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "1 product"));
    choose(page, 1);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "12 products"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "1 product"));
    fake_hold(FAKE_FORM);
    ui_click(GTK_WIDGET(page), "Form “Acme & Sons”");
    ui_wait_held(FAKE_FORM);
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Form “Acme & Sons”")); /* not twice */
    fake_release_all(FAKE_FORM);
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "12 products are in the queue");
    fake_fail(FAKE_FORM, KAB_ERROR_NOT_FOUND, "No product has this value");
    fake_release_all(FAKE_FORM);
    ui_close(window, page);
}

/* An answer for what was chosen before does not come over what is chosen now. */
static void
test_choices(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_SEGMENTS);
    choose(page, 1);
    choose(page, 0);
    g_assert_cmpuint(fake_count_held(FAKE_SEGMENTS), ==, 1);
    fake_release_all(FAKE_SEGMENTS);
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "1 product"));
    ui_close(window, page);
}

static void
test_search(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    gtk_editable_set_text(GTK_EDITABLE(ui_child(page, KAB_TYPE_SEGMENTS_PAGE, "search_entry")),
                          "nothing");
    ui_wait_text(GTK_WIDGET(page), "No value has these words in it");
    ui_close(window, page);
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/segments/states", test_states);
    g_test_add_func("/segments/form", test_form);
    g_test_add_func("/segments/choices", test_choices);
    g_test_add_func("/segments/search", test_search);
    return g_test_run();
}
