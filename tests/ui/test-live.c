/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-outbox.h"
#include "kab-order-page.h"
#include "kab-password-dialog.h"
#include "kab-report-dialog.h"
#include "kab-window.h"
#include "ui-test.h"

/* The window while the portal tells of changes, while there is no connection, and when the session
 * ends. */

#define SAVED "1 order is saved here and goes to the portal when there is a connection."

typedef struct {
    KabWindow *window;
} Fixture;

static gboolean
has_view(gpointer data)
{
    return kab_window_get_main_view(data) != NULL;
}

static gboolean
is_null(gpointer data)
{
    return *(gpointer *)data == NULL;
}

static void
type(Fixture *f, GType row, const char *name, const char *text)
{
    gtk_editable_set_text(GTK_EDITABLE(ui_find(GTK_WIDGET(f->window), row, name)), text);
}

static void
open_window(Fixture *f, const char *login)
{
    const KabAppConfig config = {.portal_address = "fake:portal"};

    f->window = kab_window_new(NULL, &config);
    gtk_window_present(GTK_WINDOW(f->window));
    ui_wait_text(GTK_WIDGET(f->window), "Sign in to Kabinet");
    type(f, ADW_TYPE_ENTRY_ROW, "Login, phone or e-mail", login);
    ui_click(GTK_WIDGET(f->window), "Next");
    type(f, ADW_TYPE_PASSWORD_ENTRY_ROW, "Password", "right");
    ui_click(GTK_WIDGET(f->window), "Sign in");
    ui_wait_for(has_view, f->window);
    ui_settle();
}

static void
close_window(Fixture *f)
{
    gpointer window = f->window;

    g_object_add_weak_pointer(G_OBJECT(window), &window);
    gtk_window_destroy(GTK_WINDOW(window));
    ui_wait_for(is_null, &window);
    ui_settle();
}

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    fake_reset();
    fake_fill(10, 3, FALSE);
    fake_put_into_basket(0, 3000);
    open_window(f, "anna");
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    close_window(f);
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

static KabOutbox *
get_outbox(Fixture *f)
{
    return kab_outbox_of(kab_session_get_portal(kab_window_get_session(f->window)));
}

/* What is shown changes as soon as the portal tells; what is not shown is not asked for. */
static void
test_changed(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    KabOrder *order = fake_get_order(0);
    guint calls;

    act(f, "win.show-orders");
    g_free(order->state);
    order->state = g_strdup("Ready to ship");
    fake_live_changed("order", order->id.text);
    ui_wait_text(GTK_WIDGET(get_page(f)), "Ready to ship");
    calls = fake_count_calls(FAKE_ORDERS);
    fake_live_changed("news", order->id.text);
    fake_live_changed("something-new", order->id.text);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_ORDERS), ==, calls);
}

/* Prices and stock in the catalogue. */
static void
test_goods(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    KabProduct *product = fake_get_product(0);

    act(f, "win.show-catalogue");
    ui_wait_text(GTK_WIDGET(f->window), product->name);
    g_free(product->name);
    product->name = g_strdup("Gloves, better ones");
    fake_live_changed("goods", "");
    ui_wait_text(GTK_WIDGET(f->window), "Gloves, better ones");
}

/* An order's card too; many changes at once are one load. */
static void
test_card(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    KabOrder *order = fake_get_order(0);
    guint calls;

    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-order", "s", order->id.text);
    ui_settle();
    calls = fake_count_calls(FAKE_ORDER);
    g_free(order->state);
    order->state = g_strdup("Ready to ship");
    for (int i = 0; i < 20; i++)
        fake_live_changed("order", order->id.text);
    ui_wait_text(GTK_WIDGET(get_page(f)), "Ready to ship");
    g_assert_cmpuint(fake_count_calls(FAKE_ORDER), ==, calls + 1);
}

static void
test_offline(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    act(f, "win.show-orders");
    fake_fail(FAKE_ORDERS, KAB_ERROR_BUSY, "Nobody there");
    fake_live_state(KAB_LIVE_OFFLINE, "The portal cannot be reached");
    ui_wait_text(GTK_WIDGET(f->window), "The portal cannot be reached");
    ui_wait_text(GTK_WIDGET(f->window),
                 "What was loaded before stays here. Kabinet keeps trying by itself.");
    ui_shot(GTK_WIDGET(f->window), "offline");
    g_assert_true(ui_has_text(GTK_WIDGET(get_page(f)), "Order 0000-000003"));
    fake_fail(FAKE_ORDERS, -1, NULL);
    g_free(fake_get_order(0)->state);
    fake_get_order(0)->state = g_strdup("Ready to ship");
    fake_live_state(KAB_LIVE_CONNECTING, NULL);
    ui_wait_text(GTK_WIDGET(get_page(f)), "Ready to ship");
    g_assert_false(ui_has_text(GTK_WIDGET(f->window), "The portal cannot be reached"));
}

/* Takes the connection away, and gives it back. */
static void
cut(void)
{
    fake_fail(FAKE_SET_BASKET, KAB_ERROR_BUSY, "Nobody there");
    fake_fail(FAKE_SUBMIT, KAB_ERROR_BUSY, "Nobody there");
    fake_live_state(KAB_LIVE_OFFLINE, "The portal cannot be reached");
}

static void
mend(void)
{
    fake_fail(FAKE_SET_BASKET, -1, NULL);
    fake_fail(FAKE_SUBMIT, -1, NULL);
    fake_live_state(KAB_LIVE_CONNECTING, NULL);
}

/* The basket is edited without a connection, and goes up once. */
static void
test_basket_offline(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    GtkWidget *spin;

    act(f, "win.show-basket");
    spin = ui_find(GTK_WIDGET(get_page(f)), GTK_TYPE_SPIN_BUTTON, "Quantity of “Gloves”");
    cut();
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 5);
    ui_settle();
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 7);
    ui_settle();
    g_assert_true(kab_outbox_is_waiting(get_outbox(f)));
    g_assert_nonnull(
        ui_find(GTK_WIDGET(f->window), GTK_TYPE_LABEL,
                "What you changed in the basket is kept, and sent when there is a connection."));
    g_assert_cmpint(kab_order_get_line(fake_get_basket(), 0)->quantity.milli, ==, 3000);
    mend();
    ui_settle();
    g_assert_cmpint(kab_order_get_line(fake_get_basket(), 0)->quantity.milli, ==, 7000);
    g_assert_false(kab_outbox_is_busy(get_outbox(f)));
    g_assert_cmpfloat(gtk_spin_button_get_value(GTK_SPIN_BUTTON(spin)), ==, 7);
}

/* An order that is placed without a connection is saved here, and at the portal once there is one;
 * what is put into the basket after it is not in it. */
static void
test_order_offline(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    guint n = 3;

    act(f, "win.show-basket");
    cut();
    ui_click(GTK_WIDGET(get_page(f)), "Place order");
    ui_wait_state(get_page(f), KAB_PAGE_EMPTY);
    g_assert_cmpuint(kab_outbox_count_orders(get_outbox(f)), ==, 1);
    g_assert_nonnull(ui_find(GTK_WIDGET(f->window), GTK_TYPE_LABEL, SAVED));
    /* What an order is made of is not in the basket any more, whatever was told of it before. */
    act(f, "win.show-home");
    ui_wait_text(GTK_WIDGET(get_page(f)), "The basket is empty");
    g_assert_cmpuint(kab_main_view_get_basket_count(kab_window_get_main_view(f->window)), ==, 0);
    act(f, "win.show-basket");
    g_assert_cmpint(kab_page_view_get_state(kab_data_page_get_view(get_page(f))), ==,
                    KAB_PAGE_EMPTY);
    act(f, "win.show-orders");
    g_assert_true(ui_has_text(GTK_WIDGET(f->window), "Saved on this computer"));
    g_assert_true(ui_has_text(GTK_WIDGET(f->window), "It is placed when there is a connection."));
    act(f, "win.show-catalogue");
    g_assert_false(ui_has_text(GTK_WIDGET(f->window), "Saved on this computer"));
    ui_wait_text(GTK_WIDGET(f->window), "Drill");
    ui_click(GTK_WIDGET(f->window), "Add “Drill” to the basket");
    ui_settle();
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 1);
    mend();
    ui_wait_text(GTK_WIDGET(f->window), "Your order is at the portal now");
    ui_settle();
    g_assert_cmpuint(fake_get_order(0)->lines->len, ==, 1);
    g_assert_cmpint(fake_get_order(0)->status, ==, KAB_ORDER_NEW);
    g_assert_cmpstr(fake_get_last_details()->phone, ==, "+7 900 000-00-00");
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 1);
    g_assert_cmpstr(kab_order_get_line(fake_get_basket(), 0)->name, ==, "Drill");
    fake_live_state(KAB_LIVE_OFFLINE, "cut");
    fake_live_state(KAB_LIVE_CONNECTING, NULL);
    ui_settle();
    act(f, "win.show-orders");
    g_assert_false(ui_has_text(GTK_WIDGET(f->window), "Saved on this computer"));
    g_assert_cmpuint(kab_outbox_count_orders(get_outbox(f)), ==, 0);
    g_assert_cmpint(fake_get_order(n)->status, !=, KAB_ORDER_N_STATUSES); /* three and this one */
}

/* What is added without a connection stands in the basket at once, on every page, and the order
 * that is made of it costs what was shown. */
static void
test_added_offline(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    gint64 total = fake_get_product(0)->price.minor * 3 + fake_get_product(2)->price.minor;
    KabOrder *order;

    act(f, "win.show-basket"); /* it has been looked at before */
    act(f, "win.show-catalogue");
    ui_wait_text(GTK_WIDGET(f->window), "Drill");
    cut();
    ui_click(GTK_WIDGET(f->window), "Add “Drill” to the basket");
    ui_settle();
    g_assert_true(kab_outbox_is_waiting(get_outbox(f)));
    g_assert_cmpuint(kab_main_view_get_basket_count(kab_window_get_main_view(f->window)), ==, 2);
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 1);
    act(f, "win.show-home");
    ui_wait_text(GTK_WIDGET(get_page(f)), "2 products");
    act(f, "win.show-basket");
    g_assert_nonnull(ui_find(GTK_WIDGET(get_page(f)), GTK_TYPE_SPIN_BUTTON, "Quantity of “Drill”"));
    ui_click(GTK_WIDGET(get_page(f)), "Place order");
    ui_wait_state(get_page(f), KAB_PAGE_EMPTY);
    mend();
    ui_wait_text(GTK_WIDGET(f->window), "Your order is at the portal now");
    ui_settle();
    g_assert_cmpint(fake_get_last_details()->total.minor, ==, total);
    order = fake_get_order(0);
    g_assert_cmpuint(order->lines->len, ==, 2);
    g_assert_cmpint(order->total.minor, ==, total);
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 0);
}

/* It outlives the program. */
static void
test_order_kept(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *key = NULL;
    guint calls;

    act(f, "win.show-basket");
    cut();
    ui_click(GTK_WIDGET(get_page(f)), "Place order");
    ui_wait_state(get_page(f), KAB_PAGE_EMPTY);
    key = g_strdup(fake_get_last_key());
    close_window(f);
    fake_fail(FAKE_SET_BASKET, -1, NULL);
    fake_fail(FAKE_SUBMIT, -1, NULL);
    calls = fake_count_calls(FAKE_SUBMIT);
    open_window(f, "boris"); /* somebody else's it is not */
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SUBMIT), ==, calls);
    close_window(f);
    open_window(f, "anna");
    ui_wait_text(GTK_WIDGET(f->window), "Your order is at the portal now");
    g_assert_cmpstr(fake_get_last_key(), ==, key);
    g_assert_cmpuint(fake_count_calls(FAKE_SUBMIT), ==, calls + 1);
    close_window(f);
    open_window(f, "anna");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_SUBMIT), ==, calls + 1);
}

static GtkWidget *
find_unsent(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (ADW_IS_MESSAGE_DIALOG(l->data))
            return l->data;
    return NULL;
}

static gboolean
has_unsent(gpointer data)
{
    return (find_unsent() != NULL) == GPOINTER_TO_INT(data);
}

/* An order that the portal will not have is kept with what was entered after it: nothing of that
 * goes before the person has decided, and no other order gets its goods. */
static void
refuse_order(Fixture *f)
{
    act(f, "win.show-basket");
    cut();
    ui_click(GTK_WIDGET(get_page(f)), "Place order");
    ui_wait_state(get_page(f), KAB_PAGE_EMPTY);
    act(f, "win.show-catalogue");
    ui_wait_text(GTK_WIDGET(f->window), "Drill");
    ui_click(GTK_WIDGET(f->window), "Add “Drill” to the basket");
    ui_settle();
    act(f, "win.show-basket");
    fake_fail(FAKE_SET_BASKET, -1, NULL);
    fake_fail(FAKE_SUBMIT, KAB_ERROR_STATE, "Gloves are no longer sold");
    fake_live_state(KAB_LIVE_CONNECTING, NULL);
    ui_wait_for(has_unsent, GINT_TO_POINTER(TRUE));
    ui_wait_text(find_unsent(), "The order that was saved here was not taken");
    g_assert_cmpuint(kab_outbox_count_orders(get_outbox(f)), ==, 1);
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 1); /* the drill waits */
}

static void
test_refused(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    refuse_order(f);
    fake_fail(FAKE_SUBMIT, -1, NULL);
    kab_outbox_flush(get_outbox(f)); /* nobody has decided */
    ui_settle();
    g_assert_cmpuint(kab_outbox_count_orders(get_outbox(f)), ==, 1);
    ui_click(find_unsent(), "Try again");
    ui_wait_text(GTK_WIDGET(f->window), "Your order is at the portal now");
    ui_settle();
    g_assert_false(kab_outbox_is_busy(get_outbox(f)));
    g_assert_cmpuint(fake_get_order(0)->lines->len, ==, 1);
    g_assert_cmpstr(kab_order_get_line(fake_get_basket(), 0)->name, ==, "Drill");
}

/* Whoever does not decide at once finds it among the orders. */
static void
test_decided_later(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    refuse_order(f);
    ui_click(find_unsent(), "Later");
    ui_wait_for(has_unsent, GINT_TO_POINTER(FALSE));
    act(f, "win.show-orders");
    ui_wait_text(GTK_WIDGET(f->window), "The portal will not have it: Gloves are no longer sold");
    ui_click(GTK_WIDGET(f->window), "Decide");
    ui_wait_for(has_unsent, GINT_TO_POINTER(TRUE));
    ui_click(find_unsent(), "Back to the basket");
    ui_settle();
    g_assert_cmpuint(kab_outbox_count_orders(get_outbox(f)), ==, 0);
    g_assert_false(ui_has_text(GTK_WIDGET(f->window), "Saved on this computer"));
}

static void
test_given_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    refuse_order(f);
    ui_click(find_unsent(), "Back to the basket");
    ui_wait_for(has_unsent, GINT_TO_POINTER(FALSE));
    ui_wait_text(GTK_WIDGET(get_page(f)), "Gloves"); /* still in the basket */
    g_assert_false(kab_outbox_is_busy(get_outbox(f)));
}

/* A change of the basket that is refused takes no order with it. */
static void
test_bad_change(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    act(f, "win.show-catalogue");
    ui_wait_text(GTK_WIDGET(f->window), "Drill");
    cut();
    ui_click(GTK_WIDGET(f->window), "Add “Drill” to the basket");
    ui_settle();
    act(f, "win.show-basket");
    ui_click(GTK_WIDGET(get_page(f)), "Place order");
    ui_wait_state(get_page(f), KAB_PAGE_EMPTY);
    fake_fail(FAKE_SET_BASKET, KAB_ERROR_STATE, "The drill is sold from 10 on");
    fake_fail(FAKE_SUBMIT, -1, NULL);
    fake_live_state(KAB_LIVE_CONNECTING, NULL);
    ui_wait_for(has_unsent, GINT_TO_POINTER(TRUE));
    g_assert_cmpuint(kab_outbox_count_orders(get_outbox(f)), ==, 1);
    g_assert_cmpuint(fake_get_basket()->lines->len, ==, 1);
    gtk_window_destroy(GTK_WINDOW(find_unsent()));
}

static GtkWidget *
find_dialog(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_PASSWORD_DIALOG(l->data))
            return l->data;
    return NULL;
}

static gboolean
has_dialog(gpointer data)
{
    return (find_dialog() != NULL) == GPOINTER_TO_INT(data);
}

/* The password is asked for in place; what was entered is still there. */
static void
test_session_ended(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    KabOrder *draft = fake_get_order(0);
    KabDataPage *card;
    GtkWidget *spin;
    GtkWidget *dialog;

    draft->status = KAB_ORDER_DRAFT;
    draft->revision = 0;
    gtk_widget_activate_action(GTK_WIDGET(f->window), "win.open-order", "s", draft->id.text);
    ui_settle();
    card = get_page(f);
    spin = ui_find(GTK_WIDGET(card), GTK_TYPE_SPIN_BUTTON, NULL);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 42);
    fake_live_end_session();
    fake_live_end_session();
    ui_wait_for(has_dialog, GINT_TO_POINTER(TRUE));
    dialog = find_dialog();
    ui_click(dialog, "Sign in");
    ui_wait_text(dialog, "Enter your password.");
    gtk_editable_set_text(GTK_EDITABLE(ui_find(dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, "Password")),
                          "wrong");
    ui_click(dialog, "Sign in");
    ui_wait_text(dialog, "The password is wrong.");
    gtk_editable_set_text(GTK_EDITABLE(ui_find(dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, "Password")),
                          "right");
    ui_click(dialog, "Sign in");
    ui_wait_for(has_dialog, GINT_TO_POINTER(FALSE));
    g_assert_true(get_page(f) == card);
    spin = ui_find(GTK_WIDGET(card), GTK_TYPE_SPIN_BUTTON, NULL);
    g_assert_cmpfloat(gtk_spin_button_get_value(GTK_SPIN_BUTTON(spin)), ==, 42);
    g_assert_true(fake_live_is_started());
    g_assert_cmpstr(kab_session_get_user(kab_window_get_session(f->window))->login, ==, "anna");
}

static void
test_session_left(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    fake_live_end_session();
    ui_wait_for(has_dialog, GINT_TO_POINTER(TRUE));
    ui_click(find_dialog(), "Leave");
    ui_wait_text(GTK_WIDGET(f->window), "Sign in to Kabinet");
    ui_wait_for(has_dialog, GINT_TO_POINTER(FALSE));
    g_assert_null(kab_window_get_main_view(f->window));
}

static void
test_closed_while_renewing(Fixture *f G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
    GtkWidget *dialog;

    fake_live_end_session();
    ui_wait_for(has_dialog, GINT_TO_POINTER(TRUE));
    dialog = find_dialog();
    fake_hold(FAKE_SIGN_IN);
    gtk_editable_set_text(GTK_EDITABLE(ui_find(dialog, ADW_TYPE_PASSWORD_ENTRY_ROW, "Password")),
                          "right");
    ui_click(dialog, "Sign in");
    ui_wait_held(FAKE_SIGN_IN);
    gtk_window_destroy(GTK_WINDOW(dialog));
    ui_settle();
    fake_release_all(FAKE_SIGN_IN);
}

static GtkWidget *
find_report(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_REPORT_DIALOG(l->data))
            return l->data;
    return NULL;
}

static char *
get_text(gpointer dialog, const char *view)
{
    GtkTextBuffer *buffer =
        gtk_text_view_get_buffer(GTK_TEXT_VIEW(ui_child(dialog, KAB_TYPE_REPORT_DIALOG, view)));
    GtkTextIter start;
    GtkTextIter end;

    gtk_text_buffer_get_bounds(buffer, &start, &end);
    return gtk_text_buffer_get_text(buffer, &start, &end, FALSE);
}

static gboolean
has_report_toast(gpointer dialog)
{
    g_autofree char *path = g_build_filename(g_get_user_special_dir(G_USER_DIRECTORY_DOWNLOAD),
                                             "Kabinet report.txt", NULL);

    return g_file_test(path, G_FILE_TEST_EXISTS) && dialog != NULL;
}

/* What support wants to know, without what is nobody's business. */
static void
test_report(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const there[] = {"Company: Horns and Hooves",
                                        "Who: anna, Buyer",
                                        "Program: Kabinet ",
                                        ", build ",
                                        "GTK 4.",
                                        "Portal: fake:portal",
                                        " Orders",
                                        " Home",
                                        "The portal cannot be reached",
                                        "Changes are told: none"};
    g_autofree char *text = NULL;

    act(f, "win.show-orders");
    fake_live_state(KAB_LIVE_OFFLINE, "The portal cannot be reached");
    act(f, "win.report");
    text = get_text(find_report(), "collected_view");
    for (gsize i = 0; i < G_N_ELEMENTS(there); i++) {
        g_test_message("%s", there[i]);
        g_assert_nonnull(strstr(text, there[i]));
    }
    g_assert_null(strstr(text, "token-of-anna"));
    g_assert_null(strstr(text, "right"));
    ui_act(find_report(), "report.save");
    ui_wait_for(has_report_toast, find_report());
    gtk_window_destroy(GTK_WINDOW(find_report()));
}

static gboolean
has_failures(gpointer dialog)
{
    g_autofree char *text = get_text(dialog, "collected_view");

    return strstr(text, "Latest failures:") != NULL;
}

/* Of the ends too, for whoever sets up the exchange: how they are set up, and what failed. */
static void
test_report_of_ends(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const there[] = {"exchange.schedule = 05:00", "exchange.client-secret = (",
                                        "Messages sent", "connection refused by 10.0.0.9",
                                        "Waiting: 3, processing: 2, failed: 2"};
    g_autofree char *text = NULL;

    close_window(f);
    fake_reset();
    fake_fill_queue(7);
    fake_set_setting("exchange.address", "https://olga:hush-hush@erp.example.com/");
    fake_add_journal(FALSE, "POST messages", "connection refused by 10.0.0.9");
    open_window(f, "admin");
    act(f, "win.report");
    ui_wait_for(has_failures, find_report());
    text = get_text(find_report(), "collected_view");
    for (gsize i = 0; i < G_N_ELEMENTS(there); i++) {
        g_test_message("%s", there[i]);
        g_assert_nonnull(strstr(text, there[i]));
    }
    g_assert_null(strstr(text, "hush-hush"));
    gtk_window_destroy(GTK_WINDOW(find_report()));
}

/* News, and what changed since the last visit. */
static void
test_home(void)
{
    Fixture f;
    GtkWidget *page;

    fake_reset();
    fake_fill(10, 3, FALSE);
    fake_add_news("The <b>warehouse</b> is closed", "Until Monday");
    fake_add_news("New prices", "");
    fake_set_visit(G_GINT64_CONSTANT(1788250000000), 2);
    open_window(&f, "anna");
    page = GTK_WIDGET(get_page(&f));
    ui_wait_text(page, "The <b>warehouse</b> is closed");
    g_assert_true(ui_has_text(page, "New prices"));
    g_assert_true(ui_has_text(page, "2 orders changed"));
    g_assert_nonnull(ui_find(page, GTK_TYPE_LIST_BOX, "Orders that changed since your last visit"));
    ui_act(page, "home.hide-visit");
    ui_settle();
    g_assert_null(ui_find(page, GTK_TYPE_LIST_BOX, "Orders that changed since your last visit"));
    close_window(&f);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)
    ADD("/live/changed", test_changed);
    ADD("/live/goods", test_goods);
    ADD("/live/card", test_card);
    ADD("/live/offline", test_offline);
    ADD("/live/basket-offline", test_basket_offline);
    ADD("/live/order-offline", test_order_offline);
    ADD("/live/added-offline", test_added_offline);
    ADD("/live/order-kept", test_order_kept);
    ADD("/live/refused", test_refused);
    ADD("/live/decided-later", test_decided_later);
    ADD("/live/given-up", test_given_up);
    ADD("/live/bad-change", test_bad_change);
    ADD("/live/session-ended", test_session_ended);
    ADD("/live/session-left", test_session_left);
    ADD("/live/closed-while-renewing", test_closed_while_renewing);
    ADD("/live/report", test_report);
    ADD("/live/report-of-ends", test_report_of_ends);
    g_test_add_func("/live/home", test_home);
    return g_test_run();
}
