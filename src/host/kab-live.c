/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-live.h"

#include "kab-portal-changes.h"

/* Commands change the same data from processes of their own, so it has to look. */
#define LOOK_MS 250
/* While nobody listens. */
#define REST_MS 1000
/* Goods change by the thousand, for minutes, and concern everybody: the first change is told at
 * once, and then what came in this time. */
#define GOODS_MS 15000

struct _KabLive {
    KabEnd *end;
    KabHttpServer *server;
    GThread *thread; /* (owned) */

    gint64 goods;    /* the number that was told last; -1: none */
    gint64 goods_at; /* when, by the monotonic clock */
};

/* What it is, a desktop asks for. */
static void
tell(const char *partner_id, gpointer data)
{
    kab_http_server_tell(((KabLive *)data)->server, partner_id, "{\"changed\":true}");
}

static gboolean
look_at_goods(KabLive *self, KabDb *db, GError **error)
{
    gint64 now = g_get_monotonic_time() / 1000;
    gint64 goods;

    if (self->goods >= 0 && now - self->goods_at < GOODS_MS)
        return TRUE;
    if (!kab_portal_changes_count_goods(db, &goods, error))
        return FALSE;
    if (self->goods >= 0 && goods != self->goods) {
        tell(NULL, self);
        self->goods_at = now;
    }
    self->goods = goods;
    return TRUE;
}

static void
look(KabLive *self, gint64 *num)
{
    g_autoptr(GError) error = NULL;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(self->end, &error);
    gboolean first = *num < 0;

    if (first)
        self->goods = -1; /* who comes asks for the goods too */
    if (db.db == NULL || !kab_portal_changes_tell(db.db, num, tell, self, &error) ||
        !look_at_goods(self, db.db, &error))
        g_message("Changes cannot be told: %s", error->message);
    else if (first)
        tell(NULL, self); /* what came since somebody asked last and before this look */
}

static gpointer
watch(gpointer data)
{
    KabLive *self = data;
    gint64 num = -1;
    guint seen = 0;

    do {
        if (kab_http_server_has_listeners(self->server))
            look(self, &num);
        else
            num = -1; /* whoever comes asks for what there is */
    } while (kab_end_wait(self->end, &seen, num >= 0 ? LOOK_MS : REST_MS));
    return NULL;
}

KabLive *
kab_live_start(KabEnd *end, KabHttpServer *server)
{
    KabLive *self = g_new0(KabLive, 1);

    self->end = end;
    self->server = server;
    self->thread = g_thread_new("live", watch, self);
    return self;
}

void
kab_live_stop(KabLive *self)
{
    if (self == NULL)
        return;
    kab_end_stop(self->end);
    g_thread_join(self->thread);
    g_free(self);
}
