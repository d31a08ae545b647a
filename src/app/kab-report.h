/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

G_BEGIN_DECLS

/**
 * KabReport:
 *
 * What happened in the window lately: pages that were shown and messages that were told, of which
 * support wants to know. Nothing that a person typed is in it.
 */
typedef struct _KabReport KabReport;

/** kab_report_new: (transfer full): of what nothing is known yet. */
KabReport *kab_report_new(void);

void kab_report_free(KabReport *report);

/** kab_report_note: @what: something that happened now, on one line; the oldest is forgotten. */
void kab_report_note(KabReport *report, const char *what);

/**
 * kab_report_write:
 * @report: what happened
 * @session: (nullable): who is signed in where
 *
 * Returns: (transfer full): what a letter to support has to tell beside what the person saw:
 * company, product, version and build, the system, and the steps; plain text without any secret
 */
char *kab_report_write(const KabReport *report, KabSession *session);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabReport, kab_report_free)

G_END_DECLS
