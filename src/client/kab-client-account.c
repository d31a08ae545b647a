/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-client-account.h"
#include "kab-client-call.h"
#include "kab-json.h"
#include "kab-wire-user.h"

#define MAX_PARTNERS 1000
#define MAX_SESSIONS 1000

void
kab_signed_in_free(gpointer data)
{
    KabSignedIn *session = data;

    g_free(session->id);
    g_free(session->address);
    g_free(session->client);
    g_free(session);
}

void
kab_account_free(KabAccount *account)
{
    if (account == NULL)
        return;
    kab_user_free(account->user);
    g_clear_pointer(&account->partners, g_ptr_array_unref);
    g_clear_pointer(&account->sessions, g_ptr_array_unref);
    g_free(account);
}

static gboolean
read_partner(JsonObject *object, GPtrArray *partners, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabMembership *partner = g_new0(KabMembership, 1);
    const char *role;

    g_ptr_array_add(partners, partner);
    kab_fields_need_id(&fields, "id", partner->partner_id.text);
    partner->partner_name = kab_fields_dup_text(&fields, "name", 1000);
    role = kab_fields_need_text(&fields, "role", 40);
    kab_fields_skip(&fields, "current");
    return kab_fields_finish(&fields, error) && kab_role_from_nick(role, &partner->role, error);
}

static gpointer
parse_me(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    g_autoptr(KabAccount) account = g_new0(KabAccount, 1);
    KabFields fields = KAB_FIELDS_INIT(NULL);
    JsonObject *user;
    JsonArray *partners;

    account->partners = g_ptr_array_new_with_free_func((GDestroyNotify)kab_membership_free);
    if (node == NULL)
        return NULL;
    fields.object = json_node_get_object(node);
    user = kab_fields_get_object(&fields, "user");
    partners = kab_fields_need_array(&fields, "partners", MAX_PARTNERS);
    if (!kab_fields_finish(&fields, error))
        return NULL;
    account->user = kab_wire_user_from_json(NULL, user != NULL ? user : fields.object, error);
    if (account->user == NULL)
        return NULL;
    for (guint i = 0; i < json_array_get_length(partners); i++)
        if (!read_partner(json_array_get_object_element(partners, i), account->partners, error))
            return NULL;
    return g_steal_pointer(&account);
}

gpointer
kab_client_parse_session(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    KabSignedIn *session = g_new0(KabSignedIn, 1);

    session->id = g_strdup(kab_fields_need_text(&fields, "id", 200));
    session->created_at = kab_fields_get_time(&fields, "created_at");
    session->used_at = kab_fields_get_time(&fields, "used_at");
    session->address = kab_fields_dup_text(&fields, "address", 200);
    session->client = kab_fields_dup_text(&fields, "client", 400);
    session->current = kab_fields_get_boolean(&fields, "current", FALSE);
    if (kab_fields_finish(&fields, error))
        return session;
    kab_signed_in_free(session);
    return NULL;
}

static gpointer
parse_sessions(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, kab_client_parse_session, kab_signed_in_free, error);
}

static void
on_sessions_got(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    g_autoptr(KabPage) page = kab_client_call_finish(KAB_CLIENT(source), result, &error);
    KabAccount *kept = g_task_get_task_data(task);
    KabAccount *account;

    if (page == NULL) {
        g_task_return_error(task, error);
        return;
    }
    account = g_memdup2(kept, sizeof *kept);
    *kept = (KabAccount){0}; /* what it had is the result's */
    account->sessions = g_steal_pointer(&page->items);
    g_task_return_pointer(task, account, (GDestroyNotify)kab_account_free);
}

static void
on_me_got(GObject *source, GAsyncResult *result, gpointer data)
{
    const KabClientCall call = {.method = "GET",
                                .path = "/api/v1/sessions",
                                .personal = TRUE,
                                .parse = parse_sessions,
                                .free = (GDestroyNotify)kab_page_free};
    g_autoptr(GTask) task = data;
    GError *error = NULL;
    KabAccount *account = kab_client_call_finish(KAB_CLIENT(source), result, &error);

    if (account == NULL) {
        g_task_return_error(task, error);
        return;
    }
    g_task_set_task_data(task, account, (GDestroyNotify)kab_account_free);
    kab_client_call_async(KAB_CLIENT(source), &call, g_task_get_cancellable(task), on_sessions_got,
                          g_object_ref(task));
}

void
kab_client_get_account_async(KabClient *self, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    const KabClientCall call = {.method = "GET",
                                .path = "/api/v1/me",
                                .personal = TRUE,
                                .parse = parse_me,
                                .free = (GDestroyNotify)kab_account_free};

    kab_client_call_async(self, &call, cancellable, on_me_got,
                          g_task_new(self, cancellable, callback, data));
}

KabAccount *
kab_client_get_account_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), NULL);
    return g_task_propagate_pointer(G_TASK(result), error);
}

void
kab_client_end_session_async(KabClient *self, const char *id, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *escaped = g_uri_escape_string(id, NULL, FALSE);
    g_autofree char *path = g_strconcat("/api/v1/sessions/", escaped, NULL);
    const KabClientCall call = {.method = "DELETE", .path = path, .personal = TRUE};

    kab_client_call_async(self, &call, cancellable, callback, data);
}

gboolean
kab_client_end_session_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_sign_out_finish(self, result, error);
}
