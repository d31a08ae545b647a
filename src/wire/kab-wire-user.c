/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-wire-user.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME 1000
#define MAX_MEMBERSHIPS 1000
#define MAX_PROBLEM 2000

static JsonArray *
memberships_to_json(GPtrArray *memberships)
{
    JsonArray *array = json_array_sized_new(memberships->len);

    for (guint i = 0; i < memberships->len; i++) {
        const KabMembership *membership = g_ptr_array_index(memberships, i);
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "partner_id", membership->partner_id.text);
        kab_json_set_text(object, "partner_name", membership->partner_name);
        json_object_set_string_member(object, "role", kab_role_to_nick(membership->role));
        json_array_add_object_element(array, object);
    }
    return array;
}

JsonNode *
kab_wire_user_to_json(const KabUser *user)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "partner_id", user->partner_id.text);
    kab_json_set_text(object, "partner_name", user->partner_name);
    kab_json_set_text(object, "login", user->login);
    kab_json_set_text(object, "name", user->name);
    kab_json_set_text(object, "email", user->email);
    kab_json_set_text(object, "phone", user->phone);
    kab_json_set_text(object, "language", user->language);
    kab_json_set_text(object, "role", kab_role_to_nick(user->role));
    json_object_set_boolean_member(object, "active", user->active);
    if (user->invitations > 0)
        json_object_set_int_member(object, "invitations", user->invitations);
    if (user->resets > 0)
        json_object_set_int_member(object, "resets", user->resets);
    if (user->memberships != NULL)
        json_object_set_array_member(object, "memberships", memberships_to_json(user->memberships));
    return kab_json_node_take(object);
}

JsonObject *
kab_wire_user_describe(const KabUser *user)
{
    g_autoptr(JsonNode) node = kab_wire_user_to_json(user);
    JsonObject *object = json_node_dup_object(node);

    json_object_set_string_member(object, "id", user->id.text);
    json_object_set_string_member(object, "state",
                                  kab_user_state_to_nick(kab_user_get_state(user)));
    return object;
}

static void
read_role(KabFields *fields, KabRole *role)
{
    GError *local = NULL;

    if (!kab_role_from_nick(kab_fields_need_text(fields, "role", 40), role, &local))
        kab_fields_fail(fields, g_steal_pointer(&local));
}

static void
read_memberships(KabFields *fields, KabUser *user)
{
    JsonArray *array = kab_fields_get_array(fields, "memberships", MAX_MEMBERSHIPS);

    if (array == NULL)
        return;
    user->memberships = g_ptr_array_new_with_free_func((GDestroyNotify)kab_membership_free);
    for (guint i = 0; i < json_array_get_length(array); i++) {
        KabMembership *membership = g_new0(KabMembership, 1);
        KabFields entry = KAB_FIELDS_INIT(json_array_get_object_element(array, i));
        GError *local = NULL;

        g_ptr_array_add(user->memberships, membership);
        kab_fields_need_id(&entry, "partner_id", membership->partner_id.text);
        membership->partner_name = kab_fields_dup_text(&entry, "partner_name", MAX_NAME);
        read_role(&entry, &membership->role);
        if (!kab_fields_finish(&entry, &local)) {
            g_prefix_error(&local, _("Partner %u of the user: "), i + 1);
            kab_fields_fail(fields, g_steal_pointer(&local));
        }
    }
}

/* What only a service tells a desktop. */
static void
read_state(KabFields *fields, KabUser *user)
{
    const char *nick = kab_fields_get_text(fields, "state", 40);
    KabUserState state;
    GError *local = NULL;

    if (nick != NULL && !kab_user_state_from_nick(nick, &state, &local))
        kab_fields_fail(fields, g_steal_pointer(&local));
    else if (nick != NULL)
        user->has_password = state == KAB_USER_STATE_ACTIVE;
}

KabUser *
kab_wire_user_from_json(const char *id, JsonObject *object, GError **error)
{
    g_autoptr(KabUser) user = g_new0(KabUser, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    GError *local = NULL;

    if (id != NULL)
        user->id = kab_user_id_of(id);
    else
        kab_fields_need_id(&fields, "id", user->id.text);
    kab_fields_get_id(&fields, "partner_id", user->partner_id.text);
    user->partner_name = kab_fields_dup_text(&fields, "partner_name", MAX_NAME);
    user->login = g_strdup(kab_fields_need_text(&fields, "login", 100));
    user->name = g_strdup(kab_fields_need_text(&fields, "name", MAX_NAME));
    user->email = kab_fields_dup_text(&fields, "email", 320);
    user->phone = kab_fields_dup_text(&fields, "phone", 100);
    user->language = kab_fields_dup_text(&fields, "language", 40);
    if (!kab_user_check_language(user->language, &local))
        kab_fields_fail(&fields, g_steal_pointer(&local));
    read_role(&fields, &user->role);
    user->active = kab_fields_get_boolean(&fields, "active", TRUE);
    user->invitations = kab_fields_get_int(&fields, "invitations", 0, G_MAXINT32, 0);
    user->resets = kab_fields_get_int(&fields, "resets", 0, G_MAXINT32, 0);
    read_memberships(&fields, user);
    read_state(&fields, user);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&user) : NULL;
}

void
kab_user_report_free(KabUserReport *report)
{
    if (report == NULL)
        return;
    g_free(report->problem);
    g_free(report);
}

JsonNode *
kab_wire_user_report_to_json(const KabUserReport *report)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "state", kab_user_state_to_nick(report->state));
    kab_json_set_text(object, "problem", report->problem);
    return kab_json_node_take(object);
}

KabUserReport *
kab_wire_user_report_from_json(JsonObject *object, GError **error)
{
    g_autoptr(KabUserReport) report = g_new0(KabUserReport, 1);
    KabFields fields = KAB_FIELDS_INIT(object);
    GError *local = NULL;

    if (!kab_user_state_from_nick(kab_fields_need_text(&fields, "state", 40), &report->state,
                                  &local))
        kab_fields_fail(&fields, g_steal_pointer(&local));
    report->problem = kab_fields_dup_text(&fields, "problem", MAX_PROBLEM);
    return kab_fields_finish(&fields, error) ? g_steal_pointer(&report) : NULL;
}
