/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-account.h"
#include "kab-client-users.h"

#include <string.h>

/* kab-client-users.h: both ends have the same users. */

static struct {
    GPtrArray *users;    /* KabUser */
    GPtrArray *keys;     /* KabKeyInfo */
    GPtrArray *sessions; /* KabSignedIn: of everybody alike */
    GPtrArray *audit;    /* KabAuditItem, the newest first */
} world;

static void
key_free(gpointer data)
{
    KabKeyInfo *key = data;

    g_free(key->client_id);
    g_free(key->login);
    g_free(key);
}

void
kab_signed_in_free(gpointer data)
{
    KabSignedIn *session = data;

    g_free(session->id);
    g_free(session->client);
    g_free(session->address);
    g_free(session);
}

void
kab_audit_item_free(KabAuditItem *item)
{
    if (item == NULL)
        return;
    g_free(item->who);
    g_free(item->address);
    g_free(item->action);
    g_free(item->object);
    g_free(item->detail);
    g_free(item);
}

void
kab_new_key_free(KabNewKey *key)
{
    if (key == NULL)
        return;
    g_free(key->client_id);
    g_free(key->client_secret);
    g_free(key);
}

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
fake_add_audit(const char *who, const char *action, const char *object, const char *detail)
{
    KabAuditItem *item = g_new0(KabAuditItem, 1);

    item->id = world.audit->len + 1;
    item->at = kab_time_now() - (KabTime)world.audit->len * 60000;
    item->who = g_strdup(who);
    item->address = g_strdup("10.0.0.7");
    item->action = g_strdup(action);
    item->object = g_strdup(object);
    item->detail = g_strdup(detail);
    g_ptr_array_add(world.audit, item);
}

static void
add_key(const char *login, const char *client_id, KabTime used_at, KabTime revoked_at)
{
    KabKeyInfo *key = g_new0(KabKeyInfo, 1);

    key->login = g_strdup(login);
    key->client_id = g_strdup(client_id);
    key->created_at = kab_time_now() - 90 * 60000;
    key->used_at = used_at;
    key->revoked_at = revoked_at;
    g_ptr_array_add(world.keys, key);
}

static void
add_session(const char *id, const char *client)
{
    KabSignedIn *session = g_new0(KabSignedIn, 1);

    session->id = g_strdup(id);
    session->client = g_strdup(client);
    session->address = g_strdup("192.0.2.7");
    session->created_at = session->used_at = kab_time_now() - 3 * 60 * 60 * 1000;
    g_ptr_array_add(world.sessions, session);
}

void
fake_reset_users(void)
{
    g_clear_pointer(&world.users, g_ptr_array_unref);
    g_clear_pointer(&world.keys, g_ptr_array_unref);
    g_clear_pointer(&world.sessions, g_ptr_array_unref);
    g_clear_pointer(&world.audit, g_ptr_array_unref);
    memset(&world, 0, sizeof world);
    world.users = g_ptr_array_new_with_free_func((GDestroyNotify)kab_user_free);
    world.keys = g_ptr_array_new_with_free_func(key_free);
    world.sessions = g_ptr_array_new_with_free_func(kab_signed_in_free);
    world.audit = g_ptr_array_new_with_free_func((GDestroyNotify)kab_audit_item_free);
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
    add_key("EX", "kab_7Qd2mWzT0u", kab_time_now() - 4 * 60000, 0);
    add_key("EX", "kab_1aBcD2eFgH", 0, kab_time_now() - 60 * 60000);
    add_session("one", "Kabinet 1 at home");
    add_session("two", "Kabinet 1 in the office");
    fake_add_audit("admin", "user", "anna", "activated");
    fake_add_audit("manager", "sign-in", "manager", NULL);
    fake_add_audit("admin", "key", "kab_7Qd2mWzT0u", "EX");
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
    g_ptr_array_set_size(world.sessions, 0);
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

/* Sessions and keys. */

static void
compute_sessions(GTask *task, gpointer args G_GNUC_UNUSED)
{
    KabPage *page = fake_page_new(kab_signed_in_free);

    for (guint i = 0; i < world.sessions->len; i++) {
        const KabSignedIn *session = g_ptr_array_index(world.sessions, i);
        KabSignedIn *copy = g_memdup2(session, sizeof *session);

        copy->id = g_strdup(session->id);
        copy->client = g_strdup(session->client);
        copy->address = g_strdup(session->address);
        g_ptr_array_add(page->items, copy);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_user_sessions_async(KabClient *self, KabUserId id G_GNUC_UNUSED,
                                    GCancellable *cancellable, GAsyncReadyCallback callback,
                                    gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_USER_SESSIONS,
                compute_sessions);
}

KabPage *
kab_client_list_user_sessions_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result,
                                     GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_end(GTask *task, gpointer args)
{
    const char *id = ((char **)args)[1];

    for (guint i = world.sessions->len; i > 0; i--)
        if (id == NULL ||
            g_str_equal(((KabSignedIn *)g_ptr_array_index(world.sessions, i - 1))->id, id))
            g_ptr_array_remove_index(world.sessions, i - 1);
    g_task_return_boolean(task, TRUE);
}

void
kab_client_end_user_session_async(KabClient *self, KabUserId id, const char *session_id,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer data)
{
    change(self, id.text, session_id, compute_end, cancellable, callback, data);
}

static void
compute_keys(GTask *task, gpointer args G_GNUC_UNUSED)
{
    KabPage *page = fake_page_new(key_free);

    for (guint i = 0; i < world.keys->len; i++) {
        const KabKeyInfo *key = g_ptr_array_index(world.keys, i);
        KabKeyInfo *copy = g_memdup2(key, sizeof *key);

        copy->client_id = g_strdup(key->client_id);
        copy->login = g_strdup(key->login);
        g_ptr_array_add(page->items, copy);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_keys_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer data)
{
    fake_answer(g_task_new(self, cancellable, callback, data), FAKE_KEYS, compute_keys);
}

KabPage *
kab_client_list_keys_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_add_key(GTask *task, gpointer args)
{
    KabUser *user = find_user(task, ((char **)args)[0]);
    KabNewKey *key;

    if (user == NULL)
        return;
    key = g_new0(KabNewKey, 1);
    key->client_id = g_strdup_printf("kab_new%u", world.keys->len);
    key->client_secret = g_strdup("the-secret-that-is-shown-once");
    add_key(user->login, key->client_id, 0, 0);
    g_task_return_pointer(task, key, (GDestroyNotify)kab_new_key_free);
}

void
kab_client_add_key_async(KabClient *self, KabUserId id, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data)
{
    change(self, id.text, NULL, compute_add_key, cancellable, callback, data);
}

KabNewKey *
kab_client_add_key_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}

static void
compute_revoke(GTask *task, gpointer args)
{
    for (guint i = 0; i < world.keys->len; i++) {
        KabKeyInfo *key = g_ptr_array_index(world.keys, i);

        if (g_str_equal(key->client_id, ((char **)args)[0]))
            key->revoked_at = kab_time_now();
    }
    g_task_return_boolean(task, TRUE);
}

void
kab_client_revoke_key_async(KabClient *self, const char *client_id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    change(self, client_id, NULL, compute_revoke, cancellable, callback, data);
}

/* Who did what. */

static void
compute_audit(GTask *task, gpointer args)
{
    const FakeQuery *query = args; /* who is the group, the action the text */
    KabPage *page = fake_page_new((GDestroyNotify)kab_audit_item_free);
    guint seen = 0;

    for (guint i = 0; i < world.audit->len; i++) {
        const KabAuditItem *item = g_ptr_array_index(world.audit, i);
        KabAuditItem *copy;

        if ((query->group_id != NULL && !g_str_equal(query->group_id, item->who)) ||
            (query->text != NULL && !g_str_equal(query->text, item->action)))
            continue;
        copy = g_memdup2(item, sizeof *item);
        copy->who = g_strdup(item->who);
        copy->address = g_strdup(item->address);
        copy->action = g_strdup(item->action);
        copy->object = g_strdup(item->object);
        copy->detail = g_strdup(item->detail);
        fake_page_offer(page, query, seen++, copy, (GDestroyNotify)kab_audit_item_free);
    }
    g_task_return_pointer(task, page, (GDestroyNotify)kab_page_free);
}

void
kab_client_list_audit_async(KabClient *self, const char *who, const char *action, const char *after,
                            guint limit, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);

    g_task_set_task_data(task, fake_query_new(who, action, after, limit), fake_query_free);
    fake_answer(task, FAKE_AUDIT, compute_audit);
}

KabPage *
kab_client_list_audit_finish(KabClient *self G_GNUC_UNUSED, GAsyncResult *result, GError **error)
{
    return g_task_propagate_pointer(G_TASK(result), error);
}
