/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-news-dialog.h"
#include "kab-news-page.h"
#include "ui-test.h"

static KabDataPage *
make_empty(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_news_page_new(client);
}

static KabDataPage *
make_page(void)
{
    KabDataPage *page = make_empty();

    fake_add_news("Closed on Friday", "Orders of Friday are packed on Monday.");
    fake_add_news("New catalogue", "");
    return page;
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

static gboolean
has_toast(gpointer text)
{
    return g_str_equal(ui_get_toast(), text);
}

static void
wait_toast(const char *text)
{
    ui_wait_for(has_toast, (gpointer)text);
    ui_settle();
}

static GtkWidget *
find_dialog(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_NEWS_DIALOG(l->data))
            return l->data;
    return NULL;
}

static GtkTextBuffer *
get_text(GtkWidget *dialog)
{
    return gtk_text_view_get_buffer(
        GTK_TEXT_VIEW(ui_child(dialog, KAB_TYPE_NEWS_DIALOG, "text_view")));
}

static GtkEditable *
get_title(GtkWidget *dialog)
{
    return GTK_EDITABLE(ui_child(dialog, KAB_TYPE_NEWS_DIALOG, "title_row"));
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_NEWS);
}

/* What was written outlives a closed dialog, and what was refused; pressed twice it is once. */
static void
test_write(void)
{
    KabDataPage *page = make_empty();
    GtkWindow *window = ui_show(page, 900, 700);
    GtkWidget *dialog;

    ui_wait_state(page, KAB_PAGE_EMPTY);
    ui_click(GTK_WIDGET(page), "Write news…");
    ui_settle();
    dialog = find_dialog();
    g_assert_nonnull(dialog);
    ui_act(dialog, "news.publish");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SET_NEWS), ==, 0); /* without a title */
    gtk_editable_set_text(get_title(dialog), "Closed on Friday");
    gtk_text_buffer_set_text(get_text(dialog), "Until Monday.", -1);
    gtk_window_close(GTK_WINDOW(dialog));
    ui_settle();
    ui_act(GTK_WIDGET(page), "news.write");
    ui_settle();
    dialog = find_dialog();
    g_assert_cmpstr(gtk_editable_get_text(get_title(dialog)), ==, "Closed on Friday");
    fake_fail(FAKE_SET_NEWS, KAB_ERROR_BUSY, "Nobody there");
    ui_click(dialog, "Publish");
    ui_wait_text(dialog, "Nobody there");
    fake_fail(FAKE_SET_NEWS, -1, NULL);
    fake_hold(FAKE_SET_NEWS);
    ui_act(dialog, "news.publish");
    ui_act(dialog, "news.publish");
    g_assert_cmpuint(fake_count_held(FAKE_SET_NEWS), ==, 1);
    fake_release_all(FAKE_SET_NEWS);
    wait_toast("The news are published");
    g_assert_null(find_dialog());
    g_assert_cmpuint(fake_count_news(), ==, 1);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Until Monday."));
    ui_close(window, page);
}

static void
test_take_back(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    ui_click(GTK_WIDGET(page), "Take back “New catalogue”");
    wait_toast("“New catalogue” is taken back");
    g_assert_false(ui_has_text(GTK_WIDGET(page), "New catalogue"));
    ui_key(GTK_WIDGET(window), "ctrl+z");
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "New catalogue"));
    g_assert_cmpuint(fake_count_news(), ==, 2);
    ui_close(window, page);
}

static void
test_closed(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_SET_NEWS);
    ui_click(GTK_WIDGET(page), "Take back “New catalogue”");
    ui_wait_held(FAKE_SET_NEWS);
    ui_act(GTK_WIDGET(page), "news.write");
    ui_settle();
    ui_close(window, page);
    g_assert_null(find_dialog());
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/news-page/states", test_states);
    g_test_add_func("/news-page/write", test_write);
    g_test_add_func("/news-page/take-back", test_take_back);
    g_test_add_func("/news-page/closed", test_closed);
    return g_test_run();
}
