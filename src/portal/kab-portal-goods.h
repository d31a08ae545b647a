/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/* What the base publishes: each is a #KabApplyFunc. A message without a body takes the object
 * away. */

gboolean kab_portal_apply_group(gpointer service, KabDb *db, const KabMessage *message,
                                GError **error);
gboolean kab_portal_apply_price_type(gpointer service, KabDb *db, const KabMessage *message,
                                     GError **error);
gboolean kab_portal_apply_warehouse(gpointer service, KabDb *db, const KabMessage *message,
                                    GError **error);
gboolean kab_portal_apply_partner(gpointer service, KabDb *db, const KabMessage *message,
                                  GError **error);

G_END_DECLS
