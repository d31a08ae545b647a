/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-codes.h"
#include "kab-contact.h"
#include "kab-error.h"
#include "kab-password.h"
#include "kab-users.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A telephone that two people have is nobody's to sign in with but the first's. */
#define UPSERT                                                                                \
    "INSERT INTO user (id, login, login_key, name, email, email_key, phone, phone_key, role," \
    " partner_id, partner_name, active, language, created_at)"                                \
    " VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN EXISTS (SELECT 1 FROM user o"             \
    " WHERE o.phone_key = $7 AND o.id <> $1) THEN NULL ELSE $7 END,"                          \
    " $8, $9, $10, $11, $12, $13)"                                                            \
    " ON CONFLICT (id) DO UPDATE SET login = excluded.login, login_key = excluded.login_key," \
    " name = excluded.name, email = excluded.email, email_key = excluded.email_key,"          \
    " phone = excluded.phone, phone_key = excluded.phone_key, role = excluded.role,"          \
    " partner_id = excluded.partner_id, partner_name = excluded.partner_name,"                \
    " active = CASE user.blocked WHEN 1 THEN 0 ELSE excluded.active END,"                     \
    " language = coalesce(excluded.language, user.language)"
#define SET_ACTIVE "UPDATE user SET active = $1, blocked = 1 - $1 WHERE id = $2"
#define SET_INACTIVE "UPDATE user SET active = 0 WHERE id = $1"
#define SELECT_EMAIL_KEY "SELECT coalesce(email_key, '') FROM user WHERE id = $1"
#define IS_CURRENT "SELECT 1 FROM user WHERE id = $1 AND active = 1 AND password_hash = $2"
#define SELECT_PARTNER "SELECT coalesce(partner_id, '') FROM user WHERE id = $1"
#define DELETE_MEMBERSHIPS "DELETE FROM membership WHERE user_id = $1"
#define INSERT_MEMBERSHIP                                              \
    "INSERT INTO membership (user_id, partner_id, partner_name, role)" \
    " VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, partner_id) DO NOTHING"
#define SELECT_MEMBERSHIPS                                                     \
    "SELECT partner_id, partner_name, role FROM membership WHERE user_id = $1" \
    " ORDER BY partner_name, partner_id"
#define END_OTHER_PARTNERS                                              \
    "DELETE FROM session WHERE user_id = $1 AND partner_id IS NOT NULL" \
    " AND partner_id NOT IN (SELECT partner_id FROM membership WHERE user_id = $1)"
#define END_SESSIONS "DELETE FROM session WHERE user_id = $1"
#define END_TOKENS \
    "DELETE FROM api_token WHERE client_id IN (SELECT client_id FROM api_key WHERE user_id = $1)"
#define DELETE_USER "DELETE FROM user WHERE id = $1"
#define USER_COLUMNS                                                                   \
    "id, partner_id, login, name, email, phone, role, active, partner_name, language," \
    " password_hash IS NOT NULL, blocked, password_hash"
#define SELECT_BY_NAME                                                                           \
    "SELECT " USER_COLUMNS " FROM user WHERE login_key = $1 OR email_key = $1 OR phone_key = $2" \
    " ORDER BY login_key = $1 DESC LIMIT 1"
#define SELECT_BY_ID "SELECT " USER_COLUMNS " FROM user WHERE id = $1"
#define SELECT_PAGE                                                                     \
    "SELECT " USER_COLUMNS ", login_key FROM user WHERE login_key > $1"                 \
    " AND ($2 IS NULL OR role = $2)"                                                    \
    " AND ($3 IS NULL OR (CASE active WHEN 1 THEN 'true' ELSE 'false' END) = $3)"       \
    " AND ($4 IS NULL OR has_words(login || ' ' || name || ' ' || coalesce(email, '') " \
    "|| ' ' || coalesce(phone, '') || ' ' || coalesce(partner_name, ''), $4))"          \
    " ORDER BY login_key LIMIT $5"
#define UPDATE_LANGUAGE "UPDATE user SET language = $1 WHERE id = $2"
#define UPDATE_PASSWORD "UPDATE user SET password_hash = $1 WHERE id = $2"

#define PASSWORD_COLUMN 12
#define LOGIN_KEY_COLUMN 13

/* NULL for what is empty or no text at all. */
static char *
make_key(const char *text)
{
    return text != NULL && *text != '\0' && g_utf8_validate(text, -1, NULL)
               ? g_utf8_casefold(text, -1)
               : NULL;
}

/* What somebody is found by who signs in with a telephone; NULL if it is none. */
static char *
make_phone_key(const char *text)
{
    return text != NULL && *text == '+' ? kab_contact_normalise_phone(text, NULL) : NULL;
}

static gboolean
check(const KabUser *user, GError **error)
{
    gboolean is_text = user->login != NULL && g_utf8_validate(user->login, -1, NULL);
    const char *login = is_text ? user->login : "";
    glong length = g_utf8_strlen(login, -1);
    gboolean good = length >= 1 && length <= 100 && *login != '+' && strchr(login, '@') == NULL;

    for (const char *p = login; good && *p != '\0'; p = g_utf8_next_char(p))
        good = g_unichar_isgraph(g_utf8_get_char(p)) && *p != ':';
    if (!good) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("“%.100s” cannot be a login: it has 1 to 100 characters, no spaces, colons "
                      "or @, and does not begin with +"),
                    login);
        return FALSE;
    }
    if (user->name == NULL || *user->name == '\0') {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("The user “%s” needs a name"), login);
        return FALSE;
    }
    if (user->email != NULL && *user->email != '\0' && !kab_contact_check_email(user->email, error))
        return FALSE;
    return kab_user_check_language(user->language, error);
}

/* Letters with codes went to another address: it may be a wrong one. */
static gboolean
end_for_email(KabDb *db, const KabUser *user, const char *email_key, GError **error)
{
    g_autofree char *before = NULL;

    return kab_db_get_text(db, SELECT_EMAIL_KEY, KAB_BIND(kab_text(user->id.text)), &before,
                           error) &&
           (before == NULL || strcmp(before, email_key != NULL ? email_key : "") == 0 ||
            kab_codes_end_all(db, user->id, error));
}

/* A session goes on for the partner it was begun for, or not at all. */
static gboolean
end_for_partner(KabDb *db, const KabUser *user, GError **error)
{
    g_autofree char *before = NULL;

    return kab_db_get_text(db, SELECT_PARTNER, KAB_BIND(kab_text(user->id.text)), &before, error) &&
           (before == NULL || strcmp(before, user->partner_id.text) == 0 ||
            kab_db_run(db, END_SESSIONS, KAB_BIND(kab_text(user->id.text)), error));
}

static gboolean
put_memberships(KabDb *db, const KabUser *user, GError **error)
{
    if (user->memberships == NULL)
        return TRUE;
    if (!kab_db_run(db, DELETE_MEMBERSHIPS, KAB_BIND(kab_text(user->id.text)), error))
        return FALSE;
    for (guint i = 0; i < user->memberships->len; i++) {
        const KabMembership *membership = g_ptr_array_index(user->memberships, i);

        if (!kab_db_run(db, INSERT_MEMBERSHIP,
                        KAB_BIND(kab_text(user->id.text), kab_text(membership->partner_id.text),
                                 kab_text_or_null(membership->partner_name),
                                 kab_text(kab_role_to_nick(membership->role))),
                        error))
            return FALSE;
    }
    return kab_db_run(db, END_OTHER_PARTNERS, KAB_BIND(kab_text(user->id.text)), error);
}

static gboolean
end_everything(KabDb *db, KabUserId id, GError **error)
{
    return kab_db_run(db, END_SESSIONS, KAB_BIND(kab_text(id.text)), error) &&
           kab_db_run(db, END_TOKENS, KAB_BIND(kab_text(id.text)), error) &&
           kab_codes_end_all(db, id, error);
}

/* In the form in which it is kept; "" if there is none, NULL with the error set. */
static char *
take_phone(const KabUser *user, GError **error)
{
    return user->phone != NULL && *user->phone != '\0'
               ? kab_contact_normalise_phone(user->phone, error)
               : g_strdup("");
}

gboolean
kab_users_put(KabDb *db, const KabUser *user, GError **error)
{
    g_autofree char *login_key = make_key(user->login);
    g_autofree char *email_key = make_key(user->email);
    g_autofree char *phone = NULL;
    g_autoptr(GError) local = NULL;

    if (!check(user, error) || (phone = take_phone(user, error)) == NULL ||
        !end_for_partner(db, user, error) || !end_for_email(db, user, email_key, error))
        return FALSE;
    if (!kab_db_run(db, UPSERT,
                    KAB_BIND(kab_text(user->id.text), kab_text(user->login), kab_text(login_key),
                             kab_text(user->name), kab_text_or_null(user->email),
                             kab_text(email_key), kab_text_or_null(phone),
                             kab_text(kab_role_to_nick(user->role)),
                             kab_text_or_null(user->partner_id.text),
                             kab_text_or_null(user->partner_name), kab_int(user->active),
                             kab_text(user->language), kab_int(g_get_real_time() / 1000)),
                    &local)) {
        if (!g_error_matches(local, KAB_DB_ERROR, KAB_DB_ERROR_UNIQUE)) {
            g_propagate_error(error, g_steal_pointer(&local));
            return FALSE;
        }
        g_set_error(error, KAB_ERROR, KAB_ERROR_CONFLICT,
                    _("Somebody else has the login or the e-mail of “%s”"), user->login);
        return FALSE;
    }
    return put_memberships(db, user, error) &&
           (user->active || end_everything(db, user->id, error));
}

gboolean
kab_users_set_active(KabDb *db, KabUserId id, gboolean active, GError **error)
{
    return kab_db_run(db, SET_ACTIVE, KAB_BIND(kab_int(active), kab_text(id.text)), error) &&
           (active || end_everything(db, id, error));
}

gboolean
kab_users_deactivate(KabDb *db, KabUserId id, GError **error)
{
    return kab_db_run(db, SET_INACTIVE, KAB_BIND(kab_text(id.text)), error) &&
           end_everything(db, id, error);
}

static KabUser *
read_user(KabRows *rows, GError **error)
{
    g_autoptr(KabUser) user = g_new0(KabUser, 1);

    user->id = kab_user_id_of(kab_rows_get_text(rows, 0));
    user->partner_id = kab_partner_id_of(kab_rows_get_text(rows, 1));
    user->login = kab_rows_dup_text(rows, 2);
    user->name = kab_rows_dup_text(rows, 3);
    user->email = kab_rows_dup_text(rows, 4);
    user->phone = kab_rows_dup_text(rows, 5);
    if (!kab_role_from_nick(kab_rows_get_text(rows, 6), &user->role, error))
        return NULL;
    user->active = kab_rows_get_int(rows, 7) != 0;
    user->partner_name = kab_rows_dup_text(rows, 8);
    user->language = kab_rows_dup_text(rows, 9);
    user->has_password = kab_rows_get_int(rows, 10) != 0;
    user->blocked = kab_rows_get_int(rows, 11) != 0;
    return g_steal_pointer(&user);
}

/* The user and what is kept of the password; NULL without an error if there is none. */
static KabUser *
find(KabDb *db, const char *name, char **password_hash, GError **error)
{
    g_autofree char *key = make_key(name);
    g_autofree char *phone_key = make_phone_key(name);
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_BY_NAME, KAB_BIND(kab_text(key), kab_text(phone_key)), error);

    if (rows == NULL || !kab_rows_next(rows, error))
        return NULL;
    if (password_hash != NULL)
        *password_hash = kab_rows_dup_text(rows, PASSWORD_COLUMN);
    return read_user(rows, error);
}

KabUser *
kab_users_find(KabDb *db, const char *name, GError **error)
{
    return find(db, name, NULL, error);
}

KabUser *
kab_users_find_id(KabDb *db, KabUserId id, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_BY_ID, KAB_BIND(kab_text(id.text)), error);

    return rows != NULL && kab_rows_next(rows, error) ? read_user(rows, error) : NULL;
}

KabUser *
kab_users_load(KabDb *db, const char *name, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabUser *user = find(db, name, NULL, &local);

    if (user == NULL && local == NULL)
        local = g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no user “%.100s”"), name);
    if (local != NULL)
        g_propagate_error(error, g_steal_pointer(&local));
    return user;
}

gboolean
kab_users_load_memberships(KabDb *db, KabUser *user, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)kab_membership_free);
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_MEMBERSHIPS, KAB_BIND(kab_text(user->id.text)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local)) {
        KabMembership *membership = g_new0(KabMembership, 1);

        g_ptr_array_add(all, membership);
        membership->partner_id = kab_partner_id_of(kab_rows_get_text(rows, 0));
        membership->partner_name = kab_rows_dup_text(rows, 1);
        if (!kab_role_from_nick(kab_rows_get_text(rows, 2), &membership->role, error))
            return FALSE;
    }
    g_clear_pointer(&user->memberships, g_ptr_array_unref);
    user->memberships = g_steal_pointer(&all);
    return kab_error_pass(error, &local);
}

gboolean
kab_users_delete(KabDb *db, KabUserId id, GError **error)
{
    return kab_db_run(db, DELETE_USER, KAB_BIND(kab_text(id.text)), error);
}

static gboolean
check_query(const KabUserQuery *query, GError **error)
{
    KabRole role;

    if (query->role != NULL && !kab_role_from_nick(query->role, &role, error))
        return FALSE;
    if (query->active == NULL || strcmp(query->active, "true") == 0 ||
        strcmp(query->active, "false") == 0)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("“active” is “true” or “false”"));
    return FALSE;
}

GPtrArray *
kab_users_list(KabDb *db, const KabUserQuery *query, const char *after, guint limit, char **next,
               GError **error)
{
    static const KabUserQuery all = {NULL, NULL, NULL};
    g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func((GDestroyNotify)kab_user_free);
    g_autoptr(KabRows) rows = NULL;
    g_autofree char *last = NULL;
    g_autoptr(GError) local = NULL;

    *next = NULL;
    query = query != NULL ? query : &all;
    if (!check_query(query, error))
        return NULL;
    rows = kab_db_query(db, SELECT_PAGE,
                        KAB_BIND(kab_text(after != NULL ? after : ""), kab_text(query->role),
                                 kab_text(query->active), kab_text(query->text), kab_int(limit)),
                        error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        KabUser *user = read_user(rows, error);

        if (user == NULL)
            return NULL;
        g_ptr_array_add(users, user);
        g_free(last);
        last = kab_rows_dup_text(rows, LOGIN_KEY_COLUMN);
    }
    if (!kab_error_pass(error, &local))
        return NULL;
    if (users->len == limit)
        *next = g_steal_pointer(&last);
    return g_steal_pointer(&users);
}

gboolean
kab_users_set_language(KabDb *db, KabUserId id, const char *language, GError **error)
{
    return kab_db_run(db, UPDATE_LANGUAGE, KAB_BIND(kab_text(language), kab_text(id.text)), error);
}

gboolean
kab_users_set_password_hash(KabDb *db, KabUserId id, const char *hash, GError **error)
{
    return kab_db_run(db, UPDATE_PASSWORD, KAB_BIND(kab_text(hash), kab_text(id.text)), error) &&
           kab_db_run(db, END_SESSIONS, KAB_BIND(kab_text(id.text)), error) &&
           kab_codes_end_all(db, id, error);
}

gboolean
kab_users_set_password(KabDb *db, KabUserId id, const char *password, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) user = kab_users_find_id(db, id, &local);
    g_autofree char *hash = NULL;
    g_autoptr(KabTransaction) transaction = NULL;

    if (!kab_error_pass(error, &local))
        return FALSE;
    if (user == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no such user"));
        return FALSE;
    }
    hash = kab_password_check(password, user, error) ? kab_password_hash(password, error) : NULL;
    if (hash == NULL)
        return FALSE;
    transaction = kab_db_begin(db, error);
    return transaction != NULL && kab_users_set_password_hash(db, id, hash, error) &&
           kab_transaction_commit(transaction, error);
}

KabUser *
kab_users_verify_password(KabDb *db, const char *name, const char *password, char **verified,
                          GError **error)
{
    g_autofree char *hash = NULL;
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) user = find(db, name, &hash, &local);

    *verified = NULL;
    if (!kab_error_pass(error, &local))
        return NULL;
    if (kab_password_verify(hash, password) && user != NULL && user->active) {
        *verified = g_steal_pointer(&hash);
        return g_steal_pointer(&user);
    }
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED,
                        _("The login or the password is wrong"));
    return NULL;
}

KabUser *
kab_users_check_password(KabDb *db, const char *name, const char *password, GError **error)
{
    g_autofree char *verified = NULL;

    return kab_users_verify_password(db, name, password, &verified, error);
}

gboolean
kab_users_is_current(KabDb *db, KabUserId id, const char *verified, GError **error)
{
    gboolean current;
    gint64 one;

    if (!kab_db_get_int(db, IS_CURRENT, KAB_BIND(kab_text(id.text), kab_text(verified)), &current,
                        &one, error))
        return FALSE;
    if (!current)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED,
                            _("The login or the password is wrong"));
    return current;
}
