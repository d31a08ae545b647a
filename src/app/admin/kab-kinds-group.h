/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_KINDS_GROUP (kab_kinds_group_get_type())

/**
 * KabKindsGroup:
 *
 * The object kinds that an end sends: which take part in the exchange. A switch works at once.
 */
G_DECLARE_FINAL_TYPE(KabKindsGroup, kab_kinds_group, KAB, KINDS_GROUP, AdwBin)

/** kab_kinds_group_new: @page: (not owned): the page that it is in, whose end's kinds they are */
GtkWidget *kab_kinds_group_new(KabDataPage *page);

/** kab_kinds_group_load: asks for them. */
void kab_kinds_group_load(KabKindsGroup *self);

G_END_DECLS
