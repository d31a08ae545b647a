/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui-pages.h"

static const char *
get_product(void)
{
    return fake_get_product(0)->id.text;
}

static const char *
get_awaiting(void)
{
    return fake_get_order(0)->id.text;
}

static const char *
get_in_progress(void)
{
    return fake_get_order(1)->id.text;
}

static const char *
get_draft(void)
{
    return fake_get_order(4)->id.text;
}

static const char *
get_task(void)
{
    return fake_get_task(0)->id.text;
}

static const char *
get_decided(void)
{
    return fake_get_task(1)->id.text;
}

static const char *
get_entry(void)
{
    return "3";
}

/* An object that has failed at both ends. */
static const char *
get_story(void)
{
    static char *target;

    g_free(target);
    target = g_strjoin("/", "order", fake_get_queue_entry(2)->object_id, NULL);
    return target;
}

static const char *
get_own_user(void)
{
    return fake_get_user(3)->id.text;
}

static const char *
get_program(void)
{
    return fake_get_user(2)->id.text;
}

static const char *
get_partners_user(void)
{
    return fake_get_user(1)->id.text;
}

static const char *
get_nothing(void)
{
    return "";
}

const UiPage ui_pages[] = {
    {"home", "win.show-home", NULL, FALSE},
    {"catalogue", "win.show-catalogue", NULL, FALSE},
    {"product", "win.open-product", get_product, FALSE},
    {"basket", "win.show-basket", NULL, FALSE},
    {"orders", "win.show-orders", NULL, FALSE},
    {"order-awaiting", "win.open-order", get_awaiting, FALSE},
    {"order-in-progress", "win.open-order", get_in_progress, FALSE},
    {"order-draft", "win.open-order", get_draft, FALSE},
    {"tasks", "win.show-tasks", NULL, FALSE},
    {"task", "win.open-task", get_task, FALSE},
    {"task-decided", "win.open-task", get_decided, FALSE},
    {"settlements", "win.show-settlements", NULL, FALSE},
    {"client-orders", "win.show-client-orders", NULL, TRUE},
    {"client-order", "win.open-client-order", get_awaiting, TRUE},
    {"base-tasks", "win.show-base-tasks", NULL, TRUE},
    {"overview", "win.show-overview", NULL, TRUE},
    {"portal-settings", "win.show-portal-settings", NULL, TRUE},
    {"base-settings", "win.show-base-settings", NULL, TRUE},
    {"segments", "win.show-segments", NULL, TRUE},
    {"portal-journal", "win.show-portal-journal", NULL, TRUE},
    {"base-journal", "win.show-base-journal", NULL, TRUE},
    {"journal-entry", "win.open-portal-journal-entry", get_entry, TRUE},
    {"story", "win.open-story", get_story, TRUE},
    {"portal-queue", "win.show-portal-queue", NULL, TRUE},
    {"base-queue", "win.show-base-queue", NULL, TRUE},
    {"users", "win.show-users", NULL, TRUE},
    {"base-users", "win.show-base-users", NULL, TRUE},
    {"user", "win.open-user", get_own_user, TRUE},
    {"user-program", "win.open-user", get_program, TRUE},
    {"user-partners", "win.open-user", get_partners_user, TRUE},
    {"user-new", "win.open-user", get_nothing, TRUE},
    {"publish-news", "win.show-publish-news", NULL, TRUE},
    {"publication", "win.show-publication", NULL, TRUE},
    {"audit", "win.open-audit", get_nothing, TRUE},
    {"connections", "win.show-connections", NULL, TRUE},
};
const guint ui_n_pages = G_N_ELEMENTS(ui_pages);

static const KabAppIdentity identities[] = {
    {"Partner", "olga", "right", KAB_APP_PARTNER},
    {"Administrator", "admin", "right", KAB_APP_ADMINISTRATOR},
};

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
    fake_add_history(FALSE, "Anna Orlova", "placed", NULL, 0);
    fake_add_history(TRUE, "base", "awaiting-manager", "0000-000011", 0);
    fake_add_history(TRUE, "Ivan Petrov", "awaiting-partner", NULL, 2);
    fake_get_order(4)->name = g_strdup("Stock for the winter");
    for (int i = 0; i < 12 * 60; i++)
        fake_add_minute(kab_time_now() - i * 60000, (i * 7) % 23, i % 90 < 20 ? 40 * (i % 90) : 0);
    fake_add_journal(FALSE, "POST /api/v1/exchange/messages",
                     "The base does not answer: connection refused");
    fake_add_journal(TRUE, "GET /api/v1/exchange/messages", NULL);
    fake_add_journal(TRUE, "POST /api/v1/exchange/messages",
                     "order 0000-000012: the status “Packed” is not mapped");
    fake_add_act(9, KAB_DOCUMENT_READY);
    fake_add_act(10, KAB_DOCUMENT_FAILED);
    fake_add_act(11, KAB_DOCUMENT_PREPARING);
}

static gboolean
has_view(gpointer data)
{
    return kab_window_get_main_view(data) != NULL;
}

KabWindow *
ui_pages_start(int width, int height)
{
    const KabAppConfig config = {"fake:portal", "fake:base", TRUE, identities, 2, NULL};
    KabWindow *window;

    fake_reset();
    fake_fill(40, 12, FALSE);
    fake_fill_queue(25);
    fake_fill_users();
    fake_fill_publication();
    fake_fill_roles();
    fake_set_word("unit", "9999", NULL);
    fake_add_news("The warehouse is closed on Friday",
                  "Orders that are placed on Friday are packed on Monday.");
    fake_add_news("New catalogue", "");
    fake_complete_product(0, 10 * KAB_QUANTITY_ONE);
    fake_put_into_basket(0, 3000);
    fake_put_into_basket(1, 12500);
    fake_put_into_basket(3, 1000);
    fill_papers();
    window = kab_window_new(NULL, &config);
    gtk_window_set_default_size(GTK_WINDOW(window), width, height);
    gtk_window_present(GTK_WINDOW(window));
    ui_wait_for(has_view, window);
    return window;
}

static void
sign_in(KabWindow *window, gboolean administrator)
{
    KabMainView *view = kab_window_get_main_view(window);

    /* Only the partner has this page. */
    if (kab_main_view_show_page(view, "home") != administrator)
        return;
    gtk_widget_activate_action(GTK_WIDGET(window),
                               administrator ? "win.demo-administrator" : "win.demo-partner", NULL);
    ui_wait_for(has_view, window);
}

KabDataPage *
ui_pages_open(KabWindow *window, guint i)
{
    const UiPage *page = &ui_pages[i];
    g_autoptr(GVariant) target =
        page->get_id != NULL ? g_variant_ref_sink(g_variant_new_string(page->get_id())) : NULL;
    KabDataPage *shown;

    sign_in(window, page->administrator);
    g_assert_true(gtk_widget_activate_action_variant(GTK_WIDGET(window), page->action, target));
    shown = kab_main_view_get_page(kab_window_get_main_view(window));
    ui_wait_state(shown, KAB_PAGE_CONTENT);
    ui_settle();
    return shown;
}

void
ui_scale_text(int scale)
{
    g_object_set(gtk_settings_get_default(), "gtk-xft-dpi", 96 * 1024 * scale, NULL);
    ui_settle();
}

static gboolean
is_null(gpointer data)
{
    return *(gpointer *)data == NULL;
}

void
ui_pages_end(KabWindow *window)
{
    gpointer weak = window;

    g_object_add_weak_pointer(G_OBJECT(window), &weak);
    gtk_window_destroy(GTK_WINDOW(window));
    ui_wait_for(is_null, &weak);
    ui_settle();
}
