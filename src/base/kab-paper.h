/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-money.h"
#include "kab-sheet.h"

#include <glib.h>

G_BEGIN_DECLS

/* What printed documents have in common: their margins, how they write sums and dates, tables that
 * go on over pages, signatures. */

/* The margins of a page, in points. */
#define KAB_PAPER_LEFT 36.0
#define KAB_PAPER_RIGHT (KAB_SHEET_WIDTH - 36.0)
#define KAB_PAPER_TOP 34.0
#define KAB_PAPER_BOTTOM (KAB_SHEET_HEIGHT - 48.0)
#define KAB_PAPER_WIDTH (KAB_PAPER_RIGHT - KAB_PAPER_LEFT)

/* How thick lines are. */
#define KAB_PAPER_THIN 0.5
#define KAB_PAPER_THICK 1.5

/* The longest name in a sentence, in characters. */
#define KAB_PAPER_NAME_LENGTH 250

/**
 * KabPaperColumn:
 * @title: what stands over it
 * @width: its width; 0 if the table does not have it
 * @style: how its texts look
 */
typedef struct {
    const char *title;
    double width;
    KabTextStyle style;
} KabPaperColumn;

/**
 * KabPaperParts:
 * @draw_head: draws what stands above the table
 * @draw_table_head: draws the heads of the columns
 * @draw_row: draws one row
 * @draw_foot: draws what stands below the last row
 *
 * The parts of a document with a table. Each draws from @y down and says where it ends. All are
 * called twice: to measure, then to draw. A row and the foot must fit on a page together.
 */
typedef struct {
    gboolean (*draw_head)(gpointer document, double *y, GError **error);
    double (*draw_table_head)(gpointer document, double y);
    double (*draw_row)(gpointer document, guint row, double y);
    double (*draw_foot)(gpointer document, double y);
} KabPaperParts;

/**
 * kab_paper_format_sum:
 * @money: a sum
 *
 * Returns: (transfer full): "1 234,56", as Russian documents write it whatever the locale is
 */
char *kab_paper_format_sum(KabMoney money);

/**
 * kab_paper_format_money:
 * @money: a sum
 *
 * Returns: (transfer full): the same with "руб." or the code of the currency
 */
char *kab_paper_format_money(KabMoney money);

/**
 * kab_paper_format_words:
 * @money: a sum, not negative
 * @error: return location: the errors of kab_amount_in_words()
 *
 * Returns: (transfer full): the sum in words; kopecks do not part from their number at the end of
 *   a line
 */
char *kab_paper_format_words(KabMoney money, GError **error);

/**
 * kab_paper_format_date:
 * @time: a moment
 *
 * Returns: (transfer full): its date in the local zone: "05.11.2026"
 */
char *kab_paper_format_date(KabTime time);

/**
 * kab_paper_format_long_date:
 * @time: a moment
 *
 * Returns: (transfer full): its date in the local zone: "5 ноября 2026 г."
 */
char *kab_paper_format_long_date(KabTime time);

/**
 * kab_paper_format_party:
 * @name: its name
 * @inn: (nullable): taxpayer number
 * @kpp: (nullable): tax registration reason code
 * @address: (nullable): address
 * @phone: (nullable): telephone
 *
 * Returns: (transfer full): what there is of it, in one line
 */
char *kab_paper_format_party(const char *name, const char *inn, const char *kpp,
                             const char *address, const char *phone);

/**
 * kab_paper_get_name:
 * @full_name: (nullable): the official name
 * @name: the short one
 *
 * Returns: (transfer none): the official name, or the short one if there is no other
 */
const char *kab_paper_get_name(const char *full_name, const char *name);

/**
 * kab_paper_format_name:
 * @full_name: (nullable): the official name
 * @name: the short one
 *
 * Returns: (transfer full): the same for a sentence: one that is so long that it could push what
 *   the sentence is about off the page is cut
 */
char *kab_paper_format_name(const char *full_name, const char *name);

/**
 * kab_paper_draw_cells:
 * @sheet: a sheet
 * @columns: the columns of a table; together as wide as a page
 * @n: how many
 * @texts: (nullable elements): a text for each
 * @style: (nullable): how the texts look, if not as their columns say
 * @y: upper edge
 *
 * Draws a row of a table with the lines around its cells.
 *
 * Returns: where it ends
 */
double kab_paper_draw_cells(KabSheet *sheet, const KabPaperColumn *columns, gsize n,
                            const char *const *texts, const KabTextStyle *style, double y);

/**
 * kab_paper_draw_titles:
 * @sheet: a sheet
 * @columns: the columns of a table
 * @n: how many, at most 16
 * @y: upper edge
 *
 * Returns: where the row with the titles of the columns ends
 */
double kab_paper_draw_titles(KabSheet *sheet, const KabPaperColumn *columns, gsize n, double y);

/**
 * kab_paper_draw_signature:
 * @sheet: a sheet
 * @x: left edge
 * @y: upper edge
 * @label: who signs, such as "Руководитель"
 * @name: (nullable): the name of the one who signs
 *
 * Draws a line to sign on, half a page wide with what stands beside it.
 *
 * Returns: where it ends
 */
double kab_paper_draw_signature(KabSheet *sheet, double x, double y, const char *label,
                                const char *name);

/**
 * kab_paper_draw:
 * @sheet: an empty sheet
 * @parts: what the document consists of
 * @document: what they draw
 * @n_rows: how many rows its table has, at least one
 * @name: how the document is called beside the page numbers
 * @error: return location: the errors of @parts
 *
 * Draws a document on as many pages as it takes. The heads of the columns are repeated. The foot
 * takes the last row with it: a page without a row could be signed for anything.
 *
 * Returns: %FALSE on error
 */
gboolean kab_paper_draw(KabSheet *sheet, const KabPaperParts *parts, gpointer document,
                        guint n_rows, const char *name, GError **error);

G_END_DECLS
