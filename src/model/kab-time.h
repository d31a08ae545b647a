/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabTime:
 *
 * A moment: milliseconds since 1970-01-01T00:00:00Z. 0 means "not set".
 */
typedef gint64 KabTime;

/**
 * kab_time_now:
 *
 * Returns: the present moment by the system's clock
 */
KabTime kab_time_now(void);

/**
 * kab_time_parse:
 * @text: a moment with its zone after RFC 3339, such as "2026-01-31T12:00:00Z"
 * @out: (out): the moment
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether @text is such a moment
 */
gboolean kab_time_parse(const char *text, KabTime *out, GError **error);

/**
 * kab_time_format_utc:
 * @time: a moment
 *
 * Returns: (transfer full): RFC 3339 in UTC with milliseconds, "" for a moment that is not set
 */
char *kab_time_format_utc(KabTime time);

/**
 * kab_time_format_local:
 * @time: a moment
 *
 * For people: date and time to the minute in the local zone.
 *
 * Returns: (transfer full): the text, "" for a moment that is not set
 */
char *kab_time_format_local(KabTime time);

/**
 * kab_time_format_local_date:
 * @time: a moment
 *
 * Returns: (transfer full): the date in the local zone, "" for a moment that is not set
 */
char *kab_time_format_local_date(KabTime time);

/**
 * KabDate:
 * @text: a calendar day after ISO 8601, such as "2026-01-31"; "" if it is not set
 */
typedef struct {
    char text[11];
} KabDate;

/**
 * kab_date_parse:
 * @text: (nullable): a day after ISO 8601; %NULL and "" for none
 * @out: (out): the day
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether @text is a day of the years 2000 to 2999
 */
gboolean kab_date_parse(const char *text, KabDate *out, GError **error);

/**
 * kab_date_parse_typed:
 * @text: (nullable): a day as people type it: 2026-01-31, 31.01.2026, 31.1.26 or 31/01/2026
 * @out: (out): the day
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether @text is a day of the years 2000 to 2999, or empty
 */
gboolean kab_date_parse_typed(const char *text, KabDate *out, GError **error);

/** kab_date_today: the present day in the local zone. */
KabDate kab_date_today(void);

/** kab_date_of: the day @text of the own database. */
KabDate kab_date_of(const char *text);

/** kab_date_format_local: (transfer full): for people; "" for a day that is not set. */
char *kab_date_format_local(KabDate date);

/** kab_date_begin: the moment when the day begins in the local zone; 0 if it is not set. */
KabTime kab_date_begin(KabDate date);

/** kab_date_next: the day after. */
KabDate kab_date_next(KabDate date);

G_END_DECLS
