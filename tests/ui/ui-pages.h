/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-window.h"
#include "ui-test.h"

G_BEGIN_DECLS

/* Every page of the window, with something on each of them, for what has to hold for all of them.
 */

typedef struct {
    const char *name;
    const char *action;
    const char *(*get_id)(void); /* (nullable): of what is opened */
    gboolean administrator;
} UiPage;

extern const UiPage ui_pages[];
extern const guint ui_n_pages;

/* Fills the world and shows the window; somebody who may do everything is signed in. */
KabWindow *ui_pages_start(int width, int height);

/* Opens the page, as the one who sees it. */
KabDataPage *ui_pages_open(KabWindow *window, guint i);

/* Destroys the window and proves that it was freed. */
void ui_pages_end(KabWindow *window);

/* Letters that are @scale times as large as usual. */
void ui_scale_text(int scale);

G_END_DECLS
