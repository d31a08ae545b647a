/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-users.h"

G_BEGIN_DECLS

/* Who did what, in words: what the services write down are words for programs. Whatever is not
 * known here, of an older or a newer service, is told as it was written. */

/** kab_audit_format_title: (transfer full): "admin · User · anna" */
char *kab_audit_format_title(const KabAuditItem *item);

/** kab_audit_format_text: (transfer full): when, where from, and more of it */
char *kab_audit_format_text(const KabAuditItem *item);

/** kab_audit_format_nth_action: (nullable): the name of the @n-th action; the first is %NULL: all
 */
const char *kab_audit_format_nth_action(guint n);

/** kab_audit_format_list_actions: (transfer container): what all of them are called; %NULL ends */
const char **kab_audit_format_list_actions(void);

G_END_DECLS
