/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-publication.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LOGIN 90
#define MAX_TRIES 1000
#define NOT_PUBLISHED "none"
/* How far a partner is: as far as the furthest of its contact persons. */
#define PARTNER_STATE                                                                    \
    "coalesce((SELECT CASE max(CASE WHEN g.active = 0 OR g.state = 'deactivated' THEN 1" \
    " WHEN g.state = 'active' THEN 3 ELSE 2 END) WHEN 1 THEN 'deactivated' WHEN 2 THEN"  \
    " 'registration' WHEN 3 THEN 'active' END FROM contact c JOIN publication g"         \
    " ON g.user_id = c.id WHERE c.partner_id = x.id AND c.deleted = 0), 'none')"
/* What the portal has rejected is as much in the way as what it tells. The kinds are numbered as in
 * KabPublicationKind. */
#define ROWS                                                                                      \
    "SELECT x.id, x.kind, x.name, x.partner_name, x.email, b.login, b.role,"                      \
    " CASE WHEN x.kind = 2 THEN " PARTNER_STATE " WHEN b.user_id IS NULL THEN 'none'"             \
    " WHEN b.active = 0 THEN 'deactivated' ELSE coalesce(b.state, 'registration') END AS shown,"  \
    " coalesce((SELECT q.error FROM queue q WHERE q.kind = 'user' AND q.object_id = x.id"         \
    " AND q.state = 'failed'), b.problem), x.phone, coalesce(b.active, 0),"                       \
    " EXISTS (SELECT 1 FROM queue q WHERE q.kind = 'user' AND q.object_id = x.id"                 \
    " AND q.state <> 'failed'), casefold(coalesce(x.name, '')) AS sort_key, x.partner_id,"        \
    " CASE WHEN x.kind = 2 THEN (SELECT count(*) FROM contact c WHERE c.partner_id = x.id"        \
    " AND c.deleted = 0) END"                                                                     \
    " FROM (SELECT c.id, 0 AS kind, c.name, p.name || coalesce((SELECT ', ' ||"                   \
    " group_concat(o.name, ', ') FROM contact_membership m JOIN partner o ON o.id = m.partner_id" \
    " WHERE m.contact_id = c.id), '') AS partner_name, c.email, c.phone, c.partner_id"            \
    " FROM contact c JOIN partner p ON p.id = c.partner_id WHERE c.deleted = 0 AND p.deleted = 0" \
    " UNION ALL SELECT u.id, 1, u.name, NULL, u.email, u.phone, NULL FROM user u"                 \
    " WHERE u.role IN ('administrator', 'manager')"                                               \
    " UNION ALL SELECT p.id, 2, p.name, NULL, NULL, NULL, NULL FROM partner p"                    \
    " WHERE p.deleted = 0"                                                                        \
    " UNION ALL SELECT g.user_id, g.own, NULL, NULL, NULL, NULL, NULL FROM publication g"         \
    " WHERE NOT EXISTS"                                                                           \
    " (SELECT 1 FROM contact c JOIN partner p ON p.id = c.partner_id WHERE c.id = g.user_id"      \
    " AND c.deleted = 0 AND p.deleted = 0) AND NOT EXISTS (SELECT 1 FROM user u"                  \
    " WHERE u.id = g.user_id AND u.role IN ('administrator', 'manager'))) x"                      \
    " LEFT JOIN publication b ON b.user_id = x.id"
#define SELECT_PAGE                                                                \
    ROWS " WHERE (sort_key, x.id) > ($1, $2) AND ($3 IS NULL OR shown = $3)"       \
         " AND ($4 IS NULL OR has_words(coalesce(x.name, '') || ' ' ||"            \
         " coalesce(x.partner_name, '') || ' ' || coalesce(x.email, '') || ' ' ||" \
         " coalesce(b.login, ''), $4)) AND ($5 < 0 OR x.kind = $5)"                \
         " ORDER BY sort_key, x.id LIMIT $6"
/* Of the partners of a list of ids in JSON, unless one has too many. */
#define SELECT_PEOPLE                                                              \
    ROWS " WHERE x.kind = 0 AND x.partner_id IN (SELECT value FROM json_each($1))" \
         " AND (SELECT count(*) FROM contact k WHERE k.partner_id = x.partner_id"  \
         " AND k.deleted = 0) <= $2 ORDER BY sort_key, x.id"
#define SELECT_ONE ROWS " WHERE x.id = $1"
#define SELECT_EMAIL "SELECT email FROM contact WHERE id = $1 AND email <> ''"
#define IS_TAKEN "SELECT 1 FROM publication WHERE login_key = $1 AND user_id <> $2"

#define STATE_COLUMN 7
#define KEY_COLUMN 12
#define PARTNER_COLUMN 13
#define PEOPLE_COLUMN 14

/* What stands in the way of publishing a partner with so many contact persons. */
static char *
describe_people(gint64 n)
{
    if (n > KAB_PUBLICATION_MAX_PEOPLE)
        return g_strdup_printf(_("More than %d contact persons: publish them one by one"),
                               KAB_PUBLICATION_MAX_PEOPLE);
    return n == 0 ? g_strdup(_("There is no contact person")) : NULL;
}

static KabPublication *
read_publication(KabRows *rows, GError **error)
{
    g_autoptr(KabPublication) publication = g_new0(KabPublication, 1);

    publication->id = kab_rows_dup_text(rows, 0);
    publication->kind = (KabPublicationKind)kab_rows_get_int(rows, 1);
    publication->name = g_strdup(kab_rows_is_null(rows, 2) ? "" : kab_rows_get_text(rows, 2));
    publication->partner_name = kab_rows_dup_text(rows, 3);
    publication->email = kab_rows_dup_text(rows, 4);
    publication->published = strcmp(kab_rows_get_text(rows, STATE_COLUMN), NOT_PUBLISHED) != 0;
    publication->login = kab_rows_dup_text(rows, 5);
    publication->state = publication->published ? kab_rows_dup_text(rows, STATE_COLUMN) : NULL;
    publication->problem = kab_rows_dup_text(rows, 8);
    publication->phone = kab_rows_dup_text(rows, 9);
    publication->active = kab_rows_get_int(rows, 10) != 0;
    publication->pending = kab_rows_get_int(rows, 11) != 0;
    if (kab_rows_is_null(rows, 2)) {
        g_free(publication->problem);
        publication->problem =
            g_strdup(_("The person is gone: the portal is told to delete the user"));
    }
    if (publication->kind == KAB_PUBLICATION_PARTNER) {
        publication->problem = describe_people(kab_rows_get_int(rows, PEOPLE_COLUMN));
        return g_steal_pointer(&publication);
    }
    if (publication->problem == NULL && publication->email == NULL)
        publication->problem = g_strdup(_("An e-mail is missing"));
    if (publication->published &&
        !kab_role_from_nick(kab_rows_get_text(rows, 6), &publication->role, error))
        return NULL;
    return g_steal_pointer(&publication);
}

/* What follows from its people. */
static void
judge_partner(KabPublication *partner)
{
    gboolean reachable = FALSE;

    for (guint i = 0; i < partner->people->len; i++) {
        const KabPublication *person = g_ptr_array_index(partner->people, i);

        partner->active |= person->published && person->active;
        partner->pending |= person->pending;
        reachable |= person->email != NULL;
    }
    if (partner->problem == NULL && !reachable)
        partner->problem = g_strdup(_("No contact person has an e-mail"));
}

/* (element-type KabPublication, by id): the partners in @list, with room for their people */
static GHashTable *
find_partners(GPtrArray *list)
{
    GHashTable *partners = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < list->len; i++) {
        KabPublication *row = g_ptr_array_index(list, i);

        if (row->kind != KAB_PUBLICATION_PARTNER)
            continue;
        row->people = g_ptr_array_new_with_free_func((GDestroyNotify)kab_publication_free);
        g_hash_table_insert(partners, row->id, row);
    }
    return partners;
}

static char *
list_keys(GHashTable *table)
{
    GString *ids = g_string_new("[");
    GHashTableIter iter;
    gpointer id;

    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &id, NULL))
        g_string_append_printf(ids, "%s\"%s\"", ids->len > 1 ? "," : "", (const char *)id);
    g_string_append_c(ids, ']');
    return g_string_free(ids, FALSE);
}

/* All at once, whatever the number of partners in the list. */
static gboolean
add_people(KabDb *db, GPtrArray *list, GError **error)
{
    g_autoptr(GHashTable) partners = find_partners(list);
    g_autofree char *ids = list_keys(partners);
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    GHashTableIter iter;
    gpointer row;

    if (g_hash_table_size(partners) == 0)
        return TRUE;
    rows = kab_db_query(db, SELECT_PEOPLE,
                        KAB_BIND(kab_text(ids), kab_int(KAB_PUBLICATION_MAX_PEOPLE)), error);
    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        KabPublication *partner =
            g_hash_table_lookup(partners, kab_rows_get_text(rows, PARTNER_COLUMN));
        KabPublication *person = read_publication(rows, error);

        if (person == NULL)
            return FALSE;
        g_ptr_array_add(partner->people, person);
    }
    if (!kab_error_pass(error, &local))
        return FALSE;
    g_hash_table_iter_init(&iter, partners);
    while (g_hash_table_iter_next(&iter, NULL, &row))
        judge_partner(row);
    return TRUE;
}

static gboolean
check_kind(const char *nick, int *kind, GError **error)
{
    KabPublicationKind known;

    *kind = -1;
    if (nick == NULL)
        return TRUE;
    if (!kab_publication_kind_from_nick(nick, &known, error))
        return FALSE;
    *kind = (int)known;
    return TRUE;
}

static gboolean
check_state(const char *state, GError **error)
{
    KabUserState known;

    return state == NULL || strcmp(state, NOT_PUBLISHED) == 0 ||
           kab_user_state_from_nick(state, &known, error);
}

/* What is before the id is the name as it is ordered by. */
static gboolean
parse_after(const char *after, char **key, char id[KAB_ID_SIZE], GError **error)
{
    gsize length = after != NULL ? strlen(after) : 0;

    *key = NULL;
    *id = '\0';
    if (after != NULL && length < KAB_ID_SIZE - 1) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("“after” is not what a page ended with"));
        return FALSE;
    }
    if (after == NULL)
        return TRUE;
    g_strlcpy(id, after + length - (KAB_ID_SIZE - 1), KAB_ID_SIZE);
    *key = g_strndup(after, length - (KAB_ID_SIZE - 1));
    return TRUE;
}

GPtrArray *
kab_base_publication_list(KabDb *db, const KabPublicationQuery *query, const char *after,
                          guint limit, char **next, GError **error)
{
    g_autoptr(GPtrArray) list =
        g_ptr_array_new_with_free_func((GDestroyNotify)kab_publication_free);
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    g_autofree char *key = NULL;
    g_autofree char *last = NULL;
    char id[KAB_ID_SIZE];
    int kind;

    *next = NULL;
    if (!check_state(query->state, error) || !check_kind(query->kind, &kind, error) ||
        !parse_after(after, &key, id, error))
        return NULL;
    rows = kab_db_query(db, SELECT_PAGE,
                        KAB_BIND(kab_text(key != NULL ? key : ""), kab_text(id),
                                 kab_text(query->state), kab_text(query->text), kab_int(kind),
                                 kab_int(limit)),
                        error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabPublication *publication = read_publication(rows, error);

        if (publication == NULL)
            return NULL;
        g_ptr_array_add(list, publication);
        g_free(last);
        last = g_strconcat(kab_rows_get_text(rows, KEY_COLUMN), publication->id, NULL);
    }
    if (!kab_error_pass(error, &local) || !add_people(db, list, error))
        return NULL;
    if (list->len == limit)
        *next = g_steal_pointer(&last);
    return g_steal_pointer(&list);
}

KabPublication *
kab_base_publication_load(KabDb *db, const char *id, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_ONE, KAB_BIND(kab_text(id)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return NULL;
    if (kab_rows_next(rows, &local))
        return read_publication(rows, error);
    if (local == NULL)
        local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                            _("There is no contact person and no user “%.*s”"),
                            kab_error_clip(id, 200), id);
    kab_error_pass(error, &local);
    return NULL;
}

/* What can stand in a login of what stands before the @. */
static char *
make_login(const char *email)
{
    GString *login = g_string_new(NULL);

    for (const char *p = email; *p != '\0' && *p != '@' && login->len < MAX_LOGIN; p++)
        if (g_ascii_isalnum(*p) || strchr("._-", *p) != NULL)
            g_string_append_c(login, g_ascii_tolower(*p));
    if (login->len == 0)
        g_string_append(login, "user");
    return g_string_free(login, FALSE);
}

char *
kab_base_publication_suggest_login(KabDb *db, const char *id, GError **error)
{
    g_autofree char *email = NULL;
    g_autofree char *login = NULL;

    if (!kab_db_get_text(db, SELECT_EMAIL, KAB_BIND(kab_text(id)), &email, error) || email == NULL)
        return NULL;
    login = make_login(email);
    for (int i = 1; i < MAX_TRIES; i++) {
        g_autofree char *tried = i == 1 ? g_strdup(login) : g_strdup_printf("%s%d", login, i);
        gboolean taken;
        gint64 one;

        if (!kab_db_get_int(db, IS_TAKEN, KAB_BIND(kab_text(tried), kab_text(id)), &taken, &one,
                            error))
            return NULL;
        if (!taken)
            return g_steal_pointer(&tried);
    }
    return g_steal_pointer(&login);
}
