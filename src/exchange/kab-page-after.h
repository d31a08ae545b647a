/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * kab_page_parse_after:
 * @after: (nullable): what "next" was on the page before
 * @moment: (out): the moment of that page's last object; greater than all without @after
 * @id: (out) (transfer none): its id
 * @error: return location: %KAB_ERROR_INVALID
 *
 * For lists that go from the newest object to the oldest.
 *
 * Returns: whether @after is right
 */
gboolean kab_page_parse_after(const char *after, KabTime *moment, const char **id, GError **error);

/** kab_page_make_next: (transfer full): "next" of a page whose last object is this. */
char *kab_page_make_next(KabTime moment, const char *id);

G_END_DECLS
