/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-app-config.h"
#include "kab-session.h"

G_BEGIN_DECLS

/* What the next start has to know of this one, where the person may choose the portal. */

/** kab_remembered_may_be_kept: whether the keyring may have a session for the portal: nobody waits
 * for what it does not have; @preferences: (nullable) */
gboolean kab_remembered_may_be_kept(const KabAppConfig *config, GSettings *preferences);

/** kab_remembered_note_kept: @kept: whether it may have one from now on */
void kab_remembered_note_kept(const KabAppConfig *config, GSettings *preferences, gboolean kept);

/** kab_remembered_write: where the next start looks for who is signed in with @session. */
void kab_remembered_write(const KabAppConfig *config, GSettings *preferences, KabSession *session);

G_END_DECLS
