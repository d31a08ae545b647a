/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_SEGMENTS_PAGE (kab_segments_page_get_type())

/**
 * KabSegmentsPage:
 *
 * The segments of a base: an attribute is chosen, and "Form" puts the products with one of its
 * values into the queue. How many those are is seen before.
 */
G_DECLARE_FINAL_TYPE(KabSegmentsPage, kab_segments_page, KAB, SEGMENTS_PAGE, KabDataPage)

KabDataPage *kab_segments_page_new(KabClient *client);

G_END_DECLS
