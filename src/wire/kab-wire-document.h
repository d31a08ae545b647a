/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-document.h"
#include "kab-json.h"

G_BEGIN_DECLS

/**
 * KabDocumentFields:
 * @KAB_DOCUMENT_REQUEST: what it is about and who asks: the message of the kind "document-request"
 * @KAB_DOCUMENT_ANSWER: what it is about and how far it is; the message of the kind "document" has
 *   its file beside that
 * @KAB_DOCUMENT_LIST: all, for desktops
 *
 * Which parts of a document a text holds.
 */
typedef enum {
    KAB_DOCUMENT_REQUEST,
    KAB_DOCUMENT_ANSWER,
    KAB_DOCUMENT_LIST,
} KabDocumentFields;

/** kab_wire_document_to_json: (transfer full): the parts @wanted of @document. */
JsonNode *kab_wire_document_to_json(const KabDocument *document, KabDocumentFields wanted);

/**
 * kab_wire_document_from_json:
 * @id: (nullable): the document's id in a message; %NULL where it is in the object
 * @object: an object from outside
 * @wanted: the parts that it may have
 * @file: (out) (nullable) (optional) (transfer full): its file, for %KAB_DOCUMENT_ANSWER
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Returns: (transfer full) (nullable): the document
 */
KabDocument *kab_wire_document_from_json(const char *id, JsonObject *object,
                                         KabDocumentFields wanted, GBytes **file, GError **error);

/** kab_wire_document_set_file: puts @file into a message of the kind "document". */
void kab_wire_document_set_file(JsonObject *object, GBytes *file);

G_END_DECLS
