/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-invoice.h"

/** INVOICE_DATE: 2026-11-05T09:00:00Z */
#define INVOICE_DATE G_GINT64_CONSTANT(1793869200000)

extern const KabSeller invoice_seller;
extern const KabPartner invoice_buyer;

/* Without lines. */
KabOrder *invoice_new_order(void);

/* A line in roubles: the price in kopecks, the quantity in thousandths. */
void invoice_add(KabOrder *order, const char *name, gint64 price, gint64 milli, const char *vat);

/* Four lines with three kinds of VAT. */
KabOrder *invoice_new_small_order(void);

KabInvoice invoice_make(const KabOrder *order);

/* Draws it, and looks whether it is neat. */
GBytes *invoice_render(const KabInvoice *invoice);

/* Drawing fails with @code, and the message speaks of @part. */
void invoice_assert_fails(const KabInvoice *invoice, int code, const char *part);
