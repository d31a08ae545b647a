/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-json.h"
#include "kab-wire-problem.h"
#include "test-json.h"

#include <string.h>

static const struct {
    KabError code;
    guint status;
    const char *nick;
} rows[] = {
    {KAB_ERROR_INVALID, 400, "invalid"},   {KAB_ERROR_UNAUTHORIZED, 401, "unauthorized"},
    {KAB_ERROR_DENIED, 403, "denied"},     {KAB_ERROR_NOT_FOUND, 404, "not-found"},
    {KAB_ERROR_CONFLICT, 409, "conflict"}, {KAB_ERROR_STATE, 409, "state"},
    {KAB_ERROR_RANGE, 413, "too-big"},     {KAB_ERROR_FAILED, 500, "failed"},
    {KAB_ERROR_CORRUPT, 500, "corrupt"},   {KAB_ERROR_BUSY, 503, "busy"},
};

static void
test_both_ways(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = g_error_new_literal(KAB_ERROR, (int)rows[i].code, "Потому что");
        guint status;
        g_autoptr(JsonNode) node = kab_wire_problem_new(error, &status);
        g_autoptr(GBytes) bytes = kab_json_to_bytes(node);
        g_autoptr(GError) back = kab_wire_problem_to_error(status, bytes);

        g_assert_cmpuint(status, ==, rows[i].status);
        g_assert_cmpstr(test_json_text(node, "code"), ==, rows[i].nick);
        g_assert_cmpint(test_json_int(node, "status"), ==, status);
        g_assert_error(back, KAB_ERROR, (int)rows[i].code);
        g_assert_cmpstr(back->message, ==, "Потому что");
    }
}

/* Files and statements are nobody's business. */
static void
test_inner_errors_say_nothing(void)
{
    g_autoptr(GError) error =
        g_error_new_literal(G_FILE_ERROR, G_FILE_ERROR_ACCES, "/secret/path: no such table");
    guint status;
    g_autoptr(JsonNode) node = kab_wire_problem_new(error, &status);
    g_autofree char *text = kab_json_to_text(node);

    g_assert_cmpuint(status, ==, 500);
    g_assert_null(strstr(text, "secret"));
    g_assert_null(test_json_get(node, "detail"));
}

/* What comes from something in between, or from another program. */
static void
test_answers_of_others(void)
{
    static const struct {
        guint status;
        const char *body;
        KabError code;
    } others[] = {
        {400, "", KAB_ERROR_INVALID},
        {401, "<html>", KAB_ERROR_UNAUTHORIZED},
        {404, "{}", KAB_ERROR_NOT_FOUND},
        {409, "{}", KAB_ERROR_CONFLICT},
        {409, "{\"code\":\"state\"}", KAB_ERROR_STATE},
        {413, "{\"code\":5,\"detail\":[]}", KAB_ERROR_RANGE},
        {418, "{\"code\":{},\"detail\":{}}", KAB_ERROR_FAILED},
        {302, "", KAB_ERROR_FAILED},
        {500, "", KAB_ERROR_FAILED},
        {502, "", KAB_ERROR_BUSY},
        {503, "null", KAB_ERROR_BUSY},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(GBytes) bytes = g_bytes_new_static(others[i].body, strlen(others[i].body));
        g_autoptr(GError) error = kab_wire_problem_to_error(others[i].status, bytes);
        g_autofree char *status = g_strdup_printf("%u", others[i].status);

        g_assert_error(error, KAB_ERROR, (int)others[i].code);
        g_assert_nonnull(strstr(error->message, status));
    }
    {
        g_autoptr(GError) error = kab_wire_problem_to_error(500, NULL);

        g_assert_error(error, KAB_ERROR, KAB_ERROR_FAILED);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire-problem/both-ways", test_both_ways);
    g_test_add_func("/wire-problem/inner-errors", test_inner_errors_say_nothing);
    g_test_add_func("/wire-problem/others", test_answers_of_others);
    return g_test_run();
}
