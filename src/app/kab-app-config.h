/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabAppSide:
 * @KAB_APP_PARTNER: signs in at the portal and sees the partner's pages
 * @KAB_APP_ADMINISTRATOR: signs in at the portal and at the base with the same login and password
 */
typedef enum {
    KAB_APP_PARTNER,
    KAB_APP_ADMINISTRATOR,
} KabAppSide;

/**
 * KabAppIdentity:
 * @title: what stands on its button in the demo bar, such as "Partner", translated
 * @login: what it signs in with
 * @password: its password
 * @side: which pages it sees
 *
 * Somebody whom the demo bar signs in.
 */
typedef struct {
    const char *title;
    const char *login;
    const char *password;
    KabAppSide side;
} KabAppIdentity;

/**
 * KabAppHost:
 * @data: as given in the config
 * @portal_address: (out): the portal's address
 * @base_address: (out): the base's address
 * @error: return location
 *
 * Starts a portal and a base in this program, or finds those that run; both addresses are the
 * callee's.
 *
 * Returns: whether they run
 */
typedef gboolean (*KabAppHost)(gpointer data, const char **portal_address,
                               const char **base_address, GError **error);

/**
 * KabAppConfig:
 * @portal_address: the portal, as kab_client_new() takes it
 * @base_address: (nullable): the base, for administrators and managers
 * @demo: whether the window shows its demo bar and signs in the first identity by itself
 * @identities: (array length=n_identities) (nullable): who can be chosen in the demo bar
 * @n_identities: how many
 * @code: (nullable): a code to set a password with, from a link in a letter
 * @notice: (nullable): what the person is told first, such as what is wrong with a link
 * @ca_file: (nullable): the authorities that the portal is trusted by, as kab_client_trust() takes
 *   them
 * @base_ca_file: (nullable): the same for the base
 * @base_login: (nullable): who signs in at the base, if it is another one than at the portal
 * @remember: whether the person may choose the portal, which is remembered with the login
 * @embedded: whether the portal is the one that @host runs
 * @host: (nullable): runs a portal here, for who enters no address
 * @host_data: for @host
 *
 * What the application needs to know to start.
 */
typedef struct {
    const char *portal_address;
    const char *base_address;
    gboolean demo;
    const KabAppIdentity *identities;
    gsize n_identities;
    const char *code;
    const char *notice;
    const char *ca_file;
    const char *base_ca_file;
    const char *base_login;
    gboolean remember;
    gboolean embedded;
    KabAppHost host;
    gpointer host_data;
} KabAppConfig;

/** kab_app_config_copy: (transfer full): a copy of its own */
KabAppConfig *kab_app_config_copy(const KabAppConfig *config);

/** kab_app_config_free: frees what kab_app_config_copy() made. */
void kab_app_config_free(KabAppConfig *config);

/**
 * kab_app_config_set_portal:
 * @config: a copy
 * @address: (nullable): another portal, without a base; %NULL: the one that runs here
 * @error: return location
 *
 * Returns: whether there is such a one; @config is as it was otherwise
 */
gboolean kab_app_config_set_portal(KabAppConfig *config, const char *address, GError **error);

/**
 * kab_app_config_set_base:
 * @config: a copy
 * @address: (nullable): the base's address
 * @ca_file: (nullable): what it is trusted by
 * @login: (nullable): who signs in there, if it is another one than at the portal
 *
 * Another base, or none.
 */
void kab_app_config_set_base(KabAppConfig *config, const char *address, const char *ca_file,
                             const char *login);

G_END_DECLS
