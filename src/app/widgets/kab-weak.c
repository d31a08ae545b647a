/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-weak.h"

GWeakRef *
kab_weak_new(gpointer object)
{
    GWeakRef *ref = g_new0(GWeakRef, 1);

    g_weak_ref_init(ref, object);
    return ref;
}

gpointer
kab_weak_take(GWeakRef *ref)
{
    gpointer object = g_weak_ref_get(ref);

    g_weak_ref_clear(ref);
    g_free(ref);
    return object;
}
