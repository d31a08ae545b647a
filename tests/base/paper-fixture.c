/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "paper-fixture.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

gboolean
paper_have_program(const char *name)
{
    g_autofree char *path = g_find_program_in_path(name);

    if (path == NULL)
        g_test_message("%s is not installed", name);
    return path != NULL;
}

char *
paper_run(const char *const *argv, GBytes *input)
{
    GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) output = NULL;
    g_autoptr(GSubprocess) process = NULL;

    if (input != NULL)
        flags |= G_SUBPROCESS_FLAGS_STDIN_PIPE;
    process = g_subprocess_newv(argv, flags, &error);
    g_assert_no_error(error);
    g_subprocess_communicate(process, input, NULL, &output, NULL, &error);
    g_assert_no_error(error);
    g_assert_true(g_subprocess_get_successful(process));
    return g_strndup(g_bytes_get_data(output, NULL), g_bytes_get_size(output));
}

/* The text without spaces and line breaks: where a name wraps does not matter. */
static char *
squeeze(const char *text)
{
    GString *out = g_string_new(NULL);

    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_unichar_isspace(g_utf8_get_char(p)))
            g_string_append_unichar(out, g_utf8_get_char(p));
    return g_string_free(out, FALSE);
}

char *
paper_extract(GBytes *pdf)
{
    const char *const argv[] = {"pdftotext", "-raw", "-", "-", NULL};
    g_autofree char *text = NULL;

    if (!paper_have_program("pdftotext"))
        return NULL;
    text = paper_run(argv, pdf);
    return squeeze(text);
}

guint
paper_count(const char *text, const char *part)
{
    g_autofree char *needle = squeeze(part);
    guint n = 0;

    for (const char *p = text; (p = strstr(p, needle)) != NULL; p += strlen(needle))
        n++;
    return n;
}

void
paper_assert_shows(const char *text, const char *part)
{
    if (paper_count(text, part) == 0)
        g_error("“%s” is not in the document: %s", part, text);
}

/* The text from @offset on, as far as it is one. */
static char *
read_at(GBytes *pdf, guint64 offset)
{
    gsize size;
    const char *data = g_bytes_get_data(pdf, &size);

    g_assert_cmpuint(offset, <, size);
    return g_strndup(data + offset, size - offset);
}

static guint64
read_number(const char *text, const char *label)
{
    const char *found = g_strrstr(text, label);

    g_assert_nonnull(found);
    return g_ascii_strtoull(found + strlen(label), NULL, 10);
}

/* As a strict reader goes: from the end of the file to the table of objects, from there to the
 * catalogue; readers that mend broken files would hide a wrong number. */
static char *
read_catalogue(GBytes *pdf)
{
    g_autofree char *tail = read_at(pdf, g_bytes_get_size(pdf) - 40);
    g_autofree char *table = read_at(pdf, read_number(tail, "startxref\n"));
    guint64 root = read_number(table, "/Root ");
    g_autofree char *head = g_strdup_printf("%" G_GUINT64_FORMAT " 0 obj\n", root);
    g_auto(GStrv) lines = g_strsplit(table, "\n", -1);
    char *catalogue;

    g_assert_true(g_str_has_suffix(tail, "\n%%EOF\n"));
    g_assert_true(g_str_has_prefix(table, "xref\n0 "));
    g_assert_cmpuint(g_strv_length(lines), >, root + 2);
    g_assert_cmpuint(strlen(lines[root + 2]), ==, 19);
    catalogue = read_at(pdf, g_ascii_strtoull(lines[root + 2], NULL, 10));
    g_assert_true(g_str_has_prefix(catalogue, head));
    g_assert_nonnull(strstr(catalogue, "endobj"));
    *strstr(catalogue, "endobj") = '\0';
    return catalogue;
}

/* The date is the document's: the present moment would make the same data other bytes. */
static void
assert_title(GBytes *pdf, const char *title, const char *date)
{
    const char *const argv[] = {"pdfinfo", "-isodates", "-", NULL};
    g_autofree char *info = NULL;
    g_autofree char *line = g_strdup_printf("%s\n", title);

    if (!paper_have_program("pdfinfo"))
        return;
    info = paper_run(argv, pdf);
    g_assert_true(g_str_has_prefix(info, "Title:"));
    g_assert_nonnull(strstr(info, date));
    g_assert_true(g_str_has_prefix(g_strchug(info + strlen("Title:")), line));
}

static void
assert_fonts(GBytes *pdf)
{
    const char *const argv[] = {"pdffonts", "-", NULL};
    g_autofree char *fonts = NULL;
    g_auto(GStrv) lines = NULL;

    if (!paper_have_program("pdffonts"))
        return;
    fonts = paper_run(argv, pdf);
    lines = g_strsplit(g_strchomp(fonts), "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), >, 2);
    for (char **line = lines + 2; *line != NULL; line++) /* embedded, subset, Unicode */
        g_assert_nonnull(strstr(*line, "yes yes yes"));
}

void
paper_assert_archivable(GBytes *pdf, const char *title, const char *date)
{
    g_autofree char *catalogue = read_catalogue(pdf);

    g_assert_true(g_str_has_prefix(g_bytes_get_data(pdf, NULL), "%PDF-1.4\n"));
    g_assert_nonnull(strstr(catalogue, "/Type /Catalog\n"));
    g_assert_nonnull(strstr(catalogue, "/Pages "));
    g_assert_nonnull(strstr(catalogue, "/Lang (ru)\n"));
    assert_title(pdf, title, date);
    assert_fonts(pdf);
}

/* A word's frame, in points from the upper left corner. */
typedef struct {
    double left;
    double top;
    double right;
    double bottom;
} Frame;

/* How far frames may reach into each other: they are as high as a line, and letters are not. */
#define SLACK 1.5

static void
assert_apart(const GArray *page, const Frame *frame, const char *word)
{
    for (guint i = 0; i < page->len; i++) {
        const Frame *other = &g_array_index(page, Frame, i);

        if (frame->left + SLACK < other->right && other->left + SLACK < frame->right &&
            frame->top + SLACK < other->bottom && other->top + SLACK < frame->bottom)
            g_error("%s is drawn over another word", word);
    }
}

/* Inside the margins; the number of the page stands alone below them. */
static void
assert_inside(const Frame *frame, const char *word)
{
    if (frame->left < 36 - SLACK || frame->right > 595.28 - 36 + SLACK || frame->top < 30 ||
        (frame->bottom > 842 - 48 + SLACK && frame->top < 842 - 48 + 10))
        g_error("%s is drawn beyond the margins", word);
}

void
paper_assert_neat(GBytes *pdf)
{
    const char *const argv[] = {"pdftotext", "-bbox", "-", "-", NULL};
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    g_autoptr(GArray) page = g_array_new(FALSE, FALSE, sizeof(Frame));
    guint words = 0;

    if (!paper_have_program("pdftotext"))
        return;
    text = paper_run(argv, pdf);
    lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        Frame frame;

        if (strstr(*line, "<page ") != NULL)
            g_array_set_size(page, 0);
        if (sscanf(*line, " <word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\"", &frame.left,
                   &frame.top, &frame.right, &frame.bottom) != 4)
            continue;
        assert_inside(&frame, *line);
        assert_apart(page, &frame, *line);
        g_array_append_val(page, frame);
        words++;
    }
    g_assert_cmpuint(words, >, 10);
}

/* For builds with AddressSanitizer: fontconfig loses a few bytes of its configuration, once. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}
