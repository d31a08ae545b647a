/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-growing-list.h"

static GListStore *store;
static KabGrowingList *list;
static guint most; /* items that came at once */
static guint n;    /* what a view thinks there is */

static void
on_items_changed(GListModel *model, guint position, guint removed, guint added,
                 gpointer data G_GNUC_UNUSED)
{
    g_assert_cmpuint(position + removed, <=, n);
    n += added - removed;
    g_assert_cmpuint(n, ==, g_list_model_get_n_items(model));
    most = MAX(most, added);
}

static void
splice(guint position, guint removed, guint added)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_object_unref);

    for (guint i = 0; i < added; i++)
        g_ptr_array_add(items, g_object_new(G_TYPE_OBJECT, NULL));
    g_list_store_splice(store, position, removed, items->pdata, added);
}

static void
settle(void)
{
    for (int i = 0; n < g_list_model_get_n_items(G_LIST_MODEL(store)); i++) {
        g_assert_cmpint(i, <, 10000);
        g_main_context_iteration(NULL, TRUE);
    }
    for (guint i = 0; i < n; i++) {
        g_autoptr(GObject) one = g_list_model_get_item(G_LIST_MODEL(store), i);
        g_autoptr(GObject) other = g_list_model_get_item(G_LIST_MODEL(list), i);

        g_assert_true(one == other);
    }
    g_assert_null(g_list_model_get_item(G_LIST_MODEL(list), n));
}

static void
set_up(void)
{
    n = most = 0;
    store = g_list_store_new(G_TYPE_OBJECT);
    list = kab_growing_list_new(G_LIST_MODEL(store));
    g_signal_connect(list, "items-changed", G_CALLBACK(on_items_changed), NULL);
}

static void
tear_down(void)
{
    g_object_unref(list);
    g_object_unref(store);
}

/* Some at a time, and all in the end. */
static void
test_grows(void)
{
    set_up();
    splice(0, 0, 100);
    g_assert_cmpuint(n, <, 100);
    settle();
    splice(100, 0, 100);
    settle();
    splice(0, 200, 90); /* another list */
    settle();
    g_assert_cmpuint(most, <, 20);
    tear_down();
}

/* A change in the middle hides nothing of what comes behind it. */
static void
test_middle(void)
{
    set_up();
    splice(0, 0, 150);
    settle();
    splice(50, 30, 30);
    g_assert_cmpuint(n, ==, 150);
    settle();
    splice(20, 10, 0);
    g_assert_cmpuint(n, ==, 140);
    settle();
    tear_down();
}

/* Whatever happens while it grows. */
static void
test_anything(void)
{
    GRand *random = g_rand_new_with_seed(7);

    set_up();
    for (int i = 0; i < 2000; i++) {
        guint all = g_list_model_get_n_items(G_LIST_MODEL(store));
        guint position = (guint)g_rand_int_range(random, 0, (gint32)all + 1);
        guint removed = (guint)g_rand_int_range(random, 0, (gint32)(all - position) + 1);

        splice(position, removed, (guint)g_rand_int_range(random, 0, i % 20 == 0 ? 300 : 40));
        if (i % 3 == 0)
            g_main_context_iteration(NULL, FALSE);
        if (i % 50 == 0)
            settle();
    }
    settle();
    g_rand_free(random);
    tear_down();
}

/* It is gone while it grows. */
static void
test_gone(void)
{
    set_up();
    splice(0, 0, 100);
    tear_down();
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/growing-list/grows", test_grows);
    g_test_add_func("/growing-list/middle", test_middle);
    g_test_add_func("/growing-list/anything", test_anything);
    g_test_add_func("/growing-list/gone", test_gone);
    return g_test_run();
}
