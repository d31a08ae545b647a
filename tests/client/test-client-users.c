/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an administrator's desktop asks about users, at a real portal and a real base. */
#include "client-call.h"
#include "kab-client-account.h"
#include "kab-client-live.h"
#include "kab-client-news.h"
#include "kab-client-users.h"
#include "kab-error.h"
#include "kab-keys.h"
#include "test-pair.h"

#define PASSWORD "four words of somebody"

static KabUser *
finish_user(KabClient *client, GAsyncResult **result, int code)
{
    g_autoptr(GAsyncResult) got = client_call_wait(result);
    g_autoptr(GError) error = NULL;
    KabUser *user = kab_client_user_finish(client, got, &error);

    if (code >= 0)
        g_assert_error(error, KAB_ERROR, code);
    else
        g_assert_no_error(error);
    return user;
}

static void
finish_done(KabClient *client, GAsyncResult **result, int code)
{
    g_autoptr(GAsyncResult) got = client_call_wait(result);
    g_autoptr(GError) error = NULL;
    gboolean done = kab_client_user_done_finish(client, got, &error);

    g_assert_true(done == (code < 0));
    if (code >= 0)
        g_assert_error(error, KAB_ERROR, code);
}

static KabPage *
list_users(KabClient *client, const KabUsersQuery *query)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;
    KabPage *page;

    kab_client_list_users_async(client, query, NULL, 100, NULL, client_call_answered, &result);
    got = client_call_wait(&result);
    page = kab_client_list_users_finish(client, got, &error);
    g_assert_no_error(error);
    return page;
}

/* At both ends alike. */
static void
check_users(KabClient *client)
{
    const KabUsersQuery query = {"orlov example", "manager", "true"};
    KabUser wanted = {.login = (char *)"orlov",
                      .name = (char *)"Пётр Орлов",
                      .email = (char *)"orlov@example.com",
                      .role = KAB_ROLE_MANAGER,
                      .active = TRUE};
    GAsyncResult *result = NULL;
    g_autoptr(KabUser) made = NULL;
    g_autoptr(KabUser) changed = NULL;
    g_autoptr(KabUser) loaded = NULL;
    g_autoptr(KabUser) out = NULL;
    g_autoptr(KabPage) page = NULL;

    kab_client_add_user_async(client, &wanted, NULL, client_call_answered, &result);
    made = finish_user(client, &result, -1);
    g_assert_cmpint(kab_user_get_state(made), ==, KAB_USER_STATE_REGISTRATION);
    kab_client_add_user_async(client, &wanted, NULL, client_call_answered, &result);
    g_assert_null(finish_user(client, &result, KAB_ERROR_CONFLICT));
    page = list_users(client, &query);
    g_assert_cmpuint(page->items->len, ==, 1);
    wanted.id = made->id;
    wanted.email = NULL; /* there is none any more */
    wanted.name = (char *)"Пётр Петрович";
    kab_client_set_user_async(client, &wanted, NULL, client_call_answered, &result);
    changed = finish_user(client, &result, -1);
    g_assert_null(changed->email);
    kab_client_set_user_password_async(client, made->id, "12345678", NULL, client_call_answered,
                                       &result);
    finish_done(client, &result, KAB_ERROR_INVALID);
    kab_client_set_user_password_async(client, made->id, PASSWORD, NULL, client_call_answered,
                                       &result);
    finish_done(client, &result, -1);
    kab_client_load_user_async(client, made->id, NULL, client_call_answered, &result);
    loaded = finish_user(client, &result, -1);
    g_assert_cmpstr(loaded->name, ==, "Пётр Петрович");
    g_assert_cmpint(kab_user_get_state(loaded), ==, KAB_USER_STATE_ACTIVE);
    kab_client_set_user_active_async(client, made->id, FALSE, NULL, client_call_answered, &result);
    out = finish_user(client, &result, -1);
    g_assert_false(out->active);
    kab_client_delete_user_async(client, made->id, NULL, client_call_answered, &result);
    finish_done(client, &result, -1);
    kab_client_delete_user_async(client, made->id, NULL, client_call_answered, &result);
    finish_done(client, &result, KAB_ERROR_NOT_FOUND);
    /* Nobody does it to oneself. */
    kab_client_set_user_active_async(client, kab_client_get_user(client)->id, FALSE, NULL,
                                     client_call_answered, &result);
    g_assert_null(finish_user(client, &result, KAB_ERROR_CONFLICT));
}

static void
test_users(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) portal =
        client_call_resume(kab_pair_get_portal_address(test->pair), test->admin);
    g_autoptr(KabClient) base =
        client_call_resume(kab_pair_get_base_address(test->pair), test->base_admin);

    check_users(portal);
    check_users(base);
}

static KabUser *
find_user(KabClient *client, const char *login)
{
    const KabUsersQuery query = {login, NULL, NULL};
    g_autoptr(KabPage) page = list_users(client, &query);

    for (guint i = 0; i < page->items->len; i++)
        if (g_str_equal(((KabUser *)g_ptr_array_index(page->items, i))->login, login))
            return g_steal_pointer(&page->items->pdata[i]);
    g_assert_not_reached();
}

/* The secret is a real one, and is told once. */
static void
test_keys(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) client =
        client_call_resume(kab_pair_get_portal_address(test->pair), test->admin);
    const KabUser program = {.login = (char *)"robot", .role = KAB_ROLE_EXCHANGE, .active = TRUE};
    GAsyncResult *result = NULL;
    g_autoptr(KabUser) user = NULL;
    g_autoptr(KabNewKey) key = NULL;
    g_autoptr(KabPage) keys = NULL;
    g_autofree char *token = NULL;
    g_autoptr(GError) error = NULL;
    const KabKeyInfo *listed;

    kab_client_add_user_async(client, &program, NULL, client_call_answered, &result);
    user = finish_user(client, &result, -1);
    kab_client_add_key_async(client, user->id, NULL, client_call_answered, &result);
    {
        g_autoptr(GAsyncResult) got = client_call_wait(&result);

        key = kab_client_add_key_finish(client, got, &error);
        g_assert_no_error(error);
    }
    token =
        kab_keys_grant(test->portal, key->client_id, key->client_secret, kab_time_now(), &error);
    g_assert_no_error(error);
    g_assert_nonnull(token);
    kab_client_list_keys_async(client, NULL, client_call_answered, &result);
    {
        g_autoptr(GAsyncResult) got = client_call_wait(&result);

        keys = kab_client_list_keys_finish(client, got, &error);
        g_assert_no_error(error);
    }
    listed = g_ptr_array_index(keys->items, keys->items->len - 1);
    g_assert_cmpstr(listed->client_id, ==, key->client_id);
    g_assert_cmpstr(listed->login, ==, "robot");
    g_assert_cmpint(listed->revoked_at, ==, 0);
    kab_client_revoke_key_async(client, key->client_id, NULL, client_call_answered, &result);
    finish_done(client, &result, -1);
    g_assert_null(
        kab_keys_grant(test->portal, key->client_id, key->client_secret, kab_time_now(), &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
}

static void
test_sessions(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) client =
        client_call_resume(kab_pair_get_portal_address(test->pair), test->admin);
    g_autoptr(KabUser) user = find_user(client, "alfa-head");
    GAsyncResult *result = NULL;
    g_autoptr(KabPage) page = NULL;
    g_autoptr(KabPage) audit = NULL;
    g_autoptr(GError) error = NULL;
    const KabSignedIn *session;

    kab_client_list_user_sessions_async(client, user->id, NULL, client_call_answered, &result);
    {
        g_autoptr(GAsyncResult) got = client_call_wait(&result);

        page = kab_client_list_user_sessions_finish(client, got, &error);
        g_assert_no_error(error);
    }
    g_assert_cmpuint(page->items->len, >, 0);
    session = g_ptr_array_index(page->items, 0);
    for (int i = 0; i < 2; i++) { /* sent twice */
        kab_client_end_user_session_async(client, user->id, session->id, NULL, client_call_answered,
                                          &result);
        finish_done(client, &result, i == 0 ? -1 : KAB_ERROR_NOT_FOUND);
    }
    kab_client_end_user_session_async(client, user->id, NULL, NULL, client_call_answered, &result);
    finish_done(client, &result, -1);
    kab_client_list_audit_async(client, "admin", "session", NULL, 10, NULL, client_call_answered,
                                &result);
    {
        g_autoptr(GAsyncResult) got = client_call_wait(&result);

        audit = kab_client_list_audit_finish(client, got, &error);
        g_assert_no_error(error);
    }
    g_assert_cmpuint(audit->items->len, ==, 2);
    g_assert_cmpstr(((KabAuditItem *)g_ptr_array_index(audit->items, 0))->object, ==, "alfa-head");
}

/* Whoever has a password loses it, and is sent a code for another one. */
static void
test_code(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) client =
        client_call_resume(kab_pair_get_portal_address(test->pair), test->admin);
    g_autoptr(KabUser) user = find_user(client, "alfa-head");
    g_autoptr(KabUser) after = NULL;
    GAsyncResult *result = NULL;
    gint64 letters = test_pair_count(test->portal, "SELECT count(*) FROM letter");

    kab_client_set_user_password_async(client, user->id, PASSWORD, NULL, client_call_answered,
                                       &result);
    finish_done(client, &result, -1);
    kab_client_send_code_async(client, user->id, NULL, client_call_answered, &result);
    finish_done(client, &result, -1);
    after = find_user(client, "alfa-head");
    g_assert_cmpint(kab_user_get_state(after), ==, KAB_USER_STATE_REGISTRATION);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM letter"), >, letters);
}

static void
test_news(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) client =
        client_call_resume(kab_pair_get_portal_address(test->pair), test->admin);
    const KabNews news = {.id = "60000000-0000-4000-8000-000000000009",
                          .title = (char *)"Склад закрыт",
                          .text = (char *)"До понедельника."};
    GAsyncResult *result = NULL;

    for (int i = 0; i < 2; i++) { /* sent twice */
        g_autoptr(GAsyncResult) got = NULL;
        g_autoptr(GError) error = NULL;

        kab_client_publish_news_async(client, &news, NULL, client_call_answered, &result);
        got = client_call_wait(&result);
        g_assert_true(kab_client_news_finish(client, got, &error));
        g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM news"), ==, 1);
    }
    for (int i = 0; i < 2; i++) {
        g_autoptr(GAsyncResult) got = NULL;
        g_autoptr(GError) error = NULL;

        kab_client_remove_news_async(client, news.id, NULL, client_call_answered, &result);
        got = client_call_wait(&result);
        g_assert_true(kab_client_news_finish(client, got, &error) == (i == 0));
    }
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM news"), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/client-users/users", test_users);
    PAIR_TEST("/client-users/keys", test_keys);
    PAIR_TEST("/client-users/sessions", test_sessions);
    PAIR_TEST("/client-users/code", test_code);
    PAIR_TEST("/client-users/news", test_news);
    return g_test_run();
}
