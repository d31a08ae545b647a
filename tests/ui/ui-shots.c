/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-window.h"
#include "ui-test.h"

/* Not a test: pictures of all pages, to be looked at. ui-shots WIDTH HEIGHT [long] */

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

int
main(int argc, char **argv)
{
    const KabAppIdentity identities[] = {
        {"Partner", "anna", "right", KAB_APP_PARTNER},
        {"Administrator", "admin", "right", KAB_APP_ADMINISTRATOR},
    };
    const KabAppConfig config = {"fake:portal", "fake:base", TRUE, identities, 2};
    KabWindow *window;

    ui_test_init(&argc, &argv);
    g_assert_cmpint(argc, >=, 3);
    fake_reset();
    fake_fill(40, 12, argc > 3);
    fake_fill_queue(25);
    fake_put_into_basket(0, 3000);
    fake_put_into_basket(1, 12500);
    fake_put_into_basket(3, 1000);
    window = kab_window_new(NULL, &config);
    gtk_window_set_default_size(GTK_WINDOW(window), atoi(argv[1]), atoi(argv[2]));
    gtk_window_present(GTK_WINDOW(window));
    ui_wait_for(has_view, window);
    shoot(window, "win.show-home", NULL, "home");
    shoot(window, "win.show-catalogue", NULL, "catalogue");
    shoot(window, "win.show-basket", NULL, "basket");
    shoot(window, "win.show-orders", NULL, "orders");
    shoot(window, "win.open-order", fake_get_order(0)->id.text, "order-awaiting");
    shoot(window, "win.open-order", fake_get_order(4)->id.text, "order-draft");
    shoot(window, "win.demo-administrator", NULL, "waiting");
    ui_wait_for(has_view, window);
    shoot(window, "win.show-client-orders", NULL, "client-orders");
    shoot(window, "win.open-client-order", fake_get_order(0)->id.text, "client-order");
    shoot(window, "win.show-portal-queue", NULL, "portal-queue");
    fake_fail(FAKE_EXCHANGE, KAB_ERROR_BUSY, "The portal cannot be reached: connection refused");
    shoot(window, "win.reload", NULL, "offline");
    shoot(window, "win.show-base-queue", NULL, "offline-error");
    shoot(window, "win.sign-out", NULL, "sign-in");
    gtk_window_destroy(GTK_WINDOW(window));
    return 0;
}
