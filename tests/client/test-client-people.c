/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-people.h"
#include "kab-codes.h"
#include "kab-error.h"
#include "kab-users.h"
#include "test-pair.h"

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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/client-people/first-sign-in", test_first_sign_in);
    PAIR_TEST("/client-people/letters", test_letters);
    return g_test_run();
}
