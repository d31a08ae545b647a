/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-time.h"

#include <glib.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/** KAB_SHEET_WIDTH: the width of an A4 page in points. */
#define KAB_SHEET_WIDTH 595.28

/** KAB_SHEET_HEIGHT: the height of an A4 page in points. */
#define KAB_SHEET_HEIGHT 841.89

/**
 * KabSheet:
 *
 * A PDF file of A4 pages that is being drawn. Lengths are points, from the upper left corner. The
 * file embeds its fonts, and says that it is in Russian: documents are, whatever the locale.
 */
typedef struct KabSheet KabSheet;

/**
 * KabTextStyle:
 * @size: the height of the letters
 * @bold: whether they are bold
 * @align: to which side lines of text go
 * @max_lines: how many lines a text may take; its end is left out. 0: one line, whose letters
 *   become smaller until it fits
 */
typedef struct {
    double size;
    gboolean bold;
    PangoAlignment align;
    int max_lines;
} KabTextStyle;

/**
 * kab_sheet_new:
 * @title: the document's title
 * @author: who issues it
 * @created: its date; cairo would take the present moment, and no two files would be alike
 *
 * Returns: (transfer full): a file with one empty page
 */
KabSheet *kab_sheet_new(const char *title, const char *author, KabTime created);

void kab_sheet_free(KabSheet *sheet);

/**
 * kab_sheet_set_dry:
 * @sheet: a sheet
 * @dry: whether nothing is drawn, only measured
 */
void kab_sheet_set_dry(KabSheet *sheet, gboolean dry);

/**
 * kab_sheet_text:
 * @sheet: a sheet
 * @style: how it looks
 * @x: left edge
 * @y: upper edge
 * @width: where lines end
 * @text: (nullable): a text
 *
 * Returns: the height of the text, 0 if there is none
 */
double kab_sheet_text(KabSheet *sheet, const KabTextStyle *style, double x, double y, double width,
                      const char *text);

/**
 * kab_sheet_line:
 * @sheet: a sheet
 * @x1: one end
 * @y1: one end
 * @x2: the other end
 * @y2: the other end
 * @thickness: how thick it is
 */
void kab_sheet_line(KabSheet *sheet, double x1, double y1, double x2, double y2, double thickness);

/**
 * kab_sheet_box:
 * @sheet: a sheet
 * @x: left edge
 * @y: upper edge
 * @width: its width
 * @height: its height
 *
 * Draws a frame with thin lines.
 */
void kab_sheet_box(KabSheet *sheet, double x, double y, double width, double height);

/**
 * kab_sheet_qr:
 * @sheet: a sheet
 * @x: left edge
 * @y: upper edge
 * @size: width and height, with the quiet zone
 * @text: what it says
 * @error: return location: %KAB_ERROR_FAILED
 *
 * Draws a QR code (ISO/IEC 18004) with error correction level M.
 *
 * Returns: %FALSE on error
 */
gboolean kab_sheet_qr(KabSheet *sheet, double x, double y, double size, const char *text,
                      GError **error);

/**
 * kab_sheet_next_page:
 * @sheet: a sheet
 *
 * Ends the page; drawing goes on on an empty one.
 */
void kab_sheet_next_page(KabSheet *sheet);

/**
 * kab_sheet_finish:
 * @sheet: a sheet; not to be drawn on any more
 * @error: return location: %KAB_ERROR_FAILED
 *
 * Returns: (transfer full): the file, %NULL on error
 */
GBytes *kab_sheet_finish(KabSheet *sheet, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabSheet, kab_sheet_free)

G_END_DECLS
