/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-users.h"

#include <string.h>

/* kab-client-users.h: both ends have the same users. */

static struct {
    GPtrArray *users; /* KabUser */
} world;

static KabUser *
copy_user(const KabUser *user)
{
    KabUser *copy = g_memdup2(user, sizeof *user);

    copy->partner_name = g_strdup(user->partner_name);
    copy->login = g_strdup(user->login);
    copy->name = g_strdup(user->name);
    copy->email = g_strdup(user->email);
    copy->phone = g_strdup(user->phone);
    copy->language = g_strdup(user->language);
    copy->memberships = NULL;
    return copy;
}

KabUser *
fake_get_user(guint i)
{
    return g_ptr_array_index(world.users, i);
}

guint
fake_count_users(void)
{
    return world.users->len;
}

KabUser *
fake_add_user(const char *login, const char *name, KabRole role)
{
    KabUser *user = g_new0(KabUser, 1);

    kab_id_fill_from_source("user", login, user->id.text); /* as of who signs in with it */
    user->login = g_strdup(login);
    user->name = g_strdup(name);
    user->role = role;
    user->active = TRUE;
    user->has_password = TRUE;
    g_ptr_array_add(world.users, user);
    return user;
}

void
fake_reset_users(void)
{
    g_clear_pointer(&world.users, g_ptr_array_unref);
    world.users = g_ptr_array_new_with_free_func((GDestroyNotify)kab_user_free);
    fake_reset_access();
}

void
fake_fill_users(void)
{
    KabUser *user;

    fake_add_user("admin", "Elena Smirnova", KAB_ROLE_ADMINISTRATOR)->email =
        g_strdup("smirnova@example.com");
    user = fake_add_user("anna", "Anna Orlova", KAB_ROLE_BUYER);
    user->partner_id = kab_partner_id_of(FAKE_PARTNER);
    user->partner_name = g_strdup("Horns and Hooves");
    user->email = g_strdup("anna@horns.example");
    user->has_password = FALSE;
    fake_add_user("EX", "Exchange with the base", KAB_ROLE_EXCHANGE);
    user = fake_add_user("manager", "Ivan Petrov", KAB_ROLE_MANAGER);
    user->email = g_strdup("petrov@example.com");
    user->phone = g_strdup("+74950000001");
    user = fake_add_user("former", "Pavel Gone", KAB_ROLE_MANAGER);
    user->active = FALSE;
    user->has_password = FALSE;
    fake_fill_access();
}

/* Users. */

typedef struct {
    FakeQuery *query;
    char *role;
    char *active;
} UsersQuery;

static void
users_query_free(gpointer data)
{
    UsersQuery *query = data;

    fake_query_free(query->query);
    g_free(query->role);
    g_free(query->active);
    g_free(query);
}

static gboolean
is_wanted(const KabUser *user, const UsersQuery *query)
{
    if (query->role != NULL && !g_str_equal(query->role, kab_role_to_nick(user->role)))
        return FALSE;
    if (query->active != NULL && user->active != g_str_equal(query->active, "true"))
        return FALSE;
    return query->query->text == NULL || strstr(user->name, query->query->text) != NULL;
}

static void
compute_users(GTask *task, gpointer args)
{
    const UsersQuery *query = args;
    KabPage *page = fake_page_new((GDestroyNotify)kab_user_free);
    guint seen = 0;

    for (guint i = 0; i < world.users->len; i++)
        if (is_wanted(fake_get_user(i), query))
            fake_page_offer(page, query->query, seen++, copy_user(fake_get_user(i)),
                            (GDestroyNotify)kab_user_free);
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_users_async(KabClient *self, const KabUsersQuery *query, const char *after,
                            guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    UsersQuery *kept = g_new0(UsersQuery, 1);

    kept->query = fake_query_new(NULL, query->text, after, limit);
    kept->role = g_strdup(query->role);
    kept->active = g_strdup(query->active);
    g_task_set_task_data(task, kept, users_query_free);
    fake_answer(task, FAKE_USERS, compute_users);
}

KabPage *
kab_client_list_users_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static KabUser *
find_user(GTask *task, const char *id)
{
    for (guint i = 0; i < world.users->len; i++)
        if (g_str_equal(fake_get_user(i)->id.text, id))
            return fake_get_user(i);
    g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_NOT_FOUND, "There is no such user");
    return NULL;
}

static void
compute_user(GTask *task, gpointer args)
{
    KabUser *user = find_user(task, args);

    if (user != NULL)
        g_task_return_pointer(task, copy_user(user), (GDestroyNotify)kab_user_free);
}

void
kab_client_load_user_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, g_strdup(id.text), g_free);
    fake_answer(task, FAKE_USER, compute_user);
}

static void
compute_add(GTask *task, gpointer args)
{
    const KabUser *user = args;
    KabUser *made;

    for (guint i = 0; i < world.users->len; i++)
        if (g_str_equal(fake_get_user(i)->login, user->login)) {
            g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_CONFLICT,
                                    "Somebody else has the login");
            return;
        }
    made = fake_add_user(user->login, user->name != NULL ? user->name : user->login, user->role);
    made->email = g_strdup(user->email);
    made->has_password = FALSE;
    g_task_return_pointer(task, copy_user(made), (GDestroyNotify)kab_user_free);
}

static void
compute_set(GTask *task, gpointer args)
{
    const KabUser *user = args;
    KabUser *kept = find_user(task, user->id.text);

    if (kept == NULL)
        return;
    g_free(kept->name);
    g_free(kept->email);
    g_free(kept->phone);
    kept->name = g_strdup(user->name);
    kept->email = g_strdup(*user->email != '\0' ? user->email : NULL);
    kept->phone = g_strdup(*user->phone != '\0' ? user->phone : NULL);
    kept->role = user->role;
    kept->active = user->active;
    g_task_return_pointer(task, copy_user(kept), (GDestroyNotify)kab_user_free);
}

static void
send_user(KabClient *self, const KabUser *user, FakeCompute compute, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, copy_user(user), (GDestroyNotify)kab_user_free);
    fake_answer(task, FAKE_SET_USER, compute);
}

void
kab_client_add_user_async(KabClient *self, const KabUser *user, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
    send_user(self, user, compute_add, cancellable, callback, data);
}

void
kab_client_set_user_async(KabClient *self, const KabUser *user, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
    send_user(self, user, compute_set, cancellable, callback, data);
}

static void
compute_active(GTask *task, gpointer args)
{
    char **texts = args;
    KabUser *user = find_user(task, texts[0]);

    if (user == NULL)
        return;
    user->active = g_str_equal(texts[1], "true");
    g_task_return_pointer(task, copy_user(user), (GDestroyNotify)kab_user_free);
}

static void
change(KabClient *self, const char *a, const char *b, FakeCompute compute,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    const char *args[] = {a, b, NULL};

    g_task_set_task_data(task, g_strdupv((char **)args), (GDestroyNotify)g_strfreev);
    fake_answer(task, FAKE_SET_USER, compute);
}

void
kab_client_set_user_active_async(KabClient *self, KabUserId id, gboolean active,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
    change(self, id.text, active ? "true" : "false", compute_active, cancellable, callback, data);
}

KabUser *
kab_client_user_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_delete(GTask *task, gpointer args)
{
    KabUser *user = find_user(task, ((char **)args)[0]);

    if (user == NULL)
        return;
    g_ptr_array_remove(world.users, user);
    g_task_return_boolean(task, TRUE);
}

void
kab_client_delete_user_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    change(self, id.text, NULL, compute_delete, cancellable, callback, data);
}

static void
compute_password(GTask *task, gpointer args)
{
    char **texts = args;
    KabUser *user = find_user(task, texts[0]);

    if (user == NULL)
        return;
    if (strlen(texts[1]) < 8) {
        g_task_return_new_error(task, KAB_ERROR, KAB_ERROR_INVALID, "The password is too short");
        return;
    }
    user->has_password = TRUE;
    fake_end_sessions();
    g_task_return_boolean(task, TRUE);
}

void
kab_client_set_user_password_async(KabClient *self, KabUserId id, const char *password,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
    change(self, id.text, password, compute_password, cancellable, callback, data);
}

static void
compute_code(GTask *task, gpointer args)
{
    KabUser *user = find_user(task, ((char **)args)[0]);

    if (user == NULL)
        return;
    user->has_password = FALSE;
    g_task_return_boolean(task, TRUE);
}

void
kab_client_send_code_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    change(self, id.text, NULL, compute_code, cancellable, callback, data);
}

gboolean
kab_client_user_done_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_boolean(G_TASK(result), error);
}
