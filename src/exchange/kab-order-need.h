/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/** kab_order_need: a #KabNeedFunc of the base for objects about an order, "order_id". */
gboolean kab_order_need(gpointer service, KabDb *db, const KabMessage *message,
                        KabReference *missing, GError **error);

G_END_DECLS
