/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_queue_put:
 * @db: a connection, inside the transaction of the object's change
 * @kind: the kind of the object, one of kab_kind_get_rank()
 * @object_id: the object
 * @error: return location
 *
 * Queues an object for the other end. The queue holds a reference: an object that is queued already
 * only gets a new version, and a failed one gets new attempts.
 *
 * Returns: whether it is queued
 */
gboolean kab_queue_put(KabDb *db, const char *kind, const char *object_id, GError **error);

G_END_DECLS
