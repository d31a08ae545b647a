/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-list-page.h"

G_BEGIN_DECLS

#define KAB_TYPE_AUDIT_PAGE (kab_audit_page_get_type())

/**
 * KabAuditPage:
 *
 * Who did what at a service, newest first.
 */
G_DECLARE_FINAL_TYPE(KabAuditPage, kab_audit_page, KAB, AUDIT_PAGE, KabListPage)

/** kab_audit_page_new: @who: the login that is looked at first; "": everybody */
KabDataPage *kab_audit_page_new(KabClient *client, const char *who);

G_END_DECLS
