/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-money.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabObjectName:
 * @name: (nullable): what people call it; of an order, a task or a document its partner, author or
 *   file
 * @number: (nullable): of the order that it is or belongs to, or the article of a product
 * @at: when it came into being; 0 if that does not tell it from others
 * @total: what it comes to; no currency: nothing
 *
 * How people know an object of the exchange, whose id tells them nothing.
 */
typedef struct {
    char *name;
    char *number;
    KabTime at;
    KabMoney total;
} KabObjectName;

void kab_object_name_free(KabObjectName *name);

/** kab_object_name_copy: (transfer full) (nullable): %NULL of %NULL */
KabObjectName *kab_object_name_copy(const KabObjectName *name);

/** kab_object_name_format: (transfer full): "0000-000014 · Partner"; of an order without a number
 * when it was placed and what it comes to; "" of %NULL */
char *kab_object_name_format(const KabObjectName *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabObjectName, kab_object_name_free)

G_END_DECLS
