/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-portal-letter-text.h"

#include <gio/gio.h>
#include <string.h>

#define FOLDER "/org/kabinet/portal/letters/"
#define SMALL "<p style=\"margin:24px 0 0;color:#6b7280;font-size:13px\">%s</p>\n"
#define PLAIN "<p style=\"margin:0 0 16px\">%s</p>\n"
#define CODE                                                                        \
    "<p style=\"margin:0 0 16px;padding:12px;background:#f4f4f5;border-radius:8px;" \
    "font:bold 20px/1.5 monospace;text-align:center\">%s</p>\n"
#define LINK                                                                       \
    "<p style=\"margin:0 0 16px\"><a href=\"%s\" style=\"display:inline-block;"    \
    "padding:10px 20px;background:#1a5fb4;color:#ffffff;border-radius:8px;"        \
    "text-decoration:none\">%s</a><br><span style=\"color:#6b7280;font-size:13px;" \
    "word-break:break-all\">%s</span></p>\n"

typedef struct {
    const char *name;
    const char *value; /* (nullable) */
} Value;

void
kab_letter_text_clear(KabLetterText *text)
{
    g_clear_pointer(&text->subject, g_free);
    g_clear_pointer(&text->text, g_free);
    g_clear_pointer(&text->html, g_free);
}

static char *
load(const char *path, GError **error)
{
    g_autoptr(GBytes) bytes = g_resources_lookup_data(path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
    gsize size;
    const char *data = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;

    return data != NULL ? g_strndup(data, size) : NULL;
}

/* What comes from outside is one line, so that it can make no paragraphs of its own. */
static void
append_line(GString *out, const char *value)
{
    for (const char *p = value; *p != '\0'; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        g_string_append_unichar(out, g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c);
    }
}

/* Puts the values in; NULL if one that is named is not there. */
static char *
fill(const char *template, const Value *values)
{
    GString *out = g_string_new(NULL);

    for (const char *p = template; *p != '\0'; p++) {
        const char *end = *p == '{' ? strchr(p, '}') : NULL;
        const Value *value = values;

        if (end == NULL) {
            g_string_append_c(out, *p);
            continue;
        }
        while (value->name != NULL && (strlen(value->name) != (gsize)(end - p - 1) ||
                                       strncmp(value->name, p + 1, (gsize)(end - p - 1)) != 0))
            value++;
        if (value->value == NULL || *value->value == '\0') {
            g_string_free(out, TRUE);
            return NULL;
        }
        append_line(out, value->value);
        p = end;
    }
    return g_string_free(out, FALSE);
}

static void
append_html(GString *html, const char *format, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(format, "%s", 2);
    g_autofree char *escaped = g_markup_escape_text(text, -1);

    g_string_append_printf(html, "%s%s%s", parts[0], escaped, parts[1]);
}

static void
append_link(const char *paragraph, GString *text, GString *html)
{
    g_auto(GStrv) parts = g_strsplit(paragraph, " | ", 2);
    g_auto(GStrv) pieces = g_strsplit(LINK, "%s", 4);
    g_autofree char *title = g_markup_escape_text(parts[0], -1);
    g_autofree char *link = g_markup_escape_text(parts[1], -1);

    g_string_append_printf(text, "%s:\n%s\n\n", parts[0], parts[1]);
    g_string_append_printf(html, "%s%s%s%s%s%s%s", pieces[0], link, pieces[1], title, pieces[2],
                           link, pieces[3]);
}

static void
append_paragraph(const char *template, const Value *values, GString *text, GString *html)
{
    g_autofree char *paragraph = fill(template, values);

    if (paragraph == NULL)
        return;
    if (g_str_has_prefix(template, "> ")) {
        append_link(paragraph + 2, text, html);
    } else if (g_str_has_prefix(template, "= ")) {
        g_string_append_printf(text, "    %s\n\n", paragraph + 2);
        append_html(html, CODE, paragraph + 2);
    } else if (g_str_has_prefix(template, "-- ")) {
        /* "-- " alone on a line would hide what follows as a signature. */
        g_string_append_printf(text, "%s\n\n", paragraph + 3);
        append_html(html, SMALL, paragraph + 3);
    } else {
        g_string_append_printf(text, "%s\n\n", paragraph);
        append_html(html, PLAIN, paragraph);
    }
}

static char *
make_html(const char *frame, const char *language, const char *subject, const char *body)
{
    g_autofree char *escaped = g_markup_escape_text(subject, -1);
    g_auto(GStrv) head = g_strsplit(frame, "{language}", 2);
    g_auto(GStrv) middle = g_strsplit(head[1], "{subject}", 2);
    g_auto(GStrv) tail = g_strsplit(middle[1], "{body}", 2);

    return g_strconcat(head[0], language, middle[0], escaped, tail[0], body, tail[1], NULL);
}

static void
make(const char *template, const char *frame, const char *language, const Value *values,
     KabLetterText *out)
{
    g_auto(GStrv) paragraphs = g_strsplit(template, "\n\n", -1);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) html = g_string_new(NULL);

    out->subject = fill(paragraphs[0], values);
    if (out->subject == NULL) /* the number of an order that has none */
        out->subject = g_strdup(values->value);
    for (guint i = 1; paragraphs[i] != NULL; i++)
        append_paragraph(g_strchomp(paragraphs[i]), values, text, html);
    out->html = make_html(frame, language, out->subject, html->str);
    out->text = g_strchomp(g_strdup(text->str));
}

gboolean
kab_portal_letter_text_make(KabLetterKind kind, const char *language, const KabLetterValues *values,
                            KabLetterText *out, GError **error)
{
    const Value all[] = {
        {"company", values->company}, {"name", values->name},     {"login", values->login},
        {"address", values->address}, {"link", values->link},     {"code", values->code},
        {"until", values->until},     {"order", values->order},   {"total", values->total},
        {"manager", values->manager}, {"author", values->author}, {NULL, NULL},
    };
    const char *known = g_strcmp0(language, "en") == 0 ? "en" : "ru";
    g_autofree char *path =
        g_strdup_printf(FOLDER "%s/%s.txt", known, kab_letter_kind_to_nick(kind));
    g_autofree char *template = load(path, error);
    g_autofree char *frame = template != NULL ? load(FOLDER "frame.html", error) : NULL;

    memset(out, 0, sizeof *out);
    if (frame == NULL)
        return FALSE;
    make(template, frame, known, all, out);
    return TRUE;
}
