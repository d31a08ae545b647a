/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-answer-memory.h"
#include "kab-client-call.h"
#include "kab-client-people.h"
#include "kab-client.h"
#include "kab-error.h"
#include "kab-http-client.h"
#include "kab-http-language.h"
#include "kab-json.h"
#include "kab-wire-user.h"
#include "kab-wire-problem.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TIMEOUT_S 30
#define BASKET_PATH "/api/v1/basket"
#define MAX_ANSWER (32 * 1024 * 1024)

struct _KabClient {
    GObject parent_instance;

    KabHttpClient *http;     /* (owned) */
    char *address;           /* (owned) */
    char *language;          /* (owned): in which the service is asked to speak */
    char *token;             /* (owned) (nullable) */
    KabUser *user;           /* (owned) (nullable) */
    KabAnswerMemory *memory; /* (owned): of who is signed in, or was until the session ended */
    char *memory_of;         /* (owned) (nullable): who that is, and for which partner */
    gboolean untrusted;      /* the service was not trusted when it was asked last */
    char *trouble;           /* (owned) (nullable): why what was remembered was given last */
};

G_DEFINE_FINAL_TYPE(KabClient, kab_client, G_TYPE_OBJECT)

static void
kab_client_finalize(GObject *object)
{
    KabClient *self = KAB_CLIENT(object);

    g_clear_pointer(&self->http, kab_http_client_free);
    g_free(self->address);
    g_free(self->language);
    g_free(self->token);
    g_free(self->trouble);
    kab_answer_memory_free(self->memory);
    g_free(self->memory_of);
    kab_user_free(self->user);
    G_OBJECT_CLASS(kab_client_parent_class)->finalize(object);
}

static void
kab_client_class_init(KabClientClass *klass)
{
    G_OBJECT_CLASS(klass)->finalize = kab_client_finalize;
}

static void
kab_client_init(KabClient *self)
{
    self->memory = kab_answer_memory_new();
}

KabClient *
kab_client_new(const char *address, GError **error)
{
    g_autoptr(GError) local = NULL;
    KabHttpClient *http = kab_http_client_new(address, TIMEOUT_S, MAX_ANSWER, &local);
    KabClient *self;

    if (http == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, local->message);
        return NULL;
    }
    self = g_object_new(KAB_TYPE_CLIENT, NULL);
    self->http = http;
    self->address = g_strdup(address);
    self->language = kab_http_language_dup_wanted();
    return self;
}

gboolean
kab_client_trust(KabClient *self, const char *ca_file, GError **error)
{
    g_autoptr(GError) local = NULL;

    if (kab_http_client_trust(self->http, ca_file, &local))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, local->message);
    return FALSE;
}

const char *
kab_client_get_address(KabClient *self)
{
    return self->address;
}

const KabUser *
kab_client_get_user(KabClient *self)
{
    return self->user;
}

const char *
kab_client_get_token(KabClient *self)
{
    return self->token;
}

static void
forget_session(KabClient *self)
{
    g_clear_pointer(&self->token, g_free);
    g_clear_pointer(&self->user, kab_user_free);
    g_clear_pointer(&self->trouble, g_free);
}

/* Somebody else, or for another partner, sees nothing of it; who signs in again sees it. */
static void
keep_memory_of(KabClient *self, const KabUser *user)
{
    g_autofree char *whose =
        user != NULL ? g_strjoin("/", user->id.text, user->partner_id.text, NULL) : NULL;

    if (g_strcmp0(self->memory_of, whose) == 0)
        return;
    kab_answer_memory_forget(self->memory, NULL);
    g_free(self->memory_of);
    self->memory_of = g_steal_pointer(&whose);
}

gboolean
kab_client_is_untrusted(KabClient *self)
{
    return self->untrusted;
}

const char *
kab_client_get_trouble(KabClient *self)
{
    return self->trouble;
}

typedef struct {
    KabClientParse parse;
    GDestroyNotify free;
    char *token;   /* (owned) (nullable): with which it was sent */
    char *path;    /* (owned) (nullable): of what is remembered */
    char *partner; /* (owned) (nullable): for whom it was sent */
    gboolean change;
} Parsing;

static void
parsing_free(gpointer data)
{
    g_free(((Parsing *)data)->token);
    g_free(((Parsing *)data)->path);
    g_free(((Parsing *)data)->partner);
    g_free(data);
}

/* A person who cannot reach the service can only try again: one code. The first line says what is
 * wrong to everybody, the second one to whoever looks after the network. */
static GError *
unreachable(GError *error)
{
    static const struct {
        KabHttpError code;
        const char *text;
    } texts[] = {
        {KAB_HTTP_ERROR_RESOLVE,
         N_("There is no connection: this network does not know the address.")},
        {KAB_HTTP_ERROR_CONNECT, N_("There is no connection: the service cannot be reached.")},
        {KAB_HTTP_ERROR_TIMEOUT, N_("There is no connection: the service does not answer.")},
        {KAB_HTTP_ERROR_CUT, N_("The connection to the service broke off.")},
    };
    const char *text = NULL;
    GError *ours;

    if (error->domain != KAB_HTTP_ERROR)
        return error;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        if ((int)texts[i].code == error->code)
            text = g_dgettext(GETTEXT_PACKAGE, texts[i].text);
    ours = text != NULL ? g_error_new(KAB_ERROR, KAB_ERROR_BUSY, "%s\n%s", text, error->message)
                        : g_error_new_literal(KAB_ERROR, KAB_ERROR_BUSY, error->message);
    g_error_free(error);
    return ours;
}

/* Whether a page for browsers came: what answers there is not ours. A proxy before a portal that
 * does not run, or that finds something too big or too much, says so by a page as well. */
static gboolean
is_foreign(const KabHttpAnswer *answer)
{
    return g_strcmp0(answer->content_type, "text/html") == 0 && answer->status != 413 &&
           answer->status != 429 && (answer->status < 500 || answer->status == 501);
}

static GError *
say_foreign(KabClient *self)
{
    return g_error_new(KAB_ERROR, KAB_ERROR_FAILED,
                       _("There is no Kabinet portal at this address.\n"
                         "Another web server answers at %s. Check the spelling, the port, and "
                         "whether it begins with http or https; or ask whoever invited you."),
                       self->address);
}

/* For which partner the person of this window means to act: another window may have gone on to
 * another one. */
static const char *
get_partner(KabClient *self)
{
    return self->user != NULL && *self->user->partner_id.text != '\0' ? self->user->partner_id.text
                                                                      : NULL;
}

/* Whether the same person acts for the same partner as when it was asked. */
static gboolean
is_same_person(KabClient *self, const Parsing *parsing)
{
    /* Until it is known who that is, nobody has what somebody else has looked at. */
    return self->token != NULL && (self->user != NULL || self->memory_of == NULL) &&
           g_strcmp0(parsing->token, self->token) == 0 &&
           g_strcmp0(parsing->partner, get_partner(self)) == 0;
}

/* Takes @error, which says why there is no answer: what was answered before is given instead. */
static void
answer_without_connection(KabClient *self, GTask *task, GError *error)
{
    const Parsing *parsing = g_task_get_task_data(task);
    GBytes *body = parsing->path != NULL && !parsing->change &&
                           g_error_matches(error, KAB_ERROR, KAB_ERROR_BUSY) &&
                           is_same_person(self, parsing)
                       ? kab_answer_memory_find(self->memory, parsing->path)
                       : NULL;
    gpointer value = body != NULL ? parsing->parse(body, NULL) : NULL;

    if (value == NULL) {
        g_task_return_error(task, error);
        return;
    }
    g_free(self->trouble);
    self->trouble = g_strdup(error->message);
    g_error_free(error);
    g_task_return_pointer(task, value, parsing->free);
}

static void
on_answered(GObject *source, GAsyncResult *result, gpointer data)
{
    g_autoptr(GTask) task = data;
    KabClient *self = KAB_CLIENT(source);
    Parsing *parsing = g_task_get_task_data(task);
    GError *error = NULL;
    g_autoptr(KabHttpAnswer) answer = kab_http_client_send_finish(result, &error);
    gpointer value = NULL;

    self->untrusted = g_error_matches(error, KAB_HTTP_ERROR, KAB_HTTP_ERROR_TLS);
    if (answer == NULL) {
        answer_without_connection(self, task, unreachable(error));
        return;
    }
    g_clear_pointer(&self->trouble, g_free);
    if (is_foreign(answer)) {
        g_task_return_error(task, say_foreign(self));
        return;
    }
    if (answer->status < 200 || answer->status > 299) {
        error = kab_wire_problem_to_error(answer->status, answer->body);
        if (g_error_matches(error, KAB_ERROR, KAB_ERROR_UNAUTHORIZED) &&
            g_strcmp0(parsing->token, self->token) == 0)
            forget_session(self);
        g_task_return_error(task, error);
        return;
    }
    if (parsing->parse != NULL)
        value = parsing->parse(answer->body, &error);
    if (error != NULL) {
        g_prefix_error(&error, "%s", _("The service answered something that is not understood: "));
        g_task_return_error(task, error);
        return;
    }
    if (parsing->change)
        kab_answer_memory_forget(self->memory, BASKET_PATH);
    if (parsing->path != NULL && is_same_person(self, parsing))
        kab_answer_memory_put(self->memory, parsing->path, answer->body);
    g_task_return_pointer(task, value, parsing->free);
}

void
kab_client_call_async(KabClient *self, const KabClientCall *call, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer data)
{
    GTask *task = g_task_new(self, cancellable, callback, data);
    Parsing *parsing = g_new0(Parsing, 1);
    g_autofree char *authorization =
        self->token != NULL ? g_strconcat("Bearer ", self->token, NULL) : NULL;
    g_autoptr(JsonNode) node = call->body;
    g_autoptr(GBytes) body = node != NULL ? kab_json_to_bytes(node) : NULL;
    KabHttpCall http = {
        .method = call->method,
        .path = call->path,
        .authorization = authorization,
        .partner = call->personal ? NULL : get_partner(self),
        .language = self->language,
        .idempotency_key = call->key,
        .content_type = "application/json",
        .body = body,
    };

    parsing->parse = call->parse;
    parsing->free = call->free;
    parsing->token = g_strdup(self->token);
    parsing->change = strcmp(call->method, "GET") != 0;
    parsing->path = g_strdup(call->remember ? call->path : call->remember_as);
    parsing->partner = g_strdup(get_partner(self));
    g_task_set_task_data(task, parsing, parsing_free);
    kab_http_client_send_async(self->http, G_OBJECT(self), &http, cancellable, on_answered, task);
}

gpointer
kab_client_call_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), NULL);
    return g_task_propagate_pointer(G_TASK(result), error);
}

void
kab_client_open_feed_async(KabClient *self, const char *path, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
    g_autofree char *authorization =
        self->token != NULL ? g_strconcat("Bearer ", self->token, NULL) : NULL;
    const KabHttpCall call = {.method = "GET",
                              .path = path,
                              .authorization = authorization,
                              .partner = get_partner(self)};

    kab_http_feed_open_async(self->http, G_OBJECT(self), &call, cancellable, callback, data);
}

KabHttpFeed *
kab_client_open_feed_finish(GAsyncResult *result, GError **error)
{
    return kab_http_feed_open_finish(result, error);
}

char *
kab_client_query(const char *path, ...)
{
    GString *query = g_string_new(path);
    const char *separator = "?";
    const char *name;
    va_list args;

    va_start(args, path);
    while ((name = va_arg(args, const char *)) != NULL) {
        const char *value = va_arg(args, const char *);

        if (value == NULL || *value == '\0')
            continue;
        g_string_append_printf(query, "%s%s=", separator, name);
        g_string_append_uri_escaped(query, value, NULL, FALSE);
        separator = "&";
    }
    va_end(args);
    return g_string_free(query, FALSE);
}

KabPage *
kab_client_parse_page(GBytes *body, KabClientParseItem parse, GDestroyNotify free, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    g_autoptr(KabPage) page = g_new0(KabPage, 1);
    JsonArray *items;

    page->items = g_ptr_array_new_with_free_func(free);
    if (node == NULL)
        return NULL;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        items = kab_fields_get_array(&fields, "items", 100000);
        page->next = kab_fields_dup_text(&fields, "next", 4000);
        if (!kab_fields_finish(&fields, error))
            return NULL;
    }
    for (guint i = 0; items != NULL && i < json_array_get_length(items); i++) {
        gpointer item = parse(json_array_get_object_element(items, i), error);

        if (item == NULL)
            return NULL;
        g_ptr_array_add(page->items, item);
    }
    return g_steal_pointer(&page);
}

void
kab_page_free(KabPage *page)
{
    if (page == NULL)
        return;
    g_clear_pointer(&page->items, g_ptr_array_unref);
    g_free(page->next);
    g_free(page);
}

/* What a sign-in gives. */
typedef struct {
    KabUser *user;
    char *token;
} SignIn;

static void
sign_in_free(gpointer data)
{
    SignIn *sign_in = data;

    kab_user_free(sign_in->user);
    g_free(sign_in->token);
    g_free(sign_in);
}

static gpointer
parse_sign_in(GBytes *body, GError **error)
{
    g_autoptr(JsonNode) node = kab_json_parse(body, error);
    SignIn *sign_in;
    JsonObject *user;

    if (node == NULL)
        return NULL;
    sign_in = g_new0(SignIn, 1);
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        kab_fields_skip(&fields, "partners");
        sign_in->token = kab_fields_dup_text(&fields, "token", 200);
        user = kab_fields_get_object(&fields, "user");
        if (kab_fields_finish(&fields, error) && user != NULL)
            sign_in->user = kab_wire_user_from_json(NULL, user, error);
    }
    if (sign_in->user == NULL) {
        if (error != NULL && *error == NULL)
            g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("“user” is missing"));
        sign_in_free(sign_in);
        return NULL;
    }
    return sign_in;
}

/* What is asked of the person alone, and answered with who is signed in then; @members are names
 * and values of its body. */
static void
ask_who(KabClient *self, const char *method, const char *path, const char *const members[],
        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    JsonObject *object = members[0] != NULL ? json_object_new() : NULL;
    KabClientCall call = {.method = method,
                          .path = path,
                          .personal = TRUE,
                          .parse = parse_sign_in,
                          .free = sign_in_free};

    for (gsize i = 0; members[i] != NULL; i += 2)
        json_object_set_string_member(object, members[i], members[i + 1]);
    if (object != NULL)
        call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

void
kab_client_sign_in_async(KabClient *self, const char *login, const char *password,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    const char *const members[] = {"login", login, "password", password, NULL};

    forget_session(self);
    ask_who(self, "POST", "/api/v1/session", members, cancellable, callback, data);
}

void
kab_client_use_code_async(KabClient *self, const char *code, const char *password,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    const char *const members[] = {"code", code, "password", password, NULL};

    forget_session(self);
    ask_who(self, "POST", "/api/v1/password", members, cancellable, callback, data);
}

void
kab_client_resume_async(KabClient *self, const char *token, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
    const char *const nothing[] = {NULL};
    char *copy = g_strdup(token); /* it may be the one that is forgotten now */

    forget_session(self);
    self->token = copy;
    ask_who(self, "GET", "/api/v1/me", nothing, cancellable, callback, data);
}

void
kab_client_switch_async(KabClient *self, KabPartnerId partner_id, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
    const char *const members[] = {"partner_id", partner_id.text, NULL};

    ask_who(self, "PUT", "/api/v1/session", members, cancellable, callback, data);
}

void
kab_client_set_language_async(KabClient *self, const char *language, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
    const char *const members[] = {"language", language, NULL};

    ask_who(self, "PUT", "/api/v1/me", members, cancellable, callback, data);
}

void
kab_client_change_password_async(KabClient *self, const char *before, const char *password,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
    const char *const members[] = {"before", before, "password", password, NULL};

    ask_who(self, "PUT", "/api/v1/me/password", members, cancellable, callback, data);
}

gboolean
kab_client_sign_in_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    SignIn *sign_in = kab_client_call_finish(self, result, error);

    if (sign_in == NULL)
        return FALSE;
    keep_memory_of(self, sign_in->user);
    g_clear_pointer(&self->user, kab_user_free);
    self->user = g_steal_pointer(&sign_in->user);
    if (sign_in->token != NULL) {
        g_free(self->token);
        self->token = g_steal_pointer(&sign_in->token);
    }
    sign_in_free(sign_in);
    return TRUE;
}

void
kab_client_sign_out_async(KabClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer data)
{
    KabClientCall call = {.method = "DELETE", .path = "/api/v1/session", .personal = TRUE};

    kab_client_call_async(self, &call, cancellable, callback, data);
    forget_session(self);
    keep_memory_of(self, NULL);
}

gboolean
kab_client_sign_out_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    g_return_val_if_fail(g_task_is_valid(result, self), FALSE);
    g_task_propagate_pointer(G_TASK(result), error);
    return !g_task_had_error(G_TASK(result));
}
