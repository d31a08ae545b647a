/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-app-config.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>

KabAppConfig *
kab_app_config_copy(const KabAppConfig *config)
{
    KabAppConfig *copy = g_new0(KabAppConfig, 1);
    KabAppIdentity *identities = g_new0(KabAppIdentity, config->n_identities + 1);

    *copy = *config;
    copy->portal_address = g_strdup(config->portal_address);
    copy->base_address = g_strdup(config->base_address);
    copy->code = g_strdup(config->code);
    copy->notice = g_strdup(config->notice);
    copy->ca_file = g_strdup(config->ca_file);
    copy->base_ca_file = g_strdup(config->base_ca_file);
    copy->base_login = g_strdup(config->base_login);
    for (gsize i = 0; i < config->n_identities; i++) {
        identities[i].title = g_strdup(config->identities[i].title);
        identities[i].login = g_strdup(config->identities[i].login);
        identities[i].password = g_strdup(config->identities[i].password);
        identities[i].side = config->identities[i].side;
    }
    copy->identities = identities;
    return copy;
}

void
kab_app_config_free(KabAppConfig *config)
{
    if (config == NULL)
        return;
    for (gsize i = 0; i < config->n_identities; i++) {
        g_free((char *)config->identities[i].title);
        g_free((char *)config->identities[i].login);
        g_free((char *)config->identities[i].password);
    }
    g_free((KabAppIdentity *)config->identities);
    g_free((char *)config->portal_address);
    g_free((char *)config->base_address);
    g_free((char *)config->code);
    g_free((char *)config->notice);
    g_free((char *)config->ca_file);
    g_free((char *)config->base_ca_file);
    g_free((char *)config->base_login);
    g_free(config);
}

gboolean
kab_app_config_set_portal(KabAppConfig *config, const char *address, GError **error)
{
    const char *portal = address;
    const char *base = NULL;

    if (address == NULL && config->host == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("Enter the portal’s address."));
        return FALSE;
    }
    if (address == NULL && !config->host(config->host_data, &portal, &base, error))
        return FALSE;
    config->embedded = address == NULL;
    if (g_strcmp0(portal, config->portal_address) == 0)
        return TRUE;
    g_free((char *)config->portal_address);
    config->portal_address = g_strdup(portal);
    kab_app_config_set_base(config, base, NULL, NULL);
    return TRUE;
}

static void
set_text(const char **text, const char *value)
{
    char *copy = g_strdup(value);

    g_free((char *)*text);
    *text = copy;
}

void
kab_app_config_set_base(KabAppConfig *config, const char *address, const char *ca_file,
                        const char *login)
{
    set_text(&config->base_address, address);
    set_text(&config->base_ca_file, ca_file);
    set_text(&config->base_login, login);
}
