/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-world.h"
#include "kab-client-account.h"
#include "kab-client-users.h"

#include <string.h>

/* The part of kab-client-users.h that is about sessions, keys and who did what. */

static struct {
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
fake_reset_access(void)
{
    g_clear_pointer(&world.keys, g_ptr_array_unref);
    g_clear_pointer(&world.sessions, g_ptr_array_unref);
    g_clear_pointer(&world.audit, g_ptr_array_unref);
    world.keys = g_ptr_array_new_with_free_func(key_free);
    world.sessions = g_ptr_array_new_with_free_func(kab_signed_in_free);
    world.audit = g_ptr_array_new_with_free_func((GDestroyNotify)kab_audit_item_free);
}

void
fake_end_sessions(void)
{
    g_ptr_array_set_size(world.sessions, 0);
}

void
fake_fill_access(void)
{
    add_key("EX", "kab_7Qd2mWzT0u", kab_time_now() - 4 * 60000, 0);
    add_key("EX", "kab_1aBcD2eFgH", 0, kab_time_now() - 60 * 60000);
    add_session("one", "Kabinet 1 at home");
    add_session("two", "Kabinet 1 in the office");
    fake_add_audit("admin", "user", "anna", "activated");
    fake_add_audit("manager", "sign-in", "manager", NULL);
    fake_add_audit("admin", "key", "kab_7Qd2mWzT0u", "EX");
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
    KabNewKey *key = g_new0(KabNewKey, 1);
    const char *login = NULL;

    for (guint i = 0; i < fake_count_users(); i++)
        if (g_str_equal(fake_get_user(i)->id.text, ((char **)args)[0]))
            login = fake_get_user(i)->login;
    key->client_id = g_strdup_printf("kab_new%u", world.keys->len);
    key->client_secret = g_strdup("the-secret-that-is-shown-once");
    add_key(login, key->client_id, 0, 0);
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

gboolean
fake_is_revoked(const char *client_id)
{
    for (guint i = 0; i < world.keys->len; i++) {
        const KabKeyInfo *key = g_ptr_array_index(world.keys, i);

        if (g_str_equal(key->client_id, client_id))
            return key->revoked_at != 0;
    }
    g_assert_not_reached();
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
