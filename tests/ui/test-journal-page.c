/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-journal-page.h"
#include "kab-journal-row.h"
#include "kab-period-button.h"
#include "ui-test.h"

#define ORDER "00000002-0000-4000-8000-000000000001"

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_add_journal(FALSE, "POST messages", "connection refused by 10.0.0.9");
    fake_add_journal(TRUE, "GET queue", NULL);
    fake_add_journal(FALSE, "put", NULL);
    fake_add_journal(FALSE, "POST messages, edited by admin: the article was wrong", NULL);
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_journal_page_new(client);
}

static KabDataPage *
make_empty_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    client = fake_client_new_signed_in("fake:base", "admin");
    return kab_journal_page_new_for_base(client);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

static void
test_states(void)
{
    KabDataPage *page = make_empty_page();
    GtkWindow *window = ui_show(page, 900, 700);

    ui_wait_state(page, KAB_PAGE_EMPTY);
    g_assert_cmpstr(kab_data_page_get_title(page), ==, "Base journal");
    ui_close(window, page);
    ui_check_states(make_page, FAKE_JOURNAL);
}

static void
test_rows(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "Messages sent · 1 object"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "connection refused by 10.0.0.9"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Messages handed over · 1 object"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Queued by hand · 1 object"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Error"));
    g_assert_true(ui_has_text(GTK_WIDGET(page),
                              "Messages sent · edited by admin: the article was wrong · 1 object"));
    ui_close(window, page);
}

static void
choose(KabDataPage *page, const char *name, guint i)
{
    GtkWidget *dropdown = ui_find(GTK_WIDGET(page), GTK_TYPE_DROP_DOWN, name);

    g_assert_nonnull(dropdown);
    gtk_drop_down_set_selected(GTK_DROP_DOWN(dropdown), i);
    ui_wait_calls(FAKE_JOURNAL, 0);
    ui_settle();
}

static void
test_filters(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *period = ui_find(GTK_WIDGET(page), KAB_TYPE_PERIOD_BUTTON, NULL);
    const KabJournalQuery *query = fake_get_journal_query();

    choose(page, "Outcome", 1);
    g_assert_cmpstr(query->outcome, ==, "error");
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Messages handed over · 1 object"));
    choose(page, "Direction", 2);
    g_assert_cmpstr(query->direction, ==, "outgoing");
    choose(page, "Kind of object", 1);
    g_assert_cmpstr(query->kind, ==, "group");
    kab_period_button_set(KAB_PERIOD_BUTTON(period), kab_date_of("2026-01-01"),
                          kab_date_of("2026-01-31"));
    ui_settle();
    g_assert_cmpint(query->since, ==, G_GINT64_CONSTANT(1767225600000));
    g_assert_cmpint(query->until, ==, G_GINT64_CONSTANT(1769904000000)); /* all of the last day */
    ui_close(window, page);
}

static void
search(KabDataPage *page, const char *text)
{
    GtkWidget *entry = ui_find(GTK_WIDGET(page), GTK_TYPE_SEARCH_ENTRY, NULL);

    gtk_editable_set_text(GTK_EDITABLE(entry), text);
    g_signal_emit_by_name(entry, "search-changed");
    ui_settle();
}

/* An object is known by its id, an order by what people say of its number. */
static void
test_object(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_set_number("14", ORDER);
    g_strlcpy(((KabJournalObject *)fake_get_journal(1)->objects->pdata[0])->id, ORDER, KAB_ID_SIZE);
    window = show(page);
    search(page, "14");
    g_assert_cmpstr(fake_get_journal_query()->object_id, ==, ORDER);
    g_assert_true(fake_get_journal_query()->newest_first);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Messages handed over"));
    g_assert_false(ui_has_text(GTK_WIDGET(page), "Messages sent · 1 object"));
    search(page, "15");
    ui_wait_text(GTK_WIDGET(page), "Nothing found");
    search(page, "");
    ui_wait_text(GTK_WIDGET(page), "Messages sent · 1 object");
    ui_close(window, page);
}

/* What is called so is looked for among the chosen kind, or all; that it is not there is said in
 * the service's words. */
static void
test_called(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    fake_set_called("group", "Перчатки", ORDER);
    g_strlcpy(((KabJournalObject *)fake_get_journal(1)->objects->pdata[0])->id, ORDER, KAB_ID_SIZE);
    window = show(page);
    search(page, "Перчатки");
    g_assert_cmpstr(fake_get_journal_query()->object_id, ==, ORDER);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Messages handed over"));
    choose(page, "Kind of object", 2);
    ui_wait_text(GTK_WIDGET(page), "Nothing of the kind price-type is called <Перчатки> here");
    choose(page, "Kind of object", 1);
    g_assert_cmpstr(fake_get_journal_query()->object_id, ==, ORDER);
    choose(page, "Kind of object", 0);
    ui_wait_text(GTK_WIDGET(page), "Messages handed over");
    search(page, "перчатка & Co");
    ui_wait_text(GTK_WIDGET(page), "Nothing of the kind any is called <перчатка & Co> here");
    fake_fail(FAKE_FIND_OBJECT, KAB_ERROR_INVALID, "Several are called so");
    search(page, "Перчатка");
    ui_wait_text(GTK_WIDGET(page), "Several are called so");
    fake_fail(FAKE_FIND_OBJECT, -1, NULL);
    /* Found, and nothing about it: that is something else. */
    search(page, ORDER);
    choose(page, "Outcome", 1);
    ui_wait_text(GTK_WIDGET(page),
                 "No entry is like that. Try another object, another kind or other dates.");
    ui_close(window, page);
}

static void
click_period(GtkWidget *period, const char *label)
{
    GtkWidget *popover = ui_child(period, KAB_TYPE_PERIOD_BUTTON, "popover");

    gtk_popover_popup(GTK_POPOVER(popover));
    ui_settle();
    ui_click(popover, label);
    ui_settle();
}

/* What happened today is what is asked for most. */
static void
test_today(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *period = ui_find(GTK_WIDGET(page), KAB_TYPE_PERIOD_BUTTON, NULL);
    g_autofree char *label = kab_date_format_local(kab_date_today());

    click_period(period, "Today");
    g_assert_cmpint(fake_get_journal_query()->since, ==, kab_date_begin(kab_date_today()));
    g_assert_cmpint(fake_get_journal_query()->until, ==,
                    kab_date_begin(kab_date_next(kab_date_today())));
    g_assert_cmpstr(gtk_menu_button_get_label(
                        GTK_MENU_BUTTON(ui_child(period, KAB_TYPE_PERIOD_BUTTON, "button"))),
                    ==, label);
    ui_close(window, page);
}

static gboolean
has_new_entry(gpointer page)
{
    return ui_has_text(page, "Answers received · 1 object");
}

/* What is new comes by itself. */
static void
test_live(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *row = ui_find(GTK_WIDGET(page), KAB_TYPE_JOURNAL_ROW, NULL);

    fake_add_new_journal(TRUE, "POST answers", NULL);
    ui_wait_for(has_new_entry, page);
    g_assert_true(ui_find(GTK_WIDGET(page), KAB_TYPE_JOURNAL_ROW, NULL) != row);
    g_assert_false(ui_can_click(GTK_WIDGET(page), "1 new"));
    ui_close(window, page);
}

static gboolean
has_button(gpointer page)
{
    return ui_can_click(page, "1 new");
}

static gboolean
is_long(gpointer adjustment)
{
    return gtk_adjustment_get_upper(adjustment) - gtk_adjustment_get_page_size(adjustment) > 1000;
}

static gboolean
is_on_top(KabDataPage *page)
{
    GtkWidget *row = ui_find(GTK_WIDGET(page), KAB_TYPE_JOURNAL_ROW, NULL);
    GtkWidget *scrolled = ui_child(page, KAB_TYPE_LIST_PAGE, "scrolled");
    graphene_rect_t bounds;

    return gtk_adjustment_get_value(
               gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scrolled))) == 0 &&
           ui_has_text(row, "Answers received · 1 object") &&
           gtk_widget_compute_bounds(row, scrolled, &bounds) && bounds.origin.y >= 0;
}

/* Whoever looks at the beginning of a long list sees what is new, and not what was there before. */
static void
test_live_long(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    for (int i = 0; i < 60; i++)
        fake_add_journal(FALSE, "build", "The order is not whole");
    window = show(page);
    ui_wait_for(is_long, gtk_scrolled_window_get_vadjustment(
                             GTK_SCROLLED_WINDOW(ui_child(page, KAB_TYPE_LIST_PAGE, "scrolled"))));
    fake_add_new_journal(TRUE, "POST answers", NULL);
    ui_wait_for(has_new_entry, page);
    ui_settle();
    g_assert_true(is_on_top(page));
    ui_close(window, page);
}

/* Whoever reads further down is not disturbed. */
static void
test_frozen(void)
{
    KabDataPage *page = make_page();
    GtkWidget *scrolled;
    GtkAdjustment *adjustment;
    GtkWindow *window;

    for (int i = 0; i < 60; i++)
        fake_add_journal(FALSE, "build", "The order is not whole");
    window = show(page);
    scrolled = ui_child(page, KAB_TYPE_LIST_PAGE, "scrolled");
    adjustment = gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scrolled));
    ui_wait_for(is_long, adjustment);
    gtk_adjustment_set_value(adjustment, 400);
    ui_settle();
    fake_add_new_journal(TRUE, "POST answers", NULL);
    ui_wait_for(has_button, page);
    g_assert_cmpfloat(gtk_adjustment_get_value(adjustment), >, 0);
    ui_act(GTK_WIDGET(page), "journal.show-news");
    ui_wait_for(has_new_entry, page);
    g_assert_cmpfloat(gtk_adjustment_get_value(adjustment), ==, 0);
    g_assert_false(has_button(page));
    ui_close(window, page);
}

static void
move_pointer(int x, int y)
{
    g_autofree char *command = g_strdup_printf("xdotool mousemove %d %d", x, y);
    g_autoptr(GError) error = NULL;

    g_spawn_command_line_sync(command, NULL, NULL, NULL, &error);
    g_assert_no_error(error);
    ui_settle();
}

static gboolean
is_looked_at(gpointer page)
{
    GtkWidget *scrolled = ui_child(page, KAB_TYPE_LIST_PAGE, "scrolled");

    return (gtk_widget_get_state_flags(scrolled) & GTK_STATE_FLAG_PRELIGHT) != 0;
}

/* Nothing moves under the pointer; as soon as it leaves, what is new comes. */
static void
test_pointer(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window;

    move_pointer(1200, 880);
    window = show(page);
    move_pointer(300, 400);
    ui_wait_for(is_looked_at, page);
    fake_add_new_journal(TRUE, "POST answers", NULL);
    ui_wait_for(has_button, page);
    g_assert_false(has_new_entry(page));
    move_pointer(1200, 880);
    ui_wait_for(has_new_entry, page);
    g_assert_false(has_button(page));
    ui_close(window, page);
}

/* The service is gone for a while; what is shown stays. */
static void
test_offline(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_fail(FAKE_JOURNAL, KAB_ERROR_BUSY, "The portal cannot be reached");
    kab_data_page_reload(page);
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Messages sent · 1 object"));
    fake_fail(FAKE_JOURNAL, -1, NULL);
    kab_data_page_reload(page);
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Messages sent · 1 object"));
    ui_close(window, page);
}

/* Closed while the object is being looked for. */
static void
test_closed(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_FIND_OBJECT);
    search(page, "14");
    ui_wait_held(FAKE_FIND_OBJECT);
    ui_close(window, page);
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/journal-page/states", test_states);
    g_test_add_func("/journal-page/rows", test_rows);
    g_test_add_func("/journal-page/filters", test_filters);
    g_test_add_func("/journal-page/object", test_object);
    g_test_add_func("/journal-page/called", test_called);
    g_test_add_func("/journal-page/today", test_today);
    g_test_add_func("/journal-page/live", test_live);
    g_test_add_func("/journal-page/live-long", test_live_long);
    g_test_add_func("/journal-page/frozen", test_frozen);
    g_test_add_func("/journal-page/pointer", test_pointer);
    g_test_add_func("/journal-page/offline", test_offline);
    g_test_add_func("/journal-page/closed", test_closed);
    return g_test_run();
}
