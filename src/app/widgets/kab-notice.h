/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_NOTICE (kab_notice_get_type())

/**
 * KabNotice:
 *
 * A line on a page about something that lasts, with a button to end it if a person can:
 * #KabNotice:icon-name, #KabNotice:action-name and #KabNotice:action-label. It is hidden while it
 * has nothing to say.
 */
G_DECLARE_FINAL_TYPE(KabNotice, kab_notice, KAB, NOTICE, AdwBin)

/**
 * kab_notice_tell:
 * @self: a notice
 * @title: (nullable): what is so; %NULL: nothing
 * @text: (nullable): more about it
 *
 * Says it, or hides the notice.
 */
void kab_notice_tell(KabNotice *self, const char *title, const char *text);

G_END_DECLS
