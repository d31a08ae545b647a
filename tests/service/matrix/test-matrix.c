/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every route of both services, asked by everybody, about what is theirs, another one's and
 * nowhere. */
#include "matrix.h"
#include "test-json.h"

#include <string.h>

static const MatrixCaller callers_of_portal[] = {
    {"admin", 'A', -1, MATRIX_BY_SESSION},      {"manager", 'M', -1, MATRIX_BY_SESSION},
    {"alfa-head", 'H', 0, MATRIX_BY_SESSION},   {"alfa-buyer", 'B', 0, MATRIX_BY_SESSION},
    {"alfa-viewer", 'V', 0, MATRIX_BY_SESSION}, {"beta-head", 'H', 1, MATRIX_BY_SESSION},
    {"both", 'H', 0, MATRIX_BY_SESSION},        {"both", 'B', 1, MATRIX_BY_SESSION},
    {"program", 'E', -1, MATRIX_BY_TOKEN},      {"program", 'E', -1, MATRIX_BY_BASIC},
};

static const MatrixCaller callers_of_base[] = {
    {"admin", 'A', -1, MATRIX_BY_SESSION},  {"manager", 'M', -1, MATRIX_BY_SESSION},
    {"head", 'H', -1, MATRIX_BY_SESSION},   {"buyer", 'B', -1, MATRIX_BY_SESSION},
    {"viewer", 'V', -1, MATRIX_BY_SESSION}, {"program", 'E', -1, MATRIX_BY_TOKEN},
    {"program", 'E', -1, MATRIX_BY_BASIC},
};

/* What nobody else may read in an answer: names, logins, and the price of a hammer. */
static const char *const traces[2][3] = {{"Альфа", "alfa-", "\"100.50\""},
                                         {"Бета", "beta-", "\"150.00\""}};

static gboolean
has_right(const MatrixRow *row, const MatrixCaller *caller)
{
    return strchr(row->who, g_ascii_toupper(caller->letter)) != NULL ||
           strchr(row->who, g_ascii_tolower(caller->letter)) != NULL;
}

/* Whether the thing of this column is the caller's to use. */
static gboolean
is_theirs(const MatrixRow *row, const MatrixCaller *caller, MatrixColumn column)
{
    /* Whoever acts for both may choose both. */
    gboolean others = column == MATRIX_OTHERS &&
                      !(row->thing == MATRIX_PARTNER && strcmp(caller->login, "both") == 0);

    return column != MATRIX_NOWHERE && !others && strchr(row->who, caller->letter) != NULL;
}

static void
assert_no_trace(const MatrixCaller *caller, const char *route, const char *text, const char *trace)
{
    if (trace != NULL && strstr(text, trace) != NULL)
        g_error("%s: %s reads “%s” of the other partner: %s", route, caller->login, trace, text);
}

/* For whoever does not administer. */
static void
assert_no_traces(const MatrixWorld *world, const MatrixCaller *caller, const char *route,
                 const char *text)
{
    if (world->at_base || caller->letter == 'A' || caller->letter == 'E' ||
        (strcmp(caller->login, "both") == 0 &&
         (g_str_has_suffix(route, "/me") || g_str_has_suffix(route, "/session"))))
        return;
    for (int i = 0; i < 2; i++) {
        const MatrixSide *side = &world->sides[i];
        const char *const ids[] = {side->draft,   side->placed,   side->task,
                                   side->comment, side->document, side->partner};

        for (gsize k = 0; i != caller->side && k < G_N_ELEMENTS(ids); k++)
            assert_no_trace(caller, route, text, ids[k]);
        for (gsize k = 0; i != caller->side && k < G_N_ELEMENTS(traces[i]); k++)
            assert_no_trace(caller, route, text, traces[i][k]);
    }
}

typedef struct {
    MatrixWorld *world;
    const MatrixRow *row;
    const char *route;
    const MatrixCaller *caller;
    char *refused; /* (nullable) (owned): what was answered to the last column that was refused */
} Cells;

static void
expect(const Cells *cells, const char *column, guint status, guint expected, const char *text)
{
    if (status != expected)
        g_error("%s, %s (%c), %s: %u instead of %u: %s", cells->route, cells->caller->login,
                cells->caller->letter, column, status, expected, text);
}

/* Refused alike, whatever it is about, and nothing is changed. */
static void
assert_refused(Cells *cells, const char *column, guint status, gboolean denied, JsonNode *answer,
               const char *text)
{
    expect(cells, column, status, denied ? 403 : 404, text);
    g_assert_cmpstr(test_json_text(answer, "code"), ==, denied ? "denied" : "not-found");
    if (cells->refused != NULL)
        g_assert_cmpstr(text, ==, cells->refused);
    g_free(cells->refused);
    cells->refused = g_strdup(text);
}

static void
wait_for_run(MatrixWorld *world, JsonNode *run)
{
    g_autofree char *path = g_strconcat("/api/v1/exchange/runs/", test_json_text(run, "id"), NULL);
    g_autofree char *authorization = matrix_world_session(world, "admin");
    gint64 until = g_get_monotonic_time() + 20 * G_USEC_PER_SEC;
    gboolean ended = FALSE;

    while (!ended) {
        g_autoptr(JsonNode) now = NULL;

        g_assert_cmpuint(
            test_pair_ask_as(world->address, authorization, "GET", path, NULL, NULL, &now), ==,
            200);
        ended = json_object_has_member(json_node_get_object(now), "ended_at");
        g_assert_cmpint(g_get_monotonic_time(), <, until);
        g_usleep(2000);
    }
}

/* @strange: (nullable): an id of something of another one's that is no such thing */
static void
check_cell(Cells *cells, MatrixColumn column, const char *strange)
{
    static const char *const names[] = {"own", "another one's", "nowhere"};
    MatrixWorld *world = cells->world;
    const MatrixRow *row = cells->row;
    gboolean may = has_right(row, cells->caller) && is_theirs(row, cells->caller, column);
    g_autofree char *authorization = matrix_world_authorize(world, cells->caller);
    gboolean fresh = may && !g_str_has_prefix(row->route, "GET ");
    g_autoptr(JsonNode) answer = NULL;
    g_autofree char *text = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    char *ids[2];
    guint status;

    matrix_world_find(world, row->thing, cells->caller, column, fresh, ids);
    if (strange != NULL) {
        g_free(ids[0]);
        ids[0] = g_strdup(strange);
    }
    if (row->thing == MATRIX_BASKET && may)
        test_pair_fill(world->test, authorization + strlen("Bearer "));
    before = matrix_world_describe(world);
    status = matrix_ask(world, row, cells->route, authorization, ids, &answer, &text);
    if (may) {
        expect(cells, names[column], status, row->own, text);
        assert_no_traces(world, cells->caller, cells->route, text);
        if (status == 202)
            wait_for_run(world, answer);
        if (g_str_has_suffix(row->route, "/me/password"))
            matrix_world_set_passwords(world);
    } else {
        assert_refused(cells, names[column], status, !has_right(row, cells->caller), answer, text);
        after = matrix_world_describe(world);
        g_assert_cmpstr(after, ==, before);
    }
    g_free(ids[0]);
    g_free(ids[1]);
}

static void
check_open(MatrixWorld *world, const MatrixRow *row, const char *route, const MatrixCaller *caller)
{
    g_autofree char *authorization = matrix_world_authorize(world, caller);

    matrix_check_open(world, row, route, authorization);
}

/* Whatever another partner has is nowhere in every place. */
static guint
check_strange(Cells *cells)
{
    const MatrixSide *side = &cells->world->sides[cells->caller->side == 0];
    const char *const strange[] = {side->draft,   side->placed,   side->task,
                                   side->comment, side->document, side->partner};
    guint n = 0;

    if (cells->caller->side < 0 || cells->row->thing == MATRIX_PARTNER)
        return 0;
    for (gsize i = 0; i < G_N_ELEMENTS(strange); i++, n++)
        check_cell(cells, MATRIX_NOWHERE, strange[i]);
    return n;
}

/* How many cells there are. */
static guint
check_row(MatrixWorld *world, const MatrixRow *row, const char *route, const MatrixCaller *caller)
{
    Cells cells = {world, row, route, caller, NULL};
    guint n;

    if (strcmp(row->who, "-") == 0) {
        check_open(world, row, route, caller);
        return 1;
    }
    check_cell(&cells, MATRIX_OWN, NULL);
    n = 1;
    if (row->thing >= MATRIX_DRAFT) {
        check_cell(&cells, MATRIX_OTHERS, NULL);
        n += 1 + check_strange(&cells);
    }
    if (row->thing > MATRIX_BASKET) {
        check_cell(&cells, MATRIX_NOWHERE, NULL);
        n++;
    }
    g_free(cells.refused);
    return n;
}

static void
test_end(TestPair *test, gconstpointer data)
{
    g_auto(MatrixWorld) world = {0};
    g_auto(GStrv) routes = NULL;
    gboolean at_base = GPOINTER_TO_INT(data);
    const MatrixCaller *callers = at_base ? callers_of_base : callers_of_portal;
    guint n_callers = at_base ? G_N_ELEMENTS(callers_of_base) : G_N_ELEMENTS(callers_of_portal);
    guint n_cells = 0;

    matrix_world_init(&world, test, at_base);
    routes = matrix_world_list_routes(&world);
    for (guint i = 0; routes[i] != NULL; i++)
        if (matrix_find_row(at_base, routes[i]) == NULL)
            g_error("The matrix has no row for %s", routes[i]);
    /* And no row without a route. */
    g_assert_cmpuint(g_strv_length(routes), ==, matrix_count_rows(at_base));
    for (guint i = 0; routes[i] != NULL; i++)
        for (guint k = 0; k < n_callers; k++)
            n_cells +=
                check_row(&world, matrix_find_row(at_base, routes[i]), routes[i], &callers[k]);
    n_cells += matrix_check_closed(&world, routes);
    g_test_message("%u cells", n_cells);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add("/matrix/portal", TestPair, GINT_TO_POINTER(FALSE), test_pair_set_up, test_end,
               test_pair_tear_down);
    g_test_add("/matrix/base", TestPair, GINT_TO_POINTER(TRUE), test_pair_set_up, test_end,
               test_pair_tear_down);
    return g_test_run();
}
