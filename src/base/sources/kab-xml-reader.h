/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-import-stream.h"

G_BEGIN_DECLS

/** KAB_XML_TEXT_MAX: bytes of the longest text that is kept; what is longer is cut. */
#define KAB_XML_TEXT_MAX (1024 * 1024)

/**
 * KabXmlReader:
 *
 * A streaming reader of one XML file: of the document, only the part that is being looked at is in
 * memory. Names are local names. A document type, and with it every entity of the file's own, is
 * refused; nothing is ever fetched; depth (256) and length of a text (10 MB) have limits.
 */
typedef struct _KabXmlReader KabXmlReader;

/**
 * KabXmlScope:
 * @depth: of the element
 * @empty: whether it is written without an end tag
 * @failed: whether kab_xml_reader_next() ended with an error
 *
 * The element whose children are being gone through.
 */
typedef struct {
    int depth;
    gboolean empty;
    gboolean failed;
} KabXmlScope;

/**
 * KabXmlField:
 * @element: the name of a child element
 * @offset: where in a struct the char * lies that takes its text
 */
typedef struct {
    const char *element;
    gsize offset;
} KabXmlField;

/**
 * kab_xml_reader_new:
 * @stream: a stream that stands at the beginning of the file; it has to outlive the reader
 * @label: the file's name for messages
 * @error: return location: %KAB_ERROR_INVALID and what the stream gives
 *
 * Returns: (transfer full) (nullable): a reader that stands at the root element
 */
KabXmlReader *kab_xml_reader_new(KabImportStream *stream, const char *label, GError **error);

/**
 * kab_xml_reader_enter:
 * @reader: a reader that stands at an element
 *
 * Returns: that element, for kab_xml_reader_next()
 */
KabXmlScope kab_xml_reader_enter(KabXmlReader *reader);

/**
 * kab_xml_reader_next:
 * @reader: a reader
 * @scope: from kab_xml_reader_enter()
 * @error: return location: %KAB_ERROR_INVALID and what the stream gives
 *
 * Goes to the next child element, over whatever of the last one was not read.
 *
 * Returns: whether there is one; at the end, look at @scope for an error
 */
gboolean kab_xml_reader_next(KabXmlReader *reader, KabXmlScope *scope, GError **error);

/**
 * kab_xml_reader_finish:
 * @reader: a reader
 * @error: return location: %KAB_ERROR_INVALID and what the stream gives
 *
 * Reads the rest of the file.
 *
 * Returns: whether the file is whole
 */
gboolean kab_xml_reader_finish(KabXmlReader *reader, GError **error);

/**
 * kab_xml_reader_get_name:
 * @reader: a reader that stands at an element
 *
 * Returns: (transfer none): its local name, until the reader goes on
 */
const char *kab_xml_reader_get_name(KabXmlReader *reader);

/**
 * kab_xml_reader_is:
 * @reader: a reader that stands at an element
 * @name: a local name
 *
 * Returns: whether it is called so
 */
gboolean kab_xml_reader_is(KabXmlReader *reader, const char *name);

/**
 * kab_xml_reader_dup_attribute:
 * @reader: a reader that stands at an element
 * @name: the name of an attribute
 *
 * Returns: (transfer full) (nullable): its value without space around it
 */
char *kab_xml_reader_dup_attribute(KabXmlReader *reader, const char *name);

/**
 * kab_xml_reader_dup_text:
 * @reader: a reader that stands at an element, and at its end afterwards
 * @error: return location: %KAB_ERROR_INVALID and what the stream gives
 *
 * Returns: (transfer full) (nullable): the element's own text without space around it, perhaps
 *   empty; %NULL on error
 */
char *kab_xml_reader_dup_text(KabXmlReader *reader, GError **error);

/**
 * kab_xml_reader_take_field:
 * @reader: a reader that stands at an element
 * @fields: (array length=n_fields): fields of a struct
 * @n_fields: how many
 * @target: the struct
 * @taken: (out): whether the element is one of @fields
 * @error: return location: %KAB_ERROR_INVALID and what the stream gives
 *
 * Reads the element's text into its field; a text that is there already stays.
 *
 * Returns: %FALSE on error
 */
gboolean kab_xml_reader_take_field(KabXmlReader *reader, const KabXmlField *fields, gsize n_fields,
                                   gpointer target, gboolean *taken, GError **error);

/**
 * kab_xml_reader_get_line:
 * @reader: a reader
 *
 * Returns: the line it has come to, from 1
 */
int kab_xml_reader_get_line(KabXmlReader *reader);

/**
 * kab_xml_reader_get_label:
 * @reader: a reader
 *
 * Returns: (transfer none): the file's name for messages
 */
const char *kab_xml_reader_get_label(KabXmlReader *reader);

/**
 * kab_xml_reader_get_n_cut:
 * @reader: a reader
 *
 * Returns: how many texts were longer than %KAB_XML_TEXT_MAX
 */
gint64 kab_xml_reader_get_n_cut(KabXmlReader *reader);

/**
 * kab_xml_reader_free:
 * @reader: (nullable): a reader
 */
void kab_xml_reader_free(KabXmlReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabXmlReader, kab_xml_reader_free)

G_END_DECLS
