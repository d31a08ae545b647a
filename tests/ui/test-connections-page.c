/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-authority-row.h"
#include "kab-base-form.h"
#include "kab-connection-group.h"
#include "kab-connections-page.h"
#include "kab-preferences.h"
#include "kab-session-ends.h"
#include "kab-window.h"
#include "ui-test.h"

typedef struct {
    KabSession *session;
    KabDataPage *page;
    GtkWindow *window;
    char *notice;
    guint n_changes; /* of what the next start has to know */
} Fixture;

static void
on_done(GObject *source, GAsyncResult *result, gpointer data)
{
    *(int *)data = kab_session_sign_in_finish(KAB_SESSION(source), result, NULL);
}

static gboolean
is_answered(gpointer data)
{
    return *(int *)data >= 0;
}

static void
on_notice(Fixture *f, const char *text)
{
    g_free(f->notice);
    f->notice = g_strdup(text);
}

static void
on_ends_changed(Fixture *f)
{
    f->n_changes++;
}

static void
begin(Fixture *f, const KabAppConfig *config, gboolean keep)
{
    int done = -1;

    f->session = kab_session_new_for(config, NULL);
    g_signal_connect_swapped(f->session, "notice", G_CALLBACK(on_notice), f);
    g_signal_connect_swapped(f->session, "ends-changed", G_CALLBACK(on_ends_changed), f);
    kab_session_sign_in_async(f->session, "admin", "right", keep, NULL, on_done, &done);
    ui_wait_for(is_answered, &done);
    g_assert_true(done);
}

static void
open_page(Fixture *f)
{
    f->page = kab_connections_page_new(f->session);
    f->window = ui_show(f->page, 720, 1000);
    ui_settle();
}

static void
set_up(Fixture *f, gconstpointer with_base)
{
    const KabAppConfig config = {.portal_address = "fake:portal",
                                 .base_address = with_base != NULL ? "fake:base" : NULL,
                                 .ca_file = "/etc/portal.pem"};

    fake_reset();
    begin(f, &config, FALSE);
    open_page(f);
}

static gboolean
is_null(gpointer data)
{
    return *(gpointer *)data == NULL;
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    gpointer session = f->session;

    ui_close(f->window, f->page);
    g_signal_handlers_disconnect_by_data(f->session, f);
    g_object_add_weak_pointer(G_OBJECT(session), &session);
    g_object_unref(f->session);
    ui_settle();
    ui_wait_for(is_null, &session);
    g_free(f->notice);
}

static GtkWidget *
find_row(Fixture *f, const char *title)
{
    GtkWidget *row = ui_find(GTK_WIDGET(f->page), ADW_TYPE_ENTRY_ROW, title);

    g_assert_nonnull(row);
    return row;
}

static void
connect_to(Fixture *f, const char *address, const char *login, const char *password)
{
    gtk_editable_set_text(GTK_EDITABLE(find_row(f, "The base’s address")), address);
    if (login != NULL)
        gtk_editable_set_text(GTK_EDITABLE(find_row(f, "Login at the base")), login);
    gtk_editable_set_text(GTK_EDITABLE(find_row(f, "Password at the base")), password);
    ui_click(GTK_WIDGET(f->page), "Connect");
    ui_settle();
}

static GtkWidget *
get_group(Fixture *f, const char *id)
{
    return ui_child(f->page, KAB_TYPE_CONNECTIONS_PAGE, id);
}

/* Each end says by itself whether it answers; a page is there all the time. */
static void
test_states(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_true(ui_has_text(GTK_WIDGET(f->page), "The portal answers."));
    g_assert_true(ui_has_text(GTK_WIDGET(f->page), "The base answers."));
    g_assert_true(ui_has_text(GTK_WIDGET(f->page), "Administrator · admin · Administrator"));
    fake_hold(FAKE_SIGN_IN);
    ui_click(GTK_WIDGET(f->page), "Check again: Base");
    ui_wait_text(GTK_WIDGET(f->page), "Asking…");
    fake_fail(FAKE_SIGN_IN, KAB_ERROR_BUSY, "There is no connection: nobody answers.");
    fake_release_all(FAKE_SIGN_IN);
    ui_wait_text(get_group(f, "base_group"), "The base does not answer");
    g_assert_true(ui_has_text(GTK_WIDGET(f->page), "There is no connection: nobody answers."));
    g_assert_true(ui_has_text(get_group(f, "portal_group"), "The portal answers."));
    kab_data_page_reload(f->page);
    ui_wait_text(GTK_WIDGET(f->page), "The portal does not answer");
    g_assert_true(ui_has_text(GTK_WIDGET(f->page), "fake:portal"));
    fake_fail(FAKE_SIGN_IN, -1, NULL);
    kab_data_page_reload(f->page);
    ui_wait_text(GTK_WIDGET(f->page), "The base answers.");
    g_assert_nonnull(kab_session_get_user(f->session));
    fake_hold(FAKE_SIGN_IN);
    kab_data_page_reload(f->page); /* and closed while that is pending */
    ui_settle();
    g_assert_cmpuint(fake_count_held(FAKE_SIGN_IN), ==, 2);
}

/* What is wrong is said where it is entered, and nothing goes anywhere before. */
static void
test_refused(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    guint calls = fake_count_calls(FAKE_SIGN_IN);

    ui_click(GTK_WIDGET(f->page), "Connect");
    ui_wait_text(GTK_WIDGET(f->page), "Enter the base’s address.");
    connect_to(f, "base.example:81:7", NULL, "right");
    ui_wait_text(GTK_WIDGET(f->page), "“https://base.example:81:7” is not an address");
    g_assert_true(gtk_widget_has_css_class(find_row(f, "The base’s address"), "error"));
    connect_to(f, "fake:base", "admin", "");
    ui_wait_text(GTK_WIDGET(f->page), "Enter the password at the base.");
    g_assert_cmpuint(fake_count_calls(FAKE_SIGN_IN), ==, calls);

    connect_to(f, "fake:base", "admin", "wrong");
    ui_wait_text(GTK_WIDGET(f->page), "The login or the password is wrong.");
    g_assert_true(gtk_widget_has_css_class(find_row(f, "Password at the base"), "error"));
    fake_fail(FAKE_SIGN_IN, KAB_ERROR_BUSY, "The certificate is not trusted here");
    connect_to(f, "fake:base", "admin", "right");
    ui_wait_text(GTK_WIDGET(f->page), "The certificate is not trusted here");
    fake_fail(FAKE_SIGN_IN, -1, NULL);
    fake_fail(FAKE_CLIENT_ORDERS, KAB_ERROR_NOT_FOUND, "no such thing");
    connect_to(f, "fake:base", "admin", "right");
    ui_wait_text(GTK_WIDGET(f->page),
                 "What answers at this address is no base: is it the portal’s address?");
    g_assert_null(kab_session_get_base(f->session));
    g_assert_cmpuint(f->n_changes, ==, 0);
}

/* Who enters an address that anybody can read on the way is told before a password goes there. */
static void
test_clear(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    GtkWidget *label = ui_child(get_group(f, "base_form"), KAB_TYPE_BASE_FORM, "clear_label");
    GtkWidget *row = find_row(f, "The base’s address");

    gtk_editable_set_text(GTK_EDITABLE(row), "base.example");
    g_assert_false(gtk_widget_get_visible(label));
    gtk_editable_set_text(GTK_EDITABLE(row), "http://base.example");
    g_assert_true(gtk_widget_get_visible(label));
    gtk_editable_set_text(GTK_EDITABLE(row), "http://127.0.0.1:8081");
    g_assert_false(gtk_widget_get_visible(label));
}

static void
test_connect(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    connect_to(f, "fake:base", NULL, "right"); /* as who is signed in at the portal */
    g_assert_cmpstr(ui_get_toast(), ==, "The base is connected: its pages are in the list");
    ui_wait_text(GTK_WIDGET(f->page), "The base answers.");
    g_assert_true(kab_session_base_may(f->session, KAB_RIGHT_EXCHANGE_ADMIN));
    g_assert_null(kab_session_get_base_login(f->session));
    g_assert_cmpstr(kab_session_get_ca_file(f->session, TRUE), ==, "/etc/portal.pem");
    g_assert_null(fake_get_secret("fake:base")); /* not asked to stay signed in */
    g_assert_cmpuint(f->n_changes, ==, 1);
    g_assert_null(ui_find(GTK_WIDGET(f->page), ADW_TYPE_ENTRY_ROW, "The base’s address"));
}

/* Somebody else than at the portal: nothing of the one is tried at the other. */
static void
test_own_login(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    const KabAppConfig config = {
        .portal_address = "fake:portal", .base_address = "fake:base", .base_login = "manager"};
    guint calls;

    connect_to(f, "fake:base", "manager", "right");
    g_assert_cmpstr(kab_session_get_base_login(f->session), ==, "manager");
    g_assert_true(kab_session_base_may(f->session, KAB_RIGHT_CLIENT_ORDERS));
    g_assert_false(kab_session_base_may(f->session, KAB_RIGHT_EXCHANGE_ADMIN));
    tear_down(f, NULL);

    f->notice = NULL;
    calls = fake_count_calls(FAKE_SIGN_IN);
    begin(f, &config, FALSE);
    g_assert_cmpuint(fake_count_calls(FAKE_SIGN_IN), ==, calls + 1);
    g_assert_cmpstr(f->notice, ==,
                    "At the base it is manager: sign in there on the page “Connections”");
    open_page(f);
    ui_wait_text(GTK_WIDGET(f->page), "Sign in at the base");
    g_assert_cmpstr(gtk_editable_get_text(GTK_EDITABLE(find_row(f, "Login at the base"))), ==,
                    "manager");
    connect_to(f, "fake:base", NULL, "right");
    g_assert_true(kab_session_base_may(f->session, KAB_RIGHT_CLIENT_ORDERS));
}

/* The one before works until another one does. */
static void
test_change(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    KabClient *before = kab_session_get_base(f->session);

    ui_click(GTK_WIDGET(f->page), "Change the base…");
    connect_to(f, "fake:other", NULL, "wrong");
    ui_wait_text(GTK_WIDGET(f->page), "The login or the password is wrong.");
    g_assert_true(kab_session_get_base(f->session) == before);
    ui_click(GTK_WIDGET(f->page), "Cancel");
    g_assert_false(ui_can_click(GTK_WIDGET(f->page), "Connect"));
    ui_key(GTK_WIDGET(f->window), "F2");
    connect_to(f, "fake:other", NULL, "right");
    g_assert_cmpstr(kab_client_get_address(kab_session_get_base(f->session)), ==, "fake:other");
    g_assert_true(kab_session_base_may(f->session, KAB_RIGHT_EXCHANGE_ADMIN));
}

static void
test_remove(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    KabClient *base = g_object_ref(kab_session_get_base(f->session));

    ui_click(GTK_WIDGET(f->page), "Remove the base");
    ui_settle();
    g_assert_null(kab_session_get_base(f->session));
    g_assert_cmpstr(ui_get_toast(), ==, "The base is not connected any more");
    ui_click_toast();
    ui_settle();
    g_assert_true(kab_session_get_base(f->session) == base);
    ui_wait_text(GTK_WIDGET(f->page), "The base answers.");
    ui_click(GTK_WIDGET(f->page), "Remove the base");
    g_assert_nonnull(kab_client_get_user(base));
    ui_dismiss_toast();
    g_assert_null(kab_client_get_user(base)); /* now the session has ended */
    g_assert_nonnull(find_row(f, "The base’s address"));
    g_object_unref(base);
}

/* A session that has ended at the base is begun again there. */
static void
test_ended(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    KabClient *before = kab_session_get_base(f->session);

    fake_fail(FAKE_SIGN_IN, KAB_ERROR_UNAUTHORIZED, "sign in first");
    ui_click(GTK_WIDGET(f->page), "Check again: Base");
    ui_wait_text(GTK_WIDGET(f->page), "Nobody is signed in there, or the session has ended.");
    ui_wait_text(GTK_WIDGET(f->page), "Sign in at the base");
    fake_fail(FAKE_SIGN_IN, -1, NULL);
    connect_to(f, "fake:base", NULL, "right");
    g_assert_true(kab_session_get_base(f->session) != before);
    ui_wait_text(GTK_WIDGET(f->page), "The base answers.");
    g_assert_false(ui_can_click(GTK_WIDGET(f->page), "Connect"));
}

/* Who stays signed in stays so at the base too, until it is removed. */
static void
test_kept(void)
{
    const KabAppConfig config = {.portal_address = "fake:portal"};
    Fixture f = {0};

    fake_reset();
    begin(&f, &config, TRUE);
    open_page(&f);
    connect_to(&f, "fake:base", NULL, "right");
    g_assert_cmpstr(fake_get_secret("fake:base"), ==, "token-of-admin");
    ui_click(GTK_WIDGET(f.page), "Remove the base");
    ui_dismiss_toast();
    ui_settle();
    g_assert_null(fake_get_secret("fake:base"));
    g_assert_cmpstr(fake_get_secret("fake:portal"), ==, "token-of-admin");
    tear_down(&f, NULL);
}

static void
choose(Fixture *f, const char *group, const char *file)
{
    g_signal_emit_by_name(ui_child(get_group(f, group), KAB_TYPE_CONNECTION_GROUP, "trust_row"),
                          "chosen", file);
    ui_settle();
}

/* An authority is trusted once the end has been reached so; otherwise the one before is. */
static void
test_trust(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_assert_true(ui_has_text(get_group(f, "portal_group"), "/etc/portal.pem"));
    choose(f, "portal_group", "/etc/readme.txt");
    ui_wait_text(GTK_WIDGET(f->page), "Nothing was changed: /etc/readme.txt holds no certificate");
    fake_fail(FAKE_SIGN_IN, KAB_ERROR_BUSY, "The certificate is not trusted here");
    choose(f, "portal_group", "/etc/other.pem");
    ui_wait_text(GTK_WIDGET(f->page), "Nothing was changed: The certificate is not trusted here");
    g_assert_cmpstr(kab_session_get_ca_file(f->session, FALSE), ==, "/etc/portal.pem");
    g_assert_cmpuint(f->n_changes, ==, 0);
    fake_fail(FAKE_SIGN_IN, -1, NULL);
    choose(f, "portal_group", "/etc/other.pem");
    g_assert_cmpstr(kab_session_get_ca_file(f->session, FALSE), ==, "/etc/other.pem");
    choose(f, "base_group", "/etc/base.pem");
    g_assert_cmpstr(kab_session_get_ca_file(f->session, TRUE), ==, "/etc/base.pem");
    ui_wait_text(get_group(f, "base_group"), "/etc/base.pem");
    g_assert_cmpuint(f->n_changes, ==, 2);
    ui_click(get_group(f, "portal_group"), "Trust those that the system knows");
    ui_settle();
    g_assert_null(kab_session_get_ca_file(f->session, FALSE));
    g_assert_cmpstr(kab_session_get_ca_file(f->session, TRUE), ==, "/etc/base.pem");
}

/* Of the pair in this program there is nothing to enter. */
static void
test_embedded(void)
{
    const KabAppConfig config = {
        .portal_address = "fake:portal", .base_address = "fake:base", .embedded = TRUE};
    Fixture f = {0};

    fake_reset();
    begin(&f, &config, FALSE);
    open_page(&f);
    ui_wait_text(get_group(&f, "portal_group"), "runs in this program");
    ui_wait_text(get_group(&f, "base_group"), "runs in this program");
    g_assert_null(ui_find(GTK_WIDGET(f.page), KAB_TYPE_AUTHORITY_ROW, NULL));
    g_assert_null(ui_find(GTK_WIDGET(f.page), GTK_TYPE_BUTTON, "Remove the base"));
    ui_key(GTK_WIDGET(f.window), "ctrl+shift+Delete");
    g_assert_nonnull(kab_session_get_base(f.session));
    g_assert_null(ui_find(GTK_WIDGET(f.page), GTK_TYPE_BUTTON, "Change the base…"));
    tear_down(&f, NULL);
}

/* A base that does not answer at the start keeps nobody out of the portal, and is there when it
 * answers again. */
static void
test_base_down(void)
{
    const KabAppConfig config = {.portal_address = "fake:portal", .base_address = "fake:base"};
    Fixture f = {0};
    int done = -1;

    fake_reset();
    begin(&f, &config, TRUE);
    ui_settle();
    g_clear_object(&f.session);
    f.session = kab_session_new_for(&config, NULL);
    g_signal_connect_swapped(f.session, "notice", G_CALLBACK(on_notice), &f);
    fake_hold(FAKE_SIGN_IN);
    kab_session_resume_async(f.session, NULL, on_done, &done);
    ui_wait_held(FAKE_SIGN_IN);
    fake_release(FAKE_SIGN_IN, 0);
    ui_settle(); /* the portal has answered */
    fake_fail(FAKE_SIGN_IN, KAB_ERROR_BUSY, "nobody answers");
    fake_release_all(FAKE_SIGN_IN);
    ui_wait_for(is_answered, &done);
    g_assert_true(done);
    g_assert_cmpstr(f.notice, ==, "The base did not let you in: nobody answers");
    g_assert_false(kab_session_base_may(f.session, KAB_RIGHT_CLIENT_ORDERS));
    fake_fail(FAKE_SIGN_IN, -1, NULL);
    open_page(&f);
    tear_down(&f, NULL);
}

static gboolean
has_view(gpointer data)
{
    return kab_window_get_main_view(data) != NULL;
}

static gboolean
has_page(KabWindow *window, const char *title)
{
    return ui_find(GTK_WIDGET(window), GTK_TYPE_LIST_BOX_ROW, title) != NULL;
}

static void
check_remembered(GSettings *preferences, const char *base)
{
    g_autofree char *address = g_settings_get_string(preferences, "base-address");

    g_assert_cmpstr(address, ==, base);
}

/* The base's pages come with it and go with it; the person stays where that is done. */
static void
test_pages(void)
{
    static const KabAppIdentity identity = {"Administrator", "admin", "right",
                                            KAB_APP_ADMINISTRATOR};
    const KabAppConfig config = {.portal_address = "fake:portal",
                                 .demo = TRUE,
                                 .identities = &identity,
                                 .n_identities = 1,
                                 .remember = TRUE};
    g_autoptr(GSettings) preferences = kab_preferences_new();
    Fixture f = {.window = NULL};
    KabWindow *window;
    gpointer weak;

    fake_reset();
    weak = window = kab_window_new(NULL, &config);
    g_object_add_weak_pointer(G_OBJECT(window), &weak);
    gtk_window_present(GTK_WINDOW(window));
    ui_wait_for(has_view, window);
    gtk_widget_activate_action(GTK_WIDGET(window), "win.show-overview", NULL);
    g_assert_true(has_page(window, "Portal queue"));
    g_assert_false(has_page(window, "Base queue"));
    gtk_widget_activate_action(GTK_WIDGET(window), "win.show-connections", NULL);
    f.page = kab_main_view_get_page(kab_window_get_main_view(window));
    ui_watch_toasts(f.page);
    connect_to(&f, "fake:base", NULL, "right");
    g_assert_true(kab_main_view_get_page(kab_window_get_main_view(window)) == f.page);
    g_assert_true(has_page(window, "Base queue"));
    g_assert_true(has_page(window, "Client orders"));
    check_remembered(preferences, "fake:base");
    ui_click(GTK_WIDGET(window), "Remove the base");
    ui_settle();
    check_remembered(preferences, "");
    g_assert_false(has_page(window, "Base queue"));
    /* Undone from another page, which is of both ends then. */
    gtk_widget_activate_action(GTK_WIDGET(window), "win.show-overview", NULL);
    ui_settle();
    ui_click_toast();
    ui_settle();
    g_assert_true(has_page(window, "Base queue"));
    ui_wait_text(GTK_WIDGET(window), "Base");
    check_remembered(preferences, "fake:base");
    gtk_widget_activate_action(GTK_WIDGET(window), "win.show-base-queue", NULL);
    ui_settle();
    g_assert_cmpstr(
        kab_data_page_get_title(kab_main_view_get_page(kab_window_get_main_view(window))), ==,
        "Base queue");
    /* The page that is shown goes with its base. */
    kab_session_set_base(kab_window_get_session(window), NULL, NULL, NULL);
    ui_settle();
    g_assert_cmpstr(
        kab_data_page_get_title(kab_main_view_get_page(kab_window_get_main_view(window))), ==,
        "Overview");
    gtk_window_destroy(GTK_WINDOW(window));
    ui_wait_for(is_null, &weak);
    ui_settle();
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
#define ADD(path, base, function) g_test_add(path, Fixture, base, set_up, function, tear_down)
    ADD("/connections-page/states", "base", test_states);
    ADD("/connections-page/refused", NULL, test_refused);
    ADD("/connections-page/clear", NULL, test_clear);
    ADD("/connections-page/connect", NULL, test_connect);
    ADD("/connections-page/own-login", NULL, test_own_login);
    ADD("/connections-page/change", "base", test_change);
    ADD("/connections-page/remove", "base", test_remove);
    ADD("/connections-page/ended", "base", test_ended);
    ADD("/connections-page/trust", "base", test_trust);
    g_test_add_func("/connections-page/kept", test_kept);
    g_test_add_func("/connections-page/embedded", test_embedded);
    g_test_add_func("/connections-page/base-down", test_base_down);
    g_test_add_func("/connections-page/pages", test_pages);
    return g_test_run();
}
