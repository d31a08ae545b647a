/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-error.h"
#include "kab-portal-letter-compose.h"
#include "kab-portal-letters.h"
#include "kab-portal-people.h"
#include "kab-portal-post.h"
#include "kab-smtp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How often it looks whether another process has queued something. */
#define LOOK_MS 1000
#define TIMEOUT 60 /* seconds that one letter may take */
#define MINUTE_MS G_GINT64_CONSTANT(60000)
#define MAX_DELAY (240 * MINUTE_MS)
#define MAX_ATTEMPTS 19
/* Until somebody has mended the account, or changed it: that tries at once. */
#define ACCOUNT_DELAY (15 * MINUTE_MS)
#define DAY_MS (1440 * MINUTE_MS)
#define FORGET_EVERY_US (G_GINT64_CONSTANT(3600) * G_USEC_PER_SEC)

struct _KabPortalPost {
    KabEnd *end;
    GThread *thread;
    gint64 forgot; /* when it last took away what is old, by the monotonic clock */
};

/* One letter on its way. */
typedef struct {
    KabMailAccount *account; /* (owned) */
    KabLetter *letter;       /* (owned) (nullable) */
    KabUser *user;           /* (owned) (nullable) */
    KabLetterText text;
    char *obsolete; /* (owned) (nullable) */
} Job;

static void
job_clear(Job *job)
{
    kab_mail_account_free(job->account);
    kab_letter_free(job->letter);
    kab_user_free(job->user);
    kab_letter_text_clear(&job->text);
    g_free(job->obsolete);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Job, job_clear)

gint64
kab_portal_post_get_delay(int attempts, double chance)
{
    gint64 delay = MIN(MINUTE_MS << CLAMP(attempts - 1, 0, 20), MAX_DELAY);

    return attempts < MAX_ATTEMPTS ? (gint64)((double)delay * (0.8 + 0.4 * chance)) : -1;
}

static gboolean
get(KabEnd *end, KabDb *db, const char *name, char **out, GError **error)
{
    *out = kab_settings_get(kab_end_get_settings(end), db, name, error);
    return *out != NULL;
}

/* The account as it is set; whether letters can be sent by it, is for the caller to check. */
static KabMailAccount *
load_account(KabEnd *end, KabDb *db, GError **error)
{
    g_autoptr(KabMailAccount) account = g_new0(KabMailAccount, 1);
    g_autofree char *security = NULL;
    gint64 port;

    if (!get(end, db, "mail.host", &account->host, error) ||
        !kab_settings_get_number(kab_end_get_settings(end), db, "mail.port", &port, error) ||
        !get(end, db, "mail.security", &security, error) ||
        !kab_mail_security_from_nick(security, &account->security, error) ||
        !get(end, db, "mail.login", &account->login, error) ||
        !get(end, db, "mail.password", &account->password, error) ||
        !get(end, db, "mail.from", &account->from, error) ||
        !get(end, db, "mail.from-name", &account->from_name, error) ||
        !get(end, db, "mail.ca-file", &account->ca_file, error))
        return NULL;
    account->port = (guint)port;
    return g_steal_pointer(&account);
}

/* Who writes: the company, or else where the letter comes from. */
static const char *
get_company(const KabMailAccount *account)
{
    return *account->from_name != '\0' ? account->from_name : strrchr(account->from, '@') + 1;
}

static gboolean
note_obsolete(KabDb *db, Job *job, GError **error)
{
    job->letter->state = KAB_LETTER_DROPPED;
    g_free(job->letter->error);
    job->letter->error = g_strdup(job->obsolete);
    return kab_portal_letters_note(db, job->letter, error);
}

/* A letter that cannot be made must not stand in the way of the others. */
static gboolean
compose(KabDb *db, Job *job, const char *address, GError **error)
{
    g_autoptr(GError) local = NULL;

    if (kab_portal_letter_compose(db, job->letter, get_company(job->account), address, &job->user,
                                  &job->text, &job->obsolete, &local))
        return TRUE;
    if (local->domain != KAB_ERROR)
        return kab_error_pass(error, &local);
    job->obsolete = g_strdup(local->message);
    return TRUE;
}

/* Takes the next letter that is due and makes its text; no letter if there is none, or no account.
 */
static gboolean
take(KabEnd *end, KabDb *db, Job *job, GError **error)
{
    g_autoptr(KabTransaction) transaction = NULL;
    g_autofree char *address = NULL;
    g_autoptr(GError) local = NULL;
    KabTime now = kab_time_now();
    gboolean has_due;

    if (!kab_portal_letters_has_due(db, now, &has_due, error))
        return FALSE;
    if (!has_due)
        return TRUE;
    transaction = kab_db_begin(db, error);
    if (transaction == NULL)
        return FALSE;
    job->account = load_account(end, db, &local);
    if (job->account != NULL && *job->account->host == '\0')
        return TRUE; /* they wait; kab_portal_letters_list_alarms() tells it */
    if (job->account == NULL || !kab_mail_account_check(job->account, &local))
        return kab_portal_letters_postpone(db, now, now + ACCOUNT_DELAY, local->message, error) &&
               kab_transaction_commit(transaction, error);
    if (!get(end, db, "portal.address", &address, error))
        return FALSE;
    job->letter = kab_portal_letters_take(db, now, &local);
    if (job->letter == NULL)
        return kab_error_pass(error, &local);
    return compose(db, job, address, error) &&
           (job->obsolete == NULL || note_obsolete(db, job, error)) &&
           kab_transaction_commit(transaction, error);
}

/* What becomes of a letter that the server did not take. */
static void
judge(KabLetter *letter, KabSmtpVerdict verdict, const GError *why)
{
    KabTime now = kab_time_now();
    gint64 delay = ACCOUNT_DELAY;

    g_free(letter->error);
    letter->error = g_strdup(why->message);
    if (verdict != KAB_SMTP_ACCOUNT)
        delay = kab_portal_post_get_delay(++letter->attempts, g_random_double());
    if (verdict == KAB_SMTP_REFUSED || delay < 0) {
        letter->state = KAB_LETTER_FAILED;
        return;
    }
    letter->state = KAB_LETTER_WAITING;
    letter->next_attempt_at = now + delay;
    g_clear_pointer(&letter->email, g_free); /* it may be another one then */
}

/* Whether the base has to hear of it: a letter with a code did not arrive, or did after all. */
static gboolean
is_told(const KabLetter *letter)
{
    return (letter->kind == KAB_LETTER_INVITATION || letter->kind == KAB_LETTER_RESET) &&
           (letter->state == KAB_LETTER_SENT || letter->state == KAB_LETTER_FAILED);
}

static gboolean
note(KabEnd *end, const KabLetter *letter, gboolean for_all, GError **error)
{
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);
    g_autoptr(KabTransaction) transaction = db.db != NULL ? kab_db_begin(db.db, error) : NULL;

    return transaction != NULL && kab_portal_letters_note(db.db, letter, error) &&
           (!for_all || kab_portal_letters_postpone(db.db, kab_time_now(), letter->next_attempt_at,
                                                    letter->error, error)) &&
           (!is_told(letter) ||
            kab_portal_user_changed(db.db, letter->user_id, KAB_USER_CHANGE_STATE, error)) &&
           kab_transaction_commit(transaction, error);
}

/* What was sent and cannot be noted would be sent again: so it is noted, however long that takes.
 */
static void
note_surely(KabEnd *end, const KabLetter *letter, gboolean for_all)
{
    guint seen = 0;

    while (TRUE) {
        g_autoptr(GError) error = NULL;

        if (note(end, letter, for_all, &error))
            return;
        g_message("%s", error->message);
        if (!kab_end_wait(end, &seen, LOOK_MS))
            return;
    }
}

static void
send_letter(KabEnd *end, Job *job)
{
    const KabMail mail = {
        .id = job->letter->id,
        .from = job->account->from,
        .from_name = job->account->from_name,
        .to = job->user->email,
        .to_name = job->user->name,
        .subject = job->text.subject,
        .text = job->text.text,
        .html = job->text.html,
    };
    KabLetter *letter = job->letter;
    g_autoptr(GError) error = NULL;
    KabSmtpVerdict verdict;
    gboolean sent;
    gboolean for_all = FALSE;

    g_free(letter->email);
    letter->email = g_strdup(mail.to);
    sent = kab_smtp_send(job->account, &mail, TIMEOUT, kab_end_get_stopped(end), &verdict, &error);
    if (sent) {
        letter->state = KAB_LETTER_SENT;
        letter->attempts++;
        letter->sent_at = kab_time_now();
        g_clear_pointer(&letter->error, g_free);
    } else if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
        letter->state = KAB_LETTER_WAITING;
    } else {
        judge(letter, verdict, error);
        for_all = letter->state == KAB_LETTER_WAITING && verdict != KAB_SMTP_AGAIN;
        g_message("letter %s: %s", letter->id, error->message);
    }
    note_surely(end, letter, for_all);
    if (is_told(letter))
        kab_end_nudge(end);
}

/* Whether there was one, so that there may be another. */
static gboolean
deliver_one(KabEnd *end)
{
    g_autoptr(GError) error = NULL;
    g_auto(Job) job = {0};
    gboolean done;

    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(end, &error);

        done = db.db != NULL && take(end, db.db, &job, &error);
    }
    if (!done) {
        g_message("%s", error->message);
        return FALSE;
    }
    if (job.letter != NULL && job.obsolete == NULL)
        send_letter(end, &job);
    return job.letter != NULL;
}

static void
forget_old(KabPortalPost *self)
{
    g_autoptr(GError) error = NULL;
    gint64 now = g_get_monotonic_time();
    gint64 days;

    if (self->forgot != 0 && now - self->forgot < FORGET_EVERY_US)
        return;
    self->forgot = now;
    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(self->end, &error);

        if (db.db == NULL ||
            !kab_settings_get_number(kab_end_get_settings(self->end), db.db, "journal.days", &days,
                                     &error) ||
            !kab_portal_letters_forget(db.db, kab_time_now() - days * DAY_MS, &error))
            g_message("%s", error->message);
    }
}

/* One service runs on the data, so what is being sent now was taken by one that died. */
static void
release(KabEnd *end)
{
    g_autoptr(GError) error = NULL;
    g_auto(KabEndDb) db = KAB_END_DB_INIT(end, &error);

    if (db.db == NULL || !kab_portal_letters_release(db.db, &error))
        g_message("%s", error->message);
}

static gpointer
watch(gpointer data)
{
    KabPortalPost *self = data;
    GCancellable *stopped = kab_end_get_stopped(self->end);
    guint seen = 0;

    release(self->end);
    do {
        forget_old(self);
        while (!g_cancellable_is_cancelled(stopped) && deliver_one(self->end))
            ;
    } while (kab_end_wait(self->end, &seen, LOOK_MS));
    return NULL;
}

KabPortalPost *
kab_portal_post_start(KabEnd *end)
{
    KabPortalPost *post = g_new0(KabPortalPost, 1);

    post->end = end;
    post->thread = g_thread_new("post", watch, post);
    return post;
}

void
kab_portal_post_stop(KabPortalPost *post)
{
    if (post == NULL)
        return;
    kab_end_stop(post->end);
    g_thread_join(post->thread);
    g_free(post);
}

gboolean
kab_portal_post_test(KabEnd *end, const char *to, GError **error)
{
    g_autoptr(KabMailAccount) account = NULL;
    g_autofree char *text = NULL;
    g_autofree char *html = NULL;
    KabSmtpVerdict verdict;
    KabMail mail;
    char id[KAB_ID_SIZE];

    {
        g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);

        account = db.db != NULL ? load_account(end, db.db, error) : NULL;
    }
    if (account == NULL || !kab_mail_account_check(account, error))
        return FALSE;
    kab_id_fill_random(id);
    text = g_strdup_printf(_("This is a test letter from %s. The mail account works."),
                           get_company(account));
    html = g_markup_printf_escaped("<!DOCTYPE html>\n<html><body><p>%s</p></body></html>\n", text);
    mail = (KabMail){.id = id,
                     .from = account->from,
                     .from_name = account->from_name,
                     .to = to != NULL ? to : account->from,
                     .subject = _("Test letter"),
                     .text = text,
                     .html = html};
    return kab_smtp_send(account, &mail, TIMEOUT, NULL, &verdict, error);
}
