/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-publication.h"
#include "kab-base.h"
#include "kab-http-router.h"
#include "kab-keys.h"
#include "kab-portal.h"
#include "kab-sessions.h"
#include "kab-users.h"
#include "matrix.h"
#include "test-json.h"

#include <sodium.h>
#include <string.h>

#define INSERT_PICTURE                                 \
    "INSERT INTO picture (id, hash, media_type, file)" \
    " VALUES ('50000000-0000-4000-8000-000000000001', 'f00d', 'image/png', x'89504e47')"
#define INSERT_PRODUCT_PICTURE                                 \
    "INSERT INTO product_picture (product_id, position, hash)" \
    " VALUES ('" TEST_LAMP "', 0, 'f00d')"
#define LETTER "40000000-0000-4000-8000-000000000001"
#define NEWS "60000000-0000-4000-8000-000000000001"
#define INSERT_NEWS                                            \
    "INSERT INTO news (id, published_at, author, title, text)" \
    " VALUES ('" NEWS "', 1000, 'Анна', 'Склад', 'Закрыт') ON CONFLICT (id) DO NOTHING"
#define INSERT_LETTER                                                                               \
    "INSERT INTO letter (id, kind, user_id, state, created_at, next_attempt_at, error)"             \
    " SELECT '" LETTER "', 'reset', id, 'failed', 1, 1, 'Нет такого ящика' FROM user" \
    " WHERE login = 'alfa-head'"
/* The other end's own password stays. */
#define SET_PASSWORDS \
    "UPDATE user SET password_hash = $1 WHERE role <> 'exchange' OR login = 'program'"
#define SELECT_TASK "SELECT id FROM task WHERE order_id = $1"
#define SELECT_ACT                                                              \
    "SELECT id FROM document WHERE kind = 'reconciliation' AND state = 'ready'" \
    " AND partner_id = $1"
#define SELECT_COMMENT "SELECT id FROM order_comment WHERE order_id = $1"
#define SELECT_ALL                                                                         \
    "SELECT (SELECT count(*) || ' orders of version ' || sum(version) FROM orders)"        \
    " || (SELECT ', comments ' || count(*) FROM order_comment)"                            \
    " || (SELECT ', documents ' || count(*) || coalesce(sum(asked_at), 0) FROM document)"  \
    " || (SELECT ', tasks ' || count(*) || ' decided ' || sum(attempt) FROM task)"         \
    " || (SELECT ', sessions ' || count(*) || coalesce(max(partner_id), '') FROM session)" \
    " || (SELECT ', queue ' || count(*) FROM queue)"
#define SELECT_PARTNER "SELECT id FROM partner WHERE name = $1"
#define SELECT_SESSION \
    "SELECT id FROM session WHERE user_id = $1 ORDER BY created_at DESC, used_at DESC LIMIT 1"

static const char *const heads[] = {"alfa-head", "beta-head"};
static const char *const buyers[] = {"alfa-buyer", "beta-buyer"};
static const char *const partners[] = {"Альфа", "Бета"};

static char *
find_text(KabDb *db, const char *sql, const char *value)
{
    g_autoptr(GError) error = NULL;
    char *text = NULL;

    if (value != NULL)
        kab_db_get_text(db, sql, KAB_BIND(kab_text(value)), &text, &error);
    else
        kab_db_get_text(db, sql, KAB_BIND_NONE, &text, &error);
    g_assert_no_error(error);
    g_assert_nonnull(text);
    return text;
}

static void
run_sql(KabDb *db, const char *sql)
{
    g_autoptr(GError) error = NULL;

    kab_db_script(db, sql, &error);
    g_assert_no_error(error);
}

/* A draft of the head's, or an order that the buyer has placed. */
static char *
make_order(TestPair *test, int side, gboolean place)
{
    g_autofree char *token = test_pair_session(test->portal, place ? buyers[side] : heads[side]);
    g_autofree char *key = g_uuid_string_random();
    g_autofree char *body = g_strdup_printf("{'place': %s, 'comment': 'Секретный %s'}",
                                            place ? "true" : "false", partners[side]);
    g_autoptr(JsonNode) order = NULL;

    test_pair_fill(test, token);
    g_assert_cmpuint(test_pair_ask(kab_pair_get_portal_address(test->pair), token, "POST",
                                   "/api/v1/orders", body, key, &order),
                     ==, 200);
    return g_strdup(test_json_text(order, "id"));
}

/* Of an order that was just placed, and that both ends have. */
static char *
make_task(TestPair *test, KabDb *db, int side)
{
    g_autofree char *order = make_order(test, side, TRUE);

    test_pair_exchange(test);
    return find_text(db, SELECT_TASK, order);
}

static void
fill_side(MatrixWorld *world, int i)
{
    TestPair *test = world->test;
    MatrixSide *side = &world->sides[i];
    g_autofree char *token = test_pair_session(test->portal, heads[i]);
    g_autofree char *path = NULL;

    side->partner = find_text(test->portal, SELECT_PARTNER, partners[i]);
    side->draft = make_order(test, i, FALSE);
    side->placed = make_order(test, i, TRUE);
    path = g_strdup_printf("/api/v1/comments/%s/5000000%d-0000-4000-8000-000000000001",
                           side->placed, i);
    json_node_unref(test_pair_portal(test, token, "PUT", path, "{'text': 'Секретный'}", 200));
    json_node_unref(test_pair_portal(
        test, token, "POST", "/api/v1/documents",
        "{'kind': 'reconciliation', 'from': '2026-01-01', 'to': '2026-12-31'}", 200));
    test_pair_exchange(test);
    test_pair_exchange(test);
    side->comment = find_text(test->portal, SELECT_COMMENT, side->placed);
    side->document = find_text(test->portal, SELECT_ACT, side->partner);
    if (!world->at_base)
        side->task = find_text(test->portal, SELECT_TASK, side->placed);
}

static void
add_user(MatrixWorld *world, const char *login, KabRole role)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_users_find(world->db, login, &error);

    g_assert_no_error(error);
    if (user == NULL)
        test_pair_add_user(world->db, login, role);
}

/* Somebody of Beta's, and somebody of Alfa's who acts for Beta too. */
static void
add_people(TestPair *test)
{
    const KabRole buyer = KAB_ROLE_BUYER;
    g_autofree char *alfa = find_text(test->portal, SELECT_PARTNER, partners[0]);
    g_autofree char *beta = find_text(test->portal, SELECT_PARTNER, partners[1]);
    g_autoptr(GError) error = NULL;

    g_free(test_pair_add_contact(test, kab_partner_id_of(beta), "beta-buyer", KAB_ROLE_BUYER));
    g_free(test_pair_add_contact(test, kab_partner_id_of(alfa), "both", KAB_ROLE_HEAD));
    kab_base_publication_set_partner(kab_pair_get_base(test->pair), test->base, KAB_ACTOR_SERVICE,
                                     "both", kab_partner_id_of(beta), &buyer, &error);
    g_assert_no_error(error);
    test_pair_exchange(test);
}

void
matrix_world_set_passwords(MatrixWorld *world)
{
    g_autoptr(GError) error = NULL;

    kab_db_run(world->db, SET_PASSWORDS, KAB_BIND(kab_text(world->hash)), &error);
    g_assert_no_error(error);
}

static void
add_key(MatrixWorld *world)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_users_load(world->db, "program", &error);

    g_assert_no_error(error);
    kab_keys_create(world->db, user->id, &world->client_id, &world->client_secret, &error);
    g_assert_no_error(error);
}

/* What a real hash costs is not what is tested here. */
static char *
make_cheap_hash(void)
{
    char *hash = g_malloc0(crypto_pwhash_STRBYTES);

    g_assert_cmpint(crypto_pwhash_str_alg(hash, MATRIX_PASSWORD, strlen(MATRIX_PASSWORD),
                                          crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN,
                                          crypto_pwhash_ALG_ARGON2ID13),
                    ==, 0);
    return hash;
}

void
matrix_world_init(MatrixWorld *world, TestPair *test, gboolean at_base)
{
    memset(world, 0, sizeof *world);
    world->test = test;
    world->at_base = at_base;
    world->db = at_base ? test->base : test->portal;
    world->address =
        at_base ? kab_pair_get_base_address(test->pair) : kab_pair_get_portal_address(test->pair);
    run_sql(world->db, "PRAGMA synchronous = OFF");
    world->hash = make_cheap_hash();
    add_user(world, "manager", KAB_ROLE_MANAGER);
    add_user(world, "program", KAB_ROLE_EXCHANGE);
    if (at_base) {
        add_user(world, "clerk", KAB_ROLE_MANAGER);
        world->clerk = test_pair_session(world->db, "clerk");
        add_user(world, "head", KAB_ROLE_HEAD);
        add_user(world, "buyer", KAB_ROLE_BUYER);
        add_user(world, "viewer", KAB_ROLE_VIEWER);
    }
    add_people(test);
    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 0, at_base ? KAB_ROLE_MANAGER : KAB_ROLE_HEAD);
    fill_side(world, 0);
    fill_side(world, 1);
    if (at_base) {
        world->base_task = make_task(test, test->base, 0);
        world->others_base_task = make_task(test, test->base, 0);
        g_assert_true(kab_db_run(test->base, "UPDATE task SET role = 'head' WHERE id = $1",
                                 KAB_BIND(kab_text(world->others_base_task)), NULL));
    } else {
        run_sql(test->portal, INSERT_LETTER);
        run_sql(test->portal, INSERT_PICTURE);
        run_sql(test->portal, INSERT_PRODUCT_PICTURE);
    }
    add_key(world);
    matrix_world_set_passwords(world);
}

void
matrix_world_clear(MatrixWorld *world)
{
    for (gsize i = 0; i < G_N_ELEMENTS(world->sides); i++) {
        g_free(world->sides[i].draft);
        g_free(world->sides[i].placed);
        g_free(world->sides[i].task);
        g_free(world->sides[i].document);
        g_free(world->sides[i].comment);
        g_free(world->sides[i].partner);
    }
    g_free(world->clerk);
    g_free(world->base_task);
    g_free(world->others_base_task);
    g_free(world->client_id);
    g_free(world->client_secret);
    g_free(world->hash);
}

static char *
begin_session(MatrixWorld *world, const char *login, const char *partner_id)
{
    const KabSessionOrigin origin = {.partner_id = partner_id};
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_users_load(world->db, login, &error);
    g_autofree char *token = NULL;

    g_assert_no_error(error);
    token = kab_sessions_begin(world->db, user->id, &origin, &error);
    g_assert_no_error(error);
    return g_strconcat("Bearer ", token, NULL);
}

char *
matrix_world_session(MatrixWorld *world, const char *login)
{
    return begin_session(world, login, NULL);
}

char *
matrix_world_token(MatrixWorld *world)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *token =
        kab_keys_grant(world->db, world->client_id, world->client_secret, kab_time_now(), &error);

    g_assert_no_error(error);
    return g_strconcat("Bearer ", token, NULL);
}

char *
matrix_world_authorize(MatrixWorld *world, const MatrixCaller *caller)
{
    g_autofree char *credentials = g_strconcat(caller->login, ":" MATRIX_PASSWORD, NULL);
    g_autofree char *encoded = NULL;

    if (caller->way == MATRIX_BY_TOKEN)
        return matrix_world_token(world);
    if (caller->way == MATRIX_BY_SESSION)
        return begin_session(world, caller->login,
                             caller->side == 1 && strcmp(caller->login, "both") == 0
                                 ? world->sides[1].partner
                                 : NULL);
    encoded = g_base64_encode((const guchar *)credentials, strlen(credentials));
    return g_strconcat("Basic ", encoded, NULL);
}

static char *
find_user_id(MatrixWorld *world, const char *login)
{
    return find_text(world->db, "SELECT id FROM user WHERE login = $1", login);
}

/* A session of the user that has just begun. */
static char *
make_session(MatrixWorld *world, const char *login)
{
    g_autofree char *id = find_user_id(world, login);

    run_sql(world->db, "UPDATE session SET created_at = created_at - 1000");
    g_free(begin_session(world, login, NULL));
    return find_text(world->db, SELECT_SESSION, id);
}

static char *
find_task(MatrixWorld *world, int side, MatrixColumn column, gboolean fresh)
{
    if (world->at_base && column == MATRIX_OTHERS)
        return g_strdup(world->others_base_task);
    if (world->at_base)
        return fresh ? make_task(world->test, world->db, 0) : g_strdup(world->base_task);
    return fresh ? make_task(world->test, world->db, side) : g_strdup(world->sides[side].task);
}

/* What the user @login and the other user @other have. */
static void
find_sessions(MatrixWorld *world, MatrixThing thing, const MatrixCaller *caller,
              MatrixColumn column, char *ids[2])
{
    const char *other = strcmp(caller->login, "admin") == 0 ? "manager" : "admin";

    if (thing == MATRIX_SESSION) {
        ids[0] = make_session(world, column == MATRIX_OWN ? caller->login : other);
    } else {
        ids[0] = find_user_id(world, "manager");
        ids[1] = make_session(world, column == MATRIX_OWN ? "manager" : "admin");
    }
}

/* Somebody who is not among the callers, and so may be taken away. */
static char *
make_program(MatrixWorld *world)
{
    g_autofree char *login = g_uuid_string_random();
    KabUser user = {.id = kab_user_id_new(),
                    .login = login,
                    .name = login,
                    .role = KAB_ROLE_EXCHANGE,
                    .active = TRUE};
    g_autoptr(GError) error = NULL;

    kab_users_put(world->db, &user, &error);
    g_assert_no_error(error);
    return g_strdup(user.id.text);
}

static char *
make_key(MatrixWorld *world)
{
    g_autofree char *id = make_program(world);
    g_autofree char *secret = NULL;
    g_autoptr(GError) error = NULL;
    char *client_id = NULL;

    kab_keys_create(world->db, kab_user_id_of(id), &client_id, &secret, &error);
    g_assert_no_error(error);
    return client_id;
}

/* What is not there; of a user's sessions, the user is. */
static void
find_nowhere(MatrixWorld *world, MatrixThing thing, char *ids[2])
{
    ids[0] = g_strdup(TEST_NOWHERE);
    ids[1] = g_uuid_string_random();
    if (thing == MATRIX_USER_SESSION) {
        g_free(ids[0]);
        ids[0] = find_user_id(world, "manager");
    }
}

void
matrix_world_find(MatrixWorld *world, MatrixThing thing, const MatrixCaller *caller,
                  MatrixColumn column, gboolean fresh, char *ids[2])
{
    int own = MAX(caller->side, 0);
    int side = column == MATRIX_OTHERS ? !own : own;
    const MatrixSide *stock = &world->sides[side];

    ids[0] = NULL;
    ids[1] = NULL;
    if (column == MATRIX_NOWHERE) {
        find_nowhere(world, thing, ids);
        return;
    }
    switch (thing) {
    case MATRIX_NOTHING:
    case MATRIX_BASKET:
        break;
    case MATRIX_PRODUCT:
        ids[0] = g_strdup(TEST_LAMP);
        break;
    case MATRIX_PICTURE:
        ids[0] = g_strdup(TEST_LAMP);
        ids[1] = g_strdup("1");
        break;
    case MATRIX_USER:
        ids[0] = find_user_id(world, "manager");
        break;
    case MATRIX_PROGRAM:
        ids[0] = make_program(world);
        break;
    case MATRIX_KEY:
        ids[0] = make_key(world);
        break;
    case MATRIX_CONTACT:
        ids[0] =
            find_text(world->db, "SELECT user_id FROM publication WHERE login = $1", "beta-buyer");
        break;
    case MATRIX_LETTER:
        ids[0] = g_strdup(LETTER);
        break;
    case MATRIX_NEWS:
        run_sql(world->db, INSERT_NEWS);
        ids[0] = g_strdup(NEWS);
        break;
    case MATRIX_RUN:
        ids[0] = find_text(world->db, "SELECT id FROM run LIMIT 1", NULL);
        break;
    case MATRIX_JOURNAL:
        ids[0] = find_text(world->db, "SELECT CAST(max(id) AS TEXT) FROM journal", NULL);
        break;
    case MATRIX_DRAFT:
        ids[0] = fresh ? make_order(world->test, side, FALSE) : g_strdup(stock->draft);
        break;
    case MATRIX_COMMENT:
    case MATRIX_CLIENT_COMMENT:
        ids[1] = g_uuid_string_random();
        ids[0] = g_strdup(stock->placed);
        break;
    case MATRIX_PLACED:
    case MATRIX_CLIENT_ORDER:
        ids[0] = fresh && !world->at_base ? make_order(world->test, side, TRUE)
                                          : g_strdup(stock->placed);
        break;
    case MATRIX_DOCUMENT:
        ids[0] = g_strdup(stock->document);
        break;
    case MATRIX_TASK:
        ids[0] = find_task(world, side, column, fresh);
        break;
    case MATRIX_SESSION:
    case MATRIX_USER_SESSION:
        find_sessions(world, thing, caller, column, ids);
        break;
    case MATRIX_PARTNER:
        ids[0] = g_strdup(stock->partner);
        break;
    }
}

char *
matrix_world_describe(MatrixWorld *world)
{
    return find_text(world->db, SELECT_ALL, NULL);
}

GStrv
matrix_world_list_routes(MatrixWorld *world)
{
    g_autoptr(KabHttpRouter) router = kab_http_router_new(NULL, NULL);

    if (world->at_base)
        g_assert_true(kab_base_add_routes(router, kab_pair_get_base(world->test->pair), NULL));
    else
        kab_portal_add_routes(router);
    return kab_http_router_list(router);
}
