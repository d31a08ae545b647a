/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** kab_weak_new: (transfer full): for what outlives a page and can be cancelled by the person too,
 * so that a cancelled call does not mean that the page is gone. */
GWeakRef *kab_weak_new(gpointer object);

/** kab_weak_take: (transfer full) (nullable): the object, if it is there; frees the reference. */
gpointer kab_weak_take(GWeakRef *ref);

G_END_DECLS
