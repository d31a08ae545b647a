/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-invitation.h"

#define CODE "01234-56789-ABCDE-FGHJK-MNPQR-S"
#define PLAIN "0123456789ABCDEFGHJKMNPQRS"

static void
test_round_trip(void)
{
    static const char *const addresses[] = {
        "https://portal.example", "https://portal.example:8443/kabinet", "http://127.0.0.1:8080"};

    for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++) {
        g_autofree char *link = kab_invitation_to_link(addresses[i], CODE);
        g_auto(KabInvitation) invitation = {0};
        g_autoptr(GError) error = NULL;

        g_assert_true(g_str_has_prefix(link, "kabinet:"));
        kab_invitation_parse(link, &invitation, &error);
        g_assert_no_error(error);
        g_assert_cmpstr(invitation.address, ==, addresses[i]);
        g_assert_cmpstr(invitation.code, ==, PLAIN);
    }
}

/* A link comes from a stranger: it must not bring the desktop anywhere but to a portal. */
static void
test_strangers(void)
{
    static const char *const bad[] = {
        "",
        "kabinet:",
        "kabinet:?",
        "kabinet:?portal=https%3A%2F%2Fportal.example",
        "kabinet:?code=" CODE,
        "kabinet:?portal=https%3A%2F%2Fportal.example&code=short",
        "https:?portal=https%3A%2F%2Fportal.example&code=" CODE,
        "kabinet:?portal=file%3A%2F%2F%2Fetc%2Fpasswd&code=" CODE,
        "kabinet:?portal=javascript%3Aalert(1)&code=" CODE,
        "kabinet:?portal=unix%3A%2Ftmp%2Fsocket&code=" CODE,
        "kabinet:?portal=https%3A%2F%2Fuser%3Apw%40portal.example&code=" CODE,
        "kabinet:?portal=https%3A%2F%2Fportal.example%3Fx%3D1&code=" CODE,
        "kabinet:?portal=https%3A%2F%2Fportal.example%23x&code=" CODE,
        "kabinet:?portal=https%3A%2F%2F&code=" CODE,
        "kabinet:?portal=https%3A%2F%2Fportal.example%0d%0aHost%3A%20x&code=" CODE,
        "kabinet:?portal=%ff%fe&code=" CODE,
        "kabinet:?portal=https%3A%2F%2Fportal.example&code=%00" CODE};
    g_autofree char *filling = g_strnfill(3000, 'a');
    g_autofree char *longest = g_strconcat(
        "kabinet:?portal=https%3A%2F%2Fportal.example&x=", filling, "&code=" CODE, NULL);
    g_auto(KabInvitation) none = {0};

    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_auto(KabInvitation) invitation = {0};
        g_autoptr(GError) error = NULL;

        g_test_message("%s", bad[i]);
        g_assert_false(kab_invitation_parse(bad[i], &invitation, &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
    g_assert_false(kab_invitation_parse(longest, &none, NULL));
    g_assert_false(kab_invitation_parse(NULL, &none, NULL));
}

static void
test_typed(void)
{
    g_autofree char *code = kab_invitation_normalise(" o1234 56789-abcde-fghjk-mnpqr-s\n");
    g_autofree char *looks = kab_invitation_normalise("iLoOl-56789-ABCDE-FGHJK-MNPQR-S");

    g_assert_cmpstr(code, ==, PLAIN);
    g_assert_cmpstr(looks, ==, "1100156789ABCDEFGHJKMNPQRS");
    g_assert_null(kab_invitation_normalise("U1234-56789-ABCDE-FGHJK-MNPQR-S"));
    g_assert_null(kab_invitation_normalise(NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/invitation/round-trip", test_round_trip);
    g_test_add_func("/invitation/strangers", test_strangers);
    g_test_add_func("/invitation/typed", test_typed);
    return g_test_run();
}
