/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_GROUP_LIST (kab_group_list_get_type())

/**
 * KabGroupList:
 *
 * The product groups as a tree, with "All products" at the top.
 */
G_DECLARE_FINAL_TYPE(KabGroupList, kab_group_list, KAB, GROUP_LIST, AdwBin)

/**
 * kab_group_list_set_groups:
 * @groups: (transfer full) (element-type KabGroup): parents before children
 *
 * Keeps the selected group if it is still there.
 */
void kab_group_list_set_groups(KabGroupList *self, GPtrArray *groups);

/** kab_group_list_get_selected: (nullable) (transfer none): its id; %NULL for all products */
const char *kab_group_list_get_selected(KabGroupList *self);

/** kab_group_list_get_selected_title: (transfer none): its name, or "All products" */
const char *kab_group_list_get_selected_title(KabGroupList *self);

/** kab_group_list_select: @group_id: (nullable): the group to select; %NULL for all products */
void kab_group_list_select(KabGroupList *self, const char *group_id);

G_END_DECLS
