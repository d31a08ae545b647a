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

G_END_DECLS
