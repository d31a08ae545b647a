/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client-users.h"

G_BEGIN_DECLS

/* What the log of actions tells of users, contact persons and partners; all texts of @item are
 * there.
 */

/** kab_audit_describe_person: (transfer full): who it is */
char *kab_audit_describe_person(const KabAuditItem *item);

/** kab_audit_describe_user: (transfer full): what was done */
char *kab_audit_describe_user(const KabAuditItem *item);

G_END_DECLS
