/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-sheet.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>
#include <qrencode.h>
#include <string.h>

/* Has Cyrillic, and is there on every system that has fonts at all. */
#define FONT "DejaVu Sans"

/* What the documents are written in. */
#define LANGUAGE "ru"

#define THIN 0.5

/* Empty modules around a QR code, by ISO/IEC 18004. */
#define QUIET_ZONE 4

struct KabSheet {
    GByteArray *bytes;        /* (owned) */
    cairo_surface_t *surface; /* (owned) */
    cairo_t *cr;              /* (owned) */
    PangoFontMap *fonts;      /* (owned) */
    PangoLayout *layout;      /* (owned) */
    gboolean dry;
};

static cairo_status_t
append_bytes(void *bytes, const unsigned char *data, unsigned int length)
{
    g_byte_array_append(bytes, data, length);
    return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata(cairo_surface_t *surface, const char *title, const char *author, KabTime created)
{
    g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(created / 1000);
    g_autofree char *text =
        date != NULL ? g_date_time_format(date, "%Y-%m-%dT%H:%M:%SZ") : g_strdup("");

    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, author);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Kabinet");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, text);
}

/* A layout that measures as a printer does: without the hints of a screen. The font map is the
 * sheet's own, so that threads do not share one and what was drawn before has no effect. */
static PangoLayout *
new_layout(PangoFontMap *fonts)
{
    PangoContext *context;
    cairo_font_options_t *options = cairo_font_options_create();
    PangoAttrList *attributes = pango_attr_list_new();
    PangoLayout *layout;

    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts), 72);
    context = pango_font_map_create_context(fonts);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_language(context, pango_language_from_string(LANGUAGE));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    pango_context_set_round_glyph_positions(context, FALSE);
    layout = pango_layout_new(context);
    g_object_unref(context);
    /* A hyphen would change an article. */
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    return layout;
}

KabSheet *
kab_sheet_new(const char *title, const char *author, KabTime created)
{
    KabSheet *sheet = g_new0(KabSheet, 1);

    sheet->bytes = g_byte_array_new();
    sheet->surface = cairo_pdf_surface_create_for_stream(append_bytes, sheet->bytes,
                                                         KAB_SHEET_WIDTH, KAB_SHEET_HEIGHT);
    /* What archives ask for (PDF/A-1); and newer versions hide the catalogue in a compressed
     * object. */
    cairo_pdf_surface_restrict_to_version(sheet->surface, CAIRO_PDF_VERSION_1_4);
    set_metadata(sheet->surface, title, author, created);
    sheet->cr = cairo_create(sheet->surface);
    sheet->fonts = pango_cairo_font_map_new();
    sheet->layout = new_layout(sheet->fonts);
    return sheet;
}

void
kab_sheet_free(KabSheet *sheet)
{
    if (sheet == NULL)
        return;
    g_object_unref(sheet->layout);
    g_object_unref(sheet->fonts);
    cairo_destroy(sheet->cr);
    cairo_surface_destroy(sheet->surface);
    g_byte_array_unref(sheet->bytes);
    g_free(sheet);
}

void
kab_sheet_set_dry(KabSheet *sheet, gboolean dry)
{
    sheet->dry = dry;
}

static void
set_font(KabSheet *sheet, double size, gboolean bold)
{
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, FONT);
    pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
    pango_font_description_set_weight(font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(sheet->layout, font);
    pango_font_description_free(font);
}

/* Line breaks in a text would count against its lines one by one. */
static void
set_text(KabSheet *sheet, const char *text)
{
    g_autofree char *plain = g_utf8_make_valid(text, -1);

    for (char *p = plain; *p != '\0'; p++)
        if (g_ascii_iscntrl(*p))
            *p = ' ';
    pango_layout_set_text(sheet->layout, plain, -1);
}

static void
fit_one_line(KabSheet *sheet, const KabTextStyle *style, double width)
{
    PangoRectangle extents;

    pango_layout_set_width(sheet->layout, -1);
    pango_layout_get_extents(sheet->layout, NULL, &extents);
    if (extents.width > width * PANGO_SCALE)
        set_font(sheet, style->size * width * PANGO_SCALE / extents.width * 0.99, style->bold);
}

double
kab_sheet_text(KabSheet *sheet, const KabTextStyle *style, double x, double y, double width,
               const char *text)
{
    PangoRectangle extents;

    if (text == NULL || *text == '\0')
        return 0;
    set_font(sheet, style->size, style->bold);
    set_text(sheet, text);
    pango_layout_set_alignment(sheet->layout, style->align);
    pango_layout_set_wrap(sheet->layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_height(sheet->layout, style->max_lines > 0 ? -style->max_lines : -1);
    if (style->max_lines == 0)
        fit_one_line(sheet, style, width);
    pango_layout_set_width(sheet->layout, (int)(width * PANGO_SCALE));
    pango_layout_get_extents(sheet->layout, NULL, &extents);
    if (!sheet->dry) {
        cairo_move_to(sheet->cr, x, y);
        pango_cairo_show_layout(sheet->cr, sheet->layout);
    }
    return (double)extents.height / PANGO_SCALE;
}

void
kab_sheet_line(KabSheet *sheet, double x1, double y1, double x2, double y2, double thickness)
{
    if (sheet->dry)
        return;
    cairo_set_line_width(sheet->cr, thickness);
    cairo_move_to(sheet->cr, x1, y1);
    cairo_line_to(sheet->cr, x2, y2);
    cairo_stroke(sheet->cr);
}

void
kab_sheet_box(KabSheet *sheet, double x, double y, double width, double height)
{
    if (sheet->dry)
        return;
    cairo_set_line_width(sheet->cr, THIN);
    cairo_rectangle(sheet->cr, x, y, width, height);
    cairo_stroke(sheet->cr);
}

/* The dark modules of a row, neighbours as one rectangle: fewer bytes, and no hairlines between
 * them on a screen. */
static void
add_row(cairo_t *cr, const QRcode *code, int row, double x, double y, double module)
{
    const unsigned char *modules = code->data + row * code->width;

    for (int i = 0; i < code->width; i++) {
        int start = i;

        while (i < code->width && (modules[i] & 1) != 0)
            i++;
        if (i > start)
            cairo_rectangle(cr, x + start * module, y + row * module, (i - start) * module, module);
    }
}

gboolean
kab_sheet_qr(KabSheet *sheet, double x, double y, double size, const char *text, GError **error)
{
    QRcode *code =
        QRcode_encodeData((int)strlen(text), (const unsigned char *)text, 0, QR_ECLEVEL_M);
    double module;

    if (code == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_FAILED, _("The payment code cannot be drawn: %s"),
                    g_strerror(errno));
        return FALSE;
    }
    module = size / (code->width + 2 * QUIET_ZONE);
    for (int row = 0; row < code->width && !sheet->dry; row++)
        add_row(sheet->cr, code, row, x + QUIET_ZONE * module, y + QUIET_ZONE * module, module);
    if (!sheet->dry)
        cairo_fill(sheet->cr);
    QRcode_free(code);
    return TRUE;
}

void
kab_sheet_next_page(KabSheet *sheet)
{
    if (!sheet->dry)
        cairo_show_page(sheet->cr);
}

/* The place of the table of objects, as the file's end tells it; 0 if it does not. @digits: where
 * it is told. */
static gsize
find_table(const GByteArray *bytes, gsize *digits)
{
    static const char mark[] = "startxref\n";
    gsize tail = MIN(bytes->len, 64);
    const guint8 *end = bytes->data + bytes->len - tail;
    const guint8 *found = memmem(end, tail, mark, strlen(mark));
    guint64 table = 0;

    if (found == NULL)
        return 0;
    *digits = (gsize)(found - bytes->data) + strlen(mark);
    for (gsize i = *digits; i < bytes->len && g_ascii_isdigit(bytes->data[i]); i++)
        table = table * 10 + (guint64)g_ascii_digit_value((char)bytes->data[i]);
    return table < *digits && memcmp(bytes->data + table, "xref\n", 5) == 0 ? (gsize)table : 0;
}

/* Where the entries of the catalogue begin, if it is the last object before the table; 0 if not. */
static gsize
find_catalogue(const GByteArray *bytes, gsize table)
{
    static const char mark[] = "<< /Type /Catalog\n";
    gsize room = MIN(table, 512);
    const guint8 *start = bytes->data + table - room;
    const guint8 *found = memmem(start, room, mark, strlen(mark));
    const guint8 *end;

    if (found == NULL)
        return 0;
    found += strlen(mark);
    end = memmem(found, room - (gsize)(found - start), "endobj\n", 7);
    return end != NULL && end + 7 == start + room ? (gsize)(found - bytes->data) : 0;
}

/* The file with its language in the catalogue, which screen readers and archives look for; cairo
 * has no call for it. Since the catalogue is the last object, a line more in it moves nothing but
 * the table of objects. A file that cairo builds otherwise stays as it is. */
static GBytes *
tell_language(const GByteArray *bytes)
{
    static const char line[] = "   /Lang (" LANGUAGE ")\n";
    const char *data = (const char *)bytes->data;
    gsize digits = 0;
    gsize table = find_table(bytes, &digits);
    gsize catalogue = table > 0 ? find_catalogue(bytes, table) : 0;
    GString *out;

    if (catalogue == 0)
        return g_bytes_new(bytes->data, bytes->len);
    out = g_string_sized_new(bytes->len + sizeof line);
    g_string_append_len(out, data, (gssize)catalogue);
    g_string_append(out, line);
    g_string_append_len(out, data + catalogue, (gssize)(digits - catalogue));
    g_string_append_printf(out, "%" G_GSIZE_FORMAT "\n%%%%EOF\n", table + strlen(line));
    return g_string_free_to_bytes(out);
}

GBytes *
kab_sheet_finish(KabSheet *sheet, GError **error)
{
    cairo_status_t status = cairo_status(sheet->cr);

    cairo_surface_finish(sheet->surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(sheet->surface);
    if (status != CAIRO_STATUS_SUCCESS) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_FAILED, _("The PDF file cannot be made: %s"),
                    cairo_status_to_string(status));
        return NULL;
    }
    return tell_language(sheet->bytes);
}
