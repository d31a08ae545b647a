/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-mail.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabMailSecurity:
 * @KAB_MAIL_STARTTLS: begins in clear and goes over to TLS before anything is said
 * @KAB_MAIL_TLS: TLS from the first byte
 * @KAB_MAIL_CLEAR: in clear: only for a server on this machine, and without a login
 */
typedef enum {
    KAB_MAIL_STARTTLS,
    KAB_MAIL_TLS,
    KAB_MAIL_CLEAR,
} KabMailSecurity;

/** kab_mail_security_from_nick: of "starttls", "tls" or "none"; %KAB_ERROR_INVALID. */
gboolean kab_mail_security_from_nick(const char *nick, KabMailSecurity *out, GError **error);

/**
 * KabMailAccount:
 * @host: the mail server's name or address
 * @port: its port
 * @security: how the connection is secured
 * @login: (nullable): the login there; %NULL or "" for none
 * @password: (nullable): the password there
 * @from: the address that letters come from
 * @from_name: (nullable): the name that they come from
 * @ca_file: (nullable): a file with the certificates to trust instead of the system's; %NULL or ""
 *   for the system's
 *
 * A mail account. The texts are owned.
 */
typedef struct {
    char *host;
    guint port;
    KabMailSecurity security;
    char *login;
    char *password;
    char *from;
    char *from_name;
    char *ca_file;
} KabMailAccount;

void kab_mail_account_free(KabMailAccount *account);

/** kab_mail_account_check: whether letters could be sent by it; %KAB_ERROR_INVALID. */
gboolean kab_mail_account_check(const KabMailAccount *account, GError **error);

/**
 * KabSmtpStage:
 * @KAB_SMTP_CONNECT: until the server has greeted
 * @KAB_SMTP_SECURE: until the connection is secured
 * @KAB_SMTP_SIGN_IN: until the server knows the login
 * @KAB_SMTP_SENDER: until it takes the sender
 * @KAB_SMTP_RECIPIENT: until it takes the recipient
 * @KAB_SMTP_CONTENT: until it takes the letter
 *
 * How far a server was spoken to.
 */
typedef enum {
    KAB_SMTP_CONNECT,
    KAB_SMTP_SECURE,
    KAB_SMTP_SIGN_IN,
    KAB_SMTP_SENDER,
    KAB_SMTP_RECIPIENT,
    KAB_SMTP_CONTENT,
} KabSmtpStage;

/**
 * KabSmtpVerdict:
 * @KAB_SMTP_AGAIN: the server could not take this letter now: try again later
 * @KAB_SMTP_AWAY: the server could not be spoken to: try again later, and no other letter now
 * @KAB_SMTP_ACCOUNT: the account has to be mended; no letter can be sent before
 * @KAB_SMTP_REFUSED: the server will never take this letter
 *
 * What to do about a letter that could not be sent.
 */
typedef enum {
    KAB_SMTP_AGAIN,
    KAB_SMTP_AWAY,
    KAB_SMTP_ACCOUNT,
    KAB_SMTP_REFUSED,
} KabSmtpVerdict;

/**
 * kab_smtp_judge:
 * @stage: how far it came
 * @reply: the server's last reply code (RFC 5321, 4.2.1), 0 if there was none
 *
 * Returns: what to do about the letter
 */
KabSmtpVerdict kab_smtp_judge(KabSmtpStage stage, int reply);

/**
 * kab_smtp_send:
 * @account: a mail account
 * @mail: a letter
 * @timeout: seconds that it may take
 * @cancellable: (nullable): ends it
 * @verdict: (out): what to do if it failed
 * @error: return location: %KAB_ERROR_FAILED, %KAB_ERROR_INVALID for the letter or the account,
 *   %G_IO_ERROR_CANCELLED; a sentence that says what to mend
 *
 * Blocks. Certificates are always looked at; the login is never told before the connection is
 * secured.
 *
 * Returns: whether the server took the letter
 */
gboolean kab_smtp_send(const KabMailAccount *account, const KabMail *mail, guint timeout,
                       GCancellable *cancellable, KabSmtpVerdict *verdict, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabMailAccount, kab_mail_account_free)

G_END_DECLS
