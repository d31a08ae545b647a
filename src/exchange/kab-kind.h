/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Kinds of objects in the exchange, in the order in which they refer to each other. */
#define KAB_KIND_GROUP "group"
#define KAB_KIND_PRICE_TYPE "price-type"
#define KAB_KIND_WAREHOUSE "warehouse"
#define KAB_KIND_PARTNER "partner"
#define KAB_KIND_USER "user"
#define KAB_KIND_PRODUCT "product"
#define KAB_KIND_PRICE "price"
#define KAB_KIND_STOCK "stock"
#define KAB_KIND_ORDER "order"
#define KAB_KIND_CLIENT_ORDER "client-order"
#define KAB_KIND_COMMENT "comment"
#define KAB_KIND_DOCUMENT_REQUEST "document-request"
#define KAB_KIND_DOCUMENT "document"
#define KAB_KIND_TASK "task"
#define KAB_KIND_TASK_DECISION "task-decision"
#define KAB_KIND_USER_STATE "user-state"
#define KAB_KIND_MAIL_ACCOUNT "mail-account"
/* Large, and nothing waits for them: they go last. */
#define KAB_KIND_PICTURE "picture"

/**
 * kab_kind_get_rank:
 * @kind: (nullable): the name of a kind
 *
 * Returns: its place in the order of sending, what others refer to first; -1 if there is no such
 *   kind
 */
int kab_kind_get_rank(const char *kind);

G_END_DECLS
