/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "kab-end.h"
#include "kab-error.h"
#include "kab-mail-settings.h"
#include "kab-migrate.h"

#include "kab-exchange-resources.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

struct _KabEnd {
    const KabEndClass *klass;
    gpointer service;
    KabDbPool *pool;      /* (owned) */
    KabAccess *access;    /* (owned) */
    KabSettings settings; /* its table and its seal are owned */
    char *run_lock;       /* (owned): the file that a run locks */

    int service_lock;      /* -1: none */
    GCancellable *stopped; /* (owned) */
    GMutex lock;
    GCond changed;
    guint nudges;      /* how often kab_end_nudge() was called; it may wrap */
    GCancellable *run; /* (owned) (nullable): of the run that this process is carrying out */
    char requested[KAB_ID_SIZE];
    KabTime next_run;
    gint64 told_refused; /* when something refused was journalled, by the monotonic clock */
};

/* The settings of the exchange itself; those of the two sides differ in how they call the other. */
static const KabSetting common_settings[] = {
    {"exchange.address", KAB_SETTING_ADDRESS, "", 0, 0, N_("Address of the other end")},
    {"exchange.attempts", KAB_SETTING_NUMBER, "3", 1, 100, N_("Number of attempts")},
    {"exchange.schedule", KAB_SETTING_INTERVAL, "0", 0, 86400,
     N_("Schedule: seconds or mm:ss; 0 is off")},
    {"exchange.push", KAB_SETTING_SWITCH, "false", 0, 0, N_("Run as soon as something is queued")},
    {"exchange.timeout", KAB_SETTING_NUMBER, "30", 1, 600, N_("Seconds to wait for the other end")},
    {"exchange.ca-file", KAB_SETTING_FILE, "", 0, 0,
     N_("Authority's file of the other end (PEM)")},
    {"exchange.alarm", KAB_SETTING_NUMBER, "15", 0, 10080,
     N_("Minutes until somebody is called; 0 is off")},
    {"journal.days", KAB_SETTING_NUMBER, "30", 1, 3650, N_("Days to keep the journal")},
};

static const KabSetting portal_settings[] = {
    {"exchange.path", KAB_SETTING_PATH, "/trade/hs/ExchangePortal", 0, 0,
     N_("Path of the base's HTTP service")},
    {"exchange.login", KAB_SETTING_TEXT, "", 0, 0, N_("Login at the base")},
    {"exchange.password", KAB_SETTING_SECRET, "", 0, 0, N_("Password at the base")},
};

static const KabSetting base_settings[] = {
    {"exchange.pull", KAB_SETTING_SWITCH, "false", 0, 0,
     N_("Check the queue on the portal, which cannot reach the base")},
    {"exchange.client-id", KAB_SETTING_TEXT, "", 0, 0, N_("Client ID at the portal")},
    {"exchange.client-secret", KAB_SETTING_SECRET, "", 0, 0, N_("Client Secret at the portal")},
};

static void
join_settings(KabEnd *end)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(KabSetting));
    gboolean portal = end->klass->side == KAB_SIDE_PORTAL;
    guint n_mail;
    const KabSetting *mail = kab_mail_settings_get(&n_mail);

    g_array_append_vals(all, common_settings, G_N_ELEMENTS(common_settings));
    if (portal)
        g_array_append_vals(all, portal_settings, G_N_ELEMENTS(portal_settings));
    else
        g_array_append_vals(all, base_settings, G_N_ELEMENTS(base_settings));
    g_array_append_vals(all, mail, n_mail);
    if (end->klass->n_settings > 0)
        g_array_append_vals(all, end->klass->settings, end->klass->n_settings);
    end->settings.n_settings = all->len;
    end->settings.settings = (const KabSetting *)(gpointer)g_array_free(all, FALSE);
    end->settings.changed = portal ? NULL : kab_mail_settings_changed;
}

static gboolean
migrate(const KabEndClass *klass, const char *path, GError **error)
{
    g_autoptr(KabDb) db = kab_db_open(path, error);

    kab_exchange_get_resource(); /* the linker drops resources that nobody names */
    return db != NULL && kab_access_migrate(db, path, error) &&
           kab_migrate(db, path, "exchange", "/org/kabinet/exchange/migrations", error) &&
           kab_migrate(db, path, klass->name, klass->migrations, error);
}

static gboolean
begin_audit(const char *path, KabSeal *seal, GError **error)
{
    g_autoptr(KabDb) db = kab_db_open(path, error);

    return db != NULL && kab_audit_begin(db, seal, error);
}

KabEnd *
kab_end_open(const KabEndClass *klass, gpointer service, const char *folder, GError **error)
{
    g_autofree char *path = g_strdup_printf("%s/%s.db", folder, klass->name);
    g_autofree char *key = g_strdup_printf("%s/%s.key", folder, klass->name);
    KabSeal *seal;
    KabEnd *end;

    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_NOT_FOUND,
                    _("The data folder “%s” is not there; make it first"), folder);
        return NULL;
    }
    if (!migrate(klass, path, error)) {
        g_prefix_error(error, "%s: ", path);
        return NULL;
    }
    seal = kab_seal_open(key, error);
    if (seal == NULL)
        return NULL;
    if (!begin_audit(path, seal, error)) {
        kab_seal_free(seal);
        return NULL;
    }
    end = g_new0(KabEnd, 1);
    end->klass = klass;
    end->service = service != NULL ? service : end;
    end->pool = kab_db_pool_new(path);
    end->access = kab_access_new(seal);
    end->settings.seal = seal;
    join_settings(end);
    end->run_lock = g_strdup_printf("%s/%s.run", folder, klass->name);
    end->service_lock = -1;
    end->stopped = g_cancellable_new();
    g_mutex_init(&end->lock);
    g_cond_init(&end->changed);
    return end;
}

void
kab_end_close(KabEnd *end)
{
    if (end == NULL)
        return;
    kab_db_pool_free(end->pool);
    kab_access_free(end->access);
    kab_seal_free(end->settings.seal);
    g_free((gpointer)end->settings.settings);
    g_free(end->run_lock);
    if (end->service_lock >= 0)
        g_close(end->service_lock, NULL);
    g_object_unref(end->stopped);
    g_mutex_clear(&end->lock);
    g_cond_clear(&end->changed);
    g_free(end);
}

const KabEndClass *
kab_end_get_class(KabEnd *end)
{
    return end->klass;
}

gpointer
kab_end_get_service(KabEnd *end)
{
    return end->service;
}

KabAccess *
kab_end_get_access(KabEnd *end)
{
    return end->access;
}

const KabSettings *
kab_end_get_settings(KabEnd *end)
{
    return &end->settings;
}

KabDb *
kab_end_take_db(KabEnd *end, GError **error)
{
    /* The second of two: the first has failed already. */
    if (error != NULL && *error != NULL)
        return NULL;
    return kab_db_pool_take(end->pool, error);
}

void
kab_end_give_db(KabEnd *end, KabDb *db)
{
    kab_db_pool_give(end->pool, db);
}

const KabKindHandler *
kab_end_find_kind(KabEnd *end, const char *kind)
{
    for (guint i = 0; i < end->klass->n_kinds; i++)
        if (strcmp(end->klass->kinds[i].kind, kind) == 0)
            return &end->klass->kinds[i];
    return NULL;
}

gboolean
kab_end_miss(const char *kind, const char *id, KabReference *missing)
{
    g_strlcpy(missing->kind, kind, sizeof missing->kind);
    g_strlcpy(missing->id, id, sizeof missing->id);
    return TRUE;
}

/* A lock of the operating system on a whole file; -1 with @error set if somebody has it. */
static int
lock_file(const char *path, const char *busy, GError **error)
{
    struct flock whole_file = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = g_open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    if (fd < 0) {
        g_set_error(error, KAB_ERROR, KAB_ERROR_FAILED, "%s: %s", path, g_strerror(errno));
        return -1;
    }
    if (fcntl(fd, F_OFD_SETLK, &whole_file) == 0)
        return fd;
    g_set_error_literal(error, KAB_ERROR, KAB_ERROR_BUSY, busy);
    g_close(fd, NULL);
    return -1;
}

gboolean
kab_end_lock_service(KabEnd *end, GError **error)
{
    g_autofree char *path = g_strconcat(end->run_lock, "-service", NULL);

    end->service_lock = lock_file(path, _("A service runs on these data already"), error);
    return end->service_lock >= 0;
}

int
kab_end_lock_run(KabEnd *end, GError **error)
{
    return lock_file(end->run_lock, _("The exchange is running already"), error);
}

void
kab_end_unlock_run(KabEnd *end G_GNUC_UNUSED, int lock)
{
    g_close(lock, NULL);
}

gboolean
kab_end_is_running(KabEnd *end)
{
    struct flock whole_file = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    int fd = g_open(end->run_lock, O_RDWR | O_CLOEXEC, 0);
    gboolean running;

    if (fd < 0)
        return FALSE;
    /* Only asks: whoever wants to run now must not find a lock of ours. */
    running = fcntl(fd, F_OFD_GETLK, &whole_file) == 0 && whole_file.l_type != F_UNLCK;
    g_close(fd, NULL);
    return running;
}

gboolean
kab_end_may_tell_refused(KabEnd *end)
{
    gint64 now = g_get_monotonic_time();
    gboolean may;

    g_mutex_lock(&end->lock);
    may = end->told_refused == 0 || now - end->told_refused >= G_USEC_PER_SEC;
    if (may)
        end->told_refused = now;
    g_mutex_unlock(&end->lock);
    return may;
}

void
kab_end_set_run(KabEnd *end, GCancellable *run)
{
    g_mutex_lock(&end->lock);
    g_set_object(&end->run, run);
    g_mutex_unlock(&end->lock);
}

void
kab_end_cancel_run(KabEnd *end)
{
    g_autoptr(GCancellable) run = NULL;

    g_mutex_lock(&end->lock);
    g_set_object(&run, end->run);
    g_mutex_unlock(&end->lock);
    if (run != NULL)
        g_cancellable_cancel(run);
}

gboolean
kab_end_request_run(KabEnd *end, char id[KAB_ID_SIZE])
{
    gboolean is_new;

    g_mutex_lock(&end->lock);
    is_new = *end->requested == '\0';
    if (is_new)
        g_strlcpy(end->requested, id, KAB_ID_SIZE);
    else
        g_strlcpy(id, end->requested, KAB_ID_SIZE);
    g_mutex_unlock(&end->lock);
    return is_new;
}

gboolean
kab_end_has_request(KabEnd *end)
{
    gboolean has;

    g_mutex_lock(&end->lock);
    has = *end->requested != '\0';
    g_mutex_unlock(&end->lock);
    return has;
}

gboolean
kab_end_take_request(KabEnd *end, char id[KAB_ID_SIZE])
{
    g_mutex_lock(&end->lock);
    g_strlcpy(id, end->requested, KAB_ID_SIZE);
    *end->requested = '\0';
    g_mutex_unlock(&end->lock);
    return *id != '\0';
}

void
kab_end_set_next_run(KabEnd *end, KabTime at)
{
    g_mutex_lock(&end->lock);
    end->next_run = at;
    g_mutex_unlock(&end->lock);
}

KabTime
kab_end_get_next_run(KabEnd *end)
{
    KabTime at;

    g_mutex_lock(&end->lock);
    at = end->next_run;
    g_mutex_unlock(&end->lock);
    return at;
}

gboolean
kab_end_wait(KabEnd *end, guint *seen, gint64 ms)
{
    gint64 until = g_get_monotonic_time() + ms * 1000;

    g_mutex_lock(&end->lock);
    while (end->nudges == *seen && !g_cancellable_is_cancelled(end->stopped) &&
           g_cond_wait_until(&end->changed, &end->lock, until))
        ;
    *seen = end->nudges;
    g_mutex_unlock(&end->lock);
    return !g_cancellable_is_cancelled(end->stopped);
}

void
kab_end_nudge(KabEnd *end)
{
    g_mutex_lock(&end->lock);
    end->nudges++;
    g_cond_broadcast(&end->changed);
    g_mutex_unlock(&end->lock);
}

void
kab_end_stop(KabEnd *end)
{
    g_cancellable_cancel(end->stopped);
    kab_end_nudge(end);
}

GCancellable *
kab_end_get_stopped(KabEnd *end)
{
    return end->stopped;
}
