/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-id.h"
#include "kab-order.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabDocumentKind:
 * @KAB_DOCUMENT_INVOICE: invoice (счёт на оплату)
 * @KAB_DOCUMENT_WAYBILL: waybill (товарная накладная)
 * @KAB_DOCUMENT_UPD: universal transfer document (УПД)
 * @KAB_DOCUMENT_RECONCILIATION: act of reconciliation (акт сверки), of a period
 */
typedef enum {
    KAB_DOCUMENT_INVOICE,
    KAB_DOCUMENT_WAYBILL,
    KAB_DOCUMENT_UPD,
    KAB_DOCUMENT_RECONCILIATION,
} KabDocumentKind;

/** KAB_N_DOCUMENT_KINDS: how many values #KabDocumentKind has. */
#define KAB_N_DOCUMENT_KINDS (KAB_DOCUMENT_RECONCILIATION + 1)

/**
 * KabDocumentState:
 * @KAB_DOCUMENT_NOT_ISSUED: nobody has asked for it
 * @KAB_DOCUMENT_PREPARING: the company has been asked for it
 * @KAB_DOCUMENT_READY: its file can be downloaded
 * @KAB_DOCUMENT_FAILED: the company cannot issue it; it may be asked for again
 */
typedef enum {
    KAB_DOCUMENT_NOT_ISSUED,
    KAB_DOCUMENT_PREPARING,
    KAB_DOCUMENT_READY,
    KAB_DOCUMENT_FAILED,
} KabDocumentState;

/** KAB_DOCUMENT_MAX_PARTS: the most papers of a kind that an order has. */
#define KAB_DOCUMENT_MAX_PARTS 1000

/** KAB_DOCUMENT_MAX_BYTES: the largest file of a document, so that a message holds it. */
#define KAB_DOCUMENT_MAX_BYTES (11 * 1024 * 1024)

/**
 * KabDocument:
 * @id: see kab_document_find_id()
 * @kind: what it is
 * @partner_id: whose it is
 * @order_id: the order it is about; not set for an act of reconciliation
 * @order_number: (nullable): that order's number
 * @part: which of the order's papers of this kind it is, from 1: every shipment has its own waybill
 * @from: the first day of an act's period
 * @to: the last day of an act's period
 * @revision: the revision of the order that it was issued for; 0 for an act
 * @state: how far it is
 * @error: (nullable): why it cannot be issued
 * @asked_by: (nullable): who asked for it
 * @asked_at: when; 0 if nobody asked
 * @issued_at: when it was issued
 * @file_name: (nullable): the name of its file
 * @media_type: (nullable): what its file is
 * @size: bytes of its file
 *
 * A paper of the company, as a file.
 */
typedef struct {
    KabDocumentId id;
    KabDocumentKind kind;
    KabPartnerId partner_id;
    KabOrderId order_id;
    char *order_number;
    int part;
    KabDate from;
    KabDate to;
    gint64 revision;
    KabDocumentState state;
    char *error;
    char *asked_by;
    KabTime asked_at;
    KabTime issued_at;
    char *file_name;
    char *media_type;
    gint64 size;
} KabDocument;

void kab_document_free(KabDocument *document);

/**
 * kab_document_find_id:
 * @document: kind, partner, order, part and period of a document
 *
 * Both ends find the same id without asking each other: an invoice has its order's, the others one
 * made of what they are about. So a document asked for twice is one.
 *
 * Returns: the id
 */
KabDocumentId kab_document_find_id(const KabDocument *document);

/**
 * kab_document_check:
 * @document: a document that somebody asks for
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: whether it names an order, or for an act of reconciliation a period of at most ten years
 */
gboolean kab_document_check(const KabDocument *document, GError **error);

/**
 * kab_document_check_order:
 * @kind: a kind of documents about an order
 * @order: the order
 * @error: return location: %KAB_ERROR_STATE
 *
 * Returns: whether there can be one now: an invoice when the order is to be fulfilled, the others
 *   when goods have been shipped
 */
gboolean kab_document_check_order(KabDocumentKind kind, const KabOrder *order, GError **error);

/** kab_document_kind_has_parts: whether an order may have several of it. */
gboolean kab_document_kind_has_parts(KabDocumentKind kind);

/**
 * kab_document_find_part:
 * @documents: (element-type KabDocument): the documents about an order
 * @kind: a kind that has parts
 *
 * Returns: (transfer none) (nullable): the one of this kind that is not ready yet; %NULL if there
 *   has to be a new one
 */
KabDocument *kab_document_find_part(GPtrArray *documents, KabDocumentKind kind);

/** kab_document_next_part: the number of a new document of this kind. */
int kab_document_next_part(GPtrArray *documents, KabDocumentKind kind);

/** kab_document_make_title: (transfer full): its kind, and which one it is if there are several. */
char *kab_document_make_title(const KabDocument *document);

/** kab_document_kind_to_nick: its name in storage and on the wire. */
const char *kab_document_kind_to_nick(KabDocumentKind kind);

/** kab_document_kind_from_nick: whether there is such a kind, %KAB_ERROR_INVALID. */
gboolean kab_document_kind_from_nick(const char *nick, KabDocumentKind *out, GError **error);

/** kab_document_kind_to_title: its name for people, translated. */
const char *kab_document_kind_to_title(KabDocumentKind kind);

/** kab_document_state_to_nick: its name in storage and on the wire. */
const char *kab_document_state_to_nick(KabDocumentState state);

/** kab_document_state_from_nick: whether there is such a state, %KAB_ERROR_INVALID. */
gboolean kab_document_state_from_nick(const char *nick, KabDocumentState *out, GError **error);

/** kab_document_state_to_title: its name for people, translated. */
const char *kab_document_state_to_title(KabDocumentState state);

/**
 * kab_document_find_type:
 * @file_name: the name of a file
 * @error: return location: %KAB_ERROR_INVALID
 *
 * Returns: the media type of a PDF, XML or XLSX file, by its ending; %NULL for others
 */
const char *kab_document_find_type(const char *file_name, GError **error);

/**
 * kab_document_check_file:
 * @media_type: (nullable): what it says it is
 * @bytes: the file
 * @error: return location: %KAB_ERROR_INVALID, %KAB_ERROR_RANGE
 *
 * Returns: whether it begins as such a file does, and is not too large
 */
gboolean kab_document_check_file(const char *media_type, GBytes *bytes, GError **error);

/**
 * kab_document_make_file_name:
 * @document: a document
 *
 * Returns: (transfer full): a file name of plain letters that says what it is
 */
char *kab_document_make_file_name(const KabDocument *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabDocument, kab_document_free)

G_END_DECLS
