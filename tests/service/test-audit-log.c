/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-audit.h"
#include "kab-base-publication.h"
#include "kab-base-segments.h"
#include "kab-end-people.h"
#include "kab-portal-news.h"
#include "kab-setting-titles.h"
#include "kab-users.h"
#include "test-pair.h"

/* What the newest entry of @action says. */
static char *
dup_newest(KabDb *db, const char *action)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *next = NULL;
    g_autoptr(GPtrArray) entries = kab_audit_list(db, NULL, action, NULL, 1, &next, &error);
    const KabAuditEntry *entry;

    g_assert_no_error(error);
    g_assert_cmpuint(entries->len, ==, 1);
    entry = g_ptr_array_index(entries, 0);
    return g_strdup_printf("%s | %s", entry->object, entry->detail);
}

static void
assert_newest(KabDb *db, const char *action, const char *object, const char *detail)
{
    g_autofree char *told = dup_newest(db, action);
    g_autofree char *expected = g_strdup_printf("%s | %s", object, detail);

    g_assert_cmpstr(told, ==, expected);
}

/* Whose key it is, and what was done to it. */
static void
test_keys(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    KabEnd *end = kab_pair_get_portal(test->pair);
    g_autoptr(GError) error = NULL;
    g_autoptr(KabUser) user = kab_users_load(test->portal, "EX", &error);
    g_autofree char *id = NULL;
    g_autofree char *secret = NULL;

    g_assert_no_error(error);
    kab_end_people_create_key(end, test->portal, KAB_ACTOR_SERVICE, user, &id, &secret, &error);
    g_assert_no_error(error);
    assert_newest(test->portal, KAB_AUDIT_KEY, id, "created: EX");
    kab_end_people_revoke_key(end, test->portal, KAB_ACTOR_SERVICE, id, &error);
    g_assert_no_error(error);
    assert_newest(test->portal, KAB_AUDIT_KEY, id, "revoked: EX");
}

/* Which news they were is known when they are gone. */
static void
test_news(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    KabEnd *end = kab_pair_get_portal(test->pair);
    g_autoptr(GError) error = NULL;
    KabNews news = {.id = "30000000-0000-4000-8000-000000000001",
                    .author = (char *)"admin",
                    .title = (char *)"New prices",
                    .text = (char *)"From Monday on."};

    kab_portal_news_add(end, test->portal, KAB_ACTOR_SERVICE, &news, &error);
    g_assert_no_error(error);
    assert_newest(test->portal, KAB_AUDIT_NEWS, news.id, "published: New prices");
    kab_portal_news_remove(end, test->portal, KAB_ACTOR_SERVICE, news.id, &error);
    g_assert_no_error(error);
    assert_newest(test->portal, KAB_AUDIT_NEWS, news.id, "removed: New prices");
}

static void
test_people(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    KabEnd *end = kab_pair_get_base(test->pair);
    const KabPublicationRequest request = {
        .who = "alfa-buyer@partner.example", .login = "alfa-buyer", .role = KAB_ROLE_VIEWER};
    g_autoptr(GError) error = NULL;

    kab_base_publication_publish(end, test->base, KAB_ACTOR_SERVICE, &request, &error);
    g_assert_no_error(error);
    assert_newest(test->base, KAB_AUDIT_USER, "alfa-buyer", "published: viewer");
    kab_base_contacts_set(end, test->base, KAB_ACTOR_SERVICE, "alfa-buyer@partner.example",
                          "Anna Orlova", "anna@partner.example", NULL, &error);
    g_assert_no_error(error);
    assert_newest(test->base, KAB_AUDIT_USER, "alfa-buyer@partner.example",
                  "contact changed: Anna Orlova, anna@partner.example");
}

static void
test_segments(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *told = NULL;
    gint64 count;

    kab_base_segments_form(kab_pair_get_base(test->pair), test->base, KAB_ACTOR_SERVICE, "group",
                           TEST_TOOLS, &count, &error);
    g_assert_no_error(error);
    told = dup_newest(test->base, KAB_AUDIT_SEGMENT);
    g_assert_true(g_str_has_prefix(told, "group = " TEST_TOOLS " | "));
    g_assert_nonnull(g_strrstr(told, ": group = "));
    g_assert_false(g_str_has_suffix(told, TEST_TOOLS)); /* by its name */
}

static void
assert_titles(KabEnd *end)
{
    const KabSettings *settings = kab_end_get_settings(end);

    for (guint i = 0; i < settings->n_settings; i++)
        g_assert_cmpstr(kab_setting_title(settings->settings[i].name), ==,
                        settings->settings[i].title);
}

/* The window calls settings as the ends do, although the log tells it their names alone. */
static void
test_titles(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    assert_titles(kab_pair_get_portal(test->pair));
    assert_titles(kab_pair_get_base(test->pair));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/audit-log/keys", test_keys);
    PAIR_TEST("/audit-log/news", test_news);
    PAIR_TEST("/audit-log/people", test_people);
    PAIR_TEST("/audit-log/segments", test_segments);
    PAIR_TEST("/audit-log/titles", test_titles);
    return g_test_run();
}
