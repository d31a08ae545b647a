/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-partners.h"
#include "kab-base-publication.h"
#include "kab-client-account.h"
#include "kab-client-catalogue.h"
#include "kab-client-people.h"
#include "kab-codes.h"
#include "kab-error.h"
#include "kab-users.h"
#include "test-pair.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>

#define PASSWORD "four words of somebody"

typedef struct {
    gboolean done;
    gboolean letter;
    gboolean good;
    GError *error;
} Waiting;

static void
on_answered(GObject *source, GAsyncResult *result, gpointer data)
{
    Waiting *waiting = data;

    g_clear_error(&waiting->error);
    waiting->good = waiting->letter
                        ? kab_client_letter_finish(KAB_CLIENT(source), result, &waiting->error)
                        : kab_client_sign_in_finish(KAB_CLIENT(source), result, &waiting->error);
    waiting->done = TRUE;
}

static gboolean
is_good(Waiting *waiting)
{
    while (!waiting->done)
        g_main_context_iteration(NULL, TRUE);
    waiting->done = FALSE;
    return waiting->good;
}

static char *
make_code(TestPair *test, const char *login, KabTime at)
{
    g_autoptr(KabUser) user = kab_users_load(test->portal, login, NULL);

    return kab_codes_create(test->portal, user->id, KAB_CODE_INVITATION, at, NULL);
}

/* The first sign-in with a code, and the same session at the next start. */
static void
test_first_sign_in(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const char *address = kab_pair_get_portal_address(test->pair);
    g_autoptr(KabClient) client = kab_client_new(address, NULL);
    g_autoptr(KabClient) later = kab_client_new(address, NULL);
    g_autofree char *code = make_code(test, "alfa-buyer", kab_time_now());
    Waiting waiting = {0};

    kab_client_use_code_async(client, code, "12345678", NULL, on_answered, &waiting);
    g_assert_false(is_good(&waiting));
    g_assert_error(waiting.error, KAB_ERROR, KAB_ERROR_INVALID);
    kab_client_use_code_async(client, code, PASSWORD, NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpstr(kab_client_get_user(client)->login, ==, "alfa-buyer");
    kab_client_resume_async(later, kab_client_get_token(client), NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpstr(kab_client_get_user(later)->partner_name, ==, "Альфа");
    kab_client_use_code_async(client, code, PASSWORD, NULL, on_answered, &waiting);
    g_assert_false(is_good(&waiting));
    g_assert_error(waiting.error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_clear_error(&waiting.error);
}

static void
test_letters(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) client = kab_client_new(kab_pair_get_portal_address(test->pair), NULL);
    g_autofree char *expired =
        make_code(test, "alfa-buyer", kab_time_now() - G_GINT64_CONSTANT(80) * 3600 * 1000);
    gint64 before = test_pair_count(test->portal, "SELECT count(*) FROM letter");
    Waiting waiting = {.letter = TRUE};

    kab_client_reset_async(client, "nobody", NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM letter"), ==, before);
    kab_client_renew_code_async(client, "nonsense", NULL, on_answered, &waiting);
    g_assert_false(is_good(&waiting));
    g_assert_error(waiting.error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_assert_true(kab_db_script(test->portal, "DELETE FROM letter", NULL));
    kab_client_renew_code_async(client, expired, NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM letter"), ==, 1);
    g_clear_error(&waiting.error);
}

static void
on_got(GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
    *(GAsyncResult **)data = g_object_ref(result);
}

static GAsyncResult *
wait(GAsyncResult **result)
{
    while (*result == NULL)
        g_main_context_iteration(NULL, TRUE);
    return g_steal_pointer(result);
}

static KabAccount *
get_account(KabClient *client)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;
    KabAccount *account;

    kab_client_get_account_async(client, NULL, on_got, &result);
    got = wait(&result);
    account = kab_client_get_account_finish(client, got, &error);
    g_assert_no_error(error);
    return account;
}

static void
put_hammer(KabClient *client, GError **error)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;

    kab_client_set_basket_async(client, kab_product_id_of(TEST_HAMMER), (KabQuantity){1000}, NULL,
                                on_got, &result);
    got = wait(&result);
    kab_order_free(kab_client_basket_finish(client, got, error));
}

/* The buyer of "Альфа" may act for "Бета" too; gives that one's id. */
static KabPartnerId
let_act_for_both(TestPair *test)
{
    const KabRole role = KAB_ROLE_BUYER;
    g_autoptr(KabPartner) partner = kab_base_partners_load(test->base, "Бета", NULL);
    g_autoptr(GError) error = NULL;

    kab_base_publication_set_partner(kab_pair_get_base(test->pair), test->base, KAB_ACTOR_SERVICE,
                                     "alfa-head", partner->id, &role, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
    return partner->id;
}

/* Two windows with one session: when one goes on to another partner, what the other one still sends
 * is done for neither. */
static void
test_two_windows(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const char *address = kab_pair_get_portal_address(test->pair);
    g_autoptr(KabClient) one = kab_client_new(address, NULL);
    g_autoptr(KabClient) other = kab_client_new(address, NULL);
    KabPartnerId partner_id = let_act_for_both(test);
    g_autoptr(KabAccount) account = NULL;
    g_autoptr(GError) error = NULL;
    Waiting waiting = {0};

    kab_client_resume_async(one, test->a, NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    kab_client_resume_async(other, test->a, NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    account = get_account(one);
    g_assert_cmpuint(account->partners->len, ==, 2);
    kab_client_switch_async(one, partner_id, NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpstr(kab_client_get_user(one)->partner_name, ==, "Бета");

    put_hammer(other, &error);
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
    g_assert_null(kab_client_get_user(other)); /* it has to sign in anew */
    g_clear_error(&error);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM basket_line"), ==, 0);
    put_hammer(one, &error);
    g_assert_no_error(error);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM basket_line"), ==, 1);
}

static gboolean
end_session(KabClient *client, const char *id, GError **error)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;

    kab_client_end_session_async(client, id, NULL, on_got, &result);
    got = wait(&result);
    return kab_client_end_session_finish(client, got, error);
}

/* The session of the list that is not the one that asks. */
static const KabSignedIn *
find_other(const KabAccount *account)
{
    const KabSignedIn *first = g_ptr_array_index(account->sessions, 0);

    g_assert_cmpuint(account->sessions->len, ==, 2);
    return first->current ? g_ptr_array_index(account->sessions, 1) : first;
}

/* What a person sees and changes of the own account. */
static void
test_account(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    const char *address = kab_pair_get_portal_address(test->pair);
    g_autoptr(KabClient) here = kab_client_new(address, NULL);
    g_autoptr(KabClient) there = kab_client_new(address, NULL);
    g_autofree char *code = make_code(test, "alfa-buyer", kab_time_now());
    g_autofree char *token = NULL;
    g_autoptr(KabAccount) account = NULL;
    g_autoptr(GError) error = NULL;
    Waiting waiting = {0};

    kab_client_use_code_async(there, code, PASSWORD, NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    kab_client_sign_in_async(here, "alfa-buyer", PASSWORD, NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    account = get_account(here);
    g_assert_cmpstr(account->user->login, ==, "alfa-buyer");
    g_assert_cmpuint(account->partners->len, ==, 1);
    g_assert_true(end_session(here, find_other(account)->id, &error));
    g_assert_false(end_session(here, find_other(account)->id, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    kab_client_resume_async(there, kab_client_get_token(there), NULL, on_answered, &waiting);
    g_assert_false(is_good(&waiting));
    g_assert_error(waiting.error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);

    kab_client_set_language_async(here, "en", NULL, on_answered, &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpstr(kab_client_get_user(here)->language, ==, "en");
    token = g_strdup(kab_client_get_token(here));
    kab_client_change_password_async(here, "not it", "five other words of mine", NULL, on_answered,
                                     &waiting);
    g_assert_false(is_good(&waiting));
    g_assert_error(waiting.error, KAB_ERROR, KAB_ERROR_DENIED);
    kab_client_change_password_async(here, PASSWORD, "five other words of mine", NULL, on_answered,
                                     &waiting);
    g_assert_true(is_good(&waiting));
    g_assert_cmpstr(kab_client_get_token(here), !=, token);
    kab_account_free(account);
    account = get_account(here); /* with the new session, the only one */
    g_assert_cmpuint(account->sessions->len, ==, 1);
    g_clear_error(&waiting.error);
    g_assert_true(((KabSignedIn *)g_ptr_array_index(account->sessions, 0))->current);
}

static gboolean
on_incoming(GThreadedSocketService *service G_GNUC_UNUSED, GSocketConnection *connection,
            GObject *source G_GNUC_UNUSED, gpointer data)
{
    GInputStream *input = g_io_stream_get_input_stream(G_IO_STREAM(connection));
    g_autofree char *answer =
        g_strdup_printf("HTTP/1.1 %s\r\nContent-Type: text/html\r\nConnection: close\r\n"
                        "Content-Length: 4\r\n\r\n<p/>",
                        (const char *)data);
    char buffer[4096];

    g_input_stream_read(input, buffer, sizeof buffer, NULL, NULL);
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), answer,
                              strlen(answer), NULL, NULL, NULL);
    /* Until the client has it all: it closes. */
    while (g_input_stream_read(input, buffer, sizeof buffer, NULL, NULL) > 0)
        ;
    return TRUE;
}

/* A web server that is no portal; and a proxy before a portal that does not run. */
static void
test_foreign(void)
{
    static const struct {
        const char *status;
        gboolean foreign;
    } rows[] = {
        {"404 Not Found", TRUE},
        {"200 OK", TRUE},
        {"501 No", TRUE},
        {"502 Bad", FALSE},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *folder = g_dir_make_tmp("kab-XXXXXX", NULL);
        g_autofree char *path = g_build_filename(folder, "socket", NULL);
        g_autofree char *address = g_strconcat("unix:", path, NULL);
        g_autoptr(GSocketAddress) socket = g_unix_socket_address_new(path);
        GSocketService *service = g_threaded_socket_service_new(1);
        g_autoptr(KabClient) client = kab_client_new(address, NULL);
        Waiting waiting = {0};

        g_assert_true(g_socket_listener_add_address(G_SOCKET_LISTENER(service), socket,
                                                    G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                                                    NULL, NULL, NULL));
        g_signal_connect(service, "run", G_CALLBACK(on_incoming), (gpointer)rows[i].status);
        g_socket_service_start(service);
        kab_client_sign_in_async(client, "anna", "secret", NULL, on_answered, &waiting);
        g_assert_false(is_good(&waiting));
        g_assert_true(rows[i].foreign == g_str_has_prefix(waiting.error->message,
                                                          "There is no Kabinet portal at this "));
        g_clear_error(&waiting.error);
        g_socket_service_stop(service);
        g_object_unref(service);
        g_remove(path);
        g_rmdir(folder);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/client-people/first-sign-in", test_first_sign_in);
    PAIR_TEST("/client-people/letters", test_letters);
    PAIR_TEST("/client-people/two-windows", test_two_windows);
    PAIR_TEST("/client-people/account", test_account);
    g_test_add_func("/client-people/foreign", test_foreign);
    return g_test_run();
}
