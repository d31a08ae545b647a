/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-order-head.h"
#include "kab-order-page.h"
#include "ui-test.h"

#include <string.h>

/* What the order card shows beside the order itself: documents, comments, notices; and a draft that
 * is changed in place. */

#define DRAFT 4

static KabDataPage *
make_page_for(guint i, const char *login)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill(10, 14, FALSE);
    client = fake_client_new_signed_in("fake:portal", login);
    return kab_order_page_new(client, fake_get_order(i)->id);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 900, 1400);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

static gboolean
has_button(KabDataPage *page, const char *name)
{
    return ui_find(GTK_WIDGET(page), GTK_TYPE_BUTTON, name) != NULL;
}

static void
test_documents(void)
{
    KabDataPage *page = make_page_for(0, "anna");
    GtkWindow *window;

    g_assert_true(kab_order_set_percents(fake_get_order(0), -1, 40, NULL));
    fake_set_document(0, KAB_DOCUMENT_INVOICE, KAB_DOCUMENT_READY);
    fake_set_document(0, KAB_DOCUMENT_UPD, KAB_DOCUMENT_FAILED);
    window = show(page);
    g_assert_true(has_button(page, "Download: Invoice"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "The goods have not been shipped"));
    ui_click(GTK_WIDGET(page), "Ask for it: Waybill");
    ui_wait_text(GTK_WIDGET(page), "Being prepared");
    g_assert_false(has_button(page, "Ask for it: Waybill"));
    g_assert_cmpstr(ui_get_toast(), ==, "The company has been asked for the document");
    ui_click(GTK_WIDGET(page), "Ask again: Universal transfer document");
    ui_settle();
    g_assert_false(has_button(page, "Ask again: Universal transfer document"));
    ui_close(window, page);

    /* What there cannot be yet is not asked for; who only looks asks for nothing. */
    page = make_page_for(0, "viewer");
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page),
                              "Shipping documents can be issued once goods have been shipped"));
    g_assert_false(has_button(page, "Ask for it: Waybill"));
    g_assert_false(has_button(page, "Ask for it: Invoice"));
    ui_close(window, page);
}

static void
test_comments(void)
{
    KabDataPage *page = make_page_for(0, "anna");
    GtkWindow *window;
    GtkWidget *text;
    g_autofree char *key = NULL;

    fake_add_comment(0, TRUE, "Ivan Petrov", "On Thursday?");
    window = show(page);
    g_assert_true(ui_has_text(GTK_WIDGET(page), "On Thursday?"));
    text = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Write a comment");
    ui_click(GTK_WIDGET(page), "Send"); /* nothing */
    gtk_editable_set_text(GTK_EDITABLE(text), " Yes, please ");
    fake_fail(FAKE_ADD_COMMENT, KAB_ERROR_BUSY, "The portal cannot be reached");
    ui_click(GTK_WIDGET(page), "Send");
    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_ADD_COMMENT), ==, 1);
    key = g_strdup(fake_get_last_key());
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(text)), ==, " Yes, please ");
    fake_fail(FAKE_ADD_COMMENT, -1, NULL);
    gtk_widget_grab_focus(text);
    ui_key(GTK_WIDGET(window), "Return"); /* the same once more is the same comment */
    ui_wait_text(GTK_WIDGET(page), "Yes, please");
    g_assert_cmpstr(fake_get_last_key(), ==, key);
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(text)), ==, "");
    gtk_editable_set_text(GTK_EDITABLE(text), "Thank you");
    ui_click(GTK_WIDGET(page), "Send");
    ui_wait_text(GTK_WIDGET(page), "Thank you");
    g_assert_cmpstr(fake_get_last_key(), !=, key);
    ui_close(window, page);

    page = make_page_for(0, "anna");
    window = show(page);
    text = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Write a comment");
    gtk_editable_set_text(GTK_EDITABLE(text), "Closed meanwhile");
    fake_hold(FAKE_ADD_COMMENT);
    ui_click(GTK_WIDGET(page), "Send");
    ui_close(window, page);

    page = make_page_for(0, "viewer");
    window = show(page);
    g_assert_null(ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Write a comment"));
    ui_close(window, page);
}

static void
test_notices(void)
{
    KabDataPage *page = make_page_for(0, "anna");
    KabOrder *order = fake_get_order(0);
    GtkWindow *window;

    order->held = TRUE;
    order->approver = KAB_ROLE_HEAD;
    order->client_status = KAB_CLIENT_OTHER;
    order->client_status_text = g_strdup("У директора");
    order->decision = KAB_DECISION_REFUSE;
    order->decision_result = KAB_DECISION_SHIPPED;
    order->vat_on_top = TRUE;
    order->warehouse_name = g_strdup("North");
    order->wished_date = kab_date_of("2026-12-24");
    order->ship_date = kab_date_of("2026-12-28");
    kab_order_get_line(order, 1)->vat = g_strdup("22");
    kab_order_get_line(order, 1)->ordered_price.minor += 1000;
    kab_order_get_line(order, 2)->ordered.milli = 0;
    g_assert_true(kab_order_recount(order, NULL));
    window = show(page);
    g_assert_true(
        ui_has_text(GTK_WIDGET(page), "Your refusal came too late: goods have been shipped."));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "× 145.50\xc2\xa0₽ → 135.50\xc2\xa0₽"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "ART-0003 · added by the manager"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "with VAT on top: 149.05\xc2\xa0₽"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "2026-12-24 → 2026-12-28"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "North"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "It waits for approval: Partner's head"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "У директора"));
    ui_close(window, page);
}

static void
test_edit_draft(void)
{
    KabDataPage *page = make_page_for(DRAFT, "anna");
    GtkWindow *window = show(page);
    GtkWidget *spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, NULL);
    GtkWidget *date = ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Wished date");
    KabOrder *draft = fake_get_order(DRAFT);
    GtkWidget *warehouse;

    ui_wait_text(GTK_WIDGET(page), "Shipping warehouse"); /* once the warehouses are known */
    warehouse = ui_find(GTK_WIDGET(page), ADW_TYPE_COMBO_ROW, "Shipping warehouse");
    g_assert_false(has_button(page, "Save changes"));
    g_assert_null(ui_find(GTK_WIDGET(page), ADW_TYPE_ENTRY_ROW, "Write a comment"));
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 7);
    g_assert_true(has_button(page, "Save changes"));
    gtk_editable_set_text(GTK_EDITABLE(date), "24.12.2026");
    adw_combo_row_set_selected(ADW_COMBO_ROW(warehouse), 2);
    kab_data_page_reload(page); /* what was entered outlives it */
    ui_settle();
    ui_key(GTK_WIDGET(window), "ctrl+s");
    ui_wait_calls(FAKE_EDIT, 0);
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "Saved");
    g_assert_cmpint(kab_order_get_line(draft, 0)->quantity.milli, ==, 7000);
    g_assert_cmpstr(draft->wished_date.text, ==, "2026-12-24");
    g_assert_cmpstr(draft->warehouse_id.text, ==, "00000005-0000-4000-8000-000000000001");
    g_assert_cmpint(draft->status, ==, KAB_ORDER_DRAFT);
    g_assert_false(has_button(page, "Save changes"));
    ui_close(window, page);
}

/* "Place order" places what stands there, also what was not saved. */
static void
test_place_edited(void)
{
    KabDataPage *page = make_page_for(DRAFT, "anna");
    GtkWindow *window = show(page);
    GtkWidget *spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, NULL);

    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 9);
    ui_click(GTK_WIDGET(page), "Place order");
    ui_wait_text(GTK_WIDGET(page), "New");
    g_assert_cmpint(kab_order_get_line(fake_get_order(DRAFT), 0)->quantity.milli, ==, 9000);
    ui_close(window, page);
}

/* Somebody else was faster with the draft: it is shown as it is, and nothing is overwritten. */
static void
test_draft_conflict(void)
{
    KabDataPage *page = make_page_for(DRAFT, "anna");
    GtkWindow *window = show(page);
    GtkWidget *spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, NULL);

    gtk_spin_button_set_value(GTK_SPIN_BUTTON(spin), 9);
    fake_get_order(DRAFT)->version++;
    kab_order_get_line(fake_get_order(DRAFT), 0)->quantity.milli = 4000;
    ui_click(GTK_WIDGET(page), "Save changes");
    ui_settle();
    g_assert_cmpstr(ui_get_toast(), ==, "The version is another");
    g_assert_cmpint(kab_order_get_line(fake_get_order(DRAFT), 0)->quantity.milli, ==, 4000);
    spin = ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, NULL);
    g_assert_cmpfloat(gtk_spin_button_get_value(GTK_SPIN_BUTTON(spin)), ==, 4);
    ui_close(window, page);

    page = make_page_for(DRAFT, "anna");
    window = show(page);
    gtk_spin_button_set_value(
        GTK_SPIN_BUTTON(ui_find(GTK_WIDGET(page), GTK_TYPE_SPIN_BUTTON, NULL)), 9);
    fake_hold(FAKE_EDIT);
    ui_click(GTK_WIDGET(page), "Save changes");
    ui_close(window, page); /* while it is being saved */
}

/* What the manager made of it: the sum before beside the sum now, and each line in the history. */
static void
test_was(void)
{
    KabDataPage *page = make_page_for(0, "anna");
    KabOrder *order = fake_get_order(0);
    KabOrderLine before = *kab_order_get_line(order, 0);
    GtkWidget *row;
    GtkWindow *window;

    order->revision = 1;
    for (guint i = 0; i < order->lines->len; i++) {
        KabOrderLine *line = kab_order_get_line(order, i);

        line->ordered = line->quantity;
        line->ordered_price = line->price;
    }
    window = show(page);
    g_assert_false(gtk_widget_get_mapped(ui_child(
        ui_find(GTK_WIDGET(page), KAB_TYPE_ORDER_HEAD, NULL), KAB_TYPE_ORDER_HEAD, "was_label")));
    kab_order_get_line(order, 0)->ordered.milli += 1000;
    order->revision = 2;
    fake_add_history(TRUE, "Ivan Petrov", "changed", NULL, 0);
    fake_add_history_change(&before, NULL);
    kab_data_page_reload(page);
    ui_wait_text(GTK_WIDGET(page), "Changed by the company");
    g_assert_true(gtk_widget_get_mapped(ui_child(
        ui_find(GTK_WIDGET(page), KAB_TYPE_ORDER_HEAD, NULL), KAB_TYPE_ORDER_HEAD, "was_label")));
    row = ui_find(GTK_WIDGET(page), ADW_TYPE_EXPANDER_ROW, "Changed by the company");
    g_assert_nonnull(row);
    adw_expander_row_set_expanded(ADW_EXPANDER_ROW(row), TRUE);
    ui_wait_text(row, before.name);
    ui_shot(row, "order-was");
    kab_data_page_reload(page); /* what is opened stays open */
    ui_settle();
    row = ui_find(GTK_WIDGET(page), ADW_TYPE_EXPANDER_ROW, "Changed by the company");
    g_assert_true(adw_expander_row_get_expanded(ADW_EXPANDER_ROW(row)));
    ui_close(window, page);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/order-papers/documents", test_documents);
    g_test_add_func("/order-papers/comments", test_comments);
    g_test_add_func("/order-papers/notices", test_notices);
    g_test_add_func("/order-papers/edit-draft", test_edit_draft);
    g_test_add_func("/order-papers/place-edited", test_place_edited);
    g_test_add_func("/order-papers/draft-conflict", test_draft_conflict);
    g_test_add_func("/order-papers/was", test_was);
    return g_test_run();
}
