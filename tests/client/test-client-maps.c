/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an administrator's desktop says of words and of roles, at a real base. */
#include "client-call.h"
#include "kab-client-roles.h"
#include "kab-client-words.h"
#include "test-pair.h"

#include <gio/gio.h>

static KabRoleMaps *
finish_roles(KabClient *client, GAsyncResult **result)
{
    g_autoptr(GAsyncResult) got = client_call_wait(result);
    g_autoptr(GError) error = NULL;
    KabRoleMaps *maps = kab_client_roles_finish(client, got, &error);

    g_assert_no_error(error);
    return maps;
}

static KabPage *
finish_words(KabClient *client, GAsyncResult **result)
{
    g_autoptr(GAsyncResult) got = client_call_wait(result);
    g_autoptr(GError) error = NULL;
    KabPage *page = kab_client_words_finish(client, got, &error);

    g_assert_no_error(error);
    return page;
}

static void
assert_mapped(const KabRoleMaps *maps, gboolean mapped)
{
    g_assert_cmpuint(maps->items->len, ==, 3);
    for (guint i = 0; i < maps->items->len; i++) {
        const KabRoleMap *map = g_ptr_array_index(maps->items, i);

        g_assert_cmpint(map->mapped, ==, mapped);
        g_assert_cmpint(map->people, ==, map->own ? 1 : 4);
    }
}

static void
test_maps(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) client =
        client_call_resume(kab_pair_get_base_address(test->pair), test->base_admin);
    GAsyncResult *result = NULL;
    g_autoptr(KabRoleMaps) before = NULL;
    g_autoptr(KabRoleMaps) filled = NULL;
    g_autoptr(KabRoleMaps) undone = NULL;
    g_autoptr(KabPage) said = NULL;
    g_autoptr(KabPage) taken_back = NULL;
    const KabWord *word;

    kab_client_list_roles_async(client, NULL, client_call_answered, &result);
    before = finish_roles(client, &result);
    assert_mapped(before, FALSE);
    kab_client_fill_roles_async(client, NULL, client_call_answered, &result);
    filled = finish_roles(client, &result);
    assert_mapped(filled, TRUE);
    g_assert_cmpuint(filled->filled->len, ==, 3);
    kab_client_set_roles_async(client, before->items, NULL, client_call_answered, &result);
    undone = finish_roles(client, &result);
    assert_mapped(undone, FALSE);
    g_assert_cmpuint(undone->filled->len, ==, 0);

    kab_client_set_word_async(client, "vat", "17", "20", NULL, client_call_answered, &result);
    said = finish_words(client, &result);
    g_assert_cmpuint(said->items->len, ==, 1);
    word = g_ptr_array_index(said->items, 0);
    g_assert_cmpstr(word->kind, ==, "vat");
    g_assert_cmpstr(word->meaning, ==, "20");
    g_assert_cmpint(word->count, ==, 0);
    kab_client_set_word_async(client, "vat", "17", NULL, NULL, client_call_answered, &result);
    taken_back = finish_words(client, &result);
    g_assert_cmpuint(taken_back->items->len, ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/client-maps/maps", test_maps);
    return g_test_run();
}
