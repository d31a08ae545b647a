/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * FaultKind:
 * @FAULT_NONE: the disk works
 * @FAULT_FULL: the n-th write, and every later one, finds the disk full; the n-th is done by half
 * @FAULT_SYNC: the n-th sync fails, and every later one; what was written can be read
 * @FAULT_LOST: the n-th sync fails, and what it should have kept is gone, as a kernel does that
 *   drops pages it could not write; later syncs work
 * @FAULT_CUT: power fails before the n-th call: what was not synced is gone
 * @FAULT_TORN: as @FAULT_CUT, but of what was not synced some sectors have reached the disk
 */
typedef enum {
    FAULT_NONE,
    FAULT_FULL,
    FAULT_SYNC,
    FAULT_LOST,
    FAULT_CUT,
    FAULT_TORN,
} FaultKind;

/** FAULT_CUT_STATUS: what the process exits with when power fails. */
#define FAULT_CUT_STATUS 99

/**
 * fault_vfs_register:
 * @busy: whether to move pages from the log to the database every few pages, as a busy service does
 *
 * Puts a disk that can fail below every database that this process opens from now on. It has no
 * real syncs: the machine below the tests does not fail.
 */
void fault_vfs_register(gboolean busy);

/**
 * fault_vfs_arm:
 * @part: a part of the paths of the databases that the fault concerns; a constant
 * @kind: what shall happen
 * @n: at which call that the fault concerns, from 1
 * @seed: which sectors tear
 *
 * Has to be called before the databases are opened.
 */
void fault_vfs_arm(const char *part, FaultKind kind, guint n, guint32 seed);

/** fault_vfs_repair: the disk works from now on. */
void fault_vfs_repair(void);

/** fault_vfs_has_struck: whether there was an n-th call. */
gboolean fault_vfs_has_struck(void);

G_END_DECLS
