/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-roles.h"
#include "kab-client-words.h"

static struct {
    char *kind;       /* (nullable) */
    char *word;       /* (nullable): that is not known by itself */
    char *meaning;    /* (nullable) */
    GPtrArray *roles; /* KabRoleMap */
} maps;

void
fake_reset_maps(void)
{
    fake_set_word(NULL, NULL, NULL);
    g_clear_pointer(&maps.roles, g_ptr_array_unref);
    maps.roles = g_ptr_array_new_with_free_func((GDestroyNotify)kab_role_map_free);
}

/* kab-client-words.h */

KabWord *
kab_word_new(const char *kind, const char *text, const char *meaning, gint64 count)
{
    KabWord *word = g_new0(KabWord, 1);

    word->kind = g_strdup(kind);
    word->text = g_strdup(text);
    word->meaning = g_strdup(meaning);
    word->count = count;
    return word;
}

void
kab_word_free(KabWord *word)
{
    g_free(word->kind);
    g_free(word->text);
    g_free(word->meaning);
    g_free(word);
}

void
fake_set_word(const char *kind, const char *text, const char *meaning)
{
    g_free(maps.kind);
    g_free(maps.word);
    g_free(maps.meaning);
    maps.kind = g_strdup(kind);
    maps.word = g_strdup(text);
    maps.meaning = g_strdup(meaning);
}

const char *
fake_get_meaning(void)
{
    return maps.meaning;
}

static void
compute_words(GTask *task, gpointer args)
{
    KabPage *page = fake_page_new((GDestroyNotify)kab_word_free);

    if (args != NULL) {
        g_free(maps.meaning);
        maps.meaning = *(char *)args != '\0' ? g_strdup(args) : NULL;
    }
    if (maps.word != NULL)
        g_ptr_array_add(page->items, kab_word_new(maps.kind, maps.word, maps.meaning,
                                                  maps.meaning == NULL ? 2 : 0));
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_words_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_WORDS, compute_words);
}

void
kab_client_set_word_async(KabClient *self, const char *kind G_GNUC_UNUSED,
                          const char *text G_GNUC_UNUSED, const char *meaning,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdup(meaning != NULL ? meaning : ""), g_free);
    fake_answer(task, FAKE_SET_WORD, compute_words);
}

KabPage *
kab_client_words_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

/* kab-client-roles.h */

KabRoleMap *
kab_role_map_new(gboolean own, const char *text, const KabRole *role, gint64 people)
{
    KabRoleMap *map = g_new0(KabRoleMap, 1);

    map->own = own;
    map->text = g_strdup(text);
    map->mapped = role != NULL;
    map->role = role != NULL ? *role : KAB_ROLE_BUYER;
    map->people = people;
    return map;
}

void
kab_role_map_free(KabRoleMap *map)
{
    g_free(map->text);
    g_free(map);
}

void
kab_role_maps_free(KabRoleMaps *gone)
{
    g_ptr_array_unref(gone->items);
    g_ptr_array_unref(gone->filled);
    g_free(gone);
}

void
fake_fill_roles(void)
{
    const KabRole viewer = KAB_ROLE_VIEWER;

    g_ptr_array_add(maps.roles, kab_role_map_new(TRUE, "manager", NULL, 2));
    g_ptr_array_add(maps.roles, kab_role_map_new(FALSE, "Директор", NULL, 1));
    g_ptr_array_add(maps.roles, kab_role_map_new(FALSE, "", NULL, 14));
    g_ptr_array_add(maps.roles, kab_role_map_new(FALSE, "Склад", &viewer, 3));
}

const char *
fake_get_role(guint i)
{
    const KabRoleMap *map = g_ptr_array_index(maps.roles, i);

    return map->mapped ? kab_role_to_nick(map->role) : NULL;
}

static KabRoleMap *
copy_map(const KabRoleMap *map)
{
    return kab_role_map_new(map->own, map->text, map->mapped ? &map->role : NULL, map->people);
}

static GPtrArray *
copy_maps(const GPtrArray *from)
{
    GPtrArray *copies = g_ptr_array_new_with_free_func((GDestroyNotify)kab_role_map_free);

    for (guint i = 0; i < from->len; i++)
        g_ptr_array_add(copies, copy_map(g_ptr_array_index(from, i)));
    return copies;
}

static void
answer_roles(GTask *task, GPtrArray *filled)
{
    KabRoleMaps *answer = g_new0(KabRoleMaps, 1);

    answer->items = copy_maps(maps.roles);
    answer->filled = filled;
    g_task_return_pointer(task, answer, (GDestroyNotify)kab_role_maps_free);
}

static void
compute_roles(GTask *task, gpointer args)
{
    const GPtrArray *wanted = args;

    for (guint i = 0; wanted != NULL && i < wanted->len; i++) {
        const KabRoleMap *map = g_ptr_array_index(wanted, i);

        for (guint j = 0; j < maps.roles->len; j++) {
            KabRoleMap *known = g_ptr_array_index(maps.roles, j);

            if (known->own != map->own || !g_str_equal(known->text, map->text))
                continue;
            known->mapped = map->mapped;
            known->role = map->role;
        }
    }
    answer_roles(task, g_ptr_array_new_with_free_func((GDestroyNotify)kab_role_map_free));
}

static void
compute_fill(GTask *task, gpointer args G_GNUC_UNUSED)
{
    GPtrArray *filled = g_ptr_array_new_with_free_func((GDestroyNotify)kab_role_map_free);

    for (guint i = 0; i < maps.roles->len; i++) {
        KabRoleMap *map = g_ptr_array_index(maps.roles, i);

        if (map->mapped)
            continue;
        map->mapped = TRUE;
        map->role = map->own ? KAB_ROLE_MANAGER : KAB_ROLE_BUYER;
        g_ptr_array_add(filled, copy_map(map));
    }
    answer_roles(task, filled);
}

void
kab_client_list_roles_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_ROLES, compute_roles);
}

void
kab_client_set_roles_async(KabClient *self, const GPtrArray *wanted, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, copy_maps(wanted), (GDestroyNotify)g_ptr_array_unref);
    fake_answer(task, FAKE_SET_ROLES, compute_roles);
}

void
kab_client_fill_roles_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_FILL_ROLES, compute_fill);
}

KabRoleMaps *
kab_client_roles_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
