/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-end.h"

G_BEGIN_DECLS

/**
 * KabInboxSource:
 * @peer: who sent the messages
 * @what: by which request: "POST messages" or "GET queue"
 * @text: the text that they came in
 * @run_id: (nullable): the run that fetched them
 *
 * Where messages come from, for the journal.
 */
typedef struct {
    const char *peer;
    const char *what;
    const char *text;
    const char *run_id;
} KabInboxSource;

/**
 * kab_inbox_apply:
 * @end: this end
 * @db: a connection outside a transaction
 * @messages: (element-type KabMessage): what the other end sent, in order
 * @source: where they come from
 * @text: (out) (transfer full): the text of the answers
 * @error: return location: storage only; then nothing was applied
 *
 * Applies every message once: a version that is there already, or an older one, changes nothing.
 * A message that cannot be applied does not hold up the others. What was applied and its answers
 * are stored in one transaction.
 *
 * Returns: (transfer full) (nullable) (element-type KabAnswer): an answer per message, in order
 */
GPtrArray *kab_inbox_apply(KabEnd *end, KabDb *db, GPtrArray *messages,
                           const KabInboxSource *source, GBytes **text, GError **error);

G_END_DECLS
