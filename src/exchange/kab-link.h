/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"
#include "kab-http-client.h"

G_BEGIN_DECLS

/**
 * KabLink:
 *
 * How one end calls the other, after its settings. It belongs to the thread that made it.
 */
typedef struct _KabLink KabLink;

/**
 * kab_link_open:
 * @end: this end
 * @db: a connection
 * @error: return location: %KAB_ERROR_STATE if address or secrets are not entered yet
 *
 * Does not call yet.
 *
 * Returns: (transfer full) (nullable): the link
 */
KabLink *kab_link_open(KabEnd *end, KabDb *db, GError **error);

/** kab_link_open_unnamed: as kab_link_open(), without secrets, which may not be entered yet: all
 * that can be done with it is kab_link_check(), which then asks whether the service is there. */
KabLink *kab_link_open_unnamed(KabEnd *end, KabDb *db, GError **error);

void kab_link_close(KabLink *link);

/** kab_link_get_address: the other end's address, for journals. */
const char *kab_link_get_address(KabLink *link);

/**
 * kab_link_send:
 * @link: a link
 * @method: the method
 * @path: the path below the other end's service, such as "/exchange/v1/messages"
 * @body: (nullable): JSON
 * @cancellable: (nullable): to stop it
 * @error: return location: those of %KAB_HTTP_ERROR, %G_IO_ERROR_CANCELLED
 *
 * Signs in by itself; a token that has ended is renewed once.
 *
 * Returns: (transfer full) (nullable): the answer, whatever its status
 */
KabHttpAnswer *kab_link_send(KabLink *link, const char *method, const char *path, GBytes *body,
                             GCancellable *cancellable, GError **error);

/**
 * kab_link_check:
 * @link: a link
 * @ms: (out): how long the answer took
 * @cancellable: (nullable): to stop it
 * @error: return location; the message says what is wrong and where
 *
 * "Check integration".
 *
 * Returns: whether the service is available
 */
gboolean kab_link_check(KabLink *link, gint64 *ms, GCancellable *cancellable, GError **error);

/** kab_link_dup_clock_warning: (transfer full) (nullable): after kab_link_check(): that one of the
 * clocks is wrong, in a sentence; %NULL: they agree */
char *kab_link_dup_clock_warning(KabLink *link);

/** kab_link_find_setting: (nullable): the setting of an end of @side to look at, when
 * kab_link_check() or kab_link_open() has failed with @error */
const char *kab_link_find_setting(KabSide side, const GError *error);

/**
 * kab_link_explain:
 * @link: a link
 * @answer: the last answer, which is not what was asked for
 *
 * Returns: (transfer full): what is wrong, with the address, for an administrator
 */
GError *kab_link_explain(KabLink *link, const KabHttpAnswer *answer);

/**
 * KabFault:
 * @KAB_FAULT_NONE: it was answered as it should be
 * @KAB_FAULT_PEER: the other end is not there, or asks to come later: what was sent is not to blame
 * @KAB_FAULT_SILENT: no whole answer: what was sent may be to blame only if it keeps happening and
 *   "ping" is answered all the same
 * @KAB_FAULT_SETTINGS: a secret, the path or the certificate: somebody has to change a setting
 * @KAB_FAULT_REQUEST: the other end refuses what it says: the same again would be refused again
 * @KAB_FAULT_UNCLEAR: the other end failed; what was sent may be to blame: tried again, a number of
 *   times, and by itself, so that one bad message does not hold up the others
 *
 * Whose fault it is that a call failed.
 */
typedef enum {
    KAB_FAULT_NONE,
    KAB_FAULT_PEER,
    KAB_FAULT_SILENT,
    KAB_FAULT_SETTINGS,
    KAB_FAULT_REQUEST,
    KAB_FAULT_UNCLEAR,
} KabFault;

/**
 * kab_link_judge:
 * @error: (nullable): why there was no answer
 * @status: otherwise, the answer's HTTP status
 *
 * The one place that decides which failures are tried again, and whether they cost an attempt.
 *
 * Returns: whose fault it is
 */
KabFault kab_link_judge(const GError *error, guint status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KabLink, kab_link_close)

G_END_DECLS
