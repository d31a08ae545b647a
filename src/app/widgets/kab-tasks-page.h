/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-list-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_TASKS_PAGE (kab_tasks_page_get_type())

/**
 * KabTasksPage:
 *
 * The tasks of the signed-in user's role, newest first: those that wait for a decision, or all.
 */
G_DECLARE_FINAL_TYPE(KabTasksPage, kab_tasks_page, KAB, TASKS_PAGE, KabListPage)

/** kab_tasks_page_new: the tasks of a partner's people at a portal. */
KabDataPage *kab_tasks_page_new(KabClient *client);

/** kab_tasks_page_new_for_base: @client: a connection to a base; the tasks of the company's people
 */
KabDataPage *kab_tasks_page_new_for_base(KabClient *client);

G_END_DECLS
