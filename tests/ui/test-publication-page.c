/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-person-dialog.h"
#include "kab-publication-list.h"
#include "kab-publication-page.h"
#include "ui-test.h"

enum { ANNA, BORIS, IVAN, OLGA, PAVEL, RITA, HORNS, WHEELS };

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill_publication();
    client = fake_client_new_signed_in("fake:base", "admin");
    return kab_publication_page_new(client);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 1200, 700);

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

static KabPublicationList *
get_list(KabDataPage *page)
{
    return KAB_PUBLICATION_LIST(ui_child(page, KAB_TYPE_PUBLICATION_PAGE, "list"));
}

/* As a double click does. */
static void
activate(KabDataPage *page, guint i)
{
    GtkWidget *view = ui_child(get_list(page), KAB_TYPE_PUBLICATION_LIST, "column_view");

    g_signal_emit_by_name(view, "activate", i);
}

static gboolean
is_shown(gpointer widget)
{
    return gtk_widget_get_visible(widget);
}

static GtkWidget *
get_bar(KabDataPage *page)
{
    return ui_child(page, KAB_TYPE_PUBLICATION_PAGE, "selection_bar");
}

static void
select_row(KabDataPage *page, guint i)
{
    kab_publication_list_select(get_list(page), i);
    ui_wait_for(is_shown, get_bar(page));
    ui_settle();
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_PUBLICATION);
}

static void
test_publish(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "An e-mail is missing"));
    fake_hold(FAKE_SET_PUBLICATION);
    activate(page, BORIS);
    activate(page, BORIS); /* pressed twice */
    g_assert_cmpuint(fake_count_held(FAKE_SET_PUBLICATION), ==, 1);
    fake_release_all(FAKE_SET_PUBLICATION);
    wait_toast("Boris Frolov is published with the login frolov");
    g_assert_true(fake_get_publication(BORIS)->published);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "frolov"));
    ui_click_toast();
    ui_settle();
    g_assert_false(fake_get_publication(BORIS)->published);
    activate(page, PAVEL);
    wait_toast("An e-mail is needed");
    ui_close(window, page);
}

static void
test_take_back(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    activate(page, ANNA);
    wait_toast("Deactivated: Anna Orlova");
    g_assert_cmpstr(fake_get_publication(ANNA)->state, ==, "deactivated");
    /* In the search, the key is that of the text. */
    gtk_widget_grab_focus(ui_child(get_list(page), KAB_TYPE_PUBLICATION_LIST, "column_view"));
    ui_key(GTK_WIDGET(window), "ctrl+z");
    ui_settle();
    g_assert_cmpstr(fake_get_publication(ANNA)->state, ==, "active");
    activate(page, RITA);
    wait_toast("Activated: Rita Gone");
    g_assert_true(fake_get_publication(RITA)->active);
    /* Nobody has registered yet: there is nothing to keep. */
    activate(page, OLGA);
    wait_toast("Taken back: Olga Golova");
    g_assert_false(fake_get_publication(OLGA)->active);
    ui_click_toast();
    ui_settle();
    g_assert_true(fake_get_publication(OLGA)->active);
    ui_close(window, page);
}

/* The first press selects the row; the second one finds it where it was. */
static void
test_second_press(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkSettings *settings = gtk_widget_get_settings(GTK_WIDGET(window));
    int height = gtk_widget_get_height(GTK_WIDGET(get_list(page)));

    g_object_set(settings, "gtk-double-click-time", 600000, NULL);
    kab_publication_list_select(get_list(page), ANNA);
    ui_settle();
    g_assert_false(is_shown(get_bar(page)));
    g_assert_cmpint(gtk_widget_get_height(GTK_WIDGET(get_list(page))), ==, height);
    activate(page, ANNA);
    wait_toast("Deactivated: Anna Orlova");
    g_object_set(settings, "gtk-double-click-time", 1, NULL);
    gtk_selection_model_unselect_all(gtk_column_view_get_model(
        GTK_COLUMN_VIEW(ui_child(get_list(page), KAB_TYPE_PUBLICATION_LIST, "column_view"))));
    select_row(page, BORIS);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "1 selected"));
    gtk_settings_reset_property(settings, "gtk-double-click-time");
    ui_close(window, page);
}

static void
test_enter(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *view = ui_child(get_list(page), KAB_TYPE_PUBLICATION_LIST, "column_view");

    gtk_widget_grab_focus(view);
    ui_key(GTK_WIDGET(window), "Down");
    ui_key(GTK_WIDGET(window), "Return");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SET_PUBLICATION), ==, 1);
    ui_close(window, page);
}

static void
test_many(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *view = ui_child(get_list(page), KAB_TYPE_PUBLICATION_LIST, "column_view");

    g_assert_false(ui_can_click(GTK_WIDGET(page), "Deactivate"));
    select_row(page, OLGA);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "1 selected"));
    ui_key(GTK_WIDGET(window), "ctrl+i");
    wait_toast("Another invitation is sent: Olga Golova");
    g_assert_cmpstr(fake_get_last_action(), ==, "invite 1");
    gtk_selection_model_select_all(gtk_column_view_get_model(GTK_COLUMN_VIEW(view)));
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(page), "8 selected"));
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Edit…"));
    ui_key(GTK_WIDGET(window), "ctrl+d");
    wait_toast("Deactivated: 3 persons");
    g_assert_cmpstr(fake_get_last_action(), ==, "deactivate 3");
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Reset the password"));
    ui_click_toast();
    ui_settle();
    g_assert_cmpstr(fake_get_last_action(), ==, "activate 3");
    ui_key(GTK_WIDGET(window), "ctrl+shift+Delete");
    wait_toast("Taken back: 4 persons");
    g_assert_cmpstr(fake_get_last_action(), ==, "deactivate 3");
    g_assert_true(fake_get_publication(ANNA)->published);
    ui_click_toast();
    ui_settle();
    g_assert_cmpstr(fake_get_last_action(), ==, "activate 3");
    /* Nobody undoes it. */
    ui_act(GTK_WIDGET(page), "publication.reset");
    wait_toast("The password is being reset: 3 persons");
    g_assert_cmpstr(fake_get_last_action(), ==, "activate 3");
    ui_dismiss_toast();
    ui_settle();
    g_assert_cmpstr(fake_get_last_action(), ==, "reset 3");
    ui_act(GTK_WIDGET(page), "publication.delete");
    wait_toast("Taken back: 4 persons");
    ui_dismiss_toast();
    ui_settle();
    g_assert_cmpstr(fake_get_last_action(), ==, "delete 4");
    ui_close(window, page);
}

static gboolean
shows_partners_alone(gpointer page)
{
    return ui_has_text(page, "Wheels and Deals") && !ui_has_text(page, "Rita Gone");
}

/* A partner is its people: what is done to it is done to those whom it concerns, and taken back
 * from them alone. */
static void
test_partner(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "2 of 2 contact persons published"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "1 of 3 contact persons published"));
    activate(page, HORNS);
    wait_toast("Deactivated: 2 persons");
    g_assert_cmpstr(fake_get_last_action(), ==, "deactivate 2");
    ui_click_toast();
    ui_settle();
    g_assert_cmpstr(fake_get_last_action(), ==, "activate 2");
    /* Whoever has no e-mail is left out. */
    select_row(page, WHEELS);
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Edit…"));
    ui_key(GTK_WIDGET(window), "ctrl+shift+p");
    wait_toast("Published: Boris Frolov");
    g_assert_cmpstr(fake_get_last_action(), ==, "publish 1");
    g_assert_true(fake_get_publication(BORIS)->published);
    g_assert_false(fake_get_publication(PAVEL)->published);
    g_assert_false(fake_get_publication(RITA)->active);
    ui_click_toast();
    ui_settle();
    g_assert_false(fake_get_publication(BORIS)->published);
    activate(page, WHEELS); /* the only one who is published may not sign in */
    wait_toast("Activated: Rita Gone");
    gtk_drop_down_set_selected(GTK_DROP_DOWN(ui_find(GTK_WIDGET(page), GTK_TYPE_DROP_DOWN, "Kind")),
                               3);
    ui_wait_for(shows_partners_alone, page);
    ui_close(window, page);
}

static gboolean
shows_rita_alone(gpointer page)
{
    return ui_has_text(page, "Rita Gone") && !ui_has_text(page, "Anna Orlova");
}

static void
test_find(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *states = ui_find(GTK_WIDGET(page), GTK_TYPE_DROP_DOWN, "Status");

    gtk_drop_down_set_selected(GTK_DROP_DOWN(states), 4);
    ui_wait_for(shows_rita_alone, page);
    gtk_drop_down_set_selected(GTK_DROP_DOWN(states), 0);
    g_assert_true(kab_data_page_focus_search(page));
    gtk_editable_set_text(GTK_EDITABLE(ui_child(page, KAB_TYPE_PUBLICATION_PAGE, "search_entry")),
                          "Nobody");
    ui_wait_text(GTK_WIDGET(page), "Nobody is like that. Try other words or another status.");
    ui_close(window, page);
}

static GtkWidget *
find_dialog(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_PERSON_DIALOG(l->data))
            return l->data;
    return NULL;
}

static void
enter(GtkWidget *dialog, const char *title, const char *text)
{
    GtkWidget *row = ui_find(dialog, ADW_TYPE_ENTRY_ROW, title);

    g_assert_nonnull(row);
    gtk_editable_set_text(GTK_EDITABLE(row), text);
}

/* What is missing is entered, and the person published, in one go. */
static void
test_edit(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *dialog;

    select_row(page, PAVEL);
    ui_click(GTK_WIDGET(page), "Edit…");
    ui_settle();
    dialog = find_dialog();
    g_assert_nonnull(dialog);
    enter(dialog, "E-mail", "pavel@wheels.example");
    gtk_switch_set_active(GTK_SWITCH(ui_child(dialog, KAB_TYPE_PERSON_DIALOG, "publish_switch")),
                          TRUE);
    ui_settle();
    enter(dialog, "Login (empty: made of the e-mail)", "nopost");
    ui_click(dialog, "Save");
    wait_toast("Pavel Nopost is published with the login nopost");
    g_assert_cmpstr(fake_get_publication(PAVEL)->email, ==, "pavel@wheels.example");
    g_assert_null(find_dialog());
    ui_close(window, page);
}

static void
test_add(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    guint before = fake_count_publication();
    GtkWidget *dialog;

    ui_key(GTK_WIDGET(window), "ctrl+n");
    ui_settle();
    dialog = find_dialog();
    ui_click(dialog, "Save");
    ui_wait_text(dialog, "Enter the name.");
    enter(dialog, "Name", "Nina New");
    enter(dialog, "E-mail", "nina@horns.example");
    ui_click(dialog, "Save");
    wait_toast("Nina New is published with the login nina");
    g_assert_cmpuint(fake_count_publication(), ==, before + 1);
    ui_act(GTK_WIDGET(page), "publication.add-partner");
    ui_settle();
    dialog = find_dialog();
    g_assert_false(ui_has_text(dialog, "User of the portal"));
    enter(dialog, "Name", "Third Partner");
    ui_click(dialog, "Save");
    wait_toast("The partner is added: its contact persons can be added now");
    ui_close(window, page);
}

static void
test_closed(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);

    fake_hold(FAKE_SET_PUBLICATION);
    activate(page, ANNA);
    ui_wait_held(FAKE_SET_PUBLICATION);
    ui_close(window, page);
    page = make_page();
    window = show(page);
    ui_act(GTK_WIDGET(page), "publication.add-contact");
    ui_settle();
    g_assert_nonnull(find_dialog());
    ui_close(window, page);
    g_assert_null(find_dialog());
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/publication-page/states", test_states);
    g_test_add_func("/publication-page/publish", test_publish);
    g_test_add_func("/publication-page/take-back", test_take_back);
    g_test_add_func("/publication-page/second-press", test_second_press);
    g_test_add_func("/publication-page/enter", test_enter);
    g_test_add_func("/publication-page/many", test_many);
    g_test_add_func("/publication-page/partner", test_partner);
    g_test_add_func("/publication-page/find", test_find);
    g_test_add_func("/publication-page/edit", test_edit);
    g_test_add_func("/publication-page/add", test_add);
    g_test_add_func("/publication-page/closed", test_closed);
    return g_test_run();
}
