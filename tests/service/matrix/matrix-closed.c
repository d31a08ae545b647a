/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-keys.h"
#include "kab-users.h"
#include "matrix.h"
#include "test-json.h"

#include <string.h>

#define MAKE_EXPIRED "UPDATE api_token SET expires_at = 1 WHERE client_id = $1"
#define MAKE_IDLE "UPDATE session SET used_at = used_at - 8 * 86400000 WHERE user_id = $1"
#define MAKE_OLD "UPDATE session SET created_at = created_at - 91 * 86400000 WHERE user_id = $1"

static guint
ask_me(MatrixWorld *world, const char *authorization)
{
    return test_pair_ask_as(world->address, authorization, "GET", "/api/v1/me", NULL, NULL, NULL);
}

/* Asks with a header that has to be good. */
static JsonNode *
ask_well(MatrixWorld *world, const char *authorization, const char *method, const char *path,
         const char *body, guint expected)
{
    JsonNode *answer = NULL;

    g_assert_cmpuint(
        test_pair_ask_as(world->address, authorization, method, path, body, "key", &answer), ==,
        expected);
    return answer;
}

static KabUser *
load_user(MatrixWorld *world, const char *login)
{
    g_autoptr(GError) error = NULL;
    KabUser *user = kab_users_load(world->db, login, &error);

    g_assert_no_error(error);
    return user;
}

/* The session of a new administrator, to whom something will happen. */
static char *
begin(MatrixWorld *world, const char *login)
{
    char *authorization;

    test_pair_add_user(world->db, login, KAB_ROLE_ADMINISTRATOR);
    matrix_world_set_passwords(world);
    authorization = matrix_world_session(world, login);
    g_assert_cmpuint(ask_me(world, authorization), ==, 200);
    return authorization;
}

static void
change_session(MatrixWorld *world, const char *login, const char *sql)
{
    g_autoptr(KabUser) user = load_user(world, login);
    g_autoptr(GError) error = NULL;

    kab_db_run(world->db, sql, KAB_BIND(kab_text(user->id.text)), &error);
    g_assert_no_error(error);
}

static char *
make_idle(MatrixWorld *world)
{
    char *authorization = begin(world, "idle");

    change_session(world, "idle", MAKE_IDLE);
    return authorization;
}

static char *
make_old(MatrixWorld *world)
{
    char *authorization = begin(world, "old");

    change_session(world, "old", MAKE_OLD);
    return authorization;
}

static char *
make_signed_out(MatrixWorld *world)
{
    char *authorization = begin(world, "signed-out");

    json_node_unref(ask_well(world, authorization, "DELETE", "/api/v1/session", NULL, 204));
    return authorization;
}

static char *
make_changed_password(MatrixWorld *world)
{
    char *authorization = begin(world, "with-another-password");

    json_node_unref(ask_well(
        world, authorization, "PUT", "/api/v1/me/password",
        "{'before': '" MATRIX_PASSWORD "', 'password': '" MATRIX_OTHER_PASSWORD "'}", 200));
    return authorization;
}

/* The administrator ends one, or all sessions of the user. */
static char *
make_ended(MatrixWorld *world, const char *login, gboolean all)
{
    char *authorization = begin(world, login);
    g_autofree char *admin = matrix_world_session(world, "admin");
    g_autoptr(KabUser) user = load_user(world, login);
    g_autofree char *path = g_strconcat("/api/v1/users/", user->id.text, "/sessions", NULL);
    g_autoptr(JsonNode) list = ask_well(world, admin, "GET", path, NULL, 200);
    g_autofree char *one = g_strconcat(path, "/", test_json_text(list, "items/0/id"), NULL);

    json_node_unref(ask_well(world, admin, "DELETE", all ? path : one, NULL, 204));
    return authorization;
}

static char *
make_one_ended(MatrixWorld *world)
{
    return make_ended(world, "ended", FALSE);
}

static char *
make_all_ended(MatrixWorld *world)
{
    return make_ended(world, "all-ended", TRUE);
}

static void
deactivate(MatrixWorld *world, const char *login)
{
    g_autoptr(KabUser) user = load_user(world, login);
    g_autoptr(GError) error = NULL;

    user->active = FALSE;
    kab_users_put(world->db, user, &error);
    g_assert_no_error(error);
}

static char *
make_deactivated(MatrixWorld *world)
{
    char *authorization = begin(world, "deactivated");

    deactivate(world, "deactivated");
    return authorization;
}

static char *
make_deleted(MatrixWorld *world)
{
    char *authorization = begin(world, "deleted");
    g_autoptr(KabUser) user = load_user(world, "deleted");
    g_autoptr(GError) error = NULL;

    kab_users_delete(world->db, user->id, &error);
    g_assert_no_error(error);
    return authorization;
}

/* A token of another program's key. */
static char *
begin_token(MatrixWorld *world, const char *login, char **client_id)
{
    g_autofree char *client_secret = NULL;
    g_autofree char *token = NULL;
    g_autoptr(KabUser) user = NULL;
    g_autoptr(GError) error = NULL;
    char *authorization;

    test_pair_add_user(world->db, login, KAB_ROLE_EXCHANGE);
    user = load_user(world, login);
    kab_keys_create(world->db, user->id, client_id, &client_secret, &error);
    g_assert_no_error(error);
    token = kab_keys_grant(world->db, *client_id, client_secret, kab_time_now(), &error);
    g_assert_no_error(error);
    authorization = g_strconcat("Bearer ", token, NULL);
    g_assert_cmpuint(ask_me(world, authorization), ==, 200);
    return authorization;
}

static char *
make_revoked_key(MatrixWorld *world)
{
    g_autofree char *client_id = NULL;
    char *authorization = begin_token(world, "with-revoked-key", &client_id);
    g_autoptr(GError) error = NULL;

    kab_keys_revoke(world->db, client_id, &error);
    g_assert_no_error(error);
    return authorization;
}

static char *
make_expired_token(MatrixWorld *world)
{
    g_autofree char *client_id = NULL;
    char *authorization = begin_token(world, "with-old-token", &client_id);
    g_autoptr(GError) error = NULL;

    kab_db_run(world->db, MAKE_EXPIRED, KAB_BIND(kab_text(client_id)), &error);
    g_assert_no_error(error);
    return authorization;
}

static char *
make_deactivated_program(MatrixWorld *world)
{
    g_autofree char *client_id = NULL;
    char *authorization = begin_token(world, "deactivated-program", &client_id);

    deactivate(world, "deactivated-program");
    return authorization;
}

/* Whose session is for a partner that the user may not act for any more. */
static char *
make_moved(MatrixWorld *world)
{
    static const MatrixCaller both = {"both", 'B', 1, MATRIX_BY_SESSION};
    char *authorization = NULL;
    g_autoptr(KabUser) user = NULL;
    g_autoptr(GPtrArray) none = g_ptr_array_new();
    g_autoptr(GError) error = NULL;

    if (world->at_base)
        return NULL;
    authorization = matrix_world_authorize(world, &both);
    g_assert_cmpuint(ask_me(world, authorization), ==, 200);
    user = load_user(world, "both");
    g_clear_pointer(&user->memberships, g_ptr_array_unref);
    user->memberships = g_ptr_array_ref(none);
    kab_users_put(world->db, user, &error);
    g_assert_no_error(error);
    return authorization;
}

static char *
make_garbage(MatrixWorld *world G_GNUC_UNUSED)
{
    return g_strdup("Bearer nonsense");
}

static char *
make_empty(MatrixWorld *world G_GNUC_UNUSED)
{
    return g_strdup("Bearer ");
}

static char *
make_unknown_scheme(MatrixWorld *world)
{
    g_autofree char *authorization = matrix_world_session(world, "admin");

    return g_strconcat("Token ", authorization + strlen("Bearer "), NULL);
}

static char *
make_damaged_basic(MatrixWorld *world G_GNUC_UNUSED)
{
    return g_strdup("Basic %%%");
}

static char *
make_of_other_end(MatrixWorld *world)
{
    return g_strconcat("Bearer ", world->at_base ? world->test->a : world->test->manager, NULL);
}

/* A Client Secret is no token. */
static char *
make_secret(MatrixWorld *world)
{
    return g_strconcat("Bearer ", world->client_secret, NULL);
}

/* With the right login and password of somebody who is no program. */
static char *
make_persons_basic(MatrixWorld *world)
{
    static const MatrixCaller admin = {"admin", 'A', -1, MATRIX_BY_BASIC};

    matrix_world_set_passwords(world);
    return matrix_world_authorize(world, &admin);
}

/* Whoever fails more often has to wait, so these ask only for what is the other end's. */
static char *
make_wrong_basic(MatrixWorld *world)
{
    static const MatrixCaller wrong = {"mistaken-program", 'E', -1, MATRIX_BY_BASIC};

    test_pair_add_user(world->db, wrong.login, KAB_ROLE_EXCHANGE);
    return matrix_world_authorize(world, &wrong);
}

static char *
make_deactivated_basic(MatrixWorld *world)
{
    static const MatrixCaller program = {"program", 'E', -1, MATRIX_BY_BASIC};
    char *authorization;

    matrix_world_set_passwords(world);
    authorization = matrix_world_authorize(world, &program);
    g_assert_cmpuint(ask_me(world, authorization), ==, 200);
    deactivate(world, "program");
    return authorization;
}

static const struct {
    const char *name;
    char *(*make)(MatrixWorld *world); /* NULL for no header at all */
    gboolean few;                      /* only what the exchange may ask for */
} nobodies[] = {
    {"nobody", NULL},
    {"garbage", make_garbage},
    {"an empty token", make_empty},
    {"an unknown scheme", make_unknown_scheme},
    {"a damaged Basic", make_damaged_basic},
    {"a session of the other end", make_of_other_end},
    {"a Client Secret", make_secret},
    {"a person's Basic", make_persons_basic},
    {"idle for too long", make_idle},
    {"begun too long ago", make_old},
    {"signed out", make_signed_out},
    {"another password", make_changed_password},
    {"ended by the administrator", make_one_ended},
    {"all ended by the administrator", make_all_ended},
    {"deactivated", make_deactivated},
    {"deleted", make_deleted},
    {"for a partner no more", make_moved},
    {"a revoked key", make_revoked_key},
    {"an expired token", make_expired_token},
    {"a deactivated program", make_deactivated_program},
    {"a program's Basic, wrong", make_wrong_basic, TRUE},
    {"a program's Basic, deactivated", make_deactivated_basic, TRUE},
};

void
matrix_check_open(MatrixWorld *world, const MatrixRow *row, const char *route,
                  const char *authorization)
{
    g_autoptr(JsonNode) answer = NULL;
    g_autofree char *text = NULL;
    char *ids[2] = {NULL, NULL};
    guint status = matrix_ask(world, row, route, authorization, ids, &answer, &text);

    if (status != row->own)
        g_error("%s: %u instead of %u: %s", route, status, row->own, text);
}

/* One answer to everything, whatever it is about. */
static void
check_cell(MatrixWorld *world, const char *name, const char *authorization, const MatrixRow *row,
           const char *route, MatrixColumn column, char **told)
{
    static const MatrixCaller head = {"alfa-head", 'H', 0, MATRIX_BY_SESSION};
    static const MatrixCaller manager = {"manager", 'M', -1, MATRIX_BY_SESSION};
    g_autoptr(JsonNode) answer = NULL;
    g_autofree char *text = NULL;
    char *ids[2];
    guint status;

    matrix_world_find(world, row->thing, world->at_base ? &manager : &head, column, FALSE, ids);
    status = matrix_ask(world, row, route, authorization, ids, &answer, &text);
    if (status != 401)
        g_error("%s, %s: %u instead of 401: %s", route, name, status, text);
    g_assert_cmpstr(test_json_text(answer, "code"), ==, "unauthorized");
    if (*told == NULL)
        *told = g_strdup(text);
    g_assert_cmpstr(text, ==, *told);
    g_free(ids[0]);
    g_free(ids[1]);
}

static guint
check_nobody(MatrixWorld *world, guint i, GStrv routes)
{
    g_autofree char *authorization = nobodies[i].make != NULL ? nobodies[i].make(world) : NULL;
    g_autofree char *told = NULL;
    guint n_cells = 0;

    if (nobodies[i].make != NULL && authorization == NULL)
        return 0;
    for (guint k = 0; routes[k] != NULL; k++) {
        const MatrixRow *row = matrix_find_row(world->at_base, routes[k]);

        if (nobodies[i].few && strcmp(row->who, "E") != 0)
            continue;
        if (strcmp(row->who, "-") == 0) {
            /* Each works on a password. */
            if (i < 2)
                matrix_check_open(world, row, routes[k], authorization);
            continue;
        }
        check_cell(world, nobodies[i].name, authorization, row, routes[k], MATRIX_OWN, &told);
        n_cells++;
        if (row->thing > MATRIX_BASKET && nobodies[i].make != make_persons_basic) {
            check_cell(world, nobodies[i].name, authorization, row, routes[k], MATRIX_NOWHERE,
                       &told);
            n_cells++;
        }
    }
    return n_cells;
}

guint
matrix_check_closed(MatrixWorld *world, GStrv routes)
{
    guint n_cells = 0;

    for (guint i = 0; i < G_N_ELEMENTS(nobodies); i++)
        n_cells += check_nobody(world, i, routes);
    return n_cells;
}
