/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-id.h"

G_BEGIN_DECLS

#define KAB_TYPE_TASK_PAGE (kab_task_page_get_type())

/**
 * KabTaskPage:
 *
 * The card of a task: what has to be decided, and the variants, for its executor.
 */
G_DECLARE_FINAL_TYPE(KabTaskPage, kab_task_page, KAB, TASK_PAGE, KabDataPage)

/**
 * kab_task_page_new:
 * @client: a connection to a portal or a base
 * @id: a task there
 * @base: whether it is a base
 */
KabDataPage *kab_task_page_new(KabClient *client, KabTaskId id, gboolean base);

G_END_DECLS
