/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-client.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define KAB_TYPE_REPORT_DIALOG (kab_report_dialog_get_type())

/**
 * KabReportDialog:
 *
 * Lets a person write to support: what happened in own words, above what the program collected,
 * which can be read and changed before it leaves. It is copied, saved, or goes into a letter.
 */
G_DECLARE_FINAL_TYPE(KabReportDialog, kab_report_dialog, KAB, REPORT_DIALOG, AdwWindow)

/** kab_report_dialog_add_end: adds what support wants to know of an end, @title, to what was
 * collected, as soon as it answers. */
void kab_report_dialog_add_end(KabReportDialog *self, KabClient *client, const char *title);

/** kab_report_dialog_new: @collected: what kab_report_write() wrote */
KabReportDialog *kab_report_dialog_new(GtkWindow *parent, const char *collected);

G_END_DECLS
