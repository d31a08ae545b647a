/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-access.h"
#include "kab-audit.h"
#include "kab-throttle.h"

#include <sodium.h>

struct _KabAccess {
    KabSeal *seal;         /* (not owned) */
    KabThrottle *throttle; /* (owned) */
    GMutex lock;
    GHashTable *told; /* (owned): what was written down -> when */
    guint8 key[crypto_generichash_KEYBYTES];
    GHashTable *remembered; /* (owned): keyed hash of header and password hash -> until when */
};
