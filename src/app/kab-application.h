/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-config.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * kab_application_new:
 * @config: what to connect to; copied
 *
 * Returns: (transfer full): the desktop application, to be run with g_application_run()
 */
GApplication *kab_application_new(const KabAppConfig *config);

/**
 * kab_app_register_resources:
 *
 * Makes the templates, icons and styles known. The linker drops them from a static library
 * otherwise. kab_application_new() does it by itself.
 */
void kab_app_register_resources(void);

G_END_DECLS
