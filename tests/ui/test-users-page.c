/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-audit-format.h"
#include "kab-audit-page.h"
#include "kab-format.h"
#include "kab-users-page.h"
#include "ui-test.h"

#include <string.h>

static KabDataPage *
make_page(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill_users();
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_users_page_new(client, FALSE);
}

static GtkWindow *
show(KabDataPage *page)
{
    GtkWindow *window = ui_show(page, 1000, 700);

    ui_wait_state(page, KAB_PAGE_CONTENT);
    ui_settle();
    return window;
}

typedef struct {
    KabDataPage *page;
    const char *text;
} Text;

static gboolean
is_gone(gpointer data)
{
    const Text *text = data;

    return !ui_has_text(GTK_WIDGET(text->page), text->text);
}

static void
wait_gone(KabDataPage *page, const char *text)
{
    Text gone = {page, text};

    ui_wait_for(is_gone, &gone);
}

static void
choose(KabDataPage *page, const char *name, guint n)
{
    GtkWidget *dropdown = ui_find(GTK_WIDGET(page), GTK_TYPE_DROP_DOWN, name);

    g_assert_nonnull(dropdown);
    gtk_drop_down_set_selected(GTK_DROP_DOWN(dropdown), n);
    ui_settle();
}

static void
test_states(void)
{
    ui_check_states(make_page, FAKE_USERS);
}

static gboolean
shows_ivan_alone(gpointer page)
{
    return ui_has_text(page, "Ivan Petrov") && !ui_has_text(page, "Elena Smirnova");
}

static void
test_find(void)
{
    KabDataPage *page = make_page();
    GtkWindow *window = show(page);
    GtkWidget *search = ui_find(GTK_WIDGET(page), GTK_TYPE_SEARCH_ENTRY, "Search in the users");

    g_assert_true(ui_has_text(GTK_WIDGET(page), "Anna Orlova"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Registration"));
    choose(page, "Role", 2);
    wait_gone(page, "Anna Orlova");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "Pavel Gone"));
    choose(page, "Active or not", 1);
    wait_gone(page, "Pavel Gone");
    choose(page, "Active or not", 0);
    choose(page, "Role", 0);
    g_assert_true(kab_data_page_focus_search(page));
    gtk_editable_set_text(GTK_EDITABLE(search), "Nobody");
    ui_wait_text(GTK_WIDGET(page), "No user is like that. Try other words or another role.");
    gtk_editable_set_text(GTK_EDITABLE(search), "Ivan");
    ui_wait_for(shows_ivan_alone, page);
    ui_close(window, page);
}

static KabDataPage *
make_audit(void)
{
    g_autoptr(KabClient) client = NULL;

    fake_reset();
    fake_fill_users();
    fake_add_audit("command line: root", "price", "alfa", "prices of 1 products");
    client = fake_client_new_signed_in("fake:portal", "admin");
    return kab_audit_page_new(client, "");
}

static void
test_audit_states(void)
{
    ui_check_states(make_audit, FAKE_AUDIT);
}

static gboolean
shows_manager_alone(gpointer page)
{
    return ui_has_text(page, "manager · Signed in") && !ui_has_text(page, "admin · User · anna");
}

static void
test_audit(void)
{
    KabDataPage *page = make_audit();
    GtkWindow *window = show(page);
    GtkWidget *who = ui_find(GTK_WIDGET(page), GTK_TYPE_SEARCH_ENTRY, "Login of who did it");

    g_assert_true(ui_has_text(GTK_WIDGET(page), "manager · Signed in"));
    g_assert_true(ui_has_text(GTK_WIDGET(page), "command line: root · Price · alfa"));
    choose(page, "Action", 7);
    wait_gone(page, "manager · Signed in");
    g_assert_true(ui_has_text(GTK_WIDGET(page), "admin · User · anna"));
    choose(page, "Action", 0);
    gtk_editable_set_text(GTK_EDITABLE(who), "manager");
    ui_wait_for(shows_manager_alone, page);
    ui_close(window, page);
}

/* Each as it is stored, and as people read it; those of older services too. */
static void
test_audit_words(void)
{
    static const struct {
        const char *who;
        const char *action;
        const char *object;
        const char *detail;
        const char *title;
        const char *text;
    } rows[] = {
        {"admin", "user", "anna", "new -> anna, a@x.ru, buyer, active, Alfa, head for Beta",
         "admin · User · anna", "created: a@x.ru, Buyer, active, Alfa, Partner's head for Beta"},
        {"admin", "user", "anna", "anna, no e-mail, buyer, active -> anna, a@x.ru, head, active",
         "admin · User · anna", "no e-mail → a@x.ru, Buyer → Partner's head"},
        {"admin", "user", "anna", "buyer", "admin · User · anna", "published as: Buyer"},
        {"admin", "user", "anna", "published: buyer", "admin · User · anna", "published as: Buyer"},
        {"admin", "user", "anna", "Beta: head", "admin · User · anna", "for Beta: Partner's head"},
        {"admin", "user", "anna", "Beta: not any more", "admin · User · anna",
         "for Beta: not any more"},
        {"admin", "user", "d1f0-1", "contact changed: Anna, a@x.ru", "admin · User · Anna, a@x.ru",
         "contact person changed"},
        {"admin", "user", "Anna", "contact added: Alfa", "admin · User · Anna",
         "contact person of Alfa added"},
        {"admin", "user", "Alfa", "sees Main, Far", "admin · User · Alfa",
         "sees the warehouses: Main, Far"},
        {"anna", "sign-in", "anna", "Kabinet libsoup/3.2.3", "anna · Signed in", "Kabinet"},
        {"EX", "sign-in", "078b", "token", "EX · Signed in · Client ID 078b", "with a key"},
        {"", "refused", "sign-in", "unknown login", "Nobody · Refused · sign-in", "unknown login"},
        {"", "refused", "unknown Client ID", "token", "Nobody · Refused · unknown Client ID",
         "with a key"},
        {"anna", "refused", "right", "GET /users", "anna · Refused · not allowed to the role",
         "GET /users"},
        {"admin", "key", "078b", "EX", "admin · Key · EX", "created · Client ID 078b"},
        {"admin", "key", "078b", "revoked", "admin · Key · Client ID 078b", "revoked"},
        {"admin", "key", "078b", "revoked: EX", "admin · Key · EX", "revoked · Client ID 078b"},
        {"service", "setting", "audit", "begun", "the service itself · Setting · log of actions",
         "begun"},
        {"admin", "setting", "orders.limits", "refuse -> warn",
         "admin · Setting · Orders that exceed a partner's limits: refuse, warn or off",
         "Refuse → Warn"},
        {"admin", "setting", "organisation.inn", " -> 7701", "admin · Setting · Organisation: INN",
         "not entered → 7701"},
        {"admin", "setting", "exchange.push", "false -> true",
         "admin · Setting · Run as soon as something is queued", "off → on"},
        {"admin", "setting", "mail.password", "", "admin · Setting · Password at the mail server",
         "replaced"},
        {"admin", "setting", "picture", "off", "admin · Setting · object kind: Picture",
         "takes no part in the exchange"},
        {"admin", "setting", "vat: ???", "none", "admin · Setting · VAT rate “???”", "Without VAT"},
        {"admin", "setting", "contact role: Закупки", "viewer",
         "admin · Setting · role of contact persons: Закупки", "Viewer"},
        {"admin", "setting", "new.setting", "a -> b", "admin · Setting · new.setting", "a → b"},
        {"EX, unix", "price", "exchange", "prices of 2 products", "EX, this computer · Price",
         "prices of 2 products"},
        {"command line: root", "price", "/tmp/in", "1215 prices",
         "command line: root · Price · /tmp/in", "1215 prices"},
        {"admin", "price", "Alfa", "limit none, debt 1,50\u00a0₽, overdue 0.00\u00a0₽",
         "admin · Price · Alfa", "credit limit: none, debt: 1.50\u00a0₽, overdue: 0.00\u00a0₽"},
        {"admin", "price", "Alfa", "Retail", "admin · Price · Alfa", "price type: Retail"},
        {"admin", "price", "0000-1", "A1: 5 -> 6; A2: 7 -> 8", "admin · Price · 0000-1",
         "A1: 5 → 6; A2: 7 → 8"},
        {"admin", "news", "3f-4", "published", "admin · News · 3f-4", "published"},
        {"admin", "news", "3f-4", "removed: Sale", "admin · News · Sale", "removed"},
        {"admin", "segment", "group = 80-2", "12", "admin · Segment · Product group: 80-2",
         "12 products"},
        {"admin", "segment", "group = 80-2", "12: group = Tools",
         "admin · Segment · Product group: Tools", "12 products"},
        {"admin", "new-action", "x", "y", "admin · new-action · x", "y"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        KabAuditItem item = {.at = kab_time_now(),
                             .who = (char *)rows[i].who,
                             .address = (char *)"unix",
                             .action = (char *)rows[i].action,
                             .object = (char *)rows[i].object,
                             .detail = (char *)rows[i].detail};
        g_autofree char *title = kab_audit_format_title(&item);
        g_autofree char *text = kab_audit_format_text(&item);
        g_autofree char *expected = g_strconcat("this computer · ", rows[i].text, NULL);

        g_assert_cmpstr(title, ==, rows[i].title);
        g_assert_nonnull(strstr(text, " · "));
        g_assert_cmpstr(strstr(text, " · ") + strlen(" · "), ==, expected);
    }
}

/* Where and what was left out is not made up. */
static void
test_audit_nothing(void)
{
    KabAuditItem item = {.at = kab_time_now(), .action = (char *)"sign-out"};
    g_autofree char *title = kab_audit_format_title(&item);
    g_autofree char *text = kab_audit_format_text(&item);
    g_autofree char *moment = kab_format_moment(item.at);

    g_assert_cmpstr(title, ==, "Nobody · Signed out");
    g_assert_cmpstr(text, ==, moment);
    item.address = (char *)"the other end";
    g_free(text);
    text = kab_audit_format_text(&item);
    g_assert_true(g_str_has_suffix(text, " · the other end"));
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/users-page/states", test_states);
    g_test_add_func("/users-page/find", test_find);
    g_test_add_func("/users-page/audit-states", test_audit_states);
    g_test_add_func("/users-page/audit", test_audit);
    g_test_add_func("/users-page/audit-words", test_audit_words);
    g_test_add_func("/users-page/audit-nothing", test_audit_nothing);
    return g_test_run();
}
