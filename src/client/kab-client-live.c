/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-call.h"
#include "kab-client-live.h"
#include "kab-error.h"
#include "kab-http-feed.h"
#include "kab-json.h"

#include <gio/gio.h>

#define MAX_CHANGES 10000
/* A page of changes: more may be there. */
#define FULL 500
/* A WebSocket that has died without a word is found so. */
#define LOOK_S 60
#define POLL_S 5
/* After so many polls a WebSocket is tried again. */
#define POLLS 12
#define FIRST_RETRY_S 1
#define LAST_RETRY_S 15

typedef struct {
    gint64 seq;
    char kind[16];
    char id[KAB_ID_SIZE];
} Change;

typedef struct {
    gint64 seq;
    gint64 goods;  /* their number */
    GArray *items; /* (owned) (element-type Change) */
} Changes;

struct _KabClientLive {
    GObject parent_instance;

    KabClient *client;         /* (owned) */
    GCancellable *cancellable; /* (owned) (nullable): while it works */
    KabHttpFeed *feed;         /* (owned) (nullable) */
    KabVisit *visit;           /* (owned) (nullable): what had changed when it began */
    KabLiveState state;
    gint64 seq;        /* the newest change that is known; -1: none */
    gint64 goods;      /* the newest number of the goods; -1: none */
    gboolean fetching; /* changes are asked for */
    gboolean again;    /* and have to be asked for once more then */
    gboolean opening;  /* a WebSocket is being opened */
    guint polls;       /* until a WebSocket is tried again */
    guint retry_s;
    guint timeout;
    gulong network_id;
};

G_DEFINE_FINAL_TYPE(KabClientLive, kab_client_live, G_TYPE_OBJECT)

enum {
    VISIT,
    CHANGED,
    RESET,
    STATE,
    SESSION_ENDED,
    N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void fetch(KabClientLive *self);

static void
changes_free(gpointer data)
{
    Changes *changes = data;

    g_clear_pointer(&changes->items, g_array_unref);
    g_free(changes);
}

static gboolean
read_change(JsonObject *object, Change *change, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    const char *kind = kab_fields_need_text(&fields, "kind", sizeof change->kind - 1);

    change->seq = kab_fields_need_int(&fields, "seq", 0, G_MAXINT64);
    kab_fields_need_id(&fields, "id", change->id);
    kab_fields_need_time(&fields, "at");
    if (!kab_fields_finish(&fields, error))
        return FALSE;
    g_strlcpy(change->kind, kind, sizeof change->kind);
    return TRUE;
}

static gpointer
parse_changes(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    Changes *changes;
    JsonArray *items;
    KabFields fields = KAB_FIELDS_INIT(NULL);

    if (node == NULL)
        return NULL;
    changes = g_new0(Changes, 1);
    changes->items = g_array_new(FALSE, TRUE, sizeof(Change));
    fields.object = json_node_get_object(node);
    changes->seq = kab_fields_need_int(&fields, "seq", 0, G_MAXINT64);
    changes->goods = kab_fields_need_int(&fields, "goods", 0, G_MAXINT64);
    items = kab_fields_need_array(&fields, "items", MAX_CHANGES);
    if (!kab_fields_finish(&fields, error)) {
        changes_free(changes);
        return NULL;
    }
    for (guint i = 0; i < json_array_get_length(items); i++) {
        Change change = {0};

        if (!read_change(json_array_get_object_element(items, i), &change, error)) {
            changes_free(changes);
            return NULL;
        }
        g_array_append_val(changes->items, change);
    }
    return changes;
}

static void
set_state(KabClientLive *self, KabLiveState state, const char *why)
{
    if (self->state == state)
        return;
    self->state = state;
    g_signal_emit(self, signals[STATE], 0, (int)state, why);
}

static gboolean
on_timeout(gpointer data)
{
    KabClientLive *self = data;

    self->timeout = 0;
    fetch(self);
    return G_SOURCE_REMOVE;
}

static void
fetch_later(KabClientLive *self, guint seconds)
{
    g_clear_handle_id(&self->timeout, g_source_remove);
    self->timeout = g_timeout_add_seconds(seconds, on_timeout, self);
}

/* The number is what the person has seen: whoever looks on does not come back to old changes. */
static void
note_visit(KabClientLive *self)
{
    JsonObject *object = json_object_new();
    KabClientCall call = {.method = "PUT", .path = "/api/v1/visit"};

    json_object_set_int_member(object, "seq", self->seq);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self->client, &call, self->cancellable, NULL, NULL);
}

static void
close_feed(KabClientLive *self)
{
    if (self->feed != NULL)
        kab_http_feed_close(self->feed);
    g_clear_object(&self->feed);
}

static void
on_feed_text(KabClientLive *self)
{
    fetch(self);
}

static void
on_feed_closed(KabClientLive *self)
{
    g_clear_object(&self->feed);
    fetch_later(self, FIRST_RETRY_S);
}

static void
on_feed_opened(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    KabClientLive *self = data;
    g_autoptr(GError) error = NULL;
    KabHttpFeed *feed = kab_client_open_feed_finish(result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->opening = FALSE;
    if (feed == NULL) {
        g_debug("No WebSocket: %s", error->message);
        set_state(self, KAB_LIVE_POLLING, NULL);
        self->polls = POLLS;
        fetch_later(self, POLL_S);
        return;
    }
    self->feed = feed;
    g_signal_connect_object(feed, "text", G_CALLBACK(on_feed_text), self, G_CONNECT_SWAPPED);
    g_signal_connect_object(feed, "closed", G_CALLBACK(on_feed_closed), self, G_CONNECT_SWAPPED);
    set_state(self, KAB_LIVE_LISTENING, NULL);
    fetch(self); /* what came while it was being opened */
}

static void
listen_or_poll(KabClientLive *self)
{
    if (self->opening)
        return;
    if (self->feed != NULL) {
        fetch_later(self, LOOK_S);
        return;
    }
    if (self->polls > 0) {
        self->polls--;
        set_state(self, KAB_LIVE_POLLING, NULL);
        fetch_later(self, POLL_S);
        return;
    }
    self->opening = TRUE;
    kab_client_open_feed_async(self->client, "/api/v1/live", self->cancellable, on_feed_opened,
                               self);
}

static void
tell(KabClientLive *self, const Changes *changes)
{
    gint64 before = self->seq;
    g_autoptr(GCancellable) cancellable = g_object_ref(self->cancellable);

    self->seq = changes->seq;
    if (before > changes->seq)
        g_signal_emit(self, signals[RESET], 0);
    for (guint i = 0; i < changes->items->len && !g_cancellable_is_cancelled(cancellable); i++) {
        const Change *change = &g_array_index(changes->items, Change, i);

        g_signal_emit(self, signals[CHANGED], 0, change->kind, change->id);
    }
    if (self->goods >= 0 && self->goods != changes->goods &&
        !g_cancellable_is_cancelled(cancellable))
        g_signal_emit(self, signals[CHANGED], 0, "goods", "");
    self->goods = changes->goods;
    if (before != changes->seq && !g_cancellable_is_cancelled(cancellable))
        note_visit(self);
}

static void
on_fetched(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabClientLive) self = data;
    g_autoptr(GError) error = NULL;
    Changes *changes = kab_client_call_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    self->fetching = FALSE;
    if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED)) {
        kab_client_live_stop(self);
        g_signal_emit(self, signals[SESSION_ENDED], 0);
        return;
    }
    if (changes == NULL) {
        close_feed(self);
        set_state(self, KAB_LIVE_OFFLINE, error->message);
        fetch_later(self, self->retry_s);
        self->retry_s = MIN(self->retry_s * 2, LAST_RETRY_S);
        return;
    }
    self->retry_s = FIRST_RETRY_S;
    if (self->state == KAB_LIVE_OFFLINE)
        set_state(self, self->feed != NULL ? KAB_LIVE_LISTENING : KAB_LIVE_CONNECTING, NULL);
    tell(self, changes);
    self->again = self->again || changes->items->len >= FULL;
    changes_free(changes);
    if (self->cancellable == NULL)
        return; /* somebody who was told has stopped it */
    if (self->again)
        fetch(self);
    else
        listen_or_poll(self);
}

static void
fetch(KabClientLive *self)
{
    g_autofree char *path =
        self->seq >= 0 ? g_strdup_printf("/api/v1/changes?after=%" G_GINT64_FORMAT, self->seq)
                       : g_strdup("/api/v1/changes");
    const KabClientCall call = {
        .method = "GET", .path = path, .parse = parse_changes, .free = changes_free};

    self->again = self->fetching;
    if (self->fetching || self->cancellable == NULL)
        return;
    self->fetching = TRUE;
    g_clear_handle_id(&self->timeout, g_source_remove);
    kab_client_call_async(self->client, &call, self->cancellable, on_fetched, g_object_ref(self));
}

/* Before the changes: what is seen from now on is no news at the next visit. */
static void
on_visit_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(KabClientLive) self = data;
    g_autoptr(GError) error = NULL;
    KabVisit *visit = kab_client_get_visit_finish(KAB_CLIENT(source), result, &error);

    if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
    if (visit != NULL) {
        self->visit = visit;
        g_signal_emit(self, signals[VISIT], 0);
    }
    fetch(self); /* it says what is wrong, if something is */
}

static void
begin(KabClientLive *self)
{
    if (self->visit != NULL)
        fetch(self);
    else
        kab_client_get_visit_async(self->client, self->cancellable, on_visit_got,
                                   g_object_ref(self));
}

/* Another network: whether there is a connection has to be seen, not believed. */
static void
on_network_changed(KabClientLive *self)
{
    self->retry_s = FIRST_RETRY_S;
    fetch(self);
}

static void
kab_client_live_dispose(GObject *object)
{
    KabClientLive *self = KAB_CLIENT_LIVE(object);

    kab_client_live_stop(self);
    g_clear_object(&self->client);
    g_clear_pointer(&self->visit, kab_visit_free);
    G_OBJECT_CLASS(kab_client_live_parent_class)->dispose(object);
}

static void
kab_client_live_class_init(KabClientLiveClass *klass)
{
    G_OBJECT_CLASS(klass)->dispose = kab_client_live_dispose;

    /** KabClientLive::visit: it is known what has changed since the user was here last. */
    signals[VISIT] = g_signal_new("visit", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
    /** KabClientLive::changed: the kind and the id of what has changed; see GET /api/v1/changes;
     * "goods", with no id, for groups, products, prices and stock. */
    signals[CHANGED] = g_signal_new("changed", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
    /** KabClientLive::reset: anything may have changed. */
    signals[RESET] = g_signal_new("reset", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
    /** KabClientLive::state: a #KabLiveState, and why there is no connection, if there is none. */
    signals[STATE] = g_signal_new("state", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
    /** KabClientLive::session-ended: the portal wants a new sign-in. */
    signals[SESSION_ENDED] = g_signal_new("session-ended", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
kab_client_live_init(KabClientLive *self)
{
    self->seq = self->goods = -1;
    self->retry_s = FIRST_RETRY_S;
}

KabClientLive *
kab_client_live_new(KabClient *client)
{
    KabClientLive *self = g_object_new(KAB_TYPE_CLIENT_LIVE, NULL);

    self->client = g_object_ref(client);
    return self;
}

void
kab_client_live_start(KabClientLive *self)
{
    if (self->cancellable != NULL)
        return;
    self->cancellable = g_cancellable_new();
    self->network_id = g_signal_connect_swapped(g_network_monitor_get_default(), "network-changed",
                                                G_CALLBACK(on_network_changed), self);
    begin(self);
}

void
kab_client_live_stop(KabClientLive *self)
{
    if (self->cancellable == NULL)
        return;
    g_cancellable_cancel(self->cancellable);
    g_clear_object(&self->cancellable);
    g_clear_handle_id(&self->timeout, g_source_remove);
    g_clear_signal_handler(&self->network_id, g_network_monitor_get_default());
    close_feed(self);
    self->fetching = self->again = self->opening = FALSE;
    self->polls = 0;
    self->state = KAB_LIVE_CONNECTING;
}

void
kab_client_live_hurry(KabClientLive *self)
{
    if (self->state != KAB_LIVE_OFFLINE)
        return;
    self->retry_s = FIRST_RETRY_S;
    fetch(self);
}

KabLiveState
kab_client_live_get_state(KabClientLive *self)
{
    return self->state;
}

const KabVisit *
kab_client_live_get_visit(KabClientLive *self)
{
    return self->visit;
}
