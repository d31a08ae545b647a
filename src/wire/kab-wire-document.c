/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-wire-document.h"

#include <glib/gi18n-lib.h>

#define MAX_NAME 1000
#define MAX_TEXT 4000
/* Base64 makes four characters of three bytes. */
#define MAX_ENCODED (KAB_DOCUMENT_MAX_BYTES / 3 * 4 + 4)

static void
subject_to_json(const KabDocument *document, JsonObject *object)
{
    json_object_set_string_member(object, "kind", kab_document_kind_to_nick(document->kind));
    kab_json_set_text(object, "partner_id", document->partner_id.text);
    kab_json_set_text(object, "order_id", document->order_id.text);
    if (document->part > 1)
        json_object_set_int_member(object, "part", document->part);
    kab_json_set_text(object, "from", document->from.text);
    kab_json_set_text(object, "to", document->to.text);
}

static void
state_to_json(const KabDocument *document, JsonObject *object)
{
    json_object_set_string_member(object, "state", kab_document_state_to_nick(document->state));
    json_object_set_int_member(object, "revision", document->revision);
    kab_json_set_text(object, "error", document->error);
    kab_json_set_time(object, "issued_at", document->issued_at);
    kab_json_set_text(object, "file_name", document->file_name);
    kab_json_set_text(object, "media_type", document->media_type);
}

JsonNode *
kab_wire_document_to_json(const KabDocument *document, KabDocumentFields wanted)
{
    JsonObject *object = json_object_new();

    subject_to_json(document, object);
    if (wanted != KAB_DOCUMENT_REQUEST)
        state_to_json(document, object);
    if (wanted != KAB_DOCUMENT_ANSWER) {
        kab_json_set_text(object, "asked_by", document->asked_by);
        kab_json_set_time(object, "asked_at", document->asked_at);
    }
    if (wanted == KAB_DOCUMENT_LIST) {
        kab_json_set_text(object, "id", document->id.text);
        kab_json_set_text(object, "order_number", document->order_number);
        json_object_set_int_member(object, "size", document->size);
    }
    return kab_json_node_take(object);
}

static void
subject_from_json(KabDocument *document, KabFields *fields)
{
    GError *error = NULL;

    if (!kab_document_kind_from_nick(kab_fields_need_text(fields, "kind", 40), &document->kind,
                                     &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
    kab_fields_get_id(fields, "partner_id", document->partner_id.text);
    kab_fields_get_id(fields, "order_id", document->order_id.text);
    document->part = (int)kab_fields_get_int(fields, "part", 1, KAB_DOCUMENT_MAX_PARTS, 1);
    document->from = kab_fields_get_date(fields, "from");
    document->to = kab_fields_get_date(fields, "to");
}

static void
state_from_json(KabDocument *document, KabFields *fields)
{
    GError *error = NULL;

    if (!kab_document_state_from_nick(kab_fields_need_text(fields, "state", 40), &document->state,
                                      &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
    document->revision = kab_fields_need_int(fields, "revision", 0, G_MAXINT64);
    document->error = kab_fields_dup_text(fields, "error", MAX_TEXT);
    document->issued_at = kab_fields_get_time(fields, "issued_at");
    document->file_name = kab_fields_dup_text(fields, "file_name", MAX_NAME);
    document->media_type = kab_fields_dup_text(fields, "media_type", MAX_NAME);
}

static void
file_from_json(const KabDocument *document, KabFields *fields, GBytes **file)
{
    const char *encoded = kab_fields_get_text(fields, "file", MAX_ENCODED);
    g_autoptr(GBytes) bytes = NULL;
    GError *error = NULL;
    gsize size;
    guchar *data;

    *file = NULL;
    if (encoded == NULL) {
        if (document->state == KAB_DOCUMENT_READY)
            kab_fields_fail(fields, g_error_new_literal(KAB_ERROR, KAB_ERROR_INVALID,
                                                        _("A document that is ready has a file")));
        return;
    }
    data = g_base64_decode(encoded, &size);
    bytes = g_bytes_new_take(data, size);
    if (!kab_document_check_file(document->media_type, bytes, &error))
        kab_fields_fail(fields, g_steal_pointer(&error));
    else
        *file = g_steal_pointer(&bytes);
}

KabDocument *
kab_wire_document_from_json(const char *id, JsonObject *object, KabDocumentFields wanted,
                            GBytes **file, GError **error)
{
    g_autoptr(KabDocument) document = g_new0(KabDocument, 1);
    KabFields fields = KAB_FIELDS_INIT(object);

    subject_from_json(document, &fields);
    if (wanted != KAB_DOCUMENT_REQUEST)
        state_from_json(document, &fields);
    if (wanted != KAB_DOCUMENT_ANSWER) {
        document->asked_by = kab_fields_dup_text(&fields, "asked_by", MAX_NAME);
        document->asked_at = kab_fields_get_time(&fields, "asked_at");
    }
    if (wanted == KAB_DOCUMENT_LIST) {
        kab_fields_need_id(&fields, "id", document->id.text);
        document->order_number = kab_fields_dup_text(&fields, "order_number", 100);
        document->size = kab_fields_get_int(&fields, "size", 0, KAB_DOCUMENT_MAX_BYTES, 0);
    }
    if (id != NULL)
        document->id = kab_document_id_of(id);
    if (wanted == KAB_DOCUMENT_ANSWER)
        file_from_json(document, &fields, file);
    if (kab_fields_finish(&fields, error))
        return g_steal_pointer(&document);
    if (wanted == KAB_DOCUMENT_ANSWER)
        g_clear_pointer(file, g_bytes_unref);
    return NULL;
}

void
kab_wire_document_set_file(JsonObject *object, GBytes *file)
{
    gsize size;
    const guchar *data = g_bytes_get_data(file, &size);
    g_autofree char *encoded = g_base64_encode(data, size);

    json_object_set_string_member(object, "file", encoded);
}
