/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-routes.h"
#include "kab-end-state.h"
#include "kab-error.h"
#include "kab-exchange-routes.h"
#include "kab-inbox.h"
#include "kab-journal.h"
#include "kab-json.h"
#include "kab-link.h"
#include "kab-object-names.h"
#include "kab-pull.h"
#include "kab-queue-admin.h"
#include "kab-run-log.h"
#include "kab-run.h"
#include "kab-wire-problem.h"
#include "kab-wire-queue.h"

#include <glib/gi18n-lib.h>

#define SMALL_BODY 16384

void
kab_exchange_tell_refused(KabEnd *end, KabDb *db, const char *peer, const char *what,
                          const char *text, const GError *why)
{
    KabJournalEntry told = {
        .at = kab_time_now(),
        .incoming = TRUE,
        .peer = peer,
        .what = what,
        .http_status = kab_wire_problem_status(why),
        .outcome = "error",
        .error = why->message,
        .request = text,
    };
    g_autoptr(GError) error = NULL;
    gint64 id;

    if ((text != NULL || kab_end_may_tell_refused(end)) && !kab_journal_add(db, &told, &id, &error))
        g_warning("%s", error->message);
}

static gboolean
on_ping(gpointer service G_GNUC_UNUSED, const KabHttpRequest *request G_GNUC_UNUSED,
        const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error G_GNUC_UNUSED)
{
    g_autoptr(GBytes) body = g_bytes_new_static("OK", 2);

    kab_http_response_set_bytes(response, 200, "text/plain", body);
    return TRUE;
}

static char *
name_peer(const KabUser *user, const KabHttpRequest *request)
{
    return g_strdup_printf("%s, %s", user->login, request->remote);
}

static GPtrArray *
parse_messages(const KabHttpRequest *request, GError **error)
{
    g_autoptr(JsonNode) node = kab_http_request_parse_json(request, error);

    return node != NULL ? kab_wire_messages_from_json(json_node_get_object(node), error) : NULL;
}

static gboolean
on_messages(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response, GError **error)
{
    KabEnd *end = service;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    g_autofree char *peer = name_peer(user, request);
    g_autofree char *text = kab_journal_dup_text(request->body);
    g_autoptr(GPtrArray) messages = NULL;
    g_autoptr(GPtrArray) answers = NULL;
    g_autoptr(GBytes) told = NULL;
    const KabInboxSource source = {.peer = peer, .what = "POST messages", .text = text};
    GError *local = NULL;

    if (db.db == NULL)
        return FALSE;
    messages = parse_messages(request, &local);
    if (messages == NULL) {
        kab_exchange_tell_refused(end, db.db, peer, source.what, text, local);
        g_propagate_error(error, local);
        return FALSE;
    }
    answers = kab_inbox_apply(end, db.db, messages, &source, &told, error);
    if (answers == NULL)
        return FALSE;
    kab_end_nudge(end);
    kab_http_response_set_bytes(response, 200, "application/json", told);
    return TRUE;
}

static gboolean
on_fetch(gpointer service, const KabHttpRequest *request, const KabUser *user,
         KabHttpResponse *response, GError **error)
{
    KabEnd *end = service;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    g_autofree char *peer = name_peer(user, request);
    const char *text = kab_http_request_get_query(request, "limit");
    g_autoptr(GBytes) body = NULL;
    guint64 limit = KAB_MESSAGES_MAX;

    if (db.db == NULL)
        return FALSE;
    if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 1, KAB_MESSAGES_MAX, &limit, NULL)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("limit must be from 1 to %d"),
                    KAB_MESSAGES_MAX);
        return FALSE;
    }
    body = kab_pull_serve(end, db.db, peer, (guint)limit, error);
    if (body == NULL)
        return FALSE;
    kab_http_response_set_bytes(response, 200, "application/json", body);
    return TRUE;
}

static GPtrArray *
parse_answers(const KabHttpRequest *request, GError **error)
{
    g_autoptr(JsonNode) node = kab_http_request_parse_json(request, error);

    return node != NULL ? kab_wire_answers_from_json(json_node_get_object(node), error) : NULL;
}

static void
answer_count(KabHttpResponse *response, const char *name, gint64 n)
{
    JsonObject *object = json_object_new();

    json_object_set_int_member(object, name, n);
    kab_http_response_set_json(response, 200, kab_json_node_take(object));
}

static gboolean
on_answers(gpointer service, const KabHttpRequest *request, const KabUser *user,
           KabHttpResponse *response, GError **error)
{
    KabEnd *end = service;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    g_autofree char *peer = name_peer(user, request);
    g_autofree char *text = kab_journal_dup_text(request->body);
    g_autoptr(GPtrArray) answers = NULL;
    GError *local = NULL;
    guint done;

    if (db.db == NULL)
        return FALSE;
    answers = parse_answers(request, &local);
    if (answers == NULL) {
        kab_exchange_tell_refused(end, db.db, peer, "POST answers", text, local);
        g_propagate_error(error, local);
        return FALSE;
    }
    if (!kab_pull_note(end, db.db, peer, answers, text, &done, error))
        return FALSE;
    answer_count(response, "done", done);
    return TRUE;
}

static gboolean
on_exchange(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
            const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(KabExchangeState) state =
        db.db != NULL ? kab_end_load_state(service, db.db, error) : NULL;

    if (state == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_wire_exchange_state_to_json(state));
    return TRUE;
}

static void
read_queue_filter(const KabHttpRequest *request, KabQueueFilter *filter)
{
    filter->kind = kab_http_request_get_query(request, "kind");
    filter->object_id = kab_http_request_get_query(request, "object");
    filter->state = kab_http_request_get_query(request, "state");
    filter->error = kab_http_request_get_query(request, "error");
}

static gboolean
on_queue(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
         KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(GPtrArray) entries = NULL;
    g_autofree char *next = NULL;
    KabQueueFilter filter;
    g_autoptr(JsonArray) items = NULL;
    const char *after;
    guint limit;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error))
        return FALSE;
    read_queue_filter(request, &filter);
    entries = kab_queue_list(db.db, &filter, after, limit, &next, error);
    if (entries == NULL)
        return FALSE;
    items = json_array_sized_new(entries->len);
    for (guint i = 0; i < entries->len; i++)
        json_array_add_element(items, kab_wire_queue_entry_to_json(g_ptr_array_index(entries, i)));
    if (!kab_object_names_add(service, db.db, items, "object_id", error))
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(g_steal_pointer(&items), next));
    return TRUE;
}

static gboolean
on_queue_count(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
               KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    KabQueueFilter filter;
    gint64 n;

    read_queue_filter(request, &filter);
    if (db.db == NULL || !kab_queue_count(db.db, &filter, &n, error))
        return FALSE;
    answer_count(response, "count", n);
    return TRUE;
}

typedef gboolean (*ChangeQueue)(KabDb *db, const KabQueueFilter *filter, const char *who,
                                gint64 *out, GError **error);

static gboolean
change_queue(gpointer service, const KabHttpRequest *request, const KabUser *user,
             KabHttpResponse *response, ChangeQueue change, GError **error)
{
    KabQueueState state;
    gboolean all;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    KabQueueFilter filter;
    gint64 n;

    if (node == NULL)
        return FALSE;
    {
        KabFields fields = KAB_FIELDS_INIT(json_node_get_object(node));

        filter.kind = kab_fields_get_text(&fields, "kind", 100);
        filter.object_id = kab_fields_get_text(&fields, "object", 100);
        filter.state = kab_fields_get_text(&fields, "state", 40);
        filter.error = kab_fields_get_text(&fields, "error", 10000);
        all = kab_fields_get_boolean(&fields, "all", FALSE);
        if (!kab_fields_finish(&fields, error))
            return FALSE;
    }
    if (!all && filter.kind == NULL && filter.object_id == NULL && filter.state == NULL &&
        filter.error == NULL) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                            _("Say which entries: kind, object, state or error; or all"));
        return FALSE;
    }
    if (filter.state != NULL && !kab_queue_state_from_nick(filter.state, &state, error))
        return FALSE;
    if (!change(db.db, &filter, user->login, &n, error))
        return FALSE;
    kab_end_nudge(service);
    answer_count(response, "count", n);
    return TRUE;
}

static gboolean
on_queue_retry(gpointer service, const KabHttpRequest *request, const KabUser *user,
               KabHttpResponse *response, GError **error)
{
    return change_queue(service, request, user, response, kab_queue_retry, error);
}

static gboolean
on_queue_discard(gpointer service, const KabHttpRequest *request, const KabUser *user,
                 KabHttpResponse *response, GError **error)
{
    return change_queue(service, request, user, response, kab_queue_discard, error);
}

static gboolean
on_pause(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
         KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && kab_queue_pause(db.db, user->login, error);
}

static gboolean
on_resume(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
          KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    if (db.db == NULL || !kab_queue_resume(db.db, user->login, error))
        return FALSE;
    kab_end_nudge(service);
    return TRUE;
}

static gboolean
answer_run(KabDb *db, const char *id, guint status, KabHttpResponse *response, GError **error)
{
    g_autoptr(KabRunResult) run = kab_run_load(db, id, error);

    if (run == NULL)
        return FALSE;
    kab_http_response_set_json(response, status, kab_wire_run_result_to_json(run));
    return TRUE;
}

/* The scheduler carries it out: a run may take longer than any request. */
static gboolean
on_run(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
       const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    KabEnd *end = service;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    g_autoptr(KabLink) link = db.db != NULL ? kab_link_open(end, db.db, error) : NULL;
    char id[KAB_ID_SIZE];

    if (link == NULL)
        return FALSE;
    if (kab_end_is_running(end) && !kab_end_has_request(end)) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_BUSY, _("The exchange is running already"));
        return FALSE;
    }
    kab_id_fill_random(id);
    kab_end_request_run(end, id);
    if (!kab_run_request(db.db, id, error))
        return FALSE;
    kab_end_nudge(end);
    return answer_run(db.db, id, 202, response, error);
}

static gboolean
on_run_stop(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED, const KabUser *user,
            KabHttpResponse *response G_GNUC_UNUSED, GError **error)
{
    return kab_run_stop(service, user->login, error);
}

static gboolean
on_run_get(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL &&
           answer_run(db.db, kab_http_request_get_param(request, 0), 200, response, error);
}

static gboolean
read_time(const KabHttpRequest *request, const char *name, KabTime *out, GError **error)
{
    const char *text = kab_http_request_get_query(request, name);

    *out = 0;
    if (text == NULL || kab_time_parse(text, out, error))
        return TRUE;
    g_prefix_error(error, "%s: ", name);
    return FALSE;
}

static gboolean
read_order(const KabHttpRequest *request, gboolean *newest_first, GError **error)
{
    const char *order = kab_http_request_get_query(request, "order");

    *newest_first = g_strcmp0(order, "newest") == 0;
    if (order == NULL || *newest_first || g_str_equal(order, "oldest"))
        return TRUE;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, _("An order is oldest or newest"));
    return FALSE;
}

static gboolean
on_journal(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
           KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    KabJournalFilter filter = {
        .object_id = kab_http_request_get_query(request, "object"),
        .kind = kab_http_request_get_query(request, "kind"),
        .direction = kab_http_request_get_query(request, "direction"),
        .outcome = kab_http_request_get_query(request, "outcome"),
    };
    g_autofree char *next = NULL;
    g_autoptr(JsonArray) items = NULL;
    const char *after;
    guint limit;

    if (db.db == NULL || !kab_end_parse_page(request, &after, &limit, error) ||
        !read_time(request, "since", &filter.since, error) ||
        !read_time(request, "until", &filter.until, error) ||
        !read_order(request, &filter.newest_first, error))
        return FALSE;
    items = kab_journal_list(db.db, &filter, after, limit, &next, error);
    if (items == NULL || !kab_object_names_add(service, db.db, items, "object", error))
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(g_steal_pointer(&items), next));
    return TRUE;
}

static gboolean
on_journal_entry(gpointer service, const KabHttpRequest *request, const KabUser *user G_GNUC_UNUSED,
                 KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonObject) entry =
        db.db != NULL ? kab_journal_load(db.db, kab_http_request_get_param(request, 0), error)
                      : NULL;

    if (entry == NULL ||
        !kab_object_names_add(service, db.db, json_object_get_array_member(entry, "objects"), "id",
                              error))
        return FALSE;
    kab_http_response_set_json(response, 200, kab_json_node_take(g_steal_pointer(&entry)));
    return TRUE;
}

void
kab_exchange_routes_add(KabHttpRouter *router, const char *prefix)
{
    /* For the other end, below the path of this end's service. */
    static const KabHttpRoute peer_routes[] = {
        {"GET", "/ping", FALSE, KAB_RIGHT_MESSAGES, 0, on_ping},
        {"POST", "/exchange/v1/messages", FALSE, KAB_RIGHT_MESSAGES, KAB_MESSAGES_MAX_BYTES,
         on_messages},
        {"GET", "/exchange/v1/queue", FALSE, KAB_RIGHT_MESSAGES, 0, on_fetch},
        {"POST", "/exchange/v1/answers", FALSE, KAB_RIGHT_MESSAGES, KAB_MESSAGES_MAX_BYTES,
         on_answers},
    };
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/exchange", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_exchange},
        {"POST", "/api/v1/exchange/run", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY, on_run},
        {"DELETE", "/api/v1/exchange/run", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_run_stop},
        {"GET", "/api/v1/exchange/runs/{id}", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_run_get},
        {"PUT", "/api/v1/exchange/pause", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY, on_pause},
        {"DELETE", "/api/v1/exchange/pause", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_resume},
        {"GET", "/api/v1/exchange/queue", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_queue},
        {"GET", "/api/v1/exchange/queue/count", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_queue_count},
        {"POST", "/api/v1/exchange/queue/retry", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY,
         on_queue_retry},
        {"POST", "/api/v1/exchange/queue/discard", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY,
         on_queue_discard},
        {"GET", "/api/v1/exchange/journal", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_journal},
        {"GET", "/api/v1/exchange/journal/{id}", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0,
         on_journal_entry},
    };

    kab_http_router_add(router, prefix, peer_routes, G_N_ELEMENTS(peer_routes));
    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
