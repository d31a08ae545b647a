/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-catalogue-page.h"
#include "kab-client-order-page.h"
#include "kab-order-page.h"
#include "kab-story-page.h"
#include "kab-window-private.h"
#include "ui-pages.h"
#include "ui-test.h"

#include <glib/gstdio.h>

static const KabAppIdentity identities[] = {
    {"Partner", "anna", "right", KAB_APP_PARTNER},
    {"Administrator", "admin", "right", KAB_APP_ADMINISTRATOR},
};

typedef struct {
    KabWindow *window;
} Fixture;

static gboolean
has_view(gpointer data)
{
    return kab_window_get_main_view(data) != NULL;
}

static gboolean
is_mapped(gpointer data)
{
    return gtk_widget_get_mapped(data);
}

static void
show(Fixture *f, gboolean demo)
{
    const KabAppConfig config = {"fake:portal", "fake:base", demo, identities, 2, NULL};

    f->window = kab_window_new(NULL, &config);
    gtk_window_present(GTK_WINDOW(f->window));
    ui_wait_for(is_mapped, f->window);
}

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    fake_reset();
    fake_fill(10, 3, FALSE);
    fake_put_into_basket(0, 3000);
    show(f, TRUE);
    ui_wait_for(has_view, f->window);
}

static gboolean
is_null(gpointer data)
{
    return *(gpointer *)data == NULL;
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    gpointer window = f->window;

    g_object_add_weak_pointer(G_OBJECT(window), &window);
    gtk_window_destroy(GTK_WINDOW(window));
    ui_wait_for(is_null, &window);
    ui_settle();
}

static void
act(Fixture *f, const char *action)
{
    g_assert_true(gtk_widget_activate_action(GTK_WIDGET(f->window), action, NULL));
    ui_settle();
}

static KabDataPage *
get_page(Fixture *f)
{
    return kab_main_view_get_page(kab_window_get_main_view(f->window));
}

static const char *
get_title(Fixture *f)
{
    return kab_data_page_get_title(get_page(f));
}

static void
test_pages(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const pages[][2] = {
        {"win.show-catalogue", "Catalogue"},
        {"win.show-basket", "Basket"},
        {"win.show-orders", "Orders"},
        {"win.show-home", "Home"},
    };

    g_assert_cmpstr(gtk_window_get_title(GTK_WINDOW(f->window)), ==, "Kabinet");
    g_assert_cmpstr(get_title(f), ==, "Home");
    for (gsize i = 0; i < G_N_ELEMENTS(pages); i++) {
        act(f, pages[i][0]);
        g_assert_cmpstr(get_title(f), ==, pages[i][1]);
        g_assert_true(ui_has_text(GTK_WIDGET(f->window), pages[i][1]));
    }
    act(f, "win.show-portal-queue"); /* not the partner's */
    g_assert_cmpstr(get_title(f), ==, "Home");
}

/* The sidebar's rows are named for those who do not see them. */
static void
test_names(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const names[] = {"Home", "Catalogue", "Basket", "Orders"};
    static const char *const buttons[] = {"Main menu", "Reload"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_nonnull(ui_find(GTK_WIDGET(f->window), GTK_TYPE_LIST_BOX_ROW, names[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(buttons); i++)
        g_assert_nonnull(ui_find(GTK_WIDGET(f->window), GTK_TYPE_WIDGET, buttons[i]));
}

static gboolean
has_one_in_basket(gpointer data)
{
    return kab_main_view_get_basket_count(kab_window_get_main_view(data)) == 1;
}

static void
test_basket_count(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    ui_wait_for(has_one_in_basket, f->window);
    act(f, "win.show-catalogue");
    ui_click(GTK_WIDGET(f->window), "Add “Hammer” to the basket");
    ui_settle();
    g_assert_cmpuint(kab_main_view_get_basket_count(kab_window_get_main_view(f->window)), ==, 2);

    /* On its way while the person goes on: the basket shows it already. */
    fake_hold(FAKE_SET_BASKET);
    ui_click(GTK_WIDGET(f->window), "Add “Drill” to the basket");
    act(f, "win.show-basket");
    g_assert_true(ui_has_text(GTK_WIDGET(f->window), "Drill"));
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 2);
    fake_release_all(FAKE_SET_BASKET);
    ui_settle();
    g_assert_true(ui_has_text(GTK_WIDGET(f->window), "Drill"));
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 3);
}

static void
test_place_opens_card(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    act(f, "win.show-basket");
    ui_click(GTK_WIDGET(f->window), "Place order");
    ui_settle();
    g_assert_true(KAB_IS_ORDER_PAGE(get_page(f)));
    g_assert_cmpuint(kab_main_view_get_basket_count(kab_window_get_main_view(f->window)), ==, 0);
    act(f, "win.back");
    g_assert_cmpstr(get_title(f), ==, "Orders");
    g_assert_true(ui_has_text(GTK_WIDGET(f->window), "Order not numbered yet"));
}

static void
test_card(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const char *folder = g_get_user_special_dir(G_USER_DIRECTORY_DOWNLOAD);
    g_autofree char *path = g_build_filename(folder, "by-script.pdf", NULL);

    ui_settle();
    ui_click(GTK_WIDGET(f->window), "Open order 0000-000003");
    ui_settle();
    g_assert_true(KAB_IS_ORDER_PAGE(get_page(f)));
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.save-invoice-to", "s", path);
    ui_settle();
    g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
    g_remove(path);
    ui_key(GTK_WIDGET(f->window), "Escape");
    g_assert_cmpstr(get_title(f), ==, "Home");
}

/* One click leads from one person to the other. */
static void
test_demo(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    ui_click(GTK_WIDGET(f->window), "Administrator");
    ui_settle();
    g_assert_cmpstr(get_title(f), ==, "Overview");
    act(f, "win.show-base-queue");
    g_assert_cmpstr(get_title(f), ==, "Base queue");
    act(f, "win.show-portal-queue");
    g_assert_cmpstr(get_title(f), ==, "Portal queue");
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-client-order", "s",
                               fake_get_order(0)->id.text);
    ui_settle();
    g_assert_true(KAB_IS_CLIENT_ORDER_PAGE(get_page(f)));
    act(f, "win.demo-partner");
    g_assert_cmpstr(get_title(f), ==, "Home");
    g_assert_true(gtk_toggle_button_get_active(
        GTK_TOGGLE_BUTTON(ui_find(GTK_WIDGET(f->window), GTK_TYPE_TOGGLE_BUTTON, "Partner"))));
}

/* Back is where one came from: a card that led to another one, then the list. */
static void
test_back(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const char *id = fake_get_order(0)->id.text;
    g_autofree char *story = g_strconcat("client-order/", id, NULL);

    act(f, "win.demo-administrator");
    act(f, "win.show-client-orders");
    for (int i = 0; i < 2; i++) { /* the second time as the first */
        gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-client-order", "s", id);
        ui_settle();
        g_assert_true(KAB_IS_CLIENT_ORDER_PAGE(get_page(f)));
        gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-story", "s", story);
        ui_settle();
        g_assert_true(KAB_IS_STORY_PAGE(get_page(f)));
        gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-story", "s", story);
        act(f, "win.back");
        g_assert_true(KAB_IS_CLIENT_ORDER_PAGE(get_page(f)));
        act(f, "win.back");
        g_assert_cmpstr(get_title(f), ==, "Client orders");
    }
    /* Whoever goes on to a page goes back to no card. */
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-client-order", "s", id);
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-story", "s", story);
    act(f, "win.show-portal-queue");
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-story", "s", story);
    act(f, "win.back");
    g_assert_cmpstr(get_title(f), ==, "Portal queue");
    /* Nor to what was entered for something new, which is there now. */
    fake_fill_users();
    act(f, "win.show-users");
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-user", "s", "");
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-user", "s",
                               fake_get_user(0)->id.text);
    act(f, "win.back");
    g_assert_cmpstr(get_title(f), ==, "Users of the portal");
}

static void
test_banner(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    act(f, "win.show-orders");
    fake_fail(FAKE_ORDERS, KAB_ERROR_BUSY, "The portal cannot be reached\nsocket: refused");
    act(f, "win.reload");
    /* In plain words; the rest is for whoever mends it. */
    ui_wait_text(GTK_WIDGET(f->window), "The portal cannot be reached");
    g_assert_cmpstr(gtk_widget_get_tooltip_text(ui_child(f->window, KAB_TYPE_WINDOW, "banner")), ==,
                    "socket: refused");
    g_assert_true(ui_has_text(GTK_WIDGET(f->window), "Order 0000-000003")); /* still there */
    fake_fail(FAKE_ORDERS, -1, NULL);
    ui_click(GTK_WIDGET(f->window), "Try again");
    ui_settle();
    g_assert_false(ui_has_text(GTK_WIDGET(f->window), "The portal cannot be reached"));
}

/* What waits for the person is counted beside the way to it, and told on Home. */
static void
test_waiting(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    act(f, "win.show-home");
    ui_wait_text(GTK_WIDGET(f->window), "1 order waits for your confirmation");
    fake_get_order(1)->status = KAB_ORDER_AWAITING_PARTNER;
    fake_live_changed("order", fake_get_order(1)->id.text);
    ui_wait_text(GTK_WIDGET(f->window), "2 orders wait for your confirmation");
}

/* Escape leaves a text before it leaves the page, and what was written is there again. */
static void
test_escape(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    GtkWidget *row;

    act(f, "win.show-orders");
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-order", "s",
                               fake_get_order(1)->id.text);
    ui_settle();
    row = ui_find(GTK_WIDGET(f->window), ADW_TYPE_ENTRY_ROW, "Write a comment");
    gtk_widget_grab_focus(row);
    gtk_editable_set_text(GTK_EDITABLE(row), "Call before");
    ui_key(GTK_WIDGET(f->window), "Escape");
    g_assert_true(KAB_IS_ORDER_PAGE(get_page(f)));
    ui_key(GTK_WIDGET(f->window), "Escape");
    g_assert_false(KAB_IS_ORDER_PAGE(get_page(f)));
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-order", "s",
                               fake_get_order(1)->id.text);
    ui_settle();
    row = ui_find(GTK_WIDGET(f->window), ADW_TYPE_ENTRY_ROW, "Write a comment");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(row)), ==, "Call before");
}

static int
measure_height(GtkWidget *widget, int width)
{
    int minimum;

    gtk_widget_measure(widget, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
    return minimum;
}

/* However long the words are and however narrow the window is, they take a few lines of it. */
static void
test_banner_height(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    GtkWidget *banner = ui_child(f->window, KAB_TYPE_WINDOW, "banner");

    act(f, "win.show-orders");
    fake_fail(FAKE_ORDERS, KAB_ERROR_BUSY,
              "There is no connection: this network does not know the address of the portal.");
    act(f, "win.reload");
    g_assert_cmpint(measure_height(banner, -1), <, 100);
    for (int scale = 1; scale <= 2; scale++) {
        ui_scale_text(scale);
        g_assert_cmpint(measure_height(banner, 400), <, scale * 160);
        g_assert_cmpint(measure_height(banner, 1100), <, scale * 80);
    }
    ui_scale_text(1);
}

/* The service wants a new sign-in: the demo does it by itself. */
static void
test_session_ended(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    guint calls = fake_count_calls(FAKE_SIGN_IN);

    act(f, "win.show-orders");
    fake_fail(FAKE_ORDERS, KAB_ERROR_UNAUTHORIZED, "sign in first");
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.reload", NULL);
    while (fake_count_calls(FAKE_SIGN_IN) == calls)
        g_main_context_iteration(NULL, TRUE);
    fake_fail(FAKE_ORDERS, -1, NULL);
    ui_wait_text(GTK_WIDGET(f->window), "Order 0000-000003");
    g_assert_cmpstr(get_title(f), ==, "Orders");
}

static void
test_sign_out(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    act(f, "win.sign-out");
    g_assert_null(kab_window_get_main_view(f->window));
    ui_wait_text(GTK_WIDGET(f->window), "Sign in to Kabinet");
    g_assert_null(kab_session_get_user(kab_window_get_session(f->window)));
    act(f, "win.demo-partner"); /* and back in one click */
    g_assert_cmpstr(get_title(f), ==, "Home");
}

static void
test_search(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    act(f, "win.search");
    g_assert_cmpstr(get_title(f), ==, "Catalogue");
    g_assert_nonnull(
        gtk_widget_get_ancestor(gtk_root_get_focus(GTK_ROOT(f->window)), GTK_TYPE_SEARCH_ENTRY));
}

static void
open_order(Fixture *f, KabOrder *order)
{
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-order", "s", order->id.text);
    ui_settle();
}

/* Who may not order has no basket, and no way to it. */
static void
test_viewer(void)
{
    static const KabAppIdentity viewer[] = {{"Viewer", "viewer", "right", KAB_APP_PARTNER}};
    const KabAppConfig config = {"fake:portal", "fake:base", TRUE, viewer, 1, NULL};
    Fixture f;

    fake_reset();
    fake_fill(10, 3, FALSE);
    f.window = kab_window_new(NULL, &config);
    gtk_window_present(GTK_WINDOW(f.window));
    ui_wait_for(has_view, f.window);
    ui_settle();
    ui_shot(GTK_WIDGET(f.window), "viewer");
    g_assert_null(ui_find(GTK_WIDGET(f.window), GTK_TYPE_LIST_BOX_ROW, "Basket"));
    act(&f, "win.show-basket");
    g_assert_cmpstr(get_title(&f), ==, "Home");
    act(&f, "win.show-catalogue");
    ui_wait_text(GTK_WIDGET(f.window), "Gloves");
    g_assert_null(ui_find(GTK_WIDGET(f.window), GTK_TYPE_BUTTON, "Basket"));
    open_order(&f, fake_get_order(0));
    ui_wait_text(GTK_WIDGET(f.window), "The manager has checked it. A buyer of your company "
                                       "confirms or refuses it. The manager has changed what is "
                                       "marked below.");
    tear_down(&f, NULL);
}

/* Whoever clicks on a damaged link in a letter sees the window, and why nothing else comes. */
static void
test_notice(void)
{
    const KabAppConfig config = {.portal_address = "fake:portal", .notice = "It is <no> link"};
    KabWindow *window;

    fake_reset();
    window = kab_window_new(NULL, &config);
    gtk_window_present(GTK_WINDOW(window));
    ui_wait_text(GTK_WIDGET(window), "It is <no> link");
    ui_wait_text(GTK_WIDGET(window), "Sign in to Kabinet");
    ui_pages_end(window);
}

static void
test_plain(void)
{
    Fixture f;

    fake_reset();
    show(&f, FALSE);
    ui_wait_text(GTK_WIDGET(f.window), "Sign in to Kabinet");
    g_assert_null(ui_find(GTK_WIDGET(f.window), GTK_TYPE_TOGGLE_BUTTON, "Partner"));
    tear_down(&f, NULL);
}

static void
test_closed_while_signing_in(void)
{
    Fixture f;

    fake_reset();
    fake_hold(FAKE_SIGN_IN);
    show(&f, TRUE);
    ui_settle();
    g_assert_cmpuint(fake_count_held(FAKE_SIGN_IN), ==, 1);
    tear_down(&f, NULL);
    g_assert_cmpuint(fake_count_held(FAKE_SIGN_IN), ==, 0);
}

/* What was entered on a card and not saved outlives a look at another page; an untouched card does
 * not stay. */
static void
test_kept_card(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    KabOrder *draft = fake_get_order(0);
    KabMainView *view = kab_window_get_main_view(f->window);
    gpointer untouched;
    GtkWidget *spin;
    KabDataPage *card;

    draft->status = KAB_ORDER_DRAFT;
    draft->revision = 0;
    open_order(f, draft);
    card = kab_main_view_get_page(view);
    spin = ui_find(GTK_WIDGET(card), GTK_TYPE_SPIN_BUTTON, NULL);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 42);
    act(f, "win.show-catalogue");
    open_order(f, fake_get_order(1));
    untouched = kab_main_view_get_page(view);
    g_object_add_weak_pointer(G_OBJECT(untouched), &untouched);
    open_order(f, draft);
    g_assert_true(kab_main_view_get_page(view) == card);
    spin = ui_find(GTK_WIDGET(card), GTK_TYPE_SPIN_BUTTON, NULL);
    g_assert_cmpfloat(gtk_spin_button_get_value(GTK_SPIN_BUTTON(spin)), ==, 42);
    ui_wait_for(is_null, &untouched);
}

/* Tab leads from the list of pages into the page, and opens no page on its way. */
static void
test_tab(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    KabMainView *view = kab_window_get_main_view(f->window);
    GtkWidget *sidebar = ui_child(view, KAB_TYPE_MAIN_VIEW, "sidebar");
    KabDataPage *page;
    GtkWidget *focus;

    act(f, "win.show-orders");
    page = kab_main_view_get_page(view);
    gtk_widget_child_focus(sidebar, GTK_DIR_TAB_FORWARD);
    ui_key(GTK_WIDGET(f->window), "Tab");
    focus = gtk_root_get_focus(GTK_ROOT(f->window));
    g_assert_true(gtk_widget_is_ancestor(focus, GTK_WIDGET(page)));
    g_assert_true(kab_main_view_get_page(view) == page);
    gtk_widget_grab_focus(GTK_WIDGET(gtk_list_box_get_selected_row(GTK_LIST_BOX(sidebar))));
    ui_key(GTK_WIDGET(f->window), "shift+Tab");
    focus = gtk_root_get_focus(GTK_ROOT(f->window));
    g_assert_false(gtk_widget_is_ancestor(focus, sidebar));
    g_assert_true(kab_main_view_get_page(view) == page);
}

static gboolean
is_focus_in_page(Fixture *f)
{
    GtkWidget *focus = gtk_root_get_focus(GTK_ROOT(f->window));

    return focus != NULL && gtk_widget_is_ancestor(focus, GTK_WIDGET(get_page(f)));
}

/* Whoever opens a card by the keyboard goes on in it, and then where the card was opened. */
static void
test_focus(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    GtkWidget *left;

    act(f, "win.show-orders");
    ui_key(GTK_WIDGET(f->window), "Tab");
    gtk_widget_grab_focus(
        ui_find(GTK_WIDGET(f->window), GTK_TYPE_WIDGET, "Open order 0000-000002"));
    left = gtk_root_get_focus(GTK_ROOT(f->window));
    g_assert_nonnull(left);
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-order", "s",
                               fake_get_order(1)->id.text);
    ui_settle();
    g_assert_true(KAB_IS_ORDER_PAGE(get_page(f)));
    g_assert_true(is_focus_in_page(f));
    act(f, "win.back");
    g_assert_true(gtk_root_get_focus(GTK_ROOT(f->window)) == left);

    act(f, "win.show-basket");
    ui_key(GTK_WIDGET(f->window), "Tab");
    ui_key(GTK_WIDGET(f->window), "ctrl+Return");
    ui_settle();
    g_assert_true(KAB_IS_ORDER_PAGE(get_page(f)));
    g_assert_true(is_focus_in_page(f));
}

static GtkWindow *
find_dialog(Fixture *f)
{
    GListModel *all = gtk_window_get_toplevels();

    for (guint i = 0; i < g_list_model_get_n_items(all); i++) {
        g_autoptr(GtkWindow) window = g_list_model_get_item(all, i);

        if (gtk_window_get_transient_for(window) == GTK_WINDOW(f->window))
            return window;
    }
    g_assert_not_reached();
}

/* Keys of pages that somebody else has are not told of. */
static void
test_shortcuts(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *text;
        gboolean partner, administrator;
    } groups[] = {
        {"Pages", TRUE, TRUE}, {"Place order", TRUE, FALSE}, {"Retry failed", FALSE, TRUE}};

    for (int administrator = 0; administrator < 2; administrator++) {
        GtkWindow *dialog;

        act(f, administrator ? "win.demo-administrator" : "win.demo-partner");
        act(f, "win.show-help-overlay");
        dialog = find_dialog(f);
        for (gsize i = 0; i < G_N_ELEMENTS(groups); i++)
            g_assert_true(ui_has_text(GTK_WIDGET(dialog), groups[i].text) ==
                          (administrator ? groups[i].administrator : groups[i].partner));
        gtk_window_destroy(dialog);
        ui_settle();
    }
}

/* What is said can be read in a narrow window too. */
static void
test_long_toast(void)
{
    const char *const text = "The order is saved here and goes to the portal when there is one";
    Fixture f = {NULL};
    GtkWidget *label;
    graphene_rect_t bounds;

    fake_reset();
    fake_fill(10, 3, FALSE);
    show(&f, TRUE);
    ui_wait_for(has_view, f.window);
    gtk_window_set_default_size(GTK_WINDOW(f.window), 400, 700);
    ui_wait_frame(GTK_WIDGET(f.window));
    kab_window_say(f.window, text);
    ui_wait_frame(GTK_WIDGET(f.window));
    label = ui_find(GTK_WIDGET(f.window), GTK_TYPE_LABEL, text);
    g_assert_nonnull(label);
    g_assert_true(gtk_widget_compute_bounds(label, GTK_WIDGET(f.window), &bounds));
    g_assert_cmpfloat(bounds.origin.x + bounds.size.width, <, 400);
    g_assert_cmpint(pango_layout_get_line_count(gtk_label_get_layout(GTK_LABEL(label))), >, 1);
    tear_down(&f, NULL);
}

/* From page to page, the first follows the last. */
static void
test_step(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    act(f, "win.next-page");
    g_assert_cmpstr(get_title(f), ==, "Catalogue");
    g_assert_true(is_focus_in_page(f));
    act(f, "win.previous-page");
    act(f, "win.previous-page");
    g_assert_cmpstr(get_title(f), ==, "Settlements");
    act(f, "win.next-page");
    g_assert_cmpstr(get_title(f), ==, "Home");
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)
    ADD("/window/pages", test_pages);
    ADD("/window/names", test_names);
    ADD("/window/basket-count", test_basket_count);
    ADD("/window/place-opens-card", test_place_opens_card);
    ADD("/window/card", test_card);
    ADD("/window/kept-card", test_kept_card);
    ADD("/window/tab", test_tab);
    ADD("/window/focus", test_focus);
    ADD("/window/step", test_step);
    ADD("/window/shortcuts", test_shortcuts);
    ADD("/window/demo", test_demo);
    ADD("/window/back", test_back);
    ADD("/window/banner", test_banner);
    ADD("/window/banner-height", test_banner_height);
    ADD("/window/waiting", test_waiting);
    ADD("/window/escape", test_escape);
    ADD("/window/session-ended", test_session_ended);
    ADD("/window/sign-out", test_sign_out);
    ADD("/window/search", test_search);
    g_test_add_func("/window/long-toast", test_long_toast);
    g_test_add_func("/window/viewer", test_viewer);
    g_test_add_func("/window/notice", test_notice);
    g_test_add_func("/window/plain", test_plain);
    g_test_add_func("/window/closed-while-signing-in", test_closed_while_signing_in);
    return g_test_run();
}
