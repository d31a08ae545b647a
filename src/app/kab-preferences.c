/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-preferences.h"

#define SCHEMA "org.kabinet.Kabinet"

GSettings *
kab_preferences_new(void)
{
    GSettingsSchemaSource *source = g_settings_schema_source_get_default();
    g_autoptr(GSettingsSchema) schema =
        source != NULL ? g_settings_schema_source_lookup(source, SCHEMA, TRUE) : NULL;

    return schema != NULL ? g_settings_new_full(schema, NULL, NULL) : NULL;
}

char *
kab_preferences_dup(GSettings *preferences, const char *key)
{
    g_autofree char *text = preferences != NULL ? g_settings_get_string(preferences, key) : NULL;

    return text != NULL && *text != '\0' ? g_steal_pointer(&text) : NULL;
}

void
kab_preferences_set(GSettings *preferences, const char *key, const char *value)
{
    if (preferences != NULL)
        g_settings_set_string(preferences, key, value != NULL ? value : "");
}
