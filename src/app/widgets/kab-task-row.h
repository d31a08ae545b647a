/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"
#include "kab-item.h"
#include "kab-task.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_TASK_ROW (kab_task_row_get_type())

/**
 * KabTaskRow:
 *
 * A task in a list, with a button that opens its card.
 */
G_DECLARE_FINAL_TYPE(KabTaskRow, kab_task_row, KAB, TASK_ROW, AdwBin)

/**
 * kab_task_row_new:
 * @client: a connection to the service whose task it is
 * @base: whether that is a base, and not a portal
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *kab_task_row_new(KabClient *client, gboolean base);

/** kab_task_row_set_item: (nullable): an item of a #KabTask; shown, and shown anew when it changes.
 */
void kab_task_row_set_item(KabTaskRow *self, KabItem *item);

G_END_DECLS
