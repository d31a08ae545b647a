/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_PAGE_VIEW (kab_page_view_get_type())

/**
 * KabPageView:
 *
 * The four states of a page: loading, empty, error with "Retry", content.
 */
G_DECLARE_FINAL_TYPE(KabPageView, kab_page_view, KAB, PAGE_VIEW, AdwBin)

/**
 * KabPageState:
 * @KAB_PAGE_LOADING: nothing to show yet
 * @KAB_PAGE_EMPTY: loaded, and there is nothing
 * @KAB_PAGE_ERROR: could not be loaded
 * @KAB_PAGE_CONTENT: loaded
 */
typedef enum {
    KAB_PAGE_LOADING,
    KAB_PAGE_EMPTY,
    KAB_PAGE_ERROR,
    KAB_PAGE_CONTENT,
} KabPageState;

KabPageState kab_page_view_get_state(KabPageView *self);

/** kab_page_view_set_state: shows loading, empty or content. */
void kab_page_view_set_state(KabPageView *self, KabPageState state);

/** kab_page_view_set_error: shows the error @text and "Retry". */
void kab_page_view_set_error(KabPageView *self, const char *text);

G_END_DECLS
