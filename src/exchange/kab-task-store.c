/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-page-after.h"
#include "kab-task-store.h"
#include "kab-wire-task.h"

#include <glib/gi18n-lib.h>

#define SELECT_APPROVER "SELECT role FROM task WHERE order_id = $1 AND state = 'new' LIMIT 1"
#define COLUMNS                                                                 \
    "id, order_id, order_number, currency, order_total, revision, partner_id, " \
    "partner_name, author_id, author_name, rule_id, condition, measure, "       \
    "threshold, role, own_allowed, state, created_at, variants, variant, "      \
    "comment, decided_by, decided_name, decided_at, attempt, note"
#define SELECT_ONE "SELECT " COLUMNS " FROM task WHERE id = $1"
#define SELECT_ORDER "SELECT " COLUMNS " FROM task WHERE order_id = $1 ORDER BY created_at, id"
/* One statement a case, so that each uses its index. */
#define LIST_BEGIN                                                   \
    "SELECT " COLUMNS " FROM task WHERE (created_at, id) < ($1, $2)" \
    " AND ($3 IS NULL OR state = $3) AND role = $4"
#define SELECT_ROLE LIST_BEGIN " ORDER BY created_at DESC, id DESC LIMIT $5"
#define SELECT_PARTNER LIST_BEGIN " AND partner_id = $5 ORDER BY created_at DESC, id DESC LIMIT $6"
#define DELETE_ONE "DELETE FROM task WHERE id = $1"
#define UPSERT                                                                     \
    "INSERT INTO task (" COLUMNS ") VALUES ("                                      \
    "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, " \
    "$18, $19, $20, $21, $22, $23, $24, $25, $26"                                  \
    ") ON CONFLICT (id) DO UPDATE SET "                                            \
    "order_number = excluded.order_number, currency = excluded.currency, "         \
    "order_total = excluded.order_total, revision = excluded.revision, "           \
    "partner_name = excluded.partner_name, author_id = excluded.author_id, "       \
    "author_name = excluded.author_name, rule_id = excluded.rule_id, "             \
    "condition = excluded.condition, measure = excluded.measure, "                 \
    "threshold = excluded.threshold, role = excluded.role, "                       \
    "own_allowed = excluded.own_allowed, state = excluded.state, "                 \
    "variants = excluded.variants, variant = excluded.variant, "                   \
    "comment = excluded.comment, decided_by = excluded.decided_by, "               \
    "decided_name = excluded.decided_name, decided_at = excluded.decided_at, "     \
    "attempt = excluded.attempt, note = excluded.note"

gboolean
kab_task_store_save(KabDb *db, const KabTask *task, GError **error)
{
    g_autoptr(JsonNode) node = json_node_new(JSON_NODE_ARRAY);
    g_autofree char *variants = NULL;

    json_node_take_array(node, kab_wire_variants_to_json(task));
    variants = kab_json_to_text(node);
    return kab_db_run(
        db, UPSERT,
        KAB_BIND(kab_text(task->id.text), kab_text(task->order_id.text),
                 kab_text_or_null(task->order_number), kab_text(task->order_total.currency),
                 kab_int(task->order_total.minor), kab_int(task->revision),
                 kab_text(task->partner_id.text), kab_text_or_null(task->partner_name),
                 kab_text_or_null(task->author_id.text), kab_text_or_null(task->author_name),
                 kab_int(task->rule_id), kab_text(kab_approval_condition_to_nick(task->condition)),
                 kab_int(task->measure), kab_int(task->threshold),
                 kab_text(kab_role_to_nick(task->role)), kab_int(task->own_allowed),
                 kab_text(kab_task_state_to_nick(task->state)), kab_int(task->created_at),
                 kab_text(variants), kab_text_or_null(task->variant),
                 kab_text_or_null(task->comment), kab_text_or_null(task->decided_by.text),
                 kab_text_or_null(task->decided_name), kab_int(task->decided_at),
                 kab_int(task->attempt), kab_text_or_null(task->note)),
        error);
}

gboolean
kab_task_store_delete(KabDb *db, const char *id, GError **error)
{
    return kab_db_run(db, DELETE_ONE, KAB_BIND(kab_text(id)), error);
}

static gboolean
read_variants(KabTask *task, const char *text, GError **error)
{
    g_autoptr(JsonNode) node = json_from_string(text, error);

    return node != NULL && kab_wire_variants_from_json(task, json_node_get_array(node), error);
}

static KabTask *
read_task(KabRows *rows, GError **error)
{
    g_autoptr(KabTask) task = g_new0(KabTask, 1);

    task->id = kab_task_id_of(kab_rows_get_text(rows, 0));
    task->order_id = kab_order_id_of(kab_rows_get_text(rows, 1));
    task->order_number = kab_rows_dup_text(rows, 2);
    task->order_total = kab_money_new(kab_rows_get_int(rows, 4), kab_rows_get_text(rows, 3));
    task->revision = kab_rows_get_int(rows, 5);
    task->partner_id = kab_partner_id_of(kab_rows_get_text(rows, 6));
    task->partner_name = kab_rows_dup_text(rows, 7);
    task->author_id = kab_user_id_of(kab_rows_get_text(rows, 8));
    task->author_name = kab_rows_dup_text(rows, 9);
    task->rule_id = kab_rows_get_int(rows, 10);
    task->measure = kab_rows_get_int(rows, 12);
    task->threshold = kab_rows_get_int(rows, 13);
    task->own_allowed = kab_rows_get_int(rows, 15) != 0;
    task->created_at = kab_rows_get_int(rows, 17);
    task->variant = kab_rows_dup_text(rows, 19);
    task->comment = kab_rows_dup_text(rows, 20);
    task->decided_by = kab_user_id_of(kab_rows_get_text(rows, 21));
    task->decided_name = kab_rows_dup_text(rows, 22);
    task->decided_at = kab_rows_get_int(rows, 23);
    task->attempt = kab_rows_get_int(rows, 24);
    task->note = kab_rows_dup_text(rows, 25);
    if (!kab_approval_condition_from_nick(kab_rows_get_text(rows, 11), &task->condition, error) ||
        !kab_role_from_nick(kab_rows_get_text(rows, 14), &task->role, error) ||
        !kab_task_state_from_nick(kab_rows_get_text(rows, 16), &task->state, error) ||
        !read_variants(task, kab_rows_get_text(rows, 18), error))
        return NULL;
    return g_steal_pointer(&task);
}

/* Takes the rows, which may be NULL with the error set. */
static GPtrArray *
read_tasks(KabRows *taken, GError **error)
{
    g_autoptr(KabRows) rows = taken;
    g_autoptr(GPtrArray) tasks = g_ptr_array_new_with_free_func((GDestroyNotify)kab_task_free);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (local == NULL && kab_rows_next(rows, &local)) {
        KabTask *task = read_task(rows, &local);

        if (task != NULL)
            g_ptr_array_add(tasks, task);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&tasks) : NULL;
}

KabTask *
kab_task_store_find(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GPtrArray) found =
        read_tasks(kab_db_query(db, SELECT_ONE, KAB_BIND(kab_text(id)), error), error);

    return found != NULL && found->len > 0 ? g_ptr_array_steal_index(found, 0) : NULL;
}

KabTask *
kab_task_store_load(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabTask *task = kab_task_store_find(db, id, &local);

    if (task == NULL && local == NULL)
        local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no task %.40s"), id);
    kab_error_pass(error, &local);
    return task;
}

KabTask *
kab_task_store_load_for(KabDb *db, const KabUser *user, const char *id, GError **error)
{
    g_autoptr(KabTask) task = kab_task_store_load(db, id, error);

    if (task == NULL || kab_task_is_for(task, user))
        return g_steal_pointer(&task);
    g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no task %.40s"), id);
    return NULL;
}

GPtrArray *
kab_task_store_list_order(KabDb *db, const char *order_id, GError **error)
{
    return read_tasks(kab_db_query(db, SELECT_ORDER, KAB_BIND(kab_text(order_id)), error), error);
}

gboolean
kab_task_store_find_approver(KabDb *db, KabOrder *order, GError **error)
{
    g_autofree char *role = NULL;

    if (!kab_db_get_text(db, SELECT_APPROVER, KAB_BIND(kab_text(order->id.text)), &role, error))
        return FALSE;
    order->held = role != NULL;
    return role == NULL || kab_role_from_nick(role, &order->approver, error);
}

GPtrArray *
kab_task_store_list(KabDb *db, KabRole role, const char *partner_id, const char *state,
                    const char *after, guint limit, char **next, GError **error)
{
    const char *nick = kab_role_to_nick(role);
    g_autoptr(GPtrArray) tasks = NULL;
    gint64 moment;
    const char *id;

    *next = NULL;
    if (!kab_page_parse_after(after, &moment, &id, error))
        return NULL;
    if (partner_id != NULL)
        tasks =
            read_tasks(kab_db_query(db, SELECT_PARTNER,
                                    KAB_BIND(kab_int(moment), kab_text(id), kab_text(state),
                                             kab_text(nick), kab_text(partner_id), kab_int(limit)),
                                    error),
                       error);
    else
        tasks = read_tasks(kab_db_query(db, SELECT_ROLE,
                                        KAB_BIND(kab_int(moment), kab_text(id), kab_text(state),
                                                 kab_text(nick), kab_int(limit)),
                                        error),
                           error);
    if (tasks != NULL && tasks->len == limit) {
        const KabTask *last = g_ptr_array_index(tasks, limit - 1);

        *next = kab_page_make_next(last->created_at, last->id.text);
    }
    return g_steal_pointer(&tasks);
}
