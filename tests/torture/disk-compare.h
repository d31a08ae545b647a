/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** disk_wrong: tells on standard output that something is not as it has to be. */
void disk_wrong(const char *format, ...) G_GNUC_PRINTF(1, 2);

/**
 * disk_compare:
 * @folder: the folder of a pair that is stopped
 * @placed: the id of the order that was acknowledged
 *
 * Looks whether the databases are whole, the queues empty, and the order that went through the
 * whole exchange stands once and alike at both ends, with its comment, its task and its documents.
 */
void disk_compare(const char *folder, const char *placed);

G_END_DECLS
