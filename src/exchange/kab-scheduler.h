/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * KabScheduler:
 *
 * Runs the exchange of one end after its schedule and, if the setting says so, as soon as something
 * is queued; on a thread of its own.
 */
typedef struct _KabScheduler KabScheduler;

/** kab_scheduler_start: (transfer full): begins to watch @end. */
KabScheduler *kab_scheduler_start(KabEnd *end);

/** kab_scheduler_stop: (transfer full): ends it, with the run that is under way. */
void kab_scheduler_stop(KabScheduler *scheduler);

G_END_DECLS
