/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-contact.h"
#include "kab-error.h"
#include "kab-smtp.h"

#include <curl/curl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/socket.h>

#define MAX_WORDS 300

/* One conversation with a server. */
typedef struct {
    GBytes *letter; /* (owned) */
    gsize sent;
    GCancellable *cancellable; /* (nullable) */
    KabSmtpStage stage;
    gboolean leaving; /* what the server answers to QUIT is of no interest */
    int reply;
    GString *words; /* (owned): the server's last line */
} Talk;

gboolean
kab_mail_security_from_nick(const char *nick, KabMailSecurity *out, GError **error)
{
    static const char *const nicks[] = {"starttls", "tls", "none"};

    for (guint i = 0; i < G_N_ELEMENTS(nicks); i++)
        if (g_strcmp0(nick, nicks[i]) == 0) {
            *out = (KabMailSecurity)i;
            return TRUE;
        }
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID,
                        _("mail.security: starttls, tls or none is expected"));
    return FALSE;
}

void
kab_mail_account_free(KabMailAccount *account)
{
    if (account == NULL)
        return;
    g_free(account->host);
    g_free(account->login);
    g_free(account->password);
    g_free(account->from);
    g_free(account->from_name);
    g_free(account->ca_file);
    g_free(account);
}

static gboolean
is_set(const char *text)
{
    return text != NULL && *text != '\0';
}

static gboolean
is_loopback(const char *host)
{
    g_autoptr(GInetAddress) address = g_inet_address_new_from_string(host);

    return address != NULL ? g_inet_address_get_is_loopback(address)
                           : strcmp(host, "localhost") == 0;
}

gboolean
kab_mail_account_check(const KabMailAccount *account, GError **error)
{
    const char *host = account->host != NULL ? account->host : "";
    const char *wrong = NULL;

    if (*host == '\0')
        wrong = _("There is no mail account yet: set mail.host");
    else if (strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:_") !=
             strlen(host))
        wrong = _("mail.host: the name of a mail server is expected");
    else if (account->port == 0 || account->port > 65535)
        wrong = _("mail.port must be from 1 to 65535");
    else if (account->security == KAB_MAIL_CLEAR &&
             (!is_loopback(host) || is_set(account->login) || is_set(account->password)))
        wrong = _("mail.security: none is for a mail server on this machine, without a login; "
                  "choose starttls or tls");
    else if (!is_set(account->from))
        wrong = _("mail.from: the address that letters come from is missing");
    if (wrong == NULL)
        return kab_contact_check_email(account->from, error);
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_INVALID, wrong);
    return FALSE;
}

KabSmtpVerdict
kab_smtp_judge(KabSmtpStage stage, int reply)
{
    gboolean for_ever = reply >= 500 && reply < 600;
    gboolean for_now = reply >= 400 && reply < 500;

    if (stage == KAB_SMTP_CONNECT || reply == 421) /* the server goes away */
        return KAB_SMTP_AWAY;
    if (stage == KAB_SMTP_SECURE)
        return for_now ? KAB_SMTP_AWAY : KAB_SMTP_ACCOUNT;
    if (stage == KAB_SMTP_SIGN_IN)
        return for_now || reply == 0 ? KAB_SMTP_AWAY : KAB_SMTP_ACCOUNT;
    if (!for_ever)
        return KAB_SMTP_AGAIN;
    /* 530, 534, 535, 538: the server wants somebody to sign in, or to sign in otherwise. */
    if (stage == KAB_SMTP_SENDER || reply == 530 || reply == 534 || reply == 535 || reply == 538)
        return KAB_SMTP_ACCOUNT;
    return KAB_SMTP_REFUSED;
}

static gsize
on_read(char *buffer, gsize size, gsize n, gpointer data)
{
    Talk *talk = data;
    gsize length;
    const char *bytes = g_bytes_get_data(talk->letter, &length);
    gsize part = MIN(size * n, length - talk->sent);

    memcpy(buffer, bytes + talk->sent, part);
    talk->sent += part;
    return part;
}

static int
on_progress(gpointer data, curl_off_t a G_GNUC_UNUSED, curl_off_t b G_GNUC_UNUSED,
            curl_off_t c G_GNUC_UNUSED, curl_off_t d G_GNUC_UNUSED)
{
    Talk *talk = data;

    return g_cancellable_is_cancelled(talk->cancellable);
}

/* Only the first word of a command is looked at: the rest may be a password. */
static void
note_command(Talk *talk, const char *line, gsize length)
{
    static const struct {
        const char *word;
        KabSmtpStage stage;
    } commands[] = {
        {"AUTH ", KAB_SMTP_SIGN_IN},
        {"MAIL ", KAB_SMTP_SENDER},
        {"RCPT ", KAB_SMTP_RECIPIENT},
        {"DATA", KAB_SMTP_CONTENT},
    };

    for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
        if (length >= strlen(commands[i].word) &&
            strncmp(line, commands[i].word, strlen(commands[i].word)) == 0) {
            talk->stage = commands[i].stage;
            talk->reply = 0;
            g_string_truncate(talk->words, 0);
        }
    talk->leaving = talk->leaving || (length >= 4 && strncmp(line, "QUIT", 4) == 0);
}

static void
note_reply(Talk *talk, const char *line, gsize length)
{
    if (talk->leaving || length < 3 || !g_ascii_isdigit(line[0]) || !g_ascii_isdigit(line[1]) ||
        !g_ascii_isdigit(line[2]))
        return;
    talk->reply = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    g_string_truncate(talk->words, 0);
    for (gsize i = 0; i < length && i < MAX_WORDS; i++)
        g_string_append_c(talk->words, g_ascii_iscntrl(line[i]) ? ' ' : line[i]);
}

static int
on_talk(CURL *curl G_GNUC_UNUSED, curl_infotype type, char *line, gsize length, gpointer data)
{
    if (type == CURLINFO_HEADER_OUT)
        note_command(data, line, length);
    else if (type == CURLINFO_HEADER_IN)
        note_reply(data, line, length);
    return 0;
}

/* The server's own words in brackets, if it said anything; those about a login are not repeated. */
static char *
quote(const Talk *talk)
{
    g_autofree char *valid = g_utf8_make_valid(talk->words->str, -1);

    g_strstrip(valid);
    return *valid != '\0' && talk->stage != KAB_SMTP_SIGN_IN ? g_strdup_printf(" (%s)", valid)
                                                             : g_strdup("");
}

static char *
explain_connection(const KabMailAccount *account, const Talk *talk, CURLcode code)
{
    const char *host = account->host;
    g_autofree char *said = quote(talk);

    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return g_strdup_printf(_("The name of the mail server %s does not resolve: look at "
                                 "mail.host"),
                               host);
    case CURLE_COULDNT_CONNECT:
        return g_strdup_printf(_("The mail server %s cannot be reached on port %u: look at "
                                 "mail.host and mail.port"),
                               host, account->port);
    case CURLE_OPERATION_TIMEDOUT:
        return g_strdup_printf(_("The mail server %s did not answer in time: look at mail.host "
                                 "and mail.port"),
                               host);
    case CURLE_PEER_FAILED_VERIFICATION:
        return g_strdup_printf(_("The certificate of the mail server %s is not trusted: name the "
                                 "file of its authority in mail.ca-file, or look at mail.host"),
                               host);
    case CURLE_SSL_CACERT_BADFILE:
        return g_strdup_printf(_("The file in mail.ca-file cannot be read: %s"),
                               account->ca_file != NULL ? account->ca_file : "");
    case CURLE_USE_SSL_FAILED:
        return g_strdup_printf(_("The mail server %s does not offer to secure the connection, so "
                                 "nothing was sent: look at mail.security and mail.port%s"),
                               host, talk->reply >= 400 ? said : "");
    case CURLE_SSL_CONNECT_ERROR:
        return g_strdup_printf(_("No secure connection to the mail server %s came about: look at "
                                 "mail.security and mail.port"),
                               host);
    default:
        return g_strdup_printf(_("The mail server %s ended the connection%s"), host,
                               talk->reply >= 400 ? said : "");
    }
}

static char *
explain(const KabMailAccount *account, const KabMail *mail, const Talk *talk, CURLcode code)
{
    KabSmtpVerdict verdict = kab_smtp_judge(talk->stage, talk->reply);
    g_autofree char *said = quote(talk);

    if (code != CURLE_LOGIN_DENIED &&
        (talk->stage <= KAB_SMTP_SECURE || talk->reply < 400 || talk->reply == 421))
        return explain_connection(account, talk, code);
    if (talk->stage == KAB_SMTP_SIGN_IN)
        return g_strdup_printf(_("The mail server %s does not accept the login and password: look "
                                 "at mail.login and mail.password"),
                               account->host);
    if (verdict == KAB_SMTP_ACCOUNT)
        return g_strdup_printf(_("The mail server %s does not take letters from %s: look at "
                                 "mail.from and mail.login%s"),
                               account->host, account->from, said);
    if (talk->stage == KAB_SMTP_RECIPIENT)
        return verdict == KAB_SMTP_REFUSED
                   ? g_strdup_printf(_("The mail server refused the recipient %s%s"), mail->to,
                                     said)
                   : g_strdup_printf(_("The mail server cannot take a letter to %s now%s"),
                                     mail->to, said);
    return verdict == KAB_SMTP_REFUSED
               ? g_strdup_printf(_("The mail server refused the letter%s"), said)
               : g_strdup_printf(_("The mail server cannot take the letter now%s"), said);
}

/* Some faults are known by the library's code rather than by how far the conversation went. */
static void
note_code(Talk *talk, CURLcode code)
{
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CONNECT_ERROR:
        talk->reply = 0;
        talk->stage = KAB_SMTP_SECURE;
        break;
    case CURLE_USE_SSL_FAILED:
        talk->stage = KAB_SMTP_SECURE;
        break;
    case CURLE_LOGIN_DENIED:
        talk->stage = KAB_SMTP_SIGN_IN;
        break;
    default:
        break;
    }
}

static void
set_up_server(CURL *curl, const KabMailAccount *account)
{
    gboolean numbers = strchr(account->host, ':') != NULL; /* IPv6 */
    g_autofree char *url =
        g_strdup_printf("%s://%s%s%s:%u", account->security == KAB_MAIL_TLS ? "smtps" : "smtp",
                        numbers ? "[" : "", account->host, numbers ? "]" : "", account->port);

    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(
        curl, CURLOPT_USE_SSL,
        (long)(account->security == KAB_MAIL_CLEAR ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (is_set(account->ca_file)) {
        curl_easy_setopt(curl, CURLOPT_CAINFO, account->ca_file);
        curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
    }
    if (is_set(account->login)) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, account->login);
        curl_easy_setopt(curl, CURLOPT_PASSWORD,
                         account->password != NULL ? account->password : "");
    }
}

static void
set_up_talk(CURL *curl, Talk *talk, guint timeout)
{
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)timeout);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)timeout);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(curl, CURLOPT_READDATA, talk);
    curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)g_bytes_get_size(talk->letter));
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, talk);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    /* The conversation is followed, and printed nowhere. */
    curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, on_talk);
    curl_easy_setopt(curl, CURLOPT_DEBUGDATA, talk);
}

/* The library says goodbye to the server, and would wait two minutes for an answer. */
static void
leave(CURL *curl, Talk *talk)
{
    curl_socket_t socket = CURL_SOCKET_BAD;

    talk->leaving = TRUE;
    if (curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK &&
        socket != CURL_SOCKET_BAD)
        shutdown(socket, SHUT_RD);
    curl_easy_cleanup(curl);
}

static CURLcode
converse(const KabMailAccount *account, const KabMail *mail, Talk *talk, guint timeout)
{
    static gsize ready;
    g_autofree char *from = g_strdup_printf("<%s>", account->from);
    g_autofree char *to = g_strdup_printf("<%s>", mail->to);
    struct curl_slist *recipients;
    CURLcode code;
    CURL *curl;

    if (g_once_init_enter(&ready)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        g_once_init_leave(&ready, 1);
    }
    curl = curl_easy_init();
    if (curl == NULL)
        return CURLE_FAILED_INIT;
    recipients = curl_slist_append(NULL, to);
    set_up_server(curl, account);
    set_up_talk(curl, talk, timeout);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    code = curl_easy_perform(curl);
    leave(curl, talk);
    curl_slist_free_all(recipients);
    return code;
}

gboolean
kab_smtp_send(const KabMailAccount *account, const KabMail *mail, guint timeout,
              GCancellable *cancellable, KabSmtpVerdict *verdict, GError **error)
{
    g_autoptr(GBytes) letter = NULL;
    Talk talk = {.cancellable = cancellable};
    CURLcode code;

    *verdict = KAB_SMTP_ACCOUNT;
    if (!kab_mail_account_check(account, error))
        return FALSE;
    *verdict = KAB_SMTP_REFUSED;
    letter = kab_mail_to_bytes(mail, error);
    if (letter == NULL)
        return FALSE;
    talk.letter = letter;
    talk.words = g_string_new(NULL);
    code = converse(account, mail, &talk, timeout);
    note_code(&talk, code);
    *verdict = kab_smtp_judge(talk.stage, talk.reply);
    if (code == CURLE_ABORTED_BY_CALLBACK) {
        *verdict = KAB_SMTP_AGAIN;
        g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("The program is ending"));
    } else if (code != CURLE_OK) {
        g_autofree char *why = explain(account, mail, &talk, code);

        g_set_error_literal(error, KAB_ERROR, KAB_ERROR_FAILED, why);
    }
    g_string_free(talk.words, TRUE);
    return code == CURLE_OK;
}
