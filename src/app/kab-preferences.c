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

gboolean
kab_preferences_is_chosen(GSettings *preferences, const char *key)
{
    g_autoptr(GVariant) value =
        preferences != NULL ? g_settings_get_user_value(preferences, key) : NULL;

    return value != NULL;
}

gboolean
kab_preferences_has(GSettings *preferences, const char *key, const char *text)
{
    g_auto(GStrv) texts = preferences != NULL ? g_settings_get_strv(preferences, key) : NULL;

    return texts != NULL && g_strv_contains((const char *const *)texts, text);
}

void
kab_preferences_include(GSettings *preferences, const char *key, const char *text, gboolean has)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) before = NULL;
    g_auto(GStrv) after = NULL;

    if (preferences == NULL || kab_preferences_has(preferences, key, text) == has)
        return;
    before = g_settings_get_strv(preferences, key);
    for (gsize i = 0; before[i] != NULL; i++)
        if (!g_str_equal(before[i], text))
            g_strv_builder_add(builder, before[i]);
    if (has)
        g_strv_builder_add(builder, text);
    after = g_strv_builder_end(builder);
    g_settings_set_strv(preferences, key, (const char *const *)after);
}

void
kab_preferences_set(GSettings *preferences, const char *key, const char *value)
{
    if (preferences != NULL)
        g_settings_set_string(preferences, key, value != NULL ? value : "");
}
