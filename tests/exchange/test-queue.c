/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "end-fixture.h"
#include "kab-kind.h"
#include "kab-queue-admin.h"
#include "kab-queue.h"

#include <string.h>

static GPtrArray *
claim(EndFixture *fixture, guint limit)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *entries = kab_queue_claim(fixture->db, kab_time_now() + 1, limit, &error);

    g_assert_no_error(error);
    return entries;
}

static const KabQueueEntry *
at(GPtrArray *entries, guint i)
{
    return g_ptr_array_index(entries, i);
}

static void
test_five_changes_are_one_entry(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    gint64 version = 0;

    for (int i = 0; i < 5; i++) {
        g_autoptr(KabQueueEntry) entry = NULL;

        end_fixture_put(fixture, KAB_KIND_PRODUCT, 1, "changed");
        entry = end_fixture_dup_entry(fixture, 1);
        g_assert_cmpint(entry->version, >, version);
        version = entry->version;
    }
    ASSERT_QUEUE(fixture, "product 1 waiting 0\n");
}

static void
test_what_others_refer_to_goes_first(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    end_fixture_put(fixture, KAB_KIND_ORDER, 5, "");
    end_fixture_put(fixture, KAB_KIND_PRODUCT, 4, "");
    end_fixture_put(fixture, KAB_KIND_PRODUCT, 2, "");
    end_fixture_put(fixture, KAB_KIND_GROUP, 9, "");
    end_fixture_put(fixture, KAB_KIND_PRODUCT, 4, "again");
    ASSERT_QUEUE(fixture, "group 9 waiting 0\nproduct 4 waiting 0\nproduct 2 waiting 0\n"
                          "order 5 waiting 0\n");
    {
        g_autoptr(GPtrArray) first = claim(fixture, 3);

        g_assert_cmpuint(first->len, ==, 3);
        g_assert_cmpstr(at(first, 0)->kind, ==, "group");
        g_assert_cmpstr(at(first, 2)->object_id, ==, end_fixture_id(2));
    }
    g_assert_cmpint(kab_kind_get_rank(NULL), ==, -1);
    g_assert_cmpint(kab_kind_get_rank("nonsense"), ==, -1);
    g_assert_cmpint(kab_kind_get_rank(KAB_KIND_CLIENT_ORDER), <,
                    kab_kind_get_rank(KAB_KIND_DOCUMENT));
}

static void
test_listed_by_pages(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *after = NULL;
    guint seen = 0;

    for (guint i = 0; i < 7; i++)
        end_fixture_put(fixture, i % 2 == 0 ? KAB_KIND_ORDER : KAB_KIND_GROUP, i, "");
    for (;;) {
        g_autofree char *next = NULL;
        g_autoptr(GPtrArray) page = kab_queue_list(fixture->db, NULL, after, 3, &next, NULL);

        seen += page->len;
        if (next == NULL)
            break;
        /* The page goes on behind its last entry even if that was sent meanwhile. */
        g_assert_true(kab_queue_done(fixture->db, at(page, 2), NULL));
        g_free(after);
        after = g_steal_pointer(&next);
    }
    g_assert_cmpuint(seen, ==, 7);
}

static void
test_changed_while_it_is_sent(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) claimed = NULL;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    claimed = claim(fixture, 10);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "two");
    ASSERT_QUEUE(fixture, "order 1 processing 0\n");
    g_assert_true(kab_queue_done(fixture->db, at(claimed, 0), NULL));
    ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
    {
        g_autoptr(GPtrArray) again = claim(fixture, 10);

        g_assert_cmpuint(again->len, ==, 1);
        g_assert_true(kab_queue_done(fixture->db, at(again, 0), NULL));
    }
    ASSERT_QUEUE(fixture, "");
}

static void
test_changed_while_it_is_refused(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) claimed = NULL;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    end_fixture_put(fixture, KAB_KIND_ORDER, 2, "one");
    claimed = claim(fixture, 10);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "two");
    end_fixture_put(fixture, KAB_KIND_ORDER, 2, "two");
    g_assert_true(kab_queue_fail(fixture->db, at(claimed, 0), "no", NULL));
    g_assert_true(kab_queue_retry_later(fixture->db, at(claimed, 1), "no", 1, 0, NULL));
    ASSERT_QUEUE(fixture, "order 1 waiting 1\norder 2 waiting 1\n");
}

static void
test_failed_gets_new_life_on_change(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) claimed = NULL;
    g_autoptr(GPtrArray) none = NULL;
    g_autoptr(KabQueueEntry) entry = NULL;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    claimed = claim(fixture, 10);
    g_assert_true(kab_queue_fail(fixture->db, at(claimed, 0), "no", NULL));
    ASSERT_QUEUE(fixture, "order 1 failed 1\n");
    none = claim(fixture, 10);
    g_assert_cmpuint(none->len, ==, 0);
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "two");
    ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
    entry = end_fixture_dup_entry(fixture, 1);
    g_assert_null(entry->error);
}

static void
test_attempts_are_counted(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    static const char *const expected[] = {"order 1 waiting 1\n", "order 1 waiting 2\n",
                                           "order 1 failed 3\n"};

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
        g_autoptr(GPtrArray) claimed = NULL;
        g_autoptr(KabQueueEntry) entry = NULL;

        end_fixture_forget_times(fixture);
        claimed = claim(fixture, 10);
        g_assert_cmpuint(claimed->len, ==, 1);
        g_assert_true(kab_queue_retry_later(fixture->db, at(claimed, 0), "nobody answers", 3,
                                            G_GINT64_CONSTANT(9000000000000), NULL));
        ASSERT_QUEUE(fixture, expected[i]);
        entry = end_fixture_dup_entry(fixture, 1);
        g_assert_cmpint(entry->next_attempt_at, ==, G_GINT64_CONSTANT(9000000000000));
        g_assert_cmpstr(entry->error, ==, "nobody answers");
    }
}

static void
test_not_before_its_time(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) claimed = NULL;
    g_autoptr(GPtrArray) early = NULL;
    KabTime later = kab_time_now() + 60000;
    gint64 due;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    claimed = claim(fixture, 10);
    g_assert_true(kab_queue_retry_later(fixture->db, at(claimed, 0), "no", 3, later, NULL));
    early = kab_queue_claim(fixture->db, later - 1, 10, NULL);
    g_assert_cmpuint(early->len, ==, 0);
    g_assert_true(kab_queue_count_due(fixture->db, later - 1, &due, NULL));
    g_assert_cmpint(due, ==, 0);
    g_assert_true(kab_queue_count_due(fixture->db, later, &due, NULL));
    g_assert_cmpint(due, ==, 1);
}

static void
test_what_was_claimed_is_given_back(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(GPtrArray) claimed = NULL;

    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    claimed = claim(fixture, 10);
    ASSERT_QUEUE(fixture, "order 1 processing 0\n");
    g_assert_true(kab_queue_release(fixture->db, NULL));
    ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
    g_assert_true(kab_queue_unclaim(fixture->db, at(claimed, 0), "wrong password", NULL));
    ASSERT_QUEUE(fixture, "order 1 waiting 0\n");
}

static void
test_state_for_people(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabExchangeState) empty = kab_queue_get_state(fixture->db, NULL);
    g_autoptr(KabExchangeState) failed = NULL;
    g_autoptr(KabExchangeState) state = NULL;
    g_autoptr(GPtrArray) claimed = NULL;

    g_assert_cmpint(empty->oldest_at, ==, 0);
    g_assert_cmpint(empty->last_run_at, ==, 0);
    end_fixture_put(fixture, KAB_KIND_GROUP, 1, "one");
    claimed = claim(fixture, 1);
    g_assert_true(kab_queue_fail(fixture->db, at(claimed, 0), "no", NULL));
    failed = kab_queue_get_state(fixture->db, NULL);
    g_assert_cmpint(failed->oldest_at, ==, 0); /* what has failed does not wait */
    end_fixture_put(fixture, KAB_KIND_ORDER, 2, "two");
    end_fixture_put(fixture, KAB_KIND_ORDER, 3, "three");
    state = kab_queue_get_state(fixture->db, NULL);
    g_assert_cmpint(state->counts[KAB_QUEUE_WAITING], ==, 2);
    g_assert_cmpint(state->counts[KAB_QUEUE_FAILED], ==, 1);
    g_assert_cmpint(state->counts[KAB_QUEUE_PROCESSING], ==, 0);
    g_assert_cmpint(state->oldest_at, >, 0);
}

/* A database that was restored from a copy must not give versions that the other end has seen. */
static void
test_versions_do_not_go_back(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabQueueEntry) entry = NULL;
    KabTime before = kab_time_now();

    g_assert_true(
        kab_db_run(fixture->db, "UPDATE exchange_version SET value = 5", KAB_BIND_NONE, NULL));
    end_fixture_put(fixture, KAB_KIND_ORDER, 1, "one");
    entry = end_fixture_dup_entry(fixture, 1);
    g_assert_cmpint(entry->version, >=, before);
}

static void
test_change_and_entry_are_one(EndFixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
    {
        g_autoptr(KabTransaction) lost = kab_db_begin(fixture->db, NULL);

        g_assert_true(kab_queue_put(fixture->db, KAB_KIND_ORDER, end_fixture_id(1), NULL));
    }
    ASSERT_QUEUE(fixture, "");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    END_TEST("/queue/five-changes", test_five_changes_are_one_entry);
    END_TEST("/queue/order", test_what_others_refer_to_goes_first);
    END_TEST("/queue/pages", test_listed_by_pages);
    END_TEST("/queue/changed-while-sent", test_changed_while_it_is_sent);
    END_TEST("/queue/changed-while-refused", test_changed_while_it_is_refused);
    END_TEST("/queue/new-life", test_failed_gets_new_life_on_change);
    END_TEST("/queue/attempts", test_attempts_are_counted);
    END_TEST("/queue/not-before-its-time", test_not_before_its_time);
    END_TEST("/queue/given-back", test_what_was_claimed_is_given_back);
    END_TEST("/queue/state", test_state_for_people);
    END_TEST("/queue/versions", test_versions_do_not_go_back);
    END_TEST("/queue/one-transaction", test_change_and_entry_are_one);
    return g_test_run();
}
