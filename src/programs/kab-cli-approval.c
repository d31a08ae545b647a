/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-approval.h"
#include "kab-cli-base.h"
#include "kab-error.h"
#include "kab-task-store.h"
#include "kab-wire-task.h"

#include <glib/gi18n.h>

#define MAX_LISTED 500

/* Sums in units of money, discounts in percent: both have two digits after the point here. */
static char *
format_threshold(gint64 threshold)
{
    return kab_money_format_number(kab_money_new(threshold, "RUB"));
}

static JsonNode *
encode_rule(gconstpointer item)
{
    const KabApprovalRule *rule = item;
    JsonObject *object = json_object_new();
    g_autofree char *threshold = format_threshold(rule->threshold);

    json_object_set_int_member(object, "id", rule->id);
    json_object_set_string_member(object, "condition",
                                  kab_approval_condition_to_nick(rule->condition));
    json_object_set_string_member(object, "above", threshold);
    json_object_set_string_member(object, "role", kab_role_to_nick(rule->role));
    return kab_json_node_take(object);
}

static void
show_rules(KabCli *cli, GArray *rules)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new();
    KabCliTable *table;

    for (guint i = 0; i < rules->len; i++)
        g_ptr_array_add(items, &g_array_index(rules, KabApprovalRule, i));
    if (cli->json) {
        kab_cli_print_list(items, encode_rule);
        return;
    }
    table = kab_cli_table_new(N_("Step"), N_("Condition"), N_("Above"), N_("Role"), NULL);
    for (guint i = 0; i < items->len; i++) {
        const KabApprovalRule *rule = g_ptr_array_index(items, i);
        g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, rule->id);
        g_autofree char *threshold = format_threshold(rule->threshold);

        kab_cli_table_add(table, id, kab_approval_condition_to_nick(rule->condition), threshold,
                          kab_role_to_title(rule->role));
    }
    kab_cli_table_print(table, _("No order has to be approved"));
}

gboolean
kab_cli_approval_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GArray) rules = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        rules = db.db != NULL ? kab_base_approval_list(db.db, error) : NULL;
    }
    if (rules == NULL)
        return FALSE;
    show_rules(cli, rules);
    return TRUE;
}

gboolean
kab_cli_approval_add(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *role = NULL;
    const GOptionEntry entries[] = {
        {"role", 0, 0, G_OPTION_ARG_STRING, &role, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    KabApprovalRule rule = {.role = KAB_ROLE_HEAD};
    KabMoney above;

    if (!kab_cli_parse(entries, &argc, &argv, 2, 2, error) ||
        !kab_approval_condition_from_nick(argv[1], &rule.condition, error) ||
        !kab_money_parse(argv[2], "RUB", &above, error) ||
        (role != NULL && !kab_role_from_nick(role, &rule.role, error)) || !kab_cli_open(cli, error))
        return FALSE;
    rule.threshold = above.minor;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);
        g_autofree char *id = NULL;

        if (db.db == NULL || !kab_base_approval_add(db.db, &rule, error))
            return FALSE;
        id = g_strdup_printf("%" G_GINT64_FORMAT, rule.id);
        kab_cli_print_id(cli, id);
    }
    return TRUE;
}

gboolean
kab_cli_approval_remove(KabCli *cli, int argc, char **argv, GError **error)
{
    guint64 id;

    if (!kab_cli_parse(NULL, &argc, &argv, 1, 1, error) ||
        !g_ascii_string_to_unsigned(argv[1], 10, 1, G_MAXINT64, &id, error) ||
        !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        return db.db != NULL && kab_base_approval_remove(db.db, (gint64)id, error);
    }
}

static JsonNode *
encode_task(gconstpointer task)
{
    return kab_wire_task_to_json(task, KAB_TASK_ALL);
}

/* Tasks of every role that decides some, newest first within a role. */
static GPtrArray *
list_tasks(KabDb *db, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)kab_task_free);

    for (int role = 0; role < KAB_N_ROLES; role++) {
        g_autofree char *next = NULL;
        g_autoptr(GPtrArray) some = NULL;

        if (!kab_role_may((KabRole)role, KAB_RIGHT_TASKS))
            continue;
        some = kab_task_store_list(db, (KabRole)role, NULL, NULL, NULL, MAX_LISTED, &next, error);
        if (some == NULL)
            return NULL;
        g_ptr_array_extend_and_steal(all, g_steal_pointer(&some));
    }
    return g_steal_pointer(&all);
}

gboolean
kab_cli_task_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) tasks = NULL;
    KabCliTable *table;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        tasks = db.db != NULL ? list_tasks(db.db, error) : NULL;
    }
    if (tasks == NULL)
        return FALSE;
    if (cli->json) {
        kab_cli_print_list(tasks, encode_task);
        return TRUE;
    }
    table = kab_cli_table_new(N_("Order"), N_("Partner"), N_("Role"), N_("State"), N_("Reason"),
                              N_("Decision"), N_("Comment"), NULL);
    for (guint i = 0; i < tasks->len; i++) {
        const KabTask *task = g_ptr_array_index(tasks, i);
        const KabTaskVariant *variant = kab_task_find_variant(task, task->variant);
        g_autofree char *reason = kab_task_make_reason(task);

        kab_cli_table_add(table, task->order_number, task->partner_name,
                          kab_role_to_title(task->role), kab_task_state_to_title(task->state),
                          reason, variant != NULL ? variant->title : NULL, task->comment);
    }
    kab_cli_table_print(table, _("There are no tasks"));
    return TRUE;
}
