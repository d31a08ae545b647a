/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-approval.h"
#include "kab-base-partners.h"
#include "kab-base-publication.h"
#include "kab-host.h"
#include "kab-kind.h"
#include "kab-queue.h"
#include "kab-users.h"
#include "test-folder.h"
#include "walk.h"

#include <string.h>

#define PRICE_TYPE "30000000-0000-4000-8000-000000000001"
#define WAREHOUSE "40000000-0000-4000-8000-000000000001"
#define ADD_PRODUCT                                                            \
    "INSERT INTO product (id, source_id, catalogue_id, name, kind, unit, vat)" \
    " VALUES ($1, $1, 'c', $2, 'Товар', 'шт', $3)"
#define ADD_PRICE                                                                \
    "INSERT INTO price (offer_id, price_type_id, min_quantity, minor, currency)" \
    " VALUES ($1, '" PRICE_TYPE "', 0, $2, 'RUB')"
#define ADD_BASICS                                                  \
    "INSERT INTO price_type (id, source_id, name, currency) VALUES" \
    " ('" PRICE_TYPE "', 'p', 'Оптовая', 'RUB');"            \
    "INSERT INTO warehouse (id, source_id, name) VALUES ('" WAREHOUSE "', 'w', 'Главный')"
/* What a walk before has left behind must not steer this one. */
#define FORGET_PORTAL                                                                 \
    "DELETE FROM journal_object; DELETE FROM journal; DELETE FROM basket_line;"       \
    "UPDATE partner SET debt = 0, overdue = 0, currency = NULL, credit_limit = NULL;" \
    "DELETE FROM setting WHERE name = 'orders.limits'"
#define FORGET_BASE                                                                   \
    "DELETE FROM journal_object; DELETE FROM journal; DELETE FROM approval_rule;"     \
    "DELETE FROM settlement;"                                                         \
    "UPDATE partner SET debt = 0, overdue = 0, currency = NULL, credit_limit = NULL;" \
    "DELETE FROM setting WHERE name LIKE 'approval.%'"
#define SET_VAT "UPDATE price_type SET vat_included = $1"
#define PUT_SETTING "INSERT INTO setting (name, value) VALUES ($1, $2)"

static const struct {
    const char *login;
    KabRole role;
    gboolean stranger;
} people[WALK_N_PEOPLE] = {
    [WALK_BUYER] = {"buyer", KAB_ROLE_BUYER, FALSE},
    [WALK_HEAD] = {"head", KAB_ROLE_HEAD, FALSE},
    [WALK_SECOND] = {"second", KAB_ROLE_HEAD, FALSE},
    [WALK_VIEWER] = {"viewer", KAB_ROLE_VIEWER, FALSE},
    [WALK_STRANGER] = {"stranger", KAB_ROLE_HEAD, TRUE},
};

const gint64 walk_world_prices[WALK_N_PRODUCTS] = {10050, 33333, 1, 99999};
const gint64 walk_world_rates[WALK_N_PRODUCTS] = {20, 7, 22, 0};

static void
put(WalkWorld *world, const char *kind, const char *id)
{
    g_autoptr(GError) error = NULL;

    kab_queue_put(world->dbs[KAB_SIDE_BASE], kind, id, &error);
    g_assert_no_error(error);
}

static void
add_goods(WalkWorld *world)
{
    KabDb *base = world->dbs[KAB_SIDE_BASE];
    g_autoptr(GError) error = NULL;

    g_assert_true(kab_db_script(base, ADD_BASICS, &error));
    put(world, KAB_KIND_PRICE_TYPE, PRICE_TYPE);
    put(world, KAB_KIND_WAREHOUSE, WAREHOUSE);
    world->warehouse = kab_warehouse_id_of(WAREHOUSE);
    for (guint i = 0; i < WALK_N_PRODUCTS; i++) {
        g_autofree char *id = g_strdup_printf("10000000-0000-4000-8000-%012u", i + 1);
        g_autofree char *name = g_strdup_printf("Товар %u", i + 1);
        g_autofree char *vat =
            walk_world_rates[i] > 0 ? g_strdup_printf("%d", (int)walk_world_rates[i]) : NULL;

        world->products[i] = kab_product_id_of(id);
        kab_db_run(base, ADD_PRODUCT, KAB_BIND(kab_text(id), kab_text(name), kab_text_or_null(vat)),
                   &error);
        g_assert_no_error(error);
        kab_db_run(base, ADD_PRICE, KAB_BIND(kab_text(id), kab_int(walk_world_prices[i])), &error);
        g_assert_no_error(error);
        put(world, KAB_KIND_PRODUCT, id);
        put(world, KAB_KIND_PRICE, id);
    }
}

static void
add_people(WalkWorld *world)
{
    KabDb *base = world->dbs[KAB_SIDE_BASE];
    KabPartner partners[2] = {{.name = (char *)"Альфа", .manager = (char *)"Мария"},
                              {.name = (char *)"Бета"}};
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(partners); i++)
        g_assert_true(kab_base_partners_add(base, &partners[i], PRICE_TYPE, &error));
    for (guint i = 0; i < WALK_N_PEOPLE; i++) {
        g_autofree char *email = g_strdup_printf("%s@partner.example", people[i].login);
        g_autofree char *id = kab_base_contacts_add(base, partners[people[i].stranger].id,
                                                    people[i].login, email, NULL, &error);

        g_assert_no_error(error);
        kab_base_publication_publish(
            world->ends[KAB_SIDE_BASE], base, KAB_ACTOR_SERVICE,
            &(const KabPublicationRequest){id, people[i].login, people[i].role, NULL}, &error);
        g_assert_no_error(error);
    }
}

static void
add_staff(WalkWorld *world)
{
    static const KabRole roles[WALK_N_STAFF] = {KAB_ROLE_MANAGER, KAB_ROLE_ADMINISTRATOR};
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < WALK_N_STAFF; i++) {
        KabUser user = {.id = kab_user_id_new(),
                        .role = roles[i],
                        .login = (char *)kab_role_to_nick(roles[i]),
                        .name = (char *)kab_role_to_nick(roles[i]),
                        .active = TRUE};

        kab_users_put(world->dbs[KAB_SIDE_BASE], &user, &error);
        g_assert_no_error(error);
        world->staff[i] = kab_users_load(world->dbs[KAB_SIDE_BASE], user.login, &error);
        g_assert_no_error(error);
    }
}

/* The people come to the portal the way all does. */
static void
introduce(WalkWorld *world)
{
    g_autoptr(GError) error = NULL;
    Walk walk = {.world = world, .story = g_string_new(NULL)};

    walk.parcels = g_ptr_array_new();
    walk_network_settle(&walk);
    for (guint i = 0; i < WALK_N_PEOPLE; i++) {
        world->people[i] = kab_users_load(world->dbs[KAB_SIDE_PORTAL], people[i].login, &error);
        g_assert_no_error(error);
    }
    g_ptr_array_unref(walk.parcels);
    g_string_free(walk.story, TRUE);
    memset(&world->seen, 0, sizeof world->seen);
}

WalkWorld *
walk_world_open(void)
{
    static const char *const names[] = {"portal", "base"};
    WalkWorld *world = g_new0(WalkWorld, 1);
    g_autoptr(GError) error = NULL;

    world->folder = test_folder_new();
    for (int side = KAB_SIDE_PORTAL; side <= KAB_SIDE_BASE; side++) {
        g_autofree char *data = test_folder_path(world->folder, names[side]);

        g_assert_cmpint(g_mkdir_with_parents(data, 0700), ==, 0);
        world->ends[side] = kab_host_open_end((KabSide)side, data, &error);
        g_assert_no_error(error);
        world->dbs[side] = kab_end_take_db(world->ends[side], &error);
        g_assert_no_error(error);
        /* No power cut is part of a walk. */
        g_assert_true(kab_db_script(world->dbs[side], "PRAGMA synchronous = OFF", &error));
    }
    add_goods(world);
    add_people(world);
    add_staff(world);
    introduce(world);
    return world;
}

void
walk_world_close(WalkWorld *world)
{
    for (guint i = 0; i < WALK_N_PEOPLE; i++)
        kab_user_free(world->people[i]);
    for (guint i = 0; i < WALK_N_STAFF; i++)
        kab_user_free(world->staff[i]);
    for (int side = KAB_SIDE_PORTAL; side <= KAB_SIDE_BASE; side++) {
        kab_end_give_db(world->ends[side], world->dbs[side]);
        kab_end_close(world->ends[side]);
    }
    test_folder_remove(world->folder);
    g_free(world);
}

static void
set(Walk *walk, KabSide side, const char *name, const char *value)
{
    g_autoptr(GError) error = NULL;

    kab_db_run(walk->world->dbs[side], PUT_SETTING, KAB_BIND(kab_text(name), kab_text(value)),
               &error);
    walk_check_no_error(walk, error);
}

static void
add_rule(Walk *walk)
{
    static const KabRole roles[] = {KAB_ROLE_HEAD, KAB_ROLE_HEAD, KAB_ROLE_HEAD, KAB_ROLE_MANAGER,
                                    KAB_ROLE_ADMINISTRATOR};
    KabApprovalRule rule = {.condition = (KabApprovalCondition)walk_roll(walk, 3)};
    g_autoptr(GError) error = NULL;

    rule.role = roles[walk_roll(walk, G_N_ELEMENTS(roles))];
    if (rule.condition == KAB_APPROVAL_TOTAL)
        rule.threshold = walk_roll(walk, 100000);
    else if (rule.condition == KAB_APPROVAL_DISCOUNT)
        rule.threshold = walk_roll(walk, 3000);
    walk_tell(walk, "rule %s > %" G_GINT64_FORMAT " %s",
              kab_approval_condition_to_nick(rule.condition), rule.threshold,
              kab_role_to_nick(rule.role));
    kab_base_approval_add(walk->world->dbs[KAB_SIDE_BASE], &rule, &error);
    walk_check_no_error(walk, error);
}

/* How the partner stands. The portal only warns: a walk that may not order is none. */
static void
set_limits(Walk *walk)
{
    KabLimits limits = {.has_limit = TRUE, .credit_limit = kab_money_new(50000, "RUB")};
    g_autoptr(GError) error = NULL;

    walk->overdue = walk_roll(walk, 2) * 300;
    walk->debt = walk->overdue * (1 + walk_roll(walk, 2));
    limits.debt = kab_money_new(walk->debt, "RUB");
    limits.overdue = kab_money_new(walk->overdue, "RUB");
    kab_base_partners_set_limits(walk->world->dbs[KAB_SIDE_BASE],
                                 walk->world->people[WALK_HEAD]->partner_id, &limits,
                                 KAB_LIMITS_CREDIT | KAB_LIMITS_DEBT | KAB_LIMITS_OVERDUE, &error);
    walk_check_no_error(walk, error);
    walk_tell(walk, "debt %" G_GINT64_FORMAT ", overdue %" G_GINT64_FORMAT, walk->debt,
              walk->overdue);
}

/* The prices of the agreement are with VAT or without it, and the portal knows which. */
static void
set_vat(Walk *walk)
{
    gboolean included = walk_roll(walk, 3) > 0;
    g_autoptr(GError) error = NULL;

    for (int side = KAB_SIDE_PORTAL; side <= KAB_SIDE_BASE; side++) {
        kab_db_run(walk->world->dbs[side], SET_VAT, KAB_BIND(kab_int(included)), &error);
        walk_check_no_error(walk, error);
    }
    walk_tell(walk, "VAT %s", included ? "included" : "on top");
}

void
walk_world_begin(Walk *walk)
{
    KabDb *const *dbs = walk->world->dbs;
    g_autoptr(GError) error = NULL;
    guint n_rules = walk_roll(walk, 4);

    if (kab_db_script(dbs[KAB_SIDE_PORTAL], FORGET_PORTAL, &error))
        kab_db_script(dbs[KAB_SIDE_BASE], FORGET_BASE, &error);
    walk_check_no_error(walk, error);
    set(walk, KAB_SIDE_PORTAL, "orders.limits", walk_roll(walk, 2) > 0 ? "warn" : "off");
    set(walk, KAB_SIDE_BASE, "approval.own", walk_roll(walk, 4) > 0 ? "false" : "true");
    set(walk, KAB_SIDE_BASE, "approval.fulfil", walk_roll(walk, 4) > 0 ? "true" : "false");
    set_limits(walk);
    set_vat(walk);
    for (guint i = 0; i < n_rules; i++)
        add_rule(walk);
}
