/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-json.h"
#include "kab-link.h"
#include "kab-wire-problem.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

/* Bytes at most of what the other end says. */
#define DETAIL_MAX 1000
#define MAX_ANSWER (16 * 1024 * 1024)

/* Less is the network, or nobody's trouble. */
#define MAX_SKEW_MINUTES 5

struct _KabLink {
    KabHttpClient *client; /* (owned) */
    char *address;         /* (owned) */
    char *prefix;          /* (owned): path of the other end's service */
    char *basic;           /* (owned): header with login and password, or with the Client ID */
    char *bearer;          /* (owned) (nullable): header with the token */
    gboolean uses_tokens;
    KabTime skew; /* how much the other end's clock is ahead of this one's */
    char *asked;  /* (owned) (nullable): the path that was asked for last */
};

static char *
make_basic(const char *login, const char *password)
{
    g_autofree char *credentials = g_strdup_printf("%s:%s", login, password);
    g_autofree char *encoded = g_base64_encode((const guchar *)credentials, strlen(credentials));

    sodium_memzero(credentials, strlen(credentials));
    return g_strconcat("Basic ", encoded, NULL);
}

static void
wipe(char *text)
{
    if (text != NULL)
        sodium_memzero(text, strlen(text));
    g_free(text);
}

static GError *
make_missing(const char *setting)
{
    return g_error_new(KAB_ERROR, KAB_ERROR_STATE, _("Not connected yet: enter the setting %s"),
                       setting);
}

static gboolean
read_address(KabLink *link, const KabSettings *settings, KabDb *db, GError **error)
{
    link->address = kab_settings_get(settings, db, "exchange.address", error);
    link->prefix =
        link->uses_tokens ? g_strdup("") : kab_settings_get(settings, db, "exchange.path", error);
    if (link->address == NULL || link->prefix == NULL)
        return FALSE;
    if (*link->address == '\0')
        g_propagate_error(error, make_missing("exchange.address"));
    return *link->address != '\0';
}

static gboolean
read_secrets(KabLink *link, const KabSettings *settings, KabDb *db, GError **error)
{
    const char *name_setting = link->uses_tokens ? "exchange.client-id" : "exchange.login";
    const char *secret_setting = link->uses_tokens ? "exchange.client-secret" : "exchange.password";
    g_autofree char *name = kab_settings_get(settings, db, name_setting, error);
    char *secret = name != NULL ? kab_settings_get(settings, db, secret_setting, error) : NULL;
    gboolean entered;

    if (secret == NULL)
        return FALSE;
    entered = *name != '\0' && *secret != '\0';
    if (entered)
        link->basic = make_basic(name, secret);
    else
        g_propagate_error(error, make_missing(*name == '\0' ? name_setting : secret_setting));
    wipe(secret);
    return entered;
}

static KabLink *
open_link(KabEnd *end, KabDb *db, gboolean named, GError **error)
{
    g_autoptr(KabLink) link = g_new0(KabLink, 1);
    const KabSettings *settings = kab_end_get_settings(end);
    g_autofree char *ca_file = NULL;
    gint64 timeout;

    link->uses_tokens = kab_end_get_class(end)->side == KAB_SIDE_BASE;
    if (!read_address(link, settings, db, error) ||
        (named && !read_secrets(link, settings, db, error)) ||
        !kab_settings_get_number(settings, db, "exchange.timeout", &timeout, error))
        return NULL;
    link->client = kab_http_client_new(link->address, (guint)timeout, MAX_ANSWER, error);
    if (link->client == NULL)
        return NULL;
    ca_file = kab_settings_get(settings, db, "exchange.ca-file", error);
    if (ca_file == NULL || !kab_http_client_trust(link->client, ca_file, error))
        return NULL;
    return g_steal_pointer(&link);
}

KabLink *
kab_link_open(KabEnd *end, KabDb *db, GError **error)
{
    return open_link(end, db, TRUE, error);
}

KabLink *
kab_link_open_unnamed(KabEnd *end, KabDb *db, GError **error)
{
    return open_link(end, db, FALSE, error);
}

void
kab_link_close(KabLink *link)
{
    if (link == NULL)
        return;
    g_clear_pointer(&link->client, kab_http_client_free);
    g_free(link->address);
    g_free(link->prefix);
    g_free(link->asked);
    wipe(link->basic);
    wipe(link->bearer);
    g_free(link);
}

const char *
kab_link_get_address(KabLink *link)
{
    return link->address;
}

/* The token from an answer of /sys/token; some servers give it as id_token only. */
static char *
read_token(const KabHttpAnswer *answer)
{
    g_autoptr(JsonNode) node = kab_json_parse(answer->body, NULL);
    JsonObject *object = node != NULL ? json_node_get_object(node) : NULL;
    const char *token = NULL;

    if (object != NULL) {
        token = kab_json_get_text(object, "id_token");
        if (token == NULL)
            token = kab_json_get_text(object, "access_token");
    }
    return token != NULL && *token != '\0' ? g_strconcat("Bearer ", token, NULL) : NULL;
}

static void
remember(KabLink *link, const char *path)
{
    g_free(link->asked);
    link->asked = g_strdup(path);
}

/* Gets a token. FALSE without an error: the answer in @refusal tells why there is none. */
static gboolean
renew_token(KabLink *link, GCancellable *cancellable, KabHttpAnswer **refusal, GError **error)
{
    static const char form[] = "grant_type=client_credentials";
    g_autoptr(GBytes) body = g_bytes_new_static(form, sizeof form - 1);
    KabHttpCall call = {
        .method = "POST",
        .path = "/sys/token",
        .authorization = link->basic,
        .content_type = "application/x-www-form-urlencoded",
        .body = body,
    };
    g_autoptr(KabHttpAnswer) answer = NULL;

    remember(link, call.path);
    answer = kab_http_client_send(link->client, &call, cancellable, error);
    if (answer == NULL)
        return FALSE;
    wipe(g_steal_pointer(&link->bearer));
    if (answer->status == 200)
        link->bearer = read_token(answer);
    if (link->bearer == NULL)
        *refusal = g_steal_pointer(&answer);
    return link->bearer != NULL;
}

static KabHttpAnswer *
send_once(KabLink *link, const char *method, const char *path, GBytes *body,
          GCancellable *cancellable, GError **error)
{
    g_autofree char *whole = g_strconcat(link->prefix, path, NULL);
    KabHttpCall call = {
        .method = method,
        .path = whole,
        .authorization = link->uses_tokens ? link->bearer : link->basic,
        .content_type = "application/json",
        .body = body,
    };

    remember(link, whole);
    return kab_http_client_send(link->client, &call, cancellable, error);
}

KabHttpAnswer *
kab_link_send(KabLink *link, const char *method, const char *path, GBytes *body,
              GCancellable *cancellable, GError **error)
{
    KabHttpAnswer *refusal = NULL;
    KabHttpAnswer *answer;

    if (link->uses_tokens && link->bearer == NULL &&
        !renew_token(link, cancellable, &refusal, error))
        return refusal;
    answer = send_once(link, method, path, body, cancellable, error);
    if (answer == NULL || answer->status != 401 || !link->uses_tokens)
        return answer;
    kab_http_answer_free(answer);
    if (!renew_token(link, cancellable, &refusal, error))
        return refusal;
    return send_once(link, method, path, body, cancellable, error);
}

/* The sentence of a problem answer (RFC 9457): who answered is one of ours. */
static char *
dup_detail(const KabHttpAnswer *answer)
{
    g_autoptr(JsonNode) node = kab_json_parse(answer->body, NULL);

    const char *detail =
        node != NULL ? kab_json_get_text(json_node_get_object(node), "detail") : NULL;

    return detail != NULL ? g_strndup(detail, (gsize)kab_error_clip(detail, DETAIL_MAX)) : NULL;
}

GError *
kab_link_explain(KabLink *link, const KabHttpAnswer *answer)
{
    g_autoptr(GError) problem = kab_wire_problem_to_error(answer->status, answer->body);
    g_autofree char *detail = dup_detail(answer);

    switch (answer->status) {
    case 401:
        return g_error_new(KAB_ERROR, KAB_ERROR_UNAUTHORIZED,
                           link->uses_tokens
                               ? _("%s does not accept the Client ID and Client Secret")
                               : _("%s does not accept the login and password"),
                           link->address);
    case 403:
        return g_error_new(
            KAB_ERROR, KAB_ERROR_DENIED,
            _("%s knows the user, but the user may not use HTTP services (HTTP 403)"),
            link->address);
    case 404:
        return g_error_new(KAB_ERROR, KAB_ERROR_NOT_FOUND,
                           _("%s has no service at the path “%s” (HTTP 404)"), link->address,
                           link->asked);
    case 200:
        return g_error_new(KAB_ERROR, KAB_ERROR_INVALID,
                           _("What answers at %s%s is another service"), link->address,
                           link->asked);
    case 301:
    case 302:
    case 307:
    case 308:
        return g_error_new(KAB_ERROR, KAB_ERROR_INVALID,
                           _("%s sends on to another address (HTTP status %u): enter that one, "
                             "perhaps with https://"),
                           link->address, answer->status);
    default:
        if (detail != NULL)
            return g_error_new(KAB_ERROR, problem->code, "%s: %s", link->address, detail);
        return g_error_new(KAB_ERROR, problem->code, _("%s answered with HTTP status %u"),
                           link->address, answer->status);
    }
}

/* Nobody is let in without a name: that is the answer of the service that is meant. */
static gboolean
is_there(KabLink *link, const KabHttpAnswer *answer)
{
    return link->basic == NULL && answer->status == 401;
}

gboolean
kab_link_check(KabLink *link, gint64 *ms, GCancellable *cancellable, GError **error)
{
    gint64 began = g_get_monotonic_time();
    g_autoptr(KabHttpAnswer) answer =
        link->basic != NULL ? kab_link_send(link, "GET", "/ping", NULL, cancellable, error)
                            : send_once(link, "GET", "/ping", NULL, cancellable, error);
    gsize size;
    const char *text;

    if (answer == NULL)
        return FALSE;
    *ms = (g_get_monotonic_time() - began) / 1000;
    link->skew = answer->date != 0 ? answer->date - kab_time_now() : 0;
    text = g_bytes_get_data(answer->body, &size);
    if ((answer->status == 200 && size == 2 && memcmp(text, "OK", 2) == 0) ||
        is_there(link, answer))
        return TRUE;
    g_propagate_error(error, kab_link_explain(link, answer));
    return FALSE;
}

/* A difference of minutes makes times look wrong, one of hours lets tokens and codes fail. */
char *
kab_link_dup_clock_warning(KabLink *link)
{
    KabTime minutes = ABS(link->skew) / 60000;

    if (minutes < MAX_SKEW_MINUTES)
        return NULL;
    return g_strdup_printf(link->skew > 0
                               ? _("The clock of %s is %u min ahead of the one here: set the one "
                                   "that is wrong")
                               : _("The clock of %s is %u min behind the one here: set the one "
                                   "that is wrong"),
                           link->address, (guint)MIN(minutes, G_MAXINT));
}

const char *
kab_link_find_setting(KabSide side, const GError *error)
{
    gboolean base = side == KAB_SIDE_BASE;

    if (error->domain == KAB_HTTP_ERROR)
        return error->code == KAB_HTTP_ERROR_TLS ? "exchange.ca-file" : "exchange.address";
    if (error->domain != KAB_ERROR)
        return NULL;
    switch (error->code) {
    case KAB_ERROR_UNAUTHORIZED:
        return base ? "exchange.client-secret" : "exchange.password";
    case KAB_ERROR_DENIED:
        return base ? "exchange.client-id" : "exchange.login";
    case KAB_ERROR_NOT_FOUND:
        return base ? "exchange.address" : "exchange.path";
    case KAB_ERROR_INVALID:
        return "exchange.address";
    default:
        return NULL;
    }
}

static KabFault
judge_error(const GError *error)
{
    if (error->domain != KAB_HTTP_ERROR)
        return KAB_FAULT_PEER;
    switch (error->code) {
    case KAB_HTTP_ERROR_CONNECT:
    case KAB_HTTP_ERROR_RESOLVE:
        return KAB_FAULT_PEER;
    case KAB_HTTP_ERROR_CUT:
    case KAB_HTTP_ERROR_TIMEOUT:
        return KAB_FAULT_SILENT;
    case KAB_HTTP_ERROR_TOO_BIG:
        return KAB_FAULT_UNCLEAR;
    default:
        return KAB_FAULT_SETTINGS;
    }
}

KabFault
kab_link_judge(const GError *error, guint status)
{
    if (error != NULL)
        return judge_error(error);
    switch (status) {
    case 200:
        return KAB_FAULT_NONE;
    case 400:
    case 413:
    case 422:
        return KAB_FAULT_REQUEST;
    case 429:
    case 503:
        return KAB_FAULT_PEER;
    case 502:
    case 504:
        return KAB_FAULT_SILENT;
    case 408:
    case 409:
        return KAB_FAULT_UNCLEAR;
    default:
        return status >= 500 ? KAB_FAULT_UNCLEAR : KAB_FAULT_SETTINGS;
    }
}
