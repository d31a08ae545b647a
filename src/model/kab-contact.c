/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-contact.h"
#include "kab-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LOCAL 64
#define MAX_EMAIL 254
#define MIN_DIGITS 8
#define MAX_DIGITS 15
/* What people write between digits. */
#define FILLING " -().\t\xc2\xa0"

static gboolean
is_domain(const char *domain)
{
    g_autofree char *ascii = g_hostname_to_ascii(domain);

    if (ascii == NULL || *ascii == '\0' || *ascii == '.' || *ascii == '-' ||
        strstr(ascii, "..") != NULL || g_str_has_suffix(ascii, "."))
        return FALSE;
    for (const char *p = ascii; *p != '\0'; p++)
        if (!g_ascii_isalnum(*p) && *p != '-' && *p != '.')
            return FALSE;
    return TRUE;
}

static gboolean
is_local(const char *local, const char *end)
{
    if (end == local || end - local > MAX_LOCAL)
        return FALSE;
    for (const char *p = local; p < end; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);

        if (!g_unichar_isgraph(c) || (c < 128 && strchr("<>()[]\\,;:\"@", (int)c) != NULL))
            return FALSE;
    }
    return TRUE;
}

gboolean
kab_contact_check_email(const char *email, GError **error)
{
    const char *at = email != NULL && strlen(email) <= MAX_EMAIL && g_utf8_validate(email, -1, NULL)
                         ? strrchr(email, '@')
                         : NULL;

    if (at != NULL && is_local(email, at) && is_domain(at + 1))
        return TRUE;
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID, _("“%.*s” is not an e-mail address"),
                kab_error_clip(email, 320), email != NULL ? email : "");
    return FALSE;
}

/* The digits behind what stands for "+"; NULL if there is anything but digits and filling. */
static char *
take_digits(const char *phone, gboolean *international)
{
    GString *digits = g_string_new(NULL);

    *international = *phone == '+';
    for (const char *p = phone + (*international ? 1 : 0); *p != '\0'; p++) {
        if (g_ascii_isdigit(*p)) {
            g_string_append_c(digits, *p);
        } else if (strchr(FILLING, *p) == NULL) {
            g_string_free(digits, TRUE);
            return NULL;
        }
    }
    if (!*international && g_str_has_prefix(digits->str, "00")) {
        *international = TRUE;
        g_string_erase(digits, 0, 2);
    }
    return g_string_free(digits, FALSE);
}

char *
kab_contact_normalise_phone(const char *phone, GError **error)
{
    gboolean international;
    g_autofree char *trimmed = g_strstrip(g_strdup(phone));
    g_autofree char *digits = take_digits(trimmed, &international);
    gsize length = digits != NULL ? strlen(digits) : 0;

    if (!international && length == 11 && (*digits == '8' || *digits == '7'))
        return g_strdup_printf("+7%s", digits + 1);
    if (international && length >= MIN_DIGITS && length <= MAX_DIGITS && *digits != '0')
        return g_strdup_printf("+%s", digits);
    g_set_error(error, KAB_ERROR, KAB_ERROR_INVALID,
                _("“%.*s” is not a telephone number: write it with its country, such as "
                  "+7 912 345-67-89"),
                kab_error_clip(phone, 100), phone);
    return NULL;
}
