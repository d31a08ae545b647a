/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-call.h"
#include "kab-client-publication.h"
#include "kab-json.h"
#include "kab-wire-publication.h"

static gpointer
parse_row(JsonObject *object, GError **error)
{
    return kab_wire_publication_from_json(object, error);
}

static gpointer
parse_list(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_row, (GDestroyNotify)kab_publication_free, error);
}

void
kab_client_list_publication_async(KabClient *self, const KabPublicationFilter *filter,
                                  const char *after, guint limit, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *number = g_strdup_printf("%u", limit);
    g_autofree char *path =
        kab_client_query("/api/v1/publication", "state", filter->state, "text", filter->text,
                         "kind", filter->kind, "after", after, "limit", number, NULL);
    const KabClientCall call = {
        .method = "GET", .path = path, .parse = parse_list, .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_publication_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

static gpointer
parse_publication(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);

    return node != NULL ? kab_wire_publication_from_json(json_node_get_object(node), error) : NULL;
}

static void
put(KabClient *self, const char *before, const char *id, JsonObject *object,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *escaped = g_uri_escape_string(id, NULL, FALSE);
    g_autofree char *path = g_strconcat(before, escaped, NULL);
    const KabClientCall call = {.method = "PUT",
                                .path = path,
                                .body = kab_json_node_take(object),
                                .parse = parse_publication,
                                .free = (GDestroyNotify)kab_publication_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_publish_async(KabClient *self, const char *id, const char *login, const KabRole *role,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "login", login);
    kab_json_set_text(object, "role", role != NULL ? kab_role_to_nick(*role) : NULL);
    put(self, "/api/v1/publication/", id, object, cancellable, callback, data);
}

void
kab_client_put_contact_async(KabClient *self, const char *id, const char *partner_id,
                             const char *name, const char *email, const char *phone,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = json_object_new();

    kab_json_set_text(object, "partner_id", partner_id);
    kab_json_set_text(object, "name", name);
    if (email != NULL)
        json_object_set_string_member(object, "email", email);
    if (phone != NULL)
        json_object_set_string_member(object, "phone", phone);
    put(self, "/api/v1/contacts/", id, object, cancellable, callback, data);
}

KabPublication *
kab_client_publication_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_act_on_publication_async(KabClient *self, KabPublicationAction action,
                                    const char *const *ids, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = json_object_new();
    JsonArray *array = json_array_new();
    KabClientCall call = {.method = "POST", .path = "/api/v1/publication/actions"};

    for (gsize i = 0; ids[i] != NULL; i++)
        json_array_add_string_element(array, ids[i]);
    json_object_set_string_member(object, "action", kab_publication_action_to_nick(action));
    json_object_set_array_member(object, "ids", array);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

/* Of a call whose result says no more than that it is done. */
static gboolean
finish_nothing(KabClient *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), FALSE);
    g_task_propagate_pointer(G_TASK(result), error);
    return !g_task_had_error(G_TASK(result));
}

gboolean
kab_client_act_on_publication_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return finish_nothing(self, result, error);
}

void
kab_short_partner_free(gpointer data)
{
    g_free(((KabShortPartner *)data)->name);
    g_free(data);
}

static gpointer
parse_partner(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabShortPartner *partner = g_new0(KabShortPartner, 1);

    kab_fields_need_id(&fields, "id", partner->id.text);
    partner->name = g_strdup(kab_fields_need_text(&fields, "name", 1000));
    kab_fields_skip(&fields, "inn");
    kab_fields_skip(&fields, "kpp");
    if (kab_fields_finish(&fields, error))
        return partner;
    kab_short_partner_free(partner);
    return NULL;
}

static gpointer
parse_partners(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_partner, kab_short_partner_free, error);
}

void
kab_client_list_partners_async(KabClient *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
    const KabClientCall call = {.method = "GET",
                                .path = "/api/v1/partners",
                                .parse = parse_partners,
                                .free = (GDestroyNotify)kab_page_free};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_list_partners_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}

void
kab_client_add_partner_async(KabClient *self, const char *name, const char *inn, const char *kpp,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = json_object_new();
    KabClientCall call = {.method = "POST", .path = "/api/v1/partners"};

    json_object_set_string_member(object, "name", name);
    kab_json_set_text(object, "inn", inn);
    kab_json_set_text(object, "kpp", kpp);
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_add_partner_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return finish_nothing(self, result, error);
}
