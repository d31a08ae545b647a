/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabMail:
 * @id: what the Message-ID is made of; the same whenever the same letter is sent again
 * @from: the sender's address
 * @from_name: (nullable): the sender's name
 * @to: the recipient's address
 * @to_name: (nullable): the recipient's name
 * @subject: the subject
 * @text: the letter as plain text
 * @html: the same as HTML
 *
 * A letter, ready to be sent. The texts are UTF-8 and not owned.
 */
typedef struct {
    const char *id;
    const char *from;
    const char *from_name;
    const char *to;
    const char *to_name;
    const char *subject;
    const char *text;
    const char *html;
} KabMail;

/**
 * kab_mail_to_bytes:
 * @mail: a letter
 * @error: return location: %KAB_ERROR_INVALID for an address
 *
 * Control characters in names and in the subject become spaces: nothing in them can begin a header.
 * Any thread may call it.
 *
 * Returns: (transfer full) (nullable): the letter after RFC 5322, its lines ended by CR LF
 */
GBytes *kab_mail_to_bytes(const KabMail *mail, GError **error);

G_END_DECLS
