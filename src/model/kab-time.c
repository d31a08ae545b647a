/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-time.h"

#include <glib/gi18n-lib.h>

KabTime
kab_time_now(void)
{
    return g_get_real_time() / 1000;
}

gboolean
kab_time_parse(const char *text, KabTime *out, GError **error)
{
    g_autoptr(GDateTime) date = text != NULL ? g_date_time_new_from_iso8601(text, NULL) : NULL;

    if (date == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("“%.*s” is not a moment such as 2026-01-31T12:00:00Z"),
                    kab_error_clip(text, 40), text != NULL ? text : "");
        return FALSE;
    }
    *out = g_date_time_to_unix(date) * 1000 + g_date_time_get_microsecond(date) / 1000;
    return TRUE;
}

/* Milliseconds within the second, also before 1970. */
static int
get_milliseconds(KabTime time)
{
    return (int)((time % 1000 + 1000) % 1000);
}

/* NULL for a moment that is not set or beyond the year 9999. */
static GDateTime *
new_utc(KabTime time)
{
    gint64 seconds = time / 1000 - (time % 1000 < 0);

    return time != 0 ? g_date_time_new_from_unix_utc(seconds) : NULL;
}

static char *
format_in(KabTime time, GTimeZone *zone, const char *pattern)
{
    g_autoptr(GDateTime) utc = new_utc(time);
    g_autoptr(GDateTime) date = NULL;

    if (utc == NULL)
        return g_strdup("");
    date = g_date_time_to_timezone(utc, zone);
    return g_date_time_format(date, pattern);
}

char *
kab_time_format_utc(KabTime time)
{
    g_autoptr(GDateTime) utc = new_utc(time);
    g_autofree char *rest = NULL;

    if (utc == NULL)
        return g_strdup("");
    /* %Y has no leading zeros: 1C's empty date would become the year "1". */
    rest = g_date_time_format(utc, "-%m-%dT%H:%M:%S");
    return g_strdup_printf("%04d%s.%03dZ", g_date_time_get_year(utc), rest, get_milliseconds(time));
}

char *
kab_time_format_local(KabTime time)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_local();

    /* Translators: date and time to the minute, in the form of g_date_time_format() */
    return format_in(time, zone, C_("date format", "%Y-%m-%d %H:%M"));
}

char *
kab_time_format_local_date(KabTime time)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_local();

    /* Translators: a date, in the form of g_date_time_format() */
    return format_in(time, zone, C_("date format", "%Y-%m-%d"));
}
