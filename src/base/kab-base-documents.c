/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-base-documents.h"
#include "kab-base-invoice.h"
#include "kab-base-partners.h"
#include "kab-base-settlement.h"
#include "kab-comment-store.h"
#include "kab-document-store.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-queue.h"
#include "kab-wire-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_drawn(const KabDocument *document)
{
    return document->kind == KAB_DOCUMENT_INVOICE || document->kind == KAB_DOCUMENT_RECONCILIATION;
}

/* Takes the reason. */
static void
fail(KabDocument *document, GError *why)
{
    document->state = KAB_DOCUMENT_FAILED;
    g_free(document->error);
    document->error = g_strdup(why->message);
    g_error_free(why);
}

static gboolean
store(KabDb *db, const KabDocument *document, GBytes *file, GError **error)
{
    return kab_document_store_put(db, document, file, error) &&
           kab_queue_put(db, KAB_KIND_DOCUMENT, document->id.text, error);
}

static GBytes *
draw(KabDb *db, KabDocument *document, GError **error)
{
    g_autoptr(KabOrder) order = NULL;

    if (document->kind == KAB_DOCUMENT_RECONCILIATION)
        return kab_base_settlement_draw_act(db, document, error);
    order = kab_order_store_load(db, document->order_id.text, error);
    if (order == NULL)
        return NULL;
    document->revision = order->revision;
    return kab_base_invoice_issue(db, document->order_id.text, error);
}

/* One that the base draws itself: it is drawn when it is sent, and here to see that it can be. */
static gboolean
issue(KabDb *db, KabDocument *document, GError **error)
{
    GError *local = NULL;
    g_autoptr(GBytes) file = NULL;

    document->state = KAB_DOCUMENT_READY;
    document->issued_at = kab_time_now();
    g_clear_pointer(&document->error, g_free);
    file = draw(db, document, &local);
    if (file == NULL) {
        if (local->domain != KAB_ERROR) {
            g_propagate_error(error, local);
            return FALSE;
        }
        fail(document, local);
    }
    g_free(document->media_type);
    document->media_type = g_strdup("application/pdf");
    g_free(document->file_name);
    document->file_name = kab_document_make_file_name(document);
    return store(db, document, NULL, error);
}

static KabDocument *
make(const KabOrder *order, KabDocumentKind kind)
{
    KabDocument *document = g_new0(KabDocument, 1);

    document->kind = kind;
    document->order_id = order->id;
    document->partner_id = order->partner_id;
    document->order_number = g_strdup(order->number);
    document->revision = order->revision;
    document->part = 1;
    document->id = kab_document_find_id(document);
    return document;
}

gboolean
kab_base_documents_issue_invoice(KabDb *db, const KabOrder *order, GError **error)
{
    g_autoptr(KabDocument) document = make(order, KAB_DOCUMENT_INVOICE);
    g_autoptr(GError) local = NULL;
    g_autoptr(KabDocument) here = NULL;

    if (!kab_document_check_order(KAB_DOCUMENT_INVOICE, order, NULL))
        return TRUE;
    here = kab_document_store_find(db, document->id.text, &local);
    if (!kab_error_pass(error, &local))
        return FALSE;
    if (here == NULL)
        return issue(db, document, error);
    if (here->revision == order->revision && here->state == KAB_DOCUMENT_READY)
        return TRUE;
    here->revision = order->revision;
    return issue(db, here, error);
}

KabDocument *
kab_base_documents_issue_again(KabDb *db, const KabOrder *order, GError **error)
{
    g_autoptr(KabTransaction) transaction = NULL;
    g_autoptr(KabDocument) document = make(order, KAB_DOCUMENT_INVOICE);

    if (!kab_document_check_order(KAB_DOCUMENT_INVOICE, order, error))
        return NULL;
    transaction = kab_db_begin(db, error);
    if (transaction == NULL || !issue(db, document, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&document);
}

/* The file is that of the part that was asked for, or of a new one. */
static gboolean
take_part(KabDb *db, KabDocument *document, int part, GError **error)
{
    g_autoptr(GPtrArray) documents =
        kab_document_store_list_order(db, document->order_id.text, error);
    const KabDocument *asked;

    if (documents == NULL)
        return FALSE;
    asked = kab_document_find_part(documents, document->kind);
    document->part = part != 0       ? part
                     : asked != NULL ? asked->part
                                     : kab_document_next_part(documents, document->kind);
    document->id = kab_document_find_id(document);
    for (guint i = 0; i < documents->len; i++) {
        KabDocument *here = g_ptr_array_index(documents, i);

        if (strcmp(here->id.text, document->id.text) == 0) {
            document->asked_by = g_steal_pointer(&here->asked_by);
            document->asked_at = here->asked_at;
        }
    }
    return kab_document_check(document, error);
}

KabDocument *
kab_base_documents_attach(KabDb *db, const KabOrder *order, KabDocumentKind kind, int part,
                          const char *file_name, GBytes *file, GError **error)
{
    g_autoptr(KabTransaction) transaction = NULL;
    g_autoptr(KabDocument) document = make(order, kind);

    if (is_drawn(document)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("“%s” is drawn by the base: no file is attached"),
                    kab_document_kind_to_title(kind));
        return NULL;
    }
    document->media_type = g_strdup(kab_document_find_type(file_name, error));
    if (document->media_type == NULL ||
        !kab_document_check_file(document->media_type, file, error) ||
        !kab_document_check_order(kind, order, error))
        return NULL;
    transaction = kab_db_begin(db, error);
    if (transaction == NULL || !take_part(db, document, part, error))
        return NULL;
    document->state = KAB_DOCUMENT_READY;
    document->issued_at = kab_time_now();
    document->file_name = kab_document_make_file_name(document);
    document->size = (gint64)g_bytes_get_size(file);
    if (!store(db, document, file, error) || !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&document);
}

KabDocument *
kab_base_documents_decline(KabDb *db, const char *id, const char *reason, GError **error)
{
    g_autoptr(KabTransaction) transaction = NULL;
    g_autoptr(KabDocument) document = NULL;

    if (!kab_comment_check_text(reason, error))
        return NULL;
    transaction = kab_db_begin(db, error);
    document = transaction != NULL ? kab_document_store_load(db, id, error) : NULL;
    if (document == NULL)
        return NULL;
    if (document->state == KAB_DOCUMENT_READY) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE,
                            _("The document has been issued already"));
        return NULL;
    }
    document->state = KAB_DOCUMENT_FAILED;
    g_free(document->error);
    document->error = g_strdup(reason);
    if (!store(db, document, NULL, error) || !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&document);
}

static gboolean
refuse(const char *why, GError **error)
{
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, why);
    return FALSE;
}

/* Whose papers are asked for, and that the portal and the base call them alike. */
static gboolean
check_request(KabDb *db, KabDocument *wanted, KabOrder **order, GError **error)
{
    g_autoptr(KabPartner) partner = NULL;
    KabDocumentId id = kab_document_find_id(wanted);

    *order = NULL;
    if (!kab_document_check(wanted, error))
        return FALSE;
    if (strcmp(id.text, wanted->id.text) != 0)
        return refuse(_("The document's id is not that of what it is about"), error);
    partner = kab_base_partners_load_id(db, wanted->partner_id.text, error);
    if (partner == NULL)
        return FALSE;
    if (*wanted->order_id.text == '\0')
        return TRUE;
    *order = kab_order_store_load(db, wanted->order_id.text, error);
    if (*order == NULL)
        return FALSE;
    if (strcmp((*order)->partner_id.text, partner->id.text) != 0)
        return refuse(_("The document and its order are of different partners"), error);
    g_free(wanted->order_number);
    wanted->order_number = g_strdup((*order)->number);
    wanted->revision = (*order)->revision;
    return TRUE;
}

gboolean
kab_base_apply_document_request(gpointer service G_GNUC_UNUSED, KabDb *db,
                                const KabMessage *message, GError **error)
{
    g_autoptr(KabDocument) wanted = NULL;
    g_autoptr(KabDocument) here = NULL;
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(GError) local = NULL;
    GError *why = NULL;

    if (message->body == NULL)
        return TRUE; /* its order was deleted before it was sent */
    wanted =
        kab_wire_document_from_json(message->id, message->body, KAB_DOCUMENT_REQUEST, NULL, error);
    if (wanted == NULL || !check_request(db, wanted, &order, error))
        return FALSE;
    here = kab_document_store_find(db, message->id, &local);
    if (!kab_error_pass(error, &local))
        return FALSE;
    if (here != NULL && here->state == KAB_DOCUMENT_READY && !is_drawn(here))
        return kab_queue_put(db, KAB_KIND_DOCUMENT, here->id.text, error);
    if (order != NULL && !kab_document_check_order(wanted->kind, order, &why)) {
        fail(wanted, why);
        return store(db, wanted, NULL, error);
    }
    if (is_drawn(wanted))
        return issue(db, wanted, error);
    wanted->state = KAB_DOCUMENT_PREPARING;
    /* The portal may have heard meanwhile that it cannot be issued. */
    return here != NULL ? store(db, wanted, NULL, error)
                        : kab_document_store_put(db, wanted, NULL, error);
}

gboolean
kab_base_repeat_document_request(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id,
                                 GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabDocument) here = kab_document_store_find(db, id, &local);

    return kab_error_pass(error, &local) &&
           (here == NULL || here->state == KAB_DOCUMENT_PREPARING ||
            kab_queue_put(db, KAB_KIND_DOCUMENT, id, error));
}

static GBytes *
load_file(KabDb *db, KabDocument *document, GError **error)
{
    return is_drawn(document) ? draw(db, document, error)
                              : kab_document_store_get_file(db, document->id.text, error);
}

gboolean
kab_base_build_document(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id,
                        JsonObject **body, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabDocument) document = kab_document_store_find(db, id, &local);
    g_autoptr(JsonNode) node = NULL;
    g_autoptr(GBytes) file = NULL;

    *body = NULL;
    if (document == NULL || document->state == KAB_DOCUMENT_NOT_ISSUED)
        return kab_error_pass(error, &local);
    if (document->state == KAB_DOCUMENT_READY) {
        file = load_file(db, document, &local);
        if (file == NULL && (local == NULL || local->domain != KAB_ERROR))
            return kab_error_pass(error, &local);
        if (file == NULL)
            fail(document, g_steal_pointer(&local));
    }
    node = kab_wire_document_to_json(document, KAB_DOCUMENT_ANSWER);
    *body = json_node_dup_object(node);
    if (file != NULL)
        kab_wire_document_set_file(*body, file);
    return TRUE;
}
