/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-tasks.h"
#include "kab-error.h"
#include "kab-invitation.h"
#include "kab-portal-letter-compose.h"
#include "kab-portal-letters.h"
#include "kab-portal-people.h"
#include "kab-portal-post.h"
#include "kab-users.h"
#include "test-pair.h"

#include <string.h>

#define SELECT_TO                                                               \
    "SELECT group_concat(login) FROM (SELECT u.login FROM letter l JOIN user u" \
    " ON u.id = l.user_id WHERE l.kind = $1 AND l.state = 'waiting' ORDER BY u.login)"
#define DROP_ALL "DELETE FROM letter"
#define COUNT "SELECT count(*) FROM letter"

/* An account whose mail server is away, so that what waits stays. */
static void
set_account(TestPair *test)
{
    kab_db_run(test->portal,
               "INSERT INTO setting (name, value) VALUES ('mail.host', 'localhost'),"
               " ('mail.port', '1')",
               KAB_BIND_NONE, NULL);
}

static void
assert_to(TestPair *test, const char *kind, const char *logins)
{
    g_autofree char *found = NULL;

    g_assert_true(kab_db_get_text(test->portal, SELECT_TO, KAB_BIND(kab_text(kind)), &found, NULL));
    g_assert_cmpstr(found, ==, logins);
}

static char *
offer(TestPair *test, const char *token)
{
    char *id = test_pair_place(test, token);

    test_pair_exchange(test);
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    return id;
}

static void
set_active(TestPair *test, const char *login, gboolean active)
{
    g_autoptr(KabUser) user = kab_users_load(test->portal, login, NULL);

    user->active = active;
    g_assert_true(kab_users_put(test->portal, user, NULL));
}

static void
test_order(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;

    set_account(test);
    first = offer(test, test->a2);
    assert_to(test, "order", "alfa-buyer");
    /* Told once more, and paid a little: no other letter; offered anew: one, when the first is on
     * its way. */
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->portal, COUNT), ==, 1);
    test_pair_set_quantity(test, first, 0, 2);
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->portal, COUNT), ==, 1);
    kab_db_run(test->portal, "UPDATE letter SET state = 'sent'", KAB_BIND_NONE, NULL);
    test_pair_set_quantity(test, first, 0, 3);
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->portal, COUNT), ==, 2);
    kab_db_run(test->portal, DROP_ALL, KAB_BIND_NONE, NULL);
    /* Whoever placed it is away: the head gets it, and nobody of another partner. */
    second = test_pair_place(test, test->a2);
    test_pair_exchange(test);
    set_active(test, "alfa-buyer", FALSE);
    test_pair_set_status(test, second, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    assert_to(test, "order", "alfa-head");
}

static void
test_task(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *buyers = NULL;
    g_autofree char *own = NULL;

    set_account(test);
    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 0, KAB_ROLE_HEAD);
    own = test_pair_place(test, test->a); /* the only head: nobody may decide */
    test_pair_exchange(test);
    assert_to(test, "task", NULL);
    buyers = test_pair_place(test, test->a2);
    test_pair_exchange(test);
    assert_to(test, "task", "alfa-head");
    test_pair_exchange(test);
    g_assert_cmpint(test_pair_count(test->portal, COUNT), ==, 1);
}

static void
test_no_account(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = kab_users_load(test->portal, "beta-head", NULL);
    g_autoptr(GPtrArray) alarms = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *id = offer(test, test->a);

    g_assert_cmpint(test_pair_count(test->portal, COUNT), ==, 0);
    kab_portal_letters_queue(test->portal, KAB_LETTER_INVITATION, user->id, NULL, NULL);
    kab_portal_letters_queue(test->portal, KAB_LETTER_INVITATION, user->id, NULL, NULL);
    assert_to(test, "invitation", "beta-head");
    g_assert_true(kab_portal_letters_list_alarms(test->portal, alarms, NULL));
    g_assert_cmpint(alarms->len, ==, 1);
    g_assert_nonnull(strstr(g_ptr_array_index(alarms, 0), "no mail account"));
}

/* Composes the only letter; "" if it is dropped. */
static char *
compose(TestPair *test, KabLetterKind kind, const char *login, const char *object_id, char **why)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(test->portal, NULL);
    g_autoptr(KabUser) user = kab_users_load(test->portal, login, NULL);
    g_autoptr(KabUser) to = NULL;
    g_autoptr(GError) error = NULL;
    g_auto(KabLetterText) text = {0};
    KabLetter letter = {.kind = kind, .user_id = user->id, .object_id = (char *)object_id};

    letter.created_at = kab_time_now();
    g_assert_true(kab_portal_letter_compose(test->portal, &letter, "ООО «Склад»",
                                            "https://portal.example", &to, &text, why, &error));
    g_assert_no_error(error);
    g_assert_cmpint(text.text == NULL, ==, *why != NULL);
    return text.text != NULL ? g_strdup_printf("%s\n%s\n%s", text.subject, text.text, text.html)
                             : g_strdup("");
}

static void
test_compose(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *id = offer(test, test->a2);
    g_autoptr(KabUser) buyer = kab_users_load(test->portal, "alfa-buyer", NULL);
    g_autofree char *why = NULL;
    g_autofree char *russian = compose(test, KAB_LETTER_ORDER, "alfa-buyer", id, &why);
    g_autofree char *english = NULL;
    g_autofree char *foreign = NULL;
    g_autofree char *after = NULL;

    g_assert_null(why);
    g_assert_nonnull(strstr(russian, "767,16\u00a0₽"));
    g_assert_nonnull(strstr(russian, "Здравствуйте, alfa-buyer!"));
    g_assert_nonnull(strstr(russian, "Менеджер: Мария"));
    g_assert_true(kab_users_set_language(test->portal, buyer->id, "en", NULL));
    english = compose(test, KAB_LETTER_ORDER, "alfa-buyer", id, &why);
    g_assert_nonnull(strstr(english, "767.16\u00a0RUB"));
    g_assert_nonnull(strstr(english, "<html lang=\"en\">"));
    /* Somebody of another partner would learn of the order. */
    foreign = compose(test, KAB_LETTER_ORDER, "beta-head", id, &why);
    g_assert_cmpstr(foreign, ==, "");
    g_clear_pointer(&why, g_free);
    {
        g_autoptr(KabOrder) order = test_pair_client_order(test, id);

        test_pair_decide(test, test->a2, id, "confirm", order->revision, 200);
    }
    after = compose(test, KAB_LETTER_ORDER, "alfa-buyer", id, &why);
    g_assert_cmpstr(why, ==, "The order does not wait any more");
}

/* The link in an invitation is one that the program reads, and has the code that stands beside it.
 */
static void
test_link(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *why = NULL;
    g_autofree char *text = compose(test, KAB_LETTER_INVITATION, "beta-head", NULL, &why);
    const char *link = strstr(text, "kabinet:");
    g_auto(GStrv) lines = g_strsplit(link, "\n", 2);
    g_auto(KabInvitation) invitation = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GRegex) regex = g_regex_new("^    ([0-9A-Z-]+)$", G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    g_autofree char *typed = NULL;
    g_autofree char *code = NULL;

    g_assert_null(why);
    kab_invitation_parse(lines[0], &invitation, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(invitation.address, ==, "https://portal.example");
    g_assert_true(g_regex_match(regex, text, 0, &match));
    typed = g_match_info_fetch(match, 1);
    code = kab_invitation_normalise(typed);
    g_assert_cmpstr(invitation.code, ==, code);
}

/* Somebody who acts for a second partner may get its letters. */
static void
test_member(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) head = kab_users_load(test->portal, "alfa-head", NULL);
    g_autoptr(KabUser) beta = kab_users_load(test->portal, "beta-head", NULL);
    KabMembership *membership = g_new0(KabMembership, 1);
    g_autofree char *id = NULL;
    g_autofree char *why = NULL;
    g_autofree char *text = NULL;

    set_account(test);
    membership->partner_id = head->partner_id;
    membership->role = KAB_ROLE_HEAD;
    g_clear_pointer(&beta->memberships, g_ptr_array_unref);
    beta->memberships = g_ptr_array_new_with_free_func((GDestroyNotify)kab_membership_free);
    g_ptr_array_add(beta->memberships, membership);
    g_assert_true(kab_users_put(test->portal, beta, NULL));
    id = test_pair_place(test, test->a2);
    test_pair_exchange(test);
    set_active(test, "alfa-buyer", FALSE);
    test_pair_set_status(test, id, KAB_CLIENT_TO_FULFIL);
    test_pair_exchange(test);
    assert_to(test, "order", "alfa-head,beta-head");
    text = compose(test, KAB_LETTER_ORDER, "beta-head", id, &why);
    g_assert_null(why);
}

static void
test_texts(void)
{
    static const char *const languages[] = {"ru", "en", NULL, "de"};
    KabLetterValues values = {.company = "Рога & <Копыта>",
                              .name = "Анна\n\n> Злая | http://evil.example",
                              .login = "anna",
                              .address = "https://portal.example",
                              .link = "kabinet:?portal=https%3A%2F%2Fp&code=A\"B",
                              .code = "ABCDE-FGHJK",
                              .until = "01.01.2027 10:00",
                              .order = "0000-000001",
                              .total = "1 ₽",
                              .manager = "Мария",
                              .author = "Пётр"};

    for (int kind = 0; kind < KAB_N_LETTER_KINDS; kind++) {
        for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
            g_auto(KabLetterText) text = {0};
            g_autoptr(GError) error = NULL;

            kab_portal_letter_text_make((KabLetterKind)kind, languages[i], &values, &text, &error);
            g_assert_no_error(error);
            g_assert_null(strchr(text.subject, '\n'));
            g_assert_null(strchr(text.text, '{'));
            g_assert_null(strchr(text.html, '{'));
            g_assert_nonnull(strstr(text.html, "Рога &amp; &lt;Копыта&gt;"));
            g_assert_null(strstr(text.html, "<Копыта>"));
            g_assert_null(strstr(text.html, "href=\"http://evil"));
            g_assert_null(strstr(text.html, "code=A\"B"));
            g_assert_true(g_utf8_validate(text.html, -1, NULL));
        }
    }
    {
        g_auto(KabLetterText) text = {0};

        /* Without an address there is the code alone. */
        values.link = NULL;
        values.address = "";
        g_assert_true(
            kab_portal_letter_text_make(KAB_LETTER_INVITATION, "en", &values, &text, NULL));
        g_assert_null(strstr(text.text, "kabinet:"));
        g_assert_null(strstr(text.text, "Address of the portal"));
        g_assert_nonnull(strstr(text.text, "\n    ABCDE-FGHJK\n"));
    }
}

static void
test_delay(void)
{
    gint64 all = 0;
    int attempts = 1;

    g_assert_cmpint(kab_portal_post_get_delay(1, 0.5), ==, 60000);
    g_assert_cmpint(kab_portal_post_get_delay(2, 0.5), ==, 120000);
    g_assert_cmpint(kab_portal_post_get_delay(1, 0), ==, 48000);
    g_assert_cmpint(kab_portal_post_get_delay(1, 1), ==, 72000);
    g_assert_cmpint(kab_portal_post_get_delay(12, 0.5), ==, 4 * 3600000);
    while (kab_portal_post_get_delay(attempts, 0.5) >= 0)
        all += kab_portal_post_get_delay(attempts++, 0.5);
    g_assert_cmpint(all, >, 40LL * 3600000);
    g_assert_cmpint(all, <, 56LL * 3600000);
    g_assert_cmpint(kab_portal_post_get_delay(1000, 0.5), ==, -1);
}

static void
test_states(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = kab_users_load(test->portal, "beta-head", NULL);
    g_autoptr(GPtrArray) letters = NULL;
    g_autoptr(KabLetter) letter = NULL;
    g_autofree char *next = NULL;
    g_autoptr(GError) error = NULL;
    gint64 n;

    kab_portal_letters_queue(test->portal, KAB_LETTER_INVITATION, user->id, NULL, NULL);
    letters = kab_portal_letters_list(test->portal, "waiting", NULL, 10, &next, &error);
    g_assert_cmpint(letters->len, ==, 1);
    g_assert_null(next);
    g_assert_null(kab_portal_letters_list(test->portal, "lost", NULL, 10, &next, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    g_clear_error(&error);
    letter = kab_portal_letters_take(test->portal, kab_time_now(), &error);
    g_assert_no_error(error);
    g_assert_null(kab_portal_letters_take(test->portal, kab_time_now(), &error));
    g_assert_no_error(error);
    g_assert_false(kab_portal_letters_retry(test->portal, letter->id, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_STATE);
    g_clear_error(&error);
    /* What a dead process was sending is given back. */
    g_assert_true(kab_portal_letters_release(test->portal, NULL));
    g_assert_true(kab_portal_letters_retry_all(test->portal, &n, NULL));
    g_assert_cmpint(n, ==, 1);
    g_assert_true(kab_portal_letters_drop(test->portal, letter->id, "no", NULL));
    g_assert_false(kab_portal_letters_retry(test->portal, TEST_NOWHERE, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_assert_true(kab_portal_letters_forget(test->portal, kab_time_now() + 1, NULL));
    g_assert_cmpint(test_pair_count(test->portal, COUNT), ==, 0);
}

/* The base hears that an invitation did not arrive, and when it did. */
static void
test_problem(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabUser) user = kab_users_load(test->portal, "beta-head", NULL);
    g_autoptr(JsonObject) before = NULL;
    g_autoptr(JsonObject) after = NULL;

    kab_portal_letters_queue(test->portal, KAB_LETTER_INVITATION, user->id, NULL, NULL);
    kab_db_run(test->portal, "UPDATE letter SET state = 'failed', error = 'No such user'",
               KAB_BIND_NONE, NULL);
    g_assert_true(kab_portal_build_user_state(NULL, test->portal, user->id.text, &before, NULL));
    g_assert_cmpstr(json_object_get_string_member(before, "problem"), ==, "No such user");
    kab_db_run(test->portal, "UPDATE letter SET state = 'sent', error = NULL", KAB_BIND_NONE, NULL);
    g_assert_true(kab_portal_build_user_state(NULL, test->portal, user->id.text, &after, NULL));
    g_assert_false(json_object_has_member(after, "problem"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-letters/order", test_order);
    PAIR_TEST("/portal-letters/task", test_task);
    PAIR_TEST("/portal-letters/no-account", test_no_account);
    PAIR_TEST("/portal-letters/compose", test_compose);
    PAIR_TEST("/portal-letters/link", test_link);
    PAIR_TEST("/portal-letters/member", test_member);
    PAIR_TEST("/portal-letters/states", test_states);
    PAIR_TEST("/portal-letters/problem", test_problem);
    g_test_add_func("/portal-letters/texts", test_texts);
    g_test_add_func("/portal-letters/delay", test_delay);
    return g_test_run();
}
