/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-exchange-watch.h"
#include "kab-session.h"
#include "ui-test.h"

static char *said; /* the last trouble: its end, its title and its cause */
static guint n_said;

static void
on_trouble(KabExchangeWatch *watch G_GNUC_UNUSED, const char *end, const char *title,
           const char *why, gpointer data G_GNUC_UNUSED)
{
    g_free(said);
    said = g_strjoin("|", end, title != NULL ? title : "over", why, NULL);
    n_said++;
}

static void
on_signed_in(GObject *source, GAsyncResult *result, gpointer data)
{
    g_assert_true(kab_session_sign_in_finish(KAB_SESSION(source), result, NULL));
    *(gboolean *)data = TRUE;
}

static gboolean
is_set(gpointer data)
{
    return *(gboolean *)data;
}

static KabExchangeWatch *
watch_as(const char *login)
{
    g_autoptr(KabSession) session = NULL;
    KabExchangeWatch *watch;
    gboolean done = FALSE;

    fake_reset();
    n_said = 0;
    g_clear_pointer(&said, g_free);
    session = kab_session_new("fake:portal", "fake:base", NULL);
    kab_session_sign_in_async(session, login, "right", FALSE, NULL, on_signed_in, &done);
    ui_wait_for(is_set, &done);
    watch = kab_exchange_watch_new(session);
    g_signal_connect(watch, "trouble", G_CALLBACK(on_trouble), NULL);
    return watch;
}

static void
look(KabExchangeWatch *watch)
{
    guint before = fake_count_calls(FAKE_EXCHANGE);

    kab_exchange_watch_look(watch);
    g_assert_cmpuint(fake_count_calls(FAKE_EXCHANGE), ==, before + 2);
    ui_settle();
}

/* Told once, and when it is over. */
static void
test_still(void)
{
    g_autoptr(KabExchangeWatch) watch = watch_as("admin");

    ui_settle();
    g_assert_cmpuint(n_said, ==, 0);
    fake_get_exchange()->still_since = G_GINT64_CONSTANT(1767225600000);
    fake_get_exchange()->failure = g_strdup("connection refused");
    look(watch);
    g_assert_cmpuint(n_said, ==, 2); /* both ends */
    g_assert_true(
        g_str_has_prefix(said, "base|Nothing has gone from the base to the portal since "));
    g_assert_true(g_str_has_suffix(said, "|connection refused"));
    look(watch);
    g_assert_cmpuint(n_said, ==, 2);
    fake_get_exchange()->still_since = 0;
    look(watch);
    g_assert_cmpuint(n_said, ==, 4);
    g_assert_cmpstr(said, ==, "base|over");
}

/* Not for a service that is just restarted. */
static void
test_silent(void)
{
    g_autoptr(KabExchangeWatch) watch = watch_as("admin");

    ui_settle();
    fake_fail(FAKE_EXCHANGE, KAB_ERROR_FAILED, "no route to host");
    look(watch);
    look(watch);
    g_assert_cmpuint(n_said, ==, 0);
    look(watch);
    g_assert_cmpuint(n_said, ==, 2);
    g_assert_cmpstr(said, ==, "base|The base does not answer|no route to host");
}

static void
test_partner(void)
{
    g_autoptr(KabExchangeWatch) watch = watch_as("olga");

    ui_settle();
    g_assert_cmpuint(fake_count_calls(FAKE_EXCHANGE), ==, 0);
}

int
main(int argc, char *argv[])
{
    ui_test_init(&argc, &argv);
    g_test_add_func("/exchange-watch/still", test_still);
    g_test_add_func("/exchange-watch/silent", test_silent);
    g_test_add_func("/exchange-watch/partner", test_partner);
    return g_test_run();
}
