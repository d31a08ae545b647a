/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-journal-row.h"
#include "kab-resend-dialog.h"
#include "kab-story-end.h"
#include "kab-story-page.h"
#include "kab-story.h"
#include "ui-pages.h"
#include "ui-test.h"

#include <string.h>

#define ERROR "The other end rejected it: the product is not known there"

static char object_id[KAB_ID_SIZE];

/* What the journal tells of the object. */
static void
add_event(gboolean incoming, const char *what, const char *outcome, const char *error)
{
    KabJournalObject *object;
    KabJournalItem *item;

    fake_add_new_journal(incoming, what, error);
    item = fake_get_journal(0);
    object = g_ptr_array_index(item->objects, 0);
    g_free(object->outcome);
    object->outcome = g_strdup(outcome);
    g_strlcpy(object->id, object_id, sizeof object->id);
    g_free(item->request);
    item->request = g_strdup_printf(
        "{\"messages\":[{\"kind\":\"order\",\"id\":\"%s\",\"version\":3,\"body\":{\"a\":1}}]}",
        object_id);
}

static KabDataPage *
make(gboolean portal, gboolean base)
{
    g_autoptr(KabClient) portal_client = fake_client_new_signed_in("fake:portal", "admin");
    g_autoptr(KabClient) base_client = fake_client_new_signed_in("fake:base", "admin");
    g_autofree char *object = g_strconcat("order/", object_id, NULL);

    return kab_story_page_new(portal ? portal_client : NULL, base ? base_client : NULL, object);
}

static void
fill(const char *state)
{
    fake_reset();
    fake_fill_queue(3);
    for (guint i = 0; i < 3; i++)
        if (g_str_equal(kab_queue_state_to_nick(fake_get_queue_entry(i)->state), state))
            g_strlcpy(object_id, fake_get_queue_entry(i)->object_id, sizeof object_id);
}

static KabDataPage *
make_failed(void)
{
    fill("failed");
    add_event(FALSE, "POST messages", "retry", NULL);
    add_event(FALSE, "POST messages", "rejected", ERROR);
    return make(TRUE, FALSE);
}

static KabDataPage *
make_both(void)
{
    fill("waiting");
    add_event(TRUE, "POST messages", "applied", NULL);
    return make(TRUE, TRUE);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 760);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

static void
test_states(void)
{
    ui_check_states(make_failed, FAKE_EXCHANGE);
    ui_check_states(make_failed, FAKE_FIND_QUEUE);
    ui_check_states(make_failed, FAKE_JOURNAL);
    ui_check_states(make_both, FAKE_FIND_QUEUE);
}

static void
test_failed(void)
{
    KabDataPage *page = make_failed();
    GtkWindow *window;

    fake_set_number("0000-000014", object_id);
    window = show(page);
    g_assert_cmpstr(kab_data_page_get_title(page), ==, "Exchange: Order 0000-000014");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "It could not be delivered and waits for you"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), ERROR));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Portal · Messages sent"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Rejected"));
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Queue it"));
    ui_click(GTK_WIDGET(page), "Retry");
    ui_act(ui_find(GTK_WIDGET(page), KAB_TYPE_STORY_END, NULL), "story.retry"); /* pressed twice */
    ui_wait_text(GTK_WIDGET(page), "It will be tried again with the next run");
    g_assert_cmpuint(fake_count_calls(FAKE_RETRY), ==, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "1 entry will be sent again");
    g_assert_true(g_str_has_suffix(fake_get_change(), " - -")); /* this object's alone */
    ui_close(window, page);
}

/* Each end by its name, in one timeline. */
static void
test_both(void)
{
    KabDataPage *page = make_both();
    GtkWindow *window = show(page);

    g_assert_true(ui_has_text(GTK_WIDGET(page), "It is queued and waits to be sent"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Portal · Messages received"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Base · Messages received"));
    ui_close(window, page);
}

static void
set_newest_kind(const char *kind)
{
    KabJournalObject *object = g_ptr_array_index(fake_get_journal(0)->objects, 0);

    g_free(object->kind);
    object->kind = g_strdup(kind);
}

/* A price has the id of its product: that it was taken says nothing of the product. */
static void
test_own_kind(void)
{
    g_autoptr(KabClient) client = NULL;
    g_autofree char *object = NULL;
    KabDataPage *page;
    GtkWindow *window;

    fake_reset();
    kab_id_fill_from_source("product", "refused", object_id);
    add_event(TRUE, "POST messages", "rejected", ERROR);
    set_newest_kind("product");
    add_event(TRUE, "POST messages", "applied", NULL);
    set_newest_kind("price");
    client = fake_client_new_signed_in("fake:portal", "admin");
    object = g_strconcat("product/", object_id, NULL);
    page = kab_story_page_new(client, NULL, object);
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "It arrived here and was not taken"));
    ui_close(window, page);
}

static void
test_run(void)
{
    KabDataPage *page;
    GtkWindow *window;

    fill("waiting");
    page = make(TRUE, FALSE);
    fake_keep_running();
    window = show(page);
    ui_click(GTK_WIDGET(page), "Run now");
    ui_wait_calls(FAKE_FIND_QUEUE, 1);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_RUN), ==, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "The exchange runs");
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Run now"));
    fake_end_run();
    ui_wait_text(GTK_WIDGET(page), "It is not queued, and nothing of it was sent");
    ui_close(window, page);
}

/* What is wrong with the other end is said once, and its cure is in the settings. */
static void
test_failing(void)
{
    KabDataPage *page;
    GtkWindow *window;

    fill("waiting");
    fake_get_queue_entry(0)->attempts = 1;
    g_free(fake_get_queue_entry(0)->error);
    fake_get_queue_entry(0)->error = g_strdup("The password is wrong");
    page = make(TRUE, FALSE);
    fake_get_exchange()->failing_since = G_GINT64_CONSTANT(1767225600000);
    fake_get_exchange()->failure = g_strdup("The password is wrong");
    window = show(page);
    ui_watch_action(window, "mend-portal");
    g_assert_true(ui_has_text(GTK_WIDGET(page),
                              "It was sent in vain 1 time.\nThe password is wrong\n"
                              "The base is not available since 2026-01-01 00:00"));
    ui_click(GTK_WIDGET(page), "Open the settings");
    g_assert_true(ui_was_asked());
    ui_close(window, page);
}

static void
test_paused(void)
{
    KabDataPage *page;
    GtkWindow *window;

    fill("waiting");
    page = make(TRUE, FALSE);
    fake_get_exchange()->paused_at = G_GINT64_CONSTANT(1767225600000);
    fake_get_exchange()->paused_by = g_strdup("ivan");
    window = show(page);
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "The queue is paused since 2026-01-01 00:00 by ivan."));
    g_assert_false(ui_can_click(GTK_WIDGET(page), "Run now"));
    ui_click(GTK_WIDGET(page), "Resume the queue");
    ui_wait_calls(FAKE_FIND_QUEUE, 1);
    ui_settle();
    g_assert_cmpint(fake_get_exchange()->paused_at, ==, 0);
    g_assert_true(ui_can_click(GTK_WIDGET(page), "Run now"));
    ui_close(window, page);
}

static void
answer_dialog(const char *response)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (ADW_IS_MESSAGE_DIALOG(l->data)) {
            adw_message_dialog_response(l->data, response);
            ui_settle();
            return;
        }
    g_assert_not_reached();
}

/* It can be brought back. */
static void
test_discard(void)
{
    KabDataPage *page = make_failed();
    GtkWindow *window = show(page);
    g_autofree char *put = NULL;

    ui_click(GTK_WIDGET(page), "Discard…");
    ui_settle();
    answer_dialog("cancel");
    g_assert_cmpuint(fake_count_calls(FAKE_DISCARD), ==, 0);
    ui_click(GTK_WIDGET(page), "Discard…");
    ui_settle();
    answer_dialog("discard");
    g_assert_cmpuint(fake_count_calls(FAKE_DISCARD), ==, 1);
    g_assert_cmpstr(ui_get_toast(), ==, "1 entry discarded");
    ui_wait_text(GTK_WIDGET(page), "It was not taken, and is queued no longer");
    ui_click_toast();
    ui_settle();
    put = g_strjoin(" ", "order", object_id, NULL);
    g_assert_cmpstr(fake_get_put(), ==, put);
    ui_close(window, page);
}

static GtkWidget *
find_dialog(void)
{
    g_autoptr(GList) windows = gtk_window_list_toplevels();

    for (GList *l = windows; l != NULL; l = l->next)
        if (KAB_IS_RESEND_DIALOG(l->data))
            return l->data;
    return NULL;
}

/* The message of the newest failure; where its text is not whole, what would be sent now. */
static void
test_edit(void)
{
    KabDataPage *page = make_failed();
    GtkWindow *window = show(page);
    GtkWidget *row;

    ui_click(GTK_WIDGET(page), "Edit and resend…");
    ui_settle();
    g_assert_nonnull(find_dialog());
    row = ui_child(find_dialog(), KAB_TYPE_RESEND_DIALOG, "reason_row");
    gtk_editable_set_text(GTK_EDITABLE(row), "A typing error");
    ui_click(find_dialog(), "Send");
    ui_settle();
    g_assert_null(find_dialog());
    g_assert_true(g_str_has_prefix(fake_get_resent(), "2 A typing error {"));
    g_assert_nonnull(strstr(fake_get_resent(), "\"a\": 1"));
    g_free(fake_get_journal(0)->request);
    fake_get_journal(0)->request = g_strdup("{\"messages\":[{\"kind\":\"ord…");
    ui_click(GTK_WIDGET(page), "Edit and resend…");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_PAYLOAD), ==, 1);
    g_assert_nonnull(find_dialog());
    ui_close(window, page);
    g_assert_null(find_dialog());
}

static void
test_payload(void)
{
    KabDataPage *page = make_both();
    GtkWindow *window = show(page);
    GtkWidget *button =
        ui_find(GTK_WIDGET(page), GTK_TYPE_TOGGLE_BUTTON, "What the portal would send now");

    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), TRUE);
    ui_wait_text(GTK_WIDGET(page), "“0000-000014”");
    fake_set_payload(NULL);
    button = ui_find(GTK_WIDGET(page), GTK_TYPE_TOGGLE_BUTTON, "What the base would send now");
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), TRUE);
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_PAYLOAD), ==, 2);
    g_assert_false(ui_has_text(GTK_WIDGET(page), "“0000-000014”"));
    ui_close(window, page);
}

/* The other end is asked all the same. */
static void
test_one_is_down(void)
{
    KabDataPage *page = make_both();
    GtkWindow *window;

    fake_hold(FAKE_EXCHANGE);
    window = ui_show(page, 900, 760);
    ui_wait_held(FAKE_EXCHANGE);
    fake_fail(FAKE_EXCHANGE, KAB_ERROR_FAILED, "connection refused");
    fake_release(FAKE_EXCHANGE, 0);
    ui_settle();
    fake_fail(FAKE_EXCHANGE, -1, NULL);
    fake_release_all(FAKE_EXCHANGE);
    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_wait_text(GTK_WIDGET(page), "The portal cannot be reached");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "connection refused"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Base · Messages received"));
    ui_close(window, page);
}

/* What is said of each case, without windows. */
static void
test_verdicts(void)
{
    static const struct {
        gboolean base;
        const char *kind;
        const char *outcome; /* (nullable): nothing is known */
        const char *title;
        KabStoryCure cures;
    } rows[] = {
        {FALSE, "order", NULL, "It is not queued, and nothing of it was sent", KAB_STORY_PUT},
        {TRUE, "order", NULL, "It has not arrived here", 0},
        {TRUE, "client-order", NULL, "It has not arrived here", 0},
        {TRUE, "order", "rejected", "It arrived here and was not taken", KAB_STORY_EDIT},
        {FALSE, "order", "error", "It was not taken, and is queued no longer",
         KAB_STORY_PUT | KAB_STORY_EDIT},
        {TRUE, "product", "discarded", "It was discarded from the queue at 2026-01-01 00:00",
         KAB_STORY_PUT},
        {TRUE, "order", "applied", "It arrived here at 2026-01-01 00:00", 0},
    };
    const KabExchangeState state = {.connected = TRUE};

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        const KabJournalItem item = {.at = G_GINT64_CONSTANT(1767225600000),
                                     .outcome = (char *)rows[i].outcome};
        g_auto(KabStoryVerdict) verdict = {0};

        kab_story_judge(rows[i].base, rows[i].kind, &state, NULL,
                        rows[i].outcome != NULL ? &item : NULL, &verdict);
        g_assert_cmpstr(verdict.title, ==, rows[i].title);
        g_assert_cmpint((int)verdict.cures, ==, (int)rows[i].cures);
    }
    g_assert_cmpstr(kab_story_kind_at(TRUE, "order"), ==, "client-order");
    g_assert_cmpstr(kab_story_kind_at(FALSE, "client-order"), ==, "order");
    g_assert_true(kab_story_sends(TRUE, "comment") && kab_story_sends(FALSE, "comment"));
}

static guint
find_page(const char *name)
{
    for (guint i = 0; i < ui_n_pages; i++)
        if (g_str_equal(ui_pages[i].name, name))
            return i;
    g_assert_not_reached();
}

static GtkWidget *
get_page(KabWindow *window)
{
    return GTK_WIDGET(kab_main_view_get_page(kab_window_get_main_view(window)));
}

/* "The order has not arrived": its queue, its entry, the cure. */
static void
test_three_clicks(void)
{
    KabWindow *window = ui_pages_start(1100, 760);
    GtkWidget *list;

    ui_pages_open(window, find_page("portal-queue"));
    list = ui_find(get_page(window), GTK_TYPE_COLUMN_VIEW, NULL);
    g_signal_emit_by_name(list, "activate", 2);
    ui_settle();
    g_assert_true(KAB_IS_STORY_PAGE(get_page(window)));
    ui_wait_text(get_page(window), ERROR);
    ui_click(get_page(window), "Retry");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_RETRY), ==, 1);
    /* The way back leads to where it was opened. */
    gtk_widget_activate_action(GTK_WIDGET(window), "win.back", NULL);
    ui_settle();
    g_assert_nonnull(ui_find(get_page(window), GTK_TYPE_COLUMN_VIEW, NULL));
    ui_pages_end(window);
}

/* From what failed last, on the first page, too. */
static void
test_from_overview(void)
{
    KabWindow *window = ui_pages_start(1100, 760);
    GtkWidget *row;

    ui_pages_open(window, find_page("overview"));
    row = ui_find(get_page(window), ADW_TYPE_ACTION_ROW,
                  "The base does not answer: connection refused");
    g_assert_nonnull(row);
    gtk_widget_activate(row);
    ui_wait_text(get_page(window), "Request");
    ui_pages_end(window);
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/story-page/states", test_states);
    g_test_add_func("/story-page/failed", test_failed);
    g_test_add_func("/story-page/both", test_both);
    g_test_add_func("/story-page/own-kind", test_own_kind);
    g_test_add_func("/story-page/run", test_run);
    g_test_add_func("/story-page/paused", test_paused);
    g_test_add_func("/story-page/failing", test_failing);
    g_test_add_func("/story-page/discard", test_discard);
    g_test_add_func("/story-page/edit", test_edit);
    g_test_add_func("/story-page/payload", test_payload);
    g_test_add_func("/story-page/one-is-down", test_one_is_down);
    g_test_add_func("/story-page/verdicts", test_verdicts);
    g_test_add_func("/story-page/three-clicks", test_three_clicks);
    g_test_add_func("/story-page/from-overview", test_from_overview);
    return g_test_run();
}
