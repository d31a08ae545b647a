/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "walk.h"

/* Random walks of orders and tasks. The number of a walk is its seed:
 * `test-walks --first 4711 --walks 1` is that one walk again. */

#define N_WALKS 10000
#define MIN_STEPS 10
#define MORE_STEPS 36

/* Now and then there is nobody who does anything until all has arrived. */
static void
be_quiet(Walk *walk)
{
    walk_tell(walk, "quiet");
    walk_network_settle(walk);
    walk_check_agreement(walk);
}

static int first_walk = 1;
static int n_walks = N_WALKS;

static const struct {
    void (*step)(Walk *walk);
    guint weight;
} steps[] = {
    {walk_portal_edit, 2},
    {walk_portal_delete, 1},
    {walk_portal_place, 4},
    {walk_portal_look, 12},
    {walk_portal_decide, 8},
    {walk_portal_comment, 1},
    {walk_portal_ask_invoice, 2},
    {walk_portal_ask_waybill, 2},
    {walk_portal_task, 10},
    {walk_portal_again, 1},
    {walk_base_status, 10},
    {walk_base_lines, 3},
    {walk_base_shipping, 4},
    {walk_base_exchange, 2},
    {walk_base_grow, 2},
    {walk_base_waybill, 2},
    {walk_base_payment, 1},
    {walk_base_details, 1},
    {walk_base_unknown, 1},
    {walk_base_comment, 1},
    {walk_base_task, 3},
    {walk_base_role, 2},
    {walk_base_unstep, 1},
    {walk_base_again, 1},
    {walk_network_push_portal, 14},
    {walk_network_push_base, 14},
    {walk_network_pull, 3},
    {walk_network_arrive, 5},
    {be_quiet, 3},
};

void
walk_tell(Walk *walk, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_string_append_vprintf(walk->story, format, arguments);
    va_end(arguments);
    g_string_append_c(walk->story, '\n');
}

void
walk_fail(Walk *walk, const char *format, ...)
{
    g_autofree char *why = NULL;
    va_list arguments;

    va_start(arguments, format);
    why = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_printerr("%s", walk->story->str);
    g_error("--first %u --walks 1: %s", walk->seed, why);
}

void
walk_check_no_error(Walk *walk, const GError *error)
{
    if (error != NULL)
        walk_fail(walk, "%s", error->message);
}

guint
walk_roll(Walk *walk, guint sides)
{
    return (guint)g_rand_int_range(walk->random, 0, (gint32)sides);
}

#define N_STEPS G_N_ELEMENTS(steps)

/* Each walk likes some steps more than others do. */
static void
roll_weights(Walk *walk, guint weights[N_STEPS])
{
    for (gsize i = 0; i < N_STEPS; i++)
        weights[i] = steps[i].weight * (walk_roll(walk, 4) == 0 ? 4 : 1);
}

static void
step(Walk *walk, const guint weights[N_STEPS])
{
    guint all = 0;
    guint rolled;

    for (gsize i = 0; i < N_STEPS; i++)
        all += weights[i];
    rolled = walk_roll(walk, all);
    for (gsize i = 0; i < N_STEPS; i++) {
        if (rolled < weights[i]) {
            steps[i].step(walk);
            break;
        }
        rolled -= weights[i];
    }
    walk->world->seen.steps++;
}

static gboolean
has_status(Walk *walk, KabOrderStatus status)
{
    const KabOrder *order = walk->orders[KAB_SIDE_PORTAL];

    return order != NULL && order->status == status;
}

/* Most walks would never see the later life of an order: the first part goes by fast. */
static void
hurry(Walk *walk)
{
    for (int i = 0; i < 20 && !has_status(walk, KAB_ORDER_IN_PROGRESS) &&
                    !has_status(walk, KAB_ORDER_REFUSED) && !has_status(walk, KAB_ORDER_COMPLETED);
         i++) {
        walk_portal_place(walk);
        walk_network_carry(walk, KAB_SIDE_PORTAL);
        walk_base_status(walk);
        walk_base_task(walk);
        walk_network_carry(walk, KAB_SIDE_BASE);
        walk_portal_look(walk);
        walk_portal_decide(walk);
        walk_portal_task(walk);
    }
}

/* The partner's refusal comes too late, and then the goods come back: seldom by chance. */
static void
return_goods(Walk *walk)
{
    walk_base_move(walk, FALSE);
    walk_portal_refuse(walk);
    walk_network_carry(walk, KAB_SIDE_PORTAL);
    walk_network_carry(walk, KAB_SIDE_BASE);
    walk_base_move(walk, TRUE);
    walk_network_carry(walk, KAB_SIDE_BASE);
}

static void
clear(Walk *walk)
{
    g_rand_free(walk->random);
    g_string_free(walk->story, TRUE);
    g_ptr_array_unref(walk->parcels);
    for (int side = KAB_SIDE_PORTAL; side <= KAB_SIDE_BASE; side++) {
        kab_order_free(walk->orders[side]);
        g_clear_pointer(&walk->tasks[side], g_ptr_array_unref);
    }
}

static void
walk_once(WalkWorld *world, guint32 seed)
{
    Walk walk = {.world = world,
                 .seed = seed,
                 .random = g_rand_new_with_seed(seed),
                 .story = g_string_new(NULL),
                 .parcels = g_ptr_array_new()};
    guint weights[N_STEPS];
    guint n_steps;

    walk_world_begin(&walk);
    walk_portal_submit(&walk);
    if (walk_roll(&walk, 3) == 0)
        hurry(&walk);
    if (has_status(&walk, KAB_ORDER_IN_PROGRESS) && walk_roll(&walk, 4) == 0)
        return_goods(&walk);
    roll_weights(&walk, weights);
    n_steps = MIN_STEPS + walk_roll(&walk, MORE_STEPS);
    for (guint i = 0; i < n_steps; i++)
        step(&walk, weights);
    walk_base_restore(&walk);
    be_quiet(&walk);
    clear(&walk);
}

static void
test_walks(void)
{
    WalkWorld *world = walk_world_open();
    gint64 began = g_get_monotonic_time();

    for (int i = 0; i < n_walks; i++)
        walk_once(world, (guint32)(first_walk + i));
    g_test_message("%d walks, %u steps, %.1f s", n_walks, world->seen.steps,
                   (double)(g_get_monotonic_time() - began) / G_USEC_PER_SEC);
    walk_tell_coverage(&world->seen);
    if (n_walks >= N_WALKS)
        walk_check_coverage(&world->seen);
    walk_world_close(world);
}

static void
parse(int *argc, char ***argv)
{
    const GOptionEntry entries[] = {
        {"first", 0, 0, G_OPTION_ARG_INT, &first_walk, "The number of the first walk", "N"},
        {"walks", 0, 0, G_OPTION_ARG_INT, &n_walks, "How many walks", "N"},
        {NULL, 0, 0, 0, NULL, NULL, NULL},
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autoptr(GError) error = NULL;

    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_ignore_unknown_options(context, TRUE);
    g_option_context_set_help_enabled(context, FALSE);
    g_option_context_parse(context, argc, argv, &error);
    g_assert_no_error(error);
}

int
main(int argc, char **argv)
{
    parse(&argc, &argv);
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/walks", test_walks);
    return g_test_run();
}
