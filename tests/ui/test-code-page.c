/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-code-page.h"
#include "ui-test.h"

#define GOOD "01234-56789-ABCDE-FGHJK-MNPQR-S"
#define EXPIRED "11234-56789-ABCDE-FGHJK-MNPQR-S"
#define OTHER "21234-56789-ABCDE-FGHJK-MNPQR-S"

typedef struct {
    KabSession *session;
    KabCodePage *page;
    GtkWindow *window;
    guint signed_in;
    guint back;
} Fixture;

static void
on_signed_in(KabCodePage *page G_GNUC_UNUSED, Fixture *f)
{
    f->signed_in++;
}

static void
on_back(KabCodePage *page G_GNUC_UNUSED, Fixture *f)
{
    f->back++;
}

static gboolean
is_mapped(gpointer data)
{
    return gtk_widget_get_mapped(data);
}

static gboolean
is_null(gpointer data)
{
    return *(gpointer *)data == NULL;
}

static void
set_up(Fixture *f, gconstpointer code)
{
    fake_reset();
    f->session = kab_session_new("fake:portal", NULL, NULL);
    f->page = kab_code_page_new(f->session, code);
    g_signal_connect(f->page, "signed-in", G_CALLBACK(on_signed_in), f);
    g_signal_connect(f->page, "back", G_CALLBACK(on_back), f);
    f->window = GTK_WINDOW(gtk_window_new());
    gtk_window_set_child(f->window, GTK_WIDGET(f->page));
    gtk_window_set_default_size(f->window, 500, 600);
    gtk_window_present(f->window);
    ui_wait_for(is_mapped, f->page);
}

static void
tear_down(Fixture *f, gconstpointer code G_GNUC_UNUSED)
{
    gpointer page = f->page;

    g_object_add_weak_pointer(G_OBJECT(page), &page);
    gtk_window_destroy(f->window);
    g_object_unref(f->session);
    ui_wait_for(is_null, &page);
    ui_settle();
}

static void
enter(Fixture *f, const char *code, const char *password)
{
    gtk_editable_set_text(GTK_EDITABLE(ui_child(f->page, KAB_TYPE_CODE_PAGE, "code_row")), code);
    gtk_editable_set_text(GTK_EDITABLE(ui_child(f->page, KAB_TYPE_CODE_PAGE, "password_row")),
                          password);
    ui_click(GTK_WIDGET(f->page), "Set password");
    ui_settle();
}

static gboolean
may_renew(Fixture *f)
{
    return gtk_widget_get_visible(ui_child(f->page, KAB_TYPE_CODE_PAGE, "renew_button"));
}

static void
test_first_sign_in(Fixture *f, gconstpointer code G_GNUC_UNUSED)
{
    /* Whose portal it is that a link leads to is seen. */
    ui_wait_text(GTK_WIDGET(f->page), "Portal: fake:portal");
    enter(f, " 01234 56789 abcde-fghjk-mnpqr-s ", "four words of anna");
    g_assert_cmpuint(f->signed_in, ==, 1);
    g_assert_true(kab_session_portal_may(f->session, KAB_RIGHT_ORDER));
}

static void
test_wrong(Fixture *f, gconstpointer code G_GNUC_UNUSED)
{
    enter(f, "nonsense", "four words of anna");
    ui_wait_text(GTK_WIDGET(f->page),
                 "The code has 26 letters and digits; hyphens and spaces do not matter.");
    enter(f, GOOD, "");
    ui_wait_text(GTK_WIDGET(f->page), "Choose a password of at least 8 characters.");
    enter(f, GOOD, "short");
    ui_wait_text(GTK_WIDGET(f->page), "The password is too short");
    enter(f, OTHER, "four words of anna");
    ui_wait_text(GTK_WIDGET(f->page), "The code is not valid");
    fake_fail(FAKE_SIGN_IN, KAB_ERROR_BUSY, "The portal cannot be reached");
    enter(f, GOOD, "four words of anna");
    ui_wait_text(GTK_WIDGET(f->page), "The portal cannot be reached");
    g_assert_false(may_renew(f));
    g_assert_cmpuint(f->signed_in, ==, 0);
    fake_fail(FAKE_SIGN_IN, -1, NULL);
    enter(f, GOOD, "four words of anna");
    g_assert_cmpuint(f->signed_in, ==, 1);
}

static void
test_expired(Fixture *f, gconstpointer code G_GNUC_UNUSED)
{
    enter(f, EXPIRED, "four words of anna");
    ui_wait_text(GTK_WIDGET(f->page), "The code has expired");
    g_assert_true(may_renew(f));
    ui_click(GTK_WIDGET(f->page), "Send another code");
    ui_wait_text(GTK_WIDGET(f->page), "A letter with another code is on its way.");
    g_assert_false(may_renew(f));
}

static void
test_back(Fixture *f, gconstpointer code G_GNUC_UNUSED)
{
    ui_click(GTK_WIDGET(f->page), "Back");
    ui_settle();
    g_assert_cmpuint(f->back, ==, 1);
}

static void
test_closed_while_pending(Fixture *f, gconstpointer code G_GNUC_UNUSED)
{
    fake_hold(FAKE_SIGN_IN);
    enter(f, GOOD, "four words of anna");
    g_assert_cmpuint(fake_count_held(FAKE_SIGN_IN), ==, 1);
}

/* With a link, the code is there already: only the password is typed. */
static void
test_keyboard(Fixture *f, gconstpointer code G_GNUC_UNUSED)
{
    static const char *const keys[] = {"f", "o", "u", "r", "w", "o", "r", "d", "s", "Return"};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        ui_key(GTK_WIDGET(f->window), keys[i]);
    ui_settle();
    g_assert_cmpuint(f->signed_in, ==, 1);
}

int
main(int argc, char **argv)
{
    ui_test_init(&argc, &argv);
#define ADD(path, code, function) g_test_add(path, Fixture, code, set_up, function, tear_down)
    ADD("/code/first-sign-in", NULL, test_first_sign_in);
    ADD("/code/wrong", NULL, test_wrong);
    ADD("/code/expired", NULL, test_expired);
    ADD("/code/back", NULL, test_back);
    ADD("/code/closed-while-pending", NULL, test_closed_while_pending);
    ADD("/code/keyboard", GOOD, test_keyboard);
    return g_test_run();
}
