/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** kab_audit_word: (transfer none): in the reader's language what the services write into the log
 * of actions in words of their own; @word itself if it is none of them */
const char *kab_audit_word(const char *word);

/** kab_audit_after: (transfer none) (nullable): what follows @prefix in @text; %NULL if it begins
 * otherwise */
const char *kab_audit_after(const char *text, const char *prefix);

/** kab_audit_dup_role: (transfer full): what people call the role @nick; of another word the same
 * as kab_audit_word() */
char *kab_audit_dup_role(const char *nick);

G_END_DECLS
