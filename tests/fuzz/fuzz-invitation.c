/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include "kab-contact.h"
#include "kab-invitation.h"

#include <string.h>

#define MAX_LINK 2000

/* What a stranger may send or a person type: links of invitations, codes, telephones, e-mail. */

static gboolean
is_printable(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (g_unichar_iscntrl(g_utf8_get_char(p)) || g_unichar_isspace(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

static void
try_link(const char *text)
{
    g_auto(KabInvitation) said = {0};
    g_auto(KabInvitation) again = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *link = NULL;
    gboolean done;

    done = kab_invitation_parse(text, &said, &error);
    fuzz_check_error(done, error);
    if (error != NULL)
        return;
    /* A person is asked whether to trust the address. */
    FUZZ_ASSERT(g_utf8_validate(said.address, -1, NULL) && is_printable(said.address));
    FUZZ_ASSERT(strlen(said.code) == KAB_CODE_LENGTH);
    link = kab_invitation_to_link(said.address, said.code);
    /* What is escaped is longer; the portal's own links are far from that. */
    if (strlen(link) > MAX_LINK)
        return;
    kab_invitation_parse(link, &again, NULL);
    FUZZ_ASSERT_SAME(said.address, again.address);
    FUZZ_ASSERT_SAME(said.code, again.code);
}

static void
try_code(const char *text)
{
    g_autofree char *code = kab_invitation_normalise(text);
    g_autofree char *again = code != NULL ? kab_invitation_normalise(code) : NULL;

    FUZZ_ASSERT_SAME(code, again);
}

static void
try_phone(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *phone = kab_contact_normalise_phone(text, &error);
    g_autofree char *again = phone != NULL ? kab_contact_normalise_phone(phone, NULL) : NULL;

    fuzz_check_error(phone != NULL, error);
    FUZZ_ASSERT_SAME(phone, again);
    FUZZ_ASSERT(phone == NULL || (strlen(phone) <= 16 && *phone == '+' &&
                                  strspn(phone + 1, "0123456789") == strlen(phone + 1)));
}

static void
try_email(const char *text)
{
    g_autoptr(GError) error = NULL;
    gboolean done = kab_contact_check_email(text, &error);

    fuzz_check_error(done, error);
    FUZZ_ASSERT(error != NULL || (is_printable(text) && strpbrk(text, "<>,;:") == NULL));
}

int
LLVMFuzzerInitialize(int *argc G_GNUC_UNUSED, char ***argv G_GNUC_UNUSED)
{
    fuzz_init();
    return 0;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = fuzz_dup_text(data, size);

    try_link(text); /* perhaps not UTF-8 */
    try_code(text);
    try_phone(text);
    try_email(text);
    return 0;
}
