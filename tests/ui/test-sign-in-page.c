/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-sign-in-page.h"
#include "ui-test.h"

typedef struct {
    KabSession *session;
    KabSignInPage *page;
    GtkWindow *window;
    guint signed_in;
    char *notice;
} Fixture;

static void
on_signed_in(KabSignInPage *page G_GNUC_UNUSED, Fixture *f)
{
    f->signed_in++;
}

static void
on_notice(KabSession *session G_GNUC_UNUSED, const char *text, Fixture *f)
{
    g_free(f->notice);
    f->notice = g_strdup(text);
}

static gboolean
is_mapped(gpointer data)
{
    return gtk_widget_get_mapped(data);
}

static void
set_up(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    fake_reset();
    f->session = kab_session_new("fake:portal", "fake:base", NULL);
    f->page = kab_sign_in_page_new(f->session);
    g_signal_connect(f->page, "signed-in", G_CALLBACK(on_signed_in), f);
    g_signal_connect(f->session, "notice", G_CALLBACK(on_notice), f);
    f->window = GTK_WINDOW(gtk_window_new());
    gtk_window_set_child(f->window, GTK_WIDGET(f->page));
    gtk_window_set_default_size(f->window, 500, 600);
    gtk_window_present(f->window);
    ui_wait_for(is_mapped, f->page);
}

static gboolean
is_null(gpointer data)
{
    return *(gpointer *)data == NULL;
}

static void
tear_down(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    gpointer page = f->page;
    gpointer session = f->session;

    g_object_add_weak_pointer(G_OBJECT(page), &page);
    g_object_add_weak_pointer(G_OBJECT(session), &session);
    gtk_window_destroy(f->window);
    g_object_unref(f->session);
    ui_wait_for(is_null, &page);
    ui_wait_for(is_null, &session);
    ui_settle();
    g_free(f->notice);
}

static void
type(Fixture *f, const char *row, const char *text)
{
    gtk_editable_set_text(GTK_EDITABLE(ui_find(GTK_WIDGET(f->page), ADW_TYPE_ENTRY_ROW, row)),
                          text);
}

static void
sign_in(Fixture *f, const char *login, const char *password)
{
    type(f, "Login, phone or e-mail", login);
    ui_click(GTK_WIDGET(f->page), "Next");
    ui_settle();
    type(f, "Password", password);
    ui_click(GTK_WIDGET(f->page), "Sign in");
}

static void
test_partner(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    sign_in(f, "anna", "right");
    ui_settle();
    g_assert_cmpuint(f->signed_in, ==, 1);
    g_assert_true(kab_session_portal_may(f->session, KAB_RIGHT_ORDER));
    g_assert_false(kab_session_base_may(f->session, KAB_RIGHT_CLIENT_ORDERS));
    g_assert_null(fake_get_secret("fake:portal")); /* not asked to stay signed in */
}

static void
test_administrator(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    sign_in(f, "admin", "right");
    ui_settle();
    g_assert_cmpuint(f->signed_in, ==, 1);
    g_assert_true(kab_session_portal_may(f->session, KAB_RIGHT_EXCHANGE_ADMIN));
    g_assert_true(kab_session_base_may(f->session, KAB_RIGHT_EXCHANGE_ADMIN));
}

/* Whom only the base knows is signed in there. */
static void
test_manager(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    sign_in(f, "manager", "right");
    ui_settle();
    g_assert_cmpuint(f->signed_in, ==, 1);
    g_assert_false(kab_session_portal_may(f->session, KAB_RIGHT_BROWSE));
    g_assert_true(kab_session_base_may(f->session, KAB_RIGHT_CLIENT_ORDERS));
}

static void
test_wrong(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    ui_click(GTK_WIDGET(f->page), "Next");
    ui_wait_text(GTK_WIDGET(f->page), "Enter your login, phone or e-mail.");
    sign_in(f, "anna", "wrong");
    ui_wait_text(GTK_WIDGET(f->page), "The login or the password is wrong.");
    g_assert_cmpuint(f->signed_in, ==, 0);
    fake_fail(FAKE_SIGN_IN, KAB_ERROR_BUSY, "The portal cannot be reached");
    ui_click(GTK_WIDGET(f->page), "Sign in");
    ui_wait_text(GTK_WIDGET(f->page), "The portal cannot be reached");
    ui_click(GTK_WIDGET(f->page), "Back");
    ui_settle();
    g_assert_nonnull(ui_find(GTK_WIDGET(f->page), GTK_TYPE_BUTTON, "Next"));
}

static void
stay_signed_in(Fixture *f)
{
    gtk_switch_set_active(GTK_SWITCH(ui_child(f->page, KAB_TYPE_SIGN_IN_PAGE, "keep_switch")),
                          TRUE);
}

static void
on_resumed(GObject *source, GAsyncResult *result, gpointer data)
{
    *(int *)data = kab_session_sign_in_finish(KAB_SESSION(source), result, NULL);
}

static gboolean
is_answered(gpointer data)
{
    return *(int *)data >= 0;
}

static void
test_keep(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabSession) later = kab_session_new("fake:portal", "fake:base", NULL);
    int resumed = -1;

    stay_signed_in(f);
    sign_in(f, "admin", "right");
    ui_settle();
    g_assert_cmpstr(fake_get_secret("fake:portal"), ==, "token-of-admin");
    g_assert_cmpstr(fake_get_secret("fake:base"), ==, "token-of-admin");
    g_assert_null(f->notice);

    kab_session_resume_async(later, NULL, on_resumed, &resumed);
    ui_wait_for(is_answered, &resumed);
    g_assert_true(resumed);
    g_assert_true(kab_session_base_may(later, KAB_RIGHT_CLIENT_ORDERS));
    kab_session_sign_out(later);
    ui_settle();
    g_assert_null(fake_get_secret("fake:portal"));
    g_assert_null(kab_session_get_user(later));
}

static void
test_no_secret_service(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    fake_set_secrets(FAKE_SECRETS_NONE);
    stay_signed_in(f);
    sign_in(f, "anna", "right");
    ui_settle();
    g_assert_cmpuint(f->signed_in, ==, 1); /* all the same */
    g_assert_cmpstr(
        f->notice, ==,
        "The keyring is locked or not running: you stay signed in until the window closes");
    g_assert_false(kab_session_has_secrets(f->session));
}

/* A Secret Service that waits for a person keeps nobody waiting. */
static void
test_hanging_secret_service(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    int resumed = -1;

    fake_set_secrets(FAKE_SECRETS_HANG);
    kab_session_resume_async(f->session, NULL, on_resumed, &resumed);
    ui_wait_for(is_answered, &resumed);
    g_assert_false(resumed);
    g_assert_false(kab_session_has_secrets(f->session));
}

static void
on_code_wanted(KabSignInPage *page G_GNUC_UNUSED, const char *message, Fixture *f)
{
    g_free(f->notice);
    f->notice = g_strdup(message != NULL ? message : "");
}

static void
test_forgotten(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    g_signal_connect(f->page, "code-wanted", G_CALLBACK(on_code_wanted), f);
    ui_click(GTK_WIDGET(f->page), "I have a code from a letter");
    ui_settle();
    g_assert_cmpstr(f->notice, ==, "");
    type(f, "Login, phone or e-mail", "anna");
    ui_click(GTK_WIDGET(f->page), "Next");
    ui_settle();
    fake_fail(FAKE_SIGN_IN, KAB_ERROR_BUSY, "The portal cannot be reached");
    ui_click(GTK_WIDGET(f->page), "Forgot password?");
    ui_wait_text(GTK_WIDGET(f->page), "The portal cannot be reached");
    fake_fail(FAKE_SIGN_IN, -1, NULL);
    ui_click(GTK_WIDGET(f->page), "Forgot password?");
    ui_settle();
    g_assert_cmpstr(f->notice, ==, "If the portal knows you, a letter with a code is on its way.");
}

static void
test_closed_while_pending(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    fake_hold(FAKE_SIGN_IN);
    sign_in(f, "anna", "right");
    g_assert_cmpuint(fake_count_held(FAKE_SIGN_IN), ==, 1);
}

static void
test_keyboard(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const keys[] = {"a", "n", "n", "a", "Return", "r",
                                       "i", "g", "h", "t", "Return"};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        ui_key(GTK_WIDGET(f->window), keys[i]);
    g_assert_cmpuint(f->signed_in, ==, 1);
}

/* Whoever looks after the company's portal has its authority's file: it can be given here. */
static void
test_untrusted(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    fake_fail(FAKE_SIGN_IN, KAB_ERROR_BUSY, "The portal’s certificate is not trusted here");
    sign_in(f, "anna", "right");
    ui_settle();
    g_assert_null(ui_find(GTK_WIDGET(f->page), GTK_TYPE_BUTTON, "Choose the authority’s file…"));
    fake_set_untrusted(TRUE);
    gtk_widget_activate_action(GTK_WIDGET(f->page), "sign-in.submit", NULL);
    ui_settle();
    g_assert_true(ui_can_click(GTK_WIDGET(f->page), "Choose the authority’s file…"));
}

static void
on_address_chosen(Fixture *f, const char *address)
{
    g_free(f->notice);
    f->notice = g_strdup(address);
}

/* Nobody sends a password in clear by leaving something out, or without being told. */
static void
test_address(Fixture *f, gconstpointer data G_GNUC_UNUSED)
{
    GtkWidget *label = ui_child(f->page, KAB_TYPE_SIGN_IN_PAGE, "clear_label");

    g_signal_connect_swapped(f->page, "address-chosen", G_CALLBACK(on_address_chosen), f);
    kab_sign_in_page_show_address(f->page, "fake:portal", FALSE);
    type(f, "Login, phone or e-mail", "anna");
    type(f, "Portal address", "http://portal.example");
    g_assert_true(gtk_widget_get_visible(label));
    type(f, "Portal address", " portal.example ");
    g_assert_false(gtk_widget_get_visible(label));
    ui_click(GTK_WIDGET(f->page), "Next");
    ui_settle();
    g_assert_cmpstr(f->notice, ==, "https://portal.example");
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
#define ADD(path, function) g_test_add(path, Fixture, NULL, set_up, function, tear_down)
    ADD("/sign-in/partner", test_partner);
    ADD("/sign-in/administrator", test_administrator);
    ADD("/sign-in/manager", test_manager);
    ADD("/sign-in/wrong", test_wrong);
    ADD("/sign-in/keep", test_keep);
    ADD("/sign-in/no-secret-service", test_no_secret_service);
    ADD("/sign-in/hanging-secret-service", test_hanging_secret_service);
    ADD("/sign-in/forgotten", test_forgotten);
    ADD("/sign-in/closed-while-pending", test_closed_while_pending);
    ADD("/sign-in/keyboard", test_keyboard);
    ADD("/sign-in/untrusted", test_untrusted);
    ADD("/sign-in/address", test_address);
    return g_test_run();
}
