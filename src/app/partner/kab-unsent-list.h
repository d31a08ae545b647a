/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-outbox.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_UNSENT_LIST (kab_unsent_list_get_type())

/**
 * KabUnsentList:
 *
 * The orders that are saved on this computer and not at the portal yet. It is not there if there
 * are none.
 */
G_DECLARE_FINAL_TYPE(KabUnsentList, kab_unsent_list, KAB, UNSENT_LIST, AdwBin)

/** kab_unsent_list_watch: shows the orders of @outbox from now on. */
void kab_unsent_list_watch(KabUnsentList *self, KabOutbox *outbox);

/** kab_unsent_list_decide: asks what shall become of the order that the portal will not have. */
void kab_unsent_list_decide(KabUnsentList *self);

G_END_DECLS
