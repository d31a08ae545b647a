/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-error.h"
#include "kab-journal.h"

#include <string.h>

static gint64
add(EndFixture *fixture, KabTime at, const char *request)
{
    KabJournalEntry entry = {
        .at = at,
        .peer = "peer",
        .what = "POST messages",
        .http_status = 200,
        .outcome = "ok",
        .request = request,
    };
    g_autoptr(GError) error = NULL;
    gint64 id;

    kab_journal_add(fixture->db, &entry, &id, &error);
    g_assert_no_error(error);
    return id;
}

static void
test_texts_are_cut(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GString) text = g_string_new("x");
    g_autofree char *kept = NULL;

    while (text->len < KAB_JOURNAL_TEXT_MAX * 2)
        g_string_append(text, "Ж");
    add(fixture, 1, text->str);
    kab_db_get_text(fixture->db, "SELECT request FROM journal", KAB_BIND_NONE, &kept, NULL);
    g_assert_cmpuint(strlen(kept), <=, KAB_JOURNAL_TEXT_MAX + 3);
    g_assert_cmpuint(strlen(kept), >, KAB_JOURNAL_TEXT_MAX - 6);
    g_assert_true(g_utf8_validate(kept, -1, NULL));
    g_assert_true(g_str_has_suffix(kept, "…"));
}

static void
test_newest_first(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonArray) list = NULL;

    for (KabTime at = 1000; at <= 5000; at += 1000)
        add(fixture, at, NULL);
    list = kab_journal_list(fixture->db, NULL, NULL, 3, NULL, NULL);
    g_assert_cmpuint(json_array_get_length(list), ==, 3);
    g_assert_cmpstr(json_object_get_string_member(json_array_get_object_element(list, 0), "at"), ==,
                    "1970-01-01T00:00:05.000Z");
}

/* A clock that is a year ahead makes everything look old. */
static void
test_clock_ahead(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    KabTime now = kab_time_now();
    gboolean more;

    add(fixture, now - G_GINT64_CONSTANT(86400000) * 366, NULL);
    add(fixture, now - G_GINT64_CONSTANT(86400000) * 365, NULL);
    add(fixture, now - 1000, NULL);
    g_assert_true(
        kab_journal_forget(fixture->db, now - G_GINT64_CONSTANT(86400000) * 30, &more, NULL));
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal"), ==, 3);
    g_assert_false(more);
    /* A day of the new time is no mistake. */
    add(fixture, now - G_GINT64_CONSTANT(86400000) * 2, NULL);
    g_assert_true(
        kab_journal_forget(fixture->db, now - G_GINT64_CONSTANT(86400000) * 30, &more, NULL));
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal"), ==, 2);
}

static void
test_old_is_forgotten(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    gint64 id = add(fixture, 1000, NULL);
    gboolean more;

    add(fixture, 2000, NULL);
    g_assert_true(kab_journal_add_object(fixture->db, id, "order", end_fixture_id(1), 1, 1,
                                         "applied", NULL, NULL));
    g_assert_true(kab_journal_forget(fixture->db, 2000, &more, NULL));
    g_assert_false(more);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal"), ==, 1);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal_object"), ==, 0);
}

/* Whatever the other end sends: what looks like a secret is not kept, not even half of one. */
static void
test_secrets_are_taken_out(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const secrets[] = {
        "{'password': 'hunter22'}",
        "{'smtp_password' : 'hunter22', 'x': 1}",
        "{'client_secret':'hun\\\\ter22\\\"hunter22'}",
        "{'id_token': 'hunter22', 'access_token': 'hunter22'}",
        "{'a': {'Password': 'hunter22'}}",
        "{'password': 'hunter22",
        "{'password': 'hunter22\\",
        "{'Authorization': 'Basic hunter22'}",
        "{'api_key': 'hunter22'}",
        "{'tokens': ['hunter22', 'hunter22']}",
        "{'secret': {'x': 'hunter22'}}",
        "{'Пароль': 'hunter22'}",
        "{'password': hunter22, 'x': 1}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++) {
        g_autofree char *text = g_strdelimit(g_strdup(secrets[i]), "'", '"');
        g_autofree char *kept = NULL;

        g_test_message("%s", text);
        g_assert_true(kab_db_run(fixture->db, "DELETE FROM journal", KAB_BIND_NONE, NULL));
        add(fixture, 1, text);
        kab_db_get_text(fixture->db, "SELECT request FROM journal", KAB_BIND_NONE, &kept, NULL);
        g_assert_null(strstr(kept, "hunter"));
        g_assert_null(strstr(kept, "ter22"));
        g_assert_nonnull(strstr(kept, "•••"));
    }
    {
        /* However long it is, something is kept. */
        g_autofree char *filling = g_strnfill(60000, 'h');
        g_autofree char *text = g_strdup_printf("{\"secret\": \"%s\"}", filling);
        g_autofree char *kept = NULL;

        g_assert_true(kab_db_run(fixture->db, "DELETE FROM journal", KAB_BIND_NONE, NULL));
        add(fixture, 1, text);
        kab_db_get_text(fixture->db, "SELECT request FROM journal", KAB_BIND_NONE, &kept, NULL);
        g_assert_cmpstr(kept, ==, "{\"secret\": \"•••\"}");
    }
    g_assert_true(kab_db_run(fixture->db, "DELETE FROM journal", KAB_BIND_NONE, NULL));
    {
        g_autofree char *kept = NULL;

        add(fixture, 1, "{\"name\": \"Password keeper\"}");
        kab_db_get_text(fixture->db, "SELECT request FROM journal", KAB_BIND_NONE, &kept, NULL);
        g_assert_cmpstr(kept, ==, "{\"name\": \"Password keeper\"}");
    }
}

static void
add_failed(EndFixture *fixture, KabTime at, gboolean incoming, const char *outcome,
           const char *object_outcome)
{
    KabJournalEntry entry = {.at = at,
                             .incoming = incoming,
                             .peer = "peer",
                             .what = "POST messages",
                             .http_status = 200,
                             .outcome = outcome};
    g_autoptr(GError) error = NULL;
    gint64 id;

    kab_journal_add(fixture->db, &entry, &id, &error);
    g_assert_no_error(error);
    kab_journal_add_object(fixture->db, id, "order", end_fixture_id(1), at, 1, object_outcome, NULL,
                           &error);
    g_assert_no_error(error);
}

static void
test_filters(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    const KabJournalFilter filters[] = {
        {.outcome = "error"},
        {.outcome = "ok"},
        {.direction = "incoming"},
        {.kind = "order"},
        {.kind = "group"},
        {.since = 3000},
        {.since = 2000, .until = 4000},
        {.object_id = end_fixture_id(1), .outcome = "error"},
    };
    static const guint expected[] = {2, 3, 1, 4, 0, 3, 2, 2};

    add(fixture, 1000, NULL);
    add_failed(fixture, 2000, FALSE, "ok", "applied");
    add_failed(fixture, 3000, FALSE, "ok", "rejected");
    add_failed(fixture, 4000, FALSE, "error", "error");
    add_failed(fixture, 5000, TRUE, "ok", "duplicate");
    for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
        g_autoptr(JsonArray) list =
            kab_journal_list(fixture->db, &filters[i], NULL, 100, NULL, NULL);

        g_test_message("%zu", i);
        g_assert_cmpuint(json_array_get_length(list), ==, expected[i]);
    }
    {
        const KabJournalFilter bad[] = {{.direction = "sideways"}, {.outcome = "maybe"}};

        for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
            g_autoptr(GError) error = NULL;

            g_assert_null(kab_journal_list(fixture->db, &bad[i], NULL, 100, NULL, &error));
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
        }
    }
}

/* Pages hold every entry once, in either order. */
static void
test_pages(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    const KabJournalFilter all = {0};
    const KabJournalFilter story = {.object_id = end_fixture_id(1)};
    const KabJournalFilter newest = {.object_id = end_fixture_id(1), .newest_first = TRUE};
    const KabJournalFilter *const filters[] = {&all, &story, &newest};
    g_autoptr(JsonArray) first = NULL;

    for (KabTime at = 1; at <= 10; at++)
        add_failed(fixture, at, FALSE, "ok", "applied");
    for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
        g_autofree char *after = NULL;
        g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

        do {
            g_autofree char *next = NULL;
            g_autoptr(JsonArray) page =
                kab_journal_list(fixture->db, filters[i], after, 3, &next, NULL);

            for (guint k = 0; k < json_array_get_length(page); k++)
                g_assert_true(
                    g_hash_table_add(seen, GINT_TO_POINTER(json_object_get_int_member(
                                               json_array_get_object_element(page, k), "id"))));
            g_free(after);
            after = g_steal_pointer(&next);
        } while (after != NULL);
        g_assert_cmpuint(g_hash_table_size(seen), ==, 10);
    }
    first = kab_journal_list(fixture->db, &newest, NULL, 1, NULL, NULL);
    g_assert_cmpstr(json_object_get_string_member(json_array_get_object_element(first, 0), "at"),
                    ==, "1970-01-01T00:00:00.010Z");
}

static void
test_followed(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    const KabJournalFilter all = {0};
    g_autoptr(JsonArray) none = NULL;
    g_autoptr(JsonArray) news = NULL;
    g_autoptr(JsonArray) more = NULL;
    gint64 last;

    add(fixture, 1000, NULL);
    g_assert_true(kab_journal_get_last(fixture->db, &all, &last, NULL));
    none = kab_journal_follow(fixture->db, &all, &last, NULL);
    g_assert_cmpuint(json_array_get_length(none), ==, 0);
    add(fixture, 2000, NULL);
    add(fixture, 3000, NULL);
    news = kab_journal_follow(fixture->db, &all, &last, NULL);
    g_assert_cmpuint(json_array_get_length(news), ==, 2);
    g_assert_cmpstr(json_object_get_string_member(json_array_get_object_element(news, 0), "at"), ==,
                    "1970-01-01T00:00:02.000Z");
    more = kab_journal_follow(fixture->db, &all, &last, NULL);
    g_assert_cmpuint(json_array_get_length(more), ==, 0);
}

static void
test_whole_entry(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    gint64 id = add(fixture, 1000, "{\"messages\": []}");
    static const char *const none[] = {"99", "1x", "", "-1", "99999999999999999999"};
    g_autofree char *number = g_strdup_printf("%d", (int)id);
    g_autoptr(JsonObject) entry = NULL;
    g_autoptr(GError) error = NULL;
    JsonObject *object;

    g_assert_true(kab_journal_add_object(fixture->db, id, "order", end_fixture_id(1), 7, 2,
                                         "rejected", "no", NULL));
    entry = kab_journal_load(fixture->db, number, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(json_object_get_string_member(entry, "request"), ==, "{\"messages\": []}");
    object = json_array_get_object_element(json_object_get_array_member(entry, "objects"), 0);
    g_assert_cmpstr(json_object_get_string_member(object, "id"), ==, end_fixture_id(1));
    g_assert_cmpint(json_object_get_int_member(object, "version"), ==, 7);
    g_assert_cmpint(json_object_get_int_member(object, "attempt"), ==, 2);
    g_assert_cmpstr(json_object_get_string_member(object, "error"), ==, "no");
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
        g_assert_null(kab_journal_load(fixture->db, none[i], &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
        g_clear_error(&error);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    END_TEST("/journal/cut", test_texts_are_cut);
    END_TEST("/journal/newest-first", test_newest_first);
    END_TEST("/journal/forget", test_old_is_forgotten);
    END_TEST("/journal/clock-ahead", test_clock_ahead);
    END_TEST("/journal/secrets", test_secrets_are_taken_out);
    END_TEST("/journal/filters", test_filters);
    END_TEST("/journal/pages", test_pages);
    END_TEST("/journal/followed", test_followed);
    END_TEST("/journal/whole-entry", test_whole_entry);
    return g_test_run();
}
