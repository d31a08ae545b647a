/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DiskAcknowledged:
 * @placed: (owned) (nullable): the id of the order that was acknowledged as placed
 * @changed: whether the manager's change was acknowledged
 * @confirmed: whether the partner's decision was acknowledged
 *
 * What the services have promised to keep.
 */
typedef struct {
    char *placed;
    gboolean changed;
    gboolean confirmed;
} DiskAcknowledged;

/** disk_wrong: tells on standard output that something is not as it has to be. */
void disk_wrong(const char *format, ...) G_GNUC_PRINTF(1, 2);

/**
 * disk_compare:
 * @folder: the folder of a pair that is stopped
 * @acknowledged: what was promised
 *
 * Looks whether the databases are whole, the queues empty, and the order that went through the
 * whole exchange stands once and alike at both ends.
 */
void disk_compare(const char *folder, const DiskAcknowledged *acknowledged);

G_END_DECLS
