/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/* What the base publishes about products: each is a #KabApplyFunc. A message without a body takes
 * the object away. */

gboolean kab_portal_apply_product(gpointer service, KabDb *db, const KabMessage *message,
                                  GError **error);
gboolean kab_portal_apply_prices(gpointer service, KabDb *db, const KabMessage *message,
                                 GError **error);
gboolean kab_portal_apply_stocks(gpointer service, KabDb *db, const KabMessage *message,
                                 GError **error);
gboolean kab_portal_apply_picture(gpointer service, KabDb *db, const KabMessage *message,
                                  GError **error);

G_END_DECLS
