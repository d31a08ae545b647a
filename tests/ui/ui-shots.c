/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-form.h"
#include "kab-goods-dialog.h"
#include "kab-journal-entry-page.h"
#include "kab-period-button.h"
#include "kab-key-dialog.h"
#include "kab-news-dialog.h"
#include "kab-person-dialog.h"
#include "kab-publication-list.h"
#include "kab-publication-page.h"
#include "kab-queue-add-dialog.h"
#include "kab-queue-page.h"
#include "kab-resend-dialog.h"
#include "kab-session-ends.h"
#include "kab-sign-in-page.h"
#include "kab-user-access.h"
#include "kab-window.h"
#include "ui-pages.h"
#include "ui-test.h"

#include <libintl.h>
#include <locale.h>

/* Not a test: pictures of all pages, to be looked at. ui-shots WIDTH HEIGHT [long]. With
 * $KABINET_LOCALE_DIR and $LANGUAGE they are in that language. */

static gboolean
has_view(gpointer data)
{
    return kab_window_get_main_view(data) != NULL;
}

static void
shoot(KabWindow *window, const char *action, const char *id, const char *name)
{
    g_autoptr(GVariant) target = id != NULL ? g_variant_ref_sink(g_variant_new_string(id)) : NULL;

    g_assert_true(gtk_widget_activate_action_variant(GTK_WIDGET(window), action, target));
    ui_settle();
    ui_shot(GTK_WIDGET(window), name);
}

static void
shoot_skipped(KabWindow *window)
{
    g_autoptr(GList) windows = NULL;

    fake_skip("Gloves, knitted, with two layers of latex", KAB_SKIP_NOT_SOLD);
    fake_skip("Screwdriver set 2", KAB_SKIP_NO_PRICE);
    for (int i = 0; i < 8; i++)
        fake_skip("Helmet of last year", KAB_SKIP_NOT_SOLD);
    gtk_widget_activate_action(GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window))),
                               "order.repeat", NULL);
    ui_settle();
    windows = gtk_window_list_toplevels();
    for (GList *l = windows; l != NULL; l = l->next)
        if (ADW_IS_MESSAGE_DIALOG(l->data)) {
            ui_shot(l->data, "order-repeat");
            gtk_window_close(l->data);
        }
    ui_settle();
}

static void
shoot_period(KabWindow *window)
{
    GtkWidget *button = ui_find(GTK_WIDGET(window), KAB_TYPE_PERIOD_BUTTON, NULL);
    GtkWidget *popover = ui_child(button, KAB_TYPE_PERIOD_BUTTON, "popover");

    gtk_popover_popup(GTK_POPOVER(popover));
    ui_settle();
    ui_shot(popover, "orders-period");
    gtk_popover_popdown(GTK_POPOVER(popover));
    kab_period_button_set(KAB_PERIOD_BUTTON(button), kab_date_of("2025-12-01"),
                          kab_date_of("2025-12-31"));
    ui_settle();
    ui_shot(GTK_WIDGET(window), "orders-december");
    kab_period_button_set(KAB_PERIOD_BUTTON(button), (KabDate){""}, (KabDate){""});
    ui_settle();
}

static void
shoot_dialog(const char *name)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (ADW_IS_MESSAGE_DIALOG(l->data) || KAB_IS_RESEND_DIALOG(l->data) ||
            KAB_IS_QUEUE_ADD_DIALOG(l->data)) {
            ui_shot(l->data, name);
            gtk_window_close(l->data);
        }
    ui_settle();
}

static void
fill_journal(void)
{
    KabJournalItem *item;
    KabJournalObject *object;

    fake_add_journal(FALSE, "POST messages",
                     "The other end rejected it: the product “Gloves, knitted” is not known there");
    item = fake_get_journal(0);
    object = g_ptr_array_index(item->objects, 0);
    g_free(object->outcome);
    object->outcome = g_strdup("rejected");
    g_free(item->request);
    item->request = g_strdup_printf(
        "{\"messages\":[{\"kind\":\"order\",\"id\":\"%s\",\"version\":3,\"body\":"
        "{\"number\":\"0000-000014\",\"partner\":\"Wheels and Deals\",\"lines\":["
        "{\"product\":\"Gloves, knitted\",\"quantity\":\"12\",\"price\":\"119.00\"},"
        "{\"product\":\"Helmet\",\"quantity\":\"3\",\"price\":\"1490.00\"}]}}]}",
        object->id);
    fake_add_journal(TRUE, "GET queue", NULL);
    fake_add_journal(TRUE, "POST answers", NULL);
    fake_add_journal(FALSE, "POST messages", "erp.example.com: connection refused");
    fake_add_journal(FALSE, "put", NULL);
    for (int i = 0; i < 20; i++)
        fake_add_journal(i % 3 == 0, i % 2 == 0 ? "POST messages" : "GET queue", NULL);
}

static void
shoot_journal(KabWindow *window)
{
    g_autofree char *target = NULL;
    GtkWidget *page;

    shoot(window, "win.show-portal-journal", NULL, "portal-journal");
    shoot(window, "win.open-portal-journal-entry", "1", "journal-entry");
    page = GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window)));
    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(ui_child(page, KAB_TYPE_JOURNAL_ENTRY_PAGE, "request_button")), TRUE);
    ui_settle();
    ui_shot(GTK_WIDGET(window), "journal-entry-request");
    gtk_widget_activate_action(page, "entry.resend", "s", "");
    ui_settle();
    shoot_dialog("resend");
    g_strlcpy(((KabJournalObject *)fake_get_journal(0)->objects->pdata[0])->id,
              fake_get_queue_entry(2)->object_id, KAB_ID_SIZE);
    fake_set_number("0000-000014", fake_get_queue_entry(2)->object_id);
    target = g_strconcat("order/", fake_get_queue_entry(2)->object_id, NULL);
    shoot(window, "win.open-story", target, "story");
}

static void
shoot_causes(KabWindow *window)
{
    GtkWidget *page = GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window)));

    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(ui_child(page, KAB_TYPE_QUEUE_PAGE, "causes_button")), TRUE);
    ui_settle();
    ui_shot(GTK_WIDGET(window), "queue-causes");
    gtk_toggle_button_set_active(
        GTK_TOGGLE_BUTTON(ui_child(page, KAB_TYPE_QUEUE_PAGE, "entries_button")), TRUE);
    gtk_widget_activate_action(page, "queue.add", NULL);
    ui_settle();
    shoot_dialog("queue-add");
}

static void
shoot_key(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_KEY_DIALOG(l->data)) {
            ui_shot(l->data, "key");
            gtk_window_close(l->data);
        }
    ui_settle();
}

static void
shoot_dialog_of(KabWindow *window, const char *action, GType type, const char *name)
{
    g_autoptr(GList) windows = NULL;

    gtk_widget_activate_action(GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window))),
                               action, NULL);
    ui_settle();
    windows = gtk_window_list_toplevels();
    for (GList *l = windows; l != NULL; l = l->next)
        if (G_TYPE_CHECK_INSTANCE_TYPE(l->data, type)) {
            ui_shot(l->data, name);
            gtk_window_close(l->data);
        }
    ui_settle();
}

static gboolean
has_selection_bar(gpointer window)
{
    GtkWidget *page = ui_find(window, KAB_TYPE_PUBLICATION_PAGE, NULL);

    return gtk_widget_get_visible(ui_child(page, KAB_TYPE_PUBLICATION_PAGE, "selection_bar"));
}

static void
shoot_publication(KabWindow *window)
{
    GtkWidget *list;

    fake_get_publication(2)->pending = TRUE;
    shoot(window, "win.show-publication", NULL, "publication");
    list = ui_find(GTK_WIDGET(window), KAB_TYPE_PUBLICATION_LIST, NULL);
    kab_publication_list_select(KAB_PUBLICATION_LIST(list), 3);
    ui_wait_for(has_selection_bar, window);
    ui_settle();
    ui_shot(GTK_WIDGET(window), "publication-selected");
    shoot_dialog_of(window, "publication.edit", KAB_TYPE_PERSON_DIALOG, "person");
    shoot_dialog_of(window, "publication.add-contact", KAB_TYPE_PERSON_DIALOG, "person-new");
    shoot_dialog_of(window, "publication.add-partner", KAB_TYPE_PERSON_DIALOG, "partner-new");
}

static gboolean
has_goods(gpointer dialog)
{
    return ui_has_text(dialog, "Respirator");
}

static void
shoot_goods(KabWindow *window)
{
    g_autoptr(GList) windows = NULL;
    GtkWidget *entry;

    gtk_widget_activate_action(GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window))),
                               "client-order.add-line", NULL);
    ui_settle();
    windows = gtk_window_list_toplevels();
    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_GOODS_DIALOG(l->data)) {
            entry = ui_child(l->data, KAB_TYPE_GOODS_DIALOG, "search_entry");
            gtk_editable_set_text(GTK_EDITABLE(entry), "e");
            g_signal_emit_by_name(entry, "search-changed");
            ui_wait_for(has_goods, l->data);
            ui_shot(l->data, "goods");
            gtk_window_close(l->data);
        }
    ui_settle();
}

/* What the last page scrolls, at its end. */
static void
scroll_down(KabWindow *window)
{
    GtkWidget *page = GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window)));
    GtkWidget *scrolled = ui_find(page, GTK_TYPE_SCROLLED_WINDOW, NULL);
    GtkAdjustment *end = gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scrolled));

    gtk_adjustment_set_value(end, gtk_adjustment_get_upper(end));
    ui_settle();
}

/* Roles, and a word that is not known, at the end of the base's settings. */
static void
shoot_maps(KabWindow *window)
{
    fake_fill_roles();
    fake_set_word("unit", "9999", NULL);
    shoot(window, "win.show-base-settings", NULL, "base-settings");
    scroll_down(window);
    ui_shot(GTK_WIDGET(window), "base-settings-end");
}

/* Each change happens at the service; the page is looked at after it was loaded anew. */
static void
shoot_queue(KabWindow *window)
{
    KabExchangeState *exchange = fake_get_exchange();

    exchange->next_run_at = kab_time_now() + 240000;
    shoot(window, "win.show-overview", NULL, "overview");
    shoot(window, "win.show-segments", NULL, "segments");
    shoot(window, "win.show-portal-settings", NULL, "portal-settings");
    shoot_maps(window);
    shoot_journal(window);
    shoot(window, "win.show-portal-queue", NULL, "portal-queue");
    shoot_causes(window);
    fake_keep_running();
    fake_begin_run("schedule", 0, 0);
    shoot(window, "win.reload", NULL, "portal-queue-starting");
    exchange->run->done = 120;
    exchange->run->total = 340;
    ui_wait_calls(FAKE_GET_RUN, 2);
    shoot(window, "win.reload", NULL, "portal-queue-running");
    fake_end_run();
    fake_fill_queue(25);
    ui_wait_calls(FAKE_QUEUE, 1);
    exchange->failing_since = kab_time_now() - 600000;
    exchange->failure = g_strdup("The other end does not answer: connection refused");
    exchange->held_until = kab_time_now() + 300000;
    shoot(window, "win.reload", NULL, "portal-queue-silent");
    exchange->paused_at = kab_time_now() - 300000;
    exchange->paused_by = g_strdup("admin");
    shoot(window, "win.reload", NULL, "portal-queue-paused");
    shoot(window, "win.show-base-queue", NULL, "base-queue");
    gtk_widget_activate_action(GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window))),
                               "queue.discard", NULL);
    ui_settle();
    shoot_dialog("discard");
}

/* With a base, when an end does not answer, and where a base is entered. */
static void
shoot_connections(KabWindow *window)
{
    KabSession *session = kab_window_get_session(window);
    GtkWidget *page;

    shoot(window, "win.show-connections", NULL, "connections");
    page = GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window)));
    fake_fail(FAKE_SIGN_IN, KAB_ERROR_BUSY,
              "There is no connection: the service cannot be reached.\n"
              "erp.example.com: connection refused");
    shoot(window, "win.reload", NULL, "connections-offline");
    fake_fail(FAKE_SIGN_IN, -1, NULL);
    kab_session_set_base(session, NULL, NULL, NULL);
    ui_settle();
    ui_shot(GTK_WIDGET(window), "connections-no-base");
    kab_session_set_base(session, kab_session_get_portal(session), "/etc/ssl/company-root.pem",
                         NULL);
    gtk_widget_activate_action(page, "connections.change", NULL);
    gtk_editable_set_text(GTK_EDITABLE(ui_child(ui_find(page, KAB_TYPE_BASE_FORM, NULL),
                                                KAB_TYPE_BASE_FORM, "address_row")),
                          "http://erp.example.com");
    scroll_down(window);
    ui_shot(GTK_WIDGET(window), "connections-change");
}

static void
fill_papers(void)
{
    KabLimits *limits = fake_get_limits();
    KabOrder *order = fake_get_order(1);

    limits->has_limit = TRUE;
    limits->credit_limit = kab_money_new(50000000, "RUB");
    limits->debt = kab_money_new(12500000, "RUB");
    limits->overdue = kab_money_new(150000, "RUB");
    limits->open = kab_money_new(4321000, "RUB");
    fake_add_partner();
    fake_add_session("there", "Kabinet 1");
    fake_fill_tasks(3);
    fake_get_task(1)->state = KAB_TASK_FINISHED;
    fake_get_task(1)->variant = g_strdup("remark");
    fake_get_task(1)->comment = g_strdup("Only until the end of the month");
    fake_get_task(1)->decided_name = g_strdup("Olga");
    fake_get_task(1)->decided_at = kab_time_now();
    fake_set_document(1, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_READY);
    fake_set_document(1, KAB_DOCUMENT_WAYBILL, KAB_DOCUMENT_FAILED);
    fake_add_comment(1, FALSE, "Anna", "Can the gloves come a day earlier?");
    fake_add_comment(1, TRUE, "Ivan Petrov", "Yes, on Thursday, together with the helmets.");
    order->wished_date = kab_date_of("2026-12-24");
    order->ship_date = kab_date_of("2026-12-28");
    kab_order_get_line(order, 0)->ordered_price.minor += 1500;
    fake_set_seen(0, 11900);
    fake_set_seen(2, 17000);
    fake_add_history(FALSE, "Anna Orlova", "saved", NULL, 0);
    fake_add_history(FALSE, "Anna Orlova", "placed", NULL, 0);
    fake_add_history(TRUE, "base", "awaiting-manager", "0000-000011", 0);
    fake_add_history(TRUE, "Ivan Petrov", "awaiting-partner", NULL, 2);
    fake_add_history(FALSE, "Olga Head", "confirmed", NULL, 0);
    fake_add_history(TRUE, "Ivan Petrov", "changed", NULL, 1);
    fake_get_order(4)->name = g_strdup("Stock for the winter");
    fake_add_act(9, KAB_DOCUMENT_READY);
    fake_add_act(10, KAB_DOCUMENT_FAILED);
    fake_add_act(11, KAB_DOCUMENT_PREPARING);
}

int
main(int argc, char **argv)
{
    const KabAppIdentity identities[] = {
        {"Partner", "olga", "right", KAB_APP_PARTNER},
        {"Administrator", "admin", "right", KAB_APP_ADMINISTRATOR},
    };
    const KabAppConfig config = {"fake:portal", "fake:base", TRUE, identities, 2, NULL};
    KabWindow *window;

    ui_test_init(&argc, &argv);
    if (g_getenv("KABINET_LOCALE_DIR") != NULL) {
        setlocale(LC_ALL, ""); /* which the line before has fixed for tests */
        bindtextdomain(GETTEXT_PACKAGE, g_getenv("KABINET_LOCALE_DIR"));
        bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
    }
    if (g_getenv("KAB_TEST_DARK") != NULL)
        adw_style_manager_set_color_scheme(adw_style_manager_get_default(),
                                           ADW_COLOR_SCHEME_FORCE_DARK);
    if (g_getenv("KAB_TEST_SCALE") != NULL)
        ui_scale_text(atoi(g_getenv("KAB_TEST_SCALE")));
    g_assert_cmpint(argc, >=, 3);
    fake_reset();
    fake_fill(40, 12, argc > 3);
    fake_fill_queue(25);
    fake_fill_users();
    fake_fill_publication();
    fake_add_news(
        "The warehouse is closed on Friday",
        "Orders that are placed on Friday are packed on Monday. We wish you a quiet day.");
    fake_add_news("New catalogue", "");
    fake_complete_product(0, 10 * KAB_QUANTITY_ONE);
    fake_put_into_basket(0, 3000);
    fake_put_into_basket(1, 12500);
    fake_put_into_basket(3, 1000);
    fill_papers();
    fill_journal();
    window = kab_window_new(NULL, &config);
    gtk_window_set_default_size(GTK_WINDOW(window), atoi(argv[1]), atoi(argv[2]));
    gtk_window_present(GTK_WINDOW(window));
    ui_wait_for(has_view, window);
    shoot(window, "win.show-home", NULL, "home");
    shoot(window, "win.show-catalogue", NULL, "catalogue");
    gtk_widget_activate_action(GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window))),
                               "catalogue.switch-view", NULL);
    ui_settle();
    ui_shot(GTK_WIDGET(window), "catalogue-grid");
    shoot(window, "win.open-product", fake_get_product(0)->id.text, "product");
    scroll_down(window);
    ui_shot(GTK_WIDGET(window), "product-end");
    shoot(window, "win.show-basket", NULL, "basket");
    shoot(window, "win.show-orders", NULL, "orders");
    shoot_period(window);
    shoot(window, "win.open-order", fake_get_order(0)->id.text, "order-awaiting");
    shoot(window, "win.open-order", fake_get_order(4)->id.text, "order-draft");
    shoot(window, "win.open-order", fake_get_order(1)->id.text, "order-in-progress");
    scroll_down(window);
    ui_shot(GTK_WIDGET(window), "order-in-progress-end");
    shoot_skipped(window);
    shoot(window, "win.show-tasks", NULL, "tasks");
    shoot(window, "win.open-task", fake_get_task(0)->id.text, "task");
    shoot(window, "win.open-task", fake_get_task(1)->id.text, "task-decided");
    shoot(window, "win.show-settlements", NULL, "settlements");
    shoot(window, "win.account", NULL, "account");
    shoot(window, "win.demo-administrator", NULL, "waiting");
    ui_wait_for(has_view, window);
    shoot(window, "win.show-client-orders", NULL, "client-orders");
    shoot(window, "win.open-client-order", fake_get_order(0)->id.text, "client-order");
    shoot_goods(window);
    shoot(window, "win.show-base-tasks", NULL, "base-tasks");
    shoot_queue(window);
    shoot(window, "win.show-publish-news", NULL, "publish-news");
    shoot_dialog_of(window, "news.write", KAB_TYPE_NEWS_DIALOG, "news-write");
    shoot_publication(window);
    shoot(window, "win.show-users", NULL, "users");
    shoot(window, "win.open-user", fake_get_user(3)->id.text, "user");
    shoot(window, "win.open-user", fake_get_user(2)->id.text, "user-program");
    ui_act(GTK_WIDGET(ui_find(GTK_WIDGET(window), KAB_TYPE_USER_ACCESS, NULL)), "access.add-key");
    ui_settle();
    shoot_key();
    shoot(window, "win.open-user", fake_get_user(1)->id.text, "user-partners");
    shoot(window, "win.open-user", "", "user-new");
    shoot(window, "win.open-audit", "", "audit");
    shoot_connections(window);
    fake_fail(FAKE_EXCHANGE, KAB_ERROR_BUSY, "The portal cannot be reached: connection refused");
    shoot(window, "win.reload", NULL, "offline");
    shoot(window, "win.show-base-queue", NULL, "offline-error");
    shoot(window, "win.sign-out", NULL, "sign-in");
    /* What the button does, whatever it is called in this language. */
    gtk_widget_activate_action(ui_find(GTK_WIDGET(window), KAB_TYPE_SIGN_IN_PAGE, NULL),
                               "sign-in.code", NULL);
    ui_settle();
    ui_shot(GTK_WIDGET(window), "code");
    gtk_window_destroy(GTK_WINDOW(window));
    return 0;
}
