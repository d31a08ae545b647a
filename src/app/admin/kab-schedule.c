/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-schedule.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_TIMES 5
#define MAX_SECONDS 86400

/* As the settings take it: 300, or 05:00. */
static gboolean
parse(const char *text, gint64 *seconds)
{
    g_autofree char *trimmed = g_strstrip(g_strdup(text));
    g_auto(GStrv) parts = g_strsplit(trimmed, ":", 2);
    gint64 minutes = 0;

    if (g_strv_length(parts) == 2) {
        if (!g_ascii_string_to_signed(parts[0], 10, 0, MAX_SECONDS / 60, &minutes, NULL) ||
            !g_ascii_string_to_signed(parts[1], 10, 0, 59, seconds, NULL))
            return FALSE;
        *seconds += minutes * 60;
        return *seconds <= MAX_SECONDS;
    }
    return g_ascii_string_to_signed(trimmed, 10, 0, MAX_SECONDS, seconds, NULL);
}

char *
kab_schedule_describe(const char *text, KabTime now)
{
    g_autoptr(GString) times = g_string_new(NULL);
    gint64 seconds;

    if (!parse(text, &seconds))
        return g_strdup(_("Seconds or mm:ss are expected, such as 300 or 05:00"));
    if (seconds == 0)
        return g_strdup(_("none: the schedule is off"));
    for (int i = 1; i <= N_TIMES; i++) {
        g_autoptr(GDateTime) at = g_date_time_new_from_unix_local(now / 1000 + i * seconds);
        g_autofree char *time = g_date_time_format(at, "%H:%M:%S");

        g_string_append_printf(times, "%s%s", i > 1 ? ", " : "", time);
    }
    return g_string_free(g_steal_pointer(&times), FALSE);
}
