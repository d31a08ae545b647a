/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-time.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

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

/* Digits and dashes only: "2026-01-31". */
static gboolean
read_date(const char *text, GDate *date)
{
    int numbers[3] = {0};
    int part = 0;

    if (strlen(text) != 10)
        return FALSE;
    for (int i = 0; i < 10; i++) {
        if (i == 4 || i == 7) {
            if (text[i] != '-')
                return FALSE;
            part++;
        } else if (g_ascii_isdigit(text[i])) {
            numbers[part] = numbers[part] * 10 + (text[i] - '0');
        } else {
            return FALSE;
        }
    }
    if (numbers[0] < 2000 || numbers[0] > 2999 ||
        !g_date_valid_dmy((GDateDay)numbers[2], (GDateMonth)numbers[1], (GDateYear)numbers[0]))
        return FALSE;
    g_date_set_dmy(date, (GDateDay)numbers[2], (GDateMonth)numbers[1], (GDateYear)numbers[0]);
    return TRUE;
}

gboolean
kab_date_parse(const char *text, KabDate *out, GError **error)
{
    GDate date;

    *out = (KabDate){""};
    if (text == NULL || *text == '\0')
        return TRUE;
    if (!read_date(text, &date)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("“%.*s” is not a date such as 2026-01-31"), kab_error_clip(text, 40), text);
        return FALSE;
    }
    g_strlcpy(out->text, text, sizeof out->text);
    return TRUE;
}

/* Day, month and year in this order, as Russians write them. */
static gboolean
read_typed(const char *text, KabDate *out)
{
    int day, month, year, end = 0;
    char first[2], second[2];

    if (sscanf(text, "%2d%1[./]%2d%1[./]%4d%n", &day, first, &month, second, &year, &end) != 5 ||
        text[end] != '\0' || *first != *second || day < 0 || month < 0 || year < 0)
        return FALSE;
    g_snprintf(out->text, sizeof out->text, "%04d-%02d-%02d", year < 100 ? 2000 + year : year,
               month, day);
    return TRUE;
}

gboolean
kab_date_parse_typed(const char *text, KabDate *out, GError **error)
{
    g_autofree char *stripped = g_strstrip(g_strdup(text != NULL ? text : ""));
    g_autofree char *example = NULL;
    KabDate typed = {""};

    if (kab_date_parse(read_typed(stripped, &typed) ? typed.text : stripped, out, NULL))
        return TRUE;
    example = kab_date_format_local(kab_date_of("2026-01-31"));
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a date such as %s"),
                kab_error_clip(stripped, 40), stripped, example);
    return FALSE;
}

KabDate
kab_date_today(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *text = g_date_time_format(now, "%Y-%m-%d");

    return kab_date_of(text);
}

KabDate
kab_date_of(const char *text)
{
    KabDate date = {""};

    g_strlcpy(date.text, text != NULL ? text : "", sizeof date.text);
    return date;
}

char *
kab_date_format_local(KabDate date)
{
    char text[64] = "";
    GDate value;

    if (read_date(date.text, &value))
        g_date_strftime(text, sizeof text, C_("date format", "%Y-%m-%d"), &value);
    return g_strdup(text);
}

KabTime
kab_date_begin(KabDate date)
{
    g_autoptr(GDateTime) moment = NULL;
    GDate value;

    if (!read_date(date.text, &value))
        return 0;
    moment = g_date_time_new_local(g_date_get_year(&value), (int)g_date_get_month(&value),
                                   g_date_get_day(&value), 0, 0, 0);
    return g_date_time_to_unix(moment) * 1000;
}

KabDate
kab_date_next(KabDate date)
{
    GDate value;

    if (read_date(date.text, &value)) {
        g_date_add_days(&value, 1);
        g_date_strftime(date.text, sizeof date.text, "%Y-%m-%d", &value);
    }
    return date;
}
