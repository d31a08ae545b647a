/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-contact.h"
#include "kab-mail.h"

#include <gmime/gmime.h>
#include <string.h>

#define MAX_NAME 120

static void
init(void)
{
    static gsize done;

    if (g_once_init_enter(&done)) {
        g_mime_init();
        g_once_init_leave(&done, 1);
    }
}

/* For a header: one line, of a length that mail programs show. What looks encoded already is made
 * to look otherwise: it would be decoded, whatever is in it. */
static char *
make_line(const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text != NULL ? text : "", -1);
    GString *line = g_string_new(NULL);
    glong n = 0;

    for (const char *p = valid; *p != '\0' && n < MAX_NAME; p = g_utf8_next_char(p), n++) {
        gunichar c = g_utf8_get_char(p);

        if (g_unichar_iscntrl(c) || c == 0x2028 || c == 0x2029 || c == 0xfffd)
            c = ' ';
        g_string_append_unichar(line, c);
    }
    g_string_replace(line, "=?", "= ?", 0);
    return g_strstrip(g_string_free(line, FALSE));
}

static void
add_person(GMimeMessage *message, GMimeAddressType type, const char *name, const char *address)
{
    g_autofree char *line = make_line(name);

    g_mime_message_add_mailbox(message, type, *line != '\0' ? line : NULL, address);
}

static void
add_part(GMimeMultipart *parts, const char *subtype, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    GMimeTextPart *part = g_mime_text_part_new_with_subtype(subtype);

    g_mime_text_part_set_charset(part, "utf-8");
    g_mime_text_part_set_text(part, valid);
    g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_BASE64);
    g_mime_multipart_add(parts, GMIME_OBJECT(part));
    g_object_unref(part);
}

static GMimeMessage *
make_message(const KabMail *mail)
{
    GMimeMessage *message = g_mime_message_new(TRUE);
    GMimeMultipart *parts = g_mime_multipart_new_with_subtype("alternative");
    g_autofree char *subject = make_line(mail->subject);
    g_autofree char *id = g_strdup_printf("%s%s", mail->id, strrchr(mail->from, '@'));
    g_autoptr(GDateTime) now = g_date_time_new_now_local();

    add_person(message, GMIME_ADDRESS_TYPE_FROM, mail->from_name, mail->from);
    add_person(message, GMIME_ADDRESS_TYPE_TO, mail->to_name, mail->to);
    g_mime_message_set_subject(message, subject, "utf-8");
    g_mime_message_set_message_id(message, id);
    g_mime_message_set_date(message, now);
    /* Nobody's absence note has to answer it (RFC 3834). */
    g_mime_object_set_header(GMIME_OBJECT(message), "Auto-Submitted", "auto-generated", NULL);
    add_part(parts, "plain", mail->text);
    add_part(parts, "html", mail->html);
    g_mime_message_set_mime_part(message, GMIME_OBJECT(parts));
    g_object_unref(parts);
    return message;
}

/* SMTP knows lines that end in CR LF only. */
static GBytes *
end_lines(const char *text)
{
    GString *all = g_string_sized_new(strlen(text) + 1024);

    for (const char *p = text; *p != '\0'; p++) {
        if (*p == '\n')
            g_string_append(all, "\r\n");
        else if (*p != '\r')
            g_string_append_c(all, *p);
    }
    return g_string_free_to_bytes(all);
}

GBytes *
kab_mail_to_bytes(const KabMail *mail, GError **error)
{
    g_autofree char *text = NULL;
    GMimeMessage *message;

    init();
    if (!kab_contact_check_email(mail->from, error) || !kab_contact_check_email(mail->to, error))
        return NULL;
    message = make_message(mail);
    text = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
    g_object_unref(message);
    return end_lines(text);
}
