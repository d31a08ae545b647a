/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-document.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_YEARS 10

static const struct {
    const char *nick;
    const char *title;
} kinds[KAB_N_DOCUMENT_KINDS] = {
    [KAB_DOCUMENT_INVOICE] = {"invoice", N_("Invoice")},
    [KAB_DOCUMENT_WAYBILL] = {"waybill", N_("Waybill")},
    [KAB_DOCUMENT_UPD] = {"upd", N_("Universal transfer document")},
    [KAB_DOCUMENT_RECONCILIATION] = {"reconciliation", N_("Act of reconciliation")},
};

static const struct {
    const char *nick;
    const char *title;
} states[] = {
    [KAB_DOCUMENT_NOT_ISSUED] = {"not-issued", N_("Not issued")},
    [KAB_DOCUMENT_PREPARING] = {"preparing", N_("Being prepared")},
    [KAB_DOCUMENT_READY] = {"ready", N_("Ready")},
    [KAB_DOCUMENT_FAILED] = {"failed", N_("Cannot be issued")},
};

/* What may come as a document: its ending, what it is, and how such a file begins. */
static const struct {
    const char *ending;
    const char *media_type;
    const char *begin;
} types[] = {
    {".pdf", "application/pdf", "%PDF-"},
    {".xml", "application/xml", "<"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\003\004"},
};

void
kab_document_free(KabDocument *document)
{
    if (document == NULL)
        return;
    g_free(document->order_number);
    g_free(document->error);
    g_free(document->asked_by);
    g_free(document->file_name);
    g_free(document->media_type);
    g_free(document);
}

KabDocumentId
kab_document_find_id(const KabDocument *document)
{
    gboolean act = document->kind == KAB_DOCUMENT_RECONCILIATION;
    const char *subject = act ? document->partner_id.text : document->order_id.text;
    KabDocumentId id = kab_document_id_of(document->order_id.text);

    if (document->kind != KAB_DOCUMENT_INVOICE) {
        g_autofree char *part = document->part > 1 ? g_strdup_printf("%d", document->part) : NULL;
        g_autofree char *source =
            act ? g_strjoin(" ", kinds[document->kind].nick, subject, document->from.text,
                            document->to.text, NULL)
                : g_strjoin(" ", kinds[document->kind].nick, subject, part, NULL);

        kab_id_fill_from_source("document", source, id.text);
    }
    return id;
}

gboolean
kab_document_kind_has_parts(KabDocumentKind kind)
{
    return kind == KAB_DOCUMENT_WAYBILL || kind == KAB_DOCUMENT_UPD;
}

KabDocument *
kab_document_find_part(GPtrArray *documents, KabDocumentKind kind)
{
    for (guint i = 0; i < documents->len; i++) {
        KabDocument *document = g_ptr_array_index(documents, i);

        if (document->kind == kind && document->state != KAB_DOCUMENT_READY)
            return document;
    }
    return NULL;
}

int
kab_document_next_part(GPtrArray *documents, KabDocumentKind kind)
{
    int last = 0;

    for (guint i = 0; i < documents->len; i++) {
        const KabDocument *document = g_ptr_array_index(documents, i);

        if (document->kind == kind)
            last = MAX(last, document->part);
    }
    return last + 1;
}

static gboolean
check_period(KabDate from, KabDate to, GError **error)
{
    int years = atoi(to.text) - atoi(from.text); /* both begin with the year */

    if (*from.text != '\0' && *to.text != '\0' && strcmp(from.text, to.text) > 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("The first day is after the last one"));
        return FALSE;
    }

    if (*from.text != '\0' && *to.text != '\0' && years <= MAX_YEARS)
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("An act of reconciliation needs a first and a last day, at most %d years apart"),
                MAX_YEARS);
    return FALSE;
}

gboolean
kab_document_check(const KabDocument *document, GError **error)
{
    if (document->kind == KAB_DOCUMENT_RECONCILIATION)
        return check_period(document->from, document->to, error);
    if (*document->order_id.text != '\0') {
        int last = kab_document_kind_has_parts(document->kind) ? KAB_DOCUMENT_MAX_PARTS : 1;

        if (document->part >= 0 && document->part <= last)
            return TRUE;
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("An order has no document “%s” number %d"),
                    kab_document_kind_to_title(document->kind), document->part);
        return FALSE;
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("“%s” is a document about an order: name it"),
                kab_document_kind_to_title(document->kind));
    return FALSE;
}

gboolean
kab_document_check_order(KabDocumentKind kind, const KabOrder *order, GError **error)
{
    const char *why = NULL;

    if (!kab_order_is_shipping(order) &&
        (order->status == KAB_ORDER_REFUSED || order->client_status == KAB_CLIENT_CANCELLED))
        why = _("The order was refused or cancelled: there are no documents");
    else if (kind == KAB_DOCUMENT_INVOICE && order->client_status != KAB_CLIENT_TO_FULFIL &&
             order->client_status != KAB_CLIENT_CLOSED)
        why = _("The invoice can be issued once the manager has checked the order");
    else if (kind != KAB_DOCUMENT_INVOICE && !kab_order_is_shipping(order))
        why = _("Shipping documents can be issued once goods have been shipped");
    if (why == NULL)
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE, why);
    return FALSE;
}

const char *
kab_document_kind_to_nick(KabDocumentKind kind)
{
    g_return_val_if_fail(kind < KAB_N_DOCUMENT_KINDS, NULL);
    return kinds[kind].nick;
}

gboolean
kab_document_kind_from_nick(const char *nick, KabDocumentKind *out, GError **error)
{
    for (int i = 0; nick != NULL && i < KAB_N_DOCUMENT_KINDS; i++) {
        if (strcmp(nick, kinds[i].nick) == 0) {
            *out = (KabDocumentKind)i;
            return TRUE;
        }
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a kind of documents"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return FALSE;
}

const char *
kab_document_kind_to_title(KabDocumentKind kind)
{
    g_return_val_if_fail(kind < KAB_N_DOCUMENT_KINDS, NULL);
    return g_dgettext(GETTEXT_PACKAGE, kinds[kind].title);
}

const char *
kab_document_state_to_nick(KabDocumentState state)
{
    g_return_val_if_fail((gsize)state < G_N_ELEMENTS(states), NULL);
    return states[state].nick;
}

gboolean
kab_document_state_from_nick(const char *nick, KabDocumentState *out, GError **error)
{
    for (gsize i = 0; nick != NULL && i < G_N_ELEMENTS(states); i++) {
        if (strcmp(nick, states[i].nick) == 0) {
            *out = (KabDocumentState)i;
            return TRUE;
        }
    }
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not a state of a document"),
                kab_error_clip(nick, 40), nick != NULL ? nick : "");
    return FALSE;
}

const char *
kab_document_state_to_title(KabDocumentState state)
{
    g_return_val_if_fail((gsize)state < G_N_ELEMENTS(states), NULL);
    return g_dgettext(GETTEXT_PACKAGE, states[state].title);
}

const char *
kab_document_find_type(const char *file_name, GError **error)
{
    g_autofree char *lower = g_ascii_strdown(file_name, -1);

    for (gsize i = 0; i < G_N_ELEMENTS(types); i++)
        if (g_str_has_suffix(lower, types[i].ending))
            return types[i].media_type;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("“%.200s”: a document is a PDF, XML or XLSX file"), file_name);
    return NULL;
}

gboolean
kab_document_check_file(const char *media_type, GBytes *bytes, GError **error)
{
    gsize size;
    const char *data = g_bytes_get_data(bytes, &size);

    if (size > KAB_DOCUMENT_MAX_BYTES) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_RANGE, _("A document has at most %d MiB"),
                    KAB_DOCUMENT_MAX_BYTES / 1024 / 1024);
        return FALSE;
    }
    if (size > 3 && memcmp(data, "\357\273\277", 3) == 0) { /* a byte order mark */
        data += 3;
        size -= 3;
    }
    for (gsize i = 0; media_type != NULL && i < G_N_ELEMENTS(types); i++)
        if (strcmp(media_type, types[i].media_type) == 0 && size > strlen(types[i].begin) &&
            memcmp(data, types[i].begin, strlen(types[i].begin)) == 0)
            return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("The file is not what its name says: a PDF, XML or XLSX file"));
    return FALSE;
}

char *
kab_document_make_title(const KabDocument *document)
{
    const char *title = kab_document_kind_to_title(document->kind);

    return document->part > 1 ? g_strdup_printf("%s %d", title, document->part) : g_strdup(title);
}

char *
kab_document_make_file_name(const KabDocument *document)
{
    const char *ending = ".pdf";
    const char *about =
        document->order_number != NULL ? document->order_number : document->order_id.text;
    g_autofree char *latin = g_str_to_ascii(about, "ru");
    g_autofree char *part = document->part > 1 ? g_strdup_printf("-%d", document->part) : NULL;
    char *name;

    for (gsize i = 0; document->media_type != NULL && i < G_N_ELEMENTS(types); i++)
        if (strcmp(document->media_type, types[i].media_type) == 0)
            ending = types[i].ending;
    if (document->kind == KAB_DOCUMENT_RECONCILIATION)
        name = g_strconcat(kinds[document->kind].nick, "-", document->from.text, "-",
                           document->to.text, ending, NULL);
    else
        name = g_strconcat(kinds[document->kind].nick, "-", latin, part != NULL ? part : "", ending,
                           NULL);
    return g_strcanon(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.",
                      '_');
}
