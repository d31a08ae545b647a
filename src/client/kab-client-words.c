/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-client-words.h"

#include "kab-client-call.h"
#include "kab-json.h"

#define MAX_TEXT 20000

KabWord *
kab_word_new(const char *kind, const char *text, const char *meaning, gint64 count)
{
    KabWord *word = g_new0(KabWord, 1);

    word->kind = g_strdup(kind);
    word->text = g_strdup(text);
    word->meaning = g_strdup(meaning);
    word->count = count;
    return word;
}

void
kab_word_free(KabWord *word)
{
    g_free(word->kind);
    g_free(word->text);
    g_free(word->meaning);
    g_free(word);
}

static gpointer
parse_word(JsonObject *object, GError **error)
{
    KabFields fields = KAB_FIELDS_INIT(object);
    const char *kind = kab_fields_need_text(&fields, "kind", MAX_TEXT);
    const char *text = kab_fields_need_text(&fields, "text", MAX_TEXT);
    const char *meaning = kab_fields_get_text(&fields, "meaning", MAX_TEXT);
    gint64 count = kab_fields_need_int(&fields, "count", 0, G_MAXINT64);

    return kab_fields_finish(&fields, error) ? kab_word_new(kind, text, meaning, count) : NULL;
}

static gpointer
parse_words(GBytes *body, GError **error)
{
    return kab_client_parse_page(body, parse_word, (GDestroyNotify)kab_word_free, error);
}

static const KabClientCall words_call = {.method = "GET",
                                         .path = "/api/v1/exchange/words",
                                         .parse = parse_words,
                                         .free = (GDestroyNotify)kab_page_free};

void
kab_client_list_words_async(KabClient *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
    kab_client_call_async(self, &words_call, cancellable, callback, data);
}

void
kab_client_set_word_async(KabClient *self, const char *kind, const char *text, const char *meaning,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
    KabClientCall call = words_call;
    JsonObject *object = json_object_new();

    json_object_set_string_member(object, "kind", kind);
    json_object_set_string_member(object, "text", text);
    kab_json_set_text(object, "meaning", meaning);
    call.method = "PUT";
    call.body = kab_json_node_take(object);
    kab_client_call_async(self, &call, cancellable, callback, data);
}

KabPage *
kab_client_words_finish(KabClient *self, GAsyncResult *result, GError **error)
{
    return kab_client_call_finish(self, result, error);
}
