/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-data-page.h"
#include "kab-document-file.h"
#include "kab-order.h"

G_BEGIN_DECLS

#define KAB_TYPE_INVOICE_FILE (kab_invoice_file_get_type())

/**
 * KabInvoiceFile:
 *
 * The invoice of an order, as its card has it: downloaded, opened or printed. It emits "changed"
 * when it begins, takes long, or ends, and tells on the page what became of it.
 */
G_DECLARE_FINAL_TYPE(KabInvoiceFile, kab_invoice_file, KAB, INVOICE_FILE, GObject)

/**
 * KabInvoiceUse:
 * @KAB_INVOICE_SAVE: a new file, in the person's download folder
 * @KAB_INVOICE_OPEN: shown by the program that shows such files
 * @KAB_INVOICE_PRINT: sent to a printer, which is asked for
 */
typedef enum {
    KAB_INVOICE_SAVE,
    KAB_INVOICE_OPEN,
    KAB_INVOICE_PRINT,
} KabInvoiceUse;

/** kab_invoice_file_new: (transfer full): @page: (not owned): the card, which has to stop it */
KabInvoiceFile *kab_invoice_file_new(KabDataPage *page);

/**
 * kab_invoice_file_get:
 * @self: an invoice that is not on its way
 * @order: the order: an order of the portal, or a client order of the base
 * @base: whether the page's connection is to a base
 * @use: what to do with it
 * @path: (nullable): the file to write instead of a new one
 */
void kab_invoice_file_get(KabInvoiceFile *self, const KabOrder *order, gboolean base,
                          KabInvoiceUse use, const char *path);

/** kab_invoice_file_is_busy: whether it is on its way. */
gboolean kab_invoice_file_is_busy(KabInvoiceFile *self);

/** kab_invoice_file_is_slow: whether it takes so long that it may be cancelled. */
gboolean kab_invoice_file_is_slow(KabInvoiceFile *self);

/** kab_invoice_file_cancel: wants it no more. */
void kab_invoice_file_cancel(KabInvoiceFile *self);

/** kab_invoice_file_stop: the page goes: nothing is told any more. */
void kab_invoice_file_stop(KabInvoiceFile *self);

G_END_DECLS
