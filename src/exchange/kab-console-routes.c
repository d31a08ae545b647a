/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-console-routes.h"
#include "kab-end-objects.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-journal.h"
#include "kab-kind.h"
#include "kab-object-names.h"
#include "kab-order-store.h"
#include "kab-queue-admin.h"
#include "kab-queue.h"
#include "kab-resend.h"
#include "kab-samples.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SMALL_BODY 16384
#define DAY_MS (G_GINT64_CONSTANT(24) * 3600 * 1000)
#define MAX_REASON 400

static gboolean
on_history(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
           const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    KabTime now = kab_time_now();
    JsonArray *samples = db.db != NULL ? kab_samples_list(db.db, now - DAY_MS, now, error) : NULL;

    if (samples == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(samples, NULL));
    return TRUE;
}

static gboolean
on_causes(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
          const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonArray) causes = db.db != NULL ? kab_queue_list_causes(db.db, error) : NULL;

    if (causes == NULL || !kab_object_names_add(service, db.db, causes, "object", error))
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(g_steal_pointer(&causes), NULL));
    return TRUE;
}

static gboolean
on_payload(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const char *kind = kab_http_request_get_query(request, "kind");
    const char *id = kab_http_request_get_query(request, "object");
    JsonObject *body = NULL;
    JsonObject *object;

    if (db.db == NULL || !kab_end_build_object(service, db.db, kind, id, &body, error))
        return FALSE;
    object = json_object_new();
    json_object_set_string_member(object, "kind", kind);
    json_object_set_string_member(object, "id", id);
    if (body != NULL)
        json_object_set_object_member(object, "body", body);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
    return TRUE;
}

/* Sets "kind", "number" and "name", of what this end has. */
static gboolean
describe(KabEnd *end, KabDb *db, const char *kind, JsonObject *object, GError **error)
{
    const char *id = json_object_get_string_member(object, "id");
    const KabKindHandler *handler = kab_end_find_kind(end, KAB_KIND_ORDER);
    g_autoptr(JsonArray) items = json_array_new();
    g_autoptr(KabOrder) order = NULL;
    GError *local = NULL;

    order = kab_order_store_find(db, id, &local);
    if (local != NULL) {
        g_propagate_error(error, local);
        return FALSE;
    }
    if (order != NULL) {
        kind = handler != NULL && handler->build != NULL ? KAB_KIND_ORDER : KAB_KIND_CLIENT_ORDER;
        kab_json_set_text(object, "number", order->number);
    }
    if (kind != NULL && kab_end_find_kind(end, kind) != NULL)
        json_object_set_string_member(object, "kind", kind);
    json_array_add_object_element(items, json_object_ref(object));
    return kab_object_names_add(end, db, items, "id", error);
}

static gboolean
on_find(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
        KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    const char *text = kab_http_request_get_query(request, "text");
    const char *kind = kab_http_request_get_query(request, "kind");
    g_autoptr(JsonObject) object = NULL;
    g_autofree char *id = NULL;

    if (db.db != NULL)
        id = kab_end_find_object(service, db.db, kind, text, &kind, error);
    if (id == NULL)
        return FALSE;
    object = json_object_new();
    json_object_set_string_member(object, "id", id);
    if (!describe(service, db.db, kind, object, error))
        return FALSE;
    kab_http_response_set_json(response, 200, kab_json_node_take(g_steal_pointer(&object)));
    return TRUE;
}

static gboolean
on_put(gpointer service, const KabHttpRequest *request, const KabUser *user,
       KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    g_autoptr(JsonObject) body = NULL;
    KabFields fields = KAB_FIELDS_INIT(NULL);
    const char *kind;
    const char *id;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    kind = kab_fields_need_text(&fields, "kind", 100);
    id = kab_fields_need_text(&fields, "object", 100);
    if (!kab_fields_finish(&fields, error) ||
        !kab_end_build_object(service, db.db, kind, id, &body, error))
        return FALSE;
    if (body == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_NOT_FOUND, _("There is no such object"));
        return FALSE;
    }
    if (!kab_queue_put_by_hand(db.db, kind, id, user->login, error))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

/* Of the one message in @object; its number stays what it was. */
static KabMessage *
read_message(JsonObject *object, GError **error)
{
    g_autoptr(JsonObject) batch = json_object_new();
    JsonArray *messages = json_array_new();
    g_autoptr(GPtrArray) read = NULL;

    json_array_add_object_element(messages, json_object_ref(object));
    json_object_set_array_member(batch, "messages", messages);
    read = kab_wire_messages_from_json(batch, error);
    if (read == NULL || read->len == 0)
        return NULL;
    g_ptr_array_set_free_func(read, NULL);
    return g_ptr_array_index(read, 0);
}

/* Which end has to take it: the one to which messages were sent, or which fetched them. */
static gboolean
find_taker(KabDb *db, const char *id, gboolean *incoming, GError **error)
{
    g_autoptr(JsonObject) entry = kab_journal_load(db, id, error);
    const char *what;

    if (entry == NULL)
        return FALSE;
    what = json_object_get_string_member(entry, "what");
    *incoming = g_str_equal(json_object_get_string_member(entry, "direction"), "incoming");
    if (g_strcmp0(what, "GET queue") == 0 || g_strcmp0(what, "POST answers") == 0)
        *incoming = !*incoming;
    return TRUE;
}

static gboolean
on_resend(gpointer service, const KabHttpRequest *request, const KabUser *user,
          KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    g_autoptr(KabMessage) message = NULL;
    g_autoptr(KabAnswer) answer = NULL;
    KabFields fields = KAB_FIELDS_INIT(NULL);
    KabResend resend = {.who = user->login};
    JsonObject *copy;
    JsonObject *told;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    copy = kab_fields_get_object(&fields, "message");
    resend.reason = kab_fields_need_text(&fields, "reason", MAX_REASON);
    if (!kab_fields_finish(&fields, error))
        return FALSE;
    if (copy == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("“message” is missing"));
        return FALSE;
    }
    if (!find_taker(db.db, kab_http_request_get_param(request, 0), &resend.incoming, error))
        return FALSE;
    message = read_message(copy, error);
    if (message == NULL)
        return FALSE;
    resend.message = message;
    answer = kab_resend(service, db.db, &resend, kab_end_get_stopped(service), error);
    if (answer == NULL)
        return FALSE;
    kab_end_nudge(service);
    told = json_object_new();
    json_object_set_string_member(told, "outcome", kab_outcome_to_nick(answer->outcome));
    kab_json_set_text(told, "detail", answer->detail);
    kab_http_response_set_json(response, 200, kab_json_node_take(told));
    return TRUE;
}

void
kab_console_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/exchange/history", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_history},
        {"GET", "/api/v1/exchange/queue/causes", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_causes},
        {"GET", "/api/v1/exchange/object", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_find},
        {"GET", "/api/v1/exchange/queue/payload", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_payload},
        {"POST", "/api/v1/exchange/queue", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY, on_put},
        {"POST", "/api/v1/exchange/journal/{id}/resend", FALSE, KAB_RIGHT_EXCHANGE_ADMIN,
         KAB_MESSAGES_MAX_BYTES, on_resend, TRUE},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
