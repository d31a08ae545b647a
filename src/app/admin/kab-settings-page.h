/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_SETTINGS_PAGE (kab_settings_page_get_type())

/**
 * KabSettingsPage:
 *
 * The settings of one end, and "Check integration".
 */
G_DECLARE_FINAL_TYPE(KabSettingsPage, kab_settings_page, KAB, SETTINGS_PAGE, KabDataPage)

/** kab_settings_page_new: @base: whether @client is a base's, and not a portal's */
KabDataPage *kab_settings_page_new(KabClient *client, gboolean base);

/** kab_settings_page_check: whoever comes to mend something sees which field it is: the integration
 * is checked as soon as the settings are loaded, which they are when the page is shown. */
void kab_settings_page_check(KabSettingsPage *self);

/** kab_settings_page_save_to: writes what stands on the page, without secrets, for its owner alone.
 */
void kab_settings_page_save_to(KabSettingsPage *self, const char *path);

/** kab_settings_page_load_from: enters what the file says; saving it is left to the person. */
void kab_settings_page_load_from(KabSettingsPage *self, const char *path);

G_END_DECLS
