/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-access.h"
#include "kab-db-pool.h"
#include "kab-http-router.h"
#include "kab-id.h"
#include "kab-settings.h"
#include "kab-wire-message.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * KabBuildFunc:
 * @service: the portal or the base
 * @db: a connection, inside a transaction
 * @id: an object that stands in the queue
 * @body: (out) (nullable) (transfer full): the object as it is now; %NULL if it is no more
 * @error: return location
 *
 * Returns: whether the message could be built
 */
typedef gboolean (*KabBuildFunc)(gpointer service, KabDb *db, const char *id, JsonObject **body,
                                 GError **error);

/**
 * KabApplyFunc:
 * @service: the portal or the base
 * @db: a connection, inside the transaction that also notes the message as applied
 * @message: what the other end sent; it is newer than what was applied before
 * @error: return location: %KAB_ERROR_BUSY: later; others of %KAB_ERROR: rejected, in these words
 *
 * Returns: whether it is applied
 */
typedef gboolean (*KabApplyFunc)(gpointer service, KabDb *db, const KabMessage *message,
                                 GError **error);

/**
 * KabReference:
 * @kind: a kind of objects; "" for none
 * @id: an object of it
 *
 * What an object refers to.
 */
typedef struct {
    char kind[32];
    char id[KAB_ID_SIZE];
} KabReference;

/**
 * KabNeedFunc:
 * @service: the portal or the base
 * @db: a connection, inside a transaction
 * @message: what the other end sent
 * @missing: (out): what it refers to and this end does not have; left alone if there is nothing
 * @error: return location
 *
 * Returns: %FALSE on error
 */
typedef gboolean (*KabNeedFunc)(gpointer service, KabDb *db, const KabMessage *message,
                                KabReference *missing, GError **error);

/**
 * KabRepeatFunc:
 * @service: the portal or the base
 * @db: a connection, inside a transaction
 * @id: an object that the other end sent again, though this end has it
 * @error: return location
 *
 * The other end may have missed the answer, or was set back to an old copy of its data.
 *
 * Returns: %FALSE on error
 */
typedef gboolean (*KabRepeatFunc)(gpointer service, KabDb *db, const char *id, GError **error);

/**
 * KabKindHandler:
 * @kind: a kind of objects
 * @build: (nullable): for what this end sends
 * @apply: (nullable): for what this end takes
 * @need: (nullable): called before @apply
 * @repeat: (nullable): called instead of @apply for what this end has already
 * @names: (nullable): SQL for what people call them: id, name, number, time, sum in minor units and
 *   currency of those whose ids are in the JSON array $1: see kab-object-names.h
 * @find: (nullable): SQL for which are called $1: id and rank of two at most, no id twice with one
 *   rank, those with the lowest rank first; two that share it are told apart by nothing but their
 *   ids. Orders have none: what people say of their numbers is kab_order_store_find_said()
 * @find_words: (nullable): SQL for what has all words of $1 somewhere in its name, asked when
 *   nothing is called $1: id and what tells it from others of %KAB_FIND_WORDS_MAX at most
 */
typedef struct {
    const char *kind;
    KabBuildFunc build;
    KabApplyFunc apply;
    KabNeedFunc need;
    KabRepeatFunc repeat;
    const char *names;
    const char *find;
    const char *find_words;
} KabKindHandler;

/**
 * KabAlarmFunc:
 * @db: a connection
 * @alarms: (element-type utf8): where sentences are added
 * @error: return location
 *
 * Tells what somebody has to look after.
 *
 * Returns: %FALSE on error
 */
typedef gboolean (*KabAlarmFunc)(KabDb *db, GPtrArray *alarms, GError **error);

/**
 * KabUserChange:
 * @KAB_USER_CHANGE_STATE: a user is new, changed or gone, or has a password for the first time
 * @KAB_USER_CHANGE_PASSWORD: a user has another password
 */
typedef enum {
    KAB_USER_CHANGE_STATE,
    KAB_USER_CHANGE_PASSWORD,
} KabUserChange;

/**
 * KabUserChangedFunc:
 * @db: a connection inside the transaction of the change
 * @id: the user, who may be gone
 * @change: what happened
 * @error: return location
 *
 * Does what follows from a change of a user: tells the other end, or sends a letter.
 *
 * Returns: %FALSE on error
 */
typedef gboolean (*KabUserChangedFunc)(KabDb *db, KabUserId id, KabUserChange change,
                                       GError **error);

/**
 * KabSide:
 * @KAB_SIDE_PORTAL: calls the base with login and password
 * @KAB_SIDE_BASE: calls the portal with Client ID and Client Secret
 */
typedef enum {
    KAB_SIDE_PORTAL,
    KAB_SIDE_BASE,
} KabSide;

/** KabWordClass: see kab-words.h. */
typedef struct _KabWordClass KabWordClass;

/**
 * KabEndClass:
 * @side: which end it is
 * @name: "portal" or "base": the names of its files, of its component of the schema
 * @migrations: the GResource folder of its own part of the schema
 * @kinds: (array length=n_kinds): what it sends and takes
 * @n_kinds: how many
 * @settings: (array length=n_settings): its own settings, beside those of the exchange
 * @n_settings: how many
 * @list_alarms: (nullable): tells what somebody has to look after
 * @user_changed: (nullable): does what follows from a change of a user
 * @words: (nullable): words that an administrator says the meaning of
 *
 * What is different between the two uses of the exchange engine.
 */
typedef struct {
    KabSide side;
    const char *name;
    const char *migrations;
    const KabKindHandler *kinds;
    guint n_kinds;
    const KabSetting *settings;
    guint n_settings;
    KabAlarmFunc list_alarms;
    KabUserChangedFunc user_changed;
    const KabWordClass *words;
} KabEndClass;

/**
 * KabEnd:
 *
 * One end of the exchange: its data and how to come at them. Any thread may use it.
 */
typedef struct _KabEnd KabEnd;

/**
 * kab_end_open:
 * @klass: which end it is; a constant
 * @service: (nullable): passed to the functions of @klass; %NULL: the end itself
 * @folder: the folder of its data, which has to be there
 * @error: return location: those of kab_db_open() and kab_migrate()
 *
 * Returns: (transfer full) (nullable): the end, its schema up to date
 */
KabEnd *kab_end_open(const KabEndClass *klass, gpointer service, const char *folder,
                     GError **error);

void kab_end_close(KabEnd *end);

const KabEndClass *kab_end_get_class(KabEnd *end);
gpointer kab_end_get_service(KabEnd *end);
KabAccess *kab_end_get_access(KabEnd *end);
const KabSettings *kab_end_get_settings(KabEnd *end);

/** kab_end_take_db: (transfer full) (nullable): a connection, to be given back. */
KabDb *kab_end_take_db(KabEnd *end, GError **error);

/** kab_end_give_db: gives back what kab_end_take_db() gave. */
void kab_end_give_db(KabEnd *end, KabDb *db);

/** kab_end_find_kind: (nullable): what this end does with @kind. */
const KabKindHandler *kab_end_find_kind(KabEnd *end, const char *kind);

/** kab_end_miss: for a #KabNeedFunc: tells what is missing. Always %TRUE. */
gboolean kab_end_miss(const char *kind, const char *id, KabReference *missing);

/**
 * kab_end_lock_service:
 * @end: an end
 * @error: return location: %KAB_ERROR_BUSY if a service runs on these data already
 *
 * Until the end is closed, no other service can run on its data.
 *
 * Returns: whether it may
 */
gboolean kab_end_lock_service(KabEnd *end, GError **error);

/**
 * kab_end_lock_run:
 * @end: an end
 * @error: return location: %KAB_ERROR_BUSY if a run is under way, here or in another process
 *
 * The lock is the operating system's: it goes with the process, however that ends, and knows no
 * clock.
 *
 * Returns: a lock for kab_end_unlock_run(), -1 on error
 */
int kab_end_lock_run(KabEnd *end, GError **error);

/** kab_end_unlock_run: ends a run. */
void kab_end_unlock_run(KabEnd *end, int lock);

/** kab_end_is_running: whether a run is under way, here or in another process. */
gboolean kab_end_is_running(KabEnd *end);

/** kab_end_may_tell_refused: whether what was refused may be journalled: once a second. */
gboolean kab_end_may_tell_refused(KabEnd *end);

/** kab_end_set_run: (nullable): what stops the run that this process is carrying out. */
void kab_end_set_run(KabEnd *end, GCancellable *run);

/** kab_end_cancel_run: stops the run that this process is carrying out, if there is one. */
void kab_end_cancel_run(KabEnd *end);

/**
 * kab_end_request_run:
 * @end: an end
 * @id: (inout): an id for the run; the id of the run that is requested already, if there is one
 *
 * Wants the scheduler to run the exchange now.
 *
 * Returns: whether the id is a new run's
 */
gboolean kab_end_request_run(KabEnd *end, char id[KAB_ID_SIZE]);

/** kab_end_has_request: whether a run is requested and has not begun. */
gboolean kab_end_has_request(KabEnd *end);

/** kab_end_take_request: whether a run is requested; the scheduler carries it out as @id then. */
gboolean kab_end_take_request(KabEnd *end, char id[KAB_ID_SIZE]);

/** kab_end_set_next_run: when the schedule will run next; 0: it is off. */
void kab_end_set_next_run(KabEnd *end, KabTime at);

/** kab_end_get_next_run: what kab_end_set_next_run() was told. */
KabTime kab_end_get_next_run(KabEnd *end);

/**
 * kab_end_wait:
 * @end: an end
 * @seen: (inout): what this waiter has seen; 0 at first
 * @ms: how long at most
 *
 * Waits until something may have been queued since this waiter last came back, or the time is over,
 * or the end is being stopped. Several threads may wait, each with a @seen of its own.
 *
 * Returns: %FALSE if the end is being stopped
 */
gboolean kab_end_wait(KabEnd *end, guint *seen, gint64 ms);

/** kab_end_nudge: says to all who wait that something may have been queued. */
void kab_end_nudge(KabEnd *end);

/** kab_end_stop: makes kab_end_wait() return %FALSE from now on, and ends a run that is under way.
 */
void kab_end_stop(KabEnd *end);

/** kab_end_get_stopped: (transfer none): cancelled by kab_end_stop(). */
GCancellable *kab_end_get_stopped(KabEnd *end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabEnd, kab_end_close)

/**
 * KabEndDb:
 *
 * A connection of an end that is given back by itself at the end of the scope:
 * `g_auto(KabEndDb) db = KAB_END_DB_INIT(end, error);`
 */
typedef struct {
    KabEnd *end;
    KabDb *db;
} KabEndDb;

/** KAB_END_DB_INIT: takes a connection; its db is NULL with @error set if there is none. */
#define KAB_END_DB_INIT(end_, error)                          \
    {                                                         \
        .end = (end_), .db = kab_end_take_db((end_), (error)) \
    }

static inline void
kab_end_db_clear(KabEndDb *self)
{
    kab_end_give_db(self->end, self->db);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(KabEndDb, kab_end_db_clear)

G_END_DECLS
