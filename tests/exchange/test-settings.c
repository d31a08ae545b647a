/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-error.h"
#include "kab-json.h"
#include "test-folder.h"
#include "test-json.h"

#include <glib/gstdio.h>

static gboolean
set(EndFixture *fixture, const char *name, const char *value, char **notice, GError **error)
{
    return kab_settings_set(kab_end_get_settings(fixture->end), fixture->db, KAB_ACTOR_SERVICE,
                            name, value, notice, error);
}

static char *
get(EndFixture *fixture, const char *name)
{
    g_autoptr(GError) error = NULL;
    char *value = kab_settings_get(kab_end_get_settings(fixture->end), fixture->db, name, &error);

    g_assert_no_error(error);
    return value;
}

#define ASSERT_VALUE(fixture, name, expected)         \
    G_STMT_START                                      \
    {                                                 \
        g_autofree char *value_ = get(fixture, name); \
        g_assert_cmpstr(value_, ==, expected);        \
    }                                                 \
    G_STMT_END

/* What each type takes; NULL: it does not. */
static void
test_types(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *name;
        const char *entered;
        const char *kept;
    } rows[] = {
        {"exchange.attempts", "1", "1"},
        {"exchange.attempts", "100", "100"},
        {"exchange.attempts", "0", NULL},
        {"exchange.attempts", "101", NULL},
        {"exchange.attempts", "three", NULL},
        {"exchange.attempts", "3.5", NULL},
        {"exchange.attempts", "", NULL},
        {"exchange.attempts", "99999999999999999999", NULL},
        {"exchange.schedule", "0", "0"},
        {"exchange.schedule", "90", "90"},
        {"exchange.schedule", "01:30", "90"},
        {"exchange.schedule", "1440:00", "86400"},
        {"exchange.schedule", "1440:01", NULL},
        {"exchange.schedule", "1:5", NULL},
        {"exchange.schedule", "01:60", NULL},
        {"exchange.schedule", "-5", NULL},
        {"exchange.schedule", "5 min", NULL},
        {"exchange.schedule", ":30", NULL},
        {"exchange.push", "true", "true"},
        {"exchange.push", "false", "false"},
        {"exchange.push", "yes", NULL},
        {"exchange.push", "", NULL},
        {"exchange.address", "https://portal.example", "https://portal.example"},
        {"exchange.address", "http://127.0.0.1:8080", "http://127.0.0.1:8080"},
        {"exchange.address", "unix:/run/portal", "unix:/run/portal"},
        {"exchange.address", "", ""},
        {"exchange.address", "portal.example", NULL},
        {"exchange.address", "ftp://portal.example", NULL},
        {"exchange.address", "https://user:password@portal.example", NULL},
        {"exchange.path", "/trade/hs/ExchangePortal", "/trade/hs/ExchangePortal"},
        {"exchange.path", "", ""},
        {"exchange.path", "trade", NULL},
        {"exchange.path", "/trade/", NULL},
        {"exchange.path", "/", NULL},
        {"exchange.path", "/a b", NULL},
        {"exchange.path", "/a?b", NULL},
        {"exchange.path", "/{id}", NULL},
        {"test.inn", "7707083893", "7707083893"},
        {"test.inn", "", ""},
        {"test.inn", "7707083894", NULL},
        {"test.bic", "044525225", "044525225"},
        {"test.bic", "04452522", NULL},
        {"test.text", "Любой текст: \"всё\"", "Любой текст: \"всё\""},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GError) error = NULL;
        gboolean good = set(fixture, rows[i].name, rows[i].entered, NULL, &error);

        g_test_message("%s: %s", rows[i].name, rows[i].entered);
        g_assert_cmpint(good, ==, rows[i].kept != NULL);
        if (rows[i].kept != NULL)
            ASSERT_VALUE(fixture, rows[i].name, rows[i].kept);
        else
            g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

static void
test_unknown_and_fallback(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    gint64 number;

    ASSERT_VALUE(fixture, "test.text", "fallback");
    g_assert_false(set(fixture, "no.such", "1", NULL, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_clear_error(&error);
    g_assert_null(
        kab_settings_get(kab_end_get_settings(fixture->end), fixture->db, "no.such", &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_clear_error(&error);
    /* The other side's settings are not ours. */
    g_assert_false(set(fixture, "exchange.client-secret", "1", NULL, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND);
    g_assert_true(kab_settings_get_number(kab_end_get_settings(fixture->end), fixture->db,
                                          "exchange.attempts", &number, NULL));
    g_assert_cmpint(number, ==, 3);
    end_fixture_set(fixture, "exchange.push", "true");
    g_assert_true(kab_settings_get_number(kab_end_get_settings(fixture->end), fixture->db,
                                          "exchange.push", &number, NULL));
    g_assert_cmpint(number, ==, 1);
}

static void
test_trimmed_with_a_notice(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *notice = NULL;
    g_autofree char *none = NULL;
    g_autofree char *invalid = g_strdup("a\xfc");
    g_autoptr(GError) error = NULL;

    g_assert_true(set(fixture, "exchange.login", "  EX\t\n", &notice, NULL));
    g_assert_nonnull(notice);
    ASSERT_VALUE(fixture, "exchange.login", "EX");
    g_assert_true(set(fixture, "exchange.login", "EX", &none, NULL));
    g_assert_null(none);
    g_assert_false(set(fixture, "exchange.login", invalid, &none, &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
}

static void
test_secrets_are_sealed(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(JsonNode) shown = NULL;
    g_autoptr(JsonNode) saved = NULL;
    g_autofree char *key = test_folder_path(fixture->folder, "portal.key");
    g_autoptr(KabEnd) later = NULL;
    g_autoptr(GError) error = NULL;

    ASSERT_VALUE(fixture, "exchange.password", END_FIXTURE_PASSWORD);
    g_assert_false(test_folder_holds(fixture->folder, END_FIXTURE_PASSWORD));
    shown = kab_settings_to_json(kab_end_get_settings(fixture->end), fixture->db, FALSE, NULL);
    g_assert_null(test_json_get(shown, "exchange.password"));
    g_assert_cmpstr(test_json_text(shown, "exchange.login"), ==, "EX");
    saved = kab_settings_to_json(kab_end_get_settings(fixture->end), fixture->db, TRUE, NULL);
    g_assert_cmpstr(test_json_text(saved, "exchange.password"), ==, END_FIXTURE_PASSWORD);

    /* With another key file the secret is lost, and says so. */
    g_assert_cmpint(g_unlink(key), ==, 0);
    later = end_fixture_open(fixture->folder, KAB_SIDE_PORTAL);
    g_assert_null(
        kab_settings_get(kab_end_get_settings(later), fixture->db, "exchange.password", &error));
    g_assert_error(error, KAB_ERROR, KAB_ERROR_CORRUPT);
    end_fixture_set(fixture, "exchange.password", "");
    ASSERT_VALUE(fixture, "exchange.password", "");
}

static gboolean
load(EndFixture *fixture, const char *text, GError **error)
{
    g_autoptr(JsonNode) node = test_json_parse(text);

    return kab_settings_load_json(kab_end_get_settings(fixture->end), fixture->db,
                                  KAB_ACTOR_SERVICE, json_node_get_object(node), NULL, error);
}

static void
test_load_is_all_or_nothing(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const struct {
        const char *text;
        KabError code;
    } broken[] = {
        {"{'test.text': 'loaded', 'exchange.attempts': '0'}", KAB_ERROR_INVALID},
        {"{'test.text': 'loaded', 'no.such': '0'}", KAB_ERROR_NOT_FOUND},
        {"{'test.text': 'loaded', 'exchange.attempts': 5}", KAB_ERROR_INVALID},
        {"{'test.text': 'loaded', 'exchange.attempts': null}", KAB_ERROR_INVALID},
        {"{'test.text': 'loaded', 'exchange.attempts': ['5']}", KAB_ERROR_INVALID},
    };
    g_autoptr(GError) error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(broken); i++) {
        g_assert_false(load(fixture, broken[i].text, &error));
        g_assert_error(error, KAB_ERROR, (int)broken[i].code);
        g_clear_error(&error);
        ASSERT_VALUE(fixture, "test.text", "fallback");
    }
    g_assert_true(load(fixture, "{'test.text': 'loaded', 'exchange.attempts': '5'}", &error));
    ASSERT_VALUE(fixture, "test.text", "loaded");
    ASSERT_VALUE(fixture, "exchange.attempts", "5");
}

static void
test_saved_can_be_loaded(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(JsonNode) saved =
        kab_settings_to_json(kab_end_get_settings(fixture->end), fixture->db, TRUE, &error);
    g_autoptr(JsonNode) again = NULL;

    end_fixture_set(fixture, "exchange.password", "another");
    end_fixture_set(fixture, "exchange.schedule", "05:00");
    kab_settings_load_json(kab_end_get_settings(fixture->end), fixture->db, KAB_ACTOR_SERVICE,
                           json_node_get_object(saved), NULL, &error);
    g_assert_no_error(error);
    again = kab_settings_to_json(kab_end_get_settings(fixture->end), fixture->db, TRUE, &error);
    g_assert_true(json_node_equal(saved, again));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    END_TEST("/settings/types", test_types);
    END_TEST("/settings/unknown", test_unknown_and_fallback);
    END_TEST("/settings/trimmed", test_trimmed_with_a_notice);
    END_TEST("/settings/secrets", test_secrets_are_sealed);
    END_TEST("/settings/load", test_load_is_all_or_nothing);
    END_TEST("/settings/saved", test_saved_can_be_loaded);
    return g_test_run();
}
