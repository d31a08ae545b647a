/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-call.h"
#include "kab-client-people.h"
#include "kab-json.h"

static JsonNode *
make_body(const char *name, const char *value)
{
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, name, value);
    return kab_json_node_take(object);
}

void
kab_client_renew_code_async(KabClient *self, const char *code, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    const KabClientCall call = {
        .method = "POST", .path = "/api/v1/code/renew", .body = make_body("code", code)};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_reset_async(KabClient *self, const char *login, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer data)
{
    const KabClientCall call = {
        .method = "POST", .path = "/api/v1/password/reset", .body = make_body("login", login)};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_letter_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_sign_out_finish(self, result, error);
}
