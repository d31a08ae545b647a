/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-orders-private.h"
#include "kab-base-tasks.h"
#include "kab-comment-store.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-queue.h"
#include "kab-task-store.h"
#include "kab-wire-task.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A partner's person decides at the portal, where a published contact person is the user. */
#define SELECT_EXECUTOR "SELECT role, active FROM published WHERE user_id = $1 AND partner_id = $2"
#define COUNT_WAITING "SELECT count(*) FROM document WHERE state = 'preparing'"
#define FAILED " FROM document WHERE state = 'failed' AND kind = 'invoice'"
#define COUNT_FAILED "SELECT count(*)" FAILED
#define SELECT_FAILURE "SELECT error" FAILED " ORDER BY issued_at DESC LIMIT 1"
#define SELECT_HELPLESS                                                               \
    "SELECT coalesce(t.order_number, t.order_id), t.partner_name, t.role FROM task t" \
    " WHERE t.state = 'new' AND NOT EXISTS (SELECT 1 FROM published b"                \
    " WHERE b.role = t.role AND b.active = 1 AND b.partner_id = t.partner_id"         \
    " AND (t.own_allowed = 1 OR t.author_id IS NULL OR b.user_id <> t.author_id))"    \
    " AND NOT EXISTS (SELECT 1 FROM user u WHERE u.role = t.role AND u.active = 1)"   \
    " ORDER BY t.created_at, t.id LIMIT 20"

gboolean
kab_base_tasks_store(KabDb *db, const KabTask *task, GError **error)
{
    return kab_task_store_save(db, task, error) &&
           (!kab_role_is_partners(task->role) ||
            kab_queue_put(db, KAB_KIND_TASK, task->id.text, error));
}

gboolean
kab_base_tasks_withdraw(KabDb *db, KabTask *task, const char *why, GError **error)
{
    kab_task_state_after(task->state, KAB_TASK_WITHDRAW, &task->state);
    g_free(task->note);
    task->note = g_strdup(why);
    return kab_base_tasks_store(db, task, error);
}

/* For the manager to read, beside the order. What the company's own people remark to each other
 * stays with the task: the partner reads the comments. */
static gboolean
add_remark(KabDb *db, const KabTask *task, GError **error)
{
    KabComment comment = {
        .id = kab_comment_id_new(),
        .order_id = task->order_id,
        .by_base = TRUE,
        .author =
            task->decided_name != NULL ? task->decided_name : (char *)kab_role_to_title(task->role),
        .at = kab_time_now(),
        .text = task->comment,
    };

    return kab_comment_store_put(db, &comment, error);
}

/* What the decision means to the order. */
static gboolean
carry_out(KabDb *db, const KabTask *task, GError **error)
{
    const KabTaskVariant *variant = kab_task_find_variant(task, task->variant);
    g_autoptr(KabOrder) order = kab_order_store_load(db, task->order_id.text, error);
    const char *who = task->decided_name != NULL ? task->decided_name : "task";

    if (order == NULL)
        return FALSE;
    if (variant->outcome == KAB_VARIANT_REFUSE && !kab_order_is_shipping(order))
        return kab_base_orders_cancel(db, order, task->comment, who, error);
    if (variant->outcome != KAB_VARIANT_APPROVE && task->comment != NULL &&
        kab_role_is_partners(task->role) && !add_remark(db, task, error))
        return FALSE;
    /* What has been shipped cannot be cancelled: the manager has to change the order. */
    return variant->outcome == KAB_VARIANT_REFUSE
               ? kab_base_orders_store(db, order, TRUE, who, "not approved", error)
               : kab_base_orders_go_on(db, order, who, error);
}

/* The task is finished as @decision says, which was checked. */
static gboolean
finish(KabDb *db, KabTask *task, const KabTask *decision, GError **error)
{
    kab_task_state_after(task->state, KAB_TASK_FINISH, &task->state);
    g_free(task->variant);
    task->variant = g_strdup(decision->variant);
    g_free(task->comment);
    task->comment = g_strdup(decision->comment);
    task->decided_by = decision->decided_by;
    g_free(task->decided_name);
    task->decided_name = g_strdup(decision->decided_name);
    task->decided_at = decision->decided_at;
    g_clear_pointer(&task->note, g_free);
    return kab_base_tasks_store(db, task, error) && carry_out(db, task, error);
}

KabTask *
kab_base_tasks_decide(KabDb *db, const KabUser *user, const char *id, const char *variant,
                      const char *comment, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabTask) task = NULL;
    KabTask decision = {.variant = (char *)variant,
                        .comment = (char *)comment,
                        .decided_by = user->id,
                        .decided_name = user->name,
                        .decided_at = kab_time_now()};

    if (transaction == NULL)
        return NULL;
    task = kab_task_store_load_for(db, user, id, error);
    if (task == NULL || kab_task_is_decided_so(task, user, variant))
        return g_steal_pointer(&task);
    if (!kab_task_check_executor(task, user, error) ||
        !kab_task_check_decision(task, variant, comment, error) ||
        !finish(db, task, &decision, error) || !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&task);
}

/* Papers that partners wait for, and that could not be issued. */
static gboolean
list_papers(KabDb *db, GPtrArray *alarms, GError **error)
{
    g_autofree char *why = NULL;
    gint64 waiting, failed;

    if (!kab_db_get_int(db, COUNT_WAITING, KAB_BIND_NONE, NULL, &waiting, error) ||
        !kab_db_get_int(db, COUNT_FAILED, KAB_BIND_NONE, NULL, &failed, error) ||
        !kab_db_get_text(db, SELECT_FAILURE, KAB_BIND_NONE, &why, error))
        return FALSE;
    if (waiting > 0)
        g_ptr_array_add(
            alarms, g_strdup_printf(g_dngettext(GETTEXT_PACKAGE,
                                                "%u document that a partner has asked for waits "
                                                "to be issued or declined",
                                                "%u documents that partners have asked for wait "
                                                "to be issued or declined",
                                                (gulong)waiting),
                                    (guint)waiting));
    if (failed > 0)
        g_ptr_array_add(
            alarms,
            g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u invoice could not be issued: %s",
                                        "%u invoices could not be issued: %s", (gulong)failed),
                            (guint)failed, why != NULL ? why : ""));
    return TRUE;
}

gboolean
kab_base_list_alarms(KabDb *db, GPtrArray *alarms, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_HELPLESS, KAB_BIND_NONE, error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        const char *partner = kab_rows_get_text(rows, 1);
        KabRole role = KAB_ROLE_HEAD;

        if (!kab_role_from_nick(kab_rows_get_text(rows, 2), &role, error))
            return FALSE;
        g_ptr_array_add(
            alarms, g_strdup_printf(
                        _("Nobody can decide the task about order %s of %s: publish another user "
                          "with the role “%s”, or change the approval process"),
                        kab_rows_get_text(rows, 0), partner != NULL ? partner : "",
                        kab_role_to_title(role)));
    }
    return kab_error_pass(error, &local) && list_papers(db, alarms, error);
}

gboolean
kab_base_build_task(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                    GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabTask) task = kab_task_store_find(db, id, &local);
    g_autoptr(JsonNode) node = NULL;

    *body = NULL;
    if (task != NULL) {
        node = kab_wire_task_to_json(task, KAB_TASK_SUBJECT);
        *body = json_node_dup_object(node);
    }
    return kab_error_pass(error, &local);
}

/* Who decided, as the base knows that user; one that it does not know may decide nothing. */
static gboolean
load_executor(KabDb *db, const KabTask *task, const KabTask *told, KabUser *user, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(
        db, SELECT_EXECUTOR,
        KAB_BIND(kab_text(told->decided_by.text), kab_text(task->partner_id.text)), error);
    g_autoptr(GError) local = NULL;

    user->id = told->decided_by;
    if (rows == NULL)
        return FALSE;
    if (!kab_rows_next(rows, &local)) {
        user->role = KAB_ROLE_VIEWER;
        return kab_error_pass(error, &local);
    }
    user->partner_id = task->partner_id;
    user->active = kab_rows_get_int(rows, 1) != 0;
    return kab_role_from_nick(kab_rows_get_text(rows, 0), &user->role, error);
}

/* A decision that cannot be taken comes back with the reason; a task that is over stays so. */
static gboolean
decide(KabDb *db, KabTask *task, const KabTask *told, GError **error)
{
    KabUser user = {0};
    GError *why = NULL;

    task->attempt = told->attempt;
    if (task->state != KAB_TASK_NEW)
        return kab_base_tasks_store(db, task, error);
    if (!load_executor(db, task, told, &user, error))
        return FALSE;
    if (kab_task_check_executor(task, &user, &why) &&
        kab_task_check_decision(task, told->variant, told->comment, &why))
        return finish(db, task, told, error);
    g_free(task->note);
    task->note = g_strdup(why->message);
    g_error_free(why);
    return kab_base_tasks_store(db, task, error);
}

gboolean
kab_base_apply_task_decision(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                             GError **error)
{
    g_autoptr(KabTask) told = NULL;
    g_autoptr(KabTask) task = NULL;

    if (message->body == NULL)
        return TRUE; /* the portal has lost the decision, or the task */
    told = kab_wire_task_from_json(message->id, message->body, KAB_TASK_DECISION, error);
    if (told == NULL)
        return FALSE;
    task = kab_task_store_load(db, message->id, error);
    return task != NULL && decide(db, task, told, error);
}

gboolean
kab_base_repeat_task_decision(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id,
                              GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabTask) task = kab_task_store_find(db, id, &local);

    return kab_error_pass(error, &local) &&
           (task == NULL || kab_queue_put(db, KAB_KIND_TASK, id, error));
}
