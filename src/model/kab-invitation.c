/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-invitation.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LINK 2000
/* Crockford's base 32: no letter that looks like a digit. */
#define DIGITS "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

void
kab_invitation_clear(KabInvitation *invitation)
{
    g_clear_pointer(&invitation->address, g_free);
    g_clear_pointer(&invitation->code, g_free);
}

char *
kab_invitation_to_link(const char *address, const char *code)
{
    g_autofree char *portal = g_uri_escape_string(address, NULL, FALSE);
    g_autofree char *secret = g_uri_escape_string(code, NULL, FALSE);

    return g_strdup_printf("kabinet:?portal=%s&code=%s", portal, secret);
}

/* What is not seen, or looks like an end, would deceive the person who reads it. */
static gboolean
is_visible(const char *text)
{
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
        if (!g_unichar_isgraph(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

/* What a person will be asked to sign in at has to be an address and nothing else. */
static gboolean
is_portal(const char *address)
{
    g_autoptr(GUri) uri = g_uri_parse(address, G_URI_FLAGS_HAS_PASSWORD, NULL);
    const char *scheme = uri != NULL ? g_uri_get_scheme(uri) : "";

    return is_visible(address) && (strcmp(scheme, "https") == 0 || strcmp(scheme, "http") == 0) &&
           g_uri_get_host(uri) != NULL && *g_uri_get_host(uri) != '\0' &&
           g_uri_get_user(uri) == NULL && g_uri_get_query(uri) == NULL &&
           g_uri_get_fragment(uri) == NULL;
}

gboolean
kab_invitation_parse(const char *link, KabInvitation *invitation, GError **error)
{
    g_autoptr(GHashTable) fields = NULL;
    g_autofree char *code = NULL;
    const char *address = NULL;
    const char *query = link != NULL && strlen(link) <= MAX_LINK &&
                                g_utf8_validate(link, -1, NULL) &&
                                g_ascii_strncasecmp(link, "kabinet:", 8) == 0
                            ? strchr(link, '?')
                            : NULL;

    if (query != NULL)
        fields = g_uri_parse_params(query + 1, -1, "&", G_URI_PARAMS_NONE, NULL);
    if (fields != NULL) {
        address = g_hash_table_lookup(fields, "portal");
        code = kab_invitation_normalise(g_hash_table_lookup(fields, "code"));
    }
    if (address == NULL || code == NULL || !is_portal(address)) {
        g_set_error_literal(
            error, KAB_ERROR, KAB_ERROR_INVALID,
            _("This is not a link of a Kabinet portal, or a part of it is missing"));
        return FALSE;
    }
    invitation->address = g_strdup(address);
    invitation->code = g_steal_pointer(&code);
    return TRUE;
}

static char
read_digit(char c)
{
    c = g_ascii_toupper(c);
    if (c == 'O')
        return '0';
    return c == 'I' || c == 'L' ? '1' : c;
}

char *
kab_invitation_normalise(const char *typed)
{
    char code[KAB_CODE_LENGTH + 1];
    gsize n = 0;

    for (const char *p = typed != NULL ? typed : ""; *p != '\0'; p++) {
        char digit = read_digit(*p);

        if (*p == '-' || g_ascii_isspace(*p))
            continue;
        if (n == KAB_CODE_LENGTH || strchr(DIGITS, digit) == NULL)
            return NULL;
        code[n++] = digit;
    }
    code[n] = '\0';
    return n == KAB_CODE_LENGTH ? g_strdup(code) : NULL;
}
