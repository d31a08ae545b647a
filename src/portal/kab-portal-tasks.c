/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-kind.h"
#include "kab-portal-letters.h"
#include "kab-portal-tasks.h"
#include "kab-queue.h"
#include "kab-task-store.h"
#include "kab-wire-task.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SELECT_PARTNER "SELECT partner_id FROM orders WHERE id = $1"
#define SELECT_HELPLESS                                                                   \
    "SELECT coalesce(t.order_number, t.order_id), t.partner_name, t.role FROM task t"     \
    " WHERE t.state = 'new' AND NOT EXISTS (SELECT 1 FROM acting a WHERE a.role = t.role" \
    " AND a.partner_id = t.partner_id AND a.active = 1"                                   \
    " AND (t.own_allowed = 1 OR t.author_id IS NULL OR a.user_id <> t.author_id))"        \
    " ORDER BY t.created_at, t.id LIMIT 20"

GPtrArray *
kab_portal_tasks_list(KabDb *db, const KabUser *user, const char *state, const char *after,
                      guint limit, char **next, GError **error)
{
    return kab_task_store_list(db, user->role, user->partner_id.text, state, after, limit, next,
                               error);
}

static void
note_decision(KabTask *task, const KabUser *user, const char *variant, const char *comment)
{
    kab_task_state_after(task->state, KAB_TASK_DECIDE, &task->state);
    g_free(task->variant);
    task->variant = g_strdup(variant);
    g_free(task->comment);
    task->comment = g_strdup(comment);
    task->decided_by = user->id;
    g_free(task->decided_name);
    task->decided_name = g_strdup(user->name);
    task->decided_at = kab_time_now();
    task->attempt++;
    g_clear_pointer(&task->note, g_free);
}

KabTask *
kab_portal_tasks_decide(KabDb *db, const KabUser *user, const char *id, const char *variant,
                        const char *comment, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabTask) task = NULL;

    if (transaction == NULL)
        return NULL;
    task = kab_task_store_load_for(db, user, id, error);
    if (task == NULL || kab_task_is_decided_so(task, user, variant))
        return g_steal_pointer(&task);
    if (!kab_task_check_executor(task, user, error) ||
        !kab_task_check_decision(task, variant, comment, error))
        return NULL;
    note_decision(task, user, variant, comment);
    if (!kab_task_store_save(db, task, error) ||
        !kab_queue_put(db, KAB_KIND_TASK_DECISION, task->id.text, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&task);
}

gboolean
kab_portal_list_alarms(KabDb *db, GPtrArray *alarms, GError **error)
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
                        _("Nobody can decide the task about order %s of %s: no other user there "
                          "has the role “%s”"),
                        kab_rows_get_text(rows, 0), partner != NULL ? partner : "",
                        kab_role_to_title(role)));
    }
    return kab_error_pass(error, &local);
}

gboolean
kab_portal_build_task_decision(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id,
                               JsonObject **body, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabTask) task = kab_task_store_find(db, id, &local);
    g_autoptr(JsonNode) node = NULL;

    *body = NULL;
    if (task != NULL && task->attempt > 0) {
        node = kab_wire_task_to_json(task, KAB_TASK_DECISION);
        *body = json_node_dup_object(node);
    }
    return kab_error_pass(error, &local);
}

/* What the base says of a task that is here. Until it has heard of the last decision, an open task
 * is older than that decision. */
static void
merge(KabTask *told, KabTask *here)
{
    gboolean heard = told->attempt >= here->attempt;
    KabTaskEvent event = told->state == KAB_TASK_FINISHED    ? KAB_TASK_FINISH
                         : told->state == KAB_TASK_WITHDRAWN ? KAB_TASK_WITHDRAW
                                                             : KAB_TASK_REOPEN;
    KabTaskState state = here->state;

    if (event != KAB_TASK_REOPEN || heard)
        kab_task_state_after(here->state, event, &state);
    told->state = state;
    if (heard)
        return;
    told->attempt = here->attempt;
    if (state == KAB_TASK_DECIDED) {
        g_free(told->variant);
        told->variant = g_steal_pointer(&here->variant);
        g_free(told->comment);
        told->comment = g_steal_pointer(&here->comment);
        told->decided_by = here->decided_by;
        g_free(told->decided_name);
        told->decided_name = g_steal_pointer(&here->decided_name);
        told->decided_at = here->decided_at;
    }
}

/* A task is for people of its order's partner: nobody learns of another one's orders. */
static gboolean
check_told(KabDb *db, const KabTask *told, GError **error)
{
    g_autofree char *partner_id = NULL;

    if (!kab_role_is_partners(told->role) || told->state == KAB_TASK_DECIDED) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("The portal takes tasks of partners' people, open or ended"));
        return FALSE;
    }
    if (!kab_task_check_variants(told, error) ||
        !kab_db_get_text(db, SELECT_PARTNER, KAB_BIND(kab_text(told->order_id.text)), &partner_id,
                         error))
        return FALSE;
    if (g_strcmp0(partner_id, told->partner_id.text) == 0)
        return TRUE;
    if (partner_id == NULL)
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no order %.40s"),
                    told->order_id.text);
    else
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("The task and its order are of different partners"));
    return FALSE;
}

gboolean
kab_portal_apply_task(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                      GError **error)
{
    g_autoptr(KabTask) told = NULL;
    g_autoptr(KabTask) here = NULL;
    g_autoptr(GError) local = NULL;
    gboolean was_open;

    if (message->body == NULL)
        return kab_task_store_delete(db, message->id, error);
    told = kab_wire_task_from_json(message->id, message->body, KAB_TASK_SUBJECT, error);
    if (told == NULL)
        return FALSE;
    if (!check_told(db, told, error))
        return FALSE;
    here = kab_task_store_find(db, message->id, &local);
    if (!kab_error_pass(error, &local))
        return FALSE;
    if (here != NULL && strcmp(here->partner_id.text, told->partner_id.text) != 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("A task does not go from one partner to another"));
        return FALSE;
    }
    was_open = here != NULL && here->state == KAB_TASK_NEW;
    if (here != NULL)
        merge(told, here);
    return kab_task_store_save(db, told, error) && (was_open || told->state != KAB_TASK_NEW ||
                                                    kab_portal_letters_queue_task(db, told, error));
}
