/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-exchange.h"
#include "kab-exchange-watch.h"
#include "kab-format.h"

#include <glib/gi18n-lib.h>

#define LOOK_S 60
/* One look that fails is no fault yet: a service is restarted now and then. */
#define N_SILENT 3

typedef struct {
    KabExchangeWatch *watch;
    KabClient *client; /* (owned) */
    gboolean base;
    guint n_silent; /* how often in a row it has not answered */
    gboolean told;
} End;

struct _KabExchangeWatch {
    GObject parent_instance;

    End ends[2];
    guint n_ends;
    GCancellable *cancellable; /* (owned) */
    guint look;
};

G_DEFINE_FINAL_TYPE(KabExchangeWatch, kab_exchange_watch, G_TYPE_OBJECT)

enum {
    TROUBLE,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Once for each trouble. */
static void
tell(End *end, const char *title, const char *why)
{
    if (end->told == (title != NULL))
        return;
    end->told = title != NULL;
    g_signal_emit(end->watch, signals[TROUBLE], 0, end->base ? "base" : "portal", title, why);
}

static const char *
find_cause(const KabExchangeState *state)
{
    if (state->paused_at != 0)
        return _("The queue is paused.");
    return state->failure != NULL      ? state->failure
           : state->last_error != NULL ? state->last_error
                                       : _("See the overview of the exchange.");
}

static void
on_state_got(GObject *source, GAsyncResult *result, gpointer data)
{
    End *end = data;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabExchangeState) state =
        kab_client_get_exchange_finish(KAB_CLIENT(source), result, &error);
    g_autofree char *title = NULL;

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (state == NULL) {
        if (++end->n_silent >= N_SILENT)
            tell(end, end->base ? _("The base does not answer") : _("The portal does not answer"),
                 error->message);
        return;
    }
    end->n_silent = 0;
    if (state->still_since != 0) {
        g_autofree char *since = kab_format_moment(state->still_since);

        title =
            g_strdup_printf(end->base ? _("Nothing has gone from the base to the portal since %s")
                                      : _("Nothing has gone from the portal to the base since %s"),
                            since);
    }
    tell(end, title, title != NULL ? find_cause(state) : NULL);
}

static gboolean
on_look(gpointer data)
{
    KabExchangeWatch *self = data;

    self->look = 0;
    kab_exchange_watch_look(self);
    return G_SOURCE_REMOVE;
}

void
kab_exchange_watch_look(KabExchangeWatch *self)
{
    g_clear_handle_id(&self->look, g_source_remove);
    for (guint i = 0; i < self->n_ends; i++)
        kab_client_get_exchange_async(self->ends[i].client, self->cancellable, on_state_got,
                                      &self->ends[i]);
    if (self->n_ends > 0)
        self->look = g_timeout_add_seconds(LOOK_S, on_look, self);
}

static void
kab_exchange_watch_dispose(GObject *object)
{
    KabExchangeWatch *self = KAB_EXCHANGE_WATCH(object);

    g_clear_handle_id(&self->look, g_source_remove);
    if (self->cancellable != NULL)
        g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    for (guint i = 0; i < G_N_ELEMENTS(self->ends); i++)
        g_clear_object(&self->ends[i].client);
    G_OBJECT_CLASS(kab_exchange_watch_parent_class)->dispose(object);
}

static void
kab_exchange_watch_class_init(KabExchangeWatchClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_exchange_watch_dispose;

    /** KabExchangeWatch::trouble: at the end "portal" or "base": what it is, %NULL if it is over,
     * and why, if that is known. */
    signals[TROUBLE] =
        g_signal_new("trouble", KAB_TYPE_EXCHANGE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                     G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
}

static void
kab_exchange_watch_init(KabExchangeWatch *self)
{
    self->cancellable = g_cancellable_new();
}

static void
add_end(KabExchangeWatch *self, KabClient *client, gboolean base)
{
    self->ends[self->n_ends++] = (End){.watch = self, .client = g_object_ref(client), .base = base};
}

KabExchangeWatch *
kab_exchange_watch_new(KabSession *session)
{
    KabExchangeWatch *self = g_object_new(KAB_TYPE_EXCHANGE_WATCH, NULL);

    if (kab_session_portal_may(session, KAB_RIGHT_EXCHANGE_ADMIN))
        add_end(self, kab_session_get_portal(session), FALSE);
    if (kab_session_base_may(session, KAB_RIGHT_EXCHANGE_ADMIN))
        add_end(self, kab_session_get_base(session), TRUE);
    kab_exchange_watch_look(self);
    return self;
}
