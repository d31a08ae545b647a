/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end-people.h"
#include "kab-end-routes.h"
#include "kab-error.h"
#include "kab-json.h"
#include "kab-words.h"

#include <glib/gi18n-lib.h>

#define SMALL_BODY 16384
#define MAX_TEXT 1000
#define PUT                                                              \
    "INSERT INTO word (kind, text, meaning) VALUES ($1, $2, $3)"         \
    " ON CONFLICT (kind, text) DO UPDATE SET meaning = excluded.meaning" \
    " WHERE word.meaning IS NOT excluded.meaning"
#define DELETE "DELETE FROM word WHERE kind = $1 AND text = $2"

JsonArray *
kab_words_list(KabEnd *end, KabDb *db, GError **error)
{
    const KabWordClass *words = kab_end_get_class(end)->words;
    g_autoptr(JsonArray) items = json_array_new();
    g_autoptr(KabRows) rows = NULL;
    g_autoptr(GError) local = NULL;

    if (words == NULL)
        return g_steal_pointer(&items);
    rows = kab_db_query(db, words->list, KAB_BIND_NONE, error);
    if (rows == NULL)
        return NULL;
    while (kab_rows_next(rows, &local)) {
        JsonObject *object = json_object_new();

        json_object_set_string_member(object, "kind", kab_rows_get_text(rows, 0));
        json_object_set_string_member(object, "text", kab_rows_get_text(rows, 1));
        kab_json_set_text(object, "meaning", kab_rows_get_text(rows, 2));
        json_object_set_int_member(object, "count", kab_rows_get_int(rows, 3));
        json_array_add_object_element(items, object);
    }
    return kab_error_pass(error, &local) ? g_steal_pointer(&items) : NULL;
}

static gboolean
check(const KabWordClass *words, const char *kind, const char *text, const char *meaning,
      GError **error)
{
    if (words == NULL || !g_strv_contains(words->kinds, kind)) {
        g_autofree char *known = words != NULL ? g_strjoinv(", ", (char **)words->kinds) : NULL;

        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                    _("There are no words of the kind “%.*s” at this end, but of: %s"),
                    kab_error_clip(kind, 40), kind, known != NULL ? known : "–");
        return FALSE;
    }
    if (*text == '\0' || g_utf8_strlen(text, -1) > KAB_WORD_MAX) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("A word has from 1 to %d characters"),
                    KAB_WORD_MAX);
        return FALSE;
    }
    return meaning == NULL || words->check(kind, meaning, error);
}

static gboolean
store(KabDb *db, const char *kind, const char *text, const char *meaning, GError **error)
{
    return meaning != NULL
               ? kab_db_run(db, PUT, KAB_BIND(kab_text(kind), kab_text(text), kab_text(meaning)),
                            error)
               : kab_db_run(db, DELETE, KAB_BIND(kab_text(kind), kab_text(text)), error);
}

gboolean
kab_words_set(KabEnd *end, KabDb *db, const KabActor *actor, const char *kind, const char *text,
              const char *meaning, GError **error)
{
    const KabWordClass *words = kab_end_get_class(end)->words;
    g_autofree char *object = g_strdup_printf("%s: %s", kind, text);
    g_autoptr(KabTransaction) transaction = NULL;

    if (!check(words, kind, text, meaning, error))
        return FALSE;
    transaction = kab_db_begin(db, error);
    if (transaction == NULL || !store(db, kind, text, meaning, error))
        return FALSE;
    if (kab_db_get_changes(db) == 0)
        return TRUE; /* it is so already */
    if (!words->apply(db, kind, text, meaning, error) ||
        !kab_end_audit(end, db, actor, KAB_AUDIT_SETTING, object,
                       meaning != NULL ? meaning : "no meaning", error) ||
        !kab_transaction_commit(transaction, error))
        return FALSE;
    kab_end_nudge(end);
    return TRUE;
}

static gboolean
answer_words(KabEnd *end, KabDb *db, KabHttpResponse *response, GError **error)
{
    JsonArray *words = kab_words_list(end, db, error);

    if (words == NULL)
        return FALSE;
    kab_http_response_set_json(response, 200, kab_end_page_to_json(words, NULL));
    return TRUE;
}

static gboolean
on_words(gpointer service, const KabHttpRequest *request G_GNUC_UNUSED,
         const KabUser *user G_GNUC_UNUSED, KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);

    return db.db != NULL && answer_words(service, db.db, response, error);
}

static gboolean
on_set_word(gpointer service, const KabHttpRequest *request, const KabUser *user,
            KabHttpResponse *response, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(service, error);
    g_autoptr(JsonNode) node = db.db != NULL ? kab_http_request_parse_json(request, error) : NULL;
    const KabActor actor = {user->login, request->remote};
    KabFields fields = KAB_FIELDS_INIT(NULL);
    const char *kind, *text, *meaning;

    if (node == NULL)
        return FALSE;
    fields.object = json_node_get_object(node);
    kind = kab_fields_need_text(&fields, "kind", MAX_TEXT);
    text = kab_fields_need_text(&fields, "text", MAX_TEXT);
    meaning = kab_fields_get_text(&fields, "meaning", MAX_TEXT);
    return kab_fields_finish(&fields, error) &&
           kab_words_set(service, db.db, &actor, kind, text, meaning, error) &&
           answer_words(service, db.db, response, error);
}

void
kab_word_routes_add(KabHttpRouter *router)
{
    static const KabHttpRoute routes[] = {
        {"GET", "/api/v1/exchange/words", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, 0, on_words},
        {"PUT", "/api/v1/exchange/words", FALSE, KAB_RIGHT_EXCHANGE_ADMIN, SMALL_BODY, on_set_word,
         TRUE},
    };

    kab_http_router_add(router, "", routes, G_N_ELEMENTS(routes));
}
