/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/* The mail account by which the portal writes to its users: entered at the base, which sends it
 * over the exchange; or at the portal itself. */

/** kab_mail_settings_get: (transfer none) (array length=n): its settings, alike at both ends. */
const KabSetting *kab_mail_settings_get(guint *n);

/** kab_mail_settings_explain: (transfer full): @text with the titles of these settings in place of
 * their names, for people who read it elsewhere than beside the settings */
char *kab_mail_settings_explain(const char *text);

/** kab_mail_settings_changed: a #KabSettingChangedFunc for the base: queues the account. */
gboolean kab_mail_settings_changed(KabDb *db, const char *name, GError **error);

/** kab_mail_settings_build: a #KabBuildFunc for the base; no body before there is an account. */
gboolean kab_mail_settings_build(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                 GError **error);

/** kab_mail_settings_apply: a #KabApplyFunc for the portal: its settings are as at the base then.
 */
gboolean kab_mail_settings_apply(gpointer service, KabDb *db, const KabMessage *message,
                                 GError **error);

G_END_DECLS
