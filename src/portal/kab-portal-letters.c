/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-mail-settings.h"
#include "kab-page-after.h"
#include "kab-portal-letter-compose.h"
#include "kab-portal-letters.h"
#include "kab-users.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define HAS_ACCOUNT "EXISTS (SELECT 1 FROM setting WHERE name = 'mail.host' AND value <> '')"
#define INSERT                                                                              \
    "INSERT INTO letter (id, kind, user_id, object_id, state, created_at, next_attempt_at)" \
    " SELECT $1, $2, u.id, $3, 'waiting', $4, $4 FROM user u WHERE u.id = $5"               \
    " AND coalesce(u.email, '') <> '' AND ($6 = 1 OR " HAS_ACCOUNT ")"                      \
    " AND NOT EXISTS (SELECT 1 FROM letter l WHERE l.user_id = u.id AND l.kind = $2"        \
    " AND coalesce(l.object_id, '') = coalesce($3, '') AND l.state = 'waiting')"
#define INSERT_NONE                                                                         \
    "INSERT INTO letter (id, kind, user_id, object_id, state, created_at, next_attempt_at)" \
    " SELECT $1, 'reset', $1, NULL, 'waiting', $2, $2 FROM (SELECT 1)"                      \
    " WHERE NOT EXISTS (SELECT 1 FROM letter l WHERE l.user_id = $1 AND l.kind = 'reset'"   \
    " AND coalesce(l.object_id, '') = '' AND l.state = 'waiting')"
/* Those of a role at a partner: their own one, or another one that they may act for. */
#define SELECT_THOSE                                                                      \
    "SELECT u.id FROM user u WHERE u.active = 1 AND ((u.partner_id = $1 AND u.role = $2)" \
    " OR EXISTS (SELECT 1 FROM membership m WHERE m.user_id = u.id AND m.partner_id = $1" \
    " AND m.role = $2)) AND ($3 IS NULL OR u.id <> $3) ORDER BY u.login"
#define COLUMNS                                                                          \
    "l.id, l.kind, l.user_id, u.name, coalesce(l.email, u.email), l.object_id, l.state," \
    " l.attempts, l.created_at, l.next_attempt_at, l.sent_at, l.error"
#define FROM " FROM letter l LEFT JOIN user u ON u.id = l.user_id"
#define SELECT_ONE "SELECT " COLUMNS FROM " WHERE l.id = $1"
#define SELECT_PAGE                                                 \
    "SELECT " COLUMNS FROM " WHERE (l.created_at, l.id) < ($1, $2)" \
    " AND ($3 IS NULL OR l.state = $3) ORDER BY l.created_at DESC, l.id DESC LIMIT $4"
#define SELECT_DUE                                                                  \
    "SELECT " COLUMNS FROM " WHERE l.state = 'waiting' AND l.next_attempt_at <= $1" \
    " ORDER BY l.next_attempt_at, l.created_at, l.id LIMIT 1"
#define HAS_DUE "SELECT 1 FROM letter WHERE state = 'waiting' AND next_attempt_at <= $1 LIMIT 1"
#define TAKE "UPDATE letter SET state = 'sending' WHERE id = $1"
#define NOTE                                                                           \
    "UPDATE letter SET state = $1, attempts = $2, next_attempt_at = $3, sent_at = $4," \
    " email = $5, error = $6 WHERE id = $7 AND state = 'sending'"
#define RELEASE "UPDATE letter SET state = 'waiting' WHERE state = 'sending'"
#define FORGET "DELETE FROM letter WHERE created_at < $1 AND state NOT IN ('waiting', 'sending')"
#define POSTPONE                                         \
    "UPDATE letter SET next_attempt_at = $1, error = $2" \
    " WHERE state = 'waiting' AND next_attempt_at <= $3"
#define HURRY "UPDATE letter SET next_attempt_at = created_at WHERE state = 'waiting'"
#define RETRY                                                                               \
    "UPDATE letter SET state = 'waiting', attempts = 0, next_attempt_at = $1, error = NULL" \
    " WHERE state IN ('waiting', 'failed') AND ($2 IS NULL OR id = $2)"
#define DROP                                          \
    "UPDATE letter SET state = 'dropped', error = $1" \
    " WHERE state IN ('waiting', 'failed') AND id = $2"
#define SELECT_PROBLEM                                                                     \
    "SELECT CASE state WHEN 'failed' THEN error END FROM letter"                           \
    " WHERE user_id = $1 AND kind IN ('invitation', 'reset') ORDER BY created_at DESC, id" \
    " LIMIT 1"
/* Whoever has a password by now, or may not sign in, waits for no letter. */
#define SELECT_STUCK                                                                          \
    "SELECT count(*) FROM letter l JOIN user u ON u.id = l.user_id WHERE l.state = 'waiting'" \
    " AND u.active = 1 AND (l.kind <> 'invitation' OR u.password_hash IS NULL)"               \
    " AND NOT " HAS_ACCOUNT
#define SELECT_TROUBLES                                                 \
    "SELECT state, error, count(*) FROM letter WHERE error IS NOT NULL" \
    " AND state IN ('waiting', 'failed') GROUP BY state, error ORDER BY count(*) DESC, error LIMIT 10"

gboolean
kab_portal_letters_queue(KabDb *db, KabLetterKind kind, KabUserId user_id, const char *object_id,
                         GError **error)
{
    gboolean has_code = kind == KAB_LETTER_INVITATION || kind == KAB_LETTER_RESET;
    char id[KAB_ID_SIZE];

    kab_id_fill_random(id);
    return kab_db_run(db, INSERT,
                      KAB_BIND(kab_text(id), kab_text(kab_letter_kind_to_nick(kind)),
                               kab_text_or_null(object_id), kab_int(kab_time_now()),
                               kab_text(user_id.text), kab_int(has_code)),
                      error);
}

gboolean
kab_portal_letters_pretend(KabDb *db, GError **error)
{
    g_autoptr(KabTransaction) undone = kab_db_begin_nested(db, error);
    char id[KAB_ID_SIZE];

    kab_id_fill_random(id);
    return undone != NULL &&
           kab_db_run(db, INSERT_NONE, KAB_BIND(kab_text(id), kab_int(kab_time_now())), error);
}

/* To all of a role at a partner, but for one. */
static gboolean
queue_role(KabDb *db, KabLetterKind kind, KabPartnerId partner_id, KabRole role,
           const char *but_for, const char *object_id, GError **error)
{
    g_autoptr(GArray) ids = g_array_new(FALSE, FALSE, sizeof(KabUserId));
    g_autoptr(GError) local = NULL;

    {
        g_autoptr(KabRows) rows =
            kab_db_query(db, SELECT_THOSE,
                         KAB_BIND(kab_text(partner_id.text), kab_text(kab_role_to_nick(role)),
                                  kab_text_or_null(but_for)),
                         error);

        if (rows == NULL)
            return FALSE;
        while (kab_rows_next(rows, &local)) {
            KabUserId id = kab_user_id_of(kab_rows_get_text(rows, 0));

            g_array_append_val(ids, id);
        }
    }
    for (guint i = 0; local == NULL && i < ids->len; i++)
        kab_portal_letters_queue(db, kind, g_array_index(ids, KabUserId, i), object_id, &local);
    return kab_error_pass(error, &local);
}

gboolean
kab_portal_letters_queue_order(KabDb *db, const KabOrder *order, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) user = kab_users_find_id(db, order->user_id, &local);
    gboolean may;

    if (!kab_error_pass(error, &local) ||
        (user != NULL &&
         !kab_portal_letter_act_for(db, user, order->partner_id, KAB_RIGHT_ORDER, &may, error)))
        return FALSE;
    if (user != NULL && may)
        return kab_portal_letters_queue(db, KAB_LETTER_ORDER, user->id, order->id.text, error);
    return queue_role(db, KAB_LETTER_ORDER, order->partner_id, KAB_ROLE_HEAD, NULL, order->id.text,
                      error);
}

gboolean
kab_portal_letters_queue_task(KabDb *db, const KabTask *task, GError **error)
{
    return queue_role(db, KAB_LETTER_TASK, task->partner_id, task->role,
                      task->own_allowed ? NULL : task->author_id.text, task->id.text, error);
}

static KabLetter *
read_letter(KabRows *rows, GError **error)
{
    g_autoptr(KabLetter) letter = g_new0(KabLetter, 1);

    g_strlcpy(letter->id, kab_rows_get_text(rows, 0), sizeof letter->id);
    if (!kab_letter_kind_from_nick(kab_rows_get_text(rows, 1), &letter->kind, error) ||
        !kab_letter_state_from_nick(kab_rows_get_text(rows, 6), &letter->state, error))
        return NULL;
    letter->user_id = kab_user_id_of(kab_rows_get_text(rows, 2));
    letter->user_name = kab_rows_dup_text(rows, 3);
    letter->email = kab_rows_dup_text(rows, 4);
    letter->object_id = kab_rows_dup_text(rows, 5);
    letter->attempts = (int)kab_rows_get_int(rows, 7);
    letter->created_at = kab_rows_get_int(rows, 8);
    letter->next_attempt_at = kab_rows_get_int(rows, 9);
    letter->sent_at = kab_rows_get_int(rows, 10);
    letter->error = kab_rows_dup_text(rows, 11);
    return g_steal_pointer(&letter);
}

/* The first letter of the rows, which it takes; NULL without @error set if there is none. */
static KabLetter *
read_one(KabRows *taken, GError **error)
{
    g_autoptr(KabRows) rows = taken;

    return rows != NULL && kab_rows_next(rows, error) ? read_letter(rows, error) : NULL;
}

GPtrArray *
kab_portal_letters_list(KabDb *db, const char *state, const char *after, guint limit, char **next,
                        GError **error)
{
    g_autoptr(GPtrArray) letters = g_ptr_array_new_with_free_func((GDestroyNotify)kab_letter_free);
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    KabLetterState unused;
    KabTime moment;
    const char *id;

    *next = NULL;
    if ((state != NULL && !kab_letter_state_from_nick(state, &unused, error)) ||
        !kab_page_parse_after(after, &moment, &id, error))
        return NULL;
    rows = kab_db_query(db, SELECT_PAGE,
                        KAB_BIND(kab_int(moment), kab_text(id), kab_text(state), kab_int(limit)),
                        error);
    if (rows == NULL)
        return NULL;
    while (local == NULL && kab_rows_next(rows, &local)) {
        KabLetter *letter = read_letter(rows, &local);

        if (letter != NULL)
            g_ptr_array_add(letters, letter);
    }
    if (!kab_error_pass(error, &local))
        return NULL;
    if (letters->len == limit) {
        const KabLetter *last = g_ptr_array_index(letters, letters->len - 1);

        *next = kab_page_make_next(last->created_at, last->id);
    }
    return g_steal_pointer(&letters);
}

KabLetter *
kab_portal_letters_load(KabDb *db, const char *id, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabLetter *letter =
        read_one(kab_db_query(db, SELECT_ONE, KAB_BIND(kab_text(id)), &local), &local);

    if (letter == NULL && local == NULL)
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no letter %.*s"),
                    kab_error_clip(id, 40), id);
    else
        kab_error_pass(error, &local);
    return letter;
}

/* Whether the statement that was just run found the letter in a state that allows it. */
static gboolean
check_changed(KabDb *db, const char *id, GError **error)
{
    g_autoptr(KabLetter) letter = NULL;

    if (kab_db_get_changes(db) > 0)
        return TRUE;
    letter = kab_portal_letters_load(db, id, error);
    if (letter != NULL)
        g_set_error(error, KAB_ERROR, KAB_ERROR_STATE,
                    _("This cannot be done now; the letter's state is “%s”"),
                    kab_letter_state_to_title(letter->state));
    return FALSE;
}

gboolean
kab_portal_letters_retry(KabDb *db, const char *id, GError **error)
{
    return kab_db_run(db, RETRY, KAB_BIND(kab_int(kab_time_now()), kab_text(id)), error) &&
           check_changed(db, id, error);
}

gboolean
kab_portal_letters_retry_all(KabDb *db, gint64 *n, GError **error)
{
    if (!kab_db_run(db, RETRY, KAB_BIND(kab_int(kab_time_now()), kab_text(NULL)), error))
        return FALSE;
    *n = kab_db_get_changes(db);
    return TRUE;
}

gboolean
kab_portal_letters_drop(KabDb *db, const char *id, const char *why, GError **error)
{
    return kab_db_run(db, DROP, KAB_BIND(kab_text(why), kab_text(id)), error) &&
           check_changed(db, id, error);
}

gboolean
kab_portal_letters_find_problem(KabDb *db, KabUserId user_id, char **out, GError **error)
{
    return kab_db_get_text(db, SELECT_PROBLEM, KAB_BIND(kab_text(user_id.text)), out, error);
}

static char *
describe(KabRows *rows)
{
    g_autofree char *why = kab_mail_settings_explain(kab_rows_get_text(rows, 1));
    guint n = (guint)kab_rows_get_int(rows, 2);

    if (strcmp(kab_rows_get_text(rows, 0), "failed") == 0)
        return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u letter was not delivered: %s",
                                           "%u letters were not delivered: %s", n),
                               n, why);
    return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%u letter could not be sent yet: %s",
                                       "%u letters could not be sent yet: %s", n),
                           n, why);
}

gboolean
kab_portal_letters_list_alarms(KabDb *db, GPtrArray *alarms, GError **error)
{
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;
    gint64 n;

    if (!kab_db_get_int(db, SELECT_STUCK, KAB_BIND_NONE, NULL, &n, error))
        return FALSE;
    if (n > 0)
        g_ptr_array_add(
            alarms, g_strdup_printf(
                        g_dngettext(GETTEXT_PACKAGE, "%u letter waits: there is no mail account",
                                    "%u letters wait: there is no mail account", (gulong)n),
                        (guint)n));
    rows = kab_db_query(db, SELECT_TROUBLES, KAB_BIND_NONE, error);
    if (rows == NULL)
        return FALSE;
    while (kab_rows_next(rows, &local))
        g_ptr_array_add(alarms, describe(rows));
    return kab_error_pass(error, &local);
}

gboolean
kab_portal_letters_release(KabDb *db, GError **error)
{
    return kab_db_run(db, RELEASE, KAB_BIND_NONE, error);
}

gboolean
kab_portal_letters_forget(KabDb *db, KabTime before, GError **error)
{
    return kab_db_run(db, FORGET, KAB_BIND(kab_int(before)), error);
}

gboolean
kab_portal_letters_has_due(KabDb *db, KabTime now, gboolean *out, GError **error)
{
    gint64 unused;

    return kab_db_get_int(db, HAS_DUE, KAB_BIND(kab_int(now)), out, &unused, error);
}

KabLetter *
kab_portal_letters_take(KabDb *db, KabTime now, GError **error)
{
    g_autoptr(KabLetter) letter =
        read_one(kab_db_query(db, SELECT_DUE, KAB_BIND(kab_int(now)), error), error);

    if (letter == NULL || !kab_db_run(db, TAKE, KAB_BIND(kab_text(letter->id)), error))
        return NULL;
    letter->state = KAB_LETTER_SENDING;
    return g_steal_pointer(&letter);
}

gboolean
kab_portal_letters_note(KabDb *db, const KabLetter *letter, GError **error)
{
    return kab_db_run(db, NOTE,
                      KAB_BIND(kab_text(kab_letter_state_to_nick(letter->state)),
                               kab_int(letter->attempts), kab_int(letter->next_attempt_at),
                               kab_int(letter->sent_at), kab_text_or_null(letter->email),
                               kab_text_or_null(letter->error), kab_text(letter->id)),
                      error);
}

gboolean
kab_portal_letters_postpone(KabDb *db, KabTime now, KabTime until, const char *why, GError **error)
{
    return kab_db_run(db, POSTPONE, KAB_BIND(kab_int(until), kab_text(why), kab_int(now)), error);
}

gboolean
kab_portal_letters_hurry(KabDb *db, GError **error)
{
    return kab_db_run(db, HURRY, KAB_BIND_NONE, error);
}
