/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-demo.h"
#include "kab-embedded.h"
#include "kab-error.h"
#include "kab-seal.h"
#include "kab-users.h"

#include <glib/gi18n.h>
#include <stdio.h>

#define WELCOMED "welcomed"
#define FIRST_LOGIN "admin"

static gboolean
need_administrator(KabDb *db, const char *password, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) user = kab_users_find(db, FIRST_LOGIN, &local);

    if (!kab_error_pass(error, &local))
        return FALSE;
    if (user == NULL) {
        user = g_new0(KabUser, 1);
        user->id = kab_user_id_new();
        user->login = g_strdup(FIRST_LOGIN);
        user->name = g_strdup(_("Administrator"));
        user->role = KAB_ROLE_ADMINISTRATOR;
        user->active = TRUE;
        if (!kab_users_put(db, user, error))
            return FALSE;
    }
    return kab_users_set_password(db, user->id, password, error);
}

/* A pair that has nobody yet gets an administrator, whose password is told once. */
static gboolean
welcome(KabPair *pair, GError **error)
{
    g_auto(KabEndDb) portal = KAB_END_DB_INIT(kab_pair_get_portal(pair), error);
    g_auto(KabEndDb) base = KAB_END_DB_INIT(kab_pair_get_base(pair), error);
    g_autofree char *password = kab_random_token();

    if (portal.db == NULL || base.db == NULL)
        return FALSE;
    if (kab_pair_is_marked(pair, WELCOMED))
        return TRUE;
    if (!need_administrator(portal.db, password, error) ||
        !need_administrator(base.db, password, error))
        return FALSE;
    g_print(_("First start: sign in as “%s” with the password %s\n"), FIRST_LOGIN, password);
    fflush(stdout);
    return kab_pair_mark(pair, WELCOMED, error);
}

static void
stop(gpointer pair)
{
    kab_pair_stop(pair);
}

gboolean
kab_embedded_start(const char *folder, const char *demo_folder, KabEmbedded *embedded,
                   GError **error)
{
    KabPair *pair = kab_pair_start(folder, error);
    gboolean ready;

    if (pair == NULL)
        return FALSE;
    ready = demo_folder != NULL ? kab_demo_prepare(pair, demo_folder, error) : welcome(pair, error);
    if (!ready) {
        kab_pair_stop(pair);
        return FALSE;
    }
    *embedded = (KabEmbedded){.pair = pair,
                              .portal_address = kab_pair_get_portal_address(pair),
                              .base_address = kab_pair_get_base_address(pair),
                              .stop = stop};
    return TRUE;
}
