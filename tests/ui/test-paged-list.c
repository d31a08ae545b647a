/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-paged-list.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE 100
#define MAX_PAGES 50

/* A source of numbers, with a text of some length as the value of each. */
typedef struct {
    guint total;
    guint calls;
    guint cancelled;
    gboolean fail;
    gboolean hold;
    guint shift; /* the numbers begin here: something was taken away in front */
    GPtrArray *held;
    guint loaded;
    guint failed;
} Source;

typedef struct {
    GPtrArray *items;
    char *next;
} Answer;

static gint n_alive;

static void
value_free(gpointer value)
{
    g_atomic_int_add(&n_alive, -1);
    g_free(value);
}

static gboolean
give(gpointer data)
{
    GTask *task = data;
    Source *source = g_object_get_data(G_OBJECT(g_task_get_source_object(task)), "source");

    if (g_task_return_error_if_cancelled(task))
        source->cancelled++;
    else if (source->fail)
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_FAILED, "It broke");
    else
        g_task_return_boolean(task, TRUE);
    g_object_unref(task);
    return G_SOURCE_REMOVE;
}

static void
on_cancelled(GCancellable *cancellable G_GNUC_UNUSED, gpointer data)
{
    GTask *task = data;
    Source *source = g_object_get_data(G_OBJECT(g_task_get_source_object(task)), "source");

    if (g_ptr_array_remove(source->held, task))
        g_idle_add(give, task);
}

static void
fetch(gpointer data, const char *after, GCancellable *cancellable, GAsyncReadyCallback callback,
      gpointer callback_data)
{
    GObject *object = data;
    Source *source = g_object_get_data(object, "source");
    GTask *task = g_task_new(object, cancellable, callback, callback_data);

    source->calls++;
    g_task_set_task_data(task, GUINT_TO_POINTER(after != NULL ? (guint)atoi(after) : 0), NULL);
    if (!source->hold) {
        g_idle_add(give, task);
        return;
    }
    g_ptr_array_add(source->held, task);
    g_signal_connect(cancellable, "cancelled", G_CALLBACK(on_cancelled), task);
}

static GPtrArray *
finish(GObject *from, GAsyncResult *result, char **next, GError **error)
{
    const Source *source = g_object_get_data(from, "source");
    guint first = GPOINTER_TO_UINT(g_task_get_task_data(G_TASK(result)));
    GPtrArray *items;

    if (!g_task_propagate_boolean(G_TASK(result), error))
        return NULL;
    items = g_ptr_array_new_with_free_func(g_object_unref);
    for (guint i = MAX(first, source->shift); i < source->total && items->len < PAGE; i++) {
        g_autofree char *key = g_strdup_printf("%u", i);

        g_atomic_int_inc(&n_alive);
        g_ptr_array_add(items, kab_item_new(key, g_strnfill(400, 'x'), value_free));
    }
    if (MAX(first, source->shift) + PAGE < source->total)
        *next = g_strdup_printf("%u", MAX(first, source->shift) + PAGE);
    return items;
}

static const KabPagedSource paged_source = {fetch, finish, value_free};

static void
on_loaded(KabPagedList *list G_GNUC_UNUSED, gboolean first G_GNUC_UNUSED, gpointer data)
{
    ((Source *)data)->loaded++;
}

static void
on_failed(KabPagedList *list G_GNUC_UNUSED, gboolean first G_GNUC_UNUSED,
          const GError *error G_GNUC_UNUSED, gpointer data)
{
    ((Source *)data)->failed++;
}

static KabPagedList *
make_list(Source *source, GObject **object)
{
    KabPagedList *list;

    source->held = g_ptr_array_new();
    *object = g_object_new(G_TYPE_OBJECT, NULL);
    g_object_set_data(*object, "source", source);
    list = kab_paged_list_new(&paged_source, *object, MAX_PAGES);
    g_signal_connect(list, "loaded", G_CALLBACK(on_loaded), source);
    g_signal_connect(list, "failed", G_CALLBACK(on_failed), source);
    return list;
}

static void
settle(void)
{
    while (g_main_context_iteration(NULL, FALSE))
        ;
}

static void
end(KabPagedList *list, Source *source, GObject *object)
{
    gpointer weak = list;

    g_object_add_weak_pointer(G_OBJECT(list), &weak);
    g_object_unref(list);
    g_assert_null(weak);
    settle();
    g_ptr_array_unref(source->held);
    g_object_unref(object);
    g_assert_cmpint(g_atomic_int_get(&n_alive), ==, 0);
}

/* What stands at @position; NULL while it is not here. */
static char *
look(KabPagedList *list, guint position)
{
    g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(list), position);

    g_assert_nonnull(item);
    return kab_item_get_value(item) != NULL ? g_strdup(kab_item_get_key(item)) : NULL;
}

static void
assert_there(KabPagedList *list, guint position, const char *key)
{
    g_autofree char *found = look(list, position);

    g_assert_cmpstr(found, ==, key);
}

static void
grow(KabPagedList *list, guint n)
{
    while (g_list_model_get_n_items(G_LIST_MODEL(list)) < n) {
        kab_paged_list_more(list);
        settle();
    }
}

static void
test_grows(void)
{
    Source source = {.total = 250};
    GObject *object;
    KabPagedList *list = make_list(&source, &object);

    g_assert_cmpuint(g_list_model_get_n_items(G_LIST_MODEL(list)), ==, 0);
    g_assert_null(g_list_model_get_item(G_LIST_MODEL(list), 0));
    kab_paged_list_restart(list);
    g_assert_true(kab_paged_list_is_loading(list));
    settle();
    g_assert_false(kab_paged_list_is_loading(list));
    g_assert_cmpuint(g_list_model_get_n_items(G_LIST_MODEL(list)), ==, 100);
    g_assert_cmpuint(source.calls, ==, 1); /* nothing is fetched that nobody asked for */
    grow(list, 250);
    g_assert_false(kab_paged_list_has_more(list));
    kab_paged_list_more(list);
    g_assert_cmpuint(source.calls, ==, 3);
    assert_there(list, 249, "249");
    end(list, &source, object);
}

static gsize
get_memory(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    unsigned long pages = 0, resident = 0;

    g_assert_cmpint(fscanf(file, "%lu %lu", &pages, &resident), ==, 2);
    fclose(file);
    return resident * (gsize)sysconf(_SC_PAGESIZE);
}

/* A million rows, from the beginning to the end and back. */
static void
test_million(void)
{
    Source source = {.total = 1000000};
    GObject *object;
    KabPagedList *list = make_list(&source, &object);
    gsize before = get_memory();
    gsize most = 0;

    kab_paged_list_restart(list);
    settle();
    while (kab_paged_list_has_more(list)) {
        kab_paged_list_more(list);
        settle();
        g_assert_cmpuint(kab_paged_list_count_kept(list), <=, PAGE * MAX_PAGES);
        g_assert_cmpint(g_atomic_int_get(&n_alive), <=, PAGE * (MAX_PAGES + 1));
    }
    g_assert_cmpuint(g_list_model_get_n_items(G_LIST_MODEL(list)), ==, 1000000);
    for (guint position = 1000000; position >= 2500; position -= 2500) {
        g_free(look(list, position - 1));
        settle();
        most = MAX(most, get_memory());
        g_assert_cmpuint(kab_paged_list_count_kept(list), <=, PAGE * MAX_PAGES);
    }
    assert_there(list, 2499, "2499");
    g_test_message("%.1f MB more", (double)(most - MIN(before, most)) / 1e6);
#ifndef __SANITIZE_ADDRESS__ /* which keeps what is freed */
    g_assert_cmpuint(most - MIN(before, most), <, 100 * 1000 * 1000);
#endif
    end(list, &source, object);
}

/* A page that is not kept comes again, to the same places. */
static void
test_comes_again(void)
{
    Source source = {.total = 20000};
    GObject *object;
    KabPagedList *list = make_list(&source, &object);
    g_autoptr(KabItem) held = NULL;
    guint calls;

    kab_paged_list_restart(list);
    settle();
    grow(list, 10000);
    calls = source.calls;
    held = g_list_model_get_item(G_LIST_MODEL(list), 42);
    g_assert_null(kab_item_get_value(held));
    settle();
    g_assert_cmpuint(source.calls, ==, calls + 1);
    g_assert_nonnull(kab_item_get_value(held)); /* the same object, so that its row shows it */
    g_assert_cmpstr(kab_item_get_key(held), ==, "42");
    assert_there(list, 43, "43");
    g_assert_cmpuint(source.calls, ==, calls + 1);

    /* What was only scrolled past is not fetched. */
    for (guint position = 1000; position < 5000; position += 50)
        g_free(look(list, position));
    settle();
    g_assert_cmpuint(source.calls, <=, calls + 1 + 4);
    assert_there(list, 4999, "4999");
    g_clear_object(&held);
    end(list, &source, object);
}

static void
test_draft(void)
{
    Source source = {.total = 20000};
    GObject *object;
    KabPagedList *list = make_list(&source, &object);

    kab_paged_list_restart(list);
    settle();
    {
        g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(list), 7);

        kab_item_set_draft(item, 2500);
    }
    grow(list, 10000);
    g_free(look(list, 7));
    settle();
    {
        g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(list), 7);

        g_assert_cmpint(kab_item_get_draft(item), ==, 2500);
        kab_item_set_draft(item, 0); /* it went into the basket */
    }
    grow(list, 20000);
    g_free(look(list, 7));
    settle();
    {
        g_autoptr(KabItem) item = g_list_model_get_item(G_LIST_MODEL(list), 7);

        g_assert_cmpint(kab_item_get_draft(item), ==, 0);
    }
    end(list, &source, object);
}

static void
test_fails(void)
{
    Source source = {.total = 20000};
    GObject *object;
    KabPagedList *list = make_list(&source, &object);

    source.fail = TRUE;
    kab_paged_list_restart(list);
    settle();
    g_assert_cmpuint(source.failed, ==, 1);
    g_assert_false(kab_paged_list_is_loading(list));
    source.fail = FALSE;
    kab_paged_list_refresh(list);
    settle();
    g_assert_cmpuint(g_list_model_get_n_items(G_LIST_MODEL(list)), ==, 100);

    source.fail = TRUE;
    kab_paged_list_more(list);
    settle();
    g_assert_cmpuint(source.failed, ==, 2);
    source.fail = FALSE;
    grow(list, 10000);

    /* A page that does not come again stands there without values, until it is looked at again. */
    source.fail = TRUE;
    g_free(look(list, 3));
    settle();
    g_assert_cmpuint(source.failed, ==, 3);
    source.fail = FALSE;
    g_assert_null(look(list, 3));
    settle();
    assert_there(list, 3, "3");
    end(list, &source, object);
}

static void
test_cancelled(void)
{
    Source source = {.total = 20000};
    GObject *object;
    KabPagedList *list = make_list(&source, &object);

    source.hold = TRUE;
    kab_paged_list_restart(list);
    kab_paged_list_restart(list); /* an older question is given up */
    settle();
    g_assert_cmpuint(source.cancelled, ==, 1);
    g_assert_true(kab_paged_list_is_loading(list));
    g_idle_add(give, g_ptr_array_steal_index(source.held, 0));
    settle();
    g_assert_cmpuint(source.loaded, ==, 1);
    kab_paged_list_more(list);
    kab_paged_list_more(list); /* asked once */
    g_assert_cmpuint(source.held->len, ==, 1);
    end(list, &source, object); /* gone while it is fetched */
    g_assert_cmpuint(source.cancelled, ==, 2);
}

static void
on_items_changed(GListModel *model G_GNUC_UNUSED, guint position G_GNUC_UNUSED, guint removed,
                 guint added, gpointer data)
{
    *(guint *)data += removed + added;
}

/* Coming back to a list disturbs nobody who looks at it. */
static void
test_refresh(void)
{
    Source source = {.total = 350};
    GObject *object;
    KabPagedList *list = make_list(&source, &object);
    g_autoptr(KabItem) first = NULL;
    g_autoptr(KabItem) same = NULL;
    guint changes = 0;

    kab_paged_list_restart(list);
    settle();
    grow(list, 350);
    first = g_list_model_get_item(G_LIST_MODEL(list), 0);
    g_signal_connect(list, "items-changed", G_CALLBACK(on_items_changed), &changes);
    kab_paged_list_refresh(list);
    settle();
    same = g_list_model_get_item(G_LIST_MODEL(list), 0);
    g_assert_true(first == same);
    g_assert_cmpuint(changes, ==, 0);
    g_assert_cmpuint(g_list_model_get_n_items(G_LIST_MODEL(list)), ==, 350);

    /* Something was taken away in front. */
    source.shift = 1;
    kab_paged_list_refresh(list);
    settle();
    assert_there(list, 0, "1");
    for (guint i = 0; i < g_list_model_get_n_items(G_LIST_MODEL(list)); i += 50)
        g_free(look(list, i));
    settle();
    assert_there(list, 100, "101");

    /* The list became shorter than a page. */
    source.total = 10;
    kab_paged_list_refresh(list);
    settle();
    g_assert_cmpuint(g_list_model_get_n_items(G_LIST_MODEL(list)), ==, 9);
    g_assert_false(kab_paged_list_has_more(list));
    g_clear_object(&first);
    g_clear_object(&same);
    end(list, &source, object);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/paged-list/grows", test_grows);
    g_test_add_func("/paged-list/million", test_million);
    g_test_add_func("/paged-list/comes-again", test_comes_again);
    g_test_add_func("/paged-list/draft", test_draft);
    g_test_add_func("/paged-list/fails", test_fails);
    g_test_add_func("/paged-list/cancelled", test_cancelled);
    g_test_add_func("/paged-list/refresh", test_refresh);
    return g_test_run();
}
