/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-publication.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-queue.h"
#include "kab-wire-user.h"

#include <glib/gi18n-lib.h>

/* A contact person of a partner that is gone, or an own user who is not active, is published no
 * more. */
#define SELECT_USER                                                                     \
    "SELECT c.partner_id, p.name, b.login, c.name, c.email, c.phone, b.role, b.active," \
    " b.language, b.invitations, b.resets"                                              \
    " FROM publication b JOIN contact c ON c.id = b.user_id"                            \
    " JOIN partner p ON p.id = c.partner_id"                                            \
    " WHERE b.user_id = $1 AND b.own = 0 AND c.deleted = 0 AND p.deleted = 0"           \
    " UNION ALL SELECT NULL, NULL, b.login, u.name, u.email, u.phone, b.role,"          \
    " b.active = 1 AND u.active = 1, b.language, b.invitations, b.resets"               \
    " FROM publication b JOIN user u ON u.id = b.user_id WHERE b.user_id = $1 AND b.own = 1"
#define SELECT_PARTNERS                                                                \
    "SELECT m.partner_id, p.name, m.role FROM contact_membership m"                    \
    " JOIN partner p ON p.id = m.partner_id WHERE m.contact_id = $1 AND p.deleted = 0" \
    " ORDER BY p.name, m.partner_id"
#define IS_PUBLISHED "SELECT 1 FROM publication WHERE user_id = $1"
#define SET_STATE "UPDATE publication SET state = $1, problem = $2 WHERE user_id = $3"

static KabUser *
read_user(KabRows *rows, GError **error)
{
    g_autoptr(KabUser) user = g_new0(KabUser, 1);

    user->partner_id = kab_partner_id_of(kab_rows_get_text(rows, 0));
    user->partner_name = kab_rows_dup_text(rows, 1);
    user->login = kab_rows_dup_text(rows, 2);
    user->name = kab_rows_dup_text(rows, 3);
    user->email = kab_rows_dup_text(rows, 4);
    user->phone = kab_rows_dup_text(rows, 5);
    user->active = kab_rows_get_int(rows, 7) != 0;
    user->language = kab_rows_dup_text(rows, 8);
    user->invitations = kab_rows_get_int(rows, 9);
    user->resets = kab_rows_get_int(rows, 10);
    return kab_role_from_nick(kab_rows_get_text(rows, 6), &user->role, error)
               ? g_steal_pointer(&user)
               : NULL;
}

static gboolean
read_partners(KabDb *db, const char *id, KabUser *user, GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_PARTNERS, KAB_BIND(kab_text(id)), error);
    g_autoptr(GError) local = NULL;

    if (rows == NULL)
        return FALSE;
    user->memberships = g_ptr_array_new_with_free_func((GDestroyNotify)kab_membership_free);
    while (kab_rows_next(rows, &local)) {
        KabMembership *membership = g_new0(KabMembership, 1);

        g_ptr_array_add(user->memberships, membership);
        membership->partner_id = kab_partner_id_of(kab_rows_get_text(rows, 0));
        membership->partner_name = kab_rows_dup_text(rows, 1);
        if (!kab_role_from_nick(kab_rows_get_text(rows, 2), &membership->role, error))
            return FALSE;
    }
    return kab_error_pass(error, &local);
}

gboolean
kab_base_build_user(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body,
                    GError **error)
{
    g_autoptr(KabRows) rows = kab_db_query(db, SELECT_USER, KAB_BIND(kab_text(id)), error);
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) user = NULL;
    g_autoptr(JsonNode) node = NULL;

    *body = NULL;
    if (rows == NULL)
        return FALSE;
    if (!kab_rows_next(rows, &local))
        return kab_error_pass(error, &local);
    user = read_user(rows, error);
    if (user == NULL || !read_partners(db, id, user, error))
        return FALSE;
    node = kab_wire_user_to_json(user);
    *body = json_node_dup_object(node);
    return TRUE;
}

gboolean
kab_base_user_changed(KabDb *db, KabUserId id, KabUserChange change, GError **error)
{
    gboolean published;
    gint64 one;

    if (change != KAB_USER_CHANGE_STATE)
        return TRUE;
    return kab_db_get_int(db, IS_PUBLISHED, KAB_BIND(kab_text(id.text)), &published, &one, error) &&
           (!published || kab_queue_put(db, KAB_KIND_USER, id.text, error));
}

/* Of a user whom nobody publishes any more, nothing has to be known. */
gboolean
kab_base_apply_user_state(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                          GError **error)
{
    g_autoptr(KabUserReport) report = NULL;

    if (message->body == NULL)
        return kab_db_run(db, SET_STATE,
                          KAB_BIND(kab_text(NULL),
                                   kab_text(_("The user was deleted at the portal: publish the "
                                              "person again, or take the publication back")),
                                   kab_text(message->id)),
                          error);
    report = kab_wire_user_report_from_json(message->body, error);
    return report != NULL &&
           kab_db_run(db, SET_STATE,
                      KAB_BIND(kab_text(kab_user_state_to_nick(report->state)),
                               kab_text_or_null(report->problem), kab_text(message->id)),
                      error);
}
