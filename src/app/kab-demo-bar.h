/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-config.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_DEMO_BAR (kab_demo_bar_get_type())

/**
 * KabDemoBar:
 *
 * The people of a demo, one button each. Emits "chosen" with the index of the identity.
 */
G_DECLARE_FINAL_TYPE(KabDemoBar, kab_demo_bar, KAB, DEMO_BAR, AdwBin)

/** kab_demo_bar_set_identities: who can be chosen; only their titles are read. */
void kab_demo_bar_set_identities(KabDemoBar *self, const KabAppIdentity *identities, gsize n);

/** kab_demo_bar_set_chosen: @index: who is signed in; -1: nobody */
void kab_demo_bar_set_chosen(KabDemoBar *self, int index);

G_END_DECLS
