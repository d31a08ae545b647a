/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-portal-letters.h"
#include "kab-portal-people.h"
#include "kab-queue.h"
#include "kab-users.h"
#include "kab-wire-user.h"

#include <glib/gi18n-lib.h>

#define HAS_PARTNER "SELECT 1 FROM partner WHERE id = $1"
#define SELECT_PUBLISHED "SELECT invitations, resets FROM published_user WHERE user_id = $1"
#define UPSERT_PUBLISHED                                                            \
    "INSERT INTO published_user (user_id, invitations, resets) VALUES ($1, $2, $3)" \
    " ON CONFLICT (user_id) DO UPDATE SET invitations = excluded.invitations,"      \
    " resets = excluded.resets"
#define DELETE_PUBLISHED "DELETE FROM published_user WHERE user_id = $1"
#define IS_PUBLISHED "SELECT 1 FROM published_user WHERE user_id = $1"

/* What the base has asked for so far. */
typedef struct {
    gboolean known;
    gboolean was_active;
    gint64 invitations;
    gint64 resets;
} Asked;

static gboolean
load_asked(KabDb *db, KabUserId id, Asked *asked, GError **error)
{
    g_autoptr(KabRows) rows =
        kab_db_query(db, SELECT_PUBLISHED, KAB_BIND(kab_text(id.text)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    asked->known = kab_rows_next(rows, &local);
    if (asked->known) {
        asked->invitations = kab_rows_get_int(rows, 0);
        asked->resets = kab_rows_get_int(rows, 1);
    }
    return kab_error_pass(error, &local);
}

static gboolean
refuse(const char *why, GError **error)
{
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, why);
    return FALSE;
}

/* Whoever holds the base's key must not become an administrator of the portal with it. */
static gboolean
may_be_published(const KabUser *user, GError **error)
{
    gboolean has_partner = *user->partner_id.text != '\0';

    if (kab_role_is_partners(user->role) ? !has_partner
                                         : user->role != KAB_ROLE_MANAGER || has_partner)
        return refuse(_("The base publishes users of partners with the role head, buyer or viewer, "
                        "and own users with the role manager"),
                      error);
    if (user->email == NULL || *user->email == '\0')
        return refuse(_("A user of the portal needs an e-mail"), error);
    for (guint i = 0; user->memberships != NULL && i < user->memberships->len; i++) {
        const KabMembership *membership = g_ptr_array_index(user->memberships, i);

        if (!has_partner || !kab_role_is_partners(membership->role))
            return refuse(_("For a partner, the role is head, buyer or viewer"), error);
    }
    return TRUE;
}

gboolean
kab_portal_people_check_code(const KabUser *user, gboolean reset, GError **error)
{
    const char *why = NULL;

    if (!user->active)
        why = _("The user is deactivated: activate it first");
    else if (user->role == KAB_ROLE_EXCHANGE)
        why = _("A user of the exchange has keys, and a password that an administrator sets");
    else if (!reset && user->has_password)
        why = _("The user has a password already: reset it instead");
    if (why == NULL)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE, why);
    return FALSE;
}

/* Letters go by the mail account that the base tells: whoever holds its key could read what an
 * administrator of the portal is sent. */
static gboolean
may_be_written_to(const KabUser *user, GError **error)
{
    if (user->role != KAB_ROLE_ADMINISTRATOR)
        return TRUE;
    g_set_error_literal(
        error, KAB_ERROR, KAB_ERROR_STATE,
        _("An administrator is sent no code by letter: hand it over (--print), or set "
          "the password"));
    return FALSE;
}

gboolean
kab_portal_people_invite(KabDb *db, const KabUser *user, KabCodePurpose purpose, GError **error)
{
    if (!kab_portal_people_check_code(user, TRUE, error) || !may_be_written_to(user, error))
        return FALSE;
    if (user->email == NULL || *user->email == '\0') {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("The user “%s” has no e-mail"),
                    user->login);
        return FALSE;
    }
    return kab_portal_letters_queue(
        db, purpose == KAB_CODE_RESET ? KAB_LETTER_RESET : KAB_LETTER_INVITATION, user->id, NULL,
        error);
}

/* What the base asks for anew, once however often its message comes. */
static gboolean
do_asked(KabEnd *end, KabDb *db, const KabUser *user, const Asked *before, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) now = NULL;
    gboolean reset = before->known && user->resets > before->resets;

    if (reset && !kab_end_people_set_password(end, db, KAB_ACTOR_EXCHANGE, user, NULL, error))
        return FALSE;
    now = kab_users_find_id(db, user->id, &local);
    if (now == NULL)
        return kab_error_pass(error, &local);
    /* Whoever has a password needs no invitation. */
    if (!now->active || now->has_password ||
        (before->known && before->was_active && !reset && user->invitations <= before->invitations))
        return TRUE;
    return kab_portal_people_invite(db, now, reset ? KAB_CODE_RESET : KAB_CODE_INVITATION, error);
}

static gboolean
withdraw(KabEnd *end, KabDb *db, const KabUser *before, KabUserId id, GError **error)
{
    return kab_db_run(db, DELETE_PUBLISHED, KAB_BIND(kab_text(id.text)), error) &&
           (before == NULL || kab_end_people_delete(end, db, KAB_ACTOR_EXCHANGE, before, error));
}

gboolean
kab_portal_apply_user(gpointer service, KabDb *db, const KabMessage *message, GError **error)
{
    KabUserId id = kab_user_id_of(message->id);
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) before = kab_users_find_id(db, id, &local);
    g_autoptr(KabUser) user = NULL;
    Asked asked = {0};

    if (!kab_error_pass(error, &local) || !load_asked(db, id, &asked, error))
        return FALSE;
    if (before != NULL && !asked.known)
        return refuse(_("This is a user of the portal's own, whom the base cannot change"), error);
    if (message->body == NULL)
        return withdraw(service, db, before, id, error);
    user = kab_wire_user_from_json(message->id, message->body, error);
    if (user == NULL)
        return FALSE;
    /* Somebody who shall not come in does not, however wrong the rest is. */
    if (before != NULL && !user->active)
        return !before->active || kab_end_people_set_active(service, db, KAB_ACTOR_EXCHANGE, before,
                                                            FALSE, FALSE, error);
    if (!may_be_published(user, error))
        return FALSE;
    /* Somebody who was deleted here is invited like somebody new. */
    asked.known = asked.known && before != NULL;
    asked.was_active = before != NULL && before->active;
    return kab_db_run(
               db, UPSERT_PUBLISHED,
               KAB_BIND(kab_text(id.text), kab_int(user->invitations), kab_int(user->resets)),
               error) &&
           kab_end_people_put(service, db, KAB_ACTOR_EXCHANGE, user, error) &&
           do_asked(service, db, user, &asked, error);
}

static gboolean
need(KabDb *db, const char *text, KabReference *missing, GError **error)
{
    char partner_id[KAB_ID_SIZE];
    gboolean found;
    gint64 one;

    /* What is no id, the decoder will refuse. */
    return text == NULL || !kab_id_fill_parsed(text, partner_id, NULL) ||
           (kab_db_get_int(db, HAS_PARTNER, KAB_BIND(kab_text(partner_id)), &found, &one, error) &&
            (found || kab_end_miss(KAB_KIND_PARTNER, partner_id, missing)));
}

/* A user of a partner that is not here would see no prices. */
gboolean
kab_portal_need_partner(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                        KabReference *missing, GError **error)
{
    return message->body == NULL ||
           need(db, kab_json_get_text(message->body, "partner_id"), missing, error);
}

gboolean
kab_portal_need_partners(gpointer service, KabDb *db, const KabMessage *message,
                         KabReference *missing, GError **error)
{
    g_autoptr(KabUser) user = NULL;

    if (message->body == NULL)
        return TRUE;
    if (!kab_portal_need_partner(service, db, message, missing, error))
        return FALSE;
    user = kab_wire_user_from_json(message->id, message->body, NULL);
    for (guint i = 0; user != NULL && user->memberships != NULL && *missing->kind == '\0' &&
                      i < user->memberships->len;
         i++) {
        const KabMembership *membership = g_ptr_array_index(user->memberships, i);

        if (!need(db, membership->partner_id.text, missing, error))
            return FALSE;
    }
    return TRUE;
}

gboolean
kab_portal_user_changed(KabDb *db, KabUserId id, KabUserChange change, GError **error)
{
    gboolean published;
    gint64 one;

    if (change == KAB_USER_CHANGE_PASSWORD &&
        !kab_portal_letters_queue(db, KAB_LETTER_PASSWORD_CHANGED, id, NULL, error))
        return FALSE;
    return kab_db_get_int(db, IS_PUBLISHED, KAB_BIND(kab_text(id.text)), &published, &one, error) &&
           (!published || kab_queue_put(db, KAB_KIND_USER_STATE, id.text, error));
}

gboolean
kab_portal_build_user_state(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id,
                            JsonObject **body, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) user = kab_users_find_id(db, kab_user_id_of(id), &local);
    g_autoptr(JsonNode) node = NULL;
    KabUserReport report = {0};

    *body = NULL;
    if (user == NULL)
        return kab_error_pass(error, &local);
    report.state = kab_user_get_state(user);
    if (user->blocked)
        report.problem = g_strdup(_("The user was deactivated at the portal"));
    else if (!user->has_password &&
             !kab_portal_letters_find_problem(db, user->id, &report.problem, error))
        return FALSE;
    node = kab_wire_user_report_to_json(&report);
    g_free(report.problem);
    *body = json_node_dup_object(node);
    return TRUE;
}
