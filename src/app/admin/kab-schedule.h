/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-time.h"

G_BEGIN_DECLS

/**
 * kab_schedule_describe:
 * @text: a schedule as somebody types it: seconds, or mm:ss
 * @now: the present moment
 *
 * Returns: (transfer full): the next five times, local; or why there is none
 */
char *kab_schedule_describe(const char *text, KabTime now);

G_END_DECLS
