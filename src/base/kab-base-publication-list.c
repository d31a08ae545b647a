/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-publication.h"
#include "kab-error.h"
#include "kab-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the portal has rejected is as much in the way as what it tells. */
#define SELECT_PAGE                                                                               \
    "SELECT x.id, x.own, x.name, x.partner_name, x.email, b.login, b.role, b.state,"              \
    " coalesce((SELECT q.error FROM queue q WHERE q.kind = 'user' AND q.object_id = x.id"         \
    " AND q.state = 'failed'), b.problem)"                                                        \
    " FROM (SELECT c.id, 0 AS own, c.name, p.name || coalesce((SELECT ', ' ||"                    \
    " group_concat(o.name, ', ') FROM contact_membership m JOIN partner o ON o.id = m.partner_id" \
    " WHERE m.contact_id = c.id), '') AS partner_name, c.email FROM contact c"                    \
    " JOIN partner p ON p.id = c.partner_id WHERE c.deleted = 0 AND p.deleted = 0"                \
    " UNION ALL SELECT u.id, 1, u.name, NULL, u.email FROM user u"                                \
    " WHERE u.role IN ('administrator', 'manager')"                                               \
    " UNION ALL SELECT g.user_id, g.own, NULL, NULL, NULL FROM publication g WHERE NOT EXISTS"    \
    " (SELECT 1 FROM contact c JOIN partner p ON p.id = c.partner_id WHERE c.id = g.user_id"      \
    " AND c.deleted = 0 AND p.deleted = 0) AND NOT EXISTS (SELECT 1 FROM user u"                  \
    " WHERE u.id = g.user_id AND u.role IN ('administrator', 'manager'))) x"                      \
    " LEFT JOIN publication b ON b.user_id = x.id WHERE x.id > $1"                                \
    " AND ($2 IS NULL OR (CASE WHEN b.user_id IS NULL THEN 'none'"                                \
    " ELSE coalesce(b.state, 'registration') END) = $2) ORDER BY x.id LIMIT $3"

void
kab_publication_free(KabPublication *publication)
{
    if (publication == NULL)
        return;
    g_free(publication->id);
    g_free(publication->name);
    g_free(publication->partner_name);
    g_free(publication->email);
    g_free(publication->login);
    g_free(publication->state);
    g_free(publication->problem);
    g_free(publication);
}

static KabPublication *
read_publication(KabRows *rows, GError **error)
{
    g_autoptr(KabPublication) publication = g_new0(KabPublication, 1);

    publication->id = kab_rows_dup_text(rows, 0);
    publication->own = kab_rows_get_int(rows, 1) != 0;
    publication->name = g_strdup(kab_rows_is_null(rows, 2) ? "" : kab_rows_get_text(rows, 2));
    publication->partner_name = kab_rows_dup_text(rows, 3);
    publication->email = kab_rows_dup_text(rows, 4);
    publication->published = !kab_rows_is_null(rows, 5);
    publication->login = kab_rows_dup_text(rows, 5);
    publication->state = kab_rows_dup_text(rows, 7);
    publication->problem = kab_rows_dup_text(rows, 8);
    if (kab_rows_is_null(rows, 2)) {
        g_free(publication->problem);
        publication->problem =
            g_strdup(_("The person is gone: the portal is told to delete the user"));
    }
    if (publication->problem == NULL && publication->email == NULL)
        publication->problem = g_strdup(_("An e-mail is missing"));
    if (publication->published &&
        !kab_role_from_nick(kab_rows_get_text(rows, 6), &publication->role, error))
        return NULL;
    return g_steal_pointer(&publication);
}

static gboolean
check_state(const char *state, GError **error)
{
    KabUserState known;

    return state == NULL || strcmp(state, "none") == 0 ||
           kab_user_state_from_nick(state, &known, error);
}

GPtrArray *
kab_base_publication_list(KabDb *db, const char *state, const char *after, guint limit, char **next,
                          GError **error)
{
    g_autoptr(GPtrArray) list =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_publication_free);
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;

    *next = NULL;
    if (!check_state(state, error))
        return NULL;
    rows = kab_db_query(
        db, SELECT_PAGE,
        KAB_BIND(kab_text(after != NULL ? after : ""), kab_text(state), kab_int(limit)), error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabPublication *publication = read_publication(rows, error);

        if (publication == NULL)
            return NULL;
        g_ptr_array_add(list, publication);
    }
    if (!kab_error_pass(error, &local))
        return NULL;
    if (list->len == limit)
        *next = g_strdup(((KabPublication *)g_ptr_array_index(list, limit - 1))->id);
    return g_steal_pointer(&list);
}

JsonNode *
kab_base_publication_to_json(gconstpointer item)
{
    const KabPublication *publication = item;
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "id", publication->id);
    json_object_set_boolean_member(object, "own", publication->own);
    json_object_set_string_member(object, "name", publication->name);
    kab_json_set_text(object, "partner_name", publication->partner_name);
    kab_json_set_text(object, "email", publication->email);
    if (publication->published) {
        json_object_set_string_member(object, "login", publication->login);
        json_object_set_string_member(object, "role", kab_role_to_nick(publication->role));
    }
    json_object_set_string_member(
        object, "state",
        !publication->published
            ? "none"
            : (publication->state != NULL ? publication->state : "registration"));
    kab_json_set_text(object, "problem", publication->problem);
    return kab_json_node_take(object);
}
