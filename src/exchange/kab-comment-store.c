/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-comment-store.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-queue.h"
#include "kab-wire-comment.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define COLUMNS "id, order_id, by_base, author, at, text"
#define SELECT_ONE "SELECT " COLUMNS " FROM order_comment WHERE id = $1"
#define SELECT_ORDERS "SELECT " COLUMNS " FROM order_comment WHERE order_id = $1 ORDER BY at, id"
#define INSERT_ONE "INSERT INTO order_comment (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6)"
#define HAS_ORDER "SELECT 1 FROM orders WHERE id = $1"
#define COUNT_ORDERS "SELECT count(*) FROM order_comment WHERE order_id = $1"

/* More than people write; what a broken program may add to one order. */
#define MAX_COMMENTS 1000

static KabComment *
read_comment(KabRows *rows)
{
    KabComment *comment = g_new0(KabComment, 1);

    comment->id = kab_comment_id_of(kab_rows_get_text(rows, 0));
    comment->order_id = kab_order_id_of(kab_rows_get_text(rows, 1));
    comment->by_base = kab_rows_get_int(rows, 2) != 0;
    comment->author = kab_rows_dup_text(rows, 3);
    comment->at = kab_rows_get_int(rows, 4);
    comment->text = kab_rows_dup_text(rows, 5);
    return comment;
}

/* Takes the rows, which may be NULL with the error set. */
static GPtrArray *
read_comments(KabRows *taken, GError **error)
{
    g_autoptr(KabRows) rows = taken;
    g_autoptr(GPtrArray) comments =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_comment_free);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(comments, read_comment(rows));
    return kab_error_pass(error, &local) ? g_steal_pointer(&comments) : NULL;
}

GPtrArray *
kab_comment_store_list(KabDb *db, const char *order_id, GError **error)
{
    return read_comments(kab_db_query(db, SELECT_ORDERS, KAB_BIND(kab_text(order_id)), error),
                         error);
}

/* Only for what people write: what both ends hold of an order must not depend on who came first. */
static gboolean
check_count(KabDb *db, const KabComment *comment, GError **error)
{
    gint64 n;

    if (!kab_db_get_int(db, COUNT_ORDERS, KAB_BIND(kab_text(comment->order_id.text)), NULL, &n,
                        error))
        return FALSE;
    if (n < MAX_COMMENTS)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("An order has at most %d comments"),
                MAX_COMMENTS);
    return FALSE;
}

static gboolean
insert(KabDb *db, const KabComment *comment, GError **error)
{
    gboolean found;
    gint64 unused;

    if (!kab_db_get_int(db, HAS_ORDER, KAB_BIND(kab_text(comment->order_id.text)), &found, &unused,
                        error))
        return FALSE;
    if (!found) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no order %.40s"),
                    comment->order_id.text);
        return FALSE;
    }
    return kab_db_run(db, INSERT_ONE,
                      KAB_BIND(kab_text(comment->id.text), kab_text(comment->order_id.text),
                               kab_int(comment->by_base), kab_text(comment->author),
                               kab_int(comment->at), kab_text(comment->text)),
                      error);
}

/* TRUE in @is_new if the comment was not here; a comment never changes. */
static gboolean
put(KabDb *db, const KabComment *comment, gboolean *is_new, GError **error)
{
    g_autoptr(GPtrArray) found = NULL;
    const KabComment *here;

    *is_new = FALSE;
    if (!kab_comment_check_text(comment->text, error))
        return FALSE;
    found = read_comments(kab_db_query(db, SELECT_ONE, KAB_BIND(kab_text(comment->id.text)), error),
                          error);
    if (found == NULL)
        return FALSE;
    *is_new = found->len == 0;
    if (*is_new)
        return insert(db, comment, error);
    here = g_ptr_array_index(found, 0);
    if (strcmp(here->order_id.text, comment->order_id.text) == 0 &&
        here->by_base == comment->by_base && strcmp(here->text, comment->text) == 0)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                        _("There is another comment with this id"));
    return FALSE;
}

gboolean
kab_comment_store_put(KabDb *db, const KabComment *comment, GError **error)
{
    gboolean is_new;

    return put(db, comment, &is_new, error) &&
           (!is_new || kab_queue_put(db, KAB_KIND_COMMENT, comment->id.text, error));
}

gboolean
kab_comment_store_add(KabDb *db, const KabComment *comment, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    return transaction != NULL && check_count(db, comment, error) &&
           kab_comment_store_put(db, comment, error) && kab_transaction_commit(transaction, error);
}

gboolean
kab_comment_build(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                  GError **error)
{
    g_autoptr(GPtrArray) found =
        read_comments(kab_db_query(db, SELECT_ONE, KAB_BIND(kab_text(id)), error), error);
    g_autoptr(JsonNode) node = NULL;

    *body = NULL;
    if (found == NULL)
        return FALSE;
    if (found->len > 0) {
        node = kab_wire_comment_to_json(g_ptr_array_index(found, 0), FALSE);
        *body = json_node_dup_object(node);
    }
    return TRUE;
}

static gboolean
apply(KabDb *db, const KabMessage *message, gboolean by_base, GError **error)
{
    g_autoptr(KabComment) comment = NULL;
    gboolean is_new;

    if (message->body == NULL)
        return TRUE; /* its order was deleted before it was sent */
    comment = kab_wire_comment_from_json(message->id, message->body, error);
    if (comment == NULL)
        return FALSE;
    comment->by_base = by_base;
    return put(db, comment, &is_new, error);
}

gboolean
kab_comment_apply_at_portal(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                            GError **error)
{
    return apply(db, message, TRUE, error);
}

gboolean
kab_comment_apply_at_base(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                          GError **error)
{
    return apply(db, message, FALSE, error);
}
