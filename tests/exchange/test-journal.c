/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
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

static void
test_old_is_forgotten(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    gint64 id = add(fixture, 1000, NULL);

    add(fixture, 2000, NULL);
    g_assert_true(kab_journal_add_object(fixture->db, id, "order", end_fixture_id(1), 1, 1,
                                         "applied", NULL, NULL));
    g_assert_true(kab_journal_forget(fixture->db, 2000, NULL));
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal"), ==, 1);
    g_assert_cmpint(end_fixture_int(fixture, "SELECT count(*) FROM journal_object"), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    END_TEST("/journal/cut", test_texts_are_cut);
    END_TEST("/journal/newest-first", test_newest_first);
    END_TEST("/journal/forget", test_old_is_forgotten);
    return g_test_run();
}
