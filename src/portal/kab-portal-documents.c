/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-document-store.h"
#include "kab-error.h"
#include "kab-kind.h"
#include "kab-order-store.h"
#include "kab-portal-documents.h"
#include "kab-portal-orders.h"
#include "kab-queue.h"
#include "kab-wire-document.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Acts that a list shows: some years of them. */
#define MAX_ACTS 100

#define DELETE_OLD_ACTS                                                               \
    "DELETE FROM document WHERE id IN (SELECT id FROM document WHERE partner_id = $1" \
    " AND kind = 'reconciliation' ORDER BY asked_at DESC, id DESC LIMIT -1 OFFSET $2)"
#define SELECT_REVISION "SELECT revision FROM orders WHERE id = $1"
#define SELECT_PARTNER "SELECT 1 FROM partner WHERE id = $1"

/* An invoice is of a revision of its order, and the manager may have changed that. */
static void
check_valid(KabDocument *document, const KabOrder *order)
{
    gboolean can = kab_document_check_order(document->kind, order, NULL);

    if (document->state == KAB_DOCUMENT_READY && document->kind == KAB_DOCUMENT_INVOICE &&
        (!can || document->revision != order->revision))
        document->state = KAB_DOCUMENT_NOT_ISSUED;
}

static KabDocument *
make(const KabOrder *order, KabDocumentKind kind, int part)
{
    KabDocument *document = g_new0(KabDocument, 1);

    document->kind = kind;
    document->partner_id = order->partner_id;
    document->order_id = order->id;
    document->order_number = g_strdup(order->number);
    document->part = part;
    document->id = kab_document_find_id(document);
    return document;
}

/* Whether there is one of this kind to look at or to ask for. */
static gboolean
is_listed(GPtrArray *documents, KabDocumentKind kind)
{
    return kab_document_kind_has_parts(kind) ? kab_document_find_part(documents, kind) != NULL
                                             : kab_document_next_part(documents, kind) > 1;
}

static int
compare_documents(gconstpointer a, gconstpointer b)
{
    const KabDocument *x = *(KabDocument *const *)a;
    const KabDocument *y = *(KabDocument *const *)b;

    return x->kind != y->kind ? (int)x->kind - (int)y->kind : x->part - y->part;
}

GPtrArray *
kab_portal_documents_list_order(KabDb *db, const KabUser *user, const char *order_id,
                                GError **error)
{
    g_autoptr(KabOrder) order = kab_portal_orders_load(db, user, order_id, error);
    g_autoptr(GPtrArray) documents = NULL;

    if (order == NULL)
        return NULL;
    documents = kab_document_store_list_order(db, order->id.text, error);
    if (documents == NULL)
        return NULL;
    for (guint i = 0; i < documents->len; i++)
        check_valid(g_ptr_array_index(documents, i), order);
    for (int kind = 0; kind < KAB_DOCUMENT_RECONCILIATION; kind++)
        if (!is_listed(documents, (KabDocumentKind)kind))
            g_ptr_array_add(documents,
                            make(order, (KabDocumentKind)kind,
                                 kab_document_next_part(documents, (KabDocumentKind)kind)));
    g_ptr_array_sort(documents, compare_documents);
    return g_steal_pointer(&documents);
}

GPtrArray *
kab_portal_documents_list_acts(KabDb *db, const KabUser *user, GError **error)
{
    return kab_document_store_list_acts(db, user->partner_id.text, MAX_ACTS, error);
}

/* The order that the document is about, if it is about one: it has to be the user's partner's. */
static gboolean
check_subject(KabDb *db, const KabUser *user, const KabDocument *wanted, KabOrder **order,
              GError **error)
{
    *order = NULL;
    if (*user->partner_id.text == '\0') {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE,
                            _("You belong to no partner: there are no documents for you"));
        return FALSE;
    }
    if (!kab_document_check(wanted, error))
        return FALSE;
    if (wanted->kind == KAB_DOCUMENT_RECONCILIATION)
        return TRUE;
    *order = kab_portal_orders_load(db, user, wanted->order_id.text, error);
    return *order != NULL && kab_document_check_order(wanted->kind, *order, error);
}

static KabDocument *
make_request(const KabUser *user, const KabDocument *wanted, const KabOrder *order, int part)
{
    KabDocument *document = g_new0(KabDocument, 1);

    document->kind = wanted->kind;
    document->partner_id = user->partner_id;
    document->part = 1;
    if (order != NULL) {
        document->order_id = order->id;
        document->order_number = g_strdup(order->number);
        document->revision = order->revision;
        document->part = part;
    } else {
        document->from = wanted->from;
        document->to = wanted->to;
    }
    document->id = kab_document_find_id(document);
    document->state = KAB_DOCUMENT_PREPARING;
    document->asked_by = g_strdup(user->name);
    document->asked_at = kab_time_now();
    return document;
}

/* A partner keeps some years of acts: the oldest make room. */
static gboolean
forget_old_acts(KabDb *db, const KabUser *user, const KabDocument *wanted, GError **error)
{
    return wanted->kind != KAB_DOCUMENT_RECONCILIATION ||
           kab_db_run(db, DELETE_OLD_ACTS,
                      KAB_BIND(kab_text(user->partner_id.text), kab_int(MAX_ACTS - 1)), error);
}

/* Which of the papers of this kind is asked for: one that is not here yet. */
static gboolean
find_part(KabDb *db, const KabDocument *wanted, const KabOrder *order, int *part, GError **error)
{
    g_autoptr(GPtrArray) documents = NULL;
    const KabDocument *asked;

    *part = 1;
    if (!kab_document_kind_has_parts(wanted->kind))
        return TRUE;
    documents = kab_document_store_list_order(db, order->id.text, error);
    if (documents == NULL)
        return FALSE;
    asked = kab_document_find_part(documents, wanted->kind);
    *part = asked != NULL ? asked->part : kab_document_next_part(documents, wanted->kind);
    return TRUE;
}

KabDocument *
kab_portal_documents_ask(KabDb *db, const KabUser *user, const KabDocument *wanted, GError **error)
{
    g_autoptr(KabTransaction) transaction = kab_db_begin(db, error);
    g_autoptr(KabOrder) order = NULL;
    g_autoptr(KabDocument) document = NULL;
    g_autoptr(KabDocument) here = NULL;
    g_autoptr(GError) local = NULL;

    int part;

    if (transaction == NULL || !check_subject(db, user, wanted, &order, error) ||
        !find_part(db, wanted, order, &part, error) || !forget_old_acts(db, user, wanted, error))
        return NULL;
    document = make_request(user, wanted, order, part);
    here = kab_document_store_find(db, document->id.text, &local);
    if (!kab_error_pass(error, &local))
        return NULL;
    if (here != NULL && order != NULL) {
        check_valid(here, order);
        if (here->state == KAB_DOCUMENT_READY)
            return g_steal_pointer(&here);
    }
    /* Asked for twice: it is asked for since the first time. */
    if (here != NULL && here->state == KAB_DOCUMENT_PREPARING)
        document->asked_at = here->asked_at;
    if (!kab_document_store_put(db, document, NULL, error) ||
        !kab_queue_put(db, KAB_KIND_DOCUMENT_REQUEST, document->id.text, error) ||
        !kab_transaction_commit(transaction, error))
        return NULL;
    return g_steal_pointer(&document);
}

GBytes *
kab_portal_documents_get_file(KabDb *db, const KabUser *user, const char *id,
                              KabDocument **document, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabDocument) found = kab_document_store_find(db, id, &local);
    gboolean ours = found != NULL && *user->partner_id.text != '\0' &&
                    strcmp(found->partner_id.text, user->partner_id.text) == 0;
    g_autoptr(KabOrder) order = NULL;
    GBytes *file = NULL;

    *document = NULL;
    if (ours && *found->order_id.text != '\0') {
        order = kab_portal_orders_load(db, user, found->order_id.text, &local);
        if (order != NULL)
            check_valid(found, order);
    }
    if (ours && local == NULL && found->state == KAB_DOCUMENT_READY)
        file = kab_document_store_get_file(db, id, &local);
    if (file == NULL && local == NULL)
        local =
            ours ? g_error_new_literal(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                                       _("The document has not been issued yet"))
                 : g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no document %.40s"), id);
    if (kab_error_pass(error, &local))
        *document = g_steal_pointer(&found);
    return file;
}

gboolean
kab_portal_build_document_request(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id,
                                  JsonObject **body, GError **error)
{
    g_autoptr(GError) local = NULL;
    g_autoptr(KabDocument) document = kab_document_store_find(db, id, &local);
    g_autoptr(JsonNode) node = NULL;

    *body = NULL;
    if (document != NULL) {
        node = kab_wire_document_to_json(document, KAB_DOCUMENT_REQUEST);
        *body = json_node_dup_object(node);
    }
    return kab_error_pass(error, &local);
}

/* TRUE if the member is an id; what is none, the decoder will refuse. */
static gboolean
get_id(JsonObject *body, const char *name, char out[KAB_ID_SIZE])
{
    const char *text = body != NULL ? kab_json_get_text(body, name) : NULL;

    return text != NULL && kab_id_fill_parsed(text, out, NULL);
}

/* A document is of a revision of its order: before that is here, it would be of another one. */
gboolean
kab_portal_need_document(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                         KabReference *missing, GError **error)
{
    char order_id[KAB_ID_SIZE];
    char partner_id[KAB_ID_SIZE];
    JsonNode *node =
        message->body != NULL ? json_object_get_member(message->body, "revision") : NULL;
    /* What is no number, the decoder will refuse. */
    gint64 revision = node != NULL && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_int(node) : 0;
    gboolean found;
    gint64 here;

    if (get_id(message->body, "order_id", order_id))
        return kab_db_get_int(db, SELECT_REVISION, KAB_BIND(kab_text(order_id)), &found, &here,
                              error) &&
               (!found || here >= revision ||
                kab_end_miss(KAB_KIND_CLIENT_ORDER, order_id, missing));
    return !get_id(message->body, "partner_id", partner_id) ||
           (kab_db_get_int(db, SELECT_PARTNER, KAB_BIND(kab_text(partner_id)), &found, &here,
                           error) &&
            (found || kab_end_miss(KAB_KIND_PARTNER, partner_id, missing)));
}

static gboolean
refuse(const char *why, GError **error)
{
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, why);
    return FALSE;
}

/* What the base says of itself has to fit together: nobody gets another partner's paper. */
static gboolean
check_told(KabDb *db, const KabDocument *told, GError **error)
{
    g_autoptr(KabOrder) order = NULL;
    KabDocumentId id;

    if (!kab_document_check(told, error))
        return FALSE;
    if (*told->partner_id.text == '\0')
        return refuse(_("A document needs a partner"), error);
    if (told->state == KAB_DOCUMENT_NOT_ISSUED)
        return refuse(_("A document that is not issued is not sent"), error);
    id = kab_document_find_id(told);
    if (strcmp(id.text, told->id.text) != 0)
        return refuse(_("The document's id is not that of what it is about"), error);
    if (told->kind == KAB_DOCUMENT_RECONCILIATION)
        return *told->order_id.text == '\0' ||
               refuse(_("An act of reconciliation is about no order"), error);
    order = kab_order_store_load(db, told->order_id.text, error);
    if (order == NULL)
        return FALSE;
    return strcmp(order->partner_id.text, told->partner_id.text) == 0 ||
           refuse(_("The document and its order are of different partners"), error);
}

gboolean
kab_portal_apply_document(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message,
                          GError **error)
{
    g_autoptr(KabDocument) told = NULL;
    g_autoptr(KabDocument) here = NULL;
    g_autoptr(GBytes) file = NULL;
    g_autoptr(GError) local = NULL;

    if (message->body == NULL)
        return kab_document_store_delete(db, message->id, error);
    told =
        kab_wire_document_from_json(message->id, message->body, KAB_DOCUMENT_ANSWER, &file, error);
    if (told == NULL || !check_told(db, told, error))
        return FALSE;
    here = kab_document_store_find(db, message->id, &local);
    if (!kab_error_pass(error, &local))
        return FALSE;
    if (here != NULL) {
        told->asked_by = g_steal_pointer(&here->asked_by);
        told->asked_at = here->asked_at;
    } else {
        told->asked_at = told->issued_at;
    }
    return kab_document_store_put(db, told, file, error);
}
