/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-db.h"
#include "kab-seal.h"
#include "kab-time.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * KabAuditEntry:
 * @id: its number
 * @at: when
 * @who: (owned): login of who did it; "command line" and the operating system's user for commands
 * @address: (owned): where from
 * @action: (owned): what was done: one of the constants below
 * @object: (owned): to what: a login, a setting, an order
 * @detail: (owned): in words; never a secret
 *
 * Who did what.
 */
typedef struct {
    gint64 id;
    KabTime at;
    char *who;
    char *address;
    char *action;
    char *object;
    char *detail;
} KabAuditEntry;

void kab_audit_entry_free(KabAuditEntry *entry);

/* What is written down. */
#define KAB_AUDIT_SIGN_IN "sign-in"
#define KAB_AUDIT_SIGN_OUT "sign-out"
#define KAB_AUDIT_REFUSED "refused"
#define KAB_AUDIT_PASSWORD "password"
#define KAB_AUDIT_CODE "code"
#define KAB_AUDIT_SESSION "session"
#define KAB_AUDIT_USER "user"
#define KAB_AUDIT_KEY "key"
#define KAB_AUDIT_SETTING "setting"
#define KAB_AUDIT_PRICE "price"
#define KAB_AUDIT_NEWS "news"
#define KAB_AUDIT_SEGMENT "segment"

/**
 * KabActor:
 * @who: who does something
 * @address: where from
 */
typedef struct {
    const char *who;
    const char *address;
} KabActor;

/** KAB_ACTOR_SERVICE: the service itself, and what works with its data in the same process. */
#define KAB_ACTOR_SERVICE (&(const KabActor){"service", ""})

/** KAB_ACTOR_EXCHANGE: what the other end sent. */
#define KAB_ACTOR_EXCHANGE (&(const KabActor){"exchange", "the other end"})

/**
 * kab_audit_was_told:
 * @db: a connection
 * @actor: who
 * @action: what
 * @object: with what
 * @detail: more of it
 * @since: a moment of late
 * @out: (out): whether one of the newest thousand entries, not before @since, says just that
 * @error: return location
 *
 * For what programs do over and over: the log is never shortened.
 *
 * Returns: %FALSE on error
 */
gboolean kab_audit_was_told(KabDb *db, const KabActor *actor, const char *action,
                            const char *object, const char *detail, KabTime since, gboolean *out,
                            GError **error);

/**
 * kab_audit_add:
 * @db: a connection inside a transaction, best that of the change itself
 * @seal: the service's seal
 * @actor: who does it
 * @action: one of KAB_AUDIT_...
 * @object: (nullable): to what
 * @detail: (nullable): in words
 * @error: return location
 *
 * Each entry's hash is made, with the service's key, from the entry and from the hash before it:
 * none can be changed, taken out or added without the key, and none is ever deleted.
 *
 * Returns: whether it is written
 */
gboolean kab_audit_add(KabDb *db, KabSeal *seal, const KabActor *actor, const char *action,
                       const char *object, const char *detail, GError **error);

/**
 * kab_audit_begin:
 * @db: a connection
 * @seal: the service's seal
 * @error: return location
 *
 * Writes the first entry, unless there is one: a log that is empty is one that was taken away.
 *
 * Returns: whether there is a log
 */
gboolean kab_audit_begin(KabDb *db, KabSeal *seal, GError **error);

/**
 * kab_audit_list:
 * @db: a connection
 * @who: (nullable): only of this login
 * @action: (nullable): only this
 * @before: (nullable): what @next was on the page before
 * @limit: how many at most
 * @next: (out) (transfer full) (nullable): where the next page begins; %NULL: this was the last
 * @error: return location: %KAB_ERROR_INVALID for @before
 *
 * Returns: (transfer full) (nullable) (element-type KabAuditEntry): newest first
 */
GPtrArray *kab_audit_list(KabDb *db, const char *who, const char *action, const char *before,
                          guint limit, char **next, GError **error);

/**
 * kab_audit_verify:
 * @db: a connection
 * @seal: the service's seal
 * @known: (nullable): what @last was at an earlier time, kept elsewhere
 * @count: (out): how many entries there are
 * @last: (out) (transfer full): the hash of the last entry, to be kept elsewhere: whoever can write
 *   the service's files can also take the whole log away and begin another
 * @error: return location: %KAB_ERROR_CORRUPT, naming the first entry that is not as it was written
 *
 * Returns: whether the log is whole and unchanged, and goes on from @known
 */
gboolean kab_audit_verify(KabDb *db, KabSeal *seal, const char *known, gint64 *count, char **last,
                          GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabAuditEntry, kab_audit_entry_free)

G_END_DECLS
