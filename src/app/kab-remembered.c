/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-preferences.h"
#include "kab-remembered.h"

#define KEPT_AT "kept-at"

gboolean
kab_remembered_may_be_kept(const KabAppConfig *config, GSettings *preferences)
{
    return !config->remember || config->embedded || preferences == NULL ||
           kab_preferences_has(preferences, KEPT_AT, config->portal_address);
}

void
kab_remembered_note_kept(const KabAppConfig *config, GSettings *preferences, gboolean kept)
{
    if (config->remember && !config->embedded)
        kab_preferences_include(preferences, KEPT_AT, config->portal_address, kept);
}

void
kab_remembered_write(const KabAppConfig *config, GSettings *preferences, KabSession *session)
{
    const struct {
        const char *key;
        const char *value;
    } texts[] = {
        {"portal-address", config->embedded ? NULL : config->portal_address},
        {"base-address", config->embedded ? NULL : config->base_address},
        {"ca-file", config->ca_file},
        {"base-ca-file", config->base_ca_file},
        {"base-login", config->base_login},
        {"login", kab_session_get_login(session)},
    };

    if (!config->remember)
        return;
    kab_remembered_note_kept(config, preferences, kab_session_is_kept(session));
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        kab_preferences_set(preferences, texts[i].key, texts[i].value);
}
