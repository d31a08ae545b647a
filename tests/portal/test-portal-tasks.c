/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-base-tasks.h"
#include "kab-error.h"
#include "kab-portal-tasks.h"
#include "test-json.h"
#include "test-pair.h"

#include <string.h>

/* What a base says of a task, and how the portal takes it. */
typedef struct {
    char *id;         /* (owned) */
    JsonObject *body; /* (owned) */
} Told;

/* A task about an order of Alfa, as the base tells it. */
static Told
tell(TestPair *test)
{
    g_autofree char *order_id = NULL;
    Told told = {0};

    test_pair_add_approval(test, KAB_APPROVAL_TOTAL, 0, KAB_ROLE_HEAD);
    order_id = test_pair_place(test, test->a2);
    test_pair_exchange(test);
    g_assert_true(
        kab_db_get_text(test->base, "SELECT id FROM task", KAB_BIND_NONE, &told.id, NULL));
    g_assert_true(kab_base_build_task(NULL, test->base, told.id, &told.body, NULL));
    return told;
}

static void
clear(Told *told)
{
    g_free(told->id);
    json_object_unref(told->body);
}

/* The portal takes it, or refuses it with a sentence that has @word; nothing comes of it. */
static void
assert_told(TestPair *test, const Told *told, const char *word)
{
    g_autoptr(KabTransaction) part = kab_db_begin(test->portal, NULL);
    g_autofree char *id = g_uuid_string_random(); /* another task */
    const KabMessage message = {.kind = (char *)"task", .id = id, .version = 1, .body = told->body};
    g_autoptr(GError) error = NULL;
    gboolean done = kab_portal_apply_task(NULL, test->portal, &message, &error);

    g_assert_cmpint(done, ==, word == NULL);
    g_assert_cmpint(test_pair_count(test->portal, "SELECT count(*) FROM task"), ==, 1 + done);
    if (done)
        return;
    g_assert_true(error->domain == KAB_ERROR);
    if (strstr(error->message, word) == NULL)
        g_error("“%s” does not tell %s", error->message, word);
}

static char *
get_partner(TestPair *test, const char *name)
{
    char *id = NULL;

    g_assert_true(kab_db_get_text(test->base, "SELECT id FROM partner WHERE name = $1",
                                  KAB_BIND(kab_text(name)), &id, NULL));
    g_assert_nonnull(id);
    return id;
}

static void
test_as_it_is(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    Told told = tell(test);

    assert_told(test, &told, NULL);
    clear(&told);
}

/* Nobody learns of another partner's orders by a task of a base that has something mixed up. */
static void
test_of_another_partner(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autofree char *beta = get_partner(test, "Бета");
    g_autofree char *alfa = get_partner(test, "Альфа");
    Told told = tell(test);

    json_object_set_string_member(told.body, "partner_id", beta);
    assert_told(test, &told, "different partners");
    json_object_set_string_member(told.body, "partner_id", alfa);
    json_object_set_string_member(told.body, "order_id", TEST_NOWHERE);
    assert_told(test, &told, TEST_NOWHERE);
    clear(&told);
}

static void
test_nothing_to_decide(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    Told told = tell(test);
    JsonArray *variants = json_object_get_array_member(told.body, "variants");
    JsonNode *first = json_array_dup_element(variants, 0);

    json_array_add_element(variants, first);
    assert_told(test, &told, "twice");
    json_object_set_array_member(told.body, "variants", json_array_new());
    assert_told(test, &told, "variants");
    clear(&told);
}

/* A task of the company's own people, or one that was decided nobody knows where. */
static void
test_not_for_partners(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    Told told = tell(test);

    json_object_set_string_member(told.body, "role", "manager");
    assert_told(test, &told, "partners");
    json_object_set_string_member(told.body, "role", "head");
    json_object_set_string_member(told.body, "state", "decided");
    assert_told(test, &told, "");
    clear(&told);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/portal-tasks/as-it-is", test_as_it_is);
    PAIR_TEST("/portal-tasks/another-partner", test_of_another_partner);
    PAIR_TEST("/portal-tasks/nothing-to-decide", test_nothing_to_decide);
    PAIR_TEST("/portal-tasks/not-for-partners", test_not_for_partners);
    return g_test_run();
}
