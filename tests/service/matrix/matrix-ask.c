/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "matrix.h"

#include <string.h>

static char *
put_in(const char *text, const char *place, const char *value)
{
    g_auto(GStrv) pieces = g_strsplit(text, place, -1);

    return g_strjoinv(value, pieces);
}

/* The path with each {id} replaced by the next one. */
static char *
fill_path(const char *pattern, char *const ids[2])
{
    g_auto(GStrv) pieces = g_strsplit(pattern, "{id}", -1);
    GString *path = g_string_new(pieces[0]);

    for (guint i = 1; pieces[i] != NULL; i++)
        g_string_append_printf(path, "%s%s", ids[MIN(i - 1, 1)], pieces[i]);
    return g_string_free(path, FALSE);
}

static char *
fill_body(MatrixWorld *world, const MatrixRow *row, const char *path, char *const ids[2])
{
    g_autofree char *with_id = NULL;
    g_autofree char *version = NULL;
    g_autoptr(JsonNode) answer = NULL;

    if (row->body == NULL)
        return NULL;
    if (strcmp(row->body, "=") == 0) {
        g_autofree char *stock =
            g_strconcat("/api/v1/client-orders/", world->sides[0].placed, NULL);

        answer = test_pair_base(world->test, world->clerk, "GET",
                                strstr(path, TEST_NOWHERE) != NULL ? stock : path, NULL, 200);
        json_object_remove_member(json_node_get_object(answer), "id");
        return json_to_string(answer, FALSE);
    }
    with_id = put_in(row->body, "{id}", ids[0] != NULL ? ids[0] : "");
    kab_db_get_text(world->db, "SELECT CAST(version AS TEXT) FROM orders WHERE id = $1",
                    KAB_BIND(kab_text(ids[0])), &version, NULL);
    return put_in(with_id, "{version}", version != NULL ? version : "1");
}

guint
matrix_ask(MatrixWorld *world, const MatrixRow *row, const char *route, const char *authorization,
           char *const ids[2], JsonNode **answer, char **text)
{
    g_auto(GStrv) parts = g_strsplit(route, " ", 2);
    g_autofree char *path = fill_path(parts[1], ids);
    g_autofree char *body = fill_body(world, row, path, ids);
    g_autofree char *key = g_uuid_string_random();
    g_autofree char *raw = NULL;
    guint status =
        test_pair_ask_as(world->address, authorization, parts[0], path, body, key, answer);

    raw = json_to_string(*answer, FALSE);
    for (guint i = 0; i < 2 && ids[i] != NULL; i++) {
        g_autofree char *plain = NULL;

        if (strlen(ids[i]) < KAB_ID_SIZE - 1)
            continue; /* a number stands in texts by chance */
        plain = put_in(raw, ids[i], "{id}");

        g_free(raw);
        raw = g_steal_pointer(&plain);
    }
    *text = g_steal_pointer(&raw);
    return status;
}
