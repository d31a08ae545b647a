/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-comment.h"
#include "kab-document.h"
#include "kab-end.h"
#include "kab-history.h"
#include "kab-order-query.h"
#include "kab-order.h"
#include "kab-product.h"
#include "kab-task.h"

G_BEGIN_DECLS

/* Answers to desktops that are alike at both ends, and what of their requests is. */

/**
 * kab_end_answer_order:
 * @response: the answer
 * @order: (transfer full) (nullable): an order; %NULL if the error is set
 *
 * Returns: whether there is an order
 */
gboolean kab_end_answer_order(KabHttpResponse *response, KabOrder *order);

/**
 * kab_end_answer_orders:
 * @response: the answer
 * @orders: (transfer full) (nullable) (element-type KabOrder): a page of orders; %NULL if the error
 *   is set
 * @next: (nullable): where the next page begins
 *
 * Returns: whether there is a page
 */
gboolean kab_end_answer_orders(KabHttpResponse *response, GPtrArray *orders, const char *next);

/** kab_end_answer_product: as kab_end_answer_order(). */
gboolean kab_end_answer_product(KabHttpResponse *response, KabProduct *product);

/** kab_end_answer_products: as kab_end_answer_orders(), of #KabProduct. */
gboolean kab_end_answer_products(KabHttpResponse *response, GPtrArray *products, const char *next);

/** kab_end_answer_comments: as kab_end_answer_orders(), of #KabComment; all on one page. */
gboolean kab_end_answer_comments(KabHttpResponse *response, GPtrArray *comments);

/** kab_end_answer_history: as kab_end_answer_orders(), of #KabHistoryEntry; all on one page. */
gboolean kab_end_answer_history(KabHttpResponse *response, GPtrArray *entries);

/** kab_end_answer_document: as kab_end_answer_order(). */
gboolean kab_end_answer_document(KabHttpResponse *response, KabDocument *document);

/** kab_end_answer_documents: as kab_end_answer_orders(), of #KabDocument; all on one page. */
gboolean kab_end_answer_documents(KabHttpResponse *response, GPtrArray *documents);

/** kab_end_answer_task: as kab_end_answer_order(). */
gboolean kab_end_answer_task(KabHttpResponse *response, KabTask *task);

/** kab_end_answer_tasks: as kab_end_answer_orders(), of #KabTask. */
gboolean kab_end_answer_tasks(KabHttpResponse *response, GPtrArray *tasks, const char *next);

/**
 * kab_end_parse_order_query:
 * @request: a request whose query may say which orders are wanted
 * @query: (out caller-allocates): them, checked; its texts are the request's
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether the query is right
 */
gboolean kab_end_parse_order_query(const KabHttpRequest *request, KabOrderQuery *query,
                                   GError **error);

/** kab_end_need_key: whether the request has an Idempotency-Key of a fitting length. */
gboolean kab_end_need_key(const KabHttpRequest *request, GError **error);

/**
 * kab_end_parse_comment:
 * @request: a request with the order's and the comment's ids in its path
 * @author: who writes
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): the comment, written now
 */
KabComment *kab_end_parse_comment(const KabHttpRequest *request, const KabUser *author,
                                  GError **error);

/**
 * kab_end_parse_task_decision:
 * @request: a request
 * @variant: (out) (transfer full): the chosen variant
 * @comment: (out) (transfer full) (nullable): what is written with it
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether the request is right
 */
gboolean kab_end_parse_task_decision(const KabHttpRequest *request, char **variant, char **comment,
                                     GError **error);

G_END_DECLS
