/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-page-after.h"
#include "kab-portal-news.h"

#include <glib/gi18n-lib.h>

#define INSERT_NEWS                                                                        \
    "INSERT INTO news (id, published_at, author, title, text) VALUES ($1, $2, $3, $4, $5)" \
    " ON CONFLICT (id) DO NOTHING"
#define DELETE_NEWS "DELETE FROM news WHERE id = $1"
#define COLUMNS "SELECT id, published_at, author, title, text FROM news"
#define SELECT_ONE COLUMNS " WHERE id = $1"
#define SELECT_PAGE \
    COLUMNS " WHERE (published_at, id) < ($1, $2) ORDER BY published_at DESC, id DESC LIMIT $3"

static KabNews *
read_news(KabRows *rows)
{
    KabNews *news = g_new0(KabNews, 1);

    g_strlcpy(news->id, kab_rows_get_text(rows, 0), KAB_ID_SIZE);
    news->published_at = kab_rows_get_int(rows, 1);
    news->author = kab_rows_dup_text(rows, 2);
    news->title = kab_rows_dup_text(rows, 3);
    news->text = kab_rows_dup_text(rows, 4);
    return news;
}

KabNews *
kab_portal_news_load(KabDb *db, const char *id, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_ONE, KAB_BIND(kab_text(id)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    if (kab_rows_next(rows, &local))
        return read_news(rows);
    if (local == NULL)
        local = g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There are no such news"));
    g_propagate_error(error, g_steal_pointer(&local));
    return NULL;
}

/* What is there under the id is what was to be published, or it is not published. */
static gboolean
check_same(KabDb *db, KabNews *news, GError **error)
{
    g_autoptr(KabNews) stored = kab_portal_news_load(db, news->id, error);

    if (stored == NULL)
        return FALSE;
    news->published_at = stored->published_at;
    if (g_str_equal(stored->title, news->title) && g_str_equal(stored->text, news->text))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                        _("Other news are published under this id"));
    return FALSE;
}

/* The id says nothing to whoever reads the log, and news that are removed have no title to look up.
 */
static gboolean
audit(KabEnd *end, KabDb *db, const KabActor *actor, const KabNews *news, const char *what,
      GError **error)
{
    g_autofree char *detail = g_strdup_printf("%s: %s", what, news->title);

    return kab_end_audit(end, db, actor, KAB_AUDIT_NEWS, news->id, detail, error);
}

gboolean
kab_portal_news_add(KabEnd *end, KabDb *db, const KabActor *actor, KabNews *news, GError **error)
{
    g_autoptr(KabTransaction) transaction = NULL;

    if (!kab_news_check(news, error))
        return FALSE;
    transaction = kab_db_begin(db, error);
    if (transaction == NULL ||
        !kab_db_run(db, INSERT_NEWS,
                    KAB_BIND(kab_text(news->id), kab_int(kab_time_now()), kab_text(news->author),
                             kab_text(news->title), kab_text(news->text)),
                    error))
        return FALSE;
    if (kab_db_get_changes(db) == 0)
        return check_same(db, news, error);
    return check_same(db, news, error) && audit(end, db, actor, news, "published", error) &&
           kab_transaction_commit(transaction, error);
}

gboolean
kab_portal_news_remove(KabEnd *end, KabDb *db, const KabActor *actor, const char *id,
                       GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabNews) news = transaction != NULL ? kab_portal_news_load(db, id, error) : NULL;

    return news != NULL && kab_db_run(db, DELETE_NEWS, KAB_BIND(kab_text(id)), error) &&
           audit(end, db, actor, news, "removed", error) &&
           kab_transaction_commit(transaction, error);
}

GPtrArray *
kab_portal_news_list(KabDb *db, const char *after, guint limit, char **next, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)kab_news_free);
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    gint64 moment;
    const char *id;

    *next = NULL;
    if (!kab_page_parse_after(after, &moment, &id, error))
        return NULL;
    rows = kab_db_query(db, SELECT_PAGE, KAB_BIND(kab_int(moment), kab_text(id), kab_int(limit)),
                        error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(list, read_news(rows));
    if (!kab_error_pass(error, &local))
        return NULL;
    if (list->len == limit) {
        const KabNews *last = g_ptr_array_index(list, limit - 1);

        *next = kab_page_make_next(last->published_at, last->id);
    }
    return g_steal_pointer(&list);
}
