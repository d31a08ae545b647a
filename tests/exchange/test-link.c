/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-error.h"
#include "kab-http-client.h"
#include "kab-link.h"
#include "test-raw.h"

#include <string.h>

static gboolean
check(EndFixture *fixture, GError **error)
{
    g_autoptr(KabLink) link = kab_link_open(fixture->end, fixture->db, error);
    gint64 ms = -1;

    if (link == NULL || !kab_link_check(link, &ms, NULL, error))
        return FALSE;
    g_assert_cmpint(ms, >=, 0);
    return TRUE;
}

static void
assert_fails(EndFixture *fixture, GQuark domain, int code, const char *part)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(check(fixture, &error));
    g_assert_error(error, domain, code);
    g_assert_nonnull(strstr(error->message, part));
    g_assert_null(strstr(error->message, END_FIXTURE_PASSWORD));
}

static void
test_not_entered_yet(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const names[] = {"exchange.password", "exchange.login", "exchange.address"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        end_fixture_set(fixture, names[i], "");
        assert_fails(fixture, KAB_ERROR, KAB_ERROR_STATE, names[i]);
    }
}

static void
test_check_says_what_is_wrong(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(check(fixture, &error));
    end_fixture_set(fixture, "exchange.path", "/wrong/path");
    assert_fails(fixture, KAB_ERROR, KAB_ERROR_NOT_FOUND, "/wrong/path");
    end_fixture_set(fixture, "exchange.path", "/trade/hs/ExchangePortal");
    test_peer_set_accepts(fixture->peer, FALSE);
    assert_fails(fixture, KAB_ERROR, KAB_ERROR_UNAUTHORIZED, "login and password");
    end_fixture_set(fixture, "exchange.address", "unix:/nowhere/at/all");
    assert_fails(fixture, KAB_HTTP_ERROR, KAB_HTTP_ERROR_CONNECT, "/nowhere/at/all");
}

static void
test_another_service(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    TestRawServer *raw = test_raw_server_start(
        fixture->folder,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>");

    end_fixture_set(fixture, "exchange.address", test_raw_server_get_address(raw));
    assert_fails(fixture, KAB_ERROR, KAB_ERROR_INVALID, "another service");
    test_raw_server_stop(raw);
}

static void
test_tokens_are_renewed_once(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabLink) link = kab_link_open(fixture->end, fixture->db, &error);
    gint64 ms;

    g_assert_no_error(error);
    g_assert_true(kab_link_check(link, &ms, NULL, &error));
    g_assert_true(kab_link_check(link, &ms, NULL, &error));
    g_assert_cmpuint(test_peer_count_tokens(fixture->peer), ==, 1);
    test_peer_end_tokens(fixture->peer);
    g_assert_true(kab_link_check(link, &ms, NULL, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(test_peer_count_tokens(fixture->peer), ==, 2);
    test_peer_set_accepts(fixture->peer, FALSE);
    g_assert_false(kab_link_check(link, &ms, NULL, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED);
    g_assert_nonnull(strstr(error->message, "Client ID"));
}

/* What comes instead of a token from something in between. */
static void
test_no_token(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const bodies[] = {
        "<html>", "{}", "{\"id_token\": 5}", "{\"id_token\": \"\"}", "{\"access_token\": [\"a\"]}",
        "[]"};

    for (gsize i = 0; i < G_N_ELEMENTS(bodies); i++) {
        g_autofree char *reply =
            g_strdup_printf("HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
                            strlen(bodies[i]), bodies[i]);
        g_autofree char *folder = g_strdup_printf("%s/%zu", fixture->folder, i);
        TestRawServer *raw;

        g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
        raw = test_raw_server_start(folder, reply);
        end_fixture_set(fixture, "exchange.address", test_raw_server_get_address(raw));
        assert_fails(fixture, KAB_ERROR, KAB_ERROR_INVALID, "another service");
        test_raw_server_stop(raw);
    }
}

static void
test_whose_fault(void)
{
    static const struct {
        guint status;
        KabFault fault;
    } statuses[] = {
        {200, KAB_FAULT_NONE},     {204, KAB_FAULT_SETTINGS}, {302, KAB_FAULT_SETTINGS},
        {400, KAB_FAULT_REQUEST},  {401, KAB_FAULT_SETTINGS}, {403, KAB_FAULT_SETTINGS},
        {404, KAB_FAULT_SETTINGS}, {408, KAB_FAULT_UNCLEAR},  {409, KAB_FAULT_UNCLEAR},
        {413, KAB_FAULT_REQUEST},  {422, KAB_FAULT_REQUEST},  {429, KAB_FAULT_PEER},
        {500, KAB_FAULT_UNCLEAR},  {502, KAB_FAULT_SILENT},   {503, KAB_FAULT_PEER},
        {504, KAB_FAULT_SILENT},   {599, KAB_FAULT_UNCLEAR},
    };
    static const struct {
        KabHttpError code;
        KabFault fault;
    } errors[] = {
        {KAB_HTTP_ERROR_CONNECT, KAB_FAULT_PEER},    {KAB_HTTP_ERROR_RESOLVE, KAB_FAULT_PEER},
        {KAB_HTTP_ERROR_TIMEOUT, KAB_FAULT_SILENT},  {KAB_HTTP_ERROR_CUT, KAB_FAULT_SILENT},
        {KAB_HTTP_ERROR_TLS, KAB_FAULT_SETTINGS},    {KAB_HTTP_ERROR_ADDRESS, KAB_FAULT_SETTINGS},
        {KAB_HTTP_ERROR_TOO_BIG, KAB_FAULT_UNCLEAR},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(statuses); i++)
        g_assert_cmpint(kab_link_judge(NULL, statuses[i].status), ==, statuses[i].fault);
    for (gsize i = 0; i < G_N_ELEMENTS(errors); i++) {
        g_autoptr(GError) error = g_error_new_literal(KAB_HTTP_ERROR, (int)errors[i].code, "");

        g_assert_cmpint(kab_link_judge(error, 0), ==, errors[i].fault);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    END_TEST("/link/not-entered", test_not_entered_yet);
    END_TEST("/link/check", test_check_says_what_is_wrong);
    END_TEST("/link/another-service", test_another_service);
    END_TEST_TOKENS("/link/tokens", test_tokens_are_renewed_once);
    END_TEST_TOKENS("/link/no-token", test_no_token);
    g_test_add_func("/link/whose-fault", test_whose_fault);
    return g_test_run();
}
