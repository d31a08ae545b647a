/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-pair.h"

G_BEGIN_DECLS

#define MATRIX_PASSWORD "four words of everybody"
#define MATRIX_OTHER_PASSWORD "four other words of everybody"

/**
 * MatrixThing:
 *
 * What the places {id} of a route are filled with. From %MATRIX_DRAFT on, it belongs to somebody:
 * there is an own one and another one's.
 */
typedef enum {
    MATRIX_NOTHING,
    MATRIX_BASKET, /* no id, but there are goods in the basket */
    MATRIX_PRODUCT,
    MATRIX_PICTURE,      /* a product, and the number of its picture */
    MATRIX_CLIENT_ORDER, /* at the base, where nobody has own ones */
    MATRIX_CLIENT_COMMENT,
    MATRIX_USER,
    MATRIX_PROGRAM, /* a user who may use HTTP services, not one of the callers */
    MATRIX_KEY,
    MATRIX_CONTACT, /* at the base: a contact person who is published */
    MATRIX_LETTER,
    MATRIX_NEWS,
    MATRIX_RUN,
    MATRIX_JOURNAL,
    MATRIX_DRAFT,
    MATRIX_PLACED,
    MATRIX_COMMENT, /* an order, and a comment that is not there yet */
    MATRIX_DOCUMENT,
    MATRIX_TASK,
    MATRIX_SESSION,
    MATRIX_USER_SESSION, /* a user, and a session of this or of another user */
    MATRIX_PARTNER,
} MatrixThing;

/**
 * MatrixRow:
 * @route: method and path as the router lists them; {peer} is what the other end's paths begin with
 * @who: who has the right: A(dministrator), M(anager), H(ead), B(uyer), V(iewer), E(xchange); a
 *   small letter if none of the things is ever theirs; "-": nobody has to be signed in
 * @thing: what the route is about
 * @body: (nullable): what is sent, with {id} for the first id and {version} for its version; "=":
 *   what GET answers at the same address
 * @own: the status for one that may, if it is there and theirs
 */
typedef struct {
    const char *route;
    const char *who;
    MatrixThing thing;
    const char *body;
    guint own;
} MatrixRow;

typedef enum { MATRIX_OWN, MATRIX_OTHERS, MATRIX_NOWHERE } MatrixColumn;

typedef enum { MATRIX_BY_SESSION, MATRIX_BY_TOKEN, MATRIX_BY_BASIC } MatrixWay;

/**
 * MatrixCaller:
 * @login: who asks
 * @letter: the role, as in #MatrixRow
 * @side: 0 for Alfa, 1 for Beta, -1 for nobody's
 * @way: how it signs in
 */
typedef struct {
    const char *login;
    char letter;
    int side;
    MatrixWay way;
} MatrixCaller;

typedef struct {
    char *draft;
    char *placed;
    char *task;
    char *document;
    char *comment;
    char *partner;
} MatrixSide;

/**
 * MatrixWorld:
 * @sides: what Alfa and Beta have; none of it is ever changed
 *
 * One end with everything that a route can be about.
 */
typedef struct {
    TestPair *test;
    gboolean at_base;
    KabDb *db;
    const char *address;
    MatrixSide sides[2];
    char *clerk; /* a session at the base that nobody ends */
    char *base_task;
    char *others_base_task;
    char *client_id;
    char *client_secret;
    char *hash;
} MatrixWorld;

/** matrix_world_init: makes the world at the portal or the base. */
void matrix_world_init(MatrixWorld *world, TestPair *test, gboolean at_base);

/** matrix_world_clear: frees what it holds. */
void matrix_world_clear(MatrixWorld *world);

/** matrix_world_set_passwords: gives everybody %MATRIX_PASSWORD, again. */
void matrix_world_set_passwords(MatrixWorld *world);

/** matrix_world_authorize: (transfer full): the header of one that has just signed in. */
char *matrix_world_authorize(MatrixWorld *world, const MatrixCaller *caller);

/**
 * matrix_world_find: the ids of a thing.
 * @fresh: whether the request may change it
 */
void matrix_world_find(MatrixWorld *world, MatrixThing thing, const MatrixCaller *caller,
                       MatrixColumn column, gboolean fresh, char *ids[2]);

/** matrix_world_describe: (transfer full): what must not change while others ask for it. */
char *matrix_world_describe(MatrixWorld *world);

/** matrix_find_row: (transfer none) (nullable): the row of a route that an end serves. */
const MatrixRow *matrix_find_row(gboolean at_base, const char *route);

/** matrix_count_rows: how many rows an end has. */
guint matrix_count_rows(gboolean at_base);

/**
 * matrix_ask: asks what a row says.
 * @answer: (out) (transfer full): the answer
 * @text: (out) (transfer full): the same as text, with {id} for each of @ids
 *
 * Returns: the status
 */
guint matrix_ask(MatrixWorld *world, const MatrixRow *row, const char *route,
                 const char *authorization, char *const ids[2], JsonNode **answer, char **text);

/** matrix_check_open: that a route which is open answers whoever asks alike. */
void matrix_check_open(MatrixWorld *world, const MatrixRow *row, const char *route,
                       const char *authorization);

/** matrix_check_closed: that whoever is nobody, or not any more, gets 401; the number of cells. */
guint matrix_check_closed(MatrixWorld *world, GStrv routes);

/** matrix_world_list_routes: (transfer full): the routes as the end serves them. */
GStrv matrix_world_list_routes(MatrixWorld *world);

/** matrix_world_session: (transfer full): the header of a session of @login. */
char *matrix_world_session(MatrixWorld *world, const char *login);

/** matrix_world_token: (transfer full): the header of a token of the exchange's key. */
char *matrix_world_token(MatrixWorld *world);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MatrixWorld, matrix_world_clear)

G_END_DECLS
