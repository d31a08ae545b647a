/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-user.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BIT(right) (1u << (right))

typedef struct {
    const char *nick;
    const char *title;
    guint rights;
} Role;

/* What each role may do: the one table of rights. */
static const Role roles[KAB_N_ROLES] = {
    [KAB_ROLE_ADMINISTRATOR] = {"administrator", N_("Administrator"),
                                BIT(KAB_RIGHT_EXCHANGE_ADMIN) | BIT(KAB_RIGHT_USERS) |
                                    BIT(KAB_RIGHT_NEWS) | BIT(KAB_RIGHT_CLIENT_ORDERS) |
                                    BIT(KAB_RIGHT_TASKS)},
    [KAB_ROLE_MANAGER] = {"manager", N_("Sales manager"),
                          BIT(KAB_RIGHT_CLIENT_ORDERS) | BIT(KAB_RIGHT_TASKS)},
    [KAB_ROLE_HEAD] = {"head", N_("Partner's head"),
                       BIT(KAB_RIGHT_BROWSE) | BIT(KAB_RIGHT_ORDER) | BIT(KAB_RIGHT_TASKS)},
    [KAB_ROLE_BUYER] = {"buyer", N_("Buyer"), BIT(KAB_RIGHT_BROWSE) | BIT(KAB_RIGHT_ORDER)},
    [KAB_ROLE_VIEWER] = {"viewer", N_("Viewer"), BIT(KAB_RIGHT_BROWSE)},
    [KAB_ROLE_EXCHANGE] = {"exchange", N_("Exchange"), BIT(KAB_RIGHT_MESSAGES)},
};

gboolean
kab_role_may(KabRole role, KabRight right)
{
    g_return_val_if_fail(role < KAB_N_ROLES, FALSE);
    return right == KAB_RIGHT_NONE || (roles[role].rights & BIT(right)) != 0;
}

gboolean
kab_role_is_partners(KabRole role)
{
    return role == KAB_ROLE_HEAD || role == KAB_ROLE_BUYER || role == KAB_ROLE_VIEWER;
}

const char *
kab_role_to_nick(KabRole role)
{
    g_return_val_if_fail(role < KAB_N_ROLES, NULL);
    return roles[role].nick;
}

gboolean
kab_role_from_nick(const char *nick, KabRole *out, GError **error)
{
    for (int i = 0; nick != NULL && i < KAB_N_ROLES; i++) {
        if (strcmp(roles[i].nick, nick) == 0) {
            *out = (KabRole)i;
            return TRUE;
        }
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a role"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return FALSE;
}

const char *
kab_role_to_title(KabRole role)
{
    g_return_val_if_fail(role < KAB_N_ROLES, NULL);
    return g_dgettext(GETTEXT_PACKAGE, roles[role].title);
}

static const struct {
    const char *nick;
    const char *title;
} states[] = {
    [KAB_USER_STATE_REGISTRATION] = {"registration", N_("Registration")},
    [KAB_USER_STATE_ACTIVE] = {"active", NC_("user", "Active")},
    [KAB_USER_STATE_DEACTIVATED] = {"deactivated", N_("Deactivated")},
};

const char *
kab_user_state_to_nick(KabUserState state)
{
    g_return_val_if_fail(state < G_N_ELEMENTS(states), NULL);
    return states[state].nick;
}

gboolean
kab_user_state_from_nick(const char *nick, KabUserState *out, GError **error)
{
    for (gsize i = 0; nick != NULL && i < G_N_ELEMENTS(states); i++) {
        if (strcmp(states[i].nick, nick) == 0) {
            *out = (KabUserState)i;
            return TRUE;
        }
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a state of a user"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return FALSE;
}

const char *
kab_user_state_to_title(KabUserState state)
{
    g_return_val_if_fail(state < G_N_ELEMENTS(states), NULL);
    if (state == KAB_USER_STATE_ACTIVE)
        return g_dpgettext2(GETTEXT_PACKAGE, "user", states[state].title);
    return g_dgettext(GETTEXT_PACKAGE, states[state].title);
}

KabUserState
kab_user_get_state(const KabUser *user)
{
    if (!user->active)
        return KAB_USER_STATE_DEACTIVATED;
    return user->has_password || user->role == KAB_ROLE_EXCHANGE ? KAB_USER_STATE_ACTIVE
                                                                 : KAB_USER_STATE_REGISTRATION;
}

gboolean
kab_user_check_language(const char *language, GError **error)
{
    if (language == NULL || strcmp(language, "ru") == 0 || strcmp(language, "en") == 0)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("The language is “ru” or “en”, not “%.*s”"),
                kab_error_clip(language, 40), language);
    return FALSE;
}

void
kab_membership_free(KabMembership *membership)
{
    if (membership == NULL)
        return;
    g_free(membership->partner_name);
    g_free(membership);
}

void
kab_user_free(KabUser *user)
{
    if (user == NULL)
        return;
    g_free(user->partner_name);
    g_free(user->login);
    g_free(user->name);
    g_free(user->email);
    g_free(user->phone);
    g_free(user->language);
    g_clear_pointer(&user->memberships, g_ptr_array_unref);
    g_free(user);
}
