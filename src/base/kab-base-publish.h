/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/* What the base publishes at the portal: each is a #KabBuildFunc. An object that is marked as
 * deleted has no body. */

gboolean kab_base_build_group(gpointer service, KabDb *db, const char *id, JsonObject **body,
                              GError **error);
gboolean kab_base_build_price_type(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                   GError **error);
gboolean kab_base_build_warehouse(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                  GError **error);
gboolean kab_base_build_partner(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                GError **error);
gboolean kab_base_build_product(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                GError **error);
gboolean kab_base_build_prices(gpointer service, KabDb *db, const char *id, JsonObject **body,
                               GError **error);
gboolean kab_base_build_stocks(gpointer service, KabDb *db, const char *id, JsonObject **body,
                               GError **error);
gboolean kab_base_build_picture(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                GError **error);

G_END_DECLS
