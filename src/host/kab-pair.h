/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-host.h"

G_BEGIN_DECLS

/**
 * KabPair:
 *
 * A portal and a base in this process that know each other, on Unix sockets in a private folder:
 * the desktop's embedded mode.
 */
typedef struct _KabPair KabPair;

/**
 * kab_pair_start:
 * @folder: the folder of their data; made with its parents if it is not there
 * @error: return location: %KAB_ERROR_BUSY if another process has it open, those of
 *   kab_host_start()
 *
 * At the first start the ends get users, keys and passwords for each other.
 *
 * Returns: (transfer full) (nullable): the pair, which answers now
 */
KabPair *kab_pair_start(const char *folder, GError **error);

/** kab_pair_stop: (transfer full) (nullable): ends what is under way, then stops. */
void kab_pair_stop(KabPair *pair);

/**
 * kab_pair_is_marked:
 * @pair: a pair
 * @name: what a step of its first start is called
 *
 * Returns: whether kab_pair_mark() has noted that step as done
 */
gboolean kab_pair_is_marked(KabPair *pair, const char *name);

/** kab_pair_mark: notes a step of the first start as done. */
gboolean kab_pair_mark(KabPair *pair, const char *name, GError **error);

KabEnd *kab_pair_get_portal(KabPair *pair);
KabEnd *kab_pair_get_base(KabPair *pair);

/** kab_pair_get_portal_address: "unix:PATH" of the portal. */
const char *kab_pair_get_portal_address(KabPair *pair);

/** kab_pair_get_base_address: "unix:PATH" of the base. */
const char *kab_pair_get_base_address(KabPair *pair);

G_END_DECLS
