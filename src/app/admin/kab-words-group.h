/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_WORDS_GROUP (kab_words_group_get_type())

/**
 * KabWordsGroup:
 *
 * Predefined values of an end: the words that are not known, and what was said that they mean. If
 * there is none, a line says so; it is hidden until that is known.
 */
G_DECLARE_FINAL_TYPE(KabWordsGroup, kab_words_group, KAB, WORDS_GROUP, AdwBin)

/** kab_words_group_new: @page: (not owned): the page that it is in, whose end's words they are */
GtkWidget *kab_words_group_new(KabDataPage *page, gboolean base);

/** kab_words_group_get_title: (nullable): what words of @kind are; %NULL if there is no such kind
 */
const char *kab_words_group_get_title(const char *kind);

/** kab_words_group_show_meaning: (transfer full): how people read what a word of @kind, which there
 * is, means; @meaning itself if it is not known */
char *kab_words_group_show_meaning(const char *kind, const char *meaning);

/** kab_words_group_load: asks for them. */
void kab_words_group_load(KabWordsGroup *self);

G_END_DECLS
