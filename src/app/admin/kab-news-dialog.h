/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-news.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_NEWS_DIALOG (kab_news_dialog_get_type())

/**
 * KabNewsDialog:
 *
 * Writes a piece of news and publishes it.
 *
 * Signals: "published"; "left" when it is closed before that: what is written can be asked for
 * then.
 */
G_DECLARE_FINAL_TYPE(KabNewsDialog, kab_news_dialog, KAB, NEWS_DIALOG, AdwWindow)

/** kab_news_dialog_new: (transfer full): @parent: (nullable); @draft: (nullable): what was written
 * before */
KabNewsDialog *kab_news_dialog_new(GtkWindow *parent, KabClient *client, const KabNews *draft);

/** kab_news_dialog_dup_news: (transfer full): what is written, with the id that it has or will
 * have. */
KabNews *kab_news_dialog_dup_news(KabNewsDialog *self);

G_END_DECLS
