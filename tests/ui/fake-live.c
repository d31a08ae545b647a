/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-client.h"
#include "fake-world.h"
#include "kab-client-news.h"
#include "kab-client-live.h"
#include "kab-client-people.h"

/* A live connection that says what a test makes it say. */

struct _KabClientLive {
    GObject parent_instance;

    KabClient *client;
    KabLiveState state;
    gboolean started;
};

G_DEFINE_FINAL_TYPE(KabClientLive, kab_client_live, G_TYPE_OBJECT)

static KabClientLive *newest;
static KabVisit *visit;
static GPtrArray *news;

static void
kab_client_live_finalize(GObject *object)
{
    if (newest == KAB_CLIENT_LIVE(object))
        newest = NULL;
    g_clear_object(&KAB_CLIENT_LIVE(object)->client);
    G_OBJECT_CLASS(kab_client_live_parent_class)->finalize(object);
}

static void
kab_client_live_class_init(KabClientLiveClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_client_live_finalize;
    g_signal_new("visit", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                 0);
    g_signal_new("changed", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                 G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
    g_signal_new("reset", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                 0);
    g_signal_new("state", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                 2, G_TYPE_INT, G_TYPE_STRING);
    g_signal_new("session-ended", KAB_TYPE_CLIENT_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                 G_TYPE_NONE, 0);
}

static void
kab_client_live_init(KabClientLive *self)
{
    newest = self;
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
    self->started = TRUE;
}

void
kab_client_live_stop(KabClientLive *self)
{
    self->started = FALSE;
}

void
kab_client_live_hurry(KabClientLive *self G_GNUC_UNUSED)
{
}

KabLiveState
kab_client_live_get_state(KabClientLive *self)
{
    return self->state;
}

const KabVisit *
kab_client_live_get_visit(KabClientLive *self G_GNUC_UNUSED)
{
    return visit;
}

void
fake_live_changed(const char *kind, const char *id)
{
    g_assert_nonnull(newest);
    if (newest->started)
        g_signal_emit_by_name(newest, "changed", kind, id);
}

void
fake_live_state(KabLiveState state, const char *why)
{
    g_assert_nonnull(newest);
    newest->state = state;
    g_signal_emit_by_name(newest, "state", (int)state, why);
}

void
fake_live_end_session(void)
{
    g_assert_nonnull(newest);
    g_signal_emit_by_name(newest, "session-ended");
}

gboolean
fake_live_is_started(void)
{
    return newest != NULL && newest->started;
}

void
fake_set_visit(KabTime at, guint n_orders)
{
    g_clear_pointer(&visit, kab_visit_free);
    visit = g_new0(KabVisit, 1);
    visit->at = at;
    visit->n_orders = n_orders;
    visit->orders = g_ptr_array_new_with_free_func((GDestroyNotify)kab_order_free);
    for (guint i = 0; i < n_orders; i++)
        g_ptr_array_add(visit->orders, kab_order_copy(fake_get_order(i)));
}

void
fake_live_reset(void)
{
    g_clear_pointer(&visit, kab_visit_free);
    g_clear_pointer(&news, g_ptr_array_unref);
}

void
kab_visit_free(KabVisit *self)
{
    if (self == NULL)
        return;
    g_clear_pointer(&self->orders, g_ptr_array_unref);
    g_free(self);
}

void
fake_add_news(const char *title, const char *text)
{
    KabNews *piece = g_new0(KabNews, 1);

    if (news == NULL)
        news = g_ptr_array_new_with_free_func((GDestroyNotify)kab_news_free);
    kab_id_fill_random(piece->id);
    piece->published_at = G_GINT64_CONSTANT(1788250000000);
    piece->author = g_strdup("Elena");
    piece->title = g_strdup(title);
    piece->text = g_strdup(text);
    g_ptr_array_add(news, piece);
}

static void
compute_news(GTask *task, gpointer args G_GNUC_UNUSED)
{
    KabPage *page = g_new0(KabPage, 1);

    page->items = g_ptr_array_new_with_free_func((GDestroyNotify)kab_news_free);
    for (guint i = 0; news != NULL && i < news->len; i++) {
        const KabNews *piece = g_ptr_array_index(news, i);
        KabNews *copy = g_memdup2(piece, sizeof *piece);

        copy->author = g_strdup(piece->author);
        copy->title = g_strdup(piece->title);
        copy->text = g_strdup(piece->text);
        g_ptr_array_add(page->items, copy);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_news_async(KabClient *self, const char *after G_GNUC_UNUSED,
                           guint limit G_GNUC_UNUSED, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_NEWS, compute_news);
}

KabPage *
kab_client_list_news_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

guint
fake_count_news(void)
{
    return news != NULL ? news->len : 0;
}

/* kab-client-news.h */

static void
compute_publish(GTask *task, gpointer args)
{
    char **texts = args;

    for (guint i = 0; i < fake_count_news(); i++)
        if (g_str_equal(((KabNews *)g_ptr_array_index(news, i))->id, texts[0])) {
            g_task_return_boolean(task, TRUE); /* the same again */
            return;
        }
    fake_add_news(texts[1], texts[2]);
    g_strlcpy(((KabNews *)g_ptr_array_index(news, news->len - 1))->id, texts[0], KAB_ID_SIZE);
    g_task_return_boolean(task, TRUE);
}

void
kab_client_publish_news_async(KabClient *self, const KabNews *piece, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const char *args[] = {piece->id, piece->title, piece->text, NULL};

    g_task_set_task_data(task, g_strdupv((char **)args), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SET_NEWS, compute_publish);
}

static void
compute_remove(GTask *task, gpointer args)
{
    for (guint i = 0; i < fake_count_news(); i++)
        if (g_str_equal(((KabNews *)g_ptr_array_index(news, i))->id, args)) {
            g_ptr_array_remove_index(news, i);
            g_task_return_boolean(task, TRUE);
            return;
        }
    g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "There are no such news");
}

void
kab_client_remove_news_async(KabClient *self, const char *id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdup(id), g_free);
    fake_answer(task, FAKE_SET_NEWS, compute_remove);
}

gboolean
kab_client_news_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
