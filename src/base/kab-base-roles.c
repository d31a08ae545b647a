/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-publication.h"
#include "kab-base-roles.h"
#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ROLE 200
#define SELECT_ALL                                                                               \
    "SELECT x.own, x.text, m.role, sum(x.n) FROM"                                                \
    " (SELECT 1 own, role text, count(*) n FROM user WHERE role IN ('administrator', 'manager')" \
    " GROUP BY role UNION ALL SELECT 0, trim(coalesce(c.relation, '')) text, count(*)"           \
    " FROM contact c JOIN partner p ON p.id = c.partner_id"                                      \
    " WHERE c.deleted = 0 AND p.deleted = 0 GROUP BY text"                                       \
    " UNION ALL SELECT own, base_role, 0 FROM role_map) x"                                       \
    " LEFT JOIN role_map m ON m.own = x.own AND m.base_role = x.text"                            \
    " WHERE length(x.text) <= $1 GROUP BY x.own, x.text"                                         \
    " ORDER BY x.own DESC, m.role IS NOT NULL, sum(x.n) DESC, x.text LIMIT $2"
#define PUT                                                            \
    "INSERT INTO role_map (own, base_role, role) VALUES ($1, $2, $3)"  \
    " ON CONFLICT (own, base_role) DO UPDATE SET role = excluded.role" \
    " WHERE role_map.role IS NOT excluded.role"
#define DELETE "DELETE FROM role_map WHERE own = $1 AND base_role = $2"
#define FIND                                                                            \
    "SELECT coalesce((SELECT b.role FROM publication b WHERE b.user_id = $1),"          \
    " (SELECT m.role FROM contact c JOIN role_map m"                                    \
    " ON m.own = 0 AND m.base_role = trim(coalesce(c.relation, '')) WHERE c.id = $1),"  \
    " (SELECT m.role FROM user u JOIN role_map m ON m.own = 1 AND m.base_role = u.role" \
    " WHERE u.id = $1))"

void
kab_base_role_free(KabBaseRole *role)
{
    g_free(role->text);
    g_free(role);
}

static KabBaseRole *
read_role(KabRows *rows, GError **error)
{
    g_autoptr(KabBaseRole) role = g_new0(KabBaseRole, 1);

    role->own = kab_rows_get_int(rows, 0) != 0;
    role->text = kab_rows_dup_text(rows, 1);
    role->mapped = !kab_rows_is_null(rows, 2);
    role->people = kab_rows_get_int(rows, 3);
    return !role->mapped || kab_role_from_nick(kab_rows_get_text(rows, 2), &role->role, error)
               ? g_steal_pointer(&role)
               : NULL;
}

GPtrArray *
kab_base_roles_list(KabDb *db, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)kab_base_role_free);
    g_autoptr(KabRows) rows = kab_db_query(
        db, SELECT_ALL, KAB_BIND(kab_int(MAX_ROLE), kab_int(KAB_BASE_ROLES_MAX)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabBaseRole *role = read_role(rows, error);

        if (role == NULL)
            return NULL;
        g_ptr_array_add(list, role);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&list) : NULL;
}

static gboolean
check(const KabBaseRole *role, GError **error)
{
    static const char *const own_roles[] = {"administrator", "manager", NULL};

    if (role->own && !g_strv_contains(own_roles, role->text)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("Own users who can be published have the role administrator or manager, not "
                      "“%.*s”"),
                    kab_error_clip(role->text, 40), role->text);
        return FALSE;
    }
    if (g_utf8_strlen(role->text, -1) > MAX_ROLE) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("A role at the base has %d characters at most"), MAX_ROLE);
        return FALSE;
    }
    return !role->mapped || kab_base_publication_check_role(role->own, role->role, error);
}

static gboolean
store(KabDb *db, const KabBaseRole *role, GError **error)
{
    return role->mapped
               ? kab_db_run(db, PUT,
                            KAB_BIND(kab_int(role->own), kab_text(role->text),
                                     kab_text(kab_role_to_nick(role->role))),
                            error)
               : kab_db_run(db, DELETE, KAB_BIND(kab_int(role->own), kab_text(role->text)), error);
}

gboolean
kab_base_roles_set(KabEnd *end, KabDb *db, const KabActor *actor, const KabBaseRole *role,
                   GError **error)
{
    g_autofree char *object =
        g_strdup_printf(role->own ? "own role: %s" : "contact role: %s", role->text);
    g_autoptr(KabTransaction) transaction = NULL;

    if (!check(role, error))
        return FALSE;
    transaction = kab_db_begin_part(db, error);
    if (transaction == NULL || !store(db, role, error))
        return FALSE;
    return (kab_db_get_changes(db) == 0 || /* it is so already */
            kab_end_audit(end, db, actor, KAB_AUDIT_SETTING, object,
                          role->mapped ? kab_role_to_nick(role->role) : "no role", error)) &&
           kab_transaction_commit(transaction, error);
}

/* Whoever keeps the books only looks; whoever leads the partner decides; most people buy. */
static KabRole
guess(const KabBaseRole *role)
{
    static const char *const accountants[] = {"бухгалтер", "accountant", NULL};
    static const char *const heads[] = {"директор", "руководит", "director", NULL};
    g_autofree char *lower = g_utf8_strdown(role->text, -1);
    g_auto(GStrv) words = g_str_tokenize_and_fold(lower, NULL, NULL);

    if (role->own)
        return KAB_ROLE_MANAGER;
    for (guint i = 0; accountants[i] != NULL; i++)
        if (strstr(lower, accountants[i]) != NULL)
            return KAB_ROLE_VIEWER;
    for (guint i = 0; heads[i] != NULL; i++)
        if (strstr(lower, heads[i]) != NULL)
            return KAB_ROLE_HEAD;
    return g_strv_contains((const char *const *)words, "head") ? KAB_ROLE_HEAD : KAB_ROLE_BUYER;
}

GPtrArray *
kab_base_roles_fill(KabEnd *end, KabDb *db, const KabActor *actor, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin_part(db, error);
    g_autoptr(GPtrArray) list = transaction != NULL ? kab_base_roles_list(db, error) : NULL;

    for (guint i = list != NULL ? list->len : 0; i > 0; i--) {
        KabBaseRole *role = g_ptr_array_index(list, i - 1);

        if (role->mapped) {
            g_ptr_array_remove_index(list, i - 1);
            continue;
        }
        role->role = guess(role);
        role->mapped = TRUE;
        if (!kab_base_roles_set(end, db, actor, role, error))
            return NULL;
    }
    return list != NULL && kab_transaction_commit(transaction, error) ? g_steal_pointer(&list)
                                                                      : NULL;
}

gboolean
kab_base_roles_find(KabDb *db, const char *id, KabRole *role, GError **error)
{
    g_autofree char *nick = NULL;

    return kab_db_get_text(db, FIND, KAB_BIND(kab_text(id)), &nick, error) &&
           (nick == NULL || kab_role_from_nick(nick, role, error));
}

JsonNode *
kab_base_role_to_json(gconstpointer item)
{
    const KabBaseRole *role = item;
    JsonObject *object = json_object_new();

    json_object_set_boolean_member(object, "own", role->own);
    json_object_set_string_member(object, "base_role", role->text);
    kab_json_set_text(object, "role", role->mapped ? kab_role_to_nick(role->role) : NULL);
    json_object_set_int_member(object, "people", role->people);
    return kab_json_node_take(object);
}
