/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-publication.h"

#include <glib/gi18n-lib.h>

static const char *const kinds[] = {
    [KAB_PUBLICATION_CONTACT] = "contact",
    [KAB_PUBLICATION_USER] = "user",
    [KAB_PUBLICATION_PARTNER] = "partner",
};

static const char *const actions[] = {
    [KAB_PUBLICATION_PUBLISH] = "publish",       [KAB_PUBLICATION_ACTIVATE] = "activate",
    [KAB_PUBLICATION_DEACTIVATE] = "deactivate", [KAB_PUBLICATION_INVITE] = "invite",
    [KAB_PUBLICATION_RESET] = "reset",           [KAB_PUBLICATION_DELETE] = "delete",
};

void
kab_publication_free(KabPublication *publication)
{
    if (publication == NULL)
        return;
    g_free(publication->id);
    g_free(publication->name);
    g_free(publication->partner_name);
    g_free(publication->email);
    g_free(publication->phone);
    g_free(publication->login);
    g_free(publication->state);
    g_free(publication->problem);
    g_clear_pointer(&publication->people, g_ptr_array_unref);
    g_free(publication);
}

KabUserState
kab_publication_get_state(const KabPublication *publication)
{
    KabUserState state = KAB_USER_STATE_REGISTRATION;

    if (publication->state != NULL)
        kab_user_state_from_nick(publication->state, &state, NULL);
    return state;
}

static gboolean
find_nick(const char *const *nicks, gsize n, const char *nick, guint *out)
{
    for (*out = 0; nick != NULL && *out < n; *out += 1)
        if (g_str_equal(nicks[*out], nick))
            return TRUE;
    return FALSE;
}

const char *
kab_publication_kind_to_nick(KabPublicationKind kind)
{
    g_return_val_if_fail(kind < G_N_ELEMENTS(kinds), NULL);
    return kinds[kind];
}

gboolean
kab_publication_kind_from_nick(const char *nick, KabPublicationKind *out, GError **error)
{
    guint i;

    if (find_nick(kinds, G_N_ELEMENTS(kinds), nick, &i)) {
        *out = (KabPublicationKind)i;
        return TRUE;
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is nothing that can be published"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return FALSE;
}

const char *
kab_publication_action_to_nick(KabPublicationAction action)
{
    g_return_val_if_fail(action < G_N_ELEMENTS(actions), NULL);
    return actions[action];
}

gboolean
kab_publication_action_from_nick(const char *nick, KabPublicationAction *out, GError **error)
{
    guint i;

    if (find_nick(actions, G_N_ELEMENTS(actions), nick, &i)) {
        *out = (KabPublicationAction)i;
        return TRUE;
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("“%.*s” is nothing that can be done to a publication"), kab_error_clip(nick, 40),
                nick != NULL ? nick : "");
    return FALSE;
}
