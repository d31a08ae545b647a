/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-orders.h"
#include "kab-client-tasks.h"
#include "kab-exchange-watch.h"
#include "kab-format.h"
#include "kab-notifier.h"
#include "kab-outbox.h"

#include <glib/gi18n-lib.h>

struct _KabNotifier {
    GObject parent_instance;

    GtkWindow *window;         /* (weak) */
    KabSession *session;       /* (owned) */
    KabExchangeWatch *watch;   /* (owned) */
    GSettings *preferences;    /* (owned) (nullable) */
    GCancellable *cancellable; /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabNotifier, kab_notifier, G_TYPE_OBJECT)

static GApplication *
get_application(KabNotifier *self)
{
    GtkApplication *app = self->window != NULL ? gtk_window_get_application(self->window) : NULL;

    return app != NULL ? G_APPLICATION(app) : NULL;
}

static void
send(KabNotifier *self, const char *id, GNotification *notification)
{
    GApplication *app = get_application(self);

    if (app != NULL &&
        (self->preferences == NULL || g_settings_get_boolean(self->preferences, "notify")))
        g_application_send_notification(app, id, notification);
}

/* @action: what opens @object_id. */
static void
notify(KabNotifier *self, const char *action, const char *object_id, const char *title,
       const char *body)
{
    g_autoptr(GNotification) notification = g_notification_new(title);

    g_notification_set_body(notification, body);
    g_notification_set_default_action_and_target(notification, action, "s", object_id);
    send(self, object_id, notification);
}

static void
withdraw(KabNotifier *self, const char *object_id)
{
    GApplication *app = get_application(self);

    if (app != NULL)
        g_application_withdraw_notification(app, object_id);
}

static void
on_order_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabNotifier *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabOrder) order = kab_client_order_finish(KAB_CLIENT(source), result, &error);
    g_autofree char *name = NULL;
    g_autofree char *title = NULL;

    if (order == NULL)
        return;
    if (order->status != KAB_ORDER_AWAITING_PARTNER ||
        !kab_session_portal_may(self->session, KAB_RIGHT_ORDER)) {
        withdraw(self, order->id.text);
        return;
    }
    name = kab_format_order_name(order);
    title = g_strdup_printf(_("%s waits for you"), name);
    notify(self, "app.open-order", order->id.text, title,
           kab_order_is_changed(order) ? _("The manager has changed it. Confirm it or refuse it.")
                                       : _("The manager has checked it. Confirm it or refuse it."));
}

static void
on_task_got(GObject *source, GAsyncResult *result, gpointer data)
{
    KabNotifier *self = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTask) task = kab_client_task_finish(KAB_CLIENT(source), result, &error);
    const KabUser *user = kab_client_get_user(KAB_CLIENT(source));

    if (task == NULL || user == NULL)
        return;
    if (task->state == KAB_TASK_NEW && kab_task_check_executor(task, user, NULL))
        notify(self, "app.open-task", task->id.text, _("A task waits for you"),
               task->order_number != NULL ? task->order_number : "");
    else
        withdraw(self, task->id.text);
}

/* Also to whoever has the window before him: another page may be shown. */
static void
on_trouble(KabNotifier *self, const char *end, const char *title, const char *why)
{
    g_autofree char *id = g_strconcat("exchange-", end, NULL);
    g_autoptr(GNotification) notification = NULL;

    if (title == NULL) {
        withdraw(self, id);
        return;
    }
    notification = g_notification_new(title);
    g_notification_set_body(notification, why);
    g_notification_set_priority(notification, G_NOTIFICATION_PRIORITY_HIGH);
    g_notification_set_default_action(notification, "app.show-overview");
    send(self, id, notification);
}

/* Whoever has the window before him sees it there. */
static gboolean
is_looked_at(KabNotifier *self)
{
    return self->window != NULL && gtk_window_is_active(self->window);
}

static void
on_changed(KabNotifier *self, const char *kind, const char *id)
{
    KabClient *client = kab_session_get_portal(self->session);

    if (*id == '\0')
        return; /* goods */
    if (is_looked_at(self)) {
        withdraw(self, id);
        return;
    }
    if (g_str_equal(kind, "order"))
        kab_client_get_order_async(client, kab_order_id_of(id), self->cancellable, on_order_got,
                                   self);
    else if (g_str_equal(kind, "task"))
        kab_client_get_task_async(client, kab_task_id_of(id), self->cancellable, on_task_got, self);
}

static void
kab_notifier_dispose(GObject *object)
{
    KabNotifier *self = KAB_NOTIFIER(object);

    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_object(&self->preferences);
    g_clear_object(&self->watch);
    g_clear_object(&self->session);
    g_clear_weak_pointer(&self->window);
    G_OBJECT_CLASS(kab_notifier_parent_class)->dispose(object);
}

static void
kab_notifier_class_init(KabNotifierClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_notifier_dispose;
}

static void
kab_notifier_init(KabNotifier *self)
{
    self->cancellable = g_cancellable_new();
}

void
kab_notifier_leave(KabNotifier *self)
{
    GApplication *app = get_application(self);
    guint n = kab_outbox_count_orders(kab_outbox_of(kab_session_get_portal(self->session)));
    g_autofree char *title = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE, "%u order is not sent yet", "%u orders are not sent yet", n),
        n);
    g_autoptr(GNotification) notification = g_notification_new(title);

    if (app == NULL || n == 0)
        return;
    g_notification_set_body(notification,
                            _("It is kept on this computer and goes to the portal when Kabinet "
                              "runs and there is a connection."));
    g_application_send_notification(app, "unsent", notification);
}

/* The exchange of the ends that there are now. */
static void
watch(KabNotifier *self)
{
    if (self->watch != NULL)
        withdraw(self, "exchange-base"); /* it was of the base before */
    g_clear_object(&self->watch);
    self->watch = kab_exchange_watch_new(self->session);
    g_signal_connect_object(self->watch, "trouble", G_CALLBACK(on_trouble), self,
                            G_CONNECT_SWAPPED);
}

KabNotifier *
kab_notifier_new(GtkWindow *window, KabSession *session, GSettings *preferences)
{
    KabNotifier *self = g_object_new(KAB_TYPE_NOTIFIER, NULL);
    KabClientLive *live = kab_session_get_live(session);

    g_set_weak_pointer(&self->window, window);
    self->session = g_object_ref(session);
    g_set_object(&self->preferences, preferences);
    watch(self);
    g_signal_connect_object(session, "base-changed", G_CALLBACK(watch), self, G_CONNECT_SWAPPED);
    if (live != NULL)
        g_signal_connect_object(live, "changed", G_CALLBACK(on_changed), self, G_CONNECT_SWAPPED);
    return self;
}
