/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * kab_preferences_new:
 *
 * What the program remembers of the person's choices (GSettings). Without the installed schema it
 * remembers nothing, which stops nothing.
 *
 * Returns: (transfer full) (nullable): the settings
 */
GSettings *kab_preferences_new(void);

/** kab_preferences_dup: (transfer full) (nullable): a text; %NULL for an empty one, or without
 * settings. */
char *kab_preferences_dup(GSettings *preferences, const char *key);

/** kab_preferences_is_chosen: whether anything was set, be it the empty text; %FALSE without
 * settings
 */
gboolean kab_preferences_is_chosen(GSettings *preferences, const char *key);

/** kab_preferences_set: @value: (nullable): a text; %NULL for the empty one */
void kab_preferences_set(GSettings *preferences, const char *key, const char *value);

/** kab_preferences_has: whether @text is one of several; %FALSE without settings */
gboolean kab_preferences_has(GSettings *preferences, const char *key, const char *text);

/** kab_preferences_include: adds @text to several if @has, and takes it away otherwise. */
void kab_preferences_include(GSettings *preferences, const char *key, const char *text,
                             gboolean has);

G_END_DECLS
