/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kab-error.h"
#include "kab-wire-letter.h"

static void
test_round_trip(void)
{
    KabLetter letter = {
        .id = "0f2d1f0e-6c0c-4a0f-9d8c-0d0f2b0f6a11",
        .user_id = {"0d8facf6-cae1-5dfe-b4e9-c42d35d94d28"},
        .user_name = (char *)"Анна",
        .email = (char *)"anna@partner.example",
        .object_id = (char *)"8d4e2c6b-1da4-4b47-a47f-8d06bb8276f5",
        .attempts = 3,
        .created_at = 1788250000000,
        .next_attempt_at = 1788250060000,
        .sent_at = 1788250090000,
        .error = (char *)"Позже",
    };

    for (int i = 0; i < KAB_N_LETTER_KINDS * KAB_N_LETTER_STATES; i++) {
        g_autoptr(JsonNode) node = NULL;
        g_autoptr(JsonNode) again = NULL;
        g_autoptr(KabLetter) read = NULL;
        g_autoptr(GError) error = NULL;

        letter.kind = (KabLetterKind)(i % KAB_N_LETTER_KINDS);
        letter.state = (KabLetterState)(i / KAB_N_LETTER_KINDS);
        node = kab_wire_letter_to_json(&letter);
        read = kab_wire_letter_from_json(json_node_get_object(node), &error);
        g_assert_no_error(error);
        again = kab_wire_letter_to_json(read);
        g_assert_true(json_node_equal(node, again));
    }
}

static void
test_refused(void)
{
    static const char *const members[] = {"id", "kind", "user_id", "state"};
    const KabLetter letter = {.id = "0f2d1f0e-6c0c-4a0f-9d8c-0d0f2b0f6a11",
                              .user_id = {"0d8facf6-cae1-5dfe-b4e9-c42d35d94d28"}};

    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        g_autoptr(JsonNode) node = kab_wire_letter_to_json(&letter);
        g_autoptr(GError) error = NULL;

        json_object_set_string_member(json_node_get_object(node), members[i], "another");
        g_assert_null(kab_wire_letter_from_json(json_node_get_object(node), &error));
        g_assert_error(error, KAB_ERROR, KAB_ERROR_INVALID);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/wire-letter/round-trip", test_round_trip);
    g_test_add_func("/wire-letter/refused", test_refused);
    return g_test_run();
}
