/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault-vfs.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * DiskOutcome:
 * @DISK_WELL: the disk failed, and all is well after it
 * @DISK_NOT_REACHED: all is well; the exchange was over before the disk could fail
 * @DISK_WRONG: something is not as it has to be, and was told on standard output
 *
 * What a trial's process exits with; or %FAULT_CUT_STATUS.
 */
typedef enum {
    DISK_WELL = 0,
    DISK_NOT_REACHED = 3,
    DISK_WRONG = 4,
} DiskOutcome;

/** disk_trial_prepare: (transfer full): a folder with the data of a pair, and a basket filled. */
char *disk_trial_prepare(void);

/** disk_trial_copy: (transfer full): a copy of such a folder. */
char *disk_trial_copy(const char *folder);

/**
 * disk_trial_run:
 * @folder: the folder of a pair
 * @end: "portal" or "base": whose disk fails
 * @kind: how it fails
 * @n: at which call
 * @seed: which sectors tear, and after which calls the process ends
 *
 * Plays one exchange: an order, a comment, an approval, the manager's change, the partner's
 * decision, an act of reconciliation, a line that is shipped and paid. When the disk fails the
 * errors have to be clear ones. Then, by turns, the disk is repaired and the exchange goes on to
 * its end, or the process ends as in a power cut. What was acknowledged is kept in the folder, so
 * that another process can go on with %FAULT_NONE.
 *
 * Returns: the outcome
 */
DiskOutcome disk_trial_run(const char *folder, const char *end, FaultKind kind, guint n,
                           guint32 seed);

G_END_DECLS
