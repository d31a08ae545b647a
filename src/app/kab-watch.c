/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-format.h"
#include "kab-outbox.h"
#include "kab-watch.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _KabWatch {
    GObject parent_instance;

    KabSession *session; /* (owned) */
    KabOutbox *outbox;   /* (owned) */
};

G_DEFINE_FINAL_TYPE(KabWatch, kab_watch, G_TYPE_OBJECT)

enum {
    CONNECTION,
    RELOAD,
    TOAST,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Why there is no connection, and what is done about it. */
static void
tell_offline(KabWatch *self, const char *why)
{
    guint n = kab_outbox_count_orders(self->outbox);
    g_autofree char *orders = g_strdup_printf(
        g_dngettext(GETTEXT_PACKAGE,
                    "%u order is saved here and goes to the portal when there is a connection.",
                    "%u orders are saved here and go to the portal when there is a connection.", n),
        n);
    const char *done =
        n > 0 ? orders
        : kab_outbox_is_waiting(self->outbox)
            ? _("What you changed in the basket is kept, and sent when there is a connection.")
            : _("What was loaded before stays here. Kabinet keeps trying by itself.");

    g_signal_emit(self, signals[CONNECTION], 0, why, done);
}

static void
on_live_state(KabWatch *self, int state, const char *why)
{
    if (state == KAB_LIVE_OFFLINE) {
        tell_offline(self, why != NULL ? why : _("There is no connection to the portal."));
        return;
    }
    g_signal_emit(self, signals[CONNECTION], 0, NULL, NULL);
    if (state == KAB_LIVE_CONNECTING) { /* it was offline */
        kab_outbox_flush(self->outbox);
        g_signal_emit(self, signals[RELOAD], 0);
    }
}

static void
on_live_reset(KabWatch *self)
{
    g_signal_emit(self, signals[RELOAD], 0);
}

static void
on_outbox_waiting(KabWatch *self)
{
    tell_offline(self, _("There is no connection to the portal."));
}

static void
on_outbox_sent(KabWatch *self, const KabOrder *order)
{
    g_autofree char *name = kab_format_order_name(order);
    g_autofree char *text = order->number != NULL
                                ? g_strdup_printf(_("%s is at the portal now"), name)
                                : g_strdup(_("Your order is at the portal now"));
    g_autofree char *markup = g_markup_escape_text(text, -1);
    g_autoptr(AdwToast) toast = adw_toast_new(markup);

    adw_toast_set_button_label(toast, _("Open"));
    adw_toast_set_action_name(toast, "win.open-order");
    adw_toast_set_action_target(toast, "s", order->id.text);
    g_signal_emit(self, signals[TOAST], 0, toast);
    g_signal_emit(self, signals[CONNECTION], 0, NULL, NULL);
    g_signal_emit(self, signals[RELOAD], 0);
}

static void
kab_watch_dispose(GObject *object)
{
    g_clear_object(&KAB_WATCH(object)->session);
    g_clear_object(&KAB_WATCH(object)->outbox);
    G_OBJECT_CLASS(kab_watch_parent_class)->dispose(object);
}

static void
kab_watch_class_init(KabWatchClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_watch_dispose;

    /** KabWatch::connection: why there is no connection, and what is done; %NULL: there is one. */
    signals[CONNECTION] = g_signal_new("connection", KAB_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
    /** KabWatch::reload: what is shown may be old. */
    signals[RELOAD] = g_signal_new("reload", KAB_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
    /** KabWatch::toast: a message. */
    signals[TOAST] = g_signal_new("toast", KAB_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, ADW_TYPE_TOAST);
}

static void
kab_watch_init(KabWatch *self G_GNUC_UNUSED)
{
}

KabWatch *
kab_watch_new(KabSession *session)
{
    KabWatch *self = g_object_new(KAB_TYPE_WATCH, NULL);
    KabClientLive *live = kab_session_get_live(session);

    self->session = g_object_ref(session);
    self->outbox = g_object_ref(kab_outbox_of(kab_session_get_portal(session)));
    g_signal_connect_object(live, "state", G_CALLBACK(on_live_state), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(live, "reset", G_CALLBACK(on_live_reset), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "waiting", G_CALLBACK(on_outbox_waiting), self,
                            G_CONNECT_SWAPPED);
    g_signal_connect_object(self->outbox, "sent", G_CALLBACK(on_outbox_sent), self,
                            G_CONNECT_SWAPPED);
    return self;
}

gboolean
kab_watch_page_answered(KabWatch *self, const char *message)
{
    KabClientLive *live = kab_session_get_live(self->session);

    if (message != NULL) {
        tell_offline(self, message);
        return FALSE;
    }
    if (kab_client_live_get_state(live) != KAB_LIVE_OFFLINE)
        return TRUE;
    kab_client_live_hurry(live);
    return FALSE;
}
