/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an administrator's desktop does to the publication, at a real base, and what the portal
 * makes of it. */
#include "client-call.h"
#include "kab-client-publication.h"
#include "kab-error.h"
#include "test-pair.h"

#define PERSON "70000000-0000-4000-8000-000000000001"

static KabPublication *
finish_row(KabClient *client, GAsyncResult **result, int code)
{
    g_autoptr(GAsyncResult) got = client_call_wait(result);
    g_autoptr(GError) error = NULL;
    KabPublication *row = kab_client_publication_finish(client, got, &error);

    if (code >= 0)
        g_assert_error(error, KAB_ERROR, code);
    else
        g_assert_no_error(error);
    return row;
}

static void
act(KabClient *client, KabPublicationAction action, const char *id, int code)
{
    const char *ids[] = {id, NULL};
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;

    kab_client_act_on_publication_async(client, action, ids, NULL, client_call_answered, &result);
    got = client_call_wait(&result);
    g_assert_true(kab_client_act_on_publication_finish(client, got, &error) == (code < 0));
    if (code >= 0)
        g_assert_error(error, KAB_ERROR, code);
}

static KabPage *
list(KabClient *client, const char *state, const char *text)
{
    const KabPublicationFilter filter = {state, text};
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;
    KabPage *page;

    kab_client_list_publication_async(client, &filter, NULL, 100, NULL, client_call_answered,
                                      &result);
    got = client_call_wait(&result);
    page = kab_client_list_publication_finish(client, got, &error);
    g_assert_no_error(error);
    return page;
}

static void
assert_state(KabClient *client, const char *state)
{
    g_autoptr(KabPage) page = list(client, state, "нина");

    g_assert_cmpuint(page->items->len, ==, 1);
    g_assert_cmpstr(((KabPublication *)g_ptr_array_index(page->items, 0))->id, ==, PERSON);
}

static gint64
count_at_portal(TestPair *test, const char *where)
{
    g_autofree char *sql =
        g_strdup_printf("SELECT count(*) FROM user WHERE login = 'nina' AND %s", where);

    return test_pair_count(test->portal, sql);
}

static KabPartnerId
find_partner(KabClient *client, const char *name)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(KabPage) page = NULL;

    kab_client_list_partners_async(client, NULL, client_call_answered, &result);
    got = client_call_wait(&result);
    page = kab_client_list_partners_finish(client, got, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < page->items->len; i++) {
        const KabShortPartner *partner = g_ptr_array_index(page->items, i);

        if (g_str_equal(partner->name, name))
            return partner->id;
    }
    g_assert_not_reached();
}

static void
add_partner(KabClient *client, const char *name)
{
    GAsyncResult *result = NULL;
    g_autoptr(GAsyncResult) got = NULL;
    g_autoptr(GError) error = NULL;

    kab_client_add_partner_async(client, name, NULL, NULL, NULL, client_call_answered, &result);
    got = client_call_wait(&result);
    kab_client_add_partner_finish(client, got, &error);
    g_assert_no_error(error);
}

/* From a partner that nobody knew to a user of the portal, and back. */
static void
test_life(TestPair *test, gconstpointer data G_GNUC_UNUSED)
{
    g_autoptr(KabClient) client =
        client_call_resume(kab_pair_get_base_address(test->pair), test->base_admin);
    const KabRole head = KAB_ROLE_HEAD;
    GAsyncResult *result = NULL;
    KabPartnerId partner;
    g_autoptr(KabPublication) added = NULL;
    g_autoptr(KabPublication) again = NULL;
    g_autoptr(KabPublication) published = NULL;
    g_autoptr(KabPublication) changed = NULL;

    add_partner(client, "Гамма");
    partner = find_partner(client, "Гамма");
    kab_client_put_contact_async(client, PERSON, partner.text, "Нина Гамова", NULL, NULL, NULL,
                                 client_call_answered, &result);
    added = finish_row(client, &result, -1);
    g_assert_nonnull(added->problem);
    kab_client_publish_async(client, PERSON, NULL, NULL, NULL, client_call_answered, &result);
    g_assert_null(finish_row(client, &result, KAB_ERROR_INVALID));
    kab_client_put_contact_async(client, PERSON, partner.text, NULL, "nina@gamma.example", NULL,
                                 NULL, client_call_answered, &result);
    again = finish_row(client, &result, -1);
    g_assert_null(again->problem);
    g_assert_false(again->published);
    kab_client_publish_async(client, PERSON, NULL, NULL, NULL, client_call_answered, &result);
    published = finish_row(client, &result, -1);
    g_assert_cmpstr(published->login, ==, "nina");
    g_assert_cmpint(published->role, ==, KAB_ROLE_BUYER);
    kab_client_publish_async(client, PERSON, NULL, &head, NULL, client_call_answered, &result);
    changed = finish_row(client, &result, -1);
    g_assert_cmpint(changed->role, ==, KAB_ROLE_HEAD);
    test_pair_exchange(test);
    assert_state(client, "registration");
    g_assert_cmpint(count_at_portal(test, "role = 'head' AND active = 1"), ==, 1);
    for (int i = 0; i < 2; i++) /* sent twice */
        act(client, KAB_PUBLICATION_DEACTIVATE, PERSON, -1);
    assert_state(client, "deactivated"); /* at once */
    act(client, KAB_PUBLICATION_INVITE, PERSON, -1);
    test_pair_exchange(test);
    g_assert_cmpint(count_at_portal(test, "active = 0"), ==, 1);
    act(client, KAB_PUBLICATION_RESET, PERSON, KAB_ERROR_STATE);
    act(client, KAB_PUBLICATION_ACTIVATE, PERSON, -1);
    test_pair_exchange(test);
    assert_state(client, "registration");
    act(client, KAB_PUBLICATION_DELETE, PERSON, -1);
    act(client, KAB_PUBLICATION_DELETE, PERSON, KAB_ERROR_NOT_FOUND);
    test_pair_exchange(test);
    assert_state(client, "none");
    g_assert_cmpint(count_at_portal(test, "1 = 1"), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    PAIR_TEST("/client-publication/life", test_life);
    return g_test_run();
}
