/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_STORY_PAGE (kab_story_page_get_type())

/**
 * KabStoryPage:
 *
 * The whole exchange of one object: where it is at each end and what blocks it, with the cure; what
 * would be sent now; and everything that the journals tell of it, in one timeline.
 */
G_DECLARE_FINAL_TYPE(KabStoryPage, kab_story_page, KAB, STORY_PAGE, KabDataPage)

/**
 * kab_story_page_new:
 * @portal: (nullable): a connection to the portal, if the person may see its exchange
 * @base: (nullable): a connection to the base, likewise; one of the two has to be there
 * @object: "KIND/ID"
 *
 * Returns: (transfer floating): the card
 */
KabDataPage *kab_story_page_new(KabClient *portal, KabClient *base, const char *object);

G_END_DECLS
