/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-partners.h"
#include "kab-cli-base.h"
#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-wire-goods.h"
#include "kab-wire-limits.h"

#include <glib/gi18n.h>

static JsonNode *
encode_partner(gconstpointer item)
{
    const KabPartner *partner = item;
    JsonNode *node = kab_wire_partner_to_json(partner);

    json_object_set_string_member(json_node_get_object(node), "id", partner->id.text);
    return node;
}

static JsonNode *
encode_warehouse(gconstpointer item)
{
    const KabWarehouse *warehouse = item;
    JsonNode *node = kab_wire_warehouse_to_json(warehouse);

    json_object_set_string_member(json_node_get_object(node), "id", warehouse->id.text);
    return node;
}

static void
print_warehouses(KabCli *cli, GPtrArray *warehouses)
{
    KabCliTable *table;

    if (cli->json) {
        kab_cli_print_list(warehouses, encode_warehouse);
        return;
    }
    table = kab_cli_table_new(N_("Name"), N_("Id"), NULL);
    for (guint i = 0; i < warehouses->len; i++) {
        const KabWarehouse *warehouse = g_ptr_array_index(warehouses, i);

        kab_cli_table_add(table, warehouse->name, warehouse->id.text);
    }
    kab_cli_table_print(table, _("There are no warehouses"));
}

gboolean
kab_cli_partner_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) partners = NULL;
    KabCliTable *table;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            partners = kab_base_partners_list(db.db, error);
    }
    if (partners == NULL)
        return FALSE;
    if (cli->json) {
        kab_cli_print_list(partners, encode_partner);
        return TRUE;
    }
    table = kab_cli_table_new(N_("Name"), N_("INN"), N_("KPP"), N_("Manager"), N_("Id"), NULL);
    for (guint i = 0; i < partners->len; i++) {
        const KabPartner *partner = g_ptr_array_index(partners, i);

        kab_cli_table_add(table, partner->name, partner->inn, partner->kpp, partner->manager,
                          partner->id.text);
    }
    kab_cli_table_print(table, _("There are no partners"));
    return TRUE;
}

gboolean
kab_cli_partner_add(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *price_type = NULL;
    g_autoptr(KabPartner) partner = g_new0(KabPartner, 1);
    const GOptionEntry entries[] = {
        {"full-name", 0, 0, G_OPTION_ARG_STRING, &partner->full_name, NULL, NULL},
        {"inn", 0, 0, G_OPTION_ARG_STRING, &partner->inn, NULL, NULL},
        {"kpp", 0, 0, G_OPTION_ARG_STRING, &partner->kpp, NULL, NULL},
        {"address", 0, 0, G_OPTION_ARG_STRING, &partner->address, NULL, NULL},
        {"email", 0, 0, G_OPTION_ARG_STRING, &partner->email, NULL, NULL},
        {"phone", 0, 0, G_OPTION_ARG_STRING, &partner->phone, NULL, NULL},
        {"manager", 0, 0, G_OPTION_ARG_STRING, &partner->manager, NULL, NULL},
        {"price-type", 0, 0, G_OPTION_ARG_STRING, &price_type, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    partner->name = g_strdup(argv[1]);
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL || !kab_base_partners_add(db.db, partner, price_type, error))
            return FALSE;
    }
    kab_cli_print_id(cli, partner->id.text);
    return TRUE;
}

/* What a partner pays and may owe is audited. */
static gboolean
audit(KabCli *cli, KabDb *db, const KabPartner *partner, const char *detail, GError **error)
{
    return kab_end_audit(cli->end, db, &cli->actor, KAB_AUDIT_PRICE, partner->name, detail, error);
}

gboolean
kab_cli_partner_set(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *price_type = NULL;
    g_autofree char *manager = NULL;
    const GOptionEntry entries[] = {
        {"price-type", 0, 0, G_OPTION_ARG_STRING, &price_type, NULL, NULL},
        {"manager", 0, 0, G_OPTION_ARG_STRING, &manager, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabPartner) partner = NULL;
    g_autoptr(KabTransaction) transaction = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db == NULL)
            return FALSE;
        partner = kab_base_partners_load(db.db, argv[1], error);
        transaction = partner != NULL ? kab_db_begin(db.db, error) : NULL;
        return transaction != NULL &&
               kab_base_partners_set_agreement(db.db, partner->id, price_type, manager, error) &&
               (price_type == NULL || audit(cli, db.db, partner, price_type, error)) &&
               kab_transaction_commit(transaction, error);
    }
}

/* A sum in the currency of the partner's books; "none" for a credit limit that there is not. */
static gboolean
take_sum(const char *text, KabLimitsFields field, KabMoney *sum, KabLimitsFields *fields,
         GError **error)
{
    if (text == NULL)
        return TRUE;
    *fields |= field;
    return kab_money_parse(text, sum->currency, sum, error);
}

static gboolean
take_limits(KabLimits *limits, const char *limit, const char *debt, const char *overdue,
            KabLimitsFields *fields, GError **error)
{
    const char *currency = *limits->debt.currency != '\0' ? limits->debt.currency : "RUB";
    KabMoney *const sums[] = {&limits->credit_limit, &limits->debt, &limits->overdue};

    for (gsize i = 0; i < G_N_ELEMENTS(sums); i++)
        *sums[i] = kab_money_new(sums[i]->minor, currency);
    if (limit != NULL) {
        limits->has_limit = !g_str_equal(limit, "none");
        *fields |= KAB_LIMITS_CREDIT;
    }
    return (limit == NULL || !limits->has_limit ||
            take_sum(limit, KAB_LIMITS_CREDIT, &limits->credit_limit, fields, error)) &&
           take_sum(debt, KAB_LIMITS_DEBT, &limits->debt, fields, error) &&
           take_sum(overdue, KAB_LIMITS_OVERDUE, &limits->overdue, fields, error);
}

static void
show_limits(KabCli *cli, const KabLimits *limits)
{
    KabCliTable *table;
    g_autofree char *limit = kab_money_format(limits->credit_limit);
    g_autofree char *debt = kab_money_format(limits->debt);
    g_autofree char *overdue = kab_money_format(limits->overdue);

    if (cli->json) {
        JsonObject *object = json_object_new();

        kab_wire_limits_set(object, "limits", limits);
        kab_cli_print_json(kab_json_node_take(object));
        return;
    }
    table = kab_cli_table_new(N_("Credit limit"), N_("Debt"), N_("Overdue"), NULL);
    if (*limits->debt.currency != '\0')
        kab_cli_table_add(table, limits->has_limit ? limit : _("none"), debt, overdue);
    kab_cli_table_print(table, _("Nothing is known of the partner's debt"));
}

static gboolean
set_limits(KabCli *cli, KabDb *db, const KabPartner *partner, const KabLimits *limits,
           KabLimitsFields fields, GError **error)
{
    g_autofree char *limit = kab_money_format(limits->credit_limit);
    g_autofree char *debt = kab_money_format(limits->debt);
    g_autofree char *overdue = kab_money_format(limits->overdue);
    g_autofree char *detail = g_strdup_printf("limit %s, debt %s, overdue %s",
                                              limits->has_limit ? limit : "none", debt, overdue);
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    return transaction != NULL &&
           kab_base_partners_set_limits(db, partner->id, limits, fields, error) &&
           audit(cli, db, partner, detail, error) && kab_transaction_commit(transaction, error);
}

gboolean
kab_cli_partner_limits(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autofree char *limit = NULL;
    g_autofree char *debt = NULL;
    g_autofree char *overdue = NULL;
    const GOptionEntry entries[] = {
        {"credit-limit", 0, 0, G_OPTION_ARG_STRING, &limit, NULL, NULL},
        {"debt", 0, 0, G_OPTION_ARG_STRING, &debt, NULL, NULL},
        {"overdue", 0, 0, G_OPTION_ARG_STRING, &overdue, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabPartner) partner = NULL;
    KabLimits limits;
    KabLimitsFields fields = 0;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 1, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        partner = db.db != NULL ? kab_base_partners_load(db.db, argv[1], error) : NULL;
        if (partner == NULL)
            return FALSE;
        limits = partner->limits;
        if (!take_limits(&limits, limit, debt, overdue, &fields, error) ||
            (fields != 0 && !set_limits(cli, db.db, partner, &limits, fields, error)))
            return FALSE;
    }
    if (fields == 0)
        show_limits(cli, &partner->limits);
    return TRUE;
}

static gboolean
set_warehouses(KabCli *cli, KabDb *db, const KabPartner *partner, char **names, GError **error)
{
    g_autofree char *list = g_strjoinv(", ", names);
    g_autofree char *detail = g_strdup_printf("sees %s", *list != '\0' ? list : "all warehouses");
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);

    return transaction != NULL &&
           kab_base_partners_set_warehouses(db, partner->id, (const char *const *)names, error) &&
           kab_end_audit(cli->end, db, &cli->actor, KAB_AUDIT_USER, partner->name, detail, error) &&
           kab_transaction_commit(transaction, error);
}

/* The warehouses that the partner sees; all if there is no limit. */
static GPtrArray *
list_seen(KabDb *db, KabPartner *partner, GError **error)
{
    g_autoptr(GPtrArray) all = kab_base_partners_list_warehouses(db, error);

    if (all == NULL || !kab_base_partners_load_warehouses(db, partner, error))
        return NULL;
    for (guint i = all->len; i > 0 && partner->warehouses != NULL; i--) {
        const KabWarehouse *warehouse = g_ptr_array_index(all, i - 1);

        if (!g_ptr_array_find_with_equal_func(partner->warehouses, warehouse->id.text, g_str_equal,
                                              NULL))
            g_ptr_array_remove_index(all, i - 1);
    }
    return g_steal_pointer(&all);
}

gboolean
kab_cli_partner_warehouses(KabCli *cli, int argc, char **argv, GError **error)
{
    gboolean all = FALSE;
    const GOptionEntry entries[] = {
        {"all", 0, 0, G_OPTION_ARG_NONE, &all, NULL, NULL},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(KabPartner) partner = NULL;
    g_autoptr(GPtrArray) seen = NULL;

    if (!kab_cli_parse(entries, &argc, &argv, 1, 100, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        partner = db.db != NULL ? kab_base_partners_load(db.db, argv[1], error) : NULL;
        if (partner == NULL)
            return FALSE;
        if (all || argc > 2)
            return set_warehouses(cli, db.db, partner, all ? argv + argc : argv + 2, error);
        seen = list_seen(db.db, partner, error);
    }
    if (seen != NULL)
        print_warehouses(cli, seen);
    return seen != NULL;
}

gboolean
kab_cli_warehouse_list(KabCli *cli, int argc, char **argv, GError **error)
{
    g_autoptr(GPtrArray) warehouses = NULL;

    if (!kab_cli_parse(NULL, &argc, &argv, 0, 0, error) || !kab_cli_open(cli, error))
        return FALSE;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(cli->end, error);

        if (db.db != NULL)
            warehouses = kab_base_partners_list_warehouses(db.db, error);
    }
    if (warehouses != NULL)
        print_warehouses(cli, warehouses);
    return warehouses != NULL;
}
