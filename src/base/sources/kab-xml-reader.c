/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-xml-reader.h"

#include <glib/gi18n-lib.h>
#include <libxml/xmlreader.h>
#include <string.h>

#define BLOCK_SIZE 65536

struct _KabXmlReader {
    KabImportStream *stream; /* (unowned) */
    char *label;             /* (owned) */
    xmlTextReader *xml;      /* (owned) */
    GError *stream_error;    /* (owned) (nullable): why reading broke off */
    char *xml_error;         /* (owned) (nullable): the first complaint of the parser */
    int xml_error_line;
    int xml_error_code;
    gint64 n_cut;
    guint8 *block; /* (owned) */
    gsize block_size;
    gsize block_used;
};

/* Leaves the error for the parser's caller: a callback cannot raise it. */
static gboolean
fill_block(KabXmlReader *reader)
{
    gssize n;

    if (reader->stream_error != NULL)
        return FALSE;
    n = kab_import_stream_read(reader->stream, reader->block, BLOCK_SIZE, &reader->stream_error);
    if (n < 0)
        return FALSE;
    reader->block_size = (gsize)n;
    reader->block_used = 0;
    return TRUE;
}

static int
read_cb(void *context, char *buffer, int size)
{
    KabXmlReader *reader = context;
    gsize n;

    if (reader->block_used == reader->block_size && !fill_block(reader))
        return -1;
    n = MIN((gsize)size, reader->block_size - reader->block_used);
    memcpy(buffer, reader->block + reader->block_used, n);
    reader->block_used += n;
    return (int)n;
}

static void
on_error_cb(void *data, const xmlError *problem)
{
    KabXmlReader *reader = data;

    if (reader->xml_error != NULL || problem->level < XML_ERR_ERROR ||
        problem->domain == XML_FROM_NAMESPACE)
        return;
    /* More lines would be a dump of bytes. */
    reader->xml_error = g_strndup(problem->message, strcspn(problem->message, "\n"));
    reader->xml_error_line = problem->line;
    reader->xml_error_code = problem->code;
}

int
kab_xml_reader_get_line(KabXmlReader *reader)
{
    return MAX(1, xmlTextReaderGetParserLineNumber(reader->xml));
}

static gboolean
fail(KabXmlReader *reader, int line, const char *text, GError **error)
{
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%s”, line %d: %s"), reader->label, line,
                text);
    return FALSE;
}

static gboolean
fail_reading(KabXmlReader *reader, GError **error)
{
    const char *reason = reader->xml_error;
    g_autofree char *text = NULL;
    int line = reader->xml_error_line;

    if (reader->stream_error != NULL) {
        g_propagate_error(error, g_steal_pointer(&reader->stream_error));
        return FALSE;
    }
    /* libxml2 says the same of both. */
    if (reason == NULL || reader->xml_error_code == XML_ERR_DOCUMENT_END)
        reason = _("the file ends too early, or goes on after the end of the document");
    text = g_strdup_printf(_("well-formed XML was expected: %s"), reason);
    return fail(reader, line > 0 ? line : kab_xml_reader_get_line(reader), text, error);
}

/* One node on. FALSE at the end of the document, too; then no error is set. */
static gboolean
step(KabXmlReader *reader, GError **error)
{
    int rc = xmlTextReaderRead(reader->xml);

    if (rc < 0)
        return fail_reading(reader, error);
    if (rc == 0)
        return FALSE;
    if (xmlTextReaderNodeType(reader->xml) == XML_READER_TYPE_DOCUMENT_TYPE)
        return fail(reader, kab_xml_reader_get_line(reader),
                    _("a document type is not expected in CommerceML, and not accepted"), error);
    return TRUE;
}

/* A byte order mark settles the encoding, whatever the declaration says. */
static gboolean
take_byte_order_mark(KabXmlReader *reader)
{
    if (reader->block_size < 3 || memcmp(reader->block, "\xef\xbb\xbf", 3) != 0)
        return FALSE;
    reader->block_used = 3;
    return TRUE;
}

static gboolean
open_document(KabXmlReader *reader, GError **error)
{
    int options = XML_PARSE_NONET | XML_PARSE_COMPACT;
    gboolean utf8;

    xmlInitParser();
    if (!fill_block(reader))
        return fail_reading(reader, error);
    utf8 = take_byte_order_mark(reader);
    if (utf8)
        options |= XML_PARSE_IGNORE_ENC;
    reader->xml = xmlReaderForIO(read_cb, NULL, reader, NULL, utf8 ? "UTF-8" : NULL, options);
    if (reader->xml == NULL) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_FAILED, _("“%s” cannot be read as XML"),
                    reader->label);
        return FALSE;
    }
    xmlTextReaderSetStructuredErrorHandler(reader->xml, (xmlStructuredErrorFunc)on_error_cb,
                                           reader);
    return TRUE;
}

KabXmlReader *
kab_xml_reader_new(KabImportStream *stream, const char *label, GError **error)
{
    g_autoptr(KabXmlReader) reader = g_new0(KabXmlReader, 1);
    g_autoptr(GError) local = NULL;

    reader->stream = stream;
    reader->label = g_strdup(label);
    reader->block = g_malloc(BLOCK_SIZE);
    if (!open_document(reader, error))
        return NULL;
    while (step(reader, &local))
        if (xmlTextReaderNodeType(reader->xml) == XML_READER_TYPE_ELEMENT)
            return g_steal_pointer(&reader);
    if (local == NULL)
        fail_reading(reader, &local);
    g_propagate_error(error, g_steal_pointer(&local));
    return NULL;
}

KabXmlScope
kab_xml_reader_enter(KabXmlReader *reader)
{
    KabXmlScope scope = {.depth = xmlTextReaderDepth(reader->xml),
                         .empty = xmlTextReaderIsEmptyElement(reader->xml) == 1};

    return scope;
}

gboolean
kab_xml_reader_next(KabXmlReader *reader, KabXmlScope *scope, GError **error)
{
    g_autoptr(GError) local = NULL;

    if (scope->empty)
        return FALSE;
    while (step(reader, &local)) {
        int type = xmlTextReaderNodeType(reader->xml);
        int depth = xmlTextReaderDepth(reader->xml);

        if (type == XML_READER_TYPE_ELEMENT && depth == scope->depth + 1)
            return TRUE;
        if (type == XML_READER_TYPE_END_ELEMENT && depth == scope->depth)
            return FALSE;
    }
    scope->failed = TRUE;
    if (local == NULL)
        fail_reading(reader, &local);
    g_propagate_error(error, g_steal_pointer(&local));
    return FALSE;
}

gboolean
kab_xml_reader_finish(KabXmlReader *reader, GError **error)
{
    g_autoptr(GError) local = NULL;

    while (step(reader, &local))
        ;
    if (local == NULL)
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&local));
    return FALSE;
}

const char *
kab_xml_reader_get_name(KabXmlReader *reader)
{
    const char *name = (const char *)xmlTextReaderConstLocalName(reader->xml);
    const char *colon = name != NULL ? strrchr(name, ':') : NULL;

    /* A prefix that was never declared stays in the name. */
    return colon != NULL ? colon + 1 : name;
}

gboolean
kab_xml_reader_is(KabXmlReader *reader, const char *name)
{
    return strcmp(kab_xml_reader_get_name(reader), name) == 0;
}

char *
kab_xml_reader_dup_attribute(KabXmlReader *reader, const char *name)
{
    xmlChar *value = xmlTextReaderGetAttribute(reader->xml, (const xmlChar *)name);
    char *copy = value != NULL ? g_strstrip(g_strdup((const char *)value)) : NULL;

    xmlFree(value);
    return copy;
}

/* Adds what still fits; FALSE if something did not. */
static gboolean
append_bounded(GString *text, const char *piece)
{
    gsize room = KAB_XML_TEXT_MAX - text->len;
    gsize length = strlen(piece);
    gsize n = length;

    if (length > room) {
        /* Not in the middle of a character. */
        for (n = room; n > 0 && ((guchar)piece[n] & 0xc0) == 0x80; n--)
            ;
    }
    g_string_append_len(text, piece, (gssize)n);
    return n == length;
}

static gboolean
is_text(int type)
{
    return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
           type == XML_READER_TYPE_WHITESPACE || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE;
}

char *
kab_xml_reader_dup_text(KabXmlReader *reader, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) local = NULL;
    int own = xmlTextReaderDepth(reader->xml);
    gboolean cut = FALSE;

    if (xmlTextReaderIsEmptyElement(reader->xml) == 1)
        return g_strdup("");
    while (step(reader, &local)) {
        int type = xmlTextReaderNodeType(reader->xml);
        int depth = xmlTextReaderDepth(reader->xml);

        if (type == XML_READER_TYPE_END_ELEMENT && depth == own) {
            reader->n_cut += cut;
            return g_strstrip(g_string_free(g_steal_pointer(&text), FALSE));
        }
        if (is_text(type) && depth == own + 1 && !cut)
            cut = !append_bounded(text, (const char *)xmlTextReaderConstValue(reader->xml));
    }
    if (local == NULL)
        fail_reading(reader, &local);
    g_propagate_error(error, g_steal_pointer(&local));
    return NULL;
}

gboolean
kab_xml_reader_take_field(KabXmlReader *reader, const KabXmlField *fields, gsize n_fields,
                          gpointer target, gboolean *taken, GError **error)
{
    const char *name = kab_xml_reader_get_name(reader);

    *taken = FALSE;
    for (gsize i = 0; i < n_fields; i++) {
        char **slot = (char **)((guint8 *)target + fields[i].offset);
        char *text;

        if (strcmp(fields[i].element, name) != 0)
            continue;
        *taken = TRUE;
        text = kab_xml_reader_dup_text(reader, error);
        if (text == NULL)
            return FALSE;
        if (*slot == NULL || **slot == '\0') {
            g_free(*slot);
            *slot = text;
        } else {
            g_free(text);
        }
        return TRUE;
    }
    return TRUE;
}

const char *
kab_xml_reader_get_label(KabXmlReader *reader)
{
    return reader->label;
}

gint64
kab_xml_reader_get_n_cut(KabXmlReader *reader)
{
    return reader->n_cut;
}

void
kab_xml_reader_free(KabXmlReader *reader)
{
    if (reader == NULL)
        return;
    g_clear_pointer(&reader->xml, xmlFreeTextReader);
    g_clear_error(&reader->stream_error);
    g_free(reader->xml_error);
    g_free(reader->label);
    g_free(reader->block);
    g_free(reader);
}
