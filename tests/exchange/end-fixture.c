/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"

#include "kab-error.h"
#include "kab-journal.h"
#include "kab-json.h"
#include "kab-kind.h"
#include "kab-queue-admin.h"
#include "kab-queue.h"
#include "kab-run.h"
#include "test-folder.h"

#include "end-fixture-resources.h"

#include <string.h>

#define SELECT_THING "SELECT text FROM thing WHERE id = $1"
#define UPSERT_THING                               \
    "INSERT INTO thing (id, text) VALUES ($1, $2)" \
    " ON CONFLICT (id) DO UPDATE SET text = excluded.text, changes = changes + 1"

#define DEPTH 10000
#define HUGE_BYTES (100 * 1024 * 1024)

/* What no other end could read. */
static JsonObject *
build_deep(void)
{
    JsonObject *object = json_object_new();

    for (guint i = 0; i < DEPTH; i++) {
        JsonObject *around = json_object_new();

        json_object_set_object_member(around, "in", object);
        object = around;
    }
    return object;
}

static JsonObject *
build_text(const char *text)
{
    JsonObject *object = json_object_new();
    g_autofree char *huge = NULL;

    if (strcmp(text, "huge") == 0)
        text = huge = g_strnfill(HUGE_BYTES, 'x');
    else if (strcmp(text, "not UTF-8") == 0)
        text = "caf\xe9";
    json_object_set_string_member(object, "text", text);
    return object;
}

static gboolean
build(gpointer service G_GNUC_UNUSED, KabDb *db, const char *id, JsonObject **body, GError **error)
{
    g_autofree char *text = NULL;

    *body = NULL;
    if (!kab_db_get_text(db, SELECT_THING, KAB_BIND(kab_text(id)), &text, error))
        return FALSE;
    if (g_strcmp0(text, "cannot be built") == 0) {
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_STATE, "The thing is not ready");
        return FALSE;
    }
    if (text == NULL)
        return TRUE;
    *body = strcmp(text, "deep") == 0 ? build_deep() : build_text(text);
    return TRUE;
}

/* Texts that begin so are not taken, after something was changed already. */
static gboolean
apply(gpointer service G_GNUC_UNUSED, KabDb *db, const KabMessage *message, GError **error)
{
    const char *text =
        message->body != NULL ? json_object_get_string_member(message->body, "text") : "gone";

    if (!kab_db_run(db, UPSERT_THING, KAB_BIND(kab_text(message->id), kab_text(text)), error))
        return FALSE;
    if (strcmp(text, "bad") == 0)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, "The thing is bad");
    else if (strcmp(text, "later") == 0)
        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_BUSY, "Not now");
    else if (strcmp(text, "disk full") == 0)
        g_set_error_literal(error, KAB_DB_ERROR, KAB_DB_ERROR_FULL, "Storage: disk full");
    else
        return TRUE;
    return FALSE;
}

static const KabKindHandler kinds[] = {
    {KAB_KIND_GROUP, .build = build},
    {KAB_KIND_PRODUCT, .build = build},
    {KAB_KIND_ORDER, .build = build},
    {KAB_KIND_CLIENT_ORDER, .apply = apply},
};

static const KabSetting settings[] = {
    {"test.inn", KAB_SETTING_INN, "", 0, 0, "INN"},
    {"test.bic", KAB_SETTING_BIC, "", 0, 0, "BIC"},
    {"test.text", KAB_SETTING_TEXT, "fallback", 0, 0, "Text"},
};

static const KabEndClass classes[] = {
    [KAB_SIDE_PORTAL] = {KAB_SIDE_PORTAL, "portal", "/test/end", kinds, G_N_ELEMENTS(kinds),
                         settings, G_N_ELEMENTS(settings)},
    [KAB_SIDE_BASE] = {KAB_SIDE_BASE, "base", "/test/end", kinds, G_N_ELEMENTS(kinds), settings,
                       G_N_ELEMENTS(settings)},
};

KabEnd *
end_fixture_open(const char *folder, KabSide side)
{
    g_autoptr(GError) error = NULL;
    KabEnd *end;

    end_fixture_get_resource();
    end = kab_end_open(&classes[side], NULL, folder, &error);
    g_assert_no_error(error);
    return end;
}

static void
set_up(EndFixture *fixture, KabSide side)
{
    g_autoptr(GError) error = NULL;

    fixture->folder = test_folder_new();
    fixture->end = end_fixture_open(fixture->folder, side);
    fixture->db = kab_end_take_db(fixture->end, &error);
    g_assert_no_error(error);
    fixture->peer = test_peer_start(fixture->folder);
    end_fixture_set(fixture, "exchange.address", test_peer_get_address(fixture->peer));
    if (side == KAB_SIDE_PORTAL) {
        end_fixture_set(fixture, "exchange.login", "EX");
        end_fixture_set(fixture, "exchange.password", END_FIXTURE_PASSWORD);
    } else {
        end_fixture_set(fixture, "exchange.client-id", "client");
        end_fixture_set(fixture, "exchange.client-secret", END_FIXTURE_PASSWORD);
    }
}

void
end_fixture_set_up(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    set_up(fixture, KAB_SIDE_PORTAL);
}

void
end_fixture_set_up_tokens(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    set_up(fixture, KAB_SIDE_BASE);
}

void
end_fixture_tear_down(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    test_peer_stop(fixture->peer);
    kab_end_give_db(fixture->end, fixture->db);
    kab_end_close(fixture->end);
    test_folder_remove(fixture->folder);
}

const char *
end_fixture_id(guint i)
{
    static char ids[8][KAB_ID_SIZE];
    static guint next;
    char *id = ids[next++ % G_N_ELEMENTS(ids)];

    g_snprintf(id, KAB_ID_SIZE, "00000000-0000-4000-8000-%012u", i);
    return id;
}

void
end_fixture_put(EndFixture *fixture, const char *kind, guint i, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(KabTransaction) transaction = kab_db_begin(fixture->db, &error);
    const char *id = end_fixture_id(i);

    g_assert_no_error(error);
    kab_db_run(fixture->db, UPSERT_THING, KAB_BIND(kab_text(id), kab_text(text)), &error);
    g_assert_no_error(error);
    kab_queue_put(fixture->db, kind, id, &error);
    g_assert_no_error(error);
    g_assert_true(kab_transaction_commit(transaction, &error));
}

void
end_fixture_set(EndFixture *fixture, const char *name, const char *value)
{
    g_autoptr(GError) error = NULL;

    kab_settings_set(kab_end_get_settings(fixture->end), fixture->db, KAB_ACTOR_SERVICE, name,
                     value, NULL, &error);
    g_assert_no_error(error);
}

KabRunResult *
end_fixture_run(EndFixture *fixture)
{
    g_autoptr(GError) error = NULL;
    KabRunResult *result = kab_run(fixture->end, "test", NULL, NULL, NULL, &error);

    g_assert_no_error(error);
    return result;
}

GPtrArray *
end_fixture_list(EndFixture *fixture)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *entries = kab_queue_list(fixture->db, NULL, NULL, 10000, NULL, &error);

    g_assert_no_error(error);
    return entries;
}

JsonArray *
end_fixture_list_story(EndFixture *fixture, guint i)
{
    g_autoptr(GError) error = NULL;
    const KabJournalFilter filter = {.object_id = end_fixture_id(i)};
    JsonArray *story = kab_journal_list(fixture->db, &filter, NULL, 1000, NULL, &error);

    g_assert_no_error(error);
    return story;
}

KabQueueEntry *
end_fixture_dup_entry(EndFixture *fixture, guint i)
{
    g_autoptr(GPtrArray) entries = end_fixture_list(fixture);
    const char *id = end_fixture_id(i);

    for (guint at = 0; at < entries->len; at++)
        if (strcmp(((KabQueueEntry *)g_ptr_array_index(entries, at))->object_id, id) == 0)
            return g_ptr_array_steal_index(entries, at);
    return NULL;
}

gint64
end_fixture_int(EndFixture *fixture, const char *sql)
{
    g_autoptr(GError) error = NULL;
    gint64 value;

    kab_db_get_int(fixture->db, sql, KAB_BIND_NONE, NULL, &value, &error);
    g_assert_no_error(error);
    return value;
}

char *
end_fixture_dup_queue(EndFixture *fixture)
{
    g_autoptr(GPtrArray) entries = end_fixture_list(fixture);
    GString *text = g_string_new(NULL);

    for (guint i = 0; i < entries->len; i++) {
        const KabQueueEntry *entry = g_ptr_array_index(entries, i);

        g_string_append_printf(text, "%s %d %s %d\n", entry->kind, atoi(entry->object_id + 24),
                               kab_queue_state_to_nick(entry->state), entry->attempts);
    }
    return g_string_free(text, FALSE);
}

void
end_fixture_forget_times(EndFixture *fixture)
{
    g_assert_true(
        kab_db_run(fixture->db, "UPDATE queue SET next_attempt_at = 0", KAB_BIND_NONE, NULL));
}
