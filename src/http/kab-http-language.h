/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <locale.h>

G_BEGIN_DECLS

/** kab_http_language_init: to be called before any text is translated: GLib decides then, for all
 * threads, whether it will ever translate */
void kab_http_language_init(void);

/**
 * kab_http_language_begin:
 * @accepted: (nullable): the header Accept-Language
 *
 * Lets this thread speak the first language of @accepted that there is: Russian or English. Russian
 * needs a Russian locale on this machine; without one, and for other languages, the service speaks
 * as it was started.
 *
 * Returns: for kab_http_language_end()
 */
locale_t kab_http_language_begin(const char *accepted);

/** kab_http_language_end: lets the thread speak as it did before. */
void kab_http_language_end(locale_t before);

/** kab_http_language_dup_wanted: (transfer full): the header Accept-Language of who uses this
 * program */
char *kab_http_language_dup_wanted(void);

G_END_DECLS
