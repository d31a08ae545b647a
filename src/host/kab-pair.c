/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-keys.h"
#include "kab-pair.h"
#include "kab-seal.h"
#include "kab-sessions.h"
#include "kab-users.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define EXCHANGE_LOGIN "EX"

struct _KabPair {
    int lock;             /* of the folder; -1: none */
    char *folder;         /* (owned) */
    KabHost *portal;      /* (owned) */
    KabHost *base;        /* (owned) */
    char *sockets;        /* (owned): the private folder of the sockets */
    char *portal_address; /* (owned) */
    char *base_address;   /* (owned) */
};

static gboolean
set(KabEnd *end, KabDb *db, const char *name, const char *value, GError **error)
{
    return kab_settings_set(kab_end_get_settings(end), db, KAB_ACTOR_SERVICE, name, value, NULL,
                            error);
}

/* The user that the other end acts as; made if it is not there. */
static KabUser *
need_exchange_user(KabDb *db, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabUser) user = kab_users_find(db, EXCHANGE_LOGIN, &local);

    if (user != NULL || !kab_error_pass(error, &local))
        return g_steal_pointer(&user);
    user = g_new0(KabUser, 1);
    user->id = kab_user_id_new();
    user->login = g_strdup(EXCHANGE_LOGIN);
    user->name = g_strdup(_("Exchange"));
    user->role = KAB_ROLE_EXCHANGE;
    user->active = TRUE;
    return kab_users_put(db, user, error) ? g_steal_pointer(&user) : NULL;
}

static gboolean
is_set(KabEnd *end, KabDb *db, const char *name, gboolean *out, GError **error)
{
    g_autofree char *value = kab_settings_get(kab_end_get_settings(end), db, name, error);

    *out = value != NULL && *value != '\0';
    return value != NULL;
}

/* The base gets a Client ID and Client Secret for the portal, unless it has them. */
static gboolean
let_base_in(KabPair *pair, KabDb *portal, KabDb *base, GError **error)
{
    g_autoptr(KabUser) user = NULL;
    g_autofree char *client_id = NULL;
    g_autofree char *client_secret = NULL;
    gboolean done;

    if (!is_set(kab_pair_get_base(pair), base, "exchange.client-secret", &done, error))
        return FALSE;
    if (done)
        return TRUE;
    user = need_exchange_user(portal, error);
    return user != NULL && kab_keys_create(portal, user->id, &client_id, &client_secret, error) &&
           set(kab_pair_get_base(pair), base, "exchange.client-id", client_id, error) &&
           set(kab_pair_get_base(pair), base, "exchange.client-secret", client_secret, error);
}

/* The portal gets a login and a password for the base, unless it has them. */
static gboolean
let_portal_in(KabPair *pair, KabDb *portal, KabDb *base, GError **error)
{
    g_autoptr(KabUser) user = NULL;
    g_autofree char *password = kab_random_token();
    gboolean done;

    if (!is_set(kab_pair_get_portal(pair), portal, "exchange.password", &done, error))
        return FALSE;
    if (done)
        return TRUE;
    user = need_exchange_user(base, error);
    return user != NULL && kab_users_set_password(base, user->id, password, error) &&
           set(kab_pair_get_portal(pair), portal, "exchange.login", EXCHANGE_LOGIN, error) &&
           set(kab_pair_get_portal(pair), portal, "exchange.password", password, error);
}

/* The sockets are others at every start; users and secrets are made once. Every step may have been
 * the last one of a start before. */
static gboolean
connect_ends(KabPair *pair, GError **error)
{
    g_auto(KabEndDb) portal = KAB_END_DB_INIT(kab_pair_get_portal(pair), error);
    g_auto(KabEndDb) base = KAB_END_DB_INIT(kab_pair_get_base(pair), error);

    return portal.db != NULL && base.db != NULL &&
           set(portal.end, portal.db, "exchange.address", pair->base_address, error) &&
           set(base.end, base.db, "exchange.address", pair->portal_address, error) &&
           let_base_in(pair, portal.db, base.db, error) &&
           let_portal_in(pair, portal.db, base.db, error);
}

/* Two processes on the same data would each give the ends sockets of their own. */
static gboolean
lock_folder(KabPair *pair, const char *folder, GError **error)
{
    struct flock whole_file = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    g_autofree char *path = g_build_filename(folder, "pair.lock", NULL);

    if (g_mkdir_with_parents(folder, 0700) == 0)
        pair->lock = g_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (pair->lock < 0) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", folder,
                    g_strerror(errno));
        return FALSE;
    }
    if (fcntl(pair->lock, F_OFD_SETLK, &whole_file) == 0)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_BUSY, _("The data in “%s” are open already"), folder);
    return FALSE;
}

static KabHost *
start(KabSide side, const char *folder, const char *name, const char *address, GError **error)
{
    g_autofree char *data = g_build_filename(folder, name, NULL);

    if (g_mkdir_with_parents(data, 0700) != 0) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", data,
                    g_strerror(errno));
        return NULL;
    }
    return kab_host_start(side, data, address, FALSE, error);
}

KabPair *
kab_pair_start(const char *folder, GError **error)
{
    KabPair *pair = g_new0(KabPair, 1);
    g_autofree char *pattern = g_build_filename(g_get_user_runtime_dir(), "kabinet-XXXXXX", NULL);

    pair->lock = -1;
    pair->folder = g_strdup(folder);
    if (!lock_folder(pair, folder, error)) {
        kab_pair_stop(pair);
        return NULL;
    }
    if (g_mkdir_with_parents(g_get_user_runtime_dir(), 0700) != 0 || g_mkdtemp(pattern) == NULL) {
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: %s", pattern,
                    g_strerror(errno));
        kab_pair_stop(pair);
        return NULL;
    }
    pair->sockets = g_steal_pointer(&pattern);
    pair->portal_address = g_strdup_printf("unix:%s/portal", pair->sockets);
    pair->base_address = g_strdup_printf("unix:%s/base", pair->sockets);
    pair->portal = start(KAB_SIDE_PORTAL, folder, "portal", pair->portal_address, error);
    if (pair->portal != NULL)
        pair->base = start(KAB_SIDE_BASE, folder, "base", pair->base_address, error);
    if (pair->base == NULL || !connect_ends(pair, error)) {
        kab_pair_stop(pair);
        return NULL;
    }
    return pair;
}

void
kab_pair_stop(KabPair *pair)
{
    if (pair == NULL)
        return;
    kab_host_stop(pair->base);
    kab_host_stop(pair->portal);
    if (pair->sockets != NULL)
        g_rmdir(pair->sockets);
    if (pair->lock >= 0)
        g_close(pair->lock, NULL);
    g_free(pair->folder);
    g_free(pair->sockets);
    g_free(pair->portal_address);
    g_free(pair->base_address);
    g_free(pair);
}

gboolean
kab_pair_is_marked(KabPair *pair, const char *name)
{
    g_autofree char *path = g_build_filename(pair->folder, name, NULL);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

gboolean
kab_pair_mark(KabPair *pair, const char *name, GError **error)
{
    g_autofree char *path = g_build_filename(pair->folder, name, NULL);

    return g_file_set_contents_full(
        path, "", 0, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

KabEnd *
kab_pair_get_portal(KabPair *pair)
{
    return kab_host_get_end(pair->portal);
}

KabEnd *
kab_pair_get_base(KabPair *pair)
{
    return kab_host_get_end(pair->base);
}

const char *
kab_pair_get_portal_address(KabPair *pair)
{
    return pair->portal_address;
}

const char *
kab_pair_get_base_address(KabPair *pair)
{
    return pair->base_address;
}
