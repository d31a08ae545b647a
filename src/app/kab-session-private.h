/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kab-session.h"

G_BEGIN_DECLS

/* What the parts of a session share: kab-session.c, the sign-in, and its two ends. */

struct _KabSession {
    GObject parent_instance;

    KabClient *portal; /* (owned) */
    KabClient *base;   /* (owned) (nullable) */
    gboolean no_secrets;
    gboolean told; /* that nothing is kept */
    gboolean kept; /* something is kept that a sign-out has to forget */

    gboolean embedded; /* both ends run in this program */
    char *ca_files[2]; /* (owned) (nullable): what the portal and the base are trusted by */
    char *base_login; /* (owned) (nullable): at the base, if it is another one than at the portal */

    KabClientLive *live;     /* (owned) (nullable): of who sees the portal's pages */
    char *login;             /* (owned) (nullable): who signed in, for the next time */
    KabPartnerId partner_id; /* for whom that person acted */
};

/** kab_session_tell: something that the person should know, and that stops nothing. */
void kab_session_tell(KabSession *self, const char *text);

/** kab_session_store: keeps the session at @client for the next start. */
void kab_session_store(KabSession *self, KabClient *client);

/** kab_session_enter: somebody is signed in: what was left goes to the portal, and what changes
 * there is heard. */
void kab_session_enter(KabSession *self);

/** kab_session_tell_ends: what is known of the two ends is something else now; @base: whether the
 * base has come, has gone or is another one */
void kab_session_tell_ends(KabSession *self, gboolean base);

G_END_DECLS
